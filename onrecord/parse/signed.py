"""Lines under a headline that say who wrote it and when: "By Ada Rill, 8 March 2034", "Ada Rill and Bo Stream | Wednesday 8 March".

They are what the page says about itself and no words of the article. A place with a day ("New Tarn, 8 March") opens a report and signs none.
"""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

NAME = r"[A-ZÀ-Þ][\w.’'-]+(?: (?:(?:de|van|von|der|bin|al|el|la|du|di) )?[A-ZÀ-Þ][\w.’'-]*){1,3}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.?)"
DATE = rf"(?:{MONTH}\.? \d{{1,2}}|\d{{1,2}} {MONTH}\.?)(?:,? \d{{4}})?"
FULL = re.compile(
    rf"(?:(?P<month>{MONTH})\.? (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}}) (?P<month2>{MONTH})\.?),? (?P<year>\d{{4}})"
)
WHEN = rf"(?:{WEEKDAY}(?:,? {DATE})?|{DATE})(?:,? (?:at )?\d{{1,2}}[:.]\d\d.{{0,12}})?"
WHO = rf"(?P<by>(?i:by) )?(?P<names>{NAME}(?:(?:, | and | & |, and ){NAME})*)(?:,? (?:in|for|at) [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)?"
MARK = r"\s*(?:[|·•–—,-])?\s+"
FORMS = re.compile(rf"{WHO}{MARK}{WHEN}"), re.compile(rf"{WHEN}{MARK}{WHO}"), re.compile(rf"(?=(?i:by) ){WHO}")
BETWEEN = re.compile(r", and | and |, | & ")
LONGEST = 120  # code points


class Signature(NamedTuple):
    """Who wrote an article, and its day in ISO 8601 where the line gives one with its year."""

    names: tuple[str, ...]
    day: str | None


@cache
def place_words() -> frozenset[str]:
    """Words with which the names of places begin, and people's do not."""
    table = tomllib.loads((files("onrecord.lexicon") / "bylines.toml").read_text(encoding="utf-8"))
    return frozenset(table["places"])


def signature(line: str) -> Signature | None:
    """The authors, and the day, of a line that says nothing else; None for any other line."""
    if len(line) > LONGEST:
        return None
    m = next((m for form in FORMS if (m := form.fullmatch(line.strip()))), None)
    if not m or (not m["by"] and m["names"].split()[0] in place_words()):
        return None
    return Signature(tuple(BETWEEN.split(m["names"])), day_of(line))


def day_of(line: str) -> str | None:
    """The day that a line gives in full."""
    m = FULL.search(line)
    if not m:
        return None
    day, month = m["day"] or m["day2"], m["month"] or m["month2"]
    try:
        return datetime.strptime(f"{day} {month[:3]} {m['year']}", "%d %b %Y").date().isoformat()
    except ValueError:
        return None
