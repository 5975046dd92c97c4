"""Which names are publishers' or platforms'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.read import presses
from onrecord.read.manner import lexicon
from onrecord.text import Span

OUTLET_BEFORE = re.compile(
    r"\b(?:daily|weekly|newspaper|magazine|broadcaster|news agency|agency|tabloid|channel|station|website|portal|outlet|paper|journal|network)\s+(?:the\s+)?[‘'“\"]?$",
    re.I,
)
OUTLET_AFTER = re.compile(
    r"[’'”\"]?\s*(?:,\s+(?:a|an|the)\s+(?:\w+\s+){0,3}|\s+(?:\w+\s+)?)(?:newspaper|daily|magazine|news agency|broadcaster|news site|news website|tabloid|TV|radio|television)\b"
    r"|[’'”\"]?,\s+(?:a|an|the)\s+(?:\w+\s+){0,3}(?:weekly|monthly|broadsheet|portal)\b"
)
BROADCASTER = re.compile(r"\w(?:-tv|tv| fm)$")
TOLD = re.compile(r"\b(?:told|tells?|telling|interview(?:ed)? (?:with|by|to)|in a statement to) (?:the )?$")
COMMON = (
    "x",
    "time",
    "nature",
    "science",
    "dawn",
    "star",
    "post",
    "threads",
    "press",
    "today",
    "standard",
    "express",
    "review",
    "mail",
    "monitor",
    "mirror",
    "sun",
)
CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w&.’'-]*(?: (?:of |and |the )?[A-ZÀ-Þ][\w&.-]*){0,5}")


def is_outlet(text: str, span: Span) -> bool:
    """Whether a name is a publisher's, by itself or by the words around it."""
    table = lexicon("speakers")["outlet"]
    words = text[slice(*span)].lower()
    if words.removeprefix("the ") in table["names"] or words in table["names"] or words in table["platforms"]:
        return True
    if words.endswith(suffixes()[0]) or BROADCASTER.search(words):
        return True
    return bool(
        OUTLET_BEFORE.search(text[max(0, span[0] - 30) : span[0]]) or OUTLET_AFTER.match(text[span[1] : span[1] + 50])
    )


@cache
def outlet_names() -> frozenset[str]:
    """The names of publishers and platforms, lower case, but for those that are common words."""
    table = lexicon("speakers")["outlet"]
    return frozenset((*table["names"], *table["platforms"])) - frozenset(COMMON)


@cache
def suffixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words, each behind a blank, that publishers' names end with, and those of them that are no common words."""
    words = lexicon("speakers")["outlet"]["suffixes"]
    return tuple(" " + x for x in words), tuple(" " + x for x in words if x not in COMMON)


def known_outlets(text: str) -> Iterator[Span]:
    """Capitalised words that a publisher's or platform's name is known by, which the network may have passed over."""
    known, (ends, sure) = outlet_names(), suffixes()
    for m in CAPITALISED.finditer(text):
        start = m.start() + 4 * m.group().startswith("The ")
        words = text[start : m.end()].lower()
        if words in known or (
            words.endswith(ends) and (words.endswith(sure) or TOLD.search(text, max(0, m.start() - 30), start))
        ):
            yield start, m.end()
    yield from presses.find(text)
