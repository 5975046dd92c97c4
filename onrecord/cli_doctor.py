"""The command that checks an installation: doctor."""

from __future__ import annotations

import os

import click

from onrecord.cli_common import as_json, home, json_lines, tell


@click.command()
@as_json
@click.pass_context
def doctor(context: click.Context, style: str) -> None:
    """Check this installation and the record, and say what to mend. Nothing is changed; exit status 1 where something does not work."""
    from onrecord.cli import plain
    from onrecord.doctor import Check, Place, examine

    found: list[Check] = []
    for check in examine(Place(home(context), context.obj["db"], os.environ)):
        found.append(check)
        if style == "json":
            json_lines([check])
            continue
        colour = {"ok": "green", "warn": "yellow", "mend": "red"}[check.state]
        click.echo(f"{click.style(f'{check.state:<4}', fg=colour)}  {check.name:<11}  {plain(check.words)}")
        if check.how:
            click.echo(f"{'':17}  {plain(check.how)}")
    broken, doubtful = (sum(c.state == state for c in found) for state in ("mend", "warn"))
    if style != "json":
        tell(f"{broken} to mend, {doubtful} to look at" if broken or doubtful else "nothing to mend")
    context.exit(1 if broken else 0)


COMMANDS = (doctor,)
