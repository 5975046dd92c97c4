"""Deeds that the reader keeps under another word, for who waits for them.

Of a clause the reader takes its first verb, and what that governs is no event of its own. Here it is one: 1. what a verb governs, "refused to release him", "voted to
strike", and verbs behind the first; 2. what a noun names, "the arrest of Orla Vance was confirmed", "called off their strike", "Palvia's closure of the border"
(`lexicon/indicators.toml`, `[[nominal]]`). Whether they took place, the words around them say: `certainty.factuality`, the verb behind a noun, and what the noun hangs on
("a warrant for the arrest of").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from onrecord.knowledge import Resolved
from onrecord.model import Attribution, Entity, Event, EventStatus, Reading
from onrecord.read.certainty import factuality
from onrecord.read.certainty_groups import plain
from onrecord.read.certainty_words import governors, is_noun, listed, modals
from onrecord.read.events import dateless, parties, status_of
from onrecord.read.events_cast import DETERMINER, Cast, by_phrase, noun_phrases
from onrecord.read.events_triggers import (
    BE,
    LETTERS,
    OWNERS,
    PREPOSITION,
    PUNCTUATION,
    TIME,
    Hit,
    Sentence,
    Trigger,
    clauses,
    fits,
    hits,
    listing,
    pasts,
    phrase_end,
    split,
    triggers,
)
from onrecord.read.manner import inflections, lexicon
from onrecord.read.numbers import either
from onrecord.read.sentences import sentences
from onrecord.text import Span, covers, overlap
from onrecord.watch.indicator import EventTest
from onrecord.watch.weigh import decreed

ANNOUNCED = ("AGREE", "THREATEN")  # what PLOVER calls help and force that are announced
UNREAL = frozenset({"would", "could", "might", "may"})
LEAD = 6  # how many words before a noun what it hangs on, and whose it is, is looked for
OBJECT = 25  # how many characters behind a verb of its own a noun is its object
PREDICATE = 14  # how many words behind a noun its verb is looked for


@cache
def waved_off() -> re.Pattern[str]:
    """What somebody brushes off before the deed that is asked of him: "brushed off calls to resign"."""
    return re.compile(
        rf"\b(?:{either(verbs('waved_off'))})\b[^.;,]{{0,30}}\b(?:calls?|demands?|appeals?|pressure|pleas?|requests?|urgings)\s+(?:[\w’'-]+\s+){{0,4}}to\s+$",
        re.I,
    )


class Deed(NamedTuple):
    """An event under another word: its label is that of the event that holds it, or "" for none; `told` is the word that says whether it took place."""

    event: Event
    told: Span


class Nominal(NamedTuple):
    """A noun that names a deed: the words that follow it, its type and mode, whom "of" names, and the prepositions before whom it is done to."""

    rest: tuple[str, ...]
    type: str
    mode: str | None
    of: str
    behind: tuple[str, ...]


@cache
def nominals() -> dict[str, list[Nominal]]:
    """The nouns that name deeds, singular and plural, by their first word."""
    table: dict[str, list[Nominal]] = {}
    for entry in lexicon("indicators")["nominal"]:
        for noun in entry["nouns"]:
            first, *rest = noun.split()
            made = Nominal(tuple(rest), entry["type"], entry.get("mode"), entry["of"], tuple(entry.get("behind", ())))
            forms = {first} | ({f for f in inflections(first, {}) if f.endswith("s")} if not rest else set())
            for form in forms:
                table.setdefault(form, []).append(made)
    return table


@lru_cache(maxsize=256)
def openings(types: tuple[str, ...], mode: str | None) -> frozenset[str]:
    """The words that a deed of these types may begin with."""
    table: list[tuple[str, Sequence[Any]]] = [*triggers().items(), *nominals().items()]
    return frozenset(w for w, found in table if any(is_asked(types, mode, t) for t in found))


def is_asked(types: Sequence[str], mode: str | None, t: Any) -> bool:
    """Whether a trigger is of the types and the mode that are asked for."""
    return t.type in types and mode in (None, t.mode)


@lru_cache(maxsize=8)
def words(text: str) -> frozenset[str]:
    """The words of a text, folded."""
    return frozenset(LETTERS.findall(text.lower()))


@lru_cache(maxsize=8)
def spans(text: str) -> tuple[Span, ...]:
    """The sentences of a text."""
    return tuple(sentences(text))


def find(test: EventTest, resolved: Resolved) -> tuple[Resolved, list[Deed]]:
    """The deeds of a reading under other words, of the types that are asked for, and the reading with those who take part in them."""
    reading = resolved.reading
    text, asked = reading.article.text, openings(test.types, test.mode)
    if asked.isdisjoint(words(text)):
        return resolved, []
    cast = Cast(text, reading.entities)
    found: list[Deed] = []
    last: Span | None = None
    for span in spans(text):
        before, last = last, span
        if not asked.isdisjoint(LETTERS.findall(text[slice(*span)].lower())):
            found += told_in(test, reading, cast, span, before)
    entities = tuple(with_mentions(cast, n) for n in range(len(cast.entities)))
    return (replace(resolved, reading=replace(reading, entities=entities)) if found else resolved), found


def with_mentions(cast: Cast, n: int) -> Entity:
    """Somebody of the cast with all his mentions."""
    e = cast.entities[n]
    return e if n < cast.given else replace(e, mentions=tuple(sorted(cast.mentions_of[n])))


def told_in(test: EventTest, reading: Reading, cast: Cast, span: Span, last: Span | None) -> Iterator[Deed]:
    """The deeds of a sentence that no event of the reading is anchored at."""
    s = split(cast.text, dateless(cast.text, span))
    taken = [v for v in reading.events if span[0] <= v.anchor[0][0] < span[1]]
    for low, stop, kind, head in clauses(s):
        told = any(is_asked(test.types, test.mode, v) and is_within(s, low, stop, v) for v in taken)
        for hit in (
            () if told else (*hits(s, low, stop), *asked_to(test, s, low, stop))
        ):  # "marched through Brod to protest" is one
            anchor = s.words[hit.at].span[0], s.words[hit.end - 1].span[1]
            trigger = asked_of(test, hit, s)
            if trigger is None or (kind in ("relative", "subordinate") and hit.form != 1):
                continue
            if any(overlap(anchor, a) and v.type in (trigger.type, *ANNOUNCED) for v in taken for a in v.anchor):
                continue
            actors, recipients = parties(cast, s, hit, head, stop, last)
            actors = near_subject(cast, s, hit, actors)
            status = standing_of_verb(cast.text, s, hit, low, stop)
            yield made(reading, cast, trigger, anchor, (actors, recipients), status, s.words[hit.at].span)
        yield from named(test, reading, cast, s, low, stop, head, taken, told)


def asked_to(test: EventTest, s: Sentence, low: int, stop: int) -> Iterator[Hit]:
    """The verbs of what somebody else is asked, ordered or allowed to do, or is to be done: "begged the rebels to release him", "ordered Arle to be evacuated"."""
    for at in range(low + 3, stop):
        start = at - 1 - (s.lows[at - 1] == "be")
        if s.lows[start] != "to" or s.words[at].text[:1].isupper():
            continue
        asked = [k for k in range(max(low, start - LEAD), start - 1) if s.lows[k] in governors()["to"]]
        for t in triggers().get(s.lows[at], ()) if asked else ():
            end = phrase_end(s.lows, at, t.rest)
            passive = s.lows[at - 1] == "be"
            if (
                t.verb
                and 0 < end <= stop
                and is_asked(test.types, test.mode, t)
                and fits(s, t, at, end, low, stop, passive)
            ):
                yield Hit(at, end, t, 1, start, passive, at)
                break


def is_within(s: Sentence, low: int, stop: int, v: Event) -> bool:
    """Whether an event is anchored in a clause."""
    return low < stop and s.words[low].span[0] <= v.anchor[0][0] < s.words[stop - 1].span[1]


def asked_of(test: EventTest, hit: Hit, s: Sentence) -> Trigger | None:
    """The trigger of a verb that is of the type asked for; what is refused by "will not withdraw" is a withdrawal."""
    if not hit.trigger.verb:
        return None
    options = [hit.trigger]
    if hit.trigger.negated:
        options = [
            t
            for t in triggers()[s.lows[hit.at]]
            if t.verb and not t.negated and phrase_end(s.lows, hit.at, t.rest) >= 0
        ]
    return next((t for t in options if is_asked(test.types, test.mode, t)), None)


def standing_of_verb(text: str, s: Sentence, hit: Hit, low: int, stop: int) -> EventStatus:
    """Whether what a verb tells of took place; what is asked for, threatened or offered is open."""
    told = factuality(text, s.words[hit.told].span).certainty
    lead = s.lows[hit.group - 1] if hit.group else ""
    if lead in ("plans", "plan", "intention", "need", "reason", "wish") and s.lows[max(0, hit.group - 2)] == "no":
        return "negated"
    if lead in lexicon("indicators")["unreal"]["nouns"]:  # "brushed off calls to resign"
        off = not set(s.lows[max(0, hit.group - LEAD) : hit.group]).isdisjoint(verbs("waved_off"))
        return "negated" if off else "hypothetical"
    if told in ("Uu", "PS+") and decreed(" ".join(s.lows[max(0, hit.group - LEAD) : hit.group])):
        return "planned"
    if told in ("Uu", "PS+") or (hit.form == 1 and lead in lexicon("indicators")["unreal"]["offers"]):
        return "hypothetical"
    return status_of(text, s, hit, low, stop)


def near_subject(cast: Cast, s: Sentence, hit: Hit, actors: list[int]) -> list[int]:
    """Who does what a verb asks of him: "urged Velm to leave" is of Velm, where the one who urges was taken."""
    if hit.form != 1 or not hit.group or s.lows[hit.group] != "to":
        return actors
    end = s.words[hit.group - 1].span[1]
    near = [n for m, n in cast.within((s.words[max(0, hit.group - 5)].span[0], end)) if m[1] == end]
    return [near[-1]] if near else actors


def made(
    reading: Reading,
    cast: Cast,
    kind: Any,
    anchor: Span,
    parties: tuple[Sequence[int], Sequence[int]],
    status: EventStatus,
    told: Span,
) -> Deed:
    """A deed as an event."""
    holds = [v for v in reading.events if v.anchor[0][0] < anchor[0] and anchor[0] - v.anchor[0][1] < 60]
    inside = [a for a in reading.attributions if covers(a.content, (anchor,)) and not refuses(a)]
    actors, recipients = (tuple(cast.entities[n].id for n in side) for side in parties)
    event = Event(
        id=holds[-1].id if holds and "\n" not in cast.text[holds[-1].anchor[0][1] : anchor[0]] else "",
        type=kind.type,
        mode=kind.mode,
        status=status,
        anchor=(anchor,),
        actors=actors,
        recipients=recipients,
        attribution=min(inside, key=lambda a: a.content[-1][1] - a.content[0][0]).id if inside else None,
    )
    return Deed(event, told)


def refuses(a: Attribution) -> bool:
    """Whether what is read as somebody's intention is only that he refuses to do something: the verb says so itself."""
    return a.act == "intention" and a.negated


