"""Who stands behind each source: names, descriptions and pronouns resolved within one article.

1. Top-level attributions in the order of the text, then nested ones, whose "I" is their parent's speaker.
2. A source with a person's name is that person; "X's spokesman" is not X.
3. A pronoun is the previous speaker or the last person made the subject, whose gender and number fit.
4. A description is the person with that role, else an earlier group of that description, else an entity of its own.
5. Venues: the outlet or platform that something was said to or in.
6. The mentions elsewhere in the text (`mentions`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.model import Attribution, SpeakerKind
from onrecord.model import Entity as ModelEntity
from onrecord.read import mentions
from onrecord.read.entities_names import Entity
from onrecord.read.manner import nobody
from onrecord.read.mentions_walk import Words
from onrecord.read.names import Name
from onrecord.read.speakers_known import Known
from onrecord.read.speakers_named import by_name, description
from onrecord.read.speakers_pronouns import PRONOUNS, RELATIVE, addressed, pronoun
from onrecord.read.speakers_sources import stays_unnamed
from onrecord.text import Span, envelope, overlap

STATE = re.compile(
    r"\b(?:government|ministry|army|military|parliament|authorities|police|navy|embassy|court|council|cabinet|administration)$",
    re.I,
)
VENUE = re.compile(
    r"\b(?:told|tells|telling|interview(?:s|ed)?(?: published)? (?:with|to|by|in|on|for)|speaking (?:to|with|on|at)|spoke (?:to|with)|talk(?:ed|ing) to|quoted (?:by|in)|wrote (?:in|on|for)|writing (?:in|on|for)|posted (?:on|to)|(?:post|tweet|message|statement|video|live|broadcast|appearance) (?:on|to)|remarks to|comments to|published (?:in|by|on)|appear(?:ed|ing) on|reported by|via|on|in) (?:the |an? )?(?:[\w-]+ ){0,3}[‘'“\"]?$",
    re.I,
)
SAME_OUTLET = re.compile(
    r"\b(?:the\s+)?(?:above-mentioned|aforementioned|same)\s+(?:\w+\s+){0,2}(?:outlet|newspaper|daily|weekly|paper|agency|magazine|website|portal|channel|station|broadcaster|journal|publication|media)\b|\btold the (?:newspaper|paper|daily|agency|magazine|broadcaster|outlet|channel|station)\b",
    re.I,
)
TWEETED = re.compile(r"\b(?:re)?tweet", re.I)
FULL_STOP = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"‘])")
NEAR = 160  # how far from its cue a venue may stand


def speaker(known: Known, a: Attribution, parent: Attribution | None) -> Entity | None:
    """The entity behind an attribution's source, its mention recorded."""
    if not a.source:
        return None
    span = envelope(a.source)
    words = known.text[slice(*span)].strip(' ,;“”"‘’')
    lower = words.lower()
    if nobody(known.text, a.source):
        return None
    if lower == "you":
        return addressed(known, parent)
    acronym = words.isupper() and len(words) > 1  # WHO, US and IT are no pronouns
    if not acronym and lower in PRONOUNS:
        found = pronoun(known, lower, span, parent)
        if found and lower in RELATIVE:
            touching = [
                m for m in found.mentions if m[1] <= span[0] and not re.search(r"\w", known.text[m[1] : span[0]])
            ]
            if touching and max(touching) in known.sources:
                known.antecedents[a.id] = (max(touching),)
        if found and span not in found.mentions:
            found.mentions.append(span)
        return found
    return by_name(known, span) or description(known, span)


def kind(known: Known, a: Attribution, entity: Entity | None) -> SpeakerKind | None:
    """The kind of an attribution's speaker."""
    if entity is None:
        return None if a.source else "anonymous"
    if entity.type == "outlet":
        return "outlet"
    if entity.names:
        return "named"
    if STATE.search(entity.name) and entity.country:
        return "named"
    return entity.kind  # type: ignore[return-value]


def together(text: str, a: Attribution, parent: Attribution | None, outlet: Span) -> bool:
    """Whether an outlet stands in the sentence of a cue, and in the words that it is told within."""
    (start, end), inside = envelope(a.cue), not parent
    if parent:
        inside = any(s <= outlet[0] < e for s, e in parent.content)
    return inside and not FULL_STOP.search(text, min(end, outlet[1]), max(start, outlet[0]))


