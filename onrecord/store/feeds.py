"""Feeds: the addresses that are followed, when each is due, and how it fares."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from onrecord.model import Entry, Feed, FeedKind, FeedStatus
from onrecord.store import entries as queue
from onrecord.store.database import Row, Store
from onrecord.store.failures import note, resolve
from onrecord.text import digest

COLUMNS = "id, url, kind, title, added, last_fetched, last_success, etag, last_modified, next_due, failures, why"
FIELDS = COLUMNS.split(", ")
STAGE = "feed"  # of a feed's own failures
FETCHED = (
    "UPDATE feeds SET last_fetched = ?, last_success = ?, etag = ?, last_modified = ?, next_due = ?, failures = 0, why = NULL, "
    "title = coalesce(?, title), kind = coalesce(?, kind) WHERE id = ?"
)
FAILED = "UPDATE feeds SET last_fetched = ?, next_due = ?, failures = failures + 1, why = ? WHERE id = ?"


def feed_of(row: Row) -> Feed:
    """The feed of a row of `COLUMNS`."""
    return Feed(**dict(zip(FIELDS, row, strict=True)))


def add_feed(store: Store, url: str, when: str, *, kind: FeedKind | None = None, title: str | None = None) -> str:
    """Follows an address from `when` on, due at once; its id. Adding it again changes nothing."""
    id = digest(url)
    sql = "INSERT INTO feeds (id, url, kind, title, added, next_due) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    with store.writing() as transaction:
        transaction.run(sql, (id, url, kind, title, when, when))
    return id


def feeds(store: Store) -> list[Feed]:
    """All feeds, in the order in which they were added."""
    with store.reading() as transaction:
        return [feed_of(row) for row in transaction.all(f"SELECT {COLUMNS} FROM feeds ORDER BY row")]


def due(store: Store, when: str, n: int = 1000, feeds: Collection[str] | None = None) -> list[Feed]:
    """At most `n` feeds that are due at `when`, those first that wait longest; on PostgreSQL only of these ids, where any are given."""
    of, values = ("", ()) if feeds is None else (" AND id = ANY(?)", (list(feeds),))
    sql = f"SELECT {COLUMNS} FROM feeds WHERE next_due <= ?{of} ORDER BY next_due, row LIMIT ?"
    with store.reading() as transaction:
        return [feed_of(row) for row in transaction.all(sql, (when, *values, n))]


def feed_fetched(
    store: Store,
    feed: str,
    when: str,
    *,
    next_due: str,
    entries: Iterable[Entry] = (),
    etag: str | None = None,
    last_modified: str | None = None,
    title: str | None = None,
    kind: FeedKind | None = None,
) -> int:
    """A feed was fetched, or had not changed (then without entries): adds its new entries; how many are new.

    In one transaction with the feed's own row. `etag` and `last_modified` are what to ask with next time.
    """
    with store.writing() as transaction:
        row = transaction.value("SELECT row FROM feeds WHERE id = ?", (feed,))
        transaction.run(FETCHED, (when, when, etag, last_modified, next_due, title, kind, feed))
        url = transaction.value("SELECT url FROM feeds WHERE id = ?", (feed,))
        if url:
            resolve(transaction, url, when)
        return queue.add(transaction, row, entries, when)


def feed_failed(store: Store, feed: str, when: str, why: str, next_due: str) -> None:
    """A feed could not be had; it is tried again at `next_due`. The failure is kept and counted."""
    with store.writing() as transaction:
        transaction.run(FAILED, (when, next_due, why, feed))
        url = transaction.value("SELECT url FROM feeds WHERE id = ?", (feed,))
        if url:
            note(transaction, STAGE, url, why, when)


def status(store: Store, when: str) -> list[FeedStatus]:
    """How each feed fares at `when`, in the order in which they were added."""
    since = (datetime.fromisoformat(when) - timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%SZ")
    sql = (
        f"SELECT {COLUMNS}, "
        "(SELECT count(*) FROM entries WHERE feed = feeds.row AND state = 'new'), "
        "(SELECT count(*) FROM entries WHERE feed = feeds.row AND state = 'failed'), "
        "(SELECT count(*) FROM articles WHERE feed = feeds.row), "
        "(SELECT count(*) FROM articles WHERE feed = feeds.row AND first_seen >= ?) FROM feeds ORDER BY row"
    )
    with store.reading() as transaction:
        rows = transaction.all(sql, (since,))
    return [
        FeedStatus(feed=feed_of(row[:-4]), waiting=row[-4], failed=row[-3], articles=row[-2], a_day=row[-1] / 7)
        for row in rows
    ]
