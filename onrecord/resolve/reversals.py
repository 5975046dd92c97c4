"""Reversals: a speaker who says the contrary of what he said on the same matter, clause by clause. A pair, and no verdict.

What is turned round in words is data (`[polarity]`, `[contrary]` in `lexicon/accounts.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from msgspec.structs import replace

from onrecord.knowledge import Claim
from onrecord.model import Noun
from onrecord.read.manner import lexicon
from onrecord.resolve.changes import Change, key, made, one_saying, shortened, voice
from onrecord.resolve.claims import matter
from onrecord.resolve.drift import words as words_in
from onrecord.resolve.terms import likeness
from onrecord.text import digest

OPPOSITE = {"asserts": "denies", "denies": "asserts"}
MATTER, ALIKE = 2, 0.6  # terms that two statements must share to be on one matter, and their share of the lighter
JOINED = re.compile(
    r"\s*(?:;|,?\s\b(?:and|but|so)\b(?=\s(?:we|I|they|he|she|it|there|you|nobody|everybody|the|this|that|our|their|his|her|my)\b))\s*",
    re.I,
)


def reversed_by(new: Claim, before: Sequence[Claim]) -> Change | None:
    """The same speaker on the same matter, the other way round: a pair, and no verdict. `before` is what the speaker said until then.

    Who has said the new thing before does not reverse by saying it again.
    """
    if new.stance not in OPPOSITE:
        return None
    earlier = [(c, then) for c in before if c.stance in OPPOSITE and key(c) != key(new) for then in clauses(c)]
    for said in clauses(new):
        same = [(c, then) for c, then in earlier if on_one_matter(said.matter, then.matter)]
        if any(then.denies == said.denies for _, then in same):
            continue
        turned = [(c, then) for c, then in same if c.moment < new.moment and not one_saying(new, c)]
        if turned:
            return turn(new, *turned[-1], said)
    return None


def turn(new: Claim, old: Claim, then: Clause, said: Clause) -> Change:
    """A reversal, known by who turns and in what matter: once, whoever prints it first."""
    change = made("reversal", new, old, f"{voice(new)}, before: {shortened(old)} Now: {shortened(new)}")
    stance = "denies" if said.denies else "asserts"
    return replace(change, id=digest("reversal", new.speaker or "", stance, *sorted(said.matter & then.matter)))


class Clause(Noun, frozen=True):
    """A part of a claim that has a subject of its own: what it is about, and whether it says that it is not so."""

    matter: frozenset[str]
    denies: bool


def clauses(claim: Claim) -> tuple[Clause, ...]:
    """The clauses of a claim; who denies all of it denies each."""
    return parted(claim.words, claim.stance == "denies")


@lru_cache(maxsize=65536)
def parted(words: str, denies: bool) -> tuple[Clause, ...]:
    """The clauses of some words that deny or assert."""
    turned = denies != is_negative(words)
    parts = [contrary(part) for part in JOINED.split(words)]
    return tuple(Clause(matter(part), turned != is_negative(part)) for part in parts)


def contrary(words: str) -> str:
    """Words with "not safe" for "unsafe", and "not" for "rule out"."""
    phrases, contraries, known = turning()
    return contraries.sub(lambda m: f"not {known[m[0].lower()]}", phrases.sub("not", words))


@cache
def turning() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """The phrases that turn a clause, the words that say the contrary of others, and those others."""
    table = lexicon("accounts")
    known: dict[str, str] = table["contrary"]
    phrases = re.compile(rf"\b(?:{table['polarity']['phrases']})\b", re.I)
    return phrases, re.compile(rf"\b(?:{'|'.join(known)})\b", re.I), known


def is_negative(words: str) -> bool:
    """Whether words are turned into their contrary, by an odd number of such words."""
    return sum(word.shape in negative() for word in words_in(words)) % 2 == 1


@cache
def negative() -> frozenset[str]:
    """The words that turn a clause into its contrary."""
    return frozenset(lexicon("accounts")["polarity"]["words"].split())


def on_one_matter(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two clauses speak of the same thing, names apart."""
    return len(one & other) >= MATTER and likeness(one, other)[0] >= ALIKE
