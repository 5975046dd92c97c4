"""Rows of events: what is reported to have happened."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Name, as_json, numbers, table, words

TABLE = table(
    "events",
    "reading n id type mode status anchor actors recipients date date_precision place attribution anchor_at",
)


def rows(
    reading: Reading, row: int, name: Name, entities: dict[str, int], attributions: dict[str, int]
) -> list[tuple[object, ...]]:
    """A row for each event; `actors` and `recipients` are the names of entities, as JSON."""
    text = reading.article.text
    places = numbers(p.id for p in reading.places)

    def called(labels: tuple[str, ...]) -> str:
        return as_json([reading.entities[entities[label]].name for label in labels if label in entities])

    return [
        (
            row,
            n,
            name(e.id),
            e.type,
            e.mode,
            e.status,
            words(text, e.anchor),
            called(e.actors),
            called(e.recipients),
            e.date.value if e.date else None,
            e.date.precision if e.date else None,
            places.get(e.place or ""),
            attributions.get(e.attribution or ""),
            as_json(e.anchor),
        )
        for n, e in enumerate(reading.events)
    ]
