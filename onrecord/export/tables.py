"""The record as tables for spreadsheets, scripts and data frames: CSV, JSON lines and Parquet. Which tables and columns there are, `store.tables` says.

CSV: article text is hostile, so cells are guarded as in `csv`; a cell is at most as long as a spreadsheet takes. Lists are joined by "; ".
JSON lines: an object a line, every column present, null for what is not known. Parquet: a schema with the columns' meanings, in row groups.
"""

from __future__ import annotations

import csv as writer
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from onrecord.errors import InputError, SetupError
from onrecord.export.csv import guarded
from onrecord.store import tables, tables_known
from onrecord.store.exporting import Selection
from onrecord.store.tables import Column, Row, Table

TABLES: dict[str, Table] = tables.TABLES | tables_known.KNOWN
CELL = 32_767  # characters that a cell of a spreadsheet holds
GROUP = 10_000  # rows of a row group
AT_ONCE = 500  # rows that are written at once


def of_name(name: str) -> Table:
    """The table of this name. Raises InputError."""
    if name not in TABLES:
        raise InputError(f"{name!r} is no table; there are {', '.join(TABLES)}")
    return TABLES[name]


def rows(table: Table, selection: Selection) -> Iterator[Row]:
    """The rows of a table, streamed."""
    return (tables.rows if table.source else tables_known.rows)(table, selection)


def chunks(found: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """So many rows at a time."""
    while some := list(islice(found, size)):
        yield some


def write_csv(selection: Selection, out: BinaryIO, table: str = "attributions") -> None:
    """Writes a table as CSV (RFC 4180, UTF-8). Raises InputError."""
    chosen, buffer = of_name(table), io.StringIO()
    sheet = writer.writer(buffer, lineterminator="\n")
    sheet.writerow([c.name for c in chosen.columns])
    for some in chunks(rows(chosen, selection), AT_ONCE):
        sheet.writerows([cell(v) for v in row] for row in some)
        flush(buffer, out)
    flush(buffer, out)


def flush(buffer: io.StringIO, out: BinaryIO) -> None:
    """Moves what was written on."""
    out.write(buffer.getvalue().encode())
    buffer.seek(0)
    buffer.truncate()


def cell(value: Any) -> str:
    """A value as a cell: on one line, no formula, and not longer than a spreadsheet takes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(int(value)) if value == int(value) else repr(value)
    safe = guarded("; ".join(value) if isinstance(value, list) else value)
    return safe if len(safe) <= CELL else safe[: CELL - 1] + "…"


def write_jsonl(selection: Selection, out: BinaryIO, table: str = "attributions") -> None:
    """Writes a table as JSON lines. Raises InputError."""
    chosen, encoder = of_name(table), msgspec.json.Encoder()
    names = [c.name for c in chosen.columns]
    for some in chunks(rows(chosen, selection), AT_ONCE):
        out.write(encoder.encode_lines([dict(zip(names, row, strict=True)) for row in some]))


def write_parquet(selection: Selection, out: BinaryIO, table: str = "attributions") -> None:
    """Writes a table as Parquet. Raises InputError; SetupError where pyarrow is not installed."""
    chosen = of_name(table)
    try:
        import pyarrow  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError:
        raise SetupError("Parquet needs pyarrow, which is not installed: pip install 'onrecord[batch]'") from None
    schema = pyarrow.schema([pyarrow.field(c.name, arrow(c), metadata={"description": c.words}) for c in chosen.columns], metadata={"title": chosen.name, "description": chosen.words})  # fmt: skip
    batches = (pyarrow.record_batch([pyarrow.array(values, type=field.type) for values, field in zip(zip(*some, strict=True), schema, strict=True)], schema=schema) for some in chunks(rows(chosen, selection), AT_ONCE))  # fmt: skip
    with parquet.ParquetWriter(out, schema, compression="zstd") as file:
        while group := list(islice(batches, GROUP // AT_ONCE)):
            file.write_table(pyarrow.Table.from_batches(group, schema), row_group_size=GROUP)


def arrow(column: Column) -> Any:
    """The Arrow type of a column."""
    import pyarrow

    kinds = {"text": pyarrow.string(), "whole": pyarrow.int64(), "number": pyarrow.float64(), "yes-no": pyarrow.bool_(), "list": pyarrow.list_(pyarrow.string())}  # fmt: skip
    return kinds[column.kind]
