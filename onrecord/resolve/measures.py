"""What a figure measures: its unit, and the topic of the words nearest to it.

Units and words of size are data in `lexicon/accounts.toml`; the topics are those of indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.terms import WORD
from onrecord.text import Span, Spans
from onrecord.watch.topics import beginnings, group_of

SIZE = "size"  # the topic of how large something is
TOLL = "toll"  # the topic of a number of people who suffer what only other sentences say
WALKOUT = "walkout"  # and of how many have stopped work
SUFFERED = frozenset(
    {
        TOLL,
        "deaths",
        "injuries",
        "arrests",
        "infections",
        "displacement",
        "missing",
        "captivity",
        "release",
        "hospital",
        "stranding",
        "outage",
        "shelter",
    }
)  # topics, and states (`series`)
COUNTED = SUFFERED | {"protest", "walkout", "layoffs"}  # whose number is told anew from day to day
BEHIND = 30  # characters behind the words counted where it is told what became of them
PARTED = 6  # words that a comma, an "and" or another number counts as, between a number and what it may be of
PARTING = re.compile(r"[,;:()]|\b(?:and|but|while|after)\b|\d+(?:[.,]\d+)*")


@cache
def size() -> dict[str, str]:
    """Words that tell how large something is, and the topic that tells no more."""
    found: dict[str, str] = lexicon("accounts")["size"]
    return found


@cache
def toll() -> frozenset[str]:
    """Words for a number of people who suffer something, whatever it is."""
    return frozenset(lexicon("accounts")["toll"]["words"].split())


@cache
def counting() -> frozenset[str]:
    """The topics that people are counted by."""
    return frozenset(lexicon("indicators")["counts"]["people"])


@cache
def units() -> dict[str, str]:
    """Words that count the same kind of thing, with the word that stands for them all."""
    table = lexicon("accounts")
    people = {word: "people" for words in table["who"].values() for word in words.split()}
    return people | {word: unit for unit, words in table["unit"].items() for word in words.split()}


def unit_of(unit: str | None) -> str | None:
    """A unit as figures are compared by it: soldiers, men and recruits are people."""
    return units().get(unit.lower(), unit.lower()) if unit else None


@cache
def is_measure(unit: str | None) -> bool:
    """Whether a unit is money, a share, a measure or a length of time: what counts neither people nor things."""
    table = lexicon("figures")
    coins = lexicon("accounts")["money"]["words"].split()
    known = {"percent", *coins, *table["money"].values(), *table["money"], *table["measure"], *table["duration"]}
    return unit is not None and (unit in known or unit.upper() in known or unit_of(unit) == "time")


def hedges(*more: str) -> str:
    """The part of an expression for the words that may stand right before a number: hedges, and some more."""
    return rf"(?:\s(?:{either([*lexicon('accounts')['tally']['hedges'], *more])}))*"


def topics_of(text: str, span: Span, within: Span, of: Spans = ()) -> frozenset[str]:
    """The topic of the words counted at `of`, else of those that stand nearest to a number, of those that people are counted by: of "2 dead, 7 hurt" each has its own."""
    counted = [
        topic
        for s in of
        for place, topic, weak in topics_in(text, s)
        if place[1] == s[1] and not weak and topic != SIZE
    ]
    if counted:
        return frozenset([became(text, of[-1][1], within[1]) or counted[0]] if counted[0] in SUFFERED else counted[:1])
    found = [(steps(text, span, place) + weak, topic) for place, topic, weak in topics_in(text, within)]
    return frozenset({min(found)[1]} if found else ())


def became(text: str, end: int, stop: int) -> str | None:
    """What becomes of people who are counted by what had befallen them before, by the words right behind: "three hostages died" are dead."""
    behind = topics_in(text, (end, min(stop, end + BEHIND)))
    near = (
        topic for place, topic, weak in behind if not weak and topic in SUFFERED and steps(text, (end, end), place) < 2
    )
    return next(near, None)


def topics_in(text: str, within: Span) -> Iterator[tuple[Span, str, int]]:
    """The words of a stretch, and two in a row, that belong to a topic by which people are counted; words of size, as "number", may count anything."""
    words = [(m.start(), m.end()) for m in WORD.finditer(text, *within)]
    first = {s for s in words if text[slice(*s)].lower() in beginnings()}
    longer = ((a[0], b[1]) for n in (1, 2) for a, b in zip(words, words[n:], strict=False) if a in first)
    for start, end in [*words, *longer]:
        word = " ".join(text[start:end].lower().split())
        topic = group_of(word)
        if word in toll():
            yield (start, end), TOLL, PARTED
        elif topic in counting():
            yield (start, end), SIZE if topic == size()["topic"] else topic or "", 0
        elif word in size()["words"].split():
            yield (start, end), SIZE, PARTED


def steps(text: str, span: Span, place: Span) -> int:
    """How far a word stands from a number, in words; what parts clauses, and another number, count as many."""
    between = text[place[1] : span[0]] if place[1] <= span[0] else text[span[1] : place[0]]
    return len(WORD.findall(between)) + PARTED * len(PARTING.findall(between))
