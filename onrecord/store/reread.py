"""Articles to read again: those that an older reader, or none, has read."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Article, Kept, ReaderInfo
from onrecord.store import articles, captures
from onrecord.store.database import Store

PAGE = 200


def to_re_read(store: Store, *readers: ReaderInfo) -> Iterator[tuple[Kept, Article]]:
    """Each article whose current reading is by none of these readers in these versions, or every article, with its capture; oldest first.

    No transaction is held between two articles, so a newer reading may be recorded of each.
    """
    condition = ""
    values: list[object] = []
    if readers:
        these = " OR ".join("r.reader = ? AND r.version = ?" for _ in readers)
        condition = (
            f" AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.article = a.row AND r.current = 1 AND ({these}))"
        )
        values = [value for reader in readers for value in (reader.name, reader.version)]
    sql = (
        f"{articles.WHOLE.replace('SELECT ', f'SELECT {captures.COLUMNS}, a.row, ').replace('captures.', 'c.')} WHERE a.row > ?"
        f"{condition} ORDER BY a.row LIMIT {PAGE}"
    )
    last, width = 0, len(captures.TABLE.columns)
    while True:
        with store.reading() as transaction:
            rows = transaction.all(sql, (last, *values))
        for row in rows:
            yield captures.kept_of(row[:width]), articles.article_of(row[width + 1 :])
        if len(rows) < PAGE:
            return
        last = rows[-1][width]


def read_by(store: Store, article: str) -> str | None:
    """The name of the reader whose reading of an article is current, by the article's id; None where it is unread."""
    sql = "SELECT r.reader FROM readings r JOIN articles a ON a.row = r.article WHERE a.id = ? AND r.current = 1"
    with store.reading() as transaction:
        name: str | None = transaction.value(sql, (article,))
    return name
