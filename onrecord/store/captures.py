"""Captures: bytes at a moment, and where they lie."""

from __future__ import annotations

from onrecord.model import Kept
from onrecord.store.database import Row, Transaction
from onrecord.store.rows import table

TABLE = table("captures", "digest url fetched status content_type size warc_file warc_offset warc_length")
COLUMNS = ", ".join(f"captures.{column}" for column in TABLE.columns)
INSERT = TABLE.insert + " ON CONFLICT (digest) DO NOTHING"


def keep(transaction: Transaction, kept: Kept) -> tuple[int, bool]:
    """The row of a capture, and whether it is new. The first place where bytes lie stays their place."""
    values = (kept.digest, kept.url, kept.fetched, kept.status, kept.content_type, kept.size, kept.file, kept.offset, kept.length)  # fmt: skip
    if row := transaction.add(INSERT, values):
        return row, True
    return transaction.value("SELECT row FROM captures WHERE digest = ?", (kept.digest,)), False


def kept_of(row: Row) -> Kept:
    """The capture of a row of `COLUMNS`."""
    digest, url, fetched, status, content_type, size, file, offset, length = row
    return Kept(
        digest=digest,
        url=url,
        fetched=fetched,
        status=status,
        content_type=content_type,
        size=size,
        file=file,
        offset=offset,
        length=length,
    )


def of_article(transaction: Transaction, row: int) -> list[Kept]:
    """The captures that showed an article, the one it was made of first."""
    sql = (
        f"SELECT {COLUMNS} FROM captures JOIN articles a ON a.capture = captures.row WHERE a.row = ? "
        f"UNION ALL SELECT {COLUMNS} FROM sightings s JOIN captures ON captures.row = s.capture WHERE s.article = ?"
    )
    return [kept_of(row) for row in transaction.all(sql, (row, row))]
