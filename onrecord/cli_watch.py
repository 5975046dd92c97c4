"""The commands that watch: indicator add, list, show, test, remove; alerts; channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.cli_common import as_json, json_lines, open_record, short, table, tell, told
from onrecord.cli_know import SHORT, caught_up, since_moment

if TYPE_CHECKING:
    from onrecord.knowledge import Alert
    from onrecord.store import Store
    from onrecord.store.indicators import Armed
    from onrecord.watch.indication import Sighting
    from onrecord.watch.indicator import Indicator


@click.group()
def indicator() -> None:
    """Questions that are armed: what would have to be reported for you to be told."""


@indicator.command(
    epilog="""
\b
Examples:
  onrecord indicator add "figure > 5000 people of recruitment by Belmark"
  onrecord indicator add --from 3f9c2a71b0de        # a condition that was read, by its id
  onrecord indicator add "growth 5 origins in 3 days of ferry"
"""
)
@click.argument("words", nargs=-1)
@click.option("--from", "condition", metavar="ID", help="Make it from this condition, so that its own “if” come true is the question.")  # fmt: skip
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False), help="Read definitions from a TOML file.")
@click.option("--name", help="What to call it.")
@click.pass_context
def add(
    context: click.Context, words: tuple[str, ...], condition: str | None, file: str | None, name: str | None
) -> None:
    """Arm a question, in words or straight from a condition that was read; what is on record already counts as well."""
    from onrecord import arming
    from onrecord.errors import OnrecordError

    if sum(map(bool, (words, condition, file))) != 1:
        raise click.UsageError("give the definition in words, or --from ID, or --file FILE")
    try:
        record = caught_up(context)
        for made in wanted(record, " ".join(words), condition, file, name):
            arming.arm(record, made)
            show_armed(record, made)
        deliver_alerts(record)
    except OnrecordError as error:
        raise told(error) from None


def wanted(record: Store, words: str, condition: str | None, file: str | None, name: str | None) -> list[Indicator]:
    """The indicators that the options ask for. Raises InputError."""
    from pathlib import Path

    from onrecord import arming
    from onrecord.errors import InputError
    from onrecord.watch import definition

    if file:
        try:
            return definition.from_toml(Path(file).read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            raise InputError(f"{file} is no text in UTF-8") from None
    return [arming.from_condition(record, condition, name) if condition else definition.from_words(words, name)]


def show_armed(record: Store, made: Indicator) -> None:
    """What was armed, with what was inferred, and what the record says to it already."""
    from onrecord.store import indicators
    from onrecord.watch.indicator import described

    with record.reading() as transaction:
        armed = indicators.get(transaction, made.id)
    tell(f"armed {made.id[:SHORT]}: {described(made.test)}")
    for inferred in made.armed.inferred if made.armed else ():
        tell(f"  inferred: {inferred}")
    tell(f"  {armed.state}: {armed.why}")


def deliver_alerts(record: Store) -> None:
    """Sends what was not sent yet; what fails is said and tried again next time."""
    from onrecord import watching

    for failure in watching.deliver_all(record) or ():
        tell(failure)


@indicator.command(name="list")
@as_json
@click.pass_context
def list_(context: click.Context, style: str) -> None:
    """The questions that are armed, and how each stands."""
    from onrecord.errors import OnrecordError
    from onrecord.store import indicators

    try:
        record = caught_up(context)
        with record.reading() as transaction:
            found = indicators.armed(transaction)
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(standing(a) for a in found)
    elif not found:
        tell("nothing is armed; `onrecord indicator add --help` shows how")
    else:
        table(((a.indicator.id[:SHORT], a.indicator.name, a.state, a.why) for a in found), "indicator", "question", "state", "why")  # fmt: skip


def standing(a: Armed) -> dict[str, object]:
    """An indicator with its state, for JSON."""
    return {"indicator": a.indicator, "made_when": a.made_when, "state": a.state, "why": a.why, "missing": a.missing}


@indicator.command()
@click.argument("id")
@as_json
@click.pass_context
def show(context: click.Context, id: str, style: str) -> None:
    """One question: its state, the evidence for and against, its alerts, and what is missing for a confirmation."""
    from onrecord.cli import plain
    from onrecord.errors import OnrecordError
    from onrecord.store import indicators

    try:
        record = caught_up(context)
        with record.reading() as transaction:
            armed = indicators.get(transaction, id)
            seen = indicators.seen(transaction, armed.row)
            raised = indicators.alerts(transaction, indicator=armed.row)
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        evidence = [{"sighting": s, "sentence": sentence, "reason": reason} for s, sentence, reason in seen]
        json_lines([standing(armed) | {"evidence": evidence, "alerts": raised}])
        return
    for line in (armed.indicator.name, f"{armed.state}: {armed.why}", *(f"still missing: {m}" for m in armed.missing)):
        click.echo(plain(line))
    show_evidence(seen)
    for alert in raised:
        show_alert(alert)


def show_evidence(seen: list[tuple[Sighting, str, str]]) -> None:
    """What was seen, for people."""
    from onrecord.cli import plain

    click.echo("\nEvidence" if seen else "\nNo evidence yet")
    for s, sentence, reason in seen:
        click.echo(f"  {short(s.when)}  {s.crossing}, by {plain(s.origin.name)}: {plain(' '.join(sentence.split()))}")
        click.echo(f"      {plain(reason)} · {s.article[:SHORT]}")


def show_alert(alert: Alert, name: str = "") -> None:
    """An alert for people."""
    from onrecord.cli import plain
    from onrecord.watch.notice import body, headline

    click.echo(f"\nALERT {alert.when[:16].replace('T', ' ')}  {plain(headline(alert, name))}")
    for line in body(alert).splitlines():
        click.echo(f"  {plain(line)}")


@indicator.command()
@click.argument("words", nargs=-1, required=True)
@as_json
@click.pass_context
def test(context: click.Context, words: tuple[str, ...], style: str) -> None:
    """Dry run: what the whole record says to a question, by its definition or the id of one that is armed. Nothing is kept."""
    from onrecord import arming
    from onrecord.errors import InputError, OnrecordError
    from onrecord.store import indicators
    from onrecord.watch import definition

    try:
        record = caught_up(context)
        try:
            with record.reading() as transaction:
                made = indicators.get(transaction, " ".join(words)).indicator
        except InputError:
            made = definition.from_words(" ".join(words))
        seen, alerts = arming.dry_run(record, made)
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines([{"evidence": [{"sighting": s, "sentence": w, "reason": r} for s, w, r in seen], "alerts": alerts}])
        return
    show_evidence(seen)
    for alert in alerts:
        show_alert(alert, made.name)


@indicator.command()
@click.argument("id")
@click.pass_context
def remove(context: click.Context, id: str) -> None:
    """Disarm a question; its alerts stay on record."""
    from onrecord.errors import OnrecordError
    from onrecord.store import indicators
    from onrecord.store.clock import now

    try:
        with open_record(context).writing() as transaction:
            armed = indicators.get(transaction, id)
            indicators.disarm(transaction, armed.row, now())
    except OnrecordError as error:
        raise told(error) from None
    tell(f"disarmed: {armed.indicator.name}")


@click.command()
@click.option("--since", metavar="WHEN", help="Only alerts raised since then: yesterday, 2d, 12h or a day.")
@click.option(
    "--atom", "atom_file", type=click.Path(dir_okay=False), help="Bring an Atom feed of the alerts up to date."
)
@as_json
@click.pass_context
def alerts(context: click.Context, since: str | None, atom_file: str | None, style: str) -> None:
    """The alerts that were raised; what could not be delivered is tried again."""
    from onrecord import watching
    from onrecord.errors import OnrecordError
    from onrecord.store import indicators
    from onrecord.store.clock import now

    try:
        moment = since_moment(since, now()) or ""
        record = caught_up(context)
        extra = [whole(f"atom:{atom_file}")] if atom_file else []
        for failure in watching.deliver_all(record, extra=extra) or ():
            tell(failure)
        with record.reading() as transaction:
            found = indicators.alerts(transaction, moment)
            names = indicators.names(transaction)
    except OnrecordError as error:
        raise told(error) from None
    if style == "json":
        json_lines(found)
    elif not found:
        tell("no alert was raised")
    for alert in found if style != "json" else ():
        show_alert(alert, names.get(alert.indicator, ""))


@click.command()
@click.argument("address", required=False)
@click.option("--remove", is_flag=True, help="Take this channel away.")
@click.pass_context
def channel(context: click.Context, address: str | None, remove: bool) -> None:
    """Where alerts go: terminal, file:PATH, atom:PATH, https://… (a webhook), or an address of apprise (mailto://…)."""
    from onrecord.cli import plain
    from onrecord.errors import OnrecordError
    from onrecord.store import indicators
    from onrecord.store.clock import now
    from onrecord.watch.deliver import channel_id, check_channel, masked

    try:
        record = open_record(context)
        address = whole(address) if address else None
        with record.writing() as transaction:
            if address and remove:
                if not indicators.remove_channel(transaction, address):
                    raise click.ClickException(f"{masked(address)} is no channel of this record")
            elif address:
                check_channel(address)
                indicators.add_channel(transaction, channel_id(address), address, now())
            for known in indicators.channels(transaction):
                click.echo(plain(masked(known)))
    except OnrecordError as error:
        raise told(error) from None


def whole(address: str) -> str:
    """A channel's address with the whole path of its file, which is the same wherever a command is run."""
    from pathlib import Path

    kind, colon, path = address.partition(":")
    return f"{kind.lower()}:{Path(path).expanduser().absolute()}" if colon and path and kind.lower() in ("file", "atom") else address  # fmt: skip


COMMANDS = (indicator, alerts, channel)
