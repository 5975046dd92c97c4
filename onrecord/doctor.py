"""Checks an installation and a record, and says what to mend. Nothing is changed: the database is opened for reading only, and not upgraded.

The order is that of dependence: 1. what is installed; 2. the folder and the disk; 3. the database; 4. how following goes. A check that cannot
be made, as what it needs is broken, says so and the others go on.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from onrecord.model import Noun

PYTHON = (3, 11)
SQLITE = (3, 35, 0)  # RETURNING
FREE = 2**30  # bytes below which the disk is said to be nearly full,
FULL = 100 * 2**20  # and below which it is full
PATIENCE = 20.0  # seconds for looking through the database
WAIT = 2.0  # seconds for another writer
ABANDONED = 600  # seconds after which an idle session's transaction is said to be forgotten
IDLE = 86_400.0  # seconds after which following is said to rest
BORN = "2026-01-01"  # no clock is right that shows an earlier day
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?\s*(?P<bounds>[^;]*)(?P<marker>;.*)?")
BOUND = re.compile(r"(>=|<=|==|!=|~=|<|>)\s*([\w.]+)")
WRITER = 120  # the byte of the -shm file that a writer locks; see "WAL-Index" in SQLite's documentation

State = Literal["ok", "warn", "mend"]
Ask = Callable[[str], list[tuple[Any, ...]]]


class Check(Noun, frozen=True, kw_only=True):
    """One thing that was looked at. `how` is what to do, where there is something to do."""

    name: str
    state: State
    words: str
    how: str | None = None


class Place(NamedTuple):
    """What is examined: the folder of the record, the URL of its database if that is PostgreSQL, and the environment."""

    home: Path
    db: str | None
    environment: Mapping[str, str]


def ok(name: str, words: str) -> Check:
    """Nothing to do."""
    return Check(name=name, state="ok", words=words)


def warn(name: str, words: str, how: str) -> Check:
    """It works, and something should be looked at."""
    return Check(name=name, state="warn", words=words, how=how)


def mend(name: str, words: str, how: str) -> Check:
    """It does not work."""
    return Check(name=name, state="mend", words=words, how=how)


def examine(place: Place) -> Iterator[Check]:
    """Every check, in order, as it is made."""
    for check in (python, packages, model_files, readers_found, settings, clock, folder, disk, sqlite_itself):
        yield from guarded(check, place)
    yield from guarded(postgresql if place.db else database, place)


def guarded(check: Callable[[Place], Iterator[Check]], place: Place) -> Iterator[Check]:
    """A check that breaks off is one that says so."""
    try:
        yield from check(place)
    except Exception as error:
        yield mend(check.__name__.replace("_", " "), f"could not be checked: {one_line(error)}", "mend what is named above, then look again")  # fmt: skip


def one_line(error: BaseException) -> str:
    """An error in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


# 1. what is installed


def python(place: Place) -> Iterator[Check]:
    """The interpreter."""
    here = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < PYTHON:
        yield mend("Python", f"{here} is too old", f"install Python {'.'.join(map(str, PYTHON))} or newer")
    else:
        yield ok("Python", here)


def packages(place: Place) -> Iterator[Check]:
    """Every package that onrecord needs, in a version that will do."""
    try:
        wanted = requires("onrecord") or []
    except PackageNotFoundError:
        yield warn("packages", "onrecord is not installed here, so what it needs is not known", "pip install onrecord, or make run in its repository")  # fmt: skip
        return
    wrong, count = [], 0
    for line in wanted:
        m = REQUIREMENT.match(line)
        if m is None or "extra" in (m["marker"] or ""):
            continue
        count += 1
        try:
            has = version(m["name"])
        except PackageNotFoundError:
            wrong.append((m["name"], f"{m['name']} is missing"))
            continue
        if not satisfies(has, m["bounds"]):
            wrong.append((f"'{m['name']}{m['bounds'].strip()}'", f"{m['name']} is {has}, needed is {m['bounds'].strip()}"))  # fmt: skip
    if wrong:
        yield mend("packages", "; ".join(w for _, w in wrong), f"pip install {' '.join(n for n, _ in wrong)}")
    else:
        yield ok("packages", f"onrecord {version('onrecord')} and the {count} it needs")


