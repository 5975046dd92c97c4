"""Evidence: every capture as a record of a WARC/1.1 file, found again by its offset and checked by its digest.

A segment is a file of at most `Settings.segment_size`, opened with a warcinfo record and named after that record's digest. One
process writes a segment at a time (flock); others open their own. An append, in this order:

1. the record is packed into one gzip member, in memory;
2. a segment is claimed: the one in use, or an older one with room, or a new one;
3. the member is written behind the last; what could not be written whole is taken back;
4. the segment is synced to the disk, every `Settings.sync_every` records; then `append` returns.

Whoever is killed between 3 and the database's own commit leaves a torn member, which the next claim cuts off, or whole ones,
which `stray` reports. Nothing else is ever cut off: a segment with other damage is left as it is and written to no more.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Self

from onrecord.errors import EvidenceError, SetupError
from onrecord.fetch import members
from onrecord.fetch.answers import moment
from onrecord.fetch.archive import captures, is_warc, moment_of
from onrecord.fetch.keeping import erased, kept_of, member_of, over_http
from onrecord.fetch.segments import SEGMENT, Segment, claim, create, segments
from onrecord.model import Capture, Failure, Kept
from onrecord.settings import Settings
from onrecord.text import digest_of_bytes

__all__ = ["Evidence", "captures", "check", "is_warc"]

RECENT = 8  # segments that are looked at for room


class Evidence:
    """The archive in a folder. Several processes and threads may use one folder; a thread waits for another's append."""

    def __init__(
        self, folder: Path | str, settings: Settings | None = None, now: Callable[[], float] = time.time
    ) -> None:
        self._folder, self._settings, self._now = Path(folder), settings or Settings(), now
        self._lock, self._unsynced = threading.Lock(), 0
        self._open: Segment | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, capture: Capture) -> Kept:
        """Keeps a capture; it is on the disk when this returns (see `Settings.sync_every`). Raises SetupError."""
        now = self._now()
        member = member_of(capture, now)
        with self._lock:
            segment = self._with_room(len(member))
            offset = segment.size()
            segment.write(member, offset)
            self._unsynced += 1
            if self._settings.sync_every and self._unsynced >= self._settings.sync_every:
                self._sync()
        return Kept(
            digest=digest_of_bytes(capture.body),
            url=capture.url,
            fetched=(moment_of(capture.fetched) or moment(now)) if over_http(capture) else None,
            status=capture.status if over_http(capture) else None,
            content_type=capture.content_type,
            size=len(capture.body),
            file=segment.name,
            offset=offset,
            length=len(member),
        )

    def sync(self) -> None:
        """What was appended so far is on the disk when this returns."""
        with self._lock:
            self._sync()

    def close(self) -> None:
        """Syncs and lets other processes write."""
        with self._lock:
            self._sync()
            if self._open:
                self._open.release()
                self._open = None

    def _sync(self) -> None:
        if self._open and self._unsynced:
            os.fsync(self._open.fd)
        self._unsynced = 0

    def _with_room(self, length: int) -> Segment:
        """A segment that so many bytes can be appended to."""
        most = self._settings.segment_size - length
        if self._open and self._open.size() > most:
            self._sync()
            self._open.release()
            self._open = None
        if self._open is None:
            self._open = self._older_with_room(most) or self._new()
        return self._open

    def _new(self) -> Segment:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return create(self._folder, self._now())
        except OSError as error:
            raise SetupError(f"the evidence cannot be written: {error.strerror}") from None

    def _older_with_room(self, most: int) -> Segment | None:
        """A segment that nobody writes, whole or made whole; one that never got its first record is removed."""
        for path in reversed(segments(self._folder)[-RECENT:]):
            segment = claim(path)
            if segment is None:
                continue
            if 0 < segment.size() <= most and segment.mend() and segment.size():
                return segment
            if not segment.size():
                path.unlink(missing_ok=True)
            segment.release()
        return None

    def stray(self, known_end: Mapping[str, int]) -> Iterator[Kept]:
        """The whole records behind the ends that the database knows (0 for files that it does not), torn ones cut off.

        Segments that another process writes are left to it. Records that cannot be read are left to `check`.
        """
        for path in segments(self._folder):
            for offset, length in self._behind(path, known_end.get(path.name, 0)):
                with contextlib.suppress(EvidenceError):
                    if found := kept_of(self._bytes(path.name, offset, length), path.name, offset):
                        yield found[0]

    def _behind(self, path: Path, start: int) -> list[tuple[int, int]]:
        """(offset, length) of the members behind an offset, after the file was mended."""
        with self._lock:
            own = self._open is not None and self._open.name == path.name
            segment = self._open if own else claim(path)
            if segment is None:
                return []
            try:
                segment.mend(start)
                return list(members.walk(segment.read, start, segment.size()))
            finally:
                if not own:
                    segment.release()

    def read(self, kept: Kept) -> Capture:
        """The capture that was kept. Raises EvidenceError where its bytes are not what they were, or were erased."""
        return self._found(kept)[1]

    def member(self, kept: Kept) -> bytes:
        """The record that was kept, as it lies in its file: one gzip member. Raises EvidenceError as `read` does."""
        return self._found(kept)[0]

    def _found(self, kept: Kept) -> tuple[bytes, Capture]:
        """The record that was kept, checked, and the capture in it."""
        member = self._bytes(kept.file, kept.offset, kept.length)
        place = at(str(kept.file), kept.offset)
        try:
            found = kept_of(member, str(kept.file), kept.offset)
        except EvidenceError as error:
            raise EvidenceError(f"{place}: {error}") from None
        if found is None:
            raise EvidenceError(f"{place}: the record was erased, or holds something else")
        if found[0].digest != kept.digest:
            raise EvidenceError(f"{place}: the archived bytes are not what they were: their digest differs")
        return member, found[1]

    def _bytes(self, file: str | None, offset: int, length: int) -> bytes:
        """So many bytes of a segment. Raises EvidenceError where there are fewer."""
        if file is None:
            raise EvidenceError("its bytes were not kept")
        if not SEGMENT.fullmatch(file):
            raise EvidenceError(f"{file[:80]!r} is not the name of a file of the evidence")
        try:
            with (self._folder / file).open("rb") as stream:
                stream.seek(offset)
                data = stream.read(length)
        except OSError as error:
            raise EvidenceError(f"the file {file} of the evidence cannot be read: {error.strerror}") from None
        if len(data) < length:
            raise EvidenceError(f"{at(file, offset)} breaks off")
        return data

    def erase(self, kept: Kept) -> None:
        """Puts a record of the same length, that says only the digest, in the place of one, for good. Other offsets stay.

        Raises EvidenceError where no record of this length lies there.
        """
        if members.length_at(self._bytes(kept.file, kept.offset, kept.length)) != kept.length:
            raise EvidenceError(f"{at(str(kept.file), kept.offset)}: not the record that is to be erased")
        member = members.exactly(kept.length, erased(kept, self._now()))
        fd = os.open(self._folder / str(kept.file), os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.pwrite(fd, member, kept.offset)
            os.fsync(fd)
        finally:
            os.close(fd)


def at(file: str, offset: int) -> str:
    """A place in the evidence, for people."""
    return f"{file}, byte {offset}"


def check(folder: Path | str) -> Iterator[Kept | Failure]:
    """Reads every record of every segment: what is kept, and a Failure for each place that cannot be read."""
    for path in segments(Path(folder)):
        try:
            with path.open("rb") as stream:
                yield from _checked(path, stream.fileno())
        except OSError as error:
            yield failure(path.name, 0, f"the file cannot be read: {error.strerror}")


def failure(file: str, offset: int, reason: str) -> Failure:
    """A Failure of the evidence."""
    return Failure(input=at(file, offset), stage=EvidenceError.stage, reason=reason)


def _checked(path: Path, fd: int) -> Iterator[Kept | Failure]:
    """The same for one segment, gone on with behind places that were destroyed."""

    def read(offset: int, length: int) -> bytes:
        return os.pread(fd, length, offset)

    size, start = os.fstat(fd).st_size, 0
    if not named_rightly(path.name, read):
        yield failure(path.name, 0, "the first record is not the one that the file is named after")
    while start < size:
        for offset, length in members.walk(read, start, size):
            start = offset + length
            try:
                if found := kept_of(read(offset, length), path.name, offset):
                    yield found[0]
            except EvidenceError as error:
                yield failure(path.name, offset, str(error))
        if start < size:
            if members.torn(read, start, size):
                if claimable(path):
                    yield failure(path.name, start, "the last record is not whole")
                return
            yield failure(path.name, start, "the archived bytes are damaged")
            start = members.next_member(read, start + 1, size)


def named_rightly(name: str, read: members.Read) -> bool:
    """Whether a segment bears the digest of its first record."""
    first = read(0, members.length_at(read(0, members.HEAD.size)))
    return sha256(first).hexdigest()[:16] == name[9:25]


def claimable(path: Path) -> bool:
    """Whether nobody writes a segment."""
    if segment := claim(path):
        segment.release()
    return segment is not None
