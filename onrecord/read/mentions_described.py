"""Whom a description stands for: "the minister", "his daughter", "the party"."""

from __future__ import annotations

import re
from bisect import bisect_right
from math import log2

from onrecord.model import EntityType
from onrecord.read import countries, descriptions, kinship
from onrecord.read.descriptions import Description
from onrecord.read.entities_names import Entity, parts
from onrecord.read.entities_roles import gender_of
from onrecord.read.mentions_pronouns import FAME
from onrecord.read.mentions_walk import WIDTH, Use, Walk
from onrecord.text import Span

FAR = 2.5  # below minus this, one mention alone does not make a country "the country"
CLEAR = 0.3  # how much more prominent than the next one must be of whom no more is known than that nothing speaks against it
NEXT = 3  # mentions back from a description, the last of which may stand in it
COPULA = re.compile(
    r"\s+(?:is|was|are|were|became|becomes|remains|has been|had been|served as|serves as|serving as|as)\s+(?:also\s+)?"
)
APPOSED = re.compile(r"(?:\s+(?:of|for|at|in|on)\s+[^,;:.“”\"\n]{2,50})?,\s+(?:[A-Z][\w.]*\s+)?|\s+")
PHRASE_ENDS = re.compile(
    r"\s*(?:[,.;:()\n—–“”\"-]|$)|\s+(?:of|for|at|in|on|from|to|who|whom|whose|which|that|with|and|since|behind|under)\b"
)
DEFINITE = ("the", "this", "that")
OF_SEVERAL = ("their",)
CLOSED = re.compile(r"[’'”\"]?(?:s\b)?\s*(?:[,.;:()\n—–-]|and\b|who\b|$)")
COMMA = re.compile(r"[’'”\"]?,?\s*,\s+(?:who (?:is|was)\s+)?(?:\d{1,3},\s+)?")


def fits(e: Entity, kind: EntityType) -> bool:
    """Whether an entity can be meant by a description of a kind."""
    return e.type == kind or (kind in ("organisation", "outlet") and e.type in ("organisation", "outlet"))


def describe(walk: Walk, d: Description) -> None:
    """Gives a description to whom it stands for, or remembers that somebody without a name was mentioned."""
    family = d.head in kinship.relations()
    person = family or d.head in descriptions.roles() or d.head.endswith("-year-old")
    kind = descriptions.bodies().get(d.head, "person" if person else "organisation")
    found = beside(walk, d.span, kind)
    owners = owners_of(walk, d) if family else ()
    if family and found is not None and (owners or d.determiner in OF_SEVERAL):
        walk.families.add(owners, d.head, found)
    elif family and found is None and (owners or d.determiner in DEFINITE):
        found = walk.families.find(owners, d.head)
    if found is None and kind == "person" and d.determiner not in ("a", "an"):
        found = person_of(walk, d)
    elif found is None and d.determiner in DEFINITE and not d.owned:
        found = body_of(walk, d, kind)
    elif found is None and d.determiner in ("his", "her", "their") and d.head in descriptions.table()["belonged"]:
        found = belonged(walk, d)
    if found is not None:
        walk.described[found].add(d.head)
        walk.take(d.span, found)
    elif kind == "person":
        walk.use(d.span, stranger(walk, d))


def owners_of(walk: Walk, d: Description) -> list[Entity]:
    """Whose somebody is whom "his" or "their" describes: whom the word before stands for, or the two named last in the sentence."""
    if d.determiner in ("his", "her") and walk.uses and walk.uses[-1].span[0] == d.span[0]:
        return [walk.uses[-1].entity]
    here = walk.sentence(d.span[0])
    people = (u.entity for u in walk.recent(d.span[0]) if u.sentence == here and u.entity.type == "person")
    return list(dict.fromkeys(people))[:2] if d.determiner in OF_SEVERAL else []


def relate(walk: Walk, span: Span, owner: Entity) -> None:
    """Remembers who is the owner's what: "Ann Bar's daughter Eve"."""
    m = kinship.owned().match(walk.text, span[1]) if owner.type == "person" else None
    if m and (found := beside(walk, (m.start(1), m.end()), "person")) not in (None, owner):
        walk.families.add([owner], m[1], found)


