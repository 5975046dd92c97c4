"""Rows of attributions: who is reported to have said what."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table, words

TABLE = table(
    "attributions",
    "row id reading kind act source cue content speaker speaker_kind venue within negated certainty confidence",
)


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each attribution."""
    text, name, entities, null = reading.article.text, frame.name, frame.entities.get, frame.null
    return [
        (
            n,
            name(a.id),
            frame.reading,
            a.kind,
            a.act,
            words(text, a.source),
            words(text, a.cue),
            words(text, a.content),
            entities(a.speaker or "", null),
            null if a.speaker_kind is None else a.speaker_kind,
            entities(a.venue or "", null),
            frame.attributions.get(a.within or "", null),
            1 if a.negated else 0,
            a.certainty,
            a.confidence,
        )
        for n, a in enumerate(reading.attributions, frame.first)
    ]
