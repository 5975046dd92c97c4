"""Sentences within paragraphs: where they begin and end, without being fooled by titles, initials and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.text import Span

PARAGRAPH = re.compile(r"[^\n]+")
END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’»')\]]*(?=\s+[\"“‘«(\[]*[A-Z0-9À-Þ])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Cpl|Adm|Sen|Rep|Gov|Rev|Hon|St|Sr|Jr|Inc|Ltd|Corp|Co|vs|No|Nos|Vol|Fig|Mt|Ft|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mass|Calif|Fla|Tex|Ariz|Conn|Minn|Wis|Pa|Va|Md|[A-Z]|[A-Z](?:\.[A-Z])+)\.$"
)


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text in order; none crosses a line's end."""
    for paragraph in PARAGRAPH.finditer(text):
        start, stop = paragraph.span()
        for m in END.finditer(text, start, stop):
            if ABBREVIATION.search(text[max(start, m.start() - 12) : m.end()]):
                continue
            if text[start : m.end()].strip():
                yield trimmed(text, start, m.end())
            start = m.end()
        if text[start:stop].strip():
            yield trimmed(text, start, stop)


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
