"""What words say of a name: a title, an organisation, a country, a first name."""

from __future__ import annotations

import re
from functools import cache

from onrecord.read import countries, offices
from onrecord.read.manner import lexicon


@cache
def titles() -> re.Pattern[str]:
    """Titles before a person's name."""
    table = lexicon("speakers")["titles"]
    words = sorted([*table["male"], *table["female"], *table["other"]], key=len, reverse=True)
    return re.compile(r"(?:(?:the\s+)?(?:" + "|".join(map(re.escape, words)) + r")\b\.?\s+)+", re.I)


FORMS = ("inc", "inc.", " ltd", " ltd.", " corp", " corp.", " plc")


def is_land(words: str) -> bool:
    """Whether a name is a country's, a state's or a seat of government."""
    return words in countries.places() or words in countries.states()


PLACE_END = re.compile(
    r"\s(?:Center|Centre|Airport|Street|Island|River|Lake|Park|Stadium|Hall|Tower|Bridge|Hospital|School)$"
)


@cache
def first_names() -> frozenset[str]:
    """Known first names, lower case."""
    table = lexicon("speakers")["gender"]
    return frozenset((*table["male"], *table["female"]))


NO_FIRST_NAMES = {"will", "mark", "rose", "grace", "victoria", "charlotte", "florence", "sofia", "virginia", "carolina", "bill", "frank", "guy", "max",
                  "sue", "penny", "chuck", "don", "drew", "camilla", "adelaide", "alexandria", "sierra", "dakota", "paris", "christian", "laurel"}  # fmt: skip


def is_full_name(words: str) -> bool:
    """Whether a name of several words begins with a known first name and does not end like another thing's."""
    first = words.split()[0].lower() if " " in words else ""
    ends = is_organisation(words) or PLACE_END.search(words)
    return first in first_names() and first not in NO_FIRST_NAMES and not ends


PARTICLES = {"de", "la", "le", "al", "el", "bin", "ibn", "van", "von", "der", "den", "du", "di", "da", "del", "dos", "ten", "ter", "af", "av", "ben", "abu"}  # fmt: skip


def outside(word: str) -> bool:
    """Whether a word at a name's start is none of it: lower case and no particle, or a small word with a capital."""
    lower = word.lower()
    if word.islower():
        return word not in PARTICLES
    return lower in STARTERS and not (word.isupper() and len(word) > 1)


STARTERS = {"hey", "no", "currently", "recently", "finally", "reportedly", "allegedly", "previously", "similarly", "initially", "meanwhile", "the", "a", "an", "he", "she", "it", "we", "they", "i", "it's", "it’s", "his", "her", "its", "their", "our", "this", "that", "these", "those", "and", "but", "as", "when", "while", "if", "in", "on", "at", "for", "of", "to", "from", "with", "by", "after", "before", "although", "since", "because", "though", "what", "who", "how", "why", "there", "here", "mr", "mrs", "ms"}  # fmt: skip


@cache
def organisation_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that make the name that they end, and those that make the name that they begin, an organisation's."""
    table = lexicon("speakers")["organisation"]
    return frozenset(table["ends"]), frozenset(table["begins"])


def is_organisation(words: str) -> bool:
    """Whether a name of several words says itself that it is an organisation's."""
    ends, begins = organisation_words()
    folded = words.lower().split()
    return len(folded) > 1 and (folded[-1] in ends or (folded[0] in begins and folded[1] in ("of", "for")))


VAGUE = {
    "campaign",
    "coalition",
    "movement",
    "front",
    "force",
    "forces",
    "systems",
    "partners",
    "trust",
    "league",
}  # ends of other things' names, too


def is_body(words: str) -> bool:
    """The same, of words that are no campaign, congress or the like either: what the network takes for an event or a work."""
    folded = words.lower().split()
    return (
        is_organisation(words) and (VAGUE | {"party", "congress", "ministry"}).isdisjoint((folded[0], folded[-1]))
    ) or (folded[:2] == ["ministry", "of"])


SMALL = {"and", "but", "as", "when", "while", "if", "on", "in", "at", "for", "after", "before", "although", "since", "that", "this", "what", "how", "why", "with", "then", "yet", "so", "because", "though", "where", "even", "like", "unlike", "later", "meanwhile", "however", "today", "yesterday", "both", "only", "now", "still", "asked", "former", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december"}  # fmt: skip


def first_name(word: str) -> bool:
    """Whether a capitalised word before a surname can be a first name: no title, role or country."""
    if len(word) == 2 and word[1] == ".":
        return True
    lower = word.lower()
    known = (
        titles().fullmatch(word + " ")
        or lower in lexicon("speakers")["roles"]["words"]
        or lower in offices.portfolios()
    )
    return not (
        known or lower in SMALL or lower in STARTERS or word in countries.demonyms() or word in countries.places()
    )
