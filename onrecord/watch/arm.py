"""A condition that was read becomes an indicator: "if recruitment exceeds 5,000" is a figure > 5000, of people, of recruitment, by whoever it is about.

1. A number in the if-side makes a figure's test: its comparator, unit and topic; 2. else an event whose words lie in the if-side; 3. else its words, all of
which somebody must say. What the if-side leaves out is inferred from around it, and each inference is said in `Armed.inferred`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.model import Condition, Entity, Event, Figure, Reading
from onrecord.read.adjectives import made_of
from onrecord.read.certainty import factuality
from onrecord.read.manner import lexicon
from onrecord.text import Span, covers, envelope, overlap, words_of
from onrecord.watch import topics
from onrecord.watch.actors import named_countries
from onrecord.watch.indicator import Armed, Bound, EventTest, FigureTest, Indicator, Sign, StatementTest, Who, make
from onrecord.watch.match_figures import unsaid
from onrecord.watch.quantity import is_content, place_in, place_of, quantity
from onrecord.watch.quantity import place_name as place_name_of
from onrecord.watch.subject import listed
from onrecord.watch.weigh import sentence_of

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
FALLING = re.compile(r"\b(?:fall|drop|sink|shrink|decline|decrease|reduce|cut)(?:s|es|ped|d|ed)?\b", re.I)
NEGATION = re.compile(r"\b(?:not|never|no|without|cannot)\b|n['’]t\b", re.I)
OWNER = re.compile(r"(?:the\s+)?(?P<owner>[A-ZÀ-Þ][\w-]*(?:\s[A-ZÀ-Þ][\w-]*)*)[’']s?\s")
TAKER = re.compile(r"(?P<name>[A-ZÀ-Þ][\w-]*(?: [A-ZÀ-Þ][\w-]*)*) (?!is\b|are\b)[a-z]+ ")  # "the Greens take"
NTH = re.compile(
    r"\b(?:an?|the)\s+(?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s+(?P<noun>[a-z]{3,})\b", re.I
)
MOST = 6  # words that an indicator of words asks for
Notes = list[str]
ADJECTIVE = re.compile(r"\d[\d,.]*\s([A-ZÀ-Þ][a-zß-ÿ]{2,}(?:ian|ean|an|ese|ish|i))\s[a-z]")
GOAL = re.compile(
    r"\b(?:moved?|brought|sent|transferred|flown|shipped|taken|ordered|arrived?|come|bused)\b[^,;.]{0,30}?\s(?:to|into|towards?)\s(?:the\s)?(?P<name>[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+)*)"
)
# A way across, with its name: "the Ornau bridge", "Little Lind crossing".
WAY = re.compile(
    r"(?P<name>(?:[A-ZÀ-Þ][\w’-]+\s){1,3})(?P<noun>(?i:bridge|crossing|checkpoint|strait|causeway|tunnel|pass|port|airport|harbour|ferry|road|railway))\b"
)
WEAK = ("the headline names it", "the first paragraph names it")  # reasons that the coverage of a story outranks


def from_condition(reading: Reading, condition: Condition, name: str | None = None) -> Indicator:
    """An indicator that waits for a condition's if-side to come true. Raises InputError where the if-side says too little."""
    notes: Notes = []
    inside = [f for f in reading.figures if covers(condition.if_, (f.span,))]
    happens = [v for v in reading.events if covers(condition.if_, v.anchor)] or told_elsewhere(reading, condition)
    test: FigureTest | EventTest | StatementTest
    if inside:
        test = figure_test(reading, condition, inside[0], notes)
    elif happens:
        test = event_test(reading, condition, happens[0], notes)
    else:
        test = words_test(reading, condition, notes)
    words = words_of(reading.article.text, condition.if_)
    return make(
        test,
        name or f"if {words}",
        Armed(article=reading.article.id, condition=condition.id, words=words, inferred=tuple(notes)),
    )


def figure_test(reading: Reading, c: Condition, f: Figure, notes: Notes) -> FigureTest:
    """The test of an if-side that holds a number."""
    found = quantity(reading, c, f)
    of, unit = found.of, found.unit
    notes += found.notes
    if (unit is None or unsaid(f)) and any(topics.group_of(t) in lexicon("indicators")["counts"]["people"] for t in of):
        unit = "people"
        notes.append(f"unit people: the condition names none, and {' or '.join(of)} counts people")
    if not of and unit is None:
        raise InputError(
            "the condition does not say what its number is of; write the indicator yourself, as in “figure > 5000 people of recruitment”"
        )
    limit = bound(reading, c, f, notes)
    whose = named_by_adjective(reading, f)
    goal = goal_of(reading, c, f) or (place_in(reading.article.text, envelope(c.if_)) if whose else None)
    actor = (
        whose
        or owner(reading, c, f)
        or (actor_near(reading, c, of, notes) if done_by_somebody(of) and not goal else None)
    )
    return FigureTest(
        bounds=(limit,),
        unit=unit,
        of=of,
        beside=found.beside,
        actor=actor,
        place=goal if done_by_somebody(of) else place_of(reading, c, of) or found.place,
    )


