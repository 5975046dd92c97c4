"""PLOVER events, one a line, by the manual's names (0.8, 2021: `source`, `recipient`, `event`, `mode`, `context`), with POLECAT's sixteen types.

The manual asks for a day: where the article gives no day for an event it is that of the article, and `date_from` says so. What goes beyond the manual
has names of its own: `status`, `figures`, `said_by`, `admiralty`, `spans`.
"""

from __future__ import annotations

import re
from calendar import IllegalMonthError, monthrange
from datetime import date
from typing import Any, BinaryIO

from onrecord.export import view
from onrecord.export.lines import (
    actor_id,
    actor_name,
    entity,
    filled,
    line,
    outlet,
    page,
    reader,
    sentence,
    speaker,
    words,
)
from onrecord.model import Event, Figure, Place
from onrecord.read.manner import lexicon
from onrecord.store.dossier import Dossier
from onrecord.store.exporting import Selection
from onrecord.text import envelope

DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
CODEBOOK = "plover-0.8"


def write(selection: Selection, out: BinaryIO) -> None:
    """The events of each article."""
    for d in selection.dossiers():
        for v in d.events:
            line(out, event(d, v))


def event(d: Dossier, v: Event) -> dict[str, Any]:
    """An event as a record of PLOVER."""
    table = lexicon("exports")
    start, end, found = days(v.date.value if v.date else None) or (day(d), None, "article")
    said = next((s for s in d.said if s.label == v.id), None)
    return {"id": d.ids[v.id], "date": start, "source": [actor(d, label) for label in v.actors]} | filled(
        enddate=end, date_from=found, recipient=[actor(d, label) for label in v.recipients], event=[v.type], mode=[v.mode] if v.mode else [],
        context=[table["context"][v.status]] if v.status in table["context"] else [], status=v.status, quad_code=table["quad"].get(v.type),
        event_loc=location(next((p for p in d.reading.places if p.id == v.place), None)), event_text=[words(d, v.anchor)],
        text=sentence(d, v.anchor), text_info={"start": envelope(v.anchor)[0], "end": envelope(v.anchor)[1]}, spans=[list(s) for s in v.anchor],
        size=size(d, v), figures=[figure(d, f) for f in measured(d, v)], link=said.account if said else None, said_by=said_by(d, v),
        admiralty=d.standings[said.account].admiralty if said else None, cite_info=citation(d), coder=reader(d), coded_date=d.read_when[:10],
        coded_time=d.read_when[11:],
    )  # fmt: skip


def day(d: Dossier) -> str:
    """The day of an article."""
    return d.published[:10]


def days(value: str | None) -> tuple[str, str | None, str] | None:
    """The first and the last day of an EDTF value: a day, month, year, or an interval of them; None for any other."""
    begins, _, ends = (value or "").partition("/")
    first, last = bounds(begins), bounds(ends or begins)
    if first is None or last is None or last[1] < first[0]:
        return None
    return first[0], last[1] if last[1] != first[0] else None, "event"


def bounds(value: str) -> tuple[str, str] | None:
    """The first and the last day of a day, month or year; None where there is no such one."""
    found = DAY.fullmatch(value.partition("T")[0])
    if not found:
        return None
    year, month, of_month = (int(part or 0) for part in found.groups())
    try:
        first = date(year, month or 1, of_month or 1)
        last = date(year, month or 12, of_month or monthrange(year, month or 12)[1])
    except (ValueError, IllegalMonthError):
        return None
    return str(first), str(last)


def actor(d: Dossier, label: str) -> dict[str, Any]:
    """Who did it, or to whom it was done."""
    found = entity(d, label)
    known = d.people.get(label)
    country = (found.country if found else None) or next(iter(known.profile.countries if known else ()), None)
    return filled(
        code=lexicon("exports")["country3"].get(country or ""), actor_text=found.name if found else None, identifier_id=f"onrecord:{actor_id(d, label)}" if found else None,
        identifier_text=actor_name(d, label), office=found.role if found else None,
    )  # fmt: skip


def location(place: Place | None) -> dict[str, Any] | None:
    """A place by the names of GeoNames' columns."""
    if place is None:
        return None
    three = lexicon("exports")["country3"].get(place.country or "")
    return filled(geonameid=place.geonames_id, name=place.name, latitude=place.lat, longitude=place.lon, cc3=three, precision=place.precision) | filled(**{"country code": place.country})  # fmt: skip


def measured(d: Dossier, v: Event) -> list[Figure]:
    """The figures that measure an event."""
    return [f for f in d.figures if f.event == v.id]


def size(d: Dossier, v: Event) -> dict[str, Any]:
    """Killed, injured, arrested: the manual's own sizes, of figures that say so and give one number."""
    found: dict[str, Any] = {}
    for f in measured(d, v):
        said = set(words(d, (f.span, *f.of)).casefold().split()) | set(words(d, v.anchor).casefold().split())
        for name, some in lexicon("exports")["size"].items():
            if f.value is not None and counts_people(d, f) and said & set(some):
                found.setdefault(name, f.value)
    return found


def counts_people(d: Dossier, f: Figure) -> bool:
    """Whether a number counts heads ("14 dockers") and measures nothing: its unit is what it is of."""
    return f.unit == "people" or (f.unit or "").casefold() == words(d, f.of).casefold() != ""


def figure(d: Dossier, f: Figure) -> dict[str, Any]:
    """A number that measures the event, with how it is hedged."""
    made = filled(
        value=f.value, low=f.low, high=f.high, comparator=f.comparator, unit=f.unit, of=words(d, f.of), status=f.status
    )
    return made | {"text": words(d, (f.span,)), "start": f.span[0], "end": f.span[1]}


def said_by(d: Dossier, v: Event) -> str:
    """On whose word the event is: a speaker's, or the outlet's own."""
    found = view.attribution(d.reading, v.attribution)
    return (speaker(d, found) or "nobody named") if found else (outlet(d) or "the article itself")


def citation(d: Dossier) -> dict[str, Any]:
    """Where it stands, and what of."""
    return filled(
        corpus="onrecord", citation=d.article.id, url=page(d), title=d.article.title, language=d.article.language, publication=outlet(d),
        coder=reader(d), codebook=CODEBOOK, capture=d.article.capture,
    )  # fmt: skip
