"""Rows of events: what is reported to have happened."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, as_json, table, words

TABLE = table(
    "events",
    "row reading id type mode status anchor actors recipients date date_precision place attribution",
)


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each event; `actors` and `recipients` are the names of entities, as JSON."""
    text, null = reading.article.text, frame.null
    known = {e.id: e.name for e in reading.entities}

    def called(labels: tuple[str, ...]) -> str:
        return as_json([known[label] for label in labels if label in known])

    return [
        (
            n,
            frame.reading,
            frame.name(e.id),
            e.type,
            null if e.mode is None else e.mode,
            e.status,
            words(text, e.anchor),
            called(e.actors),
            called(e.recipients),
            e.date.value if e.date else null,
            e.date.precision if e.date else null,
            frame.places.get(e.place or "", null),
            frame.attributions.get(e.attribution or "", null),
        )
        for n, e in enumerate(reading.events, frame.first)
    ]
