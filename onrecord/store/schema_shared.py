"""The seventh migration: a record has a name of its own. Released, so never edited."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.store.database import Transaction

TABLES = ("CREATE TABLE identity (id TEXT NOT NULL)",)


def fill(transaction: Transaction) -> None:
    """Gives the record its name, by chance."""
    transaction.run("INSERT INTO identity (id) VALUES (?)", (secrets.token_hex(16),))
