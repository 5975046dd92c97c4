"""Readings: what a reader, in one version, made of an article. A newer one is kept beside the older; the newest is current."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from onrecord.model import Article, Finding, Reading
from onrecord.store import attributions, conditions, dates, entities, events, figures, findings, places
from onrecord.store.database import Transaction
from onrecord.store.rows import as_json, namer, numbers, table
from onrecord.text import digest

TABLE = table("readings", "id article current reader version made_when input record")
INSERT = TABLE.insert + " ON CONFLICT (id) DO NOTHING RETURNING row"
PARTS = ("attributions", "entities", "events", "figures", "dates", "places", "conditions", "findings")


def reading_id(reading: Reading) -> str:
    """A digest of the article and of the reader that read it, in its version."""
    reader = reading.reader
    return digest(reading.article.id, *((reader.name, reader.version) if reader else ()))


def insert(transaction: Transaction, reading: Reading, article: int, current: bool, made_when: str) -> int | None:
    """Adds a reading and all its parts; its row, or None where it is in the record already."""
    reader = reading.reader
    name = reading_id(reading)
    row: int | None = transaction.value(
        INSERT,
        (
            name,
            article,
            int(current),
            reader.name if reader else None,
            reader.version if reader else None,
            made_when,
            reading.input,
            packed(reading),
        ),
    )
    if row is not None:
        insert_parts(transaction, reading, row, name)
    return row


def insert_parts(transaction: Transaction, reading: Reading, row: int, id: str) -> None:
    """Adds the rows of a reading's parts."""
    name = namer(id)
    people, sayings = numbers(e.id for e in reading.entities), numbers(a.id for a in reading.attributions)
    many = transaction.many
    many(attributions.TABLE.insert, attributions.rows(reading, row, name, people))
    many(entities.TABLE.insert, entities.rows(reading, row, name))
    many(events.TABLE.insert, events.rows(reading, row, name, people, sayings))
    many(figures.TABLE.insert, figures.rows(reading, row, name, sayings))
    many(dates.TABLE.insert, dates.rows(reading, row, name))
    many(places.TABLE.insert, places.rows(reading, row, name))
    many(conditions.TABLE.insert, conditions.rows(reading, row, name, sayings))
    many(findings.TABLE.insert, findings.rows(reading, row, name))


def packed(reading: Reading) -> str:
    """The Reading as JSON without its article, which the articles table holds: a text is stored once."""
    return as_json({part: getattr(reading, part) for part in PARTS if getattr(reading, part)})


def unpacked(record: str, article: Article, input: str, reader: str | None, version: str | None) -> Reading:
    """The Reading as it was recorded."""
    info = {"name": reader, "version": version} if reader is not None else None
    bare = {"input": input, "reader": info, "article": msgspec.to_builtins(article)}
    return msgspec.convert(bare | msgspec.json.decode(record), Reading)


def with_finding(reading: Reading, finding: Finding) -> Reading:
    """The reading with one more finding, once."""
    return reading if finding in reading.findings else replace(reading, findings=(*reading.findings, finding))
