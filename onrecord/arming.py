"""Arming: a question is asked of everything on record at once, and of each reading from then on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.knowledge import Alert
from onrecord.resolving.stories import nearby, rarity, thread_of
from onrecord.store import Store, indicators, resolved, show
from onrecord.store.clock import now
from onrecord.store.database import Transaction
from onrecord.watch.arm import WEAK, actor_among, done_by_somebody
from onrecord.watch.arm import from_condition as arm_from
from onrecord.watch.indication import Sighting
from onrecord.watch.indicator import FigureTest, Indicator, Test, make
from onrecord.watch.match import match, may_refute
from onrecord.watch.places import setting
from onrecord.watching import coverage, known, topic_of, watch_one

RESOLVED = "SELECT reading, article FROM resolved WHERE reading > 0 ORDER BY moment, article"

Progress = Callable[[int, int], None]  # told how many articles of how many were asked


def quiet(done: int, all: int) -> None:
    """Tells nobody."""


def arm(store: Store, indicator: Indicator, tell: Progress = quiet) -> None:
    """Arms an indicator, and asks it of everything on record."""
    answers = answering(store, indicator, tell)
    with store.writing() as transaction:
        ask(transaction, indicator, answers)


def dry_run(
    store: Store, indicator: Indicator, tell: Progress = quiet
) -> tuple[list[tuple[Sighting, str, str]], list[Alert]]:
    """What arming an indicator would find and raise; nothing is kept."""
    answers = answering(store, indicator, tell)
    with store.writing() as transaction:
        resolved.take_turns(transaction)
        row = indicators.arm(transaction, indicator, now())
        transaction.run("DELETE FROM indications WHERE indicator = ?", (row,))
        transaction.run("DELETE FROM alerts WHERE indicator = ?", (row,))
        ask(transaction, indicator, answers)
        found = indicators.seen(transaction, row), indicators.alerts(transaction, indicator=row)
        transaction.undo()
    return found


def answering(store: Store, indicator: Indicator, tell: Progress = quiet) -> dict[int, bool]:
    """Which of the readings on record say something to an indicator, by their rows: looked for while others may write."""
    answers: dict[int, bool] = {}
    with store.reading() as transaction:
        every = transaction.all(RESOLVED)
        for n, (reading, article) in enumerate(every, 1):
            found = resolved.load(transaction, reading, article)
            light = known(transaction, found)
            answers[found.row] = bool(match(indicator, light)) or may_refute(indicator, light)
            tell(n, len(every))
        if topic_of(indicator):
            answers |= beside(transaction, [row for row, said in answers.items() if said])
    return answers


def beside(transaction: Transaction, rows: Sequence[int]) -> dict[int, bool]:
    """The other readings of the stories that some readings are of: where these count, they do."""
    told = set(rows)
    every = transaction.all("SELECT reading, story FROM resolved")
    stories = {story for reading, story in every if reading in told}
    return {reading: True for reading, story in every if story in stories}


def ask(transaction: Transaction, indicator: Indicator, answers: dict[int, bool]) -> None:
    """Arms an indicator and asks it of the articles that say something to it, and of those resolved since, in the order in which they appeared."""
    resolved.take_turns(transaction)
    row = indicators.arm(transaction, indicator, now())
    armed = next(a for a in indicators.armed(transaction) if a.row == row)
    for reading, article in transaction.all(RESOLVED):
        if answers.get(reading, True):
            found = resolved.load(transaction, reading, article)
            moment = str(transaction.value("SELECT moment FROM resolved WHERE article = ?", (article,)))
            watch_one(transaction, armed, found, known(transaction, found), affair(transaction, article), moment, now())


def from_condition(store: Store, id: str, name: str | None = None) -> Indicator:
    """The indicator that waits for a condition, by its id, to come true. Raises InputError.

    Where the article does not say, beyond its head, whom the condition is about, the coverage of its story does.
    """
    found = show(store, id)
    if found.noun != "condition" or found.reading is None:
        raise InputError(
            f"{id} is no condition but a record of another kind ({found.noun}); `onrecord conditions` lists them"
        )
    with store.reading() as transaction:
        row, article = transaction.one("SELECT row, article FROM readings WHERE id = ?", (found.reading,)) or (0, 0)
        reading = resolved.load(transaction, row, article).reading
        made = arm_from(reading, next(c for c in reading.conditions if c.id == found.record["id"]), name)
        if is_placeless(made.test):
            return placed(made, setting(coverage(transaction, affair(transaction, article), article)), name)
        guessed = any(n.endswith(WEAK) for n in (made.armed.inferred if made.armed else ()))
        if (
            not isinstance(made.test, FigureTest)
            or not done_by_somebody(made.test.of)
            or (made.test.actor and not guessed)
        ):
            return made
        who = actor_among(coverage(transaction, affair(transaction, article), article), made.test.of)
    if who is None or made.armed is None:
        return made
    told = f"{who.names[0]}: most articles of the story give it such figures"
    notes = (*(n for n in made.armed.inferred if not n.startswith("anybody") and not n.endswith(WEAK)), told)
    return make(replace(made.test, actor=who), name, replace(made.armed, inferred=notes))


def is_placeless(test: Test) -> bool:
    """Whether a test counts, by a noun that anybody may have, what is somewhere: "people in the camps", without saying whose or where."""
    return isinstance(test, FigureTest) and bool(test.beside) and not (test.of or test.place or test.actor)


def placed(made: Indicator, place: str | None, name: str | None) -> Indicator:
    """An indicator that asks for a place too, where the coverage of its condition is of one."""
    if place is None or made.armed is None or not isinstance(made.test, FigureTest):
        return made
    notes = (*made.armed.inferred, f"in {place}: most articles of the affair name it")
    return make(replace(made.test, place=place), name or made.name, replace(made.armed, inferred=notes))


def affair(transaction: Transaction, article: int) -> list[int]:
    """The story of an article and those that go on about the same affair."""
    row = resolved.of_article(transaction, article)
    if row is None or row.story is None:
        return []
    features = resolved.features_of(row)
    return thread_of(transaction, row.story, nearby(transaction, features), rarity(transaction, features))
