"""Readings to record, and the bytes they were made of."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.model import Date, Dated, Estimate, Event, EventDate, Kept, Outlet, ReaderInfo, Reading
from onrecord.store import Store, record
from onrecord.text import digest, digest_of_bytes
from tests.support import TEXT, at, reading

URL = "https://www.tidewire.example/levy"
NOON = "2026-03-01T12:00:00Z"
LATER = "2026-03-02T12:00:00Z"
BODIES: dict[str, bytes] = {}


def kept_for(body: bytes, url: str | None = URL, fetched: str | None = NOON) -> Kept:
    """A capture of these bytes; `read_back` knows them from now on."""
    BODIES[digest_of_bytes(body)] = body
    return Kept(digest=digest_of_bytes(body), url=url, fetched=fetched, status=200, content_type="text/html", size=len(body), file="warc/1.warc.gz", offset=7, length=9)  # fmt: skip


def read_back(kept: Kept) -> bytes:
    return BODIES[kept.digest]


def made(
    text: str = TEXT,
    *,
    url: str | None = URL,
    body: bytes | None = None,
    reader: str | None = "1",
    outlet: str = "Tidewire",
    published: str | None = "2026-02-28",
    fetched: str = NOON,
    **more: object,
) -> tuple[Kept, Reading]:
    """The invented reading, or a text that nobody read, at an address, and its capture."""
    kept = kept_for(body if body is not None else f"{url} {text}".encode(), url, fetched)
    whole = full() if text == TEXT else replace(full(), attributions=(), entities=(), events=(), figures=(), dates=(), places=(), conditions=(), estimates=(), findings=())  # fmt: skip
    article = replace(
        whole.article,
        id=digest(text, url or ""),
        capture=kept.digest,
        text=text,
        url=url,
        outlet=Outlet(name=outlet, domain=f"{outlet.lower()}.example"),
        published=Dated(value=published, evidence="given") if published else None,
        **more,
    )
    return kept, replace(whole, article=article, reader=ReaderInfo(name="en", version=reader) if reader else None)


def full() -> Reading:
    """A Reading with a record of every kind."""
    whole = reading()
    event = Event(id="v1", type="MOBILIZE", status="planned", anchor=(at("exceeds"),), actors=("e1",), date=EventDate(value="2026", precision="year"), place="p1", attribution="a4")  # fmt: skip
    estimate = Estimate(span=at("exceeds"), band="likely", low=55, high=80, attribution="a4")
    night = Date(span=at("Friday"), value="2031-05-16", timex3="2031-05-16TNI", type="time")
    return replace(whole, events=(event,), estimates=(estimate,), dates=(*whole.dates, night))


def bare(reading: Reading) -> Reading:
    """The same, parsed but not read."""
    return Reading(input=reading.input, reader=None, article=reading.article)


def counts(store: Store, *tables: str) -> list[int]:
    with store.reading() as transaction:
        return [transaction.value(f"SELECT count(*) FROM {table}") for table in tables]


def keep(store: Store, text: str = TEXT, **more: object) -> str:
    """Records an invented reading; the article's id."""
    return record(store, *made(text, **more)).article  # type: ignore[arg-type]
