"""Proper names with their types, from the network's tags.

1. Runs of tokens that are more likely a name than not; 2. titles before them go ("President", "Mr"); 3. one surface has one
type in an article, the one that its mentions together speak for, unless its own words say what it is ("Foo Foundation"); 4. organisations
that publish are outlets; 5. countries are known by name; 6. two halves around "and" are joined where only the second says what the
whole is ("Harbour and Rivers Authority"); 7. what is a name in one place is one in all; 8. what
follows "Mr" is a person, and a surname's first names are found where the network passed over them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from onrecord.model import EntityType
from onrecord.read import acronyms, countries, gazetteer, offices, presses, words_at
from onrecord.read.manner import lexicon
from onrecord.read.names_again import repeated as repeated
from onrecord.read.names_spans import Name as Name
from onrecord.read.names_spans import clashing, places_of
from onrecord.read.network import Encoded
from onrecord.text import Span

TYPES: tuple[EntityType | None, ...] = ("person", "organisation", "place", None)
OUTLET_BEFORE = re.compile(
    r"\b(?:daily|weekly|newspaper|magazine|broadcaster|news agency|agency|tabloid|channel|station|website|portal|outlet|paper|journal|network)\s+(?:the\s+)?[‘'“\"]?$",
    re.I,
)
OUTLET_AFTER = re.compile(
    r"[’'”\"]?\s*(?:,\s+(?:a|an|the)\s+(?:\w+\s+){0,3}|\s+(?:\w+\s+)?)(?:newspaper|daily|magazine|news agency|broadcaster|news site|news website|tabloid|TV|radio|television)\b"
    r"|[’'”\"]?,\s+(?:a|an|the)\s+(?:\w+\s+){0,3}(?:weekly|monthly|broadsheet|portal)\b"
)
QUOTED_NAME = re.compile(
    r"\b(?:daily|weekly|newspaper|magazine|broadcaster|agency|tabloid|channel|station|website|portal|outlet)\s+[‘'“\"]([A-ZÀ-Þ][\w .&’-]{1,40}?)[’'”\"]"
)


NATION = re.compile(r"(?:U\.S\.|US|UK|EU|UN|U\.N\.)\s+")
BROADCASTER = re.compile(r"\w(?:-tv|tv| fm)$")
TOLD = re.compile(r"\b(?:told|tells?|telling|interview(?:ed)? (?:with|by|to)|in a statement to) (?:the )?$")
LAST_LOWER = re.compile(r"\s+[a-zà-ÿ][\w’'-]*$")


@cache
def titles() -> re.Pattern[str]:
    """Titles before a person's name."""
    table = lexicon("speakers")["titles"]
    words = sorted([*table["male"], *table["female"], *table["other"]], key=len, reverse=True)
    return re.compile(r"(?:(?:the\s+)?(?:" + "|".join(map(re.escape, words)) + r")\b\.?\s+)+", re.I)


def tagged(encoded: Encoded) -> Iterator[tuple[Span, np.ndarray]]:
    """Runs of name tokens of one window with the summed log-probabilities of the four types."""
    inside = np.flatnonzero(np.exp(encoded.names[:, 0]) < 0.5).tolist()
    if not inside:
        return
    opening, going_on = encoded.names[:, 1::2], encoded.names[:, 2::2]
    by_type = np.logaddexp(opening, going_on)
    begins = (np.logaddexp.reduce(opening, axis=1) > np.logaddexp.reduce(going_on, axis=1)).tolist()
    kinds = by_type.argmax(1).tolist()
    spans = encoded.window.spans
    run: list[int] = []
    for t in [*inside, -1]:
        if run and (t != run[-1] + 1 or (begins[t] and kinds[t] != kinds[run[0]])):
            yield (spans[run[0]][0], spans[run[-1]][1]), by_type[run].sum(0)
            run = []
        run.append(t)


def apart(text: str, span: Span) -> Iterator[Span]:
    """The names of what was tagged as one: an acronym in brackets ("Foo Bar (FB"), an owner ("Fooland's Bar Front", "Foo Party's Ann
    Bar"), two bodies around "and" ("Foo Agency and the Bar Council"), lines."""
    start, end = span
    for m in SEAM.finditer(text, start, end):
        left, right = text[start : m.start()], text[m.end() : end]
        if separate(m[0], left, right):
            yield from unbracketed(text, (start, m.start()))
            start = m.end()
    yield from unbracketed(text, (start, end))


