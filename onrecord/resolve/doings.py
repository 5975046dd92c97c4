"""What a number tells anew of where no state that is known by name does: what those it counts are, or are doing.

1. It is said right behind them, as something that goes on: "140 roads are closed", "300 miners occupy the shaft", "90 families have refused the offer since May".
2. Or it stands in the words that the number is the value of: "the number of roads closed has risen to 150", "the number of miners who occupy the shaft".

What happened once goes on in no later report, and is left out. Whether people or which things, the verb, and what it is done to make the name: who does something else is
counted by itself. Word lists: `lexicon/series.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.gauges import named
from onrecord.resolve.measures import is_measure, unit_of
from onrecord.resolve.words import stem, vocabulary
from onrecord.text import Span

FAR = 200  # characters behind those counted where it is told what they do
PREFIX = "doing "
WORD = re.compile(r"[^\W\d_][\w’'-]*")
OPEN = re.compile(r"[.;:“”()]|\b(?:which|whose|that|and|but|when|while|after)\b")  # where a clause ends


def is_doing(series: str) -> bool:
    """Whether a figure tells what those it counts are, or are doing."""
    return series.startswith(PREFIX)


def doing(text: str, f: Figure, sentence: Span, end: int, what: str) -> str:
    """What those whom a figure counts are or do, by name: "doing road clos"; empty where nothing is said.

    `end` is where the words that it counts end, `what` that which it is the value of.
    """
    if is_measure(f.unit):
        return ""
    told = patterns()["number of"].search(what)
    if told:
        noun = "people" if told["who"] == "who" else told["noun"]
        deed = predicate(told["rest"], bare=not told["who"], since=True, sure=bool(told["who"]))
    elif (f.of or f.unit) and not what:
        behind = text[end : min(sentence[1], end + FAR)]
        noun = "people" if unit_of(f.unit) == "people" else text[slice(*f.of[-1])] if f.of else f.unit or ""
        parts = (patterns()[how].sub("", behind, count=1) for how in ("to its verb", "to a word"))
        found = (predicate(words, bare=False, since=" since " in behind) for words in parts)
        deed = next(filter(None, found), "")
    else:
        return ""
    own = noun.split()[-1].lower()
    return f"{PREFIX}{'people' if unit_of(own) == 'people' else named(own)} {deed}" if deed else ""


@lru_cache(maxsize=4096)
def predicate(words: str, *, bare: bool, since: bool, sure: bool = False) -> str:
    """What some words that begin behind a noun say that it is or does, as stems: "are still closed by mud" "clos", "refuse the offer" "refus offer".

    `bare`: a participle may stand there by itself; `since`: it is told since when, so that what "has" been done goes on; `sure`: a verb must follow.
    """
    table = patterns()
    if told := table["is"].match(words):
        return being(told["rest"])
    if told := table["has"].match(words):
        return acting(told["rest"], passive=False) if since else ""
    if bare and (told := table["participle"].match(words)):
        return acting(told["rest"], passive=told["rest"].split()[0].endswith("ed"))
    told = table["does"].match(words)
    return acting(told["rest"], passive=False) if told and (sure or is_verb(told["verb"])) else ""


def being(rest: str) -> str:
    """What something is, by the words behind "are": a participle, or where it is."""
    first, _, behind = rest.partition(" ")
    if first in lexicon("series")["doing"]["places"]:
        return f"{first} {noun(behind)}" if noun(behind) else ""
    if first.endswith("ing") or first in lexicon("series")["doing"]["idle"]:
        return acting(rest, passive=False)
    return stem(first) if first.endswith("ed") or first in lexicon("series")["doing"]["participles"] else ""


def acting(rest: str, *, passive: bool) -> str:
    """What is done, by its verb and what that is done to."""
    verb, _, behind = rest.partition(" ")
    object = "" if passive else noun(behind)
    return f"{stem(verb)} {object}".strip() if verb not in lexicon("series")["doing"]["idle"] else ""


def noun(words: str) -> str:
    """The stem of the first noun that some words begin with, as far as its clause goes; empty where they begin with none."""
    found = WORD.findall(OPEN.split(words)[0])
    left = [w for w in found if w.lower() not in lexicon("series")["doing"]["determiners"]]
    return stem(left[0].lower()) if left and left[0].lower() not in lexicon("series")["doing"]["places"] else ""


def is_verb(word: str) -> bool:
    """Whether a word that stands like a verb in the present may be one: its other forms are English words as well."""
    return any(f"{cut}ing" in vocabulary() for cut in (word, word.removesuffix("e")))


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The ways to say what goes on."""
    between, table = lexicon("series")["between"], lexicon("series")["doing"]
    adverbs = rf"(?:\s(?:{either(between['adverbs'])}))*"
    rest = r"\s(?P<rest>[a-z][\w-]+(?:\s[^.;:“”]*)?)"
    idle = either(
        [
            *table["places"],
            *table["determiners"],
            *table["idle"],
            *table["are"],
            "have",
            "has",
            "had",
            "who",
            "which",
            "that",
        ]
    )
    modifier = (
        r"^(?:\s(?:of|in|at|on|from|near|along|across)\s(?:(?!\s(?:who|which|that|and|but)\s)[^.;:“”()]){1,80}?)?,?"
    )
    return {
        "number of": re.compile(r"\bnumber\sof\s(?:(?:the|its|their|his|her|our)\s)?(?:(?!who\b|which\b|that\b)[\w-]+\s){0,2}?(?P<noun>(?!who\b|which\b|that\b)[\w-]+s|people|men|women|children)(?:\s(?P<who>who|which|that))?(?P<rest>\s[a-z].*)$"),
        "to its verb": re.compile(rf"{modifier}(?=\s(?:{either(table['are'])}|have|has)\s)"),
        "to a word": re.compile(rf"{modifier}(?=\s(?!(?:{idle})\b)[a-z]+\s)"),
        "is": re.compile(rf"^\s(?:{either(table['are'])}){adverbs}{rest}"),
        "has": re.compile(rf"^\s(?:have|has|had){adverbs}{rest}"),
        "participle": re.compile(r"^\s(?P<rest>[a-z]+(?:ed|ing)\b.*)$"),
        "does": re.compile(rf"^\s(?P<rest>(?!(?:{idle})\b)(?P<verb>[a-z]{{3,}}(?<!s)(?<!ed)(?<!ing)(?<!ly))\s(?!(?:{either(table['places'])}|{either(table['are'])})\b)[\w-].*)$"),
    }  # fmt: skip
