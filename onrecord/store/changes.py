"""Changes: what is new to somebody who has read the rest, each with the moment and the article that brought it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from onrecord.resolve.changes import Change
from onrecord.store.database import Transaction
from onrecord.store.rows import as_json, table

TABLE = table("changes", "id kind moment story account article other words record")


Brought = tuple[
    Change, str, int | None, int | None, int, int | None
]  # a change, its moment, and the rows of its story, its account, its article and the one that it is set against


def add(
    transaction: Transaction, change: Change, moment: str, story: int | None, account: int | None, article: int, other: int | None
) -> None:  # fmt: skip
    """Keeps a change, once."""
    add_all(transaction, [(change, moment, story, account, article, other)])


def add_all(transaction: Transaction, brought: Sequence[Brought]) -> None:
    """Keeps changes, each once."""
    rows = [
        (c.id, c.kind, moment, story, account, article, other, c.words, as_json(c))
        for c, moment, story, account, article, other in brought
    ]
    transaction.many(TABLE.insert + " ON CONFLICT DO NOTHING", rows)


def withdraw(transaction: Transaction, article: int) -> None:
    """Takes out what an article brought."""
    transaction.run("DELETE FROM changes WHERE article = ?", (article,))


def is_told(transaction: Transaction, change: Change, article: int) -> bool:
    """Whether an article brought a change of this kind of the same record already, or set against the same article."""
    rows = transaction.all("SELECT record FROM changes WHERE article = ? AND kind = ?", (article, change.kind))
    told = [msgspec.json.decode(record, type=Change) for (record,) in rows]
    return any(c.claim == change.claim or c.other == change.other for c in told)


def confirmed(transaction: Transaction, articles: Sequence[str], other: str) -> bool:
    """Whether one of these articles confirmed something of another, all by their ids."""
    places = ", ".join("?" * len(articles))
    sql = (
        "SELECT 1 FROM changes x JOIN articles a ON a.row = x.article JOIN articles b ON b.row = x.other "
        f"WHERE x.kind = 'confirmed' AND b.id = ? AND a.id IN ({places}) LIMIT 1"
    )
    return bool(articles) and transaction.one(sql, (other, *articles)) is not None


def since(transaction: Transaction, moment: str, kinds: Sequence[str] = (), limit: int = 500) -> list[tuple[Any, ...]]:
    """The changes from a moment on, newest first: (record, story id, story title, article id, outlet, article title, url)."""
    chosen = f" AND x.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    sql = (
        "SELECT x.record, s.id, s.title, a.id, coalesce(nullif(o.name, ''), o.domain), a.title, coalesce(a.canonical_url, a.url), x.moment "
        "FROM changes x JOIN articles a ON a.row = x.article LEFT JOIN outlets o ON o.row = a.outlet LEFT JOIN stories s ON s.row = x.story "
        f"WHERE x.moment >= ?{chosen} ORDER BY x.moment DESC, x.row DESC LIMIT {limit}"
    )
    return transaction.all(sql, (moment, *kinds))
