"""The manual page, made from the commands themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from onrecord import __version__

NAME = "onrecord \\- reads the news and keeps the record: who said what, through whom, and how firmly"
EXIT = (("0", "All is well."), ("1", "Some input failed, or something was not found or is not right."), ("2", "The command was not understood."))  # fmt: skip
ENVIRONMENT = (
    ("ONRECORD_HOME", "The folder of the record, as --home."),
    ("ONRECORD_DB", "The PostgreSQL URL of the record's database, as --db."),
    ("ONRECORD_CONTACT", "An address where webmasters find who is asking; please set it when you follow."),
    ("ONRECORD_USER_AGENT", "What onrecord calls itself to web servers."),
    ("ONRECORD_PACE", "Seconds between two requests to one host, 1 by default."),
    ("ONRECORD_THREADS", "Threads of the network that reads, 1 by default."),
)
FILES = (
    ("onrecord.db", "The database, in the folder of the record; its views are made to be looked at with other tools."),
    ("evidence/*.warc.gz", "The archived bytes of every page, in the folder of the record."),
)


def page(root: click.Command) -> str:
    """The manual page in the language of man(7)."""
    assert isinstance(root, click.Group)
    context = click.Context(root, info_name="onrecord")
    return "\n".join(lines(root, context)) + "\n"


def lines(root: click.Group, context: click.Context) -> Iterator[str]:
    """Its lines."""
    yield f'.TH ONRECORD 1 "" "onrecord {__version__}" "User Commands"'
    yield from (".nh", ".ad l")  # options are not to be broken
    yield from (".SH NAME", NAME, ".SH SYNOPSIS", ".B onrecord", "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGS\\fR]...")
    yield from (".SH DESCRIPTION", *text(root.help or ""))
    yield from (".SH OPTIONS", *options(root, context))
    yield ".SH COMMANDS"
    for name in sorted(root.commands):
        yield from command(root.commands[name], context, name)
    for title, table in (("EXIT STATUS", EXIT), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield f".SH {title}"
        for term, about in table:
            yield from (".TP", f".B {escaped(term)}", escaped(about))
    yield from (".SH SEE ALSO", ".BR sqlite3 (1)")


def command(found: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    """One command, and those below it."""
    if found.hidden:
        return
    context = click.Context(found, info_name=name, parent=parent)
    if isinstance(found, click.Group):
        for below in sorted(found.commands):
            yield from command(found.commands[below], context, below)
        return
    arguments = [escaped(p.make_metavar(context)) for p in found.params if isinstance(p, click.Argument)]
    yield f".SS {' '.join([escaped(context.command_path), *arguments])}"
    yield from text(found.help or "")
    yield from options(found, context)
    yield from examples(found.epilog or "")


def text(words: str) -> Iterator[str]:
    """Paragraphs."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(words))
    for n, paragraph in enumerate(paragraphs):
        if n:
            yield ".PP"
        yield escaped(" ".join(paragraph.replace("\b", "").split()))


def options(found: click.Command, context: click.Context) -> Iterator[str]:
    """The options of a command, each with what it means."""
    for parameter in found.params:
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record:
            named = record[0].replace("INTEGER RANGE", "N").replace("INTEGER", "N")
            yield from (
                ".TP",
                ".B " + escaped(named).replace("|", "|\\:"),
                escaped(" ".join(record[1].split())) or "\\&",
            )


def examples(epilog: str) -> Iterator[str]:
    """The examples below a command's help, as they stand."""
    shown = [line for line in epilog.replace("\b", "").splitlines() if line.strip()]
    if shown:
        head, *rest = (line.rstrip() for line in shown)
        yield from (".PP", escaped(head.strip()), ".PP", ".nf", *(escaped(line) for line in rest), ".fi")


def escaped(words: str) -> str:
    """Words as troff prints them letter by letter."""
    plain = words.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain[:1] in (".", "'") else plain
