"""The commands as people use them: what they say, and how they end."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.cli_batch import Size
from tests.batch.support import pages, write_warc

ROOT = Path(__file__).parents[2]


def onrecord(*words: object) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words])


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return write_warc(tmp_path / "a.warc.gz", pages(3))


def test_from_warc_files_to_a_search(warc: Path, tmp_path: Path) -> None:
    made = onrecord("backfill", warc, "--out", tmp_path / "out", "--workers", 0)
    assert made.exit_code == 0 and made.stdout == "", made.stderr
    assert made.stderr == "onrecord: 3 articles of 3 captures in the tables, 0 failures (see the table failures)\n"
    loaded = onrecord("--home", tmp_path / "home", "load", tmp_path / "out")
    assert loaded.exit_code == 0 and loaded.stderr == "onrecord: 3 new articles of 3 captures, 0 failures\n"
    found = onrecord("--home", tmp_path / "home", "search", "levy OR ferry OR traffic OR people OR grain")
    assert found.exit_code == 0 and "Seldrin" in found.stdout + found.stderr


@pytest.mark.parametrize(("length", "named"), [(300, "https://gazette.example/news/2"), (800, "a.warc.gz")])
def test_a_file_that_breaks_off_is_named(warc: Path, tmp_path: Path, length: int, named: str) -> None:
    warc.write_bytes(warc.read_bytes()[:-length])
    made = onrecord("backfill", warc, "--out", tmp_path / "out", "--workers", 0)
    assert made.exit_code == 1
    assert (
        "onrecord: damaged: " in made.stderr
        and named in made.stderr
        and "breaks off" in made.stderr
        and "2 articles of 2 captures" in made.stderr
    )
    again = onrecord("backfill", warc, "--out", tmp_path / "out", "--workers", 0)
    assert (again.exit_code, again.stderr) == (1, made.stderr)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["none.warc.gz", "--out", "out"], 1, "there is no such file; check the name"),
        (["a.warc.gz", "--out", "."], 1, "holds other things; give a new or an empty folder as --out"),
        (["a.warc.gz", "--out", "/proc/none"], 1, "/proc/none cannot be written"),
        (["a.warc.gz", "--out", "out", "--part", "lots"], 2, "is no size; write it like 64MB or 1.5GB"),
        (["a.warc.gz", "--out", "out", "--workers", "2", "--scheduler", "tcp://x:1"], 2, "not with --scheduler"),
        (["a.warc.gz"], 2, "Missing option '--out'"),
    ],
)
def test_what_cannot_be_done_is_one_line(warc: Path, words: list[str], code: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(warc.parent)
    ended = onrecord("backfill", *words)
    assert ended.exit_code == code and said in ended.stderr, ended.stderr
    assert len([line for line in ended.stderr.splitlines() if line.startswith("Error")]) == 1


def test_a_missing_package_is_said(warc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.cli_batch.find_spec", lambda name: None)
    for words in (["backfill", warc, "--out", warc.parent / "out"], ["load", warc.parent]):
        ended = onrecord(*words)
        assert ended.exit_code == 1 and "this command needs: pip install 'onrecord[batch]'" in ended.stderr


def test_a_disk_that_is_too_small_is_said_before_work_starts(warc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.batch.run.LEAST", 2**70)
    ended = onrecord("backfill", warc, "--out", warc.parent / "out")
    assert ended.exit_code == 1 and "of the disk are free; make room, or give another --out" in ended.stderr
    monkeypatch.setattr("onrecord.batch.run.LEAST", 0)
    monkeypatch.setattr("onrecord.batch.run.SHARE", 2.0**60)
    warned = onrecord("backfill", warc, "--out", warc.parent / "out", "--workers", 0)
    assert warned.exit_code == 0 and "and the tables may need" in warned.stderr


@pytest.mark.parametrize(("said", "size"), [("64MB", 64 * 2**20), ("1.5 GB", 3 * 2**29), ("100", 100), ("2KiB", 2048)])
def test_sizes(said: str, size: int) -> None:
    assert Size().convert(said, None, None) == size


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_with_a_word(tmp_path: Path, sign: signal.Signals) -> None:
    warc = write_warc(tmp_path / "a.warc.gz", pages(400))
    words = ["backfill", str(warc), "--out", str(tmp_path / "out"), "--workers", "0", "--part", "4KB"]
    master, slave = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "onrecord", *words], stderr=slave, cwd=ROOT)
    os.close(slave)
    begun = time.monotonic()
    manifest = tmp_path / "out" / "manifest.jsonl"
    while not (manifest.exists() and manifest.read_text().count('"done"') > 1) and time.monotonic() - begun < 60:
        time.sleep(0.05)
    process.send_signal(sign)
    shown = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    assert process.wait(30) == 130
    text = shown.decode()
    assert "articles" in text and "%" in text, "a bar was to be shown on a terminal"
    assert "stopped; what was finished is in" in text and "Traceback" not in text
