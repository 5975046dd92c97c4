"""One self-contained page: the article with its records marked, and each record a click away from its words.

The text comes in stretches (`marking`), each with the classes and ids of all records that it belongs to; it is a link to the nearest of
them, and a further click goes to the next one. It works without script; the script adds keys and layers. Everything that comes from the
article is escaped, and the page's own policy forbids anything from the network.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import TextIO

from onrecord.export import view
from onrecord.export.marking import Stretch, marks, paragraphs
from onrecord.export.records import Line, findings, sections
from onrecord.model import Article, Attribution, Reading
from onrecord.text import words_of

LEGEND = {
    "said": '<span class="s">who</span> <span class="q">says</span> <span class="c">what</span> <span class="c n2">within</span>',
    "events": '<span class="v">events</span>',
    "figures": '<span class="f">figures</span>',
    "dates": '<span class="d">dates</span>',
    "places": '<span class="p">places</span>',
    "conditions": '<span class="i">conditions</span>',
    "estimates": '<span class="w">likelihoods</span>',
    "findings": '<span class="m">findings</span>',
}


@cache
def asset(name: str) -> str:
    """A file that goes into the page."""
    return (files("onrecord.export") / name).read_text(encoding="utf-8")


def style() -> str:
    """The page's style: the marks, which the desk has too, and what is around them."""
    return asset("static/marks.css") + asset("report.css")


def policy() -> str:
    """A Content-Security-Policy that allows only this page's own style and script."""

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    return f"default-src 'none'; style-src {digest(style())}; script-src {digest(asset('report.js'))}; base-uri 'none'; form-action 'none'"


def piece(found: Stretch, prefix: str) -> str:
    """One stretch as a link to its records; the first of a record carries the anchor that its card points to."""
    shown = escape(found.words)
    if not found.records:
        return shown
    records = [escape(prefix + r) for r in found.records]
    fresh = [escape(prefix + r) for r in found.fresh]
    anchor = f' id="t-{fresh[0]}"' if fresh else ""
    for record in fresh[1:]:
        shown = f'<span id="t-{record}">{shown}</span>'
    if not found.words.strip():  # a link must have words
        return f'<span class="{" ".join(found.layers)}"{anchor} data-r="{" ".join(records)}">{shown}</span>'
    return f'<a class="{" ".join(found.layers)}"{anchor} href="#{records[0]}" data-r="{" ".join(records)}" tabindex="-1">{shown}</a>'


def prose(reading: Reading, prefix: str) -> str:
    """The article: its headline, then its paragraphs."""
    article = reading.article
    parts = ["".join(piece(found, prefix) for found in p) for p in paragraphs(article.text, marks(reading))]
    titled = bool(article.title) and article.text.startswith(article.title or "")
    headline = parts.pop(0) if titled else escape(article.title or "(no headline)")
    aside = "" if titled else ' class="absent"'
    return f"<h1{aside}>{headline}</h1>" + "".join(f"\n<p>{p}</p>" for p in parts)


def badges(a: Attribution) -> str:
    """An attribution's marks: anonymous, denied, how it is quoted, how firm it is, which act."""
    strong, plain = view.badges(a)
    shown = [f'<span class="badge strong">{words}</span>' for words in strong]
    return " ".join([*shown, *(f'<span class="badge">{escape(words)}</span>' for words in plain)])


def card(reading: Reading, a: Attribution, prefix: str) -> str:
    """One attribution as a card."""
    text, depth, ident = reading.article.text, min(view.depth(reading, a), 3), escape(prefix + a.id)
    who = view.speaker_of(reading, a)
    name = escape(who.name if who else view.shorten(words_of(text, a.source), 120) or "nobody named")
    role = f' <span class="role">{escape(who.role)}</span>' if who and who.role else ""
    via = view.chain(reading, a)
    through = f'<div class="by">through {escape(" ← ".join(via))}</div>' if via else ""
    more = [f"{escape(a.id)} · confidence {a.confidence:.2f}"]
    if view.attribution(reading, a.within):
        more.append(f'within <a href="#{escape(prefix + (a.within or ""))}">{escape(a.within or "")}</a>')
    if who:
        more.append(f'<a href="#{escape(prefix + who.id)}">{view.mentions(who)}</a>')
    return (
        f'<li class="card{f" n{depth}" if depth else ""}" id="{ident}"><a class="goto who" href="#t-{ident}">{name}</a>{role} '
        f"<em>{escape(words_of(text, a.cue)) or '—'}</em><q>{escape(view.shorten(words_of(text, a.content), 420))}</q>"
        f'{badges(a)}{through}<div class="by">{" · ".join(more)}</div></li>'
    )


def whose(reading: Reading, ident: str | None, prefix: str) -> str:
    """Whose word a record is, as a link to it."""
    a = view.attribution(reading, ident)
    if a is None:
        return "the outlet’s own words"
    return f'says <a href="#{escape(prefix + a.id)}">{escape(view.shorten(view.speaker_name(reading, a), 120))}</a>'


