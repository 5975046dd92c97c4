"""Judging: what a person says of two actors, and what follows from all judgements for who is whom."""

from __future__ import annotations

from onrecord.errors import InputError
from onrecord.knowledge import Judgement, Question
from onrecord.resolve.clusters import clusters, standing
from onrecord.store import actors, judgements, people
from onrecord.store.clock import now
from onrecord.store.database import Store, Transaction
from onrecord.store.knowing import row_of
from onrecord.store.resolved import take_turns

LOOKED_AT = 1_000  # questions, the newest
LATELY, OF_EACH = 40, 20  # those who say most lately, and the questions about each that are looked at too
MACHINES = "j.about = 'actor' AND j.by_whom = 'machine' AND j.verdict = 'unsure'"
OPEN = (
    "SELECT j.row, j.left_id, a.name, j.right_id, b.name, j.score, j.reason, a.articles + b.articles FROM ({}) AS j "
    "JOIN actors a ON a.id = j.left_id JOIN actors b ON b.id = j.right_id WHERE coalesce(a.same_as, a.row) <> coalesce(b.same_as, b.row) "
    "AND NOT EXISTS (SELECT 1 FROM judgements p WHERE p.left_id = j.left_id AND p.right_id = j.right_id AND p.by_whom <> 'machine' "
    "AND p.verdict IS NOT NULL AND NOT EXISTS (SELECT 1 FROM judgements t WHERE t.left_id = p.left_id AND t.right_id = p.right_id "
    "AND t.by_whom <> 'machine' AND t.by_whom = p.by_whom AND t.made_when > p.made_when))"
)
NEWEST = OPEN.format(f"SELECT * FROM judgements j WHERE {MACHINES} ORDER BY j.row DESC LIMIT {LOOKED_AT}")
ABOUT = OPEN.format(f"SELECT * FROM judgements j WHERE j.{{}} = ? AND {MACHINES} ORDER BY j.row DESC LIMIT {OF_EACH}")


def judge(store: Store, verdict: str, one: str, other: str, *, by: str, reason: str) -> tuple[str, str]:
    """Keeps a person's judgement and acts on it; the names of the two. `verdict` "undo" takes it back. Raises InputError."""
    if by.casefold() == judgements.MACHINE:
        raise InputError("the machine judges by itself; give a person's name")
    with store.writing() as transaction:
        take_turns(transaction)
        a, b = (actors.get(transaction, row_of(transaction, "actors", id)) for id in (one, other))
        if a.id == b.id:
            raise InputError("these are two ids of one and the same; give two")
        made = judgements.made("actor", a.id, b.id, None if verdict == "undo" else verdict, by, moment(transaction), reason=reason)  # type: ignore[arg-type]  # fmt: skip
        judgements.add(transaction, made)
        settle(transaction, (a.id, b.id))
        return a.name, b.name


def moment(transaction: Transaction) -> str:
    """Now; later than every person's judgement so far, so that the latest is told from the one before it."""
    last = transaction.value("SELECT max(made_when) FROM judgements WHERE by_whom <> 'machine'")
    this = now()
    return this if last is None or this > last else last + "+"


def settle(transaction: Transaction, ids: tuple[str, ...]) -> None:
    """Points every actor that judgements link with these to the one that they are all the same as."""
    known, found = reached(transaction, ids)
    groups = clusters(known, found)
    rows = {id: row for id in known for row in [transaction.value("SELECT row FROM actors WHERE id = ?", (id,))]}
    for id in known:
        members = [rows[other] for other in known if groups[other] == groups[id]]
        head = min(members)
        transaction.run("UPDATE actors SET same_as = ? WHERE row = ?", (None if rows[id] == head else head, rows[id]))


def reached(transaction: Transaction, ids: tuple[str, ...]) -> tuple[list[str], list[Judgement]]:
    """All actors that are, or once were, judged the same as these, and the judgements that touch them."""
    known, fresh = set(ids), set(ids)
    found: dict[str, Judgement] = {}
    while fresh:
        touching = judgements.by_people(transaction, tuple(sorted(fresh)))
        found |= {j.id: j for j in touching}
        fresh = {id for j in touching if j.verdict == "same" for id in (j.left, j.right)} - known
        known |= fresh
    return sorted(known), sorted(found.values(), key=lambda j: (j.when, j.id))


def questions(store: Store, limit: int = 20) -> list[Question]:
    """Pairs that the machine was unsure of and no person has judged, those in most articles first."""
    with store.reading() as transaction:
        return open_questions(transaction)[:limit]


def open_questions(transaction: Transaction) -> list[Question]:
    """The open questions among the newest, and among those about who says most lately; those in most articles first."""
    lately = list(people.spoken(transaction, limit=LATELY))
    about = [id for row in lately for (id,) in transaction.all("SELECT id FROM actors WHERE row = ?", (row,))]
    rows = transaction.all(NEWEST)
    for id in about:
        for side in ("left_id", "right_id"):
            rows += transaction.all(ABOUT.format(side), (id,))
    found = sorted({row[0]: row for row in rows}.values(), key=lambda row: (-row[-1], row[0]))
    return [Question(left=a, left_name=x, right=b, right_name=y, score=p or 0.5, reason=why, weight=n) for _, a, x, b, y, p, why, n in found]  # fmt: skip


def many_open(transaction: Transaction, most: int) -> int:
    """How many questions the machine has asked, answered ones among them; `most` stands for that many or more."""
    return int(
        transaction.value(f"SELECT count(*) FROM (SELECT 1 FROM judgements j WHERE {MACHINES} LIMIT {most}) AS asked")
    )


def listed(transaction: Transaction, machine: bool, limit: int, offset: int) -> list[tuple[Judgement, bool]]:
    """What people judged, or the machine, newest first; and whether each is what counts for its two things now."""
    order = "row" if machine else "made_when DESC, row"
    sql = f"SELECT {', '.join(judgements.TABLE.columns)} FROM judgements WHERE by_whom {'=' if machine else '<>'} 'machine' ORDER BY {order} DESC LIMIT ? OFFSET ?"  # fmt: skip
    made = [judgements.judgement_of(row) for row in transaction.all(sql, (limit, offset))]
    return [(j, holds(transaction, j)) for j in made]


def holds(transaction: Transaction, judgement: Judgement) -> bool:
    """Whether a judgement is what counts for its two things now. Of two actors, a doubt of the machine counts until a person judges."""
    j = judgement
    sql = (
        f"SELECT {', '.join(judgements.TABLE.columns)} FROM judgements WHERE left_id = ? AND right_id = ? AND about = ?"
    )
    if j.about == "actor":
        sql += " AND by_whom <> 'machine'"
    made = [judgements.judgement_of(row) for row in transaction.all(sql, (j.left, j.right, j.about))]
    return any(other.id == j.id for other in standing([j, *made]).values())
