"""Whether events of a reading are those that an indicator waits for: by type and mode, actor, recipient, place and status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from onrecord.knowledge import Resolved
from onrecord.model import Entity, Event, Reading
from onrecord.read.events_triggers import triggers
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.places import DATELINE
from onrecord.text import Span, overlap, words_of
from onrecord.watch import deeds
from onrecord.watch.actors import Scene, Told, context, entity_told, is_absent, is_body, scene
from onrecord.watch.indication import Crossing, Indication
from onrecord.watch.indicator import EventTest, Who
from onrecord.watch.places import place_told
from onrecord.watch.subject import listed
from onrecord.watch.ties import persons
from onrecord.watch.topics import noun_forms, verb_forms
from onrecord.watch.weigh import Value, chain, decreed, sentence_of, weigh


def find(test: EventTest, resolved: Resolved) -> Iterator[Indication]:
    """What the events of a reading say to a test."""
    text = resolved.reading.article.text
    if any(who and is_absent(who, resolved) for who in (test.actor, test.recipient)):
        return
    found = [v for v in resolved.reading.events if is_of_type(test, v, text)]
    resolved, hidden = deeds.find(test, resolved)
    if not found and not hidden:
        return
    actor = scene(test.actor, resolved) if test.actor else None
    recipient = scene(test.recipient, resolved) if test.recipient else None
    for v in found:
        if said := indication(test, resolved, v, actor, recipient):
            yield said
    for deed in hidden:
        if is_told(test, deed, text) and (said := indication(test, resolved, deed.event, actor, recipient, deed.told)):
            yield said if said.label else replace(said, record="sentence")


def is_told(test: EventTest, deed: deeds.Deed, text: str) -> bool:
    """Whether a deed under another word says who takes part, where that is asked for; where only a place is, what a noun names must be said to take place there."""
    v = deed.event
    if test.place and not (test.actor or test.recipient or v.actors):
        bare = v.status == "actual" and deed.told == v.anchor[0]
        return not bare and test.place in text[slice(*sentence_of(text, v.anchor[0]))]
    return (test.actor is None or bool(v.actors)) and (test.recipient is None or bool(v.recipients or v.actors))


def is_of_type(test: EventTest, v: Event, text: str) -> bool:
    """Whether an event is of the type and mode that are asked for; help and force that are announced, which PLOVER calls AGREE and THREATEN, are planned ones of their own."""
    if v.type in deeds.ANNOUNCED and v.status == "planned":
        words = triggers().get(text[slice(*v.anchor[0])].lower().split()[0], ())
        if any(t.type in test.types and test.mode in (None, t.mode) for t in words):
            return True
    return v.type in test.types and test.mode in (None, v.mode)


def indication(
    test: EventTest,
    resolved: Resolved,
    v: Event,
    actor: Scene | None,
    recipient: Scene | None,
    told_by: Span | None = None,
) -> Indication | None:
    """What one event of the right type says; None where it is history, or of others."""
    text = resolved.reading.article.text
    sentence = sentence_of(text, v.anchor[0])
    if test.beside and not any(words_beside(w).search(text, *sentence) for w in test.beside):
        return None
    word, attribution = carried(resolved.reading, v, sentence)
    if v.attribution is None and attribution and is_nameless(resolved, attribution):
        return None  # who says so was cut off from it and has no name: where it is read whole, it counts
    status = v.status
    if told_by and word == v.anchor[0]:
        word = told_by
    elif word == v.anchor[0]:
        word = first_word(text, word)
    if v.type == "PROTEST" and (come := GATHERED.search(text, sentence[0], word[0])):
        word, status = come.span("verb"), "actual"
    if status == "actual" and told_by is None and is_called(text, v):
        status = "planned"
    if deeds.waved_off().search(text, sentence[0], v.anchor[0][0]):
        status = "negated"
    weight = weigh(resolved, v.anchor[0], word, status, attribution, sentence)
    if told_by and v.status == "hypothetical" and weight.value in ("actual", "planned"):
        weight = weight._replace(value="open", why="it is asked for, offered or threatened")
    crossing = crossing_of(test, weight.value)
    told = [
        stationed(actor, v, sentence) or side(actor, acting(resolved, v, sentence), sentence, attribution),
        town(recipient, v, sentence) or indirect(recipient, v, sentence) or side(recipient, done_to(v), sentence, None),
        elsewhere(test.place, resolved, v, sentence) or place_told(test.place, resolved, sentence),
    ]
    answers = {t.answer for t in told}
    if crossing is None or "no" in answers:
        return None
    if "unknown" in answers:
        crossing = "untied"
    kind = v.type + (f"/{v.mode}" if v.mode else "")
    reasons = [f"“{words_of(text, v.anchor)}” is {kind}", weight.why, *(t.why for t in told)]
    return Indication(
        record="event",
        label=v.id,
        crossing=crossing,
        sentence=sentence,
        attribution=attribution,
        reason="; ".join(r for r in reasons if r),
    )


def carried(reading: Reading, v: Event, sentence: Span) -> tuple[Span, str | None]:
    """The word that says whether an event happens, and who says so: by whose order it is done does it, "ordered the evacuation of Arle", and is nobody who tells of it."""
    by_id = {a.id: a for a in reading.attributions}
    if v.attribution is None and (whole := cut_off(reading, v.anchor[0], sentence)):
        return v.anchor[0], whole
    order = by_id.get(v.attribution or "")
    if order and deeds.refuses(order):
        return v.anchor[0], order.within  # "has no plans to": the event says so itself
    if order and order.cue and AUXILIARY.fullmatch(words_of(reading.article.text, order.cue)):
        return v.anchor[0], order.within  # "has not" of "has not rejected", taken for a word of saying
    start, text = v.anchor[0][0], reading.article.text
    for m in DEED.finditer(text, sentence[0], start):
        if m.end() == start and decreed(m["order"]):
            told = order.within if order and any(overlap(m.span("order"), c) for c in order.cue) else v.attribution
            return m.span("order"), told
    return v.anchor[0], v.attribution


def is_called(text: str, v: Event) -> bool:
    """Whether a noun's event is only called for a day to come: "called a march for Sunday"."""
    start, end = v.anchor[0]
    before = CALLED.search(text, max(0, start - 60), start)
    return bool(before) and bool(re.match(r"[^.;,]{0,40}?\sfor\s", text[end : end + 60]))