def small(reading: Reading, line: Line, prefix: str) -> str:
    """A card of an event, figure, estimate, date, place, condition, finding or entity."""
    by = f'<div class="by">{whose(reading, line.attribution, prefix)}</div>' if line.said else ""
    ident, shown = escape(prefix + line.label), escape(view.shorten(line.words, 420))
    return f'<li class="card {line.kind}" id="{ident}"><a class="goto" href="#t-{ident}">{shown}</a><div>{escape(line.detail)}</div>{by}</li>'


def section(title: str, items: list[str]) -> str:
    """A titled list, left out where it is empty."""
    return f"<h2>{escape(title)} · {len(items)}</h2><ol>{''.join(items)}</ol>" if items else ""


def panel(reading: Reading, prefix: str) -> Iterator[str]:
    """The side panel: every record, in the order of the text."""
    yield section("Findings", [small(reading, line, prefix) for line in findings(reading)])
    yield section("Said", [card(reading, a, prefix) for a in view.in_order(reading)])
    for title, lines in sections(reading):
        yield section(title, [small(reading, line, prefix) for line in lines])


def masthead(reading: Reading) -> Iterator[str]:
    """Above the article: outlet, byline, dates, address, and what the marks mean."""
    article = reading.article
    yield f'<p class="meta"><strong>{escape(view.outlet(article) or "outlet unknown")}</strong></p>'
    changed = f"changed {article.modified.value}" if article.modified else ""
    yield f'<p class="meta">{escape(view.cells([", ".join(article.byline), view.published(article), changed]))}</p>'
    address = escape(article.url or "")
    if address.startswith(("https://", "http://")):
        address = f'<a href="{address}" rel="noreferrer noopener">{address}</a>'
    yield f'<p class="meta">{view.cells([address, escape(reading.input)])}</p>'
    if reading.reader is None:
        yield f'<p class="note">{escape(view.language_note(article))}</p>'
        return
    shown = "".join(
        f'<label><input type="checkbox" checked hidden data-layer="{layer}"> {sample}</label>'
        for layer, sample in LEGEND.items()
    )
    yield f'<div class="bar" role="group" aria-label="What the marks mean">{shown}</div>'


def clutter(article: Article) -> str:
    """What was taken out, struck."""
    struck = "".join(
        f"<li><del>{escape(c.text)}</del> <span class='role'>{c.kind}</span></li>" for c in article.clutter
    )
    title = f"Left out as clutter · {len(article.clutter)}"
    return f"<details open><summary>{title}</summary><ul>{struck}</ul></details>" if struck else ""


def body(reading: Reading, number: int) -> str:
    """One Reading as a part of the page."""
    article, prefix = reading.article, f"r{number}-"
    name = escape(article.title or reading.input)
    records = "".join(panel(reading, prefix)) or '<p class="role">Nothing is on record here.</p>'
    side = f'<aside id="{prefix}records" aria-label="Records: {name}">{records}</aside>' if reading.reader else ""
    return (
        f'<section class="page" aria-label="{name}"><header>{"".join(masthead(reading))}</header>'
        f'<div><article id="{prefix}text" lang="{escape(article.language or "")}" dir="auto">{prose(reading, prefix)}</article>'
        f"{clutter(article)}</div>{side}"
        f"<footer>article {escape(article.id)} · capture {escape(article.capture)}</footer></section>"
    )


def opening(title: str) -> str:
    """Everything before the first Reading."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy())}"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{style()}</style></head>"
        '<body><a class="skip" href="#r1-text">Skip to the text</a><a class="skip" href="#r1-records">Skip to the records</a>\n<main>\n'
    )


def closing() -> str:
    """Everything after the last Reading: the help and the script."""
    return (
        '</main><dialog id="help" aria-labelledby="keys"><h2 id="keys">Keys</h2><p><kbd>j</kbd> next record, <kbd>k</kbd> the one before, '
        "<kbd>Esc</kbd> none, <kbd>?</kbd> this help. A click on marked words shows their record, another click the next record "
        "that they belong to; a click on a record shows its words.</p>"
        f'<form method="dialog"><button>Close</button></form></dialog><script>{asset("report.js")}</script></body></html>\n'
    )


def pieces(readings: Iterable[Reading]) -> Iterator[str]:
    """The whole page, in pieces; Readings are taken as they come."""
    number = 0
    for number, reading in enumerate(readings, 1):
        if number == 1:
            yield opening(f"{reading.article.title or reading.input} · who said what")
        yield body(reading, number) + "\n"
    yield closing() if number else opening("nothing was read") + "<p>Nothing was read.</p>" + closing()


def page(readings: Iterable[Reading]) -> str:
    """The whole page: self-contained HTML for one Reading or several."""
    return "".join(pieces(readings))


def write(readings: Iterable[Reading], file: TextIO) -> None:
    """Writes the page; Readings are taken as they come."""
    for part in pieces(readings):
        file.write(part)
