"""Verifying the record: is every promise that it makes still true? In this order:

1. the database itself, and rows that refer to what is not there;
2. captures: their bytes are there and hash to their digest;
3. articles: their id is the digest of their text and address; one reading is current;
4. readings: their id fits, every span slices to words, and the rows of their parts are what recording them anew would give;
5. edits: their spans lie in both texts;
6. the search index holds just what the tables do;
7. what many articles say together refers to what is there: see `verify_known`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import msgspec

from onrecord.model import Article, Edit, Kept, Problem, Reading, first_orphan
from onrecord.resolve.edits import holds
from onrecord.store import articles, captures, index, readings
from onrecord.store.database import Row, Store, Transaction
from onrecord.store.rows import BITS, frame, part_of
from onrecord.store.show import NOUNS, reading_in
from onrecord.store.verify_known import verify_known
from onrecord.text import digest, digest_of_bytes

ReadBack = Callable[[Kept], bytes]
PAGE = 200
WORDS = {"attribution_words": "attribution_index", "article_words": "article_index"}


def verify(store: Store, read_back: ReadBack) -> Iterator[Problem]:
    """What is amiss in the record; nothing where all is well. `read_back` gives the bytes of a capture, or raises."""
    index.up_to_date(store)
    yield from verify_database(store)
    for kept in all_captures(store):
        yield from verify_capture(kept, read_back)
    yield from verify_articles(store)
    yield from verify_edits(store)
    yield from verify_index(store)
    yield from verify_known(store)


def verify_database(store: Store) -> Iterator[Problem]:
    """Step 1."""
    with store.reading() as transaction:
        if store.dialect == "sqlite":
            for (said,) in transaction.all("PRAGMA quick_check(20)"):
                if said != "ok":
                    yield Problem(noun="database", id=store.name, what=said)
            for table, row, parent, _ in transaction.all("PRAGMA foreign_key_check"):
                yield Problem(noun=table, id=str(row), what=f"row {row} refers to a row of {parent} that is not there")
        for table, (noun, _) in NOUNS.items():
            sql = f"SELECT t.id FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.row = (t.row >> {BITS}))"
            for (id,) in transaction.all(sql):
                yield Problem(noun=noun, id=id, what="its reading is not there")


def pages(store: Store, sql: str) -> Iterator[Row]:
    """The rows of a query whose first column is a row number, some at a time; `sql` ends before the condition on that column."""
    last = 0
    while True:
        with store.reading() as transaction:
            rows = transaction.all(f"{sql} > ? ORDER BY 1 LIMIT {PAGE}", (last,))
        yield from rows
        if len(rows) < PAGE:
            return
        last = rows[-1][0]


def all_captures(store: Store) -> Iterator[Kept]:
    """Every capture."""
    for row in pages(store, f"SELECT row, {captures.COLUMNS} FROM captures WHERE row"):
        yield captures.kept_of(row[1:])


def verify_capture(kept: Kept, read_back: ReadBack) -> Iterator[Problem]:
    """Step 2, for one capture."""
    try:
        body = read_back(kept)
    except Exception as error:  # whatever keeps the bytes from being read, they cannot be shown
        yield Problem(noun="capture", id=kept.digest, what=f"its bytes cannot be read: {error}")
        return
    if digest_of_bytes(body) != kept.digest:
        yield Problem(noun="capture", id=kept.digest, what=f"its bytes hash to {digest_of_bytes(body)}")
    elif len(body) != kept.size:
        yield Problem(noun="capture", id=kept.digest, what=f"it has {len(body)} bytes, and {kept.size} were recorded")


def verify_articles(store: Store) -> Iterator[Problem]:
    """Steps 3 and 4."""
    for row in pages(store, articles.WHOLE.replace("SELECT ", "SELECT a.row, ", 1) + " WHERE a.row"):
        with store.reading() as transaction:
            found = list(verify_article(transaction, row[0], articles.article_of(row[1:])))
        yield from found


def verify_article(transaction: Transaction, row: int, article: Article) -> Iterator[Problem]:
    """Steps 3 and 4, for one article."""
    if article.id != digest(article.text, article.url or ""):
        yield Problem(noun="article", id=article.id, what="its id is not the digest of its text and address")
    made = transaction.all("SELECT row, id, current FROM readings WHERE article = ?", (row,))
    if sum(current for _, _, current in made) != 1:
        yield Problem(noun="article", id=article.id, what="not just one of its readings is current")
    for number, id, _ in made:
        try:
            reading = reading_in(transaction, number, article)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            yield Problem(noun="reading", id=id, what=f"it cannot be decoded: {error}")
            continue
        yield from verify_reading(transaction, number, id, reading)


def verify_reading(transaction: Transaction, row: int, id: str, reading: Reading) -> Iterator[Problem]:
    """Step 4, for one reading."""
    if id != readings.reading_id(reading):
        yield Problem(noun="reading", id=id, what="its id is not the digest of its article and reader")
    if orphan := first_orphan(reading):
        yield Problem(noun="reading", id=id, what=f"the span {list(orphan)} does not lie in its article's text")
        return
    expected = frame(reading, row, id)
    for table, noun in readings.PARTS.items():
        sql = f"SELECT {', '.join(noun.TABLE.columns)} FROM {table} WHERE {part_of(row)} ORDER BY row"
        if transaction.all(sql) != noun.rows(reading, expected):
            yield Problem(noun="reading", id=id, what=f"its rows in {table} are not those of the reading")


def verify_edits(store: Store) -> Iterator[Problem]:
    """Step 5."""
    sql = "SELECT x.row, x.id, x.record, o.text, n.text FROM edits x JOIN articles o ON o.row = x.old JOIN articles n ON n.row = x.new"
    for _, id, record, old, new in pages(store, f"{sql} WHERE x.row"):
        if not holds(msgspec.json.decode(record, type=Edit), old, new):
            yield Problem(noun="edit", id=id, what="its spans do not lie in the two texts")


def verify_index(store: Store) -> Iterator[Problem]:
    """Step 6."""
    if store.dialect == "postgresql":
        yield from verify_index_postgresql(store)
        return
    for table in (*WORDS, "id_words"):
        with store.writing() as transaction:
            sound = is_sound(transaction, table)
        if not sound:
            yield Problem(noun="index", id=table, what="the search index does not hold what the tables do")
    with store.reading() as transaction:
        for row, id in transaction.all("SELECT row, id FROM readings"):
            found = transaction.all("SELECT rowid FROM id_words WHERE id_words MATCH ?", (f'"{id[: index.ID]}"',))
            if (row,) not in found:
                yield Problem(noun="index", id=id, what="the index of ids lacks this reading")


def is_sound(transaction: Transaction, table: str) -> bool:
    """What FTS5 itself says when it compares its index with its content; it does so by an error."""
    try:
        transaction.run(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error):
            raise
        return False
    return True


def verify_index_postgresql(store: Store) -> Iterator[Problem]:
    """The same on PostgreSQL, by the rows that are there."""
    with store.reading() as transaction:
        for words, source in WORDS.items():
            sql = f"SELECT count(*) FROM {source} s FULL JOIN {words} w ON w.row = s.row WHERE s.row IS NULL OR w.row IS NULL"
            if transaction.value(sql):
                yield Problem(noun="index", id=words, what="the search index does not hold what the tables do")
