"""Plain text as an article: the first line, when a blank line follows it, is the headline; blank lines part paragraphs.

A text without blank lines has a paragraph a line. Only a date line of its own at the very top, or the day beside the authors' names there, counts
as the article's date.
"""

from __future__ import annotations

import re
from datetime import datetime

from onrecord.model import Clutter, Dated
from onrecord.parse import clutter
from onrecord.parse.metadata import Metadata
from onrecord.parse.signed import signature

WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE_LINE = re.compile(
    rf"{WEEKDAY}(?:(?P<month>{MONTHS})\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})|(?P<day2>\d{{1,2}})\s+(?P<month2>{MONTHS}),?\s+(?P<year2>\d{{4}}))\.?$"
)


def date_line(line: str) -> Dated | None:
    """The day that a line of nothing but a full date gives, or None."""
    m = DATE_LINE.match(line.strip())
    if not m:
        return None
    day, month, year = (m[k] or m[k + "2"] for k in ("day", "month", "year"))
    try:
        return Dated(value=datetime.strptime(f"{day} {month} {year}", "%d %B %Y").date().isoformat(), evidence="text")
    except ValueError:
        return None


def blocks(text: str) -> list[str]:
    """The paragraphs, white space folded."""
    parted = re.split(r"\n[ \t]*\n", text.strip())
    if len(parted) == 1:
        parted = text.strip().split("\n")
    return [p for p in (" ".join(b.split()) for b in parted) if p]


def read(text: str) -> tuple[Metadata, list[str], tuple[Clutter, ...]]:
    """Headline, paragraphs and clutter of a plain text."""
    lines = text.strip().split("\n")
    headed = len(lines) > 2 and not lines[1].strip()
    paragraphs = blocks(text)
    title = paragraphs.pop(0) if headed else None
    signed = next(((p, s) for p in paragraphs[:2] if title and (s := signature(p))), None)
    kept, removed = clutter.sift([p for p in paragraphs if not signed or p != signed[0]])
    published = next((d for p in kept[:2] if (d := date_line(p))), None)
    if not signed:
        return Metadata(title=title, published=published), kept, removed
    line, (byline, day) = signed
    published = published or (Dated(value=day, evidence="text") if day else None)
    return (
        Metadata(title=title, byline=byline, published=published),
        kept,
        (Clutter(text=line, kind="credit"), *removed),
    )
