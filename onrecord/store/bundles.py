"""What a story rests on: its articles with the captures that showed them, and their readings one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.model import Kept, Reading
from onrecord.store import captures
from onrecord.store.articles import WHOLE, article_of
from onrecord.store.database import Transaction
from onrecord.store.show import reading_in

COVERED = (
    "SELECT a.row, a.id, a.title, d.moment, r.row FROM resolved d JOIN articles a ON a.row = d.article "
    "JOIN readings r ON r.article = a.row AND r.current = 1 WHERE d.story = ? ORDER BY d.moment, a.row"
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
