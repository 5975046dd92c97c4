"""Proper names with their types, from the network's tags.

1. Runs of tokens that are more likely a name than not; 2. titles before them go ("President", "Mr"); 3. one surface has one
type in an article, the one that its mentions together speak for, unless its own words say what it is ("Foo Foundation"); 4. organisations
that publish are outlets; 5. countries are known by name; 6. two halves around "and" are joined where only the second says what the
whole is ("Harbour and Rivers Authority"); 7. what is a name in one place is one in all; 8. what
follows "Mr" is a person, and a surname's first names are found where the network passed over them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from onrecord.model import EntityType
from onrecord.read import adjectives, countries, offices
from onrecord.read.manner import lexicon
from onrecord.read.names_again import repeated as repeated
from onrecord.read.names_bodies import joined, with_bodies, with_countries, with_towns
from onrecord.read.names_outlets import is_outlet, known_outlets
from onrecord.read.names_people import with_full_names, with_people
from onrecord.read.names_spans import Name as Name
from onrecord.read.names_spans import clashing
from onrecord.read.names_tagged import AT_HOME, apart, is_home, places_within, stripped, tagged
from onrecord.read.names_words import PLACE_END, is_body, is_full_name, is_organisation
from onrecord.read.network import Encoded

TYPES: tuple[EntityType | None, ...] = ("person", "organisation", "place", None)
QUOTED_NAME = re.compile(
    r"\b(?:daily|weekly|newspaper|magazine|broadcaster|agency|tabloid|channel|station|website|portal|outlet)\s+[‘'“\"]([A-ZÀ-Þ][\w .&’-]{1,40}?)[’'”\"]"
)


OWNED = re.compile(r"(?<=s)[’'] ([A-Z]\w+)")


# What only states have: "Quarrin's interior minister", "its airspace".
HELD = (
    r"(?:(?i:interior|foreign|defen[cs]e|finance|health|energy|prime) minist(?:er|ry)|parliament|borders?|frontiers?|capital|army|air force|navy|armed forces"
    r"|airspace|embassy|ambassador|envoy|central bank|coast|territory|constitution|economy|currency|citizens|reservists|conscripts|general staff|coastguard"
    r"|director of prisons|chief of police|chief of staff|presidential election)"
)
STATE = re.compile(  # "the government of Quarrin", "Quarrin's interior minister", "Quarrin has closed its airspace": what nobody's surname stands in, but for a leader's
    r"\b(?:government|parliament|republic|kingdom|borders?|army|citizens) of ([A-Z]\w+)\b(?! [A-Z])"
    rf"|\b([A-Z]\w+)(?:['’]s (?:(?:new|own|northern|southern|eastern|western) )?|(?: [a-z]+){{1,3}} its (?:own )?){HELD}\b"
)


def find(text: str, encoded: Sequence[Encoded]) -> list[Name]:
    """The names of a text, in order."""
    found = [(part, scores) for e in encoded for span, scores in tagged(e) for part in apart(text, span)]
    found = [piece for span, scores in found for piece in offices.parted(text, span, scores)]
    votes: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(4))
    for span, scores in found:
        votes[text[slice(*span)]] = votes[text[slice(*span)]] + scores
    people = [w for w, v in votes.items() if " " in w and v.argmax() == 0 and not is_organisation(w)]
    surnames = {last for w in people if not (last := w.split()[-1]).isupper() or w.isupper()}
    states = {m[1] or m[2] for m in STATE.finditer(text)} | adjectives.countries_of(text)
    out = [Name(m.span(1), "outlet") for m in QUOTED_NAME.finditer(text)]
    homes: list[Name] = []
    described = adjectives.of_places(text)
    for span, _ in found:
        scores = votes[text[slice(*span)]]
        kind = TYPES[int(scores.argmax())]
        clean = stripped(text, span, kind or "person")
        words = text[slice(*clean)] if clean else ""
        if words in described:
            continue
        if countries.whole(words) or (
            (words in countries.places() or words in countries.states()) and words not in surnames
        ):
            kind = "place"
        elif words in surnames:
            kind = "person"
        elif kind == "person" and words in states:
            kind = "place"
        elif (kind in ("person", "place") and is_organisation(words)) or (kind is None and is_body(words)):
            kind = "organisation"
        elif kind in ("organisation", "place") and is_full_name(words):
            kind = "person"
        elif kind == "person" and (PLACE_END.search(words) or (len(words) > 2 and words.isupper() and words.isalpha())):
            kind = TYPES[1 + int(scores[1:3].argmax())]
        if (
            clean
            and kind != "person"
            and (more := OWNED.match(text, clean[1]))
            and is_organisation(f"{words} {more[1]}")
        ):
            clean, kind = (clean[0], more.end()), "organisation"  # "the Foo Workers' Party"
        if clean and kind == "person" and (home := AT_HOME.fullmatch(text, clean[1], span[1])) and is_home(home[1]):
            homes.append(Name(home.span(1), "organisation"))
        if not kind or not clean or out[clash := clashing(out, clean)]:
            continue
        outlet = words.lower() in lexicon("speakers")["outlet"]["names"] or (
            kind != "person" and is_outlet(text, clean)
        )
        pieces = places_within(text, clean) if kind == "place" and not outlet else (clean,)
        out[clash] = [Name(piece, "outlet" if outlet else kind) for piece in pieces]
    for span in known_outlets(text):
        clash = clashing(out, span)
        if all(n.type != "person" and span[0] <= n.span[0] and n.span[1] <= span[1] for n in out[clash]):
            out[clash] = [Name(span, "outlet")]
    for home_ in homes:
        if not out[clash := clashing(out, home_.span)]:
            out[clash] = [home_]
    spans = [span for span, _ in found]
    out = with_bodies(text, joined(text, with_towns(text, with_countries(text, with_full_names(text, out), spans))))
    return with_people(text, repeated(text, out, spans))
