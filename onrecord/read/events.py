"""Events: who did what to whom, by the types of PLOVER (`lexicon/events.toml` holds the triggers).

Nothing is parsed. 1. A text's words are looked up among the triggers; sentences without one are passed over. 2. A sentence is cut into
clauses; a clause gives one event: its first finite trigger verb, else an infinitive or a gerund, else a noun. What a verb governs
("agreed to send", "demanded that Foo leave") is no event of its own, nor is the background of one ("after days of fighting").
3. The actor stands before the verb, the recipient behind it; a passive turns them round. Names are entities that the article has; a
group told of by its description ("Sarnian border guards") becomes one. 4. `certainty.factuality` gives the status. 5. Promised help is
AGREE, announced force THREATEN, as PLOVER has it. An event without an actor is none, unless it is done to somebody: a passive, a noun, an assault.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from onrecord.model import Date, Entity, Event, EventDate, EventStatus, Place
from onrecord.read import countries
from onrecord.read.certainty import factuality
from onrecord.read.certainty_words import modals
from onrecord.read.events_cast import LONGEST, SUBJECT, Cast, antecedent, behind, by_phrase, noun_phrases, subject
from onrecord.read.events_triggers import (
    AT,
    BE,
    LETTERS,
    Hit,
    Sentence,
    clauses,
    hits,
    listing,
    pasts,
    split,
    telling,
    triggers,
    verb_group,
)
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.read.sentences import sentences
from onrecord.text import Span

FRIENDLY = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE"})
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT"})
OF_WHOM = frozenset({"RETREAT", "PROTEST"})  # nouns of what those do who are named behind "of"
FEW = 8  # how many dates or places on either side of an event are looked at
PAST = 5  # how many years before the latest one that is told of an event is history
ANOTHER = re.compile(r"\band (?:is|are|was|were|has|have|had|will|would)\b")
ASIDE = re.compile(r",\s(?:which|who)\b[^,]*$")
# What an agency's report begins with: "FORT LIONEL (Western Post) - ".
DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,40}(?:,[^\n(—–]{1,40})?(?:\s?\([^()\n]{2,60}\))?\s?(?:—|–|--?)\s|\([A-Z][^()\n]{2,60}\)\s(?:[—–-]\s)?)(?=[A-ZÀ-Þ])"
)
IN = re.compile(r"\b(?:in|at|near|outside|inside|around|across|on)\s+(?:the\s+)?(?:[\w-]+\s+){0,4}$", re.I)


@cache
def historical() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(lexicon("events")["words"]["historical"]) + r")\b", re.I)


def status_of(text: str, s: Sentence, hit: Hit, low: int, stop: int) -> EventStatus:
    """What a sentence says of the event."""
    told = factuality(text, s.words[hit.told].span)
    start = verb_group(s, hit.told, max(low, hit.told - AT))
    planned = "to" in s.lows[start : hit.told] and not listing("plan").isdisjoint(
        s.lows[max(low, start - 2) : hit.told]
    )
    if told.certainty in ("CT-", "PR-", "PS-"):
        return "negated"
    if start > low and s.lows[start - 1 : start + 1] == ["used", "to"]:
        return "historical"
    near = s.lows[max(0, hit.at - AT) : hit.at + AT]
    conditional = "if" in near or "unless" in near
    if (conditional and told.certainty != "CT+") or (low and s.lows[low - 1] in ("if", "unless")):
        return "hypothetical"
    if s.lows[0] in ("should", "had", "were") or (s.lows[-1] == "?" and (s.lows[0] in modals() or s.lows[0] in BE)):
        return "hypothetical"
    if planned or (told.ahead and told.certainty != "Uu" and hit.form < 3):
        return "planned"
    if told.certainty in ("Uu", "PS+"):
        return "hypothetical"
    clause = text[s.words[max(low, hit.at - AT)].span[0] : s.words[min(stop, hit.at + AT) - 1].span[1]]
    return "historical" if historical().search(clause) else "actual"


def governs_force(words: Sequence[str]) -> bool:
    """Whether the first trigger among some words is of force only."""
    types = next(({t.type for t in triggers()[w] if t.verb and not t.rest} for w in words if w in triggers()), set())
    return bool(types) and types <= HOSTILE


def type_of(hit: Hit, status: EventStatus, s: Sentence) -> str:
    """PLOVER's type: help that is promised is AGREE, force that is announced THREATEN."""
    group, before = set(s.lows[hit.group : hit.at]), s.lows[max(0, hit.group - AT) : hit.group]
    said = not listing("said").isdisjoint(before)
    announced = bool(group & {"will", "shall", "'ll"}) or (said and bool(group & {"would", "may"}))
    if hit.trigger.type == "AGREE" and s.lows[hit.at] in BE and governs_force(s.lows[hit.end : hit.end + 2]):
        return "THREATEN"  # "is prepared to impose"
    if hit.form or not announced or status not in ("planned", "hypothetical"):
        return hit.trigger.type
    if hit.trigger.type in FRIENDLY and status == "planned":
        return "AGREE"
    if hit.trigger.type in HOSTILE and not hit.passive and (status == "planned" or said):
        return "THREATEN"
    return hit.trigger.type


