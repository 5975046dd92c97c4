"""A claim of an account in words: which one stands for the account, in which sentence it stands, who says it, how, and what value it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from onrecord.export.view import COMPARATOR, QUOTED, number, shorten
from onrecord.resolve.changes import denies
from onrecord.store.sayings import Saying, sentences_of
from onrecord.store.standings import Told
from onrecord.text import Spans

LONGEST, NAME = 420, 80  # characters of a sentence and of a name that are shown
STANCE = {"asserts": "says", "hedges": "thinks it possible", "denies": "denies"}
RELIABILITY = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable", "E": "unreliable", "F": "not graded"}  # fmt: skip
MANNER = {"statement": "stated", "figure": "figure", "event": "event"}


class Piece(Struct, frozen=True, kw_only=True):
    """Words of a sentence, and whether they are those of the claim."""

    words: str
    meant: bool


def lead(told: Told) -> Saying | None:
    """The claim that stands for an account: the first, of a figure the latest that is not denied, a copy only where there is nothing else."""
    held = [s for s in told.sayings if s.claim.stance != "denies"] or list(told.sayings)
    own = [s for s in held if not s.copy_of] or held
    return own[-1 if told.standing.kind == "figure" else 0] if own else None


def denial(told: Told) -> Saying | None:
    """The first claim that denies it, where that is not what the account is about."""
    no = next((s for s in told.sayings if is_denial(told, s)), None)
    return None if no is lead(told) else no


def is_denial(told: Told, s: Saying) -> bool:
    """Whether a claim denies: by the word that reports it, as a figure, or in that others say the contrary. "There will be no …" alone denies nothing."""
    others = told.standing.asserted_by or told.standing.hedged_by
    return s.claim.stance == "denies" and (s.claim.kind == "figure" or denies(s.claim) or bool(others))


def unit(sayings: Sequence[Saying]) -> str | None:
    """The unit that most figures of an account have."""
    units = [s.unit or s.of for s in sayings if s.unit or s.of]
    return shorten(max(units, key=units.count) or "", NAME) if units else None


def name(words: str) -> str:
    """A name as it is shown: an outlet may call itself anything, at any length."""
    return shorten(words.replace("’", "'"), NAME)


def bare(name: str) -> str:
    """A name without its article."""
    return name.removeprefix("The ").removeprefix("the ").casefold()


def manner(s: Saying) -> str:
    """How a claim was made, in words."""
    if s.claim.kind == "statement":
        return QUOTED[s.manner] if s.manner in QUOTED else MANNER["statement"]
    return MANNER[s.claim.kind]


def value(s: Saying) -> str | None:
    """A figure's value in words."""
    c = s.claim
    if c.low is None and c.high is None:
        return None
    if s.value is not None:
        return COMPARATOR.get(s.comparator, "") + number(plain(s.value))  # type: ignore[call-overload,no-any-return]
    if c.low is not None and c.high is not None:
        return f"{number(plain(c.low))} to {number(plain(c.high))}"
    return f"{number(plain(c.low))} or more" if c.low is not None else f"up to {number(plain(c.high))}"


def plain(value: float | None) -> float | int | None:
    """A number without a fraction that is nought."""
    return int(value) if value is not None and value == int(value) else value


def pieces(text: str, spans: Spans) -> Iterator[Piece]:
    """The sentence around a claim, cut at words to a length, with the claim's words marked."""
    if not spans:
        return
    start, end = sentences_of(text, spans)
    cut, stop = (start, end) if end - start <= LONGEST else cuts(text, start, end, min(s for s, _ in spans))
    at = cut
    if cut > start:
        yield Piece(words="… ", meant=False)
    for a, b in spans:
        if at <= a < stop:
            yield from piece(text[at:a], False)
            at = min(b, stop)
            yield from piece(text[a:at], True)
    yield from piece(text[at:stop], False)
    if stop < end:
        yield Piece(words=" …", meant=False)


def cuts(text: str, start: int, end: int, first: int) -> tuple[int, int]:
    """Where a sentence that is too long is cut, so that the first word meant is in it."""
    cut = max(start, first - LONGEST // 3)
    if cut > start:
        cut = text.find(" ", cut, first) + 1 or first
    stop = min(end, cut + LONGEST)
    if stop < end:
        stop = max(text.rfind(" ", first + 1, stop), first + 1)
    return cut, stop


def piece(words: str, meant: bool) -> Iterator[Piece]:
    """Words, where there are any."""
    if words:
        yield Piece(words=words, meant=meant)
