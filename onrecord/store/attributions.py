"""Rows of attributions: who is reported to have said what."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, spans_json, table, words

TABLE = table(
    "attributions",
    "row id reading kind act source cue content speaker speaker_kind venue within negated certainty confidence "
    "source_at cue_at content_at addressee_at",
)


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each attribution."""
    text = reading.article.text
    return [
        (
            n,
            frame.name(a.id),
            frame.reading,
            a.kind,
            a.act,
            words(text, a.source),
            words(text, a.cue),
            words(text, a.content),
            frame.entities.get(a.speaker or ""),
            a.speaker_kind,
            frame.entities.get(a.venue or ""),
            frame.attributions.get(a.within or ""),
            int(a.negated),
            a.certainty,
            a.confidence,
            spans_json(a.source),
            spans_json(a.cue),
            spans_json(a.content),
            spans_json(a.addressee),
        )
        for n, a in enumerate(reading.attributions, frame.first)
    ]
