"""Where each word of a text stands: one scan of it, in place of one for every rule that begins at known words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache

Places = Mapping[str, list[int]]
RUN = re.compile(r"[^\W_]+")
PIECE = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=8)
def places(text: str) -> Places:
    """Where each word begins, by the word as it is written; a word is a run of letters and digits."""
    found: dict[str, list[int]] = {}
    for m in RUN.finditer(text):
        found.setdefault(m.group(), []).append(m.start())
    return found


@lru_cache(maxsize=8)
def folded(text: str) -> Places:
    """The same by the word in lower case; the places of words that differ in their capitals are not in order."""
    found: dict[str, list[int]] = {}
    for word, starts in places(text).items():
        found.setdefault(word.lower(), []).extend(starts)
    return found


@lru_cache(maxsize=65536)
def pieces(word: str) -> tuple[tuple[int, str], ...]:
    """The letters and the figures of a word, each with where in it they begin: "1990" and "s" of "1990s"."""
    return tuple((m.start(), m[0]) for m in PIECE.finditer(word))


def beginning(found: Places, words: Set[str]) -> list[int]:
    """The places of some words, in order."""
    return sorted(start for word in found.keys() & words for start in found[word])


def matches(text: str, pattern: re.Pattern[str], found: Places, first: Set[str]) -> Iterator[re.Match[str]]:
    """What `pattern.finditer(text)` gives, of a pattern each match of which begins with one of the words `first`."""
    end = 0
    for start in beginning(found, first):
        if start >= end and (m := pattern.match(text, start)):
            yield m
            end = m.end()
