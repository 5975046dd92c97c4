"""Whether what a record says is said to have happened: its status, and the certainty and negation of every attribution around it.

1. What lies in a condition is hypothetical. 2. The record's own status, and what `certainty.factuality` says of the word that it hangs on; a
"hypothetical" that only a distant "could" gave is lifted by it. 3. A date long past makes it historical, also one that the paragraph or the one before it opens
with, where the article tells on by itself and names no other day. 4. From the innermost attribution outwards: a
denial turns it, an order or intention makes it a plan, a question, a fear or a mere possibility leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from onrecord.knowledge import Resolved
from onrecord.model import Attribution, Reading
from onrecord.read.certainty import factuality
from onrecord.read.manner import inflections, lexicon
from onrecord.read.sentences import sentences
from onrecord.text import Span, covers, words_of

Value = Literal["actual", "planned", "negated", "open", "historical"]
OLD = 180  # days before the article from which a date makes a number history
DECREED = 4  # how many words before a topic an order is looked for
UNSAID = re.compile(r"\b(?:neither|nor|not|never|refused|declined|without)\b|n['’]t\b", re.I)
FATE = 80  # how many characters behind a number its fate is looked for
BREAK = re.compile(r"[;:()”\"—]|,\s(?!(?:according|officials)\b)")
TO_COME = re.compile(
    r"(?:\s(?!and\b|or\b|who\b|which\b|that\b)[\w’'-]+){0,6}?\s((?:are|is) (?:due |set )?to (?!have\b|be seen\b)[a-z]+|must (?!have\b)[a-z]+|(?:will|shall) have to [a-z]+)\b"
)
# What somebody is only asked for, also with an aside between: "she has been asked, in a note, to".
ASKED = re.compile(
    r"\b(asked|urged|begged|pressed|implored|requested|pleaded with|appealed to|called up?on)\b[^.;:“”]{1,90}?\s(?:not\s)?to\s(?:[a-z]+ly\s)?$"
)
COMPARISON = re.compile(r"\b(?:as|than)$")
COMPARED = 60  # how many characters before or behind a number a comparison is looked for
BEGUN = re.compile(r"^(?:(?!\b(?:and|but|had|has|have|was|were)\b).){0,40}\b(?:by|from|starting)\s+(?:the\s+)?$", re.I)
SCENE = re.compile(
    r"(?:(?:back|early|late|it was)\s+)?(?:in|on|during|by|at)?\s*(?:the\s+)?(?:[a-z]+\s+(?:of|in)\s+(?:the\s+)?)?",
    re.I,
)
PARTS = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?")


class Weight(NamedTuple):
    """What is left of a record's claim, and why, in words."""

    value: Value
    why: str = ""


def weigh(resolved: Resolved, span: Span, word: Span, status: str, attribution: str | None, sentence: Span) -> Weight:
    """Whether a record at `span`, which hangs on the word at `word`, is said to have happened."""
    reading = resolved.reading
    said = chain(reading, attribution)
    if in_condition(reading, span):
        return Weight("open", "it is part of a condition")
    if told := imagined().match(reading.article.text, *sentence):
        return Weight("historical", f"it is told of {told['what']}")
    own = fated(reading.article.text, span, word, sentence, own_weight(reading.article.text, word, status, sentence))
    if own.value == "actual":
        own = (
            dated(reading, resolved.first_seen, span, sentence)
            or (attribution is None and of_old(reading, resolved.first_seen, sentence))
            or own
        )
    if own.value == "historical":
        return own
    return through(reading, own, said, sentence)


def in_condition(reading: Reading, span: Span) -> bool:
    """Whether words lie in either side of a condition."""
    return any(covers(c.if_, (span,)) or covers(c.then, (span,)) for c in reading.conditions)


def own_weight(text: str, word: Span, status: str, sentence: Span) -> Weight:
    """What the words before it leave of it."""
    fact = factuality(text, word)
    decreed_before = decreed(" ".join(text[sentence[0] : word[0]].split()[-DECREED:]))
    if status == "negated" or fact.certainty in ("CT-", "PR-", "PS-"):
        return Weight("negated", "it is said not to be so")
    if status == "historical":
        return Weight("historical", "it is told as history")
    if decreed_before and fact.certainty in ("Uu", "PS+", "PR+"):
        return Weight("planned", "it is ordered")
    if fact.certainty in ("Uu", "PS+") and not fact.ahead:
        return Weight("open", "it is only possible")
    if status == "planned" or fact.ahead:
        return Weight("planned", "it is planned")
    if status == "hypothetical" and fact.certainty != "CT+":
        return Weight("open", "it is hypothetical")
    return Weight("actual")


@cache
def imagined() -> re.Pattern[str]:
    """The beginning of a sentence that tells what has not happened: "In the scenario played through on Saturday, …"."""
    words = "|".join(sorted(lexicon("indicators")["subject"]["fiction"], key=len, reverse=True))
    return re.compile(
        rf"[“\"]?(?:In|During|Under|For|As part of) (?P<what>(?:the|this|that|a|an|his|her|their) (?:[\w’'-]+ ){{0,3}}?(?:{words}))\b",
        re.I,
    )


