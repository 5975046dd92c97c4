"""Watching: every armed indicator is asked of each reading as it is resolved; alerts are kept in the same transaction and delivered after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, cast

import msgspec
from msgspec.structs import replace

from onrecord.knowledge import Reliability, Resolved
from onrecord.model import Reading
from onrecord.resolve.standing import Credibility, credible
from onrecord.resolve.terms import terms
from onrecord.store import Store, accounts, actors, changes, grades, indicators, resolved, stories
from onrecord.store.clock import now
from onrecord.store.database import Transaction
from onrecord.store.indicators import Armed
from onrecord.store.readings import reading_id
from onrecord.store.resolved import Waiting
from onrecord.store.rows import BITS, namer, numbers
from onrecord.store.turns import DELIVERY, alone
from onrecord.watch.confirmed import confirmation
from onrecord.watch.deliver import deliver
from onrecord.watch.extent import Extent
from onrecord.watch.indication import Indication, Sighting
from onrecord.watch.indicator import EventTest, FigureTest, GrowthTest, Indicator
from onrecord.watch.judge import Decision, decide
from onrecord.watch.match import match, may_refute
from onrecord.watch.places import is_set_in, named

AROUND = 40  # articles of an affair that may say whose or where what is asked for is
ALIKE = 0.8  # of the terms of two sentences, in common
KINDS = {"figure": "figures", "event": "events", "attribution": "attributions"}


def watch(
    transaction: Transaction, found: Waiting, light: Resolved, thread: Sequence[int], moment: str, when: str
) -> None:
    """Asks every armed indicator of a reading; `thread` are the stories of its affair, `moment` is the article's, `when` is now."""
    for armed in indicators.armed(transaction):
        watch_one(transaction, armed, found, light, thread, moment, when)


def watch_one(
    transaction: Transaction,
    armed: Armed,
    found: Waiting,
    light: Resolved,
    thread: Sequence[int],
    moment: str,
    when: str,
) -> None:
    """Asks one indicator of a reading, and keeps what it answers. What a copy repeats of its original was answered there."""
    if grows(transaction, armed, thread):
        light = replace(light, setting=topic_of(armed.indicator))
    matched = match(armed.indicator, light)
    refutes = may_refute(armed.indicator, light)
    if not matched and not refutes:
        return
    text = light.reading.article.text
    seen = indicators.seen(transaction, armed.row)
    told = indicators.numbers(transaction, armed.row, thread)
    place = place_of(armed) if any(i.crossing == "untied" for i in matched) else None
    if (
        place
        and not named(place, light.reading)
        and is_there(transaction, place, thread, found.article, [s for s, _, _ in seen])
    ):
        light = replace(light, setting=(place,))
    if refutes or light.setting:
        matched = match(armed.indicator, light, [number for number, _ in told.values() if number])
    related = kin(transaction, found.article)
    answered = [sentence for s, sentence, _ in seen if s.article in related]
    indications = [i for i in matched if not repeated(text[slice(*i.sentence)], answered)]
    if indications:
        kept = [numbered(s, told, sentence) for s, sentence, _ in seen]
        affair = affair_of(transaction, armed.indicator, thread)
        decision = asked(transaction, armed, indications, kept, found, light, moment, when, affair)
        words = [(text[slice(*i.sentence)], i.reason) for i in indications]
        indicators.keep(transaction, armed, found.article, decision, words)
        confirm(transaction, armed, found, moment, thread)


def confirm(transaction: Transaction, armed: Armed, found: Waiting, moment: str, thread: Sequence[int]) -> None:
    """Keeps, as a change that an article brought, that it is the second origin of what an indicator waits for; unless its claim was set against the first's anyway."""
    raised = indicators.earlier(transaction, armed.row)
    known = {e.role for e in found.reading.entities if e.role and e.name[:1].isupper()}
    change = confirmation(armed.indicator, raised, known)
    if (
        change is None
        or change.article != found.reading.article.id
        or changes.is_told(transaction, change, found.article)
    ):
        return
    before = [e.alert.article for e in raised if e.alert.article != change.article]
    if changes.confirmed(transaction, before, str(change.other)):
        return  # it has had its first confirmation
    other = transaction.value("SELECT row FROM articles WHERE id = ?", (change.other,))
    changes.add(transaction, change, moment, thread[0] if thread else None, None, found.article, other)


def place_of(armed: Armed) -> str | None:
    """The place that an indicator asks for, if it does."""
    test = armed.indicator.test
    return test.place if isinstance(test, FigureTest | EventTest) else None


def grows(transaction: Transaction, armed: Armed, thread: Sequence[int]) -> bool:
    """Whether an indicator counts the articles of a topic, and has counted one of a story, the first of `thread`: its other articles count, in whatever words they tell of it."""
    if not topic_of(armed.indicator) or not thread:
        return False
    sql = "SELECT 1 FROM indications x JOIN resolved d ON d.article = x.article WHERE x.indicator = ? AND d.story = ? LIMIT 1"
    return transaction.one(sql, (armed.row, thread[0])) is not None


def topic_of(indicator: Indicator) -> tuple[str, ...]:
    """The words of the topic whose articles an indicator counts; none for those that count a story's, or nothing."""
    return indicator.test.about if isinstance(indicator.test, GrowthTest) else ()


def articles_of(transaction: Transaction, thread: Sequence[int]) -> set[str]:
    """The ids of the articles of an affair."""
    sql = f"SELECT a.id FROM articles a JOIN resolved d ON d.article = a.row WHERE d.story IN ({marks(thread)})"
    return {id for (id,) in transaction.all(sql, thread)}


