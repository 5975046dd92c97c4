"""The files that records are kept in: claimed by one process at a time, and mended where one was killed."""

from __future__ import annotations

import contextlib
import os
import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from onrecord.errors import SetupError
from onrecord.fetch import members
from onrecord.fetch.keeping import opening

SEGMENT = re.compile(r"\d{8}-[0-9a-f]{16}\.warc\.gz")


class Segment(NamedTuple):
    """A file that this process may write to."""

    fd: int
    name: str

    def read(self, offset: int, length: int) -> bytes:
        """Bytes of the file."""
        return os.pread(self.fd, length, offset)

    def size(self) -> int:
        """The length of the file."""
        return os.fstat(self.fd).st_size

    def write(self, data: bytes, at: int) -> None:
        """Writes all of it at an offset, or nothing. Raises SetupError."""
        view, done = memoryview(data), 0
        try:
            while done < len(data):
                done += os.pwrite(self.fd, view[done:], at + done)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self.fd, at)
            raise SetupError(f"the evidence cannot be written: {error.strerror}") from None

    def mend(self, start: int = 0) -> bool:
        """Cuts off a torn last member, from a known beginning of one; whether the file is whole then."""
        end = start
        for offset, length in members.walk(self.read, start, self.size()):
            end = offset + length
        if end < self.size() and members.torn(self.read, end, self.size()):
            os.ftruncate(self.fd, end)
            os.fsync(self.fd)
        return end == self.size()

    def release(self) -> None:
        """Lets others write."""
        os.close(self.fd)


def claim(path: Path) -> Segment | None:
    """The segment, locked for this process; None where another one has it, or it is gone."""
    import fcntl

    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(fd).st_nlink:
            return Segment(fd, path.name)
    except BlockingIOError:
        pass
    os.close(fd)
    return None


def create(folder: Path, now: float) -> Segment:
    """A new segment with its first record, locked for this process."""
    first = opening(now)
    name = f"{datetime.fromtimestamp(now, UTC):%Y%m%d}-{sha256(first).hexdigest()[:16]}.warc.gz"
    os.close(os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644))
    segment = claim(folder / name)
    if segment is None:  # somebody took the empty file for one that was given up
        return create(folder, now)
    segment.write(first, 0)
    os.fsync(segment.fd)
    sync_folder(folder)
    return segment


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder last."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def segments(folder: Path) -> list[Path]:
    """The segments of a folder, oldest first; other files are passed over."""
    return sorted(p for p in folder.iterdir() if SEGMENT.fullmatch(p.name)) if folder.is_dir() else []
