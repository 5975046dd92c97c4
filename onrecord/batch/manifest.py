"""The manifest: which parts of which WARC files are in the tables, a JSON line each, on the disk before anything is built upon it.

Readers of the tables go by it: a file that it does not name does not count. Whoever writes holds a lock on it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from onrecord.batch.cutting import Cut, Unit
from onrecord.batch.reading import Aside
from onrecord.errors import InputError, SetupError
from onrecord.model import ReaderInfo

FILE = "manifest.jsonl"


class Head(Struct, frozen=True, tag="head", tag_field="line"):
    """The first line: what all tables of a folder have in common."""

    tables: int  # their format
    reader: ReaderInfo


class Warc(Struct, frozen=True, tag="warc", tag_field="line"):
    """A WARC file and where it is cut."""

    cut: Cut


class Done(Struct, frozen=True, tag="done", tag_field="line"):
    """A part that is in the tables, and its files."""

    unit: Unit
    captures: int
    articles: int
    failures: int
    content: str  # a digest of its captures and damaged places
    files: tuple[str, ...]
    aside: tuple[Aside, ...] = ()
    damaged: tuple[str, ...] = ()


class GivenUp(Struct, frozen=True, tag="given up", tag_field="line"):
    """A part that ended its workers again and again."""

    unit: Unit
    why: str


Line = Head | Warc | Done | GivenUp
_decode = msgspec.json.Decoder(Line).decode
_encode = msgspec.json.Encoder().encode


class Manifest:
    """What is on record of a back-fill."""

    def __init__(self, head: Head | None = None) -> None:
        self.head = head
        self.cuts: dict[str, Cut] = {}
        self.done: dict[Unit, Done] = {}
        self.given_up: dict[Unit, GivenUp] = {}

    def take(self, line: Line) -> None:
        """Takes in one line."""
        match line:
            case Head():
                self.head = line
            case Warc():
                self.cuts[line.cut.warc] = line.cut
            case Done():
                self.done[line.unit] = line
                self.given_up.pop(line.unit, None)
            case GivenUp():
                self.given_up[line.unit] = line

    def files(self) -> Iterator[str]:
        """The files that count."""
        for done in self.done.values():
            yield from done.files

    def in_order(self) -> Iterator[Done]:
        """The parts that are done, file by file as they were given, each from its beginning."""
        for cut in self.cuts.values():
            yield from (self.done[unit] for unit in cut.units() if unit in self.done)


def lines_of(data: bytes, place: Path) -> tuple[Manifest, int]:
    """The manifest in these bytes and how many of them are whole lines; a torn last one is none. Raises InputError."""
    manifest, end = Manifest(), data.rfind(b"\n") + 1
    for number, line in enumerate(data[:end].splitlines(), 1):
        try:
            manifest.take(_decode(line))
        except msgspec.MsgspecError as error:
            raise InputError(f"{place / FILE}, line {number}: no line of a manifest ({error})") from None
    return manifest, end


def read_manifest(out: Path) -> Manifest:
    """The manifest of a folder of tables. Raises InputError where there is none."""
    try:
        found, _ = lines_of((out / FILE).read_bytes(), out)
    except FileNotFoundError:
        raise InputError(f"{out}: no tables are here ({FILE} is missing); onrecord backfill makes them") from None
    except OSError as error:
        raise InputError(f"{out / FILE} cannot be read: {error.strerror or error}") from None
    return found


class Keeper:
    """The one process that writes a manifest. Close it, or use it in a `with`."""

    def __init__(self, out: Path, head: Head) -> None:
        """Opens or begins the manifest of a folder. Raises InputError where the folder holds other things or was made otherwise, SetupError where it cannot be written."""
        self._out = out
        try:
            begin_folder(out)
            self._fd = os.open(out / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            lock(self._fd, out)
            self.manifest, end = lines_of((out / FILE).read_bytes(), out)
            os.truncate(self._fd, end)
            os.lseek(self._fd, 0, os.SEEK_END)
            if self.manifest.head is None:
                self.add(head)
        except OSError as error:
            raise SetupError(f"{out} cannot be written: {error.strerror or error}") from None
        if self.manifest.head != head:
            self.close()
            raise InputError(f"{out} {difference(self.manifest.head, head)}; give another --out")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, line: Line) -> None:
        """Adds a line; it is on the disk when this returns."""
        data = _encode(line) + b"\n"
        while data:
            data = data[os.write(self._fd, data) :]
        os.fsync(self._fd)
        self.manifest.take(line)

    def close(self) -> None:
        """Lets others write."""
        os.close(self._fd)


def begin_folder(out: Path) -> None:
    """Makes the folder where it is missing. Raises InputError where it holds other things."""
    out.mkdir(parents=True, exist_ok=True)
    if not (out / FILE).exists() and any(out.iterdir()):
        raise InputError(f"{out} holds other things; give a new or an empty folder as --out")


def lock(fd: int, out: Path) -> None:
    """Keeps other processes from writing here. Raises SetupError where one does."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        raise SetupError(f"another back-fill is writing to {out}; wait for it, or give another --out") from None


def difference(then: Head | None, now: Head) -> str:
    """In what a folder was made otherwise."""
    if then is None or then.tables != now.tables:
        return "holds tables of another version of onrecord"
    return f"was read by the reader {then.reader.name} {then.reader.version}, and this is {now.reader.name} {now.reader.version}"
