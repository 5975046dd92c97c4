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
from collections.abc import Iterator, Sequence

from onrecord.read import appositions, descriptions, words_at
from onrecord.read.descriptions import Description
from onrecord.read.entities_names import Entity, parts
from onrecord.read.mentions_described import describe, relate
from onrecord.read.mentions_pronouns import pronoun
from onrecord.read.mentions_walk import Walk, Words
from onrecord.text import Span, overlap

PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]ers?|[Hh]erself|I|me|[Mm]y|mine|[Mm]yself|[Tt]heir|[Tt]hey|[Ii]ts|It(?! (?:is|was|will be|would be|has been|seems|appears|remains)\b|[’'])|it(?![’']))\b(?![’'-]\w{3})"
)
SMALL = "he him his himself she her hers herself me my mine myself their they its it"
FORMS = frozenset(("I", *SMALL.split(), *SMALL.title().split()))  # what a pronoun is written as
OWNERS = frozenset(("his", "her"))
INTRODUCED = 3  # of an entity's first names, those that may be introduced


def pronouns(text: str) -> Iterator[re.Match[str]]:
    """The pronouns of a text that may stand for somebody."""
    return words_at.matches(text, PRONOUN, words_at.places(text), FORMS)


def run(walk: Walk) -> None:
    """Gives the pronouns and descriptions of a text to entities, from its beginning to its end."""
    taken = [m for m, _ in walk.given]
    longest = max((e - s for s, e in taken), default=0)

    def clear(span: Span, head: int) -> bool:
        """Whether no mention stands in a span, or only names before its head: "the Foo spokesman"."""
        i = bisect_right(taken, (span[1] - 1, span[1]))
        while i and taken[i - 1][0] >= span[0] - longest:
            i -= 1
            if overlap(taken[i], span) and not span[0] < taken[i][0] <= taken[i][1] < head:
                return False
        return True

    def owns(m: re.Match[str]) -> bool:
        """Whether a pronoun opens a longer mention as its owner: "her" of "her neighbour"."""
        i = bisect_right(taken, m.span())
        opens = m.group().lower() in OWNERS and i < len(taken) and taken[i][0] == m.start()
        return opens and all(e <= m.start() for _, e in taken[max(0, i - 8) : i])

    rows: list[tuple[int, Span, int | str | Description]] = [(m[0], m, n) for m, n in walk.given]
    rows += [(m.start(), m.span(), m.group().lower()) for m in pronouns(walk.text) if clear(m.span(), 0) or owns(m)]
    described = descriptions.find(walk.text, heads(walk))
    rows += [(d.span[0], d.span, d) for d in described if clear(d.span, d.span[1] - len(d.head))]
    for _, span, what in sorted(rows, key=lambda row: row[1]):
        if isinstance(what, int):
            walk.use(span, walk.entities[what])
            relate(walk, span, walk.entities[what])
            if descriptions.DETERMINED.match(walk.text, *span):
                walk.described[walk.entities[what]].add(walk.text[slice(*span)].split()[-1].lower())
        elif isinstance(what, Description):
            describe(walk, what)
        elif found := pronoun(walk, span, what):
            walk.take(span, found)


def heads(walk: Walk) -> set[str]:
    """Words that descriptions may have as heads in this text: those that bodies' names begin and end with, or are introduced by."""
    found = {w for e in walk.entities if e.type != "person" for w in parts(e.name)[:1] + parts(e.name)[-1:]}
    for e in walk.entities:
        for name in e.names[:INTRODUCED] if e.type != "person" else ():
            if (head := appositions.introduced(walk.text, name)) and not appositions.NO_NOUN.match(head):
                found.add(head)
                walk.described[e].add(head)
    return found


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
    run(Walk(text, entities, said))
