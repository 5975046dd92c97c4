"""Whom a pronoun outside of sources stands for."""

from __future__ import annotations

import re
from math import log2

from onrecord.read.entities_names import Entity, Gender
from onrecord.read.mentions_walk import REACH, Walk
from onrecord.text import Span

MALE, FEMALE = ("he", "him", "his", "himself"), ("she", "her", "hers", "herself")
HE: dict[str, Gender] = {**dict.fromkeys(MALE, "m"), **dict.fromkeys(FEMALE, "f")}
SELF = {"i", "me", "my", "mine", "myself"}
FAME = 0.12  # what doubling the mentions of somebody is worth, where one mention in the sentence before costs 1
FIRST_PERSON = re.compile(r"\b(?:I|me|my|My)\b")
CLAUSE = re.compile(
    r"[,;:—–“”\"]|\b(?:and|but|that|when|while|because|as|if|after|before|who|which|whether|since|although|though|said|says|to)\b"
)
WITHIN_CLAUSE = re.compile(rf"(?:(?!{CLAUSE.pattern}).){{0,60}}")
SAID_THAT = re.compile(
    r"[^.;:“”\"]{0,40}\b(?:said|says|announced|announces|stated|states|confirmed|claims|claimed|believes|believed|hopes|hoped|expects|expected|promised|added|warned|denied)\b[^.;:“”\"]{0,30}"
)


def pronoun(walk: Walk, span: Span, word: str) -> Entity | None:
    quotation = walk.quotation(span[0])
    speaker = walk.said[quotation].speaker if quotation >= 0 else None
    if word in SELF:
        return speaker if speaker and speaker.type == "person" else None
    if word in HE:
        return person(walk, span, word, quotation, speaker)
    return body(walk, span, word)


def person(walk: Walk, span: Span, word: str, quotation: int, speaker: Entity | None) -> Entity | None:
    """The most prominent person whose gender does not contradict; none who is "I" here, who speaks, or whose object it would be."""
    gender = HE[word]
    closed = quotation if quotation >= 0 and speaker is None and first_person(walk, quotation) else None
    here = walk.sentence(span[0])
    paragraph = walk.text.rfind("\n", max(0, span[0] - 3000), span[0])
    owner = word == "his" or (word == "her" and bool(re.match(r"\s+[a-z]", walk.text[span[1] : span[1] + 2])))
    scores: dict[Entity, float] = {}
    seen = 0
    recent = list(walk.recent(span[0]))
    no = {u.entity for u in recent if u.sentence == here and walk.text[slice(*u.span)].lower() in SELF} | {speaker}
    if not owner and word in ("him", "her"):
        clause = (u for u in recent if u.sentence == here and u.subject)
        no |= {u.entity for u in clause if not CLAUSE.search(walk.text[u.span[1] : span[0]])}
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


def first_person(walk: Walk, quotation: int) -> bool:
    return bool(FIRST_PERSON.search(walk.text, *walk.said[quotation].span))


def body(walk: Walk, span: Span, word: str) -> Entity | None:
    """The organisation that is the subject of the clause or of what it "said (that) it" did; for a pronoun at a sentence's start,
    the subject of the sentence before."""
    here = walk.sentence(span[0])
    opens = not walk.text[walk.starts[here] : span[0]].strip(" “‘\"'")
    bridge = SAID_THAT if word in ("it", "they") else WITHIN_CLAUSE
    for use in walk.recent(span[0]):
        if use.sentence < here - opens:
            return None
        if use.entity.type == "person" and word in ("it", "its"):
            continue
        if use.sentence == here - opens and use.subject and use.entity.type in ("organisation", "outlet", "group"):
            between = walk.text[use.span[1] : span[0]]
            first = not walk.text[walk.starts[use.sentence] : use.span[0]].lower().removeprefix("the").strip(" “‘\"'")
            if "\n" in between or (opens and not first):
                return None
            return use.entity if opens or bridge.fullmatch(between) else None
        if not opens:
            return None
    return None
