"""Backups: a record in one file, and a record out of it.

The file is a tar archive: the database as it was at one moment, the evidence that it knows of, the desk's password as it is kept, and at
the end `manifest.json`, which lists all of it with digests. What lacks the manifest, or differs from it, is no backup.

A backup, in this order: 1. the database is copied as of one moment (see `store.copying`); 2. of each file of the evidence, which only
ever grows, what that moment knows of; 3. if an article was forgotten meanwhile, all is given up, as its bytes may be half erased; 4. the
manifest; 5. the file is synced and gets its name. A restore checks everything beside the new home before that gets its name.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, cast

import msgspec

from onrecord import __version__
from onrecord.errors import InputError, SetupError
from onrecord.fetch.segments import SEGMENT, sync_folder
from onrecord.store import Store, copying
from onrecord.store.belonging import mark
from onrecord.store.database import FILE, Dialect

FORMAT = 1
MANIFEST = "manifest.json"
PASSWORD = "desk-password"
BLOCK = tarfile.BLOCKSIZE
PIECE = 2**20
LARGEST = 2**24  # bytes of a manifest

Tell = Callable[[str, int, int], None]  # what is being done, how much of it is done, of how much


class File(msgspec.Struct, frozen=True):
    """A file of a backup."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds."""

    format: int
    onrecord: str
    made: str
    database: Dialect
    step: int
    articles: int
    captures: int
    files: tuple[File, ...]


def quiet(what: str, done: int, whole: int) -> None:
    """Says nothing."""


# writing ----------------------------------------------------------------------------------------------------------------


class Hashing:
    """A file that is written through, counted and hashed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.size, self.hash = file, 0, sha256()

    def write(self, data: bytes) -> None:
        """Writes."""
        self._file.write(data)
        self.size += len(data)
        self.hash.update(data)


class Archive:
    """A tar archive that is being written; the size of a member need not be known before."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.files: list[File] = []

    @contextmanager
    def member(self, name: str) -> Iterator[Hashing]:
        """A member to write; its head is written when it is done."""
        start = self._file.tell()
        self._file.write(bytes(BLOCK))
        out = Hashing(self._file)
        yield out
        self._file.write(bytes(-out.size % BLOCK))
        end = self._file.tell()
        self._file.seek(start)
        self._file.write(head(name, out.size))
        self._file.seek(end)
        self.files.append(File(name, out.size, out.hash.hexdigest()))

    def close(self) -> None:
        """Ends the archive."""
        self._file.write(bytes(2 * BLOCK))


def head(name: str, size: int) -> bytes:
    """The head of a member."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def backup(store: Store, target: Path, when: str, tell: Tell = quiet) -> tuple[Path, Manifest]:
    """Writes a record into a file that is not there yet, or into a new one in a folder; the file, and what it holds.

    `when` is the moment, ISO 8601 in UTC. The record may be written meanwhile. Raises InputError and SetupError; then the file is not there.
    """
    path = named(target, when)
    check_room(store, path.parent)
    with being_written(path) as file:
        archive = Archive(file)
        moment = write_all(store, archive, path, tell)
        manifest = Manifest(
            format=FORMAT, onrecord=__version__, made=when, database=store.dialect, step=moment.step, articles=moment.articles,
            captures=moment.captures, files=tuple(archive.files),
        )  # fmt: skip
        with archive.member(MANIFEST) as out:
            out.write(msgspec.json.format(msgspec.json.encode(manifest)))
        archive.close()
    return path, manifest


def named(target: Path, when: str) -> Path:
    """The file that a backup goes to. Raises InputError where it is there already, or its folder is not."""
    stamp = when.replace("-", "").replace(":", "")
    path = target / f"onrecord-{stamp}.tar" if target.is_dir() else target
    if path.exists():
        raise InputError(f"{path} is there already; give another name")
    if not path.parent.is_dir():
        raise InputError(f"{path.parent} is no folder")
    return path


def check_room(store: Store, folder: Path) -> None:
    """Says before the work begins that a disk has too little room, where that can be known. Raises SetupError."""
    files = store.home.glob(FILE + "*") if store.dialect == "sqlite" else ()
    database = sum(path.stat().st_size for path in files)  # needed twice
    evidence = sum(path.stat().st_size for path in (store.home / "evidence").glob("*.warc.gz"))
    total, _, free = shutil.disk_usage(folder)
    if total and 2 * database + evidence > free:
        raise SetupError(f"{folder} has room for {free / 1e6:,.1f} MB, and a backup needs {(2 * database + evidence) / 1e6:,.1f} MB")  # fmt: skip


@contextmanager
def being_written(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name when all is on the disk; nothing of it stays otherwise. Raises SetupError."""
    part = path.with_name(path.name + ".part")
    try:
        file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+b")
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SetupError(f"{path} is being written by another process") from None
        try:
            file.truncate(0)
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.rename(path)
            sync_folder(path.parent)
        except BaseException as error:
            part.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                file.close()
            if isinstance(error, OSError):
                raise SetupError(f"{path} cannot be written: {error.strerror}") from None
            raise


def write_all(store: Store, archive: Archive, path: Path, tell: Tell) -> copying.Moment:
    """Steps 1 to 3."""
    beside = path.with_name(path.name + ".db.part")
    with copying.copied(store, beside, lambda left, whole: tell("database", whole - left, whole)) as (moment, files):
        for name, write in files:
            with archive.member(name if name == FILE else f"tables/{name}") as out:
                write(cast(BinaryIO, out))
    password = store.home / PASSWORD
    if password.exists():
        with archive.member(PASSWORD) as out:
            out.write(password.read_bytes())
    write_evidence(store.home / "evidence", archive, moment, tell)
    if not copying.still_has(store, moment):
        raise SetupError("an article was forgotten while the backup was made; make it again")
    return moment


