"""Which place a name means: candidates of the gazetteer, judged by the words around and by the other places of the article.

1. candidates of each mention (`candidates`), 2. qualifiers: "Paris, Texas", "Kenya's Kisumu" (`qualifier`), 3. mentions of one name
become one group, one sense an article, a qualified mention deciding for the rest (`grouped`), 4. groups are judged over and
over with what the others mean, until nothing changes or `ROUNDS` are over (`judged`). Each step takes time in proportion to the mentions.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.model import Precision
from onrecord.read import countries, gazetteer
from onrecord.read.gazetteer import Entry
from onrecord.read.manner import lexicon
from onrecord.text import Span

NEAR = 161.0  # km; what lies closer is one place to a reader of news
ROUNDS = 3
CONSIDERED = 12  # candidates of a name, the likeliest
KIND = {"nation": 1.0, "area": 0.5, "region": 0.0, "district": -0.8, "city": 0.0}
SEAT = 1.6  # for a seat of government
CHIEF = 0.2  # the part of a region's people from which on the city of its name is meant first,
AHEAD = 0.3  # and by how much
OTHER = -1.3  # for a name that is not the place's own
LISTING = (", ", " and ", ", and ", " or ", ", or ")
AREAS = ("nation", "region", "district")
SAME_COUNTRY, SAME_REGION, FEATURE, QUALIFIED = 2.5, 1.2, 3.0, 9.0
SLIGHT = 0.25  # the lead below which two candidates are as good as each other
SMALL = 150_000  # people; a smaller city is not believed in a country of which the article says nothing else
SHORT = {"us", "uk", "la", "in", "or", "me", "ok", "al", "pa", "de", "co", "wa", "ma", "mo", "act", "bc", "ga", "va", "id", "hi", "oh"}  # fmt: skip
PRECISION: dict[str, Precision] = {"nation": "country", "area": "region", "region": "region", "district": "region", "city": "city"}  # fmt: skip
HEADED = re.compile(r"(?:the )?(?:city|town|village|port|capital|state|province|region|district|county|island|republic)s? of (?:the )?", re.I)  # fmt: skip
TAIL = re.compile(r"[ -](?:province|state|region|county|district|prefecture|governorate|oblast|territory|island|islands|city|metropolitan area|area)$", re.I)  # fmt: skip
SIDE = re.compile(r"(?:(?:north|south|east|west)(?:ern)?|central|upper|lower|north ?-?(?:east|west)(?:ern)?|south ?-?(?:east|west)(?:ern)?|downtown|inner|greater|mainland)[ -]", re.I)  # fmt: skip
WITHIN = re.compile(
    r"(?:,? (?:in|of) |,? \(| (?:city|county|province),?|,)\s*(?:the )?(?:(?:[a-z-]+ ){0,3}(?:state|province|region|county|district|country|city|town|island|part) of )?(?:the )?(?:(?:north|south|east|west|central)\w* )?"
)
HOLDER = re.compile(r"['’]s?(?: [a-z-]+){0,3} ")


class Sense(NamedTuple):
    """What a mention means: an entry, or only what is known of it (`entry` None, with the one that holds it)."""

    entry: Entry | None
    holder: Entry | None  # the smallest place that it is known to lie in
    precision: Precision


class Group(NamedTuple):
    """Mentions that mean one place."""

    mentions: tuple[int, ...]
    candidates: tuple[tuple[Entry, float], ...]  # each with what speaks for it by itself
    holders: tuple[Entry, ...]  # what a qualifier may mean


def distance(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """The great-circle distance of two points in km."""
    a, b, c, d = map(math.radians, (lat, lon, lat2, lon2))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def apart(a: Entry, b: Entry) -> float:
    """The distance of two entries in km."""
    return distance(a.lat, a.lon, b.lat, b.lon)


def holds(outer: Entry, inner: Entry) -> bool:
    """Whether a country, region or district has another place in it."""
    return outer.kind not in ("city", "area") and outer != inner and (inner.code + ".").startswith(outer.code + ".")


@cache
def feature_kinds() -> dict[str, tuple[str, ...]]:
    """Each feature word with the kinds of entries that it allows; none for what is no city at all."""
    table = lexicon("places")["features"]
    kinds = {"city": ("city",), "region": ("region", "district"), "nation": ("nation",), "neither": ()}
    return {word: allowed for name, allowed in kinds.items() for word in table[name]}


def feature(text: str, span: Span) -> tuple[str, ...] | None:
    """The kinds that the words around a name allow; None where they say nothing."""
    before = re.search(r"\b(\w+)(?: of(?: the)?|,)? $", text[max(0, span[0] - 24) : span[0]])
    after = re.match(r" (\w+)", text[span[1] : span[1] + 16])
    table = feature_kinds()
    if (
        after
        and after.group(1).lower() in table
        and not (after.group(1) in ("state", "states") and span[1] - span[0] < 5)
    ):
        return table[after.group(1).lower()]
    if before and before.group(1).lower() in table and (" of" in before.group() or before.group(1) in ("capital", "town", "city", "village", "suburb")):  # fmt: skip
        return table[before.group(1).lower()]
    return None


def known(words: str) -> tuple[Entry, ...]:
    """The gazetteer's entries of a name; short forms in capitals only as they are written."""
    return () if words.casefold() in SHORT and not words.isupper() else gazetteer.look_up(words)


