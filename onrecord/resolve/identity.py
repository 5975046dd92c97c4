"""Is this the same person, organisation or outlet? Names decide what can be one; what stands around them decides how likely.

1. Other types (a person, a body, a place) are different, but for a lone word in one story that once was taken for a person's name. 2. Each profile's names that are not part of a fuller one are compared, each with each; the likest pair counts.
3. What names cannot both say of one ("South" and "North", VI and VII, Jr and Sr) is a contradiction and ends it. 4. Acronyms and known other names come from tables; else the features of `alike`
are weighed (`lexicon/identity_weights.toml`, learned). 5. Context (`lexicon/identity_context.toml`, set by hand) is added: roles, countries, stories, who stands beside; what speaks for one identity counts
only as far as the names allow it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from math import exp, log
from operator import attrgetter
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from onrecord.knowledge import Profile, Verdict
from onrecord.model import EntityType
from onrecord.read.manner import lexicon
from onrecord.resolve import alike
from onrecord.resolve.clusters import clusters as clusters
from onrecord.resolve.name_tables import bodies
from onrecord.resolve.spelling import Spelled, Word, code, fullest, spelled

MAX_NAMES = 4  # of a profile that are compared: the fullest and the shortest
LOOKED_AT = 24  # names and roles of a profile that are kept
OTHER_COUNTRIES = "other countries"
OWNED = re.compile(r"(?:[Tt]he\s)?(?P<owner>.+?)(?:[’']s|(?<=s)[’'])\s[A-ZÀ-Þ]")  # "Quarrin's Harbour Board"
SPECIFIC: tuple[EntityType, ...] = ("person", "outlet", "organisation", "group", "document", "place")
COMPANY = 2  # names beside both of two who bear one name, where no story ties them
MAX_KEYS = 8


class Told(NamedTuple):
    """What names say."""

    logit: float  # that they are one's
    room: float  # how far context may speak for it, 0 to 1
    reason: str


Learned = Mapping[bool, Sequence[float]]  # by whether it is for persons


@cache
def context() -> dict[str, Any]:
    """What context weighs, and where verdicts begin."""
    return lexicon("identity_context")


@cache
def weights(people: bool) -> tuple[float, ...]:
    """The weights of the features, in their order."""
    found = lexicon("identity_weights")["person" if people else "body"]
    return tuple(found[name] for name in (alike.PERSON if people else alike.BODY))


def compare(a: Profile, b: Profile, learned: Learned | None = None) -> tuple[Verdict, float, str]:
    """Whether two profiles are of one person, organisation or outlet: verdict, probability, and the reason in words.

    The probability is calibrated on pairs of names that were chosen to be hard (`docs/reference/identity.md`). Symmetric. `learned`: other weights than those shipped.
    """
    if mistaken(a, b) or mistaken(b, a):
        return verdict(context()["known"]["mistaken"], "one name in one story, once taken for a person's")
    if apart(a.type, b.type):
        return verdict(context()["known"]["type"], f"{named(a.type)} is not {named(b.type)}")
    people = a.type == "person"
    if not people and (owns(a, b) or owns(b, a)):
        return verdict(context()["known"]["clash"], "one is the other's")
    if not people and of_two_states(a, b):
        return verdict(context()["known"]["clash"], OTHER_COUNTRIES)
    told = likeliest(a.names, b.names, people, learned[people]) if learned else by_all_names(a.names, b.names, people)
    if not told.room:
        return verdict(chance(told.logit), told.reason)
    around = list(evidence(a, b))
    logit = told.logit + sum(w * (told.room if w > 0 else 1.0) for w, _ in around)
    return verdict(chance(logit), "; ".join([told.reason, *(words for _, words in around)]))


@lru_cache(maxsize=1 << 16)
def by_all_names(a: tuple[str, ...], b: tuple[str, ...], people: bool) -> Told:
    """What all names of two profiles say, by the weights that are shipped."""
    return likeliest(a, b, people, weights(people))


def likeliest(a: tuple[str, ...], b: tuple[str, ...], people: bool, learned: Sequence[float]) -> Told:
    """What the likest two of the names of two profiles say."""
    chances = (by_names(x, y, people, learned) for x, y in product(forms(a, people), forms(b, people)))
    return max(chances, default=Told(0.0, 0.0, "no name to compare"))


def owns(a: Profile, b: Profile) -> bool:
    """Whether a body is called as the other's, as "Quarrin's Harbour Board" is: a country is none of its own offices."""
    owners = {n.casefold() for n in a.names}
    return any(m and m["owner"].casefold() in owners for m in map(OWNED.match, b.names))


