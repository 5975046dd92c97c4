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
from onrecord.store.rows import as_json, chunks, spans_json, table

TABLE = table("accounts", "id story kind words state")
ANY = 0  # in place of a story: keys that find an account from all of them
SPEAKERS = 50  # of one question
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


def add(transaction: Transaction, account: Account, story: int) -> int:
    """A new account's row."""
    values = (account.id, story, account.kind, account.facts[0].words, as_json(account))
    return int(transaction.value(TABLE.insert + " RETURNING row", values))


def row_of(claim: Claim, fact: Fact, part: int, account: int, article: int, speaker: int | None, turns: bool) -> tuple[object, ...]:  # fmt: skip
    """The row of a claim in `FACTS`; `part` is the row of the attribution, figure or event, `turns` whether it may say the contrary of another."""
    return (claim.kind, part, claim.number, claim.id, account, article, claim.moment, claim.stance, fact.voice.firmness, claim.status, claim.origin.id, speaker, claim.low, claim.high, int(claim.quoted), claim.words, spans_json(fact.spans), int(turns))  # fmt: skip


def claims(transaction: Transaction, account: int) -> list[Claim]:
    """The claims of an account, oldest first."""
    rows = transaction.all(f"{CLAIMS} WHERE f.account = ? ORDER BY f.moment, f.article, f.part, f.number", (account,))
    return [claim_of(row) for row in rows]


def said_before(transaction: Transaction, speaker: int, moment: str, limit: int) -> list[Claim]:
    """The latest statements that a speaker, by row, made until a moment, oldest first; their origin is the speaker."""
    return [claim for _, claim in reversed([said_of(row) for row in transaction.all(said(limit), (speaker, moment))])]


def turned_before(transaction: Transaction, speakers: Sequence[int], moment: str, limit: int) -> dict[int, list[Claim]]:
    """The same of several speakers, each with those of the latest that may say the contrary of something."""
    found: dict[int, list[Claim]] = {speaker: [] for speaker in speakers}
    one = f"SELECT * FROM ({said(limit, 'AND f.turns = 1')}) AS n"
    for part in chunks(speakers, SPEAKERS):
        rows = transaction.all(" UNION ALL ".join([one] * len(part)), [v for s in part for v in (s, moment)])
        for speaker, claim in map(said_of, reversed(rows)):
            found[speaker].append(claim)
    return found


def said(limit: int, which: str = "") -> str:
    """The question for the latest statements of a speaker until a moment, the newest first."""
    return (
        "SELECT f.speaker, f.id, f.number, a.id AS article, f.moment, f.words, f.stance, f.quoted FROM facts f JOIN articles a ON a.row = f.article "
        f"WHERE f.speaker = ? {which} AND f.kind = 'statement' AND f.moment <= ? ORDER BY f.moment DESC, f.part LIMIT {limit}"
    )


def said_of(row: Sequence[Any]) -> tuple[int, Claim]:
    """The speaker and the claim of a row that `said` asks for."""
    speaker, id, number, article, moment, words, stance, quoted = row
    himself = Origin(id=str(speaker), kind="speaker", name="")
    return speaker, Claim(
        id=id, number=number, kind="statement", article=article, outlet=None, moment=moment, words=words, stance=stance, status="actual", origin=himself, quoted=bool(quoted)
    )  # fmt: skip


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
