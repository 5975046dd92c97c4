"""The words by which claims of different articles are compared: stems, without what any claim might hold.

Stems, and how telling each is, are those of stories; the words left out are data in `lexicon/words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from onrecord.read.manner import lexicon
from onrecord.resolve.words import plain, stem

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
LEAST, MOST = 0.4, 4.0  # weights of a term that everybody uses, and of one that hardly anybody does


@cache
def stop() -> frozenset[str]:
    """The words that are left out."""
    return frozenset(word for group in lexicon("words")["stop"].values() for word in group.split())


def terms(text: str) -> tuple[str, ...]:
    """The stems of a text in its order, without words that say nothing of a matter."""
    lowered, left_out = text.lower().replace("’", "'"), stop()
    words = WORD.findall(lowered)
    if "-" in lowered or "'s" in lowered:
        words = [part for word in words for part in word.removesuffix("'s").split("-")]
    return tuple([stem(word) for word in words if len(word) > 1 and word not in left_out])


def numbers(text: str) -> frozenset[float]:
    """The numbers that a text gives in digits."""
    return frozenset(float(n.replace(",", "")) for n in NUMBER.findall(text))


@lru_cache(maxsize=262144)
def weight(term: str) -> float:
    """How much a term tells, by how rare it is in English."""
    return min(MOST, max(LEAST, plain(term) / 2))


def total(some: Iterable[str]) -> float:
    """The weight of all these terms."""
    return sum(map(weight, some))


def likeness(a: frozenset[str], b: frozenset[str], at_least: float = 0.0) -> tuple[float, float]:
    """What two sets of terms have in common, as a share of the lighter and of the heavier set; 0 where it weighs too little."""
    shared = a & b
    if len(shared) * MOST < at_least or not shared:
        return 0.0, 0.0
    common = total(shared)
    if common < at_least:
        return 0.0, 0.0
    one, other = total(a), total(b)
    return common / min(one, other), common / max(one, other)