def named(
    test: EventTest,
    reading: Reading,
    cast: Cast,
    s: Sentence,
    low: int,
    stop: int,
    head: int,
    taken: Sequence[Event],
    told_already: bool,
) -> Iterator[Deed]:
    """The deeds of a clause that nouns name."""
    same = [v for v in taken if v.type in test.types]
    for at in range(low, stop):
        for kind in nominals().get(s.lows[at], ()):
            end = phrase_end(s.lows, at, kind.rest) if kind.rest else at + 1
            if not is_asked(test.types, test.mode, kind) or not 0 < end <= stop or not names(s, at):
                continue
            anchor = s.words[at].span[0], s.words[end - 1].span[1]
            if any(overlap(anchor, a) for v in same for a in v.anchor):
                continue
            if any(is_within(s, low, stop, v) and 0 <= anchor[0] - v.anchor[0][1] <= OBJECT for v in same):
                continue  # "imposed sanctions" is one
            if told_already and s.lows[end : end + 1] not in ([p] for p in ("of", "by", *kind.behind)):
                continue
            status, told = standing(cast.text, s, low, at, end)
            if status is None:
                continue
            yield made(reading, cast, kind, anchor, sides(cast, s, kind, (low, at, end, stop), head), status, told)
            break


def names(s: Sentence, at: int) -> bool:
    """Whether a word stands as a noun and is no part of a name or another noun: "an air strike"."""
    if at and s.words[at].text[:1].isupper():
        return False
    if at and s.lows[at - 1] in lexicon("indicators")["unreal"]["other"]:
        return False
    before, after = s.lows[at - 1] if at else "", s.lows[at + 1] if at + 1 < len(s.lows) else ""
    if (
        after
        and plain(after)
        and not opens_predicate(s, at + 1)
        and after not in TIME
        and after not in DETERMINER
        and after not in pasts()
        and not after.endswith("ly")
    ):
        return False  # "a rally car"
    return is_noun(s.lows, at) or (s.lows[at].endswith("s") and (before.endswith("ed") or before in pasts()))


