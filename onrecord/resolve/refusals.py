"""Refusals: that a report is not true, said without the word "deny", as "called it a fabrication", "this was untrue", "it never happened".

1. A verdict on a report ("fabrication", "untrue") counts where it is said of one: by a verb of naming, of a word that points back, of "the report", "the figure", or by itself.
2. "No such order", "nothing of the kind", "it never happened", "those officers do not exist" refuse what was told before as well.
3. Where a refusal has few words of its own, what it is about is told by the sentence before it.
4. A report that is scoffed at, laughed off or doused with cold water is refused, and so is one that somebody, asked about it, answers with a no.

Word lists: `lexicon/refusals.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from onrecord.read.manner import lexicon
from onrecord.read.numbers import numerals
from onrecord.resolve.terms import terms
from onrecord.text import Span

NEAR = 30  # characters before a number where a ceiling is told
NEGATED = re.compile(r"\b(?:not|never)\b|n[’']t\b", re.I)
REFUSING = ("bare", "back", "number", "report", "no truth", "no such", "kind", "never", "exist")
FAR = 90  # characters between a report and the verdict on it
OPENING = r"^[\W_]*(?:(?:but|and|so|that|then|no|yes|well)\b[,\s]+)*"
FILLER = r"(?:(?:\w+ly|all|just|nothing|but|an?|pure|complete|total|utter|sheer|absolute|plain|more|than|such|another|malicious|old|also|so|very)\s+)*"
BE = r"(?:is|are|was|were|be|been|being|remains?|[’']s|sounds?|amounts?\sto|turn(?:s|ed)?\sout(?:\sto\sbe)?|prove[sd]?(?:\sto\sbe)?)"


@lru_cache(maxsize=16384)
def is_refusal(words: str, cue: str) -> bool:
    """Whether what somebody says, with these words as its cue, is that something told by others is not so."""
    its = patterns()
    if its["naming"].search(cue) and (its["verdict"].search(words) or its["wrong"].search(words)):
        return True
    found = [m for how in REFUSING if (m := its[how].search(words))]
    return bool(found) and not NEGATED.search(words[: found[0].start()])


def is_rebuff(before: str, beside: str, lead: str, words: str) -> bool:
    """Whether words are what somebody does not let stand, or with what he answers a report.

    `lead` is what stands in front of them in their sentence, `beside` all the rest of it, `before` what stands in front of them in it and in the one before.
    """
    return is_brushed_aside(lead, words) or is_answer(before, beside, words)


@lru_cache(maxsize=4096)
def is_brushed_aside(lead: str, words: str) -> bool:
    """Whether the words in front of what a report says tell that it is brushed aside: "scoffed at a report that"."""
    found = answers()["aside"].search(f"{lead.rstrip()} {words}"[: len(lead) + FAR])
    if not found or not found.start() < len(lead) <= found.end() + FAR:
        return False
    return not NEGATED.search(lead[: found.start()])


@lru_cache(maxsize=4096)
def is_answer(before: str, beside: str, words: str) -> bool:
    """Whether words are a no to a report that somebody was asked about: "On a report that …, her answer was: No lorries.", or to what he "would have none of"."""
    its = answers()
    if its["unsaid"].match(words):
        return False
    asked = its["asked"].search(beside) and its["no"].match(words)
    return bool(asked or (its["back"].search(before) and (its["no"].match(words) or its["it is not"].match(words))))


@cache
def answers() -> dict[str, re.Pattern[str]]:
    """The ways to brush a report aside, and to answer it."""
    table = lexicon("refusals")
    report, back, quote = either(table["report"]["words"]), either(table["report"]["back"]), r"[\W_]*"
    some = {
        name: "(?:" + "|".join(table["aside"][name]).replace(" ", r"\s") + ")" for name in ("idioms", "back", "unsaid")
    }
    no = r"(?:no|not|never|none|nothing|nobody|neither)\b"
    found = {
        "aside": rf"\b{some['idioms']}\s(?:[\w’'-]+\s){{0,4}}?{report}\b",
        "asked": rf"\b(?:on|about|to|of|by|with|that)\s(?:[\w’'-]+\s){{0,4}}?{report}\s(?:that|of|about|in)\b",
        "back": rf"\b{some['back']}",
        "unsaid": rf"{quote}{some['unsaid']}\b",
        "no": rf"{OPENING}{no}",
        "it is not": rf"{OPENING}(?:{back}|there)\s?(?:{BE}|did|does|do|had|has|have)\s?(?:no|not|never|nothing|n[’']t)\b",
    }
    return {how: re.compile(pattern, re.I) for how, pattern in found.items()}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The ways to refuse a report."""
    table = lexicon("refusals")
    verdict, wrong, report = (
        either(w) for w in (table["verdict"]["words"], table["verdict"]["wrong"], table["report"]["words"])
    )
    back, happened, any_verdict = (
        either(table["report"]["back"]),
        either(table["never"]["happened"]),
        rf"(?:{verdict}|{wrong})",
    )
    no = r"(?:not|never|n[’']t)"
    number = rf"(?:\d[\d,.]*|{numerous()})(?:[-\s]\w+){{0,3}}?"
    found = {
        "naming": rf"\b{either(table['naming']['cues'])}\b",
        "verdict": rf"\b{verdict}\b",
        "wrong": rf"\b{wrong}\b",
        "bare": rf"{OPENING}{FILLER}{verdict}\b(?:\s(?:of|by|from|and)\b[^.;:]{{0,40}})?\W*$",
        "back": rf"{OPENING}{back}\s*(?:\w+\s)?{BE}\s*{FILLER}{any_verdict}(?![-\w])(?!\s+(?:that|to)\b)",
        "number": rf"{OPENING}(?:(?:the|that|this|a|some)\s)?(?:(?:figure|number|count)\sof\s)?{number}\s{BE}\s*{FILLER}{verdict}\b",
        "kind": r"\bno\s\w+\s(?:of\s(?:the|that|this)\s(?:kind|sort|nature)\b|(?:so|thus)\s(?:described|alleged)\b)",
        "untrue that": rf"\b(?:it|this)\s*{BE}\s*{FILLER}{verdict}\s+that\b",
        "report": rf"\b(?:an?|the|these|those|this|that|such|all|any|her|his|their|its|[’']s)\s(?:\w+\s){{0,2}}{report}\b[^.;]{{0,{FAR}}}?\b{BE}\s(?:\w+\s){{0,3}}?{any_verdict}\b",
        "no truth": r"\b(?:no|not\s(?:a|one)\s(?:grain|word|shred)\sof|not\sany)\s(?:truth|substance|basis|foundation)\s(?:in|to|for|behind)\b",
        "no such": rf"\bno\ssuch\s\w+|{OPENING}nothing\sof\sthe\s(?:kind|sort)\b|\b(?:{BE}|said|did|have|has|had|happened|done)\s(?:\w+\s)?nothing\sof\sthe\s(?:kind|sort)\b",
        "never": rf"{OPENING}(?:{back}|the\s[\w’'-]+)\s(?:\w+\s)?{no}\s(?:\w+\s)?{happened}\b",
        "exist": rf"\b(?:who|that|which|said|alleged|so-called|supposed)\b[^.;]{{0,{FAR}}}\b(?:do|does|did)\s?{no}\s(?:ever\s)?exist\b|\bnever\sexisted\b",
    }
    return {how: re.compile(pattern, re.I) for how, pattern in found.items()}


