"""Who takes part in events: the names and groups of people before and behind a trigger."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.model import Entity, EntityType
from onrecord.read import countries
from onrecord.read.certainty_words import listed, modals
from onrecord.read.events_triggers import (
    LETTERS,
    NEAR,
    PREPOSITION,
    PRONOUN,
    PUNCTUATION,
    TIME,
    Hit,
    Sentence,
    is_adverb,
    is_people,
    listing,
    split,
    triggers,
)
from onrecord.text import Span

SUBJECT = 45  # how many words before a verb its subject is looked for
OBJECT = 30  # how many words behind a verb its object is looked for
LONGEST = 9  # how many words the description of a group has
DETERMINER = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "some", "several", "many", "most", "all", "both", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "more", "than", "up", "nearly", "about", "least", "at", "hundreds", "thousands", "dozens", "tens", "scores", "of"})  # fmt: skip
NOBODY = frozenset({"nobody", "none", "nothing", "something", "everything", "there", "what", "that", "this", "another", "most", "more", "few", "many", "some", "all", "both", "fire", "police", "rain", "parliament", "government", "instead", "then", "so", "yet", "no", "not"})  # fmt: skip
NOT_INSIDE = frozenset({"the", "a", "an", "whether", "if", "than", "as"})  # no description goes on behind one
# What a clause ends before, behind a comma.
ASIDE = frozenset({"despite", "after", "as", "while", "when", "because", "since"})
CROWDS = frozenset({"hundreds", "thousands", "dozens", "scores", "many", "others", "millions"})
HIM = frozenset({"him", "her", "them"})
JOINING = frozenset({"and", "or", "'s", "that", "who", "which", "to"})
OPENING = frozenset(':;"“‘[(.!?')


class Cast:
    """Who is named in an article, and who has been added as a group."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        self.text = text
        self.mentions = sorted((m, n) for n, e in enumerate(entities) for m in e.mentions)
        self.starts = [m[0] for m, _ in self.mentions]
        self.entities = list(entities)
        self.mentions_of = [set(e.mentions) for e in entities]
        self.by_name = {e.name.casefold(): n for n, e in enumerate(entities)}
        self.given = len(entities)
        self.lower: frozenset[str] | None = None

    def ordinary(self) -> frozenset[str]:
        """The words that the text has in lower case."""
        if self.lower is None:
            self.lower = frozenset(LETTERS.findall(self.text))
        return self.lower

    def within(self, span: Span) -> list[tuple[Span, int]]:
        """The mentions inside a span, in order."""
        k = bisect_left(self.starts, span[0])
        out = []
        while k < len(self.mentions) and self.starts[k] < span[1]:
            if self.mentions[k][0][1] <= span[1]:
                out.append(self.mentions[k])
            k += 1
        return out

    def covers(self, span: Span) -> bool:
        """Whether a mention begins before a span and ends behind it."""
        k = bisect_left(self.starts, span[0])
        return any(m[0] < span[0] and m[1] > span[1] for m, _ in self.mentions[max(0, k - 3) : k])

    def group(self, span: Span) -> int:
        """The entity of a description, made where there is none."""
        name = " ".join(self.text[slice(*span)].split())
        name = re.sub(r"^(?:the|a|an|some|its|their|his|her)\s+", "", name, flags=re.I)
        at = self.by_name.get(name.casefold())
        if at is None:
            at = len(self.entities)
            plain = countries.places().get(name)
            type_: EntityType = "place" if plain else "group"
            self.entities.append(
                Entity(id=f"e{at + 1}", name=name, type=type_, country=countries.first_in(name), mentions=())
            )
            self.mentions_of.append(set())
            self.by_name[name.casefold()] = at
        self.mentions_of[at].add(span)
        return at


def phrase_stop(s: Sentence, low: int, stop: int) -> int:
    """Where a phrase without prepositions ends."""
    end = low
    while end < min(stop, low + LONGEST):
        w = s.lows[end]
        if w in PUNCTUATION or w in PREPOSITION or w in JOINING or w in listed("auxiliary") or w in modals():
            break
        if w in TIME and s.words[end].text[:1].isupper():
            break
        end += 1
    return end


