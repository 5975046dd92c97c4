"""What the number of a condition is of: "if their number passes 200", "should it go above 2,000", "if the level falls below 480 metres".

In this order: 1. what it counts by its own noun; of people, what happens to them; 2. the subject of the if-side; 3. where that looks back, what was counted, measured or
spoken of in the sentences before; 4. a word of the table in the if-side, or the word before the number. The place is where that is, by what is attached to it in the if-side, else
where it was named first. What is inferred is noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.model import Condition, Figure, Noun, Reading
from onrecord.read.manner import lexicon
from onrecord.text import Span, envelope
from onrecord.watch import topics
from onrecord.watch.subject import (
    Subject,
    Word,
    attaching,
    is_verb,
    listed,
    measured,
    numeral,
    quantities,
    split,
    subject,
)
from onrecord.watch.ties import OF_THEM, OWNED, back
from onrecord.watch.topics import table
from onrecord.watch.weigh import sentence_of

NAME = r"[A-ZÀ-Þ][\w-]*(?:[’']s)?(?: [A-ZÀ-Þ][\w-]*(?:[’']s)?)*"
PLACED = re.compile(
    rf"\b(?:at|in|near|on|off|around|outside|behind|across|over|along|above|below|inside) (?:the )?(?:[a-z]+ ){{0,2}}?(?P<name>{NAME})"
)
ITS = re.compile(r"\b(?:its|their)\s$")
RIVER = re.compile(r"\b(?:on|in|along|down|up|of) the (?P<name>[A-ZÀ-Þ]\w+)\b(?! [A-ZÀ-Þ])")
EACH = re.compile(r"\b(?:a|an|per|each|every|to the)\s$")
THE = re.compile(r"\b(?:at|in|near|on|off|around|outside|behind|across|inside)\s+(?:the|this|that)\s+(?P<noun>[a-z]+)")
LONGEST = 4  # words of a name in the table of topics
BEING = frozenset(["is", "are", "was", "were", "be", "been"])
PRONOUNS = frozenset(["it", "they", "that", "this", "these", "those", "them", "there"])


class Quantity(Noun, frozen=True, kw_only=True):
    """What a number is of."""

    of: tuple[str, ...] = ()  # what an indicator calls it
    unit: str | None = None
    beside: tuple[str, ...] = ()  # words of which one must be said too
    place: str | None = None
    notes: tuple[str, ...] = ()


def quantity(reading: Reading, c: Condition, f: Figure) -> Quantity:
    """What the number of a condition is of; with neither topic nor unit where the article does not say."""
    text, inside = reading.article.text, envelope(c.if_)
    s = subject(text, inside, f.span)
    counted = None if s and is_moved(s) else by_noun(text, inside, f)
    said = counted or looking_back(reading, inside, f, s) or (s and by_subject(s, f)) or by_noun(text, inside, f)
    return said or without_noun(reading, inside, f) or by_words(reading, inside, f)


def without_noun(reading: Reading, inside: Span, f: Figure) -> Quantity | None:
    """What is counted where an if-side leaves the noun out, since it has just been counted: "Lesmere has sent 30 drones. If it sends more than 100"."""
    text = reading.article.text
    words = split(text, inside[0], f.span[0])
    if f.unit or f.of or f.span[1] < inside[1] or len(words) < 2 or words[0].low not in PRONOUNS or is_verb(words[-1]):
        return None
    for before in back(text, sentence_of(text, inside)):
        if found := counted_before(reading, before):
            noun = " or ".join(found.of) or found.unit
            done = next(doings(text, inside, f), None)
            beside = () if done or found.of else (base(words[-1].low),)
            note = f"of {noun}: the condition names nothing, the paragraph before it does"
            return Quantity(of=found.of, unit=found.unit, beside=beside, place=found.place, notes=(note,))
    return None


def is_moved(s: Subject) -> bool:
    """Whether a subject is said to come to a number ("it climbs above 300 crowns"), rather than to be or have so many."""
    return s.words[-1].low != "there" and any(is_verb(w) and w.low not in BEING for w in s.link)


def by_noun(text: str, inside: Span, f: Figure) -> Quantity | None:
    """What is counted by a noun behind the number: "more than 300 gunmen at the mine", "more than 500 homes lose power"."""
    counted = [s for s in f.of if s[0] >= numeral(text, f.span)]
    if not counted or EACH.search(text, f.span[0], counted[-1][0]):
        return None
    noun = text[slice(*counted[-1])].lower()
    head = noun.split()[-1]
    done = next(doings(text, inside, f), None)
    group = done or topics.group_of(noun) or topics.group_of(head)
    if group:
        return Quantity(of=called(group), unit=unit_of(f, group))
    said = [w for w in (*split(text, inside[0], f.span[0]), *split(text, counted[-1][1], inside[1])) if tells(w)]
    together = lexicon("indicators")["collective"]
    return Quantity(
        unit=f.unit, beside=tuple(dict.fromkeys(b for w in said for b in together.get(w.low, [base(w.low)])))
    )


def tells(w: Word) -> bool:
    """Whether a word of a condition says what happens: neither a name nor a word of grammar."""
    return w.text.islower() and is_content(w.low) and not is_verb(w) and w.low not in quantities()


def base(word: str) -> str:
    """A verb's form in the present as its base form; other words as they are."""
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def by_subject(s: Subject, f: Figure) -> Quantity | None:
    """What a number is said of: "the price of wheat", "Quarrin's stocks of fuel", "the Arle"."""
    if (together := lexicon("indicators")["collective"].get(s.words[-1].low)) and f.of and f.unit:
        return Quantity(unit=f.unit, beside=tuple(together))
    names = [w for w in measured(s) if w[-1].low not in listed("times") and not w[-1].text.endswith(OWNED)]
    if not names or s.words[-1].low in PRONOUNS:
        return None
    words = [w for w in names[0] if w.low not in listed("determiners") and not w.text.endswith(OWNED)] or list(names[0])
    if words[-1].low in table("anybody") and len(words) == 1:
        around = (
            w
            for p, whole in s.attached
            for w in whole
            if w.text.islower() and is_content(w.low) and w.low not in table("anybody")
        )
        return Quantity(unit="people", beside=tuple(dict.fromkeys(w.low for w in around)))
    whole = next((w for p, w in s.attached if p == "of" and s.words[-1].low not in quantities()), ())
    group = topics.group_of(" ".join(w.low for w in words)) or topics.group_of(words[-1].low)
    stored = group in lexicon("indicators")["counts"]["stored"]
    if group and not (stored and whole):
        return Quantity(of=(name_of(words),) if stored else called(group), unit=unit_of(f, group))
    if whole and not whole[-1].text[:1].isupper():
        return Quantity(of=(name_of(whole),), unit=unit_of(f, None), beside=(words[-1].low,))
    return Quantity(of=(name_of(words),), unit=unit_of(f, None))


