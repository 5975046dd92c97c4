"""What is remembered while mentions are looked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.read import kinship
from onrecord.read.entities_names import Entity
from onrecord.read.sentences import sentences
from onrecord.text import Span

REACH = 6  # sentences that a pronoun looks back over
WIDTH = 60  # mentions that it looks back over at most
NO_SUBJECT = re.compile(
    r"\b(?:to|with|by|of|against|for|from|about|between|on|in|at|near|behind|under|over|than|like|including|told|tells?|asked|urged|accused|called|met|saw|killed|named|praised|criticised|criticized|joined|beat|defeated|succeeded|replaced|elected|appointed|thanked|led|and|or)\s+(?:the\s+|an?\s+)?$",
    re.I,
)
OWNS = re.compile(r"[’']s?\b")
OWNED = ("his ", "her ")
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


class Walk:
    """What one walk through a text remembers: who was mentioned where, how they were described, who is quoted."""

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
        if lower.startswith(OWNED):
            return False  # whose somebody is stands before whoever is theirs
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
