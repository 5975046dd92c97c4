"""The commands of the back-fill: backfill and load. Each is a few lines over the library."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli_common import cores, fast_option, open_evidence, open_record, settings, tell, told

if TYPE_CHECKING:
    from rich.progress import Progress

    from onrecord.batch.run import Show, Summary
    from onrecord.store import Store

SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", re.I)
UNITS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}
INTERRUPTED = 130
SHOWN = 50  # lines of what went wrong, of a kind


class Size(click.ParamType):  # type: ignore[type-arg]
    """An amount of bytes such as 64MB or 1.5GB, in powers of 1,024."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = SIZE.fullmatch(str(value).strip())
        if not found or not float(found[1]):
            self.fail(f"{value!r} is no size; write it like 64MB or 1.5GB", param, ctx)
        return int(float(found[1]) * 1024 ** UNITS[found[2].lower()])


def needs(*modules: str) -> None:
    """Refuses to go on where a package is missing."""
    if any(find_spec(module) is None for module in modules):
        raise click.ClickException("this command needs: pip install 'onrecord[batch]'")


@click.command(
    epilog="""
\b
Examples:
  onrecord backfill CC-NEWS-*.warc.gz --out tables
  onrecord backfill warcs/ s3://bucket/news/*.warc.gz --out tables --workers 8
  onrecord backfill warcs/ --out /shared/tables --scheduler tcp://10.0.0.5:8786
  onrecord load tables
"""
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--out", "-o", required=True, metavar="DIR", type=click.Path(file_okay=False), help="The folder of the tables; run again with the same one, the work goes on where it stopped.")  # fmt: skip
@click.option("--workers", type=click.IntRange(0, 256), default=None, help="Processes that read; by default one a core. 0 reads in this process.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler (tcp://host:8786) whose workers read, in place of processes of this machine.")  # fmt: skip
@click.option("--part", type=Size(), default="64MB", show_default=True, help="How much of a WARC file a worker reads at a time.")  # fmt: skip
@click.option("--memory", type=Size(), default="1.5GB", show_default=True, help="The memory at which a process of this machine is ended and its part read again.")  # fmt: skip
@click.option("--retry", is_flag=True, help="Try again what was set aside because it ended its workers.")
@fast_option
@click.pass_context
def backfill(
    context: click.Context,
    paths: tuple[str, ...],
    out: str,
    workers: int | None,
    scheduler: str | None,
    part: int,
    memory: int,
    retry: bool,
    fast: bool,
) -> None:
    """Read WARC files into Parquet tables, on many processes or machines; files, folders, patterns and addresses (s3://, https://)."""
    needs("pyarrow", "fsspec")
    from pathlib import Path

    from onrecord.batch.run import Settings
    from onrecord.batch.run import backfill as run
    from onrecord.errors import OnrecordError
    from onrecord.read import reader
    from onrecord.workers import answers

    if scheduler and workers is not None:
        raise click.UsageError("--workers goes with processes of this machine, not with --scheduler")
    chosen = Settings(cores() if workers is None else workers, scheduler, part, f"{memory} B", retry)
    try:
        with ended_by_signals(), watched() as show:
            small = settings(False, fast).fast
            found = run(paths, Path(out), chosen, show, answers(small), reader(small))
    except OnrecordError as error:
        raise told(error) from None
    except KeyboardInterrupt:
        tell(f"stopped; what was finished is in {out}, and the same command goes on from there")
        context.exit(INTERRUPTED)
    report(found)
    context.exit(1 if found.aside or found.damaged or found.failed else 0)


def report(found: Summary) -> None:
    """Says what is in the tables and what is not."""
    for what, lines in (("set aside", found.aside), ("damaged", found.damaged), ("not read", found.failed)):
        for line in lines[:SHOWN]:
            tell(f"{what}: {line}")
        if len(lines) > SHOWN:
            tell(f"{what}: {len(lines) - SHOWN:,} more; the manifest and the table failures name them")
    tell(f"{many(found.articles, 'article')} of {many(found.captures, 'capture')} in the tables, {many(found.failures, 'failure')} (see the table failures)")  # fmt: skip


def many(count: int, noun: str) -> str:
    """So many of something."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """SIGTERM ends the work as Ctrl-C does."""
    import signal

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def watched() -> Iterator[Show]:
    """What shows how far a back-fill is: a bar on a terminal, and only lines elsewhere."""
    from onrecord.batch.run import Show

    if not sys.stderr.isatty():
        yield Show(tell=tell)
        return
    with bar("reading", "{task.fields[articles]:,} articles") as progress:
        yield Bar(progress).show()


@contextmanager
def bar(what: str, *columns: str) -> Iterator[Progress]:
    """A progress bar on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    shown: list[Any] = [TextColumn(what), BarColumn(), TaskProgressColumn(), *map(TextColumn, columns)]
    with Progress(*shown, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        yield progress


class Bar:
    """A bar of bytes, with the articles that were read so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None, articles=0)
        self._articles = 0
        self._running: dict[str, int] = {}

    def show(self) -> Show:
        """What a run calls."""
        from onrecord.batch.run import Show

        return Show(tell=self._tell, total=self._total, reading=self._reading, done=self._done)

    def _tell(self, line: str) -> None:
        from onrecord.cli import plain

        self._progress.console.print(plain(line), markup=False, highlight=False, soft_wrap=True)

    def _total(self, size: int) -> None:
        self._progress.update(self._task, total=size)

    def _reading(self, unit: str, captures: int) -> None:
        self._running[unit] = captures
        self._count()

    def _done(self, unit: str, size: int, articles: int) -> None:
        self._running.pop(unit, None)
        self._articles += articles
        self._progress.advance(self._task, size)
        self._count()

    def _count(self) -> None:
        self._progress.update(self._task, articles=self._articles + sum(self._running.values()))


@click.command(
    epilog="""
\b
Examples:
  onrecord load tables
  onrecord --db postgresql://desk@host/news load /shared/tables --warcs /shared/warcs
"""
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@click.option("--warcs", type=click.Path(file_okay=False), metavar="DIR", help="Where the WARC files lie now, if they were moved.")  # fmt: skip
@click.option("--no-resolve", is_flag=True, help="Leave it to the next command that asks for stories, people or changes to set the articles beside each other.")  # fmt: skip
@click.pass_context
def load(context: click.Context, folder: str, warcs: str | None, no_resolve: bool) -> None:
    """Bring tables that backfill made into the record, as if their WARC files had been added; twice is once."""
    needs("pyarrow", "fsspec")
    from pathlib import Path

    from msgspec.structs import replace

    from onrecord.batch.load import load as run
    from onrecord.errors import OnrecordError

    try:
        with ended_by_signals():
            record = open_record(context)
            evidence = open_evidence(context, replace(settings(False), sync_every=0))
            with counted("loading") as step:
                done = run(Path(folder), record, evidence, warcs=Path(warcs) if warcs else None, step=step)
            told_before = f"; {many(done.before, 'part')} of the tables in the record before" if done.before else ""
            tell(f"{many(done.articles, 'new article')} of {many(done.captures, 'capture')}, {many(done.failures, 'failure')}{told_before}")  # fmt: skip
            if not no_resolve:
                resolve(record)
    except OnrecordError as error:
        raise told(error) from None
    except KeyboardInterrupt:
        tell("stopped; what was brought in stays, and the same command goes on from there")
        context.exit(INTERRUPTED)


def resolve(record: Store) -> None:
    """Sets all that waits beside what is on record, in the order in which it was published, and brings alerts to their channels."""
    from onrecord.resolving import resolve as resolving
    from onrecord.store.index import up_to_date
    from onrecord.store.resolved import how_many_wait
    from onrecord.watching import deliver_all

    up_to_date(record)
    with record.reading() as transaction:
        total = how_many_wait(transaction)
    with counted("resolving") as step:
        for n, _ in enumerate(resolving(record), 1):
            step(n, max(n, total))
    for failure in deliver_all(record) or ():
        tell(failure)


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int], None]]:
    """What shows how many of how many are done, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with bar(what, "{task.completed:,.0f} of {task.total:,.0f}") as progress:
        task = progress.add_task("", total=1)
        yield lambda done, total: progress.update(task, completed=done, total=total)


COMMANDS: tuple[click.Command, ...] = (backfill, load)
