"""Backups on both databases: what was resolved, judged and armed is in the new record too, which goes on from there."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from onrecord import store as keep
from onrecord.backup import backup, restore
from onrecord.errors import InputError, SetupError
from onrecord.fetch.warc import Evidence
from onrecord.store import open_store, search
from onrecord.store.belonging import MARKER
from tests.store.test_upgrades import old, onrecord, raw

NOON = "2026-03-01T12:00:00Z"
COUNTED = ("articles", "captures", "readings", "attributions", "facts", "stories", "changes", "actors", "judgements", "attribution_words", "indicators")  # fmt: skip
NUMBERS = count()


@pytest.fixture
def new(db: str | None) -> str | None:
    """The URL of another empty database, or None for SQLite."""
    if db is None:
        return None
    import psycopg

    name = f"restored{next(NUMBERS)}"
    with psycopg.connect(db, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    head, _, tail = db.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{tail}"


def lived_in(home: Path, db: str | None) -> Path:
    """A record of four articles, resolved, with an indicator."""
    old(5, home, db)
    onrecord(home, db, "indicator", "add", "figure > 10 people")
    onrecord(home, db, "stories")
    return home


def contents(home: Path, db: str | None) -> dict[str, int]:
    with open_store(home, db) as store, store.reading() as transaction:
        return {table: transaction.value(f"SELECT count(*) FROM {table}") for table in COUNTED}


def test_all_of_a_record_is_restored_and_goes_on(tmp_path: Path, db: str | None, new: str | None) -> None:
    home = lived_in(tmp_path / "home", db)
    with open_store(home, db) as store:
        path, manifest = backup(store, tmp_path / "a.tar", NOON)
    assert manifest.articles == 4
    restore(path, tmp_path / "new", new)
    assert contents(tmp_path / "new", new) == contents(home, db)
    assert onrecord(tmp_path / "new", new, "verify") == ""
    for words in (("changes", "--since", "2020-01-01"), ("stories",), ("who", "karvonen"), ("indicator", "list"), ("search", "ferry")):  # fmt: skip
        assert onrecord(tmp_path / "new", new, *words) == onrecord(home, db, *words), words
    page = tmp_path / "more.html"
    page.write_text("<html lang='en'><h1>Ferry raised</h1><article><p>The harbour master, Oskar Velling, said that the ferry had been raised on Friday.</p></article></html>")  # fmt: skip
    onrecord(tmp_path / "new", new, "add", "--workers", "0", str(page))
    assert contents(tmp_path / "new", new)["articles"] == 5
    assert onrecord(tmp_path / "new", new, "verify") == ""


def test_a_backup_of_an_older_step_is_restored_and_upgraded(tmp_path: Path, db: str | None, new: str | None) -> None:
    with raw(old(2, tmp_path / "home", db), db) as store:
        path, _ = backup(store, tmp_path / "a.tar", NOON)
    assert restore(path, tmp_path / "new", new).step == 2
    assert onrecord(tmp_path / "new", new, "verify") == "" and contents(tmp_path / "new", new)["articles"] == 4


def test_a_database_that_is_not_empty_is_left_as_it_is(tmp_path: Path, db: str | None) -> None:
    if db is None:
        pytest.skip("on SQLite a home is new")
    home = lived_in(tmp_path / "home", db)
    with open_store(home, db) as store:
        path, _ = backup(store, tmp_path / "a.tar", NOON)
    before = contents(home, db)
    with pytest.raises(InputError, match="is not empty"):
        restore(path, tmp_path / "new", db)
    with pytest.raises(InputError, match="with --db"):
        restore(path, tmp_path / "new")
    assert contents(home, db) == before and not (tmp_path / "new").exists()


def test_a_restore_that_fails_leaves_the_database_empty(tmp_path: Path, db: str | None, new: str | None) -> None:
    if db is None or new is None:
        pytest.skip("on SQLite a home is new")
    home = lived_in(tmp_path / "home", db)
    with open_store(home, db) as store:
        path, _ = backup(store, tmp_path / "a.tar", NOON)
    script = (
        "import sys; from pathlib import Path; from onrecord import backup\n"
        "def fail(*_): raise OSError(28, 'No space left on device')\n"
        "backup.settled = fail; backup.restore(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path), str(tmp_path / "new"), new], capture_output=True, text=True)  # fmt: skip
    assert "No space left on device; nothing was restored" in done.stderr.splitlines()[-1]
    restore(path, tmp_path / "new", new)
    assert contents(tmp_path / "new", new) == contents(home, db)


def test_who_shares_a_database_shares_its_folder(tmp_path: Path, db: str | None) -> None:
    from click.testing import CliRunner

    from onrecord.cli import main

    home = lived_in(tmp_path / "home", db)
    assert onrecord(home, db, "verify") == ""
    if db is None:
        assert not (home / "evidence" / MARKER).exists(), "the folder is the database's own"
        return
    assert (home / "evidence" / MARKER).exists()
    other = tmp_path / "other"
    done = CliRunner().invoke(main, ["--home", str(other), "--db", db, "verify"])
    assert done.exit_code == 1 and "lacks the evidence of" in done.stderr and done.stderr.count("\n") == 1
    (other / "evidence").mkdir()
    (other / "evidence" / MARKER).write_text("0" * 32 + "\n")
    done = CliRunner().invoke(main, ["--home", str(other), "--db", db, "verify"])
    assert (
        done.exit_code == 1 and "holds the evidence of another record" in done.stderr and done.stderr.count("\n") == 1
    )
    assert "ferry" in onrecord(other, db, "search", "ferry"), "what asks the database alone needs no folder"


def test_a_server_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    home = old(5, tmp_path / "home", None)
    with open_store(home) as store:
        path, _ = backup(store, tmp_path / "a.tar", NOON)
    with pytest.raises(InputError, match="leave --db out"):
        restore(path, tmp_path / "new", "postgresql://nobody@/none?host=/nowhere")
    with pytest.raises(SetupError):
        open_store(home, "postgresql://nobody@/none?host=/nowhere")
    with Evidence(home / "evidence") as evidence, open_store(home) as store:
        assert list(keep.verify(store, lambda kept: evidence.read(kept).body)) == [] and search(store, "ferry")
