"""One suite, two databases: a store on SQLite and one on a throw-away PostgreSQL cluster.

Where Debian's package `postgresql` is not installed, the PostgreSQL half is skipped and a line says so; with CI or
ONRECORD_REQUIRE_POSTGRESQL=1 in the environment it may not be skipped, and fails.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

from onrecord.store import Store, open_store

SKIPPED = (
    "PostgreSQL half of the store suite skipped: apt-get install postgresql, and pip install 'onrecord[postgresql]'"
)
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
NUMBERS = count()


def required() -> bool:
    return bool(os.environ.get("CI")) or os.environ.get("ONRECORD_REQUIRE_POSTGRESQL") == "1"


def missing() -> bool:
    return not BINARIES or find_spec("psycopg") is None


def unprivileged() -> dict[str, object]:
    """What makes a subprocess run as somebody else than root, as whom PostgreSQL does not run."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    found = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def server(tool: str, folder: Path, *arguments: str) -> None:
    subprocess.run([BINARIES[-1].parent / tool, "-D", folder / "data", *arguments], check=True, cwd=folder, stdout=subprocess.DEVNULL, **unprivileged())  # type: ignore[call-overload]  # fmt: skip


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, without the database's name filled in."""
    if missing():
        if required():
            pytest.fail("PostgreSQL may not be missing here: " + SKIPPED)
        pytest.skip(SKIPPED)
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
    if user := unprivileged().get("user"):
        os.chown(folder, user, -1)  # type: ignore[arg-type]
    try:
        server("initdb", folder, "-A", "trust", "-U", "onrecord", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        server("pg_ctl", folder, "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield f"postgresql://onrecord@/{{}}?host={folder}"
        finally:
            server("pg_ctl", folder, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    """The server's URL, or None for SQLite."""
    return None if request.param == "sqlite" else request.getfixturevalue("cluster")


@pytest.fixture
def db(database: str | None) -> str | None:
    """The URL of an empty database, or None for SQLite in the home folder."""
    if database is None:
        return None
    import psycopg

    name = f"record{next(NUMBERS)}"
    with psycopg.connect(database.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return database.format(name)


@pytest.fixture
def store(tmp_path: Path, db: str | None) -> Iterator[Store]:
    """An empty record."""
    with open_store(tmp_path / "home", db) as store:
        yield store


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if missing() and not required():
        terminalreporter.write_line(SKIPPED)
