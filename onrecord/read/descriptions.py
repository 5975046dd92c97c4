"""Descriptions of what an article names: "the former minister", "the airline", and what each can stand for.

A description is a determiner, up to four words, and a head that is a role, a kind or the word that a name begins or ends with. What a
name says of its kind ("Foo Airways", "University of Foo") is measured against the head by `likeness`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache
from typing import Any, NamedTuple

from onrecord.model import EntityType
from onrecord.read import countries, gazetteer, words_at
from onrecord.read.acronyms import body
from onrecord.read.entities_names import Entity, parts
from onrecord.read.manner import lexicon
from onrecord.text import Span

DETERMINED = re.compile(r"\b(the|this|that|an?|his|her|its|their|my|our)(?=\s)", re.I)
DETERMINERS = frozenset(["the", "this", "that", "a", "an", "his", "her", "its", "their", "my", "our"])
WORD_BEHIND = re.compile(r"\s+([\w’'-]+)")
NEXT_WORD = re.compile(r"[^\S\n]+(\w[\w-]*)([’']s?(?!\w))?")
VERB_ENDS = ("ed", "ing", "ly", "s")
LONGEST = 4  # words between a determiner and a head


class Description(NamedTuple):
    """A phrase that describes somebody or something."""

    span: Span
    determiner: str
    middle: str  # the words between
    head: str
    owned: bool = False  # behind an owner: "the party's leader"


@cache
def table() -> dict[str, Any]:
    """The word list of descriptions."""
    return lexicon("descriptions")


@cache
def bodies() -> dict[str, EntityType]:
    """Head nouns of descriptions that are no roles, and what they describe."""
    kinds: tuple[EntityType, ...] = ("person", "organisation", "outlet", "place")
    found: dict[str, EntityType] = {h: "organisation" for kind in table()["kinds"].values() for h in kind["heads"]}
    return found | {word: kind for kind in kinds for word in table()[kind]}


@cache
def roles() -> frozenset[str]:
    """Head nouns of people's roles."""
    return frozenset((*lexicon("speakers")["roles"]["words"], *table()["roles"], *kin_words()))


def kin_words() -> Iterator[str]:
    """Words of families: "daughter"."""
    return (w for row in table()["kin"].values() for key in ("m", "f", "both") for w in row[key])


@cache
def small_words() -> frozenset[str]:
    """Words that no description has inside, and may have behind it."""
    return frozenset(table()["small"])


def ends_phrase(text: str, at: int) -> bool:
    """Whether a noun that ends here can be the last of its phrase: no other noun follows."""
    m = WORD_BEHIND.match(text, at)
    if not m:
        return True
    word = m.group(1)
    return word in small_words() or word[0].isupper() or word.endswith(VERB_ENDS)


def before_name(text: str, d: Description) -> bool:
    """Whether a head with a capital is part of the name behind it: "the State Convention", "his Republican friends"."""
    if not (m := WORD_BEHIND.match(text, d.span[1])) or text[d.span[1] - len(d.head)].islower():
        return False
    return m[1][0].isupper() or (m[1].endswith("s") and m[1] not in small_words())


def is_head(word: str, also: Set[str]) -> bool:
    """Whether a word, lower case, can be a description's head."""
    return word in roles() or word in bodies() or word in also or word.endswith("-year-old")


def find(text: str, also: Set[str]) -> Iterator[Description]:
    """Phrases like "the former finance minister" whose head is a role, a kind, or one of the words `also`."""
    for m in words_at.matches(text, DETERMINED, words_at.folded(text), DETERMINERS):
        at, end, owned = m.start(), m.end(1), False
        middle: list[str] = []
        best = None
        for w in NEXT_WORD.finditer(text, end, min(len(text), end + 70)):
            lower = w.group(1).lower().removeprefix("ex-")
            if w.start() != end or lower in small_words():
                break
            end = w.end(1)
            if is_head(lower, also) and (m.group(1).lower() != "that" or (not middle and w.group(1).islower())):
                best = Description((at, end), m.group(1).lower(), " ".join(middle), lower, owned)
            middle.append(w.group(1))
            if w.group(2):  # "the authority's": an owner, and perhaps "the authority's chairman"
                if best and best.span[1] == end:
                    yield best
                best, end, owned, middle = None, w.end(), True, []
            if len(middle) > LONGEST:
                break
        if best and ends_phrase(text, best.span[1]) and not before_name(text, best):
            yield best


