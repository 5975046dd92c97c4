"""How days, times of day, and calendar periods up to centuries are written. See `dates_rules`."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.read import dates_values as values
from onrecord.read import dates_values_clock as clocks
from onrecord.read import dates_values_holidays
from onrecord.read.dates_patterns import (
    DIGITS,
    EDGE,
    GAP,
    HALF_DAY,
    JOIN,
    LATER,
    OPEN,
    RECENT_YEAR,
    YEAR,
    ZONE,
    ZONES,
    Listed,
    S,
    parts,
    w,
)


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
    yield "date", r"(?<![\w./-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d\d)(?![\w/-]|\.\d)", values.numeric, "slash"
    yield "date", r"(?<![\w./-])9/11(?![\w/])", lambda m, at: "2001-09-11", "slash"


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
        dates_values_holidays.holiday,
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
        "tens",
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
        clocks.clock,
        "half-day",
    )
    yield "time", rf"{OPEN}(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?![\w%]|:\d|\.\d){ZONE}", clocks.clock, "colon"
    yield "time", rf"{OPEN}(?P<hour>1[0-2]|[1-9])[^\S\n]?{HALF_DAY}{ZONE}", clocks.clock, "half-day"
    yield (
        "time",
        rf"{OPEN}(?P<hour>[01]\d|2[0-3])[:.h]?(?P<minute>[0-5]\d)(?=[^\S\n]?(?:{ZONES}|hours)\b){ZONE}(?:{S}hours)?",
        clocks.clock,
        "zone",
    )
    yield (
        "time",
        rf"{OPEN}(?P<hour>1[0-2]|[1-9])[^\S\n]?{w('o[’' + chr(39) + ']clock')}(?:{S}{w('in the (?P<part>morning|afternoon|evening)')})?",
        clocks.clock,
    )
    yield "time", rf"\b{w('(?P<clock>noon|midday|midnight)')}\b", clocks.fixed_clock


def day_parts() -> Iterator[Listed]:
    """ "in the morning"."""
    yield (
        "time",
        rf"\b{w('in|during|by|until|since')}{S}(?P<x>{w('the (?:early |late )?(?P<part>morning|afternoon|evening)')})\b",
        clocks.day_part,
    )


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
