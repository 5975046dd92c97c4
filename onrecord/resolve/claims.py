"""The facts of one reading, made ready for comparison with those of other articles: statements, figures and events.

1. An attribution whose content is for the most part another attribution ("X reported that Y said …") is a link in a chain and no
   claim of its own; neither are questions and feelings.
2. A headline only repeats, and "two lists", "eight minutes" are no figures that anybody would set beside others.
3. What a figure or an event is about is told by its sentence, the words nearest to it first.
4. Whether a fact is asserted, hedged or denied follows from the certainty of what it stands in and from its own status.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from onrecord.knowledge import FactKind, Origin, Resolved, Stance
from onrecord.model import Attribution, Entity, EventStatus, Figure, Noun, Reading
from onrecord.read.sentences import sentences
from onrecord.resolve.terms import WORD, numbers, terms
from onrecord.text import Span, Spans, envelope, overlap, words_of
from onrecord.watch.topics import group_of

SILENT = ("question", "feeling")
FEW = 10
SUFFERED = frozenset({"deaths", "injuries", "arrests", "infections", "displacement"})  # topics
NEAR = 90  # characters to each side of a figure or an event that tell what it is about
LINK = 0.6  # the share of a content that a nested attribution must fill for the outer one to be a mere link


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
    article: str
    spans: Spans  # the words of the claim in its article
    words: str
    sentence: Span
    terms: frozenset[str]
    matter: frozenset[str] = frozenset()  # those of its terms that are no part of a name
    actors: frozenset[str] = frozenset()  # ids of those that the claim is about
    recipients: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    numbers: frozenset[float] = frozenset()
    of: frozenset[str] = frozenset()  # what a figure counts
    unit: str | None = None
    low: float | None = None  # of a figure, both ends included
    high: float | None = None
    topics: frozenset[str] = frozenset()  # what the words around a figure speak of, as indicators know it
    type: str | None = None  # of an event
    status: EventStatus = "actual"
    day: str | None = None  # of an event
    quoted: bool = False  # a statement that is wholly a quotation
    voice: Voice
    moment: str  # of the article


def facts(resolved: Resolved) -> tuple[Fact, ...]:
    """Every claim of a reading, in the order of the article."""
    text = resolved.reading.article.text
    where = list(sentences(text))
    found = [*statements(resolved, where), *figures(resolved, where), *events(resolved, where)]
    body = max(text.find("\n\n"), 0)
    return tuple(sorted((f for f in found if envelope(f.spans)[0] >= body), key=lambda f: envelope(f.spans)))


def statements(resolved: Resolved, where: list[Span]) -> Iterator[Fact]:
    """The statements that are claims of their own."""
    reading = resolved.reading
    for a in reading.attributions:
        if a.act in SILENT or is_link(reading, a):
            continue
        words = words_of(reading.article.text, a.content)
        yield Fact(
            kind="statement",
            label=a.id,
            article=reading.article.id,
            spans=a.content,
            words=words,
            sentence=sentence_of(where, envelope(a.content)),
            terms=frozenset(terms(words)),
            matter=matter(words),
            actors=mentioned(resolved, a.content),
            numbers=numbers(words),
            quoted=a.kind == "direct",
            voice=voice(resolved, a.id, a),
            moment=moment(resolved),
        )


def figures(resolved: Resolved, where: list[Span]) -> Iterator[Fact]:
    """The figures that are put on record, but for those that are only supposed."""
    reading, by_label = resolved.reading, attributions(resolved.reading)
    text, events = reading.article.text, {e.id: e for e in reading.events}
    for f in reading.figures:
        sentence = sentence_of(where, f.span)
        topics = topics_of(text, near(f.span, sentence))
        if f.status == "hypothetical" or not (f.unit or f.of) or is_small(f, topics):
            continue
        measured = events.get(f.event) if f.event else None
        yield Fact(
            kind="figure",
            label=f.id,
            article=reading.article.id,
            spans=(f.span,),
            words=text[slice(*f.span)],
            sentence=sentence,
            terms=around(text, f.span, sentence),
            topics=topics,
            actors=mentioned(resolved, (sentence,)),
            countries=countries(reading, sentence),
            of=counted(f, text),
            unit=unit_of(f.unit),
            low=first(f.low, f.value, None if f.comparator in ("<", "<=") else f.value),
            high=first(f.high, None if f.comparator in (">", ">=") else f.value),
            type=measured.type if measured else None,
            status=f.status,
            voice=voice(resolved, f.attribution or "", by_label.get(f.attribution or ""), f.status),
            moment=moment(resolved),
        )


def events(resolved: Resolved, where: list[Span]) -> Iterator[Fact]:
    """What is reported to have happened, to be planned, or not to have happened."""
    reading, by_label = resolved.reading, attributions(resolved.reading)
    text = reading.article.text
    for e in reading.events:
        if e.status == "hypothetical":
            continue
        span = envelope(e.anchor)
        sentence = sentence_of(where, span)
        yield Fact(
            kind="event",
            label=e.id,
            article=reading.article.id,
            spans=e.anchor,
            words=text[slice(*sentence)],
            sentence=sentence,
            terms=around(text, span, sentence),
            actors=known(resolved, e.actors),
            recipients=known(resolved, e.recipients),
            countries=countries(reading, sentence),
            type=e.type,
            day=e.date.value if e.date else None,
            status=e.status,
            voice=voice(resolved, e.attribution or "", by_label.get(e.attribution or ""), e.status),
            moment=moment(resolved),
        )


def is_small(f: Figure, around: frozenset[str]) -> bool:
    """Whether a figure is a stretch of time, or counts a few of what nobody counts: only of people who suffer something is a few a figure."""
    largest = max((abs(n) for n in (f.value, f.low, f.high) if n is not None), default=0)
    return unit_of(f.unit) == "time" or (f.comparator == "=" and largest < FEW and not around & SUFFERED)


def counted(f: Figure, text: str) -> frozenset[str]:
    """The terms of what a figure counts; people are people, whatever they are called, so that their words part nothing."""
    return frozenset() if unit_of(f.unit) == "people" else frozenset(terms(words_of(text, f.of)))


@cache
def units() -> dict[str, str]:
    """Words that count the same kind of thing, with the word that stands for them all."""
    table = tomllib.loads((files("onrecord.lexicon") / "accounts.toml").read_text(encoding="utf-8"))
    return {word: unit for unit, words in table["unit"].items() for word in words.split()}


def unit_of(unit: str | None) -> str | None:
    """A unit as figures are compared by it: soldiers, men and recruits are people."""
    return units().get(unit.lower(), unit.lower()) if unit else None


def voice(resolved: Resolved, label: str, a: Attribution | None, status: EventStatus = "actual") -> Voice:
    """Who stands behind a claim: the speaker of its attribution, else the article itself."""
    speaker = a.speaker if a else None
    names = {e.id: e.name for e in resolved.reading.entities}
    return Voice(
        stance=stance(a, status),
        firmness=a.certainty if a else "CT+",
        speaker=resolved.actors.get(speaker, speaker) if speaker else None,
        speaker_name=names.get(speaker) if speaker else None,
        origin=resolved.origins.get(label) or resolved.origins[""],
    )


def stance(a: Attribution | None, status: EventStatus) -> Stance:
    """Whether a fact is asserted, hedged or denied."""
    denied = a is not None and a.certainty.endswith("-")
    if denied != (status == "negated"):
        return "denies"
    if a is not None and a.certainty not in ("CT+", "CT-"):
        return "hedges"
    return "asserts"


def moment(resolved: Resolved) -> str:
    """When the article was published, or first seen where it does not say; as the article writes it."""
    published = resolved.reading.article.published
    return published.value if published else resolved.first_seen


def matter(words: str) -> frozenset[str]:
    """The terms of a claim that are no part of a name: what it is about, whoever does it."""
    return frozenset(terms(CAPITAL.sub(" ", words)))


def is_link(reading: Reading, a: Attribution) -> bool:
    """Whether an attribution only hands on what another one, nested in it, says."""
    size = sum(end - start for start, end in a.content)
    inner = [b for b in reading.attributions if b.within == a.id]
    return any(sum(end - start for start, end in (*b.content, *b.source, *b.cue)) >= LINK * size for b in inner)


def mentioned(resolved: Resolved, spans: Spans) -> frozenset[str]:
    """The actors that a stretch of text mentions, by name or pronoun."""
    inside = (e for e in resolved.reading.entities if any(overlap(m, s) for m in e.mentions for s in spans))
    return known(resolved, (e.id for e in inside))


def known(resolved: Resolved, labels: Iterable[str]) -> frozenset[str]:
    """The actors of entities, by their labels."""
    return frozenset(resolved.actors.get(label, label) for label in labels)


def countries(reading: Reading, sentence: Span) -> frozenset[str]:
    """The countries that a sentence names, by its places and by those it mentions."""

    def named(e: Entity) -> bool:
        return any(overlap(m, sentence) for m in e.mentions)

    found = {e.country for e in reading.entities if e.country and named(e)}
    return frozenset(found | {p.country for p in reading.places if p.country and overlap(p.span, sentence)})


def around(text: str, span: Span, sentence: Span) -> frozenset[str]:
    """The terms of a sentence that stand near a span of it."""
    return frozenset(terms(text[slice(*near(span, sentence))]))


def near(span: Span, sentence: Span) -> Span:
    """The part of a sentence that stands near a span of it."""
    return max(sentence[0], span[0] - NEAR), min(sentence[1], span[1] + NEAR)


def topics_of(text: str, span: Span) -> frozenset[str]:
    """The topics of words, and of two words in a row, in a stretch of text."""
    words = WORD.findall(text[slice(*span)])
    found = {group_of(word) for word in words} | {group_of(f"{a} {b}") for a, b in pairwise(words)}
    return frozenset(topic for topic in found if topic)


def sentence_of(where: list[Span], span: Span) -> Span:
    """The sentence in which a span begins; the span itself where none holds it."""
    return next((s for s in where if s[0] <= span[0] < s[1]), span)


def attributions(reading: Reading) -> dict[str, Attribution]:
    """The attributions by label."""
    return {a.id: a for a in reading.attributions}


def first(*values: float | None) -> float | None:
    """The first that is known."""
    return next((float(v) for v in values if v is not None), None)
