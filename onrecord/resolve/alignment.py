"""Alignment: the runs of words that two texts have in common, in order, for the diff of two outlets' copies.

1. Anchors are the five words in a row that each text has once, in the longest sequence that both texts keep: patience diff, which takes
   n log n where difflib takes quadratic time.
2. Between anchors words are compared as in two versions of a page (`edits`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from onrecord.resolve.edits import Word, changed, paragraphs
from onrecord.text import Span

SIZE = 5  # words of an anchor

Pair = tuple[int, int]
Piece = Literal["same", "old", "new"]


def aligned(a: str, b: str) -> list[tuple[Span, Span]]:
    """The runs of words that two texts share, as spans of both, in the order of both. Moved passages are found where most stayed."""
    one, two = words(a), words(b)
    found: list[tuple[Span, Span]] = []
    at = (0, 0)
    for i, j, n in anchors([w.shape for w in one], [w.shape for w in two]):
        found += same(a, b, (at[0], one[i].start), (at[1], two[j].start))
        at = one[i + n - 1].end, two[j + n - 1].end
        found.append(((one[i].start, at[0]), (two[j].start, at[1])))
    found += same(a, b, (at[0], len(a)), (at[1], len(b)))
    return joined(a, b, found)


def gaps(a: str, b: str, runs: Sequence[tuple[Span, Span]]) -> Iterator[tuple[Span, Span]]:
    """What lies before, between and behind the runs that two texts share, one more than there are runs; either span may be empty."""
    at = (0, 0)
    for (start, end), (begin, stop) in (*runs, ((len(a), len(a)), (len(b), len(b)))):
        yield (at[0], start), (at[1], begin)
        at = end, stop


def pieces(a: str, b: str) -> Iterator[tuple[Piece, str]]:
    """Two texts as one, word by word: what both have, and what only the old or only the new one has, in order."""
    runs = aligned(a, b)
    for n, (old, new) in enumerate(gaps(a, b, runs)):
        both = a[slice(*runs[n][0])] if n < len(runs) else ""
        found: tuple[tuple[Piece, str], ...] = (("old", a[slice(*old)]), ("new", b[slice(*new)]), ("same", both))
        yield from (piece for piece in found if piece[1].strip())


def words(text: str) -> list[Word]:
    """All words of a text."""
    return [word for paragraph in paragraphs(text) for word in paragraph]


def anchors(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(place in the one, place in the other, how many words) of the runs that surely belong together, in order."""
    first, second = places(one), places(two)
    pairs = sorted((i, second[s]) for s, i in first.items() if s in second)
    run: tuple[int, int, int] | None = None
    for i, j in rising(pairs):
        if run and i - run[0] == j - run[1] <= run[2]:
            run = run[0], run[1], i - run[0] + SIZE
        elif not run or (i >= run[0] + run[2] and j >= run[1] + run[2]):
            if run:
                yield run
            run = i, j, SIZE
    if run:
        yield run


def places(shapes: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each five words in a row stand that stand there only once."""
    rows = list(zip(*(shapes[k:] for k in range(SIZE)), strict=False))
    counts = Counter(rows)
    return {row: i for i, row in enumerate(rows) if counts[row] == 1}


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest sequence of pairs that rise in both places; given in order of the first."""
    tops: list[int] = []  # the last pair of the best sequence of each length
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        length = bisect_left(tops, j, key=lambda k: pairs[k][1])
        before.append(tops[length - 1] if length else -1)
        tops[length : length + 1] = [n]
    found: list[Pair] = []
    n = tops[-1] if tops else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def same(a: str, b: str, old: Span, new: Span) -> list[tuple[Span, Span]]:
    """The words that two stretches share: what lies between the changes from the one to the other."""
    x, y = a[slice(*old)], b[slice(*new)]
    if not x.strip() or not y.strip():
        return []
    changes = changed(x, y)
    starts = [(0, 0), *((i, j) for (_, i), (_, j) in changes)]
    ends = [*((i, j) for (i, _), (j, _) in changes), (len(x), len(y))]
    spans = [
        ((s[0] + old[0], e[0] + old[0]), (s[1] + new[0], e[1] + new[0])) for s, e in zip(starts, ends, strict=True)
    ]
    return [(trimmed(a, p), trimmed(b, q)) for p, q in spans if a[slice(*p)].strip() and b[slice(*q)].strip()]


def trimmed(text: str, span: Span) -> Span:
    """A span without the white space at its ends."""
    words = text[slice(*span)]
    return span[0] + len(words) - len(words.lstrip()), span[1] - len(words) + len(words.rstrip())


def joined(a: str, b: str, found: Sequence[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """The same, with runs joined that only white space parts in both texts."""
    out: list[tuple[Span, Span]] = []
    for p, q in found:
        if out and not a[out[-1][0][1] : p[0]].strip() and not b[out[-1][1][1] : q[0]].strip():
            p, q = (out[-1][0][0], p[1]), (out[-1][1][0], q[1])
            out.pop()
        out.append((p, q))
    return out
