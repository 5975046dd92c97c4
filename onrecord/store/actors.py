"""Actors: the people, organisations, outlets and countries that entities of many articles stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from onrecord.knowledge import Profile
from onrecord.model import Reading
from onrecord.store.called import call
from onrecord.store.database import Transaction
from onrecord.store.keys import add as add_rows
from onrecord.store.keys import nominated
from onrecord.store.rows import BITS, as_json, numbers, table

TABLE = table("actors", "id name type country role articles same_as names profile")


class Actor(NamedTuple):
    """An actor as the record has it."""

    row: int
    id: str
    name: str
    profile: Profile
    same_as: int | None
    names: dict[str, int]  # how often each entity bore which name


NAMES = 20  # of an actor that are counted
UNUSED = (
    "SELECT a.id, a.profile FROM actors a WHERE a.row = ? AND a.same_as IS NULL AND NOT EXISTS (SELECT 1 FROM entity_actors x WHERE x.actor = a.row) "
    "AND NOT EXISTS (SELECT 1 FROM actors b WHERE b.same_as = a.row) AND NOT EXISTS (SELECT 1 FROM facts f WHERE f.speaker = a.row) "
    "AND NOT EXISTS (SELECT 1 FROM judgements j WHERE (j.left_id = a.id OR j.right_id = a.id) AND j.by_whom <> 'machine')"
)
COLUMNS = "a.row, a.id, a.name, a.profile, a.same_as, a.names"


def actor_of(row: Sequence[Any]) -> Actor:
    """The actor of a row of `COLUMNS`."""
    number, id, name, profile, same_as, names = row
    return Actor(
        number,
        id,
        name,
        decoded(profile),
        same_as,
        msgspec.json.decode(names, type=dict[str, int]),
    )


@lru_cache(maxsize=8192)
def decoded(profile: str) -> Profile:
    """The profile that a row's JSON holds."""
    return msgspec.json.decode(profile, type=Profile)


def candidates(transaction: Transaction, keys: Sequence[str], limit: int) -> list[Actor]:
    """The actors that share most of these keys, those that the record has known longest first."""
    best = nominated(transaction, "SELECT actor FROM actor_keys WHERE key = ?", ((key,) for key in keys), limit)
    return sorted(some(transaction, best), key=lambda actor: actor.row) if best else []


def some(transaction: Transaction, rows: Sequence[int]) -> list[Actor]:
    """Actors by their rows; those that the record does not have are left out."""
    marks = ", ".join("?" * len(rows))
    return [actor_of(row) for row in transaction.all(f"SELECT {COLUMNS} FROM actors a WHERE a.row IN ({marks})", rows)]


def get(transaction: Transaction, row: int) -> Actor:
    """An actor by its row."""
    found = transaction.one(f"SELECT {COLUMNS} FROM actors a WHERE a.row = ?", (row,))
    assert found
    return actor_of(found)


def current(transaction: Transaction, actor: Actor) -> Actor:
    """The actor that an actor was judged to be the same as; itself where there is none."""
    return get(transaction, actor.same_as) if actor.same_as else actor


def add(transaction: Transaction, id: str, name: str, profile: Profile) -> tuple[int, bool]:
    """A new actor's row, and whether it is new: the same id twice is one actor."""
    known = transaction.value("SELECT row FROM actors WHERE id = ?", (id,))
    if known is not None:
        return int(known), False
    values = (id, name, *outline(profile), 0, None, as_json({name: 1}), as_json(profile))
    row = int(transaction.value(TABLE.insert + " RETURNING row", values))
    call(transaction, row, profile.names)
    return row, True


def renamed(actor: Actor, called: str, profile: Profile) -> Actor:
    """An actor with a new profile, once more `called` by a name; the commonest full name is the one that is shown."""
    counts = actor.names | {called: actor.names.get(called, 0) + 1}
    names = dict(sorted(counts.items(), key=lambda n: (-n[1], n[0]))[:NAMES])
    name = max(names, key=lambda n: (" " in n or profile.type != "person", names[n], len(n), n))
    return actor._replace(name=name, names=names, profile=profile)


def write(transaction: Transaction, some: Iterable[Actor]) -> None:
    """Writes what is known of actors anew."""
    sql = "UPDATE actors SET name = ?, type = ?, country = ?, role = ?, names = ?, profile = ? WHERE row = ?"
    rows = [(a.name, *outline(a.profile), as_json(a.names), as_json(a.profile), a.row) for a in some]
    transaction.many(sql, rows)


def outline(profile: Profile) -> tuple[str, str | None, str | None]:
    """Type, country and role, for the columns that people read."""
    return profile.type, next(iter(profile.countries), None), next(iter(profile.roles), None)


def add_keys(transaction: Transaction, keyed: Iterable[tuple[str, int]]) -> None:
    """Makes actors findable by keys."""
    add_rows(transaction, "actor_keys", "key, actor", keyed)


def stand_for(transaction: Transaction, standing: Sequence[tuple[int, int, float]]) -> None:
    """Notes which actors entities, by their rows, stand for, and how sure that is."""
    again = "ON CONFLICT (entity) DO UPDATE SET actor = excluded.actor, score = excluded.score"
    transaction.many(f"INSERT INTO entity_actors (entity, actor, score) VALUES (?, ?, ?) {again}", standing)
    transaction.many("UPDATE actors SET articles = articles + 1 WHERE row = ?", [(actor,) for _, actor, _ in standing])


def of_reading(transaction: Transaction, row: int, reading: Reading) -> dict[str, Actor]:
    """The current actors of the entities of a reading, by their labels."""
    sql = f"SELECT x.entity, {COLUMNS} FROM entity_actors x JOIN actors a ON a.row = x.actor WHERE x.entity >= ? AND x.entity < ?"
    found = {entity: actor for entity, *actor in transaction.all(sql, (row << BITS, (row + 1) << BITS))}
    labels = numbers(row << BITS, reading.entities)
    return {label: current(transaction, actor_of(found[n])) for label, n in labels.items() if n in found}


def withdraw(transaction: Transaction, article: int) -> list[int]:
    """Takes out whom the entities of an article, in any of its readings, stand for; the rows of those actors."""
    named: list[int] = []
    for (reading,) in transaction.all("SELECT row FROM readings WHERE article = ?", (article,)):
        place = (reading << BITS, (reading + 1) << BITS)
        sql = "SELECT actor FROM entity_actors WHERE entity >= ? AND entity < ?"
        named += [row for (row,) in transaction.all(sql, place)]
        transaction.run("DELETE FROM entity_actors WHERE entity >= ? AND entity < ?", place)
    transaction.many("UPDATE actors SET articles = articles - 1 WHERE row = ?", [(row,) for row in named])
    return sorted(set(named))


def drop_unused(transaction: Transaction, rows: Iterable[int]) -> None:
    """Drops those of these actors whom no article names any more and no person has judged, with the machine's questions about them."""
    for row in rows:
        found = transaction.one(UNUSED, (row,))
        if found is not None:
            id, profile = found
            call(transaction, row, (), decoded(profile).names)
            transaction.run("DELETE FROM judgements WHERE left_id = ? OR right_id = ?", (id, id))
            transaction.run("DELETE FROM actor_keys WHERE actor = ?", (row,))
            transaction.run("DELETE FROM actors WHERE row = ?", (row,))
