"""What each way of writing a date means: makers of TIMEX3 values (TimeML 1.2.1) from a match and where it stands.

Every maker takes the match and its Place and gives the value, or None where it cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from onrecord.read import dates_calendar as calendar
from onrecord.read.dates_tense import ahead
from onrecord.read.manner import lexicon
from onrecord.text import Span


@dataclass(frozen=True)
class Place:
    """Where an expression stands: the text, its span and sentence, the day to count from, and the dates before it."""

    text: str
    span: Span
    sentence: Span
    today: date | None
    recent: tuple[str, ...]  # the last date of each fineness, the latest first

    @cached_property
    def ahead(self) -> bool | None:
        """Whether the words around look ahead (True) or back (False)."""
        return ahead(self.text, self.span, self.sentence)

    def anchor(self, unit: str) -> date | None:
        """The day from which "the following day" counts: the last date that is fine enough, or today if there is none at all."""
        fine = calendar.FINENESS.get(unit, 1)
        last = next((v for v in self.recent if calendar.fineness(v) >= fine), None)
        return calendar.opening(last) if last else None if self.recent else self.today


Match = re.Match[str]
Maker = Callable[[Match, Place], str | None]


def table(section: str) -> dict[str, Any]:
    """A section of the lexicon."""
    return dict(lexicon("dates")[section])


@cache
def month_numbers() -> dict[str, int]:
    """Months and their short forms."""
    return {**table("months"), **table("month_abbreviations")}


def named(m: Match, group: str) -> str:
    """A group's words in lower case; "" where there are none."""
    return (m.groupdict().get(group) or "").lower()


def month_of(m: Match, group: str = "month") -> int:
    """The number of the month named."""
    return month_numbers()[named(m, group).rstrip(".")]


def day_number(words: str) -> int:
    """The day of the month, in digits or words."""
    digits = re.match(r"\d+", words)
    return int(digits.group()) if digits else int(table("days_of_month")[words.lower().replace(" ", "-")])


def year_of(m: Match) -> int | None:
    """The year given; with the day or behind the other end of a range."""
    return next((int(y) for g in ("year", "later") if (y := named(m, g))), None)


def full_day(m: Match, at: Place) -> str | None:
    """Month, day and, where it is given, year; without a year the nearest such day in the tense's direction."""
    month, number, year = month_of(m), day_number(m["day"]), year_of(m)
    found = (
        calendar.day(year, month, number)
        if year
        else at.today and calendar.nearest_day(at.today, month, number, at.ahead)
    )
    return with_part(found.isoformat(), m) if found else None


def with_part(value: str | None, m: Match) -> str | None:
    """A day with the part of it that is named."""
    part = named(m, "part")
    return f"{value}T{table('parts')[part]}" if value and part else value


def numeric(m: Match, at: Place) -> str | None:
    """Year, month and day in digits; of two possible orders the one nearer to today, the American one if that does not say."""
    year = int(m["year"])
    if len(m["year"]) == 2:
        near = at.today.year if at.today else 2000
        year += near // 100 * 100
        year -= 100 if year > near + 10 else 0
    a, b = int(m["a"]), int(m["b"])
    found = [d for month, number in ((a, b), (b, a)) if (d := calendar.day(year, month, number))]
    if at.today and found:
        today = at.today
        found.sort(key=lambda d: abs(d - today))
    return found[0].isoformat() if found else None


def iso_day(m: Match, at: Place) -> str | None:
    """Year, month, day, perhaps with a time."""
    found = calendar.day(int(m["year"]), int(m["a"]), int(m["b"]))
    return found.isoformat() + (f"T{m['clock']}" if m["clock"] else "") if found else None


def month_year(m: Match, at: Place) -> str | None:
    """A month, with or without its year."""
    month, year, lead = month_of(m), year_of(m), named(m, "lead")
    if year:
        return f"{year:04}-{month:02}"
    if at.today is None:
        return None
    if lead in ("last", "past"):
        return f"{at.today.year - (month >= at.today.month)}-{month:02}"
    if lead == "next":
        return f"{at.today.year + (month <= at.today.month)}-{month:02}"
    if lead == "this":
        return f"{at.today.year}-{month:02}"
    return calendar.nearest_month(at.today, month, at.ahead)


def month_of_year(m: Match, at: Place) -> str | None:
    """ "March of last year"."""
    year = relative_year(m, at)
    return year and f"{year}-{month_of(m):02}"


def relative_year(m: Match, at: Place) -> str | None:
    """A year given in digits, or as this, last or next year."""
    lead = named(m, "lead")
    if named(m, "year"):
        return m["year"]
    shift = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(lead, 0)
    return calendar.period_of(at.today, "year", shift) if at.today else None


def year_ago(m: Match, at: Place) -> str | None:
    """ "the year-ago quarter": the year before this one."""
    return calendar.period_of(at.today, "year", -1) if at.today else None


def weekday(m: Match, at: Place) -> str | None:
    """A day of the week, in the direction of its lead or the tense."""
    if at.today is None:
        return None
    number, lead = table("weekdays")[named(m, "weekday")], named(m, "lead")
    if named(m, "week") or named(m, "week2"):
        week = named(m, "week") or named(m, "week2")
        shift = {"last": -1, "next": 1, "following": 1}.get(week, 0) * 7
        found = calendar.moved(at.today, shift + number - at.today.weekday())
    elif lead in ("last", "past", "previous"):
        behind = (at.today.weekday() - number) % 7 or 7
        found = calendar.moved(at.today, -behind)
    elif lead in ("next", "coming", "following"):
        found = calendar.moved(at.today, (number - at.today.weekday()) % 7 or 7)
    else:
        found = calendar.nearest_weekday(at.today, number, at.ahead is not False if lead == "this" else at.ahead)
    return with_part(found.isoformat(), m) if found else None


