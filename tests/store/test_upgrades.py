"""Records that earlier versions made, each opened by today's: upgraded, sound, searched, resolved. See `upgrades/README.md`."""

from __future__ import annotations

import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import store as keep
from onrecord.cli import main
from onrecord.fetch.warc import Evidence
from onrecord.store import Store, open_store, search
from onrecord.store.migrations import MIGRATIONS, steps
from onrecord.store.rows import as_json
from tests.store.conftest import BINARIES

FIXTURES = Path(__file__).with_name("upgrades")
STEPS = range(1, MIGRATIONS[-1].number)
NUMBERS = (4, 8, 1, 13)  # articles, attributions at least, stories that hold two at least, changes at least
LAYOUT = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": """SELECT table_name || '.' || column_name, data_type || is_nullable FROM information_schema.columns WHERE table_schema = 'public'
        UNION SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'""",
}


def old(step: int, home: Path, db: str | None) -> Path:
    """A record of a step, in a new folder."""
    with tarfile.open(FIXTURES / f"step-{step}.tar.xz") as archive:
        archive.extractall(home, filter="data")
    if db:
        (home / "onrecord.db").unlink()
        psql = BINARIES[-1].parent / "psql"
        subprocess.run([psql, "-q", "-v", "ON_ERROR_STOP=1", "-f", home / "postgresql.sql", db], check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    (home / "postgresql.sql").unlink()
    return home


def layout(store: Store) -> dict[str, str]:
    """Every table, column, index and view."""
    with store.reading() as transaction:
        return {name: " ".join(sql.split()) for name, sql in transaction.all(LAYOUT[store.dialect])}


def onrecord(home: Path, db: str | None, *words: str) -> str:
    done = CliRunner().invoke(main, ["--home", str(home), *(["--db", db] if db else []), *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_each_earlier_step_has_its_record() -> None:
    assert sorted(FIXTURES.glob("step-*.tar.xz")) == [FIXTURES / f"step-{n}.tar.xz" for n in STEPS]
    assert all(path.stat().st_size <= 60_000 for path in FIXTURES.glob("step-*"))


@pytest.mark.parametrize("step", STEPS)
def test_an_earlier_record_is_upgraded_whole(step: int, tmp_path: Path, db: str | None) -> None:
    home = old(step, tmp_path / "home", db)
    with open_store(home, db) as store, Evidence(home / "evidence") as evidence:
        with store.reading() as transaction:
            assert steps(transaction) == MIGRATIONS[-1].number
            said = transaction.all("SELECT s.content, a.id FROM attributions s JOIN readings r ON r.row = s.reading JOIN articles a ON a.row = r.article")  # fmt: skip
            texts = transaction.all("SELECT id, text FROM articles")
        assert list(keep.verify(store, lambda kept: evidence.read(kept).body)) == []
        assert (len(texts), len(said) >= NUMBERS[1]) == (NUMBERS[0], True)
        for words, article in said:
            assert article in {hit.article for hit in search(store, f'"{words}"')}, words
        for article, text in texts:
            first = " ".join(text.split()[:6])
            assert article in {hit.article for hit in search(store, f'"{first}"', where="article")}


@pytest.mark.parametrize("step", STEPS)
def test_an_earlier_record_is_resolved_and_shown(step: int, tmp_path: Path, db: str | None) -> None:
    home = old(step, tmp_path / "home", db)
    assert onrecord(home, db, "verify") == ""
    assert "erry" in onrecord(home, db, "stories")
    assert "Karvonen" in onrecord(home, db, "changes", "--since", "2020-01-01")
    assert "Ilse Karvonen" in onrecord(home, db, "who", "karvonen")
    with open_store(home, db) as store, store.reading() as transaction:
        assert transaction.value("SELECT count(*) FROM resolved") == NUMBERS[0]
        assert transaction.value("SELECT count(*) FROM stories WHERE articles > 1") >= NUMBERS[2]
        assert transaction.value("SELECT count(*) FROM changes") >= NUMBERS[3]
        assert transaction.value("SELECT count(*) FROM actor_words WHERE word = 'karvonen'") >= 1
    assert onrecord(home, db, "verify") == ""


@pytest.mark.parametrize("step", STEPS)
def test_an_upgraded_record_is_laid_out_as_a_new_one(step: int, tmp_path: Path, db: str | None) -> None:
    home = old(step, tmp_path / "home", db)
    with open_store(home, db) as store:
        upgraded = layout(store)
        if db:
            with store.writing() as transaction:
                transaction.run("DROP SCHEMA public CASCADE")
                transaction.run("CREATE SCHEMA public")
    with open_store(tmp_path / "new", db) as store:
        assert upgraded == layout(store)


KILLED = """
import os, signal, sys
from pathlib import Path
from onrecord.store import database, migrations
count = 0
plain = database.Transaction.run
def run(self, sql, values=()):
    global count
    count += 1
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(self, sql, values)
database.Transaction.run = run
database.open_store(Path(sys.argv[1]), sys.argv[2] or None)
"""


@pytest.mark.parametrize("at", [4, 40, 75])
def test_an_upgrade_that_is_killed_leaves_the_record_as_it_was(at: int, tmp_path: Path, db: str | None) -> None:
    home = old(1, tmp_path / "home", db)
    done = subprocess.run([sys.executable, "-c", KILLED, str(home), db or "", str(at)], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with raw(home, db) as store, store.reading() as transaction:
        assert steps(transaction) == 1
        assert transaction.value("SELECT count(*) FROM who_said_what") >= NUMBERS[1]
    with open_store(home, db) as store, Evidence(home / "evidence") as evidence:
        assert list(keep.verify(store, lambda kept: evidence.read(kept).body)) == []


def raw(home: Path, db: str | None) -> Store:
    """The record as it is, not upgraded."""
    from onrecord.store.database import FILE, postgresql_engine, sqlite_engine

    return Store(postgresql_engine(db) if db else sqlite_engine(home / FILE), home)


def test_a_record_of_a_newer_onrecord_is_refused_in_one_line(tmp_path: Path, db: str | None) -> None:
    with open_store(tmp_path, db) as store, store.writing() as transaction:
        transaction.run(
            "INSERT INTO migrations (number, name) VALUES (?, ?)", (MIGRATIONS[-1].number + 1, as_json("later"))
        )
    done = CliRunner().invoke(main, ["--home", str(tmp_path), *(["--db", db] if db else []), "search", "ferry"])
    assert done.exit_code == 1 and done.stdout == ""
    assert done.stderr.startswith("Error: the record was made by a newer onrecord") and done.stderr.count("\n") == 1
