"""The bundled gazetteer: names of countries, regions and cities, and where they are. Built by `training/gazetteer.py`.

`places.zz` is two tables, packed by zlib: sorted names with the numbers of what they name, and the places by number. Both
stay as bytes in memory and are searched where they lie, so that the first look-up costs some tens of milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import NamedTuple

import numpy as np

from onrecord.errors import SetupError

FILE = "places.zz"
BLOCK = 128  # lines that are searched as one
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "’": "'", "ʻ": "'", "‘": "'", "-": " ", "‐": " ", "–": " ", ".": "", ",": " "})  # fmt: skip
SAINT = re.compile(r"\bst\b")


class Entry(NamedTuple):
    """One place of the gazetteer."""

    geonames_id: int | None
    kind: str  # area (a continent and the like), nation, region (first level), district (second level), city
    name: str
    country: str | None  # ISO 3166-1 alpha-2
    code: str  # where it belongs: GeoNames' "country.first level.second level", as far as known
    lat: float
    lon: float
    population: int
    other: bool  # known by this name besides its own


class Tables(NamedTuple):
    """The gazetteer in memory."""

    names: bytes
    blocks: list[int]  # where every `BLOCK`th line of `names` begins, and its end
    firsts: list[bytes]  # the keys of these lines
    places: bytes
    starts: np.ndarray  # of each line of `places`


def fold(name: str) -> str:
    """A name as the gazetteer is sorted by: lower case, without accents, full stops, hyphens and a leading "the"."""
    plain = name.casefold().translate(LETTERS)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = plain.split()
    return SAINT.sub("saint", " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words))


@cache
def tables() -> Tables:
    """The gazetteer of this installation, loaded once. Raises SetupError where it is missing."""
    try:
        packed = (files("onrecord.read.gazetteer") / FILE).read_bytes()
    except FileNotFoundError:
        raise SetupError(f"the gazetteer {FILE} is missing from this installation; install onrecord again") from None
    names, places = zlib.decompress(packed).split(b"\0")
    blocks = line_starts(names)[:-1:BLOCK].tolist()
    firsts = [names[s : names.index(b"\t", s)] for s in blocks]
    return Tables(names, [*blocks, len(names)], firsts, places, line_starts(places))


def line_starts(lines: bytes) -> np.ndarray:
    """Where each line begins, and behind the last one."""
    ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == 10).astype(np.int32)
    return np.concatenate([np.zeros(1, np.int32), ends + 1])


def line_of(key: bytes) -> bytes | None:
    """What stands after the tab in the line of a key; None where no line has it. Only the block that can hold it is searched."""
    names, blocks, firsts, _, _ = tables()
    n = bisect_right(firsts, key) - 1
    if n < 0:
        return None
    if firsts[n] == key:
        start = blocks[n] + len(key)
    else:
        start = names.find(b"\n" + key + b"\t", blocks[n], blocks[n + 1]) + 1 + len(key)
        if start == len(key):
            return None
    return names[start + 1 : names.index(b"\n", start)]


def entry(number: bytes) -> Entry:
    """The place of a number; "~" before it says that the name is not its own."""
    found = tables()
    start = int(found.starts[int(number.lstrip(b"~"))])
    cells = found.places[start : found.places.index(b"\n", start)].decode("utf-8").split("\t")
    ident, kind, name, code, lat, lon, population = cells
    country = code.partition(".")[0] or None
    return Entry(int(ident) if ident else None, kind, name, country, code, float(lat), float(lon), int(population or 0), number.startswith(b"~"))  # fmt: skip


@lru_cache(maxsize=4096)
def look_up(name: str) -> tuple[Entry, ...]:
    """Every place of that name, nations first, then by population; empty where the gazetteer has none."""
    numbers = line_of(fold(name).encode("utf-8"))
    return tuple(entry(n) for n in numbers.split(b",")) if numbers else ()


@cache
def nations() -> dict[str, Entry]:
    """The countries by ISO 3166-1 alpha-2; they are the first places of the file."""
    found = (entry(str(n).encode()) for n in range(len(tables().starts) - 1))
    return {e.code: e for e in takewhile(lambda e: e.kind == "nation", found)}
