"""What somebody said over time: statements with all their tellings, the outlets that quote them, and changes of position as pairs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from onrecord.model import Certainty
from onrecord.resolve.changes import Change
from onrecord.store.database import Transaction
from onrecord.store.rows import chunks
from onrecord.store.words import folded, words_in

LOOKED_AT = 1_000  # tellings of somebody's statements, the newest
TOLD = (
    "SELECT f.moment, f.part, f.number, f.id, f.account, f.stance, f.firmness, f.quoted, f.words, a.row, a.id, a.outlet, a.published FROM facts f "
    f"JOIN articles a ON a.row = f.article WHERE f.speaker = ? AND f.kind = 'statement' ORDER BY f.moment DESC LIMIT {LOOKED_AT}"
)
STORIES = "SELECT x.row, s.id, s.title FROM accounts x JOIN stories t ON t.row = x.story JOIN stories s ON s.row = coalesce(t.merged_into, t.row) WHERE x.row IN "
CUES = "SELECT s.row, s.cue, NULL FROM attributions s WHERE s.row IN "
TURNS = "SELECT x.row, x.record, NULL FROM changes x WHERE x.kind = 'reversal' AND x.article IN "
SIDE = (
    "SELECT f.words, f.id, a.id, coalesce(nullif(o.name, ''), o.domain), f.moment, a.published FROM facts f JOIN articles a ON a.row = f.article "
    "LEFT JOIN outlets o ON o.row = a.outlet WHERE a.id = ? AND f.id = ? ORDER BY f.part, f.number"
)
BEGINNING = 100  # characters of a claim that tell it from others


class Telling(NamedTuple):
    """A statement as one article has it."""

    moment: str
    part: int
    number: int
    id: str
    account: int
    stance: str
    firmness: Certainty
    quoted: int
    words: str
    article_row: int
    article: str
    outlet: int | None
    published: str | None


class Told(Struct, frozen=True, kw_only=True):
    """Where a statement stands. Moments are ISO 8601 in UTC; `published` is as the page gave it."""

    part: str  # the beginning of the attribution's id
    article: str
    outlet: str | None
    moment: str
    published: str | None


class Statement(Struct, frozen=True, kw_only=True):
    """A statement as it was first told, and who told it since."""

    cue: str  # the word that reports it: "said", "ruled out"
    words: str
    stance: str  # asserts, denies, hedges
    certainty: Certainty
    quoted: bool
    story: str | None
    story_title: str | None
    told: tuple[Told, ...]  # the first telling first, a few at most
    tellings: int


class Pair(Struct, frozen=True, kw_only=True):
    """Two statements of one person on one matter that point opposite ways; no verdict."""

    before: str
    before_told: Told
    now: str
    now_told: Told


def tellings(transaction: Transaction, rows: Sequence[int]) -> list[Telling]:
    """The newest tellings of what somebody said, newest first; `rows` are all that stand for them."""
    found = [Telling(*f) for row in rows for f in transaction.all(TOLD, (row,))]
    return sorted(found, key=lambda t: (t.moment, t.part, t.number), reverse=True)[:LOOKED_AT]


def said(found: Sequence[Telling], words: str = "") -> list[list[Telling]]:
    """The tellings by statement, the oldest of each first, the statement that was made last first. With `words`, those that have them all."""
    by: dict[tuple[int, str], list[Telling]] = {}
    for telling in reversed(found):
        by.setdefault((telling.account, telling.stance), []).append(telling)
    asked = [re.compile(rf"(?<![^\W_]){word}") for word, _ in words_in(words)]
    kept = [some for some in by.values() if not asked or any(has(asked, t.words) for t in some)]
    return sorted(kept, key=lambda some: (some[0].moment, some[0].part, some[0].number), reverse=True)


def has(asked: Sequence[re.Pattern[str]], words: str) -> bool:
    """Whether each of these begins a word."""
    text = folded(words)
    return all(pattern.search(text) for pattern in asked)


def statements(transaction: Transaction, groups: Sequence[Sequence[Telling]], shown: int) -> list[Statement]:
    """Statements to be shown, with `shown` tellings of each."""
    names = outlet_names(transaction)
    stories = {row: (id, title) for row, id, title in in_chunks(transaction, STORIES, [g[0].account for g in groups])}
    cues = {row: cue for row, cue, _ in in_chunks(transaction, CUES, [g[0].part for g in groups])}
    return [
        statement(g, cues.get(g[0].part, ""), names, stories.get(g[0].account, (None, None)), shown) for g in groups
    ]


def statement(group: Sequence[Telling], cue: str, names: dict[int, str], story: tuple[str | None, str | None], shown: int) -> Statement:  # fmt: skip
    """A statement of its tellings."""
    first = group[0]
    return Statement(
        cue=cue, words=first.words, stance=first.stance, certainty=first.firmness, quoted=bool(first.quoted), story=story[0], story_title=story[1],
        told=tuple(told(t, names) for t in group[:shown]), tellings=len({t.article for t in group}),
    )  # fmt: skip


def told(telling: Telling, names: dict[int, str]) -> Told:
    """Where a telling stands."""
    outlet = names.get(telling.outlet) if telling.outlet is not None else None
    return Told(part=telling.id, article=telling.article, outlet=outlet, moment=telling.moment, published=telling.published)  # fmt: skip


def outlet_names(transaction: Transaction) -> dict[int, str]:
    """What outlets are called, by row."""
    return {row: name or domain for row, domain, name in transaction.all("SELECT row, domain, name FROM outlets")}


def quoted_by(transaction: Transaction, found: Sequence[Telling]) -> list[tuple[str, int]]:
    """The outlets that told what somebody said, in how many articles each, the most first."""
    names = outlet_names(transaction)
    outlets = {t.article: t.outlet for t in found}.values()
    counted = Counter("unknown outlet" if row is None else names.get(row, "unknown outlet") for row in outlets)
    return sorted(counted.items(), key=lambda o: (-o[1], o[0]))


def in_chunks(transaction: Transaction, sql: str, values: Sequence[int]) -> Iterator[tuple[int, str, str | None]]:
    """The rows of a statement that ends in IN, a few hundred values at a time."""
    wanted = sorted(set(values))
    for some in chunks(wanted):
        yield from transaction.all(f"{sql}({', '.join('?' * len(some))})", some)


def turns(transaction: Transaction, found: Sequence[Telling]) -> list[Pair]:
    """The changes of position among what somebody said, the newest first."""
    mine = {(t.article, t.id) for t in found}
    rows = in_chunks(transaction, TURNS, [t.article_row for t in found])
    changes = [msgspec.json.decode(record, type=Change) for _, record, _ in rows]
    pairs = [pair for c in changes if (c.article, c.claim) in mine if (pair := pair_of(transaction, c))]
    return sorted(pairs, key=lambda p: p.now_told.moment, reverse=True)


def pair_of(transaction: Transaction, change: Change) -> Pair | None:
    """Both statements of a change of position; None where one of them is on record no more."""
    now = side(transaction, change.article, change.claim, change.words)
    before = side(transaction, change.other, change.against, change.words)
    return Pair(before=before[0], before_told=before[1], now=now[0], now_told=now[1]) if now and before else None


def side(transaction: Transaction, article: str | None, id: str | None, quoted: str) -> tuple[str, Told] | None:
    """The words and the place of a claim; of several in one attribution the one whose words are quoted."""
    found = transaction.all(SIDE, (article, id))
    if not found:
        return None
    words, part, of, outlet, moment, published = min(found, key=lambda f: " ".join(f[0].split())[:BEGINNING] not in quoted)  # fmt: skip
    return words, Told(part=part, article=of, outlet=outlet, moment=moment, published=published)
