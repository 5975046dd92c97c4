"""People tagged together with the office that they hold: "Minister of Defence of | Norland | Yauhen Drach", "Ministry of Defence | Irena Kolb".

A run of capitals behind an office and "of" is parted where a country's, portfolio's or body's name ends and a person's of two words is left.
Word lists: `lexicon/speakers.toml`, `[offices]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from onrecord.read import countries
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.text import Span

PERSON = np.array([0.0, -9.0, -9.0, -9.0])  # the log-probabilities of somebody's name
WORD = r"[A-ZÀ-Þ][\w.’'-]*"
RUN = re.compile(rf"(?P<before>{WORD}(?: (?:of|and|the|for|{WORD}))*?) (?P<person>{WORD} {WORD})")
BEFORE = 60  # code points before a run in which its office is looked for


@cache
def office_before() -> re.Pattern[str]:
    """An office whose "of" leads to a run of capitals, or to the portfolio before it."""
    return re.compile(
        rf"\b(?i:{either(lexicon('speakers')['offices']['heads'])})\s+(?:of|for)\s+(?:[\w ]{{0,40}}\bof\s+)?(?:the\s+)?$"
    )


@cache
def portfolios() -> frozenset[str]:
    """What ministers are ministers of, lower case."""
    return frozenset(lexicon("speakers")["offices"]["portfolios"])


@cache
def abroad() -> re.Pattern[str]:
    """A country behind an office and its portfolio: "Minister of Defence | of Norland"."""
    return re.compile(rf"(?i:(\bof (?:the )?(?:{either(portfolios())}))) of (?:the )?{WORD}(?: (?:of )?{WORD})*$")


def without_country(role: str) -> str:
    """A role without the country behind its portfolio."""
    return abroad().sub(r"\1", role)


def parted(text: str, span: Span, scores: np.ndarray) -> Iterator[tuple[Span, np.ndarray]]:
    """A tagged run with its scores, as what a person is in office of and the person where it holds both."""
    m = RUN.fullmatch(text, *span)
    low = max(text.rfind("\n", 0, span[0]) + 1, span[0] - BEFORE)
    if m and office_before().search(text, low, span[0]) and ends_office(text, m, bool(scores.argmax() == 0)):
        yield m.span("before"), scores if scores.argmax() else np.roll(PERSON, 2)
        yield m.span("person"), PERSON
    else:
        yield span, scores


def ends_office(text: str, m: re.Match[str], person: bool) -> bool:
    """Whether what stands before a run's last two words is whole without them; `person`: the network takes all of it for one."""
    before, (first, last) = m["before"], m["person"].split()
    if (
        {first.lower(), last.lower()} & (portfolios() | {"of"})
        or m["person"] in countries.places()
        or last in countries.places()
    ):
        return False
    known = before in countries.places() or before.split()[-1].lower() in portfolios()
    parts = before.split(" of ")
    whole = len(parts) > 1 and len(parts[-1].removeprefix("the ").split()) == 1
    alone = person and len(before.split()) == 1
    return (
        known
        or first.lower() in lexicon_first_names()
        or alone
        or (whole and stands_elsewhere(text, last, m.span("person")))
    )


@cache
def lexicon_first_names() -> frozenset[str]:
    """Known first names, lower case."""
    table = lexicon("speakers")["gender"]
    return frozenset((*table["male"], *table["female"]))


def stands_elsewhere(text: str, surname: str, span: Span) -> bool:
    """Whether a surname stands once more in the text."""
    if text.count(surname) < 2:
        return False
    return any(not span[0] <= m.start() < span[1] for m in re.finditer(rf"\b{re.escape(surname)}\b", text))
