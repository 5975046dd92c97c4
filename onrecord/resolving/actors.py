"""Step 3: whom each entity stands for, among all that the record knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.knowledge import Profile
from onrecord.model import Entity, Reading
from onrecord.resolve import identity
from onrecord.store import judgements as kept_judgements
from onrecord.store import stories as kept_stories
from onrecord.store.actors import Actor
from onrecord.store.cast import Cast
from onrecord.store.database import Transaction
from onrecord.store.judgements import MACHINE
from onrecord.store.judgements import made as judged
from onrecord.store.resolved import Waiting
from onrecord.store.rows import BITS, numbers
from onrecord.text import digest

CANDIDATES = 12  # actors that an entity is compared with
BESIDE = 30  # names of others that are kept of an actor's articles
LONGEST = 6  # words of a name
PARTICLES = re.compile(r"(?:of|the|and|for|de|da|do|del|della|di|du|la|le|van|von|der|den|bin|ibn|al|el|y|e)$")
DESCRIBED = re.compile(r"(?:The|A|An|His|Her|Their|Its|Our|My|He|She|It|They|We|You|I|Who|This|That|These|Those)\b")
IDENTIFIED = ("person", "organisation", "outlet", "place")  # groups are known within their article only


def actors_of(transaction: Transaction, found: Waiting, story: int, when: str) -> dict[str, Actor]:
    """Step 3: the actor of each entity that can be known across articles, by its label."""
    reading = found.reading
    numbered = numbers(found.row << BITS, reading.entities)
    story_id = kept_stories.id_of(transaction, story)
    full = [e.name.casefold() for e in reading.entities if e.type != "place"]
    known = [
        e
        for e in reading.entities
        if e.type in IDENTIFIED and is_name(e.name.removeprefix("The ").removeprefix("the "))
    ]
    profiles = [profile_of(reading, entity, story_id, full) for entity in known]
    keys = [identity.keys(profile) for profile in profiles]
    cast = Cast(transaction)
    cast.look_up(keys, CANDIDATES)
    out: dict[str, Actor] = {}
    for entity, profile, its in zip(known, profiles, keys, strict=True):
        out[entity.id] = actor_of(cast, profile, its, numbered[entity.id], found, entity, when)
    cast.write()
    return out


def profile_of(reading: Reading, entity: Entity, story: str, full: list[str]) -> Profile:
    """What an article says of who somebody is."""
    text = reading.article.text
    named = (text[s:e] for s, e in entity.mentions)
    names = dict.fromkeys([entity.name, *(n for n in named if is_name(n))])
    return Profile(
        names=tuple(names),
        type=entity.type,
        roles=(entity.role,) if entity.role else (),
        countries=(entity.country,) if entity.country else (),
        stories=frozenset({story}),
        beside=frozenset(n for n in full if n != entity.name.casefold()),
    )


def is_name(mention: str) -> bool:
    """Whether a mention is a name and no description or pronoun: each of its words begins with a capital, but for particles within."""
    words = mention.split()
    inner = words[1:-1]
    proper = all(w[:1].isupper() or (PARTICLES.match(w) and w in inner) for w in words)
    return proper and 0 < len(words) <= LONGEST and not DESCRIBED.match(mention)


def actor_of(
    cast: Cast, profile: Profile, keys: Sequence[str], entity_row: int, found: Waiting, entity: Entity, when: str
) -> Actor:
    """The actor that a profile fits, or a new one; what stays unsure is kept as a question for people."""
    candidates = cast.candidates(keys, CANDIDATES)
    namesakes = [a for a in candidates if entity.name in a.profile.names]
    compared = [(identity.compare(profile, a.profile), a) for a in namesakes]
    if not any(verdict == "same" for (verdict, _, _), _ in compared):
        compared += [(identity.compare(profile, a.profile), a) for a in candidates if a not in namesakes]
    same = [(score, a) for (verdict, score, _), a in compared if verdict == "same"]
    if same:
        score, actor = max(same, key=lambda s: (s[0], -s[1].row))
        together = limited(identity.merged(actor.profile, profile))
        cast.stands_for(entity_row, actor.row, score)
        return cast.change(actor, entity.name, together, keys)
    id = digest("actor", found.reading.article.id, entity.name, entity.type)
    actor = cast.add(id, entity.name, limited(profile), keys)
    cast.stands_for(entity_row, actor.row, 1.0)
    for (verdict, score, reason), other in compared:
        if verdict == "unsure":
            kept_judgements.add(cast.transaction, judged("actor", id, other.id, "unsure", MACHINE, when, score, reason))  # fmt: skip
    return actor


def limited(profile: Profile) -> Profile:
    """A profile that does not grow without end."""
    return replace(
        profile,
        names=profile.names[:20],
        roles=profile.roles[:8],
        stories=frozenset(sorted(profile.stories)[-BESIDE:]),
        beside=frozenset(sorted(profile.beside)[:BESIDE]),
    )
