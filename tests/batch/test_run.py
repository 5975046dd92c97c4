"""Killed anywhere and run again, a back-fill loses nothing and has nothing twice."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from onrecord.batch import pool, staging
from onrecord.batch.cutting import cut
from onrecord.batch.manifest import FILE, read_manifest
from onrecord.batch.reading import KILLED, read_unit
from onrecord.batch.run import Settings, Show, Summary, backfill, task
from onrecord.errors import InputError, SetupError
from tests.batch.support import (
    Page,
    forked,
    ids,
    instant,
    instant_but_deadly,
    pages,
    shy,
    strays,
    write_warc,
)

HERE = Settings(workers=0, unit=9_000)
ROOT = Path(__file__).parents[2]


def marked(found: Iterator[Page], *bad: int) -> list[Page]:
    """Pages of which some hold the word that kills."""
    return [(url, body + b"<!-- poison -->" if n in bad else body, at) for n, (url, body, at) in enumerate(found)]


def run(folder: Path, settings: Settings = HERE, **more: object) -> Summary:
    return backfill([str(folder / "warcs")], folder / "out", settings, **{"answer": instant, **more})  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with WARC files of 30 and 12 pages."""
    (tmp_path / "warcs").mkdir()
    write_warc(tmp_path / "warcs" / "a.warc.gz", pages(30))
    write_warc(tmp_path / "warcs" / "b.warc.gz", pages(12, first=100))
    return tmp_path


def test_every_page_is_in_the_tables_once(folder: Path) -> None:
    found = run(folder)
    assert (found.captures, found.articles, found.failures, found.aside, found.failed) == (42, 42, 0, [], [])
    assert found.parts > 4, "the first file was to be cut"
    assert len(ids(folder / "out")) == len(set(ids(folder / "out"))) == 42
    assert sorted(ids(folder / "out", "article", "captures")) == sorted(ids(folder / "out"))
    days = {p.parent.name for p in (folder / "out" / "articles").rglob("*.parquet")}
    assert days == {f"day=2031-05-{d}" for d in range(10, 12)}
    assert strays(folder / "out") == [] and not (folder / "out" / staging.FOLDER).exists()


def test_what_is_done_is_not_read_again(folder: Path) -> None:
    first = run(folder)
    assert run(folder, answer=shy) == first
    write_warc(folder / "warcs" / "c.warc.gz", pages(5, first=200))
    assert run(folder).articles == 47


@pytest.mark.slow
def test_killed_between_any_two_steps_it_goes_on(folder: Path) -> None:
    """Each life of the command is a little longer than the one before, until one comes to its end."""
    lives = 0
    while True:
        lives += 1
        left = lives * 5

        def kill(name: str, values: tuple[object, ...]) -> None:
            nonlocal left
            if name in ("open", "os.rename", "os.mkdir", "os.truncate") and str(folder / "out") in str(values):
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        if forked(lambda: run(folder) and None, kill) == 0:
            break
    assert lives > 5
    assert len(ids(folder / "out")) == len(set(ids(folder / "out"))) == 42 and strays(folder / "out") == []


def test_files_moved_but_not_named_do_not_count(folder: Path) -> None:
    run(folder)
    manifest = folder / "out" / FILE
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(lines[:-1]))
    assert strays(folder / "out") and len(ids(folder / "out")) < 42
    run(folder)
    assert len(ids(folder / "out")) == len(set(ids(folder / "out"))) == 42 and strays(folder / "out") == []


def test_other_files_in_the_folder_are_left_alone(folder: Path) -> None:
    run(folder)
    (folder / "out" / "notes.txt").write_text("mine")
    (folder / "out" / "articles" / "mine.parquet").write_text("mine")
    run(folder)
    assert (folder / "out" / "notes.txt").exists() and (folder / "out" / "articles" / "mine.parquet").exists()


def test_a_warc_file_that_changed_is_refused(folder: Path) -> None:
    run(folder)
    write_warc(folder / "warcs" / "b.warc.gz", pages(13, first=100))
    with pytest.raises(InputError, match=r"b.warc.gz has [\d,]+ bytes, and had"):
        run(folder)


def test_a_page_without_article_is_a_failure_and_a_bug_costs_one_page(folder: Path) -> None:
    write_warc(folder / "warcs" / "c.warc.gz", [("https://a.example/x", b"<p>no article", "2031-05-20T00:00:00Z")])
    found = run(folder)
    assert (found.articles, found.failures, found.aside) == (42, 1, [])
    assert ids(folder / "out", "reason", "failures") == ["the page holds no article"]
    other = backfill([str(folder / "warcs" / "c.warc.gz")], folder / "shy", HERE, answer=shy)
    assert other.failures == 1 and "ZeroDivisionError" in ids(folder / "shy", "reason", "failures")[0]


