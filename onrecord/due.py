"""What is due of the feeds and pages whose turn this process has, by host: one at a time of each."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection
from typing import NamedTuple
from urllib.parse import urlsplit

from onrecord import store as keep
from onrecord.model import Feed, Queued
from onrecord.store import Store
from onrecord.store.turns import Turns, turn_of

AT_ONCE = 256  # pages and feeds under way, of as many hosts
BATCH = 20_000  # entries looked up at once
IDLE = 1.0  # seconds between two looks at what is due,
PATIENCE = 10.0  # or so many while enough is waiting
SHARING = 1.5  # seconds between two looks at who else follows
NO_FEED = ""  # in place of the feed, for pages that none named


class Due(NamedTuple):
    """A feed or an entry whose turn it is."""

    id: str
    host: str
    item: Feed | Queued
    turn: int


def host_of(url: str) -> str:
    """The host of an address, its whole self where it has none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


class Queue:
    """What is due, by host; `now` is the moment as the record writes it, `turns` are those of this process."""

    def __init__(self, store: Store, now: Callable[[], str], turns: Turns, once: bool) -> None:
        self._store, self._now, self._turns, self._once = store, now, turns, once
        self._hosts: dict[str, deque[Due]] = {}
        self._busy: dict[str, int] = {}  # the turns of what is under way, by host
        self._known: set[str] = set()
        self._fetched: set[str] = set()  # feeds, where each is to be fetched once
        self._turn_of: dict[str, int] = {}  # by the id of a feed
        self._looked = self._shared = float("-inf")

    def share(self) -> bool:
        """Takes and gives up turns, where it is time to; whether any was gained. Raises SetupError."""
        if self._turns.whole or time.monotonic() - self._shared < SHARING:
            return False
        self._shared = time.monotonic()
        self._turn_of = {f.id: turn_of(host_of(f.url)) for f in keep.feeds(self._store)}
        self._turn_of[NO_FEED] = turn_of(NO_FEED)
        gained = self._turns.share(set(self._turn_of.values()), set(self._busy.values()))
        self._drop()
        if gained:
            self._looked = float("-inf")
        return gained

    def grew(self) -> bool:
        """Whether feeds were added since turns were last shared; then they are shared at the next look."""
        if self._turns.whole or all(f.id in self._turn_of for f in keep.feeds(self._store)):
            return False
        self._shared = float("-inf")
        return True

    def left(self) -> int:
        """How many feeds are another process's."""
        others = (id for id, turn in self._turn_of.items() if id != NO_FEED and turn not in self._turns.active)
        return 0 if self._turns.whole else sum(1 for _ in others)

    def _mine(self) -> Collection[str] | None:
        """The feeds whose turn this process has; None for all."""
        if self._turns.whole:
            return None
        return [feed for feed, turn in self._turn_of.items() if turn in self._turns.active]

    def _drop(self) -> None:
        """Forgets what waits and is another's by now."""
        for host, line in list(self._hosts.items()):
            kept = deque(due for due in line if due.turn in self._turns.active or self._turns.whole)
            self._known -= {due.id for due in line} - {due.id for due in kept}
            self._hosts[host] = kept
            if not kept:
                del self._hosts[host]

    def look(self) -> None:
        """Adds what has become due: rarely while enough hosts wait, at once when none does."""
        rest = 0.0 if not self._hosts else IDLE if len(self._hosts) < AT_ONCE else PATIENCE
        if time.monotonic() - self._looked < rest:
            return
        self._looked = time.monotonic()
        mine = self._mine()
        if mine is not None and not mine:
            return
        pages: list[Feed | Queued] = [*keep.entries_due(self._store, self._now(), BATCH, mine)]
        for item in [*self._feeds(mine), *pages]:
            if item.id not in self._known:
                self._add(item)

    def _add(self, item: Feed | Queued) -> None:
        """Puts an item into its host's line, a feed before pages."""
        self._known.add(item.id)
        feed = item.id if isinstance(item, Feed) else item.feed or NO_FEED
        due = Due(item.id, host_of(item.url), item, self._turn_of.get(feed, 0))
        line = self._hosts.setdefault(due.host, deque())
        line.appendleft(due) if isinstance(item, Feed) else line.append(due)

    def _feeds(self, mine: Collection[str] | None) -> list[Feed]:
        """The feeds to fetch now: those that are due, or all but the failing ones once."""
        now = self._now()
        if not self._once:
            return keep.due(self._store, now, feeds=mine)
        ours = set(mine or ())
        found = [
            f
            for f in keep.feeds(self._store)
            if (mine is None or f.id in ours) and f.id not in self._fetched and (not f.failures or f.next_due <= now)
        ]
        self._fetched |= {f.id for f in found}
        return found

    def take(self) -> Due | None:
        """The next one of a host that is free, or None."""
        host = next((h for h in self._hosts if h not in self._busy), None)
        if host is None:
            return None
        line = self._hosts.pop(host)
        due = line.popleft()
        if line:
            self._hosts[host] = line  # at the end: hosts take turns
        self._busy[host] = due.turn
        return due

    def done(self, due: Due) -> None:
        """An item is no longer under way."""
        del self._busy[due.host]
        self._known.discard(due.id)
