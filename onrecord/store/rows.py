"""What the nouns' files share: how spans, references and ids become columns."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct

from onrecord.text import Spans, words_of

Name = Callable[[str], str]

_encoder = msgspec.json.Encoder()


class Table(Struct, frozen=True):
    """A table of one noun: its name, its columns, and the statement that adds a row."""

    name: str
    columns: tuple[str, ...]

    @property
    def insert(self) -> str:
        """Adds one row."""
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({', '.join('?' * len(self.columns))})"


def table(name: str, columns: str) -> Table:
    """A table of these columns, parted by spaces."""
    return Table(name, tuple(columns.split()))


def as_json(value: object) -> str:
    """The value as JSON text."""
    return _encoder.encode(value).decode()


def words(text: str, spans: Spans) -> str:
    """The words that spans point at; nearly all of them are one unbroken span, which needs no joining."""
    if len(spans) == 1:
        start, end = spans[0]
        return text[start:end]
    return words_of(text, spans)


def namer(reading: str) -> Name:
    """What makes ids within a reading: `namer(reading)(label)` is `digest(reading, label)`, at a third of its time."""
    begun = hashlib.sha256(f"{len(reading)}:{reading}".encode())

    def name(label: str) -> str:
        state = begun.copy()
        data = label.encode()
        state.update(b"%d:%b" % (len(data), data))
        return state.hexdigest()

    return name


def numbers(labels: Iterable[str]) -> dict[str, int]:
    """The number of each label within its reading."""
    return {label: n for n, label in enumerate(labels)}
