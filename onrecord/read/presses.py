"""Outlets that an article tells by what is done with them: "told The Lantern", "…, The Lantern reported", "The Lantern, a weekly". Their names stand with a capital
article within a sentence; wherever else "The Lantern" stands it is the same outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.read import countries
from onrecord.text import Span

NAME = r"The (?P<name>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2})"
TOLD = re.compile(
    rf"\b(?:told|tells|telling|interview(?:ed)? (?:with|by)|spoke to|speaking to|seen by|obtained by|reported (?:by|in)|quoted (?:by|in)|published (?:by|in)) {NAME}(?=[\s,.;:’'”\"—]|$)"
)
REPORTS = re.compile(rf"[\w,”\"’'] {NAME}(?: has| had)? (?:reports|reported|writes|wrote)\b")
CALLED = re.compile(
    rf"\b{NAME}, (?:an?|the) (?:\w+ ){{0,3}}(?:weekly|monthly|daily|newspaper|broadsheet|tabloid|magazine|news agency|website|broadcaster)\b"
)
OTHERS = re.compile(  # what is told and reports, and is no outlet
    r"(?:.*\b)?(?:Hague|Gambia|Bahamas|Netherlands|Philippines|Vatican|Party|Army|Guard|Ministry|Council|Committee|Commission|Court|Police|Navy|Force|Union|Bank|Government|Senate|House|Parliament|Assembly|Agency|Authority|Institute|University|Foundation|Association|Federation|President|Minister|King|Queen|Pope|Office|Board|Department|Embassy|Group|Company|Church|Club|Team|Hospital|School)s?"
)
AROUND = 120  # code points of a line that are looked at
TITLED = 0.6  # the share of capitals from which a line is written like a headline, where capitals tell nothing


def find(text: str) -> Iterator[Span]:
    """The names of such outlets, without their article, wherever they stand with it."""
    for name in sorted(
        {m["name"] for form in (TOLD, REPORTS, CALLED) for m in form.finditer(text) if is_outlet(text, m)}
    ):
        for m in re.finditer(rf"\b[Tt]he ({re.escape(name)})\b(?! [A-ZÀ-Þ])", text):
            yield m.span(1)


def is_outlet(text: str, m: re.Match[str]) -> bool:
    """Whether what stands in an outlet's place can be one."""
    start = text.rfind("\n", max(0, m.start() - AROUND), m.start()) + 1 or max(0, m.start() - AROUND)
    words = text[start : m.end() + AROUND].partition("\n")[0].split()
    titled = sum(w[0].isupper() for w in words) > TITLED * len(words)
    return not titled and not OTHERS.fullmatch(m["name"]) and m["name"] not in countries.places()
