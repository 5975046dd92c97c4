"""Headlines shorten names: "Bar" of "Foo Bar", "UK" of the United Kingdom; here they are found again by the names below."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator, Sequence

from onrecord.read import countries
from onrecord.read.acronyms import CORPORATE
from onrecord.read.names_spans import Name, clashing

LONGEST = 200  # code points that a headline may have
SHORTEST = 5  # letters that a word must have to stand for a body alone
BRIEF = re.compile(r"(?<![\w.-])(?:[A-Z]{2,3}|(?:[A-Z]\.){2,3})(?![\w-])")
INSTITUTIONS = {"church", "senate", "congress", "parliament", "council", "court", "commission", "committee", "ministry", "department", "house", "assembly",
                "university", "party", "association", "agency", "authority", "army", "police", "union", "league", "federation", "bank", "board"}  # fmt: skip
LINES = {"aerospace", "aircraft", "airplanes", "aviation", "bancorp", "brands", "chemicals", "commercial", "communications", "electronics", "energy", "entertainment",
         "enterprises", "financial", "foods", "global", "oil", "partners", "petroleum", "pharmaceuticals", "services", "software", "solutions", "stores", "systems",
         "technology", "telecom", "worldwide"}  # fmt: skip
PAPERS = {"chronicle", "courier", "gazette", "globe", "guardian", "herald", "journal", "mail", "news", "observer", "post", "press", "star", "sun", "telegraph", "times",
          "tribune"}  # fmt: skip
BODIES = ("organisation", "outlet")


def headline_form(short: str, name: str) -> bool:
    """Whether the one word by which a headline calls a body is the end of its name: "Bar" of "Foo Bar"."""
    word, words = short.casefold(), name.casefold().split()
    common = INSTITUTIONS | PAPERS | LINES | CORPORATE
    return len(words) > 1 and word == words[-1] and len(word) >= SHORTEST and word not in common


def with_headline(text: str, names: Sequence[Name]) -> Sequence[Name]:
    """The names, in order, with those of bodies and countries named in full below that the headline has in short and nobody found."""
    end = text.find("\n")
    if not 0 < end < LONGEST or text[:end].isupper():
        return names
    out = list(names)
    for name in shortened(text, end, names):
        if not out[clashing(out, name.span)]:
            insort(out, name)
    return out


def shortened(text: str, end: int, names: Sequence[Name]) -> Iterator[Name]:
    """What a headline may have in short: a body's last word, if it is no surname and no word of the text; a country's abbreviation."""
    below = {text[slice(*n.span)]: n.type for n in names if n.span[0] > end}
    surnames = {words.split()[-1] for words, kind in below.items() if kind == "person"}
    bodies = {
        last: kind
        for words, kind in below.items()
        if kind in BODIES and headline_form(last := words.split()[-1], words)
    }
    for last, kind in bodies.items():
        if last not in text[:end] or not last.istitle() or last in surnames:
            continue
        if not re.search(rf"\b{re.escape(last.lower())}\b", text):
            for m in re.finditer(rf"(?<![\w-]){re.escape(last)}(?![\w-])", text[:end]):
                yield Name(m.span(), kind)
    codes = {code for words, kind in below.items() if kind == "place" and (code := countries.whole(words))}
    for m in BRIEF.finditer(text, 0, end):
        if countries.whole(m.group()) in codes:
            yield Name(m.span(), "place")
