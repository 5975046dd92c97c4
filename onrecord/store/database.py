"""The database behind the record: SQLite in the home folder, or PostgreSQL by URL; opened, upgraded, and used in transactions.

SQLAlchemy keeps the engine, its pool and the transactions. Statements are written once, with `?` for a value, and run on the
driver's own cursor: the objects that SQLAlchemy makes for each statement would be a quarter of the time of recording an article.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from onrecord.errors import SetupError
from onrecord.store.log import Log
from onrecord.store.migrations import is_current, upgrade

FILE = "onrecord.db"
WAIT = 30.0  # seconds for another writer to finish
PRAGMAS = (
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "cache_size = -8192",  # KiB; the system caches too, and each commit may look through all of it
    f"mmap_size = {2**30}",
    "journal_size_limit = 134217728",
    "temp_store = MEMORY",
    "wal_autocheckpoint = 16384",  # pages; each checkpoint waits for the disk twice
)

NAN = float("nan")  # SQLite takes it for NULL; the driver needs a third of the time that it takes to bind None

ALIVE = {  # seconds to wait for a PostgreSQL server: at first, and until one is given up that says nothing
    "connect_timeout": 10, "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 4, "tcp_user_timeout": 30_000,
}  # fmt: skip

Dialect = Literal["sqlite", "postgresql"]
Row = tuple[Any, ...]

BEGIN: dict[tuple[Dialect, bool], str] = {
    ("sqlite", False): "BEGIN",
    ("sqlite", True): "BEGIN IMMEDIATE",
    ("postgresql", False): "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    ("postgresql", True): "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
}
REASONS = {  # what SQLite says, and what is meant
    "file is not a database": "is no database",
    "malformed": "is damaged",
    "locked": f"is locked by another process; waited {WAIT:.0f} seconds",
    "unable to open": "cannot be opened; is the folder there, and may it be written?",
    "readonly": "cannot be written",
    "disk I/O error": "cannot be read or written: disk error",
    "disk is full": "cannot be written: the disk is full",
}


class Cursor(Protocol):
    """What is used of a driver's cursor."""

    rowcount: int
    lastrowid: Any

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Any: ...
    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...


class Transaction:
    """One transaction on one of the two databases; statements carry `?` for each value."""

    def __init__(self, cursor: Cursor, dialect: Dialect) -> None:
        self.cursor = cursor
        self.dialect: Dialect = dialect
        self.null = NAN if dialect == "sqlite" else None
        self.undone = False

    def undo(self) -> None:
        """Nothing of this transaction is kept, when it ends."""
        self.undone = True

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Runs a statement; the number of rows that it touched."""
        self.cursor.execute(spelled(sql, self.dialect), values)
        return self.cursor.rowcount

    def add(self, sql: str, values: Sequence[Any]) -> int | None:
        """Runs the INSERT of one row; the number of its `row`, or None where the row was there already."""
        if self.dialect == "postgresql":
            row: int | None = self.value(sql + " RETURNING row", values)
            return row
        self.cursor.execute(sql, values)
        return self.cursor.lastrowid if self.cursor.rowcount else None

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> int:
        """Runs a statement for each row; the number of rows that they touched together."""
        if not rows:
            return 0
        self.cursor.executemany(spelled(sql, self.dialect), rows)
        return self.cursor.rowcount

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of the answer, or None."""
        self.cursor.execute(spelled(sql, self.dialect), values)
        row: Row | None = self.cursor.fetchone()
        return row

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of the answer."""
        self.cursor.execute(spelled(sql, self.dialect), values)
        return self.cursor.fetchall()

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The one value of a one-row answer; None where there is no row."""
        row = self.one(sql, values)
        return None if row is None else row[0]


