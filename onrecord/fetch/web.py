"""The polite client that everything is fetched with. For each hop of a fetch, in this order:

1. the address is put in form; a host that asked us to wait is left alone, without a request;
2. the host's turn: one request at a time, and a pace between two (its robots.txt may be read just before);
3. robots.txt of that hop, kept for a day;
4. a free place among the hosts asked at once;
5. the connection, to an address that was looked up and checked for this very request;
6. the answer, within bounds on time, headers, size and packing. A redirect is the next hop.

It speaks through httpcore, the lower half of httpx, because that lets the connection be ours (5); what httpx adds, a jar of
cookies and unpacking without bounds, is not wanted. Connections are not kept: a host is asked about once a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Self

import httpcore

from onrecord.errors import FetchError
from onrecord.fetch.addresses import Address, Network, Resolve, address, joined, resolve, shown
from onrecord.fetch.answers import (
    DAY,
    Answer,
    Fetched,
    Headers,
    NotModified,
    conditions,
    judged,
    location,
    lowered,
    moment,
    next_try,
    pause_asked,
    refuse_media,
)
from onrecord.fetch.hosts import Host, Hosts
from onrecord.fetch.packing import Body
from onrecord.fetch.robots import MAX_BYTES, Robots, parse_robots
from onrecord.settings import Settings

__all__ = ["Fetched", "Hosts", "NotModified", "Web", "next_try"]

ROBOTS_AGAIN = 600.0  # after a robots.txt that could not be read
FAIR_SHARE = 2**20  # a body of this size is never given up for the sake of the others
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.9,*/*;q=0.1"


class Web:
    """An async context manager whose `get` fetches politely and safely.

    `look_up`, `now` (Unix time), `sleep`, `network` and `tls` can be given others, for tests; `hosts` is given where what is
    known of hosts shall outlive this client.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        look_up: Resolve = resolve,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        hosts: Hosts | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._settings, self._now, self._sleep = settings, now, sleep
        self._hosts = hosts or Hosts()
        self._resolve, self._threads = look_up, ThreadPoolExecutor(settings.hosts_at_once, "look-up")
        self._places = asyncio.Semaphore(settings.hosts_at_once)
        self._held = 0
        self._names = {settings.user_agent.split("/")[0].strip().lower(), "onrecord"}
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or trust(),
            max_connections=None,
            max_keepalive_connections=0,
            network_backend=Network(self._look_up, settings, network),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.aclose()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, limit: int | None = None
    ) -> Fetched:
        """What is at an address, at most `limit` bytes; NotModified where that is as it was when it bore this tag or date.

        Raises FetchError, in one line, for everything else.
        """
        here, seen = address(url), set[str]()
        asked = conditions(etag, last_modified)
        visit = _Visit(self._settings.total_timeout)
        while len(seen) <= self._settings.max_redirects:
            if here.url in seen:
                raise FetchError(f"{shown(url)} redirects in a loop")
            seen.add(here.url)
            answer = await self._hop(here, asked, limit or self._settings.max_input, visit)
            if not answer.redirects:
                return judged(url, here.url, answer, bool(asked), moment(self._now()))
            here = joined(here, location(answer))
        raise FetchError(f"{shown(url)} redirects more than {self._settings.max_redirects} times")

    async def _hop(self, here: Address, asked: Headers, limit: int, visit: _Visit) -> Answer:
        """One polite request. Raises FetchError where the host or its robots.txt does not want it now."""
        host = self._hosts.of(here.host)
        async with host.turn:
            self._may_be_asked(here, host)
            robots = await self._robots(here, host, visit)
            if not robots.allows(here.path):
                raise FetchError(
                    f"{shown(here.url)} may not be fetched: its robots.txt forbids it; "
                    "save the page in a browser and give the file",
                    permanent=True,
                )
            pace = max(self._settings.pace, min(robots.delay, self._settings.max_crawl_delay))
            await self._wait(host, pace)
            try:
                return self._heeded(host, await self._request(here, asked, limit, visit))
            finally:
                host.free_at = self._now() + pace

    def _may_be_asked(self, here: Address, host: Host) -> None:
        left = min(host.closed_until - self._now(), DAY)
        if left > 0:
            raise FetchError(f"{here.host} asked us to wait for another {left:.0f} seconds", retry_after=left)

    async def _wait(self, host: Host, pace: float) -> None:
        """Keeps the pace, whatever the clock does."""
        if (left := min(host.free_at - self._now(), pace)) > 0:
            await self._sleep(left)

    def _heeded(self, host: Host, answer: Answer) -> Answer:
        """The answer, after its Retry-After was noted for the whole host."""
        if pause := pause_asked(answer, self._now()):
            host.closed_until = self._now() + pause
        return answer

    async def _robots(self, here: Address, host: Host, visit: _Visit) -> Robots:
        """The rules of this origin. Raises FetchError, not permanent, where they cannot be read now."""
        until, known = host.robots.get(here.origin, (0.0, Robots()))
        if not 0 < until - self._now() <= DAY:
            until, known = await self._fetched_robots(here, visit)
            self._hosts.learn(host, here.origin, until, known)
        if isinstance(known, FetchError):
            raise FetchError(str(known), retry_after=max(until - self._now(), 1.0))
        return known

    async def _fetched_robots(self, here: Address, visit: _Visit) -> tuple[float, Robots | FetchError]:
        """What robots.txt says now and until when that holds: none, or one that never comes, allows everything."""
        try:
            answer = await self._robots_answer(here, visit)
        except FetchError as error:
            if error.permanent:
                return self._now() + DAY, Robots()
            return self._now() + ROBOTS_AGAIN, error
        if answer.status == 429 or answer.status >= 500:
            pause = pause_asked(answer, self._now()) or ROBOTS_AGAIN
            return self._now() + pause, FetchError(
                f"the robots.txt of {here.host} answered {answer.status}; try again later"
            )
        return self._now() + DAY, parse_robots(answer.body, self._names) if answer.status == 200 else Robots()

    async def _robots_answer(self, here: Address, visit: _Visit) -> Answer:
        """The answer for robots.txt, behind redirects too; what is too long is cut, as the RFC has it."""
        there = joined(here, "/robots.txt")
        for _ in range(self._settings.max_redirects + 1):
            answer = await self._request(there, (), MAX_BYTES, visit, cut=True)
            if not answer.redirects:
                return answer
            there = joined(there, location(answer))
        return Answer(404, ())

    async def _look_up(self, host: str, port: int) -> list[str]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._resolve, host, port)

    async def _request(self, here: Address, asked: Headers, limit: int, visit: _Visit, *, cut: bool = False) -> Answer:
        """One request and its answer, without politeness."""
        async with self._places, visit.on_the_wire(here):
            with plain_errors(here):
                async with self._pool.stream(
                    "GET", here.url, headers=self._headers(here, asked), extensions={"timeout": self._timeouts()}
                ) as response:
                    response.extensions["network_stream"].head_is_over()
                    answer = Answer(response.status, lowered(response.headers))
                    if answer.status != 200:
                        return answer
                    if not cut:
                        refuse_media(here.url, answer)
                    return answer._replace(body=await self._body(here, answer, response, limit, cut))

    def _headers(self, here: Address, asked: Headers) -> list[tuple[str, str]]:
        return [
            ("Host", here.netloc),
            ("User-Agent", self._settings.agent.encode("ascii", "ignore").decode()),
            ("Accept", ACCEPT),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
            *asked,
        ]

    def _timeouts(self) -> dict[str, float]:
        wire = self._settings
        return {"connect": wire.connect_timeout, "read": wire.read_timeout, "write": wire.read_timeout}

    async def _body(self, here: Address, answer: Answer, response: httpcore.Response, limit: int, cut: bool) -> bytes:
        """The body, unpacked, within its own limit and what may be held of all together."""
        before = 0
        try:
            body = Body(answer.header("content-encoding"), limit, self._settings.max_ratio)
            async for chunk in response.aiter_stream():
                await asyncio.sleep(0)  # a body in tiny pieces must not keep the others waiting
                body.add(chunk)
                self._held, before = self._held + len(body) - before, len(body)
                if self._held > self._settings.max_held and before > FAIR_SHARE:
                    raise FetchError("too much is being read at once; try again later")
            return body.whole()
        except FetchError as error:
            if cut and before:
                return body.so_far()
            raise FetchError(f"{shown(here.url)} could not be read: {error}") from None
        finally:
            self._held -= before


@cache
def trust() -> ssl.SSLContext:
    """The certificates that are trusted; they take a while to load."""
    return httpcore.default_ssl_context()


class _Visit:
    """The time that one fetch may spend on the wire, over all its hops."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @contextlib.asynccontextmanager
    async def on_the_wire(self, here: Address) -> AsyncIterator[None]:
        """Runs what is inside against the time left. Raises FetchError when it is up."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError:
            raise FetchError(f"{shown(here.url)} came too slowly; it was given up") from None
        finally:
            self._left -= time.monotonic() - began


@contextlib.contextmanager
def plain_errors(here: Address) -> Iterator[None]:
    """Whatever goes wrong on the wire as a FetchError of one line."""
    try:
        yield
    except httpcore.TimeoutException:
        raise FetchError(f"{here.host} did not answer in time; try again later") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError) as error:
        why = "".join(c if c.isprintable() else " " for c in str(error))[:160] or type(error).__name__
        if of_tls(error):
            raise FetchError(f"{here.host} does not prove that it is itself: {why}", permanent=True) from None
        raise FetchError(f"{here.host} could not be read: {why}") from None


def of_tls(error: BaseException | None) -> bool:
    """Whether TLS is behind an error."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
