"""The demonstration: ten days of news about an invented crisis, written for the project.

Countries, outlets and people are invented. A stream is a folder with `outlets.toml`, `templates`, `articles` and `expected.toml`;
this one is the demonstration's, and other streams in the same form can be given to the functions instead. An article is a small
text file under `articles`: between two lines `+++` stands TOML (outlet, moment, slug, title, byline, edits), below it paragraphs with
blank lines between them. A paragraph that begins with a word in square brackets is dressed otherwise: `[h2]` is a heading, `[update
MOMENT Heading]` opens an update of a live blog, and the kinds of clutter (`[promo]`, `[advert]`, `[signup]`, `[credit]`) stand on
the page and are no part of the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

import msgspec

DEMONSTRATION = Path(__file__).parent
FEEDS = Literal["rss", "rdf", "atom", "json", "sitemap", "section"]
LABEL = re.compile(r"\[(h2|promo|advert|signup|credit|correction)\] ")
UPDATE = re.compile(r"\[update (\S+) ([^\]]+)\]$")


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet of the stream: where it is, what its feed is, and how it dresses its pages (see `outlets.toml`)."""

    key: str
    name: str
    host: str
    feed: FEEDS
    feed_path: str
    path: str
    zone: int
    day: str
    page: str  # the template of its pages
    live: str = ""  # and of its live blogs
    paragraph: str = "<p>{text}</p>"
    h2: str = "<h2>{text}</h2>"
    promo: str = "<p><a href='/more'>{text}</a></p>"
    advert: str = "<div class='advert'><p>{text}</p></div>"
    signup: str = "<div class='newsletter'><p>{text}</p></div>"
    credit: str = "<p class='credit'>{text}</p>"
    correction: str = "<p>{text}</p>"

    @property
    def local(self) -> timezone:
        """The time zone that its clock shows."""
        return timezone(timedelta(hours=self.zone))


class Line(msgspec.Struct, frozen=True):
    """A line of a page: what it is, and its words."""

    kind: str
    text: str


class Update(msgspec.Struct, frozen=True):
    """An update of a live blog."""

    moment: datetime
    title: str
    lines: tuple[Line, ...]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A later edit: words that are replaced, and whether and how the page owns up to it."""

    moment: datetime
    replace: tuple[tuple[str, str], ...]
    note: str | None = None  # a line that says so, below the text


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it was written."""

    id: str  # the name of its file
    paper: Paper
    slug: str
    moment: datetime
    title: str
    byline: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    updates: tuple[Update, ...] = ()  # of a live blog, the oldest first
    edits: tuple[Change, ...] = ()
    modified: datetime | None = None  # the moment of modification that the page gives

    @property
    def outlet(self) -> str:
        """The key of its outlet."""
        return self.paper.key

    @property
    def number(self) -> int:
        """What an outlet that numbers its articles calls it."""
        return 10_000 + crc32(self.id.encode()) % 90_000

    @property
    def path(self) -> str:
        """Where it is on its outlet's site."""
        return (
            self.moment.astimezone(self.paper.local)
            .strftime(self.paper.path)
            .format(slug=self.slug, number=self.number)
        )

    @property
    def paragraphs(self) -> list[str]:
        """The words that are its text, below the title; a live blog's latest update first."""
        own = [line.text for line in self.lines if line.kind in ("paragraph", "h2", "correction")]
        return own + [
            words
            for update in reversed(self.updates)
            for words in (update.title, *(line.text for line in update.lines if line.kind == "paragraph"))
        ]

    @property
    def text(self) -> str:
        """The article's text as a Reading has it."""
        return "\n\n".join([self.title, *self.paragraphs])


@cache
def papers(stream: Path = DEMONSTRATION) -> dict[str, Paper]:
    """The outlets of a stream, by their keys."""
    table = tomllib.loads((stream / "outlets.toml").read_text(encoding="utf-8"))
    pages = {f.name: f.read_text(encoding="utf-8") for f in (stream / "templates").iterdir()}
    dress = {key: {"page": pages[f"{key}.html"], "live": pages.get(f"{key}-live.html", "")} for key in table}
    return {key: msgspec.convert({"key": key, **dress[key], **fields}, Paper) for key, fields in table.items()}


@cache
def articles(stream: Path = DEMONSTRATION) -> tuple[Written, ...]:
    """All articles of a stream, as they were first published, in the order of their moments."""
    found = [f for f in (stream / "articles").iterdir() if f.name.endswith(".txt")]
    made = [written(f.name.removesuffix(".txt"), f.read_text(encoding="utf-8"), stream) for f in found]
    return tuple(sorted(made, key=lambda a: (a.moment, a.id)))


def expected(stream: Path = DEMONSTRATION) -> dict[str, Any]:
    """What a careful analyst finds in a stream: stories, copies, figures, alerts and so on (see `expected.toml`)."""
    return tomllib.loads((stream / "expected.toml").read_text(encoding="utf-8"))


def days(stream: Path = DEMONSTRATION) -> list[tuple[str, list[Written]]]:
    """A stream by days in UTC: (day, its articles in order)."""
    return [
        (day, list(group))
        for day, group in groupby(articles(stream), lambda a: a.moment.astimezone(UTC).date().isoformat())
    ]


def written(id: str, source: str, stream: Path = DEMONSTRATION) -> Written:
    """The article of a file. Raises tomllib.TOMLDecodeError, KeyError and msgspec.ValidationError for one that is none."""
    _, head, body = source.split("+++", 2)
    fields = tomllib.loads(head)
    paper = papers(stream)[fields.pop("outlet")]
    blocks = [" ".join(block.split()) for block in body.split("\n\n") if block.strip()]
    opened = [i for i, block in enumerate(blocks) if UPDATE.match(block)]
    first = opened[0] if opened else len(blocks)
    found = Written(
        id=id,
        paper=paper,
        **fields,
        lines=tuple(line(b) for b in blocks[:first]),
        updates=tuple(update(blocks[start:end]) for start, end in pairwise([*opened, len(blocks)])),
    )
    return msgspec.convert(msgspec.to_builtins(found), Written)


def line(block: str) -> Line:
    """The line of a block of a file."""
    label = LABEL.match(block)
    return Line(label[1], block[label.end() :]) if label else Line("paragraph", block)


def update(blocks: list[str]) -> Update:
    """The update that begins with its label."""
    label = UPDATE.match(blocks[0])
    assert label
    return Update(datetime.fromisoformat(label[1]), label[2], tuple(line(b) for b in blocks[1:]))


def at(article: Written, moment: datetime) -> Written | None:
    """What the page of an article shows at a moment; None before it is published."""
    if moment < article.moment:
        return None
    updates = tuple(u for u in article.updates if u.moment <= moment)
    modified = max((u.moment for u in updates), default=None)
    lines = article.lines
    for change in article.edits:
        if change.moment <= moment:
            lines = tuple(edited(lines, change))
            modified = change.moment if change.note else modified
    return msgspec.structs.replace(article, lines=lines, updates=updates, modified=modified)


def edited(lines: tuple[Line, ...], change: Change) -> Iterator[Line]:
    """Lines after a change."""
    for one in lines:
        text = one.text
        for old, new in change.replace:
            text = text.replace(old, new)
        yield Line(one.kind, text)
    if change.note:
        yield Line("correction", change.note)


__all__ = ["DEMONSTRATION", "Paper", "Written", "articles", "at", "days", "expected", "papers"]