class Store:
    """An open record. Made by `open_store`; `close` it, or use it in a `with`."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine = engine
        self.home = home
        self.dialect: Dialect = "sqlite" if engine.dialect.name == "sqlite" else "postgresql"
        self.idle: list[
            Any
        ] = []  # connections: to lend and take back from the pool costs as much as an empty transaction
        self.outlets: dict[tuple[str, str], int] = {}  # rows never change, so they are looked up once
        self.unindexed = 0  # readings recorded here since the search index was last brought up to date
        self.delivered = float("-inf")  # when this process last looked for alerts to deliver, on its monotonic clock
        self.log = Log(lambda: connect(home / FILE)) if self.dialect == "sqlite" else None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        if self.log:
            self.log.wait()
        while self.idle:
            self.idle.pop().invalidate()
        self.engine.dispose()

    @property
    def name(self) -> str:
        """The database as people know it, without its password."""
        return str(self.home / FILE) if self.dialect == "sqlite" else self.engine.url.render_as_string()

    def writing(self) -> AbstractContextManager[Transaction]:
        """A transaction that may write; committed at the end, rolled back by an exception. Raises SetupError."""
        return self._transaction(writes=True)

    def reading(self) -> AbstractContextManager[Transaction]:
        """A transaction that sees one moment of the record. Raises SetupError."""
        return self._transaction(writes=False)

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Transaction]:
        with translated(self):
            connection, cursor = self._begun(writes)
            try:
                transaction = Transaction(cursor, self.dialect)
                yield transaction
                cursor.close()  # a statement that was not read to its end would go on seeing its moment
                if transaction.undone:
                    connection.rollback()
                else:
                    connection.commit()
            except BaseException:
                try:
                    connection.rollback()
                except Exception:  # it is lost, which what was raised first tells
                    connection.invalidate()
                else:
                    connection.close()
                raise
            self.idle.append(connection)
        if writes and self.log:
            self.log.committed()

    def _begun(self, writes: bool) -> tuple[Any, Any]:
        """A connection that nobody else uses, idle or new, and its cursor, in a transaction. Idle ones may be lost by now: then another is taken."""
        while True:
            connection, idle = self._connection()
            try:
                cursor = connection.cursor()
                cursor.execute(BEGIN[self.dialect, writes])
                return connection, cursor
            except Exception:
                connection.invalidate()
                if self.dialect == "sqlite" or not idle:
                    raise

    def _connection(self) -> tuple[Any, bool]:
        """A connection that nobody else uses, and whether it lay idle or is new."""
        try:
            return self.idle.pop(), True
        except IndexError:
            return self.engine.raw_connection(), False


def open_store(home: Path, db: str | None = None) -> Store:
    """Opens the record in the folder `home`, made where it is missing, and upgrades a database of an older version.

    `db` is a PostgreSQL URL (`postgresql://user@host/name`); without it the database is `onrecord.db` in the folder.
    Raises SetupError, in one line, for a folder that cannot be written, a database that cannot be reached, is none, is locked, or
    was made by a newer onrecord.
    """
    make_folder(home)
    engine = sqlite_engine(home / FILE) if db is None else postgresql_engine(db)
    store = Store(engine, home)
    try:
        with store.reading() as transaction:
            current = is_current(transaction)
        if not current:
            with store.writing() as transaction:
                upgrade(transaction)
    except BaseException:
        store.close()
        raise
    return store


def make_folder(home: Path) -> None:
    """Makes the home folder. Raises SetupError."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(f"the folder {home} cannot be made: {error.strerror}") from None


def sqlite_engine(path: Path) -> Engine:
    """An engine over a SQLite file."""
    return create_engine("sqlite://", creator=lambda: connect(path), poolclass=QueuePool, pool_size=8, max_overflow=-1)


def connect(path: Path) -> sqlite3.Connection:
    """A connection to a SQLite file; transactions are begun by hand, as the driver's own begin too late to be safe."""
    connection = sqlite3.connect(
        path, timeout=WAIT, isolation_level=None, check_same_thread=False, cached_statements=1024
    )
    try:
        write_ahead(connection)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def write_ahead(connection: sqlite3.Connection) -> None:
    """Switches to write-ahead logging. SQLite does not wait for its lock here by itself, so two that open at once must."""
    until = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def postgresql_engine(db: str) -> Engine:
    """An engine over a PostgreSQL URL. Raises SetupError."""
    try:
        url = make_url(db)
    except ArgumentError:
        raise SetupError("the database must be given as postgresql://user@host/name") from None
    if url.drivername.split("+")[0] not in ("postgresql", "postgres"):
        raise SetupError(
            f"{url.drivername} is no database for the record; give postgresql://user@host/name, or a folder alone"
        )
    if find_spec("psycopg") is None:
        raise SetupError("PostgreSQL needs a driver that is not installed: pip install 'onrecord[postgresql]'")
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_size=8, connect_args=ALIVE)


@contextmanager
def translated(store: Store) -> Iterator[None]:
    """Turns what a database says about its surroundings into a SetupError; an error in a statement of ours stays a bug."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) else None
        if cause is None or not is_outer(cause):
            raise
        raise SetupError(explained(store.name, cause)) from None
    except Exception as error:
        if not is_outer(error):
            raise
        raise SetupError(explained(store.name, error)) from None


def is_outer(error: BaseException) -> bool:
    """Whether a driver's error tells of the surroundings (a lock, a disk, a server), not of a statement of ours."""
    kinds = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    if "psycopg.OperationalError" in kinds:
        return True
    return isinstance(error, sqlite3.DatabaseError) and any(words in str(error) for words in REASONS)


def explained(name: str, error: BaseException) -> str:
    """One clear line about a driver's error."""
    said = " ".join(str(error).split())
    reason = next((reason for words, reason in REASONS.items() if words in said), said)
    return f"the record {name} {reason}" if reason != said else f"the record {name} cannot be used: {said}"


@lru_cache(maxsize=1024)
def spelled(sql: str, dialect: Dialect) -> str:
    """The statement with the driver's own sign for a value, and with no list that is empty, which PostgreSQL does not know.

    No statement of ours holds a question mark otherwise.
    """
    return sql if dialect == "sqlite" else sql.replace("%", "%%").replace("?", "%s").replace(" IN ()", " IN (NULL)")
