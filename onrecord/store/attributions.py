"""Rows of attributions: who is reported to have said what."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Reading
from onrecord.store.database import Transaction
from onrecord.store.rows import Frame, as_json, table, words

TABLE = table(
    "attributions",
    "row id reading kind act source cue content speaker speaker_kind venue within negated certainty confidence "
    "source_at cue_at content_at addressee_at",
)


def new_rows(transaction: Transaction, n: int) -> Sequence[int]:
    """Rows for n attributions, one after the other as far as may be: so they take little room in the search index."""
    if not n:
        return ()
    if transaction.dialect == "sqlite":  # there is one writer at a time
        first: int = transaction.value("SELECT coalesce(max(row), 0) + 1 FROM attributions")
        return range(first, first + n)
    found = transaction.all("SELECT nextval('attributions_row_seq') FROM generate_series(1, ?)", (n,))
    return [row for (row,) in found]


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each attribution."""
    text = reading.article.text
    return [
        (
            row,
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
            as_json(a.source),
            as_json(a.cue),
            as_json(a.content),
            as_json(a.addressee),
        )
        for a, row in zip(reading.attributions, frame.sayings, strict=True)
    ]
