"""The accounts of one affair while an article's claims are put to them: looked up for all claims together; what the article adds is seen at once and written at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.knowledge import Claim
from onrecord.resolve.accounts import Account
from onrecord.store import accounts
from onrecord.store.accounts import ANY, SHARED, decoded, marks
from onrecord.store.database import Transaction
from onrecord.store.keys import LONGEST, Nominees
from onrecord.store.keys import add as add_rows
from onrecord.store.rows import as_json, chunks

QUERY = f"SELECT key, account AS row FROM account_keys WHERE story = {ANY} AND key = ?"


class Affair:
    """The accounts of some stories, the first of which is an article's own, and those that some keys find in all stories. `write` it before others look at them."""

    def __init__(self, transaction: Transaction, thread: Sequence[int]) -> None:
        self.transaction = transaction
        self.thread = tuple(thread)
        self.story = thread[0]
        self.near: dict[str, set[int]] = {}  # the accounts of the stories, by key
        self.wide = Nominees(transaction, QUERY)
        self.known: dict[int, Account | None] = {}
        self.stories: dict[int, set[int]] = {}  # that tell an account
        self.keyed: list[tuple[int, str, int]] = []  # what waits to be written
        self.changed: set[int] = set()
        self.told: list[tuple[object, ...]] = []

    def look_up(self, keys: Iterable[str], wide: Iterable[str]) -> None:
        """Finds the accounts of keys that are going to be asked for."""
        new = sorted({key for key in keys if key not in self.near})
        self.near |= {key: set() for key in new}
        for part in chunks(new):
            sql = f"SELECT key, account FROM account_keys WHERE story IN ({marks(self.thread)}) AND key IN ({marks(part)})"
            for key, account in self.transaction.all(sql, (*self.thread, *part)):
                self.near[key].add(account)
        self.wide.look_up(wide)

    def read(self, rows: Iterable[int]) -> None:
        """Reads accounts that are going to be asked for."""
        new = sorted({row for row in rows if row not in self.known})
        self.known |= dict.fromkeys(new)
        for part in chunks(new):
            sql = f"SELECT row, state FROM accounts WHERE row IN ({marks(part)})"
            self.known |= {row: decoded(state) for row, state in self.transaction.all(sql, part)}

    def best(self, keys: Sequence[str], limit: int) -> list[int]:
        """The rows of the accounts of the stories that share most of these keys, at least `SHARED`."""
        self.look_up(keys, ())
        shared = Counter(row for key in set(keys) for row in self.near[key])
        least = min(SHARED, len(keys))
        return sorted((row for row, n in shared.items() if n >= least), key=lambda row: (-shared[row], row))[:limit]

    def candidates(self, keys: Sequence[str], limit: int) -> dict[str, tuple[int, Account]]:
        """The accounts of the stories that share most of these keys, by their ids, with their rows."""
        return {account.id: (row, account) for row, account in self.accounts(self.best(keys, limit))}

    def wider(self, keys: Sequence[str], limit: int) -> list[tuple[int, Account]]:
        """The accounts of any story that share most of these keys, with their rows."""
        return self.accounts(self.wide.best(keys, limit))

    def accounts(self, rows: Sequence[int]) -> list[tuple[int, Account]]:
        """Accounts with their rows, those left out that the record does not have."""
        self.read(rows)
        return [(row, account) for row in rows if (account := self.known[row])]

    def told_in(self, row: int) -> list[int]:
        """The rows of the stories that tell an account, the newest first."""
        if row not in self.stories:
            self.stories[row] = set(accounts.told_in(self.transaction, row))
            self.stories[row] |= {story for story, _, other in self.keyed if other == row and story != ANY}
        return sorted(self.stories[row], reverse=True)

    def add(self, account: Account, keys: Iterable[str], wide: Iterable[str]) -> int:
        """A new account's row."""
        row = accounts.add(self.transaction, account, self.story)
        self.known[row] = account
        self.key(row, keys, wide)
        return row

    def change(self, row: int, account: Account, keys: Iterable[str], wide: Iterable[str]) -> None:
        """Keeps what recognises an account's next claim anew."""
        self.known[row] = account
        self.changed.add(row)
        self.key(row, keys, wide)

    def key(self, row: int, keys: Iterable[str], wide: Iterable[str]) -> None:
        """Makes an account findable by keys, in the article's story and in all."""
        for key in keys:
            if len(key) <= LONGEST:
                self.keyed.append((self.story, key, row))
                self.near.setdefault(key, set()).add(row)
                if row in self.stories:
                    self.stories[row].add(self.story)
        for key in wide:
            if len(key) <= LONGEST:
                self.keyed.append((ANY, key, row))
                self.wide.add(key, row)

    def add_claim(self, values: tuple[object, ...]) -> None:
        """Adds a claim to its account, by the values of its row in `accounts.FACTS`."""
        self.told.append(values)

    def write_claims(self) -> None:
        """Writes the claims that wait."""
        self.transaction.many(accounts.FACTS.insert, self.told)
        self.told = []

    def claims(self, row: int) -> list[Claim]:
        """The claims of an account, oldest first."""
        self.write_claims()
        return accounts.claims(self.transaction, row)

    def write(self) -> None:
        """Writes all that waits."""
        self.write_claims()
        states = [(as_json(self.known[row]), row) for row in sorted(self.changed)]
        self.transaction.many("UPDATE accounts SET state = ? WHERE row = ?", states)
        add_rows(self.transaction, "account_keys", "story, key, account", self.keyed)
        self.changed, self.keyed = set(), []
