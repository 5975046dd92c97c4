"""Where quotation marks open and close.

Double marks of all shapes are tracked paragraph by paragraph; an unclosed quotation runs to its paragraph's end. Single
marks are told from apostrophes: one opens before a word and closes behind one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.text import Span, Spans

MARK = re.compile(r"[“”\"«»„]|``|''|\n")
SINGLE_OPEN = re.compile(r"(?<![\w.,’'])[‘'](?=[\w“\"$£€])")
SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…”\")])[’'](?!\w)")
MAX_SINGLE = 1_200
CLOSERS = ("”", "»", "''")
OPENERS = ("“", "«", "„", "``")


@lru_cache(maxsize=8)
def quoted(text: str) -> Spans:
    """The stretches inside double quotation marks, marks included, in order."""
    found: list[Span] = []
    opened: int | None = None
    for m in MARK.finditer(text):
        mark = m.group()
        if mark == "\n":
            if opened is not None:
                found.append((opened, m.start()))
            opened = None
        elif opened is None:
            opened = None if mark in CLOSERS else m.start()
        elif mark not in OPENERS:
            found.append((opened, m.end()))
            opened = None
    if opened is not None:
        found.append((opened, len(text)))
    return tuple(found)


def is_closed(text: str, quote: Span) -> bool:
    """Whether a quotation of `quoted` ends with a closing mark rather than with its paragraph."""
    start, end = quote
    return end - start > 1 and (text[end - 1] in '”»"' or text[start:end].endswith("''"))


@lru_cache(maxsize=8)
def single(text: str) -> Spans:
    """The stretches inside single quotation marks, marks included, within a paragraph."""
    found: list[Span] = []
    end = 0
    for m in SINGLE_OPEN.finditer(text):
        if m.start() < end:
            continue
        stop = text.find("\n", m.end())
        limit = min(len(text) if stop < 0 else stop, m.end() + MAX_SINGLE)
        closes = list(SINGLE_CLOSE.finditer(text, m.end(), limit))
        sure = [c for c in closes if text[c.start() - 1] in '.,!?…”")']
        close = closes[0] if closes else None
        if sure and close and text[m.start()] == "'" and text[close.start() - 1] == "s":
            close = sure[0]  # a plural's apostrophe is no end
        if close:
            end = close.end()
            found.append((m.start(), end))
    return tuple(found)
