"""Turns what the user named into Captures, lazily and in order: files, folders, addresses, "-" for standard input.

What cannot be used becomes a Failure with one line; the others go on.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.fetch import archive
from onrecord.model import Capture, Failure
from onrecord.settings import Settings

SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".warc")
HEAD = 4_096  # bytes that tell a WARC file
GZIP = b"\x1f\x8b"
Fetch = Callable[[str, Settings], Capture]


def is_address(word: str) -> bool:
    """Whether a word names a web address."""
    return word.lower().startswith(("http://", "https://"))


def unpacked(data: bytes, settings: Settings) -> bytes:
    """The bytes, unpacked where they are gzip. Raises InputError for broken, truncated or monstrous gzip."""
    if not data.startswith(GZIP):
        return data
    if len(data) > settings.max_packed:
        raise InputError(
            f"the gzip has {len(data) / 2**20:.0f} MiB; at most {settings.max_packed / 2**20:.0f} MiB are unpacked"
        )
    limit = min(settings.max_input, max(2**20, len(data) * settings.max_ratio))
    out = bytearray()
    try:
        while data.startswith(GZIP):
            member = zlib.decompressobj(wbits=31)
            out += member.decompress(data, limit - len(out) + 1)
            if len(out) > limit:
                raise InputError("the gzip unpacks to far more than a page; it is not read")
            if not member.eof:
                raise InputError("the gzip is cut short; get the file again")
            data = member.unused_data
    except zlib.error:
        raise InputError("the gzip is damaged; get the file again") from None
    return bytes(out)


def read_bounded(stream: BinaryIO, settings: Settings) -> bytes:
    """All bytes of a stream. Raises InputError where there are too many."""
    data = stream.read(settings.max_input + 1)
    if len(data) > settings.max_input:
        raise InputError(f"the input is larger than {settings.max_input / 2**20:.0f} MiB; at most that much is read")
    return data


def from_file(path: Path, settings: Settings) -> Iterator[Capture | Failure]:
    """The Capture of one file, or those in a WARC file, whatever its name. Raises InputError."""
    try:
        with path.open("rb") as stream:
            if archive.is_warc(stream.peek(HEAD)[:HEAD]):  # a pipe cannot be read twice
                whole = stream if stream.seekable() else BytesIO(read_bounded(stream, settings))
                yield from from_warc(whole, str(path), settings)
            else:
                yield Capture(name=str(path), body=unpacked(read_bounded(stream, settings), settings))
    except FileNotFoundError:
        raise InputError("there is no such file; check the name") from None
    except PermissionError:
        raise InputError("the file may not be read; check its permissions") from None
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror or error}") from None


def from_warc(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Capture | Failure]:
    """The pages of a WARC file. Raises InputError where it holds none."""
    empty = True
    for found in archive.captures_in(stream, name, settings):
        empty = False
        yield found
    if empty:
        raise InputError("the WARC file holds no pages")


def from_stdin(stdin: BinaryIO, settings: Settings) -> Iterator[Capture | Failure]:
    """The page, or the pages of the WARC file, on standard input. Raises InputError."""
    data = read_bounded(stdin, settings)
    if archive.is_warc(data[:HEAD]):
        yield from from_warc(BytesIO(data), "-", settings)
    else:
        yield Capture(name="-", body=unpacked(data, settings))


def pages_in(folder: Path) -> list[Path]:
    """The pages of a folder and those below it, sorted; hidden files, other kinds and what an installation leaves behind are passed over."""
    found = (
        p
        for p in folder.rglob("*")
        if p.is_file()
        and not any(part.startswith(".") or part.endswith(".egg-info") for part in p.relative_to(folder).parts)
    )
    return sorted(p for p in found if p.name.lower().removesuffix(".gz").endswith(SUFFIXES))


def names(words: Iterable[str]) -> list[str]:
    """The words with each folder replaced by its pages; a folder without pages stays, to fail by name."""
    out: list[str] = []
    for word in words:
        path = Path(word)
        inside = [str(p) for p in pages_in(path)] if word != "-" and not is_address(word) and path.is_dir() else []
        out += inside or [word]
    return out


def captures(words: Iterable[str], settings: Settings, stdin: BinaryIO, fetch: Fetch) -> Iterator[Capture | Failure]:
    """A Capture or Failure for each name, or each page of a WARC file, in order; nothing is opened before its turn."""
    for word in words:
        try:
            if word == "-":
                yield from from_stdin(stdin, settings)
            elif is_address(word):
                got = fetch(word, settings)
                yield replace(got, name=word, body=unpacked(got.body, settings))
            elif Path(word).is_dir():
                raise InputError("the folder holds no pages (.html, .htm, .txt, .warc, also .gz)")
            else:
                yield from from_file(Path(word), settings)
        except InputError as error:
            yield Failure(input=word, stage=error.stage, reason=str(error))
