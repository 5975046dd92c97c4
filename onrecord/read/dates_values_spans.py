"""What lengths of time mean, what is counted by them, and what recurs: makers of TIMEX3 values. See `dates_values`."""

from __future__ import annotations

import re

from onrecord.read import dates_calendar as calendar
from onrecord.read.dates_values import Match, Place, month_of, named, table
from onrecord.read.manner import lexicon
from onrecord.read.numbers import exact, spelled_value

LONGEST_AGO = 5000  # units; what is longer ago is no calendar date


def amount(m: Match) -> float | None:
    """The number of units, or None where the words give none ("several")."""
    words = " ".join(named(m, "n").split())
    extra = 0.5 if named(m, "half") else 0.0
    if re.fullmatch(r"[\d,.]+", words):
        return float(words.replace(",", "")) + extra
    if words in ("a", "an"):
        return 1.0 + extra
    if words.startswith("half"):
        return 0.5
    if words.startswith(("a couple", "couple", "both")):
        return 2.0
    if not words or words in lexicon("dates")["vague"]["words"] or words.endswith(("few", " of")):
        return None
    return float(spelled_value(words.replace("-", " "))) + extra


def unit_of(m: Match) -> str:
    """The unit in the singular."""
    unit = named(m, "unit") or named(m, "unit2")
    return {"centuries": "century", "centurie": "century", "quarters": "quarter"}.get(unit, unit)


def length(n: float | None, unit: str) -> str:
    """A duration, ISO 8601 as TIMEX3 extends it."""
    letter, size = table("units")[unit]
    if n is not None and n % 1:
        finer = {"hour": ("minute", 60), "day": ("hour", 24), "year": ("month", 12), "minute": ("second", 60)}.get(unit)
        if finer and n == 0.5:
            unit, n = finer[0], n * finer[1]
            letter, size = table("units")[unit]
    number = "X" if n is None else exact(n * size)
    return f"P{'T' if unit in ('hour', 'minute', 'second') else ''}{number}{letter}"


def duration(m: Match, at: Place) -> str | None:
    """A length of time."""
    return length(amount(m) if "n" in m.re.groupindex else None, unit_of(m))


def one_unit(m: Match, at: Place) -> str | None:
    """ "the past year": a length of one unit."""
    return length(1, unit_of(m))


def away(m: Match, at: Place) -> str | None:
    """So many units ago, from now, or before and after the last date."""
    n, unit, way = amount(m), unit_of(m), " ".join(named(m, "way").split())
    if n is None:
        return "FUTURE_REF" if way in ("from now", "hence") else "PAST_REF" if way == "ago" else None
    origin = at.today if way in ("ago", "from now", "hence", "time") else at.anchor(unit)
    if origin is None or n > LONGEST_AGO:
        return None
    sign = 1 if way in ("from now", "hence", "later", "after", "afterwards", "afterward", "on", "time") else -1
    if n % 1:
        return calendar.period_of(origin, "month", sign * int(n * 12)) if unit == "year" and n * 12 % 1 == 0 else None
    if (
        unit == "year"
        and way not in ("ago", "from now", "hence", "time")
        and (same := re.match(r"(\d{4})(-[QH]\d)$", (at.recent or ("",))[0]))
    ):
        year = calendar.year_value(int(same[1]) + sign * int(n))
        return year and year + same[2]
    if unit == "decade" and n < 100:
        return calendar.period_of(origin, "year", sign * int(n) * 10)
    return (
        calendar.period_of(origin, "day" if unit == "night" else unit, sign * int(n))
        if unit not in ("hour", "minute", "second")
        else None
    )


def every(m: Match, at: Place) -> str | None:
    """A set: every day, each Monday, every two years."""
    if named(m, "weekday"):
        part = named(m, "part")
        return f"XXXX-WXX-{table('weekdays')[named(m, 'weekday')] + 1}" + (f"T{table('parts')[part]}" if part else "")
    if named(m, "month"):
        return f"XXXX-{month_of(m):02}"
    if named(m, "season"):
        return f"XXXX-{table('seasons')[named(m, 'season')]}"
    if named(m, "part"):
        return f"XXXX-XX-XXT{table('parts')[named(m, 'part')]}"
    step = named(m, "n")
    n = {"other": 2.0, "second": 2.0, "third": 3.0, "fourth": 4.0}.get(step) or (amount(m) if step else 1.0)
    return length(n, unit_of(m))


def frequency(m: Match, at: Place) -> str | None:
    """Daily, weekly, annually."""
    return next(v for v, words in table("frequency").items() if named(m, "often") in words)


def unit_and_half(m: Match, at: Place) -> str | None:
    """ "a year and a half"."""
    n = amount(m)
    return length(None if n is None else n + 0.5, unit_of(m))


def reference(m: Match, at: Place) -> str | None:
    """Now, recently, in the future."""
    words = " ".join(named(m, "ref").split())
    return next(v for v, listed in table("references").items() if words in listed)
