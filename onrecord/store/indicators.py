"""Indicators that are armed, what was seen of each, the alerts they raised, and which channels have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from onrecord.errors import InputError
from onrecord.knowledge import Alert, Origin, State
from onrecord.store.database import Transaction
from onrecord.store.rows import BITS, as_json, namer, table
from onrecord.watch.confirmed import change_id
from onrecord.watch.extent import Extent, extent_of
from onrecord.watch.indication import FIRES, Sighting
from onrecord.watch.indicator import Indicator, decode, described, encode
from onrecord.watch.judge import Decision, Earlier, lacking, state_of

TABLE = table("indicators", "id name definition record made_when removed state why missing")
ALERTS = table("alerts", "id indicator crossing origin article made_when record")
INDICATIONS = table("indications", "indicator article record label crossing origin moment sentence reason")
CURRENT = "coalesce(c.id, w.id, n.id), n.kind, coalesce(c.name, w.name, n.name)"  # an origin as it is known by now
WHOSE = (
    "JOIN origins n ON n.id = x.origin LEFT JOIN actors w ON w.id = x.origin LEFT JOIN actors c ON c.row = w.same_as"
)


class Armed(NamedTuple):
    """An indicator as the record has it."""

    row: int
    indicator: Indicator
    made_when: str
    state: State
    why: str
    missing: tuple[str, ...]


COLUMNS = "row, record, made_when, state, why, missing"


def armed_of(row: Sequence[Any]) -> Armed:
    """The indicator of a row of `COLUMNS`."""
    number, record, made_when, state, why, missing = row
    return Armed(number, decode(record), made_when, state, why, tuple(msgspec.json.decode(missing)))


def arm(transaction: Transaction, indicator: Indicator, when: str) -> int:
    """Arms an indicator, or arms it again; its row. The same test twice is one indicator."""
    row = transaction.value("SELECT row FROM indicators WHERE id = ?", (indicator.id,))
    if row is not None:
        sql = "UPDATE indicators SET removed = NULL, name = ?, record = ? WHERE row = ?"
        transaction.run(sql, (indicator.name, encode(indicator).decode(), row))
        return int(row)
    values = (indicator.id, indicator.name, described(indicator.test), encode(indicator).decode(), when, None, "quiet", "nothing comes near it", "[]")  # fmt: skip
    return int(transaction.value(TABLE.insert + " RETURNING row", values))


def armed(transaction: Transaction) -> list[Armed]:
    """The indicators that are armed, oldest first."""
    rows = transaction.all(f"SELECT {COLUMNS} FROM indicators WHERE removed IS NULL ORDER BY row")
    return [armed_of(row) for row in rows]


def names(transaction: Transaction) -> dict[str, str]:
    """What each indicator is called, by its id; those that are disarmed as well, as their alerts stay."""
    return dict(transaction.all("SELECT id, name FROM indicators"))


def get(transaction: Transaction, id: str) -> Armed:
    """The armed indicator whose id, or whole name, begins so. Raises InputError."""
    sql = f"SELECT {COLUMNS} FROM indicators WHERE removed IS NULL AND (name = ? OR (id >= ? AND id < ?)) LIMIT 2"
    found = transaction.all(sql, (id, id.lower(), id.lower() + "g"))
    if len(found) != 1:
        raise InputError(f"{'several indicators begin' if found else 'no indicator begins'} with {id!r}; `onrecord indicator list` shows them")  # fmt: skip
    return armed_of(found[0])


def disarm(transaction: Transaction, row: int, when: str) -> None:
    """Disarms an indicator; its alerts stay on record."""
    transaction.run("UPDATE indicators SET removed = ? WHERE row = ?", (when, row))


def seen(transaction: Transaction, indicator: int) -> list[tuple[Sighting, str, str]]:
    """What was seen of an indicator, oldest first, each with its sentence and the reason."""
    sql = (
        f"SELECT x.crossing, x.record, x.label, a.id, x.moment, x.sentence, x.reason, {CURRENT} FROM indications x "
        f"JOIN articles a ON a.row = x.article {WHOSE} WHERE x.indicator = ? ORDER BY x.moment, a.row"
    )
    return [
        (Sighting(crossing=crossing, record=record, label=label, article=article, when=moment, origin=Origin(id=id, kind=kind, name=name)), sentence, reason)
        for crossing, record, label, article, moment, sentence, reason, id, kind, name in transaction.all(sql, (indicator,))
    ]  # fmt: skip


def numbers(
    transaction: Transaction, indicator: int, stories: Sequence[int]
) -> dict[tuple[str, str], tuple[Extent | None, bool]]:
    """The numbers that crossed an indicator's threshold in these stories, by article and label, and whether the article gives them in its own voice."""
    sql = (
        "SELECT a.id, x.label, r.id, f.id, f.value, f.low, f.high, f.comparator, f.words, f.attribution FROM indications x "
        "JOIN articles a ON a.row = x.article JOIN resolved d ON d.article = x.article JOIN readings r ON r.row = d.reading "
        f"JOIN figures f ON f.row >= d.reading * {1 << BITS} AND f.row < (d.reading + 1) * {1 << BITS} "
        f"WHERE x.indicator = ? AND x.record = 'figure' AND x.crossing IN ({', '.join('?' * len(FIRES))}) AND d.story IN ({', '.join('?' * len(stories))})"
    )
    rows = transaction.all(sql, (indicator, *sorted(FIRES), *stories))
    return {
        (article, label): (extent_of(value, low, high, comparator, words), attribution is None)
        for article, label, reading, id, value, low, high, comparator, words, attribution in rows
        if namer(reading)(label) == id
    }


