"""Numbers put on record: value or range, hedge, unit, what is counted.

1. numerals (`numbers`); 2. those that belong to dates, ages, names, scores, clock times and page furniture are left out;
3. two numbers joined by "to" or a dash are one range; 4. hedges and bounds before and behind; 5. money, per cent, measures,
durations, else the words counted; 6. the status by the words before, within the sentence. Word lists: `lexicon/figures.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.model import Comparator, Date, Figure, FigureStatus
from onrecord.read.manner import lexicon
from onrecord.read.numbers import Number, Numeral, either, numerals
from onrecord.read.sentences import sentences
from onrecord.text import Span, Spans, overlap

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'.-][A-Za-zÀ-ÿ]+)*")
LAST_WORD = re.compile(r"([A-Za-zÀ-ÿ][\w’'.-]*)[ \u00a0(“\"‘-]+$")
PERCENT = re.compile(r"[\s-]*(?:%|per\s?cent\b(?!age)|percent(?:age)?\b(?!\s?-?points?)|pct\b)", re.I)
ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)\b")
AGE_AFTER = re.compile(r"[\s-]*(?:years?|yrs?|months?|weeks?|days?)[\s-]{1,2}olds?\b|s\b", re.I)
CLOCK = re.compile(
    r"\s?(?:[ap]\.?\s?m\b|o[’']clock|GMT\b|UTC\b|ET\b|EST\b|BST\b|CET\b|noon\b|hours?\s+(?:GMT|local)|local time)", re.I
)
HYPHENED = re.compile(r"[-–](?P<word>[a-z]{3,})")
REACH = 90  # how many characters before a number its hedge and status are looked for
NEAR = 40


class Place(NamedTuple):
    """A numeral within its sentence."""

    text: str
    sentence: Span
    n: Numeral

    def before(self, reach: int = NEAR) -> str:
        return self.text[max(self.sentence[0], self.n.span[0] - reach) : self.n.span[0]]

    def after(self, reach: int = NEAR) -> str:
        return self.text[self.n.span[1] : min(self.sentence[1], self.n.span[1] + reach)]

    @property
    def words(self) -> str:
        return self.text[slice(*self.n.span)]


@cache
def measures() -> dict[str, str]:
    """Each way of writing a measure with the unit it stands for."""
    return {w: unit for unit, words in lexicon("figures")["measure"].items() for w in words}


@cache
def durations() -> dict[str, str]:
    """Each way of writing a length of time with its unit."""
    return {w: unit for unit, words in lexicon("figures")["duration"].items() for w in words}


@cache
def money_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A currency right before an amount, and right behind it."""
    table = lexicon("figures")["money"]
    codes = sorted(set(table.values()))
    signs = either([w for w in table if not w[0].islower() or w == "rmb"])
    names = either([w for w in table if w[0].islower() and w != "rmb"])
    return (
        re.compile(rf"(?:(?<![A-Za-z])(?:US|AU|NZ|CA|HK|U\.S\.|A|C|S|R)\s?\$|(?<![A-Za-z])(?:{'|'.join(codes)}|RMB|usd|eur|Rs\.?|US dollars?)|(?:{signs}))\s*$"),
        re.compile(rf"(?:[\s-]?(?:{'|'.join(codes)}|RMB)\b|\s?[€£₽₹¥₴]|[\s-]{{1,2}}(?i:{names})\b|\s[$](?!\s?\d))"),
    )  # fmt: skip


@cache
def unit_pattern() -> re.Pattern[str]:
    """A measure or duration right behind a number; words in any case, signs as they are written."""
    words = [w for w in [*measures(), *durations()] if len(w) > 3 and w.lower() == w]
    signs = [w for w in [*measures(), *durations()] if w not in words]
    return re.compile(
        rf"[\s\u00a0]?[-–]?\s?[(\[{{<]?(?P<unit>(?i:{either(words)})|{either(signs)})(?![\w²³])(?!['’]s\b)"
    )


