"""The commands that keep a record safe: backup, restore."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from onrecord.cli_common import home, open_record, tell, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.backup import Manifest, Tell


@click.command(
    epilog="""
\b
Examples:
  onrecord backup /mnt/backups/              # a new file in a folder, named after the moment
  onrecord backup record.tar
"""
)
@click.argument("target", type=click.Path(), metavar="FILE|DIR")
@click.pass_context
def backup(context: click.Context, target: str) -> None:
    """Copy the whole record, evidence and all, into one file, while it is in use."""
    from pathlib import Path

    from onrecord import backup as backups
    from onrecord.errors import InputError, OnrecordError
    from onrecord.store.clock import now
    from onrecord.store.database import FILE

    try:
        if not context.obj["db"] and not (home(context) / FILE).exists():
            raise InputError(f"there is no record in {home(context)}")
        record = open_record(context)
        with progress() as shown:
            path, manifest = backups.backup(record, Path(target), now(), shown)
    except OnrecordError as error:
        raise told(error) from None
    tell(f"{path}: {contents(manifest)}")


@click.command(
    epilog="""
\b
Examples:
  onrecord restore record.tar --home /srv/onrecord
  onrecord restore record.tar --home /srv/onrecord --db postgresql://onrecord@db/new
"""
)
@click.argument("source", type=click.Path(), metavar="FILE")
@click.option("--home", "folder", metavar="DIR", help="The folder of the new record; also as the option before the command.")  # fmt: skip
@click.option("--db", metavar="URL", help="An empty PostgreSQL database, for a record that was on PostgreSQL.")
@click.pass_context
def restore(context: click.Context, source: str, folder: str | None, db: str | None) -> None:
    """Make a new record of a backup, once all of it has been checked."""
    from pathlib import Path

    from onrecord import backup as backups
    from onrecord.errors import OnrecordError

    new = Path(folder).absolute() if folder else home(context).absolute()
    try:
        with progress() as shown:
            manifest = backups.restore(Path(source), new, db or context.obj["db"], shown)
    except OnrecordError as error:
        raise told(error) from None
    tell(f"{new}: {contents(manifest)}, as of {manifest.made}")


def contents(manifest: Manifest) -> str:
    """What a backup holds, in words."""
    size = sum(file.size for file in manifest.files)
    articles = f"{manifest.articles:,} article{'' if manifest.articles == 1 else 's'}"
    return f"{articles}, {len(manifest.files)} files, {size / 1e6:,.1f} MB"


@contextmanager
def progress() -> Iterator[Tell]:
    """Shows on a terminal how far the work is."""
    from onrecord.backup import quiet

    if not sys.stderr.isatty():
        yield quiet
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda what, done, whole: shown.update(task, description=what, completed=done, total=whole)


COMMANDS = (backup, restore)