def satisfies(has: str, bounds: str) -> bool:
    """Whether a version lies within bounds such as ">=2.0,<3". Only the numbers count."""
    return all(within(numbers(has), sign, numbers(than)) for sign, than in BOUND.findall(bounds))


def within(has: tuple[int, ...], sign: str, than: tuple[int, ...]) -> bool:
    """Whether one version keeps one bound."""
    length = max(len(has), len(than))
    a, b = (v + (0,) * (length - len(v)) for v in (has, than))
    if sign == "~=":
        return a >= b and has[: len(than) - 1] == than[:-1]
    return {">=": a >= b, "<=": a <= b, "==": a == b, "!=": a != b, "<": a < b, ">": a > b}[sign]


def numbers(v: str) -> tuple[int, ...]:
    """The numbers at the beginning of a version."""
    m = re.match(r"\d+(?:\.\d+)*", v)
    return tuple(map(int, m.group().split("."))) if m else (0,)


def model_files(place: Place) -> Iterator[Check]:
    """The network's weights and the gazetteer, by their digests."""
    folder = files("onrecord.read")
    listed = tomllib.loads((folder / "weights" / "digests.toml").read_text(encoding="utf-8"))
    wrong = []
    for name, digest in listed.items():
        path = folder.joinpath(*name.split("/"))
        if not path.is_file():
            wrong.append(f"{name} is missing")
        elif sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(f"{name} is damaged")
    if wrong:
        yield mend("model files", ", ".join(wrong), "install onrecord again: pip install --force-reinstall --no-deps onrecord")  # fmt: skip
    else:
        yield ok("model files", f"{len(listed)}, each with its digest")


def readers_found(place: Place) -> Iterator[Check]:
    """The readers that other packages bring."""
    from onrecord import readers

    ours, *others = readers.current()
    names = [r.info.name for r in readers.installed()]
    for r in readers.installed():
        if r.info.name == ours.name:
            yield warn("readers", f"{r.package} calls its reader {ours.name}, which is ours: it is never asked", f"give it another name, such as {ours.name}-{r.package}")  # fmt: skip
        elif names.count(r.info.name) > 1 and r is not readers.named(r.info.name):
            yield warn("readers", f"{r.package} calls its reader {r.info.name}, as another package does: it is never asked", f"uninstall one of them, such as: pip uninstall {r.package}")  # fmt: skip
        try:
            r.point.load()
        except (Exception, SystemExit) as error:
            yield mend("readers", f"{r.title} cannot be loaded: {one_line(error)}", f"mend it, or: pip uninstall {r.package}")  # fmt: skip
    yield ok("readers", ", ".join([ours.name, *(f"{o.name} {o.version}" for o in others)]))


def settings(place: Place) -> Iterator[Check]:
    """What the environment says."""
    from onrecord.errors import SetupError
    from onrecord.settings import from_environment

    try:
        from_environment(place.environment)
    except SetupError as error:
        yield mend("settings", str(error), "set it to what is asked for, or unset it")
        return
    named = sorted(name for name in place.environment if name.startswith("ONRECORD_"))
    yield ok("settings", f"from the environment: {', '.join(named)}" if named else "none in the environment")


def clock(place: Place) -> Iterator[Check]:
    """Whether the clock can be right, as far as that shows without another."""
    shown = datetime.now(UTC)
    if shown.strftime("%Y-%m-%d") < BORN:
        yield mend("clock", f"it shows {shown:%Y-%m-%d}, which is past", "set the clock; times on record come from it")
    else:
        yield ok("clock", f"{shown:%Y-%m-%d %H:%M} in UTC")


# 2. the folder and the disk


def folder(place: Place) -> Iterator[Check]:
    """Whether the record's folder can be written."""
    home = place.home
    above = nearest(home)
    if not above.is_dir():
        yield mend("folder", f"{above} is no folder", "move it, or name another folder with --home")
        return
    try:
        with tempfile.TemporaryFile(dir=above):
            pass
    except OSError as error:
        yield mend("folder", f"{above} cannot be written: {error.strerror}", f"change its owner or mode, such as: chmod u+rwx {above}")  # fmt: skip
        return
    yield ok("folder", str(home) if home.exists() else f"{home}, which is not there yet; the first command makes it")


