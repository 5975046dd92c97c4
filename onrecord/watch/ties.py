"""What ties a number to a topic: its own words (`topics`), what it is said of (`subject`), or what those look back at.

1. `topics.tied`; 2. the topic is the subject: "the lake behind the dam fell to 479 metres"; 3. the subject looks back, and what it looks back at is the topic: "It stood
at 479 metres", "There are not 230 of them", "He said there were no more than 150", "The level is down to 479 metres"; 4. "his men", of one who is no officer of a state.
Back is the sentence before, or one of the two before that. Of several who are named there the last counts, for whoever is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.model import Figure, Reading
from onrecord.read.manner import lexicon
from onrecord.resolve.measures import unit_of
from onrecord.text import Span, overlap
from onrecord.watch import topics
from onrecord.watch.subject import Subject, measured, numeral, quantities, subject
from onrecord.watch.topics import NUMBER, Tie, Topic, table
from onrecord.watch.weigh import sentence_of

STATE = re.compile(r"(?:in|on|out|under|behind|without|not|unaccounted)\s")
LASTING = re.compile(
    r"\bfor(?: (?:another|a|further|more|than|some|about|at|least|only|just|nearly|almost|around|fewer|less|up|to|no))* $",
    re.I,
)
PARTED = re.compile(r"[;:()—“”]|\b(?:and|but|which|who)\b")
NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b")
OF_THEM = re.compile(r"\s+of\s+(?:them|those|these)\b", re.I)
BACK = 3  # how many sentences back is looked
OWNED = ("’s", "'s", "s’", "s'")
EARLY = 60  # characters from a sentence's beginning in which its subject stands
HIS = re.compile(r"\b(?P<whose>his|her|their|my|our|whose|[\w-]+[’']s?)\s+(?:own\s+)?$", re.I)
MEN = re.compile(r"(?:men|people|fighters|force)\b", re.I)


def tie(reading: Reading, sentence: Span, f: Figure, of: tuple[str, ...], unit: str | None, about: Topic) -> Tie | None:
    """The words of the topic that a figure is tied to, wherever they stand; None where it is tied to none."""
    text = reading.article.text
    if found := topics.tied(text, sentence, f.span, f.of, about):
        return found
    if lasts(text, sentence, f) and (found := enough(text, sentence, f.span, about)):
        return found
    s = subject(text, sentence, f.span)
    about = any_water(of) if is_water(of, f) else about
    if not counts_other(text, f, unit, about) and (
        found := (s and as_subject(text, s, about)) or looks_back(reading, sentence, f, s, about)
    ):
        return found
    return his_men(reading, sentence, f) if sent(of) else None


def lasts(text: str, sentence: Span, f: Figure) -> bool:
    """Whether a stretch of time is for how long there is, or will be, enough of something."""
    return unit_of(f.unit) == "time" and LASTING.search(text, sentence[0], f.span[0]) is not None


def enough(text: str, sentence: Span, span: Span, about: Topic) -> Tie | None:
    """The topic of which there is enough for a stretch of time: "the fuel in the yard will do for eleven days", "there is grain for more than 40 days"."""
    named = list(about.nouns.finditer(text, sentence[0], span[0]))
    if not named or NUMBER.search(text, named[-1].end(), span[0]) or PARTED.search(text, named[-1].end(), span[0]):
        return None
    return Tie(named[-1].span(), span, negated=bool(NOT.search(text, named[-1].end(), span[0])))


def is_water(of: tuple[str, ...], f: Figure) -> bool:
    """Whether a level is asked for, of what may have other names: "the lake", "the water"."""
    return f.unit in lexicon("figures")["measure"] and not set(of).isdisjoint(lexicon("indicators")["bearer"]["water"])


@cache
def any_water(of: tuple[str, ...]) -> Topic:
    """What stands at a level, by all its names."""
    return topics.topic(tuple(dict.fromkeys((*of, *lexicon("indicators")["bearer"]["water"]))))


def looked_back(reading: Reading, sentence: Span, f: Figure, unit: str) -> Tie | None:
    """The words that a number without a noun looks back at, where these are what a unit counts: "There are now 34 of them", of ships."""
    s = subject(reading.article.text, sentence, f.span)
    if s and s.words[-1].low in quantities() - set(lexicon("indicators")["quantity"]["counted"]):
        return None  # "the price"
    return looks_back(reading, sentence, f, s, unit_topic(unit))


@cache
def unit_topic(unit: str) -> Topic:
    """What a unit counts, by all nouns that mean nearly the same."""
    group = next((g for g in lexicon("indicators")["unit"].values() if unit in topics.noun_forms(g)), [unit])
    return topics.Topic(*(topics.expression(topics.noun_forms(group)),) * 5)


def counts_other(text: str, f: Figure, unit: str | None, about: Topic) -> bool:
    """Whether a number counts something else by its own noun: "230 miners"; what it is measured in is none."""
    if unit not in (None, "people") and f.unit == unit:
        return False
    behind = [text[slice(*s)] for s in f.of if s[0] >= numeral(text, f.span)]
    return any(b.split()[-1].lower() not in table("anybody") and not about.every.search(b) for b in behind)


def as_subject(text: str, s: Subject, about: Topic) -> Tie | None:
    """The topic as the head of what a number is said of: "the lake", "Lake Marn", "the number of gunmen"."""
    for words in measured(s):
        whole = words[0].span[0], words[-1].span[1]
        for m in about.every.finditer(text, *whole):
            rest = text[m.end() : whole[1]].split()
            if all(w[:1].isupper() for w in rest):
                return Tie(m.span(), verb(s), is_negated(s))
    return None


def verb(s: Subject) -> Span:
    """The last word between a subject and its number that says whether it is so."""
    said = [w for w in s.link if w.low in topics.sayings()]
    return (said or s.link)[-1].span


def is_negated(s: Subject | None) -> bool:
    """Whether "not" or "never" stands between a subject and its number."""
    return s is not None and not {"not", "never"}.isdisjoint(w.low for w in s.link)


def looks_back(reading: Reading, sentence: Span, f: Figure, s: Subject | None, about: Topic) -> Tie | None:
    """The topic in the sentences before, where the number or its subject looks back at it."""
    text = reading.article.text
    many = bool(OF_THEM.match(text, f.span[1])) or (
        s is not None and s.words[-1].low in ("they", "these", "those", "there")
    )
    one = s is not None and s.words[-1].low in ("it", "that", "this")
    named = s is not None and is_named_before(text, s, f, about)
    if not (many or one or named):
        return None
    if one and is_warmth(f, about):
        return Tie(f.span, f.span)
    stretches = [
        (sentence[0], f.span[0]),
        *back(text, sentence),
        (f.span[1], sentence[1]),
        *([] if many or one else [(0, top(text))]),
    ]
    found = (
        person_before(reading, stretches, about)
        if many or (named and f.unit in (None, "people"))
        else thing_before(text, stretches, about, one)
    )
    return Tie(f.span, verb(s) if s and s.link else f.span, is_negated(s)) if found else None


def is_warmth(f: Figure, about: Topic) -> bool:
    """Whether "it was 46 degrees" tells the temperature."""
    return (f.unit or "").startswith("degrees") and about.every.fullmatch("temperature") is not None


def top(text: str) -> int:
    """Where the headline and the first paragraph end."""
    head = max(text.find("\n\n"), 0)
    lead = text.find("\n\n", head + 2)
    return lead if lead > 0 else len(text)


def is_named_before(text: str, s: Subject, f: Figure, about: Topic) -> bool:
    """Whether a subject is a quantity of something named before ("the level", "their number"), or such a thing by another name ("the river")."""
    head = s.words[-1].low
    if head in quantities():
        rest = measured(s)
        return (s.definite and not rest) or (bool(rest) and all(w[-1].text.endswith(OWNED) for w in rest))
    water = lexicon("indicators")["bearer"]["water"]
    return s.definite and head in water and f.unit in lexicon("figures")["measure"]


def back(text: str, sentence: Span) -> Iterator[Span]:
    """The sentences before one, the nearest first; none of the headline."""
    head = max(text.find("\n\n"), 0)
    for _ in range(BACK):
        before = text[: sentence[0]].rstrip()
        if len(before) <= head:
            return
        sentence = sentence_of(text, (len(before) - 1, len(before)))
        yield sentence


@cache
def persons() -> re.Pattern[str]:
    """The nouns by which people are counted; what they are besides, as "in custody", is none."""
    called = (p for t in lexicon("indicators")["topic"].values() for p in t.get("people", ()))
    nouns = {*lexicon("indicators")["unit"]["people"], *(p for p in called if not STATE.match(p))}
    return topics.expression(topics.noun_forms(nouns - {"staff", "member", "case", "personnel"}))


def person_before(reading: Reading, stretches: list[Span], about: Topic) -> bool:
    """Whether those who were named last before a number, but not as speakers, are the topic's."""
    text = reading.article.text
    sources = [s for a in reading.attributions for s in a.source]
    for stretch in stretches:
        named = [*persons().finditer(text, *stretch), *about.every.finditer(text, *stretch)]
        spans = sorted(m.span() for m in named if not any(overlap(m.span(), q) for q in sources))
        if spans:
            return about.every.fullmatch(text, *spans[-1]) is not None
    return False


