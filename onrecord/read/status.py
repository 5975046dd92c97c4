"""Whether what a number counts has happened, by the words around it in its sentence. Word lists: `lexicon/figures.toml`, `[status]`.

In this order: 1. hypothetical words before it, and what nobody confirms; 2. denials and negations before it, but not those of something else
("whom it did not name"), and what refutes the report of it behind it; 3. plans; 4. what it is the subject of ("more than 800 cases would be a warning"); 5. history, by words and by dates
long past.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from onrecord.model import Date, Dated, FigureStatus
from onrecord.read.manner import lexicon
from onrecord.read.numbers import NEAR
from onrecord.text import Span

REACH = 90  # how many characters before a number its status is looked for
FAR = 200  # how far away a clause's own cue ("denied that") may stand
OLD = 180  # days before the article from which a date makes a number history
CLAUSE = re.compile(
    r"[;:—–\n]|[”\"»]\s|,\s(?:but|and|while|whereas|although|though|because|so|yet)\b|,\s(?:as|when|that|which|who)\b(?![^,]*,)"
    r"|\s(?:but|because|although|though|while|whereas|until|after|before)\s",
    re.I,
)
RELATIVE = re.compile(
    r"\b(?:who|whom|whose|which)\b|\bthat (?:has|have|had|is|are|was|were|will|would|\w+ed|\w+s)\b", re.I
)
DEFINITE = re.compile(r"\b(?:the|these|those|its|their|his|her|our|my|all|both|of)\s+$", re.I)
ATTACHED = r"(?:\s+(?:of|in|at|on|for|from|by|per|with|to|among|across)(?:\s+(?!(?:that|which|who|it|he|she|they|we|you|i|and)\b)[\w’'-]+){1,4}?|\s+(?:a|an|each|every)\s+(?:hour|day|night|week|month|year)){0,2}"
TOLD_YEAR = re.compile(r"\b(?:since|from|until|after|by|before)\s+(?:\w+\s+)?$", re.I)
NOW = re.compile(r"\b(?:has|have|is|are|now)\b|[’'](?:s|ve|re)\b", re.I)
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?.*")


class Context(NamedTuple):
    """What tells the status of numbers: the text, its dates and the day on which it was published, if that is known."""

    text: str
    dates: Sequence[Date] = ()
    published: date | None = None


def context(text: str, dates: Sequence[Date], published: Dated | None) -> Context:
    """A text with the dates by which its numbers may be history."""
    return Context(
        text, [d for d in dates if d.type == "date" and d.value], last_day(published.value) if published else None
    )


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The words of a list as one expression, whole words only."""
    return re.compile(r"(?:\b|(?=n['’]t))(?:" + "|".join(lexicon("figures")["status"][name]) + r")\b", re.I)


@cache
def subject_pattern() -> re.Pattern[str]:
    """What follows a number that is its clause's subject: a modal, with what it would bring about if that is named."""
    words = "|".join(lexicon("figures")["status"]["consequence"])
    return re.compile(
        rf"{ATTACHED}\s+(?:(?:now|also|alone|or\s+more)\s+)?(?P<modal>may|(?i:could|might|would|will)|is to be|are to be)\b(?P<means>\s+(?i:\w+ly\s+|also\s+|not\s+)?(?i:{words})\b)?"
    )


def status_of(about: Context, span: Span, sentence: Span) -> FigureStatus:
    """The status of the number at `span`."""
    text, start = about.text, span[0]
    low, far = max(sentence[0], start - REACH), max(sentence[0], start - FAR)
    if pattern("hypothetical").search(text, low, start) or is_open(text, pattern("unconfirmed"), far, start):
        return "hypothetical"
    if is_negated(text, max(low, start - NEAR), start) or is_open(text, pattern("denied"), far, start):
        return "negated"
    if is_refuted(text, span, sentence):
        return "negated"
    if pattern("planned").search(text, low, start):
        return "planned"
    if told := as_subject(text, span, low, sentence[1]):
        return told
    return "historical" if is_history(about, span, sentence, low) else "actual"


def is_open(text: str, words: re.Pattern[str], low: int, start: int) -> bool:
    """Whether a cue's clause still runs where a number stands."""
    return any(not CLAUSE.search(text, m.end(), start) for m in words.finditer(text, low, start))


def is_refuted(text: str, span: Span, sentence: Span) -> bool:
    """Whether what is reported of a number is called untrue behind it: "the report of 40 dead is false"."""
    said = max(
        (m.end() for m in pattern("report").finditer(text, max(sentence[0], span[0] - FAR), span[0])), default=-1
    )
    told = said >= 0 and re.match(r"\s+(?:about|of|on|that|which|in)\b", text[said : span[0]])
    if not told or CLAUSE.search(text, said, span[0]):
        return False
    m = pattern("refuted").search(text, span[1], min(sentence[1], span[1] + REACH))
    return m is not None and not CLAUSE.search(text, span[1], m.start())


def is_negated(text: str, low: int, start: int) -> bool:
    """Whether a negation before a number is of its own clause, and of more than the telling."""
    aside, clear = pattern("aside"), 0
    for m in pattern("negated").finditer(text, low, start):
        if m.start() < clear or CLAUSE.search(text, m.end(), start):
            continue
        if beside := aside.match(text, m.start(), start):
            clear = beside.end()
        elif not closed_relative(text, m.end(), start):
            return True
    return False


def closed_relative(text: str, end: int, start: int) -> bool:
    """Whether a negation lies in a relative clause that a comma ends before the number: "two officers, who do not speak for it, …"."""
    line = text.rfind(",", end, start)
    return line >= 0 and bool(re.search(r"\b(?:who|whom|whose|which)\b[^,.;]*$", text[max(0, end - REACH) : end]))


def as_subject(text: str, span: Span, low: int, stop: int) -> FigureStatus | None:
    """What is said of a number that is its clause's subject: possible, the mark of something, or to come."""
    m = subject_pattern().match(text, span[1], stop)
    before = text[low : span[0]]
    if not m or (DEFINITE.search(before) and not m["means"]) or RELATIVE.search(before):
        return None
    if m["modal"] in ("will", "is to be", "are to be"):
        return None if m["means"] else "planned"
    return "planned" if m["modal"] == "would" and not m["means"] else "hypothetical"


def is_history(about: Context, span: Span, sentence: Span, low: int) -> bool:
    """Whether a number is of the past, by words before it or by the date that is nearest to it in its sentence."""
    if pattern("historical").search(about.text, low, span[0]):
        return True
    near = [d for d in about.dates if max(sentence[0], span[0] - FAR) <= d.span[0] < min(sentence[1], span[1] + REACH)]
    if not near or not about.published:
        return False
    d = min(near, key=lambda d: max(d.span[0] - span[1], span[0] - d.span[1]))
    day = last_day(d.value or "")
    if (
        not day
        or (about.published - day).days <= OLD
        or TOLD_YEAR.search(about.text[max(0, d.span[0] - 24) : d.span[0]])
    ):
        return False
    return not (d.span[1] <= span[0] and NOW.search(about.text, d.span[1], span[0]))


def last_day(value: str) -> date | None:
    """The last day of an ISO 8601 day, month or year; None for other values."""
    m = DAY.fullmatch(value)
    try:
        if not m:
            return None
        year, month = int(m[1]), int(m[2] or 12)
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, int(m[3])) if m[3] else following - timedelta(days=1)
    except ValueError:
        return None
