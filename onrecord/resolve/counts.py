"""Counts: whether two figures of a story count the same thing, as they were told at two times, or by two.

A tally tells how many people suffer something, all of them, so far; what runs on is told anew of a state that lasts, or of a level.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from onrecord.resolve.doings import is_doing
from onrecord.resolve.facts import Fact
from onrecord.resolve.gauges import is_gauge
from onrecord.resolve.measures import COUNTED, SUFFERED, TOLL, is_measure
from onrecord.resolve.terms import total
from onrecord.resolve.words import stem

FOLD = 10  # figures of one thing seldom differ by more
FURTHER = 30  # nor those that are told anew
DAYS = 60  # between two articles whose figures measure one thing; where the number is the same to the last digit it may be longer ago
SIZE = 3  # how many times one count of things may be another, where only their noun ties them
BESIDES = 1.2  # the weight of the words that their sentences must have in common besides
NOUN = re.compile(r"\b[a-zß-ÿ][\w’'-]*$")
PLAIN = 20  # the least number that tells something by itself, where it is the same to the last digit
LARGE = 100  # the least number that tells something by itself where it is not rounded
FOLLOWED = ("actual", "negated")  # the status of a figure that counts what there is
RELEASE = "release"  # who is let go today is not counted with those who were let go before
HAPPENED = (
    "deaths",
    "injuries",
    "arrests",
)  # topics of what happens at once: days later another such number may be of something else
SOON = 3  # days within which a number is refused, or another such number may be of the same
ARMED = ("gunmen", "soldiers", "police")  # who are meant by a number only where it says so


def is_tally(fact: Fact) -> bool:
    """Whether a figure tells how many people suffer something, all of them, so far."""
    people = fact.unit == "people" or fact.topics.isdisjoint(SUFFERED)
    return (
        people and bool(fact.topics & COUNTED) and fact.status in FOLLOWED and fact.tally.tied and not fact.tally.part
    )


def same_tally(a: Fact, b: Fact) -> bool:
    """Whether two figures are one tally as it was told at two times, or by two: of the same topic and the same place."""
    return is_tally(a) and is_tally(b) and one_topic(a, b) and bool(a.tally.places & b.tally.places)


def runs_on(fact: Fact) -> bool:
    """Whether a figure tells anew how many are in one state, or how high one thing stands."""
    told = fact.tally.series not in ("", RELEASE) and fact.status in FOLLOWED
    return told and not fact.tally.part and not fact.tally.change


def same_series(a: Fact, b: Fact) -> bool:
    """Whether two figures are one count or level as it was told at two times, or by two: of what bears some of the same names, and is at no other place."""
    one = (
        runs_on(a)
        and runs_on(b)
        and a.tally.series == b.tally.series
        and (a.unit == b.unit or is_gauge(a.tally.series))
    )
    armed = a.tally.who != b.tally.who and (a.tally.who in ARMED or b.tally.who in ARMED)
    some = (
        bool(whose(a) & whose(b))
        or (a.tally.who == b.tally.who != "" and not (a.tally.names and b.tally.names))
        or (one_teller(a, b) and a.tally.series not in SUFFERED)
    )
    passing = a.tally.series in HAPPENED or is_doing(a.tally.series)
    soon = not passing or a.tally.who == b.tally.who != "" or days_between(a.moment, b.moment) <= SOON
    return one and some and soon and not elsewhere(a, b) and (not armed or to_the_digit(a, b))


def named_series(fact: Fact) -> str | None:
    """What a figure is told anew of, where that has a name of its own: one deed may be told by many verbs."""
    return None if is_doing(fact.tally.series) else fact.tally.series or None


def whose(fact: Fact) -> frozenset[str]:
    """The names of what a count or level may be of; but for people who suffer something, those of its place and land among them."""
    t = fact.tally
    return t.names if t.series in SUFFERED else t.names | t.own | t.site | t.lands


def one_teller(a: Fact, b: Fact) -> bool:
    """Whether one speaker on the record tells both: who gave a number before gives it anew."""
    return a.voice.origin.kind == "speaker" and a.voice.origin.id == b.voice.origin.id


def elsewhere(a: Fact, b: Fact) -> bool:
    """Whether two figures are of different places: those that their sentences name, one of which may lie within another, or else those that their articles do.

    A state that lasts may be told from one place of an affair, and then from another that the first article named.
    """
    x, y = a.tally, b.tally
    if x.who == y.who != "" or x.series not in SUFFERED:
        lands = x.lands | y.lands
        return disjoint(x.own - lands, y.own - lands)
    named = x.series not in HAPPENED and bool(x.site & y.names or y.site & x.names)
    return (x.own != y.own and bool(x.own and y.own)) or (disjoint(x.site, y.site) and not named)


@lru_cache(maxsize=65536)
def thing(fact: Fact) -> str:
    """The stem of what a figure counts, by the last of its words: reservist of "more than 22,000 reservists"; empty for a measure, and for people who bear no arms: what these suffer tells more."""
    own = NOUN.search(fact.words)
    plain = is_measure(fact.unit) or (fact.unit == "people" and fact.tally.who not in ARMED)
    return "" if own is None or plain else stem(own[0])


def same_things(a: Fact, b: Fact) -> bool:
    """Whether two figures of one affair count the same things, under the same noun: as whole counts of one size, in sentences that have a further word in common."""
    whole = all(f.status == "actual" and not (f.tally.part or f.tally.change) for f in (a, b))
    whole = whole and not (disjoint(a.tally.site, b.tally.site) or disjoint(a.tally.names, b.tally.names))
    if not whole or thing(a) != thing(b) or not thing(a) or a.unit != b.unit or far_apart(a, b, SIZE):
        return False
    if min(a.low or 0.0, b.low or 0.0) < PLAIN:
        return False
    return total((a.terms & b.terms) - {thing(a)}) >= BESIDES


def unmistakable(a: Fact, b: Fact) -> bool:
    """Whether two figures are the same number: one that nobody rounds to, of the same place or told in some of the same words; or of one topic in one article."""
    if a.article == b.article and a.topics and a.topics == b.topics and to_the_digit(a, b):
        return True
    near = days_between(a.moment, b.moment) <= DAYS and bool(a.tally.places & b.tally.places or a.terms & b.terms)
    return to_the_digit(a, b) and near and a.low is not None and a.low >= LARGE and a.low % 10 != 0


def same_number(a: Fact, b: Fact) -> bool:
    """Whether a refusal names a number that another has just put on record: "there are not 230 of them"."""
    return days_between(a.moment, b.moment) <= SOON and any(n >= PLAIN for n in a.numbers & b.numbers)


def to_the_digit(a: Fact, b: Fact) -> bool:
    """Whether two figures are the same number, one that is not met everywhere."""
    size = a.low if a.low is not None else a.high
    return a.kind == "figure" and (a.low, a.high) == (b.low, b.high) and size is not None and size >= PLAIN


def are_two(a: Fact, b: Fact) -> bool:
    """Whether two figures cannot count the same thing."""
    gauged = is_gauge(a.tally.series) and a.tally.series == b.tally.series
    if gauged and elsewhere(a, b):
        return True
    one = same_series(a, b) or gauged
    other = differ(named_series(a), named_series(b)) and TOLL not in a.topics | b.topics
    parted = (
        disjoint(a.countries, b.countries)
        or (other and not to_the_digit(a, b))
        or another_topic(a, b)
        or (differ(a.type, b.type) and not one)
        or far_apart(a, b, FURTHER if one else FOLD)
        or side_by_side(a, b)
        or part_of(a, b)
        or told_apart(a, b)
        or (days_between(a.moment, b.moment) > DAYS and not to_the_digit(a, b))
    )
    # what is recalled of old times is no number that moves
    then = "historical" in (a.status, b.status) and not (meet(a, b) if a.status == b.status else to_the_digit(a, b))
    return parted or then or (a.unit != b.unit and not one) or (disjoint(a.of, b.of) and not one)


def another_topic(a: Fact, b: Fact) -> bool:
    """Whether two figures speak of different things: the dead of a force are not its size, nor those of whom nothing is said."""
    suffered = bool(a.topics & SUFFERED) != bool(b.topics & SUFFERED) and not to_the_digit(a, b)
    return other_topics(a, b) or suffered


def other_topics(a: Fact, b: Fact) -> bool:
    """Whether two figures are of different topics; a mere toll may be of any that people suffer."""
    toll = TOLL in a.topics | b.topics and a.topics | b.topics <= SUFFERED
    return disjoint(a.topics, b.topics) and not toll


def one_topic(a: Fact, b: Fact) -> bool:
    """Whether two figures are of one topic; a mere toll is of the dead, or of those of whom another one gives the same number."""
    toll = TOLL in a.topics | b.topics and ("deaths" in a.topics | b.topics or to_the_digit(a, b))
    return bool(a.topics & b.topics) or (toll and not other_topics(a, b))


def side_by_side(a: Fact, b: Fact) -> bool:
    """Whether two numbers stand in one sentence of one article, or are of quite another size there: whoever tells two, tells of two things, unless one moved to the other."""
    if a.article != b.article or a.spans == b.spans or a.tally.earlier != b.tally.earlier:
        return False
    return a.sentence == b.sentence or far_apart(a, b, SIZE)


def part_of(a: Fact, b: Fact) -> bool:
    """Whether one of two numbers counts a part of something, or what was added to it."""
    return a.tally.part != b.tally.part and (a.low, a.high) != (b.low, b.high)


def told_apart(a: Fact, b: Fact) -> bool:
    """Whether two tallies count different people: soldiers and civilians, or, in one article, the children among all; or a speaker tells two at once."""
    if not (is_tally(a) and is_tally(b)) or meet(a, b) or a.tally.earlier or b.tally.earlier:
        return False
    if differ(a.tally.doubt or None, b.tally.doubt or None):
        return True
    one = a.article == b.article and a.tally.who != b.tally.who
    twice = a.article == b.article and a.voice.origin.kind == "speaker" and a.voice.origin.id == b.voice.origin.id
    return one or (twice and a.voice.stance == b.voice.stance) or differ(a.tally.who or None, b.tally.who or None)


def meet(a: Fact, b: Fact) -> bool:
    """Whether two figures may be the same number."""
    return all(x is None or y is None or x <= y for x, y in ((a.low, b.high), (b.low, a.high)))


@lru_cache(maxsize=4096)
def days_between(one: str, other: str) -> int:
    """The days between two moments; 0 where one has no day."""
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    except ValueError:
        return 0


def far_apart(a: Fact, b: Fact, fold: int = FOLD) -> bool:
    """Whether one figure is so many times another that they can hardly measure one thing."""
    one, other = (abs(f.low if f.low is not None else f.high or 0.0) for f in (a, b))
    return max(one, other) > fold * min(one, other) > 0


def disjoint(a: frozenset[object] | frozenset[str] | frozenset[float], b: frozenset[object] | frozenset[str] | frozenset[float]) -> bool:  # fmt: skip
    """Whether both say something and nothing in common."""
    return bool(a) and bool(b) and not a & b


def differ(a: str | None, b: str | None) -> bool:
    """Whether both say something, and not the same."""
    return a is not None and b is not None and a != b