def variants(words: str) -> Iterator[str]:
    """A name, and the name without the words that it may stand with."""
    yield words
    yield HEADED.sub("", TAIL.sub("", words))
    if side := SIDE.match(words):
        yield words[side.end() :]


@lru_cache(maxsize=4096)
def candidates(words: str) -> tuple[Entry, ...]:
    """The entries that a name may mean, under its own form or a plainer one."""
    for form in variants(words):
        if found := known(form):
            return tuple(sorted(found, key=prior, reverse=True)[:CONSIDERED])
    return ()


def prior(entry: Entry) -> float:
    """How likely an entry is by itself: its kind, its size, and whether the name is its own."""
    other = OTHER if entry.other and entry.kind in ("city", "district") else 0.0
    return math.log10(entry.population + 1000) + KIND[entry.kind] + other


def qualifier(text: str, spans: Sequence[Span], n: int, ends: Mapping[int, int]) -> tuple[Entry, ...]:
    """The entries of the place that the n-th mention is said to lie in: "X, Y", "X in Y", "X (Y)", "Y's X"."""
    span = spans[n]
    if after := WITHIN.match(text, span[1]):
        found = named_at(text, after.end(), ends)
        if any(e.kind != "city" for e in found) or (found and "," in after.group()):
            return found
    s, e = spans[n - 1] if n else (0, 0)
    return candidates(text[s:e]) if e < span[0] <= e + 40 and HOLDER.fullmatch(text, e, span[0]) else ()


def named_at(text: str, at: int, ends: Mapping[int, int]) -> tuple[Entry, ...]:
    """The entries of the name that begins at a character: a mention's, else the longest that the gazetteer knows."""
    if at in ends:
        return candidates(text[at : ends[at]])
    words = re.match(r"(?:[A-ZÀ-Þ][\w.’'-]*)(?: [A-ZÀ-Þ][\w.’'-]*){0,3}", text[at : at + 60])
    form = words.group().rstrip("’'") if words else ""
    while form:
        if found := known(form) or known(form.rstrip(".")):
            return tuple(e for e in found if e.kind != "city")
        form = form.rpartition(" ")[0]
    return ()


def preferred(found: Sequence[Entry]) -> dict[Entry, float]:
    """What each candidate has by itself; seats of government, and cities that give a region its name and many of its people, have more."""
    scores = {e: prior(e) for e in found}
    nations = {e.country for e in found if e.kind == "nation"}
    for city in (e for e in found if e.kind == "city" and e.country not in nations):
        scores[city] += SEAT * (countries.places().get(city.name) == city.country)
        regions = [r for r in found if r.kind == "region" and r.country == city.country and not (r.other or city.other)]
        if chief := [r for r in regions if city.population > CHIEF * r.population]:
            scores[city] = max(scores[city], AHEAD + max(scores[r] for r in chief))
    return scores


