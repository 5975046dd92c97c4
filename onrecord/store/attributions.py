"""Rows of attributions: who is reported to have said what."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Name, as_json, numbers, table, words

TABLE = table(
    "attributions",
    "id reading n kind act source cue content speaker speaker_kind venue within negated certainty confidence "
    "source_at cue_at content_at addressee_at",
)


def rows(reading: Reading, row: int, name: Name, entities: dict[str, int]) -> list[tuple[object, ...]]:
    """A row for each attribution; `speaker` and `venue` are numbers of entities of the same reading, `within` of attributions."""
    text = reading.article.text
    own = numbers(a.id for a in reading.attributions)
    return [
        (
            name(a.id),
            row,
            n,
            a.kind,
            a.act,
            words(text, a.source),
            words(text, a.cue),
            words(text, a.content),
            entities.get(a.speaker or ""),
            a.speaker_kind,
            entities.get(a.venue or ""),
            own.get(a.within or ""),
            int(a.negated),
            a.certainty,
            a.confidence,
            as_json(a.source),
            as_json(a.cue),
            as_json(a.content),
            as_json(a.addressee),
        )
        for n, a in enumerate(reading.attributions)
    ]
