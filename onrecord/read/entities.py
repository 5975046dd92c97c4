"""Who and what an article names: every mention of one person, organisation, outlet or place under one entity.

1. Names open entities; another form of a name joins the entity last named that it can be of: a shorter form, an acronym, a
nickname; but another first name is another person. 2. Roles and countries are taken from the words around a person's names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from typing import Literal

from onrecord.model import EntityType
from onrecord.read import countries, offices
from onrecord.read.acronyms import BRACKETED, CORPORATE, acronym, body, initials
from onrecord.read.headlines import INSTITUTIONS, LINES, PAPERS, headline_form, with_headline
from onrecord.read.manner import lexicon
from onrecord.read.names import Name
from onrecord.text import Span

Gender = Literal["m", "f"] | None
DOMAIN = re.compile(r"(?<=\w)\.(?:com|org|net|gov|edu|info|co\.uk|[a-z]{2})$")
OWNER = re.compile(r"([A-Z][\w. ]*?)[’']s $")  # "Fooland's Food Agency", the FFA
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


@dataclass(eq=False)
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
    also: set[str] = field(default_factory=set)  # acronyms that the article gives it


SPELLINGS = {
    "organisation": "organization",
    "centre": "center",
    "centres": "centers",
    "programme": "program",
    "defence": "defense",
}


@lru_cache(maxsize=8192)
def parts(name: str) -> tuple[str, ...]:
    """The folded words of a name, without initials' points and possessives."""
    for abbreviation in ("U.S.", "U.K.", "U.N."):
        name = name.replace(abbreviation, abbreviation.replace(".", ""))
    words = re.findall(r"[\w’'-]+", DOMAIN.sub("", name).casefold())
    bare = (w.removesuffix("'s").removesuffix("’s") for w in words if w not in ("the", "of", "and", "jr", "sr", "ngo"))
    return tuple(SPELLINGS.get(w, w) for w in bare)


@cache
def nicknames() -> dict[str, str]:
    """First name to the one that all its short forms share."""
    table = lexicon("speakers")["gender"]["nicknames"]
    return {short: full for full, short_forms in table.items() for short in (full, *short_forms)}


def same_first_name(a: str, b: str) -> bool:
    """Whether two first names, folded, can be one person's: equal, an initial, a nickname, another spelling."""
    short, long = sorted((a, b), key=len)
    return (
        a == b
        or (len(short) == 1 and long[0] == short)
        or nicknames().get(a, a) == nicknames().get(b, b)
        or one_letter_apart(short, long)
    )


def one_letter_apart(short: str, long: str) -> bool:
    """Whether two spellings differ in one letter inside: "Kristin" and "Kristen", "Mohamed" and "Mohammed"."""
    if len(short) < 5 or len(long) - len(short) > 1 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[at + (len(long) == len(short)) :] == long[at + 1 :]


def one_slip_apart(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names of as many words, two or more, differ in one letter of one word."""
    apart = [sorted((x, y), key=len) for x, y in zip(a, b, strict=True) if x != y]
    return len(a) > 1 and len(apart) == 1 and (one_letter_apart(*apart[0]) or apart[0][0] + "s" == apart[0][1])


def same_person(short: str, name: str) -> bool:
    """Whether a name can be a person's who goes by a fuller or equal name."""
    a, b = parts(short), parts(name)
    if not a or not b:
        return False
    if len(a) == 1:
        return a[0] in (b[0], b[-1]) or (len(b) > 2 and a[0] in b[1:])
    if a[-1] != b[-1] or len(b) == 1:
        return set(a) <= set(b) or (set(b) <= set(a) and len(b) > 1) or a[-1] == b[-1]
    return same_first_name(a[0], b[0]) or set(a) <= set(b) or set(b) <= set(a)


PLACE_WORDS = {
    "city",
    "state",
    "province",
    "county",
    "district",
    "region",
    "island",
    "islands",
    "republic",
    "territory",
    "peninsula",
}

INNER = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]*)+")


