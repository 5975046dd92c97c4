"""What bears out what was told before: who confirms a claim, who sides with a number that others contradict, and who comes round to what he denied.

1. A claim is confirmed by another origin that says the same, a figure to within `CLOSE`.
2. A number that only one origin told, and that another contradicted, is borne out by a third who goes at least as far, away from what was set against it: against
   "no more than 70" a count of 91 bears out the 86 of two pilots.
3. It is conceded by the one who contradicted it, when he gives such a number himself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.knowledge import Claim
from onrecord.resolve.comparing import (
    CLOSE,
    OWN_WORD,
    agree,
    another,
    closed,
    independent,
    is_of,
    is_range,
    same_count,
    speaks_for,
    widened,
)
from onrecord.resolve.counts import days_between
from onrecord.resolve.origins import INSTRUMENT, bare

NEARBY = 0.15  # by how much a number may go further than one that it bears out
SOON = 3  # days within which it does
NAMED = re.compile(r"\b[A-ZÀ-Þ]")


def told_by_others(new: Claim, agreeing: list[Claim]) -> list[Claim]:
    """Of those who said so before the ones who count: newsrooms that only said so too are none beside those whose word it is."""
    attributed = [c for c in agreeing if c.origin.kind not in OWN_WORD]
    return agreeing if new.origin.kind in OWN_WORD else attributed or agreeing


def confirms(new: Claim, old: Claim, role: str) -> bool:
    """Whether a claim is sure to be of another source than one that it agrees with: no body's own officer, nobody who gives the very same count."""
    ranged = new.kind == "figure" and is_range(old) != is_range(new)
    if ranged or same_count(new, old):
        return False
    return is_another_measure(new, old) or (independent(new, old) and not speaks_for(role, old.origin.name))


def is_another_measure(new: Claim, old: Claim) -> bool:
    """Whether a figure was measured anew: by the instrument of a named body, and not to the digit the same."""
    name = new.origin.name
    told = new.kind == "figure" and (new.low, new.high) != (old.low, old.high)
    whose = bool(NAMED.search(name)) and not names(name) & names(old.origin.name)
    return told and whose and bool(INSTRUMENT.search(name)) and another(new, old)


def names(name: str) -> set[str]:
    """What is written with a capital in a name."""
    return set(re.findall(r"\b[A-ZÀ-Þ]\w+", name))


def borne_out(new: Claim, older: Sequence[Claim], day: str, role: str) -> Claim | None:
    """The contradicted number that a figure is the first to bear out, or that its speaker concedes; `day` is of what day it tells, `role` how its speaker is introduced."""
    if new.kind != "figure" or new.stance != "asserts" or new.origin.kind != "speaker" or closed(new).low is None:
        return None
    told = [c for c in older if c.stance == "asserts" and c.status == new.status and c.low is not None]
    for old in reversed([c for c in told if is_near(new, c) and not is_one(new, c, role)]):
        against = [c for c in older if contradicts(c, old) and not is_one(old, c, "") and goes_as_far(new, old, c)]
        his = any(is_one(new, c, role) for c in against)
        since = [c for c in told if c.origin.kind == "speaker" and c.moment > old.moment and is_near(c, old)]
        since = [c for c in since if another(c, old) and (is_one(new, c, role) or not his)]
        theirs = told_by_others(new, [c for c in told if agree(closed(c), closed(old), CLOSE)])
        alone = len({bare(c.origin.name) for c in theirs}) == 1
        if against and alone and not since and (his or is_third(new, old, day)):
            return theirs[0]
    return None


def is_near(a: Claim, b: Claim) -> bool:
    """Whether two figures were told within days of each other, and one goes little further than the other."""
    return days_between(a.moment, b.moment) <= SOON and agree(closed(a), closed(b), NEARBY)


def contradicts(claim: Claim, old: Claim) -> bool:
    """Whether somebody on the record has since denied a number, or set another against it."""
    if claim.origin.kind != "speaker" or claim.moment < old.moment:
        return False
    if claim.stance == "denies":
        return agree(claim, old, CLOSE)
    return claim.stance == "asserts" and not agree(closed(claim), closed(old))


def goes_as_far(new: Claim, old: Claim, against: Claim) -> bool:
    """Whether a number goes at least as far as another, away from the one that was set against it; from a mere denial any that is near it does."""
    if against.stance == "denies" or agree(new, old, CLOSE):
        return True
    (low, high), (least, most), (bottom, top) = (ends(c) for c in (new, old, against))
    return (top < least <= low) or (bottom > most >= high)


def ends(claim: Claim) -> tuple[float, float]:
    """Both ends of a figure, as it is meant."""
    meant = closed(claim)
    return widened(meant.low, float("-inf")), widened(meant.high, float("inf"))


def is_one(new: Claim, old: Claim, role: str) -> bool:
    """Whether two claims are of one mouth: of the same origin, or of a body and its officer."""
    return not another(new, old) or is_of(role, old.origin.name) or is_of(old.origin.name, new.origin.name)


def is_third(new: Claim, old: Claim, day: str) -> bool:
    """Whether somebody with a name, or of a body with one, tells what was so when a number was told that an unnamed source, or somebody else, gave."""
    hidden = old.origin.kind != "speaker" and bool(NAMED.search(new.origin.name))
    two = independent(new, old) or hidden or is_another_measure(new, old)
    return two and not same_count(new, old) and days_between(day, old.moment) <= SOON