def is_nameless(resolved: Resolved, label: str) -> bool:
    """Whether nobody with a name stands behind an attribution."""
    origin = resolved.origins.get(label)
    return origin is not None and origin.kind == "anonymous"


def cut_off(reading: Reading, anchor: Span, sentence: Span) -> str | None:
    """Who says what begins right behind an event's word and runs up to "…, he said", so that its verb is his too."""
    for a in reading.attributions:
        near = (
            a.content
            and a.kind == "indirect"
            and 0 <= a.content[0][0] - anchor[1] <= 2
            and a.content[-1][1] <= sentence[1]
        )
        if near and a.cue and a.source and min(a.cue[0][0], a.source[0][0]) >= a.content[-1][1]:
            return a.id
    return None


def first_word(text: str, anchor: Span) -> Span:
    """The word of a trigger that says whether it happens: its verb, "halt" of "halt all fighting"; all of it where that is no verb."""
    m = WORD.match(text, *anchor)
    verb = m and m.end() < anchor[1] and any(t.verb and t.rest for t in triggers().get(m.group().lower(), ()))
    return m.span() if m and verb else anchor


@cache
def words_beside(words: str) -> re.Pattern[str]:
    """Words that must be said with an event, the last in singular or plural, one alone in all forms; a word or two may part them: "a third Tarrane port"."""
    first, _, last = words.rpartition(" ")
    every = noun_forms([last]) | (set() if first else verb_forms([last]))
    forms = "|".join(map(re.escape, sorted(every, key=len, reverse=True)))
    before = r"(?:\s+[\w’'-]+){0,2}?\s+".join(map(re.escape, first.split()))
    return re.compile(
        rf"(?<!\w){before}(?:\s+[\w’'-]+){{0,2}}?\s*\b(?:{forms})\b" if first else rf"\b(?:{forms})\b", re.I
    )


def crossing_of(test: EventTest, value: Value) -> Crossing | None:
    """How an event that is said to be so stands to a test."""
    if value == "negated":
        return "crossed" if "negated" in test.status else "against"
    if value == "historical":
        return None
    if value == "open" or value not in test.status:
        return "expected"
    return "crossed as planned" if value == "planned" else "crossed"


