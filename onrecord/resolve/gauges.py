"""What a number tells anew of where neither a state of people nor a named level does: a queue, what lies somewhere, how long a stock lasts, an offer, a lead.

1. Of things that are counted: how many wait ("62 ships at anchor", "the queue grew to 62"), or lie somewhere ("22,000 crates are on the quay"); of people, how many are aboard.
2. Of a stretch of time: how long a stock lasts; which, its words tell, else those before it.
3. Of a share or a sum: what is offered, unless its words demand it.
4. Of votes, seats and points: by how many somebody leads.
5. A number without a noun, of which only "there are" or "the figure was" is said, is of what the last one before it was of.

Word lists: `lexicon/series.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.bare import SPOKEN
from onrecord.resolve.crowds import is_crowd
from onrecord.resolve.deeds import is_deed
from onrecord.resolve.flows import is_flow
from onrecord.resolve.measures import hedges, is_measure, unit_of
from onrecord.resolve.rates import is_rate
from onrecord.resolve.words import stem
from onrecord.text import Span

FAR = 160  # characters before a number where words that tell what it gauges may stand
NEAR = 60  # and behind those it counts
BACK = 800  # and before its sentence, where the goods of a stock are named
AGAIN = 500  # characters between a number without a noun and the one that tells what it is of
FOLD = 3  # such a number is seldom more times the other
FURTHER = 10  # but a crowd is, by whoever counts it
AFLOAT = "ship"  # what waits where it lies off a place
PLAIN = 20  # the least number of things that are somewhere: a few are no count
GAUGED = re.compile(r"^stock | (?:waiting|there|offer|lead|aboard)$")
WORD = re.compile(r"[^\W\d_][\w’'-]*")


def gauge(text: str, f: Figure, sentence: Span, end: int, what: str) -> str:
    """What a figure gauges, by name: "ship waiting", "stock diesel", "votes lead"; empty where nothing is known.

    `end` is where the words that it counts end, `what` that which it is said to be the value of.
    """
    before, behind = text[max(sentence[0], f.span[0] - FAR) : f.span[0]], text[end : min(sentence[1], end + NEAR)]
    if unit_of(f.unit) == "time":
        return stock(text, f.span, sentence, before, what)
    return lead(f, before, what) or (
        offer(f, before, what) if is_measure(f.unit) else counted(text, f, before, behind, what)
    )


def is_gauge(series: str) -> bool:
    """Whether a figure gauges something."""
    return bool(GAUGED.search(series)) or is_flow(series) or is_deed(series) or is_rate(series)


def counted(text: str, f: Figure, before: str, behind: str, what: str) -> str:
    """Of things that are counted: how many wait, or lie somewhere."""
    table, noun = patterns(), thing_of(text, f, what)
    named = table["aboard"].match(behind) or table["aboard"].search(f" {what}")
    if named or is_carried(text, f, before) or is_on_it(before, behind):
        return aboard(text, f, what)
    if noun and (
        table["queue"].search(what)
        or table["queue of"].search(before)
        or table["in queue"].search(before)
        or table["waiting"].match(behind)
    ):
        return f"{noun} waiting"
    if noun == AFLOAT and table["afloat"].match(behind):
        return f"{noun} waiting"
    plain = noun and f.of and unit_of(f.unit) != "people" and (f.value or 0) >= PLAIN
    return f"{noun} there" if plain and (table["lying"].match(behind) or is_there(before, behind)) else ""


def is_carried(text: str, f: Figure, before: str) -> bool:
    """Whether a number of people is told as those whom a vessel carries."""
    carried = patterns()["carrying"].search(before) and unit_of(f.unit) in ("people", None)
    return bool(carried and patterns()["vessel"].search(text, max(0, f.span[0] - AGAIN), f.span[0]))


def is_on_it(before: str, behind: str) -> bool:
    """Whether so many are said to be on a vessel: "there were 189 on the plane", "41 were on the bus"."""
    told = patterns()["on it"].match(behind)
    return bool(told and (told["are"] or patterns()["there"].search(before)))


def aboard(text: str, f: Figure, what: str) -> str:
    """Who is aboard: anybody, or the passengers or the crew among them; none where things are."""
    if (f.of or f.unit) and unit_of(f.unit) != "people":
        return ""
    words = f"{what} {text[slice(*f.of[-1])] if f.of else f.unit or ''}".lower().split()
    return f"{next((kind for kind, its in aboard_kinds().items() if its & set(words)), 'people')} aboard"


@cache
def aboard_kinds() -> dict[str, frozenset[str]]:
    """Who may be aboard, by the words for them."""
    return {kind: frozenset(words.split()) for kind, words in lexicon("series")["gauge"]["aboard"]["kinds"].items()}


def is_there(before: str, behind: str) -> bool:
    """Whether it is said that there are so many somewhere."""
    return bool(patterns()["there"].search(before) and patterns()["place"].match(behind))


def thing_of(text: str, f: Figure, what: str) -> str:
    """The word for what is counted: its own noun, else a known one of what it is the value of, else the last known one before it."""
    if f.of or f.unit:
        return (
            "people"
            if unit_of(f.unit) == "people"
            else named((text[slice(*f.of[-1])] if f.of else f.unit or "").split()[-1])
        )
    return last_of(what, countable()) or last_of(text[max(0, f.span[0] - AGAIN) : f.span[0]], countable())


def named(word: str) -> str:
    """The word that stands for all words for one thing: ship of "vessels"."""
    return kinds().get(word.lower(), stem(word.lower()))


def last_of(words: str, known: Callable[[str], bool]) -> str:
    """The last known word of some words, as it is compared."""
    found = [w.lower() for w in WORD.findall(words) if known(w.lower())]
    return named(found[-1]) if found else ""


def countable() -> Callable[[str], bool]:
    """Whether a word is for things that wait in queues."""
    return kinds().__contains__


@cache
def kinds() -> dict[str, str]:
    """Words for countable things of one kind, with the word that stands for them all."""
    return {word: kind for kind, words in lexicon("series")["countable"].items() for word in words.split()}


def stock(text: str, span: Span, sentence: Span, before: str, what: str) -> str:
    """How long a stock lasts, by its goods."""
    own, table = text[sentence[0] : span[0]], patterns()
    lasting = table["lasts"].search(before) and (table["stock"].search(own) or goods(own))
    if not (lasting or table["stock"].search(what) or table["stock of"].search(before)):
        return ""
    within = goods(what) or goods(own) or goods(text[max(0, sentence[0] - BACK) : sentence[0]])
    return f"stock {within}" if within else ""


def will_last(text: str, f: Figure, sentence: Span) -> bool:
    """Whether a figure that tells of no fact by its grammar tells how long there is enough all the same: "would last for 22 days"."""
    return bool(patterns()["will last"].search(text[max(sentence[0], f.span[0] - FAR) : f.span[0]]))


def goods(words: str) -> str:
    """The goods that are named last; those that have no name of their own, as fuel, only where nothing more is said."""
    found = [kept()[m[0].lower()] for m in patterns()["goods"].finditer(words)]
    told = [g for g in found if g not in lexicon("series")["gauge"]["stock"]["generic"]]
    return next(reversed(told or found), "")


@cache
def kept() -> dict[str, str]:
    """Words for goods, with the word that stands for them all."""
    return {word: good for good, words in lexicon("series")["goods"].items() for word in words.split()}


def offer(f: Figure, before: str, what: str) -> str:
    """That a share or a sum is offered: no demand, and nothing that one is far from."""
    table = patterns()
    told = table["offer"].search(what) or table["offers"].search(before)
    demanded = table["demand"].search(before[-NEAR:])
    return f"{unit_of(f.unit)} offer" if (told and not demanded) or table["accepted"].search(before) else ""


def lead(f: Figure, before: str, what: str) -> str:
    """By how many votes, seats or points somebody leads."""
    if f.unit not in lexicon("series")["gauge"]["lead"]["units"]:
        return ""
    return f"{f.unit} lead" if patterns()["lead"].search(what) or patterns()["leads"].search(before) else ""


def again(
    text: str, f: Figure, sentence: Span, last: tuple[Figure, tuple[str, str]] | None, what: str = ""
) -> tuple[str, str]:
    """What a number without a noun tells anew: what `last`, the figure before it that told of something, is of; topic and level as `series.run` gives them.

    `what` is that which it is the value of.
    """
    if (
        last is None
        or f.of
        or f.unit
        or f.span[0] - last[0].span[1] > AGAIN
        or not is_like(f, last[0], FURTHER if is_crowd(last[1][1]) else FOLD)
    ):
        return "", ""
    before = text[max(sentence[0], f.span[0] - FAR) : f.span[0]]
    told = patterns()["it is"].search(before)
    recalled = patterns()["recalled"].search(before) and not (told and told["named"])
    return last[1] if (told or SPOKEN.match(what)) and not recalled else ("", "")


def is_like(a: Figure, b: Figure, fold: int = FOLD) -> bool:
    """Whether two numbers are of one size."""
    one, other = (x.value or x.high or x.low or 0 for x in (a, b))
    return 0 < max(one, other) <= fold * min(one, other)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The expressions of each gauge."""
    table: dict[str, Any] = lexicon("series")["gauge"]
    between = lexicon("series")["between"]
    hedge = hedges(*between["adverbs"], "no more than", "not more than", "below", "above")
    are, adverbs = either([*between["are"], *table["waiting"]["are"]]), either(between["adverbs"])
    queue, stock, offer, lead = (either(table[k]["nouns"]) for k in ("waiting", "stock", "offer", "lead"))
    place = either(table["there"]["behind"])
    return {
        "queue": re.compile(rf"\b(?:{queue}|{either(table['waiting']['behind'])})\b", re.I),
        "queue of": re.compile(rf"\b(?:{queue})\sof{hedge}\s*$", re.I),
        "in queue": re.compile(rf"\bin\s(?:the|a|this|that)\s(?:queue|line|backlog)\s(?:there\s)?(?:{are})\b[^.;:]{{0,40}}$", re.I),
        "waiting": re.compile(rf"^(?:\s(?:{are}|{adverbs}))*\s(?:{either(table['waiting']['behind'])})\b", re.I),
        "afloat": re.compile(rf"^(?:\s(?:{are}|{adverbs}))+\s(?:{either(table['waiting']['afloat'])})\b", re.I),
        "lying": re.compile(rf"^(?:\s(?:{adverbs}))*\s(?:{are})(?:\s(?:{adverbs}))*(?:\s(?:{either(table['there']['put'])}))?\s(?:{place})\b", re.I),
        "there": re.compile(rf"\bthere\s(?:are|is|were|was){hedge}\s*$", re.I),
        "place": re.compile(rf"^(?:\s(?:{either(table['there']['put'])}))?\s(?:{place})\b", re.I),
        "aboard": re.compile(rf"^(?:\s(?:{are}|{adverbs}|people|persons|in all))*\s(?:{either(table['aboard']['behind'])})\b|\s(?:{either(table['aboard']['behind'])})\b(?=[^.]*$)", re.I),
        "on it": re.compile(rf"^(?:\s(?:people|persons))?(?P<are>(?:\s(?:{are}|{adverbs}))*)\s(?:{either(table['aboard']['on'])})\s(?:[a-z]+\s)?(?:{either(table['aboard']['vessels'])})\b(?!\s[a-z]*(?:yard|works|line|lines|station|company))"),
        "carrying": re.compile(rf"\b(?:{either(table['aboard']['carrying'])}){hedge}\s*$", re.I),
        "vessel": re.compile(rf"\b(?:{either(table['aboard']['vessels'])})\b", re.I),
        "stock": re.compile(rf"\b(?:{stock})\b", re.I),
        "stock of": re.compile(rf"\b(?:{stock})\s(?:of|for){hedge}\s*$", re.I),
        "lasts": re.compile(rf"\b(?:{either(table['stock']['lasts'])})\s(?:for{hedge}|{hedge.replace('*', '+')})\s*$", re.I),
        "will last": re.compile(rf"\b(?:will|would)\s(?:(?:{either([*between['adverbs'], 'be'])})\s)*(?:{either(table['stock']['lasts'])})\sfor{hedge}\s*$", re.I),
        "goods": re.compile(rf"(?<![\w-])(?:{either(kept())})(?![\w-])", re.I),
        "offer": re.compile(rf"\b(?:{offer})\b", re.I),
        "offers": re.compile(rf"\b(?:{either(table['offer']['offers'])}){hedge}\s*$|\b(?:{offer})\sof{hedge}\s*$", re.I),
        "demand": re.compile(rf"\b(?:{either(table['offer']['demand'])})\b", re.I),
        "accepted": re.compile(rf"\b(?:{either([*table['offer']['refused'], *table['offer']['accepted']])})\s(?:(?:an?|the|its|their|his|her|another|new|latest|last|final|improved|revised|second|third|management|employer|employers[’']|company|government)(?:[’']s)?\s)*(?:{either([*table['offer']['nouns'], *table['offer']['rises']])})\s(?:of|worth){hedge}\s*$", re.I),
        "lead": re.compile(rf"\b(?:{lead})\b", re.I),
        "leads": re.compile(rf"\b(?:{lead}|{either(table['lead']['leads'])})\b[^.;]*\bby{hedge}\s*$|\b(?:{lead})\sof{hedge}\s*$", re.I),
        "it is": re.compile(rf"\b(?:there\s(?:are|is|were|was)|(?P<named>a\s(?:{either(table['again']['nouns'])})\sof)|(?:{either(table['again']['nouns'])})\s(?:of|is|was|stood at|stands at|had risen to|had fallen to|has risen to|has fallen to|rose to|fell to)|(?:{either(table['again']['put'])})\s(?:it|them|the\s(?:{either(table['again']['nouns'])}))\s(?:at|as)|(?:{either([*table['again']['tells'], *table['again']['it']])})){hedge}\s*$", re.I),
        "recalled": re.compile(rf"\b(?:{either(table['again']['recalled'])})\b", re.I),
    }  # fmt: skip
