"""Opening: one folder, safe for several, upgraded in one transaction; and one clear line for what cannot be opened."""

import multiprocessing
import sqlite3
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from onrecord.errors import SetupError
from onrecord.store import database as module
from onrecord.store import open_store, search, verify
from onrecord.store.database import FILE, Transaction, make_folder
from onrecord.store.migrations import MIGRATIONS, Migration, run, upgrade
from onrecord.store.schema_parts import SPANS
from tests.store.support import TEXT, counts, keep, read_back

VIEWS = (
    "who_said_what",
    "figures_on_record",
    "conditions_on_record",
    "anonymous_sources",
    "articles_by_outlet",
    "feed_health",
    "failures_by_stage",
    "silent_edits",
)


def test_what_was_recorded_is_there_when_opened_again(tmp_path: Path, db: str | None) -> None:
    with open_store(tmp_path / "new" / "home", db) as store:
        keep(store)
    with open_store(tmp_path / "new" / "home", db) as store:
        assert counts(store, "articles", "migrations") == [1, len(MIGRATIONS)] and len(search(store, "priced")) == 1


def test_plain_sqlite_can_read_every_view(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        keep(store)
    plain = sqlite3.connect(tmp_path / FILE)
    columns = {view: [c[0] for c in plain.execute(f"SELECT * FROM {view}").description] for view in VIEWS}
    assert columns["who_said_what"][:8] == [
        "outlet",
        "published",
        "speaker",
        "source",
        "cue",
        "content",
        "kind",
        "certainty",
    ]
    said = plain.execute("SELECT outlet, speaker, cue, content, url FROM who_said_what LIMIT 1").fetchone()
    assert said == ("Tidewire", "Ilse Karvonen", "told", "We priced ourselves out", "https://www.tidewire.example/levy")
    assert plain.execute("SELECT words, said_by FROM figures_on_record").fetchall()
    assert plain.execute("SELECT count(*) FROM anonymous_sources").fetchone() == (1,)
    assert plain.execute("SELECT outlet, articles FROM articles_by_outlet").fetchall() == [("Tidewire", 1)]
    assert plain.execute("SELECT marker, if_words FROM conditions_on_record").fetchone()[0] == "If"


def test_every_view_answers_on_both(tmp_path: Path, db: str | None) -> None:
    with open_store(tmp_path, db) as store:
        keep(store)
        assert counts(store, *VIEWS)[0] == 4


def step(number: int, *statements: str) -> Migration:
    return Migration(number=number, name="a later step", both=statements)


def test_an_older_database_is_upgraded_and_keeps_what_it_holds(tmp_path: Path, db: str | None) -> None:
    later = (*MIGRATIONS, step(len(MIGRATIONS) + 1, "ALTER TABLE articles ADD COLUMN mood TEXT"))
    with open_store(tmp_path, db) as store:
        keep(store)
        with store.writing() as transaction:
            upgrade(transaction, later)
            upgrade(transaction, later)
        with store.reading() as transaction:
            assert transaction.value("SELECT count(*) FROM articles WHERE mood IS NULL") == 1


def older(folder: Path, rows: dict[str, tuple[list[str], list[tuple[object, ...]]]], waiting: bool) -> None:
    """A database of the second step that holds these rows, with spans beside the words of parts and whole ids."""
    make_folder(folder)
    with sqlite3.connect(folder / FILE, isolation_level=None) as old:
        old.execute("BEGIN")
        upgrade(Transaction(old.cursor(), "sqlite"), MIGRATIONS[:2])
        for table, (columns, found) in rows.items():
            spans = SPANS.get(table, [])
            for row in found:
                values = [
                    v + "0" * 48 if name == "id" and table in SPANS else v for name, v in zip(columns, row, strict=True)
                ]
                values += ["[]"] * len(spans)
                old.execute(
                    f"INSERT INTO {table} ({', '.join(columns + spans)}) VALUES ({', '.join('?' * len(values))})",
                    values,
                )
        if waiting:
            old.execute("INSERT INTO unindexed SELECT max(row), max(article) FROM readings")
        old.execute("COMMIT")
    old.close()


@pytest.mark.parametrize("waiting", [True, False])
def test_a_record_with_wide_rows_is_upgraded_and_sound(tmp_path: Path, waiting: bool) -> None:
    with open_store(tmp_path / "new") as store:
        keep(store)
    tables = ("captures", "outlets", "articles", "readings", *SPANS)
    with sqlite3.connect(tmp_path / "new" / FILE) as new:
        new.execute("ALTER TABLE dates DROP COLUMN timex3")  # which the fourth step adds
        selected = {table: new.execute(f"SELECT * FROM {table}") for table in tables}
        rows = {table: ([c[0] for c in found.description], found.fetchall()) for table, found in selected.items()}
    older(tmp_path / "old", rows, waiting)
    with open_store(tmp_path / "fresh") as store:
        keep(store)
    with open_store(tmp_path / "old") as store, open_store(tmp_path / "fresh") as fresh:
        assert counts(store, "unindexed") == [int(waiting)]
        for table in SPANS:
            with store.reading() as was, fresh.reading() as now:
                assert was.all(f"SELECT * FROM {table}") == now.all(f"SELECT * FROM {table}")
        if waiting:
            assert len(search(store, "priced")) == 1
            assert not list(verify(store, lambda kept: f"{kept.url} {TEXT}".encode()))


def test_dates_that_were_recorded_before_the_fourth_step_gain_their_timex3(tmp_path: Path, db: str | None) -> None:
    with open_store(tmp_path, db) as store:
        keep(store)
        keep(store, url="https://www.tidewire.example/toll")
        with store.writing() as transaction:
            transaction.run("ALTER TABLE dates DROP COLUMN timex3")
            transaction.run("DELETE FROM migrations WHERE number = 4")
            run(transaction, next(m for m in MIGRATIONS if m.number == 4))
        with store.reading() as transaction:
            found = transaction.all("SELECT type, value, timex3 FROM dates ORDER BY row")
        assert found == 2 * [("date", "2031-05-16", None), ("time", "2031-05-16", "2031-05-16TNI")]
        assert not list(verify(store, read_back))


def test_an_upgrade_that_fails_changes_nothing(tmp_path: Path, db: str | None) -> None:
    later = (*MIGRATIONS, step(len(MIGRATIONS) + 1, "ALTER TABLE articles ADD COLUMN mood TEXT", "SELECT nonsense"))
    with open_store(tmp_path, db) as store:
        with pytest.raises(Exception, match="nonsense"), store.writing() as transaction:
            upgrade(transaction, later)
        assert counts(store, "migrations") == [len(MIGRATIONS)]
        with pytest.raises(Exception, match="mood"):
            counts(store, "articles WHERE mood IS NULL")


def test_a_database_of_a_newer_onrecord_is_refused(tmp_path: Path, db: str | None) -> None:
    with open_store(tmp_path, db) as store, store.writing() as transaction:
        transaction.run("INSERT INTO migrations VALUES (999, 'the future')")
    with pytest.raises(SetupError, match="newer onrecord"):
        open_store(tmp_path, db)


def opened(folder: Path, db: str | None) -> None:
    with open_store(folder, db) as store:
        keep(store)


def test_two_processes_may_open_a_new_record_at_once(tmp_path: Path, db: str | None) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=opened, args=(tmp_path, db)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    with open_store(tmp_path, db) as store:
        assert counts(store, "articles", "migrations") == [1, len(MIGRATIONS)]


def test_what_cannot_be_opened_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / FILE).write_bytes(b"not a database, but longer than the header of one" * 40)
    (tmp_path / "taken" / FILE).mkdir(parents=True)
    for folder, db, why in (
        (tmp_path / "file" / "home", None, "cannot be made"),
        (tmp_path, None, "is no database"),
        (tmp_path / "taken", None, "cannot be opened"),
        (tmp_path / "ok", "mysql://x/y", "is no database for the record"),
        (tmp_path / "ok", "nonsense", "must be given as postgresql"),
        (tmp_path / "ok", "postgresql://me:secret@127.0.0.1:1/x", "cannot be used|cannot be reached"),
    ):
        with pytest.raises(SetupError, match=why) as caught:
            open_store(folder, db)
        assert "\n" not in str(caught.value) and "secret" not in str(caught.value)


