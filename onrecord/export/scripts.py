"""Words of any script as a printed line can bear them, where nothing but a few fonts is at hand.

1. Runs that are read from right to left are put into the order in which they are seen, Arabic letters joined, numbers as they are.
2. Each character goes to a font that has it: ours, or one of those that PDF readers bring for Chinese, Japanese and Korean.
3. What no font has is named, never left out: `[Devanagari, 12 characters]`.

Lines are broken elsewhere, so a run from right to left is kept in one piece up to a length, and begins lines of its own beyond it. This is less than
the Unicode bidirectional algorithm (UAX 9), which also knows numbers and signs at the edges of a run, and runs within runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby

LONGEST = 60  # characters of a run from right to left that a line holds
FORMS = range(0xFB50, 0xFF00)  # where Unicode keeps the joined forms of Arabic letters
LAM = "\u0644"
DROPPED = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")  # signs without a face
NUMBER = re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/][0-9\u0660-\u0669\u06f0-\u06f9]+)*")
MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
CJK = (("japanese", range(0x3040, 0x3100)), ("korean", range(0x1100, 0x1200)), ("korean", range(0xAC00, 0xD7B0)), ("chinese", range(0x2E80, 0x3040)), ("chinese", range(0x3100, 0xA000)), ("chinese", range(0xF900, 0xFB00)), ("chinese", range(0xFF00, 0xFFF0)))  # fmt: skip

Has = Callable[[str], bool]  # whether our font has a character


def spans(words: str, has: Has) -> Iterator[tuple[str, str]]:
    """The words in the order in which they are seen, cut by the font that they need: ours ("") or chinese, japanese, korean.

    A line feed among them begins a new line.
    """
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in DROPPED.sub("", words))
    fitting = seen(unicodedata.normalize("NFC", clean))
    for font, some in groupby(fitting, lambda c: font_of(c, has)):
        text = "".join(some)
        yield ("", named(text)) if font is None else (font, text)


def font_of(c: str, has: Has) -> str | None:
    """The font that a character needs; None where there is none."""
    if c == "\n" or has(c):
        return ""
    return next((font for font, codes in CJK if ord(c) in codes), None)


def named(text: str) -> str:
    """What stands for characters that no font has: their script and number."""
    first = unicodedata.name(text[0], "").split(" ")[0].capitalize()
    script = first if unicodedata.category(text[0]).startswith("L") and first else "Signs"
    return f"[{script}, {len(text)} character{'' if len(text) == 1 else 's'}]"


def seen(text: str) -> str:
    """A text with its runs from right to left as they are seen."""
    return "".join(run if direction == "L" else reversed_run(run) for direction, run in runs(text))


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The runs of a text with their directions, L or R; what has none between two of one direction goes with them."""
    start, end, at = 0, 0, 0  # of the run from right to left that is open; start == end: none is
    for n, c in enumerate(text):
        kind = unicodedata.bidirectional(c)
        if kind in ("R", "AL") or (kind == "NSM" and end == n and end > start):
            if start == end:
                start = n
            end = n + 1
        elif kind == "L" and end > start:
            yield from (("L", text[at:start]), ("R", text[start:end]))
            at = start = end
    if end > start:
        yield from (("L", text[at:start]), ("R", text[start:end]))
        at = end
    yield "L", text[at:]


def reversed_run(run: str) -> str:
    """A run from right to left as it is seen; a long one on lines of its own."""
    if len(run) <= LONGEST:
        return turned(run).replace(" ", "\u00a0")
    lines, line = list[str](), ""
    for word in run.split(" "):
        if line and len(line) + len(word) >= LONGEST:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    return "\n" + "\n".join(turned(line).replace(" ", "\u00a0") for line in [*lines, line]) + "\n"


def turned(line: str) -> str:
    """A line from its end to its beginning, numbers as they are and marks behind what they stand on."""
    units = re.findall(rf"{NUMBER.pattern}|.[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]*", joined(line), re.S)  # fmt: skip
    return "".join(unit if NUMBER.fullmatch(unit) else unit.translate(MIRRORED) for unit in reversed(units))


@cache
def forms() -> dict[str, dict[str, str]]:
    """The joined forms of each Arabic letter, and of lam with alef: isolated, final, initial, medial."""
    found: dict[str, dict[str, str]] = {}
    for code in FORMS:
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        base = "".join(chr(int(letter, 16)) for letter in letters.split())
        if kind in ("<isolated>", "<final>", "<initial>", "<medial>") and (len(base) == 1 or is_lam_alef(base)):
            found.setdefault(base, {}).setdefault(kind.strip("<>"), chr(code))
    return found


def is_lam_alef(letters: str) -> bool:
    """Whether these are the letters that are always written as one."""
    return len(letters) == 2 and letters[0] == LAM and letters[1] in "\u0622\u0623\u0625\u0627"


def joined(text: str) -> str:
    """A text with its Arabic letters in the forms that they have beside each other."""
    letters = re.findall(f"{LAM}[\u0622\u0623\u0625\u0627]|.", text, re.S)
    bare = [n for n, c in enumerate(letters) if unicodedata.category(c[0]) != "Mn"]
    out = list(letters)
    for before, n, after in zip([None, *bare[:-1]], bare, [*bare[1:], None], strict=True):
        left = before is not None and reaches(letters[before], "initial") and reaches(letters[n], "final")
        right = after is not None and reaches(letters[n], "initial") and reaches(letters[after], "final")
        kind = "medial" if left and right else "final" if left else "initial" if right else "isolated"
        out[n] = forms().get(letters[n], {}).get(kind, letters[n])
    return "".join(out)


def reaches(letter: str, kind: str) -> bool:
    """Whether a letter joins the next one (it has an initial form) or the one before (a final form); the stroke that lengthens joins both."""
    return letter == "\u0640" or kind in forms().get(letter, {})
