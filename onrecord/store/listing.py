"""The articles of the record with their current readings, one after the other, however many there are."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Reading
from onrecord.store import articles, readings
from onrecord.store.database import Store

PAGE = 200
WHOLE = articles.WHOLE.replace(" FROM ", ", a.row, r.record, r.input, r.reader, r.version FROM ", 1)
SQL = f"{WHOLE} JOIN readings r ON r.article = a.row AND r.current = 1 WHERE a.row > ?"
WIDTH = len(articles.WHOLE.partition(" FROM ")[0].split(", "))  # columns of an article


def listed(store: Store, *, outlet: str | None = None, since: str | None = None, until: str | None = None) -> Iterator[Reading]:  # fmt: skip
    """The current reading of each article, in the order of recording.

    `outlet` is a name or a domain; `since` and `until` are days (those of publication, or else of the first sight), both counted. No
    transaction is held between two articles.
    """
    wanted = (("(o.name = ? OR o.domain = ?)", outlet), ("a.day >= ?", since), ("a.day <= ?", until))
    condition = "".join(f" AND {sql}" for sql, value in wanted if value is not None)
    values = [value for sql, value in wanted if value is not None for _ in range(sql.count("?"))]
    last = 0
    while True:
        with store.reading() as transaction:
            rows = transaction.all(f"{SQL}{condition} ORDER BY a.row LIMIT {PAGE}", (last, *values))
        for row in rows:
            record, input, reader, version = row[WIDTH + 1 :]
            yield readings.unpacked(record, articles.article_of(row[:WIDTH]), input, reader, version)
        if len(rows) < PAGE:
            return
        last = rows[-1][WIDTH]
