"""The days of holidays."""

from __future__ import annotations

from datetime import date
from functools import cache

from onrecord.read import dates_calendar as calendar
from onrecord.read.dates_values import Match, Place, named, table, year_of


def holiday(m: Match, at: Place) -> str | None:
    """A holiday of the year given, or the nearest in the tense's direction."""
    name = holiday_names()[named(m, "holiday").replace("’", "'")]
    year, lead = year_of(m), named(m, "lead")
    if year:
        found = holiday_in(name, year)
    elif at.today is None:
        return None
    else:
        today = at.today
        options = sorted(d for y in (-1, 0, 1) if (d := holiday_in(name, today.year + y)))
        later, earlier = [d for d in options if d >= today], [d for d in options if d <= today]
        if lead == "last":
            later = []
        if not later or not earlier:
            found = next(iter(earlier[-1:] or later), None)
        elif (
            lead in ("next", "this") or at.ahead or ((later[0] - today).days <= 45 and (today - earlier[-1]).days > 45)
        ):
            found = later[0]
        else:
            found = earlier[-1]
    return found.isoformat() if found else None


@cache
def holiday_names() -> dict[str, str]:
    """The holidays as they are written, by their names in lower case."""
    return {h.lower(): h for section in ("holidays", "weekday_holidays", "easter_holidays") for h in table(section)}


def holiday_in(name: str, year: int) -> date | None:
    """The day of a holiday in a year."""
    if name in table("holidays"):
        month, number = map(int, table("holidays")[name].split("-"))
        return calendar.day(year, month, number)
    if name in table("weekday_holidays"):
        return calendar.nth_weekday(year, *table("weekday_holidays")[name])
    return calendar.moved(calendar.easter(year), table("easter_holidays")[name]) if 1582 < year < 9999 else None
