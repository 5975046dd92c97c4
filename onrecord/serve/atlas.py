"""A small map of the places that a story's articles name, each as exactly as they do. Pure; the outlines are Natural Earth's.

A country is an area, a region a wide ring around its middle, as its outline is not known here; only a city or a point is a point. The map shows what is
mentioned with some room around it, neighbours in outline; plate carrée, narrowed by the latitude of its middle, so that shapes look right there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from onrecord.serve.shapes import Box, Country, Ring, countries, cut
from onrecord.store.coverage import Mentioned

WIDTH, TALLEST, FLATTEST = 1000.0, 880.0, 320.0
ROOM = 0.18  # of what is mentioned, that is shown around it
LEAST = 6.0  # degrees of latitude that are shown
FINE = (
    (2, 2),
    (4, 2),
    (6, 4),
    (12, 8),
)  # SVG units that points are apart at least: of a neighbour's outline, and of what is mentioned
LARGEST = 40_000  # characters of all outlines, above which they are drawn less finely
SEEN = 12.0  # SVG units across, below which a country gets a ring around it
LETTER, LINE, LONGEST = (
    11.0,
    22.0,
    30,
)  # width of a letter and height of a name that is written on the map, and letters of the longest
REGION = 18.0  # by how much the ring of a region is wider than the mark of a city
PIECE = 0.1  # of a country's largest piece that another must have to be moved into view
WORLD: Box = (-180.0, -58.0, 180.0, 78.0)


class Outline(Struct, frozen=True, kw_only=True):
    """A country's outline as an SVG path."""

    code: str
    name: str
    path: str
    articles: int  # that mention it as a country, 0 for a neighbour


class Label(Struct, frozen=True, kw_only=True):
    """Where a name is written."""

    x: float
    y: float
    anchor: str  # start or end


class Spot(Struct, frozen=True, kw_only=True):
    """A place smaller than a country."""

    name: str
    country: str | None
    precision: str
    articles: int
    x: float
    y: float
    radius: float
    label: Label | None = None


class Atlas(Struct, frozen=True, kw_only=True):
    """The map, or no outlines where nothing can be located, and what could not be."""

    width: float
    height: float
    outlines: tuple[Outline, ...]
    spots: tuple[Spot, ...]
    countries: tuple[tuple[str, int], ...]  # name, articles
    unlocated: tuple[str, ...]


class View(Struct, frozen=True):
    """What part of the world is shown, and how large."""

    box: Box
    across: float  # SVG units of a degree of longitude
    down: float  # and of latitude

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point lies on the map."""
        return (lon - self.box[0]) * self.across, (self.box[3] - lat) * self.down


def atlas(found: Sequence[Mentioned]) -> Atlas:
    """The map of these places, the most mentioned first."""
    areas = {m.country: m.articles for m in reversed(found) if m.precision == "country" and m.country}
    smaller = [m for m in found if m.precision in ("region", "city", "point") and m.lat is not None and m.lon is not None]  # fmt: skip
    lost = tuple(dict.fromkeys(m.name for m in found if m.lat is None and m.precision != "country"))
    meant = [c for c in countries() if c.code in areas]
    if not meant and not smaller:
        return Atlas(width=WIDTH, height=FLATTEST, outlines=(), spots=(), countries=tuple(named(found)), unlocated=lost)
    view = view_of([*(b for c in meant for b in main_boxes(c)), *((m.lon, m.lat, m.lon, m.lat) for m in smaller)])  # type: ignore[list-item]
    drawn = outlines(view, areas)
    height = round((view.box[3] - view.box[1]) * view.down, 1)
    marked = tuple(labelled([*tiny(meant, view, areas), *spots(smaller, view)], height))
    return Atlas(width=WIDTH, height=height, outlines=tuple(drawn), spots=marked, countries=tuple(named(found)), unlocated=lost)  # fmt: skip


def named(found: Sequence[Mentioned]) -> list[tuple[str, int]]:
    """The countries that are mentioned as such, with the number of articles, the most mentioned first."""
    names = {c.code: c.name for c in countries()}
    kept: dict[str, tuple[str, int]] = {}
    for m in found:
        if m.precision == "country" and m.country:
            kept.setdefault(m.country, (names.get(m.country, m.name), m.articles))
    return sorted(kept.values(), key=lambda pair: (-pair[1], pair[0]))


def tiny(meant: Sequence[Country], view: View, areas: dict[str, int]) -> Iterator[Spot]:
    """A ring around each country that is too small to be seen on this map."""
    for c in meant:
        west, south, east, north = c.boxes[0]
        if max((east - west) * view.across, (north - south) * view.down) < SEEN:
            x, y = view.at((west + east) / 2, (south + north) / 2)
            yield Spot(name=c.name, country=c.code, precision="country", articles=areas[c.code], x=round(x, 1), y=round(y, 1), radius=SEEN)  # fmt: skip


def main_boxes(c: Country) -> list[Box]:
    """The boxes of a country's main pieces: far islands do not widen the map."""
    sizes = [(b[2] - b[0]) * (b[3] - b[1]) for b in c.boxes]
    largest = c.boxes[0]
    near = (largest[0] - 5, largest[1] - 5, largest[2] + 5, largest[3] + 5)
    return [b for b, size in zip(c.boxes, sizes, strict=True) if b == largest or (size >= PIECE * sizes[0] and meets(b, near))]  # fmt: skip


