"""Whether somebody said what an indicator waits for: by speaker, topics, act and polarity.

Where no speaker is asked for, sentences of the article's own voice count too. All topics must stand in the same content, or in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.knowledge import Resolved
from onrecord.model import Attribution
from onrecord.text import overlap, words_of
from onrecord.watch import topics
from onrecord.watch.actors import Scene, entity_is, entity_told, is_absent, scene
from onrecord.watch.indication import Crossing, Indication
from onrecord.watch.indicator import StatementTest, Who
from onrecord.watch.weigh import is_unsaid, sentence_of, weigh


def find(test: StatementTest, resolved: Resolved) -> Iterator[Indication]:
    """What the attributions of a reading say to a test, and its own sentences where no speaker is asked for."""
    text = resolved.reading.article.text
    patterns = [topics.topic((word,)).every for word in test.about]
    if not all(p.search(text) for p in patterns) or (test.speaker and is_absent(test.speaker, resolved)):
        return
    for a in resolved.reading.attributions:
        content = words_of(text, a.content)
        if all(p.search(content) for p in patterns) and not inner(test, resolved, a, patterns):
            crossing, why = judged(test, resolved, a)
            if crossing == "crossed" and test.polarity and supposed(resolved, a, patterns):
                crossing, why = "expected", f"{why}, as of what only might come true"
            if crossing:
                sentence = sentence_of(text, (a.cue or a.source or a.content)[0])
                yield Indication(
                    record="attribution", label=a.id, crossing=crossing, sentence=sentence, attribution=a.id, reason=why
                )
    if test.speaker is None and test.act in (None, "statement"):
        yield from own_voice(test, resolved, patterns)


def inner(test: StatementTest, resolved: Resolved, a: Attribution, patterns: list[re.Pattern[str]]) -> bool:
    """Whether an attribution within this one says the same, so that it is that one's statement; only where any speaker will do."""
    if test.speaker is not None:
        return False
    within = (b for b in resolved.reading.attributions if b.within == a.id)
    return any(all(p.search(words_of(resolved.reading.article.text, b.content)) for p in patterns) for b in within)


def supposed(resolved: Resolved, a: Attribution, patterns: list[re.Pattern[str]]) -> bool:
    """Whether a statement has one of the topics only in what it says might come true: "only if there is a violation of the border"."""
    ifs = [s for c in resolved.reading.conditions for s in c.if_]
    found = ([m.span() for s in a.content for m in p.finditer(resolved.reading.article.text, *s)] for p in patterns)
    return any(some and all(any(overlap(m, s) for s in ifs) for m in some) for some in found)


def judged(test: StatementTest, resolved: Resolved, a: Attribution) -> tuple[Crossing | None, str]:
    """How one attribution about the topics stands to a test, and why."""
    if test.act not in (None, a.act):
        return None, ""
    who = speaker(test.speaker, resolved, a)
    if who == "no":
        return None, ""
    if is_unsaid(resolved.reading.article.text, a) and test.polarity is None:
        return "expected", f"{words_of(resolved.reading.article.text, a.source) or 'somebody'} does not say so"
    denied = a.negated or a.certainty.endswith("-")
    reason = f"{words_of(resolved.reading.article.text, a.source) or 'somebody'} {'denies it' if denied else 'says so'}"
    if who == "unknown":
        return "untied", f"{reason}; whose that is, the article does not say"
    if test.polarity == "asserted" and denied:
        return "against", reason
    if test.polarity == "denied" and not denied:
        return ("against", reason) if a.certainty != "Uu" else (None, "")
    if test.polarity and test.act is None and a.certainty in ("Uu", "PS+"):
        return "expected", f"{reason}; without being sure"
    return "crossed", reason


def speaker(who: Who | None, resolved: Resolved, a: Attribution) -> str:
    """Whether an attribution is of the speaker who is asked for."""
    if who is None:
        return "yes"
    if a.speaker is None or a.speaker_kind == "anonymous":
        return "no"
    at = scene(who, resolved)
    if is_somebody(who, resolved) and is_of(at, a):
        return "no"
    told = entity_told(at, a.speaker)
    return "no" if told == "unknown" and (who.role or not who.country) else told


def is_somebody(who: Who, resolved: Resolved) -> bool:
    """Whether who is asked for is a person, for whom nobody else speaks."""
    return any(e.type == "person" and entity_is(who, e, resolved) == "yes" for e in resolved.reading.entities)


def is_of(s: Scene, a: Attribution) -> bool:
    """Whether the words for a source name somebody only as whose they are: "two officials in the office of President Harsany"."""
    found = [(o, span) for span in a.source for o in s.own if overlap(o, span)]
    return bool(found) and all(
        IN_SOURCE.search(s.text[span[0] : o[0]]) or OWNER.match(s.text, o[1], span[1]) for o, span in found
    )


IN_SOURCE = re.compile(
    r"\w.*\b(?:of|for|to|in|with|by|near|around|behind|from|under)\s+(?:the\s+)?(?:[A-Z]\w+\s+){0,3}$", re.S
)
OWNER = re.compile(r"[’']s?\s+\w|\s+(?:aide|spokes|office|staff|campaign|camp|team)\w*", re.I)


def own_voice(test: StatementTest, resolved: Resolved, patterns: list[re.Pattern[str]]) -> Iterator[Indication]:
    """The sentences in the article's own voice that speak of all topics as of something that is so."""
    reading = resolved.reading
    said = [s for a in reading.attributions for s in (*a.content, *a.cue)]
    rarest = min(([m.span() for m in p.finditer(reading.article.text)] for p in patterns), key=len, default=[])
    for sentence in dict.fromkeys(sentence_of(reading.article.text, span) for span in rarest):
        found = [p.search(reading.article.text, *sentence) for p in patterns]
        if not found or not all(found) or any(overlap(m.span(), s) for m in found if m for s in said):
            continue
        weights = [weigh(resolved, m.span(), m.span(), "actual", None, sentence).value for m in found if m]
        crossing = own_crossing(test, weights)
        if crossing:
            yield Indication(
                record="sentence",
                label="",
                crossing=crossing,
                sentence=sentence,
                attribution=None,
                reason="the article says so itself",
            )


def own_crossing(test: StatementTest, weights: Sequence[str]) -> Crossing | None:
    """How a sentence of the article's own voice stands to a test."""
    if "historical" in weights:
        return None
    if "negated" in weights:
        return "against" if test.polarity == "asserted" else "crossed"
    if test.polarity == "denied":
        return "against"
    return "expected" if "open" in weights and test.polarity else "crossed"
