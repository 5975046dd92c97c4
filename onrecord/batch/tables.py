"""The Parquet tables: one for each noun, its columns made from the noun's own fields, so that what is written reads back as the same noun.

A span is a struct of `start` and `end`. Beside a noun's own fields stand `n` (the capture's place in its part of the WARC file), the
article's id, the id that `onrecord show` takes, and the words that its spans point at. An id within its article is called `label`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

import msgspec
import pyarrow as pa  # type: ignore[import-untyped]
from msgspec import inspect

from onrecord.model import (
    Article,
    Attribution,
    Capture,
    Condition,
    Date,
    Entity,
    Estimate,
    Event,
    Failure,
    Figure,
    Finding,
    Noun,
    Place,
    ReaderInfo,
    Reading,
)
from onrecord.store.readings import reading_id
from onrecord.text import Spans, digest, digest_of_bytes, words_of

FORMAT = 1  # of these tables; one more with each change of a column
SPAN = pa.struct([pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False)])
Rows = dict[str, list[dict[str, Any]]]
Change = Callable[[Any], Any]
AnyNoun = TypeVar("AnyNoun", bound=Noun)


class Noticed(NamedTuple):
    """A capture or a damaged place, in its order: where in the WARC file, and what became of it."""

    n: int
    warc: str
    offset: int
    length: int | None
    capture: Capture | None
    got: Reading | Failure


# types ------------------------------------------------------------------------------------------------------------------


def arrow(kind: inspect.Type) -> Any:
    """The Arrow type of a field's type."""
    match kind:
        case inspect.UnionType(types=types):
            bare = [t for t in types if not isinstance(t, inspect.NoneType)]
            return pa.float64() if len(bare) > 1 else arrow(bare[0])
        case inspect.VarTupleType(item_type=item):
            return pa.list_(pa.field("item", arrow(item), False))
        case inspect.TupleType():
            return SPAN
        case inspect.StructType(fields=fields):
            return pa.struct([pa.field(f.encode_name, arrow(f.type), optional(f.type)) for f in fields])
        case inspect.IntType():
            return pa.int64()
        case inspect.FloatType():
            return pa.float64()
        case inspect.BoolType():
            return pa.bool_()
        case _:
            return pa.string()


def optional(kind: inspect.Type) -> bool:
    """Whether a field may be null."""
    return isinstance(kind, inspect.UnionType) and kind.includes_none


def change(kind: inspect.Type, span: Change) -> Change | None:
    """What turns a value of a field into a column's, or back, where `span` does so for one span; None where nothing is to do."""
    match kind:
        case inspect.UnionType(types=types):
            found = [c for t in types if (c := change(t, span))]
            return (lambda value: None if value is None else found[0](value)) if found else None
        case inspect.VarTupleType(item_type=item):
            inner = change(item, span)
            return (lambda values: [inner(v) for v in values]) if inner else None
        case inspect.TupleType():
            return span
        case inspect.StructType(fields=fields):
            inside = {f.encode_name: c for f in fields if (c := change(f.type, span))}
            return (lambda row: row | {name: c(row[name]) for name, c in inside.items()}) if inside else None
        case _:
            return None


def to_struct(span: Sequence[int]) -> dict[str, int]:
    """A span as a column has it."""
    return {"start": span[0], "end": span[1]}


def to_span(row: dict[str, int]) -> tuple[int, int]:
    """A span as a noun has it."""
    return row["start"], row["end"]


class Shape(NamedTuple):
    """How a noun and a row become each other."""

    columns: tuple[Any, ...]
    names: frozenset[str]
    out: Change
    back: Change


@cache
def shape(noun: type[Noun]) -> Shape:
    """The shape of a noun; its `id`, where it is a label, becomes the column `label`."""
    kind = inspect.type_info(noun)
    assert isinstance(kind, inspect.StructType)
    label = noun is not Article
    columns = tuple(
        pa.field("label" if label and f.encode_name == "id" else f.encode_name, arrow(f.type), optional(f.type))
        for f in kind.fields
    )
    whole = lambda row: row  # noqa: E731
    return Shape(
        columns,
        frozenset(f.encode_name for f in kind.fields),
        change(kind, to_struct) or whole,
        change(kind, to_span) or whole,
    )


def row_of(noun: Noun) -> dict[str, Any]:
    """A noun as a row of its table."""
    row: dict[str, Any] = shape(type(noun)).out(msgspec.to_builtins(noun))
    if not isinstance(noun, Article) and "id" in row:
        row["label"] = row.pop("id")
    return row


def noun_of(row: dict[str, Any], noun: type[AnyNoun]) -> AnyNoun:
    """The noun of a row of its table."""
    made = shape(noun)
    if noun is not Article and "label" in row:
        row["id"] = row["label"]
    return msgspec.convert(made.back({name: row[name] for name in made.names}), noun)


# tables -----------------------------------------------------------------------------------------------------------------


class Part(NamedTuple):
    """A kind of part of a reading: its noun, and the columns of words beside its own."""

    noun: type[Noun]
    words: tuple[str, ...] = ()


PARTS = {
    "attributions": Part(Attribution, ("speaker_name", "venue_name", "source_words", "cue_words", "content_words")),
    "entities": Part(Entity),
    "events": Part(Event, ("anchor_words",)),
    "figures": Part(Figure, ("words", "of_words", "exact")),
    "dates": Part(Date, ("words",)),
    "places": Part(Place, ("words",)),
    "conditions": Part(Condition, ("if_words", "then_words")),
    "estimates": Part(Estimate, ("words",)),
    "findings": Part(Finding),
}
N = pa.field("n", pa.int32(), False)
WHERE = (pa.field("warc", pa.string(), False), pa.field("warc_offset", pa.int64(), False))
NUMBERS = ("value", "low", "high")  # of a figure, which are whole numbers or not: as doubles, and exactly in `exact`
TEXTS = ("digest", "name", "url", "fetched", "content_type", "article")


