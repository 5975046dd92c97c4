"""Places named in a text, and where they are, by the bundled gazetteer.

A name of a country, region or city is a place; one inside a person's, an organisation's or an outlet's name is none, and a demonym
("French") only hints at a country. Names come from the network, and from the gazetteer where the words around say that a
place is named: "in X", "near X", "X, Y", a dateline. `precision` says how much is known: a country or region is an area,
whose `lat` and `lon` are its middle, never a point where something happened. Where candidates far apart are as likely as
each other, `geonames_id` is null, and so is what they do not share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Article, Place
from onrecord.read import countries, places_mentions
from onrecord.read.names import Name
from onrecord.read.places_sense import Sense, distance, judged
from onrecord.text import Span

__all__ = ["distance", "find", "resolve"]

CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?")
TOP_LEVEL = re.compile(r"\.([a-z]{2})$")
HINT, AT_HOME = 0.5, 0.3  # of a demonym; of the outlet's own country


def hints(text: str, article: Article) -> dict[str, float]:
    """Countries that a text speaks of without naming a place: by demonyms, and weakly the outlet's own."""
    known = countries.demonyms()
    said = {w for m in CAPITALISED.finditer(text) for w in (m.group(), m.group().partition(" ")[0]) if w in known}
    found = dict.fromkeys((known[w] for w in said), HINT)
    domain = TOP_LEVEL.search(article.outlet.domain or "") if article.outlet else None
    if domain:
        home = {"uk": "GB"}.get(domain.group(1), domain.group(1).upper())
        found[home] = found.get(home, 0.0) + AT_HOME
    return found


def place(text: str, number: int, span: Span, sense: Sense) -> Place:
    """A mention as a Place."""
    entry, at = sense.entry, sense.entry or sense.holder
    return Place(
        id=f"p{number}",
        span=span,
        name=text[slice(*span)],
        country=at.country if at else None,
        geonames_id=entry.geonames_id if entry else None,
        lat=at.lat if at else None,
        lon=at.lon if at else None,
        precision=sense.precision,
    )


def resolve(text: str, spans: Sequence[Span], article: Article) -> tuple[Place, ...]:
    """What given mentions of places mean, in their order."""
    if not spans:
        return ()
    found = judged(text, spans, hints(text, article))
    return tuple(place(text, n, s, sense) for n, (s, sense) in enumerate(zip(spans, found, strict=True), 1))


def find(text: str, names: Sequence[Name], article: Article) -> tuple[Place, ...]:
    """The places that a text names, in order, one for each mention; pure and offline."""
    return resolve(text, places_mentions.find(text, names), article)
