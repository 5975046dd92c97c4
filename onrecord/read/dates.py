"""Dates and durations with their values (TIMEX3, EDTF), against the article's dateline.

1. Patterns find the expressions, longer ones first; 2. each is given its value: absolute ones at once, relative ones
against the dateline, with the tense of the sentence deciding between past and future; without a dateline their value is
null, because it cannot be known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from onrecord.model import Date, Dated, DateType
from onrecord.read.numbers import spelled_value
from onrecord.read.sentences import sentences
from onrecord.text import Span

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SHORT = {m[:3]: i for i, m in enumerate(MONTHS, 1)} | {"sept": 9}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
}
UNITS = {
    "day": "D",
    "week": "W",
    "month": "M",
    "year": "Y",
    "decade": "Y",
    "hour": "H",
    "minute": "M",
    "second": "S",
    "quarter": "M",
}
FUTURE = re.compile(
    r"\b(?:will|shall|going to|to be|is to|are to|plans?|planned|scheduled|expected|due|would|next|coming|upcoming|set to|until|’ll|'ll)\b",
    re.I,
)

M = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
D = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
Y = r"(?P<year>(?:1[5-9]|20)\d\d)"
W = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
PART = r"(?:\s+(?P<part>morning|afternoon|evening|night))?"
NUM = r"(?P<n>\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|several|a few|a couple of|the past few|recent)"

Maker = Callable[[re.Match[str], date | None, bool], str | None]


def day(year: int, month: int, number: int) -> date | None:
    """A calendar day, or None where there is none."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_of(m: re.Match[str]) -> int:
    """The number of the month named."""
    return SHORT[m["month"].lower().rstrip(".")[:3]]


