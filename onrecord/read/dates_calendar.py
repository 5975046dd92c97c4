"""Calendar arithmetic on TIMEX3 values: days, ISO weeks, months, quarters, halves, seasons, years, decades, centuries."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

DESIGNATORS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
FIRST_YEAR, LAST_YEAR = 1, 9999


def day(year: int, month: int, number: int) -> date | None:
    """A calendar day, or None where there is none."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def moved(d: date, days: int) -> date | None:
    """A day so many days away, or None beyond the calendar."""
    try:
        return d + timedelta(days=days)
    except OverflowError:
        return None


def iso_week(d: date) -> str:
    """The ISO week of a day, as TIMEX3 writes it."""
    year, week, _ = d.isocalendar()
    return f"{year:04}-W{week:02}"


def year_value(year: int) -> str | None:
    """A year, or None beyond the calendar."""
    return f"{year:04}" if FIRST_YEAR <= year <= LAST_YEAR else None


def period_of(d: date, unit: str, shift: int = 0) -> str | None:
    """The day, week, weekend, month, quarter, year, decade or century that holds a day, or one `shift` units away."""
    if unit in ("day", "week", "fortnight", "weekend"):
        at = moved(d, shift * {"day": 1, "fortnight": 14}.get(unit, 7))
        if at is None:
            return None
        return at.isoformat() if unit == "day" else iso_week(at) + ("-WE" if unit == "weekend" else "")
    if unit in ("month", "quarter"):
        size = 12 if unit == "month" else 4
        number = d.year * size + (d.month - 1) * size // 12 + shift
        year = year_value(number // size)
        part = number % size + 1
        return year and (f"{year}-{part:02}" if unit == "month" else f"{year}-Q{part}")
    step = {"year": 1, "decade": 10, "century": 100}.get(unit)
    year = year_value(d.year + shift * step) if step else None
    return year and year[: {"year": 4, "decade": 3, "century": 2}[unit]]


@lru_cache(maxsize=8192)
def opening(value: str | None) -> date | None:
    """The first day of a calendar value; None for any other."""
    if m := re.match(r"(\d{4})-(\d\d)-(\d\d)", value or ""):
        return day(int(m[1]), int(m[2]), int(m[3]))
    if m := re.match(r"(\d{4})-W(\d\d)", value or ""):
        return date.fromisocalendar(int(m[1]), int(m[2]), 1)
    if m := re.match(r"(\d{4})-(\d\d)$", value or ""):
        return day(int(m[1]), int(m[2]), 1)
    if m := re.match(r"(\d{4})-(?:Q(\d)|(SP|SU|FA|WI))$", value or ""):
        return day(int(m[1]), int(m[2]) * 3 - 2 if m[2] else DESIGNATORS[m[3]], 1)
    return day(int(m[1]), 1, 1) if (m := re.match(r"(\d{4})$", value or "")) else None


@lru_cache(maxsize=8192)
def fineness(value: str | None) -> int:
    """How finely a calendar value dates: 4 a day, 3 a week, 2 a month, 1 a year or part of it, 0 anything else."""
    if not value or opening(value) is None:
        return 0
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return 4
    return 3 if "-W" in value and not value.endswith("WI") else 2 if re.match(r"\d{4}-\d\d$", value) else 1


FINENESS = {"day": 4, "week": 3, "fortnight": 3, "weekend": 3, "month": 2, "quarter": 2}


def nearest_day(today: date, month: int, number: int, ahead: bool | None) -> date | None:
    """Such a day of the year in the direction of the tense: the last one up to today, or the next one from today.

    One that is up to 45 days ahead is meant, whatever the tense, where the last one is most of a year ago.
    """
    found = [d for y in (-4, -1, 0, 1, 4) if (d := day(today.year + y, month, number))]
    later = [d for d in found if d >= today]
    earlier = [d for d in found if d <= today]
    if not later or not earlier:
        return next(iter(later or earlier), None)
    if ahead:
        return later[0] if (later[0] - today).days < 300 or (today - earlier[-1]).days > 20 else earlier[-1]
    close = (later[0] - today).days <= 45 and (today - earlier[-1]).days > 270
    return later[0] if close else earlier[-1]


def nearest_month(today: date, month: int, ahead: bool | None) -> str:
    """Such a month in the direction of the tense; the month that holds today counts for both."""
    later = month > today.month
    year = today.year - 1 if later and not ahead else today.year + 1 if ahead and month < today.month else today.year
    return f"{year}-{month:02}"


def nearest_weekday(today: date, weekday: int, ahead: bool | None) -> date | None:
    """Such a day of the week in the direction of the tense; today counts for both."""
    behind = (today.weekday() - weekday) % 7
    return moved(today, 7 - behind if ahead and behind else -behind)


def nth_weekday(year: int, month: int, weekday: int, which: int, after: int) -> date | None:
    """The first, second, … or (-1) last such weekday of a month, and a number of days later."""
    first = day(year, month, 1)
    if first is None:
        return None
    days = [first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * k) for k in range(5)]
    days = [d for d in days if d.month == month]
    return moved(days[which - 1 if which > 0 else which], after)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, number = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, number + 1)
