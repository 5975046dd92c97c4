"""The manifest is whole after a kill at any byte, is written by one process, and belongs to one reader."""

from pathlib import Path

import pytest

from onrecord.batch.cutting import Cut, Unit
from onrecord.batch.manifest import FILE, Done, GivenUp, Head, Keeper, Warc, read_manifest
from onrecord.errors import InputError, SetupError
from onrecord.model import ReaderInfo

HEAD = Head(1, ReaderInfo(name="en", version="1"))
CUT = Cut("/x.warc.gz", 900, (0, 400))
FIRST, SECOND = CUT.units()


def done(unit: Unit) -> Done:
    return Done(unit, 5, 4, 1, "c", (f"articles/day=2031-05-01/{unit.id}-0.parquet",))


def filled(out: Path) -> Path:
    with Keeper(out, HEAD) as keeper:
        for line in (Warc(CUT), GivenUp(FIRST, "it ended its worker 15 times"), done(SECOND), done(FIRST)):
            keeper.add(line)
    return out


def test_what_was_added_is_read_again(tmp_path: Path) -> None:
    found = read_manifest(filled(tmp_path))
    assert (found.head, found.cuts) == (HEAD, {CUT.warc: CUT})
    assert list(found.in_order()) == [done(FIRST), done(SECOND)]
    assert not found.given_up, "what was given up and then done is done"


def test_a_line_torn_at_any_byte_is_none_and_is_written_over(tmp_path: Path) -> None:
    whole = (filled(tmp_path / "whole") / FILE).read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for length in range(last, len(whole), 17):
        out = tmp_path / str(length)
        out.mkdir()
        (out / FILE).write_bytes(whole[:length])
        assert set(read_manifest(out).done) == {SECOND}
        with Keeper(out, HEAD) as keeper:
            assert set(keeper.manifest.done) == {SECOND}
            keeper.add(done(FIRST))
        assert (out / FILE).read_bytes() == whole


def test_a_line_that_is_none_is_named(tmp_path: Path) -> None:
    with (filled(tmp_path) / FILE).open("ab") as file:
        file.write(b'{"line":"done","unit":3}\n')
    with pytest.raises(InputError, match=r"manifest.jsonl, line 6: no line of a manifest"):
        read_manifest(tmp_path)


def test_another_reader_and_other_tables_are_refused(tmp_path: Path) -> None:
    filled(tmp_path)
    with pytest.raises(InputError, match="was read by the reader en 1, and this is en 2; give another --out"):
        Keeper(tmp_path, Head(1, ReaderInfo(name="en", version="2")))
    with pytest.raises(InputError, match="another version"):
        Keeper(tmp_path, Head(2, HEAD.reader))
    Keeper(tmp_path, HEAD).close()


def test_one_process_writes_at_a_time(tmp_path: Path) -> None:
    with Keeper(tmp_path, HEAD), pytest.raises(SetupError, match="another back-fill is writing"):
        Keeper(tmp_path, HEAD)
    Keeper(tmp_path, HEAD).close()


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="holds other things"):
        Keeper(tmp_path, HEAD)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(SetupError, match="cannot be written"):
        Keeper(tmp_path / "x", HEAD)


def test_a_folder_without_tables_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no tables are here"):
        read_manifest(tmp_path)
