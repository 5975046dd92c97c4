"""The report for a terminal: made to be read, plain when piped.

Article text is hostile: what could drive a terminal or turn the direction of its text is shown as a replacement mark; soft
hyphens and the like, which print as nothing, are left out. Everything goes through `clean` where it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from onrecord.export import view
from onrecord.model import Attribution, Reading
from onrecord.text import words_of

PIPED_WIDTH = 100
Line = tuple[int, Text]  # how far it is set in, and what it says
FIRM = {"CT+": "green", "PR+": "yellow", "PS+": "yellow", "CT-": "red", "PR-": "red", "PS-": "red", "Uu": "dim"}


INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def safe(text: str | None) -> str:
    """A text that prints, on one line."""
    return clean(" ".join((text or "").translate(INVISIBLE).split()))


def clean(text: str) -> str:
    """The same number of characters, none of which can drive a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def heading(reading: Reading) -> Iterator[Text]:
    """Headline, outlet, byline, date, address."""
    article = reading.article
    yield Text(safe(article.title or "(no headline)"), style="bold")
    who = view.cells([safe(view.outlet(article)), safe(", ".join(article.byline)), view.published(article)])
    yield Text(who, style="dim")
    yield Text(view.cells([safe(reading.input), safe(article.url)]), style="dim")


def spoken(reading: Reading, a: Attribution) -> Text:
    """Who, the cue, how firmly, through whom: one line above the words."""
    line = Text(safe(view.speaker_name(reading, a)), style="bold cyan")
    if a.speaker_kind == "anonymous":
        line.append(" [anonymous]", style="bold magenta")
    line.append(f"  {safe(words_of(reading.article.text, a.cue)) or '—'}", style="italic")
    line.append(f"  {view.CERTAINTY[a.certainty]}", style=FIRM[a.certainty])
    if a.negated:
        line.append("  denied or not said", style="bold red")
    if a.act != "statement":
        line.append(f"  {a.act}", style="dim")
    if links := view.chain(reading, a):
        line.append("  via " + " ← ".join(map(safe, links)), style="blue")
    line.append(f"  {view.QUOTED[a.kind]}", style="dim")
    return line


def words(reading: Reading, a: Attribution) -> Text:
    """What was said; what stands wholly in quotation marks gets them back."""
    said = safe(words_of(reading.article.text, a.content))
    return Text(f"“{said}”" if a.kind == "direct" else said)


def attributions(reading: Reading) -> Iterator[Line]:
    """Everything said, in the order of the text; what lies within another is set in."""
    yield 0, Text("")
    yield 0, Text(f"SAID ({len(reading.attributions)})", style="bold")
    for a in view.in_order(reading):
        inset = 2 + 4 * view.depth(reading, a)
        if inset > 2:
            yield inset - 2, Text("└ in these words:", style="dim")
        yield inset, spoken(reading, a)
        yield inset + 2, words(reading, a)
        yield 0, Text("")


def listing(title: str, lines: Iterable[str]) -> Iterator[Line]:
    """A section of plain lines, left out where it is empty."""
    found = list(lines)
    if found:
        yield 0, Text(f"{title} ({len(found)})", style="bold")
        yield from ((2, Text(line)) for line in found)
        yield 0, Text("")


def by(reading: Reading, ident: str | None) -> str:
    """Whose word a record is."""
    a = view.attribution(reading, ident)
    return f"says {safe(view.speaker_name(reading, a))}" if a else "in the outlet's own words"


def records(reading: Reading) -> Iterator[Line]:
    """Events, figures, conditions, estimates, dates, places, findings, clutter."""
    text, clutter = reading.article.text, reading.article.clutter
    figures = (
        f"{safe(text[slice(*f.span)])}  =  {safe(view.figure_words(f, text))}  [{f.status}]  {by(reading, f.attribution)}"
        for f in reading.figures
    )
    conditions = (
        f"{c.kind.upper()}: {'  '.join(map(safe, view.condition_words(reading, c)))}  {by(reading, c.attribution)}"
        for c in reading.conditions
    )
    events = (
        f"{safe(words_of(text, v.anchor))}  =  {safe(view.event_line(reading, v))}  {by(reading, v.attribution)}"
        for v in reading.events
    )
    yield from listing("EVENTS", events)
    yield from listing("NUMBERS", figures)
    yield from listing("CONDITIONS", conditions)
    estimates = (
        f"{safe(text[slice(*e.span)])}  =  {view.estimate_line(e)}  {by(reading, e.attribution)}"
        for e in reading.estimates
    )
    yield from listing("ESTIMATES", estimates)
    yield from listing("DATES", (f"{safe(text[slice(*d.span)])}  =  {d.value or 'unknown'}" for d in reading.dates))
    places = (f"{safe(p.name)}  =  {view.place_line(p, times)}" for p, times in view.places(reading))
    yield from listing("PLACES", places)
    yield from listing("FINDINGS", (f"{n.kind.upper()}: {safe(n.note)}" for n in reading.findings))
    yield from listing("LEFT OUT AS CLUTTER", (f"{c.kind}: {safe(view.shorten(c.text, 90))}" for c in clutter))


def report(reading: Reading) -> Iterator[Line]:
    """The whole report, line by line."""
    yield from ((0, line) for line in heading(reading))
    if reading.reader is None:
        yield 0, Text(view.language_note(reading.article), style="bold yellow")
        return
    yield from attributions(reading)
    yield from records(reading)


def wrapped(console: Console, inset: int, text: Text) -> Iterator[Text]:
    """The lines that a text takes, set in, each clean and without blanks at its end."""
    text.plain = clean(text.plain)
    inset = min(inset, console.width // 3)
    for line in text.wrap(console, console.width - inset) or [text]:
        line.rstrip()
        yield Text(" " * inset if line.plain else "") + line


def write(readings: Iterable[Reading], file: TextIO, width: int | None = None) -> None:
    """Prints each report as it comes, with a rule between two; as wide as the terminal, a pipe gets 100 columns."""
    width = width or (None if file.isatty() else PIPED_WIDTH)
    console = Console(file=file, highlight=False, markup=False, emoji=False, width=width)
    for n, reading in enumerate(readings):
        if n:
            console.rule(style="dim")
        for inset, text in report(reading):
            for line in wrapped(console, inset, text):
                console.print(line, soft_wrap=True)