def noun_phrases(cast: Cast, s: Sentence, low: int, stop: int, several: bool) -> list[int]:
    """The entities of the first actor-like phrase between two words; of all that "and" or a comma joins where `several`."""
    found: list[int] = []
    k = low
    while k < stop:
        while k < stop and (s.lows[k] in DETERMINER or s.lows[k].replace(",", "").isdigit()):
            k += 1
        end = phrase_stop(s, k, stop)
        if end == k:
            if found:
                break
            k += 1
            continue
        while end < stop and s.lows[end] == "'s" and cast.covers(s.words[end].span):
            end = phrase_stop(s, end + 1, stop)  # "the People's Party"
        one = phrase(cast, s, k, end)
        if one is None:
            if found:
                break
            k = end + 1
            continue
        if end < stop and s.lows[end] == "'s" and (other := relation_of(cast, s, end, stop)):
            end, one = other
        elif end < stop and s.lows[end] == "of" and not cast.entities[one].mentions:
            end, one = whole(cast, s, k, end, stop, one)
        end, one = apposed(cast, s, end, stop, one)
        if one not in found:
            found.append(one)
        if (
            not several
            or end >= stop
            or s.lows[end] not in ("and", ",", "or")
            or (s.lows[end] == "," and "and" not in s.lows[end : min(stop, end + 8)])
        ):
            break
        k = end + 1
    return found


def relation_of(cast: Cast, s: Sentence, end: int, stop: int) -> tuple[int, int] | None:
    """Who is told of as somebody's, "Orlo's deputy", "Orlo's predecessor, Lorna Petty", and where that ends; it is not Orlo."""
    last = next((k for k in range(end + 1, min(stop, end + 5)) if s.words[k].text in listing("relations")), -1)
    if last < 0 or any(s.lows[k] in PUNCTUATION or s.lows[k] in PREPOSITION for k in range(end + 1, last)):
        return None
    named = cast.within((s.words[last].span[1], s.words[min(stop, last + 4) - 1].span[1]))
    if named and cast.entities[named[0][1]].type == "person" and named[0][0][0] - s.words[last].span[1] <= 2:
        ends = next(k for k in range(last + 1, stop) if s.words[k].span[1] >= named[0][0][1])
        return ends + 1, named[0][1]
    return last + 1, cast.group((s.words[end + 1].span[0], s.words[last].span[1]))


def apposed(cast: Cast, s: Sentence, end: int, stop: int, one: int) -> tuple[int, int]:
    """The person whose name stands behind a description and a comma, "the mayor of Brod, Ana Brisk", and where it ends."""
    if end + 1 >= stop or s.lows[end] != ",":
        return end, one
    start = s.words[end + 1].span[0]
    named = [(m, n) for m, n in cast.within((start, s.words[stop - 1].span[1])) if m[0] == start]
    owned = cast.entities[one].type == "person" and s.words[end - 1].text.islower()
    described = owned or (one >= cast.given and not cast.entities[one].country)
    if not named or cast.entities[named[0][1]].type != "person" or not described:
        return end, one
    last = next(k for k in range(end + 1, stop) if s.words[k].span[1] >= named[0][0][1])
    return last + 1, named[0][1]


def whole(cast: Cast, s: Sentence, low: int, end: int, stop: int, one: int) -> tuple[int, int]:
    """ "leaders of the Sarnian coalition": a description with what "of" adds, and where it ends."""
    k = end + 1
    while k < stop and s.lows[k] in DETERMINER:
        k += 1
    last = k
    while (
        last < stop
        and last - k < 5
        and (s.words[last].text[:1].isupper() or is_people(s.words[last]) or s.words[last].text in countries.demonyms())
    ):
        last += 1
    if last == k:
        return end, one
    if s.words[end - 1].text in listing("relations"):
        return last, one  # "the spokesman of Orlo"
    return last, cast.group((s.words[low].span[0], s.words[last - 1].span[1]))


def is_name(s: Sentence, k: int) -> bool:
    """Whether a word within a sentence is capital as names are."""
    w = s.words[k]
    opens = s.lows[k - 1] in OPENING
    return (
        w.text[:1].isupper()
        and len(w.text) > 1
        and not opens
        and w.low not in TIME
        and w.low not in PRONOUN
        and not is_adverb(w.low)
    )