def name_of(words: Sequence[Word]) -> str:
    """What a noun phrase is called: by its name, or by its last word."""
    named = [w.text for w in words if w.text[:1].isupper()]
    return " ".join(named) if named and words[-1].text[:1].isupper() else words[-1].low


def looking_back(reading: Reading, inside: Span, f: Figure, s: Subject | None) -> Quantity | None:
    """What a pronoun, or a quantity of something named before, looks back at; None where nothing looks back, or nothing is found."""
    text = reading.article.text
    bare = (
        s is not None
        and s.words[-1].low in quantities()
        and (names_nothing(s) or bool(ITS.search(text, inside[0], s.span[0])))
    )
    if not (OF_THEM.match(text, f.span[1]) or bare or (s is not None and s.words[-1].low in PRONOUNS)):
        return None
    is_measured = f.unit is not None and not (f.of and f.of[0][1] <= f.span[0])
    for before in back(text, sentence_of(text, inside)):
        found = measured_before(reading, before, f) if is_measured else counted_before(reading, before)
        if found:
            noun = " or ".join(found.of) or found.unit
            return replaced(
                found, f"of {noun}: the condition names nothing, the paragraph before it does", place_in(text, before)
            )
    return None


def names_nothing(s: Subject) -> bool:
    """Whether a quantity does not say of what it is, but perhaps where or whose: "the level at Kroll"."""
    places = [
        words for p, words in s.attached if p in ("at", "in", "near", "on", "for") and words[-1].text[:1].isupper()
    ]
    return all(w in places or w[-1].text.endswith(OWNED) or w[-1].low in listed("times") for w in measured(s))