def nearest(path: Path) -> Path:
    """The path, or the nearest of those above it that is there."""
    return next(p for p in (path.absolute(), *path.absolute().parents) if os.path.lexists(p))


def disk(place: Place) -> Iterator[Check]:
    """Room for more."""
    free = shutil.disk_usage(nearest(place.home)).free
    words = f"{size(free)} free"
    if free < FULL:
        yield mend("disk", words, "make room; nothing can be kept otherwise")
    elif free < FREE:
        yield warn("disk", words, "make room soon; a day of a few hundred feeds needs about as much")
    else:
        yield ok("disk", words)


def size(n: float) -> str:
    """A number of bytes for people."""
    return f"{n / 2**30:.1f} GB" if n >= 2**30 else f"{n / 2**20:.0f} MB"


# 3. the database


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
        return mend("database", f"it is damaged: {said}", "bring back a copy of the folder; the archived pages in evidence/ can be added again with onrecord add")  # fmt: skip
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
        yield mend("integrity", f"the database is damaged: {' '.join(problems[0].split())}", "bring back a copy of the folder; the archived pages in evidence/ can be added again with onrecord add")  # fmt: skip
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


# 4. how the record fares


def record(place: Place, ask: Ask) -> Iterator[Check]:
    """What lies in the archive, and how following goes."""
    yield from evidence(place.home / "evidence", ask)
    yield from moments(ask)
    yield from feeds(ask, place.environment)


def evidence(archive: Path, ask: Ask) -> Iterator[Check]:
    """Whether every archive file that the record points into is there, as long as it must be."""
    ends = ask("SELECT warc_file, max(warc_offset + warc_length) FROM captures WHERE warc_file IS NOT NULL GROUP BY warc_file")  # fmt: skip
    missing = [file for file, end in ends if not (archive / file).is_file() or (archive / file).stat().st_size < end]
    if missing:
        yield mend("evidence", f"{len(missing)} of {len(ends)} archive files are missing or cut short: {', '.join(missing[:3])}", f"bring them back into {archive} from a copy")  # fmt: skip
    else:
        yield ok("evidence", f"{len(ends)} archive file{'' if len(ends) == 1 else 's'}, none missing or cut short")


def moments(ask: Ask) -> Iterator[Check]:
    """Whether the record was written by a clock that is ahead of this one."""
    newest = ask("SELECT max(fetched) FROM captures")[0][0]
    shown = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if newest and newest > shown:
        yield warn("clock", f"the newest page was fetched at {newest[:16]}, which is yet to come", "set the clock, unless the record is a demonstration or was made elsewhere")  # fmt: skip


def feeds(ask: Ask, environment: Mapping[str, str]) -> Iterator[Check]:
    """When the feeds were last fetched, and which fail."""
    count, last = ask("SELECT count(*), max(last_fetched) FROM feeds")[0]
    if not count:
        yield ok("following", "no feeds are followed")
        return
    age = None if last is None else time.time() - datetime.fromisoformat(last).timestamp()
    if age is None or age > IDLE:
        words = "never" if age is None else f"{age / 86_400:.0f} days ago"
        yield warn(
            "following",
            f"{count} feed{'' if count == 1 else 's'}, last fetched {words}",
            "onrecord follow, or a service that runs it",
        )
    else:
        yield ok("following", f"{count} feed{'' if count == 1 else 's'}, last fetched {last[:16].replace('T', ' ')}")
    failing = ask("SELECT url, failures, why FROM feeds WHERE failures > 0 ORDER BY failures DESC, url LIMIT 1000")
    if failing:
        named = "; ".join(f"{url} ({n} times: {why})" for url, n, why in failing[:3])
        yield warn("feeds", f"{len(failing)} of {count} fail: {named}", "onrecord status lists them; a feed that is gone for good has moved or closed")  # fmt: skip
    if not environment.get("ONRECORD_CONTACT"):
        yield warn("contact", "webmasters cannot tell who is asking", "set ONRECORD_CONTACT to an address of yours")
