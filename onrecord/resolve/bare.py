"""What a number without a noun counts, where its own sentence or the one before it tells.

1. It is the value of a mere "it" or "the number": what it is, is what the last "number of …" before it was of ("the number of drones shot down … It stands at 14").
2. It is a part of those that its sentence names before it ("of the 160 riders who had set out 97 arrived"), or whose number it repeats ("97 of the 160").
3. It answers a question: "How many people are being held? This morning it was 164."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.text import Span

BACK = 500  # characters before a number where it is told what it is of
FAR = 120  # and within its sentence
VERBS = (
    "are",
    "were",
    "have",
    "had",
    "has",
    "will",
    "remain",
    "died",
    "did",
)  # behind a "how many" that asks for people
ANSWER = 200  # characters from a question to the number that answers it
SPOKEN = re.compile(
    r"^(?:it|(?:the|that|this|its|their|his|her|[\w’' ]{2,30}[’']s?)(?:\s(?:own|official|latest|new))?\s(?:number|figure|total|count|tally))$",
    re.I,
)
NUMBER_OF = re.compile(
    r"\b(?:the|a|its|their)\s(?:total\s)?(?:number|count|tally|total)\sof\s[a-z][^.;:?!“”]{2,80}", re.I
)
OF_ALL = re.compile(r"\b[Oo]f\s(?:(?:the|its|their|those|these|all|all the|some)\s)?$")
WHO = re.compile(
    r"^(?:\s(?:who|which|that|in|on|at|from|of|since|under|arrested|held|detained|[a-z]+ed)\b[^.;:,“”]*)?,?\s$"
)
OF_SO_MANY = re.compile(r"^\sof\s(?:the|its|their|those|these)\s$")
ASKED = re.compile(r"\bHow many (?P<noun>(?:[a-z]+\s){0,2}?[a-z]+)(?P<rest>\s[^?“”]{2,90})\?")
ANSWERED = re.compile(
    r"^[\s“”‘’\"]*(?:[A-Z][\w’ ]{0,40}?,?\s)?(?:[Ii]t (?:was|is|stood at|stands at)|[Tt]here (?:are|were)|[Aa]t least|[Aa]bout|[Ss]ome)?\s*(?:\w+\s){0,2}$"
)


def is_bare(f: Figure) -> bool:
    """Whether a number says neither what it counts nor what it measures."""
    return not (f.of or f.unit)


def meant(text: str, f: Figure, what: str) -> str:
    """The words for what a number is the value of; where these are a mere "it", those of the last number of something before it."""
    if not is_bare(f) or not SPOKEN.match(what):
        return what
    found = [m[0] for m in NUMBER_OF.finditer(text, max(0, f.span[0] - BACK), f.span[0])]
    return moving().split(found[-1])[0].strip() if found else what


@cache
def moving() -> re.Pattern[str]:
    """The verbs by which a number rises, falls or stands: where the words for what it is of end."""
    value, words = lexicon("series")["value"], lexicon("figures")["change"]["words"]
    verbs = {*words, *lexicon("series")["more"]["change"], *value["at"], *value["is"], *value["made"]} - {
        "up",
        "down",
        "cut",
        "cuts",
    }
    return re.compile(rf"\s(?:(?:has|have|had|would|will|may|might|could|does|did|to|not)\s)*(?:{either(verbs)})\b")


def with_noun(text: str, f: Figure, figures: Sequence[Figure], sentence: Span) -> Iterator[Figure]:
    """A number with the noun of those that it is a part of, where its sentence tells."""
    for n, g in enumerate(figures):
        if not sentence[0] <= g.span[0] < sentence[1] or g.span == f.span:
            continue
        end = max(s[1] for s in (g.span, *g.of))
        if g.of and end <= f.span[0] <= end + FAR:
            own = text[sentence[0] : g.span[0]]
            if OF_ALL.search(own) and WHO.match(text[end : f.span[0]]):
                yield replace(f, unit=g.unit, of=g.of)
        elif is_bare(g) and g.span[0] > f.span[1] and OF_SO_MANY.match(text[f.span[1] : g.span[0]]):
            yield from (replace(f, unit=h.unit, of=h.of) for h in reversed(figures[:n]) if h.of and h.value == g.value)


def asked(text: str, f: Figure) -> tuple[str, Figure] | None:
    """The words of the question that a number answers, and the figure that is asked for in it; None where it answers none."""
    start = max(0, f.span[0] - BACK)
    told = list(ASKED.finditer(text, start, f.span[0]))
    if not told or not is_bare(f):
        return None
    between = text[told[-1].end() : f.span[0]]
    if len(between) > ANSWER or not ANSWERED.match(between):
        return None
    words = told[-1][0].rstrip("?")
    if told[-1]["noun"].split()[0] in VERBS:
        return words, replace(f, span=(0, len("How many")), unit="people")
    noun = told[-1].start("noun") - told[-1].start(), told[-1].end("noun") - told[-1].start()
    return words, replace(f, span=(0, noun[0] - 1), of=(noun,), unit=words[slice(*noun)].split()[-1])