def test_a_file_that_vanishes_is_named_and_the_rest_is_done(folder: Path) -> None:
    gone = folder / "warcs" / "a.warc.gz"

    def vanish(size: int) -> None:
        gone.rename(folder / "elsewhere")

    found = run(folder, show=Show(total=vanish))
    assert found.articles == 12 and len(found.failed) == 1 and str(gone) in found.failed[0]
    (folder / "elsewhere").rename(gone)
    assert run(folder).articles == 42


def test_a_full_disk_is_one_line_and_nothing_half(folder: Path) -> None:
    written = 0

    def full(name: str, values: tuple[object, ...]) -> None:
        nonlocal written
        if name == "open" and str(values[0]).endswith(".parquet") and "w" in str(values[1]):
            written += 1
            if written > 20:
                raise OSError(errno.ENOSPC, "No space left on device")

    def work() -> None:
        with pytest.raises(SetupError, match="the disk is full; make room and run the same command again"):
            run(folder)

    assert forked(work, full) == 0
    assert 0 < len(ids(folder / "out")) < 42 and strays(folder / "out") == []
    run(folder)
    assert len(ids(folder / "out")) == len(set(ids(folder / "out"))) == 42


def test_a_page_that_takes_too_long_ends_its_process(folder: Path) -> None:
    code = (
        "import sys, time\nfrom onrecord.batch.cutting import cut\nfrom onrecord.batch.reading import read_unit\n"
        "unit = next(cut(sys.argv[1], 10**9).units())\n"
        "read_unit(unit, sys.argv[2], lambda job: time.sleep(60), limit=0.3)"
    )
    out = folder / "out"
    begun = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", code, str(folder / "warcs" / "b.warc.gz"), str(out)], cwd=ROOT)
    assert ended.returncode == 1 and time.monotonic() - begun < 30
    (unit,) = [p.name for p in (out / staging.FOLDER / staging.MARKS).iterdir()]
    assert staging.deaths(out, unit) == {0: 1}


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for size in (10, 100):
        path = write_warc(tmp_path / f"{size}.warc", pages(size * 5, filler=200_000), gzip=False)
        assert path.stat().st_size > size * 10**6
        code = (
            "import sys\nfrom pathlib import Path\nfrom onrecord.batch.run import Settings, backfill\nfrom tests.batch.support import instant\n"
            "backfill([sys.argv[1]], Path(sys.argv[2]), Settings(workers=0, unit=10**12), answer=instant)\n"
            "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
        )
        ended = subprocess.run([sys.executable, "-c", code, str(path), str(tmp_path / f"out-{size}")], cwd=ROOT, capture_output=True, text=True)  # fmt: skip
        peaks.append(int(ended.stdout) / 1024)
        path.unlink()
    assert peaks[1] < peaks[0] + 60, f"{peaks} MiB"


def test_held_rows_are_written_before_there_are_too_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging.Pages.__init__, "__defaults__", (1,))
    monkeypatch.setattr(staging, "AT_ONCE", 4)
    assert run(folder, Settings(workers=0)).articles == 42
    files = read_manifest(folder / "out").files()
    assert any(name.endswith("-6.parquet") for name in files)
    assert len(ids(folder / "out")) == len(set(ids(folder / "out"))) == 42


def test_a_worker_that_reads_dies_with_its_mark(folder: Path) -> None:
    write_warc(folder / "warcs" / "b.warc.gz", marked(pages(12), 3))
    unit = next(cut(str(folder / "warcs" / "b.warc.gz"), 10**9).units())
    assert forked(lambda: read_unit(unit, str(folder / "out"), instant_but_deadly) and None) == -signal.SIGKILL
    assert staging.deaths(folder / "out", unit.id) == {3: 1}


def test_a_worker_that_sees_another_disk_says_so(folder: Path) -> None:
    unit = next(cut(str(folder / "warcs" / "b.warc.gz"), 10**9).units())
    with pytest.raises(SetupError, match=r"does not see .*/out; it must lie on a disk that all of them share"):
        task(unit, str(folder / "out"), instant)
    assert not (folder / "out").exists()


# processes --------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_page_that_kills_three_workers_is_set_aside_and_all_else_is_done(folder: Path) -> None:
    write_warc(folder / "warcs" / "a.warc.gz", marked(pages(30), 8))
    found = run(folder, Settings(workers=2, unit=9_000), answer=instant_but_deadly)
    assert (found.articles, found.failures) == (41, 1)
    (line,) = found.aside
    assert "https://gazette.example/news/8" in line and "a.warc.gz, byte" in line
    assert ids(folder / "out", "reason", "failures") == [KILLED]
    assert len(ids(folder / "out")) == len(set(ids(folder / "out"))) == 41
    assert run(folder).aside == [line], "it is named again, and not tried again"


