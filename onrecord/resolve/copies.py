"""Copies: which articles carry the text of an earlier one.

1. An article's body is kept as the hashes of its shingles, five words each, in order, each with whether it is quoted.
2. The least of every `WINDOW` in a row are what the store finds candidates by (`keys`).
3. Two articles share the words that lie in runs of `RUN` words or more. Words that either has in quotation marks do not count: all who
   report a statement quote it. Nor do a few that stand late in both and are all they share: an outlet prints them under every article.
4. Shares are of each one's own words. `MUCH` of either one is a copy; in passages of `PASSAGE` words and more `SOLID` is enough.
   One passage of `CREDITED` words is enough where the later one names the earlier one's agency.
5. It is `whole` unless the later one has passages of its own; then the other is `embedded`.

Shingles and containment: Broder, On the resemblance and containment of documents (1997). The keys: Schleimer, Wilkerson and Aiken, Winnowing:
local algorithms for document fingerprinting (2003). `docs/reference/copies.md` has what was measured.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.knowledge import Copy
from onrecord.model import Noun
from onrecord.read.quotes import quoted, single
from onrecord.text import Span, merge

SIZE = 5  # words of a shingle
WINDOW = 24  # shingles in a row, the least of which is a key
RUN = 8  # words in a row that count as shared
MUCH = 0.45  # of one's own words
SOLID = 0.35  # of one's own words, in passages
PASSAGE = 40  # words
LEAST = 40  # words shared: fewer are a sentence that both have
BRIEF = 25  # where they are `MOST` of the later one; with fewer words outside quotation marks, those inside count too
MOST = 0.7
CREDITED = 35  # in one passage, where the later one names the earlier one's agency
OWN = 60  # words in a row that are a passage of the later one's own
OPENING = 45  # words that a text of its own begins with: a copy's editor writes no more than a first sentence
ADDED = 0.3  # of the later one in such passages: more is a text of its own
STANDING = 150  # words that may stand under every article of an outlet
LATE = 0.4  # of an article lies before them
WORD = re.compile(r"[^\W_]+")

Hashes = NDArray[np.uint32]
Mask = NDArray[np.bool_]


class Prints(Noun, frozen=True):
    """The fingerprints of an article's body: the hash of the shingle that starts at each word but the last four, in order.

    Four bytes each, little-endian: 31 bits of hash, then one that is set where the shingle stands in quotation marks.
    """

    data: bytes

    def pack(self) -> bytes:
        """The bytes to keep: four for each word."""
        return self.data

    @staticmethod
    def unpack(data: bytes) -> Prints:
        """The fingerprints kept in these bytes."""
        return Prints(data)


class View(Noun, frozen=True):
    """One of two articles beside the other: of each of its words, whether both have it, and whether it counts, not being quoted."""

    shared: Mask
    own: Mask

    def words(self, passage: int = 1) -> int:
        """How many of its own words are shared, in passages of at least so many."""
        lengths = (int(self.own[start:end].sum()) for start, end in runs(self.shared))
        return sum(n for n in lengths if n >= passage)

    def share(self, passage: int = 1) -> float:
        """The same as a share of all its own words."""
        return self.words(passage) / max(int(self.own.sum()), 1)

    def opening(self) -> int:
        """How many words it begins with that the other does not have."""
        return int(np.argmax(self.shared)) if self.shared.any() else len(self.shared)

    def added(self) -> float:
        """Which part of it are passages that the other does not have."""
        return sum(end - start for start, end in runs(~self.shared) if end - start >= OWN) / max(len(self.shared), 1)


def prints(text: str) -> Prints:
    """The fingerprints of an article, from its text with headline; case, punctuation and white space make no difference."""
    body = body_of(text)
    found = list(WORD.finditer(body))
    hashes = shingles([m[0] for m in found])
    spoken = inside(merge(quoted(body) + single(body)), [m.start() for m in found])
    middle = spoken[SIZE // 2 : SIZE // 2 + len(hashes)]
    return Prints((hashes & ~np.uint32(1) | middle).astype("<u4").tobytes())


def folded(word: str) -> str:
    """A word as it is compared, in whatever form its letters are written."""
    return (word if word.isascii() else unicodedata.normalize("NFKC", word)).casefold()


def body_of(text: str) -> str:
    """A text without the headline, which each outlet writes for itself."""
    head, _, body = text.partition("\n\n")
    return body if body.strip() and "\n" not in head else text


def shingles(words: Sequence[str]) -> Hashes:
    """A hash of 32 bits for each five words in a row; case and the form of letters make no difference."""
    codes = np.array(list(map(checksum, words)), dtype=np.uint64)
    count = max(len(words) - SIZE + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for k in range(SIZE):
        mixed = (mixed ^ codes[k : k + count]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)


@lru_cache(maxsize=1 << 16)
def checksum(word: str) -> int:
    """A hash of 32 bits for a word as it is compared."""
    return zlib.crc32(folded(word).encode("utf-8", "surrogatepass"))


def inside(spans: Sequence[Span], places: Sequence[int]) -> Mask:
    """Which of these places lie inside one of the spans; both in order."""
    edges = np.array(spans, dtype=np.int64).ravel()
    return np.asarray(np.searchsorted(edges, np.array(places, dtype=np.int64), side="right") % 2 == 1)


def keys(prints: Prints) -> tuple[int, ...]:
    """The integers, 0 to 2**31, that find an article's copies: two that share `WINDOW` shingles in a row have one in common at least.

    They are about a thirteenth of the words. What is quoted has none, unless nearly all is.
    """
    both = marked(prints)
    own = both[both & 1 == 0]
    chosen = (own if len(own) >= BRIEF else both) >> 1
    if not len(chosen):
        return ()
    windows = np.lib.stride_tricks.sliding_window_view(chosen, min(WINDOW, len(chosen)))
    return tuple(np.unique(windows.min(axis=1)).tolist())


def compare(article: str, a: Prints, other: str, b: Prints, *, named: bool = False) -> Copy | None:
    """Whether an article carries the text of an earlier one, `other`, and how; None where it does not. `named`: it says that it has something of that one's agency."""
    one, two = views(a, b)
    if not carries(one, two) and not (named and one.words(CREDITED) and two.words(CREDITED)):
        return None
    whole = one.share() >= MUCH and one.added() <= ADDED and one.opening() < OPENING
    return Copy(article=article, of=other, kind="whole" if whole else "embedded", share=containment(b, a))


