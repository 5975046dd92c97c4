"""Whether figures of a reading cross an indicator's threshold. `match` numbers the steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec.structs import replace

from onrecord.knowledge import Resolved
from onrecord.model import Attribution, Figure, Reading
from onrecord.read.manner import lexicon
from onrecord.text import Span, overlap
from onrecord.watch import extent, ties, topics
from onrecord.watch.actors import Scene, Told, agent, scene
from onrecord.watch.indication import Crossing, Indication
from onrecord.watch.indicator import FigureTest
from onrecord.watch.places import place_told
from onrecord.watch.subject import is_verb, linking, numeral, split, subject
from onrecord.watch.weigh import Weight, chain, sentence_of, weigh

EACH = re.compile(r" (?:an?|per|the|each) ")  # "dollars a barrel"
SCALE = re.compile(r"\bmagnitude(?: of)?(?: (?:about|around|some|at least|nearly))? $", re.I)
FOR = re.compile(r"\bfor\s+$", re.I)  # "built for 20,000 people"
PART = re.compile(r"\s+of\s+(?:(?:the|its|their|all|some|these)\s+){0,2}(?:[\w’'-]+[’']s?\s+)?", re.I)
PLANNED: dict[str, Crossing] = {"crossed": "crossed as planned", "reaches past": "reaches past as planned"}
WORDS: dict[str, str] = {
    "crossed": "crosses {asked}",
    "reaches past": "begins short of {asked} and reaches past it",
    "may reach past": "may reach past {asked}, but names only a limit",
    "reaches": "reaches {asked} and does not say that it goes past it",
    "approaches": "is near {asked} and does not cross it",
    "contrary": "stays short of {asked}",
}

PARTS = re.compile(
    r"\b[Ii]n (?:the )?(?:(?:province|district|region|county|canton|constituency|borough|prefecture|department|governorate) of [A-ZÀ-Þ]"
    r"|[A-ZÀ-Þ][\w’'-]+ (?:alone|province|[Dd]istrict|[Rr]egion|[Cc]ounty|[Cc]onstituency)\b)"
)


def find(test: FigureTest, resolved: Resolved) -> Iterator[Indication]:
    """What the figures of a reading say to a test."""
    asked = extent.wanted(test.bounds)
    about = topics.topic(test.of) if test.of else None
    where: Scene | None = None
    text = resolved.reading.article.text
    for f in (as_asked(text, test, f) for f in resolved.reading.figures):
        claim = extent.claimed(f, text[slice(*f.span)])
        stands = claim and extent.stands(claim, asked)
        if not stands or not (fits_unit(test, f) or is_bare(test, f)):
            continue
        sentence = sentence_of(text, f.span)
        tie = tie_of(test, resolved.reading, sentence, f, about)
        if (
            not tie
            or not (is_beside(test, text, sentence, is_bare(test, f)) or is_placed(test, text, sentence))
            or is_whole(resolved.reading, f)
            or (test.place is None and is_local(resolved.reading, f, sentence))
            or is_anothers(resolved.reading, f, tie.span)
        ):
            continue
        where = where or (scene(test.actor, resolved) if test.actor else None)
        if found := indication(test, resolved, f, sentence, tie, stands, where):
            yield found


def as_asked(text: str, test: FigureTest, f: Figure) -> Figure:
    """A figure in the unit that is asked for, where that stands before it ("a magnitude of 6.9"); without one where its noun only stands for another ("108 free ones")."""
    if test.unit == "magnitude" and f.unit is None and SCALE.search(text, 0, f.span[0]):
        return replace(f, unit=test.unit)
    return replace(f, unit=None, of=()) if f.unit == "ones" else f


def is_beside(test: FigureTest, text: str, sentence: Span, looks_back: bool = False) -> bool:
    """Whether one of the words that must be said beside a number stands in its sentence, or in the one before; for one that looks back, as far as it may."""
    if not test.beside:
        return True
    before = list(ties.back(text, sentence))
    start = (before[-1 if looks_back else 0] if before else sentence)[0]
    return any(topics.topic((w,)).every.search(text, start, sentence[1]) for w in test.beside)


def is_placed(test: FigureTest, text: str, sentence: Span) -> bool:
    """Whether the place that is asked for ties a number of a noun of its own as well as the words beside it would: "2,450 foreigners at the Dolna camp"."""
    own = test.unit is not None and test.unit not in unit_groups() and not is_measure(test.unit)
    return own and test.place is not None and test.place in text[slice(*sentence)]


def is_bare(test: FigureTest, f: Figure) -> bool:
    """Whether a number has no noun, and what is counted may stand before it."""
    things = not test.of or unit_groups().get(test.unit or "", test.unit) != "people"
    return f.unit is None and test.unit is not None and things and not is_measure(test.unit)


def tie_of(
    test: FigureTest, reading: Reading, sentence: Span, f: Figure, about: topics.Topic | None
) -> topics.Tie | None:
    """What ties a figure to what is asked for; where that is told by its unit alone, the figure itself."""
    if about:
        return ties.tie(reading, sentence, f, test.of, test.unit, about)
    if is_bare(test, f):
        return ties.looked_back(reading, sentence, f, test.unit or "")
    s = subject(reading.article.text, sentence, f.span)
    word = ties.verb(s) if s and any(map(is_verb, s.link)) else f.span
    return None if FOR.search(reading.article.text, sentence[0], f.span[0]) else topics.Tie(f.span, word)


def is_whole(reading: Reading, f: Figure) -> bool:
    """Whether a number is the whole that another one is a part of: "3,000 of the 6,000 reservists"."""
    text = reading.article.text
    return any(
        PART.fullmatch(text, g.span[1], f.span[0]) for g in reading.figures if g.span[1] <= f.span[0] <= g.span[1] + 32
    )


def is_local(reading: Reading, f: Figure, sentence: Span) -> bool:
    """Whether a number is of a part of the country, and the article gives a larger one that is not: "in the province of Lorn his lead is 4,100 votes"."""
    text = reading.article.text
    if f.unit is None or f.value is None or not PARTS.search(text, *sentence):
        return False
    others = (g for g in reading.figures if g.unit == f.unit and (g.value or 0) > f.value)
    return any(not PARTS.search(text, *sentence_of(text, g.span)) for g in others)


def is_anothers(reading: Reading, f: Figure, topic: Span) -> bool:
    """Whether the topic's words are what another number counts: "3,000 deaths out of 6,000 cases"."""
    return any(overlap(s, topic) for g in reading.figures if g.id != f.id for s in g.of)


