"""What an indicator is about: the forms of its words and of those that mean nearly the same, and whether a number is tied to them.

A sentence that holds a number and a topic need not count the one by the other: "6,000 people protested against the mobilisation". So a number is
tied only in these ways, tried in this order:

1. the words counted are the topic's: "6,000 recruits", "40 sick persons"; 2. the topic stands before it, with nothing between but what such sentences have there:
"recruitment has already exceeded 6,000", "called up some 6,000 men", "the number of sick with the fever in Tarn amounts to 40"; 3. the topic's noun is right
behind: "a 6,000-strong call-up"; 4. its verb is behind as a passive, or needs no object, or what becomes of people stands there: "6,000 men from Tarn have been called
up", "6,000 enlisted", "40 men are sick".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from onrecord.read.manner import inflections, lexicon
from onrecord.text import Span

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
NUMBER = re.compile(r"\d")
NUMBER_OF = re.compile(r"(?:the )?\b(?:number|count|tally|total) of (?:[\w’'-]+ ){0,4}$", re.I)
PUT = re.compile(r"\bat(?: [a-z]+){0,3} $")  # "put at close to 300 the number of gunmen"
# What those whom a number counts do somewhere: "94 people lie in", "14,000 were being housed in the".
LOCATED = re.compile(
    r"(?:\s[\w’'-]+){0,3}?\s(?:are|were|lie|lay|remain|remained|stay|stayed|sit|sat|wait|waited|sleep|slept|live|lived|shelter|sheltered|camp|camped)"
    r"(?:\s(?:still|now|already|also|being|held|kept|treated|housed|lodged|staying|living|sleeping|waiting|cared for|[a-z]+ly))*"
    r"\s(?:in|at|on|inside|under)\s(?:(?:the|a|its|their|city|local|various|makeshift|temporary|overcrowded)\s){0,2}"
)
LISTED = re.compile(r"[^.:;]{3,90}:\s")  # what stands before a number on a list: "Flights cancelled since morning: 131"
HALT = re.compile(r"[;:()—]|[.!?](?=\s)")
MOST = 14  # how many words may stand between a topic and its number
NAMED = 8  # how many words may stand behind a number before its passive

Words = frozenset[str]


class Topic(NamedTuple):
    """The forms of a topic's words, as expressions. A form that can be noun or verb is in both."""

    every: re.Pattern[str]
    nouns: re.Pattern[str]
    verbs: re.Pattern[str]
    alone: re.Pattern[str]
    people: re.Pattern[str]  # of the nouns those that people are called by: "the sick", "recruits"


class Tie(NamedTuple):
    """The words of a topic that a number is tied to; the word that says whether it happened; whether "not" stands between."""

    span: Span
    verb: Span
    negated: bool = False


@cache
def table(name: str) -> Words:
    """A list of the words that tie a number to what it is of."""
    return frozenset(lexicon("indicators")["tie"][name])


@cache
def sayings() -> Words:
    """Verbs that say whether a number is so."""
    return table("reach") | frozenset(lexicon("figures")["counted"]["grew"]) | {"is", "was", "are", "were"}


@cache
def groups() -> dict[str, str]:
    """The topic of each word of the table, in every form; of two that share a word the first."""
    found: dict[str, str] = {}
    for name, entry in lexicon("indicators")["topic"].items():
        for form in (name, *sorted(forms_of(entry))):
            found.setdefault(form, name)
    return found


@cache
def beginnings() -> frozenset[str]:
    """The first words of those entries of the table that are of more than one."""
    return frozenset(form.partition(" ")[0] for form in groups() if " " in form)


def group_of(word: str) -> str | None:
    """The table's topic that a word belongs to, in any form, or None."""
    return groups().get(word.lower())


@cache
def is_person(word: str) -> bool:
    """Whether a word is in the table of topics as somebody: "recruit", unlike "death"."""
    entries = lexicon("indicators")["topic"].values()
    return word.lower() in noun_forms(p for entry in entries for p in entry.get("people", ()))


@cache
def _verb_forms(verb: str) -> tuple[str, ...]:
    first, _, rest = verb.partition(" ")
    forms = inflections(first, lexicon("indicators")["irregular"])
    return tuple(f"{form} {rest}".strip() for form in forms)


def verb_forms(verbs: Iterable[str]) -> set[str]:
    """All forms of verbs of one word or more."""
    return {form for verb in verbs for form in _verb_forms(verb)}


def noun_forms(nouns: Iterable[str]) -> set[str]:
    """Singular and plural of nouns, of which the last word changes."""
    return {form for n in nouns for form in (n, next(iter(list(inflections(n, {}))[1:2]), n))}