def owns(words: str) -> bool:
    """Whether what owns a name is one of its own: a country, a state, an organisation by its words, an acronym."""
    return is_land(words) or is_organisation(words) or (words.isupper() and words.isalpha() and len(words) > 1)


def separate(seam: str, left: str, right: str) -> bool:
    """Whether the words on either side of an owner's mark, a comma or "and" are names of their own."""
    if seam[0] in OWNING:
        return owns(left)
    lands = is_land(left) and is_land(right.split(",")[0])
    if seam[0] == ",":
        return lands or left.lower().endswith(FORMS)
    return lands or both_bodies(left, right)


FORMS = ("inc", "inc.", " ltd", " ltd.", " corp", " corp.", " plc")


PLACE = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
PLACES = re.compile(r"[^,]+(?:, (?!D\.?C)[A-ZÀ-Þ][^,]*)+")  # "Foo, Bar County", but "Washington, D.C."


def places_within(text: str, span: Span) -> Sequence[Span]:
    """The places that commas part in a name, "Foo, Bar County", but for a dateline's."""
    if text[span[0] - 1 : span[0]] in ("", "\n"):
        return [span]
    return [m.span() for m in PLACE.finditer(text, *span)] if PLACES.fullmatch(text, *span) else [span]


def is_land(words: str) -> bool:
    """Whether a name is a country's, a state's or a seat of government."""
    return words in countries.places() or words in countries.states()


def both_bodies(left: str, right: str) -> bool:
    """Whether the words on either side of "and" are organisations by themselves."""
    right = right.removeprefix("the ")
    return all(is_organisation(w) or acronyms.body(w) is not None for w in (left, right))


def unbracketed(text: str, span: Span) -> Iterator[Span]:
    """The parts of a stretch between brackets and line ends."""
    for part in BETWEEN_BRACKETS.finditer(text, *span):
        yield part.span()


OWNING = "'’"
SEAM = re.compile(r"[’']s?\s+(?=[A-Z])|\s+and\s+(?=[A-Z]|the [A-Z])|,\s+(?=[A-Z])")
BETWEEN_BRACKETS = re.compile(r"[^\s()](?:[^()\n]*[^\s()])?")


def stripped(text: str, span: Span, kind: EntityType) -> Span | None:
    """A name without titles, articles and possessive; None where nothing capitalised is left."""
    start, end = span
    if kind == "person":
        nation = NATION.match(text, start, end)
        start = nation.end() if nation else start
        title = titles().match(text, start, end)
        start = title.end() if title and title.end() < end else start
        start += behind_role(text[start:end])
        home = HOME.match(text, start, end)
        end = home.end(1) if home else end
    while (first := FIRST.match(text, start, end)) and outside(first.group(1)):
        start = first.end()
    while (tail_word := LAST_LOWER.search(text, start, end)) and tail_word.start() > start:
        end = tail_word.start()
    for tail in ("'s", "’s", "'", "’"):
        if text[start:end].endswith(tail):
            end -= len(tail)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    words = text[start:end]
    last = words.split()[-1].lower() if words else ""
    if last == words.lower() and outside(words):
        return None
    bare_title = titles().fullmatch(words + " ") or (kind == "person" and last in lexicon("speakers")["roles"]["words"])
    return (
        (start, end)
        if any(c.isupper() for c in words) and not bare_title and words not in countries.demonyms()
        else None
    )


def behind_role(words: str) -> int:
    """Where a person's name begins behind the role that was tagged with it: "Harbour Minister Ann Bar"."""
    roles = lexicon("speakers")["roles"]["words"]
    found = [m.end() for m in FIRST.finditer(words) if m[1].lower() in roles]
    return found[-1] if found and words.split()[0].lower() not in first_names() else 0


HOME = re.compile(r"((?:[A-ZÀ-Þ][\w.’'-]*\s+)+[A-ZÀ-Þ][\w’'-]+)\s+(?:of|from|for)\s")  # "Ann Bar of the Foo Party"
AT_HOME = re.compile(r"\s+(?:of|from|for)\s+(?:the\s+)?(\S.*)")