def full_day(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """Month, day and, where it is given, year; without a year the nearest such day in the tense's direction."""
    month, number = month_of(m), int(m["day"])
    if m["year"]:
        found = day(int(m["year"]), month, number)
        return found.isoformat() if found else None
    if dateline is None:
        return None
    options = [d for y in (-1, 0, 1) if (d := day(dateline.year + y, month, number))]
    if not options:
        return None
    if future:
        return min((d for d in options if d >= dateline), default=options[-1]).isoformat()
    past = [d for d in options if d <= dateline]
    ahead = [d for d in options if d > dateline]
    near = ahead and (ahead[0] - dateline).days <= 45 and (not past or (dateline - past[-1]).days > 270)
    return (ahead[0] if near else past[-1] if past else options[0]).isoformat()


def month_year(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """A month, with or without its year."""
    month = month_of(m)
    if m["year"]:
        return f"{int(m['year'])}-{month:02}"
    if dateline is None:
        return None
    lead = (m.groupdict().get("lead") or "").lower()
    year = dateline.year
    if lead == "last" or (not future and month > dateline.month):
        year -= month >= dateline.month
    elif (lead == "next" or future) and month < dateline.month:
        year += 1
    return f"{year}-{month:02}"


def weekday(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """A day of the week: the latest one up to the dateline, or the next where the tense is future."""
    if dateline is None:
        return None
    lead = (m["lead"] or "").lower()
    behind = (dateline.weekday() - DAYS.index(m["weekday"].lower())) % 7
    if lead == "next" or (future and lead not in ("last", "past") and behind):
        found = dateline + timedelta(days=7 - behind)
    elif lead in ("last", "past") and behind == 0:
        found = dateline - timedelta(days=7)
    else:
        found = dateline - timedelta(days=behind)
    return found.isoformat()


def near_day(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """Yesterday, today, tomorrow, tonight."""
    shift = {"yesterday": -1, "tomorrow": 1}.get(m["near"].lower(), 0)
    return (dateline + timedelta(days=shift)).isoformat() if dateline else None


def iso_week(d: date) -> str:
    """The ISO week of a day, as TIMEX3 writes it."""
    year, week, _ = d.isocalendar()
    return f"{year}-W{week:02}"


def period(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """This, last or next week, weekend, month, year, decade, century, quarter."""
    if dateline is None:
        return None
    unit, lead = m["unit"].lower(), m["lead"].lower()
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(lead, 0)
    if unit == "weekend" and shift == 0 and not future and dateline.weekday() < 4:
        shift = -1
    if unit in ("week", "weekend"):
        return iso_week(dateline + timedelta(weeks=shift))
    if unit == "month":
        number = dateline.year * 12 + dateline.month - 1 + shift
        return f"{number // 12}-{number % 12 + 1:02}"
    if unit == "quarter":
        number = dateline.year * 4 + (dateline.month - 1) // 3 + shift
        return f"{number // 4}-Q{number % 4 + 1}"
    if unit == "year":
        return str(dateline.year + shift)
    return str(dateline.year // 10 + shift) if unit == "decade" else str(dateline.year // 100 + shift)


def season(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """Last, this or next spring, summer, autumn, winter."""
    if dateline is None:
        return None
    lead, name = m["lead"].lower(), SEASONS[m["season"].lower()]
    begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[name]
    year = dateline.year
    if lead == "last" and begins + 2 >= dateline.month:
        year -= 1
    elif lead == "next" and begins <= dateline.month:
        year += 1
    return f"{year}-{name}"


def amount(m: re.Match[str]) -> int | None:
    """The number of units, or None for "several"."""
    word = m["n"].lower()
    if word.isdigit():
        return int(word)
    return (
        1
        if word in ("a", "an")
        else 2
        if word == "a couple of"
        else None
        if word in ("several", "a few", "the past few", "recent")
        else int(spelled_value(word))
    )


def away(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """So many days, weeks, months or years ago, or from now."""
    n, unit = amount(m), m["unit"].lower()
    if dateline is None or n is None or n > 1500:
        return None
    sign = 1 if m["way"].lower() in ("from now", "hence") else -1
    if unit == "day":
        return (dateline + sign * timedelta(days=n)).isoformat()
    if unit == "week":
        return iso_week(dateline + sign * timedelta(weeks=n))
    if unit == "month":
        number = dateline.year * 12 + dateline.month - 1 + sign * n
        return f"{number // 12}-{number % 12 + 1:02}"
    return str(dateline.year + sign * n * (10 if unit == "decade" else 1)) if unit in ("year", "decade") else None


def duration(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """A length of time, ISO 8601."""
    n, unit = amount(m), m["unit"].lower()
    size = "X" if n is None else n * (10 if unit == "decade" else 3 if unit == "quarter" else 1)
    return f"P{'T' if unit in ('hour', 'minute', 'second') else ''}{size}{UNITS[unit]}"


def clock(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """A time of day; of which day it is, the words do not say."""
    hour, minute = int(m["hour"]), int(m["minute"] or 0)
    half = (m["half"] or "").lower().replace(".", "")
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    return f"T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def decade(m: re.Match[str], dateline: date | None, future: bool) -> str | None:
    """ "the 1990s"; "the nineties" are left alone."""
    return m["decade"][:3]


RULES: tuple[tuple[DateType, str, Maker], ...] = (
    ("date", r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?![\d-])", lambda m, d, f: f"{m['year']}-{m['m']}-{m['day']}" if day(int(m["year"]), int(m["m"]), int(m["day"])) else None),
    ("date", rf"\b(?:{W},?\s+)?(?:the\s+)?{M}\s+{D}(?!\d|[,.]\d{{3}}|:\d)(?:,?\s+{Y}\b)?", full_day),
    ("date", rf"\b(?:{W},?\s+)?(?:the\s+)?{D}\s+(?:of\s+)?{M}(?:,?\s+{Y}\b)?", full_day),
    ("date", rf"\b(?:(?:early|late|mid)[-\s](?:in\s+)?)?{M},?\s+(?:of\s+)?{Y}\b", month_year),
    ("date", rf"\b(?:(?i:in|since|until|till|by|from|during|of|early|late|mid)[-\s]|(?P<lead>(?i:last|next|this))\s+){M}(?P<year>)(?!\s+\d)(?=[\s,.;:)”\"]|$)", month_year),
    ("date", rf"\b(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th|final|last) quarter(?: of)? (?:the year )?{Y}\b", lambda m, d, f: f"{m['year']}-Q{QUARTERS[m['quarter'].lower()]}"),
    ("date", rf"\b(?P<season>spring|summer|autumn|fall|winter)(?: of)? {Y}\b", lambda m, d, f: f"{m['year']}-{SEASONS[m['season'].lower()]}"),
    ("date", r"\b(?P<lead>last|this|next)\s+(?P<season>spring|summer|autumn|fall|winter)\b", season),
    ("date", rf"\b(?:(?P<lead>last|next|this|past)\s+)?{W}{PART}\b", weekday),
    ("date", r"\b(?P<near>yesterday|today|tomorrow|tonight)\b", near_day),
    ("date", rf"\b{NUM}\s+(?P<unit>day|week|month|year|decade)s?\s+(?P<way>ago|earlier|from now|hence)\b", away),
    ("date", r"\b(?:(?:earlier|later)\s+)?(?P<lead>this|last|next|past|previous|coming|following)\s+(?P<unit>week|weekend|month|year|decade|century|quarter)\b", period),
    ("date", r"\b(?:the\s+)?(?:(?:early|late|mid)[-\s])?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b", decade),
    ("date", rf"\b(?:(?:in|since|until|till|by|from|during|of|to|for|before|after|and|early in|late in|through|between|year|mid|early|late|the)[-\s]|\(){Y}(?![\d,%-]|\s*(?:people|euros|dollars|soldiers|troops|cases|deaths))\b", lambda m, d, f: m["year"]),
    ("date", r"(?<![\w,.$€£-])(?P<year>(?:19|20)\d\d)(?=,|\.(?:\s|$)|\)|\s+(?:and|but|when|as|election|elections|season|budget|census|constitution|war|crisis)\b)(?!,\d)", lambda m, d, f: m["year"]),
    ("time", r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)\s*(?P<half>a\.?m\.?|p\.?m\.?)?(?![\d:])", clock),
    ("time", r"\b(?P<hour>1[0-2]|[1-9])(?P<minute>)\s?(?P<half>a\.m\.|p\.m\.|am|pm)(?!\w)", clock),
    ("duration", rf"\b{NUM}[-\s](?P<unit>day|week|month|year|decade|hour|minute|second)s?\b(?![-\s]old)", duration),
)  # fmt: skip


@cache
def rules() -> list[tuple[DateType, re.Pattern[str], Maker]]:
    """The rules, compiled; month and weekday names count only with a capital."""
    sensitive = ("January", "Monday")
    return [(kind, re.compile(p, 0 if any(s in p for s in sensitive) else re.I), make) for kind, p, make in RULES]


def span_of(m: re.Match[str]) -> Span:
    """The expression without the preposition that the pattern needed to see."""
    lead = re.compile(
        r"(?:in|since|until|till|by|from|during|of|to|for|before|after|and|through|between|the|year)[\s-]+|\(", re.I
    )
    start = m.start()
    words = m.group()
    cut = lead.match(words)
    return (start + cut.end() if cut and cut.end() < len(words) else start), m.end()


def find(text: str, published: Dated | None) -> tuple[Date, ...]:
    """The dates and durations of a text, in order. `published` gives the dateline."""
    dateline = date.fromisoformat(published.value[:10]) if published else None
    bounds = list(sentences(text))
    starts = [s for s, _ in bounds]
    taken: list[Date] = []
    used = bytearray(len(text) + 1)
    for kind, pattern, make in rules():
        for m in pattern.finditer(text):
            span = span_of(m)
            if any(used[span[0] : span[1]]):
                continue
            s = bounds[bisect_right(starts, span[0]) - 1]
            soon = bool(re.match(r"(?:by|from|until|till)\s", m.group(), re.I))
            opens = span[0] - s[0] <= 4
            future = bool(FUTURE.search(text[max(s[0], span[0] - 70) : min(s[1], span[1] + 60) if opens else span[0]]))
            used[span[0] : span[1]] = b"\1" * (span[1] - span[0])
            taken.append(Date(span=span, value=make(m, dateline, future or soon), type=kind))
    return tuple(sorted(taken, key=lambda d: d.span))