def either(words: str) -> str:
    """A pattern for any of some words."""
    return f"(?:{'|'.join(words.split())})"


def about(words: str) -> frozenset[str]:
    """The terms of what a refusal refuses: its own, but for those of the refusing."""
    its = patterns()
    plain = words
    for how in ("verdict", "wrong"):
        plain = its[how].sub(" ", plain)
    return frozenset(terms(plain)) - said_of_reports()


@cache
def said_of_reports() -> frozenset[str]:
    """The terms of the words for reports."""
    return frozenset(t for w in lexicon("refusals")["report"]["words"].split() for t in terms(w.replace("?", "")))


@lru_cache(maxsize=4096)
def only_turned_down(cue: str, content: str) -> bool:
    """Whether something is rejected that nobody could deny: an offer, a plan, a minister."""
    word = re.match(r"(?:reject|dismiss|refus|turn)", cue, re.I)
    nouns = lexicon("refusals")["offered"]["nouns"].split()
    first = re.split(r"\b(?:that|of|for|to|by|from|on|over|with|about|as)\b|[,.;:]", content, maxsplit=1)[0].lower()
    return bool(word) and any(w in nouns for w in re.findall(r"[\w-]+", first)[-2:])


@lru_cache(maxsize=4096)
def rules_out(cue: str) -> bool:
    """Whether a cue says by itself that its content will not be: "ruled out a new tax"."""
    return bool(excluding().search(cue)) and not NEGATED.search(cue)


