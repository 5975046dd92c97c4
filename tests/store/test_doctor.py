"""What `onrecord doctor` finds of a PostgreSQL server; tests/test_doctor.py has the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import doctor
from onrecord.doctor import Check, Place, database
from onrecord.store import Store, add_feed


def found(store: Store, home: Path) -> dict[str, Check]:
    """The checks by their names."""
    db = store.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    return {c.name: c for c in doctor.examine(Place(home, db, {}))}


def test_a_server_its_schema_its_feeds_and_a_session_that_does_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.dialect != "postgresql":
        pytest.skip("of PostgreSQL")
    add_feed(store, "https://a.example/rss", "2031-05-14T00:00:00Z")
    checks = found(store, tmp_path)
    assert checks["PostgreSQL"].state == checks["schema"].state == checks["lock"].state == "ok"
    assert checks["following"].words == "1 feed, last fetched never"
    monkeypatch.setattr(database, "ABANDONED", 0)
    with store.writing() as transaction:
        pid = transaction.value("SELECT pg_backend_pid()")
        check = found(store, tmp_path)["lock"]
    assert check.state == "mend" and f"session {pid}, from this machine" in check.words
    assert f"pg_terminate_backend({pid})" in str(check.how)
    with store.writing() as transaction:
        transaction.run("UPDATE migrations SET number = 99 WHERE number = 1")
    assert found(store, tmp_path)["schema"].state == "mend"
