"""Sayings behind what is said, in forms that the network has hardly met.

1. The speaker stands behind a day, as translators write: "The bridge is open, informed on Sunday evening the Ministry of Roads." 2. An outlet has been told: "The bridge is
open, two engineers have told the Harn Post." 3. Those who heard it stand behind the verb: "The bridge is open, the harbour master, Odo Lenn, informed journalists in Harn."
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
HINT = re.compile(r"(?:have|has) told|informed| on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
NAME = r"[A-ZÀ-Þ][\w.’'-]*"


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
    """A clause, who is described behind its last comma, that they "have told", and a name that ends the sentence."""
    number = r"(?:an?|one|two|three|four|five|several|some|many|the|\d+)"
    return re.compile(
        rf"(?P<content>[^\n“”\"«»]{{{LEAST},}}), (?P<source>{number} (?:[\w’'-]+ ){{0,9}}[\w’'-]+) (?P<cue>(?:have|has) told) (?:the )?{NAME}(?: {NAME}){{0,4}}(?: on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?\.?"
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
            or informed().fullmatch(text, start, end)
        ):
            yield Labelled(m.span("source"), m.span("cue"), (m.span("content"),))