@cache
def excluding() -> re.Pattern[str]:
    """The cues that rule something out."""
    return re.compile(rf"\b{either(lexicon('refusals')['naming']['excluding'])}\b", re.I)


def idle(words: str) -> str:
    """Words without what looks like a denial and is none: "no more than", "not only", and the other side of a contrast, "five, not three"."""
    return patterns()["untrue that"].sub(
        " not that ", excluding().sub("not", apart().sub(" not ", harmless().sub(" ", words)))
    )


@cache
def apart() -> re.Pattern[str]:
    """Words that say that two things are not connected."""
    return re.compile(rf"\b{phrases(lexicon('refusals')['never']['apart'])}\b", re.I)


@cache
def harmless() -> re.Pattern[str]:
    """Negative words that deny nothing of their clause."""
    table = lexicon("refusals")["never"]
    return re.compile(
        rf"\b{phrases(table['idle'])}\b|,\s(?:and\s)?not\s(?:{'|'.join(table['contrast'].split())}|\d[\d,.]*)\b(?:\sand\snot\s[\w-]+)*"
        rf"|\sand\snot\s(?:the\s)?(?:{numerous()}|\d[\d,.]*)\b",
        re.I,
    )


def numerous() -> str:
    """A pattern for the words of numbers from two on."""
    return "|".join(w for w in lexicon("refusals")["never"]["contrast"].split() if w not in ("a", "one", "none"))


def set_against(text: str, span: Span, sentence: Span) -> tuple[bool, frozenset[float]]:
    """Of a figure: whether it is only a ceiling ("no more than 150"), and the numbers that its sentence says are not so ("not three").

    A ceiling of what is left, as "no more than 300 are still abroad", contradicts nobody.
    """
    its, table = text[slice(*sentence)], contrasting()
    start, end = span[0] - sentence[0], span[1] - sentence[0]
    ceiling = bool(table["ceiling"].search(its, max(0, start - NEAR), end)) and not table["left"].search(its)
    if not table["instead"].search(its):
        return ceiling, frozenset()
    refused = (n for n in numerals(its) if table["before"].search(its[: n.span[0]]) and not start <= n.span[0] < end)
    return ceiling, frozenset(float(n.value) for n in refused)


@cache
def contrasting() -> dict[str, re.Pattern[str]]:
    """The words by which one number is set against another."""
    table = lexicon("refusals")["against"]
    ceiling, instead, left = (phrases(table[name]) for name in ("ceiling", "instead", "left"))
    return {
        "ceiling": re.compile(rf"\b{ceiling}\b", re.I),
        "instead": re.compile(rf"\b{instead}\b", re.I),
        "before": re.compile(rf"\b{instead}\s(?:the\s|some\s|about\s|as many as\s)?$", re.I),
        "left": re.compile(rf"\b{left}\b", re.I),
    }


def phrases(some: Sequence[str]) -> str:
    """A pattern for any of some phrases."""
    return "(?:" + "|".join(re.escape(p).replace("\\ ", r"\s") for p in some) + ")"
