"""What the follower asks of the record beside its feeds and entries: which captures are kept, and which gave no article."""

from __future__ import annotations

from onrecord.model import Kept, Queued
from onrecord.store import captures, entries
from onrecord.store.database import Store
from onrecord.store.failures import note

ENDS = "SELECT warc_file, max(warc_offset + warc_length) FROM captures WHERE warc_file IS NOT NULL GROUP BY warc_file"


def kept(store: Store, digest: str) -> Kept | None:
    """Where the bytes of a digest lie, or None where they are not kept."""
    with store.reading() as transaction:
        row = transaction.one(f"SELECT {captures.COLUMNS} FROM captures WHERE digest = ?", (digest,))
    return captures.kept_of(row) if row else None


def holds(store: Store, digest: str, url: str | None) -> bool:
    """Whether these bytes, from this address, are an article of the record already."""
    sql = (
        "SELECT 1 FROM captures c JOIN articles a ON a.capture = c.row WHERE c.digest = ? AND a.url = ? UNION ALL "
        "SELECT 1 FROM captures c JOIN sightings s ON s.capture = c.row JOIN articles a ON a.row = s.article WHERE c.digest = ? AND a.url = ?"
    )
    with store.reading() as transaction:
        return transaction.value(sql, (digest, url, digest, url)) is not None


def known_ends(store: Store) -> dict[str, int]:
    """For each WARC file the byte at which what the record knows of it ends."""
    with store.reading() as transaction:
        return {file: int(end) for file, end in transaction.all(ENDS)}


def queued(store: Store, entry: str) -> Queued | None:
    """An entry of the queue, whatever its state, or None."""
    with store.reading() as transaction:
        row = transaction.one(entries.ONE, (entry,))
    return entries.queued_of(row) if row else None


def unread(store: Store, kept: Kept, entry: str | None, when: str, stage: str, why: str) -> None:
    """Keeps a capture that gave no article, and the failure, counted. Its entry is not tried again by itself."""
    with store.writing() as transaction:
        captures.keep(transaction, kept)
        if entry:
            entries.settle(transaction, entry, "failed", why=why)
        note(transaction, stage, kept.url or kept.digest, why, when)