def indication(
    test: FigureTest,
    resolved: Resolved,
    f: Figure,
    sentence: Span,
    tie: topics.Tie,
    stands: extent.Standing,
    where: Scene | None,
) -> Indication | None:
    """What one figure says that is of the right kind; None where it is history, or somebody else's."""
    said = chain(resolved.reading, f.attribution)
    status = "negated" if tie.negated else f.status
    weight = weigh(resolved, f.span, tie.verb, status, f.attribution, sentence)
    if weight.value == "planned" and ties.lasts(resolved.reading.article.text, sentence, f):
        weight = Weight("actual", "there is enough for so long")
    if weight.value == "historical":
        return None
    whose = told(resolved, f, sentence, tie, where, said)
    place = place_told(test.place, resolved, sentence)
    turned = stands == "contrary" and weight.value == "negated" and is_turned(resolved.reading, f)
    crossing = "against" if turned else crossing_of(test, stands, weight)
    if crossing is None or "no" in (whose.answer, place.answer):
        return None
    if whose.answer == "unknown" or (place.answer == "unknown" and crossing != "against"):
        crossing = "untied"
    words = resolved.reading.article.text[slice(*f.span)]
    asked = " and ".join(f"{b.sign} {b.value:,}" for b in test.bounds)
    reasons = [f"“{words}” {WORDS[stands].format(asked=asked)}", weight.why, whose.why, place.why, unit_note(test, f)]
    return Indication(
        record="figure",
        label=f.id,
        crossing=crossing,
        sentence=sentence,
        attribution=said[0].id if said else None,
        reason="; ".join(r for r in reasons if r),
    )


def is_turned(reading: Reading, f: Figure) -> bool:
    """Whether a figure's limit already holds the "not" before it: "has not exceeded 5,000" is at most 5,000, as is "no more than 5,000"."""
    words = [w.low for w in split(reading.article.text, f.span[0], numeral(reading.article.text, f.span))]
    past = linking()
    if f.status != "negated":
        return f.comparator in ("<=", ">=") and bool(words) and words[0] in ("no", "not")
    if f.comparator not in ("<=", ">="):
        return False
    return not past.isdisjoint(words) if f.comparator == "<=" else not {"below", "under"}.isdisjoint(words)


