"""Hedges and bounds of a number: "some", "at least", "exceeds", "or so". Word lists: `lexicon/figures.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.model import Comparator
from onrecord.read.amounts import MONEY, durations, money_before, unit_pattern
from onrecord.read.manner import lexicon
from onrecord.read.numbers import Place, either
from onrecord.text import Span

REACH = 60  # how many characters before a number its hedges are looked for
MOST = 3  # how many hedges may stand before one number: "perhaps as many as about"
NEGATION = re.compile(r"(?:\b(?:not|never|without|cannot|no)|n['’]t)\s+(?:\w+\s+)?$", re.I)
MOVES = re.compile(
    r"\b(?:go(?:es|ing|ne)?|went|shot|shoots?|jump(?:s|ed)?|inch(?:es|ed)|creep(?:s|ing)?|crept|add(?:s|ed)?|driven|pushed|brought)\s+$",
    re.I,
)
FOR_OVER = re.compile(
    r"\b(?:for|in|after|last\w*|than|of|took|taken|spent|is|was|with|has|have|just|well|since|every|to|get|serve\w*)\s+$",
    re.I,
)


class Hedge(NamedTuple):
    """A comparator, and the span of the number with the words that give it."""

    said: Comparator | None
    span: Span


@cache
def meanings() -> dict[str, Comparator]:
    """Each hedge with its comparator."""
    table: dict[Comparator, list[str]] = lexicon("figures")["comparator"]
    return {w: c for c, words in table.items() for w in words}


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Hedges right before a number, right behind it, and the words after which "about" is none."""
    table = lexicon("figures")["comparator_words"]
    words = either(w for w in meanings() if w[0].isalpha() and not w.startswith(("or ", "and ")))
    signs = either(w for w in meanings() if not w[0].isalnum() and w not in ("+", "-plus", "-odd"))
    filler = either(table["filler"])
    lead = rf"(?:(?<![\w'’-])(?P<hedge>{words})\s+(?:(?:{filler})\s+){{0,2}}|(?P<sign>{signs})\s?)$"
    behind = rf"\s?(?P<hedge>{either(table['behind'])})(?!\w|\s[\d$€£])"  # not "ten tanks and over 40 planes"
    talk = rf"\b(?:{either(table['talk'])})\s+$"
    return re.compile(lead, re.I), re.compile(behind, re.I), re.compile(talk, re.I)


@cache
def last_words() -> frozenset[str]:
    """What the words before a number end with where they hedge it: the last word of a hedge or filler, or a sign's last character."""
    ends = (*meanings(), *lexicon("figures")["comparator_words"]["filler"])
    return frozenset(last_word(w.lower()) for w in ends)


def last_word(words: str) -> str:
    """The letters and figures at the end of some words, or the character there that is neither."""
    start = len(words)
    while start and words[start - 1].isalnum():
        start -= 1
    return words[start:] or words[-1:]


def may_end(before: str) -> bool:
    """Whether the words before a number can be a hedge: a quick look at the last of them."""
    return last_word(before.rstrip().lower()) in last_words()


def hedge(p: Place, end: int | None = None) -> Hedge:
    """The comparator that words before or behind a number give it; of several a bound wins over "about".

    `end` is where a range ends whose low end the number is.
    """
    text, start, end = p.text, p.n.span[0], end or p.n.span[1]
    low = max(p.sentence[0], start - REACH)
    money = money_before(text, start)
    begin = at = max(0, start - MONEY) + money.start() if money else start
    said: Comparator | None = None
    for _ in range(MOST):
        free = (begin == at or text[begin - 1].isspace()) and may_end(text[low:begin])
        m = patterns()[0].search(text, low, begin) if free else None
        if not m or not plausible(text, m, end):
            break
        new = meanings()[(m["hedge"] or m["sign"]).lower()]
        said, begin = (new if said in (None, "~") else said), m.start("hedge" if m["hedge"] else "sign")
    if said in (">", "<") and NEGATION.search(text, low, begin):  # "must not exceed 500"
        said = "<=" if said == ">" else ">="
    after = behind(text, end)
    if after and said in (None, "~"):
        return Hedge(after.said, (begin, after.span[1]))
    return Hedge(said, (begin, end))


def behind(text: str, at: int) -> Hedge | None:
    """A hedge right behind a number or its noun: "or so", "or more"."""
    m = patterns()[1].match(text, at)
    return Hedge(meanings()[m["hedge"].lower()], m.span()) if m else None


def plausible(text: str, m: re.Match[str], end: int) -> bool:
    """Whether "about" hedges, unlike in "talks about two", "up to" bounds, unlike in "went up to", and "over" before a time bounds it, as in "for over two years"."""
    word = (m["hedge"] or "").lower()
    before = text[max(0, m.start() - 16) : m.start()]
    if word == "up to":
        return not MOVES.search(before)
    if word == "about":
        return not patterns()[2].search(before)
    unit = unit_pattern().match(text, end)
    return word != "over" or not unit or unit["unit"].lower() not in durations() or bool(FOR_OVER.search(before))
