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

from onrecord.knowledge import Claim
from onrecord.model import Noun
from onrecord.read.manner import lexicon
from onrecord.resolve.bearing import borne_out, confirms, told_by_others
from onrecord.resolve.comparing import (
    CLOSE,
    OWN_WORD,
    agree,
    another,
    as_good_as,
    closed,
    is_estimate,
    is_exact,
    is_precise,
    is_unround,
    of_his,
)
from onrecord.resolve.counts import days_between
from onrecord.resolve.drift import Drift, drifts, versions
from onrecord.resolve.drift import words as words_in
from onrecord.resolve.facts import matter
from onrecord.resolve.origins import bare
from onrecord.resolve.stances import negative, says_no
from onrecord.text import digest

ChangeKind = Literal[
    "new-account", "confirmed", "denied", "figure-moved", "reversal", "quotation-differs", "attribution-dropped",
    "silent-edit", "misquote",
]  # fmt: skip
SAYING = 1  # days within which two versions of a quotation are taken for one saying, also where one denies what the other says
MAY_CHANGE = re.compile(r"\b(?:will|shall|won[’']t|going to|there (?:is|are))\b|[’']ll\b", re.I)
PART = re.compile(r"[,;]\s(?:and\s|but\s)?")
VERBATIM = 5  # words of a quotation that nobody says twice but for a "not"
NEAR = 60  # characters before a claim that tell whether it is only spoken of
# What is said besides of something that is known: "the storm that has killed four people".
BACKGROUND = re.compile(
    r"\b(?:the|this|these|those)\s[^.;,:]{1,50}?\s(?:that|which)\s(?:(?:has|have|had)\s)?\w+(?:\sand\s\w+)?(?:\s(?:some|about|at least|more than))?\s$",
    re.I,
)
SHORT = 160  # characters of a claim that are shown


class Setting(Noun, frozen=True, kw_only=True):
    """What is known of a new claim from its article, besides what is kept of it."""

    named: frozenset[str] = frozenset()  # ids and names of all whom the article names
    sentence: str = ""  # in which it stands
    role: str = ""  # the words around its speaker's first mention
    title: str = ""  # and of these such as say who that is
    counts: bool = False  # a figure counts people or things, or tells anew how high something stands, and is no other price or measure
    level: bool = False  # it tells how high something stands
    anew: bool = False  # or how many are in one state, which is told anew from report to report
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
    spoken: bool = False  # it is of a transcript: its speaker says so himself, perhaps anew
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
    known = any(
        c.stance == "asserts" and c.status == new.status for c in older
    )  # the record knows what it moved from, where the article does not say
    untold = bool(here.moved) or not (known or here.level)
    steps = here.counts and here.moved is not None and not copied and untold and new.status != "historical"
    if steps and not any(c.stance == "asserts" and as_good_as(new, c, here.counts) for c in older):
        yield stepped(new, here.moved or "…")
    if not older or here.earlier:
        return
    if not here.spoken and (versions := misquoted(new, older, here.named)):
        other, found = versions
        yield made("quotation-differs", new, other, differing(found), found)
        return
    theirs = [c for c in older if c.article == copied or is_named(c, here.named)]
    said = [c for c in theirs if c.stance == "asserts"]
    yield from dropped(new, [c for c in (said or unnamed(new, older)) if is_left_out(c, copied, here.sentence)])
    if any(c.article == copied for c in older):
        return
    by_itself = new.origin.kind in OWN_WORD and bool(theirs)  # it names whom it has this from
    handed_on = new.origin.kind == "anonymous" and any((c.low, c.high) == (new.low, new.high) for c in theirs)
    comparable = [c for c in older if c.moment[:10] == here.day] if here.level else older  # levels of one day
    again = here.level and any(agree(new, c, CLOSE) for c in comparable)
    exact = not is_estimate(new) or is_precise(new.low)
    told = new.kind == "figure" and new.origin.kind in OWN_WORD and new.speaker is None and exact
    retold = told and any(new.low in (c.low, c.high) and another(new, c) for c in older)
    repeats = (
        by_itself or handed_on or retold or here.denying or (here.recalled and not again) or is_in_passing(new, here)
    )
    yield from origins_of(new, comparable, here, repeats=repeats)
    if (
        new.kind == "figure"
        and (here.level or here.anew or not by_itself)
        and not steps
        and not here.change
        and not again
    ):
        yield from moved(new, older, here.counts)


def is_in_passing(new: Claim, here: Setting) -> bool:
    """Whether a claim only speaks of what is known already, as "she was sorry for the three people hurt" or "I read that I had gone below", or of what lasts, as how far one town is from another: it confirms nothing."""
    first, _, behind = here.sentence.partition(new.words)
    before = first[-NEAR:]
    if new.kind == "figure":
        background = known_already().search(before) or BACKGROUND.search(before)
        return bool(background or (not here.counts and lasting().match(behind)))
    return bool(heard().search(before) or heard().search(new.words.partition(" that ")[0]))


@cache
def known_already() -> re.Pattern[str]:
    """What stands before a number of what is known already, where nothing is said of it by itself: "for the", "of those"."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('refusals')['passing']['known'])})\s$", re.I)


@cache
def lasting() -> re.Pattern[str]:
    """What stands behind a number that was so before and will be: a distance, "14 miles south of"."""
    return re.compile(rf"\s(?:{'|'.join(lexicon('refusals')['passing']['lasting'])})\b", re.I)


@cache
def not_yet() -> re.Pattern[str]:
    """The words by which what has not happened may still happen."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('refusals')['passing']['pending'])})\b", re.I)


