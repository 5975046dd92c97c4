"""store: the record, in SQLite or PostgreSQL, one file a noun. All times are ISO 8601 in UTC (`2026-11-25T10:14:39Z`).

    with open_store(home, db=None) as store:            # a folder; `db` is a PostgreSQL URL or None. SetupError in one line
        record(store, kept, reading, feed=feed_id, entry=entry_id, when=None) -> Recorded(article, reading, new, edit)

    add_feed(store, url, when, kind=None, title=None) -> id          feeds(store) -> [Feed]          due(store, when, n) -> [Feed]
    feed_fetched(store, id, when, next_due=…, entries=[Entry…], etag=None, last_modified=None, title=None, kind=None) -> how many new
    feed_failed(store, id, when, why, next_due)                      status(store, when) -> [FeedStatus]

    entries_due(store, when, n) -> [Queued]                          add_entries(store, [Entry…], when) -> how many new
    entry_done(store, id, article_id=None)                           record(…, entry=id) says so itself
    entry_failed(store, id, when, stage, why, next_try=None)         entry_gone(store, id, when, stage, why)

    kept(store, digest) -> Kept | None                               holds(store, digest, url): are these bytes an article already?
    known_ends(store) -> {WARC file: where what is known of it ends} queued(store, entry_id) -> Queued | None
    unread(store, kept, entry_id, when, stage, why)                  a capture that gave no article, kept with its failure

    fail(store, stage, url, reason, when, outlet=None) -> id         failures(store, stage=None, outlet=None, resolved=False) -> [Trouble]
    retry(store, when, ids=None) -> how many entries are due again

    search(store, query, where="content", speaker=, outlet=, since=, until=, kind=, certainty=, limit=20, offset=0) -> [Hit]
    show(store, id or unique beginning of one) -> Shown              versions(store, url) -> [(Article, Edit | None)], oldest first
    verify(store, read_back: Kept -> bytes) -> problems              forget(store, article_id) -> [Kept] that nothing needs any more
    to_re_read(store, *ReaderInfo) -> (Kept, Article), lazily: record the new Reading of each with its Kept   read_by(store, article_id) -> name

A `Kept` says where a capture's bytes lie in a WARC file. Everything is one transaction; twice is once; a Store may be used
from several threads, and a record by several processes.
"""

from onrecord.store.database import Store, open_store
from onrecord.store.entries import add_entries, entries_due, entry_done, entry_failed, entry_gone, entry_id
from onrecord.store.failures import fail, failures, retry
from onrecord.store.feeds import add_feed, due, feed_failed, feed_fetched, feeds, status
from onrecord.store.follower import holds, kept, known_ends, queued, unread
from onrecord.store.forget import forget
from onrecord.store.record import record
from onrecord.store.reread import read_by, to_re_read
from onrecord.store.search import search
from onrecord.store.show import show
from onrecord.store.verify import verify
from onrecord.store.versions import versions

__all__ = [
    "Store",
    "add_entries",
    "add_feed",
    "due",
    "entries_due",
    "entry_done",
    "entry_failed",
    "entry_gone",
    "entry_id",
    "fail",
    "failures",
    "feed_failed",
    "feed_fetched",
    "feeds",
    "forget",
    "holds",
    "kept",
    "known_ends",
    "open_store",
    "queued",
    "read_by",
    "record",
    "retry",
    "search",
    "show",
    "status",
    "to_re_read",
    "unread",
    "verify",
    "versions",
]
