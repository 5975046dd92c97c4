"""What the commands share: options, the record that they open, and how they say what they found."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from onrecord.fetch.warc import Evidence
    from onrecord.settings import Settings
    from onrecord.store import Store


UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
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


as_json = click.option("--format", "style", type=click.Choice(["report", "json"]), default="report", show_default=True)
private = click.option("--allow-private", is_flag=True, help="Fetch from private and local addresses too.")
no_read = click.option("--no-read", is_flag=True, help="Parse and keep the pages; read them later with re-read.")
workers_option = click.option(
    "--workers", type=click.IntRange(0, 64), default=None, help="Processes that parse and read; by default one a core."
)
fast_option = click.option(
    "--fast", is_flag=True, help="Read with a smaller network, which misses a little more; or set ONRECORD_FAST=1."
)


def tell(line: str) -> None:
    """One line on standard error that cannot drive a terminal."""
    from onrecord.cli import plain

    click.echo(f"onrecord: {plain(line)}", err=True)


def told(error: Exception) -> click.ClickException:
    """An error of ours as the command line's: one line, exit status 1."""
    return click.ClickException(str(error))


def settings(allow_private: bool, fast: bool = False) -> Settings:
    """The settings of this run."""
    from msgspec.structs import replace

    from onrecord.settings import from_environment

    found = from_environment(os.environ)
    return replace(found, allow_private=allow_private, fast=fast or found.fast)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def home(context: click.Context) -> Path:
    """The folder of the record: --home, else the platform's data folder."""
    from pathlib import Path

    from platformdirs import user_data_dir

    return Path(context.obj["home"] or user_data_dir("onrecord", appauthor=False))


def open_record(context: click.Context) -> Store:
    """The record that the options before the command name, closed with the command. Raises SetupError."""
    from onrecord.store import open_store

    record = context.obj["record"] = context.with_resource(open_store(home(context), context.obj["db"]))
    return record


def open_evidence(context: click.Context, settings: Settings) -> Evidence:
    """The archive of the record that is open. Raises SetupError where the folder holds another's."""
    from onrecord.fetch.warc import Evidence
    from onrecord.store.belonging import belongs

    folder = home(context) / "evidence"
    if record := context.obj.get("record"):
        belongs(record, folder)
    return context.with_resource(Evidence(folder, settings))


def catch_up(record: Store, whole: bool) -> None:
    """Sets what waits beside what is on record, and brings alerts to their channels; says what could not be delivered."""
    from onrecord.upkeep import catch_up

    catch_up(record, whole, tell)


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


def short(when: str | None) -> str:
    """A moment to the minute, or "never"."""
    return when[:16].replace("T", " ") if when else "never"


def json_lines(items: Iterable[object]) -> None:
    """Nouns as JSON, one a line."""
    import msgspec

    for item in items:
        click.echo(msgspec.json.encode(item))
