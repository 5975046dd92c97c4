"""How alike two names are, as a few numbers: what `identity` weighs.

Words are put in pairs, the likest first. What is left over on one side is *more* (a middle name, "Airways"); a pair that is unlike is a contradiction
("Anna" and "Olga" Quill). Likeness is 1 less the share of letters that must be changed (optimal string alignment: a swap counts once), in the
letters or in how they sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA, Indel

from onrecord.resolve.name_tables import people
from onrecord.resolve.spelling import ABJAD, SYLLABIC, Spelled, Word

# Every learned feature and the sign that its weight may have: what is alike speaks for one identity, what differs against.
PERSON = {"bias": 0, "worst": 1, "edits": -1, "more": -1, "joined": 1, "order": -1}
BODY = {"bias": 0, "worst": 1, "mean": 1, "edits": -1, "joined": 1, "first": 1}
WHOLE = 0.93  # likeness of names written as one word from which on differing spaces are no difference
UNLIKE = 0.5  # likeness of words below which they are no spellings of one
SHORT = 3  # letters from which on one that differs may be a slip ("Xi" is not "Li")
MAX_EDITS = 6.0

Features = dict[str, float]


class Pair(NamedTuple):
    """A word of the one name beside one of the other."""

    like: float
    a: Word
    b: Word
    i: int
    j: int


def spelling(a: str, b: str) -> float:
    """Likeness of two strings, 0 to 1."""
    return OSA.normalized_similarity(a, b)


def likeness(a: Word, b: Word) -> float:
    """Likeness of two words, 0 to 1."""
    if a.native and b.native and SYLLABIC.match(a.native) and SYLLABIC.match(b.native):
        return spelling(a.native, b.native)
    if a.text == b.text and a.kind == b.kind:
        return 1.0
    if a.kind == "initial" or b.kind == "initial":
        return 0.9 if a.text[0] == b.text[0] else 0.0
    if a.kind in ("country", "numeral") or b.kind in ("country", "numeral"):
        return 0.0
    if a.groups & b.groups:
        return 0.95
    written = spelling(a.text, b.text) if max(len(a.text), len(b.text)) >= SHORT else 0.0
    if a.fold != a.text or b.fold != b.text:
        written = max(written, 0.97 * (spelling(a.fold, b.fold) if written else a.fold == b.fold))
    if bool(a.native) != bool(b.native) and ABJAD.match(a.native or b.native) and min(len(a.code), len(b.code)) > 1:
        return max(written, 0.95 * spelling(a.code, b.code))
    return written


def in_order(a: Spelled, b: Spelled) -> tuple[Spelled, Spelled]:
    """Two names in an order of their own, whichever way they came."""
    return (a, b) if order(a) <= order(b) else (b, a)


def order(one: Spelled) -> tuple[str, list[tuple[str, str]]]:
    """What names are sorted by."""
    return one.joined, [(w.text, w.native) for w in one.words]


def paired(a: Sequence[Word], b: Sequence[Word]) -> tuple[list[Pair], list[Word]]:
    """Words in pairs, the likest first, and the words left over."""
    every = [(likeness(x, y), -abs(i - j), i, j) for i, x in enumerate(a) for j, y in enumerate(b)]
    every.sort(reverse=True)
    pairs: list[Pair] = []
    left, right = set(range(len(a))), set(range(len(b)))
    for like, _, i, j in every:
        if i in left and j in right:
            pairs.append(Pair(like, a[i], b[j], i, j))
            left.remove(i)
            right.remove(j)
    return pairs, [a[i] for i in sorted(left)] + [b[j] for j in sorted(right)]


def strangers(a: Spelled, b: Spelled) -> bool:
    """Whether two names are so unlike that there is nothing to weigh: no word that sounds alike, and few letters in order."""
    return not a.codes & b.codes and Indel.normalized_similarity(
        a.joined, b.joined, score_cutoff=0.5
    ) == 0 == Indel.normalized_similarity(a.ordered, b.ordered, score_cutoff=0.5)


def one_written_apart(a: Spelled, b: Spelled) -> bool:
    """Whether two names have other spaces but the same letters, or nearly."""
    return len(a.words) != len(b.words) and abs(len(a.joined) - len(b.joined)) < 2 and whole(a, b) >= WHOLE


def whole(a: Spelled, b: Spelled) -> float:
    """Likeness of two names written as one word, in their own order and in the alphabet's."""
    if a.joined == b.joined:
        return 1.0
    return max(Indel.normalized_similarity(a.joined, b.joined), Indel.normalized_similarity(a.ordered, b.ordered))


