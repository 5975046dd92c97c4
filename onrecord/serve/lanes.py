"""The timeline of a story: a lane for each origin, in which each article is a point, copies smaller. Pure; lengths are in SVG units.

Points that would cover each other stand in rows one below the other, as far as the lane has room; what is too much to draw is only counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from onrecord.store.coverage import Covering, Printed

LANES, POINTS = 40, 300
WIDTH, EDGE = 900.0, 12.0
ROW, ROWS = 16.0, 4  # height of a row of points, and how many a lane has at most
APART = 13.0
TICKS = 7
STEPS = (1, 3, 6, 12, 24, 48, 96, 168, 336, 720, 1440, 2160, 4320, 8760, 17520, 43800, 87600)  # hours


class Point(Struct, frozen=True, kw_only=True):
    """An article in a lane."""

    article: str  # its id
    outlet: str | None
    title: str | None
    moment: str
    x: float
    y: float
    copy: bool


class Lane(Struct, frozen=True, kw_only=True):
    """An origin with its articles."""

    origin: str
    name: str
    kind: str
    articles: int
    copies: int
    height: float
    points: tuple[Point, ...]

    @property
    def undrawn(self) -> int:
        """Articles that are only counted."""
        return self.articles - len(self.points)


class Tick(Struct, frozen=True, kw_only=True):
    """A moment that the timeline is marked with."""

    x: float
    words: str


class Timeline(Struct, frozen=True, kw_only=True):
    """The lanes in the order in which their origins came up."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    folded: int  # origins that have no lane here
    folded_articles: int


def chosen(found: Sequence[Covering]) -> frozenset[int]:
    """The rows of the articles that are drawn: of the largest lanes the first article of each, then those that copy nothing, then copies."""
    by_origin = grouped(found)
    kept = sorted(by_origin.values(), key=lambda some: -len(some))[:LANES]
    firsts = {some[0].article for some in kept}
    order = sorted(
        (c for some in kept for c in some), key=lambda c: (c.article not in firsts, c.copy_of is not None, c.moment)
    )
    return frozenset(c.article for c in order[:POINTS])


def grouped(found: Sequence[Covering]) -> dict[str, list[Covering]]:
    """Articles by what their origins have in common."""
    by_origin: dict[str, list[Covering]] = {}
    for c in found:
        by_origin.setdefault(c.origin.root, []).append(c)
    return by_origin


def timeline(found: Sequence[Covering], drawn: Collection[int], names: Mapping[int, Printed]) -> Timeline:
    """The timeline of articles, oldest first; `drawn` are those that `chosen` gave, `names` what they are called."""
    if not found:
        return Timeline(lanes=(), ticks=(), folded=0, folded_articles=0)
    span = found[0].moment, found[-1].moment
    groups = list(grouped(found).values())
    lanes = [some for some in groups if any(c.article in drawn for c in some)]
    rest = [some for some in groups if not any(c.article in drawn for c in some)]
    return Timeline(
        lanes=tuple(lane(some, [c for c in some if c.article in drawn], names, span) for some in lanes), ticks=tuple(ticks(*span)),
        folded=len(rest), folded_articles=sum(map(len, rest)),
    )  # fmt: skip


def lane(found: Sequence[Covering], drawn: Sequence[Covering], names: Mapping[int, Printed], span: tuple[str, str]) -> Lane:  # fmt: skip
    """The lane of an origin."""
    points = tuple(point(c, names[c.article], x, row) for c, (x, row) in zip(drawn, packed(drawn, span), strict=True))
    height = max(p.y for p in points) + ROW / 2
    origin = found[0].origin
    return Lane(origin=origin.id, name=origin.name, kind=origin.kind, articles=len(found), copies=sum(c.copy_of is not None for c in found), height=height, points=points)  # fmt: skip


def packed(drawn: Sequence[Covering], span: tuple[str, str]) -> Iterator[tuple[float, int]]:
    """Where each point lies, and in which row of its lane: the first with room, else the one that was left longest ago."""
    free = [-APART] * ROWS  # up to where each row is taken
    for c in drawn:
        x = place(c.moment, *span)
        row = next((n for n in range(ROWS) if x - free[n] >= APART), min(range(ROWS), key=free.__getitem__))
        free[row] = x
        yield x, row


def point(c: Covering, p: Printed, x: float, row: int) -> Point:
    """An article's point."""
    return Point(article=p.id, outlet=p.outlet, title=p.title, moment=c.moment, x=x, y=ROW * (row + 0.5), copy=c.copy_of is not None)  # fmt: skip


def place(moment: str, first: str, last: str) -> float:
    """Where a moment lies between the first and the last."""
    whole = seconds(last) - seconds(first)
    share = (seconds(moment) - seconds(first)) / whole if whole > 0 else 0.5
    return round(EDGE + share * (WIDTH - 2 * EDGE), 1)


def seconds(moment: str) -> float:
    """A moment in seconds since 1970."""
    return datetime.fromisoformat(moment).timestamp()


def ticks(first: str, last: str) -> list[Tick]:
    """Round moments, in UTC, between two."""
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    hours = (end - start).total_seconds() / 3600
    step = next((s for s in STEPS if hours / s <= TICKS), STEPS[-1])
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    moments = (midnight + timedelta(hours=n * step) for n in range(int(hours / step) + 26))
    style = "%-d %b, %H:%M" if step < 24 else "%-d %b" if step < 8760 else "%b %Y"
    inside = (m for m in moments if start <= m <= end)
    return [Tick(x=place(m.isoformat(), first, last), words=m.strftime(style)) for m in inside] or [
        Tick(x=WIDTH / 2, words=start.strftime("%-d %b, %H:%M"))
    ]
