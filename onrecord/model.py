"""The nouns, each declared once and frozen. `docs/reference/reading.md` explains them; the JSON Schema is generated from here.

Offsets are `[start, end)` in Unicode code points of `Article.text`. Constructors check nothing: what comes from
outside is decoded with `decode_reading`, which does.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from onrecord.errors import InputError
from onrecord.text import Span, Spans, fits

SCHEMA = "onrecord.reading/1"

Evidence = Literal["json-ld", "meta", "time-tag", "url", "feed", "text", "given"]
ClutterKind = Literal["promo", "teaser", "advert", "signup", "credit", "legal", "interface"]
AttributionKind = Literal["direct", "mixed", "indirect"]
Act = Literal["statement", "question", "order", "belief", "intention", "feeling", "knowledge"]
SpeakerKind = Literal["named", "described", "anonymous", "collective", "outlet", "document"]
Certainty = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"]
EntityType = Literal["person", "organisation", "outlet", "place", "group", "document"]
EventStatus = Literal["actual", "planned", "hypothetical", "negated", "historical"]
FigureStatus = EventStatus
Comparator = Literal["=", "~", ">", "<", ">=", "<="]
ConditionKind = Literal["warning", "commitment", "indicator", "speculation"]
EstimateBand = Literal[
    "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely", "almost certain"
]
DateType = Literal["date", "time", "duration", "set"]
Precision = Literal["country", "region", "city", "point", "unknown"]
FindingKind = Literal["misquote", "silent-edit"]
FeedKind = Literal["rss", "atom", "json", "sitemap", "sitemap-index", "section", "live-blog"]


class Noun(msgspec.Struct, frozen=True):
    """What all nouns share: they cannot be changed."""


class Capture(Noun, frozen=True, kw_only=True):
    """Bytes at a moment: what a file, a pipe or an address gave."""

    name: str  # how the user named it: a path, an address, "-"
    body: bytes
    url: str | None = None  # where it came from, after redirects
    content_type: str | None = None  # the Content-Type header, where there was one
    fetched: str | None = None  # the moment it was got, ISO 8601 in UTC; None for what did not come from the web
    status: int | None = None  # the HTTP status
    headers: tuple[tuple[str, str], ...] = ()  # of the answer, in order, names in lower case


class Entry(Noun, frozen=True, kw_only=True):
    """One article that a feed, a sitemap or a section page points at. Times are ISO 8601, in the zone that was given."""

    url: str  # absolute http(s), without fragment, user and password
    title: str | None = None
    published: str | None = None
    modified: str | None = None


class FeedContent(Noun, frozen=True, kw_only=True):
    """What one fetch of a feed says: its entries in its own order, and the further feeds or sitemaps that it names."""

    kind: FeedKind
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    feeds: tuple[str, ...] = ()  # the sitemaps of an index; the feeds that a page links to
    truncated: bool = False  # there was more: over the limit, or the document breaks off


class Dated(Noun, frozen=True, kw_only=True):
    """A day or a moment and what says so. `value` is ISO 8601: a day, or a date and time, with zone where one is known."""

    value: str
    evidence: Evidence


class Outlet(Noun, frozen=True, kw_only=True):
    """The publisher: its name and the registered domain of its address; either may be unknown."""

    name: str | None
    domain: str | None


class Clutter(Noun, frozen=True, kw_only=True):
    """A line of the page that is no part of the article, kept for the record."""

    text: str
    kind: ClutterKind


class Piece(Noun, frozen=True, kw_only=True):
    """One update of a live blog: a stretch of its article with an hour and an address of its own."""

    span: Span
    published: Dated | None = None
    modified: Dated | None = None
    url: str | None = None
    title: str | None = None


class Article(Noun, frozen=True, kw_only=True):
    """One immutable version of an article: headline, blank line, body paragraphs separated by blank lines."""

    id: str
    capture: str
    url: str | None = None
    canonical_url: str | None = None
    outlet: Outlet | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    language: str | None = None
    published: Dated | None = None
    modified: Dated | None = None
    text: str
    clutter: tuple[Clutter, ...] = ()
    pieces: tuple[Piece, ...] = ()  # the updates of a live blog, in the order of the page


class Attribution(Noun, frozen=True, kw_only=True):
    """Who is reported to have said, written, decided, announced or believed what (PARC 3, PolNeAR: source, cue, content)."""

    id: str
    kind: AttributionKind
    act: Act = "statement"
    source: Spans = ()
    cue: Spans = ()
    content: Spans
    speaker: str | None = None
    speaker_kind: SpeakerKind | None = None
    venue: str | None = None
    addressee: Spans = ()
    within: str | None = None
    negated: bool = False
    certainty: Certainty = "CT+"
    confidence: float


class Entity(Noun, frozen=True, kw_only=True):
    """Somebody or something that acts, speaks or is spoken through, with every mention that the article makes of it."""

    id: str
    name: str
    type: EntityType
    role: str | None = None
    country: str | None = None
    mentions: Spans


class EventDate(Noun, frozen=True, kw_only=True):
    """When an event happened: an EDTF value and how exact it is."""

    value: str
    precision: str


class Event(Noun, frozen=True, kw_only=True):
    """What is reported to have happened (PLOVER type and mode): who did what to whom."""

    id: str
    type: str
    mode: str | None = None
    status: EventStatus
    anchor: Spans
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    date: EventDate | None = None
    place: str | None = None
    attribution: str | None = None


class Figure(Noun, frozen=True, kw_only=True):
    """A number put on record: value or range, how it is hedged, of what, and on whose word."""

    id: str
    span: Span
    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    comparator: Comparator
    unit: str | None = None
    of: Spans = ()
    event: str | None = None
    status: FigureStatus = "actual"
    attribution: str | None = None


class Date(Noun, frozen=True, kw_only=True):
    """A date or duration in the text with its TIMEX3/EDTF value; null where it cannot be known."""

    span: Span
    value: str | None
    type: DateType
    timex3: str | None = None  # where it says more than the day or week in `value`: part of the day, weekend


class Place(Noun, frozen=True, kw_only=True):
    """A place named in the text, by its words there, and where it is. `docs/reference/places.md` says how it is found."""

    id: str
    span: Span
    name: str
    country: str | None = None  # ISO 3166-1 alpha-2
    geonames_id: int | None = None
    lat: float | None = None  # of its middle, where it is an area
    lon: float | None = None
    precision: Precision  # how much is known of where it is


class Condition(Noun, frozen=True, kw_only=True):
    """What would have to happen (`if`) for something to follow (`then`)."""

    id: str
    if_: Spans = msgspec.field(name="if")
    then: Spans
    marker: Spans
    kind: ConditionKind
    attribution: str | None = None


class Estimate(Noun, frozen=True, kw_only=True):
    """An estimative word ("very likely") with its band of ICD 203, in per cent, and whose estimate it is."""

    span: Span
    band: EstimateBand
    low: int
    high: int
    attribution: str | None = None


class Finding(Noun, frozen=True, kw_only=True):
    """What a careful editor would flag."""

    kind: FindingKind
    spans: Spans
    note: str


class ReaderInfo(Noun, frozen=True, kw_only=True):
    """Which reader made a Reading, and in which version."""

    name: str
    version: str


class Reading(Noun, frozen=True, kw_only=True):
    """Everything that was read from one article. `reader` is null where no reader knows the article's language."""

    schema: Literal["onrecord.reading/1"] = SCHEMA  # type: ignore[assignment]
    input: str
    reader: ReaderInfo | None
    article: Article
    attributions: tuple[Attribution, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    places: tuple[Place, ...] = ()
    conditions: tuple[Condition, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    findings: tuple[Finding, ...] = ()


class Failure(Noun, frozen=True, kw_only=True):
    """An input that gave no Reading: at which stage, and why, in one line."""

    input: str
    stage: str
    reason: str


class Kept(Noun, frozen=True, kw_only=True):
    """A capture that is kept: what it is, and where its bytes lie in a WARC file."""

    digest: str  # of the bytes, `sha256:…`
    url: str | None = None
    fetched: str | None = None  # ISO 8601 in UTC; None for what did not come from the web
    status: int | None = None
    content_type: str | None = None
    size: int  # of the bytes, unpacked
    file: str | None = None  # the WARC file, by its name in the evidence folder; None where only the rows are kept
    offset: int = 0  # of the record in that file, in bytes
    length: int = 0  # of the record as it lies there, in bytes


class Edit(Noun, frozen=True, kw_only=True):
    """What changed between two versions of one page, by words. An empty span is the place where words came in or went out."""

    old: str  # the articles' ids
    new: str
    changes: tuple[tuple[Span, Span], ...]  # (span of the old text, span of the new text), in order
    modified_changed: bool  # the page gives another time of modification than before
    correction: str | None = None  # the words, new on the page, that own up to the change
    silent: bool  # neither: the page changed and does not say so


class Recorded(Noun, frozen=True, kw_only=True):
    """What became of a Reading that was recorded."""

    article: str
    reading: str
    new: bool  # the article was not in the record before
    edit: Edit | None = None  # the page had said something else


class Feed(Noun, frozen=True, kw_only=True):
    """An address that is followed, and how it fares. Times are ISO 8601 in UTC."""

    id: str
    url: str
    kind: FeedKind | None = None
    title: str | None = None
    added: str
    last_fetched: str | None = None
    last_success: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    next_due: str
    failures: int = 0  # in a row
    why: str | None = None  # of the last failure, while it lasts


class Queued(Noun, frozen=True, kw_only=True):
    """An entry of a feed in the queue of pages to fetch."""

    id: str
    feed: str | None
    url: str
    title: str | None = None
    published: str | None = None
    state: Literal["new", "done", "failed", "gone", "forgotten"] = "new"
    attempts: int = 0


class FeedStatus(Noun, frozen=True, kw_only=True):
    """How a feed fares, for people."""

    feed: Feed
    waiting: int  # entries still to be fetched
    failed: int  # entries given up for now
    articles: int  # recorded through this feed, in all
    a_day: float  # articles a day over the last seven days


class Trouble(Noun, frozen=True, kw_only=True):
    """A Failure that is kept and counted: the same stage, address and reason are one Trouble."""

    id: str
    stage: str
    outlet: str | None  # the domain
    url: str
    reason: str
    first_seen: str
    last_seen: str
    count: int
    resolved: str | None = None


class Hit(Noun, frozen=True, kw_only=True):
    """A find: an attribution, or an article where whole articles were searched, with the words around it."""

    article: str
    attribution: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    speaker: str | None = None
    kind: AttributionKind | None = None
    certainty: Certainty | None = None
    context: Span  # of the article's text: what is shown
    words: str  # those of the context
    hits: Spans = ()  # of the article's text: the words that were looked for, within the context
    within: Spans = ()  # and those of the attribution that were searched, within the context; none for an article


class Shown(Noun, frozen=True, kw_only=True):
    """A record walked back to its bytes: the record, its exact words, its reading, its article, its capture."""

    id: str
    noun: str  # attribution, entity, …, reading, article, capture
    record: dict[str, Any]  # as the Reading has it
    spans: Spans = ()
    words: str | None = None  # those that the spans point at
    reading: str | None = None  # its id
    reader: ReaderInfo | None = None
    article: Article | None = None
    captures: tuple[Kept, ...] = ()  # the first is the one that the article was made of


class Problem(Noun, frozen=True, kw_only=True):
    """What `verify` found amiss."""

    noun: str
    id: str
    what: str


def encode(reading: Reading) -> bytes:
    """The Reading as one line of JSON (no newline at the end)."""
    return msgspec.json.encode(reading)


def decode_reading(data: bytes | str) -> Reading:
    """A Reading from JSON, checked: types, names, and that every span slices to words. Raises InputError."""
    try:
        reading = msgspec.json.decode(data, type=Reading)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not a Reading: {error}") from None
    if orphan := first_orphan(reading):
        raise InputError(f"not a Reading: the span {list(orphan)} does not lie in its article's text")
    return reading


def spans_in(reading: Reading) -> list[Span]:
    """Every span of every record of a Reading."""
    found: list[Span] = [p.span for p in reading.article.pieces]
    for a in reading.attributions:
        found += [*a.source, *a.cue, *a.content, *a.addressee]
    for e in reading.entities:
        found += e.mentions
    for v in reading.events:
        found += v.anchor
    for f in reading.figures:
        found += [f.span, *f.of]
    found += [d.span for d in reading.dates] + [p.span for p in reading.places]
    for c in reading.conditions:
        found += [*c.if_, *c.then, *c.marker]
    found += [e.span for e in reading.estimates]
    for n in reading.findings:
        found += n.spans
    return found


def first_orphan(reading: Reading) -> Span | None:
    """The first span that does not slice to words of the article, or None."""
    return next((s for s in spans_in(reading) if not fits(reading.article.text, s)), None)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a Reading, generated from the nouns above."""
    return msgspec.json.schema(Reading)
