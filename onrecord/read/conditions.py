"""Conditions: what would have to happen, and what would follow.

1. Markers are found, those that mean "whether" left out. 2. The if-side runs from its marker to the end of its clause:
a comma, a conjunction, or the subject and auxiliary of the main clause. 3. The then-side is the main clause: behind an
if-clause that opens a sentence, quotation or "that", else before the marker. 4. The kind is told by the words of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.model import Condition, ConditionKind
from onrecord.read.manner import lexicon
from onrecord.read.sentences import sentences, trimmed
from onrecord.text import Span

SUBJECT = r"(?:it|this|that|they|he|she|we|you|I|there|these|those|(?:the|a|an|its|their|our|his|her)\s+\w+(?:\s(?!(?:it|they|he|she|we|you|there|this)\b)\w+){0,2})"
AUXILIARY = (
    r"(?:could|would|will|may|might|can|should|shall|must|is|are|was|were|has|have|had|won['’]t|can['’]t|cannot)"
)
MAIN = re.compile(rf"(?<=\s){SUBJECT}(?:\s(?:then|also))?\s+{AUXILIARY}\b|(?<=\s){SUBJECT}['’]ll\b")
PHRASE_END = re.compile(r",(?!\d)|;|[—–]|\s(?:and|but|or)\s|\b(?:that|which|who)\b|[.!?](?:\s|$)|[”\"]")
CLAUSE_END = re.compile(r",(?!\d)|;|\s[—–-]\s|[—–]|[!?]|\.(?:\s|$|[”\"])|[”\"]")
OPENING = re.compile(r"(?:^|[“\"‘(:;]|,|\b(?:that|and|but|because|while|or|so)\b|—|–)\s*[“\"‘']?\s*$")
NO_CONDITION = re.compile(
    r"\s+(?:not\s+(?:every|all|more|most|the|a|an|many|outright)\b|any\b(?!\s+\w+\s+\w+)|only\b|ever\b)"
)
ALONE = re.compile(
    r"(?:so|not|needed|necessary|possible|confirmed|true|required|asked|successful|approved|convicted|elected)$", re.I
)
START = re.compile(
    r"\b(?:that|because|but|while|whereby|where)\s+|\b(?:said|says|stated|added|warned|insisted|argued|announced)\s+(?=(?:it|he|she|they|we|the|there|its|his)\b)|[:;]\s+|[—–]\s*"
)
INVERTED = re.compile(
    r"(?:(?<=^)|(?<=[“\"]))(?:Should|Had|Were)(?=\s+(?:the|a|an|any|it|they|he|she|we|this|that|no|[A-Z])\b)|(?<=that )(?:should|had|were)(?=\s+\w+\s+(?:not|be|been|to)\b)",
    re.M,
)
ELSE = re.compile(r",?\s+or else\s+", re.I)
REPORTED = re.compile(
    r",\s+(?:[\w.’'-]+\s){1,6}(?:said|says|added|warned|explained|noted|argued|insisted|stressed)$|,\s+(?:said|says|added|warned)\s[^,]{2,60}$"
)
EDGE = " ,;:—–-\t"
MIN_THEN = 2
REACH = 800  # how many characters from its marker a side may lie: real sentences are shorter, hostile ones are not


@cache
def marker() -> re.Pattern[str]:
    """All markers, longer ones first."""
    table = lexicon("conditions")["marker"]
    words = sorted([*table["clause"], *table["phrase"]], key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(words) + r")\b", re.I)


@cache
def asks_whether() -> re.Pattern[str]:
    """A verb right before "if" that makes it mean "whether"."""
    return re.compile(
        r"\b(?:"
        + "|".join(lexicon("conditions")["marker"]["whether"])
        + r")(?:\s+(?:him|her|them|me|us|you|reporters))?\s*$",
        re.I,
    )


@cache
def kind_words(kind: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, lexicon("conditions")["kind"][kind])) + r")(?!\w)", re.I)


def kind_of(then: str, sentence: str) -> ConditionKind:
    """Indicator, warning, commitment or speculation, by the words of the then-side and its sentence."""
    if kind_words("indicator").search(then):
        return "indicator"
    if kind_words("warning").search(then) or re.search(r"\bwarn(?:s|ed|ing)?\b|\bthreaten", sentence, re.I):
        commits = kind_words("commitment").search(then) and not re.search(
            r"\bwarn|\bthreat|response|respond|destroy|consequences", sentence, re.I
        )
        return "commitment" if commits else "warning"
    return (
        "commitment"
        if kind_words("commitment").search(then) and not re.search(r"\b(?:could|would|may|might)\b", then)
        else "speculation"
    )


def bare(text: str, span: Span) -> Span:
    """A side without marks and white space at its edges."""
    start, end = trimmed(text, *span)
    while start < end and text[start] in EDGE + "“\"‘’'(”":
        start += 1
    while end > start and text[end - 1] in EDGE + ".!?“\"‘'”)":
        end -= 1
    return (start, end - 5) if text[start:end].endswith(" then") else (start, end)


def if_end(text: str, start: int, stop: int, phrase: bool) -> int:
    """Where the if-side that begins at `start` ends."""
    if phrase:
        m = PHRASE_END.search(text, start, stop)
        return m.start() if m else stop
    end = next(
        (
            m.start()
            for m in CLAUSE_END.finditer(text, start, stop)
            if not inside_list(text, m, stop) and not inside_quote(text, start, m)
        ),
        stop,
    )
    if text[end : end + 1] == "," and len(words := text[start:end].split()) <= 2 and not ALONE.search(" ".join(words)):
        second = text.find(",", end + 1, stop)  # "if treatment, including X, is not given"
        if second > 0 and re.match(rf",\s+{AUXILIARY}\b", text[second : second + 14]):
            end = next((m.start() for m in CLAUSE_END.finditer(text, second + 1, stop)), stop)
    then = text.find(", then ", start, stop)
    if then > end:
        end = then
    return next((m.start() for m in MAIN.finditer(text, start + 1, end) if starts_main(text[start : m.start()])), end)


def starts_main(before: str) -> bool:
    """Whether a subject with an auxiliary, after these words of an if-clause, begins the main clause."""
    return len(before.split()) >= 3 and not re.search(
        r"\b(?:that|which|who|whom|where|when|if|and|or|than|as|because|what|how|,)\s*$", before
    )


def inside_quote(text: str, start: int, m: re.Match[str]) -> bool:
    """Whether a mark closes a quotation that was opened within the clause, or a comma stands in one."""
    before = text[start : m.start()]
    return (m.group()[:1] in ",”" and before.count("“") > before.count("”")) or (
        m.group() == '"' and before.count('"') % 2 == 1
    )


def inside_list(text: str, m: re.Match[str], stop: int) -> bool:
    """Whether a comma parts the members of a list ("nets, insecticides and …") rather than clauses."""
    if m.group() != ",":
        return False
    rest = text[m.end() : min(stop, m.end() + 60)]
    return bool(re.match(r"\s+(?:or|and)\s", rest)) or (
        bool(re.match(r"\s+\w+(?:\s\w+)?\s(?:and|or)\s", rest)) and not re.match(rf"\s+{SUBJECT}\s+{AUXILIARY}", rest)
    )


def then_before(text: str, low: int, at: int) -> Span:
    """The main clause that ends at a marker in mid-sentence."""
    start = low
    for m in START.finditer(text, low, at):
        if not re.search(r"\b(?:so|such|the|a|now|given|provided)\s$", text[low : m.start()][-12:]):
            start = m.end()
    for mark, close in (("“", "”"), ('"', '"')):
        k = text.rfind(mark, start, at)
        odd = text[start:at].count('"') % 2 if mark == '"' else True
        if k >= 0 and close not in text[k + 1 : at] and odd:
            start = k + 1
    return start, at


def side_of(text: str, sentence: Span, m: re.Match[str]) -> tuple[Span, Span] | None:
    """The if-side and then-side of one marker, or None where it opens no condition."""
    word = m.group().lower()
    low, high = max(sentence[0], m.start() - REACH), min(sentence[1], m.end() + REACH)
    before = text[low : m.start()]
    phrase = word in lexicon("conditions")["marker"]["phrase"]
    if word == "if" and (asks_whether().search(before) or NO_CONDITION.match(text, m.end())):
        return None
    opens = (bool(OPENING.search(before)) and not re.search(r"\w,\s*$", before[-3:])) or len(before.split()) < 2
    if not opens and re.search(r",\s*$", before) and re.match(r"[^,]{3,140},", text[m.end() : high]):
        opens = len(before.split()) <= 4
    end = if_end(text, m.end(), high, phrase)
    if_side = bare(text, (m.end(), end))
    if opens or MAIN.match(text, end):
        close = (
            next(
                (
                    q.start()
                    for q in re.finditer(r"[”\"]", text[end:high])
                    if "“" not in text[end : end + q.start()] and q.start() > 3
                ),
                high - end,
            )
            + end
        )
        then = bare(text, (end + len(re.match(r"[\s,]*(?:then\s+)?", text[end:close]).group()), close))  # type: ignore[union-attr]
    else:
        then = bare(text, then_before(text, low, m.start()))
    if reported := REPORTED.search(text, *then):
        then = bare(text, (then[0], reported.start()))
    if if_side[0] >= if_side[1] or len(text[slice(*then)].split()) < MIN_THEN:
        return None
    return if_side, then


def inverted(text: str, sentence: Span) -> Iterator[tuple[Span, Span, Span]]:
    """ "Should X happen, Y follows": marker, if-side, then-side."""
    offset = sentence[0]
    for m in INVERTED.finditer(text[slice(*sentence)]):
        begin, end = offset + m.start(), offset + m.end()
        stop = min(sentence[1], end + REACH)
        comma = text.find(",", end, stop)
        if comma < 0:
            main = MAIN.search(text, end + 8, stop)
            comma = main.start() if main else -1
        if comma > 0 and text[sentence[1] - 1] != "?":
            sides = bare(text, (end, comma)), bare(text, (comma + 1 if text[comma] == "," else comma, stop))
            if all(a < b for a, b in sides):
                yield (begin, end), *sides


def or_else(text: str, sentence: Span) -> Iterator[tuple[Span, Span, Span]]:
    """ "Do X, or else Y": the if-side is what is to be done."""
    for m in ELSE.finditer(text, *sentence):
        sides = (
            bare(text, then_before(text, max(sentence[0], m.start() - REACH), m.start())),
            bare(text, (m.end(), min(sentence[1], m.end() + REACH))),
        )
        if all(a < b for a, b in sides):
            yield trimmed(text, *m.span()), *sides


def in_sentence(text: str, sentence: Span) -> Iterator[tuple[Span, Span, Span]]:
    """Marker, if-side and then-side of each condition of a sentence."""
    last = -1
    for m in marker().finditer(text, *sentence):
        if m.start() < last:
            continue
        sides = side_of(text, sentence, m)
        if sides:
            last = sides[0][1]
            yield m.span(), *sides
    yield from inverted(text, sentence)
    yield from or_else(text, sentence)


def find(text: str) -> tuple[Condition, ...]:
    """The conditions of a text, in order; whose word each is, is told elsewhere."""
    out: list[Condition] = []
    for sentence in sentences(text):
        for mark, if_side, then in in_sentence(text, sentence):
            kind = kind_of(
                text[slice(*then)], text[max(sentence[0], mark[0] - REACH) : min(sentence[1], mark[1] + REACH)]
            )
            out.append(Condition(id=f"c{len(out) + 1}", if_=(if_side,), then=(then,), marker=(mark,), kind=kind))
    return tuple(out)
