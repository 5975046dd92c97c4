"""Rows of places named in the text."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.store.rows import Frame, table

TABLE = table("places", "row reading id words name country geonames_id lat lon precision")


def rows(reading: Reading, frame: Frame) -> list[tuple[object, ...]]:
    """A row for each place."""
    text, null = reading.article.text, frame.null
    return [
        (
            n,
            frame.reading,
            frame.name(p.id),
            text[p.span[0] : p.span[1]],
            p.name,
            null if p.country is None else p.country,
            null if p.geonames_id is None else p.geonames_id,
            null if p.lat is None else p.lat,
            null if p.lon is None else p.lon,
            p.precision,
        )
        for n, p in enumerate(reading.places, frame.first)
    ]