def changed(pairs: Sequence[Pair]) -> float:
    """How many letters the words of the pairs differ by, at most six."""
    letters = (
        4.0 if "initial" in (p.a.kind, p.b.kind) and not p.like else (1 - p.like) * max(len(p.a.text), len(p.b.text))
        for p in pairs
        if p.like < 0.9
    )
    return min(sum(letters), MAX_EDITS)


def person(a: Spelled, b: Spelled) -> tuple[Features, bool]:
    """What speaks for and against two names being one person's, and whether they have other first names."""
    pairs, more = paired(a.words, b.words)
    worst, joined, split = min(p.like for p in pairs), whole(a, b), one_written_apart(a, b)
    longer = 0.0 if split else float(min(len(more), 3 if len(pairs) > 1 else 1))
    features = {
        "bias": 1.0,
        "worst": max(worst, joined) if split else worst,
        "edits": 0.0 if split else changed(pairs),
        "more": longer,
        "joined": joined,
        "order": float(any((p.i - q.i) * (p.j - q.j) < 0 for p in pairs for q in pairs)),
    }
    return features, any(is_other(p) for p in pairs)


def is_other(pair: Pair) -> bool:
    """Whether two words are first names, and not of one name or one gender."""
    if not (pair.a.first and pair.b.first) or pair.a.groups & pair.b.groups or pair.a.text == pair.b.text:
        return False
    genders = people().gender.get(pair.a.text, ""), people().gender.get(pair.b.text, "")
    return pair.like < 0.8 or "".join(genders) in ("mf", "fm")


def body(a: Spelled, b: Spelled) -> tuple[Features, list[Word]]:
    """What speaks for and against two names being one organisation's, and the words that only one has."""
    pairs, more = paired(a.words, b.words)
    if split := one_written_apart(a, b) and not any(w.kind in ("country", "numeral", "telling") for w in more):
        more = []
    apart = [p for p in pairs if p.like < UNLIKE and p.a.kind != p.b.kind and not split]
    more += [w for p in apart for w in (p.a, p.b)]
    pairs = [p for p in pairs if p not in apart]
    likes = [p.like for p in pairs] or [0.0]
    joined = max(whole(a, b), of_pairs(pairs) if more else 0.0)
    return {
        "bias": 1.0,
        "worst": max(min(likes), joined) if split else min(likes),
        "mean": joined if split else sum(likes) / len(likes),
        "edits": 0.0 if split else changed(pairs),
        "joined": joined,
        "first": 1.0 if split else min((p.like for p in pairs if 0 in (p.i, p.j)), default=1.0),
    }, more


def of_pairs(pairs: Sequence[Pair]) -> float:
    """Likeness of the words in pairs, written as one."""
    return (
        Indel.normalized_similarity("".join(p.a.fold for p in pairs), "".join(p.b.fold for p in pairs))
        if pairs
        else 0.0
    )


def other_form(a: Spelled, b: Spelled) -> bool:
    """Whether two names have legal forms of other classes."""
    return bool(a.forms and b.forms and not a.forms & b.forms)


def clash(a: Spelled, b: Spelled, persons: bool) -> str:
    """What in two names cannot be said of one person or body, in words; else ""."""
    if persons:
        return "another of the family" if a.family and b.family and a.family != b.family else ""
    for kinds in (("country",), ("numeral",), ("telling", "trade", "institution")):
        x, y = ([w for w in s.words if w.kind in kinds] for s in (a, b))
        mine, yours = (
            [w for w in these if w.text not in {o.text for o in others}] for these, others in ((x, y), (y, x))
        )
        if mine and yours and max(likeness(v, w) for v in mine for w in yours) < 0.8:
            first, second = sorted((mine[0].text, yours[0].text))
            return "other countries" if kinds == ("country",) else f"{first} is not {second}"
    return ""


def acronym(a: Spelled, b: Spelled) -> tuple[int, list[Word]]:
    """The letters of the acronym that one name is of the other, or gives itself, and the words beside it; 0 where there is none."""
    texts = {w.text for w in a.words}, {w.text for w in b.words}
    found = (a.short & b.short - (texts[0] & texts[1])) | (a.short & b.initials) | (b.short & a.initials)
    beside = [w for s, own in zip((a, b), texts, strict=True) if own & found for w in s.words if w.text not in found]
    return max(map(len, found), default=0), beside