def forms_of(entry: dict[str, list[str]]) -> set[str]:
    """All forms of a topic's words."""
    verbs = verb_forms([*entry.get("verbs", ()), *entry.get("alone", ())])
    return verbs | noun_forms([*entry["nouns"], *entry.get("people", ())])


@cache
def topic(words: tuple[str, ...]) -> Topic:
    """The expressions of one or several topics, any of which will do."""
    nouns: set[str] = set()
    verbs: set[str] = set()
    alone: set[str] = set()
    people: set[str] = set()
    for word in words:
        name = group_of(word)
        entry = lexicon("indicators")["topic"][name] if name else {"nouns": [word.lower()], "verbs": [word.lower()]}
        nouns |= noun_forms([*entry["nouns"], *entry.get("people", ())])
        verbs |= verb_forms(entry["verbs"])
        alone |= verb_forms(entry.get("alone", ()))
        people |= noun_forms(entry.get("people", ()))
    return Topic(*map(expression, (nouns | verbs | alone, nouns, verbs, alone, people)))


@cache
def spoken_of(word: str) -> re.Pattern[str]:
    """The words by which a statement is of a topic: all of it, but of what people are made to do nothing that they do by themselves."""
    entry = lexicon("indicators")["topic"].get(group_of(word) or "", {})
    if word.lower() not in entry.get("compulsory", ()):
        return topic((word,)).every
    freely = noun_forms(entry["voluntary"]) | verb_forms(entry["voluntary"])
    every = noun_forms([*entry["nouns"], *entry.get("people", ())]) | verb_forms(
        [*entry["verbs"], *entry.get("alone", ())]
    )
    return expression(every - freely)


