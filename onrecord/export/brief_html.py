"""A brief as one self-contained page, for reading and for printing. It needs nothing from the network, and its own policy forbids it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import BinaryIO

from onrecord.export.brief import Brief, Section, of_selection
from onrecord.export.brief_accounts import day
from onrecord.export.notes import Item, Note, Run, Sentence
from onrecord.store.exporting import Selection

Seen = dict[int, int]  # how often each note was referred to so far
ROLES: Mapping[str, str] = {"strong": "<strong>{}</strong>", "claim": "<mark>{}</mark>", "quoted": '<span class="said">{}</span>', "plain": "{}"}  # fmt: skip


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes the brief of the story that was asked for. Raises InputError."""
    for piece in pieces(of_selection(selection)):
        out.write(piece.encode())


@cache
def style() -> str:
    """The page's style."""
    return (files("onrecord.export") / "brief.css").read_text(encoding="utf-8")


def policy() -> str:
    """A Content-Security-Policy that allows only this page's own style."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def pieces(b: Brief) -> Iterator[str]:
    """The page, piece by piece."""
    seen: Seen = {}
    title = escape(b.title)
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy())}"><meta name="referrer" content="no-referrer">'
        f'<meta name="generator" content="{escape(b.made_by)}"><title>{title} · brief</title><style>{style()}</style></head>\n<body>'
        f'<a class="skip" href="#happened">Skip to the brief</a>\n<main>\n<header><p class="kind">Story brief</p><h1 dir="auto">{title}</h1>'
        f"<p>{spoken(b.standfirst, seen)}</p>"
        f'<p class="small">As the record has it up to {escape(b.moment)}. Story <code>{escape(b.story.id)}</code>.</p></header>\n'
    )
    parts = [(s.id, s.title) for s in b.sections] + [("reading", "How to read this"), ("notes", "Notes")]
    yield f'<nav aria-label="On this page"><ul>{"".join(f"""<li><a href="#{id}">{escape(words)}</a></li>""" for id, words in parts)}</ul></nav>\n'
    for section in b.sections:
        yield part(section, seen)
    yield f'<section id="reading" aria-labelledby="reading-head"><h2 id="reading-head">How to read this</h2>{"".join(f"<p>{escape(words)}</p>" for words in b.reading)}</section>\n'
    notes = "\n".join(noted(n, seen.get(n.number, 0)) for n in b.notes)
    yield f'<section id="notes" aria-labelledby="notes-head"><h2 id="notes-head">Notes</h2>\n<ol>{notes}</ol></section>\n'
    yield f'</main>\n<footer class="small">Made by {escape(b.made_by)} from archived pages. It tells what was reported, not what is true.</footer>\n</body></html>\n'


def part(section: Section, seen: Seen) -> str:
    """A part of the brief."""
    titled = "".join(account(i, seen) for i in section.items if i.title)
    listed = "".join(point(i, seen) for i in section.items if not i.title)
    head = f'<h2 id="{section.id}-head">{escape(section.title)}</h2><p class="lead">{escape(section.lead)}</p>'
    return f'<section id="{section.id}" aria-labelledby="{section.id}-head">{head}{titled}{f"<ul>{listed}</ul>" if listed else ""}</section>\n'


def account(item: Item, seen: Seen) -> str:
    """An account under a heading of its own."""
    said = " ".join(spoken(s, seen) for s in item.sentences)
    voices = "".join(
        f"<h4>{escape(under.label)}</h4><ul>{''.join(point(i, seen) for i in under.items)}</ul>" for under in item.items
    )
    return f'<article><h3 dir="auto">{escape(item.title)}</h3><p>{said}</p>{voices}</article>'


def point(item: Item, seen: Seen) -> str:
    """A point of a list."""
    return f"<li>{' '.join(spoken(s, seen) for s in item.sentences)}</li>\n"


def spoken(s: Sentence, seen: Seen) -> str:
    """A sentence with its notes: a line may end between two of them, not before the first."""
    said = "".join(map(shown, s.runs)) + "<wbr>".join(reference(n, seen) for n in s.notes)
    return f'<span class="aside">{said}</span>' if s.aside else said


def shown(run: Run) -> str:
    """Words of one kind; those of an article stand in the direction that they are written in."""
    words = ROLES[run.role].format(escape(run.words).replace("{", "&#123;"))
    return f"<bdi>{words}</bdi>" if run.role in ("claim", "quoted") and not run.words.isascii() else words


def reference(number: int, seen: Seen) -> str:
    """A note's sign, which leads to it and back."""
    seen[number] = seen.get(number, 0) + 1
    return f'<sup><a id="r{number}-{seen[number]}" href="#n{number}" aria-label="note {number}">{number}</a></sup>'


def noted(n: Note, times: int) -> str:
    """A note, with the way back to each sentence that leads to it."""
    s = n.source
    title = f' <cite dir="auto">{escape(s.title)}</cite>.' if s.title and n.part else ""
    shown = escape(s.url or "")
    address = f' <a href="{escape(n.address)}" rel="noreferrer noopener">{shown}</a>' if n.address else f" {shown}"
    back = " ".join(f'<a href="#r{n.number}-{k}" aria-label="back to sentence {k} of note {n.number}">↑</a>' for k in range(1, times + 1))  # fmt: skip
    return (
        f'<li id="n{n.number}"><strong>{escape(s.outlet or "unknown outlet")}</strong>, {escape(day(s.moment))}: <bdi>{escape(n.quoted)}</bdi>{n.stop}{title}{address}'
        f'<br><span class="trail">At the desk <code>{escape(n.path)}</code>; page archived as <code>{escape(s.capture)}</code></span> <span class="back">{back}</span></li>'
    )
