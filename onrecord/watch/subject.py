"""What a number is said of by its clause: "the lake" of "The lake behind the dam has fallen to 479 metres".

1. Right before the number stand words that such sentences have there (`[tie]` of `lexicon/indicators.toml`), a verb among them. 2. What stands before those is cut
into a noun phrase and what prepositions attach to it; an adverbial before it ("at Bruk the river") is left out. 3. Of a noun that only says what is measured, the
phrase attached is what it is of: "the level of the lake", "the water level in the lake".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from onrecord.read.manner import cue_words, lexicon
from onrecord.text import Span
from onrecord.watch.topics import HALT, NUMBER, WORD, table, verb_forms

PARTING = re.compile(r"[;:()—“”\"»«]|[.!?](?=\s|$)|\d")
SAID = ("ed", "said", "told", "says")
HAS = ("has", "have", "had")
LAST = ("last", "suffice")  # "will last for another 22 days"
APART = 7  # words of a phrase that may stand between a verb and the "at" or "to" that is its own
PARTICIPLES = frozenset(
    [
        "made",
        "taken",
        "held",
        "sent",
        "seen",
        "found",
        "kept",
        "sold",
        "bought",
        "built",
        "brought",
        "caught",
        "drawn",
        "grown",
        "given",
        "shown",
        "known",
        "left",
        "lost",
        "put",
        "set",
        "spent",
    ]
)
BEING = frozenset(["is", "are", "was", "were", "be", "been", "being"])


class Word(NamedTuple):
    """A word with its place."""

    text: str
    span: Span

    @property
    def low(self) -> str:
        """The word in small letters, without an owner's ending."""
        return re.sub(r"[’']s?$", "", self.text).lower()


class Subject(NamedTuple):
    """A noun phrase without its determiner, what is attached to it, and the words between it and the number."""

    words: tuple[Word, ...]
    attached: tuple[tuple[str, tuple[Word, ...]], ...]
    link: tuple[Word, ...]
    definite: bool = False

    @property
    def span(self) -> Span:
        """The words of the noun phrase."""
        return self.words[0].span[0], self.words[-1].span[1]


@cache
def listed(name: str) -> frozenset[str]:
    """A list of words about subjects."""
    return frozenset(lexicon("indicators")["subject"][name])


@cache
def quantities() -> frozenset[str]:
    """Nouns that say what is measured, but not of what."""
    return frozenset(lexicon("indicators")["quantity"]["nouns"])


@cache
def attaching() -> frozenset[str]:
    """Prepositions by which something is attached to a noun."""
    return frozenset(lexicon("indicators")["quantity"]["attached"])


@cache
def linking() -> frozenset[str]:
    """Verbs that say a number of their subject."""
    verbs = verb_forms(lexicon("indicators")["beyond"]["verbs"]) | set(lexicon("figures")["counted"]["grew"])
    plain = {w for w in table("link") if w not in attaching()}
    return frozenset(plain | {v for v in verbs if " " not in v} | listed("verbs"))


@cache
def putting() -> frozenset[str]:
    """Verbs by which somebody puts a number to something: "measured the lake at"."""
    return frozenset(verb_forms(lexicon("indicators")["quantity"]["measures"]))


def split(text: str, start: int, stop: int) -> list[Word]:
    """The words of a stretch of text."""
    return [Word(m.group(), m.span()) for m in WORD.finditer(text, start, stop)]


def is_link(w: Word) -> bool:
    """Whether a word may stand between a subject and its number."""
    told = w.low in table("between") or w.low in linking() or w.low in listed("spells")
    return told or w.low in LAST or (w.low.endswith("ly") and w.text.islower())


def subject(text: str, sentence: Span, number: Span) -> Subject | None:
    """The noun phrase that a number is said of, or None."""
    low = max((m.end() for m in PARTING.finditer(text, sentence[0], number[0])), default=sentence[0])
    words = split(text, low, numeral(text, number))
    cut = len(words)
    while cut and is_link(words[cut - 1]) and not HALT.search(text, words[cut - 1].span[1], number[0]):
        cut -= 1
    if (turned := passive(words, cut)) != cut:
        cut = turned
        while cut and is_link(words[cut - 1]):
            cut -= 1
    if (verb := before_phrase(words, having(words, cut))) != cut:
        cut = verb
        while cut and is_link(words[cut - 1]):
            cut -= 1
    cut += opening(words[cut:])
    link = tuple(words[cut:])
    before = outside_commas(text, words[:cut], link[0].span[0] if link else number[0])
    if not before or not said_of(before, link):
        return None
    return phrase(text, before if any(map(is_verb, link)) else before_verb(before, link), link)


