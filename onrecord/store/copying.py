"""Copying the database of a record as it is at one moment, while others go on writing; and filling a new one with the copy.

On SQLite the copy is a database file. On PostgreSQL it is a file for each table, as `COPY` writes them, those first that others refer to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct

from onrecord.errors import InputError, SetupError
from onrecord.store.captures import TABLE
from onrecord.store.database import FILE, Store, Transaction, connect, postgresql_engine, translated
from onrecord.store.follower import ENDS
from onrecord.store.migrations import MIGRATIONS, steps, upgrade

PAGES = 2048  # of a SQLite file, copied between two looks at the progress
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY oid"
)
REFERENCES = (
    "SELECT a.relname, b.relname FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid "
    "WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace AND a.oid <> b.oid"
)
NUMBERED = (
    "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'"
)
LAST = f"SELECT row, digest FROM {TABLE.name} ORDER BY row DESC LIMIT 1"

Progress = Callable[[int, int], None]  # pages that are left, and of how many
Write = Callable[[BinaryIO], None]


class Moment(Struct, frozen=True):
    """What a copy holds: how far its database is, how much is in it, and where what it knows of each file of the evidence ends."""

    step: int
    articles: int
    captures: int
    last: tuple[int, str] | None  # the newest capture's row and digest
    ends: dict[str, int]


def moment_of(transaction: Transaction) -> Moment:
    """The moment that a transaction sees."""
    last = transaction.one(LAST)
    return Moment(
        step=steps(transaction),
        articles=transaction.value("SELECT count(*) FROM articles"),
        captures=transaction.value("SELECT count(*) FROM captures"),
        last=(last[0], last[1]) if last else None,
        ends={file: int(end) for file, end in transaction.all(ENDS)},
    )


def still_has(store: Store, moment: Moment) -> bool:
    """Whether the record still has all captures of a moment: none was forgotten since."""
    if moment.last is None:
        return True
    row, digest = moment.last
    with store.reading() as transaction:
        kept = transaction.value("SELECT count(*) FROM captures WHERE row <= ?", (row,))
        known: str | None = transaction.value("SELECT digest FROM captures WHERE row = ?", (row,))
    return bool(kept == moment.captures and known == digest)


@contextmanager
def copied(store: Store, beside: Path, progress: Progress) -> Iterator[tuple[Moment, Iterator[tuple[str, Write]]]]:
    """The moment of a copy, and each file of it: a name, and what writes it. `beside` may be used for a file of the database's size. Raises SetupError."""
    if store.dialect == "postgresql":
        with store.reading() as transaction:
            yield moment_of(transaction), tables_of(transaction)
        return
    with translated(store):
        try:
            yield sqlite_copy(store, beside, progress), iter([(FILE, lambda out: pour(beside, out))])
        finally:
            beside.unlink(missing_ok=True)


def sqlite_copy(store: Store, to: Path, progress: Progress) -> Moment:
    """Copies a SQLite database as one moment of it. What is read first holds that moment, whatever others write meanwhile."""
    to.unlink(missing_ok=True)
    with closing(connect(store.home / FILE)) as source, closing(sqlite3.connect(to)) as target:
        source.execute("BEGIN")
        cursor: Any = source.cursor()
        moment = moment_of(Transaction(cursor, "sqlite"))
        cursor.close()
        source.backup(target, pages=PAGES, progress=lambda _, left, whole: progress(left, whole), sleep=0)
    return moment


def pour(path: Path, out: BinaryIO) -> None:
    """Writes a file's bytes."""
    with path.open("rb") as file:
        while piece := file.read(2**20):
            out.write(piece)


def tables_of(transaction: Transaction) -> Iterator[tuple[str, Write]]:
    """Each table of a PostgreSQL database, and what writes it."""
    order = TopologicalSorter({table: [] for (table,) in transaction.all(TABLES)})
    for table, other in transaction.all(REFERENCES):
        order.add(table, other)
    for table in order.static_order():
        yield table, lambda out, table=table: copy_out(transaction, table, out)  # type: ignore[misc]


def copy_out(transaction: Transaction, table: str, out: BinaryIO) -> None:
    """Writes a table as `COPY` does, its columns by name in the first line."""
    cursor: Any = transaction.cursor
    columns = ", ".join(column.name for column in cursor.execute(f"SELECT * FROM {table} LIMIT 0").description)
    out.write(columns.encode() + b"\n")
    with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as rows:
        for piece in rows:
            out.write(piece)


@contextmanager
def filled(db: str, home: Path, step: int, tables: dict[str, Path]) -> Iterator[str]:
    """Fills an empty PostgreSQL database with the tables of a copy, and brings it up to date; the record's own name.

    Nothing of it is kept where this, or what is done inside, fails. Raises SetupError and InputError.
    """
    with Store(postgresql_engine(db), home) as store, store.writing() as transaction:
        if transaction.all(TABLES):
            raise InputError(f"the database {store.name} is not empty; a backup is restored into a new one")
        upgrade(transaction, MIGRATIONS[:step])
        for table, path in tables.items():
            copy_in(transaction, table, path)
        for (table,) in transaction.all(NUMBERED):
            transaction.run(f"SELECT setval(pg_get_serial_sequence(?, 'row'), greatest(max(row), 1), max(row) IS NOT NULL) FROM {table}", (table,))  # fmt: skip
        upgrade(transaction)
        yield transaction.value("SELECT id FROM identity")


def copy_in(transaction: Transaction, table: str, path: Path) -> None:
    """Fills a table from its file. What making the tables put into it gives way."""
    cursor: Any = transaction.cursor
    if table not in {name for (name,) in transaction.all(TABLES)}:
        raise InputError(f"the backup holds a table {table!r}, which no record of its step has")
    transaction.run(f"DELETE FROM {table}")
    with path.open("rb") as file:
        columns = file.readline().decode().strip()
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as rows:
            while piece := file.read(2**20):
                rows.write(piece)


def check_step(step: int) -> None:
    """Refuses what a newer onrecord made. Raises SetupError."""
    if not 1 <= step <= MIGRATIONS[-1].number:
        raise SetupError(f"the backup was made by a newer onrecord (its database is at step {step}, this one knows {MIGRATIONS[-1].number}); update onrecord")  # fmt: skip
