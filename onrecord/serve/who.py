"""The pages of who is on record: those who say most, found by name as one types; and one of them, with all that they said.

Nothing here judges: a change of position is two statements side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from onrecord.resolve.clusters import standing
from onrecord.serve.atom import Entry
from onrecord.serve.judged import Judged, line, who_judges
from onrecord.serve.kinds import Asked, Desk, Missing, Page, Param
from onrecord.store import actors, judgements, people, statements
from onrecord.store.actors import Actor
from onrecord.store.database import Transaction
from onrecord.store.knowing import row_of
from onrecord.store.people import Appearances, Person
from onrecord.store.statements import Pair, Statement

A_PAGE = 30  # people in a list
SHOWN = 20  # statements
TELLINGS = 6  # of a statement that are listed
PICKED = 10  # people to choose from
FOLDED = 12  # stories, outlets and turns that are shown
SPELLINGS, LONGEST = 5, 200  # of a name in a search, and its characters
TYPES = ("person", "organisation", "outlet", "place")
LAST = 1_000  # the last page that may be asked for


class Listed(Struct, frozen=True, kw_only=True):
    """People on record."""

    people: tuple[Person, ...]
    lately: bool  # nothing was asked: those who said most in the newest articles
    sounding: bool  # no name begins so: these are spelled somewhat like it
    capped: bool  # there may be more than were looked at
    page: int
    more: bool


class Outlet(Struct, frozen=True, kw_only=True):
    """An outlet that quotes somebody, in so many articles."""

    name: str
    articles: int


class Picked(Struct, frozen=True, kw_only=True):
    """Somebody who may be the same."""

    person: Person
    likely: float | None  # the probability, where the machine proposes it


class Somebody(Struct, frozen=True, kw_only=True):
    """Somebody on record."""

    person: Person
    spellings: dict[str, int]  # names, and how often
    as_speaker: str  # what finds their words in a search
    appearances: Appearances
    statements: tuple[Statement, ...]
    found: int  # statements, with the words that were asked for
    tellings: int  # that were looked at
    capped: bool  # they are the newest of more
    turns: tuple[Pair, ...]
    outlets: tuple[Outlet, ...]
    judged: tuple[Judged, ...]
    picks: tuple[Picked, ...]  # who may be the same
    by: str  # who judges
    page: int
    more: bool


def listed(desk: Desk, asked: Asked) -> Listed:
    """The people that were asked for, or those who said most lately."""
    q, page, types = asked["q"], asked.number("page"), asked.lists["type"]
    start = (page - 1) * A_PAGE
    with desk.store.reading() as transaction:
        sounding = capped = False
        said: dict[int, int] = {}
        if q:
            rows, capped = people.named(transaction, q, types)
            if not rows:
                rows = people.sounding(transaction, q, types)
                sounding = bool(rows)
        else:
            said = people.spoken(transaction, types, start + A_PAGE + 1)
            rows = list(said)
        shown = tuple(people.line(transaction, row, said.get(row)) for row in rows[start : start + A_PAGE])
    return Listed(people=shown, lately=not q, sounding=sounding, capped=capped, page=page, more=len(rows) > start + A_PAGE)  # fmt: skip


def somebody(desk: Desk, asked: Asked) -> Somebody:
    """Somebody, with what they said. Raises Missing."""
    by, page = who_judges(asked.cookies), asked.number("page")
    start = (page - 1) * SHOWN
    with desk.store.reading() as transaction:
        actor = actor_of(transaction, asked["id"])
        rows = people.members(transaction, actor.row)
        found = statements.tellings(transaction, rows)
        groups = statements.said(found, asked["words"])
        spellings = people.spellings(transaction, rows)
        return Somebody(
            person=people.line(transaction, actor.row), spellings=spellings, as_speaker=as_speaker(spellings), appearances=people.appearances(transaction, rows),
            statements=tuple(statements.statements(transaction, groups[start : start + SHOWN], TELLINGS)), found=len(groups), tellings=len(found),
            capped=len(found) >= statements.LOOKED_AT, turns=tuple(statements.turns(transaction, found)[:FOLDED]),
            outlets=tuple(Outlet(name=name, articles=n) for name, n in statements.quoted_by(transaction, found)),
            judged=tuple(judged(transaction, rows, by)), picks=tuple(picks(transaction, actor, asked["with"])), by=by, page=page, more=len(groups) > start + SHOWN,
        )  # fmt: skip


def actor_of(transaction: Transaction, id: str) -> Actor:
    """The actor who stands for this id, which may be shortened. Raises Missing."""
    from onrecord.errors import InputError

    try:
        return actors.current(transaction, actors.get(transaction, row_of(transaction, "actors", id)))
    except InputError:
        raise Missing(f"nobody in the record has the id {id[:16]}; search for the name") from None


def as_speaker(spellings: Mapping[str, int]) -> str:
    """A search for somebody as a speaker, by the commonest spellings of the name."""
    full = [name.replace('"', " ") for name, n in spellings.items() if n][:SPELLINGS]
    return " OR ".join(f'"{name}"' for name in full)[:LONGEST]


def judged(transaction: Transaction, rows: Sequence[int], by: str) -> Iterator[Judged]:
    """What people judged of somebody's names, as it stands, the newest first."""
    ids = tuple(actors.get(transaction, row).id for row in rows)
    for j in sorted(standing(judgements.by_people(transaction, ids)).values(), key=lambda j: j.when, reverse=True):
        yield line(transaction, j, by)


