"""The versions of one page, as the record has seen them."""

from __future__ import annotations

from msgspec import json

from onrecord.model import Article, Edit
from onrecord.store import articles
from onrecord.store.database import Store


def versions(store: Store, url: str) -> list[tuple[Article, Edit | None]]:
    """Each version of the page at this address, the oldest first, with what changed since the one before it.

    A version that came back later is listed once, at its first sight.
    """
    sql = (
        articles.WHOLE.replace("SELECT ", "SELECT x.record, ", 1)
        + " LEFT JOIN edits x ON x.new = a.row WHERE a.address = ? ORDER BY coalesce(c.fetched, a.first_seen), a.row"
    )
    with store.reading() as transaction:
        rows = transaction.all(sql, (url,))
    return [(articles.article_of(row[1:]), json.decode(row[0], type=Edit) if row[0] else None) for row in rows]
