"""What a number tells anew of a deed that is counted on: how many were shot down, culled, recalled or called up so far.

1. It stands before the number, as of who does it ("has shot down 57 drones", "called up 19,000 reservists"); behind those it counts, as of what was done to them or what they
   did ("31 drones have been shot down", "3,200 people have left"); or it is what the number is the value of ("the number of birds culled", "the recall stands at 900 tins").
2. It is counted on where a known deed is told in the perfect, or any in the perfect of the present or with a word of a running total ("so far", "since Monday", "in all"). Of a
   few, as recalls, each is told of the whole, and goes on where the same body did it (`alone`).
3. Who did it is kept where it is named (`by`): what another land or firm did is another count.

Active and passive have one name. Word lists: `lexicon/series.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.measures import COUNTED, hedges, is_measure, unit_of
from onrecord.resolve.terms import weight
from onrecord.resolve.words import stem
from onrecord.text import Span
from onrecord.watch.topics import group_of

PREFIX = "done "
FAR = 160  # characters before a number where its deed and who did it may stand
NEAR = 90  # and behind those it counts
BACK = 600  # and before its sentence, where what a deed was done to is named
FEW = 10  # the least number of a deed that is known by its verb only
SOLDIERS = "soldiers"  # whom a call-up counts, whatever they are called
TELLING = 3.2  # the weight of a word that is not in many names
ROOT = 5  # letters of a name that its adjective keeps: Tarva, Tarvan
NAME = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][\w-]+")
AGENT = re.compile(r"\bby\s(?P<who>[^.,;:“”]{2,50})")
CUE = re.compile(r"\s(?:said|says|say|announced|reported|that)\b(?:\s(?:on|in)\s\w+)?\s*$")
IT = re.compile(r"^(?:it|they|he|she|who|which)$", re.I)


class Deed(NamedTuple):
    """A deed that is counted on."""

    name: str
    by: frozenset[str] = frozenset()  # the names of who did it, where they are told
    alone: bool = False  # it goes on only where the same body did it


def is_deed(series: str) -> bool:
    """Whether a figure tells of a deed that is counted on."""
    return series.startswith(PREFIX)


def is_called_up(series: str) -> bool:
    """Whether those that a figure counts are soldiers by what was done with them."""
    return series.startswith(f"{PREFIX}{SOLDIERS} ")


def root(name: str) -> str:
    """A name as it is compared with its adjective."""
    return name.casefold()[:ROOT]


def deed(
    text: str, f: Figure, sentence: Span, end: int, what: str, who: str, subject: Callable[[str], str]
) -> Deed | None:
    """The deed that a figure counts on; `end` is where the words that it counts end, `what` that which it is the value of, `who` whom of people it counts."""
    if is_measure(f.unit):
        return None
    before, behind = text[max(sentence[0], f.span[0] - FAR) : f.span[0]], text[end : min(sentence[1], end + NEAR)]
    noun = noun_of(text, f)
    if what:
        return valued(text, f, what, noun, who)
    total = bool(patterns()["total"].search(f"{before}#{behind}"))
    found = [*before_it(before, total, noun, who), *behind_it(behind, total, noun, who)]
    for kind, told, start in found:
        doer = subject(before[:start]) if start >= 0 else agent(behind)
        by = named(doer, before)
        alone = told == "alone"
        name = name_of(kind, noun, who)
        few = told == "any" and (f.value or f.low or 0) < FEW
        if name and (by or not alone) and not few:
            return Deed(name, by, alone)
    return None


def before_it(before: str, total: bool, noun: str, who: str) -> Iterator[tuple[str, str, int]]:
    """Deeds whose verb stands before the number: their kind, how they are told, and where the verb begins."""
    for kind, its in kinds().items():
        told = its["active"].search(before)
        if told and fits(kind, noun, who):
            if told["perfect"] or total or table(kind).get("plain"):
                yield kind, "perfect", told.start()
            elif table(kind).get("alone"):
                yield kind, "alone", told.start()
    told = patterns()["any active"].search(before)
    if told and is_thing(noun) and (total or is_present(told["aux"])) and is_any(told["verb"]):
        yield verb_stem(told), "any", told.start()


def behind_it(behind: str, total: bool, noun: str, who: str) -> Iterator[tuple[str, str, int]]:
    """Deeds whose verb stands behind those who are counted."""
    for kind, its in kinds().items():
        told = its["passive"].match(behind) or its["subject"].match(behind)
        if told and fits(kind, noun, who) and (is_perfect(told["aux"] or "") or total or table(kind).get("plain")):
            yield kind, "perfect", -1
    told = patterns()["any passive"].match(behind)
    if told and is_thing(noun) and (total or is_present(told["aux"])) and is_any(told["verb"]):
        yield verb_stem(told), "any", -1


def valued(text: str, f: Figure, what: str, noun: str, who: str) -> Deed | None:
    """The deed of what a number is the value of: "the number of birds culled", "the recall"."""
    for kind, its in kinds().items():
        counted = its["number of"].search(what)
        own = counted["noun"].split()[-1] if counted and counted["noun"] else ""
        own = "" if own.lower() in ("number", "total") else own
        if counted or its["noun"].search(what):
            thing = thing_of(own) if own else noun or last_of(text[max(0, f.span[0] - BACK) : f.span[0]], table(kind))
            if fits(kind, thing, who or ("" if not own else people(own))):
                name = name_of(kind, thing, who)
                return Deed(name) if name else None
    return None


def name_of(kind: str, noun: str, who: str) -> str:
    """The name of a deed of a kind, done to some; empty where nothing tells to what."""
    its = table(kind)
    if its.get("who"):
        return f"{PREFIX}{its['who']} {kind}"
    named = SOLDIERS if noun == "people" and who == SOLDIERS else noun
    return f"{PREFIX}{named} {kind}" if named else ""


def fits(kind: str, noun: str, who: str) -> bool:
    """Whether a deed may be done to what is counted."""
    its = table(kind)
    if its.get("who") == SOLDIERS:
        return who == SOLDIERS or (bool(its.get("plain")) and who == "" and noun in ("", "people"))
    if its.get("who"):
        return noun in ("", "people")
    return noun != "people" and (not its.get("of") or noun in things(kind))


def noun_of(text: str, f: Figure) -> str:
    """The word for what is counted, as it is compared; empty where the number has no noun."""
    if not (f.of or f.unit):
        return ""
    if unit_of(f.unit) == "people":
        return "people"
    return thing_of((text[slice(*f.of[-1])] if f.of else f.unit or "").split()[-1])


def thing_of(word: str) -> str:
    """The word that stands for all words for one thing."""
    low = word.lower()
    if unit_of(low) == "people" or low in ("those", "they"):
        return "people"
    return known().get(low, stem(low))


def people(word: str) -> str:
    """Whom of people a word is for."""
    return SOLDIERS if word.lower() in lexicon("accounts")["who"][SOLDIERS].split() else ""


@cache
def known() -> dict[str, str]:
    """Words for things of one kind, with the word that stands for them all."""
    groups = {**lexicon("series")["countable"], **lexicon("series")["target"]}
    return {word: kind for kind, words in groups.items() for word in words.split()}


@cache
def things(kind: str) -> frozenset[str]:
    """What a deed of a kind may be done to, as it is compared."""
    return frozenset(thing_of(word) for word in table(kind).get("of", "").split())


def last_of(words: str, its: dict[str, Any]) -> str:
    """The last word before a number for what a deed may be done to, where that is known."""
    of = set(its.get("of", "").split())
    found = [w for w in re.findall(r"[a-z]+", words) if w in of]
    return thing_of(found[-1]) if found else ""


def is_perfect(words: str) -> bool:
    """Whether a verb is told in the perfect."""
    return bool(re.search(r"\b(?:has|have|had|having)\b", words))


def is_present(words: str) -> bool:
    """Whether a verb is told in the perfect of the present, or says that it is a running total."""
    return bool(re.search(r"\b(?:has|have|now|already|so far)\b", words))


def is_thing(noun: str) -> bool:
    """Whether what is counted may have any deed done to it: things, and none that are no more than told of; people are counted by the state that they are in."""
    return noun not in ("", "people", *lexicon("series")["done_of"]["nothing"]) and group_of(noun) not in COUNTED


def is_any(verb: str) -> bool:
    """Whether a verb that is no known deed may be counted on: none by which people suffer, or a number changes."""
    return verb not in idle() and group_of(verb) not in COUNTED


@cache
def idle() -> frozenset[str]:
    """Verbs that are no deeds that anybody counts."""
    value, moving = lexicon("series")["value"], lexicon("figures")["change"]["words"]
    own = lexicon("series")["done_of"]["idle"]
    return frozenset({*own, *lexicon("series")["doing"]["idle"], *moving, *value["at"], *value["is"], *value["made"]})


def verb_stem(told: re.Match[str]) -> str:
    """The name of a deed that is known by its verb only."""
    return f"{stem(told['verb'])} {told['particle'] or ''}".strip()


def agent(behind: str) -> str:
    """Who did what is told in the passive, by the words behind "by"."""
    told = AGENT.search(behind)
    return told["who"] if told else ""


def named(who: str, before: str) -> frozenset[str]:
    """The names of who did it; of an "it" those of who is said to speak of it."""
    if IT.match(who):
        said = before[: before.rfind(who)]
        told = CUE.search(said)
        who = said[: told.start()].rpartition(",")[2] if told else ""
    return frozenset(w.casefold() for w in NAME.findall(who) if weight(stem(w.casefold())) >= TELLING)


def table(kind: str) -> dict[str, Any]:
    """What is known of a kind of deed."""
    found: dict[str, Any] = lexicon("series")["done"].get(kind, {})
    return found


@cache
def kinds() -> dict[str, dict[str, re.Pattern[str]]]:
    """The expressions of each known deed."""
    between = lexicon("series")["between"]
    hedge = hedges("between")
    adverbs = rf"(?:\s(?:{either([*between['adverbs'], 'since'])}))*"

    def some(words: Iterable[str]) -> str:
        return either(words) or r"(?!)"

    middle = r"(?:\s(?!and\b|or\b|but\b|who\b|which\b|that\b)[\w’'-]+){0,6}?"
    return {
        kind: {
            "active": re.compile(
                rf"(?P<perfect>\b(?:has|have|had|having){adverbs}\s)?\b(?:{some(its['verbs'])}){hedge}\s*$", re.I
            ),
            "passive": re.compile(
                rf"^{middle}\s(?P<aux>(?:have|has|had|were|was|are){adverbs})\s(?:{some([*its['verbs'], *its.get('passive', ())])})\b"
            ),
            "subject": re.compile(rf"^{middle}(?P<aux>\s(?:have|has|had){adverbs})?\s(?:{some(its.get('subject', ()))})\b"),
            "number of": re.compile(
                rf"(?:^|\b(?:number|total)(?:\sof)?\s)(?:(?:the|its|their|all)\s)?(?:(?P<noun>[\w’'-]+(?:\s[\w’'-]+)?)\s(?:(?:who|that|which)\s(?:have|had|has|were|are)(?:\s(?:already|now|been|so far))*\s)?)?(?:{some([*its['verbs'], *its.get('passive', ()), *its.get('subject', ())])})\b"
            ),
            "noun": re.compile(rf"\b(?:{some(its.get('nouns', ()))})\b", re.I),
        }
        for kind, its in lexicon("series")["done"].items()
    }  # fmt: skip


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The words of a running total, and any verb before or behind a number."""
    between, own = lexicon("series")["between"], lexicon("series")["done_of"]
    hedge = hedges("between")
    adverbs = rf"(?:\s(?:{either(between['adverbs'])}))*"
    verb = rf"(?P<verb>[a-z]{{3,}}ed|{either(own['irregular'])})(?:\s(?P<particle>{either(own['particles'])}))?"
    middle = r"(?:\s(?!and\b|or\b|but\b|who\b|which\b|that\b)[\w’'-]+){0,4}?"
    return {
        "total": re.compile(rf"\b(?:{either(own['total'])})\b|\bin\s(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s(?:days?|weeks?|months?)\b", re.I),
        "any active": re.compile(rf"\b(?P<aux>(?:has|have|had){adverbs})\s{verb}{hedge}\s*$"),
        "any passive": re.compile(rf"^{middle}\s(?P<aux>(?:have|has|had){adverbs}\sbeen{adverbs})\s{verb}\b"),
    }  # fmt: skip
