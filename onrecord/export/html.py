"""One self-contained page: the article with its records marked, and each record a click away from its words.

The text is cut at every edge of every span; a piece carries the classes and ids of all records that it belongs to, so that
overlapping, nested and broken spans all show. It works without script; the script adds keys and layers. Everything that
comes from the article is escaped, and the page's own policy forbids anything from the network.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple, TextIO

from onrecord.export import view
from onrecord.model import Attribution, Reading
from onrecord.text import Span, words_of

RANK = {"q": 0, "s": 1, "f": 2, "d": 3, "i": 4, "m": 5, "c": 6}


class Mark(NamedTuple):
    """A span of the text that belongs to a record: its class and the record's anchor."""

    span: Span
    layer: str
    record: str


@cache
def asset(name: str) -> str:
    """A file that goes into the page."""
    return (files("onrecord.export") / name).read_text(encoding="utf-8")


def policy() -> str:
    """A Content-Security-Policy that allows only this page's own style and script."""

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    return f"default-src 'none'; style-src {digest(asset('report.css'))}; script-src {digest(asset('report.js'))}; base-uri 'none'; form-action 'none'"


def marks(reading: Reading, prefix: str) -> Iterator[Mark]:
    """Every marked span, with its record's anchor."""
    for a in reading.attributions:
        for layer, spans in (("s", a.source), ("q", a.cue), ("c", a.content)):
            yield from (Mark(s, layer, prefix + a.id) for s in spans)
    for f in reading.figures:
        yield Mark(f.span, "f", prefix + f.id)
    for n, d in enumerate(reading.dates, 1):
        yield Mark(d.span, "d", f"{prefix}d{n}")
    for c in reading.conditions:
        yield from (Mark(s, "i", prefix + c.id) for s in (*c.if_, *c.then))
    for n, x in enumerate(reading.findings, 1):
        yield from (Mark(s, "m", f"{prefix}n{n}") for s in x.spans)


def piece(text: str, over: list[Mark], first: set[str]) -> str:
    """One stretch of text between two edges; the first piece of a record carries the anchor that its card points to."""
    if not over:
        return escape(text)
    layers = sorted({m.layer for m in over}, key=RANK.__getitem__)
    nested = sum(m.layer == "c" for m in over)
    classes = [*layers, *([f"n{min(nested, 3)}"] if nested > 1 else [])]
    records = list(dict.fromkeys(m.record for m in sorted(over, key=lambda m: (m.span[1] - m.span[0], RANK[m.layer]))))
    anchors = "".join(f'<span id="t-{r}"></span>' for r in records if r not in first)
    first.update(records)
    return f'{anchors}<a class="{" ".join(classes)}" href="#{records[0]}" data-r="{" ".join(records)}" tabindex="-1">{escape(text)}</a>'


def marked(text: str, found: list[Mark]) -> str:
    """The text as paragraphs, every mark shown."""
    edges = sorted({0, len(text), *(e for m in found for e in m.span)})
    starts: dict[int, list[Mark]] = {}
    for m in found:
        starts.setdefault(m.span[0], []).append(m)
    breaks = [i for i in range(len(text)) if text.startswith("\n\n", i)]
    edges = sorted({*edges, *breaks, *(b + 2 for b in breaks if b + 2 <= len(text))})
    cuts, active, first = set(breaks), [], set[str]()  # type: set[int], list[Mark], set[str]
    out = ["<p>"]
    for start, end in itertools.pairwise(edges):
        active = [m for m in active if m.span[1] > start] + starts.get(start, [])
        if start in cuts and text[start:end].strip() == "":
            out.append("</p>\n<p>")
        elif text[start:end]:
            out.append(piece(text[start:end], active, first))
    return "".join(out) + "</p>"


def card(reading: Reading, a: Attribution, prefix: str) -> str:
    """One attribution as a card."""
    text, depth = reading.article.text, min(view.depth(reading, a), 3)
    who = view.speaker_of(reading, a)
    name = who.name if who else words_of(text, a.source) or "nobody named"
    role = f' <span class="role">{escape(who.role)}</span>' if who and who.role else ""
    badges = [a.kind, view.CERTAINTY[a.certainty]] + ([a.act] if a.act != "statement" else [])
    shown = "".join(f'<span class="badge">{escape(b)}</span>' for b in badges)
    if a.speaker_kind == "anonymous":
        shown = '<span class="badge anonymous">anonymous</span>' + shown
    if a.negated:
        shown = '<span class="badge negated">denied or not said</span>' + shown
    via = view.chain(reading, a)
    through = f'<div class="by">through {escape(" ← ".join(via))}</div>' if via else ""
    cue = escape(words_of(text, a.cue)) or "—"
    nest = f" n{depth}" if depth else ""
    return (
        f'<li class="card{nest}" id="{prefix}{a.id}"><a class="goto" href="#t-{prefix}{a.id}" aria-label="show in the text"><span class="who">{escape(name)}</span></a>{role} <em>{cue}</em>'
        f'<q>{escape(view.shorten(words_of(text, a.content), 420))}</q>{shown}{through}<div class="by">{escape(a.id)} · confidence {a.confidence:.2f}</div></li>'
    )


