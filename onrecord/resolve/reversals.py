"""Reversals: a speaker who says the contrary of what he said on the same matter, clause by clause. A pair, and no verdict.

What is turned round in words is data (`[polarity]`, `[contrary]` in `lexicon/accounts.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from msgspec.structs import replace

from onrecord.knowledge import Claim
from onrecord.model import Noun
from onrecord.read.manner import lexicon
from onrecord.resolve.changes import Change, key, made, one_saying, shortened, voice
from onrecord.resolve.comparing import of_his
from onrecord.resolve.counts import DAYS, days_between
from onrecord.resolve.facts import CAPITAL
from onrecord.resolve.refusals import idle
from onrecord.resolve.roots import beginnings, root, roots
from onrecord.resolve.stances import CLAUSES, is_negative, is_suspect, says_no
from onrecord.resolve.terms import likeness, numbers
from onrecord.text import digest

OPPOSITE = {"asserts": "denies", "denies": "asserts"}
# "There will be no rationing (in Kolm)", and "diesel will be rationed".
NOTHING = re.compile(
    r"\bthere\s(?:will|shall|is\sgoing\sto|are\sgoing\sto)\s(?:be\sno|never\sbe\san?y?|not\sbe\san?y?)\s(?:\w+\s)?(?P<thing>[\w-]{4,})\b(?P<rest>(?:\s(?:in|at|of|on|for|to|from|by|with|against)\s[^,.;]*)?)",
    re.I,
)
NONE = re.compile(
    r"\bthere\s(?:(?:is|are|was|were|has\sbeen|have\sbeen)\s(?:no|never\sany?|not\sany?)|(?:is|are|was|were)n[’']t\sany?)\s(?P<thing>[\w-]{3,})\b",
    re.I,
)
SOME = re.compile(
    r"\bthere\s(?:was|were|had\sbeen|has\sbeen|have\sbeen)\s(?:(?:an?|some|indeed|in\sfact|after\sall)\s)+(?P<thing>[\w-]{3,})\b",
    re.I,
)
DONE = re.compile(
    r"\b(?:will|shall|going\sto|have\sto|has\sto|must|is\sto|are\sto|(?:is|are)\sbeing)\s(?:\w+ly\s)?(?:be\s)?(?:\w+ly\s)?(?P<verb>[a-z-]{4,})\b",
    re.I,
)
NAME = re.compile(r"\b[A-ZÀ-Þ]\w+")
LIMIT = re.compile(
    r"(?:\b(?:not|never)|n[’']t)\s(?:exceed|(?:sur)?pass|top|(?:go|rise|grow)\s(?:above|over|beyond)|be\s(?:more|higher|larger|greater)\sthan)\b",
    re.I,
)
MORE = 3  # terms that a clause may have beyond those of one that it is the contrary of
MATTER, ALIKE = 2, 0.6  # terms that two statements must share to be on one matter, and their share of the lighter


def reversed_by(new: Claim, before: Memory) -> Change | None:
    """The same speaker on the same matter, the other way round: a pair, and no verdict. `before` is what the speaker said until then.

    Who has said the new thing before does not reverse by saying it again.
    """
    if new.stance not in OPPOSITE:
        return None
    for said in clauses(new):
        turned = contraries(new, said, before)
        if turned and not any(on_matter(new, said, before, said.denies)):
            return turn(new, *turned[-1], said)
    return None


def is_turned(new: Claim, before: Memory) -> bool:
    """Whether a claim says the contrary of something: it reverses that, unless its speaker has said the new thing before."""
    return new.stance in OPPOSITE and any(contraries(new, said, before) for said in clauses(new))


def contraries(new: Claim, said: Clause, before: Memory) -> list[tuple[Claim, Clause]]:
    """The clauses of earlier claims that are the contrary of a clause of a new one, oldest first."""
    opposed = on_matter(new, said, before, not said.denies)
    return [(c, then) for c, then in opposed if c.moment < new.moment and not one_saying(new, c)]


def on_matter(new: Claim, said: Clause, before: Memory, denies: bool) -> Iterator[tuple[Claim, Clause]]:
    """The clauses of other claims on the matter of a clause of a new one: of those that deny, or of those that assert."""
    for c, then in before.near(said, denies):
        if key(c) != key(new) and on_one_matter(said, then, days_between(c.moment, new.moment)):
            yield c, then


def of_office(new: Claim, earlier: Iterable[Claim], title: str) -> Change | None:
    """Somebody who says the contrary of what the body has on record that he speaks for; `title` is how he is introduced, `earlier` is of one account."""
    if new.kind != "statement" or new.origin.kind != "speaker":
        return None
    theirs = [c for c in earlier if c.kind == "statement" and c.article != new.article and of_his(c, title)]
    return (
        reversed_by(new, Memory([*theirs, *(c for c in earlier if c.origin.id == new.origin.id)])) if theirs else None
    )


class Memory:
    """What a speaker said until now. Only those claims are taken apart that have letters enough in common with a new one: taking apart is what costs time."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims = [c for c in claims if c.stance in OPPOSITE]
        self._parts: dict[bool, list[tuple[Claim, str]]] = {}

    def near(self, said: Clause, denies: bool) -> Iterator[tuple[Claim, Clause]]:
        """The clauses of claims that may be on one matter with another clause, and deny or assert, oldest first; one of its terms may be told by its contrary."""
        claims = self.which(denies)
        stems = [beginnings(term) for term in said.matter] if claims else []
        least = max(1, min(MATTER, len(stems) - 1))
        for c, words in claims:
            if shares(words, stems, least):
                yield from ((c, then) for then in clauses(c) if then.denies == denies)

    def which(self, denies: bool) -> list[tuple[Claim, str]]:
        """The claims of which a clause may deny, or assert, with their words in small letters: without words that turn a clause, all are as the claim is."""
        if denies not in self._parts:
            stance = "denies" if denies else "asserts"
            some = [c for c in self._claims if c.stance == stance or holds_contrary(c.words)]
            self._parts[denies] = [(c, c.words.lower()) for c in some]
        return self._parts[denies]


