"""People whom the network passed over: behind an honorific, with a known first name, by a surname that is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.read import countries, words_at
from onrecord.read.names_spans import Name as Name
from onrecord.read.names_spans import clashing, places_of
from onrecord.read.names_words import SMALL, first_name, is_full_name

FULL_NAME = re.compile(
    r"(?<![\w.’'-])(?=([A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ]?[a-zà-ÿ]+)?)((?: [A-ZÀ-Þ]\.)?(?: [A-ZÀ-Þ][a-zà-ÿ][\w-]*){1,2})(?![\w-])(?! [A-ZÀ-Þ]))"
)
SYLLABLES = re.compile(  # "Tan Wei-ling", "Park Jae-in"
    r"(?<![\w.’'-])([A-Z][a-z]{1,5}) [A-Z][a-z]{1,5}-(?!(?:on|up|run|man|men|out|top|in|up|a|by|to|pro|per|sum|fun|gun|win|sun|ton|son|non|pop|hop|lot|hit|cup|cut|set)\b)"
    r"[bcdfghjklmnpqrstwxyz]{0,3}[aeiouy]{1,3}(?:ng|[nkptmlh])?\b(?!-)"
)


def with_full_names(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with the people whose known first name stands before a capitalised word where no name was found."""
    out = list(names)
    for m in SYLLABLES.finditer(text):
        clash = clashing(out, m.span())
        if not out[clash] and m[1] not in countries.places() and m[1] not in countries.demonyms():
            out[clash] = [Name(m.span(), "person")]
    for m in FULL_NAME.finditer(text):
        rest, span = m.group(2).split(), (m.start(), m.end(2))
        if not is_full_name(text[slice(*span)]):
            continue
        clash = clashing(out, span)
        known = any(w in countries.places() or w in countries.demonyms() or w.lower() in SMALL for w in rest)
        if clash.start == clash.stop and not known:
            out[clash] = [Name(span, "person")]
    return out


HONORIFIC = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Prof|Professor|Sen|Senator|Rep|Gov|Gen|Col|Capt|Lt|Sgt)\.?\s+$"
)
FIRST_NAMES = re.compile(r"(?<![\w.-])((?:[A-ZÀ-Þ][a-zà-ÿ’'-]+ (?:[A-ZÀ-Þ]\. )?){1,2})$")
MARKS_BEFORE, MARKS_BEHIND = (
    {".", "’", "'", "-", "_"},
    {"’", "-", "_"},
)  # next to these a surname is part of something longer
LONGEST_FIRST_NAMES = 60  # code points


def with_people(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with those that an honorific makes a person's, and with the full names of known surnames."""
    out = [
        n._replace(type="person") if HONORIFIC.search(text[max(0, n.span[0] - 10) : n.span[0]]) else n for n in names
    ]
    people: dict[str, bool] = {}  # surname -> whether a full name has it
    for n in out:
        words = text[slice(*n.span)].split()
        if n.type == "person":
            people[words[-1]] = people.get(words[-1], False) or len(words) > 1
    at = places_of(text, people)
    plain = words_at.places(text)  # a first name is no word of the text in lower case
    for surname in sorted(w for w in people if len(w) > 2):
        for place in at[surname]:
            end = place + len(surname)
            m = FIRST_NAMES.search(text, max(0, place - LONGEST_FIRST_NAMES), place)
            start = place
            for word in reversed(m.group(1).split() if m else ()):
                if word.lower() in plain or not first_name(word):
                    break
                start = text.rindex(word, 0, start)
            clash = clashing(out, (start, end))
            if start < place and all(text[slice(*n.span)] == surname for n in out[clash]):
                out[clash] = [Name((start, end), "person")]
                people[surname] = True
        for start in at[surname] if people[surname] else ():
            end = start + len(surname)
            alone = text[start - 1 : start] not in MARKS_BEFORE and text[end : end + 1] not in MARKS_BEHIND
            clash = clashing(out, (start, end))
            if alone and clash.start == clash.stop:
                out[clash] = [Name((start, end), "person")]
    return out
