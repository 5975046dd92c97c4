"""Rows of dates and durations in the text."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table

TABLE = table("dates", "row reading id words value type timex3")


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each date. Dates bear no label in a Reading; their id is made of their number."""
    text, null = reading.article.text, frame.null
    return [
        (
            n,
            frame.reading,
            frame.name(f"date {n - frame.first}"),
            text[d.span[0] : d.span[1]],
            null if d.value is None else d.value,
            d.type,
            null if d.timex3 is None else d.timex3,
        )
        for n, d in enumerate(reading.dates, frame.first)
    ]
