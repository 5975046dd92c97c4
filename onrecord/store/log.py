"""SQLite's write-ahead log, copied into the database beside the work.

A commit appends to the log. Before the log can be used from its start again, all of it must be safe on the disk and its pages copied
into the database. Left to SQLite, the commit that fills the log does so while its writer waits: a fifth of the time of
recording. Here a thread does most of it every `EVERY` commits, so that little is left for that commit. Nothing else
changes: copying is safe at any moment, beside readers and writers, and may be cut short or left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from threading import Thread

EVERY = 300  # commits; some 6,500 pages where each records an article, of 16,384 that the log may hold


class Log:
    """The log of one open record; `connect` opens a connection to its database."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self.connect = connect
        self.commits = 0
        self.thread: Thread | None = None

    def committed(self) -> None:
        """Notes a commit; begins to copy when it is time, unless that is going on."""
        self.commits += 1
        if self.commits >= EVERY and not (self.thread and self.thread.is_alive()):
            self.commits = 0
            self.thread = Thread(target=self.copy, name="write-ahead log", daemon=True)
            self.thread.start()

    def copy(self) -> None:
        """Copies what the log holds. What keeps this from being done is told to who writes, when it keeps them from writing."""
        with suppress(sqlite3.Error), closing(self.connect()) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def wait(self) -> None:
        """Waits until nothing is being copied."""
        if self.thread:
            self.thread.join()