@cache
def hedge_patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Comparator]]:
    """Hedges right before a number, right behind it, and what each means."""
    figures = lexicon("figures")
    table: dict[str, list[str]] = figures["comparator"]
    meaning: dict[str, Comparator] = {w: c for c, words in table.items() if len(c) <= 2 for w in words}  # type: ignore[misc]
    words = either(w for w in meaning if w[0].isalpha() and not w.startswith(("or ", "and ")))
    signs = either(w for w in meaning if not w[0].isalnum() and w not in ("+", "-plus", "-odd"))
    filler = either(figures["comparator_words"]["filler"])
    lead = re.compile(rf"(?:(?<![\w'’-])(?P<hedge>{words})\s+(?:(?:{filler})\s+){{0,2}}|(?P<sign>{signs})\s?)$", re.I)
    return lead, re.compile(rf"\s?(?P<hedge>{either(figures['comparator_words']['behind'])})(?!\w)", re.I), meaning


@cache
def refused(where: str) -> re.Pattern[str]:
    """Patterns of what stands before or behind a number that counts nothing."""
    table = lexicon("figures")
    if where == "label":
        return re.compile(rf"\b(?:{either(table['label']['before'])})\.?\s(?:\d+\s(?:and|or|to)\s)?$", re.I)
    if where == "month":
        return re.compile(rf"\b(?:{either(table['label']['months'])})\.?\s$", re.I)
    if where == "month behind":
        return re.compile(rf"\s(?:of\s)?(?:{either(table['label']['months'])})\b(?!\s(?:be|have|not)\b)", re.I)
    if where == "age":
        ages = either(table["age"]["before"])
        return re.compile(rf"\b(?:(?:{ages})(?:\s+of)?(?:\s+(?:between|about|around|over|under|from|just|only))?\s*|age[sd]?\s+(?:of\s+)?\d+\s*(?:to|and|-|–|or)\s*)$", re.I)  # fmt: skip
    return re.compile(rf"\s(?:(?!and|or|to\b)[a-z-]+\s){{0,2}}(?:{either(table['counted']['crowd'])})\b", re.I)


def money_before(p: Place) -> re.Match[str] | None:
    return money_patterns()[0].search(p.before(14))


def has_unit(p: Place) -> bool:
    """Whether money, per cent or a measure makes it an amount whatever stands around."""
    end = p.n.span[1]
    return bool(
        money_before(p)
        or PERCENT.match(p.text, end)
        or money_patterns()[1].match(p.text, end)
        or unit_pattern().match(p.text, end)
    )


def is_date_part(p: Place) -> bool:
    """A day of the month, a clock time, "last three years"."""
    if CLOCK.match(p.after()):
        return p.n.value <= 2400
    if money_before(p):
        return False
    if re.search(r"\b(?:past|last|next|quarter to|quarter past|half past)\s+$", p.before(), re.I):
        return p.n.value < 100
    whole = p.n.value == int(p.n.value) and 0 < p.n.value <= 31
    months = refused("month").search(p.before()), refused("month behind").match(p.after())
    return whole and not p.n.spelled and any(m and m.group().strip()[0].isupper() for m in months)


def is_age(p: Place) -> bool:
    before, after = p.before(), p.after()
    if re.match(r"[\s-]*(?:years?|yrs?|months?|weeks?|days?)[\s-]{1,2}olds?\b", after, re.I) or refused("age").search(
        before
    ):
        return True
    if re.match(r"\s?(?:to|-|–|and)\s?\d+[\s-]years?[\s-]olds?", after):
        return True
    if re.match(r"\s(?:years?|months?) of age\b", after) or re.search(r"\bchild(?:ren)? (?:under|over)\s$", before):
        return True
    between = re.search(r"[A-ZÀ-Þ][\wÀ-ÿ.’'-]* ?,\s*$", before) and re.match(r"\s*[,.;)]", after or ".")
    pair = (
        re.search(r", \d\d and\s$", before)
        and after[:1] == ","
        or re.match(r" and \d\d,", after)
        and before[-2:] == ", "
    )
    return bool(not p.n.spelled and (between or pair) and p.n.value < 120 and p.n.value == int(p.n.value))


