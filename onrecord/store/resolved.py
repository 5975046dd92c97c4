"""What became of each reading when it was set beside the others: its story, what it copies, its origins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from onrecord.knowledge import Copy, Origin
from onrecord.model import Reading
from onrecord.resolve import copies as prints_of
from onrecord.resolve.copies import Prints
from onrecord.resolve.stories import Features
from onrecord.store import articles
from onrecord.store.database import Transaction
from onrecord.store.keys import LONGEST
from onrecord.store.readings import unpacked
from onrecord.store.rows import as_json, chunks, table

TABLE = table(
    "resolved",
    "article reading moment story copy_of copy_kind copied_share origin origins credits prints features",
)
AGAIN = -1  # in place of the reading of an article that waits to be resolved again
WAITING = (
    "SELECT r.row, r.article FROM readings r JOIN articles a ON a.row = r.article LEFT JOIN resolved d ON d.reading = r.row "
    "WHERE r.current = 1 AND r.reader IS NOT NULL AND d.reading IS NULL ORDER BY coalesce(a.published, a.first_seen), r.row LIMIT ?"
)
READ = (
    "SELECT r.record, r.input, r.reader, r.version, a.first_seen FROM readings r JOIN articles a ON a.row = r.article "
    "WHERE r.row = ?"
)


class Waiting(NamedTuple):
    """A reading that is to be resolved."""

    row: int
    article: int
    first_seen: str
    reading: Reading


class Row(NamedTuple):
    """What the record keeps of a resolved article; JSON and BLOB columns as they are written."""

    article: int
    reading: int
    moment: str
    story: int | None
    copy_of: int | None
    copy_kind: str | None
    copied_share: float | None
    origin: str
    origins: str
    credits: str
    prints: bytes
    features: str


def waiting(transaction: Transaction, limit: int) -> list[tuple[int, int]]:
    """Readings that nothing was made of yet, by their rows and their articles', those published first before the others."""
    return [(reading, article) for reading, article in transaction.all(WAITING, (limit,))]


def how_many_wait(transaction: Transaction) -> int:
    """How many readings nothing was made of yet."""
    sql = "SELECT count(*) FROM readings r WHERE r.current = 1 AND r.reader IS NOT NULL AND NOT EXISTS (SELECT 1 FROM resolved d WHERE d.reading = r.row)"
    return int(transaction.value(sql))


def take_turns(transaction: Transaction) -> None:
    """Waits until no other process sets articles beside each other, and keeps the turn to the end of the transaction. On SQLite any writer is alone."""
    if transaction.dialect == "postgresql":
        transaction.run("SELECT pg_advisory_xact_lock(7219036)")


def waits(transaction: Transaction, reading: int) -> bool:
    """Whether a reading is current and still waits; another process may have taken it."""
    sql = "SELECT 1 FROM readings r WHERE r.row = ? AND r.current = 1 AND NOT EXISTS (SELECT 1 FROM resolved d WHERE d.reading = r.row)"
    return transaction.one(sql, (reading,)) is not None


def load(transaction: Transaction, reading: int, article: int) -> Waiting:
    """A reading with its article, by their rows."""
    whole = transaction.one(f"{articles.WHOLE} WHERE a.row = ?", (article,))
    row = transaction.one(READ, (reading,))
    assert whole and row
    return Waiting(reading, article, row[4], unpacked(row[0], articles.article_of(whole), *row[1:4]))


def of_article(transaction: Transaction, article: int) -> Row | None:
    """What an article was resolved to, or None."""
    row = transaction.one(f"SELECT {', '.join(TABLE.columns)} FROM resolved WHERE article = ?", (article,))
    return Row(*row) if row else None


def features_of(row: Row) -> Features:
    """What tells the story of an article by."""
    return msgspec.json.decode(row.features, type=Features)


def write(transaction: Transaction, row: Row) -> None:
    """Keeps what an article was resolved to, in place of what was kept before."""
    transaction.run("DELETE FROM resolved WHERE article = ?", (row.article,))
    transaction.run(TABLE.insert, row)


