"""Annotated articles with all their mentions, for `evaluation.entities`: GUM's and MEANTIME's Wikinews articles, and the records.

The records (36 Wikinews articles annotated with who speaks) have no marks for names: a mention's name is its capitalised words that end
like its entity's name; what their entities do not mention is not annotated. Documents fall into halves 0 and 1 by their names.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from evaluation.records import documents
from onrecord.model import EntityType
from onrecord.read import countries
from onrecord.read.names import Name
from onrecord.text import Span, overlap
from training.names_data import GUM, gum_documents, tidy

KINDS = {"person": "PER", "organisation": "ORG", "outlet": "ORG", "place": "LOC"}
TYPES: dict[str, EntityType] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
HE = {"he", "she", "him", "his", "her", "hers", "himself", "herself"}
THEY = {"they", "them", "their", "theirs", "themselves", "it", "its", "itself"}
PRONOUNS = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours", "who", "whom", "whose", "which", "that", "this", "those", "these", "one", "both", "all"}  # fmt: skip
CAPITALS = re.compile(
    r"[A-ZÀ-Þ][\w.&’'-]*(?:\s(?:of\s|the\s|and\s|for\s|de\s|la\s|al-|bin\s|van\s|von\s|der\s|&\s|’\s?|'\s?)*[A-ZÀ-Þ0-9][\w.&’'-]*)*"
)
ROLE = re.compile(
    r"(?:Minister|President|Secretary|Senator|Administrator|Councillor|Justice|Judge|Mayor|Commander|CEO|MP)$"
)
TITLED = re.compile(
    r"\b(?:Minister|President|Secretary|Senator|Administrator|Councillor|Justice|Judge|Mayor|Commander|CEO|Governor|MP)\s+"
)
DEFINITE = re.compile(r"(?:the|this|that|his|her|its|their|these|those)\s", re.I)


class Gold(NamedTuple):
    """An annotated mention: its words, those of them that it cannot do without, and its entity's number in the article."""

    span: Span
    core: Span
    entity: str
    form: str  # name, he/she, they/it, description; "other" is not asked for
    kind: str  # PER, ORG, LOC, or another that is not asked for


Annotated = tuple[str, str, list[Gold]]  # name, text, mentions


def form_of(words: str, kind: str, core: Span | None) -> str:
    """The form of an annotated mention; `core` is its name, where it has one."""
    lower = words.lower()
    if lower in HE:
        return "he/she"
    if kind not in KINDS.values():
        return "other"
    if lower in THEY and words != "IT":
        return "they/it"
    if lower in PRONOUNS or lower in demonyms():
        return "other"
    return "name" if core else "description" if DEFINITE.match(words) else "other"


def demonyms() -> set[str]:
    """The peoples' names, lower case: annotated with their country now and then, here neither names nor descriptions."""
    return {w.lower() for d in countries.demonyms() for w in (d, f"the {d}")}


def name_within(text: str, span: Span, least: Span, kind: str) -> Span | None:
    """The capitalised words of a mention that hold the last word of the least that names it, without titles; None for a bare title."""
    runs = [m.span() for m in CAPITALS.finditer(text, *span) if m.start() < least[1] <= m.end() or kind != "PER"]
    runs = [r for r in runs if overlap(r, least)]
    found = tidy(text, *runs[-1], kind) if runs else None
    if found is None or ROLE.search(text[found[0] : found[1]]):
        return None
    title = list(TITLED.finditer(text, *found[:2])) if kind == "PER" else []
    return (title[-1].end() if title else found[0], found[1])


def apart(g: Gold, all_: Sequence[Gold]) -> Gold:
    """A mention, not asked for where it is a name within a longer name ("Foo" in "the Foo Foundation")."""
    inside = g.form == "name" and any(
        x.form == "name" and x.core[0] <= g.core[0] and g.core[1] <= x.core[1] and x.core != g.core for x in all_
    )
    return g._replace(form="other") if inside else g


def gum(shared: Path, pattern: str) -> Iterator[Annotated]:
    """(name, text, mentions) of GUM's articles."""
    for name, doc in gum_documents(shared / "gold" / "gum_wikinews", pattern):
        out = []
        for m in doc.mentions:
            span = doc.tokens[m.first][0], doc.tokens[m.last - 1][1]
            least = doc.tokens[m.core[0]][0], doc.tokens[m.core[-1]][1]
            kind = GUM.get(m.kind, "OTH")
            core = (
                name_within(doc.text, least if kind == "PER" else span, least, kind)
                if doc.tokens[m.core[-1]][2].startswith("NNP")
                else None
            )
            out.append(Gold(span, core or least, str(m.entity), form_of(doc.text[slice(*span)], kind, core), kind))
        yield name, doc.text, [apart(g, out) for g in out]


def meantime(shared: Path) -> Iterator[Annotated]:
    """The same of MEANTIME's articles; descriptions only where they are marked as such."""
    path = shared / "gold" / "meantime_wikinews" / "docs.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        out = []
        for m in doc["mentions"]:
            if m["sent"] <= 5 and m["type"] in ("PER", "ORG", "LOC"):
                span, syn = (m["start"], m["end"]), m["syn"] or ""
                core = name_within(doc["text"], span, span, m["type"]) if syn.endswith("NAM") else None
                form = form_of(doc["text"][slice(*span)], m["type"], core)
                form = "other" if form == "description" and not syn.endswith("NOM") else form
                out.append(Gold(span, core or span, m["entity"], form, m["type"]))
        if out:
            yield doc["id"], "\n".join(doc["text"].split("\n")[:6]), [apart(g, out) for g in out]


def records(shared: Path, pattern: str) -> Iterator[Annotated]:
    """The same of the records' articles."""
    for name, expected, text in documents(shared, pattern):
        out = []
        for n, e in enumerate(expected["entities"]):
            kind, last = KINDS.get(e["type"], "OTH"), e["name"].split()[-1]
            for start, end in e["mentions"]:
                span, words = (start, end), text[start:end]
                at = words.find(last) if last[0].isupper() else -1
                least = (start + at, start + at + len(last)) if at >= 0 else span
                whole = CAPITALS.fullmatch(re.sub(r"^the ", "", words, flags=re.I))
                core = name_within(text, span, least, kind) if at >= 0 or whole else None
                out.append(Gold(span, core or span, str(n), form_of(words, kind, core), kind))
        yield name, text, [apart(g, out) for g in out]


def half_of(name: str) -> int:
    """The half of the data that a document belongs to."""
    return hashlib.md5(name.encode()).digest()[0] % 2


def known_names(gold: Iterable[Gold]) -> list[Name]:
    """The annotated names, those within others left out."""
    out: list[Name] = []
    for g in sorted((g for g in gold if g.form == "name"), key=lambda g: (g.core[0], -g.core[1])):
        if not out or out[-1].span[1] <= g.core[0]:
            out.append(Name(g.core, TYPES[g.kind]))
    return out