def numeral(text: str, number: Span) -> int:
    """Where the number itself begins, behind the words that its span has before it: "exceeded 6,000"."""
    at = number[0]
    for w in split(text, *number):
        if not is_link(w) or NUMBER.search(text, at, w.span[0]):
            break
        at = w.span[1]
    return at


def is_verb(w: Word) -> bool:
    """Whether a word says a number of something: "stood", "is"."""
    return w.low in linking() and w.low not in quantities()


def opening(link: Sequence[Word]) -> int:
    """How many words at the beginning of a link are of the noun phrase before it: "the level" of "the level had dropped below"."""
    verb = next((i for i, w in enumerate(link) if is_verb(w) or w.low in listed("helping") or w.low in ("at", "to")), 0)
    nouns = [i for i in range(verb) if link[i].low in quantities()]
    return nouns[-1] + 1 if nouns else 0


@cache
def changed() -> frozenset[str]:
    """The participles of what is done to a measure: "widened", "cut"."""
    return frozenset(form for form in verb_forms(listed("changed")) if not form.endswith(("s", "ing")))


def passive(words: Sequence[Word], cut: int) -> int:
    """Where the words between a subject and its number begin, if they go on as a passive: "will be widened to"."""
    if cut < 2 or words[cut - 1].low not in changed() or [w.low for w in words[cut : cut + 1]] != ["to"]:
        return cut
    being = next((i for i in range(cut - 2, -1, -1) if words[i].low in BEING or not is_link(words[i])), 0)
    return being if words[being].low in BEING else cut


def having(words: Sequence[Word], cut: int) -> int:
    """Where the words between a subject and its number begin, if it has so much of a quantity: "had a magnitude of"."""
    has = next((i for i in range(cut - 1, max(cut - 4, 0), -1) if words[i].low in HAS), None)
    of = cut > 1 and [w.low for w in words[cut : cut + 1]] == ["of"]
    return has if has is not None and of and words[cut - 1].low in quantities() | listed("scales") else cut


def before_phrase(words: Sequence[Word], cut: int) -> int:
    """Where the verb stands whose "at" or "to" comes behind a phrase of place or time: "crested in Tarn on Monday at"."""
    if cut == len(words) or words[cut].low not in ("at", "to") or any(map(is_verb, words[cut:])):
        return cut
    for i in range(cut - 2, max(cut - APART, 0), -1):
        if is_verb(words[i]) and words[i + 1].low in attaching():
            return i
        if words[i].low in listed("joining"):
            return cut
    return cut


def said_of(before: Sequence[Word], link: Sequence[Word]) -> bool:
    """Whether the words between a noun and a number say the one of the other."""
    if any(map(is_verb, link)) or any(w.low in ("number", "numbers") for w in link[-6:]):
        return True
    lasts = any(b.low in LAST and a.low in listed("helping") for a, b in zip(link, link[1:], strict=False))
    has = bool(link) and link[0].low in HAS and any(w.low in quantities() | listed("scales") for w in link)
    return lasts or has or (bool(link) and any(w.low in put_by(link[0].low) for w in before))


def put_by(word: str) -> frozenset[str]:
    """The verbs by which somebody puts a number to something, or another one: "measured the lake at", "corrected the count to"."""
    return putting() if word == "at" else corrected() if word == "to" else frozenset()


@cache
def corrected() -> frozenset[str]:
    """Verbs by which somebody changes a number."""
    return frozenset(verb_forms(listed("corrected")))


def before_verb(words: list[Word], link: tuple[Word, ...]) -> list[Word]:
    """The object of a verb of measuring: "measured the lake at"."""
    put = put_by(link[0].low) if link else frozenset()
    last = max((i for i, w in enumerate(words) if w.low in put), default=-1)
    return words[last + 1 :]


def outside_commas(text: str, words: list[Word], stop: int) -> list[Word]:
    """The words of a clause that ends at `stop`, without what stands between two commas at its end."""
    while words and "," in text[words[-1].span[1] : stop]:
        k = len(words) - 1
        while k > 0 and "," not in text[words[k - 1].span[1] : words[k].span[0]]:
            k -= 1
        if k == 0:
            return []
        stop, words = words[k].span[0], words[:k]
        stop = words[-1].span[1]
    return without_apposition(text, words)