def crossing_of(test: FigureTest, stands: extent.Standing, weight: Weight) -> Crossing | None:
    """The crossing of a figure that stands so to the threshold and is said to be so."""
    if weight.value == "negated":
        return "against" if stands in ("crossed", "reaches past") else None
    if weight.value == "open":
        return "expected" if stands in ("crossed", "reaches past") else stands if stands == "may reach past" else None
    if stands == "contrary":
        return "against" if weight.value == "actual" else None
    if weight.value not in test.status:
        return "expected" if stands in ("crossed", "reaches past") else None
    return PLANNED.get(stands, stands) if weight.value == "planned" else stands


def told(
    resolved: Resolved, f: Figure, sentence: Span, tie: topics.Tie, where: Scene | None, said: list[Attribution]
) -> Told:
    """Whose a figure is, where an actor is asked for."""
    if where is None:
        return Told("yes", "")
    if not where.own:
        return Told("no", "the article does not name the actor")
    return agent(where, sentence, tie.span, f.span, event_actors(resolved, tie.span), said[0] if said else None)


def event_actors(resolved: Resolved, topic: Span) -> tuple[str, ...]:
    """The actors of the event that the topic's words name."""
    for v in resolved.reading.events:
        if any(overlap(s, topic) for s in v.anchor):
            return v.actors
    return ()


@cache
def unit_groups() -> dict[str, str]:
    """Each form of a unit's nouns with the group that it is of."""
    table = lexicon("indicators")["unit"]
    return {form: str(name) for name, nouns in table.items() for form in topics.noun_forms(nouns)}


def fits_unit(test: FigureTest, f: Figure) -> bool:
    """Whether a figure counts what the indicator counts. A bare number does where its topic counts people."""
    unit = test.unit or ("people" if counts_people(test) else None)
    if unit is None:
        return not is_measure(f.unit)
    if clashes(test, f):
        return False
    if unit == "people" and names_topic(test, f):
        return True
    if f.unit is None:
        return unit_groups().get(unit, unit) == "people" and counts_people(test)
    return same_unit(unit, f.unit)


def names_topic(test: FigureTest, f: Figure) -> bool:
    """Whether what a figure counts is called by a word that is asked for: "5,000 peacekeepers", "fifteen bodies"."""
    return bool(test.of) and f.unit is not None and topics.topic(test.of).nouns.fullmatch(f.unit) is not None


def clashes(test: FigureTest, f: Figure) -> bool:
    """Whether the noun counted is another topic's: "6,000 deaths" counts people, but no recruits."""
    words = (f.unit or "").split()[-1:]
    other = topics.group_of(words[0]) if words and test.of else None
    return other is not None and not topics.is_person(words[0]) and other not in {topics.group_of(t) for t in test.of}


@cache
def same_unit(asked: str, unit: str) -> bool:
    """Whether two units are one: the same word in any number, or of one group."""
    b = unit.lower()
    a = asked.lower() if EACH.search(b) else coin(EACH.split(asked.lower())[0])
    if a == b or unit_groups().get(a, a) == unit_groups().get(b, b):
        return True
    return b in topics.noun_forms([a]) or a in topics.noun_forms([b]) or b.split()[-1:] == a.split()[-1:]


@cache
def coin(unit: str) -> str:
    """A unit of money by the code of its currency, where it has one: USD of "dollars"."""
    code: str = lexicon("figures")["money"].get(unit, unit)
    return code.lower()


def is_measure(unit: str | None) -> bool:
    """Whether a unit is money, a share, a measure or a length of time."""
    table = lexicon("figures")
    return unit is not None and (
        unit == "percent" or unit in table["money"].values() or unit in table["measure"] or unit in table["duration"]
    )


def counts_people(test: FigureTest) -> bool:
    """Whether one of the topics is of people."""
    return any(topics.group_of(t) in lexicon("indicators")["counts"]["people"] for t in test.of)


def unit_note(test: FigureTest, f: Figure) -> str:
    """What is said where the unit was taken for granted."""
    return f"its unit is not said; {', '.join(test.of)} counts people" if unsaid(f) and counts_people(test) else ""


def unsaid(f: Figure) -> bool:
    """Whether a figure's unit is not said, or is taken from such a noun before it as "recruitment"."""
    return f.unit is None or (f.unit == "people" and bool(f.of) and f.of[0][1] <= f.span[0])
