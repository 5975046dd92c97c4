"""Countries: which one a name, a demonym or a seat of government stands for."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.read.manner import lexicon
from onrecord.read.words_at import RUN


@cache
def demonyms() -> dict[str, str]:
    """Demonym to ISO 3166-1 alpha-2."""
    found = {}
    for code, entry in lexicon("countries").items():
        for word in entry["demonyms"]:
            found[word] = code
            found[word + "s"] = code
    return found


@cache
def places() -> dict[str, str]:
    """Name of a country or part of one, or seat of government, to ISO 3166-1 alpha-2."""
    table = lexicon("countries").items()
    return {n: code for code, entry in table for n in (*entry["names"], *entry.get("parts", ()), *entry["seats"])}


@cache
def states() -> dict[str, str]:
    """Name of a state or province that news names without its country, to ISO 3166-1 alpha-2."""
    return {n: code for code, entry in lexicon("countries").items() for n in entry.get("states", ())}


@cache
def names() -> dict[str, str]:
    """Name of a whole country, without points, to ISO 3166-1 alpha-2."""
    return {n.replace(".", ""): code for code, entry in lexicon("countries").items() for n in entry["names"]}


def whole(name: str) -> str | None:
    """The country that a name means as a whole, or None."""
    return names().get(name.replace(".", ""))


@cache
def ends(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that a country's names of several words begin with, and end with; lower case."""
    several = [n.lower().split() for n in lexicon("countries").get(code, {"names": ()})["names"] if " " in n]
    return frozenset(w[0] for w in several), frozenset(w[-1] for w in several)


@cache
def _codes() -> dict[str, str]:
    return {**states(), **places(), **demonyms()}


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_codes(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


@cache
def _first_words() -> frozenset[str]:
    return frozenset(m[0] for w in _codes() if (m := RUN.match(w)))


@lru_cache(maxsize=8192)
def first_in(text: str) -> str | None:
    """The country that the first such word of a text stands for, or None."""
    if _first_words().isdisjoint(RUN.findall(text)):
        return None
    m = _pattern().search(text)
    return _codes()[m.group()] if m else None


def stripped_demonym(text: str) -> str:
    """A text without a demonym or country's possessive at its start."""
    m = re.match(r"(?:the\s+|former\s+)?([\w.’'-]+(?:\s[A-Z][\w.-]+)?)(?:['’]s)?\s+", text, re.I)
    for n in (2, 1):
        words = text.split()
        head = " ".join(words[:n]).removesuffix("'s").removesuffix("’s")
        if m and len(words) > n and (head in demonyms() or head in places()):
            return " ".join(words[n:])
    return text
