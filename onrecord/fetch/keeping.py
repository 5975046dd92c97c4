"""A capture as a WARC/1.1 record in one gzip member, and back."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from io import BytesIO
from urllib.parse import quote
from uuid import UUID

from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord import __version__
from onrecord.errors import EvidenceError, InputError
from onrecord.fetch import members
from onrecord.fetch.answers import moment
from onrecord.fetch.archive import NAME, capture_of, moment_of
from onrecord.model import Capture, Kept
from onrecord.settings import Settings
from onrecord.text import digest, digest_of_bytes

CHANGED = ("content-encoding", "transfer-encoding", "content-length")  # headers that would no longer be true
ERASED = "erased: "
KEEPS_ALL = Settings(max_input=2**31)


def record_id(*parts: str) -> str:
    """The WARC-Record-ID made of these parts, so that the same record has the same one."""
    return f"<urn:uuid:{UUID(digest(*parts)[:32])}>"


def packed(kind: str, headers: Mapping[str, str], content_type: str | None, block: bytes) -> bytes:
    """One gzip member with one record."""
    fields = [("WARC-Type", kind), *headers.items(), ("WARC-Block-Digest", digest_of_bytes(block))]
    head = StatusAndHeaders("", fields, protocol="WARC/1.1")
    record = ArcWarcRecord("warc", kind, head, BytesIO(block), None, content_type, len(block))
    record.payload_length = len(block)
    pack = members.Packer()
    WARCWriter(pack, gzip=False, warc_version="1.1").write_record(record)
    return pack.member()


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
        block = f"{ERASED}{kept.digest}\r\n".encode() + b" " * padding
        head = (
            "WARC/1.1\r\nWARC-Type: metadata\r\n"
            f"WARC-Record-ID: {record_id('erased', kept.digest, str(kept.file), str(kept.offset))}\r\nWARC-Date: {moment(now)}\r\n"
            f"Content-Type: application/warc-fields\r\nContent-Length: {len(block):010}\r\n\r\n"
        )
        return head.encode() + block + b"\r\n\r\n"

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
