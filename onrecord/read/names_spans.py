"""A proper name where it stands, and looking for names by their places."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.model import EntityType
from onrecord.read.words_at import RUN, places
from onrecord.text import Span


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
    """Where each of some words stands in a text as a word of its own; the words in order of their first places."""
    runs = places(text)
    found: dict[str, list[int]] = defaultdict(list)
    for word in words:
        run = RUN.search(word)
        for at in runs.get(run.group(), ()) if run else ():
            start = at - (run.start() if run else 0)
            if (
                start >= 0
                and text.startswith(word, start)
                and not text[start + len(word) : start + len(word) + 1].isalnum()
            ):
                found[word].append(start)
    return defaultdict(list, sorted(found.items(), key=lambda item: item[1][0]))
