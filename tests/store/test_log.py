"""The write-ahead log, copied into the database beside the work: most of it, at any moment, and never at the record's cost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.store import log as module
from onrecord.store import open_store, verify
from onrecord.store.database import FILE
from onrecord.store.log import Log
from tests.store.support import TEXT, counts, keep


def test_what_was_committed_is_copied_into_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path) as store:
        assert store.log
        for n in range(4):
            keep(store, url=f"https://www.tidewire.example/{n}")
        monkeypatch.setattr(module, "EVERY", 1)
        keep(store, url="https://www.tidewire.example/5")
        store.log.wait()
        kept = tmp_path / "kept"
        kept.mkdir()
        (kept / FILE).write_bytes((tmp_path / FILE).read_bytes())  # without the log that lies beside it
    with closing(sqlite3.connect(kept / FILE)) as copied:
        assert copied.execute("SELECT count(*) FROM articles").fetchone() == (5,)
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_recording_goes_on_while_the_log_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY", 1)
    with open_store(tmp_path) as store:
        for n in range(200):
            keep(store, url=f"https://www.tidewire.example/{n}")
            assert counts(store, "articles", "readings") == [n + 1, n + 1]
        assert not list(verify(store, lambda kept: f"{kept.url} {TEXT}".encode()))
    with open_store(tmp_path) as store:
        assert counts(store, "articles") == [200]


def test_it_is_copied_now_and_then_and_by_one_at_a_time() -> None:
    begun: list[int] = []
    log = Log(lambda: begun.append(1) or sqlite3.connect(":memory:"))  # type: ignore[func-returns-value]
    for _ in range(3 * module.EVERY):
        log.committed()
        log.wait()
    assert len(begun) == 3
    alone = log.thread
    log.copy = lambda: None  # type: ignore[method-assign]
    log.committed()
    assert log.thread is alone


def test_a_database_that_cannot_be_opened_keeps_nobody_from_recording() -> None:
    def connect() -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")

    Log(connect).copy()
