"""Speakers set before or behind their words by layout alone: "MINISTER: …", "Solheim: “…”", "“…” — Ingrid Solheim".

The network knows running text; transcripts, interviews and block quotations follow rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.read.quotes import is_closed
from onrecord.text import Span, Spans

PARAGRAPH = re.compile(r"[^\n]+")
LABEL = re.compile(r"[“\"«]?((?:[A-ZÀ-Þ][\w.’'-]*)(?: (?:[A-ZÀ-Þ][\w.’'-]*|of|the|de|van)){0,4})\s*(:)\s+(?=\S)")
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
DATED = re.compile(r"\b(?:1[89]|20)\d\d\)?$")  # "— Morning Ledger, August 15, 2008": a reference, not a speaker
MOST = 0.8


class Labelled(NamedTuple):
    """A speaker, the mark that stands for the cue, and the words."""

    source: Span
    cue: Span
    content: Spans


CALL_UP = re.compile(
    r"(?:(?:ha[sd]|have|was|were|is|are|be|been|being|will|would|may|could|to|also|already)\s+){0,4}call(?:s|ed|ing)?\s+up\b",
    re.I,
)


def is_quoted(span: Span, quotes: Sequence[Span]) -> bool:
    """Whether most of a stretch lies in quotation marks."""
    start, end = span
    inside = sum(max(0, min(e, end) - max(s, start)) for s, e in quotes if s < end and e > start)
    return inside >= MOST * (end - start)


def going_on(
    paragraphs: Sequence[Span], labelled: set[int], number: int, quotes: Sequence[Span], text: str
) -> list[Span]:
    """The paragraphs behind a labelled one in which its quotation goes on: it was left open and each opens with a mark again."""
    opened = {q[0]: q for q in quotes}
    found: list[Span] = []
    quote = opened.get(paragraphs[number][0])
    while quote and not is_closed(text, quote) and number + 1 < len(paragraphs):
        number += 1
        quote = opened.get(paragraphs[number][0])
        if quote is None or number in labelled:
            break
        found.append(paragraphs[number])
    return found


def before(text: str, quotes: Sequence[Span]) -> Iterator[Labelled]:
    """Paragraphs that open with a speaker and a colon: in capitals and more than once, or before a quotation.

    A transcript may stand in quotation marks as a whole, with a mark before each speaker.
    """
    paragraphs = [p.span() for p in PARAGRAPH.finditer(text)]
    found = {
        number: m
        for number, p in enumerate(paragraphs)
        if (m := LABEL.match(text, *p)) and m.group(1).lower() not in NO_SPEAKER
    }
    times = Counter(m.group(1) for m in found.values())
    for number, m in found.items():
        name, words = m.group(1), (m.end(), paragraphs[number][1])
        transcript = name.isupper() and len(name) > 2 and len(times) > 1 and times.total() > 3
        if transcript:
            rest = going_on(paragraphs, set(found), number, quotes, text)
            yield Labelled(m.span(1), m.span(2), (words, *rest))
        elif m.start(1) == m.start() and is_quoted(words, quotes):
            yield Labelled(m.span(1), m.span(2), (words,))


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
            yield Labelled((offset + m.start(2), offset + m.end(2)), (offset + m.start(1), offset + m.end(1)), (quote,))


def is_call_up(text: str, cue: Spans) -> bool:
    """Whether a cue is half of "call up": who calls up men says nothing."""
    return bool(cue) and bool(CALL_UP.match(text, cue[-1][0]))


def is_reference(text: str, cue: Spans) -> bool:
    """Whether a dash leads to where and when something was published, not to who said it: "— Morning Ledger, August 15, 2008"."""
    line = text.find("\n", cue[-1][1])
    m = DASH.fullmatch(text[cue[0][0] : line if line >= 0 else len(text)])
    return bool(m and DATED.search(m.group(2)))


def find(text: str, quotes: Sequence[Span]) -> list[Labelled]:
    """All labelled words of a text, in order."""
    return sorted([*before(text, quotes), *behind(text, quotes)], key=lambda found: found.content)
