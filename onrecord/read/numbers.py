"""Numbers in words and digits, with their values: "12,000", "2.5 million", "a hundred and nine", "two-thirds", "one in five".

1. Shares ("two-thirds", "3 out of 10", "half"); 2. digits with sign and scale; 3. vague plurals ("dozens", "several hundred");
4. words, read one by one as English builds a number, so that "two, three" and "five and six" stay two numbers. A share of
a whole is a value from 0 to 1 with four decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from onrecord.read.manner import lexicon
from onrecord.read.words_at import pieces, places
from onrecord.text import Span

Number = int | float
LONGEST = 16  # how many words a spelled-out number may have
NEAR = 40  # how many characters before and behind a number tell whether it counts something


class Numeral(NamedTuple):
    """A number where it stands. `vague` marks "hundreds", "tens of thousands": the value is then the least it can be.

    `scale` is the factor written behind digits or words ("million"), `share` marks a part of a whole.
    """

    span: Span
    value: Number
    spelled: bool
    vague: bool = False
    scale: Number = 1
    share: bool = False


class Place(NamedTuple):
    """A numeral within its sentence, a span of the text."""

    text: str
    sentence: Span
    n: Numeral

    def before(self) -> str:
        return self.text[max(self.sentence[0], self.n.span[0] - NEAR) : self.n.span[0]]

    def after(self) -> str:
        return self.text[self.n.span[1] : min(self.sentence[1], self.n.span[1] + NEAR)]

    @property
    def words(self) -> str:
        return self.text[slice(*self.n.span)]


def exact(value: float) -> Number:
    """The value as int where it is one."""
    return int(value) if float(value).is_integer() and abs(value) < 1e18 else round(value, 6)


def either(words: Any) -> str:
    """A pattern's alternatives, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _start() -> re.Pattern[str]:
    """Where a number can begin."""
    table = lexicon("figures")
    small = either(table["units"]["words"])
    scale = either(table["numeral"]["scales"])
    parts = either(table["parts"])
    tiny = rf"(?:{either(w for w, v in table['units']['words'].items() if 0 < v <= 20)}|\d{{1,3}})"
    whole = rf"(?:{either(w for w, v in table['units']['words'].items() if v > 1)}|hundred|thousand|\d{{1,3}}(?:,\d{{3}}){{0,2}})"
    digits = r"\d{1,3}(?:[,’]\d{2,3}){0,4}[,’]\d{3}(?:\.\d{1,9})?|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?![\d,])(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?|\.\d{1,9}"
    coded = "".join(rf"|(?<={c})" for c in [*table["glued"]["before"], r"\dk-", r"\dm-", r"\dbn-", r"\dtn-"])
    glued = either(table["glued"]["after"])
    metres = either(table["glued"]["metres"])
    return re.compile(
        rf"""(?P<ratio>(?<![\w.,$€£-])(?P<some>{tiny})(?:\s+in\s+(?:every\s+)?|-in-|\s+out\s+of\s+(?:every\s+)?)(?:(?:a|one)\s+)?(?P<all>{whole})\b(?![,.]?\d|%|-))
        |(?P<part>(?<![\w-])(?:(?P<many>a|an|one|two|three|four|five|six|seven|eight|nine)[ -])?(?P<nth>{parts})\b(?![-’'](?!of\b)))
        |(?P<slash>(?<![\w.,/:$€£-])(?:(?P<extra>\d{{1,3}})\s{{1,2}})?(?P<over>[1-9])/(?P<under>[2-9]|10)(?![\w/]))
        |(?P<glyph>(?<![\w.,/])(?P<wholes>\d{{0,6}})\s?(?P<sign>[¼½¾⅓⅔⅛]))(?:[ -]?(?P<gscale>{scale}|bn|m)\b)?
        |(?:(?<![\w.,/:])(?<![A-Za-z]-){coded})(?P<minus>(?<![\d%\w])[-−])?(?P<digits>{digits})
            (?:[ \u00a0-]?(?P<scale>(?i:{scale}|bn|bln|mn|mln|tn|trn|tln|k)|(?-i:M|MM|B|T|m(?!\s(?:{metres})\b)))(?![\w²³/’'])(?!-by-))?
            (?:(?=[ \u00a0]?(?:{glued})(?![A-Za-z])|m\s(?:{metres})\b)|(?![\w²³]|[/:]\d|,\d|\.\d|°[NSEW]))
        |(?P<vague>\b(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)(?:\sof\s(?:thousands|millions|billions))?|\b(?:several|a\sfew|many)\s(?:{scale}))\b(?!-)
        |(?<!-)\b(?P<word>an?(?=[\s-]+(?:{scale}|couple)\b)|(?:{small}))\b(?!['’]s\b)""",
        re.I | re.X,
    )


@cache
def _step() -> re.Pattern[str]:
    """One more word of a spelled-out number."""
    table = lexicon("figures")
    words = either(
        [*table["units"]["words"], *table["numeral"]["scales"], "half", "quarter", "quarters", "point", "couple"]
    )
    return re.compile(
        rf"(?P<gap>\s{{1,2}}|\s?-\s?)(?P<and>and\s+)?(?P<a>an?\s+)?(?P<of>of\s+)?(?P<word>{words})\b", re.I
    )


