"""Facts: the claims of one article, with what is needed to set them beside those of others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace

from onrecord.knowledge import FactKind, Origin, Stance
from onrecord.model import EventStatus, Noun
from onrecord.resolve.tallies import Tally
from onrecord.resolve.terms import likeness, terms
from onrecord.text import Span, Spans

SPOKEN = ("REJECT", "AGREE", "REQUEST", "ACCUSE", "SUPPORT", "THREATEN")  # events that consist in somebody's words
OWN = 0.75  # of its own words, where a claim is found by those before it
CAPITAL = re.compile(r"\b[A-ZÀ-Þ]\w*")  # what is written with a capital, and left out


class Voice(Noun, frozen=True, kw_only=True):
    """Who stands behind a claim, and how."""

    stance: Stance
    firmness: str  # the certainty of the words: CT+, PR+, …
    speaker: str | None = None  # the actor's id
    speaker_name: str | None = None
    origin: Origin


class Fact(Noun, frozen=True, kw_only=True):
    """One claim of one article, with what is needed to set it beside others."""

    kind: FactKind
    label: str  # in its Reading
    number: int = 0  # of the sentence, where an attribution makes several claims
    article: str
    spans: Spans  # the words of the claim in its article
    words: str
    sentence: Span
    terms: frozenset[str]
    actors: frozenset[str] = frozenset()  # ids of those that the claim is about
    recipients: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    numbers: frozenset[float] = frozenset()
    of: frozenset[str] = frozenset()  # what a figure counts
    unit: str | None = None
    low: float | None = None  # of a figure, both ends included
    high: float | None = None
    topics: frozenset[str] = (
        frozenset()
    )  # what the words nearest to a figure say of those it counts, as indicators know it: one, or none
    tally: Tally = Tally()  # of a figure: where it is of, and how it stands to others
    act: str = "statement"  # of a statement: what its speaker does with it
    type: str | None = None  # of an event
    status: EventStatus = "actual"
    day: str | None = None  # of an event
    quoted: bool = False  # a statement that is wholly a quotation
    refuses: bool = False  # a statement that what others have said is not so, as "this was untrue"
    points: bool = False  # a refusal or denial that points back to what it is about
    excludes: bool = (
        False  # or that something will not be, as "ruled out a tax": a denial only of what others have said
    )
    context: frozenset[str] = (
        frozenset()
    )  # of one that points back: the terms of the words before it, which may tell what it is about
    voice: Voice
    moment: str  # of the article


def is_about(fact: Fact, others: Iterable[Fact]) -> bool:
    """Whether a denial that is found by the words before it may be one of these: another has asserted them, and what it says itself is in them, names apart."""
    own = matter(fact.words) & fact.terms
    asserted = (o for o in others if o.voice.stance == "asserts" and o.voice.origin.root != fact.voice.origin.root)
    return any(len(own) < 2 or likeness(own, frozenset(o.terms))[0] >= OWN for o in asserted)


def in_context(fact: Fact) -> Fact:
    """A claim that points back, with the terms and numbers of the words before it for its own as well."""
    given = frozenset(float(t) for t in fact.context if t[0].isdigit())
    return replace(fact, terms=fact.terms | fact.context, numbers=fact.numbers | given, context=frozenset())


@lru_cache(maxsize=65536)
def matter(words: str) -> frozenset[str]:
    """The terms of a claim that are no part of a name: what it is about, whoever does it."""
    return frozenset(terms(CAPITAL.sub(" ", words)))