def shares(words: str, stems: Sequence[Sequence[str]], least: int) -> bool:
    """Whether some words hold so many of these stems at least, each in one of its forms."""
    for forms in stems:
        if any(form in words for form in forms):
            least -= 1
            if not least:
                return True
    return False


def turn(new: Claim, old: Claim, then: Clause, said: Clause) -> Change:
    """A reversal, known by who turns and in what matter: once, whoever prints it first."""
    change = made(
        "reversal", new, old, f"{voice(new)}, before{by_another(new, old)}: {shortened(old)} Now: {shortened(new)}"
    )
    stance = "denies" if said.denies else "asserts"
    return replace(change, id=digest("reversal", new.speaker or "", stance, *sorted(said.matter & then.matter)))


def by_another(new: Claim, old: Claim) -> str:
    """Who said the old thing, where that was the speaker's body."""
    return (
        f", {voice(old)}"
        if old.speaker_name and old.speaker_name != new.speaker_name and old.origin.id != new.origin.id
        else ""
    )


class Clause(Noun, frozen=True):
    """A part of a claim that has a subject of its own: what it is about, and whether it says that it is not so. What only a few comparisons ask for is found when it is asked for."""

    words: str
    matter: frozenset[str]
    denies: bool
    nothing: str = ""  # the root of what "there will be none" of
    of: frozenset[str] = frozenset()  # and the terms of what this is of
    where: frozenset[str] = frozenset()  # and its names
    none: str = ""  # the root of a thing that it says there is, or was, none of
    some: str = ""  # and of one that it says there was

    @property
    def every(self) -> frozenset[str]:
        """All roots of its words, names among them."""
        return roots(self.words)

    @property
    def whole(self) -> frozenset[str]:
        """Its terms, names and all, where it is about a single thing."""
        return self.every if len(self.matter) < MATTER else self.matter

    @property
    def names(self) -> frozenset[str]:
        """Its names, but for its first word."""
        return names(self.words[1:])

    @property
    def done(self) -> frozenset[str]:
        """The roots of what will be done."""
        return done(self.words)


def clauses(claim: Claim) -> tuple[Clause, ...]:
    """The clauses of a claim; who denies all of it denies each. What is only said of what might come is none."""
    return () if is_conditional(claim.words) else parted(claim.words, claim.stance == "denies")


@lru_cache(maxsize=65536)
def is_conditional(words: str) -> bool:
    """Whether words hold only if something comes true: "if", "unless", "were the queue to exceed …", "a queue of 80 would mean"; "even if" leaves them as firm."""
    return bool(supposing().search(words))


@cache
def supposing() -> re.Pattern[str]:
    """What makes a claim conditional."""
    table = lexicon("refusals")["supposed"]
    clause, turned, sign = ("|".join(table[name]) for name in ("clause", "turned", "sign"))
    return re.compile(
        rf"(?<!even\s)(?<!as\s)\b(?:{clause})\b|^\W*(?:{turned})\s[^,.;]+,|\bwould\s(?:{sign})\b".replace(" ", r"\s"),
        re.I,
    )


def may_turn(claim: Claim) -> bool:
    """Whether one of a claim's clauses may deny; where none of two claims may, the one cannot reverse the other."""
    return claim.stance == "denies" or holds_contrary(claim.words)


@lru_cache(maxsize=65536)
def holds_contrary(words: str) -> bool:
    """Whether words hold anything that could turn a clause of theirs; most do not."""
    return is_suspect(words) or any(pattern.search(words) for pattern in turning()[:2])