def fitting(found: Iterable[Entry], holders: Sequence[Entry]) -> set[Entry]:
    """The candidates that lie in a place that a qualifier may mean, or near such a city."""
    return {
        e
        for e in found
        if any(holds(h, e) or (h.kind == "city" and h.country == e.country and apart(h, e) < 60) for h in holders)
    }


def grouped(text: str, spans: Sequence[Span]) -> Iterator[Group]:
    """The mentions by name; a name with two different qualifiers makes two groups."""
    by_name: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    holders: dict[tuple[str, str], tuple[Entry, ...]] = {}
    ends = dict(spans)
    for n, span in enumerate(spans):
        name = gazetteer.fold(text[slice(*span)])
        found = () if listed_kind(text, spans, n) else qualifier(text, spans, n, ends)
        possible = candidates(text[slice(*span)])
        if possible and not fitting(possible, found):
            found = ()
        label = found[0].code if found else ""
        by_name[name][label].append(n)
        holders[name, label] = found
    for name, labels in by_name.items():
        loose = labels.pop("", [])
        if labels:
            first = min(labels, key=lambda k: labels[k][0])
            labels[first] += loose
        else:
            labels[""] = loose
        for label, numbers in labels.items():
            kinds = {k for n in numbers for k in said_kinds(text, spans, n)}
            scores = preferred(candidates(text[slice(*spans[numbers[0]])]))
            fits = fitting(scores, holders[name, label])
            scored = ((e, x + QUALIFIED * (e in fits) + FEATURE * (e.kind in kinds)) for e, x in scores.items())
            yield Group(tuple(numbers), tuple(scored), holders[name, label])


def said_kinds(text: str, spans: Sequence[Span], n: int) -> tuple[str, ...]:
    """The kinds that the words around a mention speak for: what it is called, what it holds, what it is listed with."""
    if n and is_held(text, spans[n - 1], spans[n]):
        return AREAS
    return feature(text, spans[n]) or listed_kind(text, spans, n)


def listed_kind(text: str, spans: Sequence[Span], n: int) -> tuple[str, ...]:
    """The kinds that a mention shares with its two or more neighbours in a list of countries or of regions."""
    beside = [m for step in (-1, 1) for m in neighbours(text, spans, n, step)]
    shared = ({e.kind for e in candidates(text[slice(*spans[m])])} for m in (n, *beside))
    return tuple({"nation", "region"}.intersection(*shared)) if len(beside) > 1 else ()


def neighbours(text: str, spans: Sequence[Span], n: int, step: int) -> Iterator[int]:
    """The numbers of up to two mentions on one side that stand in a list with a mention."""
    for m in range(n + step, n + 3 * step, step):
        first, second = min(m, m - step), max(m, m - step)
        if first < 0 or second >= len(spans) or text[spans[first][1] : spans[second][0]] not in LISTING:
            return
        yield m


def is_held(text: str, inner: Span, outer: Span) -> bool:
    """Whether two mentions read "inner, outer", and the one may lie in a region or country that the other may mean."""
    if text[inner[1] : outer[0]] != ", ":
        return False
    areas = [e for e in candidates(text[slice(*outer)]) if e.kind in AREAS]
    return bool(fitting(candidates(text[slice(*inner)]), areas))


class Weights(NamedTuple):
    """How much places speak for each country, and for each first-level region by its code."""

    countries: dict[str, float]
    regions: dict[str, float]


def top(entry: Entry) -> str:
    """The code of the first-level region that a place is or lies in."""
    return ".".join(entry.code.split(".")[:2])


def weights(groups: Sequence[Group], chosen: Mapping[int, Entry]) -> tuple[Weights, dict[str, Weights]]:
    """What all groups speak for, and what those that mean a place of one name do."""
    total = Weights(defaultdict(float), defaultdict(float))
    by_name: dict[str, Weights] = defaultdict(lambda: Weights(defaultdict(float), defaultdict(float)))
    for n, entry in chosen.items():
        weight = 1.0 + 0.25 * min(4, len(groups[n].mentions) - 1)
        for part in (total, by_name[gazetteer.fold(entry.name)]) if entry.country else ():
            part.countries[entry.country or ""] += weight
            if entry.kind in ("region", "district", "city"):
                part.regions[top(entry)] += weight
    return total, by_name