def is_furniture(p: Place) -> bool:
    """List numbers, foot notes, telephone numbers, links, lines without words."""
    before, after, words = p.before(), p.after(), p.words
    if p.n.spelled:
        return False
    first = not before.strip()
    digits = re.sub(r"\D", "", words)
    return bool(
        (first and re.match(r"[.)]\s", after) and len(digits) <= 2)
        or (before.endswith("[") and after.startswith("]"))
        or re.search(r"[@#/]\s?$|\+\d*[\s-]?$|\d[ \u00a0]$|\bhttps?:\S*$|\d\s?\*\s?$", before)
        or (re.match(r"[ -]\d|/\d", after) and not re.match(r" (?:1[89]|20)\d\d\b", after) and not dash_range(p))
        or (re.search(r"\b\d{3}[-.]$", before) and len(digits) == 4 and p.n.value % 50)
        or (before[-1:] in ("-", "–") and before[-2:-1].isdigit() and not high_end(p))
        or (words.startswith("0") and len(digits) > 1 and "." not in words)
        or (len(digits) > 13 and "," not in words)
    )


def dash_range(p: Place) -> bool:
    """Whether a dash and a number that is larger stand behind: the low end of a range."""
    m = re.match(r"[-–](\d{1,9})(?:,\d{3})*(?:\.\d+)?(?![\d-])", p.after())
    return bool(m and float(re.sub(r"[-–,]", "", m.group())) > p.n.value / p.n.scale)


def high_end(p: Place) -> bool:
    """Whether a dash and a number that is smaller stand before: the high end of a range."""
    m = re.search(r"(?<![\d-])(\d{1,9}(?:,\d{3})*(?:\.\d+)?)[-–]$", p.before())
    return bool(m and float(m[1].replace(",", "")) < p.n.value)


def is_year(p: Place) -> bool:
    """1999 without a comma, unless a unit, a crowd, or behind a hedge any plural says that it counts: "more than 1800 coins"."""
    if not re.fullmatch(r"(?:1[5-9]|20)\d\d", p.words) or has_unit(p):
        return False
    when = r"\b(?:in|since|until|till|by|during)\s(?:(?:about|around|at least|nearly|over)\s)?$"
    recent = p.n.value > 1950 and p.n.value % 100
    dated = re.search(when, p.before(), re.I)
    if refused("crowd").match(p.after()):
        return bool(dated and recent)
    said = hedge(p.text, *p.n.span, p.sentence)[0]
    return bool(dated or not said or (said == "~" and recent) or not plural_of(p))


def is_name(p: Place) -> bool:
    """A number within a name ("Boeing 747", "Article 5", "the 747", "787-9")."""
    before, after = p.before(), p.after()
    if refused("label").search(before) and not re.search(r"\b(?:the|a|this|that)\s(?:whole\s)?\w+\s$", before):
        return not money_before(p) and not PERCENT.match(after)
    if p.n.spelled:
        return bool(
            re.search(r"\b(?:Big|Group of|Channel|Formula|Fantastic|Gang of|Area|Air Force|Catch|Phase)\s$", before)
        )
    if has_unit(p) or "," in p.words or p.n.scale != 1 or hedged(p):
        return False
    if re.match(r"\([a-z]\)", after) or (re.search(r"\btop\s$", before, re.I) and not plural_of(p)):
        return True
    hyphen = re.match(r"[-–](?=\w)", after)
    if hyphen:
        return not HYPHENED.match(after) and not re.match(r"[-–]\d", after)
    bare = re.match(r"\s*(?:$|[.,;:)]|(?!mark\b|threshold\b|barrier\b|milestone\b)[a-z]+\b)", after)
    if re.search(r"(?:^|[\s“\"‘(])(?:the|a|an)\s$", before, re.I) and p.n.value >= 100 and bare:
        return not plural_of(p)
    return capital(p, before) and not plural_behind(p)


