"""A search with counts: how many of the finds are each outlet's, each speaker's, of each kind and certainty, and of each day.

The counts are of the newest finds that the search looked at, so that they take no longer when there are more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from onrecord.model import Hit
from onrecord.store import index
from onrecord.store.database import Store, Transaction
from onrecord.store.search import CANDIDATES, Where, asked, filters, hits, ranked

SAID = (
    "SELECT coalesce(nullif(o.name, ''), o.domain), e.name, s.kind, s.certainty, a.day FROM attributions s JOIN readings r ON r.row = s.reading "
    "JOIN articles a ON a.row = r.article LEFT JOIN outlets o ON o.row = a.outlet LEFT JOIN entities e ON e.row = s.speaker WHERE s.row IN "
)
ARTICLES = "SELECT coalesce(nullif(o.name, ''), o.domain), NULL, NULL, NULL, a.day FROM articles a LEFT JOIN outlets o ON o.row = a.outlet WHERE a.row IN "
SPEAKERS = (
    "SELECT s.row, coalesce(h.id, w.id) FROM attributions s JOIN entity_actors x ON x.entity = s.speaker JOIN actors w ON w.row = x.actor "
    "LEFT JOIN actors h ON h.row = w.same_as WHERE s.row IN "
)
MOST = 15  # outlets, and speakers, that are counted one by one
MONTHLY = 31  # days beyond which months are counted


class Counted(Struct, frozen=True, kw_only=True):
    """A value and how many of the finds have it."""

    value: str
    n: int


class Counts(Struct, frozen=True, kw_only=True):
    """How many of the finds have each value, the most first; days, or months where they are many, in order."""

    outlets: tuple[Counted, ...] = ()
    speakers: tuple[Counted, ...] = ()
    kinds: tuple[Counted, ...] = ()
    certainties: tuple[Counted, ...] = ()
    days: tuple[Counted, ...] = ()


class Finds(Struct, frozen=True, kw_only=True):
    """What a search found: some finds, and counts of all that it looked at."""

    hits: tuple[Hit, ...] = ()
    speakers: tuple[str | None, ...] = ()  # the id of each find's speaker, where the record knows who it is
    looked_at: int = 0
    capped: bool = False  # it looked at the newest only; there are more
    counts: Counts = Counts()


def find(
    store: Store, query: str, *, where: Where = "content", speaker: str | None = None, outlet: str | None = None, since: str | None = None,
    until: str | None = None, kind: str | None = None, certainty: str | None = None, best: bool = True, limit: int = 20, offset: int = 0,
) -> Finds:  # fmt: skip
    """What `search` finds, best first or newest first, with counts. Raises InputError."""
    index.up_to_date(store)
    with store.reading() as transaction:
        marks = filters(transaction, outlet, since, until, kind, certainty)
        if marks is None:
            return Finds()
        rows = ranked(transaction, asked(query, where, speaker, marks), CANDIDATES, best)
        shown = rows[offset : offset + limit]
        return Finds(
            hits=tuple(hits(transaction, query, where, shown)), speakers=speakers(transaction, where, shown), looked_at=len(rows),
            capped=len(rows) >= CANDIDATES, counts=counts(transaction, where, rows),
        )  # fmt: skip


def speakers(transaction: Transaction, where: Where, rows: list[int]) -> tuple[str | None, ...]:
    """Who is speaking in each of these rows."""
    if where == "article" or not rows:
        return (None,) * len(rows)
    found: dict[int, str] = dict(transaction.all(f"{SPEAKERS}({', '.join('?' * len(rows))})", rows))
    return tuple(found.get(row) for row in rows)


def counts(transaction: Transaction, where: Where, rows: list[int]) -> Counts:
    """The counts over these rows."""
    if not rows:
        return Counts()
    found = transaction.all((ARTICLES if where == "article" else SAID) + f"({', '.join('?' * len(rows))})", rows)
    outlets, named, kinds, certainties, days = zip(*found, strict=True)
    return Counts(
        outlets=counted(outlets)[:MOST], speakers=counted(named)[:MOST], kinds=counted(kinds), certainties=counted(certainties), days=by_day(days)
    )  # fmt: skip


def counted(values: Iterable[str | None]) -> tuple[Counted, ...]:
    """The values, the commonest first."""
    found = Counter(value for value in values if value)
    return tuple(Counted(value=v, n=n) for v, n in sorted(found.items(), key=lambda f: (-f[1], f[0])))


def by_day(days: Iterable[str]) -> tuple[Counted, ...]:
    """The days in order, or the months where there are many days."""
    known = list(days)
    cut = 10 if len(set(known)) <= MONTHLY else 7
    return tuple(sorted(counted(day[:cut] for day in known), key=lambda c: c.value))