def without_apposition(text: str, words: list[Word]) -> list[Word]:
    """The words of a noun phrase that goes on behind an apposition: "the lead of the president, Ottokar Brenn, over his rival"."""
    commas = [i for i in range(1, len(words)) if "," in text[words[i - 1].span[1] : words[i].span[0]]]
    goes_on = len(commas) > 1 and words[commas[-1]].low in attaching()
    return words[: commas[-2]] + words[commas[-1] :] if goes_on else words


def phrase(text: str, words: Sequence[Word], link: tuple[Word, ...]) -> Subject | None:
    """The last noun phrase of some words, with what is attached to it."""
    start = len(words)
    while start and not is_edge(text, words, start - 1):
        start -= 1
    parts: list[tuple[str, list[Word]]] = [("", [])]
    for i, w in enumerate(words[start:]):
        if (w.text.islower() or not i) and (
            w.low in attaching() or w.low in lexicon("indicators")["quantity"]["opening"]
        ):
            parts.append((w.low, []))
        elif i and is_done(words, start + i):
            parts.append(("", []))
        else:
            parts[-1][1].append(w)
    if not parts[0][1] and (turned := behind_adverbial(parts)) is not None:
        parts = turned
    head = parts[0][1]
    definite = bool(head) and head[0].low in listed("determiners") - {"a", "an", "some", "any", "no"}
    while head and head[0].low in listed("determiners") and len(head) > 1:
        head = head[1:]
    if not head or parts[0][0]:
        return None
    return Subject(tuple(head), tuple((p, tuple(w)) for p, w in parts[1:] if w), link, definite)


def is_done(words: Sequence[Word], i: int) -> bool:
    """Whether a word behind a noun is a participle that says more of it: "the arrests made by the police"."""
    w = words[i]
    done = w.text.islower() and (w.low.endswith("ed") or w.low in PARTICIPLES)
    return done and i + 1 < len(words) and words[i + 1].low in attaching()


def is_edge(text: str, words: Sequence[Word], i: int) -> bool:
    """Whether a noun phrase cannot go back beyond a word."""
    w = words[i]
    if i + 1 < len(words) and text[w.span[1] : words[i + 1].span[0]].count(",") == 1:  # two part off an apposition
        return True
    if i and words[i - 1].low in listed("determiners"):  # "the pass"
        return False
    return w.low in listed("joining") or (
        w.text.islower() and (is_verb(w) or (w.low in cue_words() and w.low.endswith(SAID)))
    )


def behind_adverbial(parts: list[tuple[str, list[Word]]]) -> list[tuple[str, list[Word]]] | None:
    """The noun phrase that follows an adverbial without a comma: "at Bruk the river", "in Corriel recruitment"."""
    last = next((i for i in range(1, len(parts)) if second(parts[i][1])), None)
    if last is None or parts[last][0] in lexicon("indicators")["quantity"]["opening"]:
        return None
    words = parts[last][1]
    return [("", words[second(words) :]), *parts[last + 1 :]]


def second(words: Sequence[Word]) -> int:
    """Where a second noun phrase begins: at a determiner, at a name behind a day, at small letters behind a name; 0 for none."""
    for i in range(1, len(words)):
        if words[i].low in listed("determiners") or (
            words[i].low not in listed("times") and words[i - 1].low in listed("times")
        ):
            return i
        if (
            words[i].text[:1].islower()
            and words[i - 1].text[:1].isupper()
            and not words[i - 1].text.endswith(("’s", "'s", "’", "'"))
        ):
            return i
    return 0


def measured(s: Subject) -> tuple[tuple[Word, ...], ...]:
    """What a subject may be called by: its own words, and of a noun that only says what is measured what is attached to it or stands before it."""
    if s.words[-1].low not in quantities():
        return (s.words,)
    whole = next(
        (
            words
            for p, words in s.attached
            if p in ("of", "in", "at", "behind", "on", "for") and words[0].low not in listed("times")
        ),
        (),
    )
    return tuple(w for w in (whole, s.words[:-1]) if w)


def called(words: Sequence[Word]) -> str:
    """A noun phrase in small letters, without determiners."""
    return " ".join(w.low for w in words if w.low not in listed("determiners"))
