"""Pronouns and descriptions outside of sources: who "she", "their" and "the minister" are, in one pass through the text.

1. "I" in somebody's own words is that speaker. 2. A description next to a name, or behind "is", is the name's; otherwise "the"
and a role or kind stand for the last one mentioned who has it; what fits nobody is left alone, but remembered, so that a "she"
behind "a nurse" is nobody else's. 3. A pronoun is the most prominent one before it of its gender and number: a subject before
others, the same sentence before earlier ones, and never the speaker of the words that it stands in. Where nobody stands out,
nobody is named. The first pass over names and sources has been made (`entities`, `speakers`); their mentions are given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log2
from typing import NamedTuple

from onrecord.model import EntityType
from onrecord.read import appositions, countries, descriptions, kinship
from onrecord.read.descriptions import Description
from onrecord.read.entities_names import Entity, Gender, parts
from onrecord.read.entities_roles import gender_of
from onrecord.read.sentences import sentences
from onrecord.text import Span, overlap

MALE, FEMALE = ("he", "him", "his", "himself"), ("she", "her", "hers", "herself")
HE: dict[str, Gender] = {**dict.fromkeys(MALE, "m"), **dict.fromkeys(FEMALE, "f")}
SELF = {"i", "me", "my", "mine", "myself"}
PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]ers?|[Hh]erself|I|me|[Mm]y|mine|[Mm]yself|[Tt]heir|[Tt]hey|[Ii]ts|It(?! (?:is|was|will be|would be|has been|seems|appears|remains)\b|[’'])|it(?![’']))\b(?![’'-]\w{3})"
)
FAR = 2.5  # below minus this, one mention alone does not make a country "the country"
REACH = 6  # sentences that a pronoun looks back over
CLEAR = 0.3  # how much more prominent than the next one must be of whom no more is known than that nothing speaks against it
NEXT = 3  # mentions back from a description, the last of which may stand in it
INTRODUCED = 3  # of an entity's first names, those that may be introduced
WIDTH = 60  # mentions that it looks back over at most
FAME = 0.12  # what doubling the mentions of somebody is worth, where one mention in the sentence before costs 1
FIRST_PERSON = re.compile(r"\b(?:I|me|my|My)\b")
COPULA = re.compile(
    r"\s+(?:is|was|are|were|became|becomes|remains|has been|had been|served as|serves as|serving as|as)\s+(?:also\s+)?"
)
APPOSED = re.compile(r"(?:\s+(?:of|for|at|in|on)\s+[^,;:.“”\"\n]{2,50})?,\s+(?:[A-Z][\w.]*\s+)?|\s+")
PHRASE_ENDS = re.compile(
    r"\s*(?:[,.;:()\n—–“”\"-]|$)|\s+(?:of|for|at|in|on|from|to|who|whom|whose|which|that|with|and|since|behind|under)\b"
)
DEFINITE = ("the", "this", "that")
OF_SEVERAL = ("their",)
CLOSED = re.compile(r"[’'”\"]?(?:s\b)?\s*(?:[,.;:()\n—–-]|and\b|who\b|$)")
COMMA = re.compile(r"[’'”\"]?,?\s*,\s+(?:who (?:is|was)\s+)?(?:\d{1,3},\s+)?")
CLAUSE = re.compile(
    r"[,;:—–“”\"]|\b(?:and|but|that|when|while|because|as|if|after|before|who|which|whether|since|although|though|said|says|to)\b"
)
WITHIN_CLAUSE = re.compile(rf"(?:(?!{CLAUSE.pattern}).){{0,60}}")
SAID_THAT = re.compile(
    r"[^.;:“”\"]{0,40}\b(?:said|says|announced|announces|stated|states|confirmed|claims|claimed|believes|believed|hopes|hoped|expects|expected|promised|added|warned|denied)\b[^.;:“”\"]{0,30}"
)
NO_SUBJECT = re.compile(
    r"\b(?:to|with|by|of|against|for|from|about|between|on|in|at|near|behind|under|over|than|like|including|told|tells?|asked|urged|accused|called|met|saw|killed|named|praised|criticised|criticized|joined|beat|defeated|succeeded|replaced|elected|appointed|thanked|led|and|or)\s+(?:the\s+|an?\s+)?$",
    re.I,
)


OWNS = re.compile(r"[’']s?\b")
ROLE_END = re.compile(r"(?:[A-Z][\w.’'-]*\s+)+$")  # before a name


class Use(NamedTuple):
    """One mention as the pass remembers it."""

    span: Span
    entity: Entity
    sentence: int
    subject: bool
    quoted: int  # the quotation that it stands in, or -1


class Words(NamedTuple):
    """Words that somebody is quoted with."""

    span: Span
    speaker: Entity | None


class Pass:
    """One walk through a text that gives pronouns and descriptions to entities."""

    def __init__(self, text: str, entities: Sequence[Entity], said: Sequence[Words]) -> None:
        self.text = text
        self.entities = entities
        self.sentences = sentences(text)
        self.starts = [s for s, _ in self.sentences]
        self.said = sorted(said, key=lambda w: w.span)
        self.said_starts = [w.span[0] for w in self.said]
        self.uses: list[Use] = []
        self.described: dict[Entity, set[str]] = defaultdict(set)  # the heads of the descriptions that were somebody's
        self.families = kinship.Families()
        self.given = sorted((m, n) for n, e in enumerate(entities) for m in set(e.mentions))

    def run(self) -> None:
        taken = [m for m, _ in self.given]
        longest = max((e - s for s, e in taken), default=0)

        def clear(span: Span, head: int) -> bool:
            """Whether no mention stands in a span, or only names before its head: "the Foo spokesman"."""
            i = bisect_right(taken, (span[1] - 1, span[1]))
            while i and taken[i - 1][0] >= span[0] - longest:
                i -= 1
                if overlap(taken[i], span) and not span[0] < taken[i][0] <= taken[i][1] < head:
                    return False
            return True

        rows: list[tuple[int, Span, int | str | Description]] = [(m[0], m, n) for m, n in self.given]
        rows += [(m.start(), m.span(), m.group().lower()) for m in PRONOUN.finditer(self.text) if clear(m.span(), 0)]
        described = descriptions.find(self.text, self.heads())
        rows += [(d.span[0], d.span, d) for d in described if clear(d.span, d.span[1] - len(d.head))]
        for _, span, what in sorted(rows, key=lambda row: row[0]):
            if isinstance(what, int):
                self.use(span, self.entities[what])
                self.relate(span, self.entities[what])
                if descriptions.DETERMINED.match(self.text, *span):
                    self.described[self.entities[what]].add(self.text[slice(*span)].split()[-1].lower())
            elif isinstance(what, Description):
                self.describe(what)
            elif found := self.pronoun(span, what):
                self.take(span, found)

    def heads(self) -> set[str]:
        """Words that descriptions may have as heads in this text: those that bodies' names begin and end with, or are introduced by."""
        found = {w for e in self.entities if e.type != "person" for w in parts(e.name)[:1] + parts(e.name)[-1:]}
        for e in self.entities:
            for name in e.names[:INTRODUCED] if e.type != "person" else ():
                if (head := appositions.introduced(self.text, name)) and not appositions.NO_NOUN.match(head):
                    found.add(head)
                    self.described[e].add(head)
        return found

    # what is remembered -------------------------------------------------------------------------------------------

    def sentence(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def quotation(self, at: int) -> int:
        """The innermost quoted words that a place lies in, by number; -1 for none."""
        i = bisect_right(self.said_starts, at) - 1
        for j in range(i, max(-1, i - 8), -1):
            if self.said[j].span[1] > at:
                return j
        return -1

    def use(self, span: Span, entity: Entity) -> None:
        self.uses.append(Use(span, entity, self.sentence(span[0]), self.is_subject(span), self.quotation(span[0])))

    def take(self, span: Span, entity: Entity) -> None:
        entity.mentions.append(span)
        self.use(span, entity)

    def is_subject(self, span: Span) -> bool:
        """Whether a mention stands where a subject does: no owner, and not behind a verb or preposition."""
        if OWNS.match(self.text, span[1], span[1] + 3):
            return False
        lower = self.text[slice(*span)].lower()
        if lower in ("he", "she", "i", "they", "it"):
            return True
        if lower in ("him", "his", "her", "himself", "herself", "their", "its", "me", "my"):
            return False
        lead = self.text[max(self.starts[self.sentence(span[0])], span[0] - 60) : span[0]]
        lead = ROLE_END.sub("", lead)
        return not NO_SUBJECT.search(lead)

    def recent(self, at: int) -> Iterator[Use]:
        """What was mentioned lately, latest first."""
        here = self.sentence(at)
        for use in self.uses[: -WIDTH - 1 : -1]:
            if here - use.sentence > REACH:
                return
            yield use

    # pronouns -----------------------------------------------------------------------------------------------------

    def pronoun(self, span: Span, word: str) -> Entity | None:
        quotation = self.quotation(span[0])
        speaker = self.said[quotation].speaker if quotation >= 0 else None
        if word in SELF:
            return speaker if speaker and speaker.type == "person" else None
        if word in HE:
            return self.person(span, word, quotation, speaker)
        return self.body(span, word)

    def person(self, span: Span, word: str, quotation: int, speaker: Entity | None) -> Entity | None:
        """The most prominent person whose gender does not contradict; none who is "I" here, who speaks, or whose object it would be."""
        gender = HE[word]
        closed = quotation if quotation >= 0 and speaker is None and self.first_person(quotation) else None
        here = self.sentence(span[0])
        paragraph = self.text.rfind("\n", max(0, span[0] - 3000), span[0])
        owner = word == "his" or (word == "her" and bool(re.match(r"\s+[a-z]", self.text[span[1] : span[1] + 2])))
        scores: dict[Entity, float] = {}
        seen = 0
        recent = list(self.recent(span[0]))
        no = {u.entity for u in recent if u.sentence == here and self.text[slice(*u.span)].lower() in SELF} | {speaker}
        if not owner and word in ("him", "her"):
            clause = (u for u in recent if u.sentence == here and u.subject)
            no |= {u.entity for u in clause if not CLAUSE.search(self.text[u.span[1] : span[0]])}
        for use in recent:
            e = use.entity
            if e.type != "person" or (e.gender and e.gender != gender) or e in no:
                continue
            if closed is not None and use.quoted != closed:
                continue  # outside may be whoever speaks here
            distance = here - use.sentence
            score = -1.0 * distance + 0.8 * use.subject + 0.25 * (e.gender == gender)
            score -= 0.5 * (use.span[0] < paragraph)
            score -= 0.8 * (use.quoted >= 0 and use.quoted != quotation)
            score += FAME * min(5.0, log2(1 + len(e.mentions))) * (distance > 0)
            score -= 0.02 * seen
            seen += 1
            scores[e] = max(score, scores.get(e, -99.0)) + (0.1 if e in scores else 0.0)
        best = max(scores, key=lambda e: scores[e], default=None)
        if best is None or scores[best] < -REACH:
            return None
        best.gender = best.gender or gender
        return best

    def first_person(self, quotation: int) -> bool:
        return bool(FIRST_PERSON.search(self.text, *self.said[quotation].span))

    def body(self, span: Span, word: str) -> Entity | None:
        """The organisation that is the subject of the clause or of what it "said (that) it" did; for a pronoun at a sentence's start,
        the subject of the sentence before."""
        here = self.sentence(span[0])
        opens = not self.text[self.starts[here] : span[0]].strip(" “‘\"'")
        bridge = SAID_THAT if word in ("it", "they") else WITHIN_CLAUSE
        for use in self.recent(span[0]):
            if use.sentence < here - opens:
                return None
            if use.entity.type == "person" and word in ("it", "its"):
                continue
            if use.sentence == here - opens and use.subject and use.entity.type in ("organisation", "outlet", "group"):
                between = self.text[use.span[1] : span[0]]
                first = (
                    not self.text[self.starts[use.sentence] : use.span[0]].lower().removeprefix("the").strip(" “‘\"'")
                )
                if "\n" in between or (opens and not first):
                    return None
                return use.entity if opens or bridge.fullmatch(between) else None
            if not opens:
                return None
        return None

    # descriptions -------------------------------------------------------------------------------------------------

    def describe(self, d: Description) -> None:
        """Gives a description to whom it stands for, or remembers that somebody without a name was mentioned."""
        family = d.head in kinship.relations()
        person = family or d.head in descriptions.roles() or d.head.endswith("-year-old")
        kind = descriptions.bodies().get(d.head, "person" if person else "organisation")
        found = self.beside(d.span, kind)
        owners = self.owners(d) if family else ()
        if family and found is not None and (owners or d.determiner in OF_SEVERAL):
            self.families.add(owners, d.head, found)
        elif family and found is None and (owners or d.determiner in DEFINITE):
            found = self.families.find(owners, d.head)
        if found is None and kind == "person" and d.determiner not in ("a", "an"):
            found = self.person_of(d)
        elif found is None and d.determiner in DEFINITE and not d.owned:
            found = self.body_of(d, kind)
        elif found is None and d.determiner in ("his", "her", "their") and d.head in descriptions.table()["belonged"]:
            found = self.belonged(d)
        if found is not None:
            self.described[found].add(d.head)
            self.take(d.span, found)
        elif kind == "person":
            self.use(d.span, self.stranger(d))

    def owners(self, d: Description) -> list[Entity]:
        """Whose somebody is whom "his" or "their" describes: whom the word before stands for, or the two named last in the sentence."""
        if d.determiner in ("his", "her") and self.uses and self.uses[-1].span[0] == d.span[0]:
            return [self.uses[-1].entity]
        here = self.sentence(d.span[0])
        people = (u.entity for u in self.recent(d.span[0]) if u.sentence == here and u.entity.type == "person")
        return list(dict.fromkeys(people))[:2] if d.determiner in OF_SEVERAL else []

    def relate(self, span: Span, owner: Entity) -> None:
        """Remembers who is the owner's what: "Ann Bar's daughter Eve"."""
        m = kinship.owned().match(self.text, span[1]) if owner.type == "person" else None
        if m and (found := self.beside((m.start(1), m.end()), "person")) not in (None, owner):
            self.families.add([owner], m[1], found)

    def beside(self, span: Span, kind: EntityType) -> Entity | None:
        """Whose name stands right before ("NAME, the mayor", "NAME is the mayor") or behind ("the mayor of X, NAME")."""
        last = next((u for u in self.uses[: -NEXT - 1 : -1] if u.span[1] <= span[0]), None)
        if last:
            between = self.text[last.span[1] : span[0]]
            if (
                len(between) < 30
                and fits(last.entity, kind)
                and (COPULA.fullmatch(between) or (COMMA.fullmatch(between) and PHRASE_ENDS.match(self.text, span[1])))
            ):
                return last.entity
        opens = self.starts[self.sentence(span[0])] == span[0]
        i = bisect_right(self.given, (span, 0))
        for mention, n in self.given[i : i + 4]:
            between = self.text[span[1] : mention[0]]
            if len(between) > 70:
                break
            closed = opens or "," not in between or CLOSED.match(self.text, mention[1])
            if fits(self.entities[n], kind) and APPOSED.fullmatch(between) and closed:
                return self.entities[n]
        return None

    def person_of(self, d: Description) -> Entity | None:
        """The person last mentioned who has the role that a description names, or was described by its head before."""
        wanted = set(parts(countries.stripped_demonym(d.middle))) - {"former", "current", "then"}
        country = countries.first_in(d.middle)
        seen = set()
        for use in reversed(self.uses[-4 * WIDTH :]):
            e = use.entity
            if e in seen or e.type != "person" or (country and country != e.country):
                continue
            seen.add(e)
            role = e.role or (e.name if not e.names else "")
            called = self.described[e] | (descriptions.role_heads(role) if d.determiner in DEFINITE else set())
            if descriptions.names_role(d.head, called) and wanted <= set(parts(role)):
                return e if e.mentions else None
        return self.anyone(d) if d.head in descriptions.table()["anyone"] and not wanted else None

    def anyone(self, d: Description) -> Entity | None:
        """The one person of a description's gender that was mentioned lately, if it is one."""
        gender = gender_of((d.head,))
        near = {u.entity for u in self.recent(d.span[0]) if u.entity.type == "person"}
        fit = [e for e in near if e.gender == gender]
        return fit[0] if len(fit) == 1 and fit[0].names and d.determiner in ("the", "this") else None

    def body_of(self, d: Description, kind: EntityType) -> Entity | None:
        """The organisation or place last mentioned that a description's head is part of, or that is of its kind."""
        lately = {
            u.entity: None for u in reversed(self.uses[-4 * WIDTH :]) if u.entity.type != "person" and u.entity.names
        }
        middle = set(parts(d.middle))
        close = {e: descriptions.closeness(d.head, middle, e, self.described[e]) for e in lately}
        if named := next((e for e in lately if close[e] == 3), None):
            return named
        near = {u.entity: self.prominence(u, d.span[0]) for u in self.recent(d.span[0]) if close.get(u.entity)}
        if d.head in ("country", "nation"):
            near = {e: x for e, x in near.items() if len(e.mentions) > 1 or x > -FAR}
            return max(near, key=lambda e: len(e.mentions), default=None)
        if not near:
            alike = [e for e in lately if close[e] == 2 and e.type != "place"]
            return alike[0] if len(alike) == 1 else None
        best = max(close[e] for e in near)
        first, *others = sorted((e for e in near if close[e] == best), key=lambda e: -near[e])
        doubtful = best == 1 and others and near[first] - near[others[0]] < CLEAR
        return None if doubtful else first

    def belonged(self, d: Description) -> Entity | None:
        """The one body of its kind, named in these sentences, that somebody's party or club is."""
        here = self.sentence(d.span[0])
        near = {
            u.entity
            for u in self.recent(d.span[0])
            if u.entity.type != "person" and u.entity.names and here - u.sentence < 3
        }
        alike = [e for e in near if descriptions.closeness(d.head, set(parts(d.middle)), e, self.described[e]) > 1]
        return alike[0] if len(alike) == 1 else None

    def prominence(self, use: Use, at: int) -> float:
        """How much a mention speaks for its entity being meant by a description behind it."""
        distance = self.sentence(at) - use.sentence
        return -1.0 * distance + 0.8 * use.subject + FAME * log2(1 + len(use.entity.mentions))

    def stranger(self, d: Description) -> Entity:
        """Somebody without a name: the earlier one of the same head, or a new one."""
        if d.determiner in ("the", "this", "that"):
            for use in reversed(self.uses[-WIDTH:]):
                if not use.entity.names and d.head in parts(use.entity.name):
                    return use.entity
        words = f"{d.middle} {d.head}".strip()
        return Entity(name=words, type="person", gender=gender_of(words.lower().split()))


def fits(e: Entity, kind: EntityType) -> bool:
    """Whether an entity can be meant by a description of a kind."""
    return e.type == kind or (kind in ("organisation", "outlet") and e.type in ("organisation", "outlet"))


def add_beside(text: str, entities: Sequence[Entity]) -> None:
    """Adds the phrases beside names that say who or what they are and that nobody has been given yet."""
    taken = sorted(m for e in entities for m in set(e.mentions))
    names = sorted((s, n) for n, e in enumerate(entities) for s in e.names)
    for span, i in appositions.find(text, [(s, entities[n].type) for s, n in names]):
        name, n = names[i]
        near = taken[max(0, bisect_right(taken, span) - 8) : bisect_right(taken, (span[1], span[1]))]
        if all(m == name or not overlap(m, span) or (span[0] < m[0] and m[1] < span[1]) for m in near):
            entities[n].mentions.append(span)


def fill(text: str, entities: Sequence[Entity], said: Sequence[Words]) -> None:
    """Adds to the entities the mentions that pronouns and descriptions make of them. `said`: who is quoted with which words."""
    add_beside(text, entities)
    Pass(text, entities, said).run()