def is_home(words: str) -> bool:
    """Whether what a person is "of" is a body: an acronym, or an organisation by its words."""
    return (
        is_organisation(words)
        or acronyms.body(words) is not None
        or (words.isupper() and words.isalpha() and 2 < len(words) < 7)
    )


PLACE_END = re.compile(
    r"\s(?:Center|Centre|Airport|Street|Island|River|Lake|Park|Stadium|Hall|Tower|Bridge|Hospital|School)$"
)
OWNED = re.compile(r"(?<=s)[’'] ([A-Z]\w+)")
FIRST = re.compile(r"([\w’'-]+)\s+(?=\S)")
PARTICLES = {"de", "la", "le", "al", "el", "bin", "ibn", "van", "von", "der", "den", "du", "di", "da", "del", "dos", "ten", "ter", "af", "av", "ben", "abu"}  # fmt: skip


@cache
def first_names() -> frozenset[str]:
    """Known first names, lower case."""
    table = lexicon("speakers")["gender"]
    return frozenset((*table["male"], *table["female"]))


FULL_NAME = re.compile(
    r"(?<![\w.’'-])(?=([A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ]?[a-zà-ÿ]+)?)((?: [A-ZÀ-Þ]\.)?(?: [A-ZÀ-Þ][a-zà-ÿ][\w-]*){1,2})(?![\w-])(?! [A-ZÀ-Þ]))"
)
SYLLABLES = re.compile(  # "Tan Wei-ling", "Park Jae-in"
    r"(?<![\w.’'-])([A-Z][a-z]{1,5}) [A-Z][a-z]{1,5}-(?!(?:on|up|run|man|men|out|top|in|up|a|by|to|pro|per|sum|fun|gun|win|sun|ton|son|non|pop|hop|lot|hit|cup|cut|set)\b)"
    r"[bcdfghjklmnpqrstwxyz]{0,3}[aeiouy]{1,3}(?:ng|[nkptmlh])?\b(?!-)"
)
NO_FIRST_NAMES = {"will", "mark", "rose", "grace", "victoria", "charlotte", "florence", "sofia", "virginia", "carolina", "bill", "frank", "guy", "max",
                  "sue", "penny", "chuck", "don", "drew", "camilla", "adelaide", "alexandria", "sierra", "dakota", "paris", "christian", "laurel"}  # fmt: skip


def is_full_name(words: str) -> bool:
    """Whether a name of several words begins with a known first name and does not end like another thing's."""
    first = words.split()[0].lower() if " " in words else ""
    ends = is_organisation(words) or PLACE_END.search(words)
    return first in first_names() and first not in NO_FIRST_NAMES and not ends


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


def outside(word: str) -> bool:
    """Whether a word at a name's start is none of it: lower case and no particle, or a small word with a capital."""
    lower = word.lower()
    if word.islower():
        return word not in PARTICLES
    return lower in STARTERS and not (word.isupper() and len(word) > 1)


STARTERS = {"hey", "currently", "recently", "finally", "reportedly", "allegedly", "previously", "similarly", "initially", "meanwhile", "the", "a", "an", "he", "she", "it", "we", "they", "i", "it's", "it’s", "his", "her", "its", "their", "our", "this", "that", "these", "those", "and", "but", "as", "when", "while", "if", "in", "on", "at", "for", "of", "to", "from", "with", "by", "after", "before", "although", "since", "because", "though", "what", "who", "how", "why", "there", "here", "mr", "mrs", "ms"}  # fmt: skip


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


def is_body(words: str) -> bool:
    """The same, of words that are no campaign, congress or the like either: what the network takes for an event or a work."""
    folded = words.lower().split()
    return (
        is_organisation(words) and (VAGUE | {"party", "congress", "ministry"}).isdisjoint((folded[0], folded[-1]))
    ) or (folded[:2] == ["ministry", "of"])


def is_outlet(text: str, span: Span) -> bool:
    """Whether a name is a publisher's, by itself or by the words around it."""
    table = lexicon("speakers")["outlet"]
    words = text[slice(*span)].lower()
    if words.removeprefix("the ") in table["names"] or words in table["names"] or words in table["platforms"]:
        return True
    if words.endswith(suffixes()[0]) or BROADCASTER.search(words):
        return True
    return bool(
        OUTLET_BEFORE.search(text[max(0, span[0] - 30) : span[0]]) or OUTLET_AFTER.match(text[span[1] : span[1] + 50])
    )


