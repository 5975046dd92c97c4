"""The records of a reading in sections, each in one line of words: what stands beside the text, whatever shows it.

The attributions have more to say and are put into words one by one (`view.in_order`).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from onrecord.export import view
from onrecord.model import Reading
from onrecord.text import words_of


class Line(Struct, frozen=True, kw_only=True):
    """One record: its words, what they mean, and whose word it is. `kind` is a noun of the Reading, `label` as `marking.marks` has it."""

    kind: str
    label: str
    words: str
    detail: str
    said: bool = False  # it is somebody's word: that of an attribution, else the outlet's own
    attribution: str | None = None


def findings(reading: Reading) -> list[Line]:
    """What a careful editor would flag."""
    return [Line(kind="finding", label=f"n{n}", words=x.kind, detail=x.note) for n, x in view.numbered(reading.findings)]  # fmt: skip


def sections(reading: Reading) -> Iterator[tuple[str, list[Line]]]:
    """Everything but findings and attributions, in sections with their titles; those that are empty too."""
    text = reading.article.text
    yield "Events", [
        Line(kind="event", label=v.id, words=words_of(text, v.anchor), detail=view.event_line(reading, v), said=True, attribution=v.attribution)
        for v in reading.events
    ]  # fmt: skip
    yield "Figures", [
        Line(kind="figure", label=f.id, words=text[slice(*f.span)], detail=view.figure_line(f, text), said=True, attribution=f.attribution)
        for f in reading.figures
    ]  # fmt: skip
    yield "Conditions", [
        Line(kind="condition", label=c.id, words=supposed, detail=f"{follows} · {c.kind}", said=True, attribution=c.attribution)
        for c in reading.conditions
        for supposed, follows in [view.condition_words(reading, c)]
    ]  # fmt: skip
    yield "Estimates", [
        Line(kind="estimate", label=f"w{n}", words=text[slice(*e.span)], detail=view.estimate_line(e), said=True, attribution=e.attribution)
        for n, e in view.numbered(reading.estimates)
    ]  # fmt: skip
    yield "Dates", [
        Line(kind="date", label=f"d{n}", words=text[slice(*d.span)], detail=d.value or "cannot be known")
        for n, d in view.numbered(reading.dates)
    ]  # fmt: skip
    yield "Places", [
        Line(kind="place", label=p.id, words=p.name, detail=view.place_line(p, times)) for p, times in view.places(reading)
    ]  # fmt: skip
    yield "Named", [
        Line(kind="entity", label=e.id, words=e.name, detail=view.entity_line(e)) for e in reading.entities
    ]  # fmt: skip
