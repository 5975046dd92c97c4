"""Recording many captures in one transaction, in their order, as recording them one by one would; with how far a batch of them has come."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from onrecord.model import Failure, Kept, Reading
from onrecord.store import captures, entries, index
from onrecord.store.database import Store, Transaction
from onrecord.store.failures import note
from onrecord.store.record import Written, check, finish, remember, whole_characters, write

TABLE = "CREATE TABLE IF NOT EXISTS loads (id TEXT PRIMARY KEY, reached BIGINT NOT NULL)"
MARK = "INSERT INTO loads (id, reached) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET reached = excluded.reached"
TURN = 7219037  # of those who make the table


class Item(Struct, frozen=True):
    """A capture, None for a place without one, and what became of it."""

    kept: Kept | None
    got: Reading | Failure
    name: str  # what the capture is called where it has no address


def prepare(store: Store) -> None:
    """Makes room for the marks of batches where there is none."""
    with store.writing() as transaction:
        if transaction.dialect == "postgresql":
            transaction.run("SELECT pg_advisory_xact_lock(?)", (TURN,))
        transaction.run(TABLE)


def reached(store: Store, batch: str) -> int:
    """How many items of a batch are recorded, the first ones."""
    with store.reading() as transaction:
        return transaction.value("SELECT reached FROM loads WHERE id = ?", (batch,)) or 0


def record_many(store: Store, items: Sequence[Item], when: str, batch: str, upto: int) -> int:
    """Records items, and that so many of their batch now are; how many articles are new. Raises InputError, SetupError."""
    done: list[tuple[Reading, Written]] = []
    with whole_characters(), store.writing() as transaction:
        for item in items:
            if isinstance(item.got, Reading) and item.kept:
                check(item.kept, item.got)
                written = write(store, transaction, item.kept, item.got, None, when)
                entry = entries.entry_id(item.kept.url or item.name)
                finish(transaction, written.article, item.got, entry, when, None)
                done.append((item.got, written))
            elif isinstance(item.got, Failure):
                unread(transaction, item, item.got, when)
        waiting = sum(written.waiting for _, written in done)
        indexed = store.unindexed + waiting >= index.BATCH
        if indexed:
            index.catch_up(transaction)
        transaction.run(MARK, (batch, upto))
    for reading, written in done:
        remember(store, reading, written)
    if indexed:
        store.unindexed = 0
    return sum(written.new for _, written in done)


def unread(transaction: Transaction, item: Item, failure: Failure, when: str) -> None:
    """Keeps a capture that gave no article, and the failure."""
    if item.kept is None:
        note(transaction, failure.stage, failure.input, failure.reason, when)
        return
    captures.keep(transaction, item.kept)
    entry = entries.entry_id(item.kept.url or item.name)
    entries.settle(transaction, entry, "failed", why=failure.reason)
    note(transaction, failure.stage, item.kept.url or item.kept.digest, failure.reason, when)
