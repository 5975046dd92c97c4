"""Articles to read again: those that an older reader, or none, has read."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Article, Kept, ReaderInfo
from onrecord.store import articles, captures
from onrecord.store.database import Store

PAGE = 200


def to_re_read(store: Store, reader: ReaderInfo | None = None) -> Iterator[tuple[Kept, Article]]:
    """Each article whose current reading is not by this reader in this version, or every article, with its capture; oldest first.

    No transaction is held between two articles, so a newer reading may be recorded of each.
    """
    condition = ""
    values: list[object] = []
    if reader is not None:
        condition = " AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.article = a.row AND r.current = 1 AND r.reader = ? AND r.version = ?)"
        values = [reader.name, reader.version]
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