def capital(p: Place, before: str) -> bool:
    """Whether a capitalised word that does not just begin the sentence stands right before."""
    name = re.search(r"(?:^|[\s“\"‘(])([A-Z][\wÀ-ÿ’'&.-]*)\s$", before)
    if not name or name[1].lower().rstrip(".") in lexicon("figures")["label"]["start"]:
        return False
    return p.text[p.sentence[0] : p.n.span[0]].strip(" “\"‘'(") != name[1] or name[1].isupper()


def plural_of(p: Place) -> Spans:
    """The words counted behind a number, none where no plural stands there."""
    return counted(p.text, p.n.span[1], p.sentence[1], p.n.value)[1]


def plural_behind(p: Place) -> bool:
    """Whether what is counted follows in lower case, so that "in Germany 40 soldiers" is no name."""
    of = plural_of(p)
    return bool(
        of and p.text[of[0][0]].islower() and re.search(r"\b(?:in|on|at|for|from|by|of)\s[A-Z]\S*\s$", p.before())
    )


def is_share(p: Place) -> bool:
    """Whether a half or a third is a part of something, not a half of a match or the third of a row."""
    before, after = p.before(), p.after()
    if re.search(
        r"\b(?:first|second|last|latter|other|final|opening|next|past|previous|early|closing|consecutive|in|better|[a-z]+[’']s|his|her|its|one and a)\s+$",
        before,
        re.I,
    ):
        return False  # fmt: skip
    if " in " in p.words or " out of " in p.words or "-in-" in p.words:
        return not re.match(
            r"[\s-]+(?:days?|years?|months?|weeks?|hours?|minutes?|a row|matches|games|seasons|attempts|overs|innings)\b",
            after,
            re.I,
        )
    if re.match(r"(?:two|three|four|five|\d)", p.words, re.I) or "-" in p.words[1:]:
        return True
    follows = r"\s+(?:of\b(?! the (?:year|season|match|game|season|season’s)\b)|the\b|an?\b|its\b|their\b|his\b|her\b|our\b|my\b|all\b|those\b|these\b|that\b|what\b|as (?:many|much|big|large)\b|dozen\b)"
    whole = re.match(follows, after, re.I) or (p.words.lower().startswith("one ") and not re.match(r"\s+[a-z]", after))
    return bool(whole or hedged(p) or re.search(r"\bby (?:about |around |nearly |almost )?$", before, re.I))


def hedged(p: Place) -> bool:
    return hedge(p.text, p.n.span[0], p.n.span[1], p.sentence)[0] is not None


def is_mere_one(p: Place) -> bool:
    """Whether "one" is a pronoun or an article rather than a count of what news counts."""
    if p.n.value != 1 or not p.n.spelled or p.n.scale != 1:
        return False
    measured = unit_pattern().match(p.text, p.n.span[1])
    if (measured and measured["unit"][0].islower()) or PERCENT.match(p.text, p.n.span[1]):
        return False
    if hedge(p.text, *p.n.span, p.sentence)[0] in (">=", "<="):
        return False
    if set(re.findall(r"[a-z]+", p.after())[:3]) & set(lexicon("figures")["counted"]["one"]) and not re.match(
        r"\s+of\b", p.after()
    ):
        return False
    after = re.match(
        r"\s+(?:person|man|woman|child|boy|girl|other|people)?\s?(?:was |is |has been |were )?(\w+)", p.after()
    )
    return not (after and after[1].lower() in lexicon("figures")["counted"]["casualty"])


def counts_nothing(p: Place) -> bool:
    """Whether a numeral is no figure, by the tests of this module."""
    if p.n.share:
        return not is_share(p)
    if p.n.vague:
        return False
    if ORDINAL.match(p.after()) or (re.match(r"-?\w*(?:first|second|third|th)\b", p.after(14)) and p.n.spelled):
        return True
    if is_age(p) or is_furniture(p) or is_mere_one(p) or is_date_part(p):
        return True
    if p.n.spelled and re.match(r"\s+of\s+(?:them|us|you|whom|which)\b|-way\b", p.after()):
        return True
    if (
        p.n.spelled
        and p.n.value < 10
        and re.search(r"\b(?:the|these|those|other|core)\s$", p.before(), re.I)
        and not unit_of(p, *p.n.span).name
    ):
        return True  # "the two met"
    return is_name(p) or (not p.n.spelled and is_year(p))


