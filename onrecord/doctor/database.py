"""The database of the record: SQLite in its folder, or PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from onrecord.doctor.checks import Ask, Check, Place, mend, ok, warn
from onrecord.doctor.following import record

SQLITE = (3, 35, 0)  # RETURNING
PATIENCE = 20.0  # seconds for looking through the database
WAIT = 2.0  # seconds for another writer
ABANDONED = 600  # seconds after which an idle session's transaction is said to be forgotten
WRITER = 120  # the byte of the -shm file that a writer locks; see "WAL-Index" in SQLite's documentation


def sqlite_itself(place: Place) -> Iterator[Check]:
    """The SQLite that Python was built with."""
    if sqlite3.sqlite_version_info < SQLITE:
        yield mend("SQLite", f"{sqlite3.sqlite_version} is too old", "use a Python with SQLite 3.35 or newer, or PostgreSQL with --db")  # fmt: skip
        return
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        except sqlite3.OperationalError:
            yield mend("SQLite", f"{sqlite3.sqlite_version} lacks full-text search (FTS5)", "use a Python whose SQLite has FTS5, or PostgreSQL with --db")  # fmt: skip
            return
    yield ok("SQLite", f"{sqlite3.sqlite_version}, with full-text search")


def database(place: Place) -> Iterator[Check]:
    """The SQLite database of the record."""
    from onrecord.store.database import FILE

    path = place.home / FILE
    if not path.exists():
        yield ok("database", "none yet")
        return
    if not os.access(path, os.R_OK | os.W_OK):
        yield unreadable(path, "this user may not read and write it")
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT, isolation_level=None)) as connection:  # fmt: skip

            def ask(sql: str) -> list[tuple[Any, ...]]:
                return connection.execute(sql).fetchall()

            known = ask("SELECT 1 FROM sqlite_master WHERE name = 'migrations'")
            yield from schema(int(ask("SELECT max(number) FROM migrations")[0][0] or 0) if known else 0)
            yield from whole(connection)
            if known:
                yield from record(place, ask)
        yield from writer(path)
    except sqlite3.DatabaseError as error:
        yield unreadable(path, str(error))


def unreadable(path: Path, said: str) -> Check:
    """A database that cannot be read, by what SQLite said."""
    if "malformed" in said or "not a database" in said:
        return mend("database", f"it is damaged: {said}", "bring back a copy with onrecord restore; the archived pages in evidence/ can be added again with onrecord add")  # fmt: skip
    return mend("database", f"it cannot be opened: {said}", f"let this user read and write {path} and its folder")


def schema(reached: int) -> Iterator[Check]:
    """The steps of the database against those that this version knows."""
    from onrecord.store.migrations import MIGRATIONS

    last = MIGRATIONS[-1].number
    if reached > last:
        yield mend("schema", f"the database is at step {reached}, this onrecord knows {last}", "update onrecord: pip install --upgrade onrecord")  # fmt: skip
    elif reached < last:
        yield warn("schema", f"the database is at step {reached} of {last}", "copy the folder first if you may want to go back; the next command upgrades it")  # fmt: skip
    else:
        yield ok("schema", f"step {reached}, the latest")


def whole(connection: sqlite3.Connection) -> Iterator[Check]:
    """SQLite's own quick look through the file, broken off where that takes long."""
    until = time.monotonic() + PATIENCE
    connection.set_progress_handler(lambda: time.monotonic() > until, 100_000)
    try:
        problems = [words for (words,) in connection.execute("PRAGMA quick_check(3)") if words != "ok"]
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        yield warn("integrity", f"not looked through in {PATIENCE:.0f} seconds", "onrecord verify looks at everything")
        return
    finally:
        connection.set_progress_handler(None, 0)
    if problems:
        yield mend("integrity", f"the database is damaged: {' '.join(problems[0].split())}", "bring back a copy with onrecord restore; the archived pages in evidence/ can be added again with onrecord add")  # fmt: skip
    else:
        yield ok("integrity", "a quick look finds nothing amiss; onrecord verify looks at everything")


def writer(path: Path) -> Iterator[Check]:
    """Whether the database can be written now, and who is in the way."""
    with closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                yield mend("lock", f"the database cannot be written: {error}", f"let this user write {path} and its folder")  # fmt: skip
                return
            yield held(writers(path))
            return
    yield ok("lock", "nobody holds the database")


def held(pid: int | None) -> Check:
    """What is said of a database that another process writes."""
    if pid is None:
        return warn("lock", f"another process has been writing for {WAIT:.0f} seconds", "wait for it; look for other onrecord processes where it does not end")  # fmt: skip
    state = state_of(pid)
    if state is None:
        return mend("lock", f"process {pid} holds the database, and is gone", "the folder lies on a file system that keeps the locks of the dead; move it to a local disk")  # fmt: skip
    if state in "TtZX":
        return mend("lock", f"process {pid} holds the database, and {'was stopped' if state in 'Tt' else 'is dead'}", f"let it go on (kill -CONT {pid}) or end it (kill -9 {pid}); nothing is lost")  # fmt: skip
    return warn("lock", f"process {pid} has been writing for {WAIT:.0f} seconds", "wait for it, or see what it does")


def writers(path: Path) -> int | None:
    """The process that holds the writer's lock, where the system tells."""
    try:
        inode = os.stat(f"{path}-shm").st_ino
        lines = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return None
    for words in map(str.split, lines):
        if words[1] == "POSIX" and words[3] == "WRITE" and words[5].endswith(f":{inode}") and int(words[6]) <= WRITER and (words[7] == "EOF" or int(words[7]) >= WRITER):  # fmt: skip
            return int(words[4])
    return None


def state_of(pid: int) -> str | None:
    """A process's state by its letter, as ps shows it; None where there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return None


def postgresql(place: Place) -> Iterator[Check]:
    """The PostgreSQL database of the record."""
    from onrecord.errors import SetupError
    from onrecord.store.database import Store, postgresql_engine
    from onrecord.store.migrations import steps

    try:
        store = Store(postgresql_engine(str(place.db)), place.home)
        with closing(store), store.reading() as transaction:
            yield ok("PostgreSQL", f"{transaction.value('SHOW server_version')}, at {store.name}")
            reached = steps(transaction)
            yield from schema(reached)
            if reached:
                yield from record(place, transaction.all)
            yield from sessions(transaction.all)
    except SetupError as error:
        yield mend("PostgreSQL", str(error), "start the server, or correct --db; psql with the same URL shows more")


def sessions(ask: Ask) -> Iterator[Check]:
    """Whether a session keeps a transaction open that nobody works on, and so its locks."""
    idle = ask(
        "SELECT pid, coalesce(client_addr::text, 'this machine'), to_char(xact_start, 'YYYY-MM-DD HH24:MI') FROM pg_stat_activity "
        f"WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND xact_start < now() - interval '{ABANDONED} seconds'"
    )
    for pid, where, since in idle:
        yield mend("lock", f"session {pid}, from {where}, has kept a transaction open since {since} and does nothing", f"end it: SELECT pg_terminate_backend({pid}); nothing is lost")  # fmt: skip
    if not idle:
        yield ok("lock", "no session keeps a transaction open")