def inner_initials(name: str) -> str | None:
    """The acronym of a name in one word by the capitals inside: "FB" of "FooBar"."""
    return "".join(c for c in name if c.isupper()).casefold() if INNER.fullmatch(name) else None


def part_of_country(word: str, kind: EntityType, code: str) -> bool:
    """Whether a word alone can mean a country of several words: "the North", "Korea", "the States"."""
    first, last = countries.ends(code)
    return word in first & {"north", "south"} or (
        word in last - PLACE_WORDS - {"kingdom"} and (kind == "place" or word != "emirates")
    )


def same_body(short: str, kind: EntityType, entity: Entity) -> bool:
    """Whether a name can be an organisation's or place's that goes by another form of it.

    The same words or country; an acronym; without its corporate ending or the kind of place; and, for organisations, its
    beginning ("Foo" of "Foo Motors"), its end from an institution's word on ("the Council" of "the Foo Council"), its
    middle up to one, or both ends ("Foo Army" of "Foo Arab Army").
    """
    a, b = parts(short), parts(entity.name)
    if not a or not b or a == b:
        return bool(a) and a == b
    country, other = countries.whole(short), countries.whole(entity.name)
    if country or other:
        return country == other or (len(a) == 1 and not country and part_of_country(a[0], kind, other or ""))
    if (brief := acronym(short)) and (
        brief in entity.also or brief in initials(entity.name) or brief == inner_initials(entity.name)
    ):
        return True
    known, other = body(short), body(entity.name)
    if known and other:
        return known == other
    if other and len(a) > 1 and other != entity.name and " " in other:  # "the Air Force" behind "USAF"
        b = parts(other)
    if (brief := acronym(entity.name)) and brief in initials(short):
        return True
    short_, long = sorted((a, b), key=len)
    if len(short_) == len(long):
        return (kind != "place" or len(a) > 2) and one_slip_apart(a, b)
    if (kind == "place") != (entity.type == "place"):
        return False
    rest = set(long[len(short_) :])
    if kind == "place" and long[-len(short_) :] == short_:
        return set(long[: -len(short_)]) <= PLACE_WORDS
    if len(short_) == 1 and kind != "place" and acronym(short if short_ == a else entity.name):
        return short_[0] == long[-1] or (short_[0] == long[0] and not body(short if short_ == a else entity.name))
    if long[: len(short_)] == short_:
        return rest <= (PLACE_WORDS if kind == "place" else CORPORATE | LINES) or (
            kind != "place" and short_ == a and len(a[0]) > 3
        )
    if kind == "place" or short_ != a:
        return False
    if b[-len(a) :] == a:
        return len(a) > 1 or a[0] in INSTITUTIONS | PAPERS or b[0] in INSTITUTIONS
    if a[-1] in INSTITUTIONS and any(b[i : i + len(a)] == a for i in range(1, len(b) - len(a))):
        return True
    return len(a) > 1 and a[0] == b[0] and a[-1] == b[-1] and set(a) <= set(b)


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
    behind = words[heads[-1] + 1 :]
    if len(behind) > 8 or any(w.islower() and w not in ROLE_TAIL and not role_head().fullmatch(w) for w in behind):
        return None
    start = heads[-1]
    while (
        start > 0
        and (words[start - 1][0].isupper() or words[start - 1].lower() in ROLE_WORDS)
        and not words[start - 1].endswith((",", ".", ";"))
    ):
        start -= 1
    return " ".join(words[start:]) or None


ROLE_TAIL = {"of", "for", "at", "to", "the", "and", "in", "a", "an", "its", "their", "state", "government", "ministry", "party", "company", "group", "agency", "department", "council", "committee", "commission", "union", "university", "police", "army", "court", "board", "foreign", "affairs", "health", "defence", "defense", "education", "public", "local", "national"}  # fmt: skip
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
    return offices.without_country(re.sub(r"^(?:US|U\.S\.|UK)\s+", "", role)), country


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