@cache
def heads_of_kinds() -> dict[str, frozenset[str]]:
    """Head to the kinds that it describes."""
    kinds = table()["kinds"]
    return {h: frozenset(k for k in kinds if h in kinds[k]["heads"]) for kind in kinds.values() for h in kind["heads"]}


@cache
def ends_of_kinds() -> dict[str, frozenset[str]]:
    """A name's last word to the kinds that it tells."""
    kinds = table()["kinds"]
    return {e: frozenset(k for k in kinds if e in kinds[k]["ends"]) for kind in kinds.values() for e in kind["ends"]}


def kinds_of(e: Entity, described: Set[str]) -> frozenset[str]:
    """The kinds that an entity's name, its type and its earlier descriptions tell; none where they tell nothing."""
    name = body(e.name) or e.name
    before_of = parts(re.split(r"\s(?:of|for|on|in|to)\s", name)[0])
    found = {k for w in (*before_of[-1:], *parts(name)[-1:]) for k in ends_of_kinds().get(w, ())}
    found |= {k for head in described for k in heads_of_kinds().get(head, ())}
    return frozenset(found | {"outlet"} if e.type == "outlet" else found)


def place_heads(e: Entity) -> frozenset[str]:
    """What a place can be called by its kind in the gazetteer."""
    if countries.whole(e.name):
        return frozenset(("country", "nation"))
    if e.name in countries.states():
        return frozenset(("state", "province"))
    found = gazetteer.look_up(e.name)
    kinds = {
        "city": ("city", "town", "village"),
        "region": ("province", "region", "state"),
        "nation": ("country", "nation"),
    }
    return frozenset(kinds.get(found[0].kind, ())) if found else frozenset()


def closeness(head: str, middle: Set[str], e: Entity, described: Set[str]) -> int:
    """How close a description comes to an organisation or place: 3 as part of its name, 2 as its kind or what it was called before, 1
    where all that is known is that nothing speaks against it, 0 where something does. `middle`: the words before the head."""
    words = parts(e.name)
    ends = (*words[-1:], *parts(re.split(r"\s(?:of|for|on|in|to)\s", e.name)[0])[-1:])
    wrong = countries.whole(e.name) or (bodies().get(head) == "place" and e.type != "place")
    if head in ends and len(words) > 1 and middle <= set(words) and not wrong:
        return 3
    if head in ("north", "south") and words[0] == head and not middle:
        return 3
    if middle:
        return 2 if head in described and not middle & set(table()["other"]) else 0
    return likeness(head, e, described)


def likeness(head: str, e: Entity, described: Set[str]) -> int:
    """The same of a head alone."""
    if head in described:
        return 2
    if e.type == "place" and head in table()["place"]:
        return 2 if head in place_heads(e) else 0
    mine = kinds_of(e, described)
    if mine & heads_of_kinds().get(head, frozenset()):
        return 2
    firm = e.type == "outlet" and mine == {"outlet"} and head in ("company", "firm")
    return int(firm or (not mine and e.type == "organisation" and head in table()["generic"]))


def role_heads(role: str) -> frozenset[str]:
    """The nouns of a role, without what stands before and behind: those of "deputy party leader and minister for health"."""
    heads = (
        re.split(r"\s(?:of|for|at|in|to|from|with|on)\s", part)[0].split()[-1:]
        for part in re.split(r"\s+and\s+|[,/]\s*", role)
    )
    return frozenset(w.casefold() for words in heads for w in words)


def names_role(head: str, words: Set[str]) -> bool:
    """Whether a head stands for a role with one of these nouns: "judge" for a justice."""
    return head in words or any(w in words for w in table()["roles"].get(head, ()))
