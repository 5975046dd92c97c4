"""The page of judgements: same or different? One question at a time, the most useful first, with what speaks for and against.

A judgement is added, never erased; who made it can take it back, and anybody can judge otherwise later, which then counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from onrecord.resolve import identity
from onrecord.serve.judged import Judged, kept, line, who_judges
from onrecord.serve.kinds import ID, Action, Asked, Desk, Outcome, Page, Param
from onrecord.serve.who import actor_of
from onrecord.store import judging, people, sentences
from onrecord.store.actors import Actor
from onrecord.store.database import Transaction
from onrecord.store.people import Appearances, InStory, Person
from onrecord.store.sentences import Sentence

SAMPLES = 4  # sentences that name each
STORIES = 6
A_PAGE = 30  # judgements in a list
LAST = 20  # judgements among which somebody's own last one is looked for
WORDS = {
    "one story": "both are in one story",
    "one country": "both are of one country",
    "one role": "both have one role",
    "other countries": "they are of different countries",
    "other roles": "they have different roles",
    "one stands beside the other": "both are named in one article, as two",
}


class Side(Struct, frozen=True, kw_only=True):
    """One of the two."""

    person: Person
    names: tuple[str, ...]
    appearances: Appearances
    sentences: tuple[Sentence, ...]


class Pair(Struct, frozen=True, kw_only=True):
    """Two who may be one."""

    left_id: str  # whom the judgement is about: they may be some of the names of left and right
    right_id: str
    left: Side
    right: Side
    likely: float  # the probability that they are one, by what is known now
    names: str  # what their names say
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    stories: tuple[InStory, ...]  # that both are in
    one: bool  # they are one by now


class Judgements(Struct, frozen=True, kw_only=True):
    """The question, and what was judged."""

    pair: Pair | None
    waiting: int  # questions that wait, among those that were looked at
    capped: bool  # there are more
    by: str  # who judges
    last: Judged | None  # their last judgement that holds
    list: str  # people's or the machine's
    judged: tuple[Judged, ...]
    page: int
    more: bool


def view(desk: Desk, asked: Asked) -> Judgements:
    """The two that were asked for or the most useful question, and a list of judgements. Raises Missing."""
    by, page, machine = who_judges(asked.cookies), asked.number("page"), asked["list"] == "machine"
    with desk.store.reading() as transaction:
        waiting = judging.open_questions(transaction)
        ids = (asked["left"], asked["right"]) if asked["left"] and asked["right"] else None
        ids = ids or ((waiting[0].left, waiting[0].right) if waiting else None)
        made = judging.listed(transaction, machine, A_PAGE + 1, (page - 1) * A_PAGE)
        return Judgements(
            pair=pair_of(transaction, *ids) if ids else None, waiting=len(waiting),
            capped=judging.many_open(transaction, judging.LOOKED_AT + 1) > judging.LOOKED_AT, by=by, last=last_of(transaction, by), list=asked["list"],
            judged=tuple(line(transaction, j, by, holds) for j, holds in made[:A_PAGE]), page=page, more=len(made) > A_PAGE,
        )  # fmt: skip


def last_of(transaction: Transaction, by: str) -> Judged | None:
    """Somebody's last judgement, where it holds."""
    made = judging.listed(transaction, False, LAST, 0)
    mine = ((j, holds) for j, holds in made if j.by == by and j.about == "actor")
    return next((line(transaction, j, by) for j, holds in mine if holds and j.verdict), None)


def pair_of(transaction: Transaction, one: str, other: str) -> Pair:
    """Two, side by side. Raises Missing."""
    a, b = actor_of(transaction, one), actor_of(transaction, other)
    left, right = side(transaction, a), side(transaction, b)
    common = {s.id for s in left.appearances.stories} & {s.id for s in right.appearances.stories}
    found = [(weight, WORDS.get(words, words.replace("beside ", "both stand beside "))) for weight, words in identity.evidence(a.profile, b.profile)]  # fmt: skip
    _, likely, reason = identity.compare(a.profile, b.profile)
    return Pair(
        left_id=one, right_id=other, left=left, right=right, likely=likely, names=reason.split(";")[0], speaks_for=tuple(w for n, w in found if n > 0),
        speaks_against=tuple(w for n, w in found if n <= 0), stories=tuple(s for s in left.appearances.stories if s.id in common), one=a.row == b.row,
    )  # fmt: skip


def side(transaction: Transaction, actor: Actor) -> Side:
    """One of the two."""
    rows = people.members(transaction, actor.row)
    return Side(
        person=people.line(transaction, actor.row), names=tuple(people.spellings(transaction, rows)), appearances=people.appearances(transaction, rows),
        sentences=tuple(sentences.naming(transaction, rows, SAMPLES)),
    )  # fmt: skip


def judge(desk: Desk, asked: Asked) -> Outcome:
    """Keeps a judgement, and takes it into account. Raises InputError."""
    by = who_judges(asked.cookies)
    with desk.store.reading() as transaction:
        for side in ("left", "right"):
            actor_of(transaction, asked[side])
    one, other = judging.judge(desk.store, asked["verdict"], asked["left"], asked["right"], by=by, reason=asked["reason"])  # fmt: skip
    said = {"undo": "your judgement is taken back", "same": "the same", "different": "different", "unsure": "left open"}
    back = asked["back"] if asked["back"].startswith(("/who/", "/judgements?list=")) else "/judgements"
    return Outcome(to=back, said=f"{one} and {other}: {said[asked['verdict']]}.")


def name(desk: Desk, asked: Asked) -> Outcome:
    """Keeps the name of who judges in their browser. Raises InputError."""
    back = asked["back"] if asked["back"].startswith(("/who/", "/judgements")) else "/judgements"
    return Outcome(to=back, said=f"You judge as {asked['by']}.", cookies=kept(asked["by"]))


def rows(data: Judgements) -> Iterator[Sequence[object]]:
    """The judgements as a table."""
    yield ("when", "by", "about", "one", "other", "verdict", "holds", "reason", "one id", "other id")
    for j in data.judged:
        yield (j.when, j.by, j.about, j.left_name, j.right_name, j.verdict, "yes" if j.holds else "no", j.reason, j.left, j.right)  # fmt: skip


PAGES = (
    Page(
        path="/judgements", name="judgements", title="Same or different?", nav="Judgements", view=view, data=Judgements, rows=rows,
        params=(
            Param(name="left", says="the id of one of two to be judged", pattern=ID),
            Param(name="right", says="the id of the other", pattern=ID),
            Param(name="list", says="whose judgements are listed", choices=("people", "machine"), default="people"),
            Param(name="page", says="which page of the list, from 1", whole=(1, 1000), default="1"),
        ),
    ),
)  # fmt: skip
ACTIONS = (
    Action(
        path="/judgements", name="judge", says="Judge whether two are the same; what a person says outranks the machine", act=judge,
        params=(
            Param(name="verdict", says="same, different, unsure, or undo to take it back", choices=("same", "different", "unsure", "undo"), required=True),
            Param(name="left", says="the id of one", pattern=ID, required=True),
            Param(name="right", says="the id of the other", pattern=ID, required=True),
            Param(name="reason", says="why", longest=500),
            Param(name="back", says="the page to return to"),
        ),
    ),
    Action(
        path="/judgements/name", name="name_judge", says="Say who judges; the browser keeps it", act=name,
        params=(Param(name="by", says="a name", required=True, longest=200), Param(name="back", says="the page to return to")),
    ),
)  # fmt: skip
