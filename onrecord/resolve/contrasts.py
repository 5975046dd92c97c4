"""Numbers of two who are set against each other: one that denies another's, and one that is told as a fact though it was an unnamed source's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.knowledge import Claim
from onrecord.resolve.changes import Change, Setting, dropped, is_left_out, made, voice
from onrecord.resolve.comparing import OWN_WORD, TOLERANCE, another
from onrecord.resolve.counts import LARGE, days_between, disjoint, to_the_digit
from onrecord.resolve.facts import Fact
from onrecord.resolve.gauges import is_gauge

SOON = 3  # days within which a ceiling is set against a number, and not against what it was long ago


def outnumbered(new: Claim, earlier: Sequence[Claim], here: Setting) -> Iterator[Change]:
    """A denial of one number by another: "five, not three", or "no more than 150" within days of somebody's 230."""
    if not (here.ceiling or here.instead) or new.stance != "asserts" or new.origin.kind in OWN_WORD:
        return
    older = [c for c in earlier if c.moment <= new.moment and c.article != new.article]
    theirs = [c for c in older if c.stance == "asserts" and c.status == new.status and another(new, c)]
    refused = [c for c in theirs if c.low is not None and (c.low in here.instead or is_above(c, new, here))]
    if refused and not any(c.stance == "denies" and not another(new, c) for c in older):
        yield made("denied", new, refused[-1], f"{voice(new)} denies: {refused[-1].words} → {new.words}")


def is_above(old: Claim, new: Claim, here: Setting) -> bool:
    """Whether a figure is surely larger than a ceiling that was told within days of it."""
    near = days_between(old.moment, new.moment) <= SOON
    return here.ceiling and near and new.high is not None and (old.low or 0.0) > new.high * (1 + TOLERANCE)


def retold(new: Claim, theirs: Sequence[Claim], sentence: str) -> Iterator[Change]:
    """That an article says by itself what only an unnamed source had told, where it is no account with that."""
    told = [c for c in theirs if (c.low, c.high) == (new.low, new.high) and c.stance == "asserts"][:1]
    yield from dropped(new, [c for c in told if c.origin.kind == "anonymous" and is_left_out(c, None, sentence)])


def retells(a: Fact, b: Fact) -> bool:
    """Whether a figure is so surely another's, just told, that it matters who is said to have said it, though the two may not be one account.

    It is the same number, of two figures that tell something at least ("230", not "200"): of people, told in some of the same words, or one of those who suffer the same;
    or of the same measure of what bears the same name.
    """
    digits = f"{a.low:.0f}".rstrip("0") if a.low is not None else ""
    near = days_between(a.moment, b.moment) <= SOON and not disjoint(a.countries, b.countries)
    one = (
        a.kind == b.kind == "figure" and (a.low, a.high) == (b.low, b.high) and a.unit == b.unit and a.unit is not None
    )
    if not (one and near and len(digits) > 1):
        return False
    if a.unit == "people":
        suffered = a.tally.series == b.tally.series != "" and to_the_digit(a, b)
        return suffered or ((a.low or 0.0) >= LARGE and bool(a.terms & b.terms))
    return is_gauge(b.tally.series) and bool(a.tally.names & b.tally.names)
