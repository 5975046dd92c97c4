"""The day that an article's relative dates are counted from.

1. A date with its year on a line of its own near the top ("Monday, August 21, 2015"), 2. one in an agency's dateline
("PORT SELDRIN, May 14 (Tidewire) -"), whose year may come from the publication, 3. the day of publication. What is
printed wins, because the writer wrote against it, unless it lies after the publication.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from onrecord.model import Dated
from onrecord.read.dates_calendar import day
from onrecord.read.manner import lexicon

TOP_LINES = 8
LONGEST_LINE = 90
YEARS = range(1000, 9000)
SLACK = timedelta(days=2)  # a page may carry the day before its print edition's


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A line that is a date, and the head of an agency's report."""
    table = lexicon("dates")
    names = "|".join(form for m in (*table["months"], *table["month_abbreviations"]) for form in (m.title(), m.upper()))
    days = "|".join((*table["weekdays"], *table["weekday_abbreviations"]))
    written = rf"(?:(?P<month>{names})\.?\s(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s(?P<month2>{names})\.?)"
    year = r"(?:,?\s(?P<year>(?:19|20)\d\d))"
    clock = r"(?:[,\s]{1,3}(?:at\s)?\d{1,2}[:.]\d\d.{0,20})?"
    line = rf"(?:(?:date|published|posted|updated|first published)(?:\son)?:?\s)?(?:(?:{days})\.?,?\s)?(?:{written}{year}|(?P<iso>\d{{4}}-\d\d-\d\d)){clock}\.?"
    agency = rf"[A-ZÀ-Þ][\w .'’-]{{1,40}},(?:\s[A-Z][\w .]{{1,24}},)?\s{written}{year}?,?(?:\s?\([^()\n]{{2,40}}\))?\s?(?:[-–—]{{1,2}}|:)\s"
    return re.compile(line, re.I), re.compile(agency)


def named_day(m: re.Match[str], year: int) -> date | None:
    """The day of a match, in a year."""
    table = lexicon("dates")
    name = (m["month"] or m["month2"]).lower()
    return day(year, {**table["months"], **table["month_abbreviations"]}[name], int(m["day"] or m["day2"]))


def printed(text: str, published: date | None) -> date | None:
    """The day that the text itself gives near its top."""
    line, agency = patterns()
    top = [row.strip() for row in text[:4000].split("\n") if row.strip()][:TOP_LINES]
    for row in top:
        m = line.fullmatch(row) if len(row) <= LONGEST_LINE else None
        if m and (m["iso"] or m["year"]):
            return date_of_iso(m["iso"]) if m["iso"] else named_day(m, int(m["year"]))
    for row in top:
        if m := agency.match(row[:160]):
            years = [int(m["year"])] if m["year"] else [published.year, published.year - 1] if published else []
            days = [d for y in years if (d := named_day(m, y)) and (published is None or d <= published + SLACK)]
            return days[0] if days else None
    return None


def date_of_iso(value: str) -> date | None:
    """The day at the head of an ISO 8601 value; None where it has none, or one that a machine put there (0001-01-01)."""
    try:
        found = date.fromisoformat(value[:10])
    except ValueError:
        return None
    return found if found.year in YEARS else None


def dateline(text: str, published: Dated | None) -> date | None:
    """The day to count from, or None where neither the text nor the publication gives one."""
    given = date_of_iso(published.value) if published else None
    found = printed(text, given)
    return given if found is None or (given and found > given + SLACK) else found
