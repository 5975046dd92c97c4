"""Changes: what a claim adds to what was on record of the same thing before it.

A claim may be the first of its account, confirm it (the second independent origin), deny it, move its figure, or (`reversals`) contradict what the same
speaker said before. Two versions of one quotation that differ where it matters are a finding, and no reversal of the speaker; so is a
copy that says by itself what its original had from somebody.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import Literal

from msgspec.structs import replace

from onrecord.knowledge import Claim
from onrecord.model import Noun
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.accounts import bare, days_between, is_described
from onrecord.resolve.claims import matter
from onrecord.resolve.drift import Drift, drifts, versions
from onrecord.resolve.drift import words as words_in
from onrecord.resolve.stances import negative, says_no
from onrecord.resolve.terms import numbers
from onrecord.text import digest

ChangeKind = Literal[
    "new-account", "confirmed", "denied", "figure-moved", "reversal", "quotation-differs", "attribution-dropped",
    "silent-edit", "misquote",
]  # fmt: skip
TOLERANCE = 0.1  # a figure that differs by a smaller share has not moved
CLOSE = 0.02  # and one that confirms another differs by no more than this
PLAIN = 20  # a number below it may well be the same twice by chance
SAYING = 1  # days within which two versions of a quotation are taken for one saying, also where one denies what the other says
OWN_WORD = ("outlet", "agency")  # origins that speak for themselves
SHORT_WORD = 3
NEAR = 60  # characters before a claim that tell whether it is only spoken of
SHORT = 160  # characters of a claim that are shown


class Setting(Noun, frozen=True, kw_only=True):
    """What is known of a new claim from its article, besides what is kept of it."""

    named: frozenset[str] = frozenset()  # ids and names of all whom the article names
    sentence: str = ""  # in which it stands
    role: str = ""  # the words around its speaker's first mention
    title: str = ""  # and of these such as say who that is
    counts: bool = False  # a figure counts people or things, or tells anew how high something stands, and is no other price or measure
    level: bool = False  # it tells how high something stands
    day: str = ""  # of which day it tells: its sentence's, else its article's
    moved: str | None = (
        None  # the words of what a figure moved from, "" where that is not said; None where it is not said to have moved
    )
    earlier: bool = False  # it is what another figure moved from
    change: bool = False  # it tells by what share something grew or fell
    refuses: bool = False  # a statement that what others have said is not so
    excludes: bool = False  # or that something will not be
    denying: bool = False  # its sentence denies something: it confirms nothing of what it speaks of
    ceiling: bool = False  # a figure is told as the most that there can be
    instead: frozenset[float] = frozenset()  # numbers that its sentence says are not so
    recalled: bool = False  # it stands in a sentence of another day than the one it appeared on, or the day before


NOWHERE = Setting()


class Change(Noun, frozen=True, kw_only=True):
    """What changed, in words, with the claims it rests on: the new one first."""

    id: str
    kind: ChangeKind
    words: str
    article: str  # that brought it
    other: str | None = None  # the article of the claim it is set against
    claim: str | None = None  # the id of the new claim
    against: str | None = None  # and of the other
    drifts: tuple[Drift, ...] = ()


def of_claim(new: Claim, earlier: Sequence[Claim], copied: str | None, here: Setting = NOWHERE) -> Iterator[Change]:
    """What a claim changes in its account; `copied` is the article that its own one carries."""
    older = [c for c in earlier if c.moment <= new.moment and c.article != new.article]
    if not earlier:
        yield first_of(new, here)
    told = any(
        c.stance == "asserts" and c.status == new.status for c in older
    )  # the record knows what it moved from, where the article does not say
    untold = bool(here.moved) or not (told or here.level)
    steps = here.counts and here.moved is not None and not copied and untold and new.status != "historical"
    if steps and not any(c.stance == "asserts" and as_good_as(new, c, here.counts) for c in older):
        yield stepped(new, here.moved or "…")
    if not older or here.earlier:
        return
    if versions := misquoted(new, older):
        other, found = versions
        yield made("quotation-differs", new, other, differing(found), found)
        return
    theirs = [c for c in older if c.article == copied or is_named(c, here.named)]
    yield from dropped(new, [c for c in (theirs or unnamed(new, older)) if is_left_out(c, copied, here.sentence)])
    if any(c.article == copied for c in older):
        return
    by_itself = new.origin.kind in OWN_WORD and bool(theirs)  # it names whom it has this from
    handed_on = new.origin.kind == "anonymous" and any((c.low, c.high) == (new.low, new.high) for c in theirs)
    comparable = [c for c in older if c.moment[:10] == here.day] if here.level else older  # levels of one day
    again = here.level and any(agree(new, c, CLOSE) for c in comparable)
    repeats = by_itself or handed_on or here.denying or (here.recalled and not again) or is_in_passing(new, here)
    yield from origins_of(new, comparable, here, repeats=repeats)
    if new.kind == "figure" and (here.level or not by_itself) and not steps and not here.change and not again:
        yield from moved(new, older, here.counts)


def is_in_passing(new: Claim, here: Setting) -> bool:
    """Whether a claim only speaks of what is known already, as "she was sorry for the three people hurt" or "I read that I had gone below": it confirms nothing."""
    before = here.sentence.partition(new.words)[0][-NEAR:]
    if new.kind == "figure":
        return bool(known_already().search(before))
    return bool(heard().search(before) or heard().search(new.words.partition(" that ")[0]))


@cache
def known_already() -> re.Pattern[str]:
    """What stands before a number of what is known already, where nothing is said of it by itself: "for the", "of those"."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('refusals')['passing']['known'])})\s$", re.I)


