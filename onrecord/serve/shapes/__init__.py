"""Outlines of countries, simplified from Natural Earth by `training/shapes.py`, which says what is in the file."""

from __future__ import annotations

import json
import zlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from msgspec import Struct

FILE = Path(str(files(__package__) / "countries.zz"))
UNIT = 100.0  # the file's steps in a degree

Ring = tuple[tuple[float, float], ...]  # longitude, latitude
Box = tuple[float, float, float, float]  # west, south, east, north


class Country(Struct, frozen=True, kw_only=True):
    """A country's outline, its largest piece first."""

    code: str  # ISO 3166-1 alpha-2, "" for what has none
    name: str
    rings: tuple[Ring, ...]
    boxes: tuple[Box, ...]  # of each ring


@cache
def countries() -> tuple[Country, ...]:
    """Every country, by code."""
    packed = json.loads(zlib.decompress(FILE.read_bytes()))
    arcs = [unpacked(arc) for arc in packed["arcs"]]
    return tuple(country(code, name, [ring(arcs, r) for r in rings]) for code, name, rings in packed["countries"])


def country(code: str, name: str, rings: list[Ring]) -> Country:
    """A country of its rings."""
    return Country(code=code, name=name, rings=tuple(rings), boxes=tuple(map(box, rings)))


def unpacked(arc: list[int]) -> Ring:
    """A line in degrees, of its start and steps."""
    x = y = 0
    out = []
    for n in range(0, len(arc), 2):
        x, y = x + arc[n], y + arc[n + 1]
        out.append((x / UNIT, y / UNIT))
    return tuple(out)


def ring(arcs: list[Ring], parts: list[int]) -> Ring:
    """A ring of its lines, those with a negative number backwards; where two meet they share a point."""
    out: list[tuple[float, float]] = []
    for n in parts:
        out += (arcs[n] if n >= 0 else arcs[~n][::-1])[1 if out else 0 :]
    return tuple(out)


def box(points: Ring) -> Box:
    """What encloses points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
