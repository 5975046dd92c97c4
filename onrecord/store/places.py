"""Rows of places named in the text."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table

TABLE = table("places", "row reading id words name country geonames_id lat lon precision")


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each place."""
    text = reading.article.text
    return [
        (
            n,
            frame.reading,
            frame.name(p.id),
            text[p.span[0] : p.span[1]],
            p.name,
            p.country,
            p.geonames_id,
            p.lat,
            p.lon,
            p.precision,
        )
        for n, p in enumerate(reading.places, frame.first)
    ]
