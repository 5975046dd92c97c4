"""Turns: what one process does at a time, however many share a record.

On SQLite a turn is the lock of a file in the home folder (flock); on PostgreSQL it is an advisory lock: of a transaction for a
piece of work (`alone`), of a session for feeds (`Shared`). The system, or the server, lets go of the locks of a process that
dies, so another takes its turn. The numbers of all advisory locks of the record:

| 7219034 | upgrading | 7219035 | indexing for search | 7219036 | setting articles beside each other |
|---|---|---|---|---|---|
| 7219037 | bringing alerts to their channels | 7219038 | who follows, with 0 | 7219039 | feeds, with a turn |
| 7219040 | adding the pages that feeds name | | | | |

Feeds go by the host that they are on: all of one host have the same turn, so that one process keeps the pace towards it. There are
`TURNS` turns, whatever the number of feeds, as a server has room for some thousands of locks.
"""

from __future__ import annotations

import fcntl
import os
import random
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from onrecord.errors import SetupError
from onrecord.store.database import Store, translated
from onrecord.text import digest

TURNS = 1024
DELIVERY, FOLLOWERS, FEEDS = 7219037, 7219038, 7219039
NAMES = {DELIVERY: "alerts.lock"}  # of the files, on SQLite
FOLLOW = "follow.lock"
SEEN = "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4"  # a machine that is gone is noticed in 40 s
HELD = (
    "SELECT pid, classid::bigint, objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid IN (%s, %s) "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def turn_of(host: str) -> int:
    """The turn that the feeds of a host have."""
    return int(digest(host)[:8], 16) % TURNS


class Turns(Protocol):
    """The turns of one process that follows."""

    active: set[int]  # those whose feeds it may begin to fetch
    whole: bool  # whether all is its own, as long as it holds it

    def share(self, wanted: Collection[int], busy: Collection[int]) -> bool:
        """Takes turns that nobody has, as many as is fair, and gives up what is more; whether any was gained.

        `wanted` are those that feeds have, `busy` those of which something is under way: they are kept until that is done.
        Raises SetupError.
        """

    def close(self) -> None:
        """Gives up all."""


@contextmanager
def turns(store: Store) -> Iterator[Turns]:
    """The turns of this process, given up at the end. Raises SetupError."""
    made: Turns = Alone(store) if store.dialect == "sqlite" else Shared(store)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def alone(store: Store, work: int, wait: bool = True) -> Iterator[bool]:
    """Keeps the turn at a piece of work that one process, and one thread, does at a time; whether it has it.

    It waits for its turn, or else goes without where another has it. Raises SetupError.
    """
    if store.dialect == "postgresql":
        with store.writing() as transaction:  # whose statements each see the record as it then is
            if wait:
                transaction.run("SELECT pg_advisory_xact_lock(?)", (work,))
            yield wait or bool(transaction.value("SELECT pg_try_advisory_xact_lock(?)", (work,)))
        return
    fd = opened(store.home / NAMES[work])
    try:
        yield locked(fd, wait)
    finally:
        os.close(fd)


def locked(fd: int, wait: bool) -> bool:
    """Locks a file; whether that was possible."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def opened(path: Path) -> int:
    """A file to lock. Raises SetupError."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}") from None


def session(store: Store) -> Any:
    """A connection to PostgreSQL that is nobody else's, each statement of which is a transaction."""
    pooled = store.engine.raw_connection()
    connection: Any = pooled.driver_connection
    pooled.detach()  # closed, not lent to others, when it is done with
    connection.rollback()
    connection.autocommit = True
    connection.execute(SEEN)
    return connection


class Alone:
    """On SQLite: one process follows, with all turns; another waits for its end."""

    def __init__(self, store: Store) -> None:
        self.active: set[int] = set()
        self.whole = False
        self._fd = opened(store.home / FOLLOW)

    def share(self, wanted: Collection[int], busy: Collection[int]) -> bool:
        """Takes all turns, where nobody has them."""
        self.active = set(wanted)
        if self.whole:
            return False
        self.whole = locked(self._fd, wait=False)
        if not self.whole:
            self.active = set()
        return self.whole

    def close(self) -> None:
        """Gives up all."""
        os.close(self._fd)


def fair(held: dict[int, int], own: int, turns: int, free: int) -> tuple[int, int]:
    """How many turns one of those who follow may keep, and how many it may take, so that in the end each has as many, but for one.

    `held` is how many each has, `own` is the one that asks, `free` are the turns that nobody has.
    """
    each, rest = divmod(turns, len(held))
    has = held[own]
    rich = sorted(who for who, n in held.items() if n > each)
    most = each + (own in rich[:rest] or has <= each)
    if has < each:
        return most, each - has
    lacking = sum(max(0, each - n) for who, n in held.items() if who != own)
    return most, int(has == each and len(rich) < rest and free > lacking)


class Shared:
    """On PostgreSQL: a session of its own, whose locks are the turns of this process."""

    whole = False

    def __init__(self, store: Store) -> None:
        self._store = store
        self._random = random.Random()  # so that two that look at the same moment try for others
        self.active: set[int] = set()
        self._leaving: set[int] = set()
        with translated(store):
            self._connection = session(store)
            self._connection.execute("SELECT pg_advisory_lock_shared(%s, 0)", (FOLLOWERS,))

    def share(self, wanted: Collection[int], busy: Collection[int]) -> bool:
        """Takes and gives up, so that each of those who follow has as many, but for one."""
        with translated(self._store):
            found = self._connection.execute(HELD, (FOLLOWERS, FEEDS)).fetchall()
            held = {pid: 0 for pid, kind, _ in found if kind == FOLLOWERS}
            for pid, kind, turn in found:
                held[pid] = held.get(pid, 0) + (kind == FEEDS and turn in wanted)
            own = self._connection.info.backend_pid
            held[own] = len(self.active & set(wanted))
            free = set(wanted) - {turn for _, kind, turn in found if kind == FEEDS}
            most, more = fair(held, own, len(wanted), len(free))
            self._give_up(most, set(wanted), set(busy))
            return self._take(more, free)

    def _give_up(self, most: int, wanted: set[int], busy: set[int]) -> None:
        """Begins nothing more of the turns beyond so many, and lets go of those of which nothing is under way."""
        self._leaving |= self.active - wanted
        self.active -= self._leaving
        spare = sorted(self.active, key=lambda turn: turn in busy)[: max(0, len(self.active) - most)]
        self._leaving |= set(spare)
        self.active -= self._leaving
        done = self._leaving - busy
        self._call("pg_advisory_unlock", done)
        self._leaving -= done

    def _take(self, most: int, free: set[int]) -> bool:
        """Takes at most so many of the turns that are free; whether it got any."""
        tried = self._random.sample(sorted(free), min(len(free), most))
        got = self._call("pg_try_advisory_lock", tried)
        self.active |= got
        return bool(got)

    def _call(self, function: str, turns: Collection[int]) -> set[int]:
        """Calls a function of locks for some turns; those for which it said yes."""
        if not turns:
            return set()
        sql = f"SELECT turn, {function}(%s, turn) FROM unnest(%s::int[]) AS turn"
        return {turn for turn, yes in self._connection.execute(sql, (FEEDS, sorted(turns))).fetchall() if yes}

    def close(self) -> None:
        """Gives up all."""
        self._connection.close()
