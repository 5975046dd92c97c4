"""A stream as it would have been followed: every six hours of its own clock its sites are looked at, over the real road.

The record's moments are the stream's: the follower and its web client are given its clock. The clock stands still while a step is
under way. Pages are fetched from loopback addresses, without the pace that other people's servers would be owed.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from onrecord.demo import DEMONSTRATION, articles, papers
from onrecord.demo.site import Doorway, Site
from onrecord.fetch.warc import Evidence
from onrecord.fetch.web import Web
from onrecord.follow import Road, follow, iso
from onrecord.settings import Settings
from onrecord.store import add_feed, open_store
from onrecord.workers import workers

STEPS_A_DAY = 4
STEP = timedelta(days=1) / STEPS_A_DAY
SETTINGS = replace(Settings(), allow_private=True, pace=0.0, sync_every=0)
WORKER_LIMIT = 60.0


def replay(
    home: Path,
    speed: float | None = None,
    *,
    stream: Path = DEMONSTRATION,
    looks: Iterable[datetime] | None = None,
    days: int | None = None,
    count: int | None = None,
    after: Callable[[datetime], None] = lambda moment: None,
    tell: Callable[[str], None] = lambda line: None,
) -> Counter[str]:
    """Follows a stream, or its first days, into the record at `home`: how many articles, edits and so on.

    `looks` are the moments at which the sites are looked at, by default every six hours. `speed` is how many hours of the stream pass in a second; without it, there is no waiting. `count` is how many processes read,
    by default one a core. `after` is called when all that was there at a moment is in the record. Doing it twice adds nothing.
    Raises SetupError for a record that cannot be used.
    """
    tally: Counter[str] = Counter()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    async def going() -> None:
        async with (
            Site(next(steps(stream)), stream) as site,
            Web(SETTINGS, look_up=site.look_up, now=clock(site), network=Doorway(site)) as web,
        ):
            road = Road(record, evidence, pool, web, now=clock(site), rng=random.Random(0), tell=tell, tally=tally)
            for paper in papers(stream).values():
                add_feed(record, f"http://{paper.host}{paper.feed_path}", iso(road.now()), title=paper.name)
            for moment in islice(looks or steps(stream), days and days * STEPS_A_DAY):
                begun, site.now = time.monotonic(), moment
                await follow(road, once=True, stop=asyncio.Event())
                after(moment)
                await asyncio.sleep(waiting(speed, time.monotonic() - begun))

    with (
        open_store(home) as record,
        Evidence(home / "evidence", SETTINGS) as evidence,
        workers(cores if count is None else count, WORKER_LIMIT) as pool,
    ):
        asyncio.run(going())
    return tally


def steps(stream: Path = DEMONSTRATION) -> Iterator[datetime]:
    """The moments at which the sites are looked at: midnight, six, noon, six (UTC), until all has been published and edited."""
    first, *_, last = moments(stream)
    now = first.replace(hour=0, minute=0, second=0, microsecond=0)
    while now < last:
        now += STEP
        yield now


def moments(stream: Path = DEMONSTRATION) -> list[datetime]:
    """The moments (UTC) at which something is published or edited: who looks at each of them sees everything in the order in which it appeared."""
    found = {
        m for a in articles(stream) for m in (a.moment, *(e.moment for e in a.edits), *(u.moment for u in a.updates))
    }
    return sorted(m.astimezone(UTC) for m in found)


def clock(site: Site) -> Callable[[], float]:
    """The stream's clock, as Unix time."""
    return lambda: site.now.timestamp()


def waiting(speed: float | None, taken: float) -> float:
    """The seconds to wait until the next step is due."""
    return max(STEP.total_seconds() / 3600 / speed - taken, 0.0) if speed else 0.0
