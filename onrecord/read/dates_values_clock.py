"""What times of day mean: makers of TIMEX3 values. See `dates_values`."""

from __future__ import annotations

import re

from onrecord.read.dates_values import Match, Place, named, table


def clock(m: Match, at: Place) -> str | None:
    """A time of day; `dates` puts the day before it where the sentence gives one."""
    hour, minute, half = int(m["hour"]), int(named(m, "minute") or 0), named(m, "halfday").replace(".", "")
    if half:
        hour = hour % 12 + 12 * (half == "pm") if hour <= 12 else hour
    elif named(m, "part") in ("afternoon", "evening") or (named(m, "part") == "night" and hour > 5):
        hour = hour % 12 + 12
    zone = "Z" if re.search(r"(?:GMT|UTC)(?!\s?[+-])", named(m, "zone").upper()) else ""
    return f"T{hour:02}:{minute:02}{zone}" if hour < 25 and minute < 60 else None


def fixed_clock(m: Match, at: Place) -> str | None:
    """Noon and midnight."""
    return "T24:00" if named(m, "clock") == "midnight" else "T12:00"


def day_part(m: Match, at: Place) -> str | None:
    """ "in the morning"; `dates` puts the day before it where the sentence gives one."""
    return f"T{table('parts')[named(m, 'part')]}"
