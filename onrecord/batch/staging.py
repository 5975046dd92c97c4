"""What a worker writes before it counts: the files of one try at a part, and the marks that tell at which capture a worker died."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from onrecord.batch.tables import SCHEMAS, Noticed, day_of, rows_of
from onrecord.errors import SetupError

FOLDER = ".staging"
MARKS = "marks"
BETWEEN = -1  # in place of the number of a capture, while none is being read
NO_DAY = "__HIVE_DEFAULT_PARTITION__"  # what Hive, DuckDB and Arrow take for null
SMALL: dict[str, Any] = {
    "store_schema": False,
    "write_statistics": ["n"],
}  # most files hold a few rows: what stands beside them would be the most of it
AT_ONCE = 32  # captures whose rows become a batch
HELD = 48 * 2**20  # bytes of batches that are held before they are written


class Pages:
    """The tables of one part in the making. They lie in the memory until there are `held` bytes, and are then written, a file a table and day."""

    def __init__(self, folder: Path, unit: str, held: int = HELD) -> None:
        self._folder, self._unit, self._held = folder, unit, held
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
        self._batches: dict[str, list[Any]] = {name: [] for name in SCHEMAS}
        self._waiting = self._size = self._written = 0
        self.files: list[str] = []

    def add(self, noticed: Noticed) -> None:
        """Takes in one capture and what became of it."""
        day = day_of(noticed) or NO_DAY
        for table, rows in rows_of(noticed).items():
            self._rows[table] += [row | {"day": day} for row in rows]
        self._waiting += 1
        if self._waiting >= AT_ONCE:
            self._batch()
        if self._size >= self._held:
            self.flush()

    def _batch(self) -> None:
        self._waiting = 0
        for table, rows in self._rows.items():
            if rows:
                batch = pa.Table.from_pylist(rows, schema=SCHEMAS[table].append(pa.field("day", pa.string())))
                self._batches[table].append(batch)
                self._size += batch.nbytes
                rows.clear()

    def flush(self) -> None:
        """Writes what is held."""
        self._batch()
        for table, batches in self._batches.items():
            if batches:
                whole = pa.concat_tables(batches)
                batches.clear()
                for day, rows in by_day(whole):
                    self._write(f"{table}/day={day}/{self._unit}-{self._written}.parquet", rows)
        self._size, self._written = 0, self._written + 1

    def _write(self, name: str, rows: Any) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            pq.write_table(rows, file, compression="zstd", **SMALL)
            file.flush()
            os.fsync(file.fileno())
        self.files.append(name)


def by_day(whole: Any) -> Iterator[tuple[str, Any]]:
    """The rows of each day, without the column that says so: the name of their folder does."""
    places: dict[str, list[int]] = {}
    for i, day in enumerate(whole.column("day").to_pylist()):
        places.setdefault(day, []).append(i)
    bare = whole.drop_columns("day")
    for day in sorted(places):
        yield day, bare.take(places[day])


@contextmanager
def staged(out: Path, unit: str) -> Iterator[Path]:
    """A folder for one try at a part, removed where the try fails. Raises SetupError where nothing can be written."""
    folder = out / FOLDER / f"{unit}-{secrets.token_hex(8)}"
    try:
        folder.mkdir(parents=True)
        yield folder
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise unwritable(out, error) from None
        raise


def unwritable(out: Path, error: OSError) -> SetupError:
    """Why nothing can be written to a folder."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SetupError(f"{out}: the disk is full; make room and run the same command again")
    return SetupError(f"{out} cannot be written: {error.strerror or error}")


class Mark:
    """Says at which capture of its part a worker is, in a file that outlives the worker."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def at(self, n: int) -> None:
        """The n-th capture comes next."""
        os.pwrite(self._fd, b"%012d" % n, 0)


def marks(out: Path, unit: str) -> Path:
    """The folder of the marks of a part."""
    return out / FOLDER / MARKS / unit


@contextmanager
def marking(out: Path, unit: str) -> Iterator[Mark]:
    """A mark, which stays where this process dies, and goes on any other way out."""
    folder = marks(out, unit)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / secrets.token_hex(8)
    fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o644)
    try:
        yield Mark(fd)
    finally:
        os.close(fd)
        path.unlink(missing_ok=True)


def deaths(out: Path, unit: str) -> Counter[int]:
    """How many workers died at each capture of a part, by its number; at BETWEEN those that read none."""
    found: Counter[int] = Counter()
    with suppress(FileNotFoundError):
        for path in marks(out, unit).iterdir():
            with suppress(FileNotFoundError):
                found[int(path.read_bytes() or BETWEEN)] += 1
    return found
