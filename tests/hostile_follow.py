"""Follows every hostile host at once beside a few good outlets: `python -m tests.hostile_follow DIR` prints what came of it.

In a process of its own, with the hosts in another, so that its peak memory can be told.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

from msgspec.structs import replace

from onrecord import store as keep
from onrecord.fetch.warc import Evidence
from onrecord.fetch.web import Web
from onrecord.follow import Road, follow
from onrecord.settings import Settings
from onrecord.workers import workers
from tests.hostile import BEHAVIOURS
from tests.site import Press

OUTLETS, ARTICLES = 3, 5
SETTINGS = replace(Settings(), allow_private=True, connect_timeout=4.0, read_timeout=6.0, total_timeout=12.0, pace=0.0)


async def followed(home: Path, hosts: list[str]) -> dict[str, object]:
    """Follows once; what each feed came to, and the articles in the record."""
    press = Press(OUTLETS, ARTICLES)
    await press.open()
    with keep.open_store(home) as store, Evidence(home / "evidence", SETTINGS) as evidence, workers(0, 60.0) as pool:
        for url in (*hosts, *press.feeds()):
            keep.add_feed(store, url, "2026-01-01T00:00:00Z")
        begun = time.monotonic()
        async with Web(SETTINGS) as web:
            await follow(Road(store, evidence, pool, web, read=False, days=1e5), once=True, stop=asyncio.Event())
        feeds = {s.feed.url: s.feed.why for s in keep.status(store, "2026-01-01T00:00:00Z") if s.feed.last_fetched}
        with store.reading() as transaction:
            urls = [str(row[0]) for row in transaction.all("SELECT url FROM articles")]
        troubles = {t.url for t in keep.failures(store)}
    await press.close()
    ours = [u for u in urls if u.startswith(tuple(press.address(n) + "/" for n in range(OUTLETS)))]
    return {"feeds": feeds, "ours": sorted(ours), "untold": sorted(u for u, why in feeds.items() if why and u not in troubles), "seconds": time.monotonic() - begun}  # fmt: skip


def peak() -> float:
    """The most memory of this process in MiB. (ru_maxrss would count that of the process which started it, too.)"""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    command = [sys.executable, "-m", "tests.hostile"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin and server.stdout
        hosts = [server.stdout.readline().strip() for _ in range(len(BEHAVIOURS) + 2)]
        found = asyncio.run(followed(Path(sys.argv[1]), hosts))
        found["expected"] = len(hosts) + OUTLETS
        server.stdin.close()
    found["peak MiB"] = peak()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
