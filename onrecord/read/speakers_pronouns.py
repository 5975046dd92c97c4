"""A source that is a pronoun: whom it stands for."""

from __future__ import annotations

import re
from functools import cache

from onrecord.model import Attribution
from onrecord.read.entities_names import Entity
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.read.speakers_known import Known
from onrecord.read.speakers_named import group
from onrecord.text import Span, envelope, words_of

HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
SELF = {"i", "we", "me", "us", "my", "our", "myself", "ourselves", "mine"}
THEY = {"they", "them", "their", "themselves", "these", "those", "both", "all"}
IT = {"it", "its", "itself"}
RELATIVE = {"who", "which", "that", "whom", "whose"}
PRONOUNS = HE.keys() | SELF | THEY | IT | RELATIVE
FAR = 20_000  # how far back a pronoun looks for a name, in code points


def recent_person(known: Known, at: int, gender: str | None) -> Entity | None:
    """The last speaker, unless a person was made the subject since; gender must not contradict."""

    def fits(e: Entity) -> bool:
        return e.type == "person" and (gender is None or e.gender in (None, gender))

    paragraph = known.text.rfind("\n", 0, at) + 1
    spoke = next(((w, e) for w, e in reversed(known.last) if w < at and fits(e)), None)
    since = spoke[0] if spoke else -1
    fresh = [(s, e) for s, e in known.mentioned(max(since + 1, at - FAR), at) if not known.in_quote(s)]
    subjects = [(s, e) for s, e in fresh if fits(e) and known.is_subject(s)]
    here = [(s, e) for s, e in subjects if s[0] >= paragraph]
    if here:
        return here[-1][1] if not spoke or spoke[0] < here[0][0][0] else spoke[1]
    if spoke and (spoke[0] >= paragraph or (at - spoke[0] < 1500 and not subjects)):
        return spoke[1]
    if subjects:
        return subjects[-1][1]
    named = [e for s, e in fresh if fits(e) and not known.possessive(s, s[1] + 6)]
    return spoke[1] if spoke else named[-1] if named else None


def pronoun(known: Known, word: str, span: Span, parent: Attribution | None) -> Entity | None:
    """Who a pronoun stands for, or None where nobody fits."""
    if word in SELF:
        return (
            known.speakers.get(parent.id) if parent else next((e for w, e in reversed(known.last) if w < span[0]), None)
        )
    if word in HE:
        found = recent_person(known, span[0], HE[word])
        if found and found.gender is None:
            found.gender = "m" if HE[word] == "m" else "f"
        return found
    if word in RELATIVE:
        return antecedent(known, span)
    if word == "it" and (its := own_subject(known, span) or document_before(known, span)):
        return its
    plural = word in THEY
    wanted = (
        ("group", "organisation", "outlet", "document")
        if plural
        else ("organisation", "outlet", "document", "place", "group")
    )
    spoke = [e for w, e in known.last if w < span[0] and e.type in wanted]
    if spoke:
        return spoke[-1]
    before = reversed(known.mentioned(max(0, span[0] - FAR), span[0]))
    return next((e for s, e in before if e.type in ("organisation", "outlet", "place") and known.is_subject(s)), None)


def own_subject(known: Known, span: Span) -> Entity | None:
    """The body that the sentence of an "it" begins with, if that is its subject: "The charity has counted 900 people, it said"."""
    before = known.mentioned(known.start_of(span[0]), span[0])
    return next((e for s, e in before[:2] if e.type in ("organisation", "outlet") and known.is_subject(s)), None)


def document_before(known: Known, span: Span) -> Entity | None:
    """The document that the sentence before begins with: "A budget paper, of which the Post has a copy, sets it out. By March, it says, …"."""
    before = known.text[: known.start_of(span[0])].rstrip()
    start = known.start_of(len(before) - 1)
    told = document().match(known.text, start)
    return group(known, told.span("what"), "document") if told and "\n" not in known.text[start : span[0]] else None


@cache
def document() -> re.Pattern[str]:
    """A document that a sentence begins with."""
    words = either(lexicon("speakers")["document"]["words"])
    return re.compile(rf"\s*(?P<what>(?:An?|The|One|Another)\s(?:[a-z][\w’'-]*\s){{0,3}}?(?:{words}))\b")


def addressed(known: Known, parent: Attribution | None) -> Entity | None:
    """Whom "you" means: in a transcript who answers next, or spoke before; elsewhere nobody that one could name."""
    if not parent or not parent.source or words_of(known.text, parent.cue) != ":":
        return None
    at, asker = envelope(parent.source)[0], known.speakers.get(parent.id)
    others = [(w < at, abs(w - at), e) for w, e in known.last if e is not asker]
    return min(others, key=lambda x: x[:2])[2] if others else None


def antecedent(known: Known, span: Span) -> Entity | None:
    """What a relative pronoun looks back at: the mention right before it, else the last name, else the last speaker."""
    touching = [
        (s, e)
        for e in known.entities
        for s in e.mentions
        if span[0] - 9 < s[1] <= span[0] and not re.search(r"\w", known.text[s[1] : span[0]])
    ]
    if touching:
        return max(touching, key=lambda x: x[0])[1]
    before = [(s, e) for s, e in known.mentioned(max(0, span[0] - 150), span[0]) if s[1] <= span[0] < s[1] + 90]
    return before[-1][1] if before else next((e for w, e in reversed(known.last) if w < span[0]), None)
