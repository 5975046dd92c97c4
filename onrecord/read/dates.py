"""Dates, times, durations and sets with their values (TIMEX3, EDTF), against the article's dateline.

1. `dates_rules` finds the expressions, those that say more first; 2. from left to right, `dates_values` gives each its
value: absolute ones at once, "last month" against the dateline (`dates_dateline`), "the following day" against the last date
before it, "Friday" by the tense of the verb (`dates_tense`); 3. a time of day gets the day beside it or the nearest that was
told, and is one expression with a day beside it; 4. days that are told by another name ("opening night") are dated by
those told (`dates_named`); 5. the value keeps the calendar period, `timex3` the rest.
A value that cannot be known, such as that of "Friday" without a dateline, is null.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace

from onrecord.model import Date, Dated, Piece
from onrecord.read.dates_calendar import fineness
from onrecord.read.dates_dateline import date_of_iso, dateline
from onrecord.read.dates_named import with_names
from onrecord.read.dates_rules import Rule, rules
from onrecord.read.dates_triggers import surroundings, windows
from onrecord.read.dates_values import Maker, Match, Place, anchored, near_day, period
from onrecord.read.dates_values_spans import frequency
from onrecord.read.sentences import sentences
from onrecord.text import Span

HAS_TIME = re.compile(r"^T|\dT")
NEIGHBOURS = 6  # how many expressions to either side a time of day looks at for its day
BESIDE = 9  # code points between a time and the day beside it: "2:30 on Friday"
REACH = 400  # code points between a time and a day that was told
IN_NAMES = (frequency, near_day, period)  # makers of what papers and programmes are called: Daily, Today, This Week
SMALL = re.compile(r"\b[a-z][\w’']*[^\S\n]\Z")
CAPITAL = re.compile(r"[^\S\n][A-Z][a-z]")
QUOTED = re.compile(r"[,.]?[”\"’']")
CLOCK = re.compile(r"T\d")
ENDS = re.compile(r"[.!?\n]")
GLUE = re.compile(r",?[^\S\n](?:on[^\S\n])?")  # between a time and its day where the two are one expression
QUOTED_NAME = re.compile(r"[^\S\n]+[‘“\"'][A-Z]")
FINER = re.compile(r"T(?:MO|AF|EV|NI)$|-WE$")  # beyond a calendar period: part of the day, weekend


def matches(text: str) -> list[tuple[Span, Rule, Match]]:
    """The expressions of a text in order; none overlaps another."""
    used = bytearray(len(text) + 1)
    near = surroundings(text)
    places = {needs: windows(near, needs) for needs in {r.needs for r in rules()}}
    out: list[tuple[Span, Rule, Match]] = []
    for rule in rules():
        expression = "x" if "x" in rule.pattern.groupindex else 0
        for begin, stop in places[rule.needs]:
            for m in rule.pattern.finditer(text, begin, stop):
                start, end = m.span(expression)
                if used.find(1, start, end) < 0 and not is_name(text, start, end, rule.make):
                    used[start:end] = b"\1" * (end - start)
                    out.append(((start, end), rule, m))
    return sorted(out, key=lambda found: found[0])


def is_name(text: str, start: int, end: int, make: Maker) -> bool:
    """Whether words are a title: in capitals behind a small word, quoted alone (“This Week”), "Daily" before a capital, the daily ‘Nordpost’."""
    if make is frequency and QUOTED_NAME.match(text, end):
        return True
    if make not in IN_NAMES or not (text[start].isupper() and text[start + 1].islower()):
        return False
    return bool(
        SMALL.search(text, max(0, start - 30), start)
        or (make is frequency and CAPITAL.match(text, end))
        or (text[max(0, start - 1) : start] in tuple("“\"‘'") and QUOTED.match(text, end))
    )


def valued(text: str, today: Callable[[int], date | None], bounds: Sequence[Span]) -> tuple[list[Date], list[bool]]:
    """The expressions with their values, times without their days; and which of them are whole days told as such.

    `today` gives the day that is counted from at a place of the text.
    """
    starts = [start for start, _ in bounds]
    recent: tuple[str, ...] = ()
    out: list[Date] = []
    told: list[bool] = []
    for span, rule, m in matches(text):
        sentence = bounds[bisect_right(starts, span[0]) - 1]
        value = rule.make(m, Place(text, span, sentence, today(span[0]), recent))
        kind = "time" if rule.type == "date" and value and HAS_TIME.search(value) else rule.type
        out.append(Date(span=span, value=value, type=kind))
        fine = fineness(value) if value and kind in ("date", "time") else 0
        told.append(fine == 4 and rule.make is not anchored)
        if value and fine:
            recent = (value, *(v for v in recent if fineness(v) != fine))
    return out, told


def day_of(text: str, k: int, found: Sequence[Date], told: Sequence[bool]) -> str | None:
    """The whole day near a time: the one beside it, else the nearest told, one before rather than behind."""
    start, end = found[k].span
    near = []
    for i in range(max(0, k - NEIGHBOURS), min(len(found), k + NEIGHBOURS + 1)):
        (begins, ends), value = found[i].span, found[i].value or ""
        gap, between = (begins - end, (end, begins)) if i > k else (start - ends, (ends, start))
        if abs(i - k) == 1 and gap <= BESIDE and not ENDS.search(text, *between) and fineness(value) == 4:
            near.append((gap - BESIDE, value[:10]))
        elif told[i] and gap < REACH:
            near.append((2 * gap if i > k else gap, value[:10]))
    return min(near, default=(0, None))[1]


def joined(text: str, found: Sequence[Date]) -> list[Date]:
    """The expressions, a time and the day written beside it ("8 a.m. on Friday") being one."""
    out: list[Date] = []
    for d in found:
        first, then = (out[-1].value or "" if out else ""), d.value or ""
        if (
            first[:10] == then[:10]
            and bool(CLOCK.search(first)) != bool(CLOCK.search(then))
            and GLUE.fullmatch(text, out[-1].span[1], d.span[0])
        ):
            out[-1] = Date(span=(out[-1].span[0], d.span[1]), value=then if CLOCK.search(then) else first, type="time")
        else:
            out.append(d)
    return out


def plain(d: Date) -> Date:
    """The expression with a calendar period as its value; what its TIMEX3 value says beyond that stands beside."""
    value = FINER.sub("", d.value or "") or None
    return replace(d, value=value, timex3=d.value if d.value != value else None)


def find(text: str, published: Dated | None, pieces: Sequence[Piece] = ()) -> tuple[Date, ...]:
    """The temporal expressions of a text, in order; spans do not overlap.

    `published` helps to find the dateline; within a piece of a live blog its own day is counted from.
    """
    whole = dateline(text, published)
    own = [(p.span, given) for p in pieces if p.published and (given := date_of_iso(p.published.value))]

    def today(at: int) -> date | None:
        k = bisect_right(own, at, key=lambda piece: piece[0][0]) - 1
        return own[k][1] if k >= 0 and at < own[k][0][1] else whole

    found, told = valued(text, today, sentences(text))
    out = []
    for k, d in enumerate(found):
        day = day_of(text, k, found, told) if (d.value or "").startswith("T") else None
        out.append(replace(d, value=f"{day}{d.value}") if day else d)
    return tuple(plain(d) for d in joined(text, with_names(text, out, told, today)))
