"""A brief as Markdown, with footnotes as GitHub, Pandoc and most readers take them.

The words of articles are hostile: nothing in them becomes a mark, a link or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.export.brief import Brief, of_selection
from onrecord.export.brief_accounts import day
from onrecord.export.notes import Item, Note, Sentence
from onrecord.store.exporting import Selection

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
SPECIAL = re.compile(r"([\\`*_{}\[\]#|~$!+=-])")
LINK = re.compile(r"(?i)(?<=http)s?(?=://)|(?<=ftp)(?=://)|(?<=www)(?=\.)|(?<=mailto)(?=:)|(?=@)")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes the brief of the story that was asked for. Raises InputError."""
    for line in lines(of_selection(selection)):
        out.write(line.encode() + b"\n")


def lines(b: Brief) -> Iterator[str]:
    """The lines of a brief."""
    yield f"# {plain(b.title)}\n"
    yield f"{spoken(b.standfirst)}\n"
    yield f"Story `{b.story.id}`, as the record has it up to {b.moment}. Made by {plain(b.made_by)}.\n"
    for section in b.sections:
        yield f"## {section.title}\n"
        yield f"*{plain(section.lead)}*\n"
        for item in section.items:
            yield from titled(item) if item.title else pointed(item, 0)
        yield ""
    yield "## How to read this\n"
    yield from (f"{plain(words)}\n" for words in b.reading)
    yield "## Notes\n"
    yield from (f"[^{n.number}]: {noted(n)}" for n in b.notes)


def titled(item: Item) -> Iterator[str]:
    """An account under a heading of its own."""
    yield f"### {plain(item.title)}\n"
    yield " ".join(map(spoken, item.sentences)) + "\n"
    for under in item.items:
        yield from pointed(under, 0)
    yield ""


def pointed(item: Item, depth: int) -> Iterator[str]:
    """A point of a list, and the points under it."""
    said = " ".join([*([f"**{plain(item.label)}**"] if item.label else []), *map(spoken, item.sentences)])
    yield f"{'  ' * depth}- {said}"
    for under in item.items:
        yield from pointed(under, depth + 1)


def spoken(s: Sentence) -> str:
    """A sentence with its notes."""
    words = "".join(stressed(run.words) if run.role in ("strong", "claim") else plain(run.words) for run in s.runs)
    return words + "".join(f"[^{n}]" for n in s.notes)


def stressed(words: str) -> str:
    """Words set off; the marks may not touch white space."""
    bare = words.strip()
    if not bare:
        return words
    before, _, after = words.partition(bare)
    return f"{before}**{plain(bare)}**{after}"


def plain(words: str) -> str:
    """Words that mean nothing to Markdown."""
    clean = CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(words.split(" ")).replace("\n", " "))
    marked = LINK.sub(lambda m: m[0] + "\0", SPECIAL.sub(r"\\\1", clean))  # an escaped colon, dot or sign makes no link
    return "".join(ENTITIES.get(c, c) for c in marked.replace("\0", "\\"))


def noted(n: Note) -> str:
    """A note in one line."""
    s = n.source
    title = f" {plain(s.title)}." if s.title and n.part else ""
    address = f" <{n.address}>" if n.address else (f" `{s.url.replace('`', '')}`" if s.url else "")
    return f"{plain(s.outlet or 'unknown outlet')}, {day(s.moment)}: {plain(n.quoted)}{n.stop}{title}{address} At the desk `{n.path}`, archived as `{s.capture}`."
