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
import random
import re
import ssl
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple, Self

import httpcore

from onrecord.errors import FetchError
from onrecord.fetch.addresses import Address, Network, Resolve, address, joined, resolve, shown
from onrecord.fetch.packing import Body
from onrecord.fetch.robots import MAX_BYTES, Robots, parse_robots
from onrecord.model import Capture, Noun
from onrecord.settings import Settings

DAY = 86_400.0
ROBOTS_AGAIN = 600.0  # after a robots.txt that could not be read
TOO_MANY = 60.0  # how long a host is left alone that says 429 and not for how long
FIRST_TRY, MAX_TRIES = 60.0, 20
MAX_HOSTS, MAX_RULES = 20_000, 200_000  # remembered at once
FAIR_SHARE = 2**20  # a body of this size is never given up for the sake of the others
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410, 451)
TEXTUAL = re.compile(r"text/|application/(.*\b(xml|json|rss|atom|rdf)\b|xhtml|octet-stream|(x-)?gzip)|$")
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.9,*/*;q=0.1"

Headers = tuple[tuple[str, str], ...]


class NotModified(Noun, frozen=True, kw_only=True):
    """The host says that nothing changed since the tag or date that we gave it."""

    url: str
    fetched: str


Fetched = Capture | NotModified


class Answer(NamedTuple):
    """What came back; the body only of a 200."""

    status: int
    headers: Headers
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return next((v for k, v in self.headers if k == name), "")


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
            ssl_context=tls,
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
            if answer.status not in REDIRECTS or not answer.header("location"):
                return judged(url, here, answer, bool(asked), moment(self._now()))
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
            if answer.status not in REDIRECTS or not answer.header("location"):
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
                        refuse_media(here, answer)
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


def judged(url: str, here: Address, answer: Answer, conditional: bool, fetched: str) -> Fetched:
    """What an answer amounts to. Raises FetchError for all but a page and, where we asked for it, "not modified"."""
    if answer.status == 304 and conditional:
        return NotModified(url=here.url, fetched=fetched)
    if answer.status != 200:
        hint = "check the address" if answer.status in GONE else "try again later"
        raise FetchError(
            f"{shown(here.url)} answered {answer.status}; {hint}",
            retry_after=pause_asked(answer, datetime.fromisoformat(fetched).timestamp()),
            permanent=answer.status in GONE,
        )
    if not answer.body:
        raise FetchError(f"{shown(here.url)} came back empty")
    return Capture(
        name=url,
        body=answer.body,
        url=here.url,
        content_type=answer.header("content-type") or None,
        fetched=fetched,
        status=answer.status,
        headers=answer.headers,
    )


def moment(now: float) -> str:
    """A time as a WARC has it: ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def next_try(attempts: int, now: float, retry_after: float | None, rng: random.Random) -> float:
    """When to ask again after so many failures in a row: a minute, doubled with each, at most a day, and never sooner than
    was asked. A part is left to chance, so that feeds that failed together do not come back together."""
    step = min(DAY, FIRST_TRY * 2.0 ** min(max(attempts, 1) - 1, MAX_TRIES))
    asked = min(retry_after or 0.0, DAY)
    return now + max(step * rng.uniform(0.5, 1.0), asked * rng.uniform(1.0, 1.1))


def pause_asked(answer: Answer, now: float) -> float | None:
    """The seconds of Retry-After (a number or a date, RFC 9110), at most a day; a minute for a 429 without."""
    if answer.status < 400:
        return None
    value = answer.header("retry-after").strip()
    left: float | None = TOO_MANY if answer.status == 429 else None
    if re.fullmatch(r"\d+", value):
        left = float(value[:9])
    elif value:
        with contextlib.suppress(ValueError, OverflowError, TypeError):
            left = parsedate_to_datetime(value).timestamp() - now
    return min(left, DAY) if left and left > 0 else None


def conditions(etag: str | None, last_modified: str | None) -> Headers:
    """The headers of a conditional request; what could not stand in one is left out."""
    found = (("If-None-Match", etag), ("If-Modified-Since", last_modified))
    return tuple((k, v) for k, v in found if v and re.fullmatch(r"[\x21-\x7e]([\x20-\x7e]{0,1000}[\x21-\x7e])?", v))


def lowered(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers as text, their names in lower case."""
    return tuple((k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in headers)


def location(answer: Answer) -> str:
    """Where a redirect leads; servers send UTF-8 there, whatever the standard says."""
    raw = answer.header("location").encode("latin-1")
    return raw.decode("utf-8", "replace")


def refuse_media(here: Address, answer: Answer) -> None:
    """Raises FetchError for pictures, films and other things that hold no words."""
    kind = answer.header("content-type").split(";")[0].strip().lower()
    if not TEXTUAL.match(kind):
        raise FetchError(f"{shown(here.url)} is {kind[:60]}, not a page", permanent=True)


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
