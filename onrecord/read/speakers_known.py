"""What is known of an article's speakers while they are resolved."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.read import appositions
from onrecord.read.entities import gather
from onrecord.read.entities_names import Entity
from onrecord.read.names import Name
from onrecord.read.quotes import quoted
from onrecord.text import Span, Spans

DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ’' -]+\b[^\n]{0,60}?\s[-–—]+\s")  # what stands before an article's first words
POSSESSIVE = re.compile(r"[’']s?\s+\w")


class Known:
    """What is known of one article's speakers so far: its entities, and who has spoken where."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.entities = gather(text, names)
        self.quotes = quoted(text)
        self.by_mention = sorted((s, i) for i, e in enumerate(self.entities) for s in e.names)
        self.speakers: dict[str, Entity] = {}
        self.groups: dict[tuple[str, ...], Entity] = {}  # entities without a name of their own, by their words
        self.sources: set[Span] = set()
        self.antecedents: dict[str, Spans] = {}  # what "who" looks back at, where it stands right before it
        self.last: list[tuple[int, Entity]] = []  # (where, who) of earlier speakers, in order of the text

    def named_in(self, span: Span) -> list[tuple[Span, Entity]]:
        """The entities named inside a span, in order."""
        return [(s, e) for s, e in self.mentioned(*span) if s[1] <= span[1]]

    def mentioned(self, start: int, end: int) -> list[tuple[Span, Entity]]:
        """The names that begin in a stretch of the text, with their entities, in order."""
        low, high = bisect_left(self.by_mention, ((start, 0), 0)), bisect_left(self.by_mention, ((end, 0), 0))
        return [(s, self.entities[i]) for s, i in self.by_mention[low:high]]

    def possessive(self, mention: Span, end: int) -> bool:
        """Whether a name is only the owner of what follows ("Makei's spokesman")."""
        return bool(POSSESSIVE.match(self.text[mention[1] : min(end, mention[1] + 6)]))

    def behind_of(self, mention: Span, start: int) -> bool:
        """Whether a name only completes a description ("a spokesman for X")."""
        return bool(
            re.search(
                r"\b(?:of|for|by|from|at|with|to|in|against|and|on|near|under|representing|behind)\s+(?:the\s+|an?\s+)?(?:[\w.-]+\s+){0,4}$",
                self.text[start : mention[0]],
            )
        )

    def in_quote(self, span: Span) -> bool:
        i = bisect_right(self.quotes, (span[0], len(self.text))) - 1
        return i >= 0 and span[1] <= self.quotes[i][1]

    def start_of(self, at: int) -> int:
        """Where the sentence of a place begins, or what is looked at of it."""
        low = max(0, at - 300)
        start = max(self.text.rfind(m, low, at) for m in (". ", "\n", "” ", "? ", "! "))
        return max(start + 1, low)

    def is_subject(self, mention: Span) -> bool:
        """Whether a name stands where a sentence's subject does: at its start but for a role, or before a verb."""
        lead = DATELINE.sub("", self.text[self.start_of(mention[0]) : mention[0]].strip(' “"'), count=1)
        if re.match(r"[’']s?\b", self.text[mention[1] : mention[1] + 3]):
            return False
        return len(lead.split()) <= 6 and not re.search(
            r"\b(?:to|with|by|of|against|for|from|told|about|between|and|after)$", lead
        )

    def introduced(self, e: Entity) -> frozenset[str]:
        """What an entity is called where it is introduced: "Foo Group, a research firm"."""
        return frozenset(appositions.introduced(self.text, s) for s in e.names[:3]) - {""}
