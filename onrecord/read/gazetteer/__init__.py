"""The bundled gazetteer: names of countries, regions and cities, and where they are. Built by `training/gazetteer.py`.

`places.zz` is two tables, packed by zlib: sorted names with the numbers of what they name, and the places by number. Both
stay as bytes in memory and are searched where they lie, so that the first look-up costs some tens of milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import NamedTuple

import numpy as np

from onrecord.errors import SetupError

FILE = "places.zz"
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
    places: bytes
    starts: np.ndarray  # of each line of `places`


def fold(name: str) -> str:
    """A name as the gazetteer is sorted by: lower case, without accents, full stops, hyphens and a leading "the"."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    words = "".join(c for c in plain if not unicodedata.combining(c)).split()
    return SAINT.sub("saint", " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words))


@cache
def tables() -> Tables:
    """The gazetteer of this installation, loaded once. Raises SetupError where it is missing."""
    try:
        packed = (files("onrecord.read.gazetteer") / FILE).read_bytes()
    except FileNotFoundError:
        raise SetupError(f"the gazetteer {FILE} is missing from this installation; install onrecord again") from None
    names, places = zlib.decompress(packed).split(b"\0")
    ends = np.flatnonzero(np.frombuffer(places, np.uint8) == 10).astype(np.int32)
    return Tables(names, places, np.concatenate([np.zeros(1, np.int32), ends + 1]))


def line_of(names: bytes, key: bytes) -> bytes | None:
    """What stands after the tab in the line of a key, by binary search; None where no line has it."""
    low, high = 0, len(names)
    while low < high:
        start = names.rfind(b"\n", 0, (low + high) // 2) + 1
        end = names.index(b"\n", start)
        found, _, numbers = names[start:end].partition(b"\t")
        if found == key:
            return numbers
        low, high = (end + 1, high) if found < key else (low, start)
    return None


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
    numbers = line_of(tables().names, fold(name).encode("utf-8"))
    return tuple(entry(n) for n in numbers.split(b",")) if numbers else ()


@cache
def nations() -> dict[str, Entry]:
    """The countries by ISO 3166-1 alpha-2; they are the first places of the file."""
    found = (entry(str(n).encode()) for n in range(len(tables().starts) - 1))
    return {e.code: e for e in takewhile(lambda e: e.kind == "nation", found)}
