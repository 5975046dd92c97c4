"""What a story rests on: its articles with the captures that showed them, their readings one at a time, and what footnotes name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from onrecord.knowledge import Alert
from onrecord.model import Kept, Noun, Reading
from onrecord.store import captures
from onrecord.store.accounts import marks
from onrecord.store.articles import WHOLE, article_of
from onrecord.store.database import Transaction
from onrecord.store.rows import chunks
from onrecord.store.show import reading_in

COVERED = (
    "SELECT a.row, a.id, a.title, d.moment, r.row FROM resolved d JOIN articles a ON a.row = d.article "
    "JOIN readings r ON r.article = a.row AND r.current = 1 WHERE d.story = ? ORDER BY d.moment, a.row"
)
SOURCES = (
    "SELECT a.row, a.id, coalesce(nullif(o.name, ''), o.domain), a.title, coalesce(d.moment, a.first_seen), a.published, coalesce(a.canonical_url, a.url), c.digest "
    "FROM articles a JOIN captures c ON c.row = a.capture LEFT JOIN resolved d ON d.article = a.row LEFT JOIN outlets o ON o.row = a.outlet WHERE a.row IN ({marks})"
)
ALERTS = (
    "SELECT i.name, l.record FROM resolved d JOIN alerts l ON l.article = d.article JOIN indicators i ON i.row = l.indicator "
    "WHERE d.story = ? ORDER BY l.made_when DESC, l.row DESC LIMIT ?"
)


class Covered(NamedTuple):
    """An article of a story: little enough that thousands of them can be held."""

    row: int
    id: str
    title: str | None
    moment: str
    reading: int  # the row of its current reading
    captures: tuple[Kept, ...]  # that showed it, the one it was made of first


def covered(transaction: Transaction, story: int) -> list[Covered]:
    """The articles of a story by its row, oldest first; every version of a page is one."""
    return [
        Covered(row, id, title, moment, reading, tuple(captures.of_article(transaction, row)))
        for row, id, title, moment, reading in transaction.all(COVERED, (story,))
    ]


def readings(transaction: Transaction, articles: list[Covered]) -> Iterator[Reading]:
    """The current readings of articles, read as they are asked for."""
    for c in articles:
        article = article_of(transaction.one(f"{WHOLE} WHERE a.row = ?", (c.row,)) or ())
        yield reading_in(transaction, c.reading, article)


class Source(Noun, frozen=True, kw_only=True):
    """An article as a footnote names it. `moment` is ISO 8601 in UTC."""

    article: str
    outlet: str | None
    title: str | None
    moment: str
    published: str | None  # as the page gave it
    url: str | None
    capture: str  # the digest of the bytes that it was read from


def sources(transaction: Transaction, rows: Iterable[int]) -> dict[int, Source]:
    """Articles as footnotes name them, by their rows."""
    wanted, found = list(dict.fromkeys(rows)), {}
    for some in chunks(wanted):
        for row, *values in transaction.all(SOURCES.format(marks=marks(some)), some):
            found[row] = Source(**dict(zip(Source.__struct_fields__, values, strict=True)))
    return found


def source_of(transaction: Transaction, id: str) -> Source:
    """An article as a footnote names it, by its id."""
    row = transaction.value("SELECT row FROM articles WHERE id = ?", (id,))
    return sources(transaction, [row])[row]


def words_of_claim(transaction: Transaction, article: str, id: str) -> str | None:
    """The words of a claim that an article makes, by the ids of both; None where it makes it no more."""
    sql = "SELECT f.words FROM facts f JOIN articles a ON a.row = f.article WHERE a.id = ? AND f.id = ? ORDER BY f.part, f.number"  # fmt: skip
    return transaction.value(sql, (article, id))  # type: ignore[no-any-return]


def alerts(transaction: Transaction, story: int, limit: int) -> list[tuple[str, Alert]]:
    """The alerts that a story's articles raised, newest first, each with what its indicator is called."""
    return [(name, msgspec.json.decode(record, type=Alert)) for name, record in transaction.all(ALERTS, (story, limit))]
