"""Rows of figures: numbers put on record."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table, words

TABLE = table(
    "figures",
    "row reading id words value low high comparator unit of_what event status attribution",
)


def real(value: float | int) -> float | None:
    """A number as the column holds it; the reading's own JSON keeps integers exact."""
    try:
        return float(value)
    except OverflowError:
        return None


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each figure."""
    text, null = reading.article.text, frame.null
    return [
        (
            n,
            frame.reading,
            frame.name(f.id),
            text[f.span[0] : f.span[1]],
            null if f.value is None else real(f.value),
            null if f.low is None else real(f.low),
            null if f.high is None else real(f.high),
            f.comparator,
            null if f.unit is None else f.unit,
            words(text, f.of),
            frame.events.get(f.event or "", null),
            f.status,
            frame.attributions.get(f.attribution or "", null),
        )
        for n, f in enumerate(reading.figures, frame.first)
    ]