def earlier(transaction: Transaction, indicator: int) -> list[Earlier]:
    """The alerts that an indicator raised, with the origins that their evidence has by now."""
    sql = f"SELECT x.record, {CURRENT} FROM alerts x {WHOSE} WHERE x.indicator = ? ORDER BY x.made_when, x.row"
    return [
        Earlier(alert=msgspec.json.decode(record, type=Alert), origin=Origin(id=id, kind=kind, name=name))
        for record, id, kind, name in transaction.all(sql, (indicator,))
    ]


def keep(transaction: Transaction, armed: Armed, article: int, decision: Decision, words: Sequence[tuple[str, str]]) -> None:  # fmt: skip
    """Keeps what a reading changed for an indicator; `words` are sentence and reason of each sighting."""
    for s, (sentence, reason) in zip(decision.sightings, words, strict=True):
        values = (armed.row, article, s.record, s.label, s.crossing, s.origin.id, s.when, sentence, reason)
        transaction.run(INDICATIONS.insert + " ON CONFLICT DO NOTHING", values)
    for id in decision.withdrawn:
        take_back(transaction, id)
    for alert in decision.alerts:
        row = (alert.id, armed.row, alert.crossing, alert.origin.id, article, alert.when, as_json(alert))
        transaction.run(ALERTS.insert + " ON CONFLICT DO NOTHING", row)
    for id, note in decision.notes:
        add_note(transaction, id, note)
    sql = "UPDATE indicators SET state = ?, why = ?, missing = ? WHERE row = ?"
    transaction.run(sql, (decision.state, decision.reason, as_json(decision.missing), armed.row))


def take_back(transaction: Transaction, id: str) -> None:
    """Takes out an alert whose number was on record before, with the change that it was; one that went out stays, with a note."""
    if transaction.value("SELECT count(*) FROM deliveries WHERE alert = ?", (id,)):
        add_note(transaction, id, "its number was on record before, of another origin")
    else:
        transaction.run("DELETE FROM alerts WHERE id = ?", (id,))
        transaction.run("DELETE FROM changes WHERE id = ?", (change_id(id),))


