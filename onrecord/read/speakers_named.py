"""A source that names somebody or describes somebody: whom it means."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter

from onrecord.model import EntityType
from onrecord.read import countries, descriptions
from onrecord.read.entities_names import Entity, parts
from onrecord.read.entities_roles import gender_of, role_head
from onrecord.read.speakers_known import Known
from onrecord.read.speakers_sources import bare, head_of, kind_of
from onrecord.text import Span

OWNER = re.compile(
    r"\b(?:of|for|by|from|with|to|against|near|under|representing|behind|on behalf of)\s+(?:the\s+)?(?:(?:Mr|Mrs|Ms|Dr|Sir|President|Senator|Gov|Sen)\.?\s+)?$",
    re.I,
)


def by_name(known: Known, span: Span) -> Entity | None:
    """The entity that a source names as its own head."""
    named = known.named_in(span)
    people = [(s, e) for s, e in named if e.type == "person" and not known.possessive(s, span[1])]
    free = [(s, e) for s, e in people if not OWNER.search(known.text[span[0] : s[0]])]
    if (
        len({id(e) for _, e in free}) > 1
        and re.search(r"\band\b", known.text[free[0][0][1] : free[-1][0][0]])
        and not re.search(r",\s*(?:the|a|an|his|her)\b", known.text[slice(*span)])
    ):
        return group(known, span, "named")
    if free:
        before = known.text[span[0] : free[0][0][0]]
        between = known.text[free[0][0][1] : free[-1][0][0]]
        only_title = len(free) > 1 and not re.search(r"[,;(]|\b(?:who|of|for)\b", between)  # "Foo City Mayor Ann Bar"
        return free[-1][1] if "," in before or only_title else free[0][1]
    bodies = [
        (s, e)
        for s, e in named
        if e.type != "person" and not known.possessive(s, span[1]) and not known.behind_of(s, span[0])
    ]
    if not bodies:
        return None
    rest = known.text[bodies[-1][0][1] : span[1]]
    rest = re.split(r"[,(]|\s(?:which|who|in|of|for|on)\s|\s(?:today|yesterday|later|also)$", rest)[0].strip(
        " ’'”\"‘“)"
    )
    if rest:  # "US officials", "NASA engineers": the name only modifies
        return description(known, span)
    if len(bodies) > 1 and re.search(r"\band\b", known.text[bodies[0][0][1] : bodies[-1][0][0]]):
        return group(known, span, "named")
    return bodies[-1][1] if bodies[-1][1].type == "outlet" else bodies[0][1]


def opens_line(text: str, span: Span) -> bool:
    """Whether a source stands first on its line."""
    return span[0] == 0 or text[span[0] - 1] == "\n"


def group(known: Known, span: Span, kind: str) -> Entity:
    """An entity of its own for what a source says, or the earlier one of the same words."""
    words = bare(known.text[slice(*span)])
    if opens_line(known.text, span) and role_head().fullmatch(words):
        words = words.lower()  # "Coroner puts toll at 12": an office has its capital from the headline
    head = head_of(words)
    person: EntityType = "person" if role_head().fullmatch(head) else descriptions.bodies().get(head, "group")
    types: dict[str, EntityType] = {"document": "document", "outlet": "outlet", "described": person}
    entity = known.groups.get(parts(words))
    if entity is None:
        entity = Entity(
            name=words,
            type=types.get(kind, "group"),
            kind=kind,
            country=countries.first_in(words),
            gender=gender_of(words.lower().split()),
        )
        known.entities.append(entity)
        known.groups[parts(words)] = entity
    entity.mentions.append(span)
    return entity


def description(known: Known, span: Span) -> Entity:
    """Who a description stands for."""
    source = known.text[slice(*span)]
    words = bare(source)
    kind = kind_of(words, source)
    definite = bool(
        re.match(r"(?:the|this|these|those|that|his|her|its|their|our)\b|same\b", source.strip(), re.I)
    ) or (source[:1].islower() and not re.match(r"(?:a|an|some|one|two|three|several|many)\b", source))
    if kind == "described" and definite and (person := by_role(known, words, span[0])):
        person.mentions.append(span)
        return person
    if definite and kind in ("anonymous", "collective", "document", "outlet", "described"):
        earlier = [
            e
            for e in known.entities
            if e.kind
            and e.mentions
            and e.mentions[0][0] < span[0]
            and head_of(e.name).rstrip("s") == head_of(words).rstrip("s")
        ]
        if kind == "outlet":
            publishers = [e for e in known.entities if e.type == "outlet" and e.mentions[0][0] < span[0]]
            bodies = [e for e in known.entities if e.type == "organisation" and e.mentions[0][0] < span[0]]
            earlier = publishers or (bodies if head_of(words) in ("agency", "network") else []) or earlier
        if earlier and len(parts(words)) <= 2:
            earlier[-1].mentions.append(span)
            return earlier[-1]
        if kind == "described" and (body := body_meant(known, words, span[0])):
            body.mentions.append(span)
            return body
    return group(known, span, kind)


def body_meant(known: Known, words: str, at: int) -> Entity | None:
    """The organisation named before that a description stands for: the last one that has its head in its name, else the last of its
    kind, else the last that nothing speaks against, where the head stands for any."""
    head = head_of(words)
    before = [e for e in known.entities if e.names and e.type != "person" and e.names[0][0] < at]
    if descriptions.bodies().get(head) not in ("organisation", "place") or countries.first_in(words):
        return None
    middle = set(parts(words)) - {head}
    likely = [
        (descriptions.closeness(head, middle, e, known.introduced(e)), e.names[bisect_left(e.names, (at, 0)) - 1], e)
        for e in before
    ]
    return max(filter(itemgetter(0), likely), key=itemgetter(0, 1), default=(0, (0, 0), None))[2]


def by_role(known: Known, words: str, at: int) -> Entity | None:
    """The latest person whose role has the description's head and does not contradict its other words."""
    head = head_of(words)
    if not role_head().fullmatch(head):
        return None
    country = countries.first_in(words)
    wanted = set(parts(countries.stripped_demonym(words)))
    people = [e for e in known.entities if e.type == "person" and e.role and e.mentions[0][0] < at]
    fit = [
        e
        for e in people
        if descriptions.names_role(head, descriptions.role_heads(e.role or ""))
        and (not country or not e.country or e.country == country)
    ]
    exact = [e for e in fit if wanted <= set(parts(e.role or "")) | {head}]
    best = exact or ([e for e in fit if len(wanted) == 1])
    home = known.last[-1][1].country if known.last else None

    def rank(e: Entity) -> tuple[bool, int]:
        return bool(home) and e.country == home, max((s[0] for s in e.mentions if s[0] < at), default=-1)

    return max(best, key=rank) if best else None