def is_there(
    transaction: Transaction, place: str, thread: Sequence[int], article: int, seen: Sequence[Sighting]
) -> bool:
    """Whether an affair is in a place that is asked for: most of its articles name it, or what was seen there is of the affair."""
    if not thread:
        return False
    its = articles_of(transaction, thread)
    placed = any(s.article in its and s.crossing not in ("untied", "against") for s in seen)
    return placed or is_set_in(place, coverage(transaction, thread, article))


def coverage(transaction: Transaction, thread: Sequence[int], article: int) -> list[Reading]:
    """The other articles of an affair, the latest first."""
    if not thread:
        return []
    sql = f"SELECT reading, article FROM resolved WHERE reading > 0 AND story IN ({marks(thread)}) ORDER BY moment DESC LIMIT {AROUND}"
    return [resolved.load(transaction, *found).reading for found in transaction.all(sql, thread) if found[1] != article]


def marks(values: Sequence[int]) -> str:
    """A place for each value of a list in a statement."""
    return ", ".join("?" * len(values))


def numbered(s: Sighting, told: Mapping[tuple[str, str], tuple[Extent | None, bool]], sentence: str) -> Sighting:
    """A sighting with its sentence, and with its number where that is of the affair."""
    number, own = told.get((s.article, s.label), (None, False)) if s.record == "figure" else (None, False)
    return replace(s, number=number, own=own, words=sentence)


def kin(transaction: Transaction, article: int) -> set[str]:
    """The ids of what an article copies, of what copies it, and of the other copies of the same."""
    of = transaction.value("SELECT copy_of FROM resolved WHERE article = ?", (article,))
    sql = "SELECT a.id FROM resolved d JOIN articles a ON a.row = d.article WHERE (d.copy_of IN (?, ?) OR d.article = ?) AND d.article <> ?"
    return {id for (id,) in transaction.all(sql, (article, of, of, article))}


def repeated(sentence: str, answered: Sequence[str]) -> bool:
    """Whether a sentence is one of those, but for what an editor changes."""
    words = set(terms(sentence))
    return any(2 * len(words & other) >= ALIKE * (len(words) + len(other)) for other in map(set, map(terms, answered)))


def asked(
    transaction: Transaction,
    armed: Armed,
    indications: Sequence[Indication],
    kept: Sequence[Sighting],
    found: Waiting,
    light: Resolved,
    moment: str,
    when: str,
    affair: frozenset[str],
) -> Decision:
    """What the indications of a reading change for an indicator."""
    reading = light.reading
    outlet = reading.article.outlet
    graded = grades.all_grades(transaction)
    letter = graded.get((outlet.domain or outlet.name or "") if outlet else "", grades.DEFAULT)
    return decide(
        armed.indicator,
        indications,
        indicators.earlier(transaction, armed.row),
        light,
        cast(Reliability, letter),
        when,
        when=moment,
        kept=kept,
        judged=lambda i: judged(transaction, i, found),
        name=namer(reading_id(reading)),
        affair=affair,
    )


def affair_of(transaction: Transaction, indicator: Indicator, thread: Sequence[int]) -> frozenset[str]:
    """The ids of the stories whose growth is counted together: those of an affair, where a topic is asked for."""
    counted = thread if topic_of(indicator) else ()
    return frozenset(stories.id_of(transaction, row) for row in counted)


def judged(transaction: Transaction, indication: Indication, found: Waiting) -> Credibility:
    """How credible the account is that an indication's record is in; else what its own origin is worth."""
    part = KINDS.get(indication.record)
    rows = numbers(found.row << BITS, getattr(found.reading, part)) if part else {}
    kind = "statement" if indication.record == "attribution" else indication.record
    row = transaction.one(
        "SELECT account, id FROM facts WHERE kind = ? AND part = ?", (kind, rows.get(indication.label, -1))
    )
    claims = accounts.claims(transaction, row[0]) if row else []
    return credible(claims, next((c for c in claims if row and c.id == row[1]), None))


def deliver_all(
    store: Store, *, out: IO[str] | None = None, extra: Sequence[str] = (), wait: bool = True
) -> list[str] | None:
    """Brings every alert to every channel that does not have it yet; the failures in words, which the next call tries again.

    Processes that share the record take turns, each looking at what the one before has delivered; None where another is at it and is not waited for.
    """
    with alone(store, DELIVERY, wait) as turn:
        return deliver_alone(store, out, extra) if turn else None


def deliver_alone(store: Store, out: IO[str] | None, extra: Sequence[str]) -> list[str]:
    """The same, while nobody else does it."""
    with store.reading() as transaction:
        channels = [*indicators.channels(transaction), *extra]
        alerts = indicators.alerts(transaction)
        names = indicators.names(transaction)
        known = indicators.deliveries(transaction)

    def done(alert: str, channel: str) -> None:
        with store.writing() as transaction:
            indicators.delivered(transaction, alert, channel, now())
        known.add((alert, channel))

    return deliver(alerts, channels, lambda *pair: pair in known, done, names=names, out=out)


def known(transaction: Transaction, found: Waiting) -> Resolved:
    """A reading that was resolved before, in the light of the record as it is now."""
    row = resolved.of_article(transaction, found.article)
    assert row and row.story
    who = actors.of_reading(transaction, found.row, found.reading)
    origins = {label: resolved.origin(transaction, id) for label, id in msgspec.json.decode(row.origins).items()}
    return Resolved(
        reading=found.reading,
        first_seen=found.first_seen,
        story=stories.id_of(transaction, row.story),
        actors={label: actor.id for label, actor in who.items()},
        names={label: actor.profile.names for label, actor in who.items()},
        origins=origins,
    )
