"""Following the news: feeds are fetched when they are due, and the pages that they name become part of the record.

A page goes 1. from the web, polite and bounded; 2. into the evidence; 3. through a worker that parses and reads it; 4. into the
record, in one transaction that also says that the page is done. A kill between 2 and 4 leaves bytes that no row knows:
`adopt` reads them when the next run starts. At most one fetch a host is under way, so a slow host holds up nobody else.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from onrecord import store as keep
from onrecord.due import AT_ONCE, IDLE, Due, Queue
from onrecord.errors import FetchError, InputError
from onrecord.fetch.feeds import parse_feed
from onrecord.fetch.warc import Evidence
from onrecord.fetch.web import NotModified, Web, next_try
from onrecord.model import Article, Capture, Entry, Failure, Feed, FeedContent, Kept, Queued, Reading
from onrecord.readers import still_here
from onrecord.store import Store, index
from onrecord.store.turns import turns
from onrecord.text import digest_of_bytes
from onrecord.workers import Job, Workers

REVISITS = (
    3_600.0,
    6 * 3_600.0,
    86_400.0,
    3 * 86_400.0,
)  # seconds after which a page is looked at again, in turn, for edits
MAX_NEW_FEEDS = 50  # that one page or one index of sitemaps may add
MAX_TRIES = 6
PARSING = threading.Lock()


class Road(NamedTuple):
    """What following needs: where things are kept, what fetches and what reads."""

    store: Store
    evidence: Evidence
    workers: Workers
    web: Web | None = None  # not needed where nothing is fetched
    now: Callable[[], float] = time.time
    rng: random.Random = random.Random()
    read: bool = True  # otherwise pages are parsed and kept, to be read later
    reader: str | None = None  # the one to ask; by default an article's language decides
    every: float = 600.0  # seconds between two fetches of a feed
    days: float = 30.0  # how old an entry may be by its own date to be fetched
    revisit: bool = True
    idle: Callable[[Store, bool], None] = lambda store, whole: index.up_to_date(
        store
    )  # when nothing else is to do; all of it, or some
    tell: Callable[[str], None] = lambda line: None
    tally: Counter[str] | None = None  # counts articles, edits, unchanged pages, failures and feeds, for who watches

    def mark(self, what: str) -> None:
        """One more of these."""
        if self.tally is not None:
            self.tally[what] += 1


def iso(moment: float) -> str:
    """A moment as the record writes it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def recent(entries: Iterable[Entry], oldest: str) -> list[Entry]:
    """The entries that are not older than a day, by the date they give; those without a date are kept."""
    return [e for e in entries if not (when := e.modified or e.published) or when[:10] >= oldest]


def next_visit(visits: int) -> float | None:
    """How many seconds after its visits so far a page is looked at again; None when it no longer is."""
    return REVISITS[visits] if visits < len(REVISITS) else None


def looked_at_again(road: Road, visits: int) -> str | None:
    """The moment at which a page is looked at again after its visits so far, or None."""
    seconds = next_visit(visits) if road.revisit else None
    return iso(road.now() + seconds) if seconds else None


def web_of(road: Road) -> Web:
    """The road's web."""
    assert road.web is not None
    return road.web


# pages ------------------------------------------------------------------------------------------------------------------


async def take_in(road: Road, kept: Kept, capture: Capture, queued: Queued | None) -> str | None:
    """Steps 3 and 4 for bytes that are in the evidence. Why there is no article, or None."""
    job = Job(capture, road.read, queued.published if queued else None, reader=road.reader)
    got = await road.workers.ask(job)
    entry, feed = (queued.id, queued.feed) if queued else (keep.entry_id(kept.url or capture.name), None)
    now = road.now()
    if isinstance(got, Reading):
        try:
            done = keep.record(
                road.store,
                kept,
                got,
                feed=feed,
                entry=entry,
                when=iso(now),
                next_visit=looked_at_again(road, queued.attempts if queued else 0),
            )
            road.mark("articles" if done.new and not done.edit else "edits" if done.edit else "unchanged")
            return None
        except InputError as error:
            got = Failure(input=capture.name, stage="store", reason=str(error))
    keep.unread(road.store, kept, entry, iso(now), got.stage, got.reason)
    road.mark("failed")
    return got.reason


