"""The page of outlets: how much of each is on record, and the desk's own grade of it (Admiralty reliability)."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from onrecord.serve.kinds import Action, Asked, Desk, Outcome, Page, Param
from onrecord.serve.render import link
from onrecord.store import grades
from onrecord.store.clock import now
from onrecord.store.outlets import OutletLine, outlets

A_PAGE = 100
GRADES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}


class Outlets(Struct, frozen=True, kw_only=True):
    """The outlets, a page of them."""

    outlets: tuple[OutletLine, ...]
    page: int
    more: bool
    grades: dict[str, str] = field(default_factory=GRADES.copy)


def view(desk: Desk, asked: Asked) -> Outlets:
    """The outlets with these words in name or domain."""
    page = asked.number("page")
    with desk.store.reading() as transaction:
        found = outlets(transaction, asked["words"], A_PAGE + 1, A_PAGE * (page - 1))
    return Outlets(outlets=tuple(found[:A_PAGE]), page=page, more=len(found) > A_PAGE)


def grade(desk: Desk, asked: Asked) -> Outcome:
    """Grades an outlet. Raises InputError."""
    grades.grade(desk.store, asked["domain"], asked["grade"], getpass.getuser(), now())
    return Outcome(to=link("/outlets", words=asked["words"]), said=f"{asked['domain']} is graded {asked['grade']}, {GRADES[asked['grade']]}.")  # fmt: skip


def rows(data: Outlets) -> Iterator[Sequence[object]]:
    """The outlets as a table."""
    yield ("domain", "name", "articles", "first_day", "last_day", "grade", "graded_by", "graded")
    for o in data.outlets:
        yield (o.domain, o.name, o.articles, o.first_day, o.last_day, o.grade, o.by, o.graded)


WORDS = Param(name="words", says="words of the name or the domain", longest=200)
PAGES = (
    Page(path="/outlets", name="outlets", title="Outlets", view=view, data=Outlets, rows=rows, params=(WORDS, Param(name="page", says="which page", whole=(1, 10_000), default="1"))),
)  # fmt: skip
ACTIONS = (
    Action(
        path="/outlets", name="grade", says="Grade an outlet", act=grade,
        params=(Param(name="domain", says="its domain, or its name", required=True, longest=300), Param(name="grade", says="A to F", choices=tuple(GRADES), required=True), WORDS),
    ),
)  # fmt: skip
