"""Who and what an article names: every mention of one person, organisation, outlet or place under one entity.

1. Full names open entities; shorter names join the latest one that they are part of, and nobody else's: another first
name is another person. 2. Acronyms in brackets and initials join the full name. 3. Roles and countries are taken from the
words around a person's names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from onrecord.model import EntityType
from onrecord.read import countries
from onrecord.read.manner import lexicon
from onrecord.read.names import Name
from onrecord.text import Span

Gender = Literal["m", "f"] | None
BRACKETED = re.compile(r"[’'”\"]?\s*\((?:the\s+|or\s+)?[“\"‘]?([A-Z][A-Za-z&.-]{1,11})[”\"’]?\)")
APPOSITION = re.compile(
    r",\s+(?:\d{1,3},\s+)?(?:who is\s+)?((?:the|a|an|its|their|his|her|former|then|acting|deputy)\s+)?([^,;.!?“”\"()\n]{3,110})"
)
BEFORE = re.compile(r"((?:[\w’'.&/-]+[ ]+){1,10})$")
INSERTED = re.compile(
    r"\(((?:[\w’'-]+\s){1,5}?)([A-Z][\w’'-]+)\)\s*$"
)  # "(Fooish President Ann) Bar": a colleague's insertion in a quotation
CUT = re.compile(
    r"\b(?:and|but|said|says|told|that|while|as|with|by|from|to|when|after|before|because|including|like|against|between|on|in|at|if|were|was|is|are|has|have|had)\s",
    re.I,
)


@dataclass
class Entity:
    """An entity being gathered; `model.Entity` is what comes of it."""

    name: str
    type: EntityType
    role: str | None = None
    country: str | None = None
    gender: Gender = None
    mentions: list[Span] = field(default_factory=list)
    names: list[Span] = field(default_factory=list)
    kind: str | None = None  # the speaker kind, where its making told


def parts(name: str) -> list[str]:
    """The folded words of a name, without initials' points."""
    return [w for w in re.findall(r"[\w’'-]+", name.casefold()) if w not in ("the", "of", "and", "jr", "sr")]


def same_person(short: str, entity: Entity) -> bool:
    """Whether a name can be a person's who goes by a fuller or equal name."""
    a, b = parts(short), parts(entity.name)
    if not a or not b:
        return False
    if len(a) == 1:
        return a[0] == b[-1] or a[0] == b[0] or (len(b) > 2 and a[0] in b[1:])
    if a[-1] != b[-1]:
        return set(a) <= set(b) or (set(b) <= set(a) and len(b) > 1)
    return (
        a[0] == b[0]
        or len(b) == 1
        or ((len(a[0]) == 1 or len(b[0]) == 1) and a[0][0] == b[0][0])
        or set(a) <= set(b)
        or set(b) <= set(a)
    )


def initials(name: str) -> str:
    """The capital initials of a name's words, as its acronym would have them."""
    return "".join(w[0] for w in re.findall(r"[A-Z][\w’'-]*", name))


def same_body(short: str, entity: Entity) -> bool:
    """Whether a name can be an organisation's or place's that goes by a fuller or equal name."""
    a, b = parts(short), parts(entity.name)
    if a == b or (short.isupper() and len(short) > 1 and (short == initials(entity.name) or short == entity.role)):
        return True
    if entity.name.isupper() and len(entity.name) > 1 and entity.name == initials(short):
        return True
    return bool(a) and len(a) < len(b) and b[: len(a)] == a and entity.type != "place" and len(a[0]) > 3


@cache
def _gendered() -> dict[str, Gender]:
    table = lexicon("speakers")
    found: dict[str, Gender] = {}
    for word in (*table["gender"]["male"], *table["titles"]["male"], *table["gender"]["male_roles"]):
        found[word] = "m"
    for word in (*table["gender"]["female"], *table["titles"]["female"], *table["gender"]["female_roles"]):
        found[word] = "f"
    return found


def gender_of(words: Iterable[str]) -> Gender:
    """The gender that the first telling word gives: a title, a role, a first name."""
    return next((g for w in words if (g := _gendered().get(w.lower().strip(".,")))), None)


@cache
def role_head() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, lexicon("speakers")["roles"]["words"])) + r")s?\b", re.I)


