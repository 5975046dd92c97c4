"""Readings: what a reader, in one version, made of an article. A newer one is kept beside the older; the newest is current."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from onrecord.model import Article, Finding, Reading
from onrecord.store import attributions, conditions, dates, entities, events, figures, findings, places
from onrecord.store.database import Transaction
from onrecord.store.rows import encoder, frame, table
from onrecord.text import digest

TABLE = table("readings", "id article current reader version made_when input record")
INSERT = TABLE.insert + " ON CONFLICT DO NOTHING"
INSERT_BYTES = INSERT.replace("?)", "CAST(? AS TEXT))")  # for SQLite: JSON need not be decoded to be encoded again
PARTS: dict[str, Any] = {  # what has a table, as the Reading names it
    "attributions": attributions,
    "entities": entities,
    "events": events,
    "figures": figures,
    "dates": dates,
    "places": places,
    "conditions": conditions,
    "findings": findings,
}
LISTS = tuple(f for f in Reading.__struct_fields__ if f not in ("schema", "input", "reader", "article"))


def reading_id(reading: Reading) -> str:
    """A digest of the article and of the reader that read it, in its version."""
    reader = reading.reader
    return digest(reading.article.id, *((reader.name, reader.version) if reader else ()))


def known(transaction: Transaction, id: str, article: int) -> bool:
    """Whether the record has the reading of this id, of the article in this row."""
    sql = "SELECT 1 FROM readings WHERE article = ? AND id = ?"
    return transaction.one(sql, (article, id)) is not None


def insert(
    transaction: Transaction, reading: Reading, id: str, article: int, current: bool, made_when: str
) -> int | None:
    """Adds a reading and all its parts; its row, or None where it is in the record already."""
    reader, json = reading.reader, packed(reading)
    row = transaction.add(
        INSERT_BYTES if transaction.dialect == "sqlite" else INSERT,
        (
            id,
            article,
            int(current),
            reader.name if reader else None,
            reader.version if reader else None,
            made_when,
            reading.input,
            json if transaction.dialect == "sqlite" else json.decode(),
        ),
    )
    if row is not None:
        insert_parts(transaction, reading, row, id)
    return row


def insert_parts(transaction: Transaction, reading: Reading, row: int, id: str) -> None:
    """Adds the rows of a reading's parts."""
    places_of = frame(reading, row, id, transaction.null)
    for part, noun in PARTS.items():
        if getattr(reading, part):
            transaction.many(noun.TABLE.insert, noun.rows(reading, places_of))


def packed(reading: Reading) -> bytes:
    """The Reading as JSON without its article, which the articles table holds: a text is stored once."""
    return encoder.encode({part: found for part in LISTS if (found := getattr(reading, part))})


def unpacked(record: str, article: Article, input: str, reader: str | None, version: str | None) -> Reading:
    """The Reading as it was recorded."""
    info = {"name": reader, "version": version} if reader is not None else None
    bare = {"input": input, "reader": info, "article": msgspec.to_builtins(article)}
    return msgspec.convert(bare | msgspec.json.decode(record), Reading)


def part_id(reading: str, record: str, part: str, n: int) -> str:
    """The whole id of the n-th part of a kind, from the reading's id and JSON. Dates and findings bear no label: it is their number."""
    label = msgspec.json.decode(record)[part][n].get("id", f"{part[:-1]} {n}")
    return digest(reading, label)


def with_finding(reading: Reading, finding: Finding) -> Reading:
    """The reading with one more finding, once."""
    return reading if finding in reading.findings else replace(reading, findings=(*reading.findings, finding))
