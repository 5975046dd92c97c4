"""What a copy made of the text that it carries: left out, changed, added, word by word, and where that changes the meaning.

1. The bodies are aligned (`alignment`); a headline is each outlet's own.
2. What differs is taken together where fewer than `APART` words lie between.
   A passage of more than `FEW` words that was written anew is shown whole, before and after.
3. A difference of few words is looked at as one between two versions of a quotation (`drift`): a negation, a number, an exception or a
   hedge that went or came is said. A sentence that is left out whole is only left out.
4. An attribution is dropped where the copy has its content, neither its cue nor its source, and nobody else who says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from onrecord.model import Attribution, Noun, Reading
from onrecord.resolve.alignment import Piece, aligned, gaps
from onrecord.resolve.copies import body_of
from onrecord.resolve.drift import kind_of
from onrecord.resolve.drift import words as words_in
from onrecord.text import Span, Spans, envelope, overlap

APART = 3  # words that both have between two differences
FEW = 15  # words a side of a difference whose kind is told
WIDE = 400  # characters that they surely lie in
AROUND = 8  # words that are shown before and behind it
KEPT = 0.6  # of an attribution's content that the copy has
LOST = 0.5  # and at most so much of its cue and its source
BLANK = re.compile(r"\n\s*")
NEAR = 8  # characters that tell whether a sentence begins behind them
STARTS = re.compile(r"""(?:[.!?…]["”’')\]]*\s+|\n\s*)\Z""")
ENDED = re.compile(r"""[.!?…]["”’')\]]*\s*\Z""")
DATELINE = re.compile(r"""[^\n"“”]{1,90}?[)\w]\s?[—–-]{1,2}\s""")
WORD = re.compile(r"\S+")

Kind = Literal["left out", "changed", "added"]
Runs = Sequence[tuple[Span, Span]]


class Departure(Noun, frozen=True, kw_only=True):
    """A place where a copy departs from its original, with some words of both around it."""

    kind: Kind
    flags: tuple[str, ...]  # negation, number, exception, hedge
    pieces: tuple[tuple[Piece, str], ...]  # in order; a paragraph's end is one line's
    words: int  # that differ, on the longer side
    old: Span  # of the original's text
    new: Span  # of the copy's


class Carried(Noun, frozen=True, kw_only=True):
    """What a copy made of its original."""

    share: float  # of the original's words that the copy has in the same order
    departures: tuple[Departure, ...]
    dropped: tuple[str, ...]  # labels of the original's attributions whose words the copy says as its own


def carried(original: Reading, copy: Reading) -> Carried:
    """What a copy made of its original."""
    a, b = original.article.text, copy.article.text
    runs = [*shared(a, b)]
    has = sum(count(a[slice(*old)]) for old, _ in runs)
    return Carried(
        share=has / max(count(body_of(a)), 1),
        departures=tuple(departures(a, b, runs)),
        dropped=tuple(d.id for d in original.attributions if is_dropped(d, copy.attributions, runs)),
    )


def shared(a: str, b: str) -> Iterator[tuple[Span, Span]]:
    """The runs that the bodies of two texts share, as spans of the whole texts."""
    one, two = body_of(a), body_of(b)
    before, ahead = len(a) - len(one), len(b) - len(two)
    for (start, end), (begin, stop) in aligned(one, two):
        yield (start + before, end + before), (begin + ahead, stop + ahead)


def departures(a: str, b: str, runs: Runs) -> Iterator[Departure]:
    """Where the copy departs, in order; differences with few words between are one, and none are those of quotation marks alone."""
    heads = len(a) - len(body_of(a)), len(b) - len(body_of(b))
    groups: list[list[tuple[Span, Span]]] = []
    for (start, end), (begin, stop) in gaps(a, b, runs):
        old, new = (max(start, heads[0]), end), (max(begin, heads[1]), stop)
        if shapes(a, old) == shapes(b, new):
            continue
        if groups and count(a[groups[-1][-1][0][1] : old[0]]) < APART:
            groups[-1].append((old, new))
        else:
            groups.append([(old, new)])
    signed = dateline_end(a, heads[0])
    return (departure(a, b, group, signed) for group in groups)


def shapes(text: str, span: Span) -> list[str]:
    """The words of a stretch as they are compared."""
    return [w.shape for w in words_in(text[slice(*span)])]


def dateline_end(text: str, start: int) -> int:
    """Where the place, day and agency that an article may open with end: each outlet writes them its own way."""
    found = DATELINE.match(text, start)
    return found.end() if found else start


def departure(a: str, b: str, group: Sequence[tuple[Span, Span]], signed: int) -> Departure:
    """One departure, of differences that belong together; what changes in the dateline, until `signed`, changes no meaning."""
    (start, begin), (end, stop) = (group[0][0][0], group[0][1][0]), (group[-1][0][1], group[-1][1][1])
    lost, won = (
        sum(count(t[slice(*s)]) for s in some) for t, some in ((a, [p for p, _ in group]), (b, [q for _, q in group]))
    )
    telling = group if max(lost, won) <= FEW else []
    flags = dict.fromkeys(f for p, q in telling if p[0] >= signed and (f := flag(a, b, p, q)))
    kind: Kind = "changed" if lost and won else "left out" if lost else "added"
    middle: list[tuple[Piece, str]] = []
    at = start
    for p, q in telling or [((start, end), (begin, stop))]:
        middle += [("same", a[at : p[0]]), ("old", a[slice(*p)]), ("new", b[slice(*q)])]
        at = p[1]
    pieces = [
        ("same", last_words(a[max(0, start - WIDE) : start])),
        *middle,
        ("same", first_words(a[end : end + WIDE])),
    ]
    return Departure(
        kind=kind,
        flags=tuple(flags),
        pieces=tuple((k, BLANK.sub("\n", w)) for k, w in pieces if w.strip()),
        words=max(lost, won),
        old=(start, end),
        new=(begin, stop),
    )


def flag(a: str, b: str, old: Span, new: Span) -> str | None:
    """What kind of word a small difference changes; None where the meaning stays, or whole sentences went or came."""
    ours, theirs = words_in(a[slice(*old)]), words_in(b[slice(*new)])
    if (not theirs and is_whole(a, old)) or (not ours and is_whole(b, new)):
        return None
    kind = kind_of(ours, theirs, edge=False)
    return None if kind == "harmless" else kind


def is_whole(text: str, span: Span) -> bool:
    """Whether a stretch begins and ends as sentences do."""
    start = span[0] + len(text[slice(*span)]) - len(text[slice(*span)].lstrip())
    before = text[max(0, start - NEAR) : start]
    return (not before or bool(STARTS.search(before))) and bool(ENDED.search(text[slice(*span)]))


def is_dropped(a: Attribution, theirs: Sequence[Attribution], runs: Runs) -> bool:
    """Whether the copy says by itself what the original had from somebody."""
    said = (a.cue, a.source)
    if has(a.content, runs) < KEPT or any(has(spans, runs) > LOST for spans in said if spans) or not any(said):
        return False
    there = moved(a.content, runs)
    return not any(overlap(s, t) for other in theirs for s in other.content for t in there)


def has(spans: Spans, runs: Runs) -> float:
    """The part of some spans of the original that the copy has."""
    inside = sum(max(0, min(e, end) - max(s, start)) for s, e in spans for (start, end), _ in within(spans, runs))
    return inside / max(sum(e - s for s, e in spans), 1)


def moved(spans: Spans, runs: Runs) -> Spans:
    """Where the words of some spans stand in the copy, to a character or so: white space and quotation marks may differ."""
    return tuple(
        (new[0] + max(s, old[0]) - old[0], new[0] + min(e, old[1]) - old[0])
        for old, new in within(spans, runs)
        for s, e in spans
        if overlap((s, e), old)
    )


def within(spans: Spans, runs: Runs) -> Runs:
    """The runs that may hold words of some spans."""
    from bisect import bisect_left, bisect_right

    start, end = envelope(spans)
    first = bisect_right(runs, start, key=lambda run: run[0][1])
    return runs[first : bisect_left(runs, end, key=lambda run: run[0][0])]


def count(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in WORD.finditer(text))


def last_words(text: str) -> str:
    """The last words of a text's last paragraph."""
    line = text.rsplit("\n", 1)[-1]
    found = [m.start() for m in WORD.finditer(line)]
    return line[found[-AROUND] :] if len(found) > AROUND else line


def first_words(text: str) -> str:
    """The first words of a text's first paragraph."""
    line = text.split("\n", 1)[0]
    found = [m.end() for m in WORD.finditer(line)]
    return line[: found[AROUND - 1]] if len(found) > AROUND else line
