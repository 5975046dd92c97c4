"""Killed at any moment, the follower loses nothing and records nothing twice."""

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.fetch.warc import check
from onrecord.model import Kept
from tests.site import Press

OUTLETS, ARTICLES, KILLS = 10, 50, 100


@pytest.fixture
def press() -> Iterator[Press]:
    """A local press on a thread of its own."""
    made, loop, ready = Press(OUTLETS, ARTICLES), asyncio.new_event_loop(), threading.Event()

    def run() -> None:
        loop.run_until_complete(made.open())
        ready.set()
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield made
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.run_until_complete(made.close())
    loop.close()


def start(home: Path, feeds: list[str], *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "onrecord", "--home", str(home), "follow", *feeds, "--once", "--allow-private"]
    return subprocess.Popen(
        [*command, "--days", "99999", "--workers", "0", *options], env=os.environ | {"ONRECORD_PACE": "0.35"}
    )


def recorded(home: Path) -> list[str]:
    if not (home / "onrecord.db").exists():
        return []
    with closing(sqlite3.connect(home / "onrecord.db")) as db:
        try:
            return [row[0] for row in db.execute("SELECT url FROM articles")]
        except sqlite3.OperationalError:  # killed before the tables were made
            return []


@pytest.mark.slow
def test_a_hundred_kills_lose_nothing_and_record_nothing_twice(press: Press, tmp_path: Path) -> None:
    rng = random.Random(11)
    during = 0
    for life in range(KILLS):
        before = len(recorded(tmp_path))
        process = start(tmp_path, press.feeds(), *(["--no-read"] if life % 3 else []))
        time.sleep(rng.uniform(0.2, 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        during += before < OUTLETS * ARTICLES
    assert during > KILLS // 2, "most kills were to come while there was work"
    assert (
        start(tmp_path, press.feeds()).wait(400) == 0
    )  # a bound for what hangs: on a slow and busy machine it reads for two minutes
    urls = recorded(tmp_path)
    assert len(urls) == len(set(urls)) == OUTLETS * ARTICLES
    problems = [c for c in check(tmp_path / "evidence") if not isinstance(c, Kept)]
    assert problems == []
    verify = subprocess.run(
        [sys.executable, "-m", "onrecord", "--home", str(tmp_path), "verify"], capture_output=True, text=True
    )
    assert (verify.returncode, verify.stdout) == (0, ""), verify.stdout + verify.stderr
