"""One page, fetched at once: the polite client of `web` for callers that do not wait for others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from onrecord.errors import FetchError
from onrecord.fetch.addresses import Resolve, is_private, resolve
from onrecord.fetch.web import Hosts, Web
from onrecord.model import Capture
from onrecord.settings import Settings

__all__ = ["Resolve", "fetch", "is_private", "polite", "resolve"]


async def got(url: str, settings: Settings, look_up: Resolve, hosts: Hosts) -> Capture:
    """The page at an address."""
    async with Web(settings, look_up=look_up, hosts=hosts) as web:
        found = await web.get(url)
    if not isinstance(found, Capture):
        raise FetchError(f"{url[:200]!r} gave no page")
    return found


def fetch(url: str, settings: Settings, look_up: Resolve = resolve, hosts: Hosts | None = None) -> Capture:
    """The page at an address as a Capture. Raises FetchError, in one line, for everything that can go wrong."""

    def run() -> Capture:
        return asyncio.run(got(url, settings, look_up, hosts or Hosts()))

    if not running():
        return run()
    with ThreadPoolExecutor(1) as thread:  # a notebook has a loop of its own
        return thread.submit(run).result()


def running() -> bool:
    """Whether an event loop runs in this thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def polite() -> Callable[[str, Settings], Capture]:
    """A `fetch` for several addresses in turn, which remembers robots.txt and keeps the pace between them."""
    hosts = Hosts()
    return lambda url, settings: fetch(url, settings, hosts=hosts)
