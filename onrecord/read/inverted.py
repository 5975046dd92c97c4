"""Sayings behind what is said, in forms that the network has hardly met.

1. The speaker stands behind a day, as translators write: "The bridge is open, informed on Sunday evening the Ministry of Roads." 2. An outlet has been told: "The bridge is
open, two engineers who were there told the Harn Post on Monday." 3. Those who heard it stand behind the verb: "The bridge is open, the harbour master, Odo Lenn, informed
journalists in Harn." 4. More is said of the speakers: "The bridge is open, two engineers who were there said." 5. It is a document's, which an outlet may have seen: "The bridge is open, says
a letter that the Harn Post has seen", "minutes of the meeting show", "it emerged from minutes of the meeting".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.read.labels import Labelled
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.read.sentences import sentences

LEAST = 20  # characters of what is said
HINT = re.compile(
    r"\btold\b|informed| on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(?:who|that)\b.*\bsa(?:id|ys?)\b|\b(?:shows?|showed|says?|reveals?|states|emerge[sd]?|transpire[sd]?|according)\b"
)
NAME = r"[A-ZÀ-Þ][\w.’'-]*"
WHEN = r"(?:(?:on|late|early|in|by|at|during|over|last|yesterday|today|this)\b[^,.;:“”]{0,40})"
# Who has no name: "an engineer", "two officers of the staff who were there", "nurses at three hospitals".
DESCRIBED = (
    r"(?:(?:an?|one|two|three|four|five|several|some|many|the|its|their|his|her|both|other|another|senior|former|local|\d+) (?:[\w’'-]+ ){0,9}?[\w’'-]+"
    r"|(?!and |but |or |while |who |which |that |as |when |where )[a-z]+s(?: (?:at|in|from|of|on|near|close to|with|familiar with) [\w’' -]{2,50}?)?)"
)


@cache
def form() -> re.Pattern[str]:
    """A clause, a verb of saying behind a comma, a day, and a name that ends the sentence."""
    day = r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?"
    source = (
        rf"(?:the )?(?:[a-z]+ ){{0,2}}{NAME}(?: (?:of|for|the|and|{NAME}))*(?<! of)(?<! for)(?<! the)(?<! and)(?<!\.)"
    )
    verbs = either(lexicon("cues")["inverted"]["words"])
    return re.compile(
        rf"(?P<content>[^\n“”\"«»]{{{LEAST},}}), (?P<cue>{verbs}) {day}(?: (?:in|at|to) the [a-z]+)? (?P<source>{source})\.?"
    )


@cache
def told() -> re.Pattern[str]:
    """A clause, who is described behind its last comma, that they "told", and whom, at the sentence's end."""
    whom = rf"(?:(?:the |this |our )?{NAME}(?: {NAME}){{0,4}}|(?:this |the )?(?:newspaper|paper|agency|station|programme|magazine)|(?:reporters|journalists))"
    return re.compile(
        rf"(?P<content>[^\n“”\"«»]{{{LEAST},}}), (?P<source>{DESCRIBED}) (?P<cue>(?:have |has |had )?told) {whom}(?:,? {WHEN})?(?:, (?:and|but|while|as|although) [^“”\"]*|\.)?"
    )


@cache
def said() -> re.Pattern[str]:
    """A clause, who is described with a clause of their own behind its last comma, and that they "said" so."""
    return re.compile(
        rf"(?P<content>[^\n“”\"«»]{{{LEAST},}}), (?P<source>{DESCRIBED} (?:who|that) [^,;:.“”]{{4,60}}?) (?P<cue>(?:have |has |had )?(?:said|says|say))(?: {WHEN})?\.?"
    )


@cache
def documents() -> tuple[re.Pattern[str], ...]:
    """The ways in which a clause is a document's."""
    nouns = either(
        [
            *lexicon("speakers")["document"]["words"],
            "minutes",
            "papers",
            "files",
            "records",
            "protocol",
            "transcript",
            "transcripts",
        ]
    )
    paper = rf"(?!and |but |or |as |while |when )(?:(?:an?|the|one|two|three|several|its|their|his|her) )?(?:(?!that |which )[\w’'-]+ ){{0,3}}?(?:{nouns})(?: (?:of|from|by|to|for|on|between|dated) [^,;:.“”]{{2,50}}?)?"
    outlet = rf"(?:the |this )?(?:{NAME}(?: {NAME}){{0,4}}|newspaper|paper|agency)"
    seen = rf" (?:(?:that|which) {outlet} (?:(?:has|have|had) )?(?:seen|read|saw|obtained|examined|reviewed|been shown|was shown|got hold of)|(?:seen|obtained|read|reviewed) by {outlet})"
    clause = rf"(?P<content>[^\n“”\"«»]{{{LEAST},}})"
    shows = "(?P<cue>shows?|showed|says?|said|reveals?|revealed|states?|stated)"
    return (
        re.compile(rf"{clause}, (?P<cue>says?|said|shows?|according to) (?P<source>{paper}){seen}(?:,? {WHEN})?\.?"),
        re.compile(rf"{clause}, (?P<source>{paper})(?:{seen})? {shows}(?: {WHEN})?\.?"),
        re.compile(
            rf"{clause}, it (?P<cue>emerge[sd]|transpire[sd]|follow(?:s|ed)) from (?P<source>{paper})(?:{seen})?(?:,? {WHEN})?\.?"
        ),
    )


@cache
def informed() -> re.Pattern[str]:
    """A clause, who is named behind a comma, with an office or without, and whom of the press he "informed"."""
    people = rf"(?!and |but |or |while |who |which |that )(?:(?:the|an?|its|his|her|their) )?(?:[\w’'-]+ ){{0,5}}[\w’'-]+(?:, {NAME}(?: {NAME}){{0,3}})?"
    return re.compile(
        rf"(?P<content>[^\n“”\"«»]{{{LEAST},}}?), (?P<source>{people}),? (?P<cue>(?:has |have )?informed) "
        r"(?:the )?(?:journalists|reporters|correspondents|press|media|public|newspapers|deputies|lawmakers)\b[^.!?\n]{0,60}\.?"
    )


def find(text: str) -> Iterator[Labelled]:
    """Such sayings, with their speakers, verbs and words."""
    for start, end in sentences(text) if HINT.search(text) else ():
        if HINT.search(text, start, end) and (
            m := form().fullmatch(text, start, end)
            or told().fullmatch(text, start, end)
            or said().fullmatch(text, start, end)
            or informed().fullmatch(text, start, end)
        ):
            yield Labelled(m.span("source"), m.span("cue"), (m.span("content"),))


def seen(text: str) -> Iterator[Labelled]:
    """What documents say, by a sentence's end: of which the network has another view, as of "a letter | that the Harn Post has seen"."""
    for start, end in sentences(text) if HINT.search(text) else ():
        m = next((m for form in documents() if (m := form.fullmatch(text, start, end))), None)
        if m:
            yield Labelled(m.span("source"), m.span("cue"), (m.span("content"),))
