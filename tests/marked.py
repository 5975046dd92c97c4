"""Marked text: a page and its reading in one file that a person can review.

    [source#1 @Ilse Karvonen|The minister] [cue#1 said] [content#1 “the levy” [source#2 …] …].

`[role#record words]`; a record's broken spans share its number; `@Name|` before the words names the speaker; `^2` behind the
number names the record it lies within, as in `[content#3^2 …]`. Marks nest. Square brackets of the text itself are not
allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from onrecord.model import Attribution, Reading
from onrecord.text import Span

OPEN = re.compile(r"\[(source|cue|content)#(\d+)(?:\^(\d+))?(?: @([^\]|]+)\|| )")


class Record(NamedTuple):
    """One marked attribution."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    within: int | None


def parse(marked: str) -> tuple[str, dict[int, Record]]:
    """The clean text and its records by number."""
    text: list[str] = []
    length, at = 0, 0
    stack: list[tuple[str, int, int]] = []
    spans: dict[tuple[int, str], list[Span]] = {}
    speakers: dict[int, str] = {}
    within: dict[int, int] = {}
    while at < len(marked):
        m = OPEN.match(marked, at)
        if m:
            number = int(m[2])
            stack.append((m[1], number, length))
            if m[3]:
                within[number] = int(m[3])
            if m[4]:
                speakers[number] = m[4]
            at = m.end()
        elif marked[at] == "]":
            role, number, start = stack.pop()
            spans.setdefault((number, role), []).append((start, length))
            at += 1
        else:
            text.append(marked[at])
            length += 1
            at += 1
    assert not stack, f"a mark is left open: {stack}"
    numbers = sorted({n for n, _ in spans})
    records = {
        n: Record(
            *(tuple(sorted(spans.get((n, r), []))) for r in ("source", "cue", "content")),
            speakers.get(n),
            within.get(n),
        )
        for n in numbers
    }
    return "".join(text), records


def show(text: str, attributions: Iterable[Attribution], reading: Reading | None = None) -> str:
    """A text with its attributions marked."""
    names = {e.id: e.name for e in reading.entities} if reading else {}
    found = list(attributions)
    numbers = {a.id: n for n, a in enumerate(found, 1)}
    marks = []
    for a in found:
        for role, spans in (("content", a.content), ("source", a.source), ("cue", a.cue)):
            for start, end in spans:
                up = f"^{numbers[a.within]}" if a.within in numbers else ""
                who = f" @{names[a.speaker]}|" if role == "source" and a.speaker in names else " "
                marks.append((start, end, f"[{role}#{numbers[a.id]}{up}{who}"))
    edges = [(s, 1, -(e - s), i, o) for i, (s, e, o) in enumerate(marks)] + [
        (e, 0, e - s, -i, "]") for i, (s, e, o) in enumerate(marks)
    ]
    out, last = [], 0
    for place, _, _, _, mark in sorted(edges):
        out += [text[last:place], mark]
        last = place
    return "".join([*out, text[last:]])
