"""What a verb and its noun have in common, so that "were evacuated" and "the evacuation" are one word.

Endings are cut off; pairs that no ending shows ("exploded", "explosion") are data, as are words for one deed ("arrested", "detained"): `[root]` in `lexicon/accounts.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.read.manner import lexicon
from onrecord.resolve.terms import WORD, stop

ENDING = re.compile(r"(?<=\w{4})(?:(?:at)?(?:ions?|ed|ings?|es?)|ments?|ures?|als?|en|s)$")

DOUBLED = re.compile(r"(?<=\w\w)([bdgmnprt])\1$")  # "stopp" of "stopped"
SAME = 4  # letters by which a deed's forms are looked for


@lru_cache(maxsize=16384)
def root(word: str) -> str:
    """What a verb and its noun have in common: "ration" of "rationed" and "rationing", "clos" of "closed" and "closure"."""
    folded = word.casefold()
    return deeds().get(folded) or DOUBLED.sub(r"\1", ENDING.sub("", folded))


@cache
def deeds() -> dict[str, str]:
    """Words whose root no ending shows, each with the first of its group."""
    groups = (group.split() for group in lexicon("accounts")["root"]["groups"])
    return {word: group[0] for group in groups for word in group}


@lru_cache(maxsize=16384)
def roots(text: str) -> frozenset[str]:
    """The roots of the words of a text that tell something, names among them."""
    words = WORD.findall(text.lower().replace("’", "'"))
    if any("-" in word or "'" in word for word in words):
        words = [part for word in words for part in word.removesuffix("'s").split("-")]
    left_out = stop()
    return frozenset([root(part) for part in words if len(part) > 1 and part not in left_out])


@lru_cache(maxsize=16384)
def beginnings(root: str) -> tuple[str, ...]:
    """The letters with which some words begin that have this root: a text without any of them has none."""
    return tuple({word[:SAME] for word, first in deeds().items() if first == root}) or (root.removesuffix("y"),)
