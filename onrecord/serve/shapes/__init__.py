"""Outlines of countries, simplified from Natural Earth by `training/shapes.py`, which says what is in the file."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterator
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

    code: str  # ISO 3166-1 alpha-2, its name for what has none
    name: str
    rings: tuple[Ring, ...]
    boxes: tuple[Box, ...]  # of each ring


@cache
def countries() -> tuple[Country, ...]:
    """Every country, by code."""
    packed = json.loads(zlib.decompress(FILE.read_bytes()))
    arcs = [unpacked(arc) for arc in packed["arcs"]]
    return tuple(
        country(code, name, [piece for r in rings for piece in unrolled(ring(arcs, r))])
        for code, name, rings in packed["countries"]
    )


def country(code: str, name: str, rings: list[Ring]) -> Country:
    """A country of its rings, the one that takes up most room first."""
    boxed = sorted(
        ((box(r), r) for r in rings), key=lambda pair: -(pair[0][2] - pair[0][0]) * (pair[0][3] - pair[0][1])
    )
    return Country(code=code, name=name, rings=tuple(r for _, r in boxed), boxes=tuple(b for b, _ in boxed))


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


def unrolled(ring: Ring) -> Iterator[Ring]:
    """A ring between 180 degrees west and east: one that crosses the antimeridian is cut there, one around the pole is led along it."""
    out = list(ring[:1])
    for lon, lat in ring[1:]:
        out.append((lon + 360 * round((out[-1][0] - lon) / 360), lat))
    if abs(out[-1][0] - out[0][0]) > 180:
        pole = math.copysign(90.0, out[0][1])
        out += [(out[-1][0], pole), (out[0][0], pole)]
    for turn in (-360.0, 0.0, 360.0):
        moved = tuple((lon + turn, lat) for lon, lat in out)
        if min(lon for lon, _ in moved) < 180 and max(lon for lon, _ in moved) > -180:
            inside = cut(cut(moved, 0, -180.0, 1), 0, 180.0, -1)
            if len(inside) > 2:
                yield inside


def cut(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    """A ring on one side of a line (Sutherland and Hodgman 1974)."""
    out: list[tuple[float, float]] = []
    for a, b in zip(ring[-1:] + ring[:-1], ring, strict=True):
        inside, was = (b[axis] - limit) * sign >= 0, (a[axis] - limit) * sign >= 0
        if inside != was:
            t = (limit - a[axis]) / (b[axis] - a[axis])
            out.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        if inside:
            out.append(b)
    return tuple(out)


def box(points: Ring) -> Box:
    """What encloses points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