COMMON = (
    "x",
    "time",
    "nature",
    "science",
    "dawn",
    "star",
    "post",
    "threads",
    "press",
    "today",
    "standard",
    "express",
    "review",
    "mail",
    "monitor",
    "mirror",
    "sun",
)
CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w&.’'-]*(?: (?:of |and |the )?[A-ZÀ-Þ][\w&.-]*){0,5}")


@cache
def outlet_names() -> frozenset[str]:
    """The names of publishers and platforms, lower case, but for those that are common words."""
    table = lexicon("speakers")["outlet"]
    return frozenset((*table["names"], *table["platforms"])) - frozenset(COMMON)


@cache
def suffixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words, each behind a blank, that publishers' names end with, and those of them that are no common words."""
    words = lexicon("speakers")["outlet"]["suffixes"]
    return tuple(" " + x for x in words), tuple(" " + x for x in words if x not in COMMON)


def known_outlets(text: str) -> Iterator[Span]:
    """Capitalised words that a publisher's or platform's name is known by, which the network may have passed over."""
    known, (ends, sure) = outlet_names(), suffixes()
    for m in CAPITALISED.finditer(text):
        start = m.start() + 4 * m.group().startswith("The ")
        words = text[start : m.end()].lower()
        if words in known or (
            words.endswith(ends) and (words.endswith(sure) or TOLD.search(text, max(0, m.start() - 30), start))
        ):
            yield start, m.end()
    yield from presses.find(text)


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