def standing(text: str, s: Sentence, low: int, at: int, end: int) -> tuple[EventStatus | None, Span]:
    """Whether what a noun names took place, and the word that says so; None where nobody says anything of it."""
    own = s.words[at].span
    table = lexicon("indicators")["unreal"]
    lead = s.lows[max(low, at - LEAD) : at]
    fact, verb = factuality(text, own), predicate(s, end)
    behind = s.lows[verb] if verb >= 0 else ""
    if behind in verbs("over"):
        return None, own
    if s.lows[at] in ("sanctions", "embargo", "boycott", "blockade", "curfew") and "suspended" in lead:
        return None, own
    if fact.certainty.endswith("-") or (
        behind in verbs("foiled") and not {"not", "n't", "never"} & set(s.lows[end:verb])
    ):
        return "negated", own
    if {"opposed", "opposes", "opposing", "oppose"} & set(lead):
        return "negated", own
    if {"decided", "voted", "ruled"} & set(lead) and "against" in lead:
        return "negated", own
    if not set(lead).isdisjoint(verbs("undone")) or (
        s.lows[at] in table["kept"] and not set(lead).isdisjoint(verbs("broken"))
    ):
        return None, own
    if not set(lead).isdisjoint(table["nouns"]) or not set(lead).isdisjoint(table["before"]):
        return "hypothetical", own
    if fact.certainty in ("Uu", "PS+"):
        return "hypothetical", own
    if verb < 0:
        planned = fact.ahead or (s.lows[end : end + 1] == ["for"] and not set(lead).isdisjoint(verbs("called")))
        return ("planned" if planned else "actual"), own
    told_behind = factuality(text, s.words[verb].span)
    if not UNREAL.isdisjoint(s.lows[end:verb]) and s.lows[verb] not in verbs("took_place"):
        return "hypothetical", own  # "would cost money"
    if told_behind.certainty.endswith("-"):
        return ("negated" if s.lows[verb] in verbs("took_place") else "hypothetical"), s.words[verb].span
    if s.lows[verb] in verbs("took_place"):
        return ("planned" if told_behind.ahead else "actual"), s.words[verb].span
    told = s.words[verb].span if told_behind.certainty in ("Uu", "PS+") else own
    return ("hypothetical" if told_behind.certainty in ("Uu", "PS+") and not told_behind.ahead else "actual"), told


