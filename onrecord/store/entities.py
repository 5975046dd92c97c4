"""Rows of entities: who acts, speaks or is spoken through."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table

TABLE = table("entities", "row reading id name type role country mentions")


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each entity."""
    null = frame.null
    return [
        (
            n,
            frame.reading,
            frame.name(e.id),
            e.name,
            e.type,
            null if e.role is None else e.role,
            null if e.country is None else e.country,
            len(e.mentions),
        )
        for n, e in enumerate(reading.entities, frame.first)
    ]