SMALL = {"and", "but", "as", "when", "while", "if", "on", "in", "at", "for", "after", "before", "although", "since", "that", "this", "what", "how", "why", "with", "then", "yet", "so", "because", "though", "where", "even", "like", "unlike", "later", "meanwhile", "however", "today", "yesterday", "both", "only", "now", "still", "asked", "former", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december"}  # fmt: skip


STATE = re.compile(  # "the government of Quarrin", "Quarrin's interior minister": what nobody's surname stands in, but for a leader's
    r"\b(?:government|parliament|republic|kingdom|borders?) of ([A-Z]\w+)\b(?! [A-Z])"
    r"|\b([A-Z]\w+)['’]s (?:(?i:interior|foreign|defen[cs]e|finance|health) minist(?:er|ry)|parliament|borders?|capital)\b"
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
    states = {m[1] or m[2] for m in STATE.finditer(text)}
    out = [Name(m.span(1), "outlet") for m in QUOTED_NAME.finditer(text)]
    homes: list[Name] = []
    for span, _ in found:
        scores = votes[text[slice(*span)]]
        kind = TYPES[int(scores.argmax())]
        clean = stripped(text, span, kind or "person")
        words = text[slice(*clean)] if clean else ""
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


def with_bodies(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with the organisations that brackets introduce with their acronym, and with those known the world over."""
    out = list(names)
    briefs = set()
    for full, brief in acronyms.introduced(text):
        words, clash, mark = text[slice(*full)], clashing(out, full), clashing(out, brief)
        kinds = {n.type for n in out[clash]}
        if is_organisation(words) or "organisation" in kinds | {n.type for n in out[mark]}:
            kinds = {"organisation"}
        role = words.split()[0].lower() in lexicon("speakers")["roles"]["words"]  # "Member of the Foo Parliament (MFP)"
        if len(kinds) == 1 and not role and all(full[0] <= n.span[0] and n.span[1] <= full[1] for n in out[clash]):
            out[clash] = [Name(full, *kinds)]
            out[clashing(out, brief)] = [Name(brief, *kinds)]
            briefs.add(text[slice(*brief)])
    for m in acronyms.known(text):
        clash = clashing(out, m.span())
        inside = all(m.start() <= n.span[0] and n.span[1] <= m.end() for n in out[clash])
        if inside and m.group() not in briefs and not any(n.type == "outlet" for n in out[clash]):
            out[clash] = [Name(m.span(), "outlet" if is_outlet(text, m.span()) else "organisation")]
    return with_organisations(text, out)


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


@cache
def organisation_pattern() -> re.Pattern[str]:
    """Capitalised words that end as an organisation's name does."""
    ends = "|".join(w.capitalize() for w in sorted(organisation_words()[0] - VAGUE) if w.isalpha())
    return re.compile(
        rf"(?<![\w.’'-])(?<!\d )(?:[A-ZÀ-Þ][\w-]*(?:[’']s?)? ){{1,5}}(?:{ends})\b(?! [A-Z]| of [A-Z]| for [A-Z]| (?:[a-z]+ )?(?:elect|primar))"
    )


def with_organisations(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with the organisations that say what they are where the network passed over them."""
    out = list(names)
    for m in organisation_pattern().finditer(text):
        span = stripped(text, m.span(), "organisation")
        if not span or headline_like(text, span):
            continue
        clash = clashing(out, span)
        if not out[clash] and is_organisation(text[slice(*span)]):
            out[clash] = [Name(span, "organisation")]
    return out


def headline_like(text: str, span: Span) -> bool:
    """Whether most words of the line around are capitalised."""
    start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    words = text[start : end if end >= 0 else len(text)].split()[:20]
    return sum(w[0].isupper() for w in words) > 0.6 * len(words)


@cache
def country_pattern() -> re.Pattern[str]:
    """The names of whole countries but for abbreviations; not beside other capitals, nor in the name of an election."""
    words = sorted((n for n in countries.names() if len(n) > 4), key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?<!\d )(?:"
        + "|".join(map(re.escape, words))
        + r")(?![\w-]| [A-Z]| (?:[a-z]+ )?(?:elect|referend|primar))"
    )


@cache
def first_words() -> frozenset[str]:
    """The words that names of countries begin with."""
    return frozenset(m[0] for n in countries.names() if (m := words_at.RUN.match(n)))


TOWN = re.compile(
    r"([A-ZÀ-Þ](?:(?<=\bin .)|(?<=\bnear .)|(?<=\bfrom .)|(?<=\bof .)|(?<=\boutside .)|(?<=\bto .)|(?<=\bat .)|(?<=\bthrough .))"
    r"[a-zà-ÿ]+[ -]?(?:[A-ZÀ-Þ][a-zà-ÿ]+[ -]?){0,2}(?<=\w)), ([A-Z][\w.]+(?: [A-Z][\w.]+){0,2})(?=[^\w’'-])"
)


def with_towns(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with the towns that stand before the state or country they lie in: "Foo, Ohio"."""
    out = list(names)
    for m in TOWN.finditer(text):
        clash = clashing(out, m.span(1))
        first = m[1].split()[0].lower()
        land = is_land(m[2]) or any(e.kind == "region" for e in gazetteer.look_up(m[2]))
        if land and not out[clash] and first not in STARTERS | SMALL and m[1] not in countries.demonyms():
            out[clash] = [Name(m.span(1), "place")]
    return out


def with_countries(text: str, names: Sequence[Name], tagged: Sequence[Span]) -> list[Name]:
    """The names with the countries that the network passed over or found in part. `tagged`: what it tagged, events too."""
    tagged = sorted(tagged)
    starts = [s for s, _ in tagged]
    out = list(names)
    for m in words_at.matches(text, country_pattern(), words_at.places(text), first_words()):
        start, end = m.span()
        near = tagged[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]
        clash = clashing(out, m.span())
        if all(start <= s and e <= end for s, e in (*near, *(n.span for n in out[clash])) if start < e):
            out[clash] = [Name(m.span(), "place")]
    return out


def joined(text: str, names: Sequence[Name]) -> list[Name]:
    """The names with those made one that are halves of an organisation's name around "and"."""
    out: list[Name] = []
    for name in names:
        if (
            out
            and out[-1].type == name.type == "organisation"
            and text[out[-1].span[1] : name.span[0]] == " and "
            and is_organisation(text[slice(*name.span)])
            and " " in (first := text[slice(*out[-1].span)])
            and organisation_words()[0].isdisjoint(first.lower().split()[1:])
        ):
            out[-1] = Name((out[-1].span[0], name.span[1]), name.type)
        else:
            out.append(name)
    return out