def copies(
    transaction: Transaction, keys: Sequence[int], article: int, limit: int
) -> list[tuple[int, str, str, int | None, bytes, str]]:
    """The articles that share most of these keys: their rows, ids, moments, outlets, prints and credits."""
    marks = ", ".join("?" * len(keys))
    nominated = (
        f"SELECT article, count(*) AS shared FROM copy_keys WHERE key IN ({marks}) AND article <> ? "
        f"GROUP BY article ORDER BY shared DESC, article LIMIT {limit}"
    )
    sql = f"SELECT n.article, a.id, d.moment, a.outlet, d.prints, d.credits FROM ({nominated}) AS n JOIN articles a ON a.row = n.article JOIN resolved d ON d.article = n.article"
    return [(row, id, moment, outlet, bytes(prints), credits) for row, id, moment, outlet, prints, credits in transaction.all(sql, (*keys, article))] if keys else []  # fmt: skip


def add_copy_keys(transaction: Transaction, article: int, keys: Sequence[int]) -> None:
    """Makes an article findable as the original, or as a copy, of others."""
    transaction.many(
        "INSERT INTO copy_keys (key, article) VALUES (?, ?)", [(key, article) for key in sorted(set(keys))]
    )


def drop(transaction: Transaction, row: Row) -> None:
    """Takes out what an article was resolved to, with what found it as an original or a copy."""
    keys = prints_of.keys(Prints.unpack(bytes(row.prints)))
    transaction.many("DELETE FROM copy_keys WHERE key = ? AND article = ?", [(key, row.article) for key in keys])
    transaction.run("DELETE FROM resolved WHERE article = ?", (row.article,))


def wait_again(transaction: Transaction, article: int) -> None:
    """Lets an article be resolved again, as a copy of nothing; it stays in its story."""
    sql = "UPDATE resolved SET reading = ?, copy_of = NULL, copy_kind = NULL, copied_share = NULL WHERE article = ?"
    transaction.run(sql, (AGAIN, article))


def set_copy(transaction: Transaction, article: int, of: int, copy: Copy) -> None:
    """Notes that an article, resolved before, carries the text of another that came to light only now."""
    sql = "UPDATE resolved SET copy_of = ?, copy_kind = ?, copied_share = ? WHERE article = ?"
    transaction.run(sql, (of, copy.kind, copy.share, article))


def set_origins(transaction: Transaction, article: int, found: dict[str, Origin]) -> None:
    """Writes the origins of an article anew."""
    ids = as_json({label: origin.id for label, origin in found.items()})
    transaction.run("UPDATE resolved SET origin = ?, origins = ? WHERE article = ?", (found[""].id, ids, article))


def add_origins(transaction: Transaction, found: dict[str, Origin]) -> None:
    """Keeps origins, each once."""
    sql = "INSERT INTO origins (id, kind, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    transaction.many(sql, [(o.id, o.kind, o.name) for o in {o.id: o for o in found.values()}.values()])


def origin(transaction: Transaction, id: str) -> Origin:
    """An origin by its id."""
    row = transaction.one("SELECT kind, name FROM origins WHERE id = ?", (id,))
    assert row
    return msgspec.convert({"id": id, "kind": row[0], "name": row[1]}, Origin)


def counts(transaction: Transaction, terms: Sequence[str]) -> dict[str, int]:
    """In how many stories each of these terms stands; a term that stands in none may be left out."""
    found: dict[str, int] = {}
    for part in chunks(terms):
        sql = f"SELECT term, articles FROM terms WHERE term IN ({', '.join('?' * len(part))})"
        found |= dict(transaction.all(sql, part))
    return found


def recount(transaction: Transaction, gone: Iterable[str], come: Iterable[str]) -> None:
    """Counts a story no longer among those in which some terms stand, and among those of others; one longer than a key may be is no word."""
    less = "UPDATE terms SET articles = articles - 1 WHERE term = ? AND articles > 0"
    more = "INSERT INTO terms (term, articles) VALUES (?, 1) ON CONFLICT (term) DO UPDATE SET articles = terms.articles + 1"
    for sql, terms in ((less, gone), (more, come)):
        transaction.many(sql, [(term,) for term in sorted(terms) if len(term) <= LONGEST])