async def visit_page(road: Road, queued: Queued) -> None:
    """Fetches the page of an entry and takes it in; what fails is kept, with when to try again."""
    try:
        got = await web_of(road).get(queued.url)
    except FetchError as error:
        give_up_for_now(road, queued, error)
        return
    assert isinstance(got, Capture)  # nothing was asked for on condition
    digest = digest_of_bytes(got.body)
    known = keep.kept(road.store, digest)
    if known and keep.holds(road.store, digest, got.url):
        road.mark("unchanged")
        keep.entry_done(road.store, queued.id, next_visit=looked_at_again(road, queued.attempts))
        return
    if why := await take_in(road, known or road.evidence.append(got), got, queued):
        road.tell(f"{queued.url}: {why}")


def give_up_for_now(road: Road, queued: Queued, error: FetchError) -> None:
    """Keeps why a page could not be had. A page that is gone, or failed too often, is not tried again."""
    now, why = road.now(), str(error)
    road.tell(f"{queued.url}: {why}")
    road.mark("failed")
    if error.permanent:
        keep.entry_gone(road.store, queued.id, iso(now), "fetch", why)
        return
    tries_left = queued.attempts + 1 < MAX_TRIES
    again = iso(next_try(queued.attempts, now, error.retry_after, road.rng)) if tries_left else None
    keep.entry_failed(road.store, queued.id, iso(now), "fetch", why, again)


async def add_captures(road: Road, found: Iterable[Capture | Failure]) -> tuple[int, int]:
    """Takes in captures that are there already, some at a time: (how many gave an article, how many did not)."""
    counts = {True: 0, False: 0}
    places = asyncio.Semaphore(road.workers.count + 1)

    async def one(capture: Capture) -> None:
        async with places:
            known = keep.kept(road.store, digest_of_bytes(capture.body))
            why = await take_in(road, known or road.evidence.append(capture), capture, None)
        counts[why is None] += 1
        if why:
            road.tell(f"{capture.name}: {why}")

    async with asyncio.TaskGroup() as group:
        for item in found:
            if isinstance(item, Failure):
                counts[False] += 1
                keep.fail(road.store, item.stage, item.input, item.reason, iso(road.now()))
                road.tell(f"{item.input}: {item.reason}")
                continue
            async with places:  # no more is opened than can be worked on
                group.create_task(one(item))
    road.idle(road.store, True)
    return counts[True], counts[False]


async def read_again(road: Road, found: Iterable[tuple[Kept, Article]]) -> tuple[int, int]:
    """Reads articles of the record again, each by the reader that read it, some at a time; older readings stay beside: (how many were read, how many failed)."""
    counts = {True: 0, False: 0}
    places = asyncio.Semaphore(road.workers.count + 1)

    async def one(kept: Kept, article: Article) -> None:
        name = article.url or kept.digest
        reader = still_here(keep.read_by(road.store, article.id))
        async with places:
            got = await road.workers.ask(Job(Capture(name=name, body=b""), article=article, reader=reader))
        counts[isinstance(got, Reading)] += 1
        if isinstance(got, Reading):
            keep.record(road.store, kept, got, when=iso(road.now()))
        else:
            keep.fail(road.store, got.stage, name, got.reason, iso(road.now()))
            road.tell(f"{name}: {got.reason}")

    async with asyncio.TaskGroup() as group:
        for kept, article in found:
            async with places:
                group.create_task(one(kept, article))
    return counts[True], counts[False]


# feeds ------------------------------------------------------------------------------------------------------------------


def parsed(got: Capture, url: str) -> FeedContent:
    """What a feed says. One at a time: the largest take hundreds of MB while they are parsed. Raises ParseError."""
    with PARSING:
        return parse_feed(got.body, got.url or url, got.content_type)


async def visit_feed(road: Road, feed: Feed) -> None:
    """Fetches a feed and adds what is new in it to the queue; what fails is kept, with when to try again."""
    try:
        got = await web_of(road).get(feed.url, etag=feed.etag, last_modified=feed.last_modified)
        content = None if isinstance(got, NotModified) else await asyncio.to_thread(parsed, got, feed.url)
    except InputError as error:
        now, later = road.now(), getattr(error, "retry_after", None)
        road.tell(f"{feed.url}: {error}")
        road.mark("feeds failed")
        wait = max(next_try(feed.failures, now, later, road.rng), now + road.every)
        keep.feed_failed(road.store, feed.id, iso(now), str(error), iso(wait))
        return
    road.mark("feeds")
    if content is not None and content.kind == "live-blog":
        assert isinstance(got, Capture)
        await follow_live(road, feed, got)
    settle_feed(road, feed, got, content)


