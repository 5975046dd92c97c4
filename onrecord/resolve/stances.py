"""Whether a claim says that something is so, is not so, or leaves it open; and whether it says that of its own words or of what others have said.

Word lists: `lexicon/accounts.toml`, `lexicon/refusals.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord.model import Attribution, EventStatus
from onrecord.read.manner import lexicon
from onrecord.resolve.drift import words as shapes
from onrecord.resolve.refusals import NEGATED, apart, excluding, idle, is_brushed_aside, is_rebuff, is_refusal, patterns
from onrecord.resolve.terms import numbers, terms
from onrecord.text import Span, overlap, words_of

NEAR = 90  # characters before somebody's name that tell whether he is only compared with
ASIDE = re.compile(
    r"(?<=\w),?\s(?:because|since|although|though|whereas|while|unless|until|when|after|before|so that|if)\s[^,;]*|,\s(?:which|who|whose|where)\s[^,;]*",
    re.I,
)  # what a clause says besides
COMPARED = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|greater|as (?:many|much|high|large|often))\b[^.;,]{0,30}?\b(?:than|as)\s+$",
    re.I,
)  # what stands before whom something is compared with
# Where a clause with a subject of its own begins.
CLAUSES = re.compile(
    r"\s*(?:;|,\s(?=(?:not|never|nor)\b)|,?\s\b(?:and|but|so|nor)\b(?=\s(?:we|I|they|he|she|it|there|you|nobody|everybody|the|this|that|our|their|his|her|my|no|not|never|none|neither)\b))\s*",
    re.I,
)
POINTING = re.compile(r"\b(?:it|this|these|those|them|they|so)\b", re.I)
LEFT_OPEN = re.compile(r"\?[\W_]*$|\b(?:if|whether|unless)\b", re.I)
DEEP = 5  # attributions within each other that are looked at
FEW_WORDS = 3  # terms of a claim that hardly says what it is about


def is_denied(a: Attribution, words: str) -> bool:
    """Whether a claim says that something is not so: by a word of its own, or because it is what somebody denies."""
    if is_open(a, words):
        return False
    negative = says_no(words)
    denied = a.certainty.endswith("-") and (a.negated or not negative)
    return denied != negative


@lru_cache(maxsize=16384)
def says_no(words: str) -> bool:
    """Whether one of the clauses of some words is negative."""
    return is_suspect(words) and any(is_negative(part) for part in CLAUSES.split(idle(words)))


def is_negative(words: str) -> bool:
    """Whether a clause is turned into its contrary, by an odd number of such words; what is said of its reasons, times and people does not count."""
    return sum(word.shape in negative() for word in shapes(ASIDE.sub(" ", words))) % 2 == 1


@lru_cache(maxsize=16384)
def is_suspect(words: str) -> bool:
    """Whether words have anything that may be negative; most have not."""
    return bool(suspect().search(words))


@cache
def suspect() -> re.Pattern[str]:
    """What words have that may be negative."""
    plain = rf"\b(?:{'|'.join(negative())}|cannot)\b|n[’'`]t\b"
    return re.compile("|".join([plain, apart().pattern, excluding().pattern, patterns()["untrue that"].pattern]), re.I)


@cache
def negative() -> frozenset[str]:
    """The words that turn a clause into its contrary."""
    return frozenset(lexicon("accounts")["polarity"]["words"].split())


def is_pointing(words: str) -> bool:
    """Whether a claim has a number and points back to what it counts, as "there are not 230 of them"."""
    return len(terms(words)) < FEW_WORDS and bool(numbers(words) and POINTING.search(words))


def context(text: str, a: Attribution, where: list[Span], span: Span, few: bool) -> str:
    """The words that may tell what a claim is about beside its own: its sentence's, and the sentence's before where it has `few` of its own."""
    at = next((n for n, s in enumerate(where) if s[0] <= span[0] < s[1]), 0)
    start, end = (where[max(at - few, 0)][0], where[at][1]) if where else span
    holes = sorted(s for s in (*a.cue, *a.content) if start <= s[0] < end)
    edges = [start, *(x for hole in holes for x in hole), end]
    return " ".join(text[x:y] for x, y in zip(edges[::2], edges[1::2], strict=True) if x < y)


def is_turned_down(text: str, a: Attribution, where: list[Span], span: Span) -> bool:
    """Whether words are what their speaker does not let stand, as the words around them tell."""
    at = next((n for n, s in enumerate(where) if s[0] <= span[0] < s[1]), None)
    if at is None:
        return False
    (start, end), before = where[at], where[max(at - 1, 0)][0]
    lead = text[start : span[0]] if span[0] == a.content[0][0] else ""
    return is_rebuff(text[before : span[0]], lead + text[min(span[1], end) : end], lead, text[slice(*span)])


def is_open(a: Attribution, words: str) -> bool:
    """Whether a claim leaves its matter open: who declines to say whether it is so, or cannot confirm it, neither says nor denies it."""
    unsure, low = a.certainty.endswith("-"), words.lower()
    if not unsure and not any(end in low for end in ends()):
        return False
    table, shape = lexicon("accounts")["open"], [w.shape for w in shapes(words)]
    asked = next((w for w in shape if w not in table["before"].split()), "") in table["words"].split()
    return (asked and unsure) or any(f" {p} " in f" {' '.join(shape)} " for p in table["phrases"])


@cache
def ends() -> frozenset[str]:
    """The last words of the phrases that leave a matter open: without one of them words have none."""
    return frozenset(p.rpartition(" ")[2] for p in lexicon("accounts")["open"]["phrases"])


def stands_refused(text: str, by_label: dict[str, Attribution], a: Attribution | None, sentence: Span) -> bool:
    """Whether somebody says of the words that a fact stands in, or of those around them, that they are not so: "called the report of 40 dead a lie"; or the article does by itself."""
    if a is None:
        return disclaims(text[slice(*sentence)])
    for around in enclosing(by_label, a):
        cue, first = words_of(text, around.cue), around.content[0] if around.content else sentence
        if sentence[0] < first[0] and is_brushed_aside(text[sentence[0] : first[0]], text[slice(*first)]):
            return True
        parts = (text[max(s, sentence[0]) : min(e, sentence[1])] for s, e in around.content if overlap((s, e), sentence))  # fmt: skip
        if any(is_refusal(words, cue) for words in parts):
            return True
    return False


@lru_cache(maxsize=4096)
def disclaims(words: str) -> bool:
    """Whether a sentence that nobody is said to say refuses a report by name: "there is no truth in the report that", "the claim is false"."""
    if LEFT_OPEN.search(words):
        return False
    found = next((m for name in ("report", "no truth", "kind") if (m := patterns()[name].search(words))), None)
    return found is not None and not NEGATED.search(words[: found.start()])


def enclosing(by_label: dict[str, Attribution], a: Attribution | None) -> Iterator[Attribution]:
    """An attribution, and those that it is nested in, from within."""
    for _ in range(DEEP):
        if a is None:
            return
        yield a
        a = by_label.get(a.within or "")


def is_refused(a: Attribution | None, status: EventStatus) -> bool:
    """Whether a figure or an event is said not to be so: by its own status, which holds what is denied too, or because it is in what somebody denies."""
    return status == "negated" or (a is not None and a.certainty.endswith("-"))


def told_by(text: str, by_label: dict[str, Attribution], label: str | None) -> Attribution | None:
    """Who says what a fact stands in; not those with whose number it is only compared."""
    around = enclosing(by_label, by_label.get(label or ""))
    return next((a for a in around if not is_compared(text, a)), None)


def is_compared(text: str, a: Attribution) -> bool:
    """Whether somebody's saying is only what the words before it are compared with: "twice as many as the ministry says"."""
    start = a.source[0][0] if a.source else 0
    before = bool(a.content) and a.content[0][0] < start
    return before and bool(COMPARED.search(text, max(0, start - NEAR), start))
