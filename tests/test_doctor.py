"""What `onrecord doctor` finds: each thing is broken for real, and must be named, with what to do."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord import doctor, open_record, store
from onrecord.cli import main
from onrecord.doctor import Check, Place, database, installed
from tests.readers import on_the_path, package
from tests.support import EXAMPLES
from tests.test_readers import SAID
from training import digests

ROOT = EXAMPLES.parent


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with one page."""
    home: Path = tmp_path_factory.mktemp("kept") / "desk"
    with open_record(home, create=True) as record:
        record.add(EXAMPLES / "pier-row.html")
    return home


@pytest.fixture
def home(kept: Path, tmp_path: Path) -> Path:
    """A record that may be broken."""
    return Path(shutil.copytree(kept, tmp_path / "desk"))


def found(home: Path, environment: dict[str, str] | None = None) -> dict[str, Check]:
    """The last check of each name that is not well, else the last one."""
    out: dict[str, Check] = {}
    for check in doctor.examine(Place(home, None, environment or {})):
        if check.name not in out or check.state != "ok":
            out[check.name] = check
    return out


def run(*words: str, path: Path | None = None, code: int | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; what lies in `path` comes first."""
    before = [str(p) for p in (path, ROOT) if p]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(before)}
    done = subprocess.run([sys.executable, "-m", "onrecord", *words], capture_output=True, text=True, env=environment, cwd=path or ROOT, check=False)  # fmt: skip
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done


def test_a_sound_installation_and_record_have_nothing_to_mend(home: Path) -> None:
    done = run("--home", str(home), "doctor", code=0)
    assert "onrecord: nothing to mend" in done.stderr
    lines = done.stdout.splitlines()
    assert all(line.startswith("ok    ") for line in lines)
    names = [line.split()[1] for line in lines]
    for name in ("Python", "packages", "model", "readers", "folder", "disk", "SQLite", "schema", "integrity", "lock", "evidence"):  # fmt: skip
        assert name in names


def test_json_is_one_check_a_line(home: Path) -> None:
    (home / "onrecord.db").write_bytes(b"no database at all, but some words" * 100)
    done = run("--home", str(home), "doctor", "--format", "json", code=1)
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    (wrong,) = [c for c in checks if c["state"] == "mend"]
    assert wrong["name"] == "database" and "not a database" in wrong["words"] and wrong["how"]


def test_nothing_is_made_where_there_is_no_record_yet(tmp_path: Path) -> None:
    checks = found(tmp_path / "none" / "desk")
    assert "not there yet" in checks["folder"].words and checks["database"].words == "none yet"
    assert not (tmp_path / "none").exists()


def test_packages_that_are_missing_or_too_old(tmp_path: Path) -> None:
    info = tmp_path / "onrecord-0.1.0.dist-info"
    info.mkdir()
    wanted = ("click>=8.1", "lxml>=99", "nothing-of-this-name>=1,<2", "psycopg[binary]>=77; extra == 'postgresql'")
    text = "".join(f"Requires-Dist: {line}\n" for line in wanted)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: onrecord\nVersion: 0.1.0\n{text}")
    done = run("--home", str(tmp_path / "x"), "doctor", path=tmp_path, code=1)
    assert "mend  packages" in done.stdout and "needed is >=99; nothing-of-this-name is missing" in done.stdout
    assert "pip install 'lxml>=99' nothing-of-this-name" in done.stdout and "psycopg" not in done.stdout


@pytest.mark.parametrize(
    ("has", "bounds", "good"),
    [
        ("2.0", ">=2.0,<3", True),
        ("2.0.post1", ">=2.0", True),
        ("3", ">=2.0,<3", False),
        ("2.10", ">=2.9", True),
        ("2.9", "~=2.8", True),
        ("3.0", "~=2.8", False),
        ("1.0", "==1.0.0", True),
        ("1.0", "!=1.0", False),
        ("1.0", "", True),
    ],
)
def test_versions_and_their_bounds(has: str, bounds: str, good: bool) -> None:
    assert installed.satisfies(has, bounds) is good


def test_model_files_that_are_missing_or_damaged(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "onrecord", tmp_path / "onrecord", ignore=shutil.ignore_patterns("__pycache__"))
    read = tmp_path / "onrecord" / "read"
    (read / "gazetteer" / "places.zz").unlink()
    with (read / "weights" / "roles.onnx").open("r+b") as file:
        file.seek(1000)
        file.write(b"?")
    done = run("--home", str(tmp_path / "x"), "doctor", path=tmp_path, code=1)
    assert "gazetteer/places.zz is missing, weights/roles.onnx is damaged" in done.stdout


def test_the_digests_are_those_of_the_files() -> None:
    assert digests.LIST.read_text() == digests.listed(), "run python -m training.digests"


def test_readers_that_cannot_be_loaded_or_reached(home: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    package(site, "broken-reader", "import nothing_of_this_name", "es")
    package(site, "shadow-reader", SAID, "en")
    package(site, "twin-reader", SAID, "es")
    with on_the_path(site):
        checks = [c for c in doctor.examine(Place(home, None, {})) if c.name == "readers"]
    words = "\n".join(f"{c.state} {c.words}" for c in checks)
    assert "mend the reader es (broken-reader 1.0) cannot be loaded: ModuleNotFoundError" in words
    assert "warn shadow-reader calls its reader en, which is ours: it is never asked" in words
    assert "warn twin-reader calls its reader es, as another package does" in words


def test_settings_that_cannot_be(home: Path) -> None:
    check = found(home, {"ONRECORD_THREADS": "many"})["settings"]
    assert check.state == "mend" and "ONRECORD_THREADS is 'many'" in check.words


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(home: Path) -> None:
    home.chmod(0o500)
    try:
        assert found(home)["folder"].state == "mend"
    finally:
        home.chmod(0o700)


@pytest.mark.parametrize("mode", [0o400, 0o000])
def test_a_database_that_may_not_be_written(home: Path, mode: int) -> None:
    (home / "onrecord.db").chmod(mode)
    bare = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere")
    words = (sys.executable, "-m", "onrecord", "--home", str(home), "doctor")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([*(bare if os.geteuid() == 0 else ()), *words], capture_output=True, text=True, env=environment, cwd=ROOT, check=False)  # fmt: skip
    assert done.returncode == 1 and "it cannot be opened: this user may not read and write it" in done.stdout


def test_a_folder_that_cannot_be_written_even_by_root() -> None:
    check = found(Path("/proc/nowhere/desk"))["folder"]
    assert check.state == "mend" and "/proc cannot be written" in check.words


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("")
    assert found(tmp_path / "desk")["folder"].state == "mend"
    assert found(tmp_path / "desk" / "in it")["folder"].state == "mend"


@pytest.mark.parametrize(("free", "state"), [(10, "mend"), (500 * 2**20, "warn"), (2**40, "ok")])
def test_room_on_the_disk(home: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr(installed.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(2**41, 0, free))  # type: ignore[attr-defined]
    assert found(home)["disk"].state == state


def change(home: Path, *statements: str) -> None:
    """Changes a database behind onrecord's back."""
    connection = sqlite3.connect(home / "onrecord.db")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_database_of_a_newer_or_an_older_onrecord(home: Path) -> None:
    change(home, "INSERT INTO migrations VALUES (99, 'of the future')")
    check = found(home)["schema"]
    assert check.state == "mend" and "at step 99" in check.words and "update onrecord" in str(check.how)
    change(home, "DELETE FROM migrations WHERE number > 2")
    check = found(home)["schema"]
    assert check.state == "warn" and "the database is at step 2 of " in check.words
    assert sqlite3.connect(home / "onrecord.db").execute("SELECT max(number) FROM migrations").fetchone() == (2,)


def test_a_database_with_a_damaged_page(home: Path) -> None:
    change(home, "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE")
    with (home / "onrecord.db").open("r+b") as file:
        page = 4096
        for n in range(3, 40):
            file.seek(n * page)
            file.write(b"\x99" * page)
    checks = found(home)
    wrong = [c for c in checks.values() if c.state == "mend"]
    assert wrong and all(c.name in ("integrity", "database") and "damaged" in c.words for c in wrong)


def test_archive_files_that_are_missing_or_cut_short(home: Path) -> None:
    (file,) = (home / "evidence").glob("*.warc.gz")
    with file.open("r+b") as stream:
        stream.truncate(100)
    check = found(home)["evidence"]
    assert check.state == "mend" and file.name in check.words
    file.unlink()
    assert found(home)["evidence"].state == "mend"


def test_a_process_that_was_stopped_while_it_was_writing(home: Path) -> None:
    code = "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE'); print('has it', flush=True); time.sleep(60)"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(home / "onrecord.db")], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout and holder.stdout.readline() == "has it\n"
        check = found(home)["lock"]
        assert check.state == "warn" and f"process {holder.pid} has been writing" in check.words
        holder.send_signal(signal.SIGSTOP)
        time.sleep(0.2)
        check = found(home)["lock"]
        assert check.state == "mend" and check.words == f"process {holder.pid} holds the database, and was stopped"
    finally:
        holder.kill()
        holder.wait()
    assert found(home)["lock"].state == "ok"


