"""Keys: the tables by which candidates are found, for copies, stories, actors and accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.store.rows import chunks

if TYPE_CHECKING:
    from onrecord.store.database import Transaction

LONGEST = 400  # characters of a key: an index takes no more than some 2,700 bytes
A_KEY = 25  # rows that one key nominates, the latest first: a key that many share tells little
AT_ONCE = 100  # keys of one question


def nominated(transaction: Transaction, query: str, keys: Iterable[Sequence[object]], limit: int) -> list[int]:
    """The rows that share most keys; `query` gives the rows of one key, and is followed by the order and the limit."""
    each = list(keys)
    one = f"SELECT * FROM ({query} ORDER BY 1 DESC LIMIT {A_KEY}) AS n"
    found = (
        transaction.all(" UNION ALL ".join([one] * len(each)), [v for values in each for v in values]) if each else ()
    )
    shared = Counter(row for (row,) in found)
    return sorted(shared, key=lambda row: (-shared[row], -row))[:limit]


class Nominees:
    """The rows that keys nominate, looked up for many keys together; what is added meanwhile is seen. `query` gives the `key` and `row` of one key."""

    def __init__(self, transaction: Transaction, query: str) -> None:
        self.transaction = transaction
        self.query = f"SELECT * FROM ({query} ORDER BY 2 DESC LIMIT {A_KEY}) AS n"
        self.rows: dict[str, list[int]] = {}

    def look_up(self, keys: Iterable[str]) -> None:
        """Finds the rows of keys that are going to be asked for."""
        new = sorted({key for key in keys if key not in self.rows})
        self.rows |= {key: [] for key in new}
        for part in chunks(new, AT_ONCE):
            for key, row in self.transaction.all(" UNION ALL ".join([self.query] * len(part)), part):
                self.rows[key].append(row)

    def best(self, keys: Sequence[str], limit: int) -> list[int]:
        """The rows that share most keys."""
        self.look_up(keys)
        shared = Counter(row for key in keys for row in self.rows[key])
        return sorted(shared, key=lambda row: (-shared[row], -row))[:limit]

    def add(self, key: str, row: int) -> None:
        """Lets a key nominate one more row."""
        if len(key) <= LONGEST and key in self.rows and row not in self.rows[key]:
            self.rows[key] = sorted([*self.rows[key], row], reverse=True)[:A_KEY]


def add(transaction: Transaction, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Adds rows of keys, each once; nothing is found by a key that is longer than `LONGEST`."""
    listed = sorted(r for r in set(rows) if all(type(v) is not str or len(v) <= LONGEST for v in r))
    marks = ", ".join("?" * len(columns.split(", ")))
    transaction.many(f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING", listed)
