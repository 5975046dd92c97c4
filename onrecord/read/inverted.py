"""Sayings whose speaker stands behind a day, as translators write them: "The bridge is open, informed on Sunday evening the Ministry of Roads."

The network has hardly met them, and English has nothing else of that form.
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


def find(text: str) -> Iterator[Labelled]:
    """Such sayings, with their speakers, verbs and words."""
    for start, end in sentences(text):
        if m := form().fullmatch(text, start, end):
            yield Labelled(m.span("source"), m.span("cue"), (m.span("content"),))
