"""Rows of findings: what a careful editor would flag."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table, words

TABLE = table("findings", "row reading id kind words note")


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each finding. Findings bear no label in a Reading; their id is made of their number."""
    text = reading.article.text
    return [
        (
            n,
            frame.reading,
            frame.name(f"finding {n - frame.first}"),
            f.kind,
            words(text, f.spans),
            f.note,
        )
        for n, f in enumerate(reading.findings, frame.first)
    ]
