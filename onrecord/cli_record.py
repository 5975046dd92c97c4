"""The commands that keep a record: add, status, feeds, failures. Each is a few lines over the library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli_common import (
    WORKER_LIMIT,
    as_json,
    catch_up,
    cores,
    fast_option,
    json_lines,
    no_read,
    open_evidence,
    open_record,
    settings,
    short,
    table,
    tell,
    told,
    workers_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.model import Capture, Failure, FeedStatus
    from onrecord.settings import Settings


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


COMMANDS = (add, status, feeds, failures)
