"""The sentences of a brief and the notes that they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from onrecord.export.telling import Piece
from onrecord.model import Noun
from onrecord.store.bundles import Source
from onrecord.store.rows import PART_ID

SPACE = re.compile(r"\s+")
Role = Literal["plain", "strong", "quoted", "claim"]


class Run(NamedTuple):
    """Words of one kind: our own, stressed or not; or an article's, those of the claim set off from those around it."""

    words: str
    role: Role = "plain"


class Sentence(Noun, frozen=True, kw_only=True):
    """A sentence, and the numbers of the notes that it rests on."""

    runs: tuple[Run, ...]
    notes: tuple[int, ...]
    aside: bool = False  # it tells of the sentence before it how far that goes

    @property
    def words(self) -> str:
        """The sentence without its notes."""
        return "".join(run.words for run in self.runs)


class Item(Noun, frozen=True, kw_only=True):
    """A point of a brief: sentences, under a title or a label where it has one, and points under it."""

    sentences: tuple[Sentence, ...] = ()
    title: str = ""
    label: str = ""
    items: tuple[Item, ...] = ()


class Note(Noun, frozen=True, kw_only=True):
    """Where a sentence comes from: the exact words, and the way back to the archived bytes."""

    number: int
    words: str  # exactly as in the article
    source: Source
    part: str | None  # how the id of the attribution, figure or event begins; None for an article as a whole

    @property
    def quoted(self) -> str:
        """The words in quotation marks."""
        first, last = marks(self.words)
        return f"{first}{self.words}{last}"

    @property
    def stop(self) -> str:
        """What ends the sentence that the words end with."""
        return "" if self.words.endswith((".", "!", "?", "…")) else "."

    @property
    def path(self) -> str:
        """The address of the words at the desk."""
        return f"/article/{self.source.article}" + (f"#p{self.part}" if self.part else "")

    @property
    def address(self) -> str | None:
        """The address of the page, where it is one of the web."""
        url = self.source.url or ""
        return url if url.lower().startswith(("http://", "https://")) and not set(url) & set(' <>"`\\\n\t') else None


class Notes:
    """The notes so far, each thing that is pointed at once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str | None, str], Note] = {}

    def of(self, source: Source, words: str, part: str | None) -> int:
        """The number of the note of some words of an article."""
        part = part[:PART_ID] if part else None
        key = (source.article, part, words if part else "")
        note = Note(number=len(self._found) + 1, words=" ".join(words.split()), source=source, part=part)
        return self._found.setdefault(key, note).number

    def all(self) -> tuple[Note, ...]:
        """All of them, in order."""
        return tuple(self._found.values())


def sentence(words: str, *, notes: tuple[int, ...], aside: bool = False) -> Sentence:
    """A sentence of our own words."""
    return Sentence(runs=(Run(words),), notes=notes, aside=aside)


def quoted(pieces: Iterable[Piece]) -> Iterator[Run]:
    """Words of an article in quotation marks, single ones around what has double ones; the words of the claim set off."""
    runs = [Run(SPACE.sub(" ", piece.words), "claim" if piece.meant else "quoted") for piece in pieces]
    while runs and not runs[-1].words.strip():
        runs.pop()
    if runs:
        runs[-1] = Run(runs[-1].words.rstrip(), runs[-1].role)
    first, last = marks("".join(run.words for run in runs))
    yield from (Run(first), *runs, Run(last))


def marks(words: str) -> tuple[str, str]:
    """The quotation marks that go around words: single ones where double ones stand within."""
    return ("‘", "’") if set(words) & set('“”"') else ("“", "”")
