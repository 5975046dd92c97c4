"""Units that a number leaves to the one beside it: "from 12.40 marks to 9.75", "at 36 per cent, down from 41", "at 2,950 marks a tonne, against 3,400 on Monday"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from onrecord.model import Figure
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.text import Span

FAR = 90  # characters between two numbers of one move
FROM = re.compile(r"\bfrom\s(?:[\w-]+\s){0,2}$")
FOLD = 100  # a number is no more times another that it is set against in the same unit


def with_units(text: str, figures: Sequence[Figure], where: Sequence[Span]) -> Iterator[Figure]:
    """The figures, each that has neither a unit nor a noun with the unit of the one that it moved from or to, or is set against, in its sentence."""
    ends = {s[0]: s[1] for s in where}
    starts = sorted(ends)
    for n, f in enumerate(figures):
        beside = (g for g in figures[max(0, n - 1) : n + 2] if g is not f and g.unit)
        bare = f.unit is None and not f.of
        lender = next((g for g in beside if bare and is_of_one_move(text, f, g, starts)), None)
        yield replace(f, unit=lender.unit) if lender else f


def is_of_one_move(text: str, f: Figure, g: Figure, starts: Sequence[int]) -> bool:
    """Whether two numbers stand in one sentence as what something moved from and to, or as what is set against the other."""
    first, second = sorted((f, g), key=lambda x: x.span)
    between = text[first.span[1] : second.span[0]]
    if len(between) > FAR or any(first.span[0] < s <= second.span[0] for s in starts) or not is_like(f, g):
        return False
    if first.span[0] and FROM.search(text, max(0, first.span[0] - FAR), first.span[0]):
        return bool(re.fullmatch(r"(?:\s[\w-]+){0,5}?\sto\s", between))
    return second is f and bool(patterns().search(between))


def is_like(f: Figure, g: Figure) -> bool:
    """Whether two numbers are of sizes that one thing may have at two times."""
    one, other = (abs(x.value or x.low or x.high or 0) for x in (f, g))
    return 0 < max(one, other) <= FOLD * min(one, other)


@cache
def patterns() -> re.Pattern[str]:
    """What stands before the number that another one is set against."""
    words = lexicon("series")["against"]["words"]
    return re.compile(rf"^[^.;:]*?,?\s(?:{either(words)})\s(?:[\w-]+\s)?$")
