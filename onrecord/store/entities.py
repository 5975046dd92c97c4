"""Rows of entities: who acts, speaks or is spoken through."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Name, as_json, table

TABLE = table("entities", "reading n id name type role country mentions mentions_at")


def rows(reading: Reading, row: int, name: Name) -> list[tuple[object, ...]]:
    """A row for each entity."""
    return [
        (row, n, name(e.id), e.name, e.type, e.role, e.country, len(e.mentions), as_json(e.mentions))
        for n, e in enumerate(reading.entities)
    ]
