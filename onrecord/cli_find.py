"""The commands that find things in a record and look after it: search, show, verify, re-read, forget."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli_common import (
    WORKER_LIMIT,
    as_json,
    cores,
    fast_option,
    json_lines,
    open_evidence,
    open_record,
    settings,
    tell,
    told,
    workers_option,
)

if TYPE_CHECKING:
    from onrecord.model import Hit, Kept, Shown
    from onrecord.store import Store

SHORT = 12  # characters of an id that are shown; show takes them
KINDS = ("direct", "mixed", "indirect")
CERTAINTIES = ("CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu")


@click.command(
    epilog="""
\b
Examples:
  onrecord search "harbour levy" --speaker Karvonen --since 2031-05-01
  onrecord search '"call-up" OR mobilisation -drill' --kind direct
  onrecord search ministry --in source
"""
)
@click.argument("words", nargs=-1, metavar="WORDS...")
@click.option("--in", "where", type=click.Choice(["content", "source", "article"]), default="content", show_default=True, help="What is searched.")  # fmt: skip
@click.option("--speaker", metavar="NAME", help="Only what this speaker said: words of the name.")
@click.option("--outlet", metavar="NAME", help="Only in this outlet: its name or domain.")
@click.option("--since", metavar="DAY", help="Only from this day on (2031-05-14).")
@click.option("--until", metavar="DAY", help="Only up to this day.")
@click.option("--kind", type=click.Choice(KINDS), help="Only quotations of this kind.")
@click.option("--certainty", type=click.Choice(CERTAINTIES, case_sensitive=False), help="Only what was said so firmly.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0, help="Leave out so many of the first.")
@as_json
@click.pass_context
def search(context: click.Context, /, words: tuple[str, ...], style: str, **filters: object) -> None:
    """Search what was said, by whom, or whole articles: words, "phrases", -words and OR; the words are shown in context."""
    from onrecord import store as keep
    from onrecord.errors import OnrecordError

    try:
        found = keep.search(open_record(context), " ".join(words), **filters)  # type: ignore[arg-type]
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
        return
    for hit in found:
        show_hit(hit)
    if not found:
        tell("nothing was found; try fewer words, or --in article")


def show_hit(hit: Hit) -> None:
    """A find for people: who, in which words, where, and the id that show takes."""
    from rich.console import Console
    from rich.text import Text

    from onrecord.cli import plain

    line = Text()
    for at, character in enumerate(hit.words, hit.context[0]):
        inside = any(start <= at < end for start, end in hit.hits)
        line.append(" " if character == "\n" else plain(character), style="bold reverse" if inside else "")
    details = (hit.outlet, hit.published[:10] if hit.published else None, hit.kind, hit.certainty, hit.title)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 10_000)
    console.print(
        Text(plain(hit.speaker or "nobody named"), style="bold")
        if hit.attribution
        else Text(plain(hit.title or ""), style="bold")
    )
    console.print(Text("  ") + line)
    console.print(Text("  " + " · ".join(plain(d) for d in details if d), style="dim"))
    console.print(Text(f"  {(hit.attribution or hit.article)[:SHORT]}  {plain(hit.url or '')}", style="dim"))
    console.print()


@click.command()
@click.argument("id")
@click.option("--bytes", "raw", is_flag=True, help="Write the archived bytes themselves to standard output.")
@as_json
@click.pass_context
def show(context: click.Context, id: str, raw: bool, style: str) -> None:
    """Walk any record back to its bytes: its exact words, its article, the archived page and where that lies."""
    from onrecord import store as keep
    from onrecord.errors import OnrecordError

    try:
        record = open_record(context)
        found = keep.show(record, id)
        evidence = open_evidence(context, settings(False))
        captures = [(kept, body_of(evidence.read, kept)) for kept in found.captures]
        changes = changes_of(record, found)
    except OnrecordError as error:
        raise told(error) from None
    if raw:
        body = next((body for _, body in captures if isinstance(body, bytes)), None)
        if body is None:
            raise click.ClickException(f"the bytes of {id} are not in the evidence")
        sys.stdout.buffer.write(body)
    elif style == "json":
        json_lines([found])
    else:
        show_record(found, captures, changes)
    context.exit(0 if all(isinstance(body, bytes) for _, body in captures) else 1)


def changes_of(record: Store, found: Shown) -> list[tuple[str, str]]:
    """What the page said before this version and says now, for an article or a finding of a silent edit."""
    from itertools import pairwise

    from onrecord import store as keep

    article = found.article
    if article is None or found.noun not in ("article", "finding") or not (article.canonical_url or article.url):
        return []
    said = []
    for (old, _), (new, edit) in pairwise(keep.versions(record, str(article.canonical_url or article.url))):
        if edit and new.id == article.id:
            said += [(old.text[a:b], new.text[c:d]) for (a, b), (c, d) in edit.changes]
    return said


def body_of(read: object, kept: Kept) -> bytes | str:
    """The archived bytes, or why they cannot be had."""
    from onrecord.errors import OnrecordError

    try:
        body: bytes = read(kept).body  # type: ignore[operator]
    except OnrecordError as error:
        return str(error)
    return body


def show_record(found: Shown, captures: list[tuple[Kept, bytes | str]], changes: list[tuple[str, str]]) -> None:
    """A record for people, from its words down to its bytes."""
    from onrecord.cli import plain

    rows = [("record", f"{found.noun} {found.id}"), ("words", found.words)]
    rows += [(k, str(v)) for k, v in found.record.items() if k in ("kind", "act", "certainty", "negated", "confidence", "name", "type", "role", "value", "comparator", "unit", "note")]  # fmt: skip
    rows += [("at", ", ".join(f"{s}-{e}" for s, e in found.spans)), ("reading", found.reading)]
    if found.reader:
        rows.append(("read by", f"{found.reader.name} {found.reader.version}"))
    if found.article:
        published = (
            f"{found.article.published.value} ({found.article.published.evidence})" if found.article.published else None
        )
        rows += [
            ("article", found.article.id),
            ("title", found.article.title),
            ("published", published),
            ("address", found.article.url),
        ]
    for before, after in changes:
        rows += [("it said", before or "(nothing)"), ("it says", after or "(nothing)")]
    for kept, body in captures:
        rows += [
            ("capture", kept.digest),
            ("fetched", kept.fetched),
            ("lies in", f"{kept.file}, bytes {kept.offset} to {kept.offset + kept.length}"),
        ]
        rows.append(("checked", "the bytes are there, and hash to their digest" if isinstance(body, bytes) else body))
    for name, value in rows:
        if value:
            click.echo(f"{name:>10}  {plain(' '.join(value.split()))}")


@click.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """Re-check every hash and every span of the record, and that every record of the evidence can be read."""
    from onrecord import store as keep
    from onrecord.cli import plain
    from onrecord.cli_common import home
    from onrecord.errors import OnrecordError
    from onrecord.fetch.warc import check
    from onrecord.model import Failure

    problems = 0
    try:
        record, evidence = open_record(context), open_evidence(context, settings(False))
        for problem in keep.verify(record, lambda kept: evidence.read(kept).body):
            problems += 1
            click.echo(plain(f"{problem.noun} {problem.id}: {problem.what}"))
        for found in check(home(context) / "evidence"):
            if isinstance(found, Failure):
                problems += 1
                click.echo(plain(f"evidence {found.input}: {found.reason}"))
    except OnrecordError as error:
        raise told(error) from None
    tell(
        f"{problems} problem{'' if problems == 1 else 's'} found" if problems else "every hash and every span is right"
    )
    context.exit(1 if problems else 0)


@click.command("re-read")
@click.option("--all", "everything", is_flag=True, help="Also what this reader in this version has read.")
@workers_option
@fast_option
@click.pass_context
def re_read(context: click.Context, everything: bool, workers: int | None, fast: bool) -> None:
    """Read the record's articles with the readers of this version; older readings are kept apart."""
    import asyncio

    from onrecord import store as keep
    from onrecord.errors import OnrecordError
    from onrecord.follow import Road, read_again
    from onrecord.readers import current
    from onrecord.workers import answers
    from onrecord.workers import workers as made

    try:
        chosen = settings(False, fast)
        record, evidence = open_record(context), open_evidence(context, chosen)
        with made(cores() if workers is None else workers, WORKER_LIMIT, answers(chosen.fast)) as pool:
            road = Road(record, evidence, pool, tell=tell)
            wanted = keep.to_re_read(record, *(() if everything else current(chosen.fast)))
            done, failed = asyncio.run(read_again(road, wanted))
    except OnrecordError as error:
        raise told(error) from None
    tell(f"{done} article{'' if done == 1 else 's'} read, {failed} failed")
    context.exit(1 if failed else 0)


@click.command()
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def forget(context: click.Context, id: str, yes: bool) -> None:
    """Remove an article and all that was made of it, its archived bytes too. It is never fetched again."""
    from onrecord import store as keep
    from onrecord.cli import plain
    from onrecord.errors import OnrecordError

    try:
        record, evidence = open_record(context), open_evidence(context, settings(False))
        article = keep.show(record, id).article
        if article is None:
            raise click.ClickException(f"{id} belongs to no article")
        name = plain(article.title or article.url or article.id)
        if not yes:
            click.confirm(f"Forget {name!r} and all that was made of it, for good?", abort=True, err=True)
        for kept in keep.forget(record, article.id):
            evidence.erase(kept)
    except OnrecordError as error:
        raise told(error) from None
    tell(f"forgotten: {name}")


COMMANDS = (search, show, verify, re_read, forget)
