"""Measures of one kind in one unit, so that what one newsroom tells in feet stands beside what another tells in kilometres.

A number keeps as many digits as it was told with: 31,000 feet are 9.4 kilometres, not 9.4488. The table is data in `lexicon/series.toml`.
"""

from __future__ import annotations

import math
from functools import cache

from onrecord.read.manner import lexicon

LEAST = 2  # digits that a number has at least


def metric(series: str, unit: str | None) -> tuple[str, str | None]:
    """A series and its unit with the unit that stands for all of its kind, where the series is named by one: "feet plume" is "kilometres plume"."""
    if unit not in units() or not series.startswith(f"{unit} "):
        return series, unit
    into = units()[unit][0]
    return f"{into}{series.removeprefix(unit)}", into


def scaled(value: float | None, unit: str | None) -> float | None:
    """A number of a unit as one of the unit that stands for its kind."""
    if value is None or not value or unit not in units():
        return value
    factor = units()[unit][1]
    if math.log10(factor) % 1 == 0:
        return value * factor
    digits = max(LEAST, told_with(value)) - 1 - math.floor(math.log10(abs(value * factor)))
    return round(value * factor, digits)


def told_with(value: float) -> int:
    """How many digits of a number tell something: two of 31,000."""
    return len(f"{abs(value):.6f}".rstrip("0").rstrip(".").replace(".", "").strip("0")) or 1


@cache
def units() -> dict[str, tuple[str, float]]:
    """Units, each with the one that stands for all of its kind, and how many of that it is."""
    found: dict[str, dict[str, float]] = lexicon("series")["metric"]
    return {unit: (into, factor) for into, its in found.items() for unit, factor in its.items()}