def of_two_states(a: Profile, b: Profile) -> bool:
    """Whether two bodies are offices that every country has, as a foreign ministry, and of two countries."""
    mine, yours = ({*p.countries, *countries_named(p.names)} for p in (a, b))
    return bool(mine and yours) and not mine & yours and is_of_state(a.names) and is_of_state(b.names)


@lru_cache(maxsize=1 << 14)
def is_of_state(names: tuple[str, ...]) -> bool:
    """Whether names have no word but such as every country's offices are called by, and a country's."""
    words = {w.text for one in forms(names, False) for w in one.words if w.kind != "country"}
    return bool(words) and words <= bodies().of_state


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


def mistaken(a: Profile, b: Profile) -> bool:
    """Whether somebody known by one word alone may be the place, or the body, that the same story, or another about the same people, calls so: a country that no table knows."""
    beside = bool(a.stories & b.stories) or len(a.beside & b.beside) >= COMPANY
    return is_alone(a) and b.type in ("place", "organisation") and a.names[0] in b.names and beside


def apart(a: EntityType, b: EntityType) -> bool:
    """Whether nothing is of both types; outlets, groups and documents are bodies like organisations."""
    return a != b and bool({a, b} & {"person", "place"})


def named(type: EntityType) -> str:
    """A type with its article."""
    return f"an {type}" if type[0] in "aeiou" else f"a {type}"


@lru_cache(maxsize=1 << 14)
def forms(names: tuple[str, ...], people: bool) -> tuple[Spelled, ...]:
    """The names of a profile that are compared: not those that are part of a fuller one, nor the same in other letters."""
    kind: EntityType = "person" if people else "organisation"
    found: dict[str, Spelled] = {}
    for one in sorted(filter(attrgetter("words"), (spelled(n, kind) for n in names[:LOOKED_AT])), key=alike.order):
        same = found.get(one.joined, one)
        found[one.joined] = same._replace(
            short=same.short | one.short, initials=same.initials | one.initials, forms=same.forms | one.forms
        )
    every = sorted(found.values(), key=lambda s: (-len(s.words), s.joined))
    out = [s for i, s in enumerate(every) if not (people and any(within(s, fuller) for fuller in every[:i]))]
    return tuple(out if len(out) <= MAX_NAMES else [*out[: MAX_NAMES - 1], out[-1]])


def within(a: Spelled, b: Spelled) -> bool:
    """Whether all words of a name are in a fuller one."""
    return {w.fold for w in a.words} <= {w.fold for w in b.words}


def by_names(a: Spelled, b: Spelled, people: bool, learned: Sequence[float]) -> Told:
    """What two names alone say."""
    a, b = alike.in_order(a, b)
    return tabled(a, b, people) or (weighed_people if people else weighed_bodies)(a, b, learned)


def tabled(a: Spelled, b: Spelled, people: bool) -> Told | None:
    """What tables and contradictions say of two names; None where they say nothing."""
    known = context()["known"]
    clashing, one = alike.clash(a, b, people), not people and bool(a.body) and a.body == b.body
    if clashing and not (one and clashing != OTHER_COUNTRIES):
        return Told(logit_of(known["clash"]), 0.0, clashing)
    if one:
        return Told(logit_of(known["body"]), 1.0, "two names of one body")
    letters, beside = (0, list[Word]()) if people else alike.acronym(a, b)
    if letters > 1:
        sure, bound = logit_of(known["acronym"][str(min(letters, 4))]), extra(beside, False)
        return Told(sure if bound is None else min(sure, bound), 1.0, "one is short for the other")
    return Told(logit_of(known["strangers"]), 0.0, "other names") if alike.strangers(a, b) else None


def weighed_people(a: Spelled, b: Spelled, learned: Sequence[float]) -> Told:
    """What the features say of two persons' names."""
    table, (found, other) = context()["names"], alike.person(a, b)
    logit = weight(found, learned) + table["longer_and_unlike"] * (1 - found["worst"]) * bool(found["more"])
    if other:
        return Told(bounded(logit, table["other_given"], True, learned), 0.0, "another first name")
    return Told(bounded(logit, bare(a, b), True, learned), room(found), reason_of(found, []))