class Context(NamedTuple):
    """What speaks for a group's candidates: all places less those of its own name, and the hints."""

    all: Weights
    own: Weights
    hints: Mapping[str, float]

    def country(self, code: str | None) -> float:
        """How much speaks for a country."""
        code = code or ""
        return self.all.countries.get(code, 0.0) - self.own.countries.get(code, 0.0) + self.hints.get(code, 0.0)

    def total(self) -> float:
        """How much speaks for any country."""
        return sum(self.all.countries.values()) - sum(self.own.countries.values()) + sum(self.hints.values())

    def bonus(self, entry: Entry, total: float) -> float:
        """What the article's other places say for a candidate."""
        country, code = self.country(entry.country), top(entry)
        region = self.all.regions.get(code, 0.0) - self.own.regions.get(code, 0.0) if entry.kind != "nation" else 0.0
        return SAME_COUNTRY * country / (total + 0.5) + 0.4 * min(country, 2.0) + SAME_REGION * min(region, 2.0) / 2


def ranked(group: Group, context: Context) -> list[tuple[float, Entry]]:
    """A group's candidates, best first."""
    total = context.total()
    return sorted(((score + context.bonus(e, total), e) for e, score in group.candidates), key=lambda x: -x[0])


def judged(text: str, spans: Sequence[Span], hints: Mapping[str, float]) -> list[Sense]:
    """What each mention means, in their order; `hints` are countries that the article speaks of otherwise."""
    groups = list(grouped(text, spans))
    chosen = {n: max(g.candidates, key=lambda c: c[1])[0] for n, g in enumerate(groups) if g.candidates}
    for _ in range(ROUNDS):
        around = contexts(groups, chosen, hints)
        again = {n: ranked(groups[n], around[n])[0][1] for n in chosen}
        if again == chosen:
            break
        chosen = again
    around = contexts(groups, chosen, hints)
    out: list[Sense] = [Sense(None, None, "unknown")] * len(spans)
    for n, g in enumerate(groups):
        sense = decided(ranked(g, around[n]), g, around[n]) if n in chosen else unknown(g)
        for m in g.mentions:
            out[m] = no_city(text, spans[m], sense)
    return out


def contexts(groups: Sequence[Group], chosen: Mapping[int, Entry], hints: Mapping[str, float]) -> dict[int, Context]:
    """The context of each group that has candidates."""
    total, by_name = weights(groups, chosen)
    return {n: Context(total, by_name[gazetteer.fold(entry.name)], hints) for n, entry in chosen.items()}


def decided(order: Sequence[tuple[float, Entry]], g: Group, context: Context) -> Sense:
    """The best candidate, or less where another far off is as good or nothing else speaks for a small one."""
    best, entry = order[0]
    rivals = [e for score, e in order[1:] if best - score < SLIGHT and apart(e, entry) > NEAR]
    if rivals:
        return somewhere_in(entry.country if all(e.country == entry.country for e in rivals) else None)
    small = entry.population < SMALL or entry.other
    lonely = entry.kind in ("city", "district") and context.total() >= 2 and not context.country(entry.country)
    if lonely and small and best < QUALIFIED:
        return Sense(None, None, "unknown")
    return Sense(entry, entry, PRECISION[entry.kind])


def somewhere_in(country: str | None) -> Sense:
    """A place of which no more than the country is known, if that."""
    nation = gazetteer.nations().get(country or "")
    return Sense(None, nation, "country" if nation else "unknown")


def unknown(g: Group) -> Sense:
    """A name that the gazetteer lacks: no more than where its qualifier says that it lies."""
    if not g.holders:
        return Sense(None, None, "unknown")
    holder = max(g.holders, key=prior)
    return Sense(None, holder, PRECISION[holder.kind])


def no_city(text: str, span: Span, sense: Sense) -> Sense:
    """A river, lake or airport that is named after a place is not that place: its country is all that is known."""
    if sense.entry and sense.entry.kind in ("city", "district", "region") and feature(text, span) == ():
        return somewhere_in(sense.entry.country)
    return sense
