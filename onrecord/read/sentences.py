"""Sentences within paragraphs: where they begin and end, without being fooled by titles, initials and numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.text import Span, Spans

PARAGRAPH = re.compile(r"[^\n]+")
END = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*[\"”’»')\]]*(?=\s+[\"“‘«(\[]*[A-Z0-9À-Þ])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Cpl|Adm|Sen|Rep|Gov|Rev|Hon|St|Sr|Jr|Inc|Ltd|Corp|Co|vs|No|Nos|Vol|Fig|Mt|Ft|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mass|Calif|Fla|Tex|Ariz|Conn|Minn|Wis|Pa|Va|Md|[A-Z]|[A-Z](?:\.[A-Z])+)\.$"
)


@lru_cache(maxsize=32)  # all rules ask for those of one text
def sentences(text: str) -> Spans:
    """The sentences of a text in order; none crosses a line's end."""
    out: list[Span] = []
    for paragraph in PARAGRAPH.finditer(text):
        start, stop = paragraph.span()
        for m in END.finditer(text, start, stop):
            end = m.end()
            if text[end - 1] == "." and ABBREVIATION.search(text[max(start, m.start() - 12) : end]):
                continue
            out.append(trimmed(text, start, end))
            start = end
        out.append(trimmed(text, start, stop))
    return tuple(span for span in out if span[0] < span[1])


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
