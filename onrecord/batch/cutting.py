"""A WARC file is cut between records, by walking through all of it once: a page may hold what looks like a record, so that no place in the middle can be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from onrecord.batch.files import as_stream, opened
from onrecord.errors import InputError
from onrecord.fetch.archive import records_in
from onrecord.model import Failure
from onrecord.settings import Settings
from onrecord.text import digest


class Unit(Struct, frozen=True):
    """A part of a WARC file: the records that begin at `start` or behind it and before `end`, None for all that follow."""

    warc: str
    start: int
    end: int | None

    @property
    def id(self) -> str:
        """What its files are named after."""
        return digest(self.warc, str(self.start))[:20]


class Cut(Struct, frozen=True):
    """Where a WARC file is cut: the first byte of each part, and the size of the whole."""

    warc: str
    size: int
    starts: tuple[int, ...]

    def units(self) -> Iterator[Unit]:
        """The parts in their order."""
        for start, end in zip(self.starts, (*self.starts[1:], None), strict=True):
            yield Unit(self.warc, start, end)

    def length(self, unit: Unit) -> int:
        """The bytes of a part."""
        return (unit.end or self.size) - unit.start


def cut(name: str, size: int) -> Cut:
    """Cuts a WARC file into parts of at least `size` bytes. Raises InputError where it cannot be read, or holds no record."""
    starts, found, ordered, last = [0], 0, True, -1
    with opened(name) as stream:
        for at, what in records_in(as_stream(stream), name, Settings(), lambda *_: None):
            if stream.error:
                raise stream.error
            if isinstance(what, Failure):
                continue
            found += 1
            ordered, last = ordered and at > last, at
            if at - starts[-1] >= size:
                starts.append(at)
        whole = stream.seek(0, 2)
    if not found:
        raise InputError(f"{name}: the WARC file holds no records")
    return Cut(name, whole, tuple(starts) if ordered else (0,))
