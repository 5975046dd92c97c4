"""Which place a name means: candidates of the gazetteer, judged by the words around and by the other places of the article.

1. candidates of each mention (`candidates`), 2. qualifiers: "Paris, Texas", "Kenya's Kisumu" (`qualifier`), 3. mentions of one name
become one group, one sense an article, a qualified mention deciding for the rest (`grouped`), 4. groups are judged over and
over with what the others mean, until nothing changes or `ROUNDS` are over (`judged`).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from onrecord.read import gazetteer
from onrecord.read.gazetteer import Entry
from onrecord.read.manner import lexicon
from onrecord.text import Span

Precision = Literal["country", "region", "city", "point"]

NEAR = 161.0  # km; what lies closer is one place to a reader of news
ROUNDS = 3
CONSIDERED = 12  # candidates of a name, the likeliest
KIND = {"nation": 1.0, "area": 0.5, "region": 0.0, "district": -0.8, "city": 0.0}
OTHER = -1.3  # for a name that is not the place's own
SAME_COUNTRY, SAME_REGION, FEATURE, QUALIFIED = 2.5, 1.2, 3.0, 9.0
SLIGHT = 0.25  # the lead below which two candidates are as good as each other
SMALL = 150_000  # people; a smaller city is not believed in a country of which the article says nothing else
PRECISION: dict[str, Precision] = {"nation": "country", "area": "region", "region": "region", "district": "region", "city": "city"}  # fmt: skip
HEADED = re.compile(r"(?:the )?(?:city|town|village|port|capital|state|province|region|district|county|island|republic)s? of (?:the )?", re.I)  # fmt: skip
TAIL = re.compile(r"[ -](?:province|state|region|county|district|prefecture|governorate|oblast|territory|island|islands|city|metropolitan area|area)$", re.I)  # fmt: skip
SIDE = re.compile(r"(?:(?:north|south|east|west)(?:ern)?|central|upper|lower|north ?-?(?:east|west)(?:ern)?|south ?-?(?:east|west)(?:ern)?|downtown|inner|greater|mainland)[ -]", re.I)  # fmt: skip
WITHIN = re.compile(
    r"(?:,|,? \(|,? in|,? of| city,?| county,?| province,?)\s*(?:the )?(?:(?:[a-z-]+ ){0,3}(?:state|province|region|county|district|country|city|town|island|part) of )?(?:the )?(?:(?:north|south|east|west|central)\w* )?"
)
HOLDER = re.compile(r"['’]s?(?: [a-z-]+){0,3} ")
WORD = re.compile(r"[A-ZÀ-Þ][\w.’'-]*")


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
    return () if len(words) <= 3 and words.isalpha() and not words.isupper() and gazetteer.fold(words) in SHORT else gazetteer.look_up(words)  # fmt: skip


SHORT = {"us", "uk", "la", "in", "or", "me", "ok", "al", "pa", "de", "co", "wa", "ma", "mo", "act", "bc", "ga", "va", "id", "hi", "oh"}  # fmt: skip


def variants(words: str) -> Iterator[tuple[str, bool]]:
    """A name without the words that it may stand with, and whether only a part of the place is meant."""
    yield words, False
    bare = HEADED.sub("", TAIL.sub("", words))
    if bare != words:
        yield bare, False
    if (side := SIDE.match(words)) and side.end() < len(words):
        yield words[side.end() :], True


def candidates(words: str) -> tuple[Entry, ...]:
    """The entries that a name may mean, under its own form or a plainer one."""
    for form, _ in variants(words):
        if found := known(form):
            return tuple(sorted(found, key=prior, reverse=True)[:CONSIDERED])
    return ()


def prior(entry: Entry) -> float:
    """How likely an entry is by itself: its kind, its size, and whether the name is its own."""
    other = OTHER if entry.other and entry.kind in ("city", "district") else 0.0
    return math.log10(entry.population + 1000) + KIND[entry.kind] + other


def qualifier(text: str, span: Span, others: Sequence[Span]) -> tuple[Entry, ...]:
    """The entries of the place that a mention is said to lie in: "X, Y", "X in Y", "X (Y)", "Y's X"."""
    if after := WITHIN.match(text, span[1]):
        found = named_at(text, after.end(), others)
        if any(e.kind != "city" for e in found) or (found and "," in after.group()):
            return found
    for s, e in others:
        if e < span[0] <= e + 40 and HOLDER.fullmatch(text, e, span[0]):
            return candidates(text[s:e])
    return ()


def named_at(text: str, at: int, others: Sequence[Span]) -> tuple[Entry, ...]:
    """The entries of the name that begins at a character: a mention's, else the longest that the gazetteer knows."""
    for s, e in others:
        if s == at:
            return candidates(text[s:e])
    words = re.match(r"(?:[A-ZÀ-Þ][\w.’'-]*)(?: [A-ZÀ-Þ][\w.’'-]*){0,3}", text[at : at + 60])
    form = words.group().rstrip("’'") if words else ""
    while form:
        if found := known(form) or known(form.rstrip(".")):
            return tuple(e for e in found if e.kind != "city")
        form = form.rpartition(" ")[0]
    return ()


def fitting(found: Sequence[Entry], holders: Sequence[Entry]) -> dict[Entry, float]:
    """What a qualifier says for each candidate that lies in one of its meanings, or near a city that it may mean."""
    return {
        e: QUALIFIED
        for e in found
        if any(holds(h, e) or (h.kind == "city" and h.country == e.country and apart(h, e) < 60) for h in holders)
    }