def expression(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words as a whole; one that never matches where there are none."""
    found = sorted(words, key=len, reverse=True)
    body = "|".join(r"[\s-]+".join(map(re.escape, re.split(r"[\s]+", w))) for w in found)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w-])" if body else r"(?!)", re.I)


def tied(text: str, sentence: Span, span: Span, of: Iterable[Span], about: Topic) -> Tie | None:
    """The words of the topic that a figure at `span`, which counts the words at `of`, is tied to; None where it is tied to none."""
    of = tuple(of)
    told = (
        before(text, sentence, span, about) if of and of[0][1] <= span[0] else None
    )  # "recruitment has exceeded 5,000"
    return (
        told or counted(text, of, about) or before(text, sentence, span, about) or behind(text, sentence, span, about)
    )


def counted(text: str, of: Iterable[Span], about: Topic) -> Tie | None:
    """The topic as the head of the words counted, or as what people are said to be by: "sick persons"."""
    found = (
        m
        for s in of
        for m in about.nouns.finditer(text, *s)
        if m.end() == s[1]
        or (about.people.fullmatch(m[0]) and text[m.end() : s[1]].strip().lower() in table("anybody"))
    )
    m = next(found, None)
    return Tie(m.span(), m.span()) if m and not provided().search(text, max(0, m.start() - 80), m.start()) else None


@cache
def provided() -> re.Pattern[str]:
    """What there is room or help for, before a number: "a field hospital for 400 patients" has none yet."""
    words = "|".join(map(re.escape, sorted(table("provision"), key=len, reverse=True)))
    return re.compile(rf"\b(?:{words})(?:\s[\w-]+){{0,2}}\sfor\s(?:[\w-]+\s){{0,4}}[\d.,]*\s*(?:[\w-]+\s)?$", re.I)


def before(text: str, sentence: Span, span: Span, about: Topic) -> Tie | None:
    """The nearest topic before the number, with only such words between as leave it the number's."""
    found = list(about.every.finditer(text, sentence[0], span[0]))
    if not found:
        return None
    m = found[-1]
    between = text[m.end() : span[0]]
    words = WORD.findall(between)
    if LISTED.fullmatch(text, sentence[0], span[0]) and not text[span[1] : sentence[1]].strip(' .”"'):
        return Tie(m.span(), m.span())
    if numbered(text, sentence, m.span(), between):
        return Tie(m.span(), m.span(), negated=not {"not", "never"}.isdisjoint(w.lower() for w in words))
    if (
        HALT.search(between)
        or NUMBER.search(between)
        or len(words) > MOST
        or (words and words[-1].lower() in table("cut"))
    ):
        return None
    if not all(neutral(words, i) for i in range(len(words))) or "out" in words:
        return None
    link = next(
        (
            w
            for w in WORD.finditer(text, m.end(), span[1])
            if w.start() <= span[0] and w.group().lower() in table("link")
        ),
        None,
    )
    is_noun = link is not None and about.nouns.fullmatch(m.group()) is not None
    is_verb = not is_noun and about.verbs.fullmatch(m.group()) is not None
    if not is_verb and (not link or not about.nouns.fullmatch(m.group())):
        return None
    aged = words and words[-1].lower() in ("at", "for") and "number of" not in text[sentence[0] : m.start()]
    if is_verb and ("," in between or aged):  # "killed, dozens wounded", "killed at 43"
        return None
    said = [w for w in WORD.finditer(text, m.end(), span[1]) if w.group().lower() in sayings()]
    verb = said[-1] if said and not is_verb else m
    return Tie(m.span(), verb.span(), negated=not {"not", "never"}.isdisjoint(w.lower() for w in words))


def numbered(text: str, sentence: Span, topic: Span, between: str) -> bool:
    """Whether the topic is what the number is of by its own words: "the number of sick with the fever in Tarn amounts to 40"."""
    if not NUMBER_OF.search(text, sentence[0], topic[0]) or text[topic[0] : topic[1]].endswith("ing"):
        return False
    words = [w.lower() for w in WORD.findall(between)]
    last = [w for w in words[-4:] if w in table("link")]
    plain = not HALT.search(between) and "," not in between and not NUMBER.search(between) and len(words) <= MOST
    return (
        plain
        and bool(last)
        and last[-1] not in ("of", "for")
        and table("breakers").isdisjoint(words)
        and words[-1] not in table("cut")
    )


def neutral(words: list[str], i: int) -> bool:
    """Whether a word between a topic and its number leaves the number the topic's: it is in the table, an adverb, or a name after "in" or "by"."""
    word = words[i]
    if word.lower() in table("between") or word.lower() in table("places") or word.endswith("ly"):
        return True
    return word[:1].isupper() and any(w.lower() in table("places") for w in words[max(0, i - 3) : i])


def behind(text: str, sentence: Span, span: Span, about: Topic) -> Tie | None:
    """The topic behind the number: a noun right there, a passive, or a verb that needs no object."""
    m = about.every.search(text, span[1], sentence[1])
    if not m:
        return None
    between = text[span[1] : m.start()]
    words = without_twin(text[slice(*span)].lower().rpartition(" ")[2], [w.lower() for w in WORD.findall(between)])
    if not words and not between.strip(" -"):
        return Tie(m.span(), m.span())
    if words and words[0] in ("strong", "man") and len(words) <= 2:
        return Tie(m.span(), m.span())
    if PUT.search(text, sentence[0], span[0]) and NUMBER_OF.fullmatch(between.strip() + " "):
        return Tie(m.span(), m.span())
    if who_are(words) or (about.nouns.fullmatch(m.group()) and LOCATED.fullmatch(between)):
        return Tie(m.span(), m.span(), not {"not", "never"}.isdisjoint(words))
    if HALT.search(between) or len(words) > NAMED + 6 or not table("breakers").isdisjoint(words):
        return None
    negated = not {"not", "never"}.isdisjoint(words)
    tail = list(trailing(words))
    if about.alone.fullmatch(m.group()) and only_place(words[: len(words) - len(tail)]):
        return Tie(m.span(), m.span(), negated)
    if about.people.fullmatch(m.group()) and not table("auxiliary").isdisjoint(tail):
        return Tie(m.span(), m.span(), negated) if only_place(words[: len(words) - len(tail)]) else None
    if not about.verbs.fullmatch(m.group()) or table("auxiliary").isdisjoint(tail):
        return None
    return Tie(m.span(), m.span(), negated) if only_place(words[: len(words) - len(tail)]) else None


def who_are(words: list[str]) -> bool:
    """Whether words behind a number only say of those it counts that they are what comes: "1,680 who are on", "3,000 people who have been"."""
    rest = words[1:] if words[:1] in (["who"], ["that"]) else []
    plain = table("auxiliary") | table("adverbs") | {"has", "have", "had"}
    return bool(rest) and all(w in plain or w.endswith("ly") for w in rest)


def without_twin(noun: str, words: list[str]) -> list[str]:
    """Words behind what is counted, without a second noun of its kind: "85 tankers and freighters waited"."""
    unit = unit_of_noun(noun)
    return words[2:] if unit and words[:1] == ["and"] and len(words) > 1 and unit_of_noun(words[1]) == unit else words


@cache
def unit_of_noun(noun: str) -> str | None:
    """The unit that a noun is a kind of: of "tankers" ships."""
    return next((u for u, nouns in lexicon("indicators")["unit"].items() if noun in noun_forms(nouns)), None)


def trailing(words: list[str]) -> Iterator[str]:
    """The auxiliaries and adverbs at the end of words."""
    for word in reversed(words):
        if word not in table("auxiliary") and word not in table("adverbs") and not word.endswith("ly"):
            return
        yield word


def only_place(words: list[str]) -> bool:
    """Whether words behind a number only say where from or of what kind: "from the border villages"."""
    return not words or (words[0] in table("places") and len(words) <= NAMED)
