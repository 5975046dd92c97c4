"""The claims of accounts as a page shows them: who says so, through whom, how, and in which words of the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from onrecord.knowledge import Claim
from onrecord.model import Noun
from onrecord.store import accounts
from onrecord.store.database import Transaction
from onrecord.text import Span, Spans

DEEPEST = 4  # links of a chain that are followed
# the first claim of each voice comes before the second of any: a voice is an origin with a stance and a value
CHOSEN = (
    "SELECT kind, part, number, nth FROM (SELECT kind, part, number, row_number() OVER (PARTITION BY account ORDER BY turn, moment, article, part, number) AS nth FROM ("
    "SELECT kind, part, number, account, moment, article, row_number() OVER (PARTITION BY account, origin, stance, low, high ORDER BY moment, article, part, number) AS turn "
    "FROM facts WHERE account IN ({marks})) AS taken) AS numbered WHERE nth > ? AND nth <= ?"
)
SAYINGS = (
    accounts.CLAIMS.replace("FROM facts f", ", f.account, f.part, f.article, f.firmness, f.words_at, coalesce(nullif(o.name, ''), o.domain), a.published, a.title, "
    "b.id, m.kind, m.act, e.name, m.within, x.unit, x.comparator, x.value, x.of_what, v.type FROM ({chosen}) AS q "
    "JOIN facts f ON f.kind = q.kind AND f.part = q.part AND f.number = q.number")
    + " LEFT JOIN resolved r ON r.article = f.article LEFT JOIN articles b ON b.row = r.copy_of LEFT JOIN figures x ON f.kind = 'figure' AND x.row = f.part "
    "LEFT JOIN events v ON f.kind = 'event' AND v.row = f.part "
    "LEFT JOIN attributions m ON m.row = CASE f.kind WHEN 'statement' THEN f.part WHEN 'figure' THEN x.attribution ELSE v.attribution END "
    "LEFT JOIN entities e ON e.row = m.venue ORDER BY f.account, f.moment, f.article, f.part, f.number"
)  # fmt: skip
LINKS = "SELECT m.row, coalesce(e.name, m.source), m.within FROM attributions m LEFT JOIN entities e ON e.row = m.speaker WHERE m.row IN ({marks})"
BREADTH = 17  # columns of `accounts.CLAIMS`


class Saying(Noun, frozen=True, kw_only=True):
    """A claim with how it was made. Fields of figures are None for what is none."""

    claim: Claim
    account: int  # rows
    part: int
    article: int
    firmness: str  # FactBank's certainty, CT+ and so on
    words_at: Spans
    outlet: str | None
    published: str | None  # as the page gave it
    title: str | None
    copy_of: str | None  # the id of the article whose text its own carries
    manner: str | None  # direct, mixed, indirect; None for the article's own voice
    act: str | None
    via: tuple[str, ...]  # the nearest to the source first, the article's own outlet left out
    unit: str | None
    comparator: str | None
    value: float | None
    of: str | None
    type: str | None  # of an event


def of_accounts(transaction: Transaction, rows: Sequence[int], most: int, after: int = 0) -> dict[int, list[Saying]]:
    """At most so many claims of each account, by the account's row, oldest first; `after` so many that come first."""
    if not rows:
        return {}
    sql = SAYINGS.format(chosen=CHOSEN.format(marks=accounts.marks(rows)))
    found = transaction.all(sql, (*rows, after, after + most))
    chains = chains_of(transaction, {row[-6]: row[-6] for row in found if row[-6] is not None})
    sayings: dict[int, list[Saying]] = {}
    for row in found:
        sayings.setdefault(row[BREADTH], []).append(saying_of(row, chains))
    return sayings


def saying_of(row: Sequence[Any], chains: dict[int, tuple[str, ...]]) -> Saying:
    """The claim of a row."""
    account, part, article, firmness, at, outlet, published, title, copied, manner, act, venue, within, unit, comparator, value, of, type = row[BREADTH:]  # fmt: skip
    via = dict.fromkeys(name for name in (venue, *chains.get(within, ())) if name)
    return Saying(
        claim=accounts.claim_of(row[:BREADTH]), account=account, part=part, article=article, firmness=firmness, words_at=msgspec.json.decode(at, type=Spans),
        outlet=outlet, published=published, title=title, copy_of=copied, manner=manner, act=act, via=tuple(via), unit=unit, comparator=comparator,
        value=value, of=of, type=type,
    )  # fmt: skip


def chains_of(transaction: Transaction, starts: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Through whom it came, for each attribution that holds a claim: the speaker of it, and of those that hold it."""
    known: dict[int, tuple[str | None, int | None]] = {}
    wanted = set(starts)
    first = frozenset(wanted)
    for _ in range(DEEPEST):
        if wanted:
            rows = transaction.all(LINKS.format(marks=accounts.marks(tuple(wanted))), tuple(wanted))
            known |= {row: (name, within) for row, name, within in rows}
            wanted = {within for _, _, within in rows if within is not None} - known.keys()
    return {row: tuple(chain(known, row)) for row in first}


def chain(known: dict[int, tuple[str | None, int | None]], row: int | None) -> Iterable[str]:
    """The names along a chain; one that turns in a circle ends."""
    for _ in range(DEEPEST):
        if row is None or row not in known:
            return
        name, row = known[row]
        if name:
            yield name


def texts(transaction: Transaction, articles: Iterable[int]) -> dict[int, str]:
    """The texts of articles, by their rows."""
    rows = tuple(set(articles))
    sql = f"SELECT row, text FROM articles WHERE row IN ({accounts.marks(rows)})"
    return dict(transaction.all(sql, rows)) if rows else {}


def sentences_of(text: str, spans: Spans) -> Span:
    """From where the sentence of a claim's first word begins to where that of its last ends."""
    from onrecord.read.sentences import sentences

    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    start, end = text.rfind("\n", 0, first) + 1, text.find("\n", last)
    inside = text[start : end if end >= 0 else len(text)]
    found = [(a + start, b + start) for a, b in sentences(inside) if a + start < last and b + start > first]
    return (min(first, found[0][0]), max(last, found[-1][1])) if found else (first, last)
