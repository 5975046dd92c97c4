"""Whose a number, event or statement is: whether the actor that an indicator asks for is the one that the text ties it to.

The answer is yes, no or unknown, with its reason. For a number, in this order, and the first that tells decides:

1. an event at the topic's words has actors; 2. somebody is named behind "by", "in", "with" or "for", beside the topic or the number; 3. somebody is named before
the topic in its clause, the nearest counts; 4. the speaker's country; 5. what the paragraph named before; 6. headline and first paragraph.
A name that is nobody's known is somebody else's: precision comes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from onrecord.knowledge import Resolved
from onrecord.model import Attribution, Entity
from onrecord.read import countries
from onrecord.read.manner import lexicon
from onrecord.text import Span, overlap
from onrecord.watch.indicator import Who
from onrecord.watch.topics import group_of

Answer = Literal["yes", "no", "unknown"]
NAME = re.compile(r"[A-ZÀ-Þ]\w*")
OWNER = re.compile(
    r"(?P<owner>[A-ZÀ-Þ][\w-]*(?:\s[A-ZÀ-Þ][\w-]*)??)(?:(?P<possessive>['’]s?)\s+|\s+)(?P<between>(?:[\w-]+\s+){0,3})$"
)
OF = re.compile(r"\s*(?P<comma>,\s+)?(?P<between>(?:[\w-]+\s+){0,3}?)of\s+(?:the\s+)?(?P<owner>[A-ZÀ-Þ][\w-]*)")
DROPPED = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{3,}[aeoy]")  # its adjective may leave the last letter out: "Torvian"
BEHIND = re.compile(r"^(?:[^.;:()]{0,50}?\s)?(?:by|in|across|throughout|with|for|into|of)\s+(?:the\s+)?$")
# Between an owner and a number that is his, wherever it is: "Quarrin now has 9,000 soldiers on the island of Keld".
HAS = re.compile(
    r"\s+(?:(?:has|have|had|now|already|still|also|currently|\w+ly)\s+)*(?:has|have|had|holds?|keeps?|kept|sent|sends?|stationed|deployed|massed|moved|took|takes?|won|wins?|gained|lost|got)\s+(?:[\w-]+\s+){0,3}"
)
# Of "@", an office: who held it once, who stands below it, and who is whose holder's.
NOT_HE = re.compile(r"\b(?:former|ex|late|deputy|vice|would-be|acting|then)[\s-]@|@['’]s\b")
CLAUSE = re.compile(r"[;:()—]|,\s(?=(?:and|but|while|as|who|which|where|after|before|said|says)\b)")


PRONOUN = re.compile(r"[“\"]?(?:It|They|Its|Their|He|She|His|Her)\b")
OPENING = 60  # characters from a sentence's beginning in which its subject stands


class Told(NamedTuple):
    """An answer and what says so."""

    answer: Answer
    why: str


class Scene(NamedTuple):
    """One actor in one article: where it is named, where others are, and who is who."""

    who: Who
    resolved: Resolved
    own: tuple[Span, ...]  # where the text names the actor or its country
    others: tuple[Span, ...]  # where it names another country, or somebody else
    sources: tuple[Span, ...]  # who is quoted: whose words these are is not whose number it is

    @property
    def text(self) -> str:
        """The article's text."""
        return self.resolved.reading.article.text


@cache
def name_pattern(who: Who) -> re.Pattern[str]:
    """The names of an actor, those of its country, and the adjectives made of them."""
    ends = "|".join(sorted(lexicon("indicators")["actor"]["demonyms"], key=len, reverse=True))
    names = {rf"{re.escape(n)}(?:{ends})" if " " not in n else re.escape(n) for n in who.names}
    names |= {re.escape(n[0].upper() + n[1:]) for n in who.names if n[:1].islower()}  # "Nurses"
    names |= {re.escape(n.upper()) for n in who.names if len(n) > 3}  # in a dateline
    names |= {rf"{re.escape(n[:-1])}(?:an|ian|ean|ese|ish|ic)s?" for n in who.names if DROPPED.fullmatch(n)}
    if who.country:
        entry = lexicon("countries")[who.country]
        names |= {re.escape(n) for n in (*entry["names"], *entry.get("parts", ()), *entry["seats"])}
        names |= {rf"{re.escape(n)}s?" for n in entry["demonyms"]}
    body = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{body})(?!\w)" if body else r"(?!)")