def picks(transaction: Transaction, actor: Actor, typed: str) -> Iterator[Picked]:
    """Who may be the same: those whose name begins as typed; without anything typed those that the machine finds alike."""
    likely = dict(people.alike(transaction, actor))
    rows = [row for row in people.named(transaction, typed)[0] if row != actor.row][:PICKED] if typed else list(likely)
    for row in rows:
        yield Picked(person=people.line(transaction, row), likely=likely.get(row))


def listed_rows(data: Listed) -> Iterator[Sequence[object]]:
    """The people as a table."""
    yield ("name", "type", "role", "countries", "articles", "statements lately", "id")
    for p in data.people:
        yield (p.name, p.type, p.role, " ".join(p.countries), p.articles, p.lately, p.id)


def said_rows(data: Somebody) -> Iterator[Sequence[object]]:
    """The statements as a table, one telling a row."""
    yield ("moment", "cue", "words", "stance", "certainty", "quoted", "outlet", "story", "article", "attribution")
    for s in data.statements:
        for t in s.told:
            yield (t.moment, s.cue, s.words, s.stance, s.certainty, "yes" if s.quoted else "no", t.outlet, s.story_title, t.article, t.part)  # fmt: skip


def entries(data: Somebody) -> Iterator[Entry]:
    """The statements for a feed reader."""
    for s in data.statements:
        first = s.told[0]
        title = f"{data.person.name}: {s.words}"[:200]
        yield Entry(id=first.part, title=title, updated=first.moment, path=f"/article/{first.article}#p{first.part}", words=s.words)  # fmt: skip


PAGE = Param(name="page", says="which page, from 1", whole=(1, LAST), default="1")
PAGES = (
    Page(
        path="/who", name="who", title="Who", nav="Who", view=listed, data=Listed, rows=listed_rows,
        params=(
            Param(name="q", says="how words of the name begin", longest=200),
            Param(name="type", says="only of this type", choices=TYPES, many=True),
            PAGE,
        ),
    ),
    Page(
        path="/who/{id}", name="person", title="Who", view=somebody, data=Somebody, rows=said_rows, entries=entries,
        params=(
            Param(name="words", says="only statements with these words, or words that begin so", longest=200),
            Param(name="with", says="how the name of somebody begins who may be the same", longest=200),
            PAGE,
        ),
    ),
)  # fmt: skip
ACTIONS = ()