def weighed_bodies(a: Spelled, b: Spelled, learned: Sequence[float]) -> Told:
    """What the features say of two bodies' names."""
    found, more = alike.body(a, b)
    bound = extra(more, alike.other_form(a, b))
    return Told(bounded(weight(found, learned), bound, False, learned), room(found), reason_of(found, more))


def weight(found: alike.Features, learned: Sequence[float]) -> float:
    """The features' logit."""
    return sum(w * x for w, x in zip(learned, found.values(), strict=True))


def bounded(logit: float, bound: float | None, people: bool, learned: Sequence[float]) -> float:
    """The logit where equal names would have that of `bound`."""
    return logit if bound is None else logit + bound - perfect(people, learned)


def room(found: alike.Features) -> float:
    """How far names leave it to what stands around them: all where no word is unlike, nothing where one is."""
    return min(1.0, max(0.0, (found["worst"] - alike.UNLIKE) / 0.4))


def perfect(people: bool, learned: Sequence[float]) -> float:
    """What equal names weigh."""
    signs = (alike.PERSON if people else alike.BODY).values()
    return sum(w for w, sign in zip(learned, signs, strict=True) if sign >= 0)


def bare(a: Spelled, b: Spelled) -> float | None:
    """What equal names would weigh where a person goes by a single word; None where neither does, or two words are written as one."""
    table, (few, many) = context()["names"], sorted((a, b), key=lambda s: len(s.words))
    if len(many.words) == 1:
        return None if a.family else float(table["both_bare"])
    if other_initials(a, b):
        return float(table["other_initials"])
    if len(few.words) > 1 or alike.one_written_apart(a, b):
        return None
    word, (first, *others) = few.words[0], many.words
    begins = first.first and alike.likeness(word, first) > max(alike.likeness(word, w) for w in others)
    return float(table["first_only" if begins else "bare"])


def other_initials(a: Spelled, b: Spelled) -> bool:
    """Whether both names have initials, and not the same ("George W." and "George H. W.")."""
    mine, yours = ([w.text for w in s.words if w.kind == "initial"] for s in (a, b))
    return bool(mine and yours and mine != yours)


def extra(more: Sequence[Word], other_form: bool) -> float | None:
    """What equal names would weigh where only one has these words, or legal forms differ; None where neither is so."""
    table = context()["more"]
    found = [table[w.kind] for w in more] + [table["form"]] * other_form
    return float(min(found) + table["further"] * min(2, len(found) - 1)) if found else None


def reason_of(found: alike.Features, more: Sequence[Word]) -> str:
    """What the features say, in words."""
    if found["worst"] < alike.UNLIKE:
        return "a part of the names differs"
    if more:
        what = "names a country" if more[0].kind == "country" else f"has “{more[0].text}”"
        return f"names alike, but only one {what}"
    how = "the same" if found["worst"] >= 0.99 else "alike" if found["worst"] >= 0.8 else "somewhat alike"
    return f"names {how}{', the one longer' if found.get('more') else ''}"


@lru_cache(maxsize=1 << 14)
def countries_named(names: tuple[str, ...]) -> frozenset[str]:
    """The countries in a body's names."""
    return frozenset(w.text.upper() for one in forms(names, False) for w in one.words if w.kind == "country")


def evidence(a: Profile, b: Profile) -> Iterator[tuple[float, str]]:
    """What stands around two names, each with its weight in logits."""
    table = context()
    if a.stories & b.stories:
        yield table["for"]["story"], "one story"
    others = {n for n in a.beside & b.beside if " " in n}
    if others:
        yield table["for"]["beside"] + table["for"]["beside_more"] * (len(others) > 1), f"beside {min(others)}"
    mine, yours = ({*p.countries, *(countries_named(p.names) if p.type != "person" else ())} for p in (a, b))
    if mine and yours and (a.countries or b.countries):
        common = mine & yours
        yield (table["for"]["country"], "one country") if common else (table["against"]["country"], "other countries")
    if a.roles and b.roles:
        like = max(fuzz.token_set_ratio(x.casefold(), y.casefold()) for x, y in product(a.roles[:4], b.roles[:4]))
        yield (table["for"]["role"], "one role") if like >= 85 else (table["against"]["role"], "other roles")
    called, other = ({n.casefold() for n in p.names} for p in (a, b))
    if not called & other and (called & b.beside or other & a.beside):
        yield table["against"]["together"], "one stands beside the other"


