"""What the nouns' files share: how spans, references and ids become columns."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeVar

import msgspec
from msgspec import Struct

from onrecord.model import Reading
from onrecord.text import Spans, words_of

Name = Callable[[str], str]
Value = TypeVar("Value")

BITS = 20  # a reading has room for a million parts of a kind
PART_ID = 16  # characters of a part's id that its row holds, enough to find it by


class Labelled(Protocol):
    """What bears a label within its reading."""

    @property
    def id(self) -> str: ...


encoder = msgspec.json.Encoder()


class Table(Struct, frozen=True):
    """A table of one noun: its name, its columns, and the statement that adds a row."""

    name: str
    columns: tuple[str, ...]
    insert: str


def chunks(values: Sequence[Value], size: int = 500) -> Iterator[Sequence[Value]]:
    """The values a few hundred at a time: so many go into one question."""
    return (values[n : n + size] for n in range(0, len(values), size))


def table(name: str, columns: str) -> Table:
    """A table of these columns, parted by spaces."""
    names = tuple(columns.split())
    return Table(name, names, f"INSERT INTO {name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})")


def as_json(value: object) -> str:
    """The value as JSON text."""
    return encoder.encode(value).decode()


def spans_json(spans: Spans) -> str:
    """Spans as JSON text, as `as_json` gives it."""
    if not spans:
        return "[]"
    if len(spans) == 1:
        start, end = spans[0]
        return f"[[{start},{end}]]"
    return as_json(spans)


def words(text: str, spans: Spans) -> str:
    """The words that spans point at; nearly all of them are one unbroken span, which needs no joining."""
    return text[spans[0][0] : spans[0][1]] if len(spans) == 1 else words_of(text, spans)


def namer(reading: str) -> Name:
    """What makes ids within a reading: `namer(reading)(label)` is how `digest(reading, label)` begins, at a third of its time."""
    begun = hashlib.sha256(f"{len(reading)}:{reading}".encode()).copy

    def name(label: str) -> str:
        state = begun()
        state.update(as_part(label))
        return state.hexdigest()[:PART_ID]

    return name


@lru_cache(maxsize=4096)
def as_part(label: str) -> bytes:
    """A label as `digest` takes it in; there are few, the same in every reading."""
    data = label.encode()
    return b"%d:%b" % (len(data), data)


class Frame(Struct, frozen=True):
    """Where the parts of one reading go: its row, what makes their ids, and the rows that labels stand for."""

    reading: int
    name: Name
    entities: dict[str, int]
    attributions: dict[str, int]
    events: dict[str, int]
    places: dict[str, int]
    null: Any = None  # what stands for no value

    @property
    def first(self) -> int:
        """The row of the first part of each kind."""
        return self.reading << BITS


def frame(reading: Reading, row: int, id: str, null: Any = None) -> Frame:
    """The frame of a reading in this row."""
    first = row << BITS
    return Frame(
        row,
        namer(id),
        numbers(first, reading.entities),
        numbers(first, reading.attributions),
        numbers(first, reading.events),
        numbers(first, reading.places),
        null,
    )


def numbers(first: int, parts: Sequence[Labelled]) -> dict[str, int]:
    """The row of each label."""
    return {part.id: n for n, part in enumerate(parts, first)}


def place_of(row: int) -> tuple[int, int]:
    """The reading that the row of a part belongs to, and which of its kind the part is."""
    return divmod(row, 1 << BITS)


def part_of(reading: int) -> str:
    """The condition that the row of a part belongs to a reading."""
    return f"row >= {reading << BITS} AND row < {(reading + 1) << BITS}"
