"""Rows of conditions: what would have to happen for something to follow."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table, words

TABLE = table(
    "conditions",
    "row reading id kind marker if_words then_words attribution",
)


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each condition."""
    text = reading.article.text
    return [
        (
            n,
            frame.reading,
            frame.name(c.id),
            c.kind,
            words(text, c.marker),
            words(text, c.if_),
            words(text, c.then),
            frame.attributions.get(c.attribution or "", frame.null),
        )
        for n, c in enumerate(reading.conditions, frame.first)
    ]