def best(copies: Iterable[Copy]) -> Copy | None:
    """The copy to follow: of what an article carries whole before what is embedded in it, then of what it holds most of."""
    return max(copies, key=lambda c: (c.kind == "whole", round(c.share, 2), c.of), default=None)


def carries(one: View, two: View) -> bool:
    """Whether two articles share more than those who report the same thing do."""
    if min(one.words(), two.words()) < (BRIEF if one.share() >= MOST else LEAST):
        return False
    return max(one.share(), two.share()) >= MUCH or max(one.share(PASSAGE), two.share(PASSAGE)) >= SOLID


def views(a: Prints, b: Prints) -> tuple[View, View]:
    """Two articles beside each other."""
    one, two = marked(a), marked(b)
    spoken = np.concatenate([one[one & 1 == 1], two[two & 1 == 1]]) >> 1
    found = [covered(np.isin(x >> 1, y >> 1)) for x, y in ((one, two), (two, one))]
    own = [widened(~np.isin(x >> 1, spoken)) for x in (one, two)]
    if min(mask.sum() for mask in own) < BRIEF:
        own = [np.ones_like(mask) for mask in own]
    return without_standing(View(found[0], own[0]), View(found[1], own[1]))


def marked(prints: Prints) -> Hashes:
    """The shingles' hashes with their marks."""
    return np.frombuffer(prints.data, dtype="<u4")


def containment(b: Prints, a: Prints) -> float:
    """How much of the shingles of `b` are in `a` too, 0 to 1."""
    found = np.isin(marked(b) >> 1, marked(a) >> 1)
    return float(found.mean()) if len(found) else 0.0


def covered(matched: Mask) -> Mask:
    """Of each word, whether it lies in a run of `RUN` words or more whose shingles all match."""
    words = np.zeros(len(matched) + SIZE - 1, dtype=np.bool_)
    for start, end in runs(matched):
        words[start : end + SIZE - 1] = True
    for start, end in runs(words):
        words[start:end] = end - start >= RUN
    return words


def widened(mask: Mask) -> Mask:
    """What is said of each shingle, said of each word: a shingle speaks for its third word."""
    return np.pad(mask, SIZE // 2, mode="edge") if len(mask) else np.zeros(SIZE - 1, dtype=np.bool_)


def runs(mask: Mask) -> list[Span]:
    """The stretches of a mask that are set."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False]))))
    return [(int(s), int(e)) for s, e in edges.reshape(-1, 2)]


def without_standing(one: View, two: View) -> tuple[View, View]:
    """Both without what they share, where that is little and stands late in both: what is printed under every article."""
    if all(view.shared.sum() <= STANDING and view.shared.argmax() >= LATE * len(view.shared) for view in (one, two)):
        return View(one.shared & False, one.own), View(two.shared & False, two.own)
    return one, two
