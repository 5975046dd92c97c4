"""Numbers put on record: value or range, hedge, unit, what is counted. Word lists: `lexicon/figures.toml`.

1. numerals (`numbers`), but not those of dates or of lines without words; 2. those that count nothing are left out
(`uncounted`); 3. two numbers joined by "to" or a dash are one range; 4. hedges and bounds before and behind (`hedges`); 5. money,
per cent, measures, durations, else the words counted (`amounts`); 6. the status (`status`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from onrecord.model import Comparator, Date, Dated, Figure
from onrecord.read.amounts import PERCENT, counted, money_before, unit_of, unit_pattern
from onrecord.read.hedges import behind, hedge
from onrecord.read.manner import lexicon
from onrecord.read.numbers import NEAR, Number, Numeral, Place, numerals
from onrecord.read.sentences import sentences
from onrecord.read.status import REACH, Context, context, status_of
from onrecord.read.uncounted import counts_nothing
from onrecord.text import Span, overlap

APART = 24  # how many characters may stand between the ends of a range
JOIN = re.compile(
    r"(?P<unit>\s?%|\s?per\s?cent|\s?percent|\s?(?!up\b)\w{1,12})?[\s-]*(?P<join>\b(?:up\s+to|to|and|or|through)\b|[-–—])-?\s*(?:(?:US|AU|A|C|HK|NZ)?\s?[$€£¥₹])?\s*",
    re.I,
)
DASH = re.compile(r"\s?[-–]\s?")
BETWEEN = re.compile(r"\b(?:between|from)\s+(?:about |around |roughly )?\S{0,4}$", re.I)
FROM = re.compile(r"\bfrom\s+(?:\w+\s+){0,2}\S{0,4}$")
# A line without a letter, a currency or a per cent sign: page numbers, tables of bare digits.
PLAIN = re.compile(r"(?m)^[^A-Za-zÀ-ÿ$€£¥%½⅓⅔¼¾\n]+$")


def is_range(text: str, n: Numeral, following: Numeral) -> bool:
    """Whether two numerals that stand together are the ends of one range."""
    if following.span[0] - n.span[1] > APART or n.vague or following.vague or n.share != following.share:
        return False
    m = JOIN.fullmatch(text, n.span[1], following.span[0])
    if not m or low_end(n, following) >= following.value:
        return False
    unit = (m["unit"] or "").strip()
    if unit and not text[following.span[1] : following.span[1] + APART].lstrip().startswith(unit):
        return False
    join, before = m["join"].lower().split()[-1], text[max(0, n.span[0] - REACH) : n.span[0]]
    if join == "and":
        return bool(BETWEEN.search(before))
    if join == "or":
        return n.spelled == following.spelled and following.value / following.scale - n.value / n.scale == 1
    if join == "to":
        return not tells_change(before)
    return join == "through" or not is_score(text, n, following)


def low_end(n: Numeral, following: Numeral) -> Number:
    """The low end of a range; "two to three million" begins at two million."""
    scaled = n.value * following.scale
    return scaled if n.scale == 1 and scaled < following.value and not (n.spelled and n.value >= 100) else n.value


def tells_change(before: str) -> bool:
    """Whether "from … to …" tells how something changed: two figures."""
    words = set(lexicon("figures")["change"]["words"])
    return bool(FROM.search(before)) and not words.isdisjoint(re.findall(r"[a-z]+", before.lower())[-10:])


def is_score(text: str, n: Numeral, following: Numeral) -> bool:
    """Whether two numbers with a dash are the score of a match, a vote or a record rather than a range."""
    start, end = n.span[0], following.span[1]
    if re.match(r"[-–]\d", text[end : end + 2]) or re.match(r"\d[-–]", text[max(0, start - 2) : start]):
        return True
    if n.spelled or following.scale != 1 or money_before(text, start):
        return False
    if PERCENT.match(text, end) or unit_pattern().match(text, end):
        return False
    around = re.findall(r"[a-z]+", (text[max(0, start - NEAR) : start] + " " + text[end : end + NEAR // 2]).lower())
    if not set(lexicon("figures")["change"]["score"]).isdisjoint(around):
        return True
    rounded = n.value >= 500 and n.value % 50 == following.value % 50 == 0
    return not rounded and not counted(text, end, len(text), 2)[1]


def bounds(
    p: Place, last: Numeral | None, said: Comparator
) -> tuple[Number | None, Number | None, Number | None, Comparator]:
    """Value, low, high and comparator of a figure."""
    n, words = p.n, p.words.lower()
    if last:
        return None, low_end(n, last), last.value, "="
    if n.vague and words == "dozens":
        return None, n.value, None, "~"
    if n.vague:
        return n.value, n.value, None, ">="
    if words.startswith("a couple"):
        return n.value, None, None, "~"
    return n.value, n.value if said in (">", ">=") else None, n.value if said in ("<", "<=") else None, said


def figure(p: Place, last: Numeral | None, number: int, about: Context) -> Figure:
    """One figure from a numeral, or from the two ends of a range."""
    start, end = p.n.span[0], last.span[1] if last else p.n.span[1]
    said, (begin, stop) = hedge(p, end)
    money_at = last.span[0] if last and money_before(p.text, last.span[0]) else start
    unit = unit_of(p, money_at, stop, begin)
    if said is None and (after := behind(p.text, unit.end)):
        said, stop = after.said, after.span[1]
    value, low, high, comparator = bounds(p, last, said or "=")
    span = begin, max(stop, unit.end)
    return Figure(
        id=f"f{number}",
        span=span,
        value=value,
        low=low,
        high=high,
        comparator=comparator,
        unit=unit.name,
        of=unit.of,
        status=status_of(about, span, p.sentence),
    )


def pairs(found: Sequence[Place]) -> Iterator[tuple[Place, Numeral | None]]:
    """Numerals, two ends of a range together; scores are left out."""
    i = 0
    while i < len(found):
        p, following = found[i], found[i + 1] if i + 1 < len(found) else None
        i += 1
        if following and following.sentence == p.sentence:
            if is_range(p.text, p.n, following.n):
                yield p, following.n
                i += 1
                continue
            if DASH.fullmatch(p.text, p.n.span[1], following.n.span[0]):
                i += 1
                continue
        yield p, None


def plain_lines(text: str) -> list[Span]:
    """Where the lines without words are; a short text that is one such line is a number."""
    return [m.span() for m in PLAIN.finditer(text) if m.span() != (0, len(text)) or len(text) > APART]


def outside(spans: Sequence[Span], found: Iterator[Numeral]) -> Iterator[Numeral]:
    """The numerals that share no character with any of the spans, which are in order."""
    k = 0
    for n in found:
        while k < len(spans) and spans[k][1] <= n.span[0]:
            k += 1
        if not (k < len(spans) and overlap(spans[k], n.span)):
            yield n


def find(text: str, dates: Sequence[Date], published: Dated | None = None) -> tuple[Figure, ...]:
    """The figures of a text, in order. `dates` are those of the same text: a number that dates something counts nothing, and
    one beside a date long before `published` is history."""
    within = sentences(text)
    starts = [s for s, _ in within]
    dated = sorted(d.span for d in dates if d.type in ("date", "time"))
    numbers = outside(plain_lines(text), outside(dated, numerals(text)))
    places = (Place(text, within[max(0, bisect_right(starts, n.span[0]) - 1)], n) for n in numbers)
    kept = [p for p in places if not counts_nothing(p)]
    about = context(text, dates, published)
    return tuple(figure(p, last, k, about) for k, (p, last) in enumerate(pairs(kept), 1))
