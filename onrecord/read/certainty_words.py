"""The words around an event word: which are nouns, which stand in a verb's group, and which govern in which frame. Word lists: `lexicon/certainty.toml`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

from onrecord.read.manner import inflections, lexicon
from onrecord.read.sentences import sentences
from onrecord.text import Span

TOKEN = re.compile(r"n['’]t\b|\w+?(?=n['’]t\b)|\w+(?:[-.]\w+)*|['’]\w+|[^\w\s]")
BEFORE, AFTER = 400, 160  # how many characters around an event word are looked at
STOPS = frozenset(';:?!—“”"`')
FRAMES = {  # a word in several classes is in the first of these
    "to": ("plan", "achieve", "fail", "force", "permit", "ready", "expect", "try", "want", "task", "likely", "believe", "suspect", "claim", "say", "might", "fact", "doubt", "deny", "ease"),
    "that": ("fact", "deny", "false", "doubt", "suspect", "claim", "say", "find", "believe", "expect", "likely", "might", "want", "plan", "try", "permit", "achieve"),
    "ing": ("fail", "cancel", "deny", "fact", "find", "achieve", "plan", "try", "might", "want", "suspect", "claim", "permit", "expect", "say", "believe", "doubt"),
    "np": ("cancel", "deny", "might", "likely", "expect", "try", "want", "permit", "suspect", "claim", "doubt", "fact", "find", "achieve", "plan", "believe", "say"),
}  # fmt: skip


@cache
def governors() -> dict[str, dict[str, str]]:
    """For each frame the class of every form of every governor."""
    irregular = lexicon("cues")["irregular"] | lexicon("certainty")["irregular"]
    forms = {
        kind: [form for w in words for form in forms_of(w, irregular)]
        for kind, words in lexicon("certainty")["governor"].items()
    }
    table: dict[str, dict[str, str]] = {}
    for frame, order in FRAMES.items():
        table[frame] = {}
        for kind in order:
            for form in forms[kind]:
                table[frame].setdefault(form, kind)
    return table


def forms_of(word: str, irregular: dict[str, list[str]]) -> list[str]:
    """Every form of a governor; of two words the first is inflected: "backs out", "backed out"."""
    first, *rest = word.split(" ")
    return [" ".join((form, *rest)) for form in inflections(first, irregular)]


@cache
def modals() -> dict[str, str]:
    """Each modal's form with its kind."""
    return {form: kind for kind, forms in lexicon("certainty")["modal"].items() for form in forms}


@cache
def listed(name: str) -> frozenset[str]:
    """A list of the lexicon's `group`."""
    return frozenset(lexicon("certainty")["group"][name])


def sentence_at(text: str, span: Span) -> tuple[list[str], int]:
    """The folded words of the sentence around a span, as far as they are near, and which of them the span's last one is."""
    low, high = max(0, span[0] - BEFORE), min(len(text), span[1] + AFTER)
    low = low and (text.find(" ", low, span[0]) + 1 or low)
    near = ((s + low, e + low) for s, e in sentences(text[low:high]))
    start, end = next(((s, e) for s, e in near if s <= span[0] < e), (low, high))
    words, starts = tokens(text[start : max(end, span[1])])
    return words, max(0, bisect_left(starts, span[1] - start) - 1)


@lru_cache(maxsize=64)
def tokens(sentence: str) -> tuple[list[str], list[int]]:
    """The folded words of a sentence and where each begins; "May" and "Will" within it are a month and a man."""
    found = [(m.start(), m.group()) for m in TOKEN.finditer(sentence)]
    words = [w if n and w in ("May", "Will") else w.lower().replace("’", "'") for n, (_, w) in enumerate(found)]
    return words, [at for at, _ in found]


def word_form(word: str) -> str:
    """ "ing", "ed", "s" or "base", by the word's ending."""
    if word in listed("past") or (word.endswith("ed") and len(word) > 3):
        return "ed"
    if word.endswith("ing") and not set("aeiouy").isdisjoint(word[:-3]):  # not "bring"
        return "ing"
    return "s" if word.endswith("s") and not word.endswith("ss") else "base"


