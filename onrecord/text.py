"""Spans and digests: the two small things that every promise of the record rests on.

A span is `(start, end)`, half open, in Unicode code points of one article's text. A broken span is a
tuple of such pairs in reading order. A digest is the SHA-256 of parts encoded unambiguously.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

Span = tuple[int, int]
Spans = tuple[Span, ...]


def words_of(text: str, spans: Iterable[Span]) -> str:
    """The words that a (possibly broken) span points at; fragments are joined by ' … '."""
    return " … ".join(text[start:end] for start, end in spans)


def fits(text: str, span: Span) -> bool:
    """Whether a span lies within the text and holds at least one character."""
    start, end = span
    return 0 <= start < end <= len(text)


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def covers(outer: Iterable[Span], inner: Iterable[Span]) -> bool:
    """Whether every fragment of `inner` lies inside a fragment of `outer`."""
    outer = tuple(outer)
    for a, b in inner:  # asked so often that a loop's speed counts
        for s, e in outer:
            if s <= a and b <= e:
                break
        else:
            return False
    return True


def envelope(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all fragments; the fragments must not be empty."""
    spans = tuple(spans)
    return min(s for s, _ in spans), max(e for _, e in spans)


def merge(spans: Iterable[Span]) -> Spans:
    """The same characters as sorted fragments that neither touch nor overlap."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def digest(*parts: str) -> str:
    """The id made of these parts: SHA-256 in hex, each part preceded by its length, so that no two lists collide."""
    state = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(f"{len(data)}:".encode())
        state.update(data)
    return state.hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """The name of a capture: `sha256:` and the hex digest of its bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
