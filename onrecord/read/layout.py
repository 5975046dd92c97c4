"""Sayings that the network passes over and that their place gives away. Word lists: `lexicon/cues.toml`, `[layout]`, and `lexicon/speakers.toml`.

1. Headlines: "Weekly: army has lost 40 boats", "Monitors count at least 900 tents", "Norland says of the pass: it stays closed", "Bank is broke,
auditors say"; 2. words that come from somebody and a colon ("it came from a retired teacher: …"); 3. a paragraph that is one quotation goes on
from the quotation in the paragraph before it; 4. what stands behind a quotation that ends with a comma; 5. a quotation of which somebody "spoke".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.read import countries
from onrecord.read.labels import Labelled
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.text import Span, overlap

LEAST = 3  # words of a headline's content
FAR = 200  # characters before a quotation where it stands who spoke of it
WORD = re.compile(r"[\w’'-]+")
COLON = re.compile(r"([^:\n“‘\"]{2,50}?)\s?(:)\s+(\S[^\n]*)")
CAME_FROM = re.compile(
    r"\b(?:came|comes|come) (?:\w+ly )?(from)\s+((?:an?|the|its|his|her|their|one)\s[^:;.!?\n“\"]{3,80}?|[A-ZÀ-Þ][^:;.!?\n“\"]{3,80}?)\s?:\s+([^\n.!?]+[.!?]?)"
)
PHRASE = r"(?:(?:the|an?|one|his|her|its|their)\s(?:[\w’'-]+\s){0,6}?[\w’'-]+|[A-ZÀ-Þ][\w’'-]*(?:\s(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’'-]*)){0,4}|he|she|they)"
VERB_FIRST = re.compile(
    rf"\s(?P<cue>[a-z]{{2,}}(?:ed|s|d))\s(?P<source>{PHRASE})(?=[.,;]|\s(?:in|at|on|to|from|after|when|as|with|during)\b|\n|$)"
)
VERB_LAST = re.compile(
    rf"\s(?P<source>{PHRASE})\s(?P<cue>[a-z]{{2,}}ed)(?=[.,;]|\s(?:in|at|on|to|from|after|when|as|with|during)\b|\n|$)"
)
SPOKE_OF = re.compile(
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?P<source>[A-ZÀ-Þ][\w’'-]*(?:\s[\w’'-]+){0,7}?)\s(?P<cue>(?:(?:has|have|had)\s)?(?:spoken?|speaks?|talk(?:s|ed)?)\sof)\s$"
)
AGENT = re.compile(r"[a-z]{3}(?:er|or|ist|ian|man|woman)s?$|[a-z](?:men|women)$")
SHOUT = re.compile(r"(?:[^\n!?:“‘\"]{1,30}[!?]\s+)+")
TAIL = re.compile(r"\s(?:who|which|that|with|in|of|from|for|at|on|whose|to)\b|,")
OPENED, CLOSED = "“\"‘'", "”\"’'"


@cache
def headline_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Headlines by their verbs: one that counts, one with a colon behind it, and one that ends them."""
    table = lexicon("cues")["layout"]
    count, say = either(table["count"]), either(table["say"])
    return (
        re.compile(rf"([^,:;“‘\"\n]{{2,50}}?)\s({count})\s([^\n]*\d[^\n]*)"),
        re.compile(rf"([^,:;“‘\"\n]{{2,50}}?)\s({say})(?:\s[^:“‘\"\n]{{0,50}}?)?:\s+(\S[^\n]*)"),
        re.compile(rf"(\S[^\n]*?),\s([^,:;“‘\"\n]{{2,60}}?)\s({say})"),
    )


@cache
def speaker_words() -> frozenset[str]:
    """The nouns that say, report and count in headlines, singular and plural."""
    table = lexicon("speakers")
    nouns = [
        *table["roles"]["words"],
        *table["outlet"]["words"],
        *table["document"]["words"],
        *table["organisation"]["ends"],
    ]
    one = {n for n in nouns if n.isalpha()}
    return frozenset(
        one | {n + "s" for n in one} | set(table["collective"]["words"]) | set(lexicon("cues")["layout"]["speakers"])
    )


