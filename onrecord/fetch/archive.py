"""Captures out of any WARC file: ours, Common Crawl's, a crawler's; gzip by record, one gzip stream, or plain.

What is damaged becomes a Failure. Behind a damaged record the next gzip member is looked for; in a file that is not
packed by record nothing behind it can be trusted, because a page may hold what looks like a record.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, TypeVar
from urllib.parse import unquote

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.errors import InputError
from onrecord.fetch.answers import TEXTUAL, Headers, first, lowered
from onrecord.fetch.packing import MAGIC, PIECE, Body
from onrecord.model import Capture, Failure
from onrecord.settings import Settings

NAME = "Onrecord-Name"  # how the user named it, where that is not its address
MAX_DAMAGED = 1_000
BREAKS_OFF = "the record breaks off"
START = b"\x1f\x8b\x08"
WANTED = WarcRecordType.response | WarcRecordType.resource
MAX_HEADERS = 2**20
LENGTH = re.compile(rb"\r\nContent-Length:\s*(\d{1,15})\r\n", re.IGNORECASE)
T = TypeVar("T")
Take = Callable[[WarcRecord, str, Settings], T]
CHUNK = re.compile(rb"(?:\r\n)?([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")


def is_warc(head: bytes) -> bool:
    """Whether a file that begins so is a WARC file, packed or not."""
    return begins_record(head) if head.startswith(MAGIC) else head.startswith(b"WARC/")


def begins_record(packed: bytes) -> bool:
    """Whether a gzip member that begins so holds a WARC record."""
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def captures(path: Path, settings: Settings | None = None) -> Iterator[Capture | Failure]:
    """The pages and texts of a WARC file in its order, and a Failure for each record that is damaged."""
    settings = settings or Settings()
    try:
        with path.open("rb") as stream:
            yield from captures_in(stream, str(path), settings)
    except OSError as error:
        yield Failure(input=str(path), stage="input", reason=f"the file cannot be read: {error.strerror or error}")


def captures_in(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Capture | Failure]:
    """The same of an open file that can be sought in."""
    for _, found in records_in(stream, name, settings, tried):
        if found is not None:
            yield found


def records_in(
    stream: BinaryIO, name: str, settings: Settings, take: Take[T], start: int = 0, end: int | None = None
) -> Iterator[tuple[int, T | Failure]]:
    """The byte at which each record begins and what `take` makes of it, and a Failure for each that is damaged.

    `start` is where a record begins; records that begin at `end` or behind it are left out. In a file that is one gzip
    stream all records begin at one byte, and there is nothing to start at but 0.
    """
    damaged = 0
    while start >= 0 and (end is None or start < end):
        stream.seek(start)
        last = start
        found: T | Failure | None = None
        try:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=False):
                last = record.stream_pos
                if end is not None and last >= end:
                    return
                found = take(record, f"{name}, byte {last}", settings)
                yield last, found
            if not isinstance(found, Failure) and breaks_off(stream, last):
                yield last, Failure(input=name, stage="input", reason="the file breaks off; get it again")
            return
        except (OSError, ValueError) as error:
            damaged += 1
            start = resumed(stream, last) if damaged < MAX_DAMAGED else -1
            rest = "" if start >= 0 else "; the rest is not read"
            yield last, Failure(input=f"{name}, behind byte {last}", stage="input", reason=f"{line(error)}{rest}")


def line(error: Exception) -> str:
    """An error of the reader in one line."""
    return f"the record is damaged: {' '.join(str(error).split())[:120]}"


def resumed(stream: BinaryIO, last: int) -> int:
    """Where to go on behind the damaged record that follows the good one at `last`; -1 for nowhere."""
    if at(stream, 0, 5) == b"WARC/":
        return -1
    return next_record(stream, max(end_of_member(stream, last), last) + 1)


def at(stream: BinaryIO, offset: int, length: int) -> bytes:
    """Bytes of a file."""
    stream.seek(offset)
    return stream.read(length)


def breaks_off(stream: BinaryIO, last: int) -> bool:
    """Whether a file ends otherwise than with the record at `last`, the last that could be read.

    The reader ends without a word where the head of a record is cut.
    """
    head = at(stream, last, MAX_HEADERS)
    if head.startswith(b"WARC/"):
        said = LENGTH.search(head)
        end = last + head.find(b"\r\n\r\n") + 4 + (int(said[1]) if said else 0)
    else:
        start = last if head.startswith(MAGIC) else 0  # not at a member: all records are in one
        end = end_of_member(stream, start)
        if end == start:
            return stream.seek(0, 2) > start
    return stream.seek(0, 2) < end or bool(at(stream, end, PIECE).strip(b"\0\r\n "))


def end_of_member(stream: BinaryIO, start: int) -> int:
    """Where the gzip member ends that begins here; `start` itself where it is damaged."""
    stream.seek(start)
    state, at = zlib.decompressobj(wbits=31), start
    try:
        while data := stream.read(PIECE):
            at += len(data)
            while data and not state.eof:
                state.decompress(data, PIECE)
                data = state.unconsumed_tail
            if state.eof:
                return at - len(state.unused_data)
    except zlib.error:
        return start
    return start


def next_record(stream: BinaryIO, start: int) -> int:
    """Where the next gzip member with a WARC record begins; -1 where none does."""
    stream.seek(start)
    kept = b""
    while data := stream.read(2**20):
        window, base = kept + data, start - len(kept)
        at = window.find(START)
        while at >= 0:
            stream.seek(base + at)
            if begins_record(stream.read(4096)):
                return base + at
            at = window.find(START, at + 1)
        start += len(data)
        kept = window[-2:]
        stream.seek(start)
    return -1


def tried(record: WarcRecord, where: str, settings: Settings) -> Capture | Failure | None:
    """The capture of a record, None for what holds no page, or a Failure."""
    if not record.record_type & WANTED:
        return None
    try:
        return capture_of(record, settings)
    except (OSError, ValueError) as error:
        return Failure(input=where, stage="input", reason=line(error))
    except InputError as error:
        return Failure(input=record.headers.get("WARC-Target-URI") or where, stage="input", reason=str(error))


def capture_of(record: WarcRecord, settings: Settings, *, pages_only: bool = True) -> Capture | None:
    """The capture of a record, its payload unpacked; None for what is no page and no text, unless all is wanted.

    Raises InputError, OSError.
    """
    uri = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    name = unquote(record.headers.get(NAME) or uri.removeprefix("file:"), errors="surrogateescape")
    if record.record_type == WarcRecordType.resource:
        kind = record.headers.get("Content-Type")
        if pages_only and not TEXTUAL.match((kind or "").lower()):
            return None
        return Capture(name=name, body=whole(record, settings.max_input), url=web_address(uri), content_type=kind)
    return of_response(record, name, uri, settings, pages_only) if record.is_http else None


def of_response(record: WarcRecord, name: str, uri: str, settings: Settings, pages_only: bool) -> Capture | None:
    """The page of an HTTP answer; None where it is not a page that was found."""
    record.parse_http(auto_decode="none", max_header_len=MAX_HEADERS)
    http = record.http_headers
    if http is None:
        return None
    headers = lowered(http.items_bytes())
    kind = first(headers, "content-type")
    if pages_only and (http.status_code != 200 or not TEXTUAL.match(kind.split(";")[0].strip().lower())):
        return None
    return Capture(
        name=name,
        body=decoded(whole(record, settings.max_input), headers, settings),
        url=web_address(uri),
        content_type=kind or None,
        fetched=moment_of(record.headers.get("WARC-Date")),
        status=http.status_code,
        headers=headers,
    )


def whole(record: WarcRecord, limit: int) -> bytes:
    """What is left of a record. Raises InputError where that is too much, or less than the record says."""
    said = record.content_length
    if said > limit:
        raise InputError(f"it is larger than {limit / 2**20:.1f} MiB; it is not read")
    data = record.reader.read(said) if record.reader is not None and said else b""
    if len(data) < said:
        raise InputError(BREAKS_OFF)
    return data


def decoded(body: bytes, headers: Headers, settings: Settings) -> bytes:
    """A payload without its chunks and packing. A crawler that undid them may have kept the headers that name them."""
    if "chunked" in first(headers, "transfer-encoding").lower():
        body = joined_chunks(body)
    coding = first(headers, "content-encoding").strip().lower()
    if not coding or (coding.endswith("gzip") and not body.startswith(MAGIC)):
        return body
    out = Body(coding, settings.max_input, settings.max_ratio)
    for at in range(0, len(body), PIECE):
        out.add(body[at : at + PIECE])
    return out.whole()


def joined_chunks(body: bytes) -> bytes:
    """The chunks of HTTP/1.1 joined; the body itself where it has none."""
    out, at = bytearray(), 0
    while size := CHUNK.match(body, at):
        at, length = size.end(), int(size[1], 16)
        if not length:
            return bytes(out)
        out += body[at : at + length]
        at += length
    return body if at == 0 or at < len(body) else bytes(out)


def web_address(uri: str) -> str | None:
    """The address where it is one of the web."""
    return uri if uri.lower().startswith(("http://", "https://")) else None


def moment_of(date: str | None) -> str | None:
    """A WARC-Date in the form that captures have; None where it is none."""
    try:
        at = datetime.fromisoformat(date or "").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return date if date and date.endswith("Z") and len(date) == 20 else at.strftime("%Y-%m-%dT%H:%M:%SZ")