def town(s: Scene | None, v: Event, sentence: Span) -> Told | None:
    """That something is done to the town asked for where the text only calls it that, and named no other place since; None where it does not."""
    if s is None or len(v.recipients) != 1:
        return None
    e = next((e for e in s.resolved.reading.entities if e.id == v.recipients[0]), None)
    if e is None or e.type != "group" or e.name.lower() not in lexicon("indicators")["towns"]["nouns"]:
        return None
    start = next((m[0] for m in e.mentions if sentence[0] <= m[0] < sentence[1]), -1)
    if start < 0 or not s.text[:start].lower().endswith("the "):
        return None
    before = [o for o in s.own if o[1] <= start]
    others = [m.span("name") for m in PLACED.finditer(s.text, max(before)[1], start)] if before else []
    others += [o for o in s.others if before and max(before)[1] < o[0] < start]
    return (
        Told("yes", f"“the {e.name}” is {named(s.who)}")
        if before and not others
        else Told("unknown", f"which {e.name} that is, the article does not say")
    )


def indirect(s: Scene | None, v: Event, sentence: Span) -> Told | None:
    """That who is asked for is only whose something is that is freed or taken, "led away the horse of Jon Hask"; None where he is himself."""
    if s is None or (v.type, v.mode) not in (("COERCE", "arrest"), ("CONCEDE", None)):
        return None
    end = v.anchor[0][1]
    first = next((o for o in s.own if end <= o[0] < sentence[1]), None)
    verb = any(t.verb for t in triggers().get(s.text[slice(*v.anchor[0])].lower().split()[0], ()))
    before = any(sentence[0] <= o[0] < end for o in s.own)
    if first and verb and not before and THROUGH.search(s.text, end, first[0]):
        return Told("no", f"it is of something of {named(s.who)}")
    return None


def elsewhere(place: str | None, resolved: Resolved, v: Event, sentence: Span) -> Told | None:
    """That something is in another place than the one asked for, which only another clause names: "marched in Alvery, while Brod slept"; None where nothing says so."""
    text = resolved.reading.article.text
    if place is None or place not in text[slice(*sentence)]:
        return None
    start = max((m.end() for m in CLAUSE.finditer(text, sentence[0], v.anchor[0][0])), default=sentence[0])
    end = CLAUSE.search(text, v.anchor[0][1], sentence[1])
    stop = end.start() if end else sentence[1]
    if place in text[start:stop]:
        return None
    found = PLACED.search(text, start, stop)
    return Told("no", f"it is in {found['name']}") if found else None


def done_to(v: Event) -> tuple[str, ...]:
    """Whom something is done to; of those who meet, each meets the other."""
    mutual = (v.type == "CONSULT" and v.mode is None) or (v.type in MUTUAL and len(v.actors) > 1 and not v.recipients)
    return (*v.recipients, *v.actors) if mutual else v.recipients


def side(s: Scene | None, labels: Sequence[str], sentence: Span, attribution: str | None) -> Told:
    """Whether one side of an event is who is asked for."""
    if s is None:
        return Told("yes", "")
    who = named(s.who)
    if not s.own:
        return Told("no", f"the article does not name {who}")
    answers = {entity_told(s, label) for label in labels}
    if "yes" in answers:
        return Told("yes", f"of {who}")
    if "no" in answers:
        return Told("no", "it is of somebody else")
    if labels and s.who.role and not s.who.names and not s.who.country:
        return Told("unknown", "it is somebody else's, as far as the text says")
    said = chain(s.resolved.reading, attribution)
    told = context(s, sentence, said[0] if said else None)
    inside = [o for o in s.own if sentence[0] <= o[0] < sentence[1]]
    aimed = bool(inside) and all(AIMED.search(s.text, sentence[0], o[0]) for o in inside)
    acts = not aimed and any(acts_for_a_state(e) for e in s.resolved.reading.entities if e.id in labels)
    return Told("unknown", f"it is not said to be of {who}") if told.answer == "yes" and not acts else told


def stationed(s: Scene | None, v: Event, sentence: Span) -> Told | None:
    """That soldiers who do something are of the town asked for: "tanks of the garrison at Holm"; None where the sentence does not say so before it."""
    near = (m for m in s.own if sentence[0] <= m[0] < v.anchor[0][0]) if s and v.mode == "troops" else ()
    if s and any(forces().search(s.text, sentence[0], m[0]) for m in near):
        return Told("yes", f"of {named(s.who)}")
    return None


