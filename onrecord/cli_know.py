"""The commands that answer what many articles say together: stories, story, who, changes, diff, judge, grade."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from onrecord.cli_common import as_json, json_lines, open_record, short, table, tell, told
from onrecord.wording import KINDS, changed, counted, interval, plural

if TYPE_CHECKING:
    from onrecord.knowledge import ActorView, ChangeLine, Claim, Coverage, Standing, StoryView
    from onrecord.store import Store

SHORT = 12  # characters of an id that are shown
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?)?\Z")
BACK = re.compile(r"([0-9]{1,6})([dh])$")  # a number of days or hours


def caught_up(context: click.Context) -> Store:
    """The record with everything in it resolved. Raises SetupError."""
    from onrecord.resolving import resolve

    record = open_record(context)
    done = sum(1 for _ in resolve(record))
    if done:
        tell(f"{done} article{'' if done == 1 else 's'} set beside the others")
    return record


def since_moment(value: str | None, newest: str | None) -> str | None:
    """A moment from "yesterday", "2d", "12h" or a day; counted back from the newest article. Raises InputError."""
    from datetime import datetime, timedelta

    from onrecord.errors import InputError

    if value is None or DAY.match(value):
        return value
    hours = {"today": 0, "yesterday": 24}.get(value)
    if counted := BACK.match(value):
        hours = int(counted[1]) * (24 if counted[2] == "d" else 1)
    if hours is None:
        raise InputError(f"{value!r} is no moment; give yesterday, 2d, 12h or a day such as 2031-05-14")
    if newest is None:
        return None
    at = datetime.fromisoformat(newest) - timedelta(hours=hours)
    return at.strftime("%Y-%m-%dT00:00:00Z" if value in ("today", "yesterday") else "%Y-%m-%dT%H:%M:%SZ")


since_option = click.option("--since", metavar="WHEN", help="yesterday, 2d, 12h or a day; counted back from the newest article.")  # fmt: skip


@click.command()
@since_option
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@as_json
@click.pass_context
def stories(context: click.Context, since: str | None, limit: int, style: str) -> None:
    """What is going on: the stories, those that changed most first."""
    from onrecord.errors import OnrecordError
    from onrecord.store import knowing

    try:
        record = caught_up(context)
        found = knowing.stories(record, since_moment(since, knowing.newest(record)), limit)
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
    elif not found:
        tell(
            "nothing is in the record yet; `onrecord follow` or `onrecord add` puts it there, `onrecord demo` shows how it looks"
        )
    else:
        rows = ((s.id[:SHORT], s.title or "", counted(s), f"{s.articles} by {s.outlets}", short(s.last), changed(s)) for s in found)  # fmt: skip
        table(rows, "story", "headline", "origins", "articles, outlets", "last", "changed")


@click.command()
@click.argument("id")
@click.option("--claims", is_flag=True, help="Show every claim of each account.")
@click.option("--limit", type=click.IntRange(1), default=25, show_default=True, help="How many accounts.")
@as_json
@click.pass_context
def story(context: click.Context, id: str, claims: bool, limit: int, style: str) -> None:
    """One story: its timeline and its accounts; who says so, through whom, and what is denied."""
    from onrecord.errors import OnrecordError
    from onrecord.store import knowing

    try:
        record = caught_up(context)
        found = knowing.story(record, id) if style == "json" else knowing.story(record, id, limit)
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines([found])
    else:
        show_story(found, claims)


def show_story(view: StoryView, claims: bool) -> None:
    """A story for people."""
    from rich.console import Console
    from rich.text import Text

    from onrecord.cli import plain

    console, s = Console(highlight=False), view.story
    console.print(Text(plain(s.title or s.id), style="bold"))
    console.print(Text(f"{s.id[:SHORT]} · {plural(s.articles, 'article')} by {plural(s.outlets, 'outlet')} · {counted(s)} · {short(s.first)} to {short(s.last)}", style="dim"))  # fmt: skip
    console.print(Text("\nTimeline", style="bold"))
    for c in view.coverage:
        console.print(Text(f"  {short(c.moment)}  {plain(c.outlet or 'unknown outlet')}: ") + Text(plain(c.title or "")) + Text(coverage_note(c), style="dim"))  # fmt: skip
    console.print(Text("\nAccounts", style="bold"))
    for a in view.accounts:
        console.print(Text(f"  {a.admiralty}  ", style="bold") + Text(" ".join(plain(a.words).split())))
        console.print(Text(f"      {standing_note(a)}", style="dim"))
        for claim in a.claims if claims else ():
            console.print(Text(f"      {claim_note(claim)}"))
    if view.told > len(view.accounts):
        console.print(Text(f"  and {view.told - len(view.accounts)} more; --limit {view.told} shows all", style="dim"))


def coverage_note(c: Coverage) -> str:
    """Whose word an article carries, where it is not its own."""
    from onrecord.cli import plain

    if c.copy_of:
        return f"  ({'copy' if c.copy_kind == 'whole' else 'holds the text'} of {c.copy_of[:SHORT]}, {plain(c.origin.name)})"  # fmt: skip
    return f"  ({plain(c.origin.name)})" if c.origin.kind == "agency" else ""


def standing_note(a: Standing) -> str:
    """Range, voices and counts of an account."""
    from onrecord.cli import plain

    parts = [f"{a.kind}", f"{plural(a.origins, 'origin')}, {plural(a.articles, 'article')}"]
    if a.low is not None or a.high is not None:
        parts.append(interval(a.low, a.high))
    voices = (("says", a.asserted_by), ("less firmly", a.hedged_by), ("denies", a.denied_by))
    parts += [f"{verb}: {', '.join(names[:4])}" for verb, names in voices if names]
    return plain(" · ".join([*parts, a.reason, f"{short(a.first)} to {short(a.last)}" if a.first != a.last else short(a.first)]))  # fmt: skip


def claim_note(c: Claim) -> str:
    """One claim in one line."""
    from onrecord.cli import plain
    from onrecord.resolve.changes import denies

    negative = (
        c.kind == "statement" and c.stance == "denies" and not denies(c)
    )  # "says: there will be no …" denies nothing twice
    says = "says" if negative else {"asserts": "says", "denies": "denies", "hedges": "thinks it possible"}[c.stance]
    who = c.speaker_name or c.origin.name
    words = " ".join(plain(c.words).split())
    return f"{short(c.moment)} {plain(c.outlet or '')} · {plain(who)} {says}: {words[:140]} [{c.id[:SHORT]}]"


@click.command()
@click.argument("name", nargs=-1, required=True)
@as_json
@click.pass_context
def who(context: click.Context, name: tuple[str, ...], style: str) -> None:
    """All that somebody said over time, with changes of position."""
    from onrecord.errors import OnrecordError
    from onrecord.store import knowing

    try:
        found = knowing.who(caught_up(context), " ".join(name))
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
    else:
        for view in found:
            show_actor(view)


def show_actor(view: ActorView) -> None:
    """Somebody for people."""
    from rich.console import Console
    from rich.text import Text

    from onrecord.cli import plain

    console = Console(highlight=False)
    about = ", ".join(filter(None, (view.type, *view.roles[:2], *view.countries[:2])))
    console.print(Text(plain(view.name), style="bold") + Text(f"  {plain(about)} · in {plural(view.articles, 'article')} · {view.id[:SHORT]}", style="dim"))  # fmt: skip
    others = [n for n in view.names if n != view.name]
    if others:
        console.print(Text(f"  also written {', '.join(map(plain, others[:6]))}", style="dim"))
    for words in view.reversals:
        console.print(Text("  change of position: ", style="bold") + Text(plain(words)))
    for claim in view.claims:
        console.print(Text(f"  {claim_note(claim)}"))
    console.print()


@click.command()
@since_option
@click.option("--kind", "kinds", type=click.Choice(list(KINDS)), multiple=True, help="Only this kind; may be given again.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 10000), default=200, show_default=True)
@as_json
@click.pass_context
def changes(context: click.Context, since: str | None, kinds: tuple[str, ...], limit: int, style: str) -> None:
    """What changed: denials, reversals, confirmations, figures that moved, silent edits, misquotes, and what is new."""
    from onrecord.errors import OnrecordError
    from onrecord.store import knowing

    try:
        record = caught_up(context)
        found = knowing.changes(
            record, since_moment("yesterday" if since is None else since, knowing.newest(record)), kinds, limit
        )
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
    elif not found:
        tell("nothing changed since then")
    else:
        show_changes(found)


def show_changes(found: Iterable[ChangeLine]) -> None:
    """Changes for people, by story, the most consequential first."""
    from rich.console import Console
    from rich.text import Text

    from onrecord.cli import plain

    console, order = Console(highlight=False), list(KINDS)
    grouped: dict[str, list[ChangeLine]] = {}
    for change in found:
        grouped.setdefault(change.story_title or "in no story", []).append(change)
    for title, some in grouped.items():
        console.print(Text(plain(title), style="bold"))
        for c in sorted(some, key=lambda c: order.index(c.kind)):
            console.print(Text(f"  {KINDS[c.kind]}: ", style="bold") + Text(plain(c.words)))
            where = f"      {short(c.moment)} {plain(c.outlet or '')} · {plain(c.url or c.article[:SHORT])}"
            console.print(
                Text(where, style="dim"), soft_wrap=True
            )  # an address is broken nowhere, so that it can be copied


@click.command()
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@as_json
@click.pass_context
def conditions(context: click.Context, words: tuple[str, ...], limit: int, style: str) -> None:
    """Conditions that were read (“if recruitment exceeds …”), the newest first; `indicator add --from ID` arms one."""
    from onrecord.errors import OnrecordError
    from onrecord.store import knowing

    try:
        found = knowing.conditions(open_record(context), words, limit)
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
    elif not found:
        tell("no condition was read" + (" with these words" if words else " yet"))
    else:
        rows = ((c.id[:SHORT], c.kind, c.if_words, c.then_words, c.said_by or "", c.outlet or "") for c in found)
        table(rows, "condition", "kind", "if", "then", "says", "outlet")


@click.command()
@click.argument("ids", nargs=2, metavar="ID ID")
@as_json
@click.pass_context
def diff(context: click.Context, ids: tuple[str, str], style: str) -> None:
    """Two articles word by word: versions of one page, or two outlets' copies."""
    from onrecord.errors import OnrecordError
    from onrecord.store import knowing

    try:
        found = knowing.difference(open_record(context), *ids)
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines([found])
        return
    from rich.console import Console
    from rich.text import Text

    from onrecord.cli import plain

    console = Console(highlight=False)
    console.print(Text(f"- {plain(found.old_name)}\n+ {plain(found.new_name)}", style="dim"))
    for kind, words in found.pieces:
        shown = Text(plain(" ".join(words.split())))
        shown.stylize({"same": "dim", "old": "red strike", "new": "green bold"}[kind])
        console.print({"same": "  ", "old": "- ", "new": "+ "}[kind], end="")
        console.print(shown)


