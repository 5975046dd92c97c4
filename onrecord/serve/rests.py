"""What the desk rests on: its feeds, the newest source and the last reading, in the header of every page."""

from __future__ import annotations

import time

from msgspec import Struct

from onrecord.follow import iso
from onrecord.store import Store

HOUR = 3600.0
KEPT = 3.0  # seconds that the answer serves


class Rests(Struct, frozen=True, kw_only=True):
    """What the desk rests on. Moments are ISO 8601 in UTC."""

    feeds: int
    fetched: int  # in the last hour
    failing: int
    articles: int
    newest: str | None  # the day of the newest article
    last_reading: str | None
    alerts: int
    change: int  # the newest change's row: what is new is after it


SQL = (
    "SELECT (SELECT count(*) FROM feeds), (SELECT count(*) FROM feeds WHERE last_success >= ?), (SELECT count(*) FROM feeds WHERE failures > 0), "
    "(SELECT count(*) FROM articles), (SELECT max(moment) FROM resolved), (SELECT r.made_when FROM readings r ORDER BY r.row DESC LIMIT 1), "
    "(SELECT count(*) FROM alerts), (SELECT coalesce(max(row), 0) FROM changes)"
)


def rests(store: Store, now: float | None = None) -> Rests:
    """What the desk rests on at this moment."""
    hour_ago = iso((time.time() if now is None else now) - HOUR)
    with store.reading() as transaction:
        row = transaction.one(SQL, (hour_ago,)) or ()
    feeds, fetched, failing, articles, newest, last, alerts, change = row
    return Rests(feeds=feeds, fetched=fetched, failing=failing, articles=articles, newest=newest, last_reading=last, alerts=alerts, change=change)  # fmt: skip


class Kept:
    """The answer, asked for again after a few seconds only."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.at, self.known = 0.0, rests(store)

    def now(self) -> Rests:
        """What the desk rests on, a few seconds old at most."""
        if time.monotonic() - self.at > KEPT:
            self.known, self.at = rests(self.store), time.monotonic()
        return self.known
