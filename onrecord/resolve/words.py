"""The words of an article as stories are told by them, and how telling each word is.

How common a word is in English is told by the reader's vocabulary, whose order is that of frequency; the record adds what it has seen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

BACKGROUND = 300  # stories that the background counts for, beside those of the record
LENGTH = 180  # words of an article that the background is told for
WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
NAME, NUMBER = 1.5, 2.0

Rarity = Callable[[str], float]


def words(text: str) -> list[tuple[str, bool]]:
    """The words of a text as stems, and whether each is written with a capital."""
    found = map(lexed, WORD.findall(text.replace("’", "'")))
    return [word for word in found if word is not None]


@lru_cache(maxsize=65536)
def lexed(word: str) -> tuple[str, bool] | None:
    """A word as a stem, and whether it is written with a capital; None for a single letter."""
    plain = word.casefold().removesuffix("'s")
    return (stem(plain), word[0].isupper()) if len(plain) > 1 or plain.isdigit() else None


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its English endings."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif (len(word) > 4 and word.endswith("ed")) or (len(word) > 3 and word.endswith(("ses", "xes", "ches", "shes"))):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


def importance(word: str, name: bool) -> float:
    """How much a word says of what happened: names and numbers more than others."""
    return NAME if name else NUMBER if word[0].isdigit() else 1.0


@cache
def vocabulary() -> dict[str, int]:
    """The words of the reader's vocabulary, which is in order of frequency, each with its rank."""
    data = (files("onrecord.read") / "weights" / "vocabulary.json").read_bytes()
    known: dict[str, int] = msgspec.json.decode(data)["model"]["vocab"]
    first = known["the"]
    return {word: rank - first + 1 for word, rank in known.items() if word.isalnum() and rank >= first}


@cache
def shares() -> dict[str, float]:
    """The share of English articles that would use a stem, by its rank in the reader's vocabulary (Zipf's law)."""
    found: dict[str, float] = {}
    for word in sorted(vocabulary(), key=vocabulary().__getitem__):
        found.setdefault(stem(word), share(vocabulary()[word]))
    return found


def share(rank: int) -> float:
    """The share of articles with a word of this rank."""
    return 1 - math.exp(-LENGTH * 0.08 / (rank + 3))


RARE = share(60_000)  # of words that are not in the vocabulary
UNEXPECTED = BACKGROUND * RARE
COMMON = share(100)  # words above it are in nearly every article


def background(word: str) -> float:
    """The share of articles that would use a word."""
    return shares().get(word, RARE)


def rarities(count: Callable[[str], int], stories: int) -> Rarity:
    """How telling words are, by English at large and by a record of this many stories; each word is looked up once.

    `count` says in how many stories of the record a word stands, by their sketches: counted by stories, not articles, so that much
    covered events do not make their own words common. One more is the article that asks, so that a word which is new to the record tells little more than one
    that stood there once.
    """
    return Rarities(count, stories).__getitem__


class Rarities(dict[str, float]):
    """How telling words are, each looked up when it is first asked for."""

    def __init__(self, count: Callable[[str], int], stories: int) -> None:
        super().__init__()
        self.count, self.expected, self.all = count, expected().get, BACKGROUND + stories + 1

    def __missing__(self, word: str) -> float:
        found = -math.log((self.expected(word, UNEXPECTED) + self.count(word) + 1) / self.all)
        self[word] = found
        return found


@cache
def expected() -> dict[str, float]:
    """In how many of the stories that the background counts for a stem would stand."""
    return {word: BACKGROUND * share for word, share in shares().items()}


@lru_cache(maxsize=262144)
def plain(word: str) -> float:
    """How telling a word is by the background alone."""
    return -math.log(background(word))
