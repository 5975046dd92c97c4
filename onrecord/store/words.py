"""Words as the search compares them, and what a user asks for, in the language of either database.

A word is a run of letters and digits; case and diacritics do not count. SQLite's own tokeniser (unicode61, remove_diacritics 2) does
the same; PostgreSQL is given words that are ready made, so that both find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

from msgspec import Struct

from onrecord.text import Span

WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
TERM = re.compile(r'(-)?"([^"]*)"?|(\S+)')
MAX_TERMS = 32
MAX_VECTOR = 700_000  # bytes of words in a tsvector, which holds one MiB with its positions
MAX_POSITION = 16383
WEIGHTS = "ABCD"
LEAST, MOST = 8, 8192  # bytes of a signature


class Bare(dict[int, str]):
    """Each character without its diacritics, worked out when it first comes up."""

    def __missing__(self, character: int) -> str:
        parts = unicodedata.normalize("NFD", chr(character))
        bare = self[character] = "".join(part for part in parts if not unicodedata.combining(part))
        return bare


BARE = Bare()


def folded(word: str) -> str:
    """A word without case and diacritics."""
    return (word if word.isascii() else word.translate(BARE)).lower()


def words_in(text: str) -> Iterator[tuple[str, Span]]:
    """Each word of a text, folded, and where it stands."""
    return ((folded(m[0]), m.span()) for m in WORD.finditer(text))


def plain_words(text: str) -> list[str]:
    """Each word of a text, folded."""
    return [folded(word) for word in WORD.findall(text)]


class Term(Struct, frozen=True):
    """A word, or the words of a phrase, that must be there or must not; `others` will do as well."""

    words: tuple[str, ...]
    wanted: bool = True
    others: tuple[tuple[str, ...], ...] = ()


def terms(query: str) -> list[Term]:
    """What a user asks for: words, "phrases", -words and OR between two of them. Whatever else it holds is passed over."""
    out: list[Term] = []
    either = False
    for match in TERM.finditer(query):
        minus, phrase, bare = match.groups()
        if bare == "OR":
            either = bool(out) and out[-1].wanted
            continue
        wanted = not minus if bare is None else not bare.startswith("-")
        found = tuple(word for word, _ in words_in(phrase if bare is None else bare))
        if not found:
            continue
        if either and wanted:
            out[-1] = Term(out[-1].words, True, (*out[-1].others, found))
        else:
            out.append(Term(found, wanted))
        either = False
    return out[:MAX_TERMS]


def fts5(wanted: Mapping[str, Iterable[Term]], marks: Iterable[Iterable[str]]) -> str:
    """The query for FTS5: terms in columns, and for each list of marks one of them. Every word is quoted."""
    must: list[str] = []
    never: list[str] = []
    for column, found in wanted.items():
        for term in found:
            any_of = " OR ".join('"' + " ".join(words) + '"' for words in (term.words, *term.others))
            (must if term.wanted else never).append(f"{column} : ({any_of})")
    must += [f"marks : ({' OR '.join(any_of)})" for any_of in marks]
    nots = "".join(f" NOT ({term})" for term in never)
    return f"({' AND '.join(must)}){nots}"


def tsquery(wanted: Mapping[str, Iterable[Term]], marks: Iterable[Iterable[str]]) -> str:
    """The same for PostgreSQL, where a column is a weight (none stands for any) and a mark is a word that begins with =."""
    parts = []
    for weight, found in wanted.items():
        of = f":{weight}" if weight else ""
        for term in found:
            any_of = [" <-> ".join(f"'{w}'{of}" for w in words) for words in (term.words, *term.others)]
            parts.append(f"{'' if term.wanted else '!'}({either(any_of)})")
    return " & ".join(parts + [f"({of_marks(any_of)})" for any_of in marks])


def loosely(wanted: Mapping[str, Iterable[Term]], marks: Iterable[Iterable[str]]) -> str:
    """What PostgreSQL's index can tell by itself of the same: that the words and the marks are there, anywhere."""
    every = [term for found in wanted.values() for term in found if term.wanted]
    parts = [either(" & ".join(f"'{w}'" for w in words) for words in (term.words, *term.others)) for term in every]
    return " & ".join([f"({part})" for part in parts] + [f"({of_marks(any_of)})" for any_of in marks])


def either(any_of: Iterable[str]) -> str:
    """One of several conditions."""
    return " | ".join(f"({condition})" for condition in any_of)


def of_marks(any_of: Iterable[str]) -> str:
    """One of several marks."""
    return " | ".join(f"'={mark}'" for mark in any_of)


def tsvector(columns: Iterable[Iterable[str]], marks: str) -> str:
    """Words as a tsvector: those of each column under its weight, with a gap between columns, and the marks."""
    places: dict[str, list[str]] = {}
    at, size = 0, 0
    for weight, words in zip(WEIGHTS, columns, strict=False):
        for word in words:
            at = min(at + 1, MAX_POSITION)
            size += len(word.encode()) + 12
            if size > MAX_VECTOR:
                break
            if len(found := places.setdefault(word[:500], [])) < 255:
                found.append(f"{at}{weight}")
        at += 10
    return " ".join(
        [f"'{word}':{','.join(found)}" for word, found in places.items()] + [f"'={m.lower()}'" for m in marks.split()]
    )


def signature(words: Sequence[str]) -> bytes:
    """Which words stand side by side in a text: a Bloom filter of its pairs of words, with a byte for each and two bits set.

    Two words that do not stand so are taken for a pair in one text of twenty; of 8,000 words and more, oftener.
    """
    bits = bytearray(min(max(LEAST, len(words)), MOST))
    for at in {place % (8 * len(bits)) for place in places(words)}:
        bits[at >> 3] |= 1 << (at & 7)
    return bytes(bits)


def places(words: Sequence[str]) -> list[int]:
    """The bits of the pairs of neighbouring words, two each, as numbers below 8 * MOST."""
    numbers = [crc32(f"{first} {second}".encode()) for first, second in pairwise(words)]
    return [number & 0xFFFF for number in numbers] + [number >> 16 for number in numbers]


def signed(wanted: Mapping[str, Iterable[Term]]) -> str:
    """What a signature (`pairs`) must tell where these terms are to be found, as a condition of PostgreSQL."""
    every = [term for found in wanted.values() for term in found if term.wanted]
    parts = [" OR ".join(map(side_by_side, (term.words, *term.others))) for term in every]
    return " AND ".join(f"({part})" for part in parts) or "true"


def side_by_side(phrase: tuple[str, ...]) -> str:
    """The bits of a phrase, as a condition of PostgreSQL; of one word there are none."""
    return " AND ".join(f"get_bit(pairs, {place} % (8 * length(pairs))) = 1" for place in places(phrase)) or "true"
