"""The index of a WARC file as CDXJ: one line a record, in the order of their addresses, packed in blocks that are found by their first lines.

A line is a key made of the address (SURT: the host backwards, then the path), a moment of 14 digits, and JSON. The packed form is pywb's
ZipNum: `index.cdx.gz` is a gzip member for every so many lines, and `index.idx` names the first key of each with its offset, length and digest.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import msgspec

from onrecord.fetch.answers import first, lowered
from onrecord.fetch.keeping import record_of
from onrecord.fetch.members import unpacked

BLOCK = 3000  # lines
PORTS = {"http": 80, "https": 443}
WWW, SLASHES = re.compile(r"www\d*\."), re.compile("/{2,}")
KEPT = "!\"$%&'()*+,-./:;<=>?@[]^_`{|}~#"  # what stays in a key as it is; white space and other letters do not
PACKED, KEYS = "index.cdx.gz", "index.idx"


class Indexed(NamedTuple):
    """A record of a WARC file as its index has it."""

    url: str
    moment: str  # the WARC-Date, ISO 8601 in UTC
    digest: str  # of the payload
    line: str


def indexed(member: bytes, file: str, offset: int) -> Indexed:
    """The line of a record that lies as this gzip member in a file, at this offset. Raises EvidenceError."""
    record = record_of(unpacked(member))
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    moment, digest = record.headers.get("WARC-Date") or "", record.headers.get("WARC-Payload-Digest") or ""
    found: dict[str, Any] = {"url": url, "mime": mime(record.headers.get("Content-Type"))}
    if record.is_http:
        record.parse_http(auto_decode="none")
    if http := record.http_headers:
        found |= {"mime": mime(first(lowered(http.items_bytes()), "content-type")), "status": str(http.status_code)}
    found |= {"digest": digest, "length": str(len(member)), "offset": str(offset), "filename": file, "recordDigest": digest_of(member)}  # fmt: skip
    line = f"{surt(url)} {re.sub(r'[^0-9]', '', moment)[:14]} {msgspec.json.encode(found).decode()}\n"
    return Indexed(url, moment, digest, line)


def digest_of(data: bytes) -> str:
    """The SHA-256 of bytes, as packages write it."""
    return "sha256:" + sha256(data).hexdigest()


def mime(content_type: str | None) -> str:
    """The media type of a Content-Type header."""
    return (content_type or "").split(";")[0].strip().lower() or "application/octet-stream"


def surt(url: str) -> str:
    """The key of an address: `http://www.Example.org/A/?b&a` is `org,example)/a?a&b`. What is no address of the web is its own key."""
    try:
        parts = urlsplit(quote(url, safe=KEPT).lower())
        host, port = parts.hostname, parts.port
    except ValueError:  # no port, or brackets without an address
        return quote(url, safe=KEPT)
    if not host or parts.scheme not in PORTS:
        return quote(url, safe=KEPT)
    labels = ",".join(reversed(WWW.sub("", host, count=1).split(".")))
    place = f"{labels}:{port}" if port and port != PORTS[parts.scheme] else labels
    path = SLASHES.sub("/", parts.path).rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&"), key=lambda pair: pair.split("=", 1)))
    return f"{place}){path}?{query}" if query else f"{place}){path}"


def packed(lines: Sequence[str], size: int = BLOCK) -> tuple[bytes, str]:
    """The packed index of these lines, and the text of its key file."""
    blocks = list(blocks_of(sorted(set(lines)), size))
    meta = {"format": "cdxj-gzip-1.0", "filename": PACKED}
    keys, offset = [f"!meta 0 {msgspec.json.encode(meta).decode()}\n"], 0
    for key, data in blocks:
        where = {"offset": offset, "length": len(data), "digest": digest_of(data), "filename": PACKED}
        keys.append(f"{key} {msgspec.json.encode(where).decode()}\n")
        offset += len(data)
    return b"".join(data for _, data in blocks), "".join(keys)


def blocks_of(lines: Sequence[str], size: int) -> Iterator[tuple[str, bytes]]:
    """Each block of lines: key and moment of the first, and the gzip member."""
    for start in range(0, len(lines), size):
        some = lines[start : start + size]
        yield " ".join(some[0].split(" ", 2)[:2]), gzip.compress("".join(some).encode(), mtime=0)
