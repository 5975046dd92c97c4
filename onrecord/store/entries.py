"""Entries: the queue of pages to fetch. One address is one entry, whichever feeds name it.

An entry is new, done, failed, gone or forgotten; while `next_try` says when, it is to be fetched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from onrecord.model import Entry, Queued
from onrecord.store.clock import now
from onrecord.store.database import Row, Store, Transaction
from onrecord.store.failures import note, resolve_entry
from onrecord.text import digest

State = Literal["done", "failed", "gone", "forgotten"]

ADD = (
    "INSERT INTO entries (id, feed, url, title, published, modified, first_seen, state, next_try) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, 'new', ?) ON CONFLICT DO NOTHING"
)
AGAIN = (  # the feed says that a page which was done has been modified since
    "UPDATE entries SET modified = ?, state = 'new', attempts = 0, next_try = ? WHERE id = ? AND state = 'done' AND (modified IS NULL OR modified < ?)"
)
QUEUED = "SELECT e.id, f.id, e.url, e.title, e.published, e.state, e.attempts FROM entries e LEFT JOIN feeds f ON f.row = e.feed WHERE "
DUE = QUEUED + "e.next_try <= ?{} ORDER BY e.next_try, e.row LIMIT ?"
ONE = QUEUED + "e.id = ?"
SETTLE = "UPDATE entries SET state = ?, next_try = ?, why = ?, article = coalesce(?, article), attempts = attempts + 1 WHERE id = ? AND state <> 'forgotten'"


def entry_id(url: str) -> str:
    """The id of the entry of an address."""
    return digest(url)


def add(transaction: Transaction, feed: int | None, entries: Iterable[Entry], when: str) -> int:
    """Adds the entries that are new; how many they are. One that the feed says was modified since is due again."""
    rows = [(digest(e.url), feed, e.url, e.title, e.published, e.modified, when, when) for e in entries]
    if transaction.dialect == "postgresql":  # feeds that name the same pages in another order would wait for each other
        transaction.run("SELECT pg_advisory_xact_lock(7219040)")
    new = transaction.many(ADD, rows)
    transaction.many(AGAIN, [(row[5], when, row[0], row[5]) for row in rows if row[5]])
    return new


def add_entries(store: Store, entries: Iterable[Entry], when: str) -> int:
    """Adds entries that no feed named; how many are new."""
    with store.writing() as transaction:
        return add(transaction, None, entries, when)


def entries_due(store: Store, when: str, n: int = 1000, feeds: Collection[str] | None = None) -> list[Queued]:
    """At most `n` entries that are to be fetched at `when`, those first that wait longest.

    On PostgreSQL only those that these feeds named, by their ids, where any are given; an empty one stands for no feed.
    """
    of, values = ("", ()) if feeds is None else (" AND coalesce(f.id, '') = ANY(?)", (list(feeds),))
    with store.reading() as transaction:
        return [queued_of(row) for row in transaction.all(DUE.format(of), (when, *values, n))]


def queued_of(row: Row) -> Queued:
    """The entry of a row of `QUEUED`."""
    return Queued(id=row[0], feed=row[1], url=row[2], title=row[3], published=row[4], state=row[5], attempts=row[6])


def settle(
    transaction: Transaction,
    entry: str,
    state: State,
    *,
    next_try: str | None = None,
    why: str | None = None,
    article: int | None = None,
) -> None:
    """Says what became of an entry. One that was forgotten stays so."""
    transaction.run(SETTLE, (state, next_try, why, article, entry))


def entry_done(store: Store, entry: str, article: str | None = None, *, next_visit: str | None = None) -> None:
    """An entry was fetched; `record` says so itself. For a page that gave an article that is in the record already, or none.

    The page is looked at again at `next_visit`, if that is given.
    """
    with store.writing() as transaction:
        row = transaction.value("SELECT row FROM articles WHERE id = ?", (article,)) if article else None
        settle(transaction, entry, "done", next_try=next_visit, article=row)
        resolve_entry(transaction, entry, now())


def entry_failed(store: Store, entry: str, when: str, stage: str, why: str, next_try: str | None = None) -> None:
    """An entry gave no article; it is tried again at `next_try`, if that is given. The failure is kept and counted."""
    _fail(store, entry, "failed", when, stage, why, next_try)


def entry_gone(store: Store, entry: str, when: str, stage: str, why: str) -> None:
    """An entry's page is gone for good. The failure is kept."""
    _fail(store, entry, "gone", when, stage, why, None)


def _fail(store: Store, entry: str, state: State, when: str, stage: str, why: str, next_try: str | None) -> None:
    with store.writing() as transaction:
        settle(transaction, entry, state, next_try=next_try, why=why)
        url = transaction.value("SELECT url FROM entries WHERE id = ?", (entry,))
        if url:
            note(transaction, stage, url, why, when)
