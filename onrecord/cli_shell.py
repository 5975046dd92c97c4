"""The commands for the shell: completion, man; and what is offered while a command is being typed.

What is offered comes from the record where that is cheap: from SQLite, read only, with a bound on the time; whatever goes wrong, nothing is offered.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")
PATIENCE = 0.3  # seconds; who presses a key does not want to wait
MOST = 30  # words that are offered
SHORT = 12  # characters of an id
WHERE = {  # shell: how its completion is switched on
    "bash": "onrecord completion bash > ~/.local/share/bash-completion/completions/onrecord",
    "zsh": "onrecord completion zsh > ~/.zfunc/_onrecord    # with: fpath+=~/.zfunc; autoload -Uz compinit; compinit",
    "fish": "onrecord completion fish > ~/.config/fish/completions/onrecord.fish",
}

Offer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


@click.command(epilog="\b\nExamples:\n" + "\n".join(f"  {line}" for line in WHERE.values()))
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that completes onrecord's commands, options, ids and names in a shell."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    script = made(context.find_root().command, {}, "onrecord", "_ONRECORD_COMPLETE")
    click.echo(script.source_template % script.source_vars())  # source() would look for the shell first


@click.command()
@click.pass_context
def man(context: click.Context) -> None:
    """Print the manual page, for man: onrecord man | man -l -."""
    from onrecord.manual import page

    click.echo(page(context.find_root().command), nl=False)


def rows(context: click.Context, sql: str, *values: object) -> list[tuple[str, str]]:
    """What the record answers, each with a word about it. Any trouble is an empty answer."""
    import sqlite3
    import time
    from contextlib import closing
    from pathlib import Path

    from platformdirs import user_data_dir

    given = context.find_root().params.get("home") or os.environ.get("ONRECORD_HOME")
    path = Path(given or user_data_dir("onrecord", appauthor=False)).expanduser() / "onrecord.db"
    until = time.monotonic() + PATIENCE
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as connection:
        connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
        return [(str(a), str(b or "")) for a, b in connection.execute(sql, values)]


def offered(found: Callable[[click.Context, str], Iterator[tuple[str, str]]]) -> Offer:
    """An answer to the shell, from pairs of a word and what it stands for; never an error."""

    def offer(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            return [CompletionItem(word, help=one_line(about)) for word, about in found(context, begun)]
        except Exception:  # a shell in which a key was pressed is no place for an error
            return []

    return offer


def one_line(about: str) -> str | None:
    """A word about a word, for the shell: what goes to fish is parted at commas, so another mark that looks like one is given."""
    return " ".join(about.replace(",", "\N{SINGLE LOW-9 QUOTATION MARK}").split()) or None


def ids(table: str, title: str, condition: str = "1") -> Offer:
    """The ids of a table that begin as what was typed, or those of its newest rows."""
    sql = f"SELECT substr(id, 1, {SHORT}), {title} FROM {table} WHERE {condition}"

    def found(context: click.Context, begun: str) -> Iterator[tuple[str, str]]:
        if not begun:
            return iter(rows(context, f"{sql} ORDER BY row DESC LIMIT {MOST}"))
        return iter(rows(context, f"{sql} AND id >= ? AND id < ? LIMIT {MOST}", begun.lower(), begun.lower() + "g"))

    return offered(found)


@offered
def names(context: click.Context, begun: str) -> Iterator[tuple[str, str]]:
    """Words of the names of those who are told of most: a shell parts what it is given at spaces."""
    sql = f"SELECT name, '' FROM actors WHERE same_as IS NULL AND (name LIKE ? OR name LIKE ?) ORDER BY articles DESC LIMIT {4 * MOST}"  # fmt: skip
    seen: dict[str, str] = {}
    for name, _ in rows(context, sql, f"{begun}%", f"% {begun}%"):
        for word in reversed(name.split()):
            if word.lower().startswith(begun.lower()) and word[:1].isalnum():
                seen.setdefault(word, name)
                break
    return iter(list(seen.items())[:MOST])


@offered
def outlets(context: click.Context, begun: str) -> Iterator[tuple[str, str]]:
    """The domains of outlets."""
    sql = f"SELECT DISTINCT domain, name FROM outlets WHERE domain LIKE ? AND domain <> '' ORDER BY domain LIMIT {MOST}"
    return iter(rows(context, sql, f"{begun}%"))


@offered
def readers(context: click.Context, begun: str) -> Iterator[tuple[str, str]]:
    """The readers that are installed."""
    from onrecord.readers import current

    return ((r.name, f"version {r.version}") for r in current() if r.name.startswith(begun))


def paths(kind: str) -> Offer:
    """Files or folders, which the shell knows better."""

    def offer(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(begun, type=kind)]

    return offer


@offered
def tables(context: click.Context, begun: str) -> Iterator[tuple[str, str]]:
    """The tables that an export is of."""
    from onrecord.export.formats import TABLES

    return ((name, "") for name in TABLES if name.startswith(begun.lower()))


STORIES = ids("stories", "title", condition="merged_into IS NULL")
ARTICLES = ids("articles", "title")
INDICATORS = ids("indicators", "name", condition="removed IS NULL")
CONDITIONS = ids("conditions", "if_words")
OFFERS: dict[tuple[str, ...], Offer] = {  # the command, and the name of its parameter
    ("home",): paths("dir"),
    ("read", "inputs"): paths("file"),
    ("read", "reader"): readers,
    ("add", "inputs"): paths("file"),
    ("add", "reader"): readers,
    ("follow", "addresses"): paths("file"),
    ("search", "speaker"): names,
    ("search", "outlet"): outlets,
    ("failures", "outlet"): outlets,
    ("grade", "outlet"): outlets,
    ("show", "id"): ARTICLES,
    ("forget", "id"): ARTICLES,
    ("diff", "ids"): ARTICLES,
    ("story", "id"): STORIES,
    ("who", "name"): names,
    ("judge", "ids"): ids("actors", "name"),
    ("export", "story"): STORIES,
    ("export", "speaker"): names,
    ("export", "articles"): ARTICLES,
    ("export", "table"): tables,
    ("export", "output"): paths("file"),
    ("backfill", "paths"): paths("file"),
    ("restore", "folder"): paths("dir"),
    ("indicator", "add", "condition"): CONDITIONS,
    ("indicator", "show", "id"): INDICATORS,
    ("indicator", "remove", "id"): INDICATORS,
    ("indicator", "test", "words"): INDICATORS,
}


def offer_all(root: click.Group) -> None:
    """Gives each parameter above what is offered for it."""
    for (*path, name), offer in OFFERS.items():
        command: click.Command = root
        for word in path:
            assert isinstance(command, click.Group)
            command = command.commands[word]
        parameter = next(p for p in command.params if p.name == name)
        parameter._custom_shell_complete = offer  # where click keeps what is given as shell_complete


COMMANDS = (completion, man)
