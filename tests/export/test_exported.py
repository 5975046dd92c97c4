"""How a format reaches a file or a pipe: whole or not at all, quietly where nobody reads on."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.export import formats
from onrecord.export.formats import FORMATS, Format, export
from onrecord.store.exporting import Selection
from tests.export.conftest import HOSTILE, TEXTUAL
from tests.export.conftest import export as export_text

LINES = ("plover", "ftm", "schemaorg", "prov")
NOTHING: Selection = None  # type: ignore[assignment]


class Made(Format, frozen=True):
    """A format whose function is given."""

    def load(self) -> formats.Write:
        return {"good": good, "broken": broken, "back": back}[self.function]


def good(selection: Selection, out: BinaryIO) -> None:
    out.write(b"whole\n")


def broken(selection: Selection, out: BinaryIO) -> None:
    out.write(b"half")
    raise InputError("the reading is at odds with itself")


def back(selection: Selection, out: BinaryIO) -> None:
    out.write(b"xxxxx\n")
    out.seek(0)
    out.write(b"whole")


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    export(Made(function="good", words=""), NOTHING, str(path))
    assert path.read_bytes() == b"whole\n" and os.listdir(tmp_path) == ["record.json"]
    assert path.stat().st_mode & 0o777 == 0o666 & ~umask()
    with pytest.raises(InputError, match="at odds"):
        export(Made(function="broken", words=""), NOTHING, str(path))
    assert path.read_bytes() == b"whole\n" and os.listdir(tmp_path) == ["record.json"]


def test_an_export_that_holds_nothing_is_said_to(demonstration: Path, tmp_path: Path) -> None:
    nobody, told = "no article of the record", CliRunner()
    for home, asked, empty in ((demonstration, ["--since", "2099-01-01"], True), (tmp_path, [], True), (demonstration, [], False)):  # fmt: skip
        result = told.invoke(main, ["--home", str(home), "export", "csv", *asked])
        assert result.exit_code == 0 and (nobody in result.stderr) == empty
        assert (len(result.stdout.splitlines()) == 1) == empty and result.stdout.startswith("id,speaker,")


def umask() -> int:
    old = os.umask(0)
    os.umask(old)
    return old


def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    export(Made(function="good", words=""), NOTHING, str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_bytes() == b"whole\n"
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    export(Made(function="back", words="", seekable=True), NOTHING, str(tmp_path / "pipe"))
    reader.join(10)
    assert got == [b"whole\n"] and (tmp_path / "pipe").is_fifo()


def test_what_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing" / "file", Path("/dev/full")):
        with pytest.raises(InputError, match="cannot be written") as error:
            export(Made(function="good", words=""), NOTHING, str(path))
        assert "\n" not in str(error.value)


def test_a_closed_pipe_ends_quietly(demonstration: Path) -> None:
    words = [sys.executable, "-m", "onrecord", "--home", str(demonstration), "export", "annotations"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait(60) == 0


def test_every_format_is_there_and_writes_nothing_of_nothing_without_failing(tmp_path: Path) -> None:
    for name in FORMATS:
        result = CliRunner().invoke(main, ["--home", str(tmp_path / "home"), "export", name])
        assert result.exit_code == (1 if FORMATS[name].story else 0), (name, result.output)


@pytest.mark.parametrize("name", TEXTUAL)
def test_hostile_words_come_through_and_disturb_nobody(name: str, hostile: Selection) -> None:
    text = export_text(name, hostile)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]", text)
    assert "javascript:" not in text
    if name in LINES:
        said = {word for line in text.splitlines() for word in strings(json.loads(line))}
        assert HOSTILE in said and any("X<\x1b" in word for word in said)


@pytest.mark.parametrize("name", TEXTUAL)
def test_made_again_it_is_the_same(name: str, hostile: Selection) -> None:
    assert export_text(name, hostile) == export_text(name, hostile)


def strings(value: object) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(part)


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    for words in (["--story", "ffffffffff"], ["--since", "whenever"], ["--article", "xyz"], ["--story", "f" * 9, "--article", "f" * 9]):  # fmt: skip
        result = CliRunner().invoke(main, ["--home", str(tmp_path), "export", "ftm", *words])
        assert result.exit_code == 1 and result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1
