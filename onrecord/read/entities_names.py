"""An entity while it is gathered, and whether two names can be one's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from onrecord.model import EntityType
from onrecord.read import countries
from onrecord.read.acronyms import CORPORATE, acronym, body, initials
from onrecord.read.headlines import INSTITUTIONS, LINES, PAPERS
from onrecord.read.manner import lexicon
from onrecord.text import Span

Gender = Literal["m", "f"] | None
DOMAIN = re.compile(r"(?<=\w)\.(?:com|org|net|gov|edu|info|co\.uk|[a-z]{2})$")


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
