"""Taking out what was made of an article when it was set beside the others."""

from __future__ import annotations

from onrecord.store import accounts, actors, changes, indicators, resolved, stories
from onrecord.store.database import Transaction


def withdraw(transaction: Transaction, article: int) -> list[int]:
    """Takes out what an article's reading had brought: a newer one will be resolved in its place. Alerts that went out stay.

    Gives the rows of the actors whom it had named: `actors.drop_unused` once it is known who still names them.
    """
    withdraw_claims(transaction, article)
    return actors.withdraw(transaction, article)


def withdraw_claims(transaction: Transaction, article: int) -> None:
    """Takes out an article's claims, what they changed, and what they said to indicators."""
    changes.withdraw(transaction, article)
    accounts.withdraw(transaction, article)
    indicators.withdraw(transaction, article)


def forget(transaction: Transaction, article: int) -> None:
    """Takes out all that was made of an article, alerts included, while its rows are still there.

    What carries its text waits to be resolved anew, in the story that it is in: the oldest of those is the original from now on.
    """
    resolved.take_turns(transaction)
    row = resolved.of_article(transaction, article)
    if row is None:
        return
    indicators.forget(transaction, article)
    named = withdraw(transaction, article)
    for (copy,) in transaction.all("SELECT article FROM resolved WHERE copy_of = ?", (article,)):
        withdraw_claims(transaction, copy)
        resolved.wait_again(transaction, copy)
    transaction.run("DELETE FROM changes WHERE other = ?", (article,))
    resolved.drop(transaction, row)
    actors.drop_unused(transaction, named)
    if row.story is not None and not stories.renew(transaction, row.story, stories.Rare(transaction)):
        stories.drop(transaction, row.story)