def goal_of(reading: Reading, c: Condition, f: Figure) -> str | None:
    """Where what is counted is brought: of "more than 3,000 soldiers are moved to Lessin", which does nothing itself."""
    m = GOAL.search(reading.article.text, f.span[1], envelope(c.if_)[1])
    return place_name_of(m["name"]) if m else None


def done_by_somebody(of: tuple[str, ...]) -> bool:
    """Whether what is counted is somebody's doing, as far as the table of topics knows: recruitment, unlike wind."""
    somewhere = lexicon("indicators")["counts"]["somewhere"]
    return any(group is not None and group not in somewhere for group in map(topics.group_of, of))


def owner(reading: Reading, c: Condition, f: Figure) -> Who | None:
    """Whose an if-side says that something is, that is nobody's doing: "Quarrin's stocks of fuel", "the Harvest Party wins more than 60 seats"."""
    text, inside = reading.article.text, envelope(c.if_)
    if m := OWNER.match(text, *inside):
        return named_in(reading, m.span("owner")) or Who(names=(m["owner"],))
    opens = re.compile(r"(?:the\s+)?").match(text, *inside)
    start = opens.end() if opens else inside[0]
    found = [
        e
        for e in reading.entities
        for m in e.mentions
        if m[0] in (start, inside[0]) and m[1] < f.span[0] and e.type in ("organisation", "person", "place")
    ]
    counted = any(s[0] >= f.span[0] for s in f.of)
    if found and counted:
        return Who(names=(found[0].name,), country=found[0].country)
    named = TAKER.match(text, start, f.span[0])
    return (
        Who(names=(named["name"],))
        if named and counted and named["name"].lower() not in listed("determiners")
        else None
    )


def named_by_adjective(reading: Reading, f: Figure) -> Who | None:
    """Whose people an if-side counts by an adjective before their noun: "more than 40,000 Quarrinese soldiers"."""
    text = reading.article.text
    told = ADJECTIVE.search(text, *envelope((f.span, *f.of)))
    if told is None:
        return None
    if who := named_in(reading, told.span(1)):
        return who
    lands = {e.name for e in reading.entities if e.type != "person" or " " not in e.name}
    lands |= {name for m in WORD.finditer(text) if (name := m.group())[:1].isupper()}
    found = sorted((n for n in lands if made_of(told[1], {n})), key=lambda n: (-len(n), n))
    own = (told[1].removesuffix("n"),) if told[1].endswith(("ian", "ean")) else ()
    return Who(names=(found[0],) if found else (*own, told[1]))


def bound(reading: Reading, c: Condition, f: Figure, notes: Notes) -> Bound:
    """The threshold that a figure in an if-side sets."""
    value = f.value if f.value is not None else f.low if f.low is not None else f.high
    if value is None:
        raise InputError("the condition's number has no value; write the indicator yourself")
    sign: Sign = "<=" if FALLING.search(words_of(reading.article.text, c.if_)) else ">="
    if f.comparator != "=" and f.comparator != "~":
        sign = f.comparator
    elif goes_beyond(reading.article.text[envelope(c.if_)[0] : f.span[0]]):
        sign = ">"
    else:
        notes.append(f"{sign} {value:,}: the condition gives a bare number, and what goes further fulfils it too")
    return Bound(sign, value)


def goes_beyond(before: str) -> bool:
    """Whether the words before a number say that it is gone past, as "pass", "top" and "go above" do, rather than reached."""
    words = [w.lower() for w in WORD.findall(before)]
    while words and words[-1] in lexicon("indicators")["beyond"]["between"]:
        words.pop()
    verbs = topics.verb_forms(lexicon("indicators")["beyond"]["verbs"])
    return bool(words) and (words[-1] in verbs or " ".join(words[-2:]) in verbs)


