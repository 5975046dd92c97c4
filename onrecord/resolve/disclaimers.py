"""Denials in an article's own voice: "The assertion is without any foundation", where nobody is said to say so.

Only what refuses a report by name, or points back to one that the sentence before tells of, and only near the top: further down an article recalls.
Word lists: `lexicon/refusals.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.knowledge import Claim, Origin
from onrecord.model import Noun, Reading
from onrecord.read.manner import lexicon
from onrecord.read.sentences import sentences
from onrecord.resolve.accounts import Account
from onrecord.resolve.changes import Change, cut_short
from onrecord.resolve.counts import days_between
from onrecord.resolve.refusals import NEGATED, about, either, patterns
from onrecord.resolve.stances import LEFT_OPEN, disclaims
from onrecord.resolve.terms import total, weight
from onrecord.text import Span, digest, overlap

TOP = 6  # sentences in which an article denies something by itself
FAR = 1200  # characters that they are looked for in
SOON = 3  # days for which a report is answered
KEYS = 4  # terms that it is looked for by
TELLING = 3.0  # weight of the terms that it must share with what it refuses


class Disclaimer(Noun, frozen=True, kw_only=True):
    """A sentence of an article's own voice that says of a report that it is not so, with the terms of what it is about."""

    words: str
    terms: frozenset[str]


def disclaimers(reading: Reading) -> Iterator[Disclaimer]:
    """The denials that an article makes by itself."""
    text = reading.article.text
    body = max(text.find("\n\n"), 0)
    where = [s for s in sentences(text[: body + FAR]) if s[0] >= body][:TOP]
    others = [s for a in reading.attributions for s in (*a.content, *a.cue)]
    before: Span = (body, body)
    for span in where:
        words = text[slice(*span)]
        told = text[slice(*before)]
        if not any(overlap(span, s) for s in others) and refuses(words, told):
            yield Disclaimer(words=words.strip(), terms=about(words) | about(told))
        before = span


def refuses(words: str, before: str) -> bool:
    """Whether a sentence says that a report is not so, by the report's name or right behind one."""
    found = patterns()["back"].search(words) if reported().search(before) and not LEFT_OPEN.search(words) else None
    return disclaims(words) or (found is not None and not NEGATED.search(words[: found.start()]))


@cache
def reported() -> re.Pattern[str]:
    """The words for what others have said."""
    return re.compile(rf"\b{either(lexicon('refusals')['report']['words'])}\b", re.I)


def keys(found: Disclaimer) -> list[str]:
    """What finds the accounts that may be refused."""
    telling = sorted(found.terms, key=lambda term: (-weight(term), term))[:KEYS]
    return [f"{kind}:{term}" for term in telling for kind in ("statement", "figure")]


def refused(found: Disclaimer, accounts: Iterable[Account], own: Origin, article: str, moment: str) -> Account | None:
    """The account that is refused: of what others have told within days, the one that shares the most with it."""
    scored = [(score(found, a, own, article, moment), a.id, a) for a in accounts]
    best = max(scored, default=None, key=lambda s: s[:2])
    return best[2] if best and best[0] >= TELLING else None


def score(found: Disclaimer, account: Account, own: Origin, article: str, moment: str) -> float:
    """How much a denial shares with what others assert in an account."""
    told = (f for f in account.facts if f.article != article and days_between(f.moment, moment) <= SOON)
    theirs = (f for f in told if f.voice.stance == "asserts" and f.voice.origin.root != own.root)
    return max((total(found.terms & f.terms) for f in theirs), default=0.0)


def denial(found: Disclaimer, own: Origin, article: str, told: Claim) -> Change:
    """The change that a denial in an article's own voice is."""
    return Change(
        id=digest("denied", article, told.id, str(told.number)),
        kind="denied",
        words=f"{own.name} denies: {cut_short(found.words)}",
        article=article,
        other=told.article,
        against=told.id,
    )