def write_evidence(folder: Path, archive: Archive, moment: copying.Moment, tell: Tell) -> None:
    """Step 2. Raises SetupError where evidence is missing."""
    whole, done = sum(moment.ends.values()), 0
    for name, end in sorted(moment.ends.items()):
        try:
            with (folder / name).open("rb") as file, archive.member(f"evidence/{name}") as out:
                while piece := file.read(min(PIECE, end - out.size)):
                    out.write(piece)
                    done += len(piece)
                    tell("evidence", done, whole)
        except FileNotFoundError:
            raise SetupError(f"the record's evidence is not whole: {name} is not in {folder}; see onrecord verify") from None  # fmt: skip
        if out.size < end:
            raise SetupError(f"the record's evidence is not whole: {name} breaks off at byte {out.size}; see onrecord verify")  # fmt: skip


# restoring --------------------------------------------------------------------------------------------------------------


def restore(source: Path, home: Path, db: str | None = None, tell: Tell = quiet) -> Manifest:
    """Makes a record of a backup in a folder that is not there yet, or is empty; with `db`, the URL of an empty PostgreSQL database.

    Everything is checked before the folder gets its name. Raises InputError for what is no backup, or not whole, and SetupError; then nothing is restored.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise InputError(f"{home} is there already; a backup is restored into a new folder")
    beside = home.with_name(f".{home.name}.restoring")
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)  # of a restore that was killed
        beside.mkdir()
        manifest = unpacked(source, beside, tell)
        settle(manifest, source, beside, home, db)
    except OSError as error:
        raise SetupError(f"{home} cannot be written: {error.strerror}; nothing was restored") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def settle(manifest: Manifest, source: Path, beside: Path, home: Path, db: str | None) -> None:
    """Gives what was checked its name; on PostgreSQL in the transaction that fills the database."""
    if (manifest.database == "postgresql") != (db is not None):
        given = "give the URL of an empty database with --db" if db is None else "leave --db out"
        raise InputError(f"{source} is of a record on {manifest.database}: {given}")
    copying.check_step(manifest.step)
    if db is None:
        settled(beside, home)
        return
    names = [file.name.removeprefix("tables/") for file in manifest.files if file.name.startswith("tables/")]
    with copying.filled(db, beside, manifest.step, {name: beside / "tables" / name for name in names}) as id:
        shutil.rmtree(beside / "tables")
        mark(beside / "evidence", id)
        settled(beside, home)


def settled(beside: Path, home: Path) -> None:
    """Gives a folder its name, once all in it is on the disk."""
    for folder in (*beside.glob("*/"), beside):
        sync_folder(folder)
    beside.rename(home)
    sync_folder(home.parent)


def unpacked(source: Path, folder: Path, tell: Tell) -> Manifest:
    """Unpacks a backup into a folder, and checks all of it. Raises InputError."""
    found: list[File] = []
    manifest = None
    try:
        with source.open("rb") as file, tarfile.open(fileobj=file, mode="r|") as archive:
            whole = os.fstat(file.fileno()).st_size
            for member in archive:
                data = archive.extractfile(member) if member.isreg() and not manifest else None
                if data is None:
                    raise InputError(f"{source} is no backup: it holds {member.name[:80]!r}")
                if member.name == MANIFEST and member.size <= LARGEST:
                    manifest = msgspec.json.decode(data.read(), type=Manifest)
                else:
                    found.append(unpack(data, member.name, placed(source, folder, member.name)))
                tell("restoring", file.tell(), whole)
    except OSError as error:
        if error.filename == str(source):
            raise InputError(f"{source} cannot be read: {error.strerror}") from None
        raise
    except (tarfile.TarError, msgspec.MsgspecError, EOFError):
        raise InputError(f"{source} is no backup, or is damaged; nothing was restored") from None
    if manifest is None:
        raise InputError(f"{source} is not whole: it breaks off; nothing was restored")
    check(source, manifest, found)
    return manifest


def placed(source: Path, folder: Path, name: str) -> Path:
    """Where a file of a backup goes. Raises InputError for one that has no place in a record."""
    head, _, tail = name.rpartition("/")
    known = {"": tail in (FILE, PASSWORD), "evidence": SEGMENT.fullmatch(tail), "tables": tail.isidentifier()}
    if not known.get(head):
        raise InputError(f"{source} is no backup: it holds {name[:80]!r}")
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    return path


def unpack(data: IO[bytes], name: str, path: Path) -> File:
    """Writes one file; what it is."""
    mode = 0o600 if name == PASSWORD else 0o644
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        out = Hashing(cast(BinaryIO, file))
        while piece := data.read(PIECE):
            out.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return File(name, out.size, out.hash.hexdigest())


def check(source: Path, manifest: Manifest, found: list[File]) -> None:
    """Refuses what is not what the manifest says. Raises InputError."""
    if manifest.format != FORMAT:
        raise InputError(f"{source} was made by a newer onrecord ({manifest.onrecord}); update onrecord")
    listed = {file.name: file for file in manifest.files}
    for file in found:
        if listed.pop(file.name, None) != file:
            raise InputError(f"{source} is damaged: {file.name} is not what was written; nothing was restored")
    if listed:
        raise InputError(f"{source} is not whole: it lacks {next(iter(listed))}; nothing was restored")
