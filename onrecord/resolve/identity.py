"""Is this the same person, organisation or outlet? Names decide what can be one; what stands around them decides how likely.

1. Other types (a person, a body, a place) are different. 2. Each profile's names that are not part of a fuller one are compared, each with each; the likest pair counts.
3. What names cannot both say of one ("South" and "North", VI and VII, Jr and Sr) is a contradiction and ends it. 4. Acronyms and known other names come from tables; else the features of `alike`
are weighed (`lexicon/identity_weights.toml`, learned). 5. Context (`lexicon/identity_context.toml`, set by hand) is added: roles, countries, stories, who stands beside; what speaks for one identity counts
only as far as the names allow it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import product
from math import exp, log
from typing import Any

from rapidfuzz import fuzz

from onrecord.knowledge import Profile, Verdict
from onrecord.model import EntityType
from onrecord.read.manner import lexicon
from onrecord.resolve import alike
from onrecord.resolve.clusters import clusters as clusters
from onrecord.resolve.spelling import Spelled, Word, fullest, spelled

MAX_NAMES = 3  # of a profile that are compared
MAX_KEYS = 8


@cache
def context() -> dict[str, Any]:
    """What context weighs, and where verdicts begin."""
    return lexicon("identity_context")


@cache
def weights(people: bool) -> tuple[float, ...]:
    """The weights of the features, in their order."""
    found = lexicon("identity_weights")["person" if people else "body"]
    return tuple(found[name] for name in (alike.PERSON if people else alike.BODY))


def compare(a: Profile, b: Profile) -> tuple[Verdict, float, str]:
    """Whether two profiles are of one person, organisation or outlet: verdict, probability, and the reason in words.

    The probability is calibrated on pairs of names that were chosen to be hard (`docs/reference/identity.md`). Symmetric.
    """
    if apart(a.type, b.type):
        return verdict(context()["known"]["type"], f"{named(a.type)} is not {named(b.type)}")
    people = a.type == "person"
    chances = (by_names(x, y, people) for x, y in product(forms(a.names, people), forms(b.names, people)))
    logit, room, reason = max(chances, default=(logit_of(0.03), 0.0, "no name to compare"))
    if not room:
        return verdict(chance(logit), reason)
    around = list(evidence(a, b))
    total = logit + sum(w * (room if w > 0 else 1.0) for w, _ in around)
    return verdict(chance(total), "; ".join([reason, *(words for _, words in around)]))


def verdict(p: float, reason: str) -> tuple[Verdict, float, str]:
    """The verdict that goes with a probability."""
    bounds = context()["verdict"]
    found: Verdict = "same" if p >= bounds["same"] else "different" if p <= bounds["different"] else "unsure"
    return found, p, reason


def chance(logit: float) -> float:
    """The probability of a logit."""
    return 1 / (1 + exp(-logit))


def logit_of(p: float) -> float:
    """The logit of a probability."""
    return log(p / (1 - p))


def apart(a: EntityType, b: EntityType) -> bool:
    """Whether nothing is of both types; outlets, groups and documents are bodies like organisations."""
    return a != b and bool({a, b} & {"person", "place"})


def named(type: EntityType) -> str:
    """A type with its article."""
    return f"an {type}" if type[0] in "aeiou" else f"a {type}"


@lru_cache(maxsize=1 << 14)
def forms(names: tuple[str, ...], people: bool) -> tuple[Spelled, ...]:
    """The names of a profile that are compared: not those that are part of a fuller one, nor the same in other letters."""
    every = [spelled(name, "person" if people else "organisation") for name in names[:12]]
    out: list[Spelled] = []
    for one in sorted((s for s in every if s.words), key=lambda s: -len(s.words)):
        words = {w.fold for w in one.words}
        if not any(one.joined == s.joined or (people and words <= {w.fold for w in s.words}) for s in out):
            out.append(one)
    return tuple(out[:MAX_NAMES])


@lru_cache(maxsize=1 << 14)
def by_names(a: Spelled, b: Spelled, people: bool) -> tuple[float, float, str]:
    """What two names alone say: a logit, how far context may speak for one identity (0 to 1), and the reason."""
    known = context()["known"]
    if clashing := alike.clash(a, b, people):
        return logit_of(known["clash"]), 0.0, clashing
    if not people and a.body == b.body >= 0:
        return logit_of(known["body"]), 1.0, "two names of one body"
    letters = 0 if people else alike.acronym(a, b)
    if letters > 1:
        return logit_of(known["acronym"][str(min(letters, 4))]), 1.0, "one is short for the other"
    found, more = (alike.person(a, b), []) if people else alike.body(a, b)
    logit = sum(w * x for w, x in zip(weights(people), found.values(), strict=True))
    logit += bare(a, b) if people else extra(more)
    room = min(1.0, max(0.0, (found["worst"] - 0.5) / 0.4)) * (1 - found.get("other given", 0.0))
    return logit, room, reason_of(found, bool(more) or found.get("more", 0) > 0)


def bare(a: Spelled, b: Spelled) -> float:
    """What it takes away that a person goes by a single word."""
    table, sizes = context()["names"], sorted((len(a.words), len(b.words)))
    if sizes == [1, 1]:
        return float(table["both_bare"])
    if sizes[0] > 1:
        return 0.0
    one, other = (a, b) if len(a.words) == 1 else (b, a)
    first = alike.likeness(one.words[0], other.words[0]) > alike.likeness(one.words[0], other.words[-1])
    return float(table["first_only" if first else "bare"])


def extra(more: Sequence[Word]) -> float:
    """What it takes away that one body's name has more words."""
    table = context()["more"]
    return float(sum(table[w.kind] for w in more[:3]))