def keys(profile: Profile) -> tuple[str, ...]:
    """What a store looks candidates up by, the most telling first: two profiles of one identity share at least one, as a rule.

    Each begins with a letter for what it is: n all words by their consonants; j the same written as one; f and e a first name and a surname's first and last sound; s a word that
    may be a surname; b a line in the table of bodies; a an acronym; w a word that is a body's own. Persons', places' and others' never meet, but for
    somebody of one word alone, who may be a place or body. At most eight of a kind.
    """
    people, kind = profile.type == "person", {"person": "p", "place": "l"}.get(profile.type, "o")
    found = {k for one in forms(profile.names, people) for k in (person_keys(one) if people else body_keys(one))}
    own = tuple(kind + k for k in sorted(found, key=lambda k: ("bnjfsawe".index(k[0]), k))[:MAX_KEYS])
    if not is_alone(profile):
        return own
    joined = [f"j:{code(one.joined)}" for one in forms(profile.names, False)]
    return (*own, *(other + k for other in "lo" for k in joined))


def is_alone(profile: Profile) -> bool:
    """Whether somebody is known by one word alone, which may be no person's name."""
    return profile.type == "person" and len(profile.names) == 1 and not profile.roles and " " not in profile.names[0]


def person_keys(one: Spelled) -> Iterator[str]:
    """The keys of a person's name."""
    words = [w for w in one.words if w.kind != "initial"] or list(one.words)
    yield from (f"s:{w.code}" for w in [w for w in words[:-1] if not w.first][:2] + words[-1:])
    yield f"j:{code(one.joined)}"
    if len(words) > 1:
        yield "n:" + " ".join(sorted(w.code for w in words))
        first = words[0]
        given, last = min(first.groups, default=first.code), words[-1].code
        yield f"f:{given} {last[:1]}"
        yield f"e:{given} {last[-1:]}"


def body_keys(one: Spelled) -> Iterator[str]:
    """The keys of a body's name; countries count only where there is nothing else."""
    words = [w for w in one.words if w.kind != "country"] or list(one.words)
    yield "n:" + " ".join(sorted(w.code for w in words))
    yield f"j:{code(''.join(w.fold for w in words))}"
    yield from (f"a:{letters}" for letters in one.short | one.initials if len(letters) > 1)
    yield from (f"w:{w.code}" for w in [w for w in words if w.kind == "word"][:2])
    if one.body:
        yield f"b:{one.body}"


def canonical(profiles: Iterable[Profile]) -> str:
    """The name to show for one identity: of the fullest names that its articles use the commonest, in Latin letters and not in capitals where there is a choice."""
    found = Counter((n, p.type == "person") for p in profiles for n in p.names[:1])
    return max(found, key=lambda item: (*worth(*item), found[item], len(item[0]), item[0]), default=("", False))[0]


def worth(name: str, people: bool) -> tuple[bool, bool, bool]:
    """How fit a name is to be shown: in Latin letters, not in capitals throughout, a person's not a single word."""
    return (
        all(c < "\u0370" or not c.isalpha() for c in name),
        not (name.isupper() and len(name) > 6),
        " " in name or not people,
    )


def merged(a: Profile, b: Profile) -> Profile:
    """What two profiles of one identity say together; of names and roles at most two dozen. In whichever order, but for that of roles and countries."""
    return Profile(
        names=tuple(fullest((*a.names, *b.names))[:LOOKED_AT]),
        type=a.type if mistaken(b, a) else b.type if mistaken(a, b) else min(a.type, b.type, key=SPECIFIC.index),
        roles=unique(a.roles, b.roles)[:LOOKED_AT],
        countries=unique(a.countries, b.countries),
        stories=a.stories | b.stories,
        beside=a.beside | b.beside,
    )


def unique(a: Sequence[str], b: Sequence[str]) -> tuple[str, ...]:
    """The values of both, each once."""
    return tuple(dict.fromkeys((*a, *b)))
