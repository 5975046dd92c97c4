"""Any record, walked back: record → exact words → reading → article → capture."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.model import Article, Kept, Reading, Shown
from onrecord.store import articles, captures, index, readings
from onrecord.store.database import Store, Transaction
from onrecord.store.rows import PART_ID, part_of, place_of
from onrecord.text import Spans, words_of

SHORTEST = 8  # characters of an id
HEX = frozenset("0123456789abcdef")
NOUNS = {  # table: (noun, its spans)
    "attributions": ("attribution", ("source", "cue", "content")),
    "entities": ("entity", ("mentions",)),
    "events": ("event", ("anchor",)),
    "figures": ("figure", ("span",)),
    "dates": ("date", ("span",)),
    "places": ("place", ("span",)),
    "conditions": ("condition", ("marker", "if", "then")),
    "findings": ("finding", ("spans",)),
}
Found = tuple[str, str, int]  # table, id, row


def show(store: Store, id: str) -> Shown:
    """The record of this id, or of the only one that begins so: 8 characters are enough. Raises InputError for none or several."""
    index.up_to_date(store)
    wanted = id.lower().removeprefix("sha256:").strip()
    if len(wanted) < SHORTEST or not set(wanted) <= HEX:
        raise InputError(f"{id!r} is no id: give at least {SHORTEST} of its characters, 0-9 and a-f")
    with store.reading() as transaction:
        found = [*whole(transaction, wanted), *parts(transaction, wanted)]
        if not found:
            raise InputError(f"nothing in the record has an id that begins with {wanted}")
        if len(found) > 1:
            listed = ", ".join(f"{id[:16]} ({table})" for table, id, _ in found[:5])
            raise InputError(f"{len(found)} records have an id that begins with {wanted}: {listed}; give more of it")
        return shown(transaction, found[0])


def whole(transaction: Transaction, id: str) -> list[Found]:
    """The articles and captures whose id begins so. No hex digit comes after f, so g ends them."""
    names = {"articles": ("id", ""), "captures": ("digest", "sha256:")}
    return [
        (table, found, row)
        for table, (column, before) in names.items()
        for found, row in transaction.all(
            f"SELECT {column}, row FROM {table} WHERE {column} >= ? AND {column} < ? LIMIT 20",
            (before + id, before + id + "g"),
        )
    ]


def parts(transaction: Transaction, id: str) -> list[Found]:
    """The readings, and the records within readings, whose id begins so."""
    if transaction.dialect == "postgresql":
        return [found for table in (*NOUNS, "readings") for found in beginning(transaction, table, id, "")]
    query = f'"{id[: index.ID]}"' + ("" if len(id) >= index.ID else "*")
    rows = transaction.all("SELECT rowid FROM id_words WHERE id_words MATCH ? LIMIT 100", (query,))
    return [found for (row,) in rows for found in within(transaction, row, id)]


def whole_id(transaction: Transaction, table: str, row: int) -> str:
    """The id of a part, of which its row holds the beginning."""
    reading, n = place_of(row)
    columns = transaction.one("SELECT id, record FROM readings WHERE row = ?", (reading,))
    assert columns is not None
    return readings.part_id(columns[0], columns[1], table, n)


def within(transaction: Transaction, reading: int, id: str) -> list[Found]:
    """The same within one reading."""
    found = beginning(transaction, "readings", id, f" AND row = {reading}")
    for table in NOUNS:
        found += beginning(transaction, table, id, f" AND {part_of(reading)}")
    return found


def beginning(transaction: Transaction, table: str, id: str, condition: str) -> list[Found]:
    """The rows of a table whose id begins so."""
    sql = f"SELECT id, row FROM {table} WHERE id >= ? AND id < ?{condition} LIMIT 20"
    if table == "readings":
        return [(table, found, row) for found, row in transaction.all(sql, (id, id + "g"))]
    rows = transaction.all(sql, (id[:PART_ID], id[:PART_ID] + "g"))
    found = [(table, whole_id(transaction, table, row), row) for _, row in rows]
    return [part for part in found if part[1].startswith(id)]


def shown(transaction: Transaction, found: Found) -> Shown:
    """What is shown of a record."""
    table, id, row = found
    if table == "captures":
        return show_capture(transaction, id, row)
    if table == "articles":
        article, kept = article_and_captures(transaction, row)
        return Shown(id=id, noun="article", record=builtins(article), article=article, captures=kept)
    return show_part(transaction, row if table == "readings" else place_of(row)[0], found)


def show_capture(transaction: Transaction, id: str, row: int) -> Shown:
    """A capture, and the article that was made of it first, if any."""
    kept = captures.kept_of(transaction.one(f"SELECT {captures.COLUMNS} FROM captures WHERE row = ?", (row,)) or ())
    of = transaction.value(
        "SELECT min(row) FROM (SELECT row FROM articles WHERE capture = ? UNION ALL SELECT article FROM sightings WHERE capture = ?) AS found",
        (row, row),
    )
    article = article_and_captures(transaction, of)[0] if of else None
    return Shown(id=id, noun="capture", record=builtins(kept), article=article, captures=(kept,))


def show_part(transaction: Transaction, row: int, found: Found) -> Shown:
    """A reading, or a record within it."""
    table, id, part = found
    reading_id, article_row = transaction.one("SELECT id, article FROM readings WHERE row = ?", (row,)) or ()
    article, kept = article_and_captures(transaction, article_row)
    reading = reading_in(transaction, row, article)
    noun, record, spans = "reading", builtins(reading), Spans()
    if table != "readings":
        noun, names = NOUNS[table]
        record = builtins(getattr(reading, table)[place_of(part)[1]])
        spans = spans_of(record, names)
    return Shown(id=id, noun=noun, record=record, spans=spans, words=words_of(article.text, spans) if spans else None,
                 reading=reading_id, reader=reading.reader, article=article, captures=kept)  # fmt: skip


def reading_in(transaction: Transaction, row: int, article: Article) -> Reading:
    """The Reading in this row, as it was recorded."""
    columns = transaction.one("SELECT record, input, reader, version FROM readings WHERE row = ?", (row,))
    assert columns is not None
    return readings.unpacked(columns[0], article, *columns[1:])


def article_and_captures(transaction: Transaction, row: int) -> tuple[Article, tuple[Kept, ...]]:
    """The article in this row, and the captures that showed it, the one it was made of first."""
    found = transaction.one(articles.WHOLE + " WHERE a.row = ?", (row,))
    assert found is not None
    return articles.article_of(found), tuple(captures.of_article(transaction, row))


def spans_of(record: dict[str, Any], names: tuple[str, ...]) -> Spans:
    """The spans under these names, in the order of the text."""
    found = [record[name] for name in names]
    pairs = [value for value in found if value and isinstance(value[0], int)]
    pairs += [span for value in found for span in value if not isinstance(span, int)]
    return tuple(sorted((span[0], span[1]) for span in pairs))


def builtins(noun: object) -> dict[str, Any]:
    """A noun as plain values."""
    plain: dict[str, Any] = msgspec.to_builtins(noun)
    return plain
