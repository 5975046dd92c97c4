"""The building blocks of the patterns of dates: words in any case, gaps, days and years in digits, and what the lexicon lists.

Gaps and repetitions are bounded, so that the time is linear in the text. Months and weekdays count with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.model import DateType
from onrecord.read import dates_values_holidays
from onrecord.read.dates_values import Maker, table
from onrecord.read.manner import lexicon

S = r"[^\S\n]{1,2}"
GAP = r"(?:[^\S\n]|[-–])"
OPEN = r"(?<![\w.,:/$€£#№-])"
JOIN = r"(?:[^\S\n]?(?:[-–—/,&]|\b(?:to|and|or|until|till|through)\b)[^\S\n]?){1,2}"
DIGITS = r"\d{1,2}(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)"
YEAR = r"(?P<year>1\d\d\d|20\d\d)(?![\w%]|[.,]\d)"
LATER = YEAR.replace("<year>", "<later>")
RECENT_YEAR = r"(?P<year>19\d\d|20\d\d)"
UNIT = "(?P<unit>hour|day|week|weekend|fortnight|month|quarter|year|decade|century)"
ZONES = "GMT|UTC|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|CET|CEST|IST|JST|AEST|ET|local time"
ZONE = rf"(?P<zone>[^\S\n]?(?:\((?:{ZONES})(?:[^\S\n]?[+-][^\S\n]?\d{{1,2}})?\)|\b(?:{ZONES})\b(?:[^\S\n]?[+-]\d{{1,2}})?))?"
HALF_DAY = r"(?P<halfday>(?i:[ap]\.m\.|[ap]\.?m\b))"


Listed = (
    tuple[DateType, str, Maker] | tuple[DateType, str, Maker, str]
)  # the last: the words that it needs, where not those of its group


def either(words: Iterable[str]) -> str:
    """These words, longest first, in any case; a blank in one is any gap, an apostrophe either kind."""
    listed = sorted(words, key=len, reverse=True)
    return "(?i:" + "|".join(re.escape(w).replace(r"\ ", S).replace("'", "['’]") for w in listed) + ")"


def names(words: Iterable[str]) -> str:
    """These words as names are written."""
    listed = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(f"{w.title()}|{w.upper()}" for w in listed) + ")"


def as_written(words: Iterable[str]) -> str:
    """These words with their capitals, or all in capitals; an apostrophe of either kind."""
    listed = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(form).replace("'", "['’]") for x in listed for form in (x, x.upper())) + ")"


def w(pattern: str) -> str:
    """A pattern of words in any case, in which a blank is any gap within a line, `[- ]` also a hyphen."""
    return "(?i:" + pattern.replace("[- ]", GAP).replace(" ", S) + ")"


EDGE = w("(?:the )?(?:(?:early|late|mid)[- ])?")


@cache
def parts() -> dict[str, str]:
    """The building blocks that the lexicon fills, by name."""
    section = {
        s: table(s)
        for s in ("months", "month_abbreviations", "weekdays", "weekday_abbreviations", "decades", "ordinals")
    }
    month = rf"{names(section['months'])}|{names(section['month_abbreviations'])}(?![a-z])\.?"
    spoken = either(lexicon("figures")["units"]["words"])
    ordinal_days = either([*table("days_of_month"), *(d.replace("-", " ") for d in table("days_of_month"))])
    counted = lexicon("dates")["counted"]
    vague = either(lexicon("dates")["vague"]["words"])
    amount = rf"(?P<n>\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,4}}(?:\.\d{{1,2}})?|{w('half an?|half|a couple of|a couple|couple of|both|an? (?:hundred|thousand|dozen|few)|(?:dozens|hundreds|thousands) of|an?')}|{vague}|{spoken}(?:[-\s]{spoken})?(?:[-\s](?i:hundred|thousand))?)"
    further = w(
        "(?:more|full|consecutive|straight|successive|long|whole|further|additional|business|working|calendar|short)"
    )
    many = w("(?P<unit>second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|centurie)s")
    some = w(
        "(?:(?P<unit>minute|hour|day|night|week|fortnight|month|year|decade|second(?=s|-))s?|(?P<unit2>quarters|century|centuries))"
    )
    no_year = r"(?:(?<!\b19\d\d[^\S\n])(?<!\b20\d\d[^\S\n])|(?=[a-z]{1,9}s\b))"  # "World Cup 2030 day five"
    length = rf"{amount}(?P<half>{S}and{S}a{S}half)?{GAP}(?:{further}{GAP})?{no_year}{some}\b"
    return {
        "month": rf"(?P<month>{month})",
        "a month": rf"(?:{month})",
        "full month": rf"(?P<month>{names(section['months'])})",
        "weekday": rf"(?P<weekday>{names(section['weekdays'])})",
        "lead day": rf"(?:(?:{names(section['weekdays'])}|{names(section['weekday_abbreviations'])}\b\.?),?{S}(?:the{S})?)?",
        "number": rf"(?P<day>{DIGITS}|{ordinal_days}\b)",
        "part": rf"(?:{S}{w('(?P<part>morning|afternoon|evening|night)')}\b)?",
        "season": rf"(?P<season>{either(table('seasons'))})",
        "ordinal": rf"(?P<ordinal>{either(section['ordinals'])})",
        "decade": rf"(?P<name>{either(section['decades'])})",
        "nth": rf"(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{ordinal_days})",
        "holiday": rf"(?P<holiday>{as_written(dates_values_holidays.holiday_names().values())})",
        "spoken": spoken,
        "amount": amount,
        "length": length,
        "many": many,
        "not age": rf"(?!{GAP}(?i:olds?|older|younger)\b|{S}of{S}age\b)",
        "no count": rf"(?!{S}{either(counted['nouns'])}\b)",
        "no name": "".join(rf"(?<!\b{b} )" for b in lexicon("dates")["names"]["before"]),
        "paper": rf"(?!s\b|{S}(?:{'|'.join(lexicon('dates')['names']['after'])})\b)",
        "reference": rf"(?P<ref>{either(x for words in table('references').values() for x in words)})",
        "often": rf"(?P<often>{either(x for words in table('frequency').values() for x in words)})",
        "hedge": "".join(rf"(?<!\b{h} )" for h in counted["before"]),
    }
