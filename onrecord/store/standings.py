"""How the accounts of a story stand, those asked for only: a story of thousands of claims costs little more than a small one.

1. The accounts are put in order by what can be counted in the database.
2. Of those that are shown, the claims are taken together by voice: an origin with a stance and a value. Copies are one voice, however many.
3. What is said of an account follows from its voices; claims themselves are shown up to a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from onrecord.knowledge import Claim, Origin, Standing
from onrecord.model import Noun
from onrecord.resolve.standing import credible, independent
from onrecord.store import grades, sayings
from onrecord.store.accounts import marks
from onrecord.store.database import Transaction
from onrecord.store.sayings import Saying

SHOWN = 260  # claims of the accounts that are asked for, together
# contested: some deny what others say, figures differ, or somebody denies what nobody else has on record
COUNTED = (
    "SELECT f.account, count(DISTINCT f.origin) AS origins, count(DISTINCT f.article) AS articles, min(f.moment) AS first, "
    "CASE WHEN min(CASE f.stance WHEN 'denies' THEN 1 ELSE 0 END) < max(CASE f.stance WHEN 'denies' THEN 1 ELSE 0 END) OR max(CASE WHEN f.kind = 'figure' AND f.stance = 'denies' THEN 1 ELSE 0 END) = 1 OR min(f.low) < max(f.low) "
    "OR min(f.high) < max(f.high) THEN 1 ELSE 0 END AS contested "
    "FROM resolved r JOIN facts f ON f.article = r.article WHERE r.story = ?{kind} GROUP BY f.account"
)
RANKED = (
    "SELECT n.account, x.id, x.kind, x.words, CASE WHEN n.contested = 1 OR n.account IN (SELECT account FROM changes WHERE story = ? AND kind = 'denied' "
    f"AND kind <> 'new-account') THEN 1 ELSE 0 END AS disputed, count(*) OVER () FROM ({COUNTED}) AS n JOIN accounts x ON x.row = n.account "
    "ORDER BY disputed DESC, n.origins DESC, n.articles DESC, n.first, x.id LIMIT ? OFFSET ?"
)
ONE = "SELECT row, id, kind, words, 0, 1 FROM accounts WHERE row = ?"
VOICES = (
    "SELECT f.account, coalesce(c.id, w.id, n.id), n.kind, coalesce(c.name, w.name, n.name), coalesce(t.id, s.id), coalesce(t.name, s.name), f.stance, "
    "f.low, f.high, min(f.first), max(f.last), min(coalesce(g.grade, ?)) FROM (SELECT x.account, x.origin, x.speaker, x.stance, x.low, x.high, a.outlet, "
    "min(x.moment) AS first, max(x.moment) AS last FROM facts x JOIN articles a ON a.row = x.article WHERE x.account IN ({marks}) "
    "GROUP BY x.account, x.origin, x.speaker, x.stance, x.low, x.high, a.outlet) AS f JOIN origins n ON n.id = f.origin LEFT JOIN outlets o ON o.row = f.outlet LEFT JOIN grades g ON g.domain = coalesce(nullif(o.domain, ''), o.name) "
    "LEFT JOIN actors s ON s.row = f.speaker LEFT JOIN actors t ON t.row = s.same_as LEFT JOIN actors w ON w.id = f.origin LEFT JOIN actors c ON c.row = w.same_as "
    "GROUP BY f.account, coalesce(c.id, w.id, n.id), n.kind, coalesce(c.name, w.name, n.name), coalesce(t.id, s.id), "
    "coalesce(t.name, s.name), f.stance, f.low, f.high"
)
TOLD = (
    "SELECT f.account, count(DISTINCT f.article), count(DISTINCT CASE WHEN r.copy_of IS NULL THEN NULL ELSE f.article END), count(*) "
    "FROM facts f LEFT JOIN resolved r ON r.article = f.article WHERE f.account IN ({marks}) GROUP BY f.account"
)


class Voice(NamedTuple):
    """What one origin says of an account: the latest of such claims, and when the first was made."""

    claim: Claim
    first: str
    grade: str  # the best of the outlets that carry it


class Told(Noun, frozen=True, kw_only=True):
    """An account with what is told of it. `standing.claims` and `sayings` are the same, the first ones of each voice before others."""

    standing: Standing
    copies: int  # articles that carry another's text
    claims: int  # all
    contested: bool
    sayings: tuple[Saying, ...]


class Head(NamedTuple):
    """An account's row of `accounts`."""

    row: int
    id: str
    kind: Any
    words: str
    contested: bool


