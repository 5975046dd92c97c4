"""An Article becomes a Reading: it knows only what this page says.

1. attributions (`attributions`, by the network), 2. names and speakers (`names`, `speakers`), 3. dates, figures,
conditions, estimates, findings, 4. places, then events, and which of them a figure measures, 5. whose word each event, figure, condition and estimate is: the innermost attribution whose content
holds it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from msgspec.structs import replace

from onrecord.model import Article, Attribution, Event, ReaderInfo, Reading
from onrecord.read import (
    attributions,
    certainty,
    conditions,
    dates,
    events,
    figures,
    findings,
    measured,
    names,
    network,
    places,
    speakers,
)
from onrecord.read.network import Network
from onrecord.read.windows import windows
from onrecord.text import Span, Spans, covers

LANGUAGES = ("en",)
OPTIONAL = ("figures", "dates", "places", "events", "conditions", "estimates")  # what can be left out to save time
MAX_CHARACTERS = 1_000_000


@cache
def reader_version() -> str:
    """The version of this installation, or "0" where it is not installed."""
    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "0"


def reader(fast: bool = False) -> ReaderInfo:
    """This reader, as its Readings name it; the fast one has a version of its own."""
    return ReaderInfo(name="en", version=reader_version() + ("+fast" if fast else ""))


def holder(span: Span, found: Sequence[Attribution]) -> str | None:
    """The id of the innermost attribution whose content holds a span, or None."""
    holders = [a for a in found if covers(a.content, (span,))]
    return min(holders, key=lambda a: sum(e - s for s, e in a.content)).id if holders else None


def said(text: str, then: Spans, attributions_: Sequence[Attribution]) -> Spans:
    """The consequence of a condition without who says so before it: "officials fear | it could spread"."""
    if not then:
        return then
    start, end = then[0]
    for a in attributions_:
        if a.source and a.kind == "indirect" and a.source[0][0] == start and a.cue[0][0] > start:
            begins = a.content[0][0] if a.content else start
            if a.cue[-1][1] <= begins < end and not text.startswith("to ", begins):
                return ((begins, end), *then[1:])
    return then


def read(
    article: Article,
    *,
    input: str = "-",
    net: Network | None = None,
    without: Collection[str] = (),
    fast: bool = False,
) -> Reading:
    """Reads an article; one in a language without a reader gives a Reading whose `reader` is None and lists are empty.

    `without` names parts of `OPTIONAL` that are not wanted; their lists are empty, and events without places have none.
    `fast` reads with a smaller network, which misses a little more (docs/models/attributions.md).
    """
    if article.language not in (*LANGUAGES, None):
        return Reading(input=input, reader=None, article=article)
    text = article.text
    net = net or network.shipped(fast=fast)
    encoded = network.encode(net, windows(text, network.vocabulary()))
    named = names.find(text, encoded)
    found, entities = speakers.resolve(text, attributions.find(text, net, encoded), named)
    when = dates.find(text, article.published, article.pieces) if {"dates", "figures", "events"} - set(without) else ()
    located = places.find(text, named, article) if "places" not in without else ()
    numbers = figures.find(text, when, article.published) if "figures" not in without else ()
    happened: tuple[Event, ...] = ()
    if "events" not in without:
        happened, entities = events.find(text, entities, when, located)
    ifs = conditions.find(text) if "conditions" not in without else ()
    estimates = certainty.estimates(text) if "estimates" not in without else ()
    return Reading(
        input=input,
        reader=reader(fast),
        article=article,
        attributions=found,
        entities=entities,
        events=tuple(replace(v, attribution=holder(v.anchor[0], found)) for v in happened),
        figures=tuple(
            replace(f, attribution=holder(f.span, found), event=event)
            for f, event in zip(numbers, measured.events_of(text, numbers, happened), strict=True)
        ),
        dates=when if "dates" not in without else (),
        places=located,
        conditions=tuple(replace(c, then=said(text, c.then, found), attribution=holder(c.if_[0], found)) for c in ifs),
        estimates=tuple(replace(e, attribution=holder(e.span, found)) for e in estimates),
        findings=findings.misquotes(article.title, text),
    )
