"""Stories: which articles cover one happening, and enough of each story to recognise the next article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from onrecord.resolve.stories import Sketch
from onrecord.store.database import Transaction
from onrecord.store.keys import add as add_rows
from onrecord.store.keys import nominated
from onrecord.store.rows import as_json, table

TABLE = table("stories", "id title first_moment last_moment articles merged_into sketch")


def candidates(transaction: Transaction, keys: Sequence[str], limit: int) -> dict[int, Sketch]:
    """The stories that share most of these keys, by their rows."""
    query = "SELECT story FROM story_keys WHERE key = ?"
    best = nominated(transaction, query, ((key,) for key in keys), limit)
    return {row: sketch for row in best if (sketch := get(transaction, row))}


def get(transaction: Transaction, row: int) -> Sketch | None:
    """The sketch of a story that was not merged into another."""
    found = transaction.value("SELECT sketch FROM stories WHERE row = ? AND merged_into IS NULL", (row,))
    return msgspec.json.decode(found, type=Sketch) if found else None


def add(transaction: Transaction, title: str, moment: str, sketch: Sketch, keys: Iterable[str]) -> int:
    """A new story's row; its id is that of its sketch."""
    values = (sketch.story, title, moment, moment, 1, None, as_json(sketch))
    row = int(transaction.value(TABLE.insert + " RETURNING row", values))
    add_keys(transaction, row, keys)
    return row


def update(transaction: Transaction, row: int, moment: str, sketch: Sketch, keys: Iterable[str]) -> None:
    """Writes a story anew that one more article belongs to."""
    sql = (
        "UPDATE stories SET first_moment = min(first_moment, ?), last_moment = max(last_moment, ?), articles = articles + 1, sketch = ? WHERE row = ?"
        if transaction.dialect == "sqlite"
        else "UPDATE stories SET first_moment = least(first_moment, ?), last_moment = greatest(last_moment, ?), articles = articles + 1, sketch = ? WHERE row = ?"
    )
    transaction.run(sql, (moment, moment, as_json(sketch), row))
    add_keys(transaction, row, keys)


def add_keys(transaction: Transaction, row: int, keys: Iterable[str]) -> None:
    """Makes a story findable by these keys."""
    add_rows(transaction, "story_keys", "key, story", ((key, row) for key in keys))


def merge(transaction: Transaction, row: int, into: int, sketch: Sketch) -> None:
    """Moves all that belongs to one story to another; the emptied one is kept, and says where it went."""
    first, last, articles = transaction.one("SELECT first_moment, last_moment, articles FROM stories WHERE row = ?", (row,)) or ()  # fmt: skip
    keys = [key for (key,) in transaction.all("SELECT key FROM story_keys WHERE story = ?", (row,))]
    update(transaction, into, first, sketch, keys)
    update(transaction, into, last, sketch, ())
    transaction.run("UPDATE stories SET articles = articles + ? - 2 WHERE row = ?", (articles, into))
    transaction.run(
        "UPDATE stories SET merged_into = ?, articles = 0 WHERE row = ? OR merged_into = ?", (into, row, row)
    )
    for table_name in ("resolved", "accounts", "account_keys", "changes"):
        transaction.run(f"UPDATE {table_name} SET story = ? WHERE story = ?", (into, row))
    transaction.run("DELETE FROM story_keys WHERE story = ?", (row,))


def set_title(transaction: Transaction, row: int, title: str) -> None:
    """Names a story."""
    transaction.run("UPDATE stories SET title = ? WHERE row = ?", (title, row))


def id_of(transaction: Transaction, row: int) -> str:
    """The id of a story."""
    return str(transaction.value("SELECT id FROM stories WHERE row = ?", (row,)))