def hedge(text: str, start: int, end: int, sentence: Span) -> tuple[Comparator | None, int, int]:
    """The comparator that words before or behind a number give, and the span with those words."""
    lead, behind, meaning = hedge_patterns()
    low = max(sentence[0], start - REACH)
    money = money_patterns()[0].search(text[max(low, start - 14) : start])
    at = max(low, start - 14) + money.start() if money else start
    said: Comparator | None = None
    begin = at
    for _ in range(3):
        m = lead.search(text, low, begin) if begin == at or text[begin - 1].isspace() else None
        if not m or not plausible(text, m, end):
            break
        new = meaning[(m["hedge"] or m["sign"]).lower()]
        said, begin = (new if said in (None, "~") else said), m.start("hedge") if m["hedge"] else m.start("sign")
    if said in (">", "<"):
        said = denied(text[low:begin], said)
    b = behind.match(text, end)
    if b and said in (None, "~"):
        return meaning[b["hedge"].lower()], begin, b.end()
    return said, begin, end


def denied(before: str, said: Comparator) -> Comparator:
    """A bound under a negation: "must not exceed 500" is at most 500."""
    if not re.search(r"(?:\b(?:not|never|without|cannot|no)|n['’]t)\s+(?:\w+\s+){0,1}$", before, re.I):
        return said
    return "<=" if said == ">" else ">="


def plausible(text: str, m: re.Match[str], end: int) -> bool:
    """Whether "over" before a length of time bounds it, as in "for over two years", and "about" hedges: not "talks about two"."""
    word = (m["hedge"] or "").lower()
    before = text[max(0, m.start() - 16) : m.start()]
    if word == "about":
        return not re.search(rf"\b(?:{either(lexicon('figures')['comparator_words']['talk'])})\s+$", before, re.I)
    unit = unit_pattern().match(text, end)
    if word != "over" or not unit or unit["unit"].lower() not in durations():
        return True
    return bool(re.search(r"\b(?:for|in|after|last\w*|than|of|took|taken|spent|is|was|with|has|have|just|well|since|every|to|sentenced to|get|serve\w*)\s+$", before, re.I))  # fmt: skip


def counted(text: str, at: int, stop: int, value: Number, free: bool = False) -> tuple[str | None, Spans]:
    """The noun that a number counts and its words; `free` lets them follow "of"."""
    table = lexicon("figures")["counted"]
    found: list[re.Match[str]] = []
    best = 0
    further = re.compile(r"\s(?:more|other|fewer|further)(?=\s(?!than\b|of\b))", re.I).match(text, at, stop)
    at = further.end() if further else at
    while len(found) < 6:
        gap = re.compile(r"(?:[ \u00a0]|[“\"‘]|-(?=[a-z])){1,2}").match(text, at, stop)
        word = WORD.match(text, gap.end(), stop) if gap else None
        if not gap or not word or word.group().lower() in stops():
            break
        if re.match(r"\d", text[word.end() : word.end() + 1]):
            break
        found.append(word)
        at = word.end()
        if is_plural(word.group()):
            best = len(found)
            if (
                not re.match(r"[ -](?:[a-z]+s|[a-z]*(?:men|people|children|aircraft))\b", text[at : at + 24])
                or word.group().lower() in table["plural"]
            ):
                break
            if text[at : at + 20].split()[:1] and text[at : at + 20].split()[0].lower() in stops():
                break
        elif ("-" in gap.group() and len(found) == 1) or (value == 1 and word.group().lower() in table["one"]):
            best = len(found)
            break
    if not best and found and (value == 1 or free):
        best = len(found)
    if not best:
        return None, ()
    noun = found[best - 1].group().lower()
    return {"persons": "people", "person": "people"}.get(noun, noun), ((found[0].start(), found[best - 1].end()),)


@cache
def stops() -> frozenset[str]:
    return frozenset(lexicon("figures")["counted"]["stop"])


@cache
def unplural() -> frozenset[str]:
    return frozenset(lexicon("figures")["counted"]["singular"])


