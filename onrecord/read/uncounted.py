"""Numbers that count nothing: parts of dates and clock times, ages, list numbers and telephone numbers, years, names, halves of matches.

Each test takes a numeral in its sentence and looks at the 40 characters before and behind it. `counts_nothing` asks them all.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.read.amounts import counted, has_unit, is_casualty, money_before, unit_of, unit_pattern
from onrecord.read.entities_roles import is_role
from onrecord.read.hedges import hedge
from onrecord.read.manner import lexicon
from onrecord.read.numbers import Place, either
from onrecord.text import Spans

ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)\b")
FIRST = re.compile(r"-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b")
CLOCK = re.compile(
    r"\s?(?:[ap]\.?\s?m\b|o[’']clock|GMT\b|UTC\b|ET\b|EST\b|BST\b|CET\b|noon\b|hours?\s+(?:GMT|local)|local time)", re.I
)
SINCE_THEN = re.compile(
    r"\b(?:(?<!go )(?<!goes )(?<!went )(?<!gone )(?<!climb )(?<!climbs )(?<!climbed )(?<!rise )(?<!rises )(?<!rose )(?<!get )(?<!gets )(?<!weakens )(?<!moves )past|last|next|quarter to|quarter past|half past)\s+$",
    re.I,
)
OLD = re.compile(
    r"(?:\s?(?:to|-|–|and)\s?\d+)?[\s-]*(?:(?:years?|yrs?|months?|weeks?|days?)[\s-]{1,3}olds?|(?:years?|months?) of age)\b",
    re.I,
)
CHILDREN = re.compile(r"\bchild(?:ren)? (?:under|over)\s$", re.I)
# A whole number (#) between commas behind a name, or one of two: "Anna Berg, 42, said", "two women, 23 and 27, said".
APART = re.compile(r"(?:[A-ZÀ-Þ][\wÀ-ÿ.’'-]* ?,\s*#\s*(?:[,.;)]|$)|, # and \d\d,|, \d\d and #,)")
DESCRIBED = re.compile(r"(?:ex-|\b)(\w+) ?,\s*#\s*,")  # "the ex-minister, 61, said"
LINKED = re.compile(r"[@#/]\s?$|\+\d*[\s-]?$|\d[ \u00a0]$|\bhttps?:\S*$|\d\s?\*\s?$")
MORE_DIGITS = re.compile(r"(?: (?!(?:1[89]|20)\d\d\b)|-)\d|/\d")
LOW_END = re.compile(r"[-–](\d{1,9}(?:,\d{3})*(?:\.\d+)?)(?![\d-])")
HIGH_END = re.compile(r"(?<![\d-])(\d{1,9}(?:,\d{3})*(?:\.\d+)?)[-–]$")
PHONE = re.compile(r"\b\d{3}[-.]$")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
IN = re.compile(r"\b(?:in|since|until|till|by|during)\s(?:(?:about|around|at least|nearly|over)\s)?$", re.I)
HYPHENED = re.compile(r"[-–](?:[a-z]{3}|\d)")
THE = re.compile(r"(?:^|[\s“\"‘(])(?:the|a|an)\s$", re.I)
TOP = re.compile(r"\btop\s$", re.I)
CLAUSE = re.compile(r"\([a-z]\)")  # "a 401(k) plan"
LAST_WORD = re.compile(r"\b([A-Za-z]+)\.?\s(?:\d+\s(?:and|or|to)\s)?$")  # "Article 5", "flights 20 and 31"
AMOUNT_TO = re.compile(r"\b(?:now|they|we|already|currently|could|would|will|may|might)\s+numbers?\s$", re.I)
A_NOUN = re.compile(
    r"\b(?:(?:the|a|this|that|last|next|past)\s(?:whole\s)?\w+|(?:take|takes|took|taken|taking)\spart)\s$"
)
NAMED = re.compile(r"\b(?:Big|Group of|Fantastic|Gang of|Air Force|Catch)\s$")
CAPITAL = re.compile(r"(?:^|[\s“\"‘(])([A-Z][\wÀ-ÿ’'&.-]*)\s$")
IN_A_PLACE = re.compile(r"\b(?:[Ii]n|[Oo]n|[Aa]t|[Ff]or|[Ff]rom|by|of)\s[A-Z]\S*\s$")
WORD = re.compile(r"[^\W\d_]{4,}")
PARTED = re.compile(
    r"\b(?:first|second|last|latter|other|final|opening|next|past|previous|early|closing|consecutive|in|better|[a-z]+[’']s|his|her|its|one and a)\s+$",
    re.I,
)
PART_OF = re.compile(
    r"\s+(?:of\b(?! the (?:year|season|match|game)\b)|(?:the|an?|its|their|his|her|our|my|all|those|these|that|what|as (?:many|much|big|large)|dozen)\b)",
    re.I,
)
IN_A_ROW = re.compile(
    r"[\s-]+(?:days?|years?|months?|weeks?|hours?|minutes?|a row|matches|games|seasons|attempts|overs|innings)\b", re.I
)
BY_A_THIRD = re.compile(r"\bby (?:about |around |nearly |almost )?$", re.I)
OF_THEM = re.compile(r"\s+of\s+(?:them|us|you|whom|which)\b|-way\b")
THE_TWO = re.compile(r"\b(?:the|these|those|other|core)\s$", re.I)
ONE = re.compile(r"\s+(?:person|man|woman|child|boy|girl|other|people)?\s?(?:was |is |has been |were )?(\w+)")


@cache
def aged() -> re.Pattern[str]:
    """Words right before an age."""
    words = either(lexicon("figures")["age"]["before"])
    near = "between|about|around|over|under|from|just|only"
    ends = r"age[sd]?\s+(?:of\s+)?\w+\s*(?:to|and|-|–|or)\s*"
    return re.compile(rf"\b(?:(?:{words})(?:\s+of)?(?:\s+(?:{near}))?\s*|{ends})$", re.I)


@cache
def crowd() -> re.Pattern[str]:
    """Plurals behind a number that make 1999 a count."""
    words = either(lexicon("figures")["counted"]["crowd"])
    return re.compile(rf"\s(?:(?!and|or|to\b)[a-z-]+\s){{0,2}}(?:{words})\b", re.I)


def is_whole(p: Place) -> bool:
    """Whether a number is written in digits and has no fraction."""
    return not p.n.spelled and p.n.value == int(p.n.value)


def is_date_part(p: Place) -> bool:
    """A clock time, "the last three years"."""
    if CLOCK.match(p.after()):
        return p.n.value <= 2400
    return bool(p.n.value < 100 and SINCE_THEN.search(p.before()) and not money_before(p.text, p.n.span[0]))


def is_age(p: Place) -> bool:
    """How old somebody is."""
    before, after = p.before(), p.after()
    if OLD.match(after) or aged().search(before) or CHILDREN.search(before):
        return True
    if not is_whole(p) or p.n.value >= 120:
        return False
    described = DESCRIBED.search(f"{before}#{after}")
    return bool(APART.search(f"{before}#{after}") or (described and is_role(described[1])))


def is_furniture(p: Place) -> bool:
    """List numbers, foot notes, telephone numbers, links."""
    if p.n.spelled:
        return False
    before, after, words = p.before(), p.after(), p.words
    size = sum(c.isdigit() for c in words)
    return bool(
        (size <= 2 and not before.strip() and re.match(r"[.)]\s", after))
        or (before.endswith("[") and after.startswith("]"))
        or LINKED.search(before)
        or (MORE_DIGITS.match(after) and not dash_range(p))
        or (size == 4 and p.n.value % 50 and PHONE.search(before))
        or (before[-1:] in ("-", "–") and before[-2:-1].isdigit() and not high_end(p))
        or (words.startswith("0") and size > 1 and "." not in words)
        or (size > 13 and "," not in words)
    )


def dash_range(p: Place) -> bool:
    """Whether a dash and a number that is larger stand behind: the low end of a range."""
    m = LOW_END.match(p.after())
    return bool(m and float(m[1].replace(",", "")) > p.n.value / p.n.scale)


def high_end(p: Place) -> bool:
    """Whether a dash and a number that is smaller stand before: the high end of a range."""
    m = HIGH_END.search(p.before())
    return bool(m and float(m[1].replace(",", "")) < p.n.value)


def is_year(p: Place) -> bool:
    """1999 without a comma, unless a unit, a crowd, or behind a hedge any plural says that it counts: "more than 1800 coins"."""
    if not YEAR.fullmatch(p.words) or has_unit(p):
        return False
    dated, recent = IN.search(p.before()), p.n.value > 1950 and p.n.value % 100 != 0
    if crowd().match(p.after()):
        return bool(dated and recent)
    said = hedge(p).said
    return bool(dated or not said or (said == "~" and recent) or not plural_of(p))


def is_name(p: Place) -> bool:
    """A number within a name: "Boeing 747", "Article 5", "the 747", "787-9"."""
    before, after = p.before(), p.after()
    last = LAST_WORD.search(before)
    if last and last[1].lower() in lexicon("figures")["label"]["before"] and not A_NOUN.search(before):
        if AMOUNT_TO.search(before):
            return False
        return not has_unit(p)
    if p.n.spelled:
        return bool(NAMED.search(before))
    if has_unit(p) or "," in p.words or p.n.scale != 1:
        return False
    if CLAUSE.match(after) or (after[:1] in ("-", "–") and re.match(r"\w", after[1:])):
        return not HYPHENED.match(after)
    the = TOP.search(before) or (THE.search(before) and p.n.value >= 100)
    if not (the or CAPITAL.search(before)) or hedge(p).said:
        return False
    return not plural_of(p) if the else is_capital(p, before)


def is_capital(p: Place, before: str) -> bool:
    """Whether a capitalised word right before makes a number part of a name: "Airbus 320", but not "Fire Leaves 20 Dead"."""
    name = CAPITAL.search(before)
    if not name or name[1].lower().rstrip(".") in lexicon("figures")["label"]["start"]:
        return False
    of = plural_of(p)
    if is_title(p):
        return not of and not is_casualty(p.text, p.n.span[1])
    opening = p.text[p.sentence[0] : p.n.span[0]].strip(" “\"‘'(") == name[1]
    return not (of and p.text[of[0][0]].islower() and (opening or IN_A_PLACE.search(before)))


def is_title(p: Place) -> bool:
    """Whether words around a number Are Written Like a Headline."""
    words = WORD.findall(p.before() + p.after())
    return sum(1 for w in words if w[0].isupper()) > 0.8 * len(words)


def plural_of(p: Place) -> Spans:
    """The words counted behind a number, none where no plural stands there."""
    return counted(p.text, p.n.span[1], p.sentence[1], p.n.value)[1]


def is_share(p: Place) -> bool:
    """Whether a half or a third is a part of something, not a half of a match or the third of a row."""
    before, after = p.before(), p.after()
    if PARTED.search(before):
        return False
    if re.search(r" in |-in-| out of ", p.words):
        return not IN_A_ROW.match(after)
    if "-" in p.words or re.match(r"(?:two|three|four|five|\d)", p.words, re.I):
        return True
    return bool(PART_OF.match(after) or hedge(p).said or BY_A_THIRD.search(before))


def is_mere_one(p: Place) -> bool:
    """Whether "one" is a pronoun or an article rather than a count of what news counts."""
    if p.n.value != 1 or not p.n.spelled:
        return False
    unit = unit_pattern().match(p.text, p.n.span[1])
    if (unit and unit["unit"][0].islower()) or (not unit and has_unit(p)) or hedge(p).said in (">=", "<="):
        return False
    counts = lexicon("figures")["counted"]
    if set(re.findall(r"[a-z]+", p.after())[:3]) & set(counts["one"]) and not re.match(r"\s+of\b", p.after()):
        return False
    after = ONE.match(p.after())
    return not (after and after[1].lower() in counts["casualty"])


def is_they(p: Place) -> bool:
    """ "two of them", "the two met", "a three-way race"."""
    if not p.n.spelled:
        return False
    met = p.n.value < 10 and THE_TWO.search(p.before()) and not unit_of(p, *p.n.span, p.n.span[0]).name
    return bool(OF_THEM.match(p.after()) or met)


def counts_nothing(p: Place) -> bool:
    """Whether a numeral is no figure, by the tests of this module."""
    if p.n.share:
        return not is_share(p)
    if p.n.vague:
        return False
    if ORDINAL.match(p.after()) or (p.n.spelled and p.n.value % 10 == 0 and FIRST.match(p.after())):
        return True
    return any(test(p) for test in (is_age, is_furniture, is_mere_one, is_date_part, is_they, is_name)) or (
        not p.n.spelled and is_year(p)
    )