@cache
def heard() -> re.Pattern[str]:
    """What stands before words that somebody only read or heard."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('refusals')['passing']['heard'])})\b[^.;“”]*$", re.I)


def unnamed(new: Claim, older: Sequence[Claim]) -> list[Claim]:
    """Those whose figure an article gives to the last digit, one that nobody rounds to: it has it from them, named or not."""
    return [c for c in older if new.kind == "figure" and is_unround(new) and (c.low, c.high) == (new.low, new.high)]


def is_left_out(old: Claim, copied: str | None, sentence: str) -> bool:
    """Whether it would be missed that a claim was somebody's: an original's speaker, or an unnamed source, whose paper the sentence does not name."""
    theirs = old.article == copied or old.origin.kind == "anonymous"
    return theirs and bare(old.origin.name) not in sentence.casefold() and not hearsay().search(sentence)


@cache
def hearsay() -> re.Pattern[str]:
    """The words that leave a sentence to others, whoever they are."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('refusals')['passing']['hearsay'])})\b", re.I)


def is_unround(claim: Claim) -> bool:
    """Whether a figure is one number that nobody rounds to: independent counts hardly ever end on the same one."""
    return is_exact(claim) and (claim.low or 0.0) >= PLAIN and rounding(claim.low or 0.0) == 0.0


def first_of(new: Claim, here: Setting) -> Change:
    """The first claim of an account: somebody denies what nobody else has on record, or it is simply new."""
    if here.refuses or (denies(new) and not here.excludes):
        return made("denied", new, None, f"{voice(new)} denies: {shortened(new)}")
    return made("new-account", new, None, f"{voice(new)}: {shortened(new)}")


def denies(claim: Claim) -> bool:
    """Whether a statement is denied by the word that reports it, and is no negative statement: "denied that", unlike "said that no"."""
    return (
        claim.kind == "statement" and claim.stance == "denies" and is_plain(claim.words) and bool(matter(claim.words))
    )


def is_plain(words: str) -> bool:
    """Whether no clause of some words is negative, nor could be taken for it."""
    return not says_no(words) and not any(word.shape in negative() for word in words_in(words))


def is_named(claim: Claim, named: Container[str]) -> bool:
    """Whether an article names the one whose word a claim is."""
    name = claim.origin.name
    return name in named or name.removeprefix("The ") in named or claim.speaker in named


def made(kind: ChangeKind, new: Claim, other: Claim | None, words: str, found: tuple[Drift, ...] = ()) -> Change:
    """A change."""
    return Change(
        id=digest(kind, *key(new), *(key(other) if other else ())),
        kind=kind,
        words=words,
        article=new.article,
        other=other.article if other else None,
        claim=new.id,
        against=other.id if other else None,
        drifts=found,
    )


def key(claim: Claim) -> tuple[str, str]:
    """What tells a claim from every other."""
    return claim.id, str(claim.number)


def misquoted(new: Claim, older: Sequence[Claim]) -> tuple[Claim, tuple[Drift, ...]] | None:
    """The first version of the same quotation, in another outlet, where this one differs from every other in what matters."""
    if not new.quoted:
        return None
    theirs = [
        c
        for c in older
        if c.quoted and c.speaker == new.speaker and c.outlet != new.outlet and versions(new.words, c.words)
    ]
    found = [(c, tuple(d for d in drifts(new.words, c.words) if d.kind != "harmless")) for c in theirs]
    found = [(c, drift) for c, drift in found if one_saying(new, c) or all(d.kind != "negation" for d in drift)]
    return found[0] if found and all(drift for _, drift in found) else None