def near_day(m: Match, at: Place) -> str | None:
    """Yesterday, today, tomorrow, tonight, last night, this morning, the day after tomorrow."""
    near = " ".join(named(m, "near").split())
    shift = (
        {"yesterday": -1, "tomorrow": 1, "last": -1}.get(near.split()[-1], 0)
        + (near.startswith("the day after"))
        - (near.startswith("the day before"))
    )
    found = calendar.moved(at.today, shift) if at.today else None
    return with_part(found.isoformat() + ("TNI" if near == "tonight" else ""), m) if found else None


SHIFTS = {
    "last": -1,
    "latest": -1,
    "past": -1,
    "previous": -1,
    "prior": -1,
    "preceding": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
    "upcoming": 1,
}


def period(m: Match, at: Place) -> str | None:
    """This, last or next week, weekend, month, quarter, year, decade, century."""
    if at.today is None:
        return None
    unit, lead = named(m, "unit"), named(m, "lead").split()[-1]
    shift = SHIFTS.get(lead, 0)
    if unit == "weekend":
        if lead in ("this", "the"):
            shift = -1 if not at.ahead and at.today.weekday() < 4 else 0
        elif shift > 0 and at.today.weekday() < 4 and lead != "next":
            shift = 0
    return calendar.period_of(at.today, unit, shift)


def anchored(m: Match, at: Place) -> str | None:
    """The following, next, previous or same day, week, month, year: counted from the last date before."""
    unit, lead = named(m, "unit"), "".join(named(m, "lead").split()[-1:])
    shift = {"before": -1, "earlier": -1, "after": 1, "later": 1}.get(named(m, "way"), SHIFTS.get(lead, 0))
    part = unit in table("parts")
    day = at.anchor("day" if part else unit)
    found = calendar.period_of(day, "day" if part else unit, shift) if day else None
    return f"{found}T{table('parts')[unit]}" if found and part else found


def season(m: Match, at: Place) -> str | None:
    """A season, with its year, its lead, or the nearest in the tense's direction."""
    name, lead, year = table("seasons")[named(m, "season")], named(m, "lead"), year_of(m)
    if year:
        return f"{year}-{name}"
    if at.today is None:
        return None
    begins, now = calendar.DESIGNATORS[name], at.today.year
    current = (at.today.month - begins) % 12 < 3
    this = now - (name == "WI" and at.today.month < 3)
    if lead == "this" or (not lead and current):
        return f"{this if current else now}-{name}"
    if lead in ("next", "coming") or (not lead and at.ahead):
        return f"{now if begins > at.today.month else now + 1}-{name}"
    return f"{now - 1 if begins + (0 if current else 2) >= at.today.month or current else now}-{name}"


def quarter(m: Match, at: Place) -> str | None:
    """A quarter or a half of a year; without a year the latest that is over, or the next where the tense looks ahead."""
    number = table("ordinals").get(named(m, "ordinal")) or int(m["number"])
    sign = "H" if named(m, "what").startswith("h") else "Q"
    number = 2 if sign == "H" and number > 2 else number
    if named(m, "year") or named(m, "lead"):
        year = relative_year(m, at)
        return year and f"{year}-{sign}{number}"
    if at.today is None:
        return None
    size = 6 if sign == "H" else 3
    over = at.today.month > number * size
    started = at.today.month > (number - 1) * size
    back = not over and not at.ahead and not (started and sign == "H")
    return f"{at.today.year - back + bool(over and at.ahead)}-{sign}{number}"


def decade(m: Match, at: Place) -> str | None:
    """ "the 1990s", "the nineties", "the '90s"."""
    if named(m, "decade"):
        return m["decade"][:3]
    tens = int(m["tens"][0]) if named(m, "tens") else table("decades")[named(m, "name")]
    return f"{named(m, 'hundreds') or ('20' if tens < 2 else '19')}{tens}"


def century(m: Match, at: Place) -> str | None:
    """ "the 19th century" is 18, its years' first two digits."""
    words = named(m, "nth")
    number = day_number(words)
    return f"{number - 1:02}" if number else None


def fiscal(m: Match, at: Place) -> str | None:
    """A fiscal year."""
    year = named(m, "year") or relative_year(m, at)
    return year and f"FY{'20' if len(year) == 2 else ''}{year}"


def year_end(m: Match, at: Place) -> str | None:
    """The last day of the year."""
    return f"{at.today.year:04}-12-31" if at.today else None


def just_year(m: Match, at: Place) -> str | None:
    """A year; "2010-11" is an interval of EDTF."""
    short = named(m, "short")
    if not short:
        return m["year"]
    end = int(m["year"][:2] + short) if len(short) == 2 else int(short)
    return f"{m['year']}/{end}" if end > int(m["year"]) else m["year"]


def era_year(m: Match, at: Place) -> str | None:
    """A year before or after Christ, EDTF: 44 BC is -0043."""
    number = int(m["number"])
    if number == 0:
        return None
    return f"-{number - 1:04}" if "B" in m["era"] else f"{number:04}"
