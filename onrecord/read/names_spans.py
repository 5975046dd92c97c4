"""A proper name where it stands, and looking for names by their places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.model import EntityType
from onrecord.text import Span

RUN = re.compile(r"[^\W_]+")


class Name(NamedTuple):
    """A proper name where it stands."""

    span: Span
    type: EntityType


def clashing(names: Sequence[Name], span: Span) -> slice:
    """Where those of sorted names, none within another, stand that overlap a span; empty where one would be put in."""
    end = bisect_left(names, ((span[1], 0), ""))
    start = end
    while start and names[start - 1].span[1] > span[0]:
        start -= 1
    return slice(start, end)


def places_of(text: str, words: Iterable[str]) -> dict[str, list[int]]:
    """Where each of some words stands in a text as a word of its own."""
    begin: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word in words:
        if run := RUN.search(word):
            begin[run.group()].append((word, run.start()))
    found: dict[str, list[int]] = defaultdict(list)
    for m in RUN.finditer(text):
        for word, offset in begin.get(m.group(), ()):
            start = m.start() - offset
            if (
                start >= 0
                and text.startswith(word, start)
                and not text[start + len(word) : start + len(word) + 1].isalnum()
            ):
                found[word].append(start)
    return found
