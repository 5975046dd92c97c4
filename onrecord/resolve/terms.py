"""The words by which claims of different articles are compared: stems, without what any claim might hold.

Stems, and how telling each is, are those of stories; the words left out are data in `lexicon/words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.read.manner import lexicon
from onrecord.resolve.stories import Rarity, stem

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
LEAST, MOST = 0.4, 4.0  # weights of a term that everybody uses, and of one that hardly anybody does


@cache
def stop() -> frozenset[str]:
    """The words that are left out."""
    return frozenset(word for group in lexicon("words")["stop"].values() for word in group.split())


def terms(text: str) -> tuple[str, ...]:
    """The stems of a text in its order, without words that say nothing of a matter."""
    lowered = text.lower().replace("’", "'")
    words = (part for word in WORD.findall(lowered) for part in word.removesuffix("'s").split("-"))
    return tuple(stem(word) for word in words if len(word) > 1 and word not in stop())


def numbers(text: str) -> frozenset[float]:
    """The numbers that a text gives in digits."""
    return frozenset(float(n.replace(",", "")) for n in NUMBER.findall(text))


def weight(rare: float) -> float:
    """How much a term tells by its rarity, as claims are compared."""
    return min(MOST, max(LEAST, rare / 2))


def total(some: Iterable[str], rare: Rarity) -> float:
    """The weight of all these terms."""
    return sum(weight(rare(term)) for term in some)


def likeness(a: frozenset[str], b: frozenset[str], rare: Rarity) -> tuple[float, float, float]:
    """What two sets of terms have in common: its weight, and that as a share of the lighter and of the heavier set."""
    if not a or not b or not a & b:
        return 0.0, 0.0, 0.0
    common, one, other = total(a & b, rare), total(a, rare), total(b, rare)
    return common, common / min(one, other), common / max(one, other)
