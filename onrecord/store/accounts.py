"""Accounts and the claims in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
from msgspec.structs import replace

from onrecord.knowledge import Claim, Origin
from onrecord.resolve.accounts import Account
from onrecord.resolve.facts import Fact
from onrecord.store.database import Transaction
from onrecord.store.keys import add as add_rows
from onrecord.store.keys import nominated
from onrecord.store.rows import as_json, spans_json, table

TABLE = table("accounts", "id story kind words state")
ANY = 0  # in place of a story: keys that find an account from all of them
SHARED = 2  # keys that a claim and an account must have in common
FACTS = table(
    "facts",
    "kind part number id account article moment stance firmness status origin speaker low high quoted words words_at turns",
)
CLAIMS = (
    "SELECT f.id, f.number, f.kind, a.id, coalesce(nullif(o.domain, ''), o.name), f.moment, f.words, f.stance, f.status, "
    "coalesce(c.id, w.id, n.id), n.kind, coalesce(c.name, w.name, n.name), coalesce(t.id, s.id), coalesce(t.name, s.name), f.low, f.high, f.quoted FROM facts f JOIN articles a ON a.row = f.article JOIN origins n ON n.id = f.origin "
    "LEFT JOIN outlets o ON o.row = a.outlet LEFT JOIN actors s ON s.row = f.speaker "
    "LEFT JOIN actors t ON t.row = s.same_as LEFT JOIN actors w ON w.id = f.origin LEFT JOIN actors c ON c.row = w.same_as"
)


def candidates(
    transaction: Transaction, stories: Sequence[int], keys: Sequence[str], limit: int
) -> dict[str, tuple[int, Account]]:
    """The accounts of these stories that share most of these keys, by their ids, with their rows."""
    sql = (
        f"SELECT x.row, x.state FROM (SELECT account, count(DISTINCT key) AS shared FROM account_keys WHERE story IN ({marks(stories)}) "
        f"AND key IN ({marks(keys)}) GROUP BY account HAVING count(DISTINCT key) >= ? ORDER BY shared DESC, account LIMIT {limit}) AS n "
        "JOIN accounts x ON x.row = n.account ORDER BY n.shared DESC, x.row"
    )
    found = [(row, decoded(state)) for row, state in transaction.all(sql, (*stories, *keys, min(SHARED, len(keys))))]
    return {account.id: (row, account) for row, account in found}


def wider(transaction: Transaction, keys: Sequence[str], limit: int) -> list[tuple[int, list[int], Account]]:
    """The accounts of any story that share most of these keys: their rows, the rows of the stories that tell them, and what they are."""
    query = "SELECT account FROM account_keys WHERE story = ? AND key = ?"
    rows = nominated(transaction, query, ((ANY, key) for key in keys), limit) if keys else []
    found = (transaction.one("SELECT row, state FROM accounts WHERE row = ?", (row,)) for row in rows)
    return [(row, told_in(transaction, row), decoded(state)) for row, state in filter(None, found)]


def told_in(transaction: Transaction, row: int) -> list[int]:
    """The rows of the stories that tell an account."""
    sql = "SELECT DISTINCT story FROM account_keys WHERE account = ? AND story <> ? ORDER BY story DESC"
    return [story for (story,) in transaction.all(sql, (row, ANY))]


def marks(values: Sequence[object]) -> str:
    """A sign for each value."""
    return ", ".join("?" * len(values))


@lru_cache(maxsize=4096)
def decoded(state: str) -> Account:
    """The account that a row's JSON holds."""
    return msgspec.json.decode(state, type=Account)


def add(transaction: Transaction, account: Account, story: int, keys: Sequence[str]) -> int:
    """A new account's row."""
    values = (account.id, story, account.kind, account.facts[0].words, as_json(account))
    row = int(transaction.value(TABLE.insert + " RETURNING row", values))
    add_keys(transaction, row, story, keys)
    return row


def update(transaction: Transaction, row: int, account: Account, story: int, keys: Sequence[str]) -> None:
    """Writes what recognises an account's next claim anew."""
    transaction.run("UPDATE accounts SET state = ? WHERE row = ?", (as_json(account), row))
    add_keys(transaction, row, story, keys)


def add_keys(transaction: Transaction, row: int, story: int, keys: Sequence[str]) -> None:
    """Makes an account findable by these keys."""
    add_rows(transaction, "account_keys", "story, key, account", ((story, key, row) for key in keys))


