"""An attribution as it is found, and how finds lie towards each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from onrecord.text import Spans, covers, overlap

TWIN = 0.8  # of their characters in common, and two contents are one


class Found(NamedTuple):
    """An attribution as spans of the text, with the network's two probabilities."""

    source: Spans
    cue: Spans
    content: Spans
    cue_probability: float
    content_probability: float
    score: float = 0.0  # how sure the network is of it as a whole, once its content is mended
    passed: bool = False  # whether another passes it on: "citing two officials"


def inside(child: Found, parent: Found) -> bool:
    """Whether the child's cue and content lie in the parent's content."""
    if child is parent or not parent.content[0][0] <= child.cue[0][0] < parent.content[-1][1]:
        return False
    return covers(parent.content, child.cue) and covers(parent.content, child.content)


def cites(child: Found, parent: Found) -> bool:
    """Whether the child's words are passed on by the parent, which gives them only once: "the agency reported, citing …"."""
    return child is not parent and child.passed and not parent.passed and alike(child.content, parent.content)


def parent_of(child: Found, others: Iterable[Found]) -> Found | None:
    """The attribution with the shortest content that holds the child, or None."""
    holders = [p for p in others if inside(child, p) or cites(child, p)]
    return min(holders, key=lambda p: size(p.content), default=None)


def size(spans: Spans) -> int:
    """How many characters the fragments hold."""
    return sum(e - s for s, e in spans)


def alike(a: Spans, b: Spans) -> bool:
    """Whether two contents share most of their characters."""
    common = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    return common >= TWIN * (size(a) + size(b) - common)


def clash(a: Found, b: Found) -> bool:
    """Whether two finds share words of their cues."""
    return any(overlap(x, y) for x in a.cue for y in b.cue)