RUN = (
    "import sys\nfrom pathlib import Path\nfrom onrecord.batch.run import Settings, backfill\nfrom tests.batch.support import instant_but_slow\n"
    "if __name__ == '__main__':\n"
    "    backfill([sys.argv[1]], Path(sys.argv[2]), Settings(workers=int(sys.argv[3] or 0), scheduler=sys.argv[4] or None, unit=4_000), answer=instant_but_slow)"
)


def start(folder: Path, workers: int = 0, scheduler: str = "") -> subprocess.Popen[bytes]:
    """A back-fill in a process of its own that takes a few seconds."""
    words = [str(folder / "warcs"), str(folder / "out"), str(workers), scheduler]
    return subprocess.Popen([sys.executable, "-c", RUN, *words], cwd=ROOT, stderr=subprocess.DEVNULL)


def parts_done(folder: Path) -> int:
    try:
        return len(read_manifest(folder / "out").done)
    except InputError:
        return 0


def until(folder: Path, parts: int, process: subprocess.Popen[bytes]) -> None:
    """Waits until so many parts are done."""
    begun = time.monotonic()
    while parts_done(folder) < parts and process.poll() is None and time.monotonic() - begun < 60:
        time.sleep(0.02)


@pytest.mark.slow
def test_the_command_and_its_workers_are_killed_and_nothing_is_lost(folder: Path) -> None:
    first = start(folder, workers=2)
    until(folder, 2, first)
    first.kill()
    first.wait()
    assert 2 <= parts_done(folder) < 12
    second = start(folder, workers=2)
    until(folder, parts_done(folder) + 1, second)
    forked = [c for c in psutil.Process(second.pid).children(recursive=True) if "--multiprocessing-fork" in c.cmdline()]
    forked[0].kill()
    assert second.wait(60) == 0
    assert len(ids(folder / "out")) == len(set(ids(folder / "out"))) == 42 and strays(folder / "out") == []


@contextmanager
def dask(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of Dask's own commands."""
    process = subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # it and its workers
        process.wait(20)


def scheduler(port_file: Path) -> str:
    """The address of a scheduler once it has written it."""
    begun = time.monotonic()
    while not (port_file.exists() and "address" in port_file.read_text()) and time.monotonic() - begun < 30:
        time.sleep(0.05)
    return str(json.loads(port_file.read_text())["address"])


@pytest.mark.slow
def test_a_scheduler_elsewhere_is_killed_and_another_goes_on(folder: Path) -> None:
    file = folder / "scheduler.json"
    common = ("--no-dashboard",)
    with dask("distributed.cli.dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(file), *common) as first:  # fmt: skip
        address = scheduler(file)
        with dask("distributed.cli.dask_worker", address, "--nthreads", "1", "--nworkers", "1", *common):
            run_first = start(folder, scheduler=address)
            until(folder, 2, run_first)
            first.kill()
            assert run_first.wait(60) != 0
    assert 2 <= parts_done(folder) < 12
    file.unlink()
    with dask("distributed.cli.dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(file), *common):  # fmt: skip
        address = scheduler(file)
        with dask("distributed.cli.dask_worker", address, "--nthreads", "1", "--nworkers", "1", *common):
            assert start(folder, scheduler=address).wait(60) == 0
    assert len(ids(folder / "out")) == len(set(ids(folder / "out"))) == 42 and strays(folder / "out") == []


def test_no_scheduler_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.5)
    with pytest.raises(SetupError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9"):
        run(folder, Settings(scheduler="tcp://127.0.0.1:9"))


class Gone:
    """A ticket of a result that died with its worker: Dask calls it finished, and never brings it."""

    status = "finished"
    cancelled = False

    def result(self, timeout: float) -> object:
        raise TimeoutError(timeout)

    def cancel(self) -> None:
        self.cancelled = True


def test_a_result_that_died_with_its_worker_is_lost_and_not_waited_for() -> None:
    ticket = Gone()
    assert isinstance(pool.Dask(None).outcome(ticket), pool.Lost) and ticket.cancelled


@pytest.mark.slow
def test_a_worker_that_ends_before_it_has_begun_ends_the_command_with_a_line(folder: Path) -> None:
    words = [sys.executable, "-m", "onrecord", "backfill", str(folder / "warcs"), "--out", str(folder / "out")]
    command = subprocess.Popen([*words, "--workers", "2"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    forked = []
    while not forked and command.poll() is None:
        children = psutil.Process(command.pid).children(recursive=True)
        forked = [c for c in children if "--multiprocessing-fork" in c.cmdline()]
    forked[0].kill()
    _, said = command.communicate(timeout=60)
    assert command.returncode == 1 and said.splitlines()[-1].startswith("Error: a worker ended before it had begun")
    assert run(folder).articles == 42
