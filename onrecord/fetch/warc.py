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
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import quote
from uuid import UUID

from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord import __version__
from onrecord.errors import EvidenceError, InputError, SetupError
from onrecord.fetch import members
from onrecord.fetch.archive import NAME, capture_of, captures, is_warc, moment_of
from onrecord.fetch.web import moment
from onrecord.model import Capture, Failure, Kept
from onrecord.settings import Settings
from onrecord.text import digest, digest_of_bytes

__all__ = ["Evidence", "captures", "check", "is_warc"]

SEGMENT = re.compile(r"\d{8}-[0-9a-f]{16}\.warc\.gz")
CHANGED = ("content-encoding", "transfer-encoding", "content-length")  # headers that would no longer be true
ERASED = "erased: "
KEEPS_ALL = Settings(max_input=2**31)
RECENT = 8  # segments that are looked at for room


# What a record is


def record_id(*parts: str) -> str:
    """The WARC-Record-ID made of these parts, so that the same record has the same one."""
    return f"<urn:uuid:{UUID(digest(*parts)[:32])}>"


def packed(kind: str, headers: Mapping[str, str], content_type: str | None, block: bytes) -> bytes:
    """One gzip member with one record."""
    pack = members.Packer()
    _write(pack, kind, headers, content_type, block)
    return pack.member()


def _write(out: object, kind: str, headers: Mapping[str, str], content_type: str | None, block: bytes) -> None:
    fields = [("WARC-Type", kind), *headers.items(), ("WARC-Block-Digest", digest_of_bytes(block))]
    record = ArcWarcRecord(
        "warc", kind, StatusAndHeaders("", fields, protocol="WARC/1.1"), BytesIO(block), None, content_type, len(block)
    )
    record.payload_length = len(block)
    WARCWriter(out, gzip=False, warc_version="1.1").write_record(record)


def member_of(capture: Capture, now: float) -> bytes:
    """The member that keeps a capture: a `response` where it came over HTTP, otherwise a `resource`."""
    payload = digest_of_bytes(capture.body)
    uri = "".join((capture.url or "file:" + quote(capture.name, errors="surrogateescape")).split())
    date = moment_of(capture.fetched) or moment(now)
    headers = {
        "WARC-Record-ID": record_id("capture", uri, capture.name, date, payload),
        "WARC-Target-URI": uri,
        "WARC-Date": date,
        "WARC-Payload-Digest": payload,
    }
    if capture.url and capture.name != uri:
        headers[NAME] = quote(capture.name, safe=":/?=&", errors="surrogateescape")
    if not over_http(capture):
        return packed("resource", headers, capture.content_type, capture.body)
    return packed("response", headers, "application/http; msgtype=response", http_of(capture) + capture.body)


def over_http(capture: Capture) -> bool:
    """Whether a capture is the answer of a web server."""
    return capture.url is not None and capture.status is not None


def http_of(capture: Capture) -> bytes:
    """The HTTP head of a capture, true of the body as it is kept."""
    kept = [(k, v) for k, v in capture.headers if k.lower() not in CHANGED]
    if capture.content_type and not any(k.lower() == "content-type" for k, _ in kept):
        kept.append(("content-type", capture.content_type))
    lines = [f"HTTP/1.1 {capture.status} {'OK' if capture.status == 200 else ''}".rstrip()]
    lines += [f"{k}: {' '.join(v.split())}" for k, v in [*kept, ("content-length", str(len(capture.body)))]]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def kept_of(member: bytes, file: str, offset: int) -> tuple[Kept, Capture] | None:
    """The capture in a member and where it lies; None for other records. Raises EvidenceError where it is not what it was."""
    record = record_of(members.unpacked(member))
    if not record.record_type & (WarcRecordType.response | WarcRecordType.resource):
        return None
    said = record.headers.get("WARC-Payload-Digest") or ""
    capture = _capture(record)
    if digest_of_bytes(capture.body) != said:
        raise EvidenceError("the archived bytes are not what they were: their digest differs")
    return Kept(
        digest=said,
        url=capture.url,
        fetched=capture.fetched,
        status=capture.status,
        content_type=capture.content_type,
        size=len(capture.body),
        file=file,
        offset=offset,
        length=len(member),
    ), capture


def record_of(data: bytes) -> WarcRecord:
    """The record in these bytes. Raises EvidenceError where there is none."""
    try:
        return WarcRecord.from_bytes(data)
    except (OSError, ValueError):
        raise EvidenceError("the archived bytes hold no record") from None


def _capture(record: WarcRecord) -> Capture:
    try:
        capture = capture_of(record, KEEPS_ALL, pages_only=False)
    except (OSError, ValueError, InputError):
        capture = None
    if capture is None:
        raise EvidenceError("the archived record cannot be read")
    return capture


def erased(kept: Kept, now: float) -> Callable[[int], bytes]:
    """The record that stands in for one that was forgotten: its digest, and so much padding."""

    def record(padding: int) -> bytes:
        out = BytesIO()
        block = f"{ERASED}{kept.digest}\r\n".encode() + b" " * padding
        head = (
            "WARC/1.1\r\nWARC-Type: metadata\r\n"
            f"WARC-Record-ID: {record_id('erased', kept.digest, str(kept.file), str(kept.offset))}\r\nWARC-Date: {moment(now)}\r\n"
            f"Content-Type: application/warc-fields\r\nContent-Length: {len(block):010}\r\n\r\n"
        )
        out.write(head.encode() + block + b"\r\n\r\n")
        return out.getvalue()

    return record


def opening(now: float) -> bytes:
    """The member that opens a segment; no two are the same."""
    date = moment(now)
    block = (
        f"software: onrecord/{__version__}\r\nformat: WARC File Format 1.1\r\n"
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    ).encode()
    headers = {"WARC-Record-ID": record_id("warcinfo", date, os.urandom(16).hex()), "WARC-Date": date}
    return packed("warcinfo", headers, "application/warc-fields", block)


# Where records are kept


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
        return found[1]

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
