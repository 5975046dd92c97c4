"""What an acronym stands for: by its letters, by the brackets that introduce it, or because everybody knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord.read import countries, words_at
from onrecord.read.manner import lexicon
from onrecord.text import Span

CORPORATE = {"inc", "corp", "corporation", "company", "co", "ltd", "limited", "plc", "llc", "nv", "sa", "ag", "gmbh", "group", "holdings", "computer",
             "computers", "motors", "airlines", "airways", "technologies", "industries", "international", "news", "online", "television", "tv", "radio"}  # fmt: skip
BRACKETED = re.compile(r"\s?\((?:the\s+|or\s+)?[“\"‘]?([A-Z][A-Za-z0-9&.-]{1,11})[”\"’]?\)")
WORD = re.compile(r"(?:[A-Z]\.){2,}|[\w’'&-]+\.?")
SMALL = {"of", "and", "for", "the", "in", "on", "to", "de", "la", "du", "des", "der", "di", "do", "da", "e", "y", "et", "und", "a", "&"}  # fmt: skip
LED = re.compile(r"^(?:[Tt]he |(?:UN|U\.N\.|US|U\.S\.) )")  # what may stand before a known organisation's name
FARTHEST = 140  # code points from an acronym in brackets to the start of what it stands for


def acronym(words: str) -> str | None:
    """A name that looks like an acronym, folded and without points; None for another."""
    bare = words.replace(".", "").replace("-", "")
    capitals = sum(c.isupper() for c in bare)
    return bare.casefold() if " " not in bare and 1 < len(bare) < 8 and capitals * 2 > len(bare) else None


@lru_cache(maxsize=8192)
def initials(name: str) -> frozenset[str]:
    """What a name's acronym may be, folded: the initials of all its words, of the capitalised ones, of the parts of hyphened
    ones; without a legal form at the end or a nation at the start."""
    words = [w.replace(".", "") for w in WORD.findall(name) if w.lower() != "the"]
    while words and words[-1].lower() in CORPORATE:
        words.pop()
    found: set[str] = set()
    for rest in (words, words[1:]) if nation(words[:1]) else (words,):
        capitals = [w for w in rest if w[0].isupper() and w.lower() not in SMALL]
        pieces = [p for w in capitals for p in w.split("-") if p]
        found |= {"".join(w[0] for w in part).casefold() for part in (rest, capitals, pieces) if len(part) > 1}
    return frozenset(found)


def nation(words: list[str]) -> bool:
    """Whether a name's first word is a nation's, owning or describing what follows."""
    return bool(words) and countries.first_in(re.sub(r"[’']s?$", "", words[0])) is not None


def introduced(text: str) -> Iterator[tuple[Span, Span]]:
    """(full name, acronym) wherever an acronym in brackets stands behind capitalised words that it is made of."""
    for m in BRACKETED.finditer(text):
        brief = acronym(m[1])
        line = max(text.rfind("\n", 0, m.start()) + 1, m.start() - FARTHEST)
        words = list(WORD.finditer(text, line, m.start()))[-2 * len(brief or "") - 4 :]
        for w in reversed(words) if brief else ():
            phrase = text[w.start() : m.start()].rstrip(" ’'”\"")
            if w[0][0].isupper() and brief in initials(phrase) and not re.search(r"[;:,()]|[a-z][.!?]\s+[A-Z]", phrase):
                yield (w.start(), w.start() + len(phrase)), m.span(1)
                break


@cache
def bodies() -> dict[str, str]:
    """The names of organisations known the world over, each with the full one."""
    return {name: full for full, others in lexicon("bodies").items() for name in (full, *others)}


def body(name: str) -> str | None:
    """The full name of a known organisation, or None."""
    return bodies().get(name) or bodies().get(LED.sub("", name))


@cache
def distinct() -> list[str]:
    """Known organisations' names that are nothing else, the longest first: of several words, or in capitals."""
    return sorted((n for n in bodies() if " " in n or (n.isupper() and len(n) > 2)), key=len, reverse=True)


@cache
def body_pattern() -> re.Pattern[str]:
    """Known organisations by their distinct names."""
    return re.compile(
        r"(?<![\w.-])(?<!\d )(?:" + "|".join(map(re.escape, distinct())) + r")(?![\w-]| (?:[a-z]+ )?(?:elect|primar))"
    )


@cache
def first_words() -> frozenset[str]:
    """The words that they begin with."""
    return frozenset(m[0] for n in distinct() if (m := words_at.RUN.match(n)))


def known(text: str) -> Iterator[re.Match[str]]:
    """Where a text names them."""
    return words_at.matches(text, body_pattern(), words_at.places(text), first_words())
