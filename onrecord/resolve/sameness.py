"""Sameness: whether two claims of one kind speak of the same thing, and how surely.

Whatever contradicts parts two claims: another unit, another thing counted, others who act, another day, numbers that are not the same. What remains
must share enough of the words that tell something.
"""

from __future__ import annotations

import re

from onrecord.resolve.counts import (
    SOON,
    are_two,
    days_between,
    differ,
    disjoint,
    elsewhere,
    runs_on,
    same_number,
    same_series,
    same_tally,
    same_things,
    to_the_digit,
    unmistakable,
    whose,
)
from onrecord.resolve.drift import is_within, versions
from onrecord.resolve.facts import SPOKEN, Fact
from onrecord.resolve.terms import likeness

SELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself)\b")
LEAST = {"statement": 6.0, "figure": 4.0, "event": 4.0}  # weight that must be in common
LIGHT = {"statement": 0.7, "figure": 0.6, "event": 0.5}  # and its share of the lighter
HEAVY = {"statement": 0.5, "figure": 0.4, "event": 0.25}  # and of the heavier
SURE = 2.0  # how sure it is that the same words are the same claim
HERE = 0.1  # what it adds that the place of one of two figures is among the other's
NAMED = 0.5  # how sure it is that one noun, and a word beside it, make two counts one
SHARED = 3  # terms that two statements or figures must have in common
RETOLD = 0.75  # of the heavier sentence that a retold one has in common with it
EASED = 0.6  # what is asked of the words where the numbers are the same to the digit


def is_step(fact: Fact, other: Fact) -> bool:
    """Whether what parts two figures may be only that one was told long before the other: the same count, which others between them lead on to."""
    one = runs_on(fact) and runs_on(other) and fact.tally.series == other.tally.series
    return one and fact.article != other.article and not elsewhere(fact, other)


def same(a: Fact, b: Fact) -> float:
    """How surely two claims of one kind that do not contradict each other speak of the same thing; 0 where that is not sure enough."""
    if one_quotation(a, b) or identical(a, b):
        return SURE
    if a.kind == "figure" and a.topics & b.topics and a.actors & b.actors:
        return 1.0
    if same_series(a, b):
        return SURE - HERE + (HERE if whose(a) & b.tally.own or whose(b) & a.tally.own else 0.0)
    if same_tally(a, b) or unmistakable(a, b):
        return 1.0
    found_around = a.points and not a.context  # it is looked for by the words around it
    if found_around and same_number(a, b):
        return 1.0
    ease = EASED if found_around or to_the_digit(a, b) else 1.0
    light, heavy = likeness(a.terms, b.terms, ease * LEAST[a.kind])
    enough = light >= ease * LIGHT[a.kind] and heavy >= ease * HEAVY[a.kind]
    few = a.kind != "event" and ease == 1.0 and len(a.terms & b.terms) < SHARED
    if enough and not few:
        return min(light + heavy, SURE)
    return NAMED if a.kind == "figure" and same_things(a, b) else 0.0


def identical(a: Fact, b: Fact) -> bool:
    """Whether two claims are told in the same words, two at least that tell something; one will do where both are of the same origin."""
    one = (a.low, a.high) == (b.low, b.high) and a.terms == b.terms
    return one and len(a.terms) >= (1 if a.voice.origin.id == b.voice.origin.id else 2)


def lenient(a: Fact, b: Fact) -> bool:
    """Whether what parts two claims is only whom they name: that counts for nothing where another claim of the account has the same words."""
    return a.kind == "event" and a.type == b.type and not differ(a.day, b.day)


def contradict(a: Fact, b: Fact) -> bool:
    """Whether two claims cannot be about the same thing."""
    if a.kind == "figure":
        return are_two(a, b)
    parted = disjoint(a.countries, b.countries)
    if a.kind == "statement":
        other = (
            parted or disjoint(a.numbers, b.numbers) or (a.act == "order") != (b.act == "order") or of_themselves(a, b)
        )
        return other and not one_quotation(a, b)
    parted = parted or (disjoint(a.actors, b.actors) and not retold(a, b))
    dated = "negated" not in (a.status, b.status) or a.type in SPOKEN  # what did not happen has no day
    return parted or a.type != b.type or (dated and differ(a.day, b.day))


def retold(a: Fact, b: Fact) -> bool:
    """Whether two sentences have so much in common that one is the other retold, whoever is taken for those who act in it."""
    return likeness(a.terms, b.terms)[1] >= RETOLD


def of_themselves(a: Fact, b: Fact) -> bool:
    """Whether two speakers, not known to be one, each speak of themselves: "I am afraid" is another claim from another mouth."""
    both = SELF.search(a.words) and SELF.search(b.words)
    return bool(both) and (a.voice.speaker is None or a.voice.speaker != b.voice.speaker)


def one_quotation(a: Fact, b: Fact) -> bool:
    """Whether two claims are the same words of the same speaker, perhaps in two versions; or word for word the same, within days, whoever is said to have said them."""
    if not (a.quoted and b.quoted):
        return False
    one = a.voice.speaker is not None and a.voice.speaker == b.voice.speaker
    return (
        versions(a.words, b.words) if one else days_between(a.moment, b.moment) <= SOON and is_within(a.words, b.words)
    )
