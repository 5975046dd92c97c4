"""Backups: one moment of a record that is in use, whole or not there at all, and a home made of one."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path

import pytest

from onrecord import backup as backups
from onrecord import store as keep
from onrecord.backup import backup, restore
from onrecord.errors import InputError, SetupError
from onrecord.fetch.warc import Evidence
from onrecord.model import Capture, Reading
from onrecord.pipeline import parse_capture
from onrecord.store import open_store

NOON = "2026-03-01T12:00:00Z"


def page(n: int) -> Capture:
    url = f"https://www.tidewire.example/{n}"
    body = f"<html lang='en'><title>Ferry {n}</title><h1>Ferry {n}</h1><article><p>Mira Tarn said the ferry would sail again on Friday, boat {n} first.</p><p>The harbour lay quiet in the morning, and lorries waited before the gate.</p></article></html>"
    return Capture(name=url, url=url, body=body.encode(), status=200, fetched=NOON, content_type="text/html")


def fill(home: Path, numbers: range, db: str | None = None) -> None:
    """Records pages, parsed only."""
    with open_store(home, db) as store, Evidence(home / "evidence") as evidence:
        for n in numbers:
            capture = page(n)
            reading = Reading(input=capture.name, reader=None, article=parse_capture(capture))
            keep.record(store, evidence.append(capture), reading)


def sound(home: Path, db: str | None = None) -> int:
    """How many articles a record has, in which nothing may be amiss."""
    with open_store(home, db) as store, Evidence(home / "evidence") as evidence:
        assert list(keep.verify(store, lambda kept: evidence.read(kept).body)) == []
        with store.reading() as transaction:
            return int(transaction.value("SELECT count(*) FROM articles"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill(tmp_path / "home", range(8))
    (tmp_path / "home" / "desk-password").write_text("hash\n")
    return tmp_path / "home"


def made(home: Path, target: Path) -> Path:
    with open_store(home) as store:
        return backup(store, target, NOON)[0]


def onrecord(*words: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "onrecord", *map(str, words)], capture_output=True, text=True, env=os.environ | (env or {}))  # fmt: skip


def refused(error: type[Exception], says: str, source: Path, new: Path) -> None:
    with pytest.raises(error, match=says):
        restore(source, new)
    assert not new.exists() and [p.name for p in new.parent.iterdir() if "restoring" in p.name] == []


def test_a_restored_record_is_the_same_and_sound(home: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    manifest = restore(made(home, tmp_path / "a.tar"), new)
    assert (manifest.articles, manifest.captures, manifest.database) == (8, 8, "sqlite")
    assert sound(new) == 8 and (new / "desk-password").read_text() == "hash\n"
    assert (new / "desk-password").stat().st_mode & 0o777 == 0o600
    fill(new, range(6, 10))
    assert sound(new) == 10, "it goes on from there"


def test_the_commands_say_what_they_did(home: Path, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    done = onrecord("--home", home, "backup", tmp_path / "to")
    (found,) = (tmp_path / "to").iterdir()
    assert done.returncode == 0 and f"{found}: 8 articles, 3 files" in done.stderr
    assert found.stat().st_mode & 0o777 == 0o600
    done = onrecord("restore", found, "--home", tmp_path / "new")
    assert done.returncode == 0 and "new: 8 articles" in done.stderr
    done = onrecord("--home", tmp_path / "new", "verify")
    assert (done.returncode, done.stdout) == (0, "")
    done = onrecord("restore", found, "--home", tmp_path / "new")
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "is there already" in done.stderr


def test_a_folder_without_a_record_is_not_made_one(tmp_path: Path) -> None:
    done = onrecord("--home", tmp_path / "typo", "backup", tmp_path / "a.tar")
    assert (done.returncode, done.stderr) == (1, f"Error: there is no record in {tmp_path / 'typo'}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_one_moment_of_a_record_that_is_written_meanwhile(home: Path, tmp_path: Path) -> None:
    stop, numbers = threading.Event(), iter(range(100, 10_000))

    def write() -> None:
        with open_store(home) as store, Evidence(home / "evidence") as evidence:
            while not stop.is_set():
                capture = page(next(numbers))
                keep.record(store, evidence.append(capture), Reading(input=capture.name, reader=None, article=parse_capture(capture)))  # fmt: skip

    writer = threading.Thread(target=write)
    writer.start()
    try:
        time.sleep(0.3)
        for n in range(5):
            with open_store(home) as store:
                path, manifest = backup(store, tmp_path / f"{n}.tar", NOON)
            restore(path, tmp_path / f"new{n}")
            assert sound(tmp_path / f"new{n}") == manifest.articles
    finally:
        stop.set()
        writer.join()
    assert manifest.articles < sound(home)


def test_what_is_no_backup_or_not_whole_or_damaged_is_refused_in_one_line(home: Path, tmp_path: Path) -> None:
    whole, new = made(home, tmp_path / "a.tar").read_bytes(), tmp_path / "new"
    bad = tmp_path / "bad.tar"
    for end in (0, 100, 512, 70_000, len(whole) // 2, len(whole) - 2_000):
        bad.write_bytes(whole[:end])
        refused(InputError, "is no backup|is not whole|is damaged", bad, new)
    for at in (600, len(whole) // 2, whole.rindex(b"warc.gz") - 30_000):
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        refused(InputError, "is damaged|is no backup", bad, new)
    bad.write_bytes(b"hello " * 5000)
    refused(InputError, "is no backup", bad, new)
    refused(InputError, "cannot be read", tmp_path / "none.tar", new)


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "evidence/../../evil", "onrecord.db-wal", "evidence/x.warc.gz"]
)
def test_a_backup_holds_nothing_but_a_record(home: Path, tmp_path: Path, name: str) -> None:
    bad = tmp_path / "bad.tar"
    shutil.copy(made(home, tmp_path / "a.tar"), bad)
    with tarfile.open(bad, "w") as archive:
        info = tarfile.TarInfo(name)
        info.size = 4
        archive.addfile(info, io.BytesIO(b"evil"))
    refused(InputError, "is no backup", bad, tmp_path / "new")
    assert not list(tmp_path.rglob("*evil*"))


def test_links_are_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "bad.tar", "w") as archive:
        info = tarfile.TarInfo("onrecord.db")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    refused(InputError, "is no backup", tmp_path / "bad.tar", tmp_path / "new")


def test_nothing_that_is_there_is_written_over(home: Path, tmp_path: Path) -> None:
    path = made(home, tmp_path / "a.tar")
    before = path.read_bytes()
    with pytest.raises(InputError, match="is there already"):
        made(home, path)
    assert path.read_bytes() == before
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        restore(path, tmp_path / "full")
    (tmp_path / "empty").mkdir()
    restore(path, tmp_path / "empty")
    assert sound(tmp_path / "empty") == 8


def test_evidence_that_is_missing_or_short_makes_no_backup(home: Path, tmp_path: Path) -> None:
    (segment,) = (home / "evidence").glob("*.warc.gz")
    os.truncate(segment, segment.stat().st_size - 10)
    with pytest.raises(SetupError, match="breaks off at byte"):
        made(home, tmp_path / "a.tar")
    segment.unlink()
    with pytest.raises(SetupError, match="is not in"):
        made(home, tmp_path / "a.tar")
    assert [p.name for p in tmp_path.iterdir()] == ["home"]


def test_what_is_forgotten_meanwhile_stops_the_backup(home: Path, tmp_path: Path) -> None:
    def forget_one(what: str, done: int, whole: int) -> None:
        if what == "evidence" and not forgotten:
            with open_store(home) as other:
                with other.reading() as transaction:
                    id = transaction.value("SELECT id FROM articles ORDER BY row DESC LIMIT 1")
                forgotten.extend(keep.forget(other, id))
            fill(home, range(50, 51))  # which gets the row of what was forgotten

    forgotten: list[object] = []
    with open_store(home) as store, pytest.raises(SetupError, match="was forgotten"):
        backup(store, tmp_path / "a.tar", NOON, forget_one)
    assert forgotten and [p.name for p in tmp_path.iterdir()] == ["home"]


LIMITED = """
import resource, signal, sys
from onrecord.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
main(sys.argv[1:])
"""


def limited(*words: object) -> subprocess.CompletedProcess[str]:
    """The command where no file may grow beyond 300 kB, as on a disk that is full."""
    return subprocess.run([sys.executable, "-c", LIMITED, *map(str, words)], capture_output=True, text=True)


def test_a_disk_that_is_full_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    path = made(home, tmp_path / "a.tar")
    done = limited("--home", home, "backup", tmp_path / "b.tar")
    assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
    done = limited("restore", path, "--home", tmp_path / "new")
    assert done.returncode == 1 and "cannot be written" in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tar", "home"]
    assert sound(home) == 8


def test_too_little_room_is_said_before(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(1, 1, 1000))  # type: ignore[attr-defined]
    with pytest.raises(SetupError, match="has room for"):
        made(home, tmp_path / "a.tar")


def test_a_folder_that_is_none_or_cannot_be_written_is_said(home: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        made(home, tmp_path / "no" / "a.tar")
    with pytest.raises(SetupError, match="cannot be written"):
        made(home, Path("/proc/a.tar"))
    with pytest.raises(SetupError, match="cannot be written"):
        restore(made(home, tmp_path / "a.tar"), Path("/proc/new"))


SLOW = """
import sys, time
from pathlib import Path
from onrecord import backup
from onrecord.store import open_store
def slowly(what, done, whole):
    print(what, flush=True)
    time.sleep(0.05)
