"""Several processes on one PostgreSQL database: each feed is one's at a time, what a killed one leaves is taken over, alerts go out once."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from pathlib import Path
from typing import ClassVar, NamedTuple

import httpx
import pytest

from onrecord.demo.site import HEAD
from onrecord.store import Store, open_store
from tests.site import Press

OUTLETS, FIRST, LATER = 6, 6, 8
SLOW = 0.15  # seconds that the site takes for a feed, so that two who fetched one at a time would be caught


class Asked(NamedTuple):
    """A request as the site saw it."""

    who: str
    outlet: int
    path: str
    begun: float
    ended: float


class Watched(Press):
    """A press that writes down who asks, and when."""

    def __init__(self) -> None:
        super().__init__(OUTLETS, FIRST)
        self.log: list[Asked] = []

    async def _serve(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun, who = time.monotonic(), ""
        try:
            path = (await reader.readline()).split()[1].decode()
            while line := (await reader.readline()).strip():
                if line.lower().startswith(b"user-agent:"):
                    who = line.split(b":")[1].decode().split()[0]
            if path == "/feed":
                await asyncio.sleep(SLOW)
            status, kind, text = self.answer(number, path)
            writer.write(HEAD.format(status, kind, len(text.encode())).encode() + text.encode())
            await writer.drain()
            self.log.append(Asked(who, number, path, begun, time.monotonic()))
        except (OSError, IndexError):
            pass
        finally:
            writer.close()

    def fetches(self, outlet: int) -> list[Asked]:
        """The fetches of an outlet's feed, in order."""
        return sorted((a for a in self.log if (a.outlet, a.path) == (outlet, "/feed")), key=lambda a: a.begun)


@contextmanager
def on_a_thread(press: Press) -> Iterator[None]:
    """The press, open while this is."""
    loop, ready = asyncio.new_event_loop(), threading.Event()

    def run() -> None:
        loop.run_until_complete(press.open())
        ready.set()
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(press.close())
        loop.close()


class Sink(BaseHTTPRequestHandler):
    """A webhook that takes its time."""

    got: ClassVar[Counter[str]] = Counter()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(0.1)
        self.got[self.headers["Idempotency-Key"]] += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def sink() -> Iterator[str]:
    """The address of a webhook."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    Sink.got.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/alerts"
    finally:
        server.shutdown()
        server.server_close()


def command(home: Path, db: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "onrecord", "--home", str(home), "--db", db, *words]


def run(home: Path, db: str, *words: str) -> str:
    done = subprocess.run(command(home, db, *words), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def start(home: Path, db: str, name: str, *words: str) -> subprocess.Popen[bytes]:
    settings = {"ONRECORD_USER_AGENT": name, "ONRECORD_PACE": "0.1"}
    return subprocess.Popen(command(home, db, *words), env=os.environ | settings)


def follower(home: Path, db: str, name: str, *feeds: str) -> subprocess.Popen[bytes]:
    return start(home, db, name, "follow", *feeds, "--every", "1s", "--allow-private", "--days", "99999", "--workers", "0")  # fmt: skip


def until(true: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def count(store: Store, sql: str) -> int:
    with store.reading() as transaction:
        return int(transaction.value(sql))


RESOLVED = "SELECT count(*) FROM resolved"


@pytest.fixture
def shared(cluster: str) -> str:
    """The URL of an empty database on PostgreSQL."""
    import psycopg

    name = f"shared{time.monotonic_ns()}"
    with psycopg.connect(cluster.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return cluster.format(name)


@pytest.mark.slow
def test_three_followers_share_the_feeds_and_two_take_over_what_the_third_leaves(tmp_path: Path, shared: str) -> None:
    press = Watched()
    with on_a_thread(press), sink() as address, open_store(tmp_path, shared) as store:
        run(tmp_path, shared, "indicator", "add", "figure > 100 people")
        run(tmp_path, shared, "channel", address)
        followers = {n: follower(tmp_path, shared, n, *press.feeds()) for n in ("first", "second", "third")}
        port = free_port()
        desk = start(tmp_path, shared, "desk", "serve", "--port", str(port))
        try:
            until(lambda: owners(press) == set(followers), 90, "each has feeds of its own")
            until(lambda: answers(port) and count(store, RESOLVED) >= OUTLETS * FIRST // 2, 120, "half is read")
            gone = press.fetches(0)[-1].who
            left = {n for n in range(OUTLETS) if press.fetches(n)[-1].who == gone}
            followers[gone].send_signal(signal.SIGKILL)
            followers.pop(gone).wait()
            killed, press.articles = time.monotonic(), LATER
            until(lambda: all(press.fetches(n)[-1].who in followers for n in left), 20, "its feeds are taken over")
            until(lambda: answers(port) and count(store, RESOLVED) == OUTLETS * LATER, 240, "all is read")
            assert "Mira Tarn" in httpx.get(f"http://localhost:{port}/who", timeout=10).text
            until(lambda: len(Sink.got) == count(store, "SELECT count(*) FROM alerts"), 30, "all alerts are out")
        finally:
            for process in (*followers.values(), desk):
                process.send_signal(signal.SIGTERM)
                process.wait(30)
        with store.reading() as transaction:
            urls = [url for (url,) in transaction.all("SELECT url FROM articles")]
            unread = transaction.value("SELECT count(*) FROM readings WHERE reader IS NULL OR current = 0")
    assert sorted(urls) == sorted(f"{press.address(o)}/{n}" for o in range(OUTLETS) for n in range(LATER))
    assert unread == 0
    for outlet in range(OUTLETS):
        fetches = press.fetches(outlet)
        for before, after in zip(fetches, fetches[1:], strict=False):
            assert after.begun >= before.ended, "two fetched one feed at one time"
        runs = [who for who, _ in groupby(a.who for a in fetches)]
        assert len(runs) <= 5, f"it changes hands as two come and one is killed, not to and fro: {runs}"
        assert gone not in {a.who for a in fetches if a.begun > killed}
    pages = Counter((a.outlet, a.path) for a in press.log if a.path[1:].isdigit() and a.who != gone)
    assert max(pages.values()) == 1, "a page was fetched by two"
    assert Sink.got and set(Sink.got.values()) == {1}, Sink.got
    assert run(tmp_path, shared, "verify") == ""


def answers(port: int) -> bool:
    """Whether the desk is open; then its pages answer, whoever writes meanwhile."""
    try:
        for path in ("/changes", "/stories", "/who", "/search?q=ferry", "/indicators", "/feeds", "/judgements"):
            assert httpx.get(f"http://localhost:{port}{path}", timeout=20).status_code == 200, path
    except httpx.ConnectError:
        return False
    return True


def owners(press: Watched) -> set[str]:
    """Who fetched each feed last."""
    return {found[-1].who for n in range(OUTLETS) if (found := press.fetches(n))}


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