def capitalised(cast: Cast, s: Sentence, low: int, stop: int) -> int | None:
    """A name that nobody knows: capitals within a sentence."""
    if low == 0 and stop == 1:  # "Sarnia banned …"; not "Nobody banned …", nor a word that is elsewhere in lower case
        alone = (
            len(s.lows) > 1
            and s.lows[1] not in PREPOSITION
            and s.lows[1] not in PUNCTUATION
            and s.words[0].text.isalpha()
            and not s.lows[0].endswith(("s", "ly"))
            and s.lows[0] not in cast.ordinary()
        )
        return cast.group(s.words[0].span) if alone and s.lows[0] not in PRONOUN and s.lows[0] not in NOBODY else None
    k = next((k for k in range(max(1, low), stop) if is_name(s, k)), stop)
    end = k
    while end < stop and s.words[end].text[:1].isupper():
        end += 1
    return cast.group((s.words[k].span[0], s.words[end - 1].span[1])) if end > k else None


def phrase(cast: Cast, s: Sentence, low: int, stop: int) -> int | None:
    """The entity of one phrase without prepositions: a name, or a description of people; None where it is neither."""
    inside = cast.within((s.words[low].span[0], s.words[stop - 1].span[1]))
    named = [(m, n) for m, n in inside if cast.text[m[1] : m[1] + 1] != "$"]  # money
    if people := [n for _, n in named if cast.entities[n].type == "person"]:
        return people[-1]
    heads = [k for k in range(low, stop) if is_people(s.words[k])]
    if (
        not heads
        and not named
        and stop < len(s.lows)
        and s.lows[stop] == "of"
        and s.words[stop - 1].text in listing("relations")
    ):
        heads = [stop - 1]  # "the spokesman of Orlo"
    if named:
        mention, n = named[-1]
        rest = [k for k in range(low, stop) if s.words[k].span[0] >= mention[1]]
        adjective = cast.text[slice(*mention)] in countries.demonyms()
        if not (rest and (adjective or s.lows[rest[0]] in listing("people") or any(k in heads for k in rest))):
            return n
        heads = [k for k in heads if k >= rest[0]] or (
            [rest[0]] if s.lows[rest[0]] not in triggers() else [rest[0] - 1]
        )
    if not heads:
        return capitalised(cast, s, low, stop)
    last = heads[-1]
    if (
        s.words[last].text in countries.demonyms()
        and last + 1 < stop
        and s.lows[last + 1] not in triggers()
        and not is_adverb(s.lows[last + 1])
        and s.words[last + 1].text.isalpha()
        and s.words[last + 1].text.islower()
        and not s.lows[last + 1].endswith("ed")
    ):
        last += 1
    first = max(low, last - 5)
    first = next((k + 1 for k in range(last - 1, first, -1) if s.lows[k] in NOT_INSIDE), first)
    while s.words[last].text[:1].isupper() and last + 1 < stop and s.words[last + 1].text[:1].isupper():
        last += 1  # "Chancellor Orlo", whom the names have not
    return cast.group((s.words[first].span[0], s.words[last].span[1]))


def subject(cast: Cast, s: Sentence, low: int, group: int) -> list[int]:
    """Who stands before a verb group, within a clause."""
    begin = max(low, group - SUBJECT)
    for k in range(group - 1, begin - 1, -1):  # behind the last word of saying or "that"
        if s.lows[k] in listing("said") or s.lows[k] == "that":
            rest = [w for w in s.lows[k + 1 : group] if w not in TIME and w not in PREPOSITION and w not in PUNCTUATION]
            if rest and rest[0] not in PRONOUN and rest[0] not in ("its", "their", "his", "her"):
                begin = k + 1
                break
            return subject(cast, s, low, k)
    while begin < group and (s.lows[begin] in PUNCTUATION or s.lows[begin] in ("and", "but", "while")):
        begin += 1
    if begin < group and (s.lows[begin] in PREPOSITION or s.lows[begin] in TIME):
        comma = next((k for k in range(begin, group) if s.lows[k] == ","), -1)
        if comma >= 0 and comma < group - 1:
            begin = comma + 1
    found = noun_phrases(cast, s, begin, group, True)
    if not found and group > begin and s.lows[group - 1] in CROWDS:
        return [cast.group(s.words[group - 1].span)]  # "Thousands rallied"
    return found


