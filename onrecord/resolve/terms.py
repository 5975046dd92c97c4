"""The words by which claims of different articles are compared: stems, without what any claim might hold.

Stems are those of the Snowball stemmer for English; the words left out are data in `lexicon/words.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from math import log

import snowballstemmer

Share = Callable[[str], float]  # of a term: the share of the articles at hand that hold it, 0 to 1

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
RARE, COMMON = 4.0, 0.4  # the weight of a term that no other article has, and of one that all have


@cache
def stop() -> frozenset[str]:
    """The words that are left out."""
    table = tomllib.loads((files("onrecord.lexicon") / "words.toml").read_text(encoding="utf-8"))
    return frozenset(word for group in table["stop"].values() for word in group.split())


@cache
def stemmer() -> Callable[[str], str]:
    """The stemmer, made once: making it costs more than a thousand stems."""
    return snowballstemmer.stemmer("english").stemWord  # type: ignore[no-any-return]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word, in lower case."""
    return stemmer()(word)


def terms(text: str) -> tuple[str, ...]:
    """The stems of a text in its order, without words that say nothing of a matter."""
    lowered = text.lower().replace("’", "'")
    words = (part for word in WORD.findall(lowered) for part in word.removesuffix("'s").split("-"))
    return tuple(stem(word) for word in words if len(word) > 1 and word not in stop())


def numbers(text: str) -> frozenset[float]:
    """The numbers that a text gives in digits."""
    return frozenset(float(n.replace(",", "")) for n in NUMBER.findall(text))


def weight(share: float) -> float:
    """How much a term tells that this share of the articles hold: the rarer the more."""
    return min(RARE, max(COMMON, -log(share + 0.01)))


def total(some: Iterable[str], share: Share) -> float:
    """The weight of all these terms."""
    return sum(weight(share(term)) for term in some)


def likeness(a: frozenset[str], b: frozenset[str], share: Share) -> tuple[float, float, float]:
    """What two sets of terms have in common: its weight, and that as a share of the lighter and of the heavier set."""
    if not a or not b or not a & b:
        return 0.0, 0.0, 0.0
    common, one, other = total(a & b, share), total(a, share), total(b, share)
    return common, common / min(one, other), common / max(one, other)
