"""What is remembered of the hosts that were asked."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from onrecord.errors import FetchError
from onrecord.fetch.robots import Robots

MAX_HOSTS, MAX_RULES = 20_000, 200_000  # remembered at once


class Host:
    """What is remembered of a host: whose turn it is, when it may be asked again, and its robots.txt by origin."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.free_at = self.closed_until = 0.0
        self.robots: dict[str, tuple[float, Robots | FetchError]] = {}

    @property
    def weight(self) -> int:
        """How many rules are kept."""
        return sum(len(r.rules) for _, r in self.robots.values() if isinstance(r, Robots))


class Hosts:
    """The hosts that were asked, least recently asked first; as many as fit are remembered."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Host] = OrderedDict()
        self._weight = 0

    def of(self, name: str) -> Host:
        """The host of this name."""
        host = self._known.setdefault(name, Host())
        self._known.move_to_end(name)
        return host

    def learn(self, host: Host, origin: str, until: float, robots: Robots | FetchError) -> None:
        """Keeps what a robots.txt said; the oldest hosts are forgotten where it becomes too much."""
        before = host.weight
        host.robots[origin] = until, robots
        self._weight += host.weight - before
        idle = [k for k, h in self._known.items() if not h.turn.locked()] if self._full else []
        for name in idle:
            if not self._full:
                return
            self._weight -= self._known.pop(name).weight

    @property
    def _full(self) -> bool:
        return len(self._known) > MAX_HOSTS or self._weight > MAX_RULES
