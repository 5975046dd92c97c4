"""The words of actors' names: people are found by how a word of any of their names begins, as one types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from onrecord.knowledge import Profile
from onrecord.store.keys import add as add_rows
from onrecord.store.words import words_in

if TYPE_CHECKING:
    from onrecord.store.database import Transaction

MOST = 8  # words that are looked for
AFTER = "\U0010ffff"  # comes after every letter
BATCH = 5_000
BEGINNING = "SELECT actor FROM actor_words WHERE word >= ? AND word < ?"


def words_of(names: Iterable[str]) -> set[str]:
    """The words of names, as they are compared."""
    return {word for name in names for word, _ in words_in(name)}


def call(transaction: Transaction, row: int, names: Iterable[str], before: Iterable[str] = ()) -> None:
    """Makes an actor findable by the words of its names, and no longer by those that only its names `before` had."""
    now, then = words_of(names), words_of(before)
    add_rows(transaction, "actor_words", "word, actor", ((word, row) for word in now - then))
    gone = [(word, row) for word in sorted(then - now)]
    transaction.many("DELETE FROM actor_words WHERE word = ? AND actor = ?", gone)


def beginning(transaction: Transaction, typed: str, limit: int) -> list[int]:
    """The actors that have, for each word typed, a word that begins so; those that the record has known longest first."""
    words = sorted(words_of([typed]))[:MOST]
    if not words:
        return []
    sql = f"SELECT DISTINCT actor FROM ({' INTERSECT '.join(BEGINNING for _ in words)}) AS found ORDER BY actor LIMIT {limit}"
    return [row for (row,) in transaction.all(sql, [end for word in words for end in (word, word + AFTER)])]


def fill(transaction: Transaction) -> None:
    """Makes all actors findable that were there before this table."""
    last = 0
    while rows := transaction.all(f"SELECT row, profile FROM actors WHERE row > ? ORDER BY row LIMIT {BATCH}", (last,)):
        for row, profile in rows:
            call(transaction, row, msgspec.json.decode(profile, type=Profile).names)
        last = rows[-1][0]
