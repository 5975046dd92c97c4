"""What a number is of: money, per cent, a measure, a length of time, or the words that it counts. Word lists: `lexicon/figures.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.read.manner import lexicon
from onrecord.read.numbers import Number, Place, either
from onrecord.text import Spans

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'.-][A-Za-zÀ-ÿ]+)*")
GAP = re.compile(r"(?:[ \u00a0]|[“\"‘]|-(?=[a-z])){1,2}")
FURTHER = re.compile(r"\s(?:more|other|fewer|further)(?=\s(?!than\b|of\b))", re.I)
PERCENT = re.compile(r"[\s-]*(?:%|per\s?cent\b(?!age)|percent(?:age)?\b(?!\s?-?points?)|pct\b)", re.I)
POUNDS = re.compile(r"[\s-]pounds\b", re.I)
BRITISH = re.compile(r"£|\b(?:Britain|British|UK|London|sterling|England|Scotland|Wales)\b")
DOLLARS = re.compile(r"\s\((?:USD|US)\)?|[\s-]dollars?\b")  # said once more behind "$40"
# How the adjectives end that may stand between "one" and its noun: "one confirmed case".
ADJECTIVE = re.compile(
    r"(?:al|an|ar|ed|ese|ful|ic|ing|ish|ive|less|ous|\b(?:new|old|young|big|small|large|more|other|such|further))$",
    re.I,
)
OF = re.compile(r"\s+of(?=\s)")
OF_THE = re.compile(r"\s+of\s+(?:(?:the|all|its|their|his|her|our|those|these)\s+){0,2}")
DETERMINED = re.compile(r"\s+(?:of\s+)?(?:(?:the|all|its|their|his|her|our|those|these|that|every|a|an)\s+){0,2}", re.I)
PART_OF = re.compile(r"\s+of\s+(?:[^\W\d][\w’'-]*\s+){0,4}?\d[\d,]*(?=\s)")  # "260 of the guild's 420 drivers"
NUMBER_OF = re.compile(r"\bnumber of(?=\s)", re.I)
REACH = 90  # how many characters before a number what it counts is looked for
LEAST = 10  # a bare number that counts people by such a noun as "recruitment" is no smaller
MOST = 6  # how many words are looked through for what is counted
MONEY = 14  # how many characters before an amount a currency may take


class Unit(NamedTuple):
    """What a number is of: unit, the words counted, and where the figure's words end."""

    name: str | None
    of: Spans
    end: int


@cache
def measures() -> dict[str, str]:
    """Each way of writing a measure with the unit it stands for."""
    return {w: unit for unit, words in lexicon("figures")["measure"].items() for w in words}


@cache
def durations() -> dict[str, str]:
    """Each way of writing a length of time with its unit."""
    return {w: unit for unit, words in lexicon("figures")["duration"].items() for w in words}


@cache
def unit_pattern() -> re.Pattern[str]:
    """A measure or duration right behind a number; words in any case, signs as they are written."""
    every = [*measures(), *durations()]
    words = either(w for w in every if len(w) > 3 and w.lower() == w)
    signs = either(w for w in every if len(w) <= 3 or w.lower() != w)
    return re.compile(rf"[\s\u00a0]?[-–]?\s?[(\[{{<]?(?P<unit>(?i:{words})|{signs})(?![\w²³])(?!['’]s\b)")


def measured(text: str, at: int) -> tuple[str, int] | None:
    """The unit of a measure or duration that stands right there, and where it ends."""
    m = unit_pattern().match(text, at)
    if not m:
        return None
    every = measures() | durations()
    return every.get(m["unit"]) or every[m["unit"].lower()], m.end()


