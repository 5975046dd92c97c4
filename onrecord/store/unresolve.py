"""Taking out what was made of an article when it was set beside the others."""

from __future__ import annotations

from onrecord.store import accounts, changes, indicators
from onrecord.store.database import Transaction
from onrecord.store.rows import BITS


def withdraw(transaction: Transaction, article: int) -> None:
    """Takes out what an article's reading had brought: a newer one will be resolved in its place. Alerts that went out stay."""
    changes.withdraw(transaction, article)
    accounts.withdraw(transaction, article)
    indicators.withdraw(transaction, article)


def forget(transaction: Transaction, article: int) -> None:
    """Takes out all that was made of an article, alerts included, while its rows are still there."""
    withdraw(transaction, article)
    transaction.run("DELETE FROM changes WHERE other = ?", (article,))
    transaction.run("DELETE FROM deliveries WHERE alert IN (SELECT id FROM alerts WHERE article = ?)", (article,))
    transaction.run("DELETE FROM alerts WHERE article = ?", (article,))
    for (reading,) in transaction.all("SELECT row FROM readings WHERE article = ?", (article,)):
        first, last = reading << BITS, (reading + 1) << BITS
        transaction.run("DELETE FROM entity_actors WHERE entity >= ? AND entity < ?", (first, last))
    story = transaction.value("SELECT story FROM resolved WHERE article = ?", (article,))
    transaction.run("DELETE FROM copy_keys WHERE article = ?", (article,))
    transaction.run(
        "UPDATE resolved SET copy_of = NULL, copy_kind = NULL, copied_share = NULL WHERE copy_of = ?", (article,)
    )
    transaction.run("DELETE FROM resolved WHERE article = ?", (article,))
    transaction.run("UPDATE stories SET articles = articles - 1 WHERE row = ?", (story,))
    if story is not None and not transaction.one("SELECT 1 FROM resolved WHERE story = ? LIMIT 1", (story,)):
        transaction.run("DELETE FROM story_keys WHERE story = ?", (story,))
        transaction.run("DELETE FROM stories WHERE row = ? OR merged_into = ?", (story, story))