def reason_of(found: alike.Features, more: bool) -> str:
    """What the features say, in words."""
    if found.get("other given"):
        return "another first name"
    if found["worst"] < alike.UNLIKE:
        return "a part of the names differs"
    if found["worst"] >= 0.99 and not more:
        return "the same name"
    like = "names alike" if found["worst"] >= 0.8 else "names somewhat alike"
    return f"{like}, one has more" if more else like


def evidence(a: Profile, b: Profile) -> Iterable[tuple[float, str]]:
    """What stands around two names, each with its weight in logits."""
    table = context()
    if a.stories & b.stories:
        yield table["for"]["story"], "in one story"
    others = {n for n in a.beside & b.beside if " " in n}
    if others:
        yield table["for"]["beside"] + table["for"]["beside_more"] * (len(others) > 1), f"beside {min(others)}"
    if a.countries and b.countries:
        common = set(a.countries) & set(b.countries)
        yield (table["for"]["country"], "of one country") if common else (table["against"]["country"], "of other countries")
    if a.roles and b.roles:
        like = max(fuzz.token_set_ratio(x.casefold(), y.casefold()) for x, y in product(a.roles[:4], b.roles[:4]))
        yield (table["for"]["role"], "in one role") if like >= 85 else (table["against"]["role"], "in other roles")
    mine, yours = {n.casefold() for n in a.names}, {n.casefold() for n in b.names}
    if not mine & yours and (mine & b.beside or yours & a.beside):
        yield table["against"]["together"], "one stands beside the other"


def keys(profile: Profile) -> tuple[str, ...]:
    """What a store looks candidates up by, the most telling first: two profiles of one identity share at least one, as a rule.

    Persons: all words; the surname's consonants with the first name's initial; surnames alone. Others: all words; acronyms; the words that tell most.
    Kinds of keys never meet: each begins with its own letter.
    """
    people = profile.type == "person"
    found: dict[str, None] = {}
    for one in forms(profile.names, people):
        found |= dict.fromkeys(person_keys(one) if people else body_keys(one))
    order = sorted(found, key=lambda k: "bnfsaw".index(k[0]))
    return tuple(f"{'l' if profile.type == 'place' else ''}{k}" for k in order[:MAX_KEYS])


def person_keys(one: Spelled) -> Iterable[str]:
    """The keys of a person's name: n all words, f first name and a surname's initial, s a word that may be a surname."""
    words = [w for w in one.words if w.kind != "initial"] or list(one.words)
    yield "n:" + " ".join(sorted(w.code for w in words))
    surnames = [w for w in words if not w.groups or w is words[-1]]
    for w in (*surnames[-2:], *surnames[:1]):
        yield f"s:{w.code}"
    for w in words if len(words) > 1 else ():
        given = f"{min(w.groups)}" if w.groups else w.code
        for x in surnames[-1:] if w is not words[-1] else ():
            yield f"f:{given} {x.code[:1]}"


def body_keys(one: Spelled) -> Iterable[str]:
    """The keys of a body's name: b its line in the table, n all words but countries, a acronyms, w its first words that are its own."""
    if one.body >= 0:
        yield f"b:{one.body}"
    words = [w for w in one.words if w.kind != "country"] or list(one.words)
    yield "n:" + " ".join(sorted(w.code for w in words))
    for short in sorted(one.short | {i for i in one.initials if len(i) > 2}):
        yield f"a:{short}"
    for w in [w for w in words if w.kind == "word"][:2]:
        yield f"w:{w.code}"


def canonical(profiles: Iterable[Profile]) -> str:
    """The name to show for one identity: the commonest of the fullest names, in Latin letters and not in capitals where there is a choice."""
    found = Counter(n for p in profiles for n in p.names[:1])
    if not found:
        return ""
    return max(found, key=lambda n: (n.isascii() or n[0] < "\u0370", " " in n or not n.isupper(), found[n], len(n), n))


def merged(a: Profile, b: Profile) -> Profile:
    """What two profiles of one identity say together."""
    return Profile(
        names=tuple(fullest((*a.names, *b.names))),
        type=a.type,
        roles=unique(a.roles, b.roles),
        countries=unique(a.countries, b.countries),
        stories=a.stories | b.stories,
        beside=a.beside | b.beside,
    )


def unique(a: Sequence[str], b: Sequence[str]) -> tuple[str, ...]:
    """The values of both, each once."""
    return tuple(dict.fromkeys((*a, *b)))