def is_plural(word: str) -> bool:
    """Whether a word looks like the plural of something counted."""
    low = word.lower()
    if low in lexicon("figures")["counted"]["plural"] or low.endswith(("men", "people")):
        return low not in ("specimen", "women's", "men's")
    return len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "'s", "’s", "ous")) and low not in unplural()


class Unit(NamedTuple):
    """What a number is of: unit, the words counted, and where the figure's words begin and end."""

    name: str | None
    of: Spans
    end: int


def money_unit(text: str, start: int, end: int) -> Unit | None:
    """A currency before or behind an amount, as its ISO code."""
    table = lexicon("figures")["money"]
    before, behind = money_patterns()
    m, b = before.search(text[max(0, start - 14) : start]), behind.match(text, end)
    if m:
        also = b or re.compile(r"\s\((?:USD|US)\)?|[\s-]dollars?\b").match(text, end)
        sign = re.sub(r"\s", "", m.group()).rstrip(".")
        code = table.get(sign) or (sign.upper() if sign.upper() in table.values() else "USD")
        return Unit("CNY" if sign == "RMB" else code, (), also.end() if also else end)
    if not b:
        return None
    name = re.sub(r"\s+", " ", b.group().strip(" -"))
    known = name if name in table.values() else table.get(name) or table.get(name.lower())
    return Unit(known, (), b.end()) if known else None


def pounds(text: str, p: Place, m: re.Match[str]) -> str:
    """Whether "pounds" are money or weight."""
    around = text[max(0, m.start() - 60) : m.end() + 20]
    weight = re.match(r"\s+of\s|[\s-]+(?:weight|heav|man|fish|bomb|baby)", text[m.end() : m.end() + 12]) or re.search(
        r"\b(?:weigh|lost|lose|gain|heavy|lift|shed|drop)", around, re.I
    )
    british = "£" in text or re.search(r"\b(?:Britain|British|UK|London|sterling|England|Scotland|Wales)\b", text)
    return "pounds" if weight or not (british or p.n.scale >= 1000) else "GBP"


POUNDS = re.compile(r"[\s-]pounds\b", re.I)


def unit_of(p: Place, start: int, end: int) -> Unit:
    """Unit, the words counted, and where the figure's words end."""
    text, stop = p.text, p.sentence[1]
    of_money = re.compile(r"\s+of(?=\s)").match(text, end) if p.n.vague else None
    if money := money_unit(text, start, of_money.end() if of_money else end):
        return money
    if m := POUNDS.match(text, end):
        return Unit(pounds(text, p, m), (), m.end())
    if m := PERCENT.match(text, end):
        return Unit("percent", of_words(text, m.end(), stop), m.end())
    if m := unit_pattern().match(text, end):
        said = m["unit"] if m["unit"] in measures() or m["unit"] in durations() else m["unit"].lower()
        unit = measures().get(said) or durations()[said]
        return Unit(unit, () if unit in durations().values() else of_words(text, m.end(), stop), m.end())
    if p.n.share or p.n.vague or re.match(r"\s+of\s", text[end : end + 5]):
        share = re.compile(
            r"\s+(?:of\s+)?(?:(?:the|all|its|their|his|her|our|those|these|that|every|a|an)\s+){0,2}"
        ).match(text, end)
        at = share.end() - 1 if share else end
        if m := unit_pattern().match(text, at):
            said = m["unit"] if m["unit"] in measures() or m["unit"] in durations() else m["unit"].lower()
            return Unit(measures().get(said) or durations()[said], (), m.end())
        noun, of = counted(text, at, stop, p.n.value, free=p.n.share)
        return Unit(noun, of, of[0][1] if of else end)
    noun, of = counted(text, end, stop, p.n.value)
    if of:
        return Unit(noun, of, of[0][1])
    return Unit("people" if is_casualty(text, end) else None, (), end)


def of_words(text: str, at: int, stop: int) -> Spans:
    """What a share or a measure is of: the words behind "of"."""
    m = re.compile(r"\s+of\s+(?:(?:the|all|its|their|his|her|our|those|these)\s+){0,2}").match(text, at)
    return counted(text, m.end() - 1, stop, 2, free=True)[1] if m else ()


