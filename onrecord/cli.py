"""The command line: one small command a verb. Records go to standard output, everything else to standard error.

Exit status: 0 all inputs were read, 1 some input failed, 2 the command was not understood.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click

from onrecord import (
    __version__,
    cli_batch,
    cli_common,
    cli_demo,
    cli_doctor,
    cli_export,
    cli_find,
    cli_follow,
    cli_keep,
    cli_know,
    cli_record,
    cli_serve,
    cli_shell,
    cli_watch,
)

if TYPE_CHECKING:
    from onrecord.model import Failure, Reading

EXAMPLES = """
\b
Examples:
  onrecord read page.html
  onrecord read --format html -o report.html pages/
  onrecord read --format json https://example.org/story | jq .attributions
  curl -s … | onrecord read --published 2031-05-14 -
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
@click.option(
    "--home",
    metavar="DIR",
    envvar="ONRECORD_HOME",
    help="The folder of the record; by default the platform's data folder.",
)
@click.option(
    "--db",
    metavar="URL",
    envvar="ONRECORD_DB",
    help="A PostgreSQL URL for the record's database, instead of SQLite in the folder.",
)
@click.pass_context
def main(context: click.Context, home: str | None, db: str | None) -> None:
    """Reads the news and keeps the record: who said what, through whom, how firmly, and in which words."""
    context.obj = {"home": home, "db": db}


@main.command(epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option(
    "--format",
    "style",
    type=click.Choice(["report", "json", "html", "csv"]),
    default="report",
    show_default=True,
    help="What to write: a report to read, one Reading a line, one self-contained page, or one attribution a row.",
)
@click.option(
    "--published",
    metavar="DATE",
    help="When the article was published (2031-05-14 or an ISO time), where the input does not say.",
)
@click.option("--url", metavar="URL", help="The address of the input, where it does not say; for one input only.")
@click.option("--allow-private", is_flag=True, help="Fetch from private and local addresses too.")
@click.option(
    "--without",
    type=click.Choice(["figures", "dates", "places", "events", "conditions", "estimates"]),
    multiple=True,
    help="Leave out this part; may be given again.",
)
@click.option("--reader", metavar="NAME", help="The reader to ask; by default an article's language decides.")
@cli_common.fast_option
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@click.pass_context
def read(
    context: click.Context,
    inputs: tuple[str, ...],
    style: str,
    published: str | None,
    url: str | None,
    allow_private: bool,
    without: tuple[str, ...],
    reader: str | None,
    fast: bool,
    output: str | None,
) -> None:
    """Read news pages: files, folders, addresses, or - for standard input (gzip welcome)."""
    from onrecord.errors import OnrecordError

    if not inputs:
        if sys.stdin.isatty():
            click.echo(context.get_help())
            context.exit(2)
        inputs = ("-",)
    try:
        failed = _read(inputs, style, published, url, allow_private, without, reader, fast, output)
    except OnrecordError as error:
        raise click.UsageError(str(error)) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        failed = False
    context.exit(1 if failed else 0)


def _read(
    words: tuple[str, ...],
    style: str,
    published: str | None,
    url: str | None,
    allow_private: bool,
    without: tuple[str, ...],
    reader: str | None,
    fast: bool,
    output: str | None,
) -> bool:
    """Reads and writes everything; whether an input failed."""
    from msgspec.structs import replace

    from onrecord import inputs, pipeline, readers
    from onrecord.errors import InputError
    from onrecord.fetch.page import polite
    from onrecord.parse import given_date
    from onrecord.settings import from_environment

    if published:
        given_date(published)
    if reader:
        readers.named(reader)
    names = inputs.names(words)
    if url and len(names) > 1:
        raise InputError("--url goes with one input only")
    settings = replace(from_environment(os.environ), allow_private=allow_private)
    captures = inputs.captures(names, settings, sys.stdin.buffer, polite())
    problems: list[Failure] = []
    fast = fast or settings.fast
    found = pipeline.run(captures, published=published, url=url, without=without, reader=reader, fast=fast)
    results = _reported(found, len(names), problems)
    if output:
        from pathlib import Path

        partial = Path(output + ".part")
        try:
            with partial.open("w", encoding="utf-8", newline="") as file:
                _write(results, style, file)
            partial.replace(output)
        except OSError as error:
            raise InputError(f"{output} cannot be written: {error.strerror}") from None
    else:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        _write(results, style, sys.stdout)
        sys.stdout.flush()
    return bool(problems)


def _reported(results: Iterator[Reading | Failure], total: int, problems: list[Failure]) -> Iterator[Reading]:
    """The Readings; failures and notes go to standard error, with a progress bar where somebody watches several inputs."""
    from onrecord.model import Failure

    console = progress = task = None
    if total > 1 and sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        progress = Progress(
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        task = progress.add_task("reading", total=total)
        progress.start()

    def tell(line: str) -> None:
        if console:
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)

    try:
        for result in results:
            if progress is not None and task is not None:
                progress.advance(task)
            if isinstance(result, Failure):
                problems.append(result)
                tell(f"onrecord: {plain(result.input)}: {plain(result.reason)}")
                continue
            if result.reader is None:
                tell(
                    f"onrecord: {plain(result.input)}: parsed but not read: no reader for the language {result.article.language!r} yet"
                )
            yield result
    finally:
        if progress is not None:
            progress.stop()


def plain(text: str) -> str:
    """A text that cannot drive a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _write(results: Iterator[Reading], style: str, file: TextIO) -> None:
    """Writes the Readings in one style."""
    from onrecord.export import csv, html, json, terminal

    writer = {"json": json.write, "csv": csv.write, "html": html.write, "report": terminal.write}[style]
    writer(results, file)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a Reading."""
    import json

    from onrecord.model import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


for command in (
    *cli_follow.COMMANDS,
    *cli_record.COMMANDS,
    *cli_find.COMMANDS,
    *cli_know.COMMANDS,
    *cli_watch.COMMANDS,
    *cli_demo.COMMANDS,
    *cli_export.COMMANDS,
    *cli_serve.COMMANDS,
    *cli_keep.COMMANDS,
    *cli_batch.COMMANDS,
    *cli_doctor.COMMANDS,
    *cli_shell.COMMANDS,
):
    main.add_command(command)
cli_shell.offer_all(main)