@cache
def forces() -> re.Pattern[str]:
    """Soldiers and where they are stationed, up to its name."""
    return re.compile(
        rf"\b(?:{either(lexicon('indicators')['stationed']['nouns'])})\s+(?:at|of|in|from|near)\s+(?:the\s+)?$", re.I
    )


def acts_for_a_state(e: Entity) -> bool:
    """Whether somebody acts for whichever state the text is about: "the army", "the minister", but no "gunmen" and no "two brothers"."""
    return is_body(e.name) or is_body(e.role or "")


def acting(resolved: Resolved, v: Event, sentence: Span) -> tuple[str, ...]:
    """Who does something: the event's actors, but nobody whom the sentence names only as where or against whom it is, and none of a mere casualty."""
    text = resolved.reading.article.text
    if is_casualty(text, v):
        return ()
    if v.type == "CONSULT" and v.mode is None and not v.actors:
        return v.recipients
    found = {e.id: [m for m in e.mentions if sentence[0] <= m[0] < v.anchor[0][0]] for e in resolved.reading.entities}
    line = DATELINE.match(text, sentence[0])
    start = line.end() if line else sentence[0]
    return tuple(
        a
        for a in v.actors
        if not found.get(a) or not all(m[0] < start or ATTACHED.search(text, start, m[0]) for m in found[a])
    )


def is_casualty(text: str, v: Event) -> bool:
    """Whether an event's word only says what became of people, and nobody's doing: "six wounded soldiers", "the number of soldiers wounded"."""
    start, end = v.anchor[0]
    before = WORD.findall(text[max(0, start - 40) : start])
    if not before or not text[start:end].endswith(("ed", "en", "hurt", "shot", "dead", "slain")) or len(v.anchor) > 1:
        return False
    adjective = PEOPLE_BEHIND.match(text, end) and (before[-1].lower() in listed("counting") or before[-1][0].isdigit())
    behind = (
        persons().fullmatch(before[-1])
        and (len(before) > 1 and before[-2].lower() in listed("counting"))
        and NO_OBJECT.match(text, end)
    )
    return bool(adjective or behind)


AUXILIARY = re.compile(
    r"(?:(?:has|have|had|is|are|was|were|be|been|do|does|did|will|would|not|never|also|yet|could|can|may|might|must|should)\s*|n[’']t\s*)+",
    re.I,
)
THROUGH = re.compile(r"\b[a-z]+\s+(?:of|for|from|about|by|near|with)\s")
MUTUAL = ("AGREE", "SUPPORT", "COOPERATE")
CLAUSE = re.compile(r"[;—–]|,\s(?:and|but|while|whereas)\b|\s(?:while|whereas)\s")
PLACED = re.compile(
    r"\b(?:in|at|near|outside|through|around|across)\s+(?:the\s+)?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)(?P<name>[A-ZÀ-Þ][\w-]+)"
)
CALLED = re.compile(
    r"\b(?:called|calls|announced|announces|scheduled|planned|plans)\s+(?:an?|the|its|their|another)\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
GATHERED = re.compile(
    r"\b(?P<verb>gathered|assembled|massed|turned|came|met|converged|poured|flocked|marched|lined|streamed|walked|took|stood|queued)\b(?:(?!\b(?:and|but|to)\b)[^,;.]){0,60}\bto\s+(?:[a-z]+\s+)?$"
)
DEED = re.compile(
    r"\b(?P<order>[a-z]+)\s+(?:(?:the|an?|its|their|his|her|immediate|full|partial|general|nationwide|mass|complete|total)\s+){0,3}",
    re.I,
)
AIMED = re.compile(r"\b(?:on|against|upon)\s+(?:the\s+)?$", re.I)
ATTACHED = re.compile(r"\b(?:on|against|in|near|at|to|into|upon|inside|outside|for)\s+(?:the\s+)?$", re.I)
WORD = re.compile(r"\w+")
PEOPLE_BEHIND = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,2}?(?:men|women|people|soldiers|troops|guards|officers|police|civilians|children|hostages|workers|prisoners|[a-z]{3,}s)\b",
    re.I,
)
NO_OBJECT = re.compile(
    r"\s*(?:[,.;)]|$|\s(?:as|in|on|at|during|when|so|is|was|were|had|has|rose|stood|and|after|since|over)\b)"
)


def named(who: Who) -> str:
    """An actor in a word."""
    return next(iter(who.names), who.country or who.role or "")
