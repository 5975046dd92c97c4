"""How many have come to a rally, a march or a meeting: what a number tells anew of a crowd, by whoever counts it.

1. It is the value of the crowd ("police put the crowd at 9,000", "a crowd of 40,000"), or a number of those who have come, taken part or marched, near words for a gathering.
2. It is the number of who called them: "organisers said 40,000 had come", "organisers spoke of 120,000".
3. It is of those who gathered, by a mere "them": "there were 85,000 of them".

A crowd is of its day. Word lists: `lexicon/series.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.measures import hedges, unit_of
from onrecord.text import Span

CROWD = "doing people crowd"  # what goes on for some days, of any people
FAR = 120  # characters before a number where its crowd is named
NEAR = 60  # and behind those it counts
AROUND = 300  # characters on both sides where a gathering is told of
VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|tens|millions)\b", re.I)
LEAST = 50  # fewer are no crowd


def is_crowd(series: str) -> bool:
    """Whether a figure tells how many have gathered."""
    return series == CROWD


def crowd(text: str, f: Figure, sentence: Span, end: int, what: str) -> str:
    """That a number is how many have gathered; empty where it is not. `end` is where the words that it counts end, `what` that which it is the value of."""
    vague = VAGUE.search(text, *f.span)
    size = max((n for n in (f.value, f.low, f.high) if n is not None), default=0)
    if vague or size < LEAST or ((f.of or f.unit) and unit_of(f.unit) != "people"):
        return ""
    before = text[max(sentence[0], f.span[0] - FAR) : f.span[0]]
    behind = text[end : min(sentence[1], end + NEAR)]
    own = f.of and patterns()["people"].fullmatch(text[slice(*f.of[-1])].split()[-1])
    counted = own and patterns()["counted"].search(before)
    return CROWD if counted or is_named(before, what) or is_told(text, f, before, behind) else ""


def is_named(before: str, what: str) -> bool:
    """Whether a number is the value of a crowd by its own words."""
    table = patterns()
    return bool(table["value"].match(what) or table["a crowd of"].search(before))


def is_told(text: str, f: Figure, before: str, behind: str) -> bool:
    """Whether a number of people is said to have come, or by those who called them."""
    table = patterns()
    come, caller = table["come"].match(behind), table["caller"].search(before)
    if table["marched"].match(behind) or (caller and (come or table["no more"].match(behind))):
        return True
    drew = table["drew"].search(before) or table["they"].search(f"{before}#{behind}")
    around = text[max(0, f.span[0] - AROUND) : f.span[1] + AROUND]
    return bool((come or drew) and table["gathering"].search(around))


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The expressions of a crowd."""
    table = lexicon("series")["crowd"]
    hedge = hedges("between", "no more than", "not more than")
    nouns, people = either(table["nouns"]), either(table["people"])
    some = r"(?:\s(?:people|persons|demonstrators|protesters|protestors|marchers|supporters))?"
    perfect = r"(?:\s(?:had|have|has|already|were|are|now))*"
    return {
        "value": re.compile(rf"^(?:(?:the|a|an|its|their)\s)?(?:(?:number|size|strength)\sof\s(?:the\s)?)?(?:[\w’'-]+\s)?(?:{nouns}|{people})(?!\s(?:{either(table['but'])}))\b", re.I),
        "a crowd of": re.compile(rf"\b(?:{nouns})\sof{hedge}\s*$", re.I),
        "people": re.compile(people, re.I),
        "counted": re.compile(rf"\b(?:{either(table['counted'])}){hedge}\s*$", re.I),
        "come": re.compile(rf"^{some}{perfect}\s(?:{either(table['come'])})\b"),
        "marched": re.compile(rf"^{some}{perfect}\s(?:{either(table['marched'])})\b"),
        "no more": re.compile(rf"^{some}(?:[.,;:”\"]|$|\s(?:and|but|on|in|at)\b)"),
        "caller": re.compile(rf"\b(?:{either(table['callers'])})\s(?:\w+\s)?(?:{either(table['tells'])})(?:\sthat)?{hedge}\s*$", re.I),
        "drew": re.compile(rf"\b(?:{either(table['drew'])}){hedge}\s*$", re.I),
        "they": re.compile(rf"\bthere\s(?:are|were|have been|had been){hedge}\s#\sof\s(?:them|us)\b", re.I),
        "gathering": re.compile(rf"\b(?:{nouns}|{people}|{either(table['gatherings'])})\b", re.I),
    }  # fmt: skip
