"""What the formats that are written piece by piece share: names of things, addresses, moments, and JSON as UTF-8 bytes."""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

from onrecord.model import Attribution, Entity
from onrecord.store.dossier import Dossier
from onrecord.store.sayings import sentences_of
from onrecord.text import Spans, words_of

encoder = msgspec.json.Encoder()
# controls, ends of lines, directions of writing
UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
WEB = re.compile(r"https?://[^\s/?#]+", re.I)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
IN_ADDRESS = "!#$%&'()*+,/:;=?@~-._"  # what an address may hold; the rest is escaped
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?")
REMEMBERED = 100_000  # things that were written and are not written again, the latest


class Once:
    """Which things an export has written already; of very many only the latest are known, and an older one may come again."""

    def __init__(self) -> None:
        self.known: dict[Hashable, None] = {}

    def first(self, thing: Hashable) -> bool:
        """Whether a thing comes for the first time."""
        if thing in self.known:
            return False
        self.known[thing] = None
        if len(self.known) > REMEMBERED:
            del self.known[next(iter(self.known))]
        return True


def encoded(value: object) -> bytes:
    """A value as JSON in one line, whatever one takes for the end of a line; nothing in it drives a terminal or turns the writing round."""
    return escaped(encoder.encode(value).decode()).encode()


def escaped(text: str) -> str:
    """A text in JSON or Turtle with what could be taken for more than a character escaped."""
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def line(out: BinaryIO, value: object) -> None:
    """One value as a line of JSON."""
    out.write(encoded(value) + b"\n")


def filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something: None, "" and empty lists left out. A name's last underscore keeps it off Python's words."""
    return {name.removesuffix("_"): value for name, value in fields.items() if value is not None and value != "" and value != [] and value != {}}  # fmt: skip


def urn(noun: str, id: str) -> str:
    """The name of a thing of the record for other tools; `onrecord show` takes what follows the last colon."""
    return f"urn:onrecord:{noun}:{quote(id, safe=':-._~')}"


def web(address: str | None) -> str | None:
    """The address if it is one of the web, with what no address may hold escaped; else None."""
    return quote(address, safe=IN_ADDRESS) if address and WEB.match(address) else None


def page(d: Dossier) -> str | None:
    """The address of an article's page."""
    return web(d.article.canonical_url) or web(d.article.url)


def site(d: Dossier) -> str | None:
    """The address of an article's outlet; None where its domain cannot be one."""
    domain = d.article.outlet.domain if d.article.outlet else None
    return f"https://{domain}/" if domain and HOST.fullmatch(domain) else None


def outlet(d: Dossier) -> str | None:
    """What an article's outlet is called."""
    return (d.article.outlet.name or d.article.outlet.domain) if d.article.outlet else None


def outlet_urn(d: Dossier) -> str | None:
    """The name of an article's outlet for other tools."""
    name = d.article.outlet and (d.article.outlet.domain or d.article.outlet.name)
    return urn("outlet", name) if name else None


def utc(value: str | None) -> datetime | None:
    """A moment in UTC: a day is its first second, a time without zone is taken for UTC. None for what is no moment."""
    found = MOMENT.match(value or "")
    try:
        at = datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}{found[3] or 'Z'}") if found else None
        return at.astimezone(UTC) if at else None
    except (ValueError, OverflowError):  # there is no such day, or it has no such hour in UTC
        return None


def moment(value: str | None) -> str | None:
    """The same as xsd:dateTime."""
    at = utc(value)
    return f"{at:%Y-%m-%dT%H:%M:%S}Z".rjust(20, "0") if at else None


def reader(d: Dossier) -> str:
    """What read an article, with its version."""
    found = d.reading.reader
    return f"onrecord reader {found.name} {found.version}" if found else "onrecord"


def entity(d: Dossier, label: str | None) -> Entity | None:
    """The entity of that label, or None."""
    return next((e for e in d.reading.entities if e.id == label), None) if label else None


def actor_id(d: Dossier, label: str) -> str:
    """Whom an entity stands for: the id of the actor; of an article that was not set beside the others the entity's own."""
    return d.people[label].id if label in d.people else d.ids[label]


def actor_name(d: Dossier, label: str | None) -> str | None:
    """What an entity is called in the record; else as the article has it."""
    if label in d.people:
        return d.people[label].name
    found = entity(d, label)
    return found.name if found else None


def speaker(d: Dossier, a: Attribution) -> str | None:
    """Who speaks: a name of the record, else the source's own words; None where the article names nobody."""
    return actor_name(d, a.speaker) or words(d, a.source) or None


def words(d: Dossier, spans: Spans) -> str:
    """The exact words of the article."""
    return words_of(d.article.text, spans)


def sentence(d: Dossier, spans: Spans) -> str:
    """The sentences that hold these words."""
    start, end = sentences_of(d.article.text, spans)
    return d.article.text[start:end]