def beside(walk: Walk, span: Span, kind: EntityType) -> Entity | None:
    """Whose name stands right before ("NAME, the mayor", "NAME is the mayor") or behind ("the mayor of X, NAME")."""
    last = next((u for u in walk.uses[: -NEXT - 1 : -1] if u.span[1] <= span[0]), None)
    if last:
        between = walk.text[last.span[1] : span[0]]
        if (
            len(between) < 30
            and fits(last.entity, kind)
            and (COPULA.fullmatch(between) or (COMMA.fullmatch(between) and PHRASE_ENDS.match(walk.text, span[1])))
        ):
            return last.entity
    opens = walk.starts[walk.sentence(span[0])] == span[0]
    i = bisect_right(walk.given, (span, 0))
    for mention, n in walk.given[i : i + 4]:
        between = walk.text[span[1] : mention[0]]
        if len(between) > 70:
            break
        closed = opens or "," not in between or CLOSED.match(walk.text, mention[1])
        if fits(walk.entities[n], kind) and APPOSED.fullmatch(between) and closed:
            return walk.entities[n]
    return None


def person_of(walk: Walk, d: Description) -> Entity | None:
    """The person last mentioned who has the role that a description names, or was described by its head before."""
    wanted = set(parts(countries.stripped_demonym(d.middle))) - {"former", "current", "then"}
    country = countries.first_in(d.middle)
    seen = set()
    for use in reversed(walk.uses[-4 * WIDTH :]):
        e = use.entity
        if e in seen or e.type != "person" or (country and country != e.country):
            continue
        seen.add(e)
        role = e.role or (e.name if not e.names else "")
        called = walk.described[e] | (descriptions.role_heads(role) if d.determiner in DEFINITE else set())
        if descriptions.names_role(d.head, called) and wanted <= set(parts(role)):
            return e if e.mentions else None
    return anyone(walk, d) if d.head in descriptions.table()["anyone"] and not wanted else None


def anyone(walk: Walk, d: Description) -> Entity | None:
    """The one person of a description's gender that was mentioned lately, if it is one."""
    gender = gender_of((d.head,))
    near = {u.entity for u in walk.recent(d.span[0]) if u.entity.type == "person"}
    fit = [e for e in near if e.gender == gender]
    return fit[0] if len(fit) == 1 and fit[0].names and d.determiner in ("the", "this") else None


def body_of(walk: Walk, d: Description, kind: EntityType) -> Entity | None:
    """The organisation or place last mentioned that a description's head is part of, or that is of its kind."""
    lately = {u.entity: None for u in reversed(walk.uses[-4 * WIDTH :]) if u.entity.type != "person" and u.entity.names}
    middle = set(parts(d.middle))
    close = {e: descriptions.closeness(d.head, middle, e, walk.described[e]) for e in lately}
    if named := next((e for e in lately if close[e] == 3), None):
        return named
    near = {u.entity: prominence(walk, u, d.span[0]) for u in walk.recent(d.span[0]) if close.get(u.entity)}
    if d.head in ("country", "nation"):
        near = {e: x for e, x in near.items() if len(e.mentions) > 1 or x > -FAR}
        return max(near, key=lambda e: len(e.mentions), default=None)
    if not near:
        alike = [e for e in lately if close[e] == 2 and e.type != "place"]
        return alike[0] if len(alike) == 1 else None
    best = max(close[e] for e in near)
    first, *others = sorted((e for e in near if close[e] == best), key=lambda e: -near[e])
    doubtful = best == 1 and others and near[first] - near[others[0]] < CLEAR
    return None if doubtful else first


def belonged(walk: Walk, d: Description) -> Entity | None:
    """The one body of its kind, named in these sentences, that somebody's party or club is."""
    here = walk.sentence(d.span[0])
    near = {
        u.entity
        for u in walk.recent(d.span[0])
        if u.entity.type != "person" and u.entity.names and here - u.sentence < 3
    }
    alike = [e for e in near if descriptions.closeness(d.head, set(parts(d.middle)), e, walk.described[e]) > 1]
    return alike[0] if len(alike) == 1 else None


def prominence(walk: Walk, use: Use, at: int) -> float:
    """How much a mention speaks for its entity being meant by a description behind it."""
    distance = walk.sentence(at) - use.sentence
    return -1.0 * distance + 0.8 * use.subject + FAME * log2(1 + len(use.entity.mentions))


def stranger(walk: Walk, d: Description) -> Entity:
    """Somebody without a name: the earlier one of the same head, or a new one."""
    if d.determiner in ("the", "this", "that"):
        for use in reversed(walk.uses[-WIDTH:]):
            if not use.entity.names and d.head in parts(use.entity.name):
                return use.entity
    words = f"{d.middle} {d.head}".strip()
    return Entity(name=words, type="person", gender=gender_of(words.lower().split()))