def is_casualty(text: str, end: int) -> bool:
    """Whether the words behind a bare number say that people were killed, hurt or taken."""
    m = re.compile(
        r"\s+(?:(?:more|others?|were|was|are|have been|had been|confirmed|reported|left|is)\s+){0,3}(\w+)"
    ).match(text, end)
    return bool(m and m[1].lower() in lexicon("figures")["counted"]["casualty"])


@cache
def status_pattern(status: str) -> re.Pattern[str]:
    return re.compile(r"(?:\b|(?=n['’]t))(?:" + "|".join(lexicon("figures")["status"][status]) + r")\b", re.I)


def status_of(text: str, start: int, sentence: Span) -> FigureStatus:
    """Whether what is counted happened, by the words before the number within its sentence."""
    before = text[max(sentence[0], start - REACH) : start]
    if status_pattern("hypothetical").search(before):
        return "hypothetical"
    if status_pattern("negated").search(before[-NEAR:]):
        return "negated"
    if status_pattern("planned").search(before):
        return "planned"
    return "historical" if status_pattern("historical").search(before) else "actual"


def bounds(
    p: Place, last: Numeral | None, said: Comparator | None
) -> tuple[Number | None, Number | None, Number | None, Comparator]:
    """Value, low, high and comparator of a figure."""
    first = p.n
    if last:
        low = first.value
        if (
            last.scale != 1
            and first.scale == 1
            and not (first.spelled and first.value >= 100)
            and low * last.scale < last.value
        ):
            low = low * last.scale
        return None, low, last.value, "="
    if first.vague and "dozens" in p.words.lower() and " of " not in p.words:
        return None, first.value, None, "~"
    if first.vague:
        return first.value, first.value, None, ">="
    if p.words.lower().startswith("a couple"):
        return first.value, None, None, "~"
    low_end = first.value if said in (">", ">=") else None
    return first.value, low_end, first.value if said in ("<", "<=") else None, said or "="


def figure(p: Place, last: Numeral | None, number: int) -> Figure:
    """One figure from a numeral, or from the two ends of a range."""
    start, end = p.n.span[0], last.span[1] if last else p.n.span[1]
    said, begin, stop = hedge(p.text, start, end, p.sentence)
    at = last.span[0] if last and money_patterns()[0].search(p.text[last.span[0] - 14 : last.span[0]]) else start
    unit = unit_of(p, at, max(end, stop))
    if said is None and unit.end > end:
        b = hedge_patterns()[1].match(p.text, unit.end)
        if b:
            said, stop = hedge_patterns()[2][b["hedge"].lower()], b.end()
    value, low, high, comparator = bounds(p, last, said)
    return Figure(id=f"f{number}", span=(begin, max(stop, unit.end)), value=value, low=low, high=high, comparator=comparator, unit=unit.name,
                  of=unit.of, status=status_of(p.text, begin, p.sentence))  # fmt: skip


JOIN = re.compile(
    r"(?P<unit>\s?%|\s?per\s?cent|\s?percent|\s?\w{1,12})?[\s-]*(?P<join>\b(?:to|and|or|through)\b|[-–—])-?\s*(?P<money>(?:US|AU|A|C|HK|NZ)?\s?[$€£¥₹])?\s*",
    re.I,
)


def is_range(text: str, n: Numeral, following: Numeral) -> bool:
    """Whether two numerals that stand together are the ends of one range."""
    if following.span[0] - n.span[1] > 24 or n.vague or following.vague or n.share != following.share:
        return False
    m = JOIN.fullmatch(text[n.span[1] : following.span[0]])
    reach = n.value * (following.scale if n.scale == 1 else 1)
    if not m or not (n.value < following.value or reach < following.value) or n.value < 0 > following.value:
        return False
    unit = (m["unit"] or "").strip()
    if unit and not re.match(rf"\s?{re.escape(unit)}", text[following.span[1] : following.span[1] + 14]):
        return False
    before = text[max(0, n.span[0] - 70) : n.span[0]]
    join = m["join"].lower()
    if join == "and":
        return bool(re.search(r"\b(?:between|from)\s+(?:about |around |roughly )?\S{0,4}$", before, re.I))
    if join == "or":
        return n.spelled == following.spelled and following.value / following.scale - n.value / n.scale == 1
    if join == "to":
        return not tells_change(before)
    return join == "through" or not is_score(text, n, following)