def role_before(text: str, span: Span) -> str | None:
    """The words of a role right before a name: "Foreign Minister", "spokesman for the ministry"."""
    line = text.rfind("\n", 0, span[0]) + 1
    m = BEFORE.search(text[max(line, span[0] - 110) : span[0]].replace("‘", " ").replace("“", " "))
    if not m:
        return None
    words = m.group(1).split()
    heads = [i for i, w in enumerate(words) if role_head().fullmatch(w.strip(",."))]
    if not heads or (heads[-1] < len(words) - 1 and not re.match(r"(?:of|for|at|to)$", words[heads[-1] + 1])):
        return None
    if heads[-1] < len(words) - 1 and len(words) - heads[-1] > 9:
        return None
    start = heads[-1]
    while (
        start > 0
        and (words[start - 1][0].isupper() or words[start - 1].lower() in ROLE_WORDS)
        and not words[start - 1].endswith((",", ".", ";"))
    ):
        start -= 1
    return " ".join(words[start:]) or None


ROLE_WORDS = {"deputy", "former", "prime", "foreign", "vice", "acting", "senior", "chief", "interim", "defence", "defense", "finance", "interior", "health", "general", "party", "opposition", "security", "army", "police", "company", "state",
              "government", "military", "press", "campaign", "public", "executive", "managing", "associate", "assistant", "research", "education", "transport", "energy", "justice", "economy", "national", "regional", "district", "city", "union", "human", "rights", "board", "co-", "top", "lead", "head"}  # fmt: skip


def last_description(words: str) -> str | None:
    """The last stretch of words that an article opens and a role's head follows soon; without the article."""
    for m in reversed(list(re.finditer(r"\b(?:the|an|a|his|her|its)\s+", words, re.I))):
        rest = words[m.end() :]
        if role_head().search(" ".join(rest.split()[:5])):
            return rest
    return None


def role_around(text: str, span: Span) -> str | None:
    """A person's role from before the name, from "the ROLE, NAME," or from "NAME, the ROLE,"."""
    before = text[max(text.rfind("\n", 0, span[0]) + 1, span[0] - 140) : span[0]]
    m = re.search(
        r"(?:^|[,;.“”\"]\s*|\b(?:after|that|and|when|as|while|by)\s+)((?:The|the|His|her|Her|his|its|Its|A|a|an)\s+[^,;“”\"\n]{3,110}),\s*$",
        before,
    )
    if m and (found := last_description(m.group(1))):
        return found
    if role := role_before(text, span):
        return role
    after = APPOSITION.match(text, span[1], min(len(text), span[1] + 140))
    if (
        after
        and (after.group(1) or role_head().match(after.group(2).split()[0]))
        and role_head().search(" ".join(after.group(2).split()[:7]))
    ):
        role = (
            CUT.split(after.group(2))[0]
            if not after.group(1)
            else re.split(r"\b(?:who|which|said|says|told)\b", after.group(2))[0]
        )
        return role.strip() or None
    return None


def tidy_role(role: str) -> tuple[str, str | None]:
    """A role without the country's word before it, and the country."""
    country = countries.first_in(role)
    role = countries.stripped_demonym(re.sub(r"^(?:the|a|an)\s+", "", role.strip(), flags=re.I))
    return re.sub(r"^(?:US|U\.S\.|UK)\s+", "", role), country


def gather(text: str, names: Sequence[Name]) -> list[Entity]:
    """The entities that names give, in order of their first mention; a person's name is the fullest form."""
    found: list[Entity] = []
    for name in names:
        words = text[slice(*name.span)]
        match = same_person if name.type == "person" else same_body
        group = ("person",) if name.type == "person" else ("organisation", "outlet", "place")
        entity = next((e for e in reversed(found) if e.type in group and match(words, e)), None)
        if entity is None:
            entity = Entity(name=" ".join(words.split()), type=name.type)
            found.append(entity)
        entity.mentions.append(name.span)
        entity.names.append(name.span)
        if len(parts(words)) > len(parts(entity.name)):
            entity.name = " ".join(words.split())
        if name.type == "outlet":
            entity.type = "outlet"
        if name.type in ("organisation", "outlet") and (m := BRACKETED.match(text, name.span[1])):
            entity.role = m.group(1)  # its acronym, until all names are gathered
    for entity in found:
        if entity.type == "person":
            describe(text, entity)
        else:
            entity.role = None
            entity.country = countries.places().get(entity.name) or countries.first_in(entity.name)
    return found


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
        title = text[max(0, span[0] - 12) : span[0]].split()[-1:]
        person.gender = person.gender or gender_of(title)
    person.gender = person.gender or gender_of([*parts(person.name)[:1], *(person.role or "").split()])
