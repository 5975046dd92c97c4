"""Rows of dates and durations in the text."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table

TABLE = table("dates", "row reading id words value type timex3")


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each date. Dates bear no label in a Reading; their id is made of their number."""
    text = reading.article.text
    return [
        (
            n,
            frame.reading,
            frame.name(f"date {n - frame.first}"),
            text[d.span[0] : d.span[1]],
            d.value,
            d.type,
            d.timex3,
        )
        for n, d in enumerate(reading.dates, frame.first)
    ]