@cache
def change_words() -> frozenset[str]:
    return frozenset(lexicon("figures")["change"]["words"])


def tells_change(before: str) -> bool:
    """Whether "from … to …" tells how something changed: two figures."""
    m = re.search(r"\bfrom\s+(?:\w+\s+){0,2}\S{0,4}$", before)
    return bool(m) and bool(change_words() & set(re.findall(r"[a-z]+", before.lower())[-10:]))


def is_score(text: str, n: Numeral, following: Numeral) -> bool:
    """Whether two numbers with a dash are the score of a match, a vote, a telephone number or years."""
    dash = text[n.span[1] : following.span[0]].strip()
    around = text[max(0, n.span[0] - 40) : n.span[0]] + " " + text[following.span[1] : following.span[1] + 20]
    if re.match(r"[-–]\d", text[following.span[1] : following.span[1] + 2]) or re.search(
        r"\d[-–]$", text[max(0, n.span[0] - 2) : n.span[0]]
    ):
        return True
    if (
        n.spelled
        or following.scale != 1
        or re.search(r"[$€£¥]\s?$", text[max(0, n.span[0] - 2) : n.span[0]])
        or "%" in dash
    ):
        return False
    if PERCENT.match(text, following.span[1]) or unit_pattern().match(text, following.span[1]):
        return False
    words = set(re.findall(r"[a-z]+", around.lower()))
    if words & set(lexicon("figures")["change"]["score"]) and following.value < 500:
        return True
    round_ends = n.value >= 500 and not n.value % 50 and not following.value % 50
    return not round_ends and counted(text, following.span[1], len(text), 2)[1] == ()


def pairs(text: str, found: Sequence[Place]) -> Iterator[tuple[Place, Numeral | None]]:
    """Numerals, two ends of a range together; scores are left out."""
    i = 0
    while i < len(found):
        p = found[i]
        following = found[i + 1].n if i + 1 < len(found) and found[i + 1].sentence == p.sentence else None
        if following and is_range(text, p.n, following):
            yield p, following
            i += 2
            continue
        if following and re.fullmatch(r"\s?[-–]\s?", text[p.n.span[1] : following.span[0]]):
            i += 2
            continue
        yield p, None
        i += 1


def plain_lines(text: str) -> list[Span]:
    """Lines without a letter, a currency or a per cent sign: page numbers, tables of bare digits."""
    return [
        m.span()
        for m in re.finditer(r"(?m)^[^A-Za-zÀ-ÿ$€£¥%½⅓⅔¼¾\n]+$", text)
        if m.end() - m.start() < len(text) or len(text) > 24
    ]


def outside(spans: Sequence[Span], found: Iterator[Numeral]) -> Iterator[Numeral]:
    """The numerals that share no character with any of the spans, which are in order."""
    k = 0
    for n in found:
        while k < len(spans) and spans[k][1] <= n.span[0]:
            k += 1
        if not (k < len(spans) and overlap(spans[k], n.span)):
            yield n


def find(text: str, dates: Sequence[Date]) -> tuple[Figure, ...]:
    """The figures of a text, in order. `dates` are those of the same text: a number that dates something counts nothing."""
    within = list(sentences(text))
    starts = [s for s, _ in within]
    taken = sorted(d.span for d in dates if d.type in ("date", "time"))
    numbers = outside(plain_lines(text), outside(taken, numerals(text)))
    places = (Place(text, within[max(0, bisect_right(starts, n.span[0]) - 1)], n) for n in numbers)
    kept = [p for p in places if not counts_nothing(p)]
    return tuple(figure(p, last, k) for k, (p, last) in enumerate(pairs(text, kept), 1))