class Spelled:
    """A number in words while it is read: `add` takes the next word or refuses it."""

    def __init__(self, first: Number = 0) -> None:
        self.total: float = 0
        self.group: float = first
        self.scale: float = 1
        self.last = "unit" if first else ""
        self.decimal = 0.0

    def add(self, word: str, joined: bool, article: bool) -> bool:
        """Takes a word; `joined` when "and" stands before it, `article` when "a" does."""
        table = lexicon("figures")
        if word in ("half", "quarter", "quarters"):
            return joined and article and word != "quarters" and self.plus(0.5 if word == "half" else 0.25)
        if article:
            return False
        if word == "point":
            self.decimal = 0.1
            return not joined and self.last in ("unit", "tens") and not self.ends("point")
        if word in table["units"]["words"]:
            return self.unit(table["units"]["words"][word], joined)
        return not joined and word in table["scale"] and self.times(word, table["scale"][word])

    def ends(self, kind: str) -> bool:
        self.last = kind
        return False

    def plus(self, part: float) -> bool:
        """A half or a quarter of what stands before: "two and a half", "a million and a half"."""
        if self.last == "part" or not self.last:
            return False
        if self.last == "scale":
            self.total += part * self.scale
        else:
            self.group += part
        self.last = "part"
        return True

    def unit(self, value: Number, joined: bool) -> bool:
        if self.last == "point":
            if value > 9:
                return False
            self.group += value * self.decimal
            self.decimal /= 10
            return True
        after_hundred = self.last == "hundred" and 0 < value < 100
        after_tens = self.last == "tens" and 0 < value < 10 and not joined
        if self.last and not (after_hundred or after_tens or self.last == "scale"):
            return False
        self.group += value
        self.last = "tens" if value >= 20 else "unit"
        return True

    def times(self, word: str, factor: Number) -> bool:
        if word == "dozen":
            done = self.last in ("unit", "tens", "hundred", "couple")
            self.group = (self.group or 1) * 12
            self.last = "dozen"
            return done
        if word == "hundred":
            fits = bool(0 < self.group < 100) and self.last not in ("hundred", "dozen")
            self.group *= 100 if fits else 1
            self.last = "hundred" if fits else self.last
            return fits
        if not self.group or (self.total and factor >= self.scale):
            return False
        self.total += self.group * factor
        self.group, self.scale, self.last = 0, factor, "scale"
        return True

    @property
    def value(self) -> Number:
        return exact(self.total + self.group)


def _article_value(word: str) -> Number:
    """What a number's first word is worth: "a" as in "a hundred" counts one."""
    units: dict[str, Number] = lexicon("figures")["units"]["words"]
    return 1 if word.lower() in ("a", "an") else units[word.lower()]


def _takes(words: Spelled, step: re.Match[str]) -> bool:
    """Whether a number goes on with this word; "of" joins only behind "a couple", "point" is taken once."""
    word = step["word"].lower()
    if step["of"] and words.last != "couple":
        return False
    return words.add(word, bool(step["and"]), bool(step["a"])) or (words.last, word) == ("point", "point")


def _spelled(text: str, m: re.Match[str]) -> Numeral:
    """The number that begins with a matched word."""
    words, end = Spelled(), m.end("word")
    first = m["word"].lower()
    words.group = _article_value(first)
    words.last = "tens" if words.group >= 20 else "unit"
    for _ in range(LONGEST):
        step = _step().match(text, end)
        if not step:
            break
        word = step["word"].lower()
        if word == "couple":
            words.group, words.last = 2, "couple"
        elif not _takes(words, step):
            break
        end = step.end()
    return Numeral((m.start(), end), words.value, True, scale=words.scale)


def spelled_value(words: str) -> Number:
    """The value of a number in words."""
    table = lexicon("figures")
    total = current = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in table["units"]["words"]:
            current += table["units"]["words"][word]
        elif word == "half":
            current += 0.5
        elif word in ("hundred", "dozen"):
            current = (current or 1) * table["scale"][word]
        elif word in table["scale"]:
            total += (current or 1) * table["scale"][word]
            current = 0
    return exact(total + current)


def vague_value(words: str) -> Number:
    """The least that a vague plural can mean, as the field counts it: "hundreds" 100, "dozens" 24."""
    value = 1
    for word in re.findall(r"[a-z]+", words.lower()):
        stem = word.removesuffix("s")
        value *= {"ten": 10, "dozen": 24 if word == "dozens" else 12, "score": 40, "of": 1}.get(
            stem, lexicon("figures")["scale"].get(stem, 1)
        )
    return value