def event_test(reading: Reading, c: Condition, v: Event, notes: Notes) -> EventTest:
    """The test of an if-side that tells an event."""
    by_id = {e.id: e for e in reading.entities}
    named = [
        [
            (x, Who(names=(by_id[x].name,), country=by_id[x].country))
            for x in side
            if x in by_id and by_id[x].type != "group"
        ]
        for side in (v.actors, v.recipients)
    ]
    place = next((p.name for p in reading.places if p.id == v.place), None)
    negated = factuality(reading.article.text, v.anchor[0]).certainty.endswith("-")
    if negated:
        notes.append("status negated: the condition is that it does not happen")
    actor, recipient = (side[0][1] if side else None for side in named)
    beside = nth(words_of(reading.article.text, c.if_))
    if beside:
        actor, recipient = (
            next((w for x, w in sides if any(covers(c.if_, (m,)) for m in by_id[x].mentions)), None) for sides in named
        )
        notes.append(f"beside “{beside[0]}”: it is the {beside[0].split()[0]} of them that the condition waits for")
    elif v.mode == "restrict" and (way := way_of(words_of(reading.article.text, c.if_))):
        beside, place = (way,), None
        actor, recipient = (
            next((w for _, w in side if not names_way(w, way)), None)
            if any(covers(c.if_, (m,)) for x, _ in side for m in by_id[x].mentions)
            else None
            for side in named
        )
        notes.append(f"beside “{way}”: what the condition waits for is that it is closed")
    elif not (actor or recipient or place):
        who = actor_near(reading, c, (), notes)
        if who is None:
            raise InputError(
                f"the condition “{words_of(reading.article.text, c.if_)}” does not say whose; write the indicator yourself, as in “event {v.type} by …”"
            )
        actor, recipient = (None, who) if v.recipients else (who, None)
    return EventTest(
        types=(v.type,),
        mode=v.mode,
        beside=beside or (() if v.mode else deed(words_of(reading.article.text, v.anchor))),
        actor=actor,
        recipient=recipient,
        place=place,
        status=("negated",) if negated else ("actual", "planned"),
    )


def way_of(words: str) -> str | None:
    """What is closed, by its name, where an if-side says so: "Ornau bridge"; None for a border, which is known by whose it is."""
    m = WAY.search(words)
    return f"{m['name'] or ''}{m['noun']}" if m and m["name"] else None


def names_way(who: Who, way: str) -> bool:
    """Whether somebody is only the place that a way is called by."""
    return any(n in way for n in who.names)


def deed(words: str) -> tuple[str, ...]:
    """The words of the one deed that an event is, where its type holds quite different ones: of "is evacuated" evacuate and evacuation, of "shells" none."""
    said = set(words.lower().split())
    families: list[list[str]] = lexicon("indicators")["deed"]["families"]
    return tuple(next((f for f in families if said & (topics.verb_forms(f) | topics.noun_forms(f))), ()))


def told_elsewhere(reading: Reading, c: Condition) -> list[Event]:
    """Where an if-side waits for one more of something, the article's events by a word that the if-side has too: "the strike"."""
    text, words = reading.article.text, words_of(reading.article.text, c.if_)
    said = {w.lower() for w in WORD.findall(words) if is_content(w)}
    found = (
        v for v in reading.events if not said.isdisjoint(w.lower() for w in WORD.findall(words_of(text, v.anchor)))
    )
    return [replace(v, anchor=c.if_, actors=(), recipients=(), place=None) for v in found] if nth(words) else []


def nth(words: str) -> tuple[str, ...]:
    """Which of several an if-side waits for, by its ordinal and noun: "third port" of "the strike spreads to a third port"."""
    m = NTH.search(words)
    return (f"{m['nth']} {m['noun']}".lower(),) if m else ()


def words_test(reading: Reading, c: Condition, notes: Notes) -> StatementTest:
    """The test of an if-side that is neither: its words. Raises InputError where fewer than two say anything."""
    about: list[str] = []
    for word in WORD.findall(words_of(reading.article.text, c.if_)):
        if is_content(word) and word.lower() not in about:
            about.append(word.lower())
    if len(about) < 2:
        raise InputError(
            f"the condition “{words_of(reading.article.text, c.if_)}” says too little to wait for; write the indicator yourself"
        )
    notes.append(
        "words: the condition holds neither a number nor an event that the reader knows, so all of its words must be said"
    )
    denied = NEGATION.search(words_of(reading.article.text, c.if_))
    return StatementTest(about=tuple(about[:MOST]), polarity="denied" if denied else "asserted")


def actor_near(reading: Reading, c: Condition, of: tuple[str, ...], notes: Notes) -> Who | None:
    """The country or body that a condition is about, by the nearest words that name one, from the inside out."""
    for why, span in around(reading, c, of):
        if who := named_in(reading, span):
            if why:
                notes.append(f"{who.names[0]}: {why}")
            return who
    notes.append("anybody: the article does not say whom the condition is about")
    return None