def around(starts: Sequence[int], span: Span, at: int) -> slice:
    """Which records of a sentence are the nearest to a place in it, a few on either side."""
    k = bisect_left(starts, at)
    return slice(max(bisect_left(starts, span[0]), k - FEW), min(bisect_right(starts, span[1]), k + FEW))


@cache
def of_saying() -> re.Pattern[str]:
    """A word of saying right before a date that is its own: "officials said on Friday"."""
    return re.compile(rf"\b(?:told\s+[a-z]+|{either(listing('said'))})\s+(?:(?:late|early)\s+)?(?:on\s+)?$", re.I)


def elsewhere(text: str, anchor: Span, d: Date) -> bool:
    """Whether a date belongs to another verb than an event's: one of saying, one joined by "and", one within commas before it."""
    start, end = d.span
    if end <= anchor[0]:
        return ASIDE.search(text, max(0, start - 80), start) is not None and "," in text[end : anchor[0]]
    said = of_saying().search(text, max(anchor[0], start - 40), start)
    return bool(said and said.start() > anchor[0]) or ANOTHER.search(text, anchor[1], start) is not None


def date_of(text: str, dates: Sequence[Date], starts: Sequence[int], span: Span, anchor: Span) -> EventDate | None:
    """The nearest date of a sentence that is no other verb's."""
    at = anchor[0]
    near = [
        d
        for d in dates[around(starts, span, at)]
        if d.value and d.value[:1].isdigit() and d.type in ("date", "time") and not elsewhere(text, anchor, d)
    ]
    if not near:
        return None
    value = min(near, key=lambda d: abs(d.span[0] - at)).value or ""
    precision = (
        "time"
        if "T" in value
        else "week"
        if "W" in value
        else {4: "year", 7: "month", 10: "day"}.get(len(value), "other")
    )
    return EventDate(value=value, precision=precision)


def place_of(text: str, places: Sequence[Place], starts: Sequence[int], span: Span, at: int) -> str | None:
    """The nearest place of a sentence that something is told to be in."""
    near = [p for p in places[around(starts, span, at)] if IN.search(text, max(span[0], p.span[0] - 40), p.span[0])]
    return min(near, key=lambda p: abs(p.span[0] - at)).id if near else None


def chosen(found: Sequence[Hit]) -> Hit | None:
    """The event of a clause: the first of those that stand best."""
    return min(found, key=lambda h: (h.form, h.at)) if found else None


def official(cast: Cast, s: Sentence, low: int, stop: int, actors: Sequence[int]) -> bool:
    """Whether officials or countries take part: not everybody's visit is an event."""
    if not listing("officials").isdisjoint(s.lows[max(low, stop - 2 * AT) : stop]):
        return True
    return any(
        e.role or (e.type == "place" and e.country and e.name in countries.places())
        for e in (cast.entities[n] for n in actors)
    )


def found_in(
    text: str, s: Sentence, cast: Cast, last: Span | None
) -> Iterator[tuple[Hit, EventStatus, str, list[int], list[int]]]:
    """The events of a sentence with actors and recipients."""
    told = False
    for low, stop, kind, head in clauses(s):
        if low >= stop or kind == "relative" or (told and kind in ("that", "subordinate")):
            continue
        found = list(hits(s, low, stop))
        hit = chosen(found)
        if hit is None or (kind == "subordinate" and hit.form):
            continue
        joined = [h for h in found if h.at > hit.end and h.trigger.type != hit.trigger.type and continues(s, h)]
        before: list[int] = []
        for h, end in zip([hit, *joined], [*(h.group - 1 for h in joined), stop], strict=True):
            actors, recipients = (
                parties(cast, s, h, head, end, last) if h is hit else (before, behind(cast, s, h, end, before))
            )
            before = actors
            if (h is not hit or (told and kind == "coordinate")) and not actors:
                continue
            unnamed = (
                h.passive or h.form == 3 or (h.form == 0 and h.trigger.type == "ASSAULT")
            )  # "a bomb killed nine people"
            if not actors and not (recipients and unnamed):
                continue
            if h.trigger.officials and not official(cast, s, low, stop, actors):
                continue
            status = status_of(text, s, h, low, stop)
            yield h, status, type_of(h, status, s), actors, recipients
            told = True


