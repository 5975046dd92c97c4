"""The commands that keep a record: follow, add, status, feeds, failures. Each is a few lines over the library."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from onrecord.fetch.warc import Evidence
    from onrecord.model import Capture, Failure, FeedStatus
    from onrecord.settings import Settings
    from onrecord.store import Store
    from onrecord.workers import Workers

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
SUMMARY = (
    ("edits", "edited"),
    ("unchanged", "unchanged"),
    ("failed", "pages failed (see onrecord failures)"),
    ("feeds failed", "feeds failed (see onrecord status)"),
)
WORKER_LIMIT = 120.0  # seconds that one page may keep a worker


class Duration(click.ParamType):  # type: ignore[type-arg]
    """A span of time such as 30s, 10m, 2h or 1d, in seconds."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        number, unit = str(value)[:-1], str(value)[-1:]
        if unit not in UNITS or not number.isdigit() or not int(number):
            self.fail(f"{value!r} is no span of time; give for example 30s, 10m, 2h or 1d", param, ctx)
        return float(int(number) * UNITS[unit])


def tell(line: str) -> None:
    """One line on standard error that cannot drive a terminal."""
    from onrecord.cli import plain

    click.echo(f"onrecord: {plain(line)}", err=True)


def settings(allow_private: bool, fast: bool = False) -> Settings:
    """The settings of this run."""
    from msgspec.structs import replace

    from onrecord.settings import from_environment

    found = from_environment(os.environ)
    return replace(found, allow_private=allow_private, fast=fast or found.fast)


def open_record(context: click.Context) -> Store:
    """The record that the options before the command name, closed with the command. Raises SetupError."""
    from onrecord.store import open_store

    record = context.obj["record"] = context.with_resource(open_store(home(context), context.obj["db"]))
    return record


def home(context: click.Context) -> Path:
    """The folder of the record: --home, else the platform's data folder."""
    from pathlib import Path

    from platformdirs import user_data_dir

    return Path(context.obj["home"] or user_data_dir("onrecord", appauthor=False))


def open_evidence(context: click.Context, settings: Settings) -> Evidence:
    """The archive of the record that is open. Raises SetupError where the folder holds another's."""
    from onrecord.fetch.warc import Evidence
    from onrecord.store.belonging import belongs

    folder = home(context) / "evidence"
    if record := context.obj.get("record"):
        belongs(record, folder)
    return context.with_resource(Evidence(folder, settings))


def table(rows: Iterable[tuple[str, ...]], *columns: str) -> None:
    """Prints rows under their columns' names, as wide as the terminal allows."""
    from rich.console import Console
    from rich.table import Table

    from onrecord.cli import plain

    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(plain(cell).replace("[", "\\[") for cell in row))
    Console(width=None if sys.stdout.isatty() else 200, highlight=False).print(shown)


as_json = click.option("--format", "style", type=click.Choice(["report", "json"]), default="report", show_default=True)
private = click.option("--allow-private", is_flag=True, help="Fetch from private and local addresses too.")
no_read = click.option("--no-read", is_flag=True, help="Parse and keep the pages; read them later with re-read.")
workers_option = click.option(
    "--workers", type=click.IntRange(0, 64), default=None, help="Processes that parse and read; by default one a core."
)


fast_option = click.option(
    "--fast", is_flag=True, help="Read with a smaller network, which misses a little more; or set ONRECORD_FAST=1."
)


def told(error: Exception) -> click.ClickException:
    """An error of ours as the command line's: one line, exit status 1."""
    return click.ClickException(str(error))


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


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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


def catch_up(record: Store, whole: bool) -> None:
    """Sets what waits beside what is on record, and brings alerts to their channels; says what could not be delivered."""
    from onrecord.upkeep import catch_up

    catch_up(record, whole, tell)


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


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE...")
@click.option("--url", metavar="URL", help="The address that the page came from; for one input only.")
@click.option("--reader", metavar="NAME", help="The reader to ask; by default an article's language decides.")
@workers_option
@no_read
@fast_option
@click.pass_context
def add(
    context: click.Context,
    inputs: tuple[str, ...],
    url: str | None,
    reader: str | None,
    workers: int | None,
    no_read: bool,
    fast: bool,
) -> None:
    """Add pages, WARC files and folders of them to the record."""
    import asyncio

    from onrecord import readers
    from onrecord.errors import OnrecordError
    from onrecord.follow import Road, add_captures
    from onrecord.workers import answers
    from onrecord.workers import workers as made

    try:
        chosen = settings(False, fast)
        if reader:
            readers.named(reader)
        record, evidence = open_record(context), open_evidence(context, chosen)
        with made(cores() if workers is None else workers, WORKER_LIMIT, answers(chosen.fast)) as pool:
            road = Road(
                record, evidence, pool, read=not no_read, reader=reader, revisit=False, tell=tell, idle=catch_up
            )
            added, failed = asyncio.run(add_captures(road, captures_in(inputs, chosen, url)))
    except OnrecordError as error:
        raise told(error) from None
    tell(f"{added} article{'' if added == 1 else 's'} in the record from these inputs, {failed} failed")
    context.exit(1 if failed else 0)


