"""Recording a Reading, in one transaction. The order matters:

1. the capture, the outlet and the article are added, or found: twice is once;
2. the article is compared with the version of the same page before it, as a silent edit becomes a finding of the reading;
3. the reading and its parts are added; a current one that is older steps back;
4. the entry is done, and failures of the address are resolved;
5. the search index is brought up to date once enough readings wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from onrecord.errors import InputError
from onrecord.model import Edit, Kept, Reading, Recorded
from onrecord.resolve.edits import finding
from onrecord.store import articles, captures, edits, entries, index, readings
from onrecord.store.clock import now
from onrecord.store.database import Store, Transaction
from onrecord.store.failures import resolve, resolve_entry

NO_CHARACTERS = "the article holds characters that are none (NUL or half a surrogate pair)"


class Written(Struct):
    """What one transaction wrote: made known to the store when it is safe."""

    reading: str  # its id
    article: int
    new: bool
    edit: Edit | None = None
    waiting: bool = False  # a reading waits for the index
    indexed: bool = False
    outlet: int | None = None


def record(
    store: Store,
    kept: Kept,
    reading: Reading,
    *,
    feed: str | None = None,
    entry: str | None = None,
    when: str | None = None,
    next_visit: str | None = None,
) -> Recorded:
    """Keeps a reading, its article and where its bytes lie, in one transaction. Doing it twice is doing it once.

    `feed` and `entry` are the ids of what led to it; `when` is the moment, by default now; the entry's page is
    looked at again at `next_visit`, if that is given. A reading without reader is
    kept too; a later one of the same article adds to it. Raises InputError for a text that no database holds, SetupError
    where the database is in trouble.
    """
    check(kept, reading)
    when = when or now()
    with whole_characters(), store.writing() as transaction:
        written = write(store, transaction, kept, reading, feed, when)
        finish(transaction, written.article, reading, entry, when, next_visit)
        written.indexed = written.waiting and store.unindexed + 1 >= index.BATCH
        if written.indexed:
            index.catch_up(transaction)
    remember(store, reading, written)
    return Recorded(article=reading.article.id, reading=written.reading, new=written.new, edit=written.edit)


@contextmanager
def whole_characters() -> Iterator[None]:
    """Turns the refusal of half a surrogate pair into an InputError."""
    try:
        yield
    except UnicodeEncodeError:
        raise InputError(NO_CHARACTERS) from None


def check(kept: Kept, reading: Reading) -> None:
    """Refuses what cannot be kept. Raises InputError."""
    if kept.digest != reading.article.capture:
        raise InputError(f"the article was made of {reading.article.capture}, not of {kept.digest}")
    article = reading.article
    if any("\0" in words for words in (article.text, article.title or "", *article.byline)):
        raise InputError(NO_CHARACTERS)


def write(store: Store, transaction: Transaction, kept: Kept, reading: Reading, feed: str | None, when: str) -> Written:
    """Steps 1 to 3."""
    article = reading.article
    capture, fresh = captures.keep(transaction, kept)
    known = None if fresh else articles.row_of(transaction, article.id)  # other bytes: hardly ever a known article
    outlet = None if known else articles.outlet_row(store, transaction, article.outlet)
    first_seen = kept.fetched or when
    row = known or articles.insert(
        transaction, article, capture, outlet, articles.feed_row(transaction, feed), first_seen
    )
    written = Written(
        reading=readings.reading_id(reading),
        article=row or articles.row_of(transaction, article.id),
        new=bool(row) and not known,
        outlet=outlet,
    )
    if written.new:
        written.edit = edits.find(transaction, article, written.article, first_seen)
    elif fresh:
        transaction.run("INSERT INTO sightings (article, capture) VALUES (?, ?)", (written.article, capture))
    written.waiting = add_reading(transaction, reading, written, when)
    return written


def add_reading(transaction: Transaction, reading: Reading, written: Written, when: str) -> bool:
    """Step 3; whether there was anything to add. A reading without reader never takes the place of one with a reader."""
    before = None
    if not written.new:
        if readings.known(transaction, written.reading, written.article):
            return False
        before = transaction.one(
            "SELECT row, reader FROM readings WHERE article = ? AND current = 1", (written.article,)
        )
    current = before is None or before[1] is None or reading.reader is not None
    silent = (
        finding(written.edit)
        if written.edit
        else None
        if written.new
        else edits.finding_of(transaction, written.article)
    )
    if silent:
        reading = readings.with_finding(reading, silent)
    if before and current:
        index.take_out(transaction, before[0])
        transaction.run("UPDATE readings SET current = 0 WHERE row = ?", (before[0],))
    row = readings.insert(transaction, reading, written.reading, written.article, current, when)
    if row is not None:
        index.wait(transaction, row, written.article if written.new else None)
    return row is not None


def finish(
    transaction: Transaction, article: int, reading: Reading, entry: str | None, when: str, next_visit: str | None
) -> None:
    """Step 4."""
    if entry:
        entries.settle(transaction, entry, "done", next_try=next_visit, article=article)
        resolve_entry(transaction, entry, when)
    for url in {reading.article.url, reading.article.canonical_url} - {None} or {reading.article.capture}:
        resolve(transaction, str(url), when)


def remember(store: Store, reading: Reading, written: Written) -> None:
    """Notes in the store what the transaction has made true."""
    outlet = reading.article.outlet
    if outlet and written.outlet is not None:
        store.outlets[outlet.domain or "", outlet.name or ""] = written.outlet
    store.unindexed = 0 if written.indexed else store.unindexed + written.waiting
