"""The actors that an article's entities may stand for: looked up for all entities together; what the article adds is seen at once and written at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.knowledge import Profile
from onrecord.store import actors
from onrecord.store.actors import Actor
from onrecord.store.called import call
from onrecord.store.database import Transaction
from onrecord.store.keys import Nominees
from onrecord.store.rows import chunks

QUERY = "SELECT key, actor AS row FROM actor_keys WHERE key = ?"


class Cast:
    """Actors, while an article's entities are put to them. `write` it before others look at them."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self.keys = Nominees(transaction, QUERY)
        self.known: dict[int, Actor] = {}
        self.changed: set[int] = set()  # what waits to be written
        self.keyed: list[tuple[str, int]] = []
        self.standing: list[tuple[int, int, float]] = []

    def look_up(self, asked: Sequence[Sequence[str]], limit: int) -> None:
        """Finds the candidates for lists of keys that are going to be asked for."""
        self.keys.look_up(key for keys in asked for key in keys)
        self.read(row for keys in asked for row in self.keys.best(keys, limit))

    def read(self, rows: Iterable[int]) -> None:
        """Reads actors that are going to be asked for."""
        new = sorted({row for row in rows if row not in self.known})
        for part in chunks(new):
            self.known |= {actor.row: actor for actor in actors.some(self.transaction, part)}

    def get(self, row: int) -> Actor:
        """An actor by its row."""
        self.read([row])
        return self.known[row]

    def candidates(self, keys: Sequence[str], limit: int) -> list[Actor]:
        """The actors that share most of these keys, each as the one that it was judged to be the same as."""
        rows = sorted(self.keys.best(keys, limit))
        self.read(rows)
        found = [self.known[row] for row in rows if row in self.known]
        return list({a.row: a for c in found for a in [self.get(c.same_as) if c.same_as else c]}.values())

    def add(self, id: str, name: str, profile: Profile, keys: Iterable[str]) -> Actor:
        """A new actor; the same id twice is one."""
        row, new = actors.add(self.transaction, id, name, profile)
        if new:
            self.known[row] = Actor(row, id, name, profile, None, {name: 1})
            self.key(row, keys)
        return self.get(row)

    def change(self, actor: Actor, called: str, profile: Profile, keys: Iterable[str]) -> Actor:
        """Keeps what is known of an actor anew, once more `called` by a name."""
        self.known[actor.row] = actors.renamed(actor, called, profile)
        self.changed.add(actor.row)
        self.key(actor.row, keys)
        if profile.names != actor.profile.names:
            call(self.transaction, actor.row, profile.names, actor.profile.names)
        return self.known[actor.row]

    def key(self, row: int, keys: Iterable[str]) -> None:
        """Makes an actor findable by these keys."""
        for key in keys:
            self.keyed.append((key, row))
            self.keys.add(key, row)

    def stands_for(self, entity: int, actor: int, score: float) -> None:
        """Notes which actor an entity, by its row, stands for."""
        self.standing.append((entity, actor, score))

    def write(self) -> None:
        """Writes all that waits."""
        actors.write(self.transaction, [self.known[row] for row in sorted(self.changed)])
        actors.add_keys(self.transaction, self.keyed)
        actors.stand_for(self.transaction, self.standing)
        self.changed, self.keyed, self.standing = set(), [], []
