"""Quotations that differ between outlets: the same words of the same speaker, aligned word by word.

A version that only stops earlier, starts later or leaves words out in the middle is a harmless cut, unless what was cut changes the
meaning: a negation, a number, an exception or condition, or a hedge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from onrecord.model import Noun
from onrecord.read.manner import lexicon
from onrecord.read.numbers import numerals
from onrecord.resolve.edits import ALIKE
from onrecord.text import Span, digest

WORD = re.compile(r"[\w%€$£]+(?:[-'.,][\w]+)*")
LEAST = 5  # words that both versions must have in common
SWAPPED = 2  # words a side that are changed for others at an end
TURNING = (
    "not",
    "never",
    "nobody",
    "none",
    "hardly",
)  # one of which changes what a quotation that begins or ends with it says
RUN, KEPT = 3, 5  # words of a run that finds other versions, and runs that are kept
LIMIT = re.compile(r"(?:(?:and|but) )?(?:nobody|no one|none|nothing|no) (?:else|more|other|others|further)\b")
ALIKENESS = 0.6  # of the shorter version, in common


class Drift(Noun, frozen=True, kw_only=True):
    """How one version of a quotation differs from another: the spans are those of the two texts that were compared."""

    kind: str  # harmless, or negation, number, exception, hedge: the kind of word that was changed
    ours: Span
    theirs: Span
    our_words: str
    their_words: str


class Word(Noun, frozen=True):
    """A word of a quotation as it is compared, and where it stands."""

    shape: str
    span: Span


@cache
def kinds() -> dict[str, str]:
    """Words whose loss changes the meaning, and what kind of word each is."""
    return {word: kind for kind, words in lexicon("drift")["kinds"].items() for word in words.split()}


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words of a quotation; "n't" is a word of its own. Each claim of an account is compared with each that comes after it."""
    plain = text.translate(ALIKE)
    found = []
    for m in WORD.finditer(plain):
        shape = m[0].lower()
        if shape.endswith("n't") and shape != "n't":
            stem = {"ca": "can", "wo": "will", "sha": "shall"}.get(shape[:-3], shape[:-3])
            found += [Word(stem, m.span()), Word("not", m.span())]
        else:
            found.append(Word("not" if shape == "cannot" else shape, m.span()))
    return tuple(found)


def versions(ours: str, theirs: str) -> bool:
    """Whether two quotations are versions of the same words."""
    return matched(words(ours), words(theirs)) is not None


def drifts(ours: str, theirs: str) -> tuple[Drift, ...]:
    """Where two versions of a quotation differ, in order; none where they are not versions of the same words."""
    a, b = words(ours), words(theirs)
    matcher = matched(a, b)
    return tuple(differences(matcher, a, b, ours, theirs)) if matcher else ()


def matched(a: Sequence[Word], b: Sequence[Word]) -> SequenceMatcher[str] | None:
    """The words aligned; None where too few of them are in common."""
    shared = Counter(w.shape for w in a) & Counter(w.shape for w in b)
    needed = max(LEAST, ALIKENESS * min(len(a), len(b)))
    if shared.total() < needed:
        return None
    matcher = SequenceMatcher(None, [w.shape for w in a], [w.shape for w in b], autojunk=False)
    return matcher if sum(block.size for block in matcher.get_matching_blocks()) >= needed else None


def differences(
    matcher: SequenceMatcher[str], a: Sequence[Word], b: Sequence[Word], ours: str, theirs: str
) -> Iterator[Drift]:
    """The stretches that are not the same; what only one version goes on to say at its ends is a cut."""
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        ends = (i1 == 0 and j1 == 0) or (i2 == len(a) and j2 == len(b))
        edge = ends and not is_swap(a[i1:i2], b[j1:j2])
        one, other = stretch(a, i1, i2, len(ours)), stretch(b, j1, j2, len(theirs))
        yield Drift(
            kind=kind_of(a[i1:i2], b[j1:j2], edge=edge),
            ours=one,
            theirs=other,
            our_words=ours[slice(*one)],
            their_words=theirs[slice(*other)],
        )


def is_swap(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether the first or last words of two versions were changed for others, or a "not" went or came there, and nothing was only cut."""
    if a and b:
        return len(a) <= SWAPPED and len(b) <= SWAPPED
    return len(a) + len(b) == 1 and (a or b)[0].shape in TURNING


def kind_of(a: Sequence[Word], b: Sequence[Word], *, edge: bool) -> str:
    """What kind of difference two stretches make. At an edge a whole sentence may be missing: only an exception counts there."""
    one, other = {w.shape for w in a}, {w.shape for w in b}
    if not edge and numbers(a) != numbers(b) and (numbers(a) or numbers(b)):
        return "number"
    if edge and limits(a, b):
        return "exception"
    found = {kinds()[w] for w in one ^ other if w in kinds()}
    ranked = ("exception",) if edge else ("negation", "exception", "hedge")
    return next((kind for kind in ranked if kind in found and (not edge or short(a, b))), "harmless")


def shingles(text: str) -> frozenset[str]:
    """What finds other versions of a quotation: a few of its runs of words, the same few wherever it is printed."""
    shapes = [w.shape for w in words(text)]
    runs = (
        {digest("quotation", *shapes[i : i + RUN]) for i in range(len(shapes) - RUN + 1)}
        if len(shapes) >= LEAST
        else set()
    )
    return frozenset(sorted(runs)[:KEPT])


def is_within(ours: str, theirs: str) -> bool:
    """Whether the words of the shorter of two quotations all stand in the longer, in the same order."""
    short, long = sorted(([w.shape for w in words(text)] for text in (ours, theirs)), key=len)
    rest = iter(long)
    return len(short) >= LEAST and all(word in rest for word in short)


def short(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether what one version goes on to say begins with the exception itself."""
    longer = [w.shape for w in max((a, b), key=len)]
    return any(kinds().get(shape) == "exception" for shape in longer[:2])


def limits(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether what one version goes on to say is that there is nothing besides: "and nobody else"."""
    return bool(LIMIT.match(" ".join(w.shape for w in max((a, b), key=len))))


def numbers(some: Sequence[Word]) -> set[str]:
    """The numbers among words, in digits or spelled out."""
    return {in_digits(w.shape) for w in some if w.shape[0].isdigit() or kinds().get(w.shape) == "number"}


@lru_cache(maxsize=1024)
def in_digits(word: str) -> str:
    """A number as it is compared: "ten" and "10" alike."""
    return next((f"{n.value:g}" for n in numerals(word) if not n.vague), word.replace(",", ""))


def stretch(some: Sequence[Word], first: int, last: int, end: int) -> Span:
    """The span of words [first, last); an empty one stands where the next word starts."""
    if first < last:
        return some[first].span[0], some[last - 1].span[1]
    place = some[first].span[0] if first < len(some) else end
    return place, place