def add_note(transaction: Transaction, id: str, note: str) -> None:
    """Adds a note to an alert, once."""
    alert = msgspec.json.decode(transaction.value("SELECT record FROM alerts WHERE id = ?", (id,)), type=Alert)
    if note not in alert.notes:
        record = as_json(msgspec.structs.replace(alert, notes=(*alert.notes, note)))
        transaction.run("UPDATE alerts SET record = ? WHERE id = ?", (record, id))


def withdraw(transaction: Transaction, article: int) -> None:
    """Takes out what an earlier reading of an article had shown; alerts that went out stay on record."""
    touched = transaction.all("SELECT DISTINCT indicator FROM indications WHERE article = ?", (article,))
    transaction.run("DELETE FROM indications WHERE article = ?", (article,))
    for (indicator,) in touched:
        restate(transaction, indicator)


def forget(transaction: Transaction, article: int) -> None:
    """Takes out what an article had shown and the alerts that it raised. That these were delivered stays noted, so that none goes out twice."""
    touched = transaction.all("SELECT DISTINCT indicator FROM alerts WHERE article = ?", (article,))
    transaction.run("DELETE FROM alerts WHERE article = ?", (article,))
    withdraw(transaction, article)
    for (indicator,) in touched:
        restate(transaction, indicator)


def restate(transaction: Transaction, row: int) -> None:
    """The state of an indicator by what is left of its evidence and its alerts."""
    every = [sighting for sighting, _, _ in seen(transaction, row)]
    crossings = [(e.alert.crossing, e.origin) for e in earlier(transaction, row)]
    state, why = state_of(crossings, every)
    missing = lacking(crossings, every) if crossings else ()
    sql = "UPDATE indicators SET state = ?, why = ?, missing = ? WHERE row = ?"
    transaction.run(sql, (state, why, as_json(missing), row))


def set_origin(transaction: Transaction, article: int, old: str, new: str) -> None:
    """Gives what an article showed another origin."""
    for name in ("indications", "alerts"):
        transaction.run(f"UPDATE {name} SET origin = ? WHERE article = ? AND origin = ?", (new, article, old))


def alerts(transaction: Transaction, since: str = "", indicator: int | None = None) -> list[Alert]:
    """The alerts since a moment, oldest first."""
    which = " AND indicator = ?" if indicator is not None else ""
    values = (since, indicator) if indicator is not None else (since,)
    rows = transaction.all(f"SELECT record FROM alerts WHERE made_when >= ?{which} ORDER BY made_when, row", values)
    return [msgspec.json.decode(record, type=Alert) for (record,) in rows]


def alert_counts(transaction: Transaction) -> dict[int, int]:
    """How many alerts each indicator has raised, by its row."""
    return dict(transaction.all("SELECT indicator, count(*) FROM alerts GROUP BY indicator"))


def channels(transaction: Transaction) -> list[str]:
    """The channels that alerts go to."""
    return [address for (address,) in transaction.all("SELECT address FROM channels ORDER BY row")]


def add_channel(transaction: Transaction, id: str, address: str, when: str) -> None:
    """Adds a channel, once."""
    transaction.run("INSERT INTO channels (id, address, added) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (id, address, when))  # fmt: skip


def remove_channel(transaction: Transaction, address: str) -> bool:
    """Removes a channel; whether it was there."""
    return transaction.run("DELETE FROM channels WHERE address = ?", (address,)) > 0


def deliveries(transaction: Transaction) -> set[tuple[str, str]]:
    """Which alert is on which channel, by their ids."""
    return {(alert, channel) for alert, channel in transaction.all("SELECT alert, channel FROM deliveries")}


def undelivered(transaction: Transaction) -> bool:
    """Whether a channel lacks an alert."""
    sql = "SELECT 1 FROM alerts a, channels c WHERE NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.alert = a.id AND d.channel = c.id) LIMIT 1"
    return transaction.one(sql) is not None


def delivered(transaction: Transaction, alert: str, channel: str, when: str) -> None:
    """Notes that a channel has an alert."""
    transaction.run("INSERT INTO deliveries (alert, channel, delivered) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (alert, channel, when))  # fmt: skip
