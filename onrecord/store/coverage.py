"""What covers a story: its articles with their origins, copies under what they copy, the places that they name, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from onrecord.knowledge import Origin
from onrecord.model import Noun
from onrecord.resolve.changes import Change
from onrecord.store.accounts import marks
from onrecord.store.database import Transaction
from onrecord.store.rows import BITS, chunks

MOST = 5_000  # articles of a story, the newest, that are looked at; and half as many for places
ARTICLES = (
    "SELECT r.article, r.moment, r.origin, n.kind, n.name, r.copy_of, r.copy_kind FROM resolved r JOIN origins n ON n.id = r.origin "
    f"WHERE r.story = ? ORDER BY r.moment DESC, r.article DESC LIMIT {MOST}"
)
PAGES = (
    "SELECT a.row, a.id, coalesce(nullif(o.name, ''), o.domain), a.title, a.published, coalesce(a.canonical_url, a.url) FROM articles a "
    "LEFT JOIN outlets o ON o.row = a.outlet WHERE a.row IN ({marks})"
)
PLACES = (
    "SELECT p.precision, p.country, p.geonames_id, max(p.name), p.lat, p.lon, count(DISTINCT d.article) AS articles FROM "
    f"(SELECT article, reading FROM resolved WHERE story = ? ORDER BY article DESC LIMIT {MOST // 2}) AS d "
    f"JOIN places p ON p.row >= d.reading * {1 << BITS} AND p.row < (d.reading + 1) * {1 << BITS} "
    "GROUP BY p.precision, p.country, p.geonames_id, p.lat, p.lon, CASE WHEN p.lat IS NULL THEN lower(p.name) END ORDER BY articles DESC, max(p.name) LIMIT ?"
)
CHANGES = (
    "SELECT x.record, x.moment, a.id, coalesce(nullif(o.name, ''), o.domain), a.published FROM changes x JOIN articles a ON a.row = x.article "
    "LEFT JOIN outlets o ON o.row = a.outlet WHERE x.story = ?{kinds} ORDER BY x.moment DESC, x.row DESC LIMIT ?"
)


class Covering(NamedTuple):
    """An article of a story, by rows: little enough that thousands of them can be put in order."""

    article: int
    moment: str
    origin: Origin  # of what it says by itself
    copy_of: int | None
    copy_kind: str | None


class Printed(Noun, frozen=True, kw_only=True):
    """What names an article to people."""

    id: str
    outlet: str | None
    title: str | None
    published: str | None  # as the page gave it
    url: str | None


class Mentioned(Noun, frozen=True, kw_only=True):
    """A place that articles name, as exactly as they do."""

    precision: str
    country: str | None
    name: str
    lat: float | None
    lon: float | None
    articles: int


class Changed(Noun, frozen=True, kw_only=True):
    """A change that an article brought."""

    change: Change
    moment: str
    article: str
    outlet: str | None
    published: str | None


def articles(transaction: Transaction, story: int) -> list[Covering]:
    """The articles of a story, oldest first; of more than `MOST` the newest."""
    rows = transaction.all(ARTICLES, (story,))
    return [
        Covering(article, moment, Origin(id=origin, kind=kind, name=name), of, copy_kind)
        for article, moment, origin, kind, name, of, copy_kind in reversed(rows)
    ]


def folded(found: Sequence[Covering]) -> list[tuple[Covering, list[Covering]]]:
    """Each article that copies none of the others, with those that carry its text, in order of time."""
    known = {c.article: c for c in found}
    copies: dict[int, list[Covering]] = {}
    for c in found:
        if (first := original(known, c)).article != c.article:
            copies.setdefault(first.article, []).append(c)
    return [(c, copies.get(c.article, [])) for c in found if original(known, c).article == c.article]


def original(known: dict[int, Covering], c: Covering) -> Covering:
    """The article that one copies in the end, among those known; of those that copy each other in a circle the first."""
    seen = {c.article}
    while c.copy_of in known:
        if c.copy_of in seen:
            return known[min(seen)]
        seen.add(c.copy_of)
        c = known[c.copy_of]
    return c


def printed(transaction: Transaction, rows: Iterable[int]) -> dict[int, Printed]:
    """Names of articles, by their rows."""
    wanted, found = list(dict.fromkeys(rows)), {}
    for part in chunks(wanted):
        for row, id, outlet, title, published, url in transaction.all(PAGES.format(marks=marks(part)), part):
            found[row] = Printed(id=id, outlet=outlet, title=title, published=published, url=url)
    return found


def places(transaction: Transaction, story: int, limit: int) -> list[Mentioned]:
    """The places that a story's articles name, those that most of them name first."""
    return [
        Mentioned(precision=precision, country=country, name=name, lat=lat, lon=lon, articles=n)
        for precision, country, _, name, lat, lon, n in transaction.all(PLACES, (story, limit))
    ]


def changes(transaction: Transaction, story: int, limit: int, new: bool | None = None) -> list[Changed]:
    """What changed in a story, newest first; only new accounts, or only what is more than that, where asked for."""
    kinds = "" if new is None else f" AND x.kind {'=' if new else '<>'} 'new-account'"
    return [changed(row) for row in transaction.all(CHANGES.format(kinds=kinds), (story, limit))]


def changed(row: Sequence[Any]) -> Changed:
    """A change of a row."""
    record, moment, article, outlet, published = row
    return Changed(change=msgspec.json.decode(record, type=Change), moment=moment, article=article, outlet=outlet, published=published)  # fmt: skip
