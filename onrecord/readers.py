"""Readers that other packages bring: for a language that ours does not read, or another way to read one.

A reader is an entry point of the group `onrecord.readers`: a function `read(article) -> Reading`. Its name is the code of its language,
alone or before a hyphen (`es`, `es-quotes`), or any other word, and then it is only asked by that word. An article is read

1. by the reader that was named; 2. by ours, in our languages; 3. by the first other reader, in the order of names, of its language;
4. by nobody, and its Reading says so.

What a reader answers is checked at the door, and its name and its package's version are written into the Reading. A reader that cannot be
loaded, raises, or answers what cannot be is a ReaderError: one line that names it. `docs/reference/readers.md` tells how to write one.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Collection, Iterator, Sequence
from contextlib import redirect_stdout
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.errors import InputError, ReaderError
from onrecord.model import Article, ReaderInfo, Reading, decode_reading, encode
from onrecord.read import LANGUAGES, MAX_CHARACTERS
from onrecord.read import read as read_by_ours
from onrecord.read import reader as ours
from onrecord.text import Spans

GROUP = "onrecord.readers"
ENTITIES = ("entities", ("speaker", "venue", "actors", "recipients"))
REFERENCES = (ENTITIES, ("attributions", ("within", "attribution")), ("events", ("event",)), ("places", ("place",)))
PARTS = ("attributions", "entities", "events", "figures", "places", "conditions", "estimates")
MOST = 1 << 20  # parts of a kind; the store has room for so many
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
NEEDED = {"attributions": ("content",), "entities": ("mentions",), "events": ("anchor",), "conditions": ("if_", "then", "marker")}  # fmt: skip


class Reader(NamedTuple):
    """A reader of another package."""

    info: ReaderInfo
    package: str
    point: EntryPoint

    @property
    def title(self) -> str:
        """How it is named to people."""
        return f"the reader {self.info.name} ({self.package} {self.info.version})"


@cache
def installed() -> tuple[Reader, ...]:
    """The readers of other packages, in the order of their names; looked for once."""
    found = []
    for point in entry_points(group=GROUP):
        package, version = (point.dist.name, point.dist.version) if point.dist else ("unknown package", "0")
        found.append(Reader(ReaderInfo(name=point.name, version=version), package, point))
    return tuple(sorted(found, key=lambda r: (r.info.name, r.package)))


def current(fast: bool = False) -> tuple[ReaderInfo, ...]:
    """Every reader in its version: ours, or its `fast` form, then those of other packages."""
    return (ours(fast), *(r.info for r in installed()))


def named(name: str) -> Reader | None:
    """The reader of this name, None for ours. Raises InputError where there is none."""
    if name == ours().name:
        return None
    found = next((r for r in installed() if r.info.name == name), None)
    if found is None:
        known = ", ".join(dict.fromkeys(info.name for info in current()))
        raise InputError(f"there is no reader {name!r}; installed: {known}")
    return found


def still_here(name: str | None) -> str | None:
    """The name, where its reader is still installed; else None, so that the language decides."""
    return name if name and any(info.name == name for info in current()) else None


def chosen(language: str | None, name: str | None = None) -> Reader | None:
    """Who reads an article of this language; None for ours, which says so where it does not read it either. Raises InputError."""
    if name is not None:
        return named(name)
    if language in (*LANGUAGES, None):
        return None
    return next((r for r in installed() if r.info.name.partition("-")[0] == language), None)


def read(
    article: Article,
    *,
    input: str = "-",
    without: Collection[str] = (),
    reader: str | None = None,
    fast: bool = False,
) -> Reading:
    """Reads an article with the reader that is named or that its language asks for, without some parts (`onrecord.read.OPTIONAL`); `fast` is for ours.

    Raises InputError for a name that no reader has, ReaderError below it where a reader of another package fails.
    """
    other = chosen(article.language, reader)
    if other is None:
        return read_by_ours(article, input=input, without=without, fast=fast)
    return replace(bare(asked(other, article), without), input=input, reader=other.info)


def asked(reader: Reader, article: Article) -> Reading:
    """What a reader answers, checked. What it prints goes to standard error, as records go to standard output. Raises ReaderError."""
    if len(article.text) > MAX_CHARACTERS:
        raise ReaderError(f"the article has {len(article.text):,} characters; at most {MAX_CHARACTERS:,} are read")
    with redirect_stdout(sys.stderr):
        try:
            function = reader.point.load()
        except (Exception, SystemExit) as error:
            raise ReaderError(
                f"{reader.title} cannot be loaded: {told(error)}; mend or uninstall its package"
            ) from None
        try:
            answer = function(article)
        except (Exception, SystemExit) as error:
            raise ReaderError(f"{reader.title} failed: {told(error)}{place(error)}") from None
    return checked(answer, reader, article)


def checked(answer: object, reader: Reader, article: Article) -> Reading:
    """What a reader answered, once it has been encoded and decoded, as constructors check nothing. Raises ReaderError."""
    if not isinstance(answer, Reading):
        raise ReaderError(f"{reader.title} gave no Reading but a {type(answer).__name__}")
    try:
        data = encode(answer)
        got = decode_reading(data)
    except (InputError, TypeError, ValueError, OverflowError) as error:
        raise ReaderError(f"{reader.title} gave what cannot be: {told(error, bare=True)}") from None
    wrong = "it holds characters that are none (NUL)" if NUL.search(data) else next(problems(got, article), None)
    if wrong:
        raise ReaderError(f"{reader.title} gave what cannot be: {wrong}")
    return got


def told(error: BaseException, bare: bool = False) -> str:
    """An error in one short line."""
    words = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(str(error).split()))[:300]
    return words if bare and words else f"{type(error).__name__}: {words}".removesuffix(": ")


def place(error: BaseException) -> str:
    """Where in its own code a reader failed, for who wrote it."""
    frames = traceback.extract_tb(error.__traceback__)[1:]  # the first is ours
    return f" ({frames[-1].filename.rpartition('/')[2]}, line {frames[-1].lineno})" if frames else ""


def problems(reading: Reading, article: Article) -> Iterator[str]:
    """What is wrong with a Reading whose types and spans are right: another article, labels twice or of nothing, empty or unordered spans."""
    if reading.article != article:
        yield "it changed the article"
    for part in PARTS:
        if len(getattr(reading, part)) > MOST:
            yield f"there are {len(getattr(reading, part)):,} {part}, and at most {MOST:,} are kept"
        for record in getattr(reading, part):
            yield from (f"{name(record)} has no {field.rstrip('_')}" for field in NEEDED.get(part, ()) if not getattr(record, field))  # fmt: skip
            broken = (f for f in ("source", "cue", "content", "anchor", "of", "if_", "then", "marker") if disordered(getattr(record, f, ())))  # fmt: skip
            yield from (f"the spans of {name(record)} are not in order, or overlap" for _ in broken)
        labels = [record.id for record in getattr(reading, part) if hasattr(record, "id")]
        yield from (f"two {part} are called {label!r}" for label in sorted(set(labels)) if labels.count(label) > 1)
    yield from dangling(reading)
    yield from (f"{a.id!r} is as sure as {a.confidence}" for a in reading.attributions if not 0 <= a.confidence <= 1)
    yield from circles(reading)


def name(record: object) -> str:
    """A record as its label or kind."""
    return repr(getattr(record, "id", type(record).__name__))


def disordered(spans: Spans) -> bool:
    """Whether the pieces of a broken span are not in the order of the text, or overlap."""
    return any(a[1] > b[0] for a, b in pairwise(spans))


def dangling(reading: Reading) -> Iterator[str]:
    """References to records that the Reading does not have."""
    records = [record for part in PARTS for record in getattr(reading, part)]
    for part, fields in REFERENCES:
        known = {record.id for record in getattr(reading, part)}
        for record in records:
            for field in fields:
                meant = getattr(record, field, None) or ()
                for label in (meant,) if isinstance(meant, str) else meant:
                    if label not in known:
                        yield f"the {field} of {name(record)} is {label!r}, which is none of its {part}"


def circles(reading: Reading) -> Iterator[str]:
    """Attributions that lie within themselves."""
    within = {a.id: a.within for a in reading.attributions}
    for label in within:
        at, seen = within[label], {label}
        while at is not None and at not in seen:
            seen.add(at)
            at = within.get(at)
        if at is not None:
            yield f"{label!r} lies within itself"


def bare(reading: Reading, without: Collection[str]) -> Reading:
    """A Reading without some parts, and without what refers to them."""
    events = reading.events if "places" not in without else tuple(replace(v, place=None) for v in reading.events)
    figures = reading.figures if "events" not in without else tuple(replace(f, event=None) for f in reading.figures)
    gone: dict[str, Sequence[object]] = dict.fromkeys(without, ())
    return replace(reading, **({"events": events, "figures": figures} | gone))