@cache
def verbs(name: str) -> frozenset[str]:
    """All forms of the verbs of a list."""
    table = lexicon("indicators")
    irregular = lexicon("cues")["irregular"] | lexicon("certainty")["irregular"] | table["irregular"]
    return frozenset(f for v in table["unreal"][name] for f in inflections(v, irregular))


def predicate(s: Sentence, end: int) -> int:
    """The main verb of which a noun is the subject, behind its attributes and what stands within commas; -1 for none."""
    k, limit = end, min(len(s.lows), end + PREDICATE)
    while k < limit:
        w = s.lows[k]
        if w == ",":
            closed = next((j for j in range(k + 1, min(len(s.lows), k + PREDICATE)) if s.lows[j] == ","), -1)
            if closed < 0 or not opens_predicate(s, closed + 1):
                return -1
            k, limit = closed, min(len(s.lows), closed + PREDICATE)
        elif w in PUNCTUATION or w in listing("subordinate"):
            return -1
        elif opens_predicate(s, k):
            return main_verb(s, k)
        k += 1
    return -1


def opens_predicate(s: Sentence, k: int) -> bool:
    """Whether a verb group may begin with a word."""
    w = s.lows[k] if k < len(s.lows) else ""
    return w in listed("auxiliary") or w in modals() or w in verbs("took_place") or w in verbs("over")


