"""How dates are written: the patterns, in the order in which they are tried.

A rule is a type, a pattern, and a maker of the value (`dates_values`). The group `x`, where a pattern has one, is the
expression; the rest is context that it must stand in. Rules that say more come first: no later one may touch what an earlier
one took. Gaps and repetitions are bounded, so that the time is linear in the text. Months and weekdays count with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from onrecord.model import DateType
from onrecord.read import dates_values as values
from onrecord.read.dates_values import Maker, table
from onrecord.read.manner import lexicon


class Rule(NamedTuple):
    """A type of expression, how it is written, what it means."""

    type: DateType
    pattern: re.Pattern[str]
    make: Maker
    triggers: frozenset[str]  # the classes of words, one of which stands in every such expression


Listed = tuple[DateType, str, Maker]


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


WINDOW = 90  # code points on either side of a trigger in which its rules are tried
DIGIT_CLASSES, YEAR_CLASSES = frozenset({"digit"}), frozenset({"digit", "year"})
TOKEN = re.compile(r"[^\W\d_]+|\d+")
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
        "holiday": rf"(?P<holiday>{as_written(values.holiday_names().values())})",
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


def numbers() -> Iterator[Listed]:
    """Days in digits."""
    yield (
        "date",
        r"(?<![\w-])(?P<year>(?:1[5-9]|20)\d\d)(?P<sign>[-/])(?P<a>\d\d)(?P=sign)(?P<b>\d\d)(?:[T ](?P<clock>\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])",
        values.iso_day,
    )
    yield (
        "date",
        r"(?<![\w./-])(?P<a>\d{1,2})(?P<sign>[./-])(?P<b>\d{1,2})(?P=sign)(?P<year>(?:1[5-9]|20)\d\d)(?![\w/-]|\.\d)",
        values.numeric,
    )
    yield "date", r"(?<![\w./-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d\d)(?![\w/-]|\.\d)", values.numeric
    yield "date", r"(?<![\w./-])9/11(?![\w/])", lambda m, at: "2001-09-11"


def whole_days() -> Iterator[Listed]:
    """Days with their month."""
    p = parts()
    no_count = rf"(?!{S}?(?:{p['a month']}|(?i:million|billion|per|people)))"
    yield (
        "date",
        rf"\b{p['lead day']}{p['month']}{S}(?:the{S})?{p['number']}(?:[^\S\n]?,?{S}{YEAR}|(?={JOIN}(?:{p['a month']}{S})?{DIGITS},?{S}{LATER}))?{p['part']}",
        values.full_day,
    )
    for again in range(3):
        yield (
            "date",
            rf"\b{p['month']}{S}{DIGITS}(?:{JOIN}{DIGITS}){{{again}}}{JOIN}(?P<x>{p['number']}(?:,?{S}{YEAR})?){no_count}",
            values.full_day,
        )
    yield (
        "date",
        rf"\b{p['lead day']}(?:(?i:the){S})?{p['number']}{S}(?:day{S})?(?:of{S})?{p['month']}(?:,?{S}{YEAR}|(?={JOIN}{DIGITS}{S}{p['a month']},?{S}{LATER}))?{p['part']}",
        values.full_day,
    )
    yield (
        "date",
        rf"{OPEN}(?P<x>{p['number']}){JOIN}{DIGITS}{S}(?:of{S})?{p['month']}(?:,?{S}{LATER})?",
        values.full_day,
    )


def holidays() -> Iterator[Listed]:
    """Holidays, with or without their year."""
    p = parts()
    yield (
        "date",
        rf"\b(?:(?P<lead>{w('last|next|this')}){S})?{p['holiday']}(?![\w’'-]|{S}Islands?\b)(?:,?{S}{YEAR})?",
        values.holiday,
    )


def months_of_years() -> Iterator[Listed]:
    """Months with their year."""
    p = parts()
    yield "date", rf"\b{EDGE}{p['month']}(?:,?{S}(?:of{S})?|[-/]){YEAR}", values.month_year
    yield "date", rf"\b{EDGE}{p['month']}(?={JOIN}{p['a month']},?{S}(?:of{S})?{LATER})", values.month_year
    yield (
        "date",
        rf"\b{EDGE}{p['full month']},?{S}{w('(?:of )?(?P<lead>this|last|next|the previous|the following) year')}\b",
        values.month_of_year,
    )


def parts_of_years() -> Iterator[Listed]:
    """Quarters, halves, seasons, fiscal years."""
    p = parts()
    of_year = rf"(?:,?{S}(?:{w('of|in')}{S})?(?:{w('the')}{S})?(?:{w('fiscal|financial|year|calendar')}{S}){{0,2}}(?:{YEAR}|{w('(?P<lead>this|last|next|the previous|the following|the) year')}\b))?"
    whose = w("(?P<lead>this|last|next) year['’]s")
    yield "date", rf"\b{whose}{S}{p['ordinal']}{GAP}{w('(?P<what>quarter|half)')}\b", values.quarter
    yield (
        "date",
        rf"\b(?:{w('the')}{S})?{p['ordinal']}{GAP}{w('(?P<what>quarter)')}{of_year}(?!{S}{w('finals?|hours?|miles?')}\b)",
        values.quarter,
    )
    yield (
        "date",
        rf"\b(?:{w('the')}{S})?(?P<ordinal>{w('first|second')}){GAP}{w('(?P<what>half)')}(?={S}of{S}(?:(?:the|this|last|next){S})?(?:year|(?:19|20)\d\d)){of_year}",
        values.quarter,
    )
    yield "date", rf"\b(?P<what>Q)(?P<number>[1-4])(?:{S}(?:of{S})?{YEAR})?(?!\w)", values.quarter
    yield "date", rf"\b(?P<what>H)(?P<number>[12]){S}(?:of{S})?{YEAR}(?!\w)", values.quarter
    yield "date", rf"\b{RECENT_YEAR}{S}Q(?P<number>[1-4])\b", values.quarter
    yield (
        "date",
        rf"\b(?:FY{S}?|{w('(?:the )?(?:fiscal|financial)(?: year)? ')})(?P<year>(?:19|20)\d\d|\d\d)\b",
        values.fiscal,
    )
    yield "date", rf"\b{w('(?:this|the current|the|(?P<lead>last|next)) (?:fiscal|financial) year')}\b", values.fiscal
    yield "date", rf"\b{EDGE}{p['season']}(?:{S}of)?,?{S}{YEAR}", values.season
    yield "date", rf"\b(?P<lead>{w('last|this|next|this past|this coming')}){S}{p['season']}\b", values.season
    yield (
        "date",
        rf"\b{w('in|during|since|until|till|by|of|early|late|for')}{S}(?P<x>{EDGE}{p['season']})\b(?![-’']|{S}(?:of|from|in|short|apart)\b)",
        values.season,
    )


def decades() -> Iterator[Listed]:
    """Decades in digits."""
    yield "date", rf"\b{EDGE}(?P<decade>(?:1[1-9]|20)\d0)['’]?s\b", values.decade
    yield (
        "date",
        rf"(?:\b{w('the (?:(?:early|late|mid)[- ])?')}['’‘]?|\b(?i:early|late|mid)[- ]['’‘]?|(?<!\w)['’‘])(?P<tens>[1-9]0)['’]?s\b",
        values.decade,
    )


def ages() -> Iterator[Listed]:
    """Decades in words, centuries."""
    p = parts()
    yield (
        "date",
        rf"\b{w('the (?:(?:early|late|mid)[- ])?')}(?:(?P<hundreds>\d\d)00s{S})?{p['decade']}\b",
        values.decade,
    )
    yield "date", rf"\b{EDGE}{p['nth']}{GAP}{w('century')}\b", values.century


def eras() -> Iterator[Listed]:
    """Years before and after Christ."""
    yield "date", r"\b(?P<number>\d{1,4})[^\S\n](?P<era>B\.?C\.?(?:E\.?)?|A\.?D\.?|C\.?E\.?)(?!\w)", values.era_year
    yield "date", r"\b(?P<era>A\.?D\.?)[^\S\n](?P<number>\d{1,4})\b", values.era_year


def sets() -> Iterator[Listed]:
    """What recurs."""
    p = parts()
    each = w("every|each")
    yield "set", rf"\b{each}{S}(?:{p['weekday']}{p['part']}|{p['full month']}|{p['season']})\b", values.every
    yield "set", rf"\b{each}{S}{w('(?P<part>morning|afternoon|evening|night)')}\b", values.every
    yield (
        "set",
        rf"\b{each}{S}(?:(?P<n>\d{{1,3}}|{w('other|second|third|fourth|few')}|{p['spoken']}){S})?{w(UNIT)}s?\b",
        values.every,
    )
    yield "set", rf"\b{w('on|of|most')}{S}(?P<x>{p['weekday']}s)(?![\w’'])", values.every
    yield "set", rf"\b{p['weekday']}{S}{w('(?P<part>morning|afternoon|evening|night)s')}\b", values.every
    rate = r"(?:once|twice|(?:three|four|five|six|several|many|\d{1,3}) times)"
    yield "set", rf"\b{w(rate + ' (?:an?|per|each|every) ' + UNIT)}\b", values.one_unit
    yield "set", rf"\b{w('per ' + UNIT)}\b", values.one_unit
    not_ago = w("(?: (?:ago|later|earlier|before|after|and a half|of)\\b|-)")
    yield (
        "set",
        rf"(?:\d|\b{w('million|billion|thousand|hundred|dozen')})(?:{S}[a-z]{{2,20}}){{0,3}}{S}(?P<x>{w('an? ' + UNIT)})\b(?!{not_ago})",
        values.one_unit,
    )


def often() -> Iterator[Listed]:
    """Daily, weekly, annually."""
    p = parts()
    yield "set", rf"\b(?<!-){p['often']}\b(?!-)", values.frequency


def near() -> Iterator[Listed]:
    """Days and nights around today."""
    yield "date", rf"\b(?P<near>{w('the day (?:before yesterday|after tomorrow)')})\b", values.near_day
    yield "time", rf"\b(?P<near>{w('last')}){S}{w('(?P<part>night|evening)')}\b", values.near_day
    yield (
        "time",
        rf"\b(?:{w('early|late|earlier|later')}{S})?(?P<near>{w('this')}){S}{w('(?P<part>morning|afternoon|evening)')}\b",
        values.near_day,
    )
    yield (
        "time",
        rf"\b(?P<near>{w('yesterday|today|tomorrow')}){S}{w('(?P<part>morning|afternoon|evening|night)')}\b",
        values.near_day,
    )
    yield "time", rf"\b(?P<near>{w('tonight')})\b", values.near_day
    yield (
        "date",
        rf"\b(?:{w('earlier|later|early|late')}{S})?(?P<near>{w('yesterday|today|tomorrow')})\b",
        values.near_day,
    )


def weekdays_of_weeks() -> Iterator[Listed]:
    """Days of a week that is named."""
    p = parts()
    yield (
        "date",
        rf"\b{p['weekday']}{p['part']},?{S}{w('(?:of )?(?P<week>this|last|next|the following) week')}\b",
        values.weekday,
    )
    yield "date", rf"\b{w('(?P<week>last|next) week')}{S}(?:{w('on')}{S})?{p['weekday']}{p['part']}", values.weekday


def counted() -> Iterator[Listed]:
    """What is counted from today or from the last date in the text."""
    p = parts()
    stop = r"(?=[^\S\n]?[.,;:)”\"–—]|$)"
    yield "date", rf"{OPEN}{p['length']}{S}{w('(?P<way>ago|from now|hence)')}\b", values.away
    yield "date", rf"\b{w('in')}{S}(?P<x>{p['length']}['’]?{S}{w('(?P<way>time)')})\b(?!-)", values.away
    yield "date", rf"{OPEN}{p['length']}{S}{w('(?P<way>earlier|later|previously|afterwards?)')}\b", values.away
    yield "date", rf"{OPEN}{p['length']}{S}{w('(?P<way>before|after)')}{stop}", values.away
    yield (
        "date",
        rf"\b{w('the (?P<unit>day|week|month|year|night) (?P<way>before|after|earlier|later)')}(?:{stop}|(?={S}(?:when|with)\b))",
        values.anchored,
    )
    follow = w(
        "the (?P<lead>following|next|previous|preceding|same|very next) (?P<unit>day|week|weekend|month|quarter|year|morning|afternoon|evening|night)"
    )
    yield "date", rf"\b{follow}\b", values.anchored
    yield (
        "date",
        rf"\b{w('(?P<lead>that(?: same)?) (?P<unit>day|week|weekend|month|year|morning|afternoon|evening|night)')}\b(?!{S}(?:that|when)\b)",
        values.anchored,
    )
    yield (
        "duration",
        rf"\b{w('over|in|during|for|within|throughout')}{S}(?P<x>{w('the (?:last|next) ' + UNIT)})\b",
        values.one_unit,
    )
    yield "duration", rf"\b{w('the (?:past|coming) ' + UNIT)}\b", values.one_unit
    ago = w("(?:(?:a|the) )?year[- ](?:ago|earlier)[- ](?:period|week|month|quarter|half)")
    yield "date", rf"\b{ago}\b", values.year_ago
    when = "the latest|this past|this coming|this|last|next|past|previous|coming|following|upcoming|the current"
    early = "(?:the )?(?:(?:earlier|later|early|late)(?: in)? )?(?:the )?"
    long_unit = "(?P<unit>week|weekend|month|year|decade|century|quarter)"
    yield "date", rf"\b{w(early + '(?P<lead>' + when + ') ' + long_unit)}\b(?![-])", values.period
    yield "date", rf"\b{w('year[- ]end|the end of the year|(?:the )?year[’' + chr(39) + ']s end')}\b", values.year_end
    inside = "(?:end|beginning|start|middle|rest|remainder|course|half|part|most) of|(?:later|earlier|late|early) in|so far|during|throughout|over"
    yield (
        "date",
        rf"\b{w(inside)}{S}(?P<x>{w('(?P<lead>the) (?P<unit>week|month|year|decade|century)')})\b(?!{S}(?:of|to|that|ended|ending|before|after)\b)",
        values.period,
    )
    yield "date", rf"\b{w('(?P<lead>the) (?P<unit>weekend)')}\b(?!{S}(?:of|after|before)\b)", values.period


def weekdays() -> Iterator[Listed]:
    """Days of the week."""
    p = parts()
    lead = w("(?P<lead>last|past|previous|next|coming|following|this past|this coming|this)")
    early = w("(?:early|late|earlier|later)(?: on)? ")
    yield (
        "date",
        rf"\b(?:{early})?(?:{lead}{S})?{p['no name']}{p['weekday']}{p['part']}\b{p['paper']}",
        values.weekday,
    )


def months() -> Iterator[Listed]:
    """Months without a year."""
    p = parts()
    yield "date", rf"\b{w('(?P<lead>last|next|this|this past|this coming)')}{S}{p['full month']}\b", values.month_year
    yield "date", rf"\b{w('(?:early|late|mid)[- ](?:in )?')}{p['full month']}\b", values.month_year
    before = w("in|since|until|till|by|from|during|of|to|through|before|after|between|for|and")
    yield (
        "date",
        rf"\b{before}{S}(?P<x>{p['full month']})\b(?!['’]\w|{S}[A-Z]\w{{1,20}}{S}(?:said|says|told|was)\b|{S}\d)",
        values.month_year,
    )
    yield (
        "date",
        rf"\b{p['full month']}\b(?<!May)(?<!March)(?<!April)(?<!June)(?<!August)(?<!MAY)(?<!MARCH)(?![\w-]|{S}\d)",
        values.month_year,
    )
    yield "date", rf"\b{p['a month']}{JOIN}(?P<x>{p['full month']})\b(?![\w-]|{S}\d)", values.month_year
    yield (
        "date",
        rf"(?<=\s){p['full month']}(?=['’]s\b|{S}{w('elections?|meeting|summit|vote|attacks?|report|deadline|budget|referendum|earthquake|war|coup|session|conference|agreement|figures|sales')}\b)",
        values.month_year,
    )


def times() -> Iterator[Listed]:
    """Times of day."""
    yield (
        "time",
        rf"{OPEN}(?P<hour>\d{{1,2}})[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?[^\S\n]?{HALF_DAY}{ZONE}",
        values.clock,
    )
    yield "time", rf"{OPEN}(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?![\w%]|:\d|\.\d){ZONE}", values.clock
    yield "time", rf"{OPEN}(?P<hour>1[0-2]|[1-9])[^\S\n]?{HALF_DAY}{ZONE}", values.clock
    yield (
        "time",
        rf"{OPEN}(?P<hour>[01]\d|2[0-3])[:.h]?(?P<minute>[0-5]\d)(?=[^\S\n]?(?:{ZONES}|hours)\b){ZONE}(?:{S}hours)?",
        values.clock,
    )
    yield (
        "time",
        rf"{OPEN}(?P<hour>1[0-2]|[1-9])[^\S\n]?{w('o[’' + chr(39) + ']clock')}(?:{S}{w('in the (?P<part>morning|afternoon|evening)')})?",
        values.clock,
    )
    yield "time", rf"\b{w('(?P<clock>noon|midday|midnight)')}\b", values.fixed_clock


def day_parts() -> Iterator[Listed]:
    """ "in the morning"."""
    yield (
        "time",
        rf"\b{w('in|during|by|until|since')}{S}(?P<x>{w('the (?:early |late )?(?P<part>morning|afternoon|evening)')})\b",
        values.day_part,
    )


def durations() -> Iterator[Listed]:
    """Lengths of time."""
    p = parts()
    lead = w("(?:the )?(?:past|last|next|first|coming|previous|final|following|preceding|recent|remaining) ")
    plural = w(
        "(?:the )?(?:recent|past|last|coming|next|early(?! hours)|following|previous|preceding|ensuing|intervening) "
    )
    before = w("over|in|during|for|within|throughout|of|after|took|takes|take|lasted|lasts|last|spent|spend")
    yield "duration", rf"\b{lead}{p['length']}{p['not age']}", values.duration
    yield "duration", rf"\b{plural}{p['many']}\b", values.duration
    yield "duration", rf"\b{p['amount']}{S}{w(UNIT)}s?{S}{w('and a half')}\b", values.unit_and_half
    yield "duration", rf"{OPEN}{p['length']}{p['not age']}", values.duration
    yield (
        "duration",
        rf"\b{w('(?:all|the whole|the entire|the full|an entire|a whole|a full) ' + UNIT)}\b",
        values.one_unit,
    )
    yield "duration", rf"\b{before}{S}(?P<x>(?:{w('the')}{S})?{p['many']})\b{p['not age']}", values.duration
    yield "date", rf"\b{p['many']}{S}{w('ago')}\b", lambda m, at: "PAST_REF"
    yield (
        "duration",
        rf"\b(?<!early ){p['many']}\b(?={S}{w('later|earlier|before|after|of')}\b|-long\b)",
        values.duration,
    )


def references() -> Iterator[Listed]:
    """Now, recently, in the future."""
    p = parts()
    yield "date", rf"\b(?<!up ){p['reference']}\b(?!-)", values.reference


def years() -> Iterator[Listed]:
    """Years without more."""
    p = parts()
    before = w(
        "in|since|until|till|by|from|during|of|after|before|between|and|to|around|circa|early|late|mid|through|year"
    )
    yield "date", rf"{OPEN}{RECENT_YEAR}[-–/](?P<short>\d\d)(?![\w-])", values.just_year
    yield "date", rf"{OPEN}(?P<year>1[5-9]\d\d|20\d\d)(?=[-–/](?:1[5-9]|20)\d\d\b)", values.just_year
    yield "date", r"(?<=\d\d\d\d[-–/])(?P<year>1[5-9]\d\d|20\d\d)(?![\w-])", values.just_year
    yield "date", rf"\b{before}[- ](?P<x>{YEAR})(?![/-]\w){p['no count']}", values.just_year
    yield "date", rf"{OPEN}{p['hedge']}{RECENT_YEAR}(?![\w/%]|-\w|[.,]\d){p['no count']}", values.just_year


@cache
def triggers() -> dict[str, frozenset[str]]:
    """The classes that a word belongs to, in lower case. Figures are of the class "digit", four of them also "year"."""
    units = [form for u in table("units") for form in (u, u + "s")]
    listed = {
        "month": [*table("months"), *table("month_abbreviations")],
        "weekday": [f for d in table("weekdays") for f in (d, d + "s")],
        "unit": [*units, "centuries"],
        "near": ["yesterday", "today", "tomorrow", "tonight", *(f for p in table("parts") for f in (p, p + "s"))],
        "part": [*table("seasons"), "quarter", "half", "q", "h", "fiscal", "financial", "fy"],
        "age": [*table("decades"), "century"],
        "era": ["bc", "bce", "ad", "ce", "b", "d", "c"],
        "often": [TOKEN.findall(w)[-1] for words in table("frequency").values() for w in words],
        "reference": [TOKEN.findall(w)[-1] for words in table("references").values() for w in words],
        "holiday": [t.lower() for h in values.holiday_names().values() for t in TOKEN.findall(h)[:1]],
        "clock": ["noon", "midday", "midnight", "clock"],
    }
    out: dict[str, set[str]] = {}
    for name, words in listed.items():
        for word in words:
            out.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in out.items()}


def windows(text: str) -> dict[str, list[tuple[int, int]]]:
    """Per class, the merged surroundings of its words in a text."""
    known = triggers()
    nothing: frozenset[str] = frozenset()
    out: dict[str, list[tuple[int, int]]] = {}
    for m in TOKEN.finditer(text):
        word = m.group()
        classes = (
            (YEAR_CLASSES if len(word) == 4 else DIGIT_CLASSES)
            if word.isdecimal()
            else known.get(word.lower(), nothing)
        )
        for name in classes:
            spans = out.setdefault(name, [])
            start, end = max(0, m.start() - WINDOW), m.end() + WINDOW
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return out


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order in which they are tried, each with the classes of words near which it is."""
    groups = (
        (numbers, {"digit"}),
        (whole_days, {"month"}),
        (holidays, {"holiday"}),
        (months_of_years, {"month"}),
        (parts_of_years, {"part"}),
        (decades, {"digit"}),
        (ages, {"age"}),
        (eras, {"era"}),
        (sets, {"unit", "weekday", "near", "month", "part"}),
        (often, {"often"}),
        (near, {"near"}),
        (weekdays_of_weeks, {"weekday"}),
        (counted, {"unit", "near"}),
        (weekdays, {"weekday"}),
        (months, {"month"}),
        (times, {"digit", "clock"}),
        (day_parts, {"near"}),
        (durations, {"unit"}),
        (references, {"reference"}),
        (years, {"year"}),
    )
    return tuple(
        Rule(kind, re.compile(pattern), make, frozenset(classes))
        for group, classes in groups
        for kind, pattern, make in group()
    )