def around(reading: Reading, c: Condition, of: tuple[str, ...]) -> Iterator[tuple[str, Span]]:
    """Where the actor of a condition is looked for, in order, and why there."""
    text = reading.article.text
    inside = envelope(c.if_)
    yield "", inside
    sentence = sentence_of(text, inside)
    yield "the condition's sentence names it", sentence
    if of:
        about = topics.topic(of)
        for f in sorted(reading.figures, key=lambda f: abs(f.span[0] - inside[0])):
            near = sentence_of(text, f.span)
            if near != sentence and topics.tied(text, near, f.span, f.of, about):
                yield f"the article gives it the figure “{text[slice(*f.span)]}”", near
    yield "the paragraph of the condition names it", (text.rfind("\n", 0, inside[0]) + 1, inside[0])
    head = max(text.find("\n\n"), 0)
    yield WEAK[0], (0, head)
    lead = text.find("\n\n", head + 2)
    yield WEAK[1], (head, lead if lead > 0 else len(text))


def named_in(reading: Reading, span: Span) -> Who | None:
    """The country or, where no table knows it, the place that a stretch of text names; None for none or several."""
    text = reading.article.text
    known = {code for _, code in named_countries(text[slice(*span)])}
    if known:
        code = next(iter(known))
        return Who(names=(lexicon("countries")[code]["names"][0],), country=code) if len(known) == 1 else None
    named = Counter[str]()
    for e in reading.entities:
        if (
            e.type == "place"
            and any(overlap(m, span) for m in e.mentions)
            and not any(overlap(m, d.span) for m in e.mentions for d in reading.dates)
        ):
            named[e.name] = len(e.mentions)
    if not named:
        return event_actor(reading, span)
    (name, most), *rest = named.most_common(2)
    return Who(names=(name,)) if not rest or rest[0][1] < most else None


def event_actor(reading: Reading, span: Span) -> Who | None:
    """The one actor of the events of a stretch of text, if it is named; a person of a country's stands for the country."""
    labels = {x for v in reading.events if overlap(v.anchor[0], span) for x in v.actors}
    found = [e for e in reading.entities if e.id in labels and e.type != "group"]
    if len(found) != 1:
        return None
    country = lexicon("countries").get(found[0].country or "") if found[0].type == "person" else None
    return Who(names=(country["names"][0] if country else found[0].name,), country=found[0].country)


def actor_among(readings: Sequence[Reading], of: tuple[str, ...]) -> Who | None:
    """Whom these readings give figures of a topic to, most of all; None where they are of two minds, or say nothing.

    Whom more of the readings name counts for more: a country is named all through its affair, the town where something was counted is not.
    """
    about = topics.topic(of)
    found = Counter[Who]()
    for reading in readings:
        text = reading.article.text
        for f in reading.figures:
            sentence = sentence_of(text, f.span)
            who = named_in(reading, sentence) if topics.tied(text, sentence, f.span, f.of, about) else None
            if who:
                found[who] += 1
    groups: list[Counter[Who]] = []
    for who in sorted(found, key=lambda w: len(place_name(w))):
        same = next((g for g in groups if any(same_place(who, other) for other in g)), None)
        if same is None:
            groups.append(same := Counter())
        same[who] = found[who]
    weights = [group.total() * naming(readings, next(iter(group))) for group in groups]
    best = max(range(len(groups)), key=weights.__getitem__, default=None)
    if best is None or 2 * weights[best] <= sum(weights):
        return None
    who = next(iter(groups[best]))
    return replace(who, names=(who.names[0].rpartition(", ")[2],))


def naming(readings: Sequence[Reading], who: Who) -> int:
    """How many readings name a country or a place, be it within another name; one at least."""

    def is_named(e: Entity) -> bool:
        return e.country == who.country if who.country else place_name(who) in e.name.casefold()

    return max(1, sum(any(map(is_named, r.entities)) for r in readings))


def place_name(who: Who) -> str:
    """The widest place that a name says: of "Selmin, Ardovia" the country."""
    return who.names[0].rpartition(", ")[2].casefold()


def same_place(one: Who, other: Who) -> bool:
    """Whether two names, of places that no table knows, are one place and whoever is of it: "Ardovia", "Ardovian"."""
    short, long = sorted((place_name(one), place_name(other)), key=len)
    return one.country == other.country and long.startswith(short) and len(long) - len(short) <= 2
