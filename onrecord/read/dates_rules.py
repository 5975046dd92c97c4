"""How dates are written: the patterns, in the order in which they are tried.

A rule is a type, a pattern, and a maker of the value (`dates_values`). The group `x`, where a pattern has one, is the
expression; the rest is context that it must stand in. Rules that say more come first: no later one may touch what an earlier
one took. A rule is tried only near the words that it needs (`dates_triggers`): those of its group, or of its own where it says so.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.model import DateType
from onrecord.read import dates_rules_days as days
from onrecord.read import dates_rules_spans as spans
from onrecord.read.dates_triggers import Needs
from onrecord.read.dates_values import Maker


class Rule(NamedTuple):
    """A type of expression, how it is written, what it means."""

    type: DateType
    pattern: re.Pattern[str]
    make: Maker
    needs: Needs


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order in which they are tried, each with the words that it needs."""
    groups = (
        (days.numbers, "year"),
        (days.whole_days, "month"),
        (days.holidays, "holiday holiday-goes-on"),
        (days.months_of_years, "month"),
        (days.parts_of_years, "part"),
        (days.decades, "year"),
        (days.ages, "age"),
        (days.eras, "era"),
        (spans.sets, "unit|weekday|near|month|part"),
        (spans.often, "often"),
        (days.near, "near"),
        (days.weekdays_of_weeks, "weekday"),
        (spans.counted, "unit"),
        (days.weekdays, "weekday"),
        (days.months, "month"),
        (days.times, "clock"),
        (days.day_parts, "near"),
        (spans.durations, "unit"),
        (spans.references, "reference"),
        (days.years, "year"),
    )
    return tuple(
        Rule(kind, re.compile(pattern), make, needed(own[0] if own else near))
        for group, near in groups
        for kind, pattern, make, *own in group()
    )


def needed(classes: str) -> Needs:
    """Classes as a rule gives them: "unit ago|later" is a word of the one class, and one of either of the other two."""
    return tuple(frozenset(some.split("|")) for some in classes.split())
