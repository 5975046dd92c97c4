"""What is known of names: the tables of `lexicon/identity.toml` and its neighbours, in the shape that `spelling` looks them up in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from anyascii import anyascii

from onrecord.read.manner import lexicon

Kind = Literal["word", "initial", "trade", "telling", "institution", "country", "numeral"]


@lru_cache(maxsize=1 << 16)
def latin(word: str) -> str:
    """A word in lower-case Latin letters without accents."""
    return anyascii(word).lower()


class People(NamedTuple):
    """What is known of persons' names."""

    honorifics: frozenset[str]
    particles: frozenset[str]
    ambiguous: frozenset[str]
    attached: tuple[str, ...]
    family: dict[str, str]  # "jr" → "2"
    first: frozenset[str]  # first names
    gender: dict[str, str]  # of those that are of one
    groups: dict[
        str, frozenset[str]
    ]  # the names that a name is a spelling of or short for, each by the first of its line


class Bodies(NamedTuple):
    """What is known of organisations' names."""

    forms: dict[tuple[str, ...], str]
    same: dict[tuple[str, ...], str]
    countries: dict[tuple[str, ...], str]
    kinds: dict[str, Kind]
    weak: frozenset[str]
    small: frozenset[str]
    numerals: dict[str, str]
    aliases: dict[str, str]
    offices: dict[frozenset[str], str]  # of state, by the words of their names
    of_state: frozenset[str]  # words that such names are made of


@cache
def people() -> People:
    """The tables about persons."""
    table, speakers = lexicon("identity"), lexicon("speakers")
    person, titles = table["people"], speakers["titles"]
    known = {w for t in (*titles["male"], *titles["female"], *titles["other"]) for w in t.split()}
    gender = speakers["gender"]
    male, female = ({latin(w) for w in gender[k]} for k in ("male", "female"))
    given = [*table["given"]["spellings"], *(" ".join([k, *v]) for k, v in gender["nicknames"].items())]
    return People(
        frozenset(known.union(person["honorifics"])),
        frozenset(person["particles"]),
        frozenset(person["ambiguous"]),
        tuple(person["attached"]),
        {w: n for n, line in person["family"].items() for w in line.split()},
        frozenset(w for line in given for w in line.split()) | male | female,
        dict.fromkeys(male - female, "m") | dict.fromkeys(female - male, "f"),
        groups((*given, *table["given"]["surnames"])),
    )


def groups(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """Every name of some lines, with the first of each line that it is in."""
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        first, *others = line.split()
        for name in (first, *others):
            found[name] = found.get(name, frozenset()) | {first}
    return found


@cache
def bodies() -> Bodies:
    """The tables about organisations."""
    table = lexicon("identity")
    words = table["organisations"]["words"]
    nations = {}
    for code, entry in lexicon("countries").items():
        for name in (*entry["names"], *entry["demonyms"]):
            nations[tuple(latin(name.replace(".", "")).split())] = code.lower()
    for code, line in words["countries"].items():
        nations |= {(w,): code for w in line.split()} if code != "hk" else {tuple(line.split()): code}
    kinds: dict[str, Kind] = dict.fromkeys(words["trades"], "trade")
    kinds.update(dict.fromkeys(words["telling"], "telling"))
    kinds.update(dict.fromkeys(words["institutions"], "institution"))
    return Bodies(
        {tuple(w.split()): k for k, forms in table["organisations"]["forms"].items() for w in forms},
        {tuple(w.split()): k for k, forms in table["organisations"]["same"].items() for w in forms},
        nations,
        kinds,
        frozenset(words["weak"]),
        frozenset(words["small"]),
        {w: n for n, forms in table["numerals"].items() for w in forms},
        {w: line[0] for line in table["aliases"]["bodies"] for w in line},
        {frozenset(name.split()): line[0] for line in table["aliases"]["offices"] for name in line},
        frozenset(table["aliases"]["of_state"].split()),
    )
