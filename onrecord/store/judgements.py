"""Judgements: that two actors, or two stories, are the same or not; added, never erased."""

from __future__ import annotations

from onrecord.knowledge import About, Judgement, Verdict
from onrecord.store.database import Transaction
from onrecord.store.rows import table
from onrecord.text import digest

TABLE = table("judgements", "id about left_id right_id verdict by_whom made_when score reason")
MACHINE = "machine"


def add(transaction: Transaction, judgement: Judgement) -> None:
    """Keeps a judgement, once."""
    j = judgement
    values = (j.id, j.about, j.left, j.right, j.verdict, j.by, j.when, j.score, j.reason)
    transaction.run(TABLE.insert + " ON CONFLICT DO NOTHING", values)


def made(about: About, a: str, b: str, verdict: Verdict | None, by: str, when: str, score: float | None = None, reason: str = "") -> Judgement:  # fmt: skip
    """A judgement; the machine's says the same whenever it is made, so that making it twice is making it once."""
    left, right = sorted((a, b))
    moment = "" if by == MACHINE else when
    id = digest("judgement", about, left, right, verdict or "", by, moment)
    return Judgement(
        id=id, about=about, left=left, right=right, verdict=verdict, by=by, when=when, score=score, reason=reason
    )


def about(transaction: Transaction, ids: tuple[str, ...]) -> list[Judgement]:
    """All judgements that touch one of these things, oldest first."""
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT {', '.join(TABLE.columns)} FROM judgements WHERE left_id IN ({marks}) OR right_id IN ({marks}) ORDER BY made_when, row"
    return [judgement_of(row) for row in transaction.all(sql, (*ids, *ids))]


def by_people(transaction: Transaction, ids: tuple[str, ...]) -> list[Judgement]:
    """What people judged of these actors, oldest first. The machine has only doubts about two actors, which decide nothing and are many."""
    marks = ", ".join("?" * len(ids))
    sides = (f"SELECT {', '.join(TABLE.columns)}, row FROM judgements WHERE {side} IN ({marks}) AND by_whom <> 'machine' AND about = 'actor'" for side in ("left_id", "right_id"))  # fmt: skip
    rows = transaction.all(f"{' UNION '.join(sides)} ORDER BY made_when, row", (*ids, *ids))
    return [judgement_of(row[:-1]) for row in rows]


def judgement_of(row: tuple[object, ...]) -> Judgement:
    """The judgement of a row."""
    id, about, left, right, verdict, by, when, score, reason = row
    return Judgement(id=id, about=about, left=left, right=right, verdict=verdict, by=by, when=when, score=score, reason=reason)  # type: ignore[arg-type]  # fmt: skip
