"""Cuts a text into the windows that the encoder reads; training and reading share this file.

1. Tokens: words (with inner apostrophes, points, hyphens) and single marks.
2. Features of a token: where it stands towards double quotation marks, and its shape, which the lower-casing
   vocabulary would lose.
3. Word pieces: each token is cut into pieces of the encoder's vocabulary.
4. Windows: consecutive paragraphs are packed until `PACKED`; a longer paragraph has a window of its own, and is cut at
   `MAX_PIECES`. A separator stands between paragraphs, so that the encoder sees the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tokenizers import Tokenizer

from onrecord.read.quotes import is_closed, quoted
from onrecord.text import Span

MAX_PIECES = 254
PACKED = 160  # attention costs the square of a window's length; packing more than this made no reading better
MAX_PIECES_A_TOKEN = 12
REACH = 110  # how many tokens to each side of its cue a source or content may lie

CLS, SEP, UNKNOWN = 101, 102, 100
TOKEN = re.compile(r"\w+(?:['’.\-&]\w+)*|[^\w\s]")

OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
SHAPES, MARK = 6, 5  # how many shapes, and that of marks
FEATURES = 4 * SHAPES + 1  # the last one belongs to the separators


class Window(NamedTuple):
    """What the encoder reads at once. Lists over pieces: `pieces`, `features`; over tokens: the others."""

    pieces: list[int]
    features: list[int]
    first: list[int]  # the index of each token's first piece
    spans: list[Span]
    paragraph: list[int]


def tokens(text: str) -> list[Span]:
    """The spans of words and marks, in order."""
    return [m.span() for m in TOKEN.finditer(text)]


def quote_states(text: str) -> bytearray:
    """For each character OUTSIDE, INSIDE, OPENING or CLOSING of double quotation marks.

    Marks are tracked paragraph by paragraph; an unclosed quotation runs to its paragraph's end.
    """
    states = bytearray(len(text))  # OUTSIDE
    for start, end in quoted(text):
        opening = 2 if text.startswith("``", start) else 1
        closing = (2 if text[start:end].endswith("''") else 1) if is_closed(text, (start, end)) else 0
        states[start:end] = bytes((INSIDE,)) * (end - start)
        states[start : start + opening] = bytes((OPENING,)) * opening
        states[end - closing : end] = bytes((CLOSING,)) * closing
    return states


@lru_cache(maxsize=100_000)
def shape(word: str) -> int:
    """The shape of a token: 0 lower case, 1 Capitalised, 2 ALL CAPITALS, 3 mIxed, 4 number, 5 mark."""
    if not word[0].isalnum() and len(word) == 1:
        return MARK
    if word[0].isdigit():
        return 4
    if word.islower():
        return 0
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 1
    return 2 if word.isupper() else 3


class Vocabulary:
    """The encoder's word pieces. Words recur, so each is cut once and remembered up to a bound."""

    def __init__(self, definition: str) -> None:
        """`definition` is the JSON of a `tokenizers` tokenizer."""
        self._tokenizer = Tokenizer.from_str(definition)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, list[int]] = {}

    def cut(self, words: Sequence[str]) -> list[list[int]]:
        """The piece numbers of each word, at least one and at most `MAX_PIECES_A_TOKEN`."""
        new = sorted({w for w in words if w not in self._known})
        if len(self._known) + len(new) > 200_000:
            self._known.clear()
            new = sorted(set(words))
        for word, encoding in zip(new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            self._known[word] = encoding.ids[:MAX_PIECES_A_TOKEN] or [UNKNOWN]
        return [self._known[w] for w in words]


class _Tokens(NamedTuple):
    """The tokens of a text: lists of equal length."""

    spans: list[Span]
    pieces: list[list[int]]
    features: list[int]
    paragraphs: list[int]


def _tokens_of(text: str, vocabulary: Vocabulary) -> _Tokens:
    spans = tokens(text)
    states = quote_states(text)
    words = [text[s:e] for s, e in spans]
    features = [states[s] * SHAPES + shape(w) for (s, _), w in zip(spans, words, strict=True)]
    paragraphs, number, line = [], 0, text.find("\n")
    for start, _ in spans:
        if 0 <= line < start:
            number, line = number + 1, text.find("\n", start)
        paragraphs.append(number)
    return _Tokens(spans, vocabulary.cut(words), features, paragraphs)


def _units(found: _Tokens) -> Iterator[tuple[int, int, int]]:
    """Paragraphs, an over-long one in parts that fit a window: the tokens `[a, b)`, and how many pieces these have."""
    a = size = 0
    for t, pieces in enumerate(found.pieces):
        if t > a and (found.paragraphs[t] != found.paragraphs[t - 1] or size + len(pieces) > MAX_PIECES - 2):
            yield a, t, size
            a, size = t, 0
        size += len(pieces)
    if found.pieces:
        yield a, len(found.pieces), size


def _window(found: _Tokens, units: Sequence[tuple[int, int, int]]) -> Window:
    """The window of some neighbouring units."""
    first, last = units[0][0], units[-1][1]
    window = Window([CLS], [FEATURES - 1], [], found.spans[first:last], found.paragraphs[first:last])
    for a, b, _ in units:
        for pieces, feature in zip(found.pieces[a:b], found.features[a:b], strict=True):
            window.first.append(len(window.pieces))
            window.pieces.extend(pieces)
            window.features.extend([feature] * len(pieces))
        window.pieces.append(SEP)
        window.features.append(FEATURES - 1)
    return window


def windows(text: str, vocabulary: Vocabulary) -> list[Window]:
    """The windows of a text, in order; every token is in exactly one."""
    found = _tokens_of(text, vocabulary)
    out: list[Window] = []
    units: list[tuple[int, int, int]] = []
    size = 0
    for unit in _units(found):
        length = unit[2] + 1
        if units and size + length > PACKED:
            out.append(_window(found, units))
            units, size = [], 0
        units.append(unit)
        size += length
    if units:
        out.append(_window(found, units))
    return out


def segment(window: Window, cue: Sequence[int]) -> tuple[int, int]:
    """The tokens `[a, b)` of the window read for a cue: its paragraph, at most `REACH` tokens away."""
    a, b = cue[0], cue[-1] + 1
    home = window.paragraph[a]
    while a > 0 and window.paragraph[a - 1] == home and cue[0] - a < REACH:
        a -= 1
    while b < len(window.spans) and window.paragraph[b] == home and b - cue[-1] <= REACH:
        b += 1
    return a, b