@cache
def short_pattern(who: Who) -> re.Pattern[str]:
    """What a body with a long name is called by the last word of it, once it is named: "the Legion"."""
    last = {n.rpartition(" ")[2] for n in who.names if " " in n and who.country is None}
    body = "|".join(re.escape(w) for w in sorted(last) if w[:1].isupper())
    return re.compile(rf"(?<=\b[Tt]he )(?i:{body})(?!\w)" if body else r"(?!)")


@cache
def country_words() -> dict[str, dict[str, str]]:
    """Every country, part, seat and demonym that the table knows with its code, by its first word."""
    found: dict[str, dict[str, str]] = {}
    for name, code in {**countries.places(), **countries.demonyms()}.items():
        found.setdefault(NAME.findall(name)[0], {})[name] = code
    return found


@lru_cache(maxsize=32)
def named_countries(text: str) -> tuple[tuple[Span, str], ...]:
    """Where a text names a country, part of one, seat or demonym, and its code; the longest name counts."""
    found: list[tuple[Span, str]] = []
    for m in NAME.finditer(text):
        if found and m.start() < found[-1][0][1]:
            continue
        names = (n for n in country_words().get(m.group(), ()) if text.startswith(n, m.start()))
        name = max(names, key=len, default="")
        end = m.start() + len(name)
        if name and not text[end : end + 1].isalnum():
            found.append(((m.start(), end), country_words()[m.group()][name]))
    return tuple(found)


def is_absent(who: Who, resolved: Resolved) -> bool:
    """Whether an article names an actor nowhere, which is soon seen."""
    if name_pattern(who).search(resolved.reading.article.text):
        return False
    return all(entity_is(who, e, resolved) != "yes" for e in resolved.reading.entities)


def scene(who: Who, resolved: Resolved) -> Scene:
    """Where an article names an actor, and where others."""
    reading = resolved.reading
    text = reading.article.text
    own = [m.span() for m in name_pattern(who).finditer(text)]
    own += [m.span() for m in short_pattern(who).finditer(text)] if own else []
    rest = [span for span, _ in named_countries(text)]
    for e in reading.entities:
        match entity_is(who, e, resolved):
            case "yes":
                own += e.mentions
            case "no":
                rest += [s for s in e.mentions if text[s[0]].isupper() and not group_of(text[slice(*s)])]
    taken = [*own, *(d.span for d in reading.dates)]
    others = (s for s in rest if not any(overlap(s, o) for o in taken))
    sources = tuple(s for a in reading.attributions for s in a.source)
    return Scene(who, resolved, tuple(sorted(set(own))), tuple(sorted(set(others))), sources)


def entity_is(who: Who, e: Entity, resolved: Resolved) -> Answer:
    """Whether an entity is the actor, or of its country; "unknown" for people and bodies whose country nobody says."""
    names = {e.name, *resolved.names.get(e.id, ())}
    if who.names and any(same_name(a, n, e.type) for a in who.names for n in names):
        return "yes" if fits_role(who, e) else "no"
    if who.country and e.country == who.country and not (who.names and not any(map(countries.whole, who.names))):
        return "yes" if fits_role(who, e) else "no"
    if e.country is not None:
        return "unknown" if who.country is None else "no"
    if who.role and not who.names and not who.country:
        return "yes" if fits_role(who, e) else "unknown"
    if named_country(e.name):
        return "no"
    known = e.type in ("person", "group") or e.role or is_body(e.name)
    return "unknown" if known else "no"


def fits_role(who: Who, e: Entity) -> bool:
    """Whether an entity has the role that is asked for, if one is."""
    if who.role is None:
        return True
    said = f"{e.role or ''} {e.name}".lower()
    return who.role.lower() in said and not NOT_HE.search(said.replace(who.role.lower(), "@", 1))


def same_name(asked: str, name: str, kind: str) -> bool:
    """Whether two names can be one: the same, or for a person the one's surname alone."""
    a, b = asked.casefold().split(), name.casefold().removeprefix("the ").split()
    return a == b or (kind == "person" and len(a) > 1 and b == a[-1:])