def test_a_lock_of_the_dead(home: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert database.held(gone.pid).state == "mend" and "is gone" in database.held(gone.pid).words


def test_feeds_that_fail_and_rest(home: Path) -> None:
    assert found(home)["following"].words == "no feeds are followed"
    with store.open_store(home) as record:
        good = store.add_feed(record, "https://a.example/rss", "2031-05-14T00:00:00Z")
        bad = store.add_feed(record, "https://b.example/rss", "2031-05-14T00:00:00Z")
        assert "never" in found(home)["following"].words
        store.feed_fetched(record, good, "2026-11-01T00:00:00Z", next_due="2026-11-01T01:00:00Z")
        store.feed_failed(record, bad, "2026-11-01T00:00:00Z", "the host is not known", "2026-11-01T01:00:00Z")
    checks = found(home)
    assert checks["following"].state == "warn" and "days ago" in checks["following"].words
    assert checks["feeds"].words == "1 of 2 fail: https://b.example/rss (1 times: the host is not known)"
    assert checks["contact"].state == "warn"
    with store.open_store(home) as record:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        store.feed_fetched(record, good, now, next_due=now)
    checks = found(home, {"ONRECORD_CONTACT": "desk@a.example"})
    assert checks["following"].state == "ok" and "contact" not in checks


def test_a_clock_that_is_behind_what_is_on_record(home: Path) -> None:
    change(home, "UPDATE captures SET fetched = '2199-01-01T00:00:00Z'")
    check = found(home)["clock"]
    assert check.state == "warn" and "2199-01-01" in check.words


def test_a_clock_that_cannot_be_right(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "BORN", "2199-01-01")
    assert found(home)["clock"].state == "mend"


def test_a_check_that_breaks_off_is_said_and_the_others_go_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SQLITE", None)
    checks = found(home)
    assert checks["sqlite itself"].state == "mend" and "could not be checked: TypeError" in checks["sqlite itself"].words  # fmt: skip
    assert checks["schema"].state == "ok"


def test_postgresql_that_cannot_be_reached(home: Path) -> None:
    done = run("--home", str(home), "--db", "postgresql://nobody@localhost:1/none", "doctor", code=1)
    assert "mend  PostgreSQL" in done.stdout and "start the server" in done.stdout
    done = run("--home", str(home), "--db", "mysql://x/y", "doctor", code=1)
    assert "mysql is no database for the record" in done.stdout


def test_it_is_a_command() -> None:
    assert "doctor" in main.commands
