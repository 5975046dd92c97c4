"""Invented articles, read by the real reader, beside the record."""

from __future__ import annotations

from functools import cache

from onrecord.knowledge import Origin, Resolved
from onrecord.model import Article, Dated, Outlet, Reading
from onrecord.read import read
from onrecord.text import digest
from onrecord.watch.definition import from_words
from onrecord.watch.match import match

HEADLINE = "Quarrin steps up its call-up"
FESTIVAL = "Lake festival opens"
NOON = "2031-05-16T12:00:00Z"


@cache
def reading(body: str, title: str = HEADLINE, outlet: str = "Tidewire") -> Reading:
    """An article of 16 May 2031 as it is read."""
    text = f"{title}\n\n{body}"
    made = Article(
        id=digest(text, outlet),
        capture="sha256:" + "0" * 64,
        language="en",
        text=text,
        title=title,
        outlet=Outlet(name=outlet, domain=f"{outlet.lower()}.example"),
        published=Dated(value="2031-05-16", evidence="given"),
    )
    return read(made)


def origin(name: str, kind: str = "outlet") -> Origin:
    return Origin(id=digest(kind, name), kind=kind, name=name)  # type: ignore[arg-type]


def resolved(body: str, title: str = HEADLINE, outlet: str = "Tidewire", **more: object) -> Resolved:
    """The same beside the record; every word of it is the outlet's own, where no origins are given."""
    fields: dict[str, object] = {"first_seen": NOON, "origins": {"": origin(outlet)}, **more}
    return Resolved(reading=reading(body, title, outlet), **fields)  # type: ignore[arg-type]


def crossings(definition: str, body: str, title: str = HEADLINE) -> list[str]:
    """How the article stands to an indicator, in its order."""
    return [i.crossing for i in match(from_words(definition), resolved(body, title))]