backup.PIECE = 2000
if sys.argv[1] == "backup":
    with open_store(Path(sys.argv[2])) as store:
        backup.backup(store, Path(sys.argv[3]), "2026-03-01T12:00:00Z", slowly)
else:
    backup.restore(Path(sys.argv[2]), Path(sys.argv[3]), None, slowly)
"""


def killed(after: int, *words: object) -> None:
    """Runs a backup or restore slowly and kills it after so many steps."""
    process = subprocess.Popen([sys.executable, "-c", SLOW, *map(str, words)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    for _ in range(after):
        assert process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize("after", [1, 2])
def test_killed_in_the_middle_leaves_no_backup_and_no_home_and_the_next_one_is_whole(home: Path, tmp_path: Path, after: int) -> None:  # fmt: skip
    path, new = tmp_path / "a.tar", tmp_path / "new"
    killed(after, "backup", home, path)
    assert not path.exists() and (tmp_path / "a.tar.part").exists()
    made(home, path)
    killed(after, "restore", path, new)
    assert not new.exists() and (tmp_path / ".new.restoring").exists()
    restore(path, new)
    assert sound(new) == 8
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tar", "home", "new"]


def test_two_do_not_write_one_file(home: Path, tmp_path: Path) -> None:
    with backups.being_written(tmp_path / "a.tar"), pytest.raises(SetupError, match="another process"):
        made(home, tmp_path / "a.tar")
    assert (tmp_path / "a.tar").exists()


def test_a_backup_of_a_newer_onrecord_is_refused(home: Path, tmp_path: Path) -> None:
    with open_store(home) as store:
        with store.writing() as transaction:
            transaction.run("INSERT INTO migrations (number, name) VALUES (99, 'later')")
        path, _ = backup(store, tmp_path / "a.tar", NOON)
    refused(SetupError, "newer onrecord", path, tmp_path / "new")