def _digits(text: str, m: re.Match[str]) -> Numeral:
    """A number in digits with its sign and scale, and "and a half" behind it."""
    scales = lexicon("figures")["scale"]
    value = float(re.sub(r"[,’ \u00a0\u202f]", "", m["digits"])) * (-1 if m["minus"] else 1)
    factor = 1 if not m["scale"] else scales.get(m["scale"].lower(), 1)
    start, end = m.start("minus" if m["minus"] else "digits"), m.end("scale" if m["scale"] else "digits")
    behind = re.compile(
        r"(?:\s+and\s+a\s+(half|quarter)\b(?!-)(?:\s+(hundred|thousand|million|billion|trillion|dozen)\b)?)", re.I
    ).match(text, end)
    if behind:
        value = value * factor + (0.5 if behind[1].lower() == "half" else 0.25) * factor
        factor = scales[behind[2].lower()] if behind[2] else 1
        end = behind.end()
    return Numeral((start, end), exact(value * factor), False, scale=factor)


MULTIPLE = re.compile(
    r"(?:[\s-]+of)?(?:[\s-]+an?)?[\s-]+(hundred|thousand|million|billion|trillion|dozen)\b(?!s)", re.I
)
GLYPHS = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}


def _part(text: str, m: re.Match[str]) -> Numeral | None:
    """A share in words; "half a million" and "three quarters of a million" are numbers, "a third" needs "of" or a hedge."""
    share = lexicon("figures")["parts"][m["nth"].lower()]
    many = _article_value(m["many"]) if m["many"] else 1
    plural = (
        m["nth"].lower() in ("halves", "quarters") or m["nth"].lower().endswith("ths") or m["nth"].lower() == "thirds"
    )
    if plural != (many > 1) or (not m["many"] and m["nth"].lower() not in ("half", "quarter")):
        return None
    multiple = MULTIPLE.match(text, m.end())
    if multiple:
        factor = lexicon("figures")["scale"][multiple[1].lower()]
        return Numeral((m.start(), multiple.end()), exact(many * share * factor), True, scale=factor)
    if m["nth"].lower() == "quarter" and not m["many"]:
        return None
    return Numeral(m.span(), exact(round(many * share, 4)), True, share=True)


def _ratio(m: re.Match[str]) -> Numeral | None:
    """ "one in five", "9 out of 10"."""
    of = [float(w.replace(",", "")) if w[0].isdigit() else spelled_value(w) for w in (m["some"], m["all"])]
    if not 0 < of[0] < of[1] or (of[0] > 1 and of[1] not in (3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000)):
        return None
    return Numeral(m.span("ratio"), exact(round(of[0] / of[1], 4)), not m["some"].isdigit(), share=True)


def _glyph(m: re.Match[str]) -> Numeral:
    """ "2½", "1¾ million"."""
    scale = lexicon("figures")["scale"].get((m["gscale"] or "").lower(), 1)
    value = (int(m["wholes"] or 0) + GLYPHS[m["sign"]]) * scale
    return Numeral(
        (m.start(), m.end()), exact(round(value, 4)), False, scale=scale, share=not m["wholes"] and scale == 1
    )


def _numeral(text: str, m: re.Match[str]) -> Numeral | None:
    """The number that a match begins, or None where it is none."""
    if m["ratio"]:
        return _ratio(m)
    if m["part"]:
        return _part(text, m)
    if m["slash"]:
        value = int(m["over"]) / int(m["under"])
        if value >= 1:
            return None
        return Numeral(m.span("slash"), exact(round(int(m["extra"] or 0) + value, 4)), False, share=not m["extra"])
    if m["glyph"]:
        return _glyph(m)
    if m["digits"]:
        return _digits(text, m)
    return Numeral(m.span(), vague_value(m["vague"]), True, True) if m["vague"] else _spelled(text, m)


@cache
def _firsts() -> frozenset[str]:
    """The words that a number can begin with."""
    table = lexicon("figures")
    scales = (f"{w}s" for w in table["numeral"]["scales"])
    return frozenset(
        ["a", "an", "tens", "scores", "several", "many", *scales, *table["units"]["words"], *table["parts"]]
    )


DIGIT = re.compile(r"[-−]?\.?\d|[¼½¾⅓⅔⅛]")


@lru_cache(maxsize=65536)
def _begins(word: str) -> tuple[int, ...]:
    """Where in a word letters begin that a number can begin with: in "20million", too."""
    return tuple(at for at, piece in pieces(word) if piece.lower() in _firsts())


def _candidates(text: str) -> list[int]:
    """Where a number might begin: at digits, with their sign, and at words that begin one."""
    words = (start + at for word, starts in places(text).items() for at in _begins(word) for start in starts)
    return sorted((*words, *(at for m in DIGIT.finditer(text) for at in range(m.start(), m.end()))))


def numerals(text: str) -> Iterator[Numeral]:
    """All numbers of a text, in order."""
    at = 0
    for start in _candidates(text):
        m = _start().match(text, start) if start >= at else None
        n = _numeral(text, m) if m else None
        if m and n is None and m["ratio"]:  # "2 in 3,000" is no share: its first number stands alone
            m = _start().match(text, start, m.end("some"))
            n = _numeral(text, m) if m else None
        if n:
            yield n
        if m:
            at = n.span[1] if n else m.end()