def thing_before(text: str, stretches: list[Span], about: Topic, subject_only: bool) -> bool:
    """Whether a thing is named before; for "it" as what the sentence right before is about."""
    if subject_only:
        stretch = stretches[1] if len(stretches) > 2 else stretches[0]
        return bool(about.every.search(text, stretch[0], min(stretch[1], stretch[0] + EARLY)))
    return any(about.every.search(text, *s) for s in stretches)


def sent(of: tuple[str, ...]) -> bool:
    """Whether a topic's people are somebody's to send."""
    return any(topics.group_of(t) in lexicon("indicators")["counts"]["sent"] for t in of)


def his_men(reading: Reading, sentence: Span, f: Figure) -> Tie | None:
    """ "300 of his men", "the number of his men": those of one who is no officer of a state."""
    text = reading.article.text
    start = max(0, sentence[0])
    for m in MEN.finditer(text, start, min(sentence[1], f.span[1] + 20)):
        whose = HIS.search(text, start, m.start())
        said = subject(text, sentence, f.span)
        near = any(
            overlap(m.span(), s)
            for s in (*f.of, *((w[0].span[0], w[-1].span[1]) for w in (measured(said) if said else ())))
        ) or OF_HIS.fullmatch(text, f.span[1], m.end())
        if whose and near and not is_officer(reading, whose.span("whose")):
            return Tie(m.span(), m.span())
    return None


OF_HIS = re.compile(r"\s+of\s+[\w’'-]+\s+(?:own\s+)?(?:men|people|fighters)", re.I)


def is_officer(reading: Reading, span: Span) -> bool:
    """Whether somebody who is mentioned at a place is a state's officer by any of his mentions' words."""
    ranks = set(lexicon("indicators")["quantity"]["ranks"])
    for e in reading.entities:
        if any(overlap(span, m) for m in e.mentions):
            words = (
                {
                    w.lower()
                    for s in e.mentions
                    for w in re.findall(r"\w+", reading.article.text[max(0, s[0] - 30) : s[1] + 40])
                }
                if e.role is None
                else set(re.findall(r"\w+", e.role.lower()))
            )
            return not ranks.isdisjoint(words)
    return True