def main_verb(s: Sentence, k: int) -> int:
    """The verb at the end of a group that begins at a word."""
    passing = listed("auxiliary") | listed("negative") | {"to", "yet", "now", "also", "already"}
    while k < len(s.lows) - 1 and (s.lows[k] in passing or s.lows[k] in modals() or s.lows[k].endswith("ly")):
        k += 1
    return k


def sides(
    cast: Cast, s: Sentence, kind: Nominal, at: tuple[int, int, int, int], head: int
) -> tuple[list[int], list[int]]:
    """Who does what a noun names, and whom it is done to: by its owner, and what stands behind "of", "by" and the like."""
    low, start, end, stop = at
    owner = owner_of(cast, s, low, start)
    reach = min(stop, end + PREDICATE)
    of = phrase_behind(cast, s, end + 1) if s.lows[end : end + 1] == ["of"] else []
    by, _ = by_phrase(cast, s, end, reach)
    on = next((k for k in range(end, reach) if s.lows[k] in kind.behind), -1)
    against = phrase_behind(cast, s, on + 1) if on >= 0 else []
    subject = noun_phrases(cast, s, head, max(head, start - 1), True) if not owner and is_object(s, head, start) else []
    match kind.of:
        case "recipient":
            done_to = [*of, *against] or (owner if not by else [])
            return by or ([o for o in owner if o not in done_to] if of or against else []) or [
                n for n in subject if n not in done_to
            ], done_to
        case "troops":
            return owner or by or of or subject, against
        case "both":
            both = [*owner, *by, *of, *against] or subject
            return [*both, *(n for n in subject if n not in both)], both
    return owner or by or of or subject, [n for n in against if n not in owner]


def phrase_behind(cast: Cast, s: Sentence, start: int) -> list[int]:
    """Who stands right behind a preposition: not whom what stands there is near, and not whose friend he is."""
    end = start
    while end < min(len(s.lows), start + 9) and (s.lows[end] not in PREPOSITION or s.lows[end] == "of"):
        if s.lows[end] in PUNCTUATION or (s.lows[end] == "of" and end > start and s.words[end - 1].text[:1].isupper()):
            break
        end += 1
    return noun_phrases(cast, s, start, end, True)


def is_object(s: Sentence, head: int, at: int) -> bool:
    """Whether a noun may be what a verb before it is about: no preposition leads to it."""
    if not set(s.lows[max(head, at - LEAD) : at]).isdisjoint(lexicon("indicators")["unreal"]["owned_up"]):
        return True  # "claimed responsibility for the bombing"
    k = at - 1
    while (
        k > head
        and s.lows[k] != "of"
        and (s.lows[k] in listed("determiner") or s.lows[k] in OWNERS or plain(s.lows[k]))
    ):
        k -= 1
    if (
        k > head
        and s.lows[k] in ("to", "for", "against", "on")
        and (s.lows[k - 1].endswith("ed") or s.lows[k - 1] in pasts())
    ):
        return True  # "agreed to a truce"
    return k > head and s.lows[k] not in PREPOSITION and s.lows[k] not in PUNCTUATION


def owner_of(cast: Cast, s: Sentence, low: int, at: int) -> list[int]:
    """Whose a noun is: "Orla Vance's arrest"; with "their", "his" and the like whoever was named before in the clause."""
    for k in range(at - 1, max(low, at - LEAD) - 1, -1):
        if s.lows[k] == "'s":
            found = [
                n
                for m, n in cast.within((s.words[max(low, k - 6)].span[0], s.words[k - 1].span[1]))
                if m[1] == s.words[k - 1].span[1]
            ]
            return found[-1:]
        if s.lows[k] in ("his", "her", "its", "their"):
            return [n for m, n in cast.within(s.words[k].span) if m == s.words[k].span]
        if s.lows[k] in PREPOSITION or s.lows[k] in PUNCTUATION or s.lows[k] in BE:
            break
    return []