def venue(known: Known, a: Attribution, speaker: Entity | None, parent: Attribution | None) -> Entity | None:
    """The outlet or platform named near the cue as the place of saying."""
    start, end = envelope(a.cue)
    low, high = known.text.rfind("\n", 0, start) + 1, min(len(known.text), end + NEAR)
    line = known.text.find("\n", end)
    high = min(high, line if line >= 0 else high)
    for s, e in known.mentioned(max(low, start - NEAR), high):
        if (
            e.type == "outlet"
            and e is not speaker
            and not any(overlap(s, c) for c in (*a.source, *a.content))
            and together(known.text, a, parent, s)
            and VENUE.search(known.text[max(low, s[0] - 60) : s[0]])
        ):
            return e
    if SAME_OUTLET.search(known.text[max(low, start - 10) : high]):
        earlier = [e for _, e in known.mentioned(0, start) if e.type == "outlet"]
        if earlier and earlier[-1] is not speaker:
            return earlier[-1]
    if TWEETED.search(known.text[start:end]):
        return next((e for e in known.entities if e.type == "outlet" and e.name.lower() == "twitter"), None)
    return None


def order(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Top-level ones in the order of the text, then nested ones, parents first."""
    depth: dict[str, int] = {}
    by_id = {a.id: a for a in attributions}
    for a in attributions:
        level, up = 0, a.within
        while up and level < 10:
            level, up = level + 1, by_id[up].within
        depth[a.id] = level
    return sorted(attributions, key=lambda a: (depth[a.id], envelope(a.source or a.cue)[0]))


def quoted_words(known: Known, attributions: Sequence[Attribution]) -> list[Words]:
    """The quoted stretches of a text with their speakers; one of which nobody says whose it is goes on from the one before it
    in its paragraph."""
    contents = sorted((span, a.id) for a in attributions if a.kind != "indirect" for span in a.content)
    starts = [span[0] for span, _ in contents]
    out: list[Words] = []
    for quote in known.quotes:
        near = contents[max(0, bisect_right(starts, quote[0]) - 3) : bisect_right(starts, quote[1])]
        inside = [known.speakers.get(i) for span, i in near if overlap(span, quote)]
        speaker = inside[0] if inside else None
        if not inside and out and "\n" not in known.text[out[-1].span[1] : quote[0]]:
            speaker = out[-1].speaker
        out.append(Words(quote, speaker))
    return out


def resolve(
    text: str, attributions: Sequence[Attribution], names: Sequence[Name]
) -> tuple[tuple[Attribution, ...], tuple[ModelEntity, ...]]:
    """The attributions with speaker, its kind and venue filled in, and the article's entities (e1, e2, …)."""
    known = Known(text, names)
    by_id = {a.id: a for a in attributions}
    kinds: dict[str, SpeakerKind | None] = {}
    venues: dict[str, Entity | None] = {}
    known.sources = {envelope(a.source) for a in attributions if a.source}
    for a in order(attributions):
        parent = by_id.get(a.within) if a.within else None
        entity = speaker(known, a, parent)
        if entity:
            known.speakers[a.id] = entity
            if not parent:
                known.last.append((envelope(a.source or a.cue)[0], entity))
                known.last.sort(key=lambda x: x[0])
        kinds[a.id] = kind(known, a, entity)
        venues[a.id] = venue(known, a, entity, parent)
        if kinds[a.id] in ("collective", "described") and stays_unnamed(text, a, venues[a.id]):
            kinds[a.id] = "anonymous"
            if entity and not entity.names:
                entity.kind = "anonymous"  # so are "these officers" further down
    mentions.fill(text, known.entities, quoted_words(known, attributions))
    kept = [e for e in known.entities if e.mentions]
    kept.sort(key=lambda e: min(e.mentions))
    ids = {id(e): f"e{n}" for n, e in enumerate(kept, 1)}

    def ident(e: Entity | None) -> str | None:
        return ids.get(id(e)) if e else None

    out = [
        replace(
            a,
            speaker=ident(known.speakers.get(a.id)),
            speaker_kind=kinds[a.id],
            venue=ident(venues[a.id]),
            source=known.antecedents.get(a.id, a.source),
        )
        for a in attributions
    ]
    entities = [
        ModelEntity(
            id=ids[id(e)],
            name=e.name,
            type=e.type,
            role=e.role,
            country=e.country,
            mentions=tuple(sorted(set(e.mentions))),
        )
        for e in kept
    ]
    return tuple(out), tuple(entities)