def differing(found: tuple[Drift, ...]) -> str:
    """Where two versions of a quotation differ, in words."""
    first = found[0]
    ours, theirs = first.our_words, first.their_words
    where = f"“{ours}” here, “{theirs}” there" if ours and theirs else f"“{theirs}” is missing here" if theirs else f"“{ours}” is only here"  # fmt: skip
    return f"the quotation differs in a {first.kind}: {where}"


def origins_of(new: Claim, older: Sequence[Claim], here: Setting, *, repeats: bool) -> Iterator[Change]:
    """A first independent confirmation, or a denial. The same words in quotation marks twice are one saying, whoever is said to have said them."""
    asserting = [c for c in older if c.stance == "asserts"]
    others = [
        c
        for c in asserting
        if another(new, c)
        and not of_his(c, here.title)
        and agree(new, c, 0.0)
        and (c.kind != "figure" or c.status != "planned")
    ]
    before = any(c.stance == "denies" and not another(new, c) for c in older)
    unknown = new.kind == "statement" and new.origin.kind in (*OWN_WORD, "anonymous") and new.speaker is None
    if new.stance == "denies" and others and not before and not unknown:
        yield made("denied", new, others[0], f"{voice(new)} denies: {shortened(new)}")
    asserted = [c for c in asserting if c.kind != "figure" or c.low is not None]  # a mere ceiling is no count
    agreeing = told_by_others(
        new, [c for c in asserted if c.status == new.status and agree(closed(new), closed(c), CLOSE)]
    )
    one = len({bare(c.origin.name) for c in agreeing}) == 1 and all(confirms(new, c, here.role) for c in agreeing)
    one = one and (new.kind != "figure" or (closed(new).low is not None and not here.ceiling))
    if new.stance == "asserts" and one and not repeats and not any(c.quoted and new.quoted for c in agreeing):
        yield made("confirmed", new, agreeing[0], f"a second origin, {voice(new)}: {shortened(new)}")


def told_by_others(new: Claim, agreeing: list[Claim]) -> list[Claim]:
    """Of those who said so before the ones who count: newsrooms that only said so too are none beside those whose word it is."""
    attributed = [c for c in agreeing if c.origin.kind not in OWN_WORD]
    return agreeing if new.origin.kind in OWN_WORD else attributed or agreeing


def another(a: Claim, b: Claim) -> bool:
    """Whether two claims have different origins; an outlet is one whether it speaks or is spoken of."""
    return a.origin.root != b.origin.root and bare(a.origin.name) != bare(b.origin.name)


def independent(a: Claim, b: Claim) -> bool:
    """Whether it is sure that two origins are two: who is only described, as "the minister", may be the other."""
    described = any(is_described(c.origin.kind, c.origin.name) for c in (a, b))
    return another(a, b) and not described


def confirms(new: Claim, old: Claim, role: str) -> bool:
    """Whether a claim is sure to be of another source than one that it agrees with: no body's own officer, nobody who gives the very same count."""
    ranged = new.kind == "figure" and is_range(old) != is_range(new)
    return independent(new, old) and not ranged and not same_count(new, old) and not speaks_for(role, old.origin.name)


def same_count(a: Claim, b: Claim) -> bool:
    """Whether two claims give the very same count, one that nobody rounds to."""
    if a.kind == "figure":
        return is_unround(a) and (a.low, a.high) == (b.low, b.high)
    return any(n >= PLAIN and rounding(n) == 0.0 for n in numbers(a.words) & numbers(b.words))


def of_his(claim: Claim, title: str) -> bool:
    """Whether a claim is the word of the body that somebody speaks for."""
    return claim.origin.kind == "speaker" and is_of(title, claim.origin.name)


def is_of(title: str, body: str) -> bool:
    """Whether somebody is introduced as one of just this body: the defence minister of the Defence Ministry, and no other minister."""
    if not speaks_for(title, body):
        return False
    houses = lexicon("accounts")["house"].values()
    head = body.casefold().split(" of ")[0].split()[-1]
    own = {w for w in re.findall(r"\w+", body.casefold()) if w != head and w not in houses and len(w) > SHORT_WORD}
    return bool(own & set(re.findall(r"\w+", title.casefold())))


def is_range(claim: Claim) -> bool:
    """Whether a figure has two ends."""
    return claim.low is not None and claim.high is not None and claim.low != claim.high


def speaks_for(role: str, body: str) -> bool:
    """Whether somebody is introduced as one of a body: the "ministry spokesman" of the Health Ministry, the "health minister"."""
    head = body.casefold().split(" of ")[0].split()[-1:]
    houses: dict[str, str] = lexicon("accounts")["house"]
    words = {houses.get(w, w) for w in re.findall(r"\w+", role.casefold())}
    return bool(head) and houses.get(head[0], head[0]) in words


