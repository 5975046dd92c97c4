"""The words near which dates are looked for: each rule is tried only around those that stand in every expression of its."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from onrecord.read import dates_values_holidays
from onrecord.read.dates_patterns import ZONES
from onrecord.read.dates_values import table
from onrecord.read.words_at import pieces, places
from onrecord.text import Span, Spans, merge

WINDOW = 90  # code points on either side of a trigger in which its rules are tried
TOKEN = re.compile(r"[^\W\d_]+|\d+")
SIGN = re.compile(r"[/:]")
TENS = re.compile(r"[1-9]0")

Needs = tuple[frozenset[str], ...]  # a word of one of the classes of each set stands in every expression


@cache
def triggers() -> dict[str, tuple[str, ...]]:
    """The classes that a word belongs to, in lower case."""
    units = [form for u in table("units") for form in (u, u + "s")]
    holidays = [[t.lower() for t in TOKEN.findall(h)] for h in dates_values_holidays.holiday_names().values()]
    listed = {
        "month": [*table("months"), *table("month_abbreviations")],
        "weekday": [f for d in table("weekdays") for f in (d, d + "s")],
        "unit": [*units, "centuries"],
        "near": ["yesterday", "today", "tomorrow", "tonight", *(f for p in table("parts") for f in (p, p + "s"))],
        "part": [*table("seasons"), "quarter", "half", "q", "h", "fiscal", "financial", "fy"],
        "age": [*table("decades"), "century"],
        "era": ["bc", "bce", "ad", "ce", "b", "d", "c"],
        "often": [TOKEN.findall(w)[-1] for words in table("frequency").values() for w in words],
        "reference": [TOKEN.findall(w)[-1] for words in table("references").values() for w in words],
        "holiday": [h[0] for h in holidays],
        "holiday-goes-on": [h[min(1, len(h) - 1)] for h in holidays],
        "clock": ["noon", "midday", "midnight", "clock"],
        "half-day": ["am", "pm", "m"],
        "zone": [t.lower() for t in TOKEN.findall(ZONES)] + ["hours"],
        "slash": ["/"],
        "colon": [":"],
        "each": ["every", "each"],
        "rate": ["once", "twice", "times"],
        "per": ["per"],
        "scale": ["million", "billion", "thousand", "hundred", "dozen"],
        "ago": ["ago", "now", "hence"],
        "later": ["earlier", "later", "previously", "afterward", "afterwards"],
        "before": ["before", "after"],
        "time": ["time"],
        "lead": [
            "this",
            "the",
            "latest",
            "last",
            "next",
            "first",
            "past",
            "previous",
            "coming",
            "following",
            "upcoming",
            "current",
            "final",
            "preceding",
            "remaining",
            "recent",
            "same",
            "early",
            "ensuing",
            "intervening",
        ],
        "half": ["half"],
        "end": ["end"],
        "weekend": ["weekend"],
        "whole": ["all", "whole", "entire", "full"],
    }
    out: dict[str, tuple[str, ...]] = {}
    for name, words in listed.items():
        for word in dict.fromkeys(words):
            out[word] = (*out.get(word, ()), name)
    return out


def surroundings(text: str) -> dict[str, Spans]:
    """Per class, the merged surroundings of its words in a text; they may begin before it and end behind it."""
    out: dict[str, list[Span]] = {}
    for word, starts in places(text).items():
        for before, behind, name in classes_in(word):
            out.setdefault(name, []).extend([(start + before, start + behind) for start in starts])
    for m in SIGN.finditer(text):
        out.setdefault(triggers()[m[0]][0], []).append((m.start() - WINDOW, m.end() + WINDOW))
    return {name: merge(spans) for name, spans in out.items()}


@lru_cache(maxsize=65536)
def classes_in(word: str) -> tuple[tuple[int, int, str], ...]:
    """The classes of the letters and figures of a word, each with where their surroundings begin and end, counted from the word."""
    return tuple((at - WINDOW, at + len(p) + WINDOW, name) for at, p in pieces(word) for name in classes(p))


def classes(piece: str) -> tuple[str, ...]:
    """The classes of letters or of a number."""
    if not piece.isdecimal():
        return triggers().get(piece.lower(), ())
    return ("digit", "year") if len(piece) == 4 else ("digit", "tens") if TENS.fullmatch(piece) else ("digit",)


def windows(near: Mapping[str, Spans], needs: Needs) -> Spans:
    """Where a text may have expressions that need these words: within the surroundings of one of each set."""
    first, *others = (merge(span for name in classes for span in near.get(name, ())) for classes in needs)
    for other in others:
        first = common(first, other)
    return first


def common(a: Spans, b: Spans) -> Spans:
    """What two lists of spans in order have in common."""
    out, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        start, end = max(a[i][0], b[j][0]), min(a[i][1], b[j][1])
        if start < end:
            out.append((start, end))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return tuple(out)
