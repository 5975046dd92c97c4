"""Numbers put on record: value or range, hedge, unit, what is counted.

1. numerals (`numbers`); 2. those that belong to dates, ages, names, scores, clock times and addresses are left out;
3. hedges and bounds before or behind; 4. two numbers joined by "to" or a dash are one range; 5. money, per cent, else the
words counted; 6. the status by the words before, within the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.model import Comparator, Date, Figure, FigureStatus
from onrecord.read.manner import lexicon
from onrecord.read.numbers import Number, Numeral, numerals
from onrecord.read.sentences import sentences
from onrecord.text import Span, Spans, overlap

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'.-][A-Za-zÀ-ÿ]+)*")
JOIN = re.compile(r"\s*(?:to|and|[-–—])\s*")
PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|percent(?:age points?)?\b)", re.I)
MONEY_BEFORE = re.compile(r"(?:\b(?:US|AU|NZ|CA|HK|U\.S\.|A|C|S|R)\s?\$|\$|€|£|¥|₹|₽|₩|\bRs\.?)\s*$")
ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
AGE_AFTER = re.compile(r"[\s-]*(?:years?[\s-]old|months?[\s-]old|year-old|month-old|weeks?[\s-]old)", re.I)
BETWEEN_COMMAS = re.compile(r"[A-Za-zÀ-ÿ]\w*,\s*$")
ADDRESS = re.compile(
    r"[@#/:]\s*$|\b(?:No|no|Nos|article|section|chapter|paragraph|page|phase|flight|room|route|highway|act|level|type|version|resolution|channel|unit|level|grade|stage|round|number|figure|table|part|category|group|point|zone|district|tel|phone)\.?\s*$",
    re.I,
)
REACH = 90  # how many characters before a number its hedge and status are looked for


@cache
def hedge_patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Comparator]]:
    """Hedges right before a number, right behind it, and what each means."""
    table: dict[str, list[str]] = lexicon("figures")["comparator"]
    meaning: dict[str, Comparator] = {w: c for c, words in table.items() for w in words}  # type: ignore[misc]
    before = sorted((w for w in meaning if not w.startswith("or ")), key=len, reverse=True)
    behind = [w for w in meaning if w.startswith("or ")]
    lead = re.compile(rf"\b({'|'.join(before)})\s+(?:(?:the|a|an|its|their|a total of|another)\s+)?$", re.I)
    return lead, re.compile(rf"\s+({'|'.join(behind)})\b", re.I), meaning


def is_none(text: str, n: Numeral, sentence: Span) -> bool:
    """Whether a numeral counts nothing: an ordinal, an age, part of a name, a score, a year, a telephone number."""
    start, end = n.span
    words, after, before = text[start:end], text[end : end + 24], text[max(sentence[0], start - 30) : start]
    if re.search(
        r"\b(?:past|last|next|quarter to|quarter past|half past)\s+$", before, re.I
    ) and not MONEY_BEFORE.search(before):
        return n.value < 100
    if ORDINAL.match(after) or AGE_AFTER.match(after) or ADDRESS.search(before):
        return True
    last = WORD.findall(before)[-1:] or [""]
    if last[0].lower() in lexicon("figures")["age"]["before"]:
        return True
    if not n.spelled:
        if BETWEEN_COMMAS.search(before) and re.match(r"\s*[,.]", after) and n.value < 120:
            return True  # "Name, 42, …"
        if (words.startswith("0") and len(words) > 2 and "." not in words) or len(re.sub(r"\D", "", words)) > 13:
            return True
        if re.match(r"[-–]\w", after) and not re.match(
            r"[-–](?:\d|page|member|strong|kilomet|met[er]|mile|ton|seat|bed|day|week|month|year|hour|minute|point|percent)",
            after,
        ):
            return True
        if (
            re.fullmatch(r"(?:1[89]|20)\d\d", words)
            and not re.match(r"\s+(?:people|soldiers|troops|cases|deaths|euros|dollars|votes)", after)
            and not MONEY_BEFORE.search(before)
        ):
            return True
        name = re.search(r"\b([A-Z][\w’'-]*)\s$", before)
        if (
            name
            and start - name.start(1) - sentence[0] < start - sentence[0]
            and text[sentence[0] : start].strip() != name.group(1)
            and not MONEY_BEFORE.search(before)
        ):
            first_word = text[sentence[0] : start].strip(" “\"‘'") == name.group(1)
            return (
                not first_word
                and name.group(1).lower() not in lexicon("figures")["comparator"]["~"]
                and name.group(1) not in ("The", "Over", "About", "At", "Least", "Some")
            )
    elif n.value == 1 and not hedge(text, start, end, sentence)[0]:
        return True  # "one of the reasons"
    return (
        n.spelled and bool(re.match(r"\s+of\s+(?:the|them|us|its|their|his|her|these|those)\b", after)) and not n.vague
    )


def hedge(text: str, start: int, end: int, sentence: Span) -> tuple[Comparator | None, int, int]:
    """The comparator that words before or behind a number give, and the span with those words."""
    lead, behind, meaning = hedge_patterns()
    low = max(sentence[0], start - REACH)
    money = MONEY_BEFORE.search(text[low:start])
    at = low + money.start() if money else start
    m = lead.search(text[low:at] if text[low:at].endswith(" ") else text[low:at] + " ")
    if m:
        return meaning[m.group(1).lower()], low + m.start(1), end
    b = behind.match(text, end)
    return (meaning[b.group(1).lower()], at, b.end()) if b else (None, at, end)


def unit_of(text: str, start: int, end: int, vague: bool) -> tuple[str | None, Spans, int]:
    """Unit, the words counted, and where the figure's words end."""
    table = lexicon("figures")
    money = MONEY_BEFORE.search(text[max(0, start - 8) : start])
    if money:
        return table["money"].get(money.group().replace(" ", "").rstrip("."), "USD"), (), end
    percent = PERCENT.match(text, end)
    if percent:
        return "percent", (), percent.end()
    at = end
    if vague and (m := re.compile(r"\s+of\s+").match(text, end)):
        at = m.end()
    found: list[re.Match[str]] = []
    while len(found) < 5:
        gap = re.compile(r"[ -]").match(text, at)
        word = WORD.match(text, gap.end() if gap else at)
        if not word or (not gap and at == end) or word.group().lower() in table["counted"]["stop"]:
            break
        if found and re.search(r"(?:ed|ly)$", word.group()) and found[-1].group().endswith("s"):
            break  # "people gathered": the noun is behind us
        if (
            found
            and re.search(r"[a-z]s$", found[-1].group())
            and not re.search(r"(?:ss|news|sales)$", found[-1].group())
            and not word.group().endswith("s")
        ):
            break  # "ships call": what is counted ends with its plural
        found.append(word)
        at = word.end()
        if word.group().lower() in ("people", "percent") or word.group().lower() in table["money"]:
            break
    if not found:
        return None, (), end
    noun = found[-1].group().lower()
    return table["money"].get(noun, noun), ((found[0].start(), found[-1].end()),), found[-1].end()