@cache
def money_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A currency right before an amount, and right behind it."""
    table = lexicon("figures")["money"]
    codes = "|".join(sorted(set(table.values())))
    signs = either([w for w in table if not w[0].islower() or w == "rmb"])
    names = either([w for w in table if w[0].islower() and w != "rmb"])
    return (
        re.compile(rf"(?:(?<![A-Za-z])(?:US|AU|NZ|CA|HK|U\.S\.|A|C|S|R)\s?\$|(?<![A-Za-z])(?:{codes}|RMB|usd|eur|Rs\.?|US dollars?)|(?:{signs}))\s*$"),
        re.compile(rf"(?:[\s-]?(?:{codes}|RMB)\b|\s?[€£₽₹¥₴]|[\s-]{{1,2}}(?i:{names})\b|\s[$](?!\s?\d))"),
    )  # fmt: skip


def money_before(text: str, start: int) -> re.Match[str] | None:
    """A currency right before an amount; the match counts from `start - MONEY`."""
    return money_patterns()[0].search(text[max(0, start - MONEY) : start])


def has_unit(p: Place) -> bool:
    """Whether money, per cent or a measure makes it an amount whatever stands around."""
    start, end = p.n.span
    behind = PERCENT, money_patterns()[1], unit_pattern()
    return bool(money_before(p.text, start) or any(pattern.match(p.text, end) for pattern in behind))


def money_unit(text: str, start: int, end: int) -> Unit | None:
    """A currency before or behind an amount, as its ISO code."""
    table = lexicon("figures")["money"]
    before, behind = money_before(text, start), money_patterns()[1].match(text, end)
    if before:
        again = behind or DOLLARS.match(text, end)
        sign = re.sub(r"\s", "", before.group()).rstrip(".")
        code = table.get(sign) or (sign.upper() if sign.upper() in table.values() else "USD")
        return Unit("CNY" if sign == "RMB" else code, (), again.end() if again else end)
    if not behind:
        return None
    name = re.sub(r"\s+", " ", behind.group().strip(" -"))
    known = name if name in table.values() else table.get(name.lower()) or table.get(name)
    return Unit(known, (), behind.end()) if known else None


def pounds(p: Place, start: int, end: int) -> str:
    """Whether "pounds" are money, as near British words or with a million, or weight."""
    around = p.text[max(0, start - 300) : end + 300]
    return "GBP" if p.n.scale >= 1000 or BRITISH.search(around) else "pounds"


def unit_of(p: Place, start: int, end: int, begin: int) -> Unit:
    """The unit of a number that stands between `start` and `end`; with its hedges it begins at `begin`."""
    text, stop = p.text, p.sentence[1]
    of_money = OF.match(text, end) if p.n.vague else None
    if money := money_unit(text, start, of_money.end() if of_money else end):
        return money
    if m := POUNDS.match(text, end):
        return Unit(pounds(p, *m.span()), (), m.end())
    if m := PERCENT.match(text, end):
        return Unit("percent", of_words(text, m.end(), stop), m.end())
    if found := measured(text, end):
        name, at = found
        return Unit(name, () if name in lexicon("figures")["duration"] else of_words(text, at, stop), at)
    at = end
    if (p.n.share or p.n.vague or OF.match(text, end)) and (m := DETERMINED.match(text, end)):
        at = m.end() - 1
        if found := measured(text, at):
            return Unit(found[0], (), found[1])
    noun, of = counted(text, at, stop, p.n.value, free=p.n.share)
    if of:
        return Unit(noun, of, of[0][1])
    if (m := PART_OF.match(text, end, stop)) and (whole := counted(text, m.end(), stop, 2))[1]:
        return Unit(*whole, end)
    if is_casualty(text, end):
        return Unit("people", (), end)
    return Unit(*counted_before(p, begin), end)


def of_words(text: str, at: int, stop: int) -> Spans:
    """What a share or a measure is of: the words behind "of"."""
    m = OF_THE.match(text, at)
    return counted(text, m.end() - 1, stop, 2, free=True)[1] if m else ()


def counted(text: str, at: int, stop: int, value: Number, free: bool = False) -> tuple[str | None, Spans]:
    """The noun that a number counts and its words: up to the first plural; `free` and one take a singular too."""
    table = lexicon("figures")["counted"]
    further = FURTHER.match(text, at, stop)
    at = further.end() if further else at
    found: list[re.Match[str]] = []
    best = 0
    while len(found) < MOST and (gap := GAP.match(text, at, stop)):
        word = WORD.match(text, gap.end(), stop)
        if not word or word.group().lower() in stops():
            break
        found.append(word)
        at = word.end()
        if is_plural(word.group()):
            best = len(found)
            if (word.group().lower() in table["plural"] and not MEMBERS.match(text, at)) or not PLURAL_NEXT.match(
                text, at, at + 24
            ):
                break
        elif ("-" in gap.group() and len(found) == 1) or (value == 1 and not ADJECTIVE.search(word.group())):
            best = len(found)
            break
    best = best or (len(found) if value == 1 or free else 0)
    if not best:
        return None, ()
    noun = found[best - 1].group().lower()
    return {"persons": "people", "person": "people"}.get(noun, noun), ((found[0].start(), found[best - 1].end()),)


MEMBERS = re.compile(r" (?:members|workers|officers)\b")  # "crew members"
PLURAL_NEXT = re.compile(r"[ -](?:[a-z]+s|[a-z]*(?:men|people|children|aircraft))\b")


@cache
def stops() -> frozenset[str]:
    """Words that cannot be what is counted."""
    return frozenset(lexicon("figures")["counted"]["stop"])


@cache
def plurals() -> tuple[frozenset[str], frozenset[str]]:
    """Plurals without an s, and words with an s that are none."""
    return frozenset(lexicon("figures")["counted"]["plural"]), frozenset(lexicon("figures")["counted"]["singular"])


def is_plural(word: str) -> bool:
    """Whether a word looks like the plural of something counted."""
    low = word.lower()
    if low in plurals()[0] or low.endswith(("men", "people")):
        return True
    return (
        len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "'s", "’s", "ous")) and low not in plurals()[1]
    )


CASUALTY = re.compile(
    r"\s+(?:(?:more|others?|were|was|are|have been|had been|confirmed|reported|left|is)\s+){0,3}(\w+)", re.I
)


@cache
def people_before() -> re.Pattern[str]:
    """Words before a bare number that make it people: "killed at least 12", "a crowd of 300", "the death toll rose to 45"."""
    table = lexicon("figures")["counted"]
    harm, group = either(table["harm"]), either(table["group"])
    return re.compile(rf"\b(?:(?:{harm})(?: all| another| a further)?|(?:{group}) of|death toll[^,;]*)\s$", re.I)


def counted_before(p: Place, begin: int) -> tuple[str | None, Spans]:
    """What a bare number counts where its noun stands before: "the number of new cases rose to 20", "recruitment exceeds 300"."""
    low = max(p.sentence[0], begin - REACH)
    numbers = list(NUMBER_OF.finditer(p.text, low, begin))
    if numbers and (found := counted(p.text, numbers[-1].end(), begin, 2))[1]:
        return found
    m = noun_before().search(p.text, low, p.n.span[0])
    if m and m.end() >= begin and (m["toll"] or m["sum"] or m["rising"] or (p.n.value >= LEAST and p.n.value % 1 == 0)):
        return (m["rising"] or "people").lower(), (m.span(m.lastgroup or "toll"),)
    return ("people" if people_before().search(p.text, low, begin) else None), ()


@cache
def noun_before() -> re.Pattern[str]:
    """A noun before a bare number that says what it counts: "recruitment exceeds", "a force of more than", "arrests have climbed to"."""
    table, comparators = lexicon("figures")["counted"], lexicon("figures")["comparator"]
    toll, tally, body, rising, grew, swelled = (
        either(table[name]) for name in ("toll", "tally", "body", "rising", "grew", "swelled")
    )
    hedges = either(h for words in comparators.values() for h in words if h[0].isalpha())
    passed = either(w for w in comparators[">"] if w.startswith(("exceed", "surpass", "pass", "top")))
    aside = r"(?:\s(?:of|in|for|at|on|across)(?:\s[\w’'-]+){1,5}?)?"  # "deaths in the two provinces rose to"
    helper = r"(?:\s(?:has|have|had|is|was|were|are|be|been|now|already|that|then|also|more|than|\w+ly)){0,4}?"
    verb = (
        rf"(?:(?:{grew})\s(?:to|at|from|past|above|over|beyond)|{swelled}|{passed})"  # "rose by 6,000" tells a change
    )
    return re.compile(
        rf"\b(?:(?:(?P<toll>{toll})|(?P<tally>{tally})|(?P<body>{body}))(?:{aside}{helper}\s{verb}|\sof)|(?P<sum>{toll})\s(?:is|was)(?:\snow)?"
        rf"|(?P<rising>{rising}){aside}{helper}\s{verb})(?:\s(?:{hedges}))?\s$",
        re.I,
    )


def is_casualty(text: str, end: int) -> bool:
    """Whether the words behind a bare number say that people were killed, hurt or taken."""
    m = CASUALTY.match(text, end)
    return bool(m and m[1].lower() in lexicon("figures")["counted"]["casualty"])
