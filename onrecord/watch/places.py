"""Where it is: whether a sentence, or the head of its article, names the place that an indicator asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.knowledge import Resolved
from onrecord.model import Reading
from onrecord.read.countries import first_in, whole
from onrecord.resolve.places import DATELINE, body_of
from onrecord.text import Span, overlap
from onrecord.watch.actors import Told

OPENING = re.compile(
    r"[“\"]?(?:In|At|Off|Near|Around|Outside|Across)\s(?:the\s)?(?:[a-z]+\s(?:of|town|city|village|port|province)\s)?(?P<name>[A-ZÀ-Þ][\w’-]+(?:\s[A-ZÀ-Þ][\w’-]+)*),?\s"
)
# What an article that is written in a town calls it.
TOWN = re.compile(r"\b(?:the|[A-ZÀ-Þ][\w-]+[’']s?|[A-ZÀ-Þ][\w-]+) (?:capital|city)\b")


def place_told(place: str | None, resolved: Resolved, sentence: Span, content: Sequence[Span] = ()) -> Told:
    """Whether something told in a sentence is in a place: unknown where only other parts of the article name it, or the article says of nothing where it is; else no.

    An outlet need not name the place that it and its readers are at: where the article says of nothing where it is, it is where its affair is known to be. `content` is what somebody is reported to have said there, if it is anybody's words.
    """
    if place is None:
        return Told("yes", "")
    text = resolved.reading.article.text
    spans = named(place, resolved.reading)
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
    if nowhere and place in resolved.setting:
        return Told("yes", f"the article names no place, and what it goes on about is in {place}")
    return Told("unknown" if nowhere else "no", f"the article does not name {place}")


def elsewhere(resolved: Resolved, sentence: Span, content: Sequence[Span]) -> bool:
    """Whether a sentence names a place, within what is said there, so that where it was said does not count."""
    spans = [p.span for p in resolved.reading.places if sentence[0] <= p.span[0] < sentence[1]]
    if opening := OPENING.match(resolved.reading.article.text, *sentence):
        known = (
            m for e in resolved.reading.entities if e.type in ("person", "organisation", "outlet") for m in e.mentions
        )
        dated = any(overlap(opening.span("name"), d.span) for d in resolved.reading.dates)
        spans += [] if dated or any(overlap(opening.span("name"), m) for m in known) else [opening.span("name")]
    return any(not content or any(overlap(s, c) for c in content) for s in spans)


def named(place: str, reading: Reading) -> list[Span]:
    """Where an article names a place, or for a country anything within it."""
    text = reading.article.text
    spans = [p.span for p in reading.places if p.name == place or text[slice(*p.span)] == place]
    if code := whole(place):
        spans += [p.span for p in reading.places if p.country == code]
        spans += [m for e in reading.entities for m in e.mentions if first_in(text[slice(*m)]) == code]
    lines = DATELINE.match(text, body_of(text))
    if lines and lines["city"].casefold() == place.casefold():
        spans += [lines.span("city"), *(m.span() for m in TOWN.finditer(text, lines.end()))]
    start = text.find(place)
    while start >= 0:
        spans.append((start, start + len(place)))
        start = text.find(place, start + 1)
    return spans


def is_set_in(place: str, coverage: Sequence[Reading]) -> bool:
    """Whether most articles of an affair, and two at least, name a place."""
    naming = sum(bool(named(place, r)) for r in coverage)
    return naming > 1 and 2 * naming > len(coverage)


def setting(coverage: Sequence[Reading]) -> str | None:
    """The place that most articles of an affair name; None where there is none, or several that are named as often."""
    found = Counter(name for r in coverage for name in {e.name for e in r.entities if e.type == "place"})
    (best, most), *rest = found.most_common(2) or [("", 0)]
    alone = not rest or rest[0][1] < most
    return best if most and alone and is_set_in(best, coverage) else None