def add_claim(
    transaction: Transaction, claim: Claim, fact: Fact, part: int, account: int, article: int, speaker: int | None, turns: bool
) -> None:  # fmt: skip
    """Adds a claim to its account; `part` is the row of the attribution, figure or event, `turns` whether it may say the contrary of another."""
    values = (claim.kind, part, claim.number, claim.id, account, article, claim.moment, claim.stance, fact.voice.firmness, claim.status, claim.origin.id, speaker, claim.low, claim.high, int(claim.quoted), claim.words, spans_json(fact.spans), int(turns))  # fmt: skip
    transaction.run(FACTS.insert, values)


def claims(transaction: Transaction, account: int) -> list[Claim]:
    """The claims of an account, oldest first."""
    rows = transaction.all(f"{CLAIMS} WHERE f.account = ? ORDER BY f.moment, f.article, f.part, f.number", (account,))
    return [claim_of(row) for row in rows]


def has_turned(transaction: Transaction, speaker: int, moment: str) -> bool:
    """Whether anything that a speaker, by row, said until a moment may say the contrary of something."""
    sql = "SELECT 1 FROM facts WHERE speaker = ? AND turns = 1 AND kind = 'statement' AND moment <= ? LIMIT 1"
    return transaction.one(sql, (speaker, moment)) is not None


def said_before(transaction: Transaction, speaker: int, moment: str, limit: int) -> list[Claim]:
    """The latest statements that a speaker, by row, made until a moment, oldest first; their origin is the speaker."""
    sql = (
        "SELECT f.id, f.number, a.id, f.moment, f.words, f.stance FROM facts f JOIN articles a ON a.row = f.article "
        f"WHERE f.speaker = ? AND f.kind = 'statement' AND f.moment <= ? ORDER BY f.moment DESC, f.part LIMIT {limit}"
    )
    himself = Origin(id=str(speaker), kind="speaker", name="")
    return [
        Claim(id=id, number=n, kind="statement", article=article, outlet=None, moment=when, words=words, stance=stance, status="actual", origin=himself)
        for id, n, article, when, words, stance in reversed(transaction.all(sql, (speaker, moment)))
    ]  # fmt: skip


def claim_of(row: Sequence[Any]) -> Claim:
    """The claim of a row of `CLAIMS`. An origin that is a speaker is named as the record knows the speaker now."""
    id, number, kind, article, outlet, moment, words, stance, status, origin, origin_kind, name, speaker, speaker_name, low, high, quoted = row  # fmt: skip
    return Claim(
        id=id,
        number=number,
        kind=kind,
        article=article,
        outlet=outlet,
        moment=moment,
        words=words,
        stance=stance,
        status=status,
        origin=Origin(id=origin, kind=origin_kind, name=name),
        speaker=speaker,
        speaker_name=speaker_name,
        low=low,
        high=high,
        quoted=bool(quoted),
    )


def withdraw(transaction: Transaction, article: int) -> None:
    """Takes an article's claims out of their accounts, and accounts that have none left out of the record."""
    touched = transaction.all("SELECT DISTINCT account FROM facts WHERE article = ?", (article,))
    transaction.run("DELETE FROM facts WHERE article = ?", (article,))
    id = str(transaction.value("SELECT id FROM articles WHERE row = ?", (article,)))
    for (account,) in touched:
        shorten(transaction, account, id)


def shorten(transaction: Transaction, row: int, article: str) -> None:
    """Writes an account anew that has lost an article's claims; one that has no claims any more is gone, one that nothing tells is never joined."""
    first = "SELECT words FROM facts WHERE account = ? ORDER BY moment, article, part, number LIMIT 1"
    words = transaction.value(first, (row,))
    known = decoded(transaction.value("SELECT state FROM accounts WHERE row = ?", (row,)))
    state = replace(known, facts=tuple(f for f in known.facts if f.article != article))
    transaction.run("UPDATE accounts SET words = ?, state = ? WHERE row = ?", (words or "", as_json(state), row))
    if not state.facts:
        transaction.run("DELETE FROM account_keys WHERE account = ?", (row,))
    if words is None:
        transaction.run("DELETE FROM accounts WHERE row = ?", (row,))


def set_origin(transaction: Transaction, article: int, old: str, new: str) -> None:
    """Gives the claims of an article that had one origin another."""
    transaction.run("UPDATE facts SET origin = ? WHERE article = ? AND origin = ?", (new, article, old))
