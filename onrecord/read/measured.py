"""Which event a figure measures: the one in its own clause whose word stands nearest; none where that is not plain."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from onrecord.model import Event, Figure
from onrecord.text import Span, envelope, overlap

REACH = 4  # words between the two
FAR = 120  # characters between the two
APART = re.compile(r"[;:,.!?—–\n]\s|\b(?:while|whereas|although|but|after|before|because)\b")


def events_of(text: str, figures: Sequence[Figure], events: Sequence[Event]) -> Iterator[str | None]:
    """For each figure the id of the event that it measures, or None."""
    by_place = sorted((envelope(v.anchor), v.id) for v in events)
    starts = [span[0] for (span, _) in by_place]
    longest = max((span[1] - span[0] for span, _ in by_place), default=0)
    numbers = sorted(f.span for f in figures)
    for f in figures:
        near = slice(bisect_left(starts, f.span[0] - FAR - longest), bisect_right(starts, f.span[1] + FAR))
        yield event_of(text, f, by_place[near], numbers) if near.start < near.stop else None


def event_of(text: str, figure: Figure, near: Sequence[tuple[Span, str]], numbers: Sequence[Span]) -> str | None:
    """The id of the event that a figure measures, of those near it, or None; `numbers` are where all figures stand, in order."""
    counted = " ".join(text[slice(*span)] for span in figure.of).lower()
    if figure.unit not in (None, "people") and not counted.endswith(figure.unit.lower()):
        return None  # an amount of money, a share, a measure
    found = []
    for span, id in near:
        between = gap(span, figure.span)
        if between[1] - between[0] > FAR or len(words := text[slice(*between)].split()) > REACH:
            continue
        first = max(0, bisect_left(numbers, (between[0], 0)) - 1)
        parted = any(overlap(between, n) for n in numbers[first : bisect_left(numbers, (between[1], 0))])
        if not parted and not APART.search(text, *between):
            found.append((len(words), id))
    return min(found, default=(0, None))[1]


def gap(a: Span, b: Span) -> Span:
    """What lies between two spans; empty where they meet or overlap."""
    first, second = sorted((a, b))
    return first[1], max(first[1], second[0])
