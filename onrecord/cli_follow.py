"""The command that follows the news: it fetches, reads and keeps until it is told to end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli_common import (
    WORKER_LIMIT,
    Duration,
    catch_up,
    cores,
    fast_option,
    no_read,
    open_evidence,
    open_record,
    private,
    settings,
    tell,
    told,
    workers_option,
)

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from onrecord.fetch.warc import Evidence
    from onrecord.settings import Settings
    from onrecord.store import Store
    from onrecord.workers import Workers


SUMMARY = (
    ("edits", "edited"),
    ("unchanged", "unchanged"),
    ("failed", "pages failed (see onrecord failures)"),
    ("feeds failed", "feeds failed (see onrecord status)"),
)


@click.command(
    epilog="""
\b
Examples:
  onrecord follow feeds.opml --once
  onrecord follow https://example.org/rss https://example.org/sitemap-news.xml --every 10m
  onrecord follow                     # everything that was added before
"""
)
@click.argument("addresses", nargs=-1, metavar="[FEED...]")
@click.option("--once", is_flag=True, help="Fetch every feed once, take in what is new, and end.")
@click.option("--every", type=Duration(), default=600.0, show_default="10m", help="How often a feed is fetched.")
@click.option(
    "--days", type=click.IntRange(1), default=30, show_default=True, help="How old an entry may be by its date."
)
@workers_option
@no_read
@fast_option
@private
@click.pass_context
def follow(
    context: click.Context,
    addresses: tuple[str, ...],
    once: bool,
    every: float,
    days: int,
    workers: int | None,
    no_read: bool,
    fast: bool,
    allow_private: bool,
) -> None:
    """Follow the news: feeds (RSS, Atom, JSON Feed), sitemaps, section pages, live blogs, or OPML files of them."""
    from onrecord import store as keep
    from onrecord.errors import OnrecordError
    from onrecord.follow import iso
    from onrecord.workers import answers
    from onrecord.workers import workers as made

    try:
        chosen = settings(allow_private, fast)
        found = list(feeds_in(addresses))
        record = open_record(context)
        import time

        for title, url in found:
            keep.add_feed(record, url, iso(time.time()), title=title)
        if not keep.feeds(record):
            raise click.UsageError(
                "nothing is followed yet; give the address of a feed, a sitemap or a page, or an OPML file"
            )
        evidence = open_evidence(context, chosen)
        with made(cores() if workers is None else workers, WORKER_LIMIT, answers(chosen.fast)) as pool:
            run(context, record, evidence, chosen, pool, once=once, every=every, days=days, read=not no_read)
    except OnrecordError as error:
        raise told(error) from None


def feeds_in(words: Iterable[str]) -> Iterator[tuple[str | None, str]]:
    """The feeds that words name: addresses, and the OPML files' own. Raises InputError for what is neither."""
    from pathlib import Path

    from onrecord.errors import InputError
    from onrecord.fetch.addresses import address
    from onrecord.fetch.opml import read_opml

    for word in words:
        if word.startswith(("http://", "https://")):
            yield None, address(word).url
            continue
        try:
            data = Path(word).read_bytes()
        except OSError as error:
            raise InputError(f"{word}: neither a web address nor a file that can be read ({error.strerror})") from None
        try:
            yield from read_opml(data)
        except InputError as error:
            raise InputError(f"{word}: {error}") from None


def run(
    context: click.Context,
    record: Store,
    evidence: Evidence,
    settings: Settings,
    pool: Workers,
    *,
    once: bool,
    **habits: object,
) -> None:
    """Follows until all is done, or until this process is asked to end; what is under way is then taken up next time."""
    import asyncio
    import signal
    from collections import Counter

    from onrecord.fetch.web import Web
    from onrecord.follow import Road, follow

    tally: Counter[str] = Counter()

    async def going() -> None:
        stop = asyncio.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
        async with Web(settings) as web:
            road = Road(record, evidence, pool, web, tell=tell, tally=tally, idle=catch_up, **habits)  # type: ignore[arg-type]
            watching = asyncio.create_task(watch(tally))
            try:
                await follow(road, once=once, stop=stop)
            finally:
                watching.cancel()

    asyncio.run(going())
    tell(summary(tally))


async def watch(tally: Counter[str]) -> None:
    """Shows the tally on a terminal, as it grows."""
    import asyncio

    if not sys.stderr.isatty():
        return
    from rich.console import Console

    with Console(stderr=True).status("following") as shown:
        while True:
            shown.update(summary(tally))
            await asyncio.sleep(0.5)


def summary(tally: Counter[str]) -> str:
    """What was done, in one line."""
    parts = [f"{tally['feeds']} feeds fetched", f"{tally['articles']} new articles"]
    parts += [f"{tally[what]} {name}" for what, name in SUMMARY if tally[what]]
    return ", ".join(parts)


COMMANDS = (follow,)