def of_story(transaction: Transaction, story: int, id: str, limit: int, offset: int = 0, claims: int = SHOWN, kind: str | None = None) -> tuple[list[Told], int]:  # fmt: skip
    """The accounts that a story's articles tell, those contested first, then those of most origins and articles; and how many there are in all."""
    sql = RANKED.format(kind=" AND f.kind = ?" if kind else "")
    rows = transaction.all(sql, (story, story, *filter(None, (kind,)), limit, offset))
    heads = [Head(row, account, kind, words, bool(contested)) for row, account, kind, words, contested, _ in rows]
    return told(transaction, heads, id, claims), rows[0][-1] if rows else 0


def of_account(transaction: Transaction, row: int, story: str, claims: int, after: int = 0) -> Told:
    """One account, with so many of its claims after the first so many."""
    head = Head(*(transaction.one(ONE, (row,)) or ())[:5])
    return told(transaction, [head], story, claims, after)[0]


def told(transaction: Transaction, heads: Sequence[Head], story: str, most: int, after: int = 0) -> list[Told]:
    """Accounts by their rows, in the order given, with at most so many claims together."""
    rows = [head.row for head in heads]
    if not rows:
        return []
    voices: dict[int, list[Voice]] = {}
    for row in transaction.all(VOICES.format(marks=marks(rows)), (grades.DEFAULT, *rows)):
        voices.setdefault(row[0], []).append(voice(row[1:]))
    counted = {row: counts for row, *counts in transaction.all(TOLD.format(marks=marks(rows)), rows)}
    said = sayings.of_accounts(transaction, rows, evenly([claims for *_, claims in counted.values()], most), after)
    return [
        Told(
            standing=standing(head, story, voices[head.row], counted[head.row][0], said.get(head.row, [])), copies=counted[head.row][1],
            claims=counted[head.row][2], contested=head.contested, sayings=tuple(said.get(head.row, ())),
        )
        for head in heads
    ]  # fmt: skip


def evenly(counts: Sequence[int], most: int) -> int:
    """How many claims each account may show so that they are no more than so many together; one at least."""
    left, room = sorted(counts), most
    for n, count in enumerate(left):
        share = room // (len(left) - n)
        if count > share:
            return max(1, share)
        room -= count
    return max(1, left[-1])


def voice(row: Sequence[Any]) -> Voice:
    """A voice of a row."""
    origin, kind, name, speaker, speaker_name, stance, low, high, first, last, grade = row
    claim = Claim(
        id=origin, kind="figure" if low is not None or high is not None else "statement", article="", outlet=None, moment=last, words="", stance=stance,
        status="actual", origin=Origin(id=origin, kind=kind, name=name), speaker=speaker, speaker_name=speaker_name, low=low, high=high,
    )  # fmt: skip
    return Voice(claim, first, grade)


def standing(head: Head, story: str, voices: Sequence[Voice], articles: int, said: Sequence[Saying]) -> Standing:
    """How an account stands by its voices, the earliest first."""
    voices = sorted(voices, key=lambda v: (v.first, v.claim.id))
    claims = [v.claim for v in voices]
    held = [c for c in claims if c.stance != "denies"]
    lows, highs = [c.low for c in held if c.low is not None], [c.high for c in held if c.high is not None]
    open_above = any(c.low is not None and c.high is None for c in held)
    judged = credible(sorted(claims, key=lambda c: c.moment))
    return Standing(
        id=head.id, story=story, kind=head.kind, words=head.words, low=min(lows, default=None), high=None if open_above else max(highs, default=None),
        asserted_by=said_by(claims, "asserts"), hedged_by=said_by(claims, "hedges"), denied_by=said_by(claims, "denies"),
        origins=independent(claims), articles=articles, admiralty=min(v.grade for v in voices) + str(judged.level), reason=judged.reason,
        first=voices[0].first, last=max(c.moment for c in claims), claims=tuple(s.claim for s in said),
    )  # fmt: skip


def said_by(claims: Sequence[Claim], stance: str) -> tuple[str, ...]:
    """The names of the origins that take a stance."""
    named = ((c.speaker_name or c.origin.name).replace("’", "'") for c in claims if c.stance == stance)
    return tuple(dict.fromkeys(named))