def continues(s: Sentence, hit: Hit) -> bool:
    """Whether a finite verb is joined to one before it by "and" and has its subject: "seized the port and expelled the envoys"."""
    word = s.lows[hit.at]
    own = word in pasts() or word.endswith(("ed", "s")) or hit.group < hit.at
    return own and not hit.form and not hit.passive and s.lows[hit.group - 1] == "and"


def parties(cast: Cast, s: Sentence, hit: Hit, low: int, stop: int, last: Span | None) -> tuple[list[int], list[int]]:
    """Actors and recipients of the trigger that leads a clause."""
    if hit.trigger.said:
        said = max(k for k in range(max(0, hit.at - AT), hit.at) if s.lows[k] in listing("said"))
        recipients = noun_phrases(cast, s, said + 1, hit.group, True)
        return (subject(cast, s, max(0, said - SUBJECT), said) if recipients else []), recipients
    whose = hit.passive or hit.form == 3
    if whose and not hit.trigger.verb and hit.trigger.type in OF_WHOM and s.lows[hit.end : hit.end + 1] == ["of"]:
        return noun_phrases(
            cast, s, hit.end + 1, min(stop, hit.end + LONGEST), True
        ), []  # "the withdrawal of Sarnian troops"
    before = subject(cast, s, low, hit.group) or antecedent(cast, s, low, hit.group, last)
    by, by_at = by_phrase(cast, s, hit.end, stop)
    if (
        not before
        and not hit.passive
        and hit.group > low
        and s.lows[hit.group - 1] in ("”", '"', ",")
        and hit.end < stop
        and s.words[hit.end].text[:1].isupper()
    ):
        return noun_phrases(cast, s, hit.end, min(stop, hit.end + LONGEST), True), []  # '"…", complained Berg'
    if hit.passive:
        return by, before or behind(cast, s, hit, by_at, by)
    if hit.form == 3 and by:
        return by, behind(cast, s, hit, by_at, by)
    return before, behind(cast, s, hit, stop, before)


def find(
    text: str, entities: Sequence[Entity], dates: Sequence[Date], places: Sequence[Place]
) -> tuple[tuple[Event, ...], tuple[Entity, ...]]:
    """The events of a text, in order, and its entities with the groups that act in them."""
    cast = Cast(text, entities)
    date_starts, place_starts = [d.span[0] for d in dates], [p.span[0] for p in places]
    out: list[Event] = []
    years = [int(d.value[:4]) for d in dates if d.value and d.value[:4].isdigit()]
    long_ago = str(max([2000, *(y - PAST for y in years if y < 2100)]))
    last: Span | None = None
    for span in sentences(text):
        before, last = last, span
        if telling().isdisjoint(LETTERS.findall(text, *span)):
            continue
        s = split(text, dateless(text, span))
        for hit, status, type_, actors, recipients in found_in(text, s, cast, before):
            anchor = s.words[hit.at].span[0], s.words[hit.end - 1].span[1]
            when = date_of(text, dates, date_starts, span, anchor)
            out.append(
                Event(
                    id=f"v{len(out) + 1}",
                    type=type_,
                    mode=hit.trigger.mode if type_ == hit.trigger.type else None,
                    status="historical" if status == "actual" and when and when.value < long_ago else status,
                    anchor=(anchor,),
                    actors=tuple(cast.entities[n].id for n in actors),
                    recipients=tuple(cast.entities[n].id for n in recipients),
                    date=when,
                    place=place_of(text, places, place_starts, span, anchor[0]),
                )
            )
    return tuple(out), used(cast, out)


def dateless(text: str, span: Span) -> Span:
    """A sentence without the dateline that it begins with."""
    line = DATELINE.match(text, *span)
    return (line.end(), span[1]) if line else span


def used(cast: Cast, found: Sequence[Event]) -> tuple[Entity, ...]:
    """The article's entities, and those of the added ones that an event names."""
    wanted = {ident for v in found for ident in (*v.actors, *v.recipients)}
    return tuple(
        e if n < cast.given else replace(e, mentions=tuple(sorted(cast.mentions_of[n])))
        for n, e in enumerate(cast.entities)
        if n < cast.given or e.id in wanted
    )
