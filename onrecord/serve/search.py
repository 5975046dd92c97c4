"""The page of searches: as one types, with filters and their counts, and each find as a sentence with the words marked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from msgspec import Struct

from onrecord.export.view import CERTAINTY, QUOTED
from onrecord.model import Hit
from onrecord.serve.atom import NEVER, Entry
from onrecord.serve.kinds import Asked, Desk, Page, Param
from onrecord.store import counted
from onrecord.store.counted import Counted, Counts
from onrecord.store.search import CANDIDATES
from onrecord.text import covers

SHOWN = 20  # finds of a page
WHERE = ("content", "source", "article")
QUERY = ("q", "where", "speaker", "outlet", "since", "until", "kind", "certainty", "order")
ATTRIBUTIONS_ONLY = ("speaker", "kind", "certainty")  # filters that whole articles have not


class Piece(Struct, frozen=True, kw_only=True):
    """Some of the words of a find: whether they were looked for, and whether they are of what was searched or stand around it."""

    text: str
    found: bool
    around: bool


class Find(Struct, frozen=True, kw_only=True):
    """A find: the words around it, who says so, where. `published` is as the page gave it."""

    pieces: tuple[Piece, ...]
    article: str
    attribution: str | None
    title: str | None
    outlet: str | None
    published: str | None
    moment: str | None  # the same in UTC, or a day
    speaker: str | None
    who: str | None  # the id of the speaker on record
    kind: str | None
    certainty: str | None


class Days(Struct, frozen=True, kw_only=True):
    """A day or a month, and how many of the finds are of it."""

    label: str
    since: str
    until: str
    n: int


class Searched(Struct, frozen=True, kw_only=True):
    """What a search found."""

    query: dict[str, str]  # what was asked for, as in the address
    finds: tuple[Find, ...]
    looked_at: int  # finds that the counts are over
    capped: bool  # they are the newest of more
    counts: Counts
    days: tuple[Days, ...]
    ignored: tuple[str, ...]  # filters that do not apply
    page: int
    more: bool


def view(desk: Desk, asked: Asked) -> Searched:
    """What the record holds of these words. Raises InputError."""
    page = asked.number("page")
    filters = {name: asked.given(name) for name in ("outlet", "since", "until", *ATTRIBUTIONS_ONLY)}
    ignored = tuple(name for name in ATTRIBUTIONS_ONLY if filters[name]) if asked["where"] == "article" else ()
    filters |= dict.fromkeys(ignored)
    found = counted.find(desk.store, asked["q"], where=asked["where"], best=asked["order"] == "best", limit=SHOWN, offset=(page - 1) * SHOWN, **filters)  # type: ignore[arg-type]  # fmt: skip
    query = {name: asked[name] for name in QUERY if asked[name] not in ("", "content", "best")}
    return Searched(
        query=query, finds=tuple(find_of(hit, who) for hit, who in zip(found.hits, found.speakers, strict=True)), looked_at=found.looked_at, capped=found.capped,
        counts=found.counts, days=tuple(map(days_of, found.counts.days)), ignored=ignored, page=page, more=found.looked_at > page * SHOWN,
    )  # fmt: skip


def find_of(hit: Hit, who: str | None) -> Find:
    """A find with its words in pieces."""
    return Find(
        pieces=tuple(pieces(hit)), article=hit.article, attribution=hit.attribution, title=hit.title, outlet=hit.outlet, published=hit.published,
        moment=moment_of(hit.published), speaker=hit.speaker, who=who, kind=hit.kind, certainty=hit.certainty,
    )  # fmt: skip


def pieces(hit: Hit) -> Iterator[Piece]:
    """The words of a find, cut where a word that was looked for, or what was searched, begins and ends."""
    first, last = hit.context
    cuts = sorted({first, last, *(at for span in (*hit.hits, *hit.within) for at in span)})
    for start, end in pairwise(cuts):
        found, around = covers(hit.hits, ((start, end),)), bool(hit.within) and not covers(hit.within, ((start, end),))
        yield Piece(text=hit.words[start - first : end - first], found=found, around=around)


def rows(data: Searched) -> Iterator[Sequence[object]]:
    """The finds as a table."""
    yield ("published", "outlet", "speaker", "kind", "certainty", "words", "title", "article", "attribution")
    for f in data.finds:
        yield (f.published, f.outlet, f.speaker, f.kind, f.certainty, "".join(p.text for p in f.pieces), f.title, f.article, f.attribution)  # fmt: skip


def entries(data: Searched) -> Iterator[Entry]:
    """The finds for a feed reader."""
    for f in data.finds:
        words = " ".join("".join(p.text for p in f.pieces).split())
        at = f"#p{f.attribution[:16]}" if f.attribution else ""
        title = f"{f.speaker}: {words}" if f.speaker else words
        yield Entry(id=f.attribution or f.article, title=title[:200], updated=f.moment if f.moment and len(f.moment) > 10 else f'{f.moment or NEVER[:10]}T00:00:00Z', path=f"/article/{f.article}{at}", words=words)  # fmt: skip


def moment_of(published: str | None) -> str | None:
    """A moment as pages give it, in UTC; of one without a clock its day."""
    try:
        at = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    if len(published or "") <= 10:
        return at.date().isoformat()
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def days_of(counted: Counted) -> Days:
    """The first and the last day of what was counted, a day or a month."""
    day = counted.value
    if len(day) > 7:
        return Days(label=day, since=day, until=day, n=counted.n)
    last = monthrange(int(day[:4]), int(day[5:7]))[1]
    return Days(label=day, since=f"{day}-01", until=f"{day}-{last}", n=counted.n)


PAGES = (
    Page(
        path="/search", name="search", title="Search", nav="Search", view=view, data=Searched, rows=rows, entries=entries,
        params=(
            Param(name="q", says="words, “phrases”, -words, and OR between two", longest=500),
            Param(name="where", says="where the words are looked for", choices=WHERE, default="content"),
            Param(name="speaker", says="words of the speaker's name", longest=200),
            Param(name="outlet", says="a name or domain", longest=200),
            Param(name="since", says="the first day, such as 2031-05-14", day=True),
            Param(name="until", says="the last day, such as 2031-05-14", day=True),
            Param(name="kind", says="direct, mixed or indirect", choices=tuple(QUOTED)),
            Param(name="certainty", says="how sure the speaker is", choices=tuple(CERTAINTY)),
            Param(name="order", says="best first, or newest first", choices=("best", "newest"), default="best"),
            Param(name="page", says="which page, from 1", whole=(1, CANDIDATES // SHOWN), default="1"),
        ),
    ),
)  # fmt: skip
ACTIONS = ()