@click.command()
@click.argument("verdict", type=click.Choice(["same", "different", "unsure", "undo"]))
@click.argument("ids", nargs=2, metavar="ID ID")
@click.option("--by", default=None, help="Who judges; by default the user's name.")
@click.option("--reason", default="", help="Why.")
@click.pass_context
def judge(context: click.Context, verdict: str, ids: tuple[str, str], by: str | None, reason: str) -> None:
    """Say that two people, organisations or outlets are the same or not; undo takes it back. What you say outranks the machine."""
    from onrecord.errors import OnrecordError
    from onrecord.store import judging

    try:
        record = caught_up(context)
        names = judging.judge(record, verdict, *ids, by=by or getpass.getuser(), reason=reason)
    except OnrecordError as error:
        raise told(error) from None
    tell(f"{names[0]} and {names[1]}: {'your judgement is taken back' if verdict == 'undo' else verdict}")


@click.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@as_json
@click.pass_context
def judgements(context: click.Context, limit: int, style: str) -> None:
    """The questions that only a person can settle: are these two the same? The most useful first."""
    from onrecord.errors import OnrecordError
    from onrecord.store import judging

    try:
        found = judging.questions(caught_up(context), limit)
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
    elif not found:
        tell("no question is open")
    else:
        table(((q.left[:SHORT], q.left_name, q.right[:SHORT], q.right_name, f"{q.score:.2f}", q.reason) for q in found), "one", "called", "other", "called", "same?", "why")  # fmt: skip


@click.command()
@click.argument("outlet")
@click.argument("letter", type=click.Choice(list("ABCDEF")))
@click.pass_context
def grade(context: click.Context, outlet: str, letter: str) -> None:
    """Grade how reliable an outlet is, from A (completely) to E (not), or F (cannot be judged)."""
    from onrecord.errors import OnrecordError
    from onrecord.store import grades
    from onrecord.store.clock import now

    try:
        grades.grade(open_record(context), outlet, letter, getpass.getuser(), now())
    except OnrecordError as error:
        raise told(error) from None
    tell(f"{outlet} is graded {letter}")


COMMANDS = (stories, story, who, changes, conditions, diff, judge, judgements, grade)
