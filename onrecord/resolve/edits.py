"""Edits: what changed between two versions of one page, and whether the page says so.

1. Versions that differ in white space, in quotation marks and dashes, or only in their clutter are no edit.
2. Paragraphs are matched first, then the words of those that differ. difflib takes quadratic time and more, so beyond `LIMIT` units
   a side what lies between the first and the last difference is one change.
3. An update that a live blog gains is its nature and no change.
4. A new paragraph that matches `lexicon/edits.toml` owns up to the change, and so does another time of modification;
   an edit that has neither is silent.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.model import Article, Edit, Finding, Piece
from onrecord.text import Span, fits

LIMIT = 1000  # paragraphs or words
MAX_NOTE = 400  # characters of a note that are kept
ALIKE = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "…": "..."})  # fmt: skip

Change = tuple[Span, Span]


class Word(NamedTuple):
    """A word of a text, as it is compared, and where it stands."""

    shape: str
    start: int
    end: int


Paragraph = tuple[Word, ...]


def compare(old: Article, new: Article) -> Edit | None:
    """What changed from one version of a page to the next; None where no word did."""
    known = {key(piece) for piece in old.pieces}
    gained = [piece.span for piece in new.pieces if known and key(piece) not in known]
    changes = tuple(c for c in changed(old.text, new.text) if not is_update(c, gained))
    if not changes:
        return None
    moved = new.modified is not None and (old.modified is None or old.modified.value != new.modified.value)
    note = correction(old, new)
    return Edit(
        old=old.id,
        new=new.id,
        changes=changes,
        modified_changed=moved,
        correction=note,
        silent=not moved and note is None,
    )


def finding(edit: Edit) -> Finding | None:
    """A silent edit as a finding of the new version, at the words that came in; None for one that the page owns up to."""
    if not edit.silent:
        return None
    spans = tuple(new for _, new in edit.changes if new[0] < new[1])
    n = len(edit.changes)
    places = "one place" if n == 1 else f"{n} places"
    return Finding(
        kind="silent-edit",
        spans=spans,
        note=f"Changed in {places} since version {edit.old[:12]}, and the page does not say so",
    )


def changed(old: str, new: str) -> list[Change]:
    """The stretches of words that differ, as spans of both texts, in order."""
    out: list[Change] = []
    before, after = paragraphs(old), paragraphs(new)
    for i1, i2, j1, j2 in differences([shape(p) for p in before], [shape(p) for p in after]):
        a, b = [w for p in before[i1:i2] for w in p], [w for p in after[j1:j2] for w in p]
        end = start_of(before, i2, old), start_of(after, j2, new)
        for k1, k2, m1, m2 in differences([w.shape for w in a], [w.shape for w in b]):
            out.append((stretch(a, k1, k2, end[0]), stretch(b, m1, m2, end[1])))
    return out


def paragraphs(text: str) -> list[Paragraph]:
    """The words of each paragraph."""
    out = []
    for block in re.finditer(r"[^\n]+", text):
        found = re.finditer(r"\S+", block[0])
        words = tuple(Word(w[0].translate(ALIKE), block.start() + w.start(), block.start() + w.end()) for w in found)
        if words:
            out.append(words)
    return out


def shape(paragraph: Paragraph) -> str:
    """A paragraph as it is compared."""
    return " ".join(word.shape for word in paragraph)


def start_of(found: Sequence[Paragraph], n: int, text: str) -> int:
    """Where the n-th paragraph starts, or the text ends."""
    return found[n][0].start if n < len(found) else len(text)


def stretch(words: Sequence[Word], first: int, last: int, end: int) -> Span:
    """The span of words [first, last); an empty one stands where the next word starts."""
    if first < last:
        return words[first].start, words[last - 1].end
    place = words[first].start if first < len(words) else end
    return place, place


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The ranges that differ: [i1, i2) of the old became [j1, j2) of the new."""
    head = agreement(old, new)
    tail = agreement(old[head:][::-1], new[head:][::-1])
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if not a or not b or max(len(a), len(b)) > LIMIT:
        if a or b:
            yield head, head + len(a), head, head + len(b)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b).get_opcodes():
        if tag != "equal":
            yield head + i1, head + i2, head + j1, head + j2


def agreement(old: Sequence[str], new: Sequence[str]) -> int:
    """How many units agree from the start."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))


def key(piece: Piece) -> str:
    """What tells one update of a live blog from another."""
    return piece.url or (piece.published.value if piece.published else "") or piece.title or ""


def is_update(change: Change, gained: Sequence[Span]) -> bool:
    """Whether a change only adds words, and those belong to updates that a live blog has gained."""
    (old_start, old_end), new = change
    inside = sum(min(end, new[1]) - max(start, new[0]) for start, end in gained if start < new[1] and new[0] < end)
    return old_start == old_end and inside > 0.9 * (new[1] - new[0])


@cache
def notes() -> tuple[re.Pattern[str], ...]:
    """The patterns of correction notes."""
    table = tomllib.loads((files("onrecord.lexicon") / "edits.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in table["correction"]["patterns"])


def correction(old: Article, new: Article) -> str | None:
    """The first paragraph, or line of clutter, that was not on the page before and owns up to a change."""
    known = {shape(p) for p in paragraphs(old.text)} | {c.text.translate(ALIKE) for c in old.clutter}
    candidates = [(shape(p), new.text[p[0].start : p[-1].end]) for p in paragraphs(new.text)]
    candidates += [(c.text.translate(ALIKE), c.text) for c in new.clutter]
    fresh = (words for likeness, words in candidates if likeness not in known)
    return next((words[:MAX_NOTE] for words in fresh if any(note.search(words) for note in notes())), None)


def holds(edit: Edit, old: str, new: str) -> bool:
    """Whether an edit's spans lie in its texts; an empty span is a place."""
    return all(
        all(
            start == end <= len(text) or fits(text, (start, end))
            for (start, end), text in zip(pair, (old, new), strict=True)
        )
        for pair in edit.changes
    )
