"""Forgetting an article and all that was made of it."""

from __future__ import annotations

from onrecord.errors import InputError
from onrecord.model import Kept
from onrecord.store import captures, index, unresolve
from onrecord.store.database import Store, Transaction
from onrecord.store.rows import part_of
from onrecord.store.show import NOUNS
from onrecord.text import digest

USED = "SELECT 1 FROM articles WHERE capture = ? UNION ALL SELECT 1 FROM sightings WHERE capture = ? LIMIT 1"
OF_CAPTURE = "SELECT row FROM captures WHERE digest = ?"


def forget(store: Store, article: str) -> list[Kept]:
    """Removes the article of this id: its readings, edits and places in the index; its entries are never fetched again.

    Gives the captures that nothing needs any more and that the record has dropped too, so that the caller can erase their
    bytes. Raises InputError where there is no such article.
    """
    with store.writing() as transaction:
        row = transaction.value("SELECT row FROM articles WHERE id = ?", (article,))
        if row is None:
            raise InputError(f"no article in the record has the id {article}")
        kept = captures.of_article(transaction, row)
        forget_entries(transaction, row)
        index.forget(transaction, row)
        unresolve.forget(transaction, row)
        forget_readings(transaction, row)
        transaction.run("DELETE FROM edits WHERE old = ? OR new = ?", (row, row))
        transaction.run("DELETE FROM sightings WHERE article = ?", (row,))
        transaction.run("DELETE FROM articles WHERE row = ?", (row,))
        index.step_back(transaction)
        return [capture for capture in kept if drop(transaction, capture)]


def forget_entries(transaction: Transaction, row: int) -> None:
    """The entries that led to an article, or that bear its address, are done with for ever."""
    columns = transaction.one("SELECT url, canonical_url FROM articles WHERE row = ?", (row,)) or ()
    change = "UPDATE entries SET state = 'forgotten', next_try = NULL, article = NULL, title = NULL WHERE "
    transaction.run(change + "article = ?", (row,))
    for url in set(columns) - {None}:
        transaction.run(change + "id = ?", (digest(url),))


def forget_readings(transaction: Transaction, article: int) -> None:
    """Removes the readings of an article with all their parts."""
    for (reading,) in transaction.all("SELECT row FROM readings WHERE article = ?", (article,)):
        for table in NOUNS:
            transaction.run(f"DELETE FROM {table} WHERE {part_of(reading)}")
        transaction.run("DELETE FROM readings WHERE row = ?", (reading,))


def drop(transaction: Transaction, kept: Kept) -> bool:
    """Drops a capture that nothing needs; whether it was so."""
    row = transaction.value(OF_CAPTURE, (kept.digest,))
    if transaction.one(USED, (row, row)):
        return False
    transaction.run("DELETE FROM captures WHERE row = ?", (row,))
    return True