@lru_cache(maxsize=65536)
def parted(words: str, denies: bool) -> tuple[Clause, ...]:
    """The clauses of some words that deny or assert. Most words hold nothing that could turn them, and are soon done with."""
    if not holds_contrary(words):
        return tuple(clause(part, denies) for part in CLAUSES.split(words))
    turned, parts = denies != says_no(words), CLAUSES.split(idle(words))
    return tuple(clause(part, turned != is_negative(part)) for part in map(contrary, parts))


def clause(words: str, denies: bool) -> Clause:
    """A clause of some words."""
    about = matter(words)
    if "there" not in words.lower():
        return Clause(words, about, denies)
    found = NOTHING.search(words)
    rest = found["rest"] if found else ""
    return Clause(
        words,
        about,
        denies,
        nothing(found["thing"], matter(rest)) if found else "",
        matter(rest),
        names(rest),
        existing(NONE, words),
        existing(SOME, words),
    )


@lru_cache(maxsize=16384)
def names(words: str) -> frozenset[str]:
    """The names in some words, those of days and months left out."""
    return frozenset(map(str.casefold, NAME.findall(words))) - times()


def matter(words: str) -> frozenset[str]:
    """The roots of what a clause is about, whoever does it: without names."""
    return roots(CAPITAL.sub(" ", words))


def existing(pattern: re.Pattern[str], words: str) -> str:
    """The root of a thing of which some words say that there is none, or that there was some; empty for what goes with anything."""
    found = pattern.search(words)
    return nothing(found["thing"], frozenset()) if found else ""


@cache
def times() -> frozenset[str]:
    """The names of days and months."""
    return frozenset({*lexicon("dates")["weekdays"], *lexicon("dates")["months"]})


def nothing(thing: str, of: frozenset[str]) -> str:
    """The root of a thing that there will be none of; empty where it goes with anything, as a change, and nobody says of what."""
    light = thing.lower() in lexicon("accounts")["polarity"]["light"].split()
    return "" if light and not of else root(thing)


@lru_cache(maxsize=16384)
def done(words: str) -> frozenset[str]:
    """The roots of the verbs of what will be, or is being, done."""
    return frozenset(root(m["verb"]) for m in DONE.finditer(words))


def contrary(words: str) -> str:
    """Words with "not safe" for "unsafe", and "not" for "rule out"."""
    phrases, contraries, known = turning()
    return contraries.sub(lambda m: f"not {known[m[0].lower()]}", phrases.sub("not", words))


@cache
def turning() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """The phrases that turn a clause, the words that say the contrary of others, and those others."""
    table = lexicon("accounts")
    known: dict[str, str] = table["contrary"]
    phrases = re.compile(rf"\b(?:{table['polarity']['phrases']})\b", re.I)
    return phrases, re.compile(rf"\b(?:{'|'.join(known)})\b", re.I), known


def on_one_matter(one: Clause, other: Clause, days: int) -> bool:
    """Whether two clauses speak of the same thing, names apart; where that is a single word, they have no other words, and few days lie between."""
    if keeps_to(one, other) or keeps_to(other, one):
        return False
    if days <= DAYS and any(undoes(a, b) or owns_up(a, b) or holds_all(a, b) for a, b in ((one, other), (other, one))):
        return True
    if len(one.matter & other.matter) < MATTER:
        return bool(one.matter) and one.matter == other.matter and one.whole == other.whole and days <= DAYS
    return likeness(one.matter, other.matter)[0] >= ALIKE


def keeps_to(one: Clause, other: Clause) -> bool:
    """Whether one clause only sets a limit that the numbers of the other keep to: "it will not exceed 5,000", "it has reached 3,500"."""
    limits, told = numbers(one.words), numbers(other.words)
    return bool(LIMIT.search(one.words) and limits and told) and max(told) <= min(limits)


def holds_all(one: Clause, other: Clause) -> bool:
    """Whether a clause that denies has nothing that the other, which asserts, has not as well, and that says little more: "Fen will not be evacuated", "I ordered the evacuation of Fen"."""
    opposed, more = one.denies and not other.denies, len(other.every - one.every)
    return opposed and len(one.every) >= MATTER and bool(one.matter) and one.every <= other.every and more <= MORE


def owns_up(one: Clause, other: Clause) -> bool:
    """Whether one clause says that there is none of what there was by the other: "there is no run", "there was a run"."""
    elsewhere = bool(one.names and other.names) and not one.names & other.names
    return bool(one.none) and one.denies and not other.denies and one.none == other.some and not elsewhere


def undoes(one: Clause, other: Clause) -> bool:
    """Whether one clause says that there will be none of what the other says will be done: "no rationing", and "diesel will be rationed"."""
    elsewhere = bool(one.where and other.names) and not one.where & other.names
    return (
        bool(one.nothing)
        and one.nothing in other.done
        and not elsewhere
        and (not one.of or bool(one.of & other.matter))
    )