def moved(new: Claim, older: Sequence[Claim], counts: bool) -> Iterator[Change]:
    """A figure that is another than those that were asserted of the same thing; of exact ones where there are any, as no count is told by a range."""
    told = [c for c in older if c.stance != "denies" and c.status == new.status]
    exact = [c for c in told if is_exact(c)] if counts and is_exact(new) else []
    asserted = [c for c in exact or told if c.stance == "asserts"]
    if new.stance == "denies" or not asserted or any(as_good_as(new, c, counts) for c in exact or told):
        return
    last = max(asserted, key=lambda c: c.moment)
    last = next(c for c in told if (c.low, c.high) == (last.low, last.high))  # who gave it first
    yield made("figure-moved", new, last, f"{last.words} → {new.words} ({voice(new)})")


def stepped(new: Claim, before: str) -> Change:
    """A figure whose own article says that it moved, whatever is on record of it."""
    return made("figure-moved", new, None, f"{before} → {new.words} ({voice(new)})")


def is_exact(claim: Claim) -> bool:
    """Whether a figure is one number, and not said to be about that."""
    return claim.low is not None and claim.low == claim.high and not about().search(claim.words)


@cache
def about() -> re.Pattern[str]:
    """The words that make a number an estimate."""
    words = (w for w in lexicon("figures")["comparator"]["~"] if w[0].isalpha())
    return re.compile(rf"\b(?:{either(words)})\b", re.I)


def as_good_as(a: Claim, b: Claim, counts: bool) -> bool:
    """Whether two figures may be one: counts to where they are rounded, and what is "more than" a number not much more; others nearly."""
    if not counts:
        return agree(a, b)
    size = max((abs(n) for n in (a.low, a.high, b.low, b.high) if n is not None), default=1.0) or 1.0
    slack = max((rounding(c.low) for c in (a, b) if c.low is not None and c.low == c.high), default=0.0)
    return agree(closed(a), closed(b), min(TOLERANCE, slack / size))


def closed(claim: Claim) -> Claim:
    """A figure that only has one bound as it is meant: "at least" that number, or little more; "no more than" it, or little less."""
    if claim.low is not None and claim.high is None:
        return replace(claim, high=claim.low * (1 + TOLERANCE))
    near = claim.low is None and claim.high is not None and at_most().search(claim.words)
    return replace(claim, low=(claim.high or 0.0) * (1 - TOLERANCE)) if near else claim


@cache
def at_most() -> re.Pattern[str]:
    """The words that make a number the most that something may be; "fewer than" it may be any number."""
    return re.compile(rf"^(?:{either(lexicon('figures')['comparator']['<='])})\b", re.I)


def rounding(value: float) -> float:
    """How far a number may be from the true one, by the noughts at its end: 50 of 3,500, less than one of 289."""
    digits = f"{abs(value):.0f}" if value == int(value) else ""
    return 0.5 * 10 ** (len(digits) - len(digits.rstrip("0"))) if digits.strip("0") and digits.endswith("0") else 0.0


def agree(a: Claim, b: Claim, tolerance: float = TOLERANCE) -> bool:
    """Whether two figures may be the same number, or nearly so; claims without numbers agree."""
    lowest, highest = float("-inf"), float("inf")
    a_low, a_high = widened(a.low, lowest), widened(a.high, highest)
    b_low, b_high = widened(b.low, lowest), widened(b.high, highest)
    margin = tolerance * max((abs(n) for n in (a.low, a.high, b.low, b.high) if n is not None), default=0.0)
    return a_low <= b_high + margin and b_low <= a_high + margin


def widened(value: float | None, otherwise: float) -> float:
    """An end of a figure; open where it is not known."""
    return otherwise if value is None else value


def one_saying(a: Claim, b: Claim) -> bool:
    """Whether two claims are versions of what was said once."""
    return days_between(a.moment, b.moment) <= SAYING and versions(a.words, b.words)


def dropped(new: Claim, theirs: Sequence[Claim]) -> Iterator[Change]:
    """That an article says by itself what those whom it copies, or names, had from somebody."""
    attributed = [c for c in theirs if c.origin.kind not in OWN_WORD and another(new, c) and agree(new, c, CLOSE)]
    by_itself = new.origin.kind in OWN_WORD and new.speaker is None
    if by_itself and attributed and new.kind != "event":
        words = f"said as a fact here, by {voice(attributed[0])} in the original: {shortened(new)}"
        yield made("attribution-dropped", new, attributed[0], words)


def voice(claim: Claim) -> str:
    """Who says so, in words."""
    return claim.speaker_name or claim.origin.name


def shortened(claim: Claim) -> str:
    """The claim's words, cut where they are long."""
    words = " ".join(claim.words.split())
    return words if len(words) <= SHORT else words[: SHORT - 1].rsplit(" ", 1)[0] + " …"
