"""What is no origin of its own for an alert: a number that is told again, and an officer's word beside that of his body.

1. Who gives by himself, without saying from whom he has it, a number that another origin had put on record before of the same affair has it from there. It
counts when articles appeared, not when they came in. 2. Nameless people of whom it is said whom they told are the ones who are on record through those: "two engineers
told a local station, Radio Holm"; nor do they add to just the number that somebody gave by name. 3. Who is introduced as the head, the spokesman or the representative of a body speaks for it. All are kept as evidence and
raise no further alert.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from math import inf

from onrecord.knowledge import Origin, Resolved
from onrecord.model import Entity
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.comparing import speaks_for
from onrecord.resolve.origins import bare
from onrecord.text import Span
from onrecord.watch.extent import ROUNDED, Extent
from onrecord.watch.indication import FIRES, Sighting

BESIDE = 50  # characters beside the first mention of somebody that tell who that is


def told_before(s: Sighting, every: Sequence[Sighting]) -> bool:
    """Whether a number that an outlet gives in its own voice, or has of nameless people who told others, was on record of the same affair before, by another origin."""
    again = (o for o in every if is_before(o, s) and one_number(o, s))
    return s.crossing in FIRES and any(s.own or retells(o, s) or is_known(o, s) for o in again)


def is_known(old: Sighting, new: Sighting) -> bool:
    """Whether nameless people give the very number that somebody had put on record by name: "its observers had counted 2,450"."""
    named = old.origin.kind == "speaker" and new.origin.kind == "anonymous"
    return named and old.number == new.number and old.when < new.when


def retells(old: Sighting, new: Sighting) -> bool:
    """Whether nameless people are said to have told those through whom nameless people are on record."""
    nameless = old.origin.kind == new.origin.kind == "anonymous"
    return nameless and bool(re.search(rf"(?<!\w){re.escape(bare(old.origin.name))}(?!\w)", new.words, re.I))


def is_before(old: Sighting, new: Sighting) -> bool:
    """Whether somebody else said so earlier, or in the same article; of two at one moment it is the same one whichever comes first."""
    if old.crossing not in FIRES or old.origin.root == new.origin.root:
        return False
    if old.crossing.endswith("planned") and not new.crossing.endswith("planned"):
        return False  # that it has come about is more than that it was announced
    return not old.own if old.article == new.article else (old.when, old.article) < (new.when, new.article)


def one_number(a: Sighting, b: Sighting) -> bool:
    """Whether two numbers may be one; both must be known, which they are of one affair only."""
    return a.number is not None and b.number is not None and overlapping(a.number, b.number)


def overlapping(a: Extent, b: Extent) -> bool:
    """Whether the numbers that two extents mean may be one."""
    (a_low, a_high), (b_low, b_high) = meant(a), meant(b)
    return a_low <= b_high and b_low <= a_high


def meant(e: Extent) -> tuple[float, float]:
    """The numbers that are meant: "more than 300" is little more than that."""
    low, high = e.low, e.high
    if high == inf:
        high = low + ROUNDED * abs(low)
    elif low == -inf:
        low = high - ROUNDED * abs(high)
    return low, high


def kin(origin: Origin, resolved: Resolved) -> set[str]:
    """The roots of the body that a speaker of this article speaks for, and of those who speak for the speaker that is a body."""
    if origin.kind != "speaker":
        return set()
    who = {e.id for e in resolved.reading.entities if is_of(e, origin, resolved)}
    linked = list(offices(resolved)) if who else []
    others = {b for a, b in linked if a in who} | {a for a, b in linked if b in who}
    return {root(label, resolved) for label in others - who}


def is_of(entity: Entity, origin: Origin, resolved: Resolved) -> bool:
    """Whether somebody of an article is the speaker that is an origin."""
    return root(entity.id, resolved) == origin.root or entity.name == origin.name


def root(label: str, resolved: Resolved) -> str:
    """The root of the origin that somebody of an article is as a speaker: the actor's id."""
    return resolved.actors.get(label, label)


def offices(resolved: Resolved) -> Iterator[tuple[str, str]]:
    """Persons of an article with the bodies that they are said to speak for, by their labels."""
    text, people = resolved.reading.article.text, resolved.reading.entities
    bodies = [e for e in people if e.type == "organisation" and e.mentions]
    for person in (e for e in people if e.type == "person" and e.mentions and bodies):
        start, end = min(person.mentions)
        role = text[max(0, start - BESIDE) : start] + text[end : end + BESIDE]
        for body in bodies:
            if named_whole(role, body.name) or represents(text, person.mentions, body.mentions):
                yield person.id, body.id
        if (headed := body_called(text, person, bodies)) is not None:
            yield person.id, headed.id


def body_called(text: str, person: Entity, bodies: Sequence[Entity]) -> Entity | None:
    """The body that somebody is said to head by what it is: of "Dana Hollin, the group's head" the one named last before her."""
    start, end = min(person.mentions)
    if not head_of_group().match(text, end) and not head_of_group().search(text, max(0, start - BESIDE), start):
        return None
    before = [
        (m, body) for body in bodies for m in body.mentions if m[1] <= start and text.count("\n\n", m[1], start) < 2
    ]
    return max(before, key=lambda found: found[0], default=((0, 0), None))[1]


@cache
def head_of_group() -> re.Pattern[str]:
    """What says that somebody heads a body that is only described: ", the group's head", "the commission's chairman"."""
    officer, body = either(lexicon("accounts")["officer"]["nouns"]), either(lexicon("accounts")["officer"]["bodies"])
    return re.compile(
        rf",?\s*(?:the|its)\s+(?:(?:{body})[’']s\s+(?:{officer})|(?:{officer})\s+of\s+the\s+(?:{body}))\b", re.I
    )


def named_whole(role: str, body: str) -> bool:
    """Whether the words beside somebody name an office of a body by all that its name says: "health minister", Health Ministry."""
    names = re.findall(r"\w+", body.casefold())
    houses: dict[str, str] = lexicon("accounts")["house"]
    words = {houses.get(w, w) for w in re.findall(r"\w+", role.casefold())}
    held = bool(officers().search(role))
    return held and speaks_for(role, body) and all(w in words for w in names if len(w) > 3)


@cache
def officers() -> re.Pattern[str]:
    """The words for those who speak for a body."""
    return re.compile(rf"\b(?:{either(lexicon('accounts')['officer']['nouns'])})\b", re.I)


@cache
def representing() -> re.Pattern[str]:
    """What stands between a body and who speaks for it, and behind that one: "the Centre, which she represents"."""
    return re.compile(rf"\s*\w*\s*(?:{either(lexicon('accounts')['officer']['verbs'])})\b", re.I)


def represents(text: str, person: Sequence[Span], body: Sequence[Span]) -> bool:
    """Whether a relative clause says of a body that somebody speaks for it."""
    return any(
        re.fullmatch(r",?\s*(?:which|whom|that)\s+", text[end:start]) and representing().match(text, stop)
        for _, end in body
        for start, stop in person
        if end <= start <= end + 10
    )
