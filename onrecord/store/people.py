"""Who is on record: those who say most, those whose name begins so, and who somebody is.

Somebody may have several rows, which people judged to be the same: one stands for all (`same_as` of the others). What is counted is counted over the newest
of what there is, so that it takes no longer when there is more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from onrecord.knowledge import Profile
from onrecord.resolve.identity import compare, keys
from onrecord.store import actors, called
from onrecord.store.actors import Actor
from onrecord.store.database import Transaction
from onrecord.store.rows import BITS

LATELY = 1_000  # readings whose statements are counted for who says most
FOUND = 500  # actors whose name begins so that are looked at
MENTIONED = 500  # articles of somebody that are looked at
LIKE = 6  # who may be the same
SPOKEN = (
    "SELECT h.row, h.type, sum(n) FROM (SELECT speaker, count(*) AS n FROM facts WHERE kind = 'statement' AND part >= ? AND speaker IS NOT NULL "
    "GROUP BY speaker) AS f JOIN actors a ON a.row = f.speaker JOIN actors h ON h.row = coalesce(a.same_as, a.row) GROUP BY h.row, h.type ORDER BY 3 DESC, 1"
)
APPEARS = (
    "SELECT a.row, e.role, a.day, s.id, s.title FROM entity_actors x JOIN entities e ON e.row = x.entity JOIN readings r ON r.row = e.reading "
    "JOIN articles a ON a.row = r.article LEFT JOIN resolved d ON d.article = a.row LEFT JOIN stories t ON t.row = d.story "
    f"LEFT JOIN stories s ON s.row = coalesce(t.merged_into, t.row) WHERE x.actor = ? ORDER BY x.entity DESC LIMIT {MENTIONED}"
)


class Appears(NamedTuple):
    """That an article names somebody."""

    article: int
    role: str | None
    day: str
    story: str | None
    title: str | None


class Person(Struct, frozen=True, kw_only=True):
    """Somebody in one line."""

    id: str
    name: str
    type: str
    role: str | None
    countries: tuple[str, ...]
    articles: int  # that name them
    lately: int | None = None  # statements in the newest readings, where these were counted


class Role(Struct, frozen=True, kw_only=True):
    """What somebody was called, from the first day to the last."""

    role: str
    first: str
    last: str
    articles: int


class InStory(Struct, frozen=True, kw_only=True):
    """A story that somebody is in."""

    id: str
    title: str | None
    articles: int
    last: str  # the day of its newest article that names them


class Appearances(Struct, frozen=True, kw_only=True):
    """What the newest articles that name somebody say of them. Days are those of the articles."""

    roles: tuple[Role, ...]  # the latest first
    stories: tuple[InStory, ...]  # the latest first
    first: str | None
    last: str | None
    articles: int  # that were looked at
    capped: bool  # there are more


def spoken(transaction: Transaction, types: Sequence[str] = (), limit: int = FOUND) -> dict[int, int]:
    """Those who said most in the newest readings, by row, with how many statements they made there."""
    newest = transaction.value("SELECT coalesce(max(row), 0) FROM readings")
    found = transaction.all(SPOKEN, (max(0, newest - LATELY) << BITS,))
    return dict([(row, int(n)) for row, type, n in found if not types or type in types][:limit])


def named(transaction: Transaction, typed: str, types: Sequence[str] = ()) -> tuple[list[int], bool]:
    """Those with a name whose words begin as typed, in most articles first, by row; and whether there may be more of them."""
    rows = called.beginning(transaction, typed, FOUND)
    return heads(transaction, rows, types), len(rows) == FOUND


def sounding(transaction: Transaction, typed: str, types: Sequence[str] = ()) -> list[int]:
    """Those with a name that is spelled somewhat like this one, by row."""
    kinds = ("person", "organisation", "place")
    found = [a.row for kind in kinds for a in actors.candidates(transaction, keys(Profile(names=(typed,), type=kind)), 20)]  # type: ignore[arg-type]  # fmt: skip
    return heads(transaction, found, types)


def heads(transaction: Transaction, rows: Sequence[int], types: Sequence[str] = ()) -> list[int]:
    """The actors that stand for these, those in most articles first."""
    marks = ", ".join("?" * len(rows))
    sql = (
        f"SELECT h.row, h.type, h.articles + sum(CASE WHEN a.row = h.row THEN 0 ELSE a.articles END) FROM actors a JOIN actors h ON h.row = coalesce(a.same_as, a.row) "
        f"WHERE a.row IN ({marks}) GROUP BY h.row, h.type, h.articles ORDER BY 3 DESC, 1"
    )
    found = transaction.all(sql, rows) if rows else []
    return [row for row, type, _ in found if not types or type in types]


def members(transaction: Transaction, row: int) -> list[int]:
    """The rows of somebody: that of the actor that stands for all, and those judged the same."""
    return [row, *(r for (r,) in transaction.all("SELECT row FROM actors WHERE same_as = ? ORDER BY row", (row,)))]


def line(transaction: Transaction, row: int, lately: int | None = None) -> Person:
    """Somebody, by the row that stands for them, in one line."""
    known = actors.get(transaction, row)
    rows = members(transaction, row)
    marks = ", ".join("?" * len(rows))
    articles = transaction.value(f"SELECT sum(articles) FROM actors WHERE row IN ({marks})", rows)
    p = known.profile
    return Person(id=known.id, name=known.name, type=p.type, role=next(iter(p.roles), None), countries=p.countries, articles=int(articles), lately=lately)  # fmt: skip


def spellings(transaction: Transaction, rows: Iterable[int]) -> dict[str, int]:
    """How somebody is called, and how often, the commonest first."""
    found: Counter[str] = Counter()
    for row in rows:
        actor = actors.get(transaction, row)
        found.update(actor.names)
        found.update(dict.fromkeys(actor.profile.names, 0))
    return dict(sorted(found.items(), key=lambda n: (-n[1], n[0])))


def countries(transaction: Transaction, rows: Iterable[int]) -> tuple[str, ...]:
    """The countries that articles give somebody (ISO 3166-1 alpha-2)."""
    return tuple(dict.fromkeys(c for row in rows for c in actors.get(transaction, row).profile.countries))


def appearances(transaction: Transaction, rows: Sequence[int]) -> Appearances:
    """Roles and stories of somebody, by the articles that name them."""
    found = [Appears(*f) for row in rows for f in transaction.all(APPEARS, (row,))]
    days = [f.day for f in found]
    return Appearances(
        roles=roles(found), stories=stories(found), first=min(days, default=None), last=max(days, default=None),
        articles=len({f.article for f in found}), capped=len(found) >= MENTIONED,
    )  # fmt: skip


def roles(found: Iterable[Appears]) -> tuple[Role, ...]:
    """The roles, letters apart, each from its first day to its last, the latest first."""
    by: dict[str, list[Appears]] = {}
    for f in found:
        if f.role:
            by.setdefault(f.role.casefold(), []).append(f)
    made = [Role(role=some[0].role or "", first=min(f.day for f in some), last=max(f.day for f in some), articles=len({f.article for f in some})) for some in by.values()]  # fmt: skip
    return tuple(sorted(made, key=lambda r: (r.last, r.articles, r.role), reverse=True))


def stories(found: Iterable[Appears]) -> tuple[InStory, ...]:
    """The stories, the latest first."""
    by: dict[str, list[Appears]] = {}
    for f in found:
        if f.story:
            by.setdefault(f.story, []).append(f)
    made = [InStory(id=id, title=some[0].title, articles=len({f.article for f in some}), last=max(f.day for f in some)) for id, some in by.items()]  # fmt: skip
    return tuple(sorted(made, key=lambda s: (s.last, s.articles, s.id), reverse=True))


def alike(transaction: Transaction, actor: Actor) -> list[tuple[int, float]]:
    """Who may be the same as somebody, by row, with the probability; the likeliest first."""
    found = {
        head.row: compare(actor.profile, head.profile)[1]
        for other in actors.candidates(transaction, keys(actor.profile), 30)
        for head in [actors.current(transaction, other)]
        if head.row != actor.row
    }
    return sorted(((row, p) for row, p in found.items() if p >= 0.1), key=lambda f: -f[1])[:LIKE]