def text(name: str, null: bool = True) -> Any:
    """A column of text."""
    return pa.field(name, pa.string(), null)


def part_schema(part: Part) -> Any:
    """The schema of a part's table."""
    keys = [N, text("article", False), text("id", False)]
    return pa.schema([*keys, *shape(part.noun).columns, *(text(w) for w in part.words)])


SCHEMAS: dict[str, Any] = {
    "captures": pa.schema(
        [
            N,
            *(text(name, name not in ("digest", "name")) for name in TEXTS),
            pa.field("status", pa.int32()),
            pa.field("size", pa.int64(), False),
            *WHERE,
            pa.field("warc_length", pa.int64()),
        ]
    ),
    "articles": pa.schema(
        [
            N,
            text("reading", False),
            text("input", False),
            pa.field("reader", pa.struct(list(shape(ReaderInfo).columns))),
            *shape(Article).columns,
        ]
    ),
    **{name: part_schema(part) for name, part in PARTS.items()},
    "failures": pa.schema([N, text("input", False), text("stage", False), text("reason", False), text("url"), *WHERE]),
}


# rows -------------------------------------------------------------------------------------------------------------------


def day_of(noticed: Noticed) -> str | None:
    """The day that a capture and all that was read from it are filed under: of publication, else of capture, as in the record."""
    got, capture = noticed.got, noticed.capture
    if isinstance(got, Reading) and got.article.published:
        return got.article.published.value[:10]
    return capture.fetched[:10] if capture and capture.fetched else None


def rows_of(noticed: Noticed) -> Rows:
    """The rows of all tables for one capture or damaged place."""
    got, capture, n = noticed.got, noticed.capture, noticed.n
    where = {"warc": noticed.warc, "warc_offset": noticed.offset}
    rows: Rows = {}
    if capture:
        article = got.article.id if isinstance(got, Reading) else None
        rows["captures"] = [capture_row(capture, article) | where | {"n": n, "warc_length": noticed.length}]
    if isinstance(got, Failure):
        said = {"input": plain(got.input), "stage": got.stage, "reason": plain(got.reason)}
        rows["failures"] = [{"n": n, "url": plain(capture.url) if capture else None} | said | where]
        return rows
    reading = reading_id(got)
    rows["articles"] = [article_row(got, reading) | {"n": n}]
    names = {e.id: e.name for e in got.entities}
    for table, part in PARTS.items():
        if found := getattr(got, table):
            keys = {"n": n, "article": got.article.id}
            rows[table] = [part_row(p, got, reading, i, names, part.words) | keys for i, p in enumerate(found)]
    return rows


def plain(text: str | None) -> Any:
    """A text that every file can hold: half a surrogate pair is replaced."""
    return text and text.encode("utf-8", "replace").decode()


def capture_row(capture: Capture, article: str | None) -> dict[str, Any]:
    """A capture without its bytes, which stay in the WARC file."""
    return {
        "digest": digest_of_bytes(capture.body),
        "name": plain(capture.name),
        "url": plain(capture.url),
        "fetched": capture.fetched,
        "content_type": plain(capture.content_type),
        "status": capture.status,
        "size": len(capture.body),
        "article": article,
    }


def article_row(reading: Reading, id: str) -> dict[str, Any]:
    """An article and what read it."""
    reader = msgspec.to_builtins(reading.reader)
    return row_of(reading.article) | {"reading": id, "input": reading.input, "reader": reader}


def part_row(
    part: Any, reading: Reading, id: str, n: int, names: dict[str, str], words: Iterable[str]
) -> dict[str, Any]:
    """A part of a reading, with its id and its words."""
    row = row_of(part)
    row["id"] = digest(id, row.get("label", f"{type(part).__name__.lower()} {n}"))
    if isinstance(part, Figure):
        row |= {number: row[number] and float(row[number]) for number in NUMBERS}
    for column in words:
        row[column] = words_for(column, part, reading.article.text, names)
    return row


def words_for(column: str, part: Any, text: str, names: dict[str, str]) -> str | None:
    """What stands in a column of words: a name, the exact numbers of a figure as JSON, or the words of spans."""
    field, _, what = column.rpartition("_")
    if what == "name":
        return names.get(getattr(part, field))
    if what == "exact":
        return msgspec.json.encode([getattr(part, number) for number in NUMBERS]).decode()
    if not field:
        return words_of(text, (part.span,))
    spans: Spans = getattr(part, "if_" if field == "if" else field)
    return words_of(text, spans) if spans else None


def reading_of(article: dict[str, Any], parts: dict[str, list[dict[str, Any]]]) -> Reading:
    """The Reading that rows were made of."""
    found: dict[str, Any] = {}
    for table, rows in parts.items():
        for row in rows:
            if table == "figures":
                row |= zip(NUMBERS, msgspec.json.decode(row["exact"]), strict=True)
        found[table] = tuple(noun_of(row, PARTS[table].noun) for row in rows)
    reader = article["reader"] and msgspec.convert(article["reader"], ReaderInfo)
    return Reading(input=article["input"], reader=reader, article=noun_of(article, Article), **found)


def describe() -> Iterator[str]:
    """The tables as Markdown, for the reference."""
    for name, schema in SCHEMAS.items():
        yield f"\n### {name}\n\n| column | type | null |\n|---|---|---|"
        for field in schema:
            yield f"| `{field.name}` | {str(field.type).replace('item: ', '').replace(' not null', '')} | {'yes' if field.nullable else ''} |"