def settle_feed(road: Road, feed: Feed, got: Capture | NotModified, content: FeedContent | None) -> None:
    """Writes what a feed gave: its entries, what to ask with next time, and the feeds that it names."""
    now = road.now()
    due = iso(now + road.every * road.rng.uniform(0.95, 1.05))
    if content is None or isinstance(got, NotModified):
        keep.feed_fetched(road.store, feed.id, iso(now), next_due=due, etag=feed.etag, last_modified=feed.last_modified)
        return
    headers = dict(got.headers)
    entries = [] if content.kind == "live-blog" else content.entries
    if content.feeds and is_home(feed.url) and content.kind == "section":
        entries = []
        road.tell(
            f"{feed.url} is a home page; following the feeds that it names instead: {', '.join(content.feeds[:5])}"
        )
    if content.kind == "sitemap-index" or (content.kind == "section" and is_home(feed.url)):
        for url in content.feeds[:MAX_NEW_FEEDS]:
            keep.add_feed(road.store, url, iso(now))
    oldest = (datetime.fromtimestamp(now, UTC) - timedelta(days=road.days)).strftime("%Y-%m-%d")
    keep.feed_fetched(
        road.store, feed.id, iso(now), next_due=due, entries=recent(entries, oldest), etag=headers.get("etag"),
        last_modified=headers.get("last-modified"), title=content.title, kind=content.kind,
    )  # fmt: skip


def is_home(url: str) -> bool:
    """Whether an address is a host's front page."""
    return urlsplit(url).path in ("", "/")


async def follow_live(road: Road, feed: Feed, capture: Capture) -> None:
    """Takes in a live blog, which is its own one entry, where it has changed."""
    if keep.holds(road.store, digest_of_bytes(capture.body), capture.url):
        return
    now = iso(road.now())
    keep.add_entries(road.store, [Entry(url=feed.url)], now)
    queued = Queued(id=keep.entry_id(feed.url), feed=feed.id, url=feed.url, attempts=len(REVISITS))
    if why := await take_in(road, road.evidence.append(capture), capture, queued):
        road.tell(f"{feed.url}: {why}")


# the run ----------------------------------------------------------------------------------------------------------------


async def adopt(road: Road) -> int:
    """Takes in what an earlier run put into the evidence and died over; how many captures that were."""
    count = 0
    for kept in road.evidence.stray(keep.known_ends(road.store)):
        capture = road.evidence.read(kept)
        await take_in(road, kept, capture, keep.queued(road.store, keep.entry_id(kept.url or "")))
        count += 1
    return count


async def follow(road: Road, *, once: bool, stop: asyncio.Event) -> None:
    """Follows all feeds of the record whose turn nobody else has: once, until nothing is due, or until `stop` is set.

    Bugs are let through.
    """
    under_way: set[asyncio.Task[None]] = set()
    with turns(road.store) as own:
        queue = Queue(road.store, lambda: iso(road.now()), own, once)
        try:
            await _go(road, queue, under_way, once, stop)
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)


async def _go(road: Road, queue: Queue, under_way: set[asyncio.Task[None]], once: bool, stop: asyncio.Event) -> None:
    """The run itself; `under_way` holds what is being visited."""

    async def visit(due: Due) -> None:
        try:
            work: Awaitable[None] = (
                visit_feed(road, due.item) if isinstance(due.item, Feed) else visit_page(road, due.item)
            )
            await work
        finally:
            queue.done(due)

    told = 0
    while not stop.is_set():
        if queue.share() and (adopted := await adopt(road)):
            road.tell(f"{adopted} pages of an earlier run, captured but not recorded, were taken in")
        told = tell_left(road, queue.left(), told)
        queue.look()
        while len(under_way) < AT_ONCE and (due := queue.take()):
            under_way.add(asyncio.create_task(visit(due)))
        if not under_way:
            road.idle(road.store, once)
            if once and not queue.grew():
                return
        finished = await _until_something(under_way, stop)
        under_way -= finished
        for task in finished:
            task.result()


def tell_left(road: Road, left: int, told: int) -> int:
    """Says how many feeds are left to other processes, where that is another number than was told; what is told by now."""
    if left and not told:
        feeds = "1 feed is" if left == 1 else f"{left} feeds are"
        road.tell(f"{feeds} followed by another process; whatever it leaves is taken over")
    return left


async def _until_something(tasks: set[asyncio.Task[None]], stop: asyncio.Event) -> set[asyncio.Task[None]]:
    """Waits until a task ends, a stop is asked for, or it is time to look again: those that ended."""
    asked = asyncio.create_task(stop.wait())
    await asyncio.wait({asked, *tasks}, timeout=IDLE, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    return {t for t in tasks if t.done()}
