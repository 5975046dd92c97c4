"""What stands beside a claim in its article: its sentence and the terms near it, those whom it mentions, the countries that it names, and who says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from onrecord.knowledge import Resolved, Stance
from onrecord.model import Attribution, Entity, Reading
from onrecord.resolve.facts import Voice
from onrecord.resolve.terms import terms
from onrecord.text import Span, Spans, covers, overlap, words_of

NEAR = 90  # characters to each side of a figure or an event that tell what it is about
LINK = 0.6  # the share of a content that a nested attribution must fill for the outer one to be a mere link


def spoken(content: Spans, where: list[Span]) -> Iterator[Span]:
    """The sentences of a content, or what it has of each: every one is a claim."""
    for start, end in content:
        cuts = [start, *(s[0] for s in where if start < s[0] < end), end]
        yield from pairwise(cuts)


def in_condition(reading: Reading, span: Span) -> bool:
    """Whether words lie in what only might come true."""
    return any(covers(c.if_, (span,)) for c in reading.conditions)


def voice(
    resolved: Resolved, label: str, a: Attribution | None, *, denied: bool, open: bool = False, sure: bool = False
) -> Voice:
    """Who stands behind a claim: the speaker of its attribution, else the article itself."""
    speaker = a.speaker if a else None
    name = next((e.name for e in resolved.reading.entities if e.id == speaker), None)
    return Voice(
        stance="hedges" if open else "asserts" if sure and not denied else stance(a, denied=denied),
        firmness=a.certainty if a else "CT+",
        speaker=resolved.actors.get(speaker, speaker) if speaker else None,
        speaker_name=name,
        origin=resolved.origins.get(label) or resolved.origins[""],
    )


def stance(a: Attribution | None, *, denied: bool) -> Stance:
    """Whether a claim is asserted, hedged or denied."""
    if denied:
        return "denies"
    return "hedges" if a is not None and a.certainty not in ("CT+", "CT-") else "asserts"


def moment(resolved: Resolved) -> str:
    """When the article was published, or first seen where it does not say; as the article writes it."""
    published = resolved.reading.article.published
    return published.value if published else resolved.first_seen


def is_link(reading: Reading, a: Attribution) -> bool:
    """Whether an attribution only hands on what another one, nested in it, says."""
    size = sum(end - start for start, end in a.content)
    inner = [b for b in reading.attributions if b.within == a.id]
    return any(sum(end - start for start, end in (*b.content, *b.source, *b.cue)) >= LINK * size for b in inner)


def spoken_by(a: Attribution | None, text: str) -> frozenset[str]:
    """The terms of those who say something, and of their saying it."""
    return frozenset(terms(words_of(text, (*a.source, *a.cue)))) if a else frozenset()


def speaker_of(resolved: Resolved, a: Attribution | None) -> frozenset[str]:
    """The actor who speaks, if one is known: who gives a figure is not what it is of."""
    return known(resolved, (a.speaker,)) if a and a.speaker else frozenset()


def mentioned(resolved: Resolved, spans: Spans, but: str = "") -> frozenset[str]:
    """The actors that a stretch of text mentions, by name or pronoun, those of one type left out."""
    inside = (
        e
        for e in resolved.reading.entities
        if e.type != but and any(m[0] < s[1] and s[0] < m[1] for s in spans for m in e.mentions)
    )
    return known(resolved, (e.id for e in inside))


def known(resolved: Resolved, labels: Iterable[str]) -> frozenset[str]:
    """The actors of entities, by their labels; those who are known within their article only are left out."""
    return frozenset(resolved.actors[label] for label in labels if label in resolved.actors)


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


def sentence_of(where: list[Span], span: Span) -> Span:
    """The sentence in which a span begins; the span itself where none holds it."""
    return next((s for s in where if s[0] <= span[0] < s[1]), span)


def attributions(reading: Reading) -> dict[str, Attribution]:
    """The attributions by label."""
    return {a.id: a for a in reading.attributions}


def first(*values: float | None) -> float | None:
    """The first that is known."""
    return next((float(v) for v in values if v is not None), None)
