"""What a number claims, and how that stands to a threshold: "some 4,900" is about 4,850 to 4,950, "more than 5,000" is above 5,000.

1. A figure is turned into an extent, by its comparator and the words of its hedge (`lexicon/indicators.toml`). 2. The bounds of a test are an
extent too. 3. The two are compared. Rounded numbers reach half a unit of their last digit that is not zero, at most a tenth, to both sides.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from math import inf
from typing import Literal, NamedTuple

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.watch.indicator import Bound

Standing = Literal["crossed", "reaches past", "may reach past", "reaches", "approaches", "contrary"]
NEAR = 0.2  # how far from the threshold, as a share of it, a number still approaches it
SHORT = 0.5  # how far from it a limit is that speaks against it
ROUNDED = 0.1  # the most that a rounded number may be off


class Extent(NamedTuple):
    """The numbers that are claimed or asked for; `open_low` and `open_high`: the end itself is not among them; `about`: a number was rounded."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False
    about: bool = False


@cache
def hedges(side: str) -> re.Pattern[str]:
    """The hedges that put the true value to one side of the number."""
    words = sorted(lexicon("indicators")["hedge"][side], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.I)


def claimed(figure: Figure, words: str) -> Extent | None:
    """The numbers that a figure claims; `words` are those of its span. None where it gives no number."""
    return extent_of(figure.value, figure.low, figure.high, figure.comparator, words)


def extent_of(value: float | None, low: float | None, high: float | None, comparator: str, words: str) -> Extent | None:
    """The numbers that are claimed by a value or two ends, by how they are compared and by the words of their hedge."""
    if value is None:
        if low is None and high is None:
            return None
        return Extent(-inf if low is None else low, inf if high is None else high)
    match comparator:
        case ">":
            return Extent(value, inf, open_low=True)
        case ">=":
            return Extent(value, inf)
        case "<":
            return Extent(-inf, value, open_high=True)
        case "<=":
            return Extent(-inf, value)
        case "~":
            return rounded(value, words)
        case _:
            return Extent(value, value)


def rounded(value: float, words: str) -> Extent:
    """The numbers that "about", "nearly" or "just over" a number claims."""
    off = slack(value)
    if hedges("above").search(words):
        return Extent(value, value + off, open_low=True)
    if hedges("below").search(words):
        return Extent(value - off, value, open_high=True)
    return Extent(value - off, value + off, about=True)


def slack(value: float) -> float:
    """How far a rounded number may be off."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return float(min(Decimal(10) ** int(exponent) / 2, abs(Decimal(str(value))) * Decimal(str(ROUNDED))))


def wanted(bounds: tuple[Bound, ...]) -> Extent:
    """The numbers that a test asks for."""
    low, high, open_low, open_high = -inf, inf, False, False
    for b in bounds:
        if b.sign in (">", ">=", "="):
            low, open_low = b.value, b.sign == ">"
        if b.sign in ("<", "<=", "="):
            high, open_high = b.value, b.sign == "<"
    return Extent(low, high, open_low, open_high)


def stands(claim: Extent, asked: Extent) -> Standing | None:
    """How a claim stands to what is asked for; None where it is far from it.

    crossed: all that it claims is asked for. reaches past: a range that lies on both sides. may reach past: "up to" a number beyond the threshold.
    reaches: it comes to the threshold itself. approaches: it ends near it. contrary: the most it allows is near and short of it.
    """
    if within(claim, asked):
        return "crossed"
    if asked.low > -inf and asked.high < inf:
        return "reaches past" if meet(claim, asked) and claim.low > -inf and claim.high < inf else near(claim, asked)
    upward = asked.low > -inf
    return against(claim, asked) if upward else against(mirrored(claim), mirrored(asked))


def against(claim: Extent, asked: Extent) -> Standing | None:
    """The same for a test that asks for more than a threshold, and a claim that does not lie wholly beyond it."""
    mark = asked.low
    middle = (claim.low + claim.high) / 2
    if claim.low == -inf:
        return (
            "may reach past"
            if claim.high > mark
            else "reaches"
            if claim.high == mark and not claim.open_high and not asked.open_low
            else contrary(claim.high, mark)
        )
    if claim.high == inf or claim.low == claim.high:
        return "reaches" if claim.low == mark else nearly(claim.low, mark)
    if claim.high > mark and not (claim.about and middle <= mark):
        return "reaches past"
    return nearly(claim.high, mark)


def contrary(most: float, mark: float) -> Standing | None:
    """What an upper limit short of the threshold says."""
    return "contrary" if abs(mark - most) <= SHORT * abs(mark) else None


def nearly(value: float, mark: float) -> Standing | None:
    """Whether a number short of the threshold is near it."""
    return "approaches" if abs(mark - value) <= NEAR * abs(mark) else None


def is_short(claim: Extent, asked: Extent) -> bool:
    """Whether all that is claimed, or the most of it, is near the one threshold that is asked for and short of it."""
    if asked.low > -inf and asked.high < inf:
        return False
    if asked.low == -inf:
        claim, asked = mirrored(claim), mirrored(asked)
    short = claim.high < asked.low or (claim.high == asked.low and (claim.open_high or asked.open_low))
    return short and contrary(claim.high, asked.low) is not None


def near(claim: Extent, asked: Extent) -> Standing | None:
    """Whether a claim is near a pair of bounds."""
    ends = [x for x in (claim.low, claim.high) if abs(x) < inf]
    return next((s for x in ends for mark in (asked.low, asked.high) if (s := nearly(x, mark))), None)


def mirrored(e: Extent) -> Extent:
    """The same below zero, so that "less than" is asked like "more than"."""
    return Extent(-e.high, -e.low, e.open_high, e.open_low, e.about)


def within(claim: Extent, asked: Extent) -> bool:
    """Whether everything that is claimed is asked for."""
    low = claim.low > asked.low or (claim.low == asked.low and (claim.open_low or not asked.open_low))
    high = claim.high < asked.high or (claim.high == asked.high and (claim.open_high or not asked.open_high))
    return low and high


def meet(a: Extent, b: Extent) -> bool:
    """Whether two extents share a number."""
    return a.low < b.high and b.low < a.high
