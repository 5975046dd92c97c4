"""The pages of indicators: the questions that are armed, one question with its evidence, and a dry run before arming.

A condition that was read is armed in two clicks: its “watch for this” leads to the dry run, whose button arms it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from onrecord import arming, watching
from onrecord.errors import InputError
from onrecord.knowledge import Alert
from onrecord.serve import jobs
from onrecord.serve.atom import Entry
from onrecord.serve.kinds import ID, Action, Asked, Desk, Missing, Outcome, Page, Param
from onrecord.serve.render import link
from onrecord.store import indicators, show
from onrecord.store.armable import Armable, armable
from onrecord.store.clock import now
from onrecord.watch import definition
from onrecord.watch.deliver import channel_id, check_channel, masked
from onrecord.watch.indication import FIRES
from onrecord.watch.indicator import Indicator, described
from onrecord.watch.notice import body, headline

CONDITIONS = 30  # conditions that are offered
EVIDENCE = 200  # sightings of a question that are shown, the latest
ON_THE_MACHINE = ("file", "atom", "terminal", "dbus", "qt", "glib", "kde", "gnome", "macosx", "windows", "syslog")
EXAMPLES = (
    "figure > 5000 people of recruitment by Belmark",
    "event ASSAULT or FIGHT by Belmark against Ostria",
    "statement by Karvonen about ferry, levy",
    "growth 5 origins in 3 days of ferry",
)


class Line(Struct, frozen=True, kw_only=True):
    """A question in one line."""

    id: str
    name: str
    asks: str  # its definition, in words
    state: str
    why: str
    missing: tuple[str, ...]
    alerts: int
    made_when: str


class Seen(Struct, frozen=True, kw_only=True):
    """Something that was reported and says something to a question."""

    crossing: str
    against: bool
    fires: bool
    moment: str
    article: str
    origin: str
    origin_kind: str
    sentence: str
    reason: str


class Trial(Struct, frozen=True, kw_only=True):
    """A question before it is armed."""

    asks: str
    name: str
    words: str  # the definition, or else the condition it is made from
    condition: str
    inferred: tuple[str, ...]
    armed: str | None  # its id, where it is armed already
    evidence: tuple[Seen, ...]
    alerts: tuple[Alert, ...]
    job: str | None  # where the dry run is still under way


class Indicators(Struct, frozen=True, kw_only=True):
    """The questions that are armed, and what could be."""

    armed: tuple[Line, ...]
    conditions: tuple[Armable, ...]
    channels: tuple[str, ...]
    trial: Trial | None
    wrong: str = ""  # why there is no trial of what was asked
    examples: tuple[str, ...] = EXAMPLES


class One(Struct, frozen=True, kw_only=True):
    """A question with its evidence, the latest first."""

    line: Line
    inferred: tuple[str, ...]
    condition: str | None  # the words it was made from
    evidence: tuple[Seen, ...]
    against: tuple[Seen, ...]
    alerts: tuple[Alert, ...]


WORDS = Param(name="words", says="the definition of a question, such as: figure > 5000 people of recruitment", longest=definition.MAX_LENGTH)  # fmt: skip
FROM = Param(name="from", says="the id of a condition, to make the question from", pattern=ID)
NAME = Param(name="name", says="what to call it", longest=200)


def view(desk: Desk, asked: Asked) -> Indicators:
    """The questions, and the dry run of one where it is asked for. Raises Missing."""
    with desk.store.reading() as transaction:
        known, counted = indicators.armed(transaction), indicators.alert_counts(transaction)
        channels = tuple(masked(address) for address in indicators.channels(transaction))
        found = armable(transaction, asked["about"], CONDITIONS)
    trial, wrong = None, ""
    if asked["words"] or asked["from"]:
        try:
            trial = tried(desk, asked)
        except Missing:
            raise
        except InputError as error:
            wrong = str(error)
    return Indicators(wrong=wrong, armed=tuple(line(a, counted.get(a.row, 0)) for a in known), conditions=tuple(found), channels=channels, trial=trial)  # fmt: skip


def line(armed: indicators.Armed, alerts: int) -> Line:
    """An armed question in one line."""
    i = armed.indicator
    return Line(id=i.id, name=i.name, asks=described(i.test), state=armed.state, why=armed.why, missing=armed.missing, alerts=alerts, made_when=armed.made_when)  # fmt: skip


def wanted(desk: Desk, asked: Asked) -> Indicator:
    """The question that a form or an address gives. Raises InputError."""
    if asked["from"]:
        try:
            show(desk.store, asked["from"])
        except InputError as error:
            raise Missing(str(error)) from None
        return arming.from_condition(desk.store, asked["from"], asked.given("name"))
    if not asked["words"]:
        raise InputError("the question is missing; write one, or take one from a condition that was read")
    return definition.from_words(asked["words"], asked.given("name"))


def tried(desk: Desk, asked: Asked) -> Trial:
    """What a question would find in the whole record. Raises InputError."""
    made = wanted(desk, asked)
    with desk.store.reading() as transaction:
        newest = transaction.value("SELECT coalesce(max(row), 0) FROM readings")
        armed = next((a.indicator.id for a in indicators.armed(transaction) if a.indicator.id == made.id), None)
    job = jobs.begin(("dry run", made.id, str(newest)), "Asking the whole record", asked_again(asked), lambda tell: arming.dry_run(desk.store, made, tell))  # fmt: skip
    if job.wrong:
        raise InputError(job.wrong)
    seen, alerts = job.result if job.ended else ([], [])
    return Trial(
        asks=described(made.test), name=made.name, words=asked["words"], condition=asked["from"], inferred=made.armed.inferred if made.armed else (),
        armed=armed, evidence=tuple(map(seen_of, seen[-EVIDENCE:])), alerts=tuple(alerts), job=None if job.ended else f"/job/{job.id}",
    )  # fmt: skip


def asked_again(asked: Asked) -> str:
    """The address of the same dry run."""
    return link("/indicators", words=asked["words"], **{"from": asked["from"]}, name=asked["name"])


def seen_of(found: tuple[Any, str, str]) -> Seen:
    """A sighting for people."""
    s, sentence, reason = found
    return Seen(crossing=s.crossing, against=s.crossing == "against", fires=s.crossing in FIRES, moment=s.when, article=s.article, origin=s.origin.name, origin_kind=s.origin.kind, sentence=sentence, reason=reason)  # fmt: skip


def one(desk: Desk, asked: Asked) -> One:
    """A question with its evidence. Raises Missing."""
    with desk.store.reading() as transaction:
        try:
            armed = indicators.get(transaction, asked["id"])
        except InputError:
            raise Missing("no question with this id is armed; it may have been disarmed") from None
        seen = [seen_of(s) for s in indicators.seen(transaction, armed.row)]
        alerts = indicators.alerts(transaction, indicator=armed.row)
    made = armed.indicator.armed
    return One(
        line=line(armed, len(alerts)), inferred=made.inferred if made else (), condition=made.words if made else None,
        evidence=tuple(s for s in seen if not s.against)[:-EVIDENCE - 1:-1], against=tuple(s for s in seen if s.against)[:-EVIDENCE - 1:-1], alerts=tuple(reversed(alerts)),
    )  # fmt: skip


def arm(desk: Desk, asked: Asked) -> Outcome:
    """Arms a question. Raises InputError."""
    made = wanted(desk, asked)

    def work(tell: arming.Progress) -> None:
        arming.arm(desk.store, made, tell)
        watching.deliver_all(desk.store)

    job = jobs.begin(("arm", made.id, now()), "Arming, and asking everything on record", f"/indicator/{made.id}", work)
    if job.wrong:
        raise InputError(job.wrong)
    return Outcome(to=jobs.path(job), said="Armed. You will be told here, and on every channel, when it is crossed.")


def disarm(desk: Desk, asked: Asked) -> Outcome:
    """Disarms a question. Raises Missing."""
    with desk.store.writing() as transaction:
        try:
            armed = indicators.get(transaction, asked["id"])
        except InputError:
            raise Missing("no question with this id is armed") from None
        indicators.disarm(transaction, armed.row, now())
    return Outcome(to="/indicators", said=f"Disarmed: {armed.indicator.name}. Its alerts stay on record.")


def add_channel(desk: Desk, asked: Asked) -> Outcome:
    """Adds a channel for alerts. Raises InputError."""
    address = asked["address"]
    if "://" not in address or address.partition(":")[0].lower() in ON_THE_MACHINE:
        raise InputError("what is on this machine (a file, the terminal, its notifications) is set up there, with onrecord channel; give a web address or one of apprise")  # fmt: skip
    check_channel(address)
    with desk.store.writing() as transaction:
        indicators.add_channel(transaction, channel_id(address), address, now())
    return Outcome(to="/indicators", said=f"Alerts go to {masked(address)} as well.")


def rows(data: Indicators) -> Iterator[Sequence[object]]:
    """The questions as a table."""
    yield ("id", "name", "asks", "state", "why", "missing", "alerts", "made_when")
    for a in data.armed:
        yield (a.id, a.name, a.asks, a.state, a.why, "; ".join(a.missing), a.alerts, a.made_when)


def evidence_rows(data: One) -> Iterator[Sequence[object]]:
    """The evidence of a question as a table."""
    yield ("moment", "crossing", "origin", "sentence", "reason", "article")
    for s in sorted((*data.evidence, *data.against), key=lambda s: s.moment):
        yield (s.moment, s.crossing, s.origin, s.sentence, s.reason, s.article)


def entries(data: One) -> Iterator[Entry]:
    """The alerts of a question for a feed reader."""
    for a in data.alerts:
        yield Entry(
            id=a.id, title=headline(a, data.line.name), updated=a.when, path=f"/article/{a.article}", words=body(a)
        )


PAGES = (
    Page(path="/indicators", name="indicators", title="Indicators", nav="Indicators", view=view, data=Indicators, rows=rows, params=(WORDS, FROM, NAME, Param(name="about", says="only conditions with these words", longest=200))),
    Page(path="/indicator/{id}", name="indicator", title="A question", view=one, data=One, rows=evidence_rows, entries=entries),
)  # fmt: skip
ACTIONS = (
    Action(path="/indicators", name="arm", says="Arm a question", act=arm, params=(WORDS, FROM, NAME)),
    Action(path="/indicator/{id}/disarm", name="disarm", says="Disarm a question; its alerts stay", act=disarm),
    Action(path="/channels", name="add_channel", says="Have alerts sent somewhere", act=add_channel, params=(Param(name="address", says="a web address (https://…) or one of apprise (mailto://…)", required=True, longest=500),)),
)  # fmt: skip
