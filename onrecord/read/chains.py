"""Who passes on whose words: "According to the Herald, Professor Marr said …", "the agency reported, citing two officials".

Each link is an attribution of its own. The one whose words are passed on lies within the one that passes them on; where the
sentence gives the words only once, both have the same content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.read.manner import lexicon
from onrecord.read.sentences import sentences
from onrecord.text import Span, Spans, covers

PARTICIPLE = re.compile(r"citing|quoting")
PASSING = re.compile(r"\b(?:citing|quoting)\s+(?=\w)")
NAME_ENDS = re.compile(r"[,;:.!?()“”\"—–]|\s(?:that|as|in|who|whom|whose|which|said|says|reported|reports)\b")


class Passed(NamedTuple):
    """A participle that names whose words are passed on, and the sentence it stands in."""

    cue: Span
    source: Span
    sentence: Span


def passed(text: str) -> Iterator[Passed]:
    """Each "citing" or "quoting" that is followed by somebody who can have said something: a name, officials, a report."""
    if not PASSING.search(text):
        return
    words = set(lexicon("cues")["passing"]["sayers"])
    for sentence in sentences(text):
        for m in PASSING.finditer(text, *sentence):
            end = NAME_ENDS.search(text, m.end(), sentence[1])
            source = (m.end(), end.start() if end else sentence[1])
            said = text[slice(*source)].split()
            if any(w[:1].isupper() or w.lower() in words for w in said):
                yield Passed((m.start(), m.start() + len(m.group().rstrip())), source, sentence)


def divided(text: str, outer: Spans, inner: Spans) -> Spans | None:
    """What is left of a source when one at its end is taken out: of "the Herald, Professor Marr" it is "the Herald"; None where nothing is."""
    if not inner or not covers(outer, inner):
        return None
    start, stop = outer[0][0], inner[0][0]
    left = text[start:stop].rstrip()
    return ((start, start + len(left.rstrip(" ,"))),) if left.endswith(",") and left.strip(" ,") else None


def at_comma(text: str, cue: Spans, source: Spans, content: Spans) -> tuple[Spans, Spans] | None:
    """Source and content of "According to the Ledger, Lena Marr, | a professor, said …" parted at the first comma, where a source there ends;
    None where they are parted at a comma already."""
    if not source or not text[slice(*cue[0])].lower().startswith("according") or cue[0] > source[0]:
        return None
    start, end = source[0][0], source[-1][1]
    comma = text.find(", ", start, end)
    if comma < 0 or not 0 < content[0][0] - end <= 2 or text[end : content[0][0]].strip():
        return None
    return ((start, comma),), ((comma + 2, content[0][1]), *content[1:])


def before(text: str, cue: Spans, participle: Span) -> Spans | None:
    """The words between a cue and a participle behind it, as a source: "Nordwire" in "According to Nordwire, quoting …"."""
    between = text[cue[-1][1] : participle[0]]
    own = between.strip(" ,")
    start = cue[-1][1] + between.find(own)
    return ((start, start + len(own)),) if own and len(own) < 120 else None