def replaced(q: Quantity, note: str, place: str | None) -> Quantity:
    """The same, with a note and the place of what it looks back at."""
    return Quantity(of=q.of, unit=q.unit, beside=q.beside, place=q.place or place, notes=(*q.notes, note))


def counted_before(reading: Reading, before: Span) -> Quantity | None:
    """What a sentence counts: a topic of the table, else the last noun with a number."""
    text = reading.article.text
    measures = lexicon("figures")["measure"]
    for g in (g for g in reading.figures if g.unit in measures and g.of and before[0] <= g.span[0] < before[1]):
        return Quantity(of=(text[slice(*g.of[-1])].split()[-1].lower(),), unit=g.unit)
    if done := list(doings(text, before, None)):
        return Quantity(of=called(done[-1]))
    for f in reversed([f for f in reading.figures if f.of and before[0] <= f.span[0] < before[1]]):
        words = text[slice(*f.of[-1])].lower()
        group = topics.group_of(words) or topics.group_of(words.split()[-1])
        return Quantity(of=called(group), unit=unit_of(f, group)) if group else Quantity(unit=f.unit)
    beings = list(groups(text, before))
    return Quantity(of=called(beings[-1])) if beings else None


def measured_before(reading: Reading, before: Span, f: Figure) -> Quantity | None:
    """What a sentence measures in the same unit, else what it is about; a level is of water."""
    text = reading.article.text
    for g in reading.figures:
        if (
            g.unit == f.unit
            and before[0] <= g.span[0] < before[1]
            and (s := subject(text, before, g.span))
            and (found := by_subject(s, f))
        ):
            return found
    words = split(text, *before)
    water = next((w.low for w in words if w.low in lexicon("indicators")["bearer"]["water"]), None)
    if water and f.unit in lexicon("figures")["measure"]:
        return Quantity(of=(water,), unit=f.unit)
    if f.unit in lexicon("figures")["measure"] and (m := RIVER.search(text, *before)):
        return Quantity(of=(m["name"],), unit=f.unit)
    stop = next(
        (
            i
            for i, w in enumerate(words)
            if i and (is_verb(w) or w.low in listed("helping") or w.low in listed("joining"))
        ),
        0,
    )
    head = first_phrase(words[:stop])
    return by_subject(head, f) if head else None


def first_phrase(words: Sequence[Word]) -> Subject | None:
    """The noun phrase that some words begin with, and what is attached to it by "of"."""
    cut = next((i for i, w in enumerate(words) if w.text.islower() and w.low in attaching()), len(words))
    head = tuple(w for w in words[:cut] if w.low not in listed("determiners"))
    whole = tuple(w for w in words[cut + 1 :] if w.low not in listed("determiners"))
    return Subject(head, ((words[cut].low, whole),) if whole else (), ()) if head else None


def by_words(reading: Reading, inside: Span, f: Figure) -> Quantity:
    """What a number is of by the words of the if-side alone, or by the last topic that its paragraph named."""
    text = reading.article.text
    if group := next(doings(text, inside, f), None) or next(groups(text, inside), None):
        return Quantity(of=called(group), unit=unit_of(f, group))
    own = [w.low for w in split(text, inside[0], f.span[0]) if is_content(w.low) and not is_verb(w)]
    if own:
        return Quantity(of=(own[-1],), unit=unit_of(f, None))
    if f.unit:
        return Quantity(unit=f.unit)
    before = list(groups(text, (text.rfind("\n", 0, inside[0]) + 1, inside[0])))
    if not before:
        return Quantity()
    note = f"of {' or '.join(called(before[-1]))}: the condition names nothing, the paragraph before it does"
    return Quantity(of=called(before[-1]), notes=(note,))


