"""Rows of figures: numbers put on record."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table, words

TABLE = table(
    "figures",
    "row reading id words value low high comparator unit of_what event status attribution",
)


def real(value: float | int | None) -> float | None:
    """A number as the column holds it; the reading's own JSON keeps integers exact."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each figure."""
    text = reading.article.text
    return [
        (
            n,
            frame.reading,
            frame.name(f.id),
            text[f.span[0] : f.span[1]],
            real(f.value),
            real(f.low),
            real(f.high),
            f.comparator,
            f.unit,
            words(text, f.of),
            frame.events.get(f.event or ""),
            f.status,
            frame.attributions.get(f.attribution or ""),
        )
        for n, f in enumerate(reading.figures, frame.first)
    ]