@cache
def heard() -> re.Pattern[str]:
    """What stands before words that somebody only read or heard."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('refusals')['passing']['heard'])})\b[^.;“”]*$", re.I)


def unnamed(new: Claim, older: Sequence[Claim]) -> list[Claim]:
    """Those whose figure an article gives, one that nobody rounds to, or that only unnamed sources of one newsroom have put on record in these days: it has it from them, named or not."""
    if new.kind != "figure":
        return []
    theirs = [c for c in older if c.low is not None and (c.low, c.high) == (new.low, new.high)]
    if is_unround(new):
        return theirs
    told = [c for c in older if c.stance == "asserts" and agree(new, c, CLOSE) and c.origin.kind not in OWN_WORD]
    alone = len({c.origin.root for c in told}) == 1 and all(c.origin.kind == "anonymous" for c in told)
    return [c for c in told if alone and c.low == new.low and days_between(c.moment, new.moment) <= SAYING]


def is_left_out(old: Claim, copied: str | None, sentence: str) -> bool:
    """Whether it would be missed that a claim was somebody's: an original's speaker, or an unnamed source, whose paper the sentence does not name."""
    theirs = old.article == copied or old.origin.kind == "anonymous"
    short = bare(old.origin.name).rpartition(" ")[2]  # "the weekly Ledger"
    return theirs and short not in sentence.casefold() and not hearsay().search(sentence)


@cache
def hearsay() -> re.Pattern[str]:
    """The words that leave a sentence to others, whoever they are."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('refusals')['passing']['hearsay'])})\b", re.I)


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


def misquoted(new: Claim, older: Sequence[Claim], named: frozenset[str]) -> tuple[Claim, tuple[Drift, ...]] | None:
    """The first version of the same quotation, in another outlet, where this one differs from every other in what matters."""
    if not new.quoted:
        return None
    theirs = [
        c
        for c in older
        if c.quoted and is_his(new, c, named) and c.outlet != new.outlet and versions(new.words, c.words)
    ]
    found = [(c, tuple(d for d in drifts(new.words, c.words) if d.kind != "harmless")) for c in theirs]
    found = [(c, drift) for c, drift in found if one_saying(new, c) or all(d.kind != "negation" for d in drift)]
    return found[0] if found and all(drift for _, drift in found) else None


def is_his(new: Claim, old: Claim, named: frozenset[str]) -> bool:
    """Whether two quotations are of one speaker, or the new one's article names the other's, to whom it may belong: by the whole name, or by the last of it."""
    if new.speaker == old.speaker or old.speaker in named:
        return True
    last = (old.speaker_name or "").rpartition(" ")[2]
    return bool(last) and any(name.rpartition(" ")[2] == last for name in named)


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
    pending = new.kind == "event" and not_yet().search(here.sentence)
    if new.stance == "denies" and others and not before and not unknown and not pending:
        yield made("denied", new, others[0], f"{voice(new)} denies: {shortened(new)}")
    asserted = [c for c in asserting if c.kind != "figure" or c.low is not None]  # a mere ceiling is no count
    agreeing = told_by_others(
        new, [c for c in asserted if c.status == new.status and agree(closed(new), closed(c), CLOSE)]
    )
    one = len({bare(c.origin.name) for c in agreeing}) == 1 and all(confirms(new, c, here.role) for c in agreeing)
    one = one and (new.kind != "figure" or (closed(new).low is not None and not here.ceiling))
    if new.stance == "asserts" and one and not repeats and not any(c.quoted and new.quoted for c in agreeing):
        yield made("confirmed", new, agreeing[0], f"a second origin, {voice(new)}: {shortened(new)}")
    elif not here.ceiling and not here.denying and (doubted := borne_out(new, older, here.day, here.role)):
        yield made(
            "confirmed",
            new,
            doubted,
            f"{doubted.words}, which was contradicted, is borne out by {voice(new)}: {shortened(new)}",
        )


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


def one_saying(a: Claim, b: Claim) -> bool:
    """Whether two claims are versions of what was said once: within some days, or word for word but for a "not"."""
    return versions(a.words, b.words) and (days_between(a.moment, b.moment) <= SAYING or by_a_not(a, b))


def by_a_not(a: Claim, b: Claim) -> bool:
    """Whether two articles quote the same words, and only one of them a "not": nobody takes back what he said in just those words, unless it is of what may have changed."""
    if not (a.quoted and b.quoted) or a.article == b.article or len(a.words.split()) < VERBATIM:
        return False
    one, other = ({part.strip(" .") for part in PART.split(c.words)} for c in (a, b))
    if any(map(MAY_CHANGE.search, one ^ other)):
        return False
    return [d.kind for d in drifts(a.words, b.words)] == ["negation"]


def dropped(new: Claim, theirs: Sequence[Claim]) -> Iterator[Change]:
    """That an article says by itself what those whom it copies, or names, had from somebody."""
    attributed = [c for c in theirs if c.origin.kind not in OWN_WORD and another(new, c) and agree(new, c, CLOSE)]
    by_itself = new.origin.kind in OWN_WORD and new.speaker is None and new.stance == "asserts"
    if by_itself and attributed and new.kind != "event":
        words = f"said as a fact here, by {voice(attributed[0])} in the original: {shortened(new)}"
        yield made("attribution-dropped", new, attributed[0], words)


def voice(claim: Claim) -> str:
    """Who says so, in words."""
    return claim.speaker_name or claim.origin.name


def shortened(claim: Claim) -> str:
    """The claim's words, cut where they are long."""
    return cut_short(claim.words)


def cut_short(text: str) -> str:
    """Some words on one line, cut where they are long."""
    words = " ".join(text.split())
    return words if len(words) <= SHORT else words[: SHORT - 1].rsplit(" ", 1)[0] + " …"