@cache
def fates() -> tuple[tuple[Value, re.Pattern[str]], ...]:
    """What may become of a number, by the words behind it."""
    found = []
    for value in ("negated", "open", "planned"):
        words = sorted(lexicon("indicators")["fate"][value], key=len, reverse=True)
        body = "|".join(map(re.escape, words))
        found.append(
            (
                value,
                re.compile(
                    rf"\b(?:is|are|was|were|be|been|being|it|that)\s+(?:\w+ly\s+|now\s+|also\s+)?(?:{body})\b|^\s*,?\s*(?:{body})\b",
                    re.I,
                ),
            )
        )
    return tuple(found)  # type: ignore[arg-type]


@cache
def scorned() -> re.Pattern[str]:
    """A report that is not believed, and what it says up to the number: "scoffed at a report that"."""
    words = "|".join(map(re.escape, lexicon("indicators")["fate"]["scorned"]))
    return re.compile(
        rf"\b(?:{words}) (?:an?|the|any|all)?\s?(?:[\w’'-]+ ){{0,3}}(?:reports?|claims?|suggestions?|figures?|counts?|estimates?|talk|rumours?|news|idea)\b[^.;”]{{0,60}}$",
        re.I,
    )


@cache
def unconfirmed() -> re.Pattern[str]:
    """A report that nobody could confirm, up to the number."""
    words = "|".join(map(re.escape, lexicon("indicators")["subject"]["unconfirmed"]))
    return re.compile(rf"\b({words})\b(?:(?!\b(?:but|and|although|though)\b)[^.;”]){{0,80}}$", re.I)


def fated(text: str, span: Span, word: Span, sentence: Span, own: Weight) -> Weight:
    """What the words behind a number and its topic leave of it: "… were dropped", "… is being prepared"."""
    if own.value not in ("actual", "planned"):
        return own
    if m := ASKED.search(text, sentence[0], word[0]):
        return Weight("open", f"it is told as “{m[1]} … to”")
    if m := scorned().search(text, sentence[0], span[0]):
        return Weight("negated", f"it is told as “{m.group().strip()}”")
    if m := unconfirmed().search(text, sentence[0], span[0]):
        return Weight("open", f"it is told as “{m[1]}”")
    if own.value == "actual" and (m := TO_COME.match(text, span[1], sentence[1])):
        return Weight("planned", f"it is told as “{m[1]}”")
    start = max(span[1], word[1])
    behind = BREAK.split(text[start : min(sentence[1], start + FATE)])[0]
    for value, words in fates():
        if m := words.search(behind):
            return Weight(value, f"it is told as “{m.group().strip(' ,')}”") if value != own.value else own
    return own


def chain(reading: Reading, label: str | None) -> list[Attribution]:
    """The attributions around a record, from the innermost outwards; whom it is compared with says nothing of it: "twice as many as the ministry says"."""
    by_id = {a.id: a for a in reading.attributions}
    out: list[Attribution] = []
    seen: set[str] = set()
    while label in by_id and label not in seen:
        seen.add(label)
        if not compares(reading.article.text, by_id[label]):
            out.append(by_id[label])
        label = by_id[label].within
    return out


def compares(text: str, a: Attribution) -> bool:
    """Whether what somebody says is only what something is compared with: "more than the ministry admits"."""
    return bool(a.content) and bool(COMPARISON.search(text, max(0, a.content[-1][1] - 12), a.content[-1][1]))


def through(reading: Reading, own: Weight, said: list[Attribution], sentence: Span) -> Weight:
    """What is left of it after all who pass it on."""
    text = reading.article.text
    denials = [a for a in said if a.certainty in ("CT-", "PR-", "PS-")]
    if unsaid := next((a for a in said if is_unsaid(text, a)), None):
        return Weight("open", f"{words_of(text, unsaid.source) or 'somebody'} does not say so")
    if len(denials) > 1:
        return Weight("open", "a denial is denied")
    if denials and own.value != "negated":
        return Weight("negated", f"{words_of(text, denials[0].source) or 'somebody'} denies it")
    for a in said:
        if own.value in ("actual", "planned") and (changed := left_open(text, a, sentence)):
            own = changed
    return own


def is_unsaid(text: str, a: Attribution) -> bool:
    """Whether somebody did not say something, which is no denial: "refused to say whether", "neither confirmed nor denied"."""
    if not a.negated or not a.cue:
        return False
    start, end = a.cue[0][0], a.cue[-1][1]
    return not a.certainty.endswith("-") or bool(UNSAID.search(text[max(0, start - 30) : end]))


def left_open(text: str, a: Attribution, sentence: Span) -> Weight | None:
    """What an attribution makes of what it holds; None where it leaves it as it is."""
    if a.act == "intention" and not wished(words_of(text, a.cue)):
        return Weight("planned", "it is an intention")
    if a.act == "order":
        return (
            Weight("planned", "it is ordered")
            if decreed(words_of(text, a.cue))
            else Weight("open", "it is only asked for")
        )
    if a.act in ("question", "feeling", "intention"):
        return Weight("open", "it is a wish" if a.act == "intention" else f"it is a {a.act}")
    first = (
        any(s < sentence[1] and sentence[0] < e for s, e in a.content[:1])
        and sentence[1] > a.content[0][0] >= sentence[0]
    )
    if a.certainty in ("Uu", "PS+") and (first or a.act == "belief"):
        return Weight("open", "the speaker calls it only possible")
    return None