def is_speaker(words: str, label: bool = False) -> bool:
    """Whether a noun phrase can say something: by its head, or as an acronym or country's name, which as a `label` names a topic."""
    bare = TAIL.split(words.strip(), maxsplit=1)[0]
    found = WORD.findall(bare)
    if not found or len(found) > (3 if label else 6) or (label and bare in countries.places()):
        return False
    head = found[-1]
    if head.lower() in speaker_words() or bare in countries.places():
        return True
    return (len(found) == 1 and head.isupper() and len(head) > 1) or (AGENT.search(head) is not None and not label)


def headline(text: str) -> Iterator[Labelled]:
    """What a headline, the first line before a blank one, says in somebody's name."""
    end = text.find("\n\n")
    if end < 0:
        return
    shout = SHOUT.match(text, 0, end)
    start = shout.end() if shout else 0
    count, colon, ends = headline_patterns()
    forms = ((COLON, (1, 2, 3)), (count, (1, 2, 3)), (colon, (1, 2, 3)), (ends, (2, 3, 1)))
    for form, (source, cue, content) in forms:
        m = form.fullmatch(text, start, end)
        if m and is_speaker(m[source], form is COLON) and len(WORD.findall(m[content])) >= LEAST:
            yield Labelled(m.span(source), m.span(cue), (m.span(content),))
            return


def came_from(text: str) -> Iterator[Labelled]:
    """Words that came from somebody, behind a colon: "The number came from a retired teacher: no more than twelve"."""
    for m in CAME_FROM.finditer(text):
        if is_speaker(m[2]):
            yield Labelled(m.span(2), (m.start(), m.end(1)), (m.span(3),))


def behind_comma(text: str, quotes: Sequence[Span]) -> Iterator[Labelled]:
    """Quotations that end with a comma: what follows says who said it, whatever the verb: "… to the end,” grumbled the ferryman"."""
    for start, end in quotes:
        m = VERB_FIRST.match(text, end) or VERB_LAST.match(text, end)
        if m and len(WORD.findall(text, start, end)) >= LEAST and text[start:end].rstrip(CLOSED)[-1:] == ",":
            yield Labelled(m.span("source"), m.span("cue"), ((start, end),))


def spoken_of(text: str, quotes: Sequence[Span]) -> Iterator[Labelled]:
    """Quotations that are all that is told of what somebody said: "The ministry spoke of “old wives’ tales”"."""
    for start, end in quotes:
        m = SPOKE_OF.search(text, max(0, start - FAR), start)
        if m and is_speaker(m["source"]) and len(WORD.findall(text, start, end)) >= LEAST:
            yield Labelled(m.span("source"), m.span("cue"), ((start, end),))


def find(text: str, quotes: Sequence[Span] = ()) -> list[Labelled]:
    """All such sayings of a text, in order; quotations that go on are found by `goes_on`."""
    return sorted(
        [*headline(text), *came_from(text), *behind_comma(text, quotes), *spoken_of(text, quotes)],
        key=lambda found: found.content,
    )


def paragraph(text: str, at: int) -> Span:
    """The paragraph that holds a place."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def goes_on(text: str, quote: Span, said: Sequence[Span], taken: Sequence[Span]) -> bool:
    """Whether a quotation is a paragraph of its own right behind the paragraph in which something `said` was quoted.

    Nothing of the paragraph may be said by anybody (`taken`), and its marks are closed and of the shape that stands in the paragraph before.
    """
    start, end = paragraph(text, quote[0])
    alone = text[start : quote[0]].strip() == "" and text[quote[1] : end].strip() == ""
    before = paragraph(text, max(0, start - 2)) if start >= 2 else (0, 0)
    if not alone or not said or any(overlap((start, end), t) for t in taken):
        return False
    within = any(overlap(before, s) for s in said) and text[quote[1] - 1] in CLOSED
    return (
        within
        and text[quote[0]] in text[slice(*before)]
        and (text[before[0]] in OPENED or text[before[1] - 1] in CLOSED)
    )
