"""Tells lines of clutter from lines of the article; what is taken out is kept and named by kind.

1. Patterns of `lexicon/clutter.toml`: promos, sign-ups, adverts, credits, legal and interface lines.
2. Blocks of the page that are nothing but links, and read like another page's headline: teasers.
3. Adverts with a date of their own: a short line of capitalised words that ends in a full date, after the article's end.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files

from onrecord.model import Clutter, ClutterKind

MAX_PATTERN_LINE = 400
END = re.compile(r"[.!?…:;,”\"’')\]]$")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
OWN_DATE = re.compile(rf"(?:{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d)$", re.I)
SHOUT = re.compile(
    r"\b(?:best|top|bonus|offers?|deals?|online|review|odds|betting|casino|bookmakers?|sale|discount|win)\b", re.I
)


@cache
def patterns() -> dict[ClutterKind, re.Pattern[str]]:
    """One compiled expression for each kind."""
    table: dict[ClutterKind, dict[str, list[str]]] = tomllib.loads(  # type: ignore[assignment]
        (files("onrecord.lexicon") / "clutter.toml").read_text(encoding="utf-8")
    )
    return {kind: re.compile("|".join(f"(?:{p})" for p in body["patterns"]), re.I) for kind, body in table.items()}


def by_pattern(line: str) -> ClutterKind | None:
    """The kind of clutter that a line's own words give away, or None."""
    if len(line) > MAX_PATTERN_LINE:
        return None
    return next((kind for kind, pattern in patterns().items() if pattern.match(line)), None)


def like_headline(line: str) -> bool:
    """Whether a line reads like a headline: short, and no end of a sentence."""
    return len(line) <= 160 and len(line.split()) >= 5 and not END.search(line)


def dated_advert(line: str) -> bool:
    """Whether a line is an advert with a date of its own ("Best Savings Offers March 3 2031")."""
    return len(line) <= 90 and bool(OWN_DATE.search(line)) and bool(SHOUT.search(line))


def kind_of(line: str, links: Collection[str]) -> ClutterKind | None:
    """The kind of clutter that a line is, or None for a line of the article. `links` are the page's blocks of links only."""
    bare = line.strip(" -•*|>»›→")
    if kind := by_pattern(bare):
        return kind
    if line in links and like_headline(line):
        return "teaser"
    return "advert" if dated_advert(bare) else None


def sift(lines: Iterable[str], links: Collection[str] = ()) -> tuple[list[str], tuple[Clutter, ...]]:
    """The article's lines and the clutter among them, both in order."""
    kept, out = [], []
    for line in lines:
        kind = kind_of(line, links)
        if kind is None:
            kept.append(line)
        else:
            out.append(Clutter(text=line, kind=kind))
    return kept, tuple(out)