@cache
def status_pattern(status: str) -> re.Pattern[str]:
    return re.compile(r"(?:\b|(?=n['’]t))(?:" + "|".join(lexicon("figures")["status"][status]) + r")\b", re.I)


def status_of(text: str, start: int, sentence: Span) -> FigureStatus:
    """Whether what is counted happened, by the words before the number within its sentence."""
    before = text[max(sentence[0], start - REACH) : start]
    if status_pattern("hypothetical").search(before):
        return "hypothetical"
    if status_pattern("negated").search(before[-40:]):
        return "negated"
    return "planned" if status_pattern("planned").search(before) else "actual"


def figure(text: str, first: Numeral, last: Numeral | None, sentence: Span, number: int) -> Figure:
    """One figure from a numeral, or from the two ends of a range."""
    end = last.span[1] if last else first.span[1]
    comparator, begin, stop = hedge(text, first.span[0], end, sentence)
    unit, of, behind = unit_of(text, first.span[0], end, first.vague)
    value: Number | None = first.value
    low: Number | None = None
    high: Number | None = None
    if last:
        value, low, high, comparator = None, first.value, last.value, "="
        if (
            low < 1000 <= high
            and (scale := re.search(r"(?:million|billion|thousand|trillion|bn|m|k)$", text[slice(*last.span)], re.I))
            and not first.spelled
        ):
            factor = lexicon("figures")["scale"][scale.group().lower()]
            low = low * factor if low * factor <= high else low
    elif first.vague and "dozen" in text[slice(*first.span)].lower():
        value, low, comparator = None, first.value, "~"
    elif first.vague:
        low, comparator = first.value, ">="
    elif comparator in (">", ">="):
        low = first.value
    elif comparator in ("<", "<="):
        high = first.value
    return Figure(id=f"f{number}", span=(begin, max(stop, behind)), value=value, low=low, high=high, comparator=comparator or "=", unit=unit, of=of,
                  status=status_of(text, first.span[0], sentence))  # fmt: skip


def ranges(text: str, found: Sequence[Numeral]) -> Iterator[tuple[Numeral, Numeral | None]]:
    """Numerals, two ends of a range together."""
    i = 0
    while i < len(found):
        n, following = found[i], found[i + 1] if i + 1 < len(found) else None
        between = text[n.span[1] : following.span[0]] if following else ""
        joined = (
            following
            and JOIN.fullmatch(re.sub(r"[$€£%]|per ?cent|percent", "", between))
            and n.value < following.value
            and not n.vague
        )
        if joined and "and" in between:
            joined = bool(re.search(r"\bbetween\s+\S{0,4}$", text[max(0, n.span[0] - 14) : n.span[0]], re.I))
        if joined and following and PERCENT.match(between) and not PERCENT.match(text, following.span[1]):
            joined = False  # "fell 1.8% to 11.42"
        if joined and re.search(r"\bfrom\s+\S{0,12}$", text[max(0, n.span[0] - 18) : n.span[0]]) and "to" in between:
            joined = not re.search(
                r"(?:rose|fell|grew|increas|decreas|drop|cut|reduc|went|up|down|climb|jump|declin|rais)\w*\b",
                text[max(0, n.span[0] - 60) : n.span[0]],
            )
        yield n, following if joined else None
        i += 2 if joined else 1


def find(text: str, dates: Sequence[Date]) -> tuple[Figure, ...]:
    """The figures of a text, in order. `dates` are those of the same text: a number that dates something counts nothing."""
    bounds = list(sentences(text))
    starts = [s for s, _ in bounds]
    taken = [d.span for d in dates if d.type in ("date", "time")]
    out: list[Figure] = []
    k = 0
    kept: list[Numeral] = []
    for n in numerals(text):
        while k < len(taken) and taken[k][1] <= n.span[0]:
            k += 1
        sentence = bounds[bisect_right(starts, n.span[0]) - 1]
        if not (k < len(taken) and overlap(taken[k], n.span)) and not is_none(text, n, sentence):
            kept.append(n)
    for first, last in ranges(text, kept):
        if (not last and re.match(r"\s?[-–]\s?\d", text[first.span[1] : first.span[1] + 4])) or re.search(
            r"\d\s?[-–]\s?$", text[max(0, first.span[0] - 4) : first.span[0]]
        ):
            continue  # a score or a telephone number
        out.append(figure(text, first, last, bounds[bisect_right(starts, first.span[0]) - 1], len(out) + 1))
    return tuple(out)
