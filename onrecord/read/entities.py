"""Who and what an article names: every mention of one person, organisation, outlet or place under one entity.

1. Names open entities; another form of a name joins the entity last named that it can be of: a shorter form, an acronym, a
nickname; but another first name is another person. 2. Roles and countries are taken from the words around a person's names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice

from onrecord.read import countries
from onrecord.read.acronyms import BRACKETED, acronym, body, initials
from onrecord.read.entities_names import (
    Entity,
    Gender,
    inner_initials,
    nicknames,
    one_letter_apart,
    parts,
    same_body,
    same_person,
)
from onrecord.read.entities_roles import gender_of, role_around, tidy_role
from onrecord.read.headlines import headline_form, with_headline
from onrecord.read.names import Name
from onrecord.text import Span

OWNER = re.compile(r"([A-Z][\w. ]*?)[’']s $")  # "Fooland's Food Agency", the FFA
INSERTED = re.compile(
    r"\(((?:[\w’'-]+\s){1,5}?)([A-Z][\w’'-]+)\)\s*$"
)  # "(Fooish President Ann) Bar": a colleague's insertion in a quotation


NAMESAKES = 40  # how many that share a word are looked at, latest first


@lru_cache(maxsize=8192)
def keys(name: str) -> tuple[str, ...]:
    """What two forms of a name may share."""
    full, code = body(name), countries.whole(name)
    return (
        *parts(name),
        *(nicknames()[w] for w in parts(name)[:1] if w in nicknames()),
        *("." + i for i in (acronym(name), *initials(name), inner_initials(name)) if i),
        *(parts(full) if full and full != name else ()),
        *(":" + c for c in (code or full,) if c),
    )


class Index:
    """The entities gathered so far, by the words and acronyms of their names."""

    def __init__(self) -> None:
        self.by_key: dict[str, dict[Entity, None]] = defaultdict(dict)
        self.called: dict[tuple[Entity, str], int] = {}  # where an entity was last called so

    def add(self, entity: Entity, name: str) -> None:
        for key in (*keys(name), *("." + a for a in entity.also)):
            self.by_key[key].pop(entity, None)
            self.by_key[key][entity] = None  # last, now
        self.called[entity, name] = entity.names[-1][0]

    def latest(self, name: str, fits: Callable[[Entity], bool]) -> Entity | None:
        """Of those that share a key with a name and fit: who was called so before, else ends like it, else was named last."""
        near = {e: None for key in keys(name) for e in islice(reversed(self.by_key[key]), NAMESAKES)}
        last = parts(name)[-1:]
        return max(
            filter(fits, near),
            key=lambda e: (self.called.get((e, name), -1), parts(e.name)[-1:] == last, e.names[-1]),
            default=None,
        )


def gather(text: str, names: Sequence[Name]) -> list[Entity]:
    """The entities that names give, in order of their first mention; a person's name is the fullest form."""
    found: list[Entity] = []
    index = Index()
    before: Entity | None = None
    headline = text.find("\n")
    for name in with_headline(text, names):
        words = " ".join(text[slice(*name.span)].split())
        gender = gender_before(text, name.span) if name.type == "person" else None

        def fits(e: Entity, name: Name = name, words: str = words, gender: Gender = gender) -> bool:
            if name.type == "person":
                clash = gender and e.gender and gender != e.gender
                return e.type == "person" and not clash and same_person(words, e.name)
            if name.type in ("organisation", "outlet") and e.type == name.type and e.names[0][1] < headline:
                return same_body(words, name.type, e) or headline_form(e.name, words)
            return e.type != "person" and same_body(words, name.type, e)

        entity = spelled_out(text, name, before, words) or index.latest(words, fits)
        if entity is None and name.type == "person" and " " not in words:
            entity = misspelt(words, found)
        if entity is None:
            entity = Entity(name=words, type=name.type, gender=gender)
            found.append(entity)
        entity.mentions.append(name.span)
        entity.names.append(name.span)
        if len(parts(words)) > len(parts(entity.name)):
            entity.name = words
        if name.type == "person":
            entity.gender = entity.gender or gender or gender_of(parts(entity.name)[:1])
        elif name.type == "outlet":
            entity.type = "outlet"
        if name.type in ("organisation", "outlet") and (m := BRACKETED.match(text, name.span[1])):
            entity.also.add(m.group(1).replace(".", "").casefold())
        if name.type == "organisation" and (owner := OWNER.search(text, max(0, name.span[0] - 40), name.span[0])):
            entity.also |= {(owner[1][0] + i).casefold() for i in initials(words) if countries.whole(owner[1])}
        index.add(entity, words)
        before = entity
    for entity in found:
        if entity.type == "person":
            describe(text, entity)
        else:
            entity.country = countries.places().get(entity.name) or countries.first_in(entity.name)
    return found


def spelled_out(text: str, name: Name, before: Entity | None, words: str) -> Entity | None:
    """The acronym's organisation that a name in brackets spells out, in any language: "the CEI (Italian Bishops' Conference)"."""
    if not before or name.type == "person" or text[name.span[1] : name.span[1] + 1] != ")" or " " not in words:
        return None
    brief = before.names[-1]
    bracketed = acronym(text[slice(*brief)]) and text[brief[1] : name.span[0]] in (" (", " (the ")
    return before if bracketed and before.type in ("organisation", "outlet") else None


def misspelt(surname: str, found: Sequence[Entity]) -> Entity | None:
    """The person named in full lately whose surname another spelling of one letter is: "Maurer" for a "Mauer" that nobody else has."""
    mine = surname.casefold()
    for e in islice(reversed(found), NAMESAKES):
        full = parts(e.name) if e.type == "person" else ()
        if len(full) > 1 and one_letter_apart(*sorted((mine, full[-1]), key=len)):
            return e
    return None


def gender_before(text: str, span: Span) -> Gender:
    """The gender that a title right before a name gives."""
    return gender_of(text[max(0, span[0] - 12) : span[0]].split()[-1:])


def describe(text: str, person: Entity) -> None:
    """Fills a person's role, country and gender from the words around the names."""
    for span in person.names:
        inserted = INSERTED.search(text[max(0, span[0] - 80) : span[0]])
        if inserted and len(parts(person.name)) == 1:
            person.role, person.country = tidy_role(inserted.group(1))
            person.name = f"{inserted.group(2)} {person.name}"
        if not person.role and (role := role_around(text, span)):
            person.role, person.country = tidy_role(role)
        if not person.country:
            person.country = (
                countries.first_in(text[max(text.rfind("\n", 0, span[0]) + 1, span[0] - 40) : span[0]])
                if person.role
                else None
            )
        person.gender = person.gender or gender_before(text, span)
    person.gender = person.gender or gender_of([*parts(person.name)[:1], *(person.role or "").split()])
