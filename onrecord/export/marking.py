"""Marks: an article's text cut at every edge of every span, so that overlapping, nested and broken spans all show.

A stretch between two edges bears the layers and the records of all spans that it belongs to, the shortest first: a click goes to that one.
Names come last, since they are everywhere. What a page makes of stretches, and how it escapes them, is its own affair.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.export import view
from onrecord.model import Reading
from onrecord.text import Span, overlap

RANK = {"q": 0, "s": 1, "v": 2, "f": 3, "d": 4, "p": 5, "i": 6, "w": 7, "m": 8, "c": 9, "e": 10}
DEEPEST = 3  # nested contents that are told apart
BREAK = re.compile(r"\n\n")


class Mark(NamedTuple):
    """A span of the text that belongs to a record: its layer, and the record's label within the reading."""

    span: Span
    layer: str
    record: str


class Stretch(NamedTuple):
    """A stretch of the text between two edges: its layers, and its records by their labels, the nearest first."""

    words: str
    layers: tuple[str, ...] = ()  # as a style sheet knows them; "n2" and "n3" are contents within contents
    records: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()  # the records that show here for the first time


def marks(reading: Reading) -> Iterator[Mark]:
    """Every marked span, with its record's label. Records without one are counted: d1, w1, n1; a place is its first mention."""
    for a in reading.attributions:
        for layer, spans in (("s", a.source), ("q", a.cue), ("c", a.content)):
            yield from (Mark(s, layer, a.id) for s in spans)
    for v in reading.events:
        yield from (Mark(s, "v", v.id) for s in v.anchor)
    for f in reading.figures:
        yield Mark(f.span, "f", f.id)
    for n, d in view.numbered(reading.dates):
        yield Mark(d.span, "d", f"d{n}")
    firsts = view.first_mentions(reading)
    for p in reading.places:
        yield Mark(p.span, "p", firsts[p.id].id)
    for c in reading.conditions:
        yield from (Mark(s, "i", c.id) for s in (*c.marker, *c.if_, *c.then))
    for n, e in view.numbered(reading.estimates):
        yield Mark(e.span, "w", f"w{n}")
    for n, x in view.numbered(reading.findings):
        yield from (Mark(s, "m", f"n{n}") for s in x.spans)
    for who in reading.entities:
        yield from (Mark(s, "e", who.id) for s in who.mentions)


def nearest(m: Mark) -> tuple[bool, int, int]:
    """What a click on a stretch goes to first: the shortest record, names last."""
    return m.layer == "e", m.span[1] - m.span[0], RANK[m.layer]


def stretch(words: str, over: Sequence[Mark], seen: set[str]) -> Stretch:
    """One stretch with the marks that lie over it; its records are seen from now on."""
    if not over:
        return Stretch(words)
    nested = sum(m.layer == "c" for m in over)
    layers = [*sorted({m.layer for m in over}, key=RANK.__getitem__), *([f"n{min(nested, DEEPEST)}"] if nested > 1 else [])]  # fmt: skip
    records = tuple(dict.fromkeys(m.record for m in sorted(over, key=nearest)))
    fresh = tuple(r for r in records if r not in seen)
    seen.update(fresh)
    return Stretch(words, tuple(layers), records, fresh)


def paragraphs(text: str, found: Iterable[Mark], within: Span | None = None) -> Iterator[list[Stretch]]:
    """The paragraphs of the text, or of a span of it, every mark shown; a paragraph break is a blank line."""
    first, last = within or (0, len(text))
    found = [m for m in found if overlap(m.span, (first, last))]
    breaks = dict(m.span() for m in BREAK.finditer(text, first, last))
    edges = sorted({first, last, *breaks, *breaks.values(), *(e for m in found for e in m.span if first < e < last)})
    begins = sorted(found, key=lambda m: m.span[0], reverse=True)
    active: list[Mark] = []
    seen: set[str] = set()
    out: list[Stretch] = []
    gap = first
    for start, end in itertools.pairwise(edges):
        while begins and begins[-1].span[0] <= start:
            active.append(begins.pop())
        active = [m for m in active if m.span[1] > start]
        if start in breaks:
            yield out
            out, gap = [], breaks[start]
        if start >= gap:
            out.append(stretch(text[start:end], active, seen))
    yield out