def antecedent(cast: Cast, s: Sentence, low: int, group: int, last: Span | None) -> list[int]:
    """Whom a pronoun before a verb looks back at: who opens the sentence, else the sentence before."""
    said = next((w for w in reversed(s.lows[max(low, group - 4) : group]) if w in ("he", "she", "it", "they")), "")
    if not said:
        return []
    for where, stop in ((s, min(low, OBJECT)), (split(cast.text, last) if last else None, OBJECT)):
        found = noun_phrases(cast, where, 0, min(stop, len(where.words)), said == "they") if where else []
        if found and (said == "they" or is_person(cast.entities[found[0]]) in (None, said != "it")):
            return found
    return []


def is_person(e: Entity) -> bool | None:
    """Whether somebody is a person; None where a lone name without an office may be a country's as well."""
    return None if e.type == "person" and not e.role and " " not in e.name else e.type == "person"


def object_end(s: Sentence, start: int, limit: int) -> int:
    """Where what a verb is about ends at the latest: before "according to", and behind a comma before "forcing" or "despite"."""
    for k in range(start, limit):
        if s.lows[k] == "according":
            return k
        aside = k > start and s.lows[k - 1] == "," and (s.lows[k] in ASIDE or s.lows[k].endswith("ing"))
        if aside and s.words[k].text.islower():
            return k
    return limit


def behind(cast: Cast, s: Sentence, hit: Hit, stop: int, actors: Sequence[int]) -> list[int]:
    """Whom a verb is about: the first actor-like phrase behind it that is not the actor.

    A protest's whereabouts and a mobilization's own troops are passed over.
    """
    if (him := pronoun(cast, s, hit)) is not None and him not in actors:
        return [him]
    if hit.trigger.rest and hit.end - hit.at > len(hit.trigger.rest) + 1:  # "took Orla Vance into custody"
        inside = noun_phrases(cast, s, hit.at + 1, hit.end, True) if hit.trigger.rest[-1] not in PREPOSITION else []
        found = [n for n in inside if n not in actors and n < cast.given]
        if found:
            return found
    limit, start = object_end(s, hit.end, min(stop, hit.end + OBJECT)), hit.end
    if hit.trigger.type == "PROTEST" and s.lows[start - 1] in PREPOSITION:
        start -= 1  # "marched through"
    if hit.trigger.type == "MOBILIZE":
        start = next(
            (k + 1 for k in range(start, limit) if s.lows[k] in ("against", "to", "in", "near", "on", "along", "with")),
            limit,
        )
    while start < limit:
        end = limit
        if hit.trigger.type == "PROTEST":
            while start < limit and s.lows[start] in ("in", "at", "near", "outside", "through", "on", "across"):
                start = next(
                    (k for k in range(start + 1, limit) if s.lows[k] in PREPOSITION or s.lows[k] in (",", "to")), limit
                )
            end = next(
                (k for k in range(start + 1, limit) if s.lows[k] in ("in", "at", "near", "outside", "through", "on")),
                limit,
            )
        found = [n for n in noun_phrases(cast, s, start, end, True) if n not in actors]
        if hit.trigger.type == "MOBILIZE":
            found = [n for n in found if cast.entities[n].type != "group" or cast.entities[n].country]
        if found:
            return found
        if end == limit:
            break
        start = end
    return []


def pronoun(cast: Cast, s: Sentence, hit: Hit) -> int | None:
    """Whom "him", "her" or "them" right behind a verb or within its phrase looks back at: "arrested him", "let her go"; not "arrested her brother"."""
    for k in range(hit.at + 1, min(len(s.lows), hit.end + 1)):
        if s.lows[k] in HIM and (k < hit.end or is_alone(s, k)):
            return next((n for m, n in cast.within(s.words[k].span) if m == s.words[k].span), None)
    return None


def is_alone(s: Sentence, k: int) -> bool:
    """Whether a pronoun is no owner: nothing that may be a noun's follows."""
    after = s.lows[k + 1] if k + 1 < len(s.lows) else "."
    return (
        s.lows[k] != "her"
        or after in PUNCTUATION
        or after in PREPOSITION
        or after in TIME
        or after in JOINING
        or after in ASIDE
        or is_adverb(after)
        or after in ("go", "free", "without")
    )


def by_phrase(cast: Cast, s: Sentence, end: int, stop: int) -> tuple[list[int], int]:
    """Who is named behind "by", and where that stands."""
    for k in range(end, min(stop, end + NEAR)):
        if s.lows[k] == "by":
            return noun_phrases(cast, s, k + 1, min(stop, k + 1 + LONGEST), True), k
    return [], stop
