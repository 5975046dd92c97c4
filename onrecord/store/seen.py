"""What a person has marked as seen at the desk: changes and alerts, by their ids."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.store.database import Transaction


def mark(transaction: Transaction, ids: Sequence[str], when: str) -> None:
    """Marks things as seen."""
    transaction.many(
        "INSERT INTO seen (id, seen_when) VALUES (?, ?) ON CONFLICT DO NOTHING", [(id, when) for id in ids]
    )


def unmark(transaction: Transaction, ids: Sequence[str]) -> None:
    """Takes marks back."""
    transaction.many("DELETE FROM seen WHERE id = ?", [(id,) for id in ids])