def named_country(name: str) -> str | None:
    """The country that a name is of or begins with."""
    found = named_countries(name.removeprefix("the "))
    return found[0][1] if found and found[0][0][0] == 0 else None


def is_body(name: str) -> bool:
    """Whether a name is that of a body that every country has."""
    words = set(re.findall(r"[a-z]+", name.lower()))
    return not words.isdisjoint(lexicon("indicators")["actor"]["bodies"])


def is_doubtful(who: Who, e: Entity, resolved: Resolved) -> bool:
    """Whether a lone name taken for a person's may be that of a country that is in no table, as the actor itself is in none."""
    names = {e.name, *resolved.names.get(e.id, ())}
    return who.country is None and e.type == "person" and not e.role and not any(" " in n for n in names)


def entity_told(s: Scene, label: str) -> Answer:
    """Whether an entity is the actor or belongs to it, also by the words before and behind its mentions."""
    e = next((e for e in s.resolved.reading.entities if e.id == label), None)
    if e is None:
        return "unknown"
    known = entity_is(s.who, e, s.resolved)
    if known != "yes" and is_another(s, e):
        return "no"
    if known == "yes" or any(overlap(m, o) for m in e.mentions for o in s.own):
        return "yes" if s.who.role is None or fits_role(s.who, e) else "no"
    return owned(s, e.mentions) or known


def is_another(s: Scene, e: Entity) -> bool:
    """Whether somebody is another than the person who is asked for, though the text says whose he is: "Orlo Grant's deputy", "Jon Hask, a friend of Orlo Grant"."""
    if not any(" " in n for n in s.who.names) or s.who.country or s.who.role:
        return False
    if e.type == "person":
        if (e.role and relations().isdisjoint(e.role.split())) or any(overlap(m, o) for m in e.mentions for o in s.own):
            return False
    elif not (e.type == "group" and e.name.split()[-1] in relations()):
        return False
    return any(x.type == "person" and entity_is(s.who, x, s.resolved) == "yes" for x in s.resolved.reading.entities)


@cache
def relations() -> frozenset[str]:
    """Words for who is somebody's, and not he."""
    return frozenset(lexicon("events")["words"]["relations"])


def owned(s: Scene, mentions: Sequence[Span]) -> Answer | None:
    """Whose somebody is by an owner before ("Quarrin's defence minister") or behind ("president of Quarrin"); None where nobody is named."""
    for start, end in mentions:
        before = OWNER.search(s.text, max(0, start - 60), start)
        if before and (before["possessive"] or is_body(before["between"])) and (told := at(s, before.span("owner"))):
            return told
        after = OF.match(s.text, end)
        near = after and (after["comma"] or not after["between"])
        if after and near and (told := at(s, after.span("owner"))):
            return told
    return None


def at(s: Scene, span: Span) -> Answer | None:
    """Whether the actor is named at a place, or somebody else."""
    if any(overlap(span, o) for o in s.own):
        return "yes"
    return "no" if any(overlap(span, o) for o in s.others) else None


def agent(
    s: Scene, sentence: Span, topic: Span, figure: Span, event_actors: Sequence[str], said: Attribution | None
) -> Told:
    """Whose a number is that is tied to a topic."""
    answers = {entity_told(s, label) for label in event_actors}
    if "yes" in answers:
        return Told("yes", "the event's actor")
    start, stop = clause(s.text, sentence, topic, figure, said)
    inner = (min(topic[0], figure[0]), max(topic[1], figure[1]))
    named = sorted(
        [(o, True) for o in s.own]
        + [(o, False) for o in s.others if not any(overlap(o, q) for q in (*s.sources, topic))]
    )
    for span, is_own in named:
        if inner[0] <= span[0] and span[1] <= inner[1]:
            return Told("yes", "named between") if is_own else Told("no", f"it is of {s.text[slice(*span)]}")
    behind = next(((o, y) for o, y in named if inner[1] <= o[0] < stop and BEHIND.match(s.text[inner[1] : o[0]])), None)
    ahead = [(o, y) for o, y in named if start <= o[0] and o[1] <= inner[0]]
    after = ahead[-1][0][1] if ahead else start
    doubtful = unknown_name(s, after, inner[0])
    if doubtful and not behind:
        return Told("unknown", f"who {doubtful} is, the article does not say")
    owns = bool(ahead) and HAS.fullmatch(s.text, ahead[-1][0][1], inner[0])
    for found in (None if owns else behind, ahead[-1] if ahead else None):
        if found:
            words = s.text[slice(*found[0])]
            yes, no = f"the sentence names {words}", f"the sentence gives it to {words}"
            return Told("yes", yes) if found[1] else Told("no", no)
    if "no" in answers:
        return Told("no", "the event has another actor")
    return context(s, sentence, said)