def meets(a: Box, b: Box) -> bool:
    """Whether two boxes have something in common."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def view_of(boxes: Sequence[Box]) -> View:
    """The view that holds these boxes with some room."""
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    high = max(LEAST, (north - south) * (1 + 2 * ROOM))
    middle = (north + south) / 2
    south, north = max(-90.0, middle - high / 2), min(90.0, middle + high / 2)
    narrow = max(0.3, math.cos(math.radians((south + north) / 2)))
    wide = max((east - west) * (1 + 2 * ROOM), (north - south) * WIDTH / TALLEST / narrow)
    if wide >= 300:
        west, east = WORLD[0], WORLD[2]
        south, north = min(WORLD[1], south), max(WORLD[3], north)
    else:
        west, east = (east + west) / 2 - wide / 2, (east + west) / 2 + wide / 2
    across = WIDTH / (east - west)
    down = across / narrow
    short = FLATTEST / down - (north - south)
    if short > 0:
        south, north = max(-90.0, south - short / 2), min(90.0, north + short / 2)
    return View((west, south, east, north), across, down)


def outlines(view: View, areas: dict[str, int]) -> list[Outline]:
    """The countries that are in view, those most mentioned last, as finely as there is room for."""
    for near, meant in FINE:
        found = [o for c in countries() if (o := outline(c, view, areas.get(c.code, 0), meant if c.code in areas else near))]  # fmt: skip
        if sum(len(o.path) for o in found) <= LARGEST:
            break
    return sorted(found, key=lambda o: o.articles)


def outline(c: Country, view: View, articles: int, fine: float) -> Outline | None:
    """The part of a country that is in view, None where there is none."""
    pieces = zip(c.rings, c.boxes, strict=True)
    shown = [
        (r, b)
        for r, b in pieces
        if meets(b, view.box) and (b[2] - b[0]) * view.across + (b[3] - b[1]) * view.down > fine
    ]
    path = "".join(drawn_ring(clipped(r, b, view.box), view, fine) for r, b in shown)
    return Outline(code=c.code, name=c.name, path=path, articles=articles) if path else None


def clipped(ring: Ring, inner: Box, box: Box) -> Ring:
    """A ring cut to a box somewhat larger than the view; one that lies within it is left alone."""
    room = (box[2] - box[0]) * 0.02
    for axis, end, limit, sign in ((0, 0, box[0] - room, 1), (0, 2, box[2] + room, -1), (1, 1, box[1] - room, 1), (1, 3, box[3] + room, -1)):  # fmt: skip
        if (inner[end] - limit) * sign < 0:
            ring = cut(ring, axis, limit, sign)
    return ring


def drawn_ring(ring: Ring, view: View, fine: float) -> str:
    """A ring as a path of steps, without points that lie too close together to be seen."""
    points: list[tuple[int, int]] = []
    for lon, lat in ring:
        x, y = view.at(lon, lat)
        if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) >= fine:
            points.append((round(x), round(y)))
    if len(points) < 3:
        return ""
    steps = (f"{x - u} {y - v}" for (u, v), (x, y) in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def spots(found: Iterable[Mentioned], view: View) -> Iterator[Spot]:
    """Places smaller than a country, sized by how many articles mention them (the area of the mark grows with the number)."""
    for m in found:
        assert m.lat is not None and m.lon is not None
        x, y = view.at(m.lon, m.lat)
        radius = min(22.0, 5.0 + 2.3 * math.sqrt(m.articles)) + (REGION if m.precision == "region" else 0)
        yield Spot(name=m.name, country=m.country, precision=m.precision, articles=m.articles, x=round(x, 1), y=round(y, 1), radius=round(radius, 1))  # fmt: skip


def labelled(found: Sequence[Spot], height: float) -> Iterator[Spot]:
    """The places with their names beside them, right or left, where no other name is; the most mentioned are served first."""
    taken: list[Box] = []
    for s in found:
        wide = LETTER * min(len(s.name), LONGEST)
        for anchor, start in (("start", s.x + s.radius + 5), ("end", s.x - s.radius - 5 - wide)):
            box = (start, s.y - LINE / 2, start + wide, s.y + LINE / 2)
            if (
                start >= 0
                and start + wide <= WIDTH
                and box[1] >= 0
                and box[3] <= height
                and not any(meets(box, b) for b in taken)
            ):
                taken.append(box)
                s = replace(
                    s,
                    label=Label(
                        x=round(start if anchor == "start" else start + wide, 1),
                        y=round(s.y + LINE / 4, 1),
                        anchor=anchor,
                    ),
                )
                break
        yield s