def captures_in(words: tuple[str, ...], chosen: Settings, url: str | None) -> Iterator[Capture | Failure]:
    """The captures of files and folders. Raises InputError for an address with several inputs."""
    from msgspec.structs import replace

    from onrecord import inputs
    from onrecord.errors import InputError
    from onrecord.fetch.page import polite
    from onrecord.model import Capture

    names = inputs.names(words)
    if url and len(names) > 1:
        raise InputError("--url goes with one input only")
    for item in inputs.captures(names, chosen, sys.stdin.buffer, polite()):
        yield replace(item, url=url) if url and isinstance(item, Capture) else item


@click.command()
@as_json
@click.pass_context
def status(context: click.Context, style: str) -> None:
    """How each feed fares: last success, next try, failures and why, articles a day."""
    import time

    from onrecord import store as keep
    from onrecord.errors import OnrecordError
    from onrecord.follow import iso

    try:
        found = keep.status(open_record(context), iso(time.time()))
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
    elif not found:
        tell("nothing is followed yet; see onrecord follow --help")
    else:
        table(
            map(status_row, found),
            "feed",
            "last success",
            "next try",
            "articles",
            "a day",
            "waiting",
            "failures",
            "why",
        )


def status_row(s: FeedStatus) -> tuple[str, ...]:
    """A feed's row for people."""
    f = s.feed
    name = f"{f.title} <{f.url}>" if f.title else f.url
    return (
        name,
        short(f.last_success),
        short(f.next_due),
        str(s.articles),
        f"{s.a_day:.1f}",
        str(s.waiting),
        str(f.failures),
        f.why or "",
    )


def short(when: str | None) -> str:
    """A moment to the minute, or "never"."""
    return when[:16].replace("T", " ") if when else "never"


def json_lines(items: Iterable[object]) -> None:
    """Nouns as JSON, one a line."""
    import msgspec

    for item in items:
        click.echo(msgspec.json.encode(item))


@click.command()
@click.option("--format", "style", type=click.Choice(["report", "json", "opml"]), default="report", show_default=True)
@click.pass_context
def feeds(context: click.Context, style: str) -> None:
    """The feeds that are followed; --format opml writes them as a list that other readers take."""
    from onrecord import store as keep
    from onrecord.errors import OnrecordError
    from onrecord.fetch.opml import write_opml

    try:
        found = keep.feeds(open_record(context))
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
    elif style == "opml":
        click.echo(write_opml((f.title, f.url) for f in found), nl=False)
    else:
        table(((f.url, f.kind or "", f.title or "") for f in found), "feed", "kind", "title")


@click.command()
@click.option(
    "--stage", type=click.Choice(["feed", "fetch", "input", "parse", "read", "store"]), help="Only of this stage."
)
@click.option("--outlet", metavar="DOMAIN", help="Only of this outlet.")
@click.option("--retry", is_flag=True, help="Make the pages of these failures due again.")
@as_json
@click.pass_context
def failures(context: click.Context, stage: str | None, outlet: str | None, retry: bool, style: str) -> None:
    """What failed and still does, by stage and outlet, with how often and why."""
    import time

    from onrecord import store as keep
    from onrecord.errors import OnrecordError
    from onrecord.follow import iso

    try:
        record = open_record(context)
        found = keep.failures(record, stage=stage, outlet=outlet)
        again = keep.retry(record, iso(time.time()), [t.id for t in found]) if retry else 0
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
    else:
        rows = ((t.stage, t.outlet or "", t.url, str(t.count), short(t.last_seen), t.reason) for t in found)
        table(rows, "stage", "outlet", "address", "times", "last", "why")
    if retry:
        tell(f"{again} page{'' if again == 1 else 's'} due again; follow fetches them")


COMMANDS = (follow, add, status, feeds, failures)
