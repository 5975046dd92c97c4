"""Days that are told by another name: "opening night", "day five", "the 30th anniversary", "the date", "the last match of the day".

They are dated by the days that the text tells (`told`), and left out where none does, in this order:

1. a name is the day beside it ("On Sunday, election day, …"), and the same words mean the same day throughout the text;
2. an anniversary is the day beside it or behind it in its sentence; a day so many years ago gives this year's;
3. "that date" is the day told before; "the day", in "the last match of the day", the one told before that is not ahead;
4. "today's game", in a quotation, is that of the day told last, where it was one of the two days before the report;
5. "two days before Christmas" is one expression, counted from the day behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from msgspec.structs import replace

from onrecord.model import Date
from onrecord.read import dates_calendar as calendar
from onrecord.read.manner import lexicon
from onrecord.read.quotes import quoted
from onrecord.read.words_at import folded
from onrecord.text import Span

Today = Callable[[int], date | None]
BEHIND = re.compile(r"[,:]?[^\S\n](?:on[^\S\n]|\()?|[^\S\n](?:is|was|falls|fell)[^\S\n](?:on[^\S\n])?")
BEFORE = re.compile(r",[^\S\n]|[^\S\n]\(|[^\S\n](?:is|was)[^\S\n]")
WITHIN = 120  # code points from an anniversary to its day
THESE_DAYS = timedelta(days=400)  # how far from today an anniversary may be
RECENT = 30  # days told before a place that are looked at
REPORTED = timedelta(days=2)  # how old the news may be in which somebody says "today"
STOP = re.compile(r"[.!?]\s|\n")
OWN_DAY = re.compile(r"today['’]s\b", re.I)
LENGTH = re.compile(r"P(\d{1,3})([DW])")
LASTS = re.compile(r"\b(?:for|in|within|over|during|lasts?|lasted|spent|the)[^\S\n]\Z", re.I)
FROM = re.compile(r"[^\S\n](before|after)[^\S\n](?:the[^\S\n])?")


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Names of days, anniversaries, and what points at a day told before."""
    words = lexicon("dates")["named_days"]
    listed = {name: "|".join(words[name]) for name in words}
    numbers = "|".join(lexicon("figures")["units"]["words"])
    gap = r"[^\S\n]"
    names = rf"\b(?:the{gap})?(?P<key>(?:{listed['before']})(?:{gap}|-)(?:day|night)|day{gap}(?:{numbers}|\d{{1,2}}))\b(?![-'’]\w|,?{gap}(?:in{gap})?(?:19|20)\d\d\b)"
    anniversary = rf"\b(?:the{gap})?(?P<n>\d{{1,3}})(?:st|nd|rd|th){gap}anniversary\b"
    pointing = (
        rf"\b(?:{listed['keeps']}){gap}(?P<the>the{gap}date)\b(?!{gap}(?:of|for|when|on|that)\b)"
        rf"|\b(?P<that>that{gap}(?:same{gap})?date)\b(?!{gap}(?:when|that)\b)"
        rf"|\b(?:{listed['which']}){gap}[a-z]{{2,15}}{gap}of{gap}(?P<day>the{gap}day)\b"
    )
    return re.compile(names, re.I), re.compile(anniversary, re.I), re.compile(pointing, re.I)


class Told:
    """The days that a text tells, in order, as (span, day)."""

    def __init__(self, text: str, found: Sequence[Date], told: Sequence[bool]) -> None:
        self.text = text
        self.days = [(d.span, d.value[:10]) for d, is_day in zip(found, told, strict=True) if is_day and d.value]
        self.starts = [span[0] for span, _ in self.days]

    def around(self, span: Span) -> tuple[tuple[Span, str] | None, tuple[Span, str] | None]:
        """The last day told before a span, and the first behind it."""
        k = bisect_left(self.starts, span[0])
        return self.days[k - 1] if k else None, self.days[k] if k < len(self.days) else None

    def beside(self, span: Span) -> str | None:
        """The day that is written beside a span as its other name."""
        before, behind = self.around(span)
        if behind and BEHIND.fullmatch(self.text, span[1], behind[0][0]):
            return behind[1]
        return before[1] if before and BEFORE.fullmatch(self.text, before[0][1], span[0]) else None

    def last(self, at: int, latest: date | None = None) -> str | None:
        """The day told last before a place; with `latest`, the last that is not after it."""
        k = bisect_left(self.starts, at)
        days = (day for _, day in reversed(self.days[max(0, k - RECENT) : k]))
        return next((day for day in days if latest is None or day <= latest.isoformat()), None)