def is_adverb(word: str) -> bool:
    """Whether a word may stand inside a verb's group."""
    return word in listed("adverb") or (word.endswith("ly") and len(word) > 4)


def is_noun(words: Sequence[str], at: int) -> bool:
    """Whether a word stands as a noun, by what is before it and behind it."""
    form = word_form(words[at])
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if words[at] in listed("auxiliary"):
        return False
    if form == "s" and not at:
        return True
    if before == "to":
        due = (
            at > 1
            and words[at - 2] in listed("to_noun")
            and words[at - 3] not in listed("auxiliary") | listed("negative")
        )
        return form == "s" or (form == "base" and due)  # "due to heat", but "was due to sail"
    if before in listed("negative"):
        return False
    if (form == "base" and before in ("and", "or", ",", "then", "please", "me")) or (form == "s" and before == "that"):
        return after == "of"
    if before == "'s" and at > 1 and words[at - 2] in listed("pronoun"):
        return False  # "she's leaving"
    if before in listed("determiner") or (
        before == "'" and at > 1 and words[at - 2].endswith("s")
    ):  # "the ferries' tour"
        return True
    if before in listed("preposition"):
        return form != "ing"
    called_off = word_form(after) == "ed" and governors()["np"].get(after) == "cancel"
    if form in ("base", "s") and (
        called_off
        or (at and (before in listed("drop") or phrase(words, at - 1, governors()["np"])[1] in ("cancel", "deny")))
    ):
        return True  # "flight delayed", "ruled out arson"
    if form in ("ing", "ed"):
        return False
    verbal = is_adverb(before) or before in listed("pronoun") or before in listed("auxiliary") or before in modals()
    if form == "base" and 1 < at < 6 and asks(words[0]) and "," not in words[:at]:
        return False  # "should the dam break"
    that = next((k for k in range(at - 1, max(0, at - 5), -1) if words[k] == "that"), 0)
    if form == "base" and that and governors()["that"].get(words[that - 1]) == "want":  # "demanded that he V"
        return False
    if (
        form == "s"
        and at > 1
        and word_form(before) == "base"
        and before not in listed("auxiliary")
        and (words[at - 2] in modals() or words[at - 2] in ("to", "not", "n't"))
    ):
        return True  # "can issue permits"
    if at > 1 and not verbal:
        near = [w for w in words[max(0, at - 4) : at] if w != "that"]
        if form == "s" and not (
            listed("condition") | listed("until") | listed("supposing") | {"as", "case"}
        ).isdisjoint(near[:-1]):  # "if the dam breaks"
            return False
        if any(w in listed("determiner") or w in listed("preposition") for w in near):
            goes_on = after in listed("determiner") or after in listed("preposition") or is_adverb(after)
            return form == "base" or not goes_on or after in ("of", "for", "in")
    return after == "of" or (
        form == "base" and not verbal and singular(words, at - 1) and after not in listed("determiner")
    )


def singular(words: Sequence[str], at: int) -> bool:
    """Whether a word, as far as its form tells, names one thing only, so that a base form behind it is no verb of its own."""
    if at < 0 or not words[at].isalpha() or words[at] in listed("plural"):
        return False
    return word_form(words[at]) == "base" and not (
        is_adverb(words[at]) or words[at] in ("and", "or", "then", "please", "let")
    )


def asks(word: str) -> bool:
    """Whether a sentence's first word stands before its subject and takes a base form behind it."""
    return word in ("do", "does", "did") or word in modals()


def phrase(words: Sequence[str], k: int, table: dict[str, str]) -> tuple[int, str]:
    """The governor that ends at a token, of two words or one: its first token and class; "" where the word is none; "now-" is passed over."""
    if words[k].startswith("now-"):
        return k, table.get(words[k][4:], "")
    pair = f"{words[k - 1]} {words[k]}" if k else ""
    return (k - 1, table[pair]) if pair in table else (k, table.get(words[k], ""))