def whose(reading: Reading, ident: str | None) -> str:
    """Whose word a record is."""
    a = view.attribution(reading, ident)
    return f"says {view.speaker_name(reading, a)}" if a else "the outlet’s own words"


def small(kind: str, ident: str, words: str, detail: str, by: str = "") -> str:
    """A card of a figure, date, condition, finding or entity."""
    line = f'<div class="by">{escape(by)}</div>' if by else ""
    return f'<li class="card {kind}" id="{ident}"><a class="goto" href="#t-{ident}">{escape(words)}</a><div>{escape(detail)}</div>{line}</li>'


def section(title: str, items: list[str]) -> str:
    """A titled list, left out where it is empty."""
    return f"<h2>{escape(title)} · {len(items)}</h2><ol>{''.join(items)}</ol>" if items else ""


def panel(reading: Reading, prefix: str) -> str:
    """The side panel: every record, in the order of the text."""
    text = reading.article.text
    said = [card(reading, a, prefix) for a in view.in_order(reading)]
    figures = [
        small(
            "figure",
            prefix + f.id,
            text[slice(*f.span)],
            f"{view.figure_words(f)} · {f.status}",
            whose(reading, f.attribution),
        )
        for f in reading.figures
    ]
    conditions = [
        small(
            "condition",
            prefix + c.id,
            f"if {words_of(text, c.if_)}",
            f"→ {words_of(text, c.then)} · {c.kind}",
            whose(reading, c.attribution),
        )
        for c in reading.conditions
    ]
    findings = [small("finding", f"{prefix}n{n}", x.kind, x.note) for n, x in enumerate(reading.findings, 1)]
    days = [
        small("date", f"{prefix}d{n}", text[slice(*d.span)], d.value or "cannot be known")
        for n, d in enumerate(reading.dates, 1)
    ]
    people = [
        f'<li class="card entity"><span class="who">{escape(e.name)}</span> <span class="role">{escape(view.cells([e.role or "", e.country or "", e.type]))}</span><div class="by">{len(e.mentions)} mentions</div></li>'
        for e in reading.entities
    ]
    return (
        section("Findings", findings)
        + section("Said", said)
        + section("Numbers", figures)
        + section("Conditions", conditions)
        + section("Dates", days)
        + section("Named", people)
    )


def body(reading: Reading, number: int) -> str:
    """One Reading as a part of the page."""
    article, prefix = reading.article, f"r{number}-"
    meta = "".join(
        f'<p class="meta">{escape(line)}</p>'
        for line in (
            view.cells([view.outlet(article), ", ".join(article.byline), view.published(article)]),
            view.cells([article.url or "", reading.input]),
        )
        if line
    )
    layers = "".join(
        f'<label><input type="checkbox" checked data-layer="{n}">{n}</label>'
        for n in ("said", "figures", "dates", "conditions")
    )
    struck = "".join(
        f"<li><del>{escape(c.text)}</del> <span class='role'>{c.kind}</span></li>" for c in article.clutter
    )
    clutter = (
        f"<details open><summary>Left out as clutter · {len(article.clutter)}</summary><ul>{struck}</ul></details>"
        if struck
        else ""
    )
    note = "" if reading.reader else f'<p class="note">{escape(view.language_note(article))}</p>'
    found = list(marks(reading, prefix))
    text = marked(article.text, found)
    if article.title:
        headline, rest = text.split("</p>", 1)
        text = headline.replace("<p>", "<h1>", 1) + "</h1>" + rest
    else:
        text = "<h1>(no headline)</h1>" + text
    side = f'<aside aria-label="Records">{panel(reading, prefix)}</aside>' if reading.reader else ""
    return (
        (
            f'<section class="page" aria-label="{escape(article.title or reading.input)}"><header>{meta}<div class="bar" hidden>{layers}</div>{note}</header>'
            f'<main><article lang="{escape(article.language or "")}">{text}</article>{clutter}</main>{side}'
            f"<footer>article {article.id} · capture {article.capture}</footer></section>"
        )
        .replace("<main>", '<main id="text">' if number == 1 else "<div>")
        .replace("</main>", "</main>" if number == 1 else "</div>")
    )


def page(readings: Iterable[Reading]) -> Iterator[str]:
    """The whole page, in pieces."""
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy())}"><meta name="referrer" content="no-referrer"><title>onrecord: who said what</title>'
        f'<style>{asset("report.css")}</style></head><body><a class="skip" href="#text">Skip to the text</a>\n'
    )
    for number, reading in enumerate(readings, 1):
        yield body(reading, number) + "\n"
    yield (
        '<dialog id="help"><h2>Keys</h2><p><kbd>j</kbd> next record, <kbd>k</kbd> the one before, <kbd>Esc</kbd> none, <kbd>?</kbd> this help. A click on marked words shows their record, a click on a record its words.</p>'
        f'<form method="dialog"><button>Close</button></form></dialog><script>{asset("report.js")}</script></body></html>\n'
    )


def write(readings: Iterable[Reading], file: TextIO) -> None:
    """Writes the page; Readings are taken as they come."""
    for part in page(readings):
        file.write(part)
