"""Values on a common axis: one scale for all accounts of a unit, and where marks lie on it. Pure; lengths are in SVG units.

The axis begins at nought and is even, unless the values are all above nought and the largest is a hundred times the smallest: then equal lengths
are equal ratios (log).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

WIDTH, EDGE = 260.0, 24.0  # beyond the axis there is room for the arrow of an open end
ARROW = 4.0  # how near the arrow comes to the edge
RATIO = 100.0


class Scale(Struct, frozen=True, kw_only=True):
    """An axis from a value to another."""

    low: float
    high: float
    log: bool = False


class Mark(Struct, frozen=True, kw_only=True):
    """A value or range on an axis: from `start` to `end`, which lie at the edge where an end is open."""

    start: float
    end: float
    open_below: bool
    open_above: bool
    shape: str  # said, hedged or denied
    words: str


def scale(values: Iterable[float]) -> Scale | None:
    """The axis that holds these values; None where there are none."""
    known = sorted(v for v in values if math.isfinite(v))
    if not known:
        return None
    if known[0] > 0 and known[-1] >= RATIO * known[0]:
        return Scale(low=10 ** math.floor(math.log10(known[0])), high=10 ** math.ceil(math.log10(known[-1])), log=True)
    low, high = min(0.0, known[0]), max(0.0, known[-1])
    return Scale(low=-rounded_up(-low) if low else 0.0, high=rounded_up(high) if high or low else 1.0)


def rounded_up(value: float) -> float:
    """The next number above a positive one that has one digit, or two of which the second is 5 or 2."""
    if value <= 0:
        return 0.0
    unit = 10.0 ** math.floor(math.log10(value))
    return next((n * unit for n in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if value <= n * unit), 10 * unit)


def at(axis: Scale, value: float) -> float:
    """Where a value lies on an axis; one beyond it lies at the end."""
    if axis.log:
        low, high = math.log10(axis.low), math.log10(axis.high)
        share = (math.log10(value) - low) / (high - low) if value > 0 else 0.0
    else:
        share = (value - axis.low) / (axis.high - axis.low)
    return round(EDGE + min(1.0, max(0.0, share)) * (WIDTH - 2 * EDGE), 1)


def mark(axis: Scale, low: float | None, high: float | None, shape: str, words: str) -> Mark:
    """The mark of a value or range; an open end reaches to the edge of the drawing."""
    start = ARROW if low is None else at(axis, low)
    end = WIDTH - ARROW if high is None else at(axis, high)
    return Mark(start=start, end=end, open_below=low is None, open_above=high is None, shape=shape, words=words)
