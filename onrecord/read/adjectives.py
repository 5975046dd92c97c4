"""Adjectives of places that no table knows: "Lesmeran" where a text also names Lesmere. They name nobody, and say that what they are made of is a place."""

from __future__ import annotations

import re

from onrecord.read import words_at
from onrecord.read.names_words import first_names

WORD = re.compile(r"\b[A-ZÀ-Þ][a-zß-ÿ]{3,}\b")
BEFORE_NOUN = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Ss]ome|[Tt]wo|[Tt]hree|\d[\d,]*)\s(?P<word>[A-ZÀ-Þ][a-zß-ÿ]{3,})\s[a-zß-ÿ]"
)
ALONE = re.compile(r"\b[A-ZÀ-Þ][a-zß-ÿ]{3,}\b(?! [a-zß-ÿ])")  # before a name or a stop, where no adjective stands
PLAIN = re.compile(r"\w{3,}[^aeiou](?:ian|ese)$")
ENDINGS = ("ian", "ean", "an", "n", "ese", "ish", "ic", "i", "")
PLACE_ENDINGS = ("", "a", "ia", "y", "e", "o", "ya", "land", "stan", "mark")
LEAST = 4  # letters that a place and its adjective have in common


def of_places(text: str) -> frozenset[str]:
    """The words of a text that stand before a noun as adjectives and are made of another name in it."""
    names, alone = set(WORD.findall(text)), set(ALONE.findall(text))
    found = (m["word"] for m in BEFORE_NOUN.finditer(text))
    return frozenset(
        w
        for w in found
        if w.lower() not in first_names() and (made_of(w, names) or (PLAIN.search(w) and w not in alone))
    )


def countries_of(text: str) -> set[str]:
    """The words that a text makes an adjective, or a people's name, of: "Norlandia" where it has "Norlandian"."""
    words = words_at.places(text).keys()
    return {w for w in words if w.endswith("ia") and w[0].isupper() and (w + "n" in words or w + "ns" in words)}


def made_of(word: str, names: set[str]) -> bool:
    """Whether a word is another of the names with the ending of an adjective."""
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if word.endswith(ending) and len(stem) >= LEAST:
            for more in PLACE_ENDINGS:
                if stem + more in names and stem + more != word and (ending or more in ("y", "a", "ia")):
                    return True
    return False
