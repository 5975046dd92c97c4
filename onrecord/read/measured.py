"""Which event a figure measures: the one in its own clause whose word stands nearest; none where that is not plain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Event, Figure
from onrecord.text import Span, envelope, overlap

REACH = 4  # words between the two
APART = re.compile(r"[;:,.!?—–\n]\s|\b(?:while|whereas|although|but|after|before|because)\b")


def event_of(text: str, figure: Figure, events: Sequence[Event], figures: Sequence[Figure]) -> str | None:
    """The id of the event that a figure measures, or None."""
    counted = " ".join(text[slice(*span)] for span in figure.of).lower()
    if figure.unit not in (None, "people") and not counted.endswith(figure.unit.lower()):
        return None  # an amount of money, a share, a measure
    found = []
    for event in events:
        between = gap(envelope(event.anchor), figure.span)
        words = len(text[slice(*between)].split())
        if words <= REACH and not APART.search(text, *between) and not any(overlap(between, f.span) for f in figures):
            found.append((words, event.id))
    return min(found, default=(0, None))[1]


def gap(a: Span, b: Span) -> Span:
    """What lies between two spans; empty where they meet or overlap."""
    first, second = sorted((a, b))
    return first[1], max(first[1], second[0])
