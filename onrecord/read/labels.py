"""Speakers set before or behind their words by layout alone: "MINISTER: …", "Solheim: “…”", "“…” — Ingrid Solheim".

The network knows running text; transcripts, interviews and block quotations follow rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.text import Span

PARAGRAPH = re.compile(r"[^\n]+")
LABEL = re.compile(r"((?:[A-ZÀ-Þ][\w.’'-]*)(?: (?:[A-ZÀ-Þ][\w.’'-]*|of|the|de|van)){0,4})\s*(:)\s+(?=\S)")
NO_SPEAKER = {
    "note",
    "update",
    "correction",
    "warning",
    "related",
    "source",
    "sources",
    "photo",
    "image",
    "video",
    "read",
    "more",
    "q",
    "a",
    "live",
    "watch",
    "editor",
    "credit",
    "figure",
    "table",
    "analysis",
    "opinion",
    "advertisement",
    "tip",
    "fact",
    "question",
    "answer",
}
DASH = re.compile(r"\s*\(?([—–―]|--|-)\s*([A-ZÀ-Þ][^\n“”\"]{2,90}?)\)?\s*$")
MOST = 0.8


class Labelled(NamedTuple):
    """A speaker, the mark that stands for the cue, and the words."""

    source: Span
    cue: Span
    content: Span


def is_quoted(span: Span, quotes: Sequence[Span]) -> bool:
    """Whether most of a stretch lies in quotation marks."""
    start, end = span
    inside = sum(max(0, min(e, end) - max(s, start)) for s, e in quotes if s < end and e > start)
    return inside >= MOST * (end - start)


def before(text: str, quotes: Sequence[Span]) -> Iterator[Labelled]:
    """Paragraphs that open with a speaker and a colon: in capitals and more than once, or before a quotation."""
    found = [
        (m, p)
        for p in PARAGRAPH.finditer(text)
        if (m := LABEL.match(text, *p.span())) and m.group(1).lower() not in NO_SPEAKER
    ]
    times = Counter(m.group(1) for m, _ in found)
    for m, paragraph in found:
        name = m.group(1)
        transcript = name.isupper() and len(name) > 2 and len(times) > 1 and times.total() > 3
        if transcript or is_quoted((m.end(), paragraph.end()), quotes):
            yield Labelled(m.span(1), m.span(2), (m.end(), paragraph.end()))


def behind(text: str, quotes: Sequence[Span]) -> Iterator[Labelled]:
    """Quotations that end with a dash and a name, in the same paragraph or the next."""
    for quote in quotes:
        stop = text.find("\n", quote[1])
        rest = text[quote[1] : stop if stop >= 0 else len(text)]
        offset = quote[1]
        if not rest.strip() and stop >= 0:
            offset = stop
            while offset < len(text) and text[offset] == "\n":
                offset += 1
            end = text.find("\n", offset)
            rest = text[offset : end if end >= 0 else len(text)]
        m = DASH.fullmatch(rest)
        line = text.rfind("\n", 0, quote[0]) + 1
        if m and not text[line : quote[0]].strip(" >"):
            yield Labelled((offset + m.start(2), offset + m.end(2)), (offset + m.start(1), offset + m.end(1)), quote)


def find(text: str, quotes: Sequence[Span]) -> list[Labelled]:
    """All labelled words of a text, in order."""
    return sorted([*before(text, quotes), *behind(text, quotes)], key=lambda found: found.content)
