"""Phrases that stand beside a name and say who or what it is, whatever their head: "Ann Bar, the voice of Sellik radio,", "Ann Bar is the
oldest person in Norway", "the hangar known as Hall Seven", "the Tidewire news agency"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from onrecord.model import EntityType
from onrecord.read.descriptions import NEXT_WORD, bodies, ends_phrase, roles, small_words, table
from onrecord.text import Span

BEHIND = re.compile(r"(?:([’'”\"]?,)\s+(?:who (?:is|was)\s+)?|\s+(?:is|was|became|remains)\s+)the(?=\s)")
INTRODUCED = re.compile(r"(?:[’'”\"]?,|\s+(?:is|was|became|remains))\s+(?:the|an?)(?=\s)")
CLOSED = re.compile(r"(?:\s+(?:of|for|in|at|to|from|on|behind)\s[^,.;:“”\"()\n]{2,60})?[,.;]")
KNOWN_AS = re.compile(r"\bthe((?:\s[\w-]+){1,4}?),?\s+(?:(?:also|commonly|formerly|better|widely)\s+)?(?:known as|called|named|nicknamed|dubbed)\s+(?:the\s+)?[“\"‘']?$")  # fmt: skip
DIRECTLY = re.compile(r"\bthe((?:\s[\w’'-]+){1,4})\s$", re.I)
PERSON_NOUN = re.compile(
    r"[a-z-]{2,}(?:er|or|ee|ist|ian|man|woman|ant|head|chief|hero|lead|captain|coach|attorney|ace|boss)"
)
INSIDE = {"most", "more", "least", "so", "then"}  # small words that a phrase may have inside
NO_NOUN = re.compile(
    r"(?:first|last|only|one|same|latest|next|second|third|most|least|best|worst|subject|sort|kind|type|reason|way|point|problem|case|thing|result|answer|cause)$|\w+(?:ed|ly|ing|s)$"
)
LONGEST = 7


def noun_phrase(text: str, at: int) -> tuple[int, str]:
    """Where the words behind a "the" end before the next small word or comma, and the last of them, lower case."""
    end, head = at, ""
    for n, w in enumerate(NEXT_WORD.finditer(text, at, min(len(text), at + 90))):
        word = w.group(1).lower()
        if w.start() != end or n == LONGEST or (word in small_words() and word not in INSIDE):
            break
        end, head = w.end(), "" if w.group(2) else word
    return end, head


def behind(text: str, name: Span) -> Span | None:
    """The phrase with "the" that follows a name behind a comma or "is"."""
    m = BEHIND.match(text, name[1])
    if not m:
        return None
    end, head = noun_phrase(text, m.end())
    if not head or NO_NOUN.match(head) or (m[1] and not closes(text, m.end(), end)):
        return None
    return m.end() - 3, end


def introduced(text: str, name: Span) -> str:
    """The head of the phrase that introduces a name behind it, lower case: "Foo Group, a research firm"; or nothing."""
    m = INTRODUCED.match(text, name[1])
    return noun_phrase(text, m.end())[1] if m else ""


def closes(text: str, start: int, end: int) -> bool:
    """Whether a phrase behind a comma is one, and not a clause of its own: "With Ann Bar, the mayor slept in town."."""
    words = text[start:end].lower().split()
    clause = any(w in roles() or w in bodies() for w in words[:-1]) and words[-1] not in roles() | bodies().keys()
    return not clause and bool(CLOSED.match(text, end))


def before(text: str, name: Span) -> Span | None:
    """The phrase before "known as" and a name."""
    m = KNOWN_AS.search(text, max(0, name[0] - 90), name[0])
    return (m.start(), m.end(1)) if m else None


def beside(text: str, name: Span) -> Span | None:
    """The phrase with an article right before a person's full name: "the team captain Ann Bar", "the weekly's editor Ann Bar"."""
    m = DIRECTLY.search(text, max(0, name[0] - 70), name[0])
    if not m or " " not in text[slice(*name)]:
        return None
    words = m[1].split()
    small = any(w.lower() in small_words() for w in words)
    return None if small or not PERSON_NOUN.fullmatch(words[-1]) else (m.start(), m.end(1))


def around(text: str, name: Span) -> Span | None:
    """The phrase that a name stands in as what its head is called: "the Tidewire news agency"."""
    if text[max(0, name[0] - 4) : name[0]].lower() not in ("the ", "this"):
        return None
    ends = name[1]
    for w in islice(NEXT_WORD.finditer(text, name[1]), 3):
        if w.start() != ends or not w.group(1).islower() or w.group(1) in small_words():
            return None
        ends = w.end(1)
        if w.group(1) in table()["called"]:
            return (name[0] - 4, ends) if ends_phrase(text, ends) else None
    return None


def find(text: str, names: Sequence[tuple[Span, EntityType]]) -> Iterator[tuple[Span, int]]:
    """(phrase, number of the name that it is of) beside persons, organisations and outlets."""
    for n, (name, kind) in enumerate(names):
        if kind in ("person", "organisation", "outlet"):
            near = (beside if kind == "person" else around)(text, name)
            for span in (behind(text, name), before(text, name), near):
                if span:
                    yield span, n
