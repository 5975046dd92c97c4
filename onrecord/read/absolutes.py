"""A second saying that "with" adds to a sentence: "Officials say each case is looked at, with the Harn Post reporting that none was turned down."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.read import contents
from onrecord.read.attributions_found import Found
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.text import overlap

SCORE = 0.8  # as sure as the words make it
LEAST = 15  # characters of what is said


@cache
def form() -> re.Pattern[str]:
    """A comma, "with", somebody, a participle of saying, and what is said up to the sentence's end."""
    table = lexicon("cues")["absolute"]
    cue = rf"{either(table['words'])}|(?:{either(table['that'])})(?= that\b)"
    return re.compile(
        rf"(?P<comma>\s?,) with (?P<source>(?:[\w.’'-]+ ){{1,7}}?)(?P<cue>{cue}) (?P<content>[^.?!\n“”\"]{{{LEAST},}}[^\n]*)"
    )


def parted(text: str, found: Sequence[Found]) -> list[Found]:
    """The finds, each with such a second saying in its content parted into the two."""
    out: list[Found] = []
    for f in found:
        start, end = f.content[-1]
        m = form().search(text, start, end)
        before = contents.edges(text, (start, m.start())) if m else None
        cues = [c for other in found for c in other.cue]
        if not m or not before or f.cue[0] > m.span() or any(overlap(c, m.span("cue")) for c in cues):
            out.append(f)
            continue
        out.append(f._replace(content=(*f.content[:-1], before)))
        source = contents.tidy(text, (m.span("source"),))
        out.append(Found(source, (m.span("cue"),), (m.span("content"),), 1.0, 1.0, SCORE))
    return sorted(out, key=lambda f: f.cue)
