"""How what recurs, what is counted from another day, lengths of time and "now" are written. See `dates_rules`."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.read import dates_values as values
from onrecord.read import dates_values_spans as lengths
from onrecord.read.dates_patterns import OPEN, UNIT, Listed, S, parts, w


def sets() -> Iterator[Listed]:
    """What recurs."""
    p = parts()
    each = w("every|each")
    yield "set", rf"\b{each}{S}(?:{p['weekday']}{p['part']}|{p['full month']}|{p['season']})\b", lengths.every, "each"
    yield "set", rf"\b{each}{S}{w('(?P<part>morning|afternoon|evening|night)')}\b", lengths.every, "each"
    yield (
        "set",
        rf"\b{each}{S}(?:(?P<n>\d{{1,3}}|{w('other|second|third|fourth|few')}|{p['spoken']}){S})?{w(UNIT)}s?\b",
        lengths.every,
        "each unit",
    )
    yield "set", rf"\b{w('on|of|most')}{S}(?P<x>{p['weekday']}s)(?![\w’'])", lengths.every, "weekday"
    yield "set", rf"\b{p['weekday']}{S}{w('(?P<part>morning|afternoon|evening|night)s')}\b", lengths.every, "weekday"
    rate = r"(?:once|twice|(?:three|four|five|six|several|many|\d{1,3}) times)"
    yield "set", rf"\b{w(rate + ' (?:an?|per|each|every) ' + UNIT)}\b", lengths.one_unit, "rate unit"
    yield "set", rf"\b{w('per ' + UNIT)}\b", lengths.one_unit, "per unit"
    not_ago = w("(?: (?:ago|later|earlier|before|after|and a half|of)\\b|-)")
    yield (
        "set",
        rf"(?:\d|\b{w('million|billion|thousand|hundred|dozen')})(?:{S}[a-z]{{2,20}}){{0,3}}{S}(?P<x>{w('an? ' + UNIT)})\b(?!{not_ago})",
        lengths.one_unit,
        "unit digit|scale",
    )


def often() -> Iterator[Listed]:
    """Daily, weekly, annually."""
    p = parts()
    yield "set", rf"\b(?<!-){p['often']}\b(?!-)", lengths.frequency


def counted() -> Iterator[Listed]:
    """What is counted from today or from the last date in the text."""
    p = parts()
    stop = r"(?=[^\S\n]?[.,;:)”\"–—]|$)"
    yield "date", rf"{OPEN}{p['length']}{S}{w('(?P<way>ago|from now|hence)')}\b", lengths.away, "unit ago"
    yield "date", rf"\b{w('in')}{S}(?P<x>{p['length']}['’]?{S}{w('(?P<way>time)')})\b(?!-)", lengths.away, "unit time"
    yield (
        "date",
        rf"{OPEN}{p['length']}{S}{w('(?P<way>earlier|later|previously|afterwards?)')}\b",
        lengths.away,
        "unit later",
    )
    yield "date", rf"{OPEN}{p['length']}{S}{w('(?P<way>before|after)')}{stop}", lengths.away, "unit before"
    yield (
        "date",
        rf"\b{w('the (?P<unit>day|week|month|year|night) (?P<way>before|after|earlier|later)')}(?:{stop}|(?={S}(?:when|with)\b))",
        values.anchored,
        "unit before|later",
    )
    follow = w(
        "the (?P<lead>following|next|previous|preceding|same|very next) (?P<unit>day|week|weekend|month|quarter|year|morning|afternoon|evening|night)"
    )
    yield "date", rf"\b{follow}\b", values.anchored, "unit|near lead"
    yield (
        "date",
        rf"\b{w('(?P<lead>that(?: same)?) (?P<unit>day|week|weekend|month|year|morning|afternoon|evening|night)')}\b(?!{S}(?:that|when)\b)",
        values.anchored,
        "unit|near",
    )
    yield (
        "duration",
        rf"\b{w('over|in|during|for|within|throughout')}{S}(?P<x>{w('the (?:last|next) ' + UNIT)})\b",
        lengths.one_unit,
        "unit lead",
    )
    yield "duration", rf"\b{w('the (?:past|coming) ' + UNIT)}\b", lengths.one_unit, "unit lead"
    ago = w("(?:(?:a|the) )?year[- ](?:ago|earlier)[- ](?:period|week|month|quarter|half)")
    yield "date", rf"\b{ago}\b", values.year_ago, "unit ago|later"
    when = "the latest|this past|this coming|this|last|next|past|previous|coming|following|upcoming|the current"
    early = "(?:the )?(?:(?:earlier|later|early|late)(?: in)? )?(?:the )?"
    long_unit = "(?P<unit>week|weekend|month|year|decade|century|quarter)"
    yield "date", rf"\b{w(early + '(?P<lead>' + when + ') ' + long_unit)}\b(?![-])", values.period, "unit lead"
    yield (
        "date",
        rf"\b{w('year[- ]end|the end of the year|(?:the )?year[’' + chr(39) + ']s end')}\b",
        values.year_end,
        "unit end",
    )
    inside = "(?:end|beginning|start|middle|rest|remainder|course|half|part|most) of|(?:later|earlier|late|early) in|so far|during|throughout|over"
    yield (
        "date",
        rf"\b{w(inside)}{S}(?P<x>{w('(?P<lead>the) (?P<unit>week|month|year|decade|century)')})\b(?!{S}(?:of|to|that|ended|ending|before|after)\b)",
        values.period,
    )
    yield "date", rf"\b{w('(?P<lead>the) (?P<unit>weekend)')}\b(?!{S}(?:of|after|before)\b)", values.period, "weekend"


def durations() -> Iterator[Listed]:
    """Lengths of time."""
    p = parts()
    lead = w("(?:the )?(?:past|last|next|first|coming|previous|final|following|preceding|recent|remaining) ")
    plural = w(
        "(?:the )?(?:recent|past|last|coming|next|early(?! hours)|following|previous|preceding|ensuing|intervening) "
    )
    before = w("over|in|during|for|within|throughout|of|after|took|takes|take|lasted|lasts|last|spent|spend")
    yield "duration", rf"\b{lead}{p['length']}{p['not age']}", lengths.duration, "unit lead"
    yield "duration", rf"\b{plural}{p['many']}\b", lengths.duration, "unit lead"
    yield "duration", rf"\b{p['amount']}{S}{w(UNIT)}s?{S}{w('and a half')}\b", lengths.unit_and_half, "unit half"
    yield "duration", rf"{OPEN}{p['length']}{p['not age']}", lengths.duration
    yield (
        "duration",
        rf"\b{w('(?:all|the whole|the entire|the full|an entire|a whole|a full) ' + UNIT)}\b",
        lengths.one_unit,
        "unit whole",
    )
    yield "duration", rf"\b{before}{S}(?P<x>(?:{w('the')}{S})?{p['many']})\b{p['not age']}", lengths.duration
    yield "date", rf"\b{p['many']}{S}{w('ago')}\b", lambda m, at: "PAST_REF", "unit ago"
    yield (
        "duration",
        rf"\b(?<!early ){p['many']}\b(?={S}{w('later|earlier|before|after|of')}\b|-long\b)",
        lengths.duration,
    )


def references() -> Iterator[Listed]:
    """Now, recently, in the future."""
    p = parts()
    yield "date", rf"\b(?<!up ){p['reference']}\b(?!-)", lengths.reference
