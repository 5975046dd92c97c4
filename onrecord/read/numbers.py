"""Numbers in words and digits, with their values: "12,000", "2.5 million", "a hundred and nine", "thirty-two"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from onrecord.read.manner import lexicon
from onrecord.text import Span

Number = int | float


class Numeral(NamedTuple):
    """A number where it stands. `vague` marks "hundreds", "tens of thousands": the value is then the least it can be."""

    span: Span
    value: Number
    spelled: bool
    vague: bool = False


def exact(value: float) -> Number:
    """The value as int where it is one."""
    return int(value) if float(value).is_integer() and abs(value) < 1e18 else round(value, 6)


@cache
def _pattern() -> re.Pattern[str]:
    table = lexicon("figures")
    units = "|".join(sorted(table["units"]["words"], key=len, reverse=True))
    words = "hundred|thousand|million|billion|trillion"
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?!\d)|\d{1,15}(?:\.\d+)?"
    vague = r"(?:tens|dozens|scores|hundreds|thousands|millions|billions)(?: of (?:thousands|millions|billions))?"
    spelled = rf"(?:an?\s+(?:hundred|thousand|million|billion|trillion|dozen)|half a (?:million|billion)|(?:{units}))(?:[\s-](?:and\s)?(?:{units}|{words}|dozen)){{0,12}}"
    return re.compile(
        rf"(?<![\w.,/:])(?<![A-Za-z]-)(?:(?P<digits>{digits})(?:[ -]?(?P<scale>{words}|dozen|bn|mn|tn|m|k)\b)?(?![\w/:]|,\d|\.\d)|(?P<vague>\b(?:{vague})\b)|(?<!-)\b(?P<spelled>{spelled})\b(?!-\w*th\b|\so[’']clock))",
        re.I,
    )


def spelled_value(words: str) -> Number:
    """The value of a number in words."""
    table = lexicon("figures")
    total = current = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in table["units"]["words"]:
            current += table["units"]["words"][word]
        elif word == "half":
            current += 0.5
        elif word in ("hundred", "dozen"):
            current = (current or 1) * table["scale"][word]
        elif word in table["scale"]:
            total += (current or 1) * table["scale"][word]
            current = 0
    return exact(total + current)


def vague_value(words: str) -> Number:
    """The least that a vague plural can mean, as the field counts it: "hundreds" 100, "dozens" 24."""
    value = 1
    for word in re.findall(r"[a-z]+", words.lower()):
        stem = word.removesuffix("s")
        value *= {"ten": 10, "dozen": 24 if word == "dozens" else 12, "score": 40, "of": 1}.get(
            stem, lexicon("figures")["scale"].get(stem, 1)
        )
    return value


def numerals(text: str) -> Iterator[Numeral]:
    """All numbers of a text, in order."""
    scales = lexicon("figures")["scale"]
    for m in _pattern().finditer(text):
        if m["digits"]:
            value = float(m["digits"].replace(",", "").replace(" ", ""))
            yield Numeral(m.span(), exact(value * scales.get((m["scale"] or "").lower(), 1)), False)
        elif m["vague"]:
            yield Numeral(m.span(), vague_value(m["vague"]), True, True)
        else:
            yield Numeral(m.span(), spelled_value(m["spelled"]), True)