def unit_of(f: Figure, group: str | None) -> str | None:
    """The unit of a condition's number; who is counted by a name of the table is people, and a noun before the number is no measure."""
    if group in lexicon("indicators")["counts"]["sent"]:
        return "people"
    before = bool(f.of) and f.of[0][1] <= f.span[0]
    return (
        None
        if before and (f.unit in lexicon("figures")["measure"] or f.unit in lexicon("figures")["duration"])
        else f.unit
    )


def doings(text: str, span: Span, f: Figure | None) -> Iterator[str]:
    """The topics of the table that a stretch of text names as something that happens, but not by the verb of the threshold ("pass 200")."""
    sent = lexicon("indicators")["counts"]["sent"]
    stop = f.span[0] if f else span[1]
    edge = len(text[span[0] : stop].rstrip())
    for group, m in named(text, span):
        beyond = f and m[1] - span[0] >= edge and m[0] < stop and " " not in text[slice(*m)]  # unlike "calls up"
        if group not in sent and not beyond:
            yield group


def groups(text: str, span: Span) -> Iterator[str]:
    """The topics of the table that a stretch of text names, in order."""
    return (group for group, _ in named(text, span))


def named(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The topics of the table that a stretch of text names, with their words, in order; of two that overlap the longer."""
    words, stop = list(topics.WORD.finditer(text, *span)), span[0]
    for i, m in enumerate(words):
        for last in reversed(words[i : i + LONGEST]):
            group = topics.group_of(" ".join(text[m.start() : last.end()].split()))
            if group and m.start() >= stop:
                yield group, (m.start(), stop := last.end())
                break


def called(group: str) -> tuple[str, ...]:
    """What a topic is called in a definition."""
    return tuple(lexicon("indicators")["topic"][group].get("called", [group]))


def is_content(word: str) -> bool:
    """Whether a word says what something is about."""
    low = word.lower()
    known = ("between", "link", "places", "adverbs", "auxiliary", "breakers")
    return len(low) > 2 and not any(low in table(t) for t in known) and low not in lexicon("figures")["counted"]["stop"]


def place_of(reading: Reading, c: Condition, of: tuple[str, ...]) -> str | None:
    """Where what a condition counts or measures is: by the if-side, else where its topic is first named with a place."""
    text, inside = reading.article.text, envelope(c.if_)
    if found := place_in(text, inside):
        return found
    nouns = [re.escape(t) for t in of if t.islower() and not topics.group_of(t)]
    water = lexicon("indicators")["bearer"]["water"]
    nouns += water if not set(nouns).isdisjoint(water) else []
    if the := THE.search(text, *inside):
        nouns.append(re.escape(the["noun"]))
    for noun in nouns:
        for named in ways_to_place(noun):
            for m in named.finditer(text):
                if name := place_name(m["name"]):
                    return name
    return None


def ways_to_place(noun: str) -> tuple[re.Pattern[str], ...]:
    """How a noun is put at a place: "the lake behind the Holm Dam", "Lake Orr", "the Velk mine"."""
    behind = rf"\b(?:{noun}) (?:at|in|near|off|behind|of|on) (?:the )?(?:[a-z]+ ){{0,2}}?(?P<name>{NAME})"
    called = rf"\b(?:{noun.title()}) (?P<name>{NAME})" if noun in ("lake", "river") else r"(?!)(?P<name>)"
    return tuple(map(re.compile, (behind, called, rf"(?P<name>{NAME}) (?:{noun})\b")))


def place_in(text: str, span: Span) -> str | None:
    """The first place that a stretch of text puts something at."""
    for m in PLACED.finditer(text, *span):
        if name := place_name(m["name"]):
            return name
    return None


def place_name(words: str) -> str | None:
    """A place's own name: without an owner before it, and without the kind of thing that is called after it; None for a day or month."""
    parts = words.split()
    while len(parts) > 1 and parts[0].endswith(OWNED):
        parts.pop(0)
    kinds = lexicon("indicators")["bearer"]["kinds"]
    while len(parts) > 1 and parts[-1] in kinds:
        parts.pop()
    if len(parts) > 1 and parts[0] in ("Lake", "River", "Mount"):
        parts.pop(0)
    name = re.sub(r"[’']s?$", "", " ".join(parts))
    return None if name.lower() in listed("times") | listed("joining") | listed("determiners") | attaching() else name