@cache
def decrees() -> frozenset[str]:
    """The forms of the cues by which it will be done."""
    table = lexicon("indicators")
    return frozenset(f for cue in table["decree"]["cues"] for f in inflections(cue, table["irregular"]))


@cache
def wishes() -> frozenset[str]:
    """The forms of the cues by which nobody says that he will do it."""
    table = lexicon("indicators")
    return frozenset(f for cue in table["decree"]["wishes"] for f in inflections(cue, table["irregular"]))


def wished(cue: str) -> bool:
    """Whether a cue is a hope rather than a plan."""
    return not wishes().isdisjoint(re.findall(r"[a-z]+", cue.lower()))


def decreed(cue: str) -> bool:
    """Whether a cue is an order that is carried out rather than a demand."""
    return not decrees().isdisjoint(re.findall(r"[a-z]+", cue.lower()))


def dated(reading: Reading, first_seen: str, span: Span, sentence: Span) -> Weight | None:
    """What the nearest date of its clause makes of a number: history, or a plan where it says "by" a day to come; None for neither."""
    text = reading.article.text
    if words := compared(text, span, sentence):
        return Weight("historical", f"it is told as “{words}”")
    published = day((reading.article.published.value if reading.article.published else first_seen)[:10])
    low = text.rfind(";", sentence[0], span[0]) + 1 or sentence[0]
    high = text.find(";", span[1], sentence[1])
    within = [
        d
        for d in reading.dates
        if low <= d.span[0] < (high if high > 0 else sentence[1]) and d.type == "date" and d.value
    ]
    if not within or not published:
        return None
    nearest = min(within, key=lambda d: max(d.span[0] - span[1], span[0] - d.span[1]))
    ends, words = day(nearest.value or ""), text[slice(*nearest.span)]
    if ends and (published - ends).days > OLD:
        return Weight("historical", f"it is of {words}")
    between = text[span[1] : nearest.span[0]] if nearest.span[0] > span[1] else text[sentence[0] : nearest.span[0]]
    return Weight("planned", f"it is for {words}") if ends and ends > published and BEGUN.search(between) else None


def of_old(reading: Reading, first_seen: str, sentence: Span) -> Weight | None:
    """What is told on from a day long past that its paragraph, or the one before, opens with: "In 1931 … The toll was 212"; None where the text has come back since."""
    text = reading.article.text
    published = day((reading.article.published.value if reading.article.published else first_seen)[:10])
    paragraph = text.rfind("\n\n", 0, sentence[0])
    start = max(text.rfind("\n\n", 0, paragraph), 0) if paragraph > 0 else 0
    since = [d for d in reading.dates if start <= d.span[0] < sentence[1] and d.type in ("date", "time") and d.value]
    opens = next((d for d in since if SCENE.fullmatch(text, text.rfind("\n", 0, d.span[0]) + 1, d.span[0])), None)
    ends = opens and day(opens.value or "")
    if not opens or not ends or not published or (published - ends).days <= OLD or opens.span[0] >= sentence[0]:
        return None
    later = [d for d in since if d.span[0] > opens.span[0] and not (d.value or "").startswith((opens.value or "")[:4])]
    return None if later else Weight("historical", f"it is told of {text[slice(*opens.span)]}")


def compared(text: str, span: Span, sentence: Span) -> str | None:
    """The words by which a number is of another time, as in "compared with 8,000"."""
    ahead = text[max(sentence[0], span[0] - COMPARED) : span[0]].lower()
    behind = text[span[1] : min(sentence[1], span[1] + COMPARED)].lower()
    for words in lexicon("indicators")["tie"]["compared"]:
        if ahead.rstrip().removesuffix(" the").removesuffix(" some").endswith(words):
            return str(words)
        if not words.endswith(("with", "to", "from", "against")) and re.match(
            rf"\W*(?:\w+\W+){{0,2}}?{words}\b", behind
        ):
            return str(words)
    return None


def day(value: str) -> date | None:
    """The last day of an ISO 8601 day, month or year; None for other values."""
    m = PARTS.fullmatch(value)
    if not m:
        return None
    try:
        if m[3]:
            return date(int(m[1]), int(m[2]), int(m[3]))
        year, month = int(m[1]), int(m[2] or 12)
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None


def sentence_of(text: str, span: Span) -> Span:
    """The sentence that holds the beginning of a span; the line where none does."""
    start = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[0])
    line = text[start : end if end >= 0 else len(text)]
    for a, b in shifted(line, start):
        if a <= span[0] < b:
            return a, b
    return start, start + len(line)


def shifted(line: str, start: int) -> Iterator[Span]:
    """The sentences of a line, as spans of the text that it begins at `start`."""
    return ((a + start, b + start) for a, b in sentences(line))