def names(text: str, told: Told) -> Iterator[Date]:
    """Step 1."""
    if {"day", "night"}.isdisjoint(folded(text)):
        return
    found = [(m.span(), m["key"].lower(), told.beside(m.span())) for m in patterns()[0].finditer(text)]
    meant = {key: day for _, key, day in reversed(found) if day}
    latest: dict[str, str] = {}
    for span, key, day in found:
        if day:
            latest[key] = day
        if value := latest.get(key, meant.get(key)):
            yield Date(span=span, value=value, type="date")


def anniversaries(text: str, told: Told, today: Today) -> Iterator[Date]:
    """Step 2."""
    for m in patterns()[1].finditer(text) if "anniversary" in folded(text) else ():
        now, beside, behind = today(m.start()), told.beside(m.span()), told.around(m.span())[1]
        near = behind and behind[0][0] - m.end() < WITHIN and not STOP.search(text, m.end(), behind[0][0])
        day = calendar.opening(beside or (behind[1] if behind and near else None))
        if day and now and (kept := anniversary(day, int(m["n"]), now)):
            yield Date(span=m.span(), value=kept.isoformat(), type="date")


def anniversary(day: date, years: int, now: date) -> date | None:
    """The day told, or so many years later, whichever is nearer to today; None where neither is of these days."""
    options = [d for d in (day, calendar.day(day.year + years, day.month, day.day)) if d]
    nearest = min(options, key=lambda d: abs(d - now))
    return nearest if abs(nearest - now) < THESE_DAYS else None


def pointed(text: str, told: Told, today: Today) -> Iterator[Date]:
    """Step 3."""
    for m in patterns()[2].finditer(text) if not {"day", "date"}.isdisjoint(folded(text)) else ():
        group = m.lastgroup or "the"
        day = told.last(m.start(group), today(m.start()) if group == "day" else None)
        if day:
            yield Date(span=m.span(group), value=day, type="date")


def within(spans: Sequence[Span], at: int) -> bool:
    """Whether a place lies in one of these spans, which are in order."""
    k = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return k >= 0 and at < spans[k][1]


def spoken(text: str, found: Sequence[Date], told: Told, today: Today) -> list[Date]:
    """Step 4: the expressions, those of the day on which something was said being of that day."""
    out = list(found)
    own = [k for k, d in enumerate(found) if OWN_DAY.match(text, d.span[0])]
    quotes = quoted(text) if own else ()
    for k in own:
        start, now = found[k].span[0], today(found[k].span[0])
        day = told.last(start, now - timedelta(days=1)) if now and within(quotes, start) else None
        if day and now and now - REPORTED <= date.fromisoformat(day):
            out[k] = replace(found[k], value=day)
    return out


def counted(text: str, found: Sequence[Date], told: Sequence[bool]) -> list[Date]:
    """Step 5: the expressions, a length of days and the day from which it is counted being one."""
    out: list[Date] = []
    for d, is_day in zip(found, told, strict=True):
        length = LENGTH.fullmatch(out[-1].value or "") if out and out[-1].type == "duration" else None
        way = FROM.fullmatch(text, out[-1].span[1], d.span[0]) if length and is_day else None
        lasts = way and LASTS.search(text, max(0, out[-1].span[0] - 10), out[-1].span[0])
        day = calendar.opening(d.value) if way and not lasts else None
        if length and way and day:
            days = int(length[1]) * (7 if length[2] == "W" else 1) * (-1 if way[1] == "before" else 1)
            moved = calendar.moved(day, days)
            out[-1] = Date(span=(out[-1].span[0], d.span[1]), value=moved.isoformat() if moved else None, type="date")
        else:
            out.append(d)
    return out


def with_names(text: str, found: Sequence[Date], told: Sequence[bool], today: Today) -> list[Date]:
    """The expressions in order, with the days that are told by another name; none overlaps another."""
    found = spoken(text, found, Told(text, found, told), today)
    days = Told(text, found, told)
    out = counted(text, found, told)
    used = bytearray(len(text) + 1)
    for d in out:
        used[slice(*d.span)] = b"\1" * (d.span[1] - d.span[0])
    new = (*names(text, days), *anniversaries(text, days, today), *pointed(text, days, today))
    out += [d for d in new if used.find(1, *d.span) < 0]
    return sorted(out, key=lambda d: d.span)
