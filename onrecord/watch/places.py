"""Where it is: whether a sentence, or the head of its article, names the place that an indicator asks for."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge import Resolved
from onrecord.read.countries import first_in, whole
from onrecord.text import Span, overlap
from onrecord.watch.actors import Told


def place_told(place: str | None, resolved: Resolved, sentence: Span, content: Sequence[Span] = ()) -> Told:
    """Whether something told in a sentence is in a place: unknown where only other parts of the article name it, or the article says of nothing where it is; else no.

    `content` is what somebody is reported to have said there, if it is anybody's words.
    """
    if place is None:
        return Told("yes", "")
    text = resolved.reading.article.text
    spans = named(place, resolved)
    if any(sentence[0] <= s < sentence[1] for s, _ in spans):
        return Told("yes", f"the sentence names {place}")
    head = text.find("\n\n", text.find("\n\n") + 2)
    top = head if head > 0 else len(text)
    others = elsewhere(resolved, sentence, content)
    if not others and any(s < top for s, _ in spans):
        return Told("yes", f"headline or first paragraph name {place}")
    if spans:
        return Told("unknown", f"the sentence does not name {place}")
    nowhere = not others and not elsewhere(resolved, (0, top), ((0, top),))
    return Told("unknown" if nowhere else "no", f"the article does not name {place}")


def elsewhere(resolved: Resolved, sentence: Span, content: Sequence[Span]) -> bool:
    """Whether a sentence names a place, within what is said there, so that where it was said does not count."""
    spans = (p.span for p in resolved.reading.places if sentence[0] <= p.span[0] < sentence[1])
    return any(not content or any(overlap(s, c) for c in content) for s in spans)


def named(place: str, resolved: Resolved) -> list[Span]:
    """Where an article names a place, or for a country anything within it."""
    text = resolved.reading.article.text
    spans = [p.span for p in resolved.reading.places if p.name == place or text[slice(*p.span)] == place]
    if code := whole(place):
        spans += [p.span for p in resolved.reading.places if p.country == code]
        spans += [m for e in resolved.reading.entities for m in e.mentions if first_in(text[slice(*m)]) == code]
    start = text.find(place)
    while start >= 0:
        spans.append((start, start + len(place)))
        start = text.find(place, start + 1)
    return spans
