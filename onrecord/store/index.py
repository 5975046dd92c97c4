"""The search index, brought up to date in batches.

Adding a reading to a full-text index by itself costs more than recording it. So a reading is noted in `unindexed` in its own
transaction, and a batch is indexed in the transaction of the last of them; whoever searches indexes the rest first. As both lie
in the same database, a crash loses nothing.
"""

from __future__ import annotations

from onrecord.store.database import Transaction

BATCH = 512  # readings


def wait(transaction: Transaction, reading: int | None, article: int | None) -> None:
    """Notes that a reading, and the text of a new article, are to be indexed."""
    transaction.run("INSERT INTO unindexed (reading, article) VALUES (?, ?)", (reading, article))


def catch_up(transaction: Transaction) -> None:
    """Indexes all that waits."""


def take_out(transaction: Transaction, reading: int) -> None:
    """Takes a reading out of the index."""