def unknown_name(s: Scene, start: int, stop: int) -> str | None:
    """A lone name in a stretch of text of which it is not known whether it is a country's."""
    doubtful = (e for e in s.resolved.reading.entities if is_doubtful(s.who, e, s.resolved))
    return next((e.name for e in doubtful if any(start <= m[0] and m[1] <= stop for m in e.mentions)), None)


def clause(text: str, sentence: Span, topic: Span, figure: Span, said: Attribution | None) -> Span:
    """The part of a sentence in which a number's actor is looked for: within the words of whoever says so, and its clause."""
    start, stop = sentence
    for a, b in said.content if said else ():
        if a <= figure[0] and figure[1] <= b:
            start, stop = max(start, a), min(stop, b)
    low, high = min(topic[0], figure[0]), max(topic[1], figure[1])
    for m in CLAUSE.finditer(text, start, low):
        start = m.end()
    end = CLAUSE.search(text, high, stop)
    return start, end.start() if end else stop


def context(s: Scene, sentence: Span, said: Attribution | None) -> Told:
    """Whose a number is by its surroundings, where its clause names nobody."""
    if said and said.speaker:
        told = named_in(s, said.source) or entity_told(s, said.speaker)
        if told == "yes":
            return Told("yes", "the speaker is of it")
        if told == "no" and said.speaker_kind in ("named", "described") and not is_outlet(s, said.speaker):
            return Told("no", "the speaker is somebody else's")
    if PRONOUN.match(s.text, *sentence) and opens_with(s, before(s.text, sentence)):
        return Told("yes", "the sentence goes on about it")
    paragraph = s.text.rfind("\n", 0, sentence[0]) + 1
    if near := last_named(s, paragraph, sentence[0]):
        return (
            Told("yes", "the paragraph speaks of it")
            if near == "yes"
            else Told("unknown", "the paragraph speaks of others")
        )
    head = s.text.find("\n\n")
    lead = s.text.find("\n\n", head + 2) if head >= 0 else -1
    named = (o for o in (*s.own, *s.others) if not any(overlap(o, q) for q in s.sources))
    top = [at(s, o) for o in named if o[0] < (lead if lead > 0 else len(s.text))]
    if top and set(top) == {"yes"}:
        return Told("yes", "headline and first paragraph name nobody else")
    return Told("unknown", "the article does not say whose it is")


def before(text: str, sentence: Span) -> Span:
    """The sentence before one, also of the paragraph before."""
    end = len(text[: sentence[0]].rstrip())
    return max(text.rfind(". ", 0, max(end - 1, 0)) + 2, text.rfind("\n", 0, end) + 1, 0), end


def opens_with(s: Scene, sentence: Span) -> bool:
    """Whether the first who is named in a sentence is the actor, at its beginning."""
    named = sorted(o for o in (*s.own, *s.others) if sentence[0] <= o[0] < sentence[1])
    return bool(named) and at(s, named[0]) == "yes" and named[0][0] - sentence[0] <= OPENING


def named_in(s: Scene, spans: Sequence[Span]) -> Answer | None:
    """Whether words name the actor and nobody else: "Marta Velling, Quarrin's defence minister"."""
    own = any(overlap(o, span) for o in s.own for span in spans)
    return "yes" if own and not any(overlap(o, span) for o in s.others for span in spans) else None


def is_outlet(s: Scene, label: str) -> bool:
    """Whether a speaker is an outlet."""
    return any(e.id == label and e.type == "outlet" for e in s.resolved.reading.entities)


def last_named(s: Scene, start: int, stop: int) -> Answer | None:
    """Who was named last in a stretch of text: the actor, somebody else, nobody."""
    found = [o for o in (*s.own, *s.others) if start <= o[0] and o[1] <= stop]
    return at(s, max(found)) if found else None