def test_a_locked_database_is_told_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT", 0.1)
    with open_store(tmp_path) as store:
        other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SetupError, match="locked by another process"):
            keep(store)
        other.close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path):
        pass
    for path in tmp_path.glob(FILE + "*"):
        path.chmod(0o444)
    if sqlite3.connect(tmp_path / FILE).execute("PRAGMA user_version").fetchone() and not writable(tmp_path / FILE):
        with pytest.raises(SetupError, match="cannot be"):
            open_store(tmp_path)


def writable(path: Path) -> bool:
    try:
        path.open("ab").close()
    except OSError:
        return False
    return True


def test_a_bug_stays_loud(tmp_path: Path, db: str | None) -> None:
    with (
        open_store(tmp_path, db) as store,
        pytest.raises(Exception, match="nowhere") as caught,
        store.reading() as transaction,
    ):
        transaction.all("SELECT * FROM nowhere")
    assert not isinstance(caught.value, SetupError)


def record_for_ever(folder: Path, db: str | None, begun: Event) -> None:
    with open_store(folder, db) as store:
        for n in range(100_000):
            keep(store, url=f"https://www.tidewire.example/{n}")
            begun.set()


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_a_whole_record(
    tmp_path: Path, db: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = multiprocessing.get_context("fork")
    for wait in (0.0, 0.1, 0.23, 0.31):
        begun = context.Event()
        process = context.Process(target=record_for_ever, args=(tmp_path, db, begun))
        process.start()
        assert begun.wait(60)
        process.join(wait)
        process.kill()
        process.join()
    with open_store(tmp_path, db) as store:
        found = counts(store, "articles", "readings", "captures")
        assert found[0] > 0 and len(set(found)) == 1
        assert not list(verify(store, lambda kept: f"{kept.url} {TEXT}".encode()))
