"""Whether two claims are of two origins, and whether two figures are the same number: what changes and contrasts are told by."""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from onrecord.knowledge import Claim
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.resolve.origins import bare, one_description
from onrecord.resolve.terms import numbers

TOLERANCE = 0.1  # a figure that differs by a smaller share has not moved
CLOSE = 0.02  # and one that confirms another differs by no more than this
PLAIN = 20  # a number below it may well be the same twice by chance
OWN_WORD = ("outlet", "agency")  # origins that speak for themselves
MANY = 100  # and one of people or things from which on it may be rounded without a word that says so
DIGITS = 3  # of a number that is no mere guess
SHORT_WORD = 3


def another(a: Claim, b: Claim) -> bool:
    """Whether two claims have different origins; an outlet is one whether it speaks or is spoken of."""
    one, other = a.origin, b.origin
    return one.root != other.root and bare(one.name) != bare(other.name) and not one_description(one.name, other.name)


def independent(a: Claim, b: Claim) -> bool:
    """Whether it is sure that two origins are two: who is only described, as "the minister" or "a foreign newspaper", may be the other."""
    described = any(c.origin.name[:1].islower() for c in (a, b))
    return another(a, b) and not described


def of_his(claim: Claim, title: str) -> bool:
    """Whether a claim is the word of the body that somebody speaks for."""
    return claim.origin.kind == "speaker" and is_of(title, claim.origin.name)


def is_of(title: str, body: str) -> bool:
    """Whether somebody is introduced as one of just this body: the defence minister of the Defence Ministry, and no other minister."""
    if not speaks_for(title, body):
        return False
    houses = lexicon("accounts")["house"].values()
    head = body.casefold().split(" of ")[0].split()[-1]
    own = {w for w in re.findall(r"\w+", body.casefold()) if w != head and w not in houses and len(w) > SHORT_WORD}
    return bool(own & set(re.findall(r"\w+", title.casefold())))


def speaks_for(role: str, body: str) -> bool:
    """Whether somebody is introduced as one of a body: the "ministry spokesman" of the Health Ministry, the "health minister"."""
    head = body.casefold().split(" of ")[0].split()[-1:]
    houses: dict[str, str] = lexicon("accounts")["house"]
    words = {houses.get(w, w) for w in re.findall(r"\w+", role.casefold())}
    return bool(head) and houses.get(head[0], head[0]) in words


def same_count(a: Claim, b: Claim) -> bool:
    """Whether two claims give the very same count, one that nobody rounds to."""
    if a.kind == "figure":
        return is_unround(a) and (a.low, a.high) == (b.low, b.high)
    return any(n >= PLAIN and rounding(n) == 0.0 for n in numbers(a.words) & numbers(b.words))


def is_range(claim: Claim) -> bool:
    """Whether a figure has two ends."""
    return claim.low is not None and claim.high is not None and claim.low != claim.high


def is_unround(claim: Claim) -> bool:
    """Whether a figure is one number that nobody rounds to, or more than such a one: independent counts hardly ever end on the same one."""
    one = is_exact(claim) or (claim.low is not None and claim.high is None)
    return one and (claim.low or 0.0) >= PLAIN and rounding(claim.low or 0.0) == 0.0


def is_exact(claim: Claim) -> bool:
    """Whether a figure is one number, and not said to be about that."""
    return claim.low is not None and claim.low == claim.high and not is_estimate(claim)


def is_precise(value: float | None) -> bool:
    """Whether a number has so many digits before its noughts that who says "some" before it has it from a count."""
    return value is not None and len(f"{abs(value):.0f}".rstrip("0")) >= DIGITS


def is_estimate(claim: Claim) -> bool:
    """Whether a figure is said to be about a number."""
    return bool(about().search(claim.words))


@cache
def about() -> re.Pattern[str]:
    """The words that make a number an estimate."""
    words = (w for w in lexicon("figures")["comparator"]["~"] if w[0].isalpha())
    return re.compile(rf"\b(?:{either(words)})\b", re.I)


def as_good_as(a: Claim, b: Claim, counts: bool) -> bool:
    """Whether two figures may be one: counts to where they are rounded, and what is "more than" a number not much more; others nearly."""
    if not counts:
        return agree(a, b)
    size = max((abs(n) for n in (a.low, a.high, b.low, b.high) if n is not None), default=1.0) or 1.0
    slack = max(
        (rounding(c.low) for c in (a, b) if c.low is not None and c.low == c.high and not is_few(c)), default=0.0
    )
    return agree(next_round(a), next_round(b), min(TOLERANCE, slack / size))


def next_round(claim: Claim) -> Claim:
    """A count that only has a lower bound as it is meant: up to the next number that is as round, as who has "more than 22,000" would say "more than 23,000" beyond that."""
    meant, step = closed(claim), 2 * rounding(claim.low or 0.0)
    if claim.low is None or claim.high is not None or not step:
        return meant
    return replace(meant, high=min(meant.high or 0.0, claim.low + step))


def is_few(claim: Claim) -> bool:
    """Whether a figure is a number of people or things so small that who gives it without a hedge has counted them: forty missing are neither 37 nor 43."""
    return is_exact(claim) and abs(claim.low or 0.0) < MANY and not measured().search(claim.words)


@cache
def measured() -> re.Pattern[str]:
    """The words of a number that counts neither people nor things: a sum, a share, a measure."""
    table = lexicon("figures")
    words = {*table["measure"], *table["money"], *lexicon("accounts")["money"]["words"].split()}
    words |= {w for its in table["measure"].values() if isinstance(its, list) for w in its}
    plain = either(w for w in words if w.replace(" ", "").isalpha())
    return re.compile(rf"\b(?:{plain}|per ?cent|percent|percentage points?|points?)\b|[%$€£¥°]", re.I)


def agree(a: Claim, b: Claim, tolerance: float = TOLERANCE) -> bool:
    """Whether two figures may be the same number, or nearly so; claims without numbers agree."""
    lowest, highest = float("-inf"), float("inf")
    a_low, a_high = widened(a.low, lowest), widened(a.high, highest)
    b_low, b_high = widened(b.low, lowest), widened(b.high, highest)
    margin = tolerance * max((abs(n) for n in (a.low, a.high, b.low, b.high) if n is not None), default=0.0)
    return a_low <= b_high + margin and b_low <= a_high + margin


def widened(value: float | None, otherwise: float) -> float:
    """An end of a figure; open where it is not known."""
    return otherwise if value is None else value


def closed(claim: Claim) -> Claim:
    """A figure that only has one bound as it is meant: "at least" that number, or little more; "no more than" it, or little less."""
    if claim.low is not None and claim.high is None:
        return replace(claim, high=claim.low * (1 + TOLERANCE))
    near = claim.low is None and claim.high is not None and at_most().search(claim.words)
    return replace(claim, low=(claim.high or 0.0) * (1 - TOLERANCE)) if near else claim


@cache
def at_most() -> re.Pattern[str]:
    """The words that make a number the most that something may be; "fewer than" it may be any number."""
    return re.compile(
        rf"^(?:{either([*lexicon('figures')['comparator']['<='], *lexicon('figures')['comparator']['>']])})\b", re.I
    )


def rounding(value: float) -> float:
    """How far a number may be from the true one, by the noughts at its end: 50 of 3,500, less than one of 289."""
    digits = f"{abs(value):.0f}" if value == int(value) else ""
    return 0.5 * 10 ** (len(digits) - len(digits.rstrip("0"))) if digits.strip("0") and digits.endswith("0") else 0.0