def grouped(text: str, spans: Sequence[Span]) -> Iterator[Group]:
    """The mentions by name; a name with two different qualifiers makes two groups."""
    by_name: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    holders: dict[tuple[str, str], tuple[Entry, ...]] = {}
    for n, span in enumerate(spans):
        name = gazetteer.fold(text[slice(*span)])
        found = qualifier(text, span, spans)
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
            yield group(text, [spans[n] for n in numbers], numbers, holders[name, label])


def group(text: str, spans: Sequence[Span], numbers: Sequence[int], holders: tuple[Entry, ...]) -> Group:
    """A group with what its own mentions say for each candidate."""
    found = candidates(text[slice(*spans[0])])
    qualified = fitting(found, holders)
    allowed = Counter(kind for s in spans for kind in feature(text, s) or ())
    scored = ((e, prior(e) + qualified.get(e, 0.0) + FEATURE * bool(allowed[e.kind])) for e in found)
    return Group(tuple(numbers), tuple(scored), holders)


def support(groups: Sequence[Group], chosen: Mapping[int, Entry], skip: int) -> tuple[Counter[str], Counter[str]]:
    """How much the other groups speak for each country and first-level region."""
    countries: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for n, entry in chosen.items():
        if n == skip or not entry.country:
            continue
        if gazetteer.fold(entry.name) == gazetteer.fold(chosen[skip].name if skip in chosen else ""):
            continue
        weight = 1.0 + 0.25 * min(4, len(groups[n].mentions) - 1)
        countries[entry.country] += weight
        if entry.kind in ("region", "district", "city"):
            regions[".".join(entry.code.split(".")[:2])] += weight
    return countries, regions


def bonus(entry: Entry, countries: Mapping[str, float], regions: Mapping[str, float]) -> float:
    """What the article's other places say for a candidate."""
    total, country = sum(countries.values()), countries.get(entry.country or "", 0.0)
    region = regions.get(".".join(entry.code.split(".")[:2]), 0.0) if entry.kind != "nation" else 0.0
    same = SAME_COUNTRY * country / (total + 0.5) + 0.4 * min(country, 2.0)
    return same + SAME_REGION * min(region, 2.0) / 2


def ranked(
    groups: Sequence[Group], chosen: Mapping[int, Entry], n: int, hints: Mapping[str, float]
) -> list[tuple[float, Entry]]:
    """A group's candidates, best first."""
    countries, regions = support(groups, chosen, n)
    countries.update(hints)
    scored = ((score + bonus(e, countries, regions), e) for e, score in groups[n].candidates)
    return sorted(scored, key=lambda x: -x[0])


def judged(text: str, spans: Sequence[Span], hints: Mapping[str, float]) -> list[Sense]:
    """What each mention means, in their order; `hints` are countries that the article speaks of otherwise."""
    groups = list(grouped(text, spans))
    chosen = {n: max(g.candidates, key=lambda c: c[1])[0] for n, g in enumerate(groups) if g.candidates}
    for _ in range(ROUNDS):
        again = {n: ranked(groups, chosen, n, hints)[0][1] for n in chosen}
        if again == chosen:
            break
        chosen = again
    out: list[Sense] = [Sense(None, None, "point")] * len(spans)
    for n, g in enumerate(groups):
        countries, _ = support(groups, chosen, n)
        countries.update(hints)
        sense = decided(ranked(groups, chosen, n, hints), g, countries) if n in chosen else unknown(g)
        for m in g.mentions:
            out[m] = no_city(text, spans[m], sense)
    return out


def decided(order: Sequence[tuple[float, Entry]], g: Group, countries: Mapping[str, float]) -> Sense:
    """The best candidate, or less where another far off is as good or nothing else speaks for a small one."""
    best, entry = order[0]
    rivals = [e for score, e in order[1:] if best - score < SLIGHT and apart(e, entry) > NEAR]
    if rivals:
        one_country = entry if all(e.country == entry.country for e in rivals) else None
        return Sense(None, one_country and nation_of(one_country), "country" if one_country else "point")
    lonely = (
        entry.kind in ("city", "district") and sum(countries.values()) >= 2 and not countries.get(entry.country or "")
    )
    if lonely and (entry.population < SMALL or entry.other) and best < QUALIFIED:
        return Sense(None, None, "point")
    return Sense(entry, entry, PRECISION[entry.kind])


def nation_of(entry: Entry) -> Entry | None:
    """The country that an entry lies in."""
    name = next(iter(lexicon("countries").get(entry.country, {}).get("names", ())), "") if entry.country else ""
    return next((e for e in gazetteer.look_up(name) if e.kind == "nation"), None)


def unknown(g: Group) -> Sense:
    """A name that the gazetteer lacks: no more than where its qualifier says that it lies."""
    if not g.holders:
        return Sense(None, None, "point")
    holder = max(g.holders, key=prior)
    return Sense(None, holder, PRECISION[holder.kind])


def no_city(text: str, span: Span, sense: Sense) -> Sense:
    """A river, lake or airport that is named after a place is not that place: its country is all that is known."""
    if sense.entry and sense.entry.kind in ("city", "district", "region") and feature(text, span) == ():
        return Sense(None, nation_of(sense.entry), "country")
    return sense
