"""The formats that a record is exported in, and how a format reaches a file or a pipe.

A format is one function, `write(selection, out)`: it walks through `selection.dossiers()`, which are streamed, and writes bytes to `out`, which can only
be written to, unless the format says `seekable`. It keeps nothing that grows with the record.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.model import Failure
    from onrecord.store.exporting import Selection

Write = Callable[
    ..., "Sequence[Failure] | None"
]  # (Selection, BinaryIO), and the table of a format of tables; what could not be had


class Format(Struct, frozen=True, kw_only=True):
    """A format: which function writes it, and what that needs."""

    function: str  # `module:function` under onrecord.export
    words: str  # what it is, for people
    seekable: bool = False  # it must be able to go back in the file
    text: bool = True  # it may be shown on a terminal
    tables: bool = False  # it is of one table, which is named
    story: bool = False  # it is of one story, which must be named

    def load(self) -> Write:
        """The function, imported only now. Raises InputError where something that it needs is not installed."""
        module, function = self.function.split(":")
        found: Write = getattr(import_module(f"onrecord.export.{module}"), function)
        return found


FORMATS: dict[str, Format] = {
    "annotations": Format(function="annotations:write", words="W3C Web Annotations, one a line (JSON-LD)"),
    "annotation-collection": Format(
        function="annotations:write_collection", words="the same as one AnnotationCollection"
    ),
    "plover": Format(function="plover:write", words="PLOVER events, one a line (JSON)"),
    "ftm": Format(function="ftm:write", words="FollowTheMoney entities, one a line (JSON), as OpenAleph loads them"),
    "stix": Format(function="stix:write", words="STIX 2.1 bundle (JSON)"),
    "schemaorg": Format(function="schemaorg:write", words="schema.org Quotation and Claim, one a line (JSON-LD)"),
    "prov": Format(function="prov:write", words="PROV-O: how each thing is known, one article a line (JSON-LD)"),
    "prov-turtle": Format(function="prov:write_turtle", words="PROV-O in Turtle"),
    "csv": Format(
        function="tables:write_csv",
        words="a table, one row an attribution unless --table says what, for spreadsheets",
        tables=True,
    ),
    "jsonl": Format(function="tables:write_jsonl", words="the same table as JSON lines", tables=True),
    "parquet": Format(function="tables:write_parquet", words="the same table as Parquet", text=False, tables=True),
    "brief-md": Format(
        function="brief_md:write", words="a brief of one story, with footnotes to the evidence (Markdown)", story=True
    ),
    "brief-html": Format(
        function="brief_html:write", words="the same as one page, for the screen and for printing (HTML)", story=True
    ),
    "brief-pdf": Format(function="brief_pdf:write", words="the same for printing (PDF)", text=False, story=True),
    "wacz": Format(
        function="wacz:write",
        words="one story with its archived pages, which verifies elsewhere (WACZ 1.1.1)",
        text=False,
        seekable=True,
        story=True,
    ),
}
TABLES = ("attributions", "articles", "figures", "events", "entities", "dates", "places", "conditions", "accounts", "stories", "alerts")  # fmt: skip


def export(format: Format, selection: Selection, output: str | None, **options: str) -> Sequence[Failure]:
    """Writes a selection to a file, whole or not at all, or to standard output; what could not be had. Raises InputError; BrokenPipeError where nobody reads on."""
    if format.story and selection.story is None:
        raise InputError("this format is of one story: give --story ID; `onrecord stories` lists them")
    write = format.load()
    if output is None:
        with standard_output(format) as out:
            return write(selection, out, **options) or ()
    if os.path.exists(output) and not os.path.isfile(output):
        with to_device(format, output) as out:
            return write(selection, out, **options) or ()
    with whole_file(Path(os.path.realpath(output))) as out:
        return write(selection, out, **options) or ()


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name when it is whole; an error leaves nothing behind, and what was there before as it was. Raises InputError."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("w+b") as out:
            yield out
        partial.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


@contextlib.contextmanager
def to_device(format: Format, output: str) -> Iterator[BinaryIO]:
    """A pipe or device by its name. Raises InputError, for a folder too."""
    try:
        with open(output, "wb") as device, going_back(format, device) as out:
            yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{output} cannot be written: {error.strerror or error}") from None


@contextlib.contextmanager
def standard_output(format: Format) -> Iterator[BinaryIO]:
    """Standard output. Raises InputError for what would only disturb a terminal."""
    import sys

    stdout: BinaryIO = sys.stdout.buffer
    if not format.text and sys.stdout.isatty():
        raise InputError("this format is not for reading on a terminal; give -o FILE, or a pipe")
    with going_back(format, stdout) as out:
        yield out
    stdout.flush()


@contextlib.contextmanager
def going_back(format: Format, pipe: BinaryIO) -> Iterator[BinaryIO]:
    """The pipe itself; for a format that must go back, a temporary file that is poured into it at the end."""
    if not format.seekable:
        yield pipe
        return
    with tempfile.TemporaryFile() as out:
        yield out
        out.seek(0)
        shutil.copyfileobj(out, pipe)
