"""Conditions: what would have to happen, and what would follow.

1. Markers are found, those that mean "whether" left out. 2. The if-side runs from its marker to the end of its clause:
a comma, a conjunction, or the subject and auxiliary of the main clause. 3. The then-side is the main clause: behind an
if-clause that opens a sentence, quotation or "that", on both sides of one set in commas, else before the marker; a
reporting clause between the two is passed over. 4. Inverted conditions ("should it …", "had it not …") and what follows
"or else" and "otherwise" are found by their own shapes. 5. The kind is told by the words of both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby, islice

from onrecord.model import Condition, ConditionKind
from onrecord.read.conditions_bare import in_which_case, is_answer, supposed
from onrecord.read.conditions_sides import (
    FUTURE,
    IRREAL,
    MAIN,
    around,
    bare,
    close_of,
    if_end,
    main_after,
    main_before,
    opens_clause,
    to_do,
    unreported,
)
from onrecord.read.conditions_time import CLAUSE, CLAUSE_HEAD, is_timed, may_open, timed
from onrecord.read.manner import lexicon
from onrecord.read.sentences import sentences
from onrecord.read.words_at import RUN
from onrecord.text import Span, Spans, words_of

NO_CONDITION = re.compile(
    r"\s+(?:not\b(?!\s+(?:\w+ed|given|taken|done|met|kept|found|paid|held|for)\b)|any\b(?!\s+\w+\s+\w+)|only\b(?!\s+(?:half|part|some|one|two|three|four|five|ten|\d|an? (?:few|third|quarter|fifth|tenth|fraction|handful|part|minority)\b))|ever\b|you (?:will|like|ask me|please|wish)\b(?=\s*[,.;—–])|at all\b|anything\b(?=\s*[,.]))"
)
NAMED = (
    r"(?:(?:the|a|an|any|this|that|these|those|its|his|her|their|our|no)\s+(?:[\w’'-]+\s+){1,5}?"
    r"|(?:it|they|he|she|we|you|I|anyone|someone|anything|something|there)\s+|(?:[A-Z][\w’'-]*\s+){1,4}"
    r"|(?!(?:not|never|also|have|be|been|being|only|still|all|now|already|just|ever|to|in|on|at|\w+ed|\w+ly|un\w+)\b)[a-z]+\s+)"
)
TURNED = frozenset({"should", "had", "were"})
INVERTED = re.compile(
    rf"(?:(?<=^)|(?<=[“\"(])|(?<=[.!?]\s)|(?<=[.!?][”\"’]\s))(?:Should|Had|Were)(?=\s+{NAMED})"
    rf"|(?<![\w.])(?:should|had|were)(?=\s+{NAMED})",
    re.M,
)
HAD = re.compile(
    rf"\s+{NAMED}(?:not\s+|never\s+|ever\s+|only\s+)?(?:been|\w+ed|known|taken|gone|come|done|made|got|had|won|lost|seen|met|paid|sent|left)\b"
)
SHOULD = re.compile(rf"\s+{NAMED}(?:not\s+|ever\s+)?[a-z]+")
WERE = re.compile(rf"\s+{NAMED}(?:not\s+|ever\s+)?(?:to\s+\w+|not|\w+ed|\w+ing|in|able|a|an|the)\b")
OF_CLAUSE = r"\s+(?:(?:the|a|an|any|this|that|its|his|her|their|our|no|another)\s+(?:[\w’'-]+\s+){1,5}?|(?:it|they|he|she|we|you|I|there|anyone|anything)\s+"
TURNED_SHOULD = re.compile(
    OF_CLAUSE
    + r"|(?!always\b|perhaps\b|sometimes\b)[a-z]+(?<!s)s\s+|[A-Z][\w’'-]*\s+(?:[A-Z][\w’'-]*\s+)*)(?:not\s+|ever\s+)?[a-z]+"
)
TURNED_WERE = re.compile(OF_CLAUSE + r"|[A-Z][\w’'-]*\s+(?:[A-Z][\w’'-]*\s+)*)(?:not\s+|ever\s+)?to\s+[a-z]+")
ASKS = re.compile(
    r"\b(?:why|how|where|when|what|which|who|whom|whether|nor|neither|so|only|than|as|it|they|he|she|we|you|I|this|that|there)\s*$",
    re.I,
)
PLURAL = re.compile(
    r"(?:s|\b(?:people|men|women|children|who|that|which|they|we|you|there|these|those|police|as|so|it|what))\s*$", re.I
)
INTRODUCED = re.compile(r"(?:^|[“\"(]|\bthat,?|,)\s*[“\"]?\s*$")
WARNED = re.compile(r"\bwarn(?:s|ed|ing)?\b|\bthreaten", re.I)
THREATENED = re.compile(r"\bwarn|\bthreat|response|respond|destroy|consequences", re.I)
FIRM = re.compile(r"\b(?:will|shall|won['’]t|must|pledged?|promised?|ready to|required)\b|['’]ll\b", re.I)
NO_SUBJECT = re.compile(
    r"(?<!\bhe)(?<!\bshe)(?<!\bit)(?<!\bthey)(?<!\bwe)(?<!\bI)(?<!\bwho)(?<!\bthat)(?<!\bwhich)\s*$"
)
DENIED = re.compile(
    rf"\s+{NAMED}(?:not\b|been\b|(?:\w+ed|known|come|gone|won|done)\b(?!\s+(?:a|an|the|his|her|its|their)\b))"
)
TIME_SPAN = re.compile(
    r"\s+(?:an?|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|several|many)\s+(?:\w+\s+)?(?:second|minute|hour|day|week|month|year|decade|centur|mile|metre|meter|kilomet)"
)
ELSE = re.compile(
    r"(?:,?\s+(?:or else|failing which|failing that)|(?:[,;]|\s[—–-])\s+(?:or |because |and |since )?otherwise),?\s+",
    re.I,
)
DOUBTED = re.compile(r"\b(?:or else|Or else|OR ELSE|[Oo]therwise|failing)\b")
DOUBTS = frozenset({"else", "otherwise", "failing"})
OTHERWISE = re.compile(r"[“\"]?(?:Otherwise|Or else|If not|Failing that|Failing which),?\s+(?=\S)")
DEMANDS = re.compile(
    r"\b(?:must|should|need|needs|has to|have to|had to|required|let us|let’s|let's|please|ought)\b", re.I
)
IF_SO = re.compile(r"If so,")  # what that is, the sentence before says
ASKED_TWICE = re.compile(r"\b(?:whether|asked if|asks if|know if|see if)\b[^.;]*\b(?:and|or)\s*$", re.I)
PROVIDED = re.compile(
    CLAUSE
    + r"(?!\w*\s*[,.;])(?:[^,.;]*?\s)?(?:is|are|was|were|has|have|had|can|do|does|did|will|would|not|be|\w+s|\w+ed)\b"
)
LEFT_OUT = ("without", "barring", "failing")
FAILING = re.compile(r"\s+(?:a|an|the|such|any|this|some)\s|\s+\w+(?:,|\s+(?:by|from|with|on|in)\b)")
KINDS = ("clause", "phrase", "soon", "level", "until")  # the lists of markers
MOST = 40  # how many markers of a kind are looked at in one sentence
MIN_THEN = 2
REACH = 800  # how many characters from its marker a side may lie: real sentences are shorter, hostile ones are not


@cache
def first_words() -> frozenset[str]:
    """The words that markers begin with."""
    table = lexicon("conditions")["marker"]
    return frozenset(w.split()[0] for kind in KINDS for w in table[kind])


@cache
def marker() -> re.Pattern[str]:
    """All markers, longer ones first, under their first letters: a third of the time that a plain list takes."""
    table = lexicon("conditions")["marker"]
    words = sorted((w for kind in KINDS for w in table[kind]), key=lambda w: (w[0], -len(w)))
    parts = (
        f"[{letter}{letter.upper()}](?i:" + "|".join(w[1:] for w in some) + ")"
        for letter, some in groupby(words, key=lambda w: w[0])
    )
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b")


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
def consent() -> re.Pattern[str]:
    """What an agreement may be subject to, within a few words."""
    return re.compile(r"\s+(?:[\w’'-]+\s+){0,3}?(?:" + "|".join(lexicon("conditions")["marker"]["consent"]) + r")\b")


@cache
def by_the_way() -> re.Pattern[str]:
    """What is left out only by the way: "comment", "naming anybody"."""
    words = "|".join(lexicon("conditions")["marker"]["manner"])
    return re.compile(rf"\s+(?:(?:any|further|a|the|much|more)\s+)*(?:(?:{words})\b|\w+ing\b)", re.I)


@cache
def kind_words(kind: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, lexicon("conditions")["kind"][kind])) + r")(?!\w)", re.I)


def kind_of(then: str, sentence: str, mark: str = "if", if_side: str = "") -> ConditionKind:
    """Indicator, warning, commitment or speculation, by the words of the then-side and its sentence.

    What holds even if something happens is neither feared nor shown by it: a commitment or a speculation.
    What follows "or else" and "otherwise" is a warning, and so are "one more bomb and …" and what any of something "will be met with".
    """
    if (
        mark.endswith(("else", "otherwise", "failing which", "failing that"))
        or mark in ("and", "or")
        or is_answer(mark)
    ):
        return "warning"
    if mark == "even if":
        firm = kind_words("commitment").search(then) and not IRREAL.search(then)
        return "commitment" if firm else "speculation"
    if kind_words("indicator").search(then) or kind_words("tested").search(if_side):
        return "indicator"
    firm = kind_words("commitment").search(then) and not IRREAL.search(then)
    if kind_words("warning").search(then) or WARNED.search(sentence):
        return "commitment" if firm and FIRM.search(then) and not THREATENED.search(sentence) else "warning"
    return "commitment" if firm else "speculation"


def is_condition(text: str, low: int, m: re.Match[str]) -> bool:
    """Whether a marker opens a condition at all: not "whether", "as if", "few, if any", "on condition of anonymity"."""
    word, before = m.group().lower(), text[low : m.start()]
    if word == "if":
        if IF_SO.match(text, m.start()):
            return False
        return not (asks_whether().search(before) or ASKED_TWICE.search(before) or NO_CONDITION.match(text, m.end()))
    if word in ("provided", "assuming"):
        return bool(re.search(r"(?:^|[,;—–“\"]\s*)$", before)) and bool(PROVIDED.match(text, m.end()))
    if word == "in case":
        return not re.match(r"\s*(?:[,.;]|you\b)", text[m.end() : m.end() + 8])
    if word in timed():
        return may_open(word, before, text, m.end())
    if word in LEFT_OUT:
        return is_left_out(word, text, low, m)
    if word == "subject to":
        return bool(consent().match(text, m.end())) and not re.search(
            r"\b(?:is|are|was|were|be|being|been|remains?|made)\s*$", before
        )
    if word == "in the case of":
        return bool(re.match(r"\s+(?:an?|any|another|such)\s", text[m.end() : m.end() + 10]))
    if word.endswith("long as"):
        return not TIME_SPAN.match(text, m.end())
    return not re.match(r"\s+anonymity", text[m.end() : m.end() + 10])


def is_left_out(word: str, text: str, low: int, m: re.Match[str]) -> bool:
    """Whether "without", "barring" or "failing" opens a sentence or quotation, and leaves out something that might be: not "without comment"."""
    opens = re.search(r"(?:^|[“(]|(?:^|\s)[\"‘]|\bthat\s)\s*$", text[low : m.start()])
    return (
        bool(opens)
        and not by_the_way().match(text, m.end())
        and (word != "failing" or bool(FAILING.match(text, m.end())))
    )


def side_of(text: str, sentence: Span, m: re.Match[str]) -> tuple[Span, Spans] | None:
    """The if-side and then-side of one marker, or None where it opens no condition."""
    word = m.group().lower()
    low, high = max(sentence[0], m.start() - REACH), min(sentence[1], m.end() + REACH)
    phrase = word in lexicon("conditions")["marker"]["phrase"]
    if not is_condition(text, low, m):
        return None
    if not phrase and word not in timed() and (found := around(text, low, m, high)):
        return found
    end = if_end(text, m.end(), high, phrase)
    if_side = bare(text, (m.end(), end))
    opens = opens_clause(text, low, m.start()) or bool(MAIN.match(text, end))
    then = main_after(text, end, high) if opens else main_before(text, low, m.start())
    if opens and len(text[slice(*then)].split()) < MIN_THEN:
        then = main_before(text, low, m.start())
    then = unreported(text, then)
    then = then if opens else to_do(text, then, if_side)
    if if_side[0] >= if_side[1] or len(text[slice(*then)].split()) < MIN_THEN:
        return None
    if word in timed() and not is_timed(
        word,
        text[slice(*if_side)],
        text[slice(*then)],
        text[low : m.start()],
        word == "as soon as"
        or word.endswith("that")
        or word.startswith("only")
        or bool(CLAUSE_HEAD.match(text, m.end())),
    ):
        return None
    if word in LEFT_OUT and not FUTURE.search(text, *then):
        return None
    return if_side, (then,)


def inverted_here(text: str, low: int, m: re.Match[str], stop: int) -> bool:
    """Whether "should", "had" or "were" before a subject opens a condition rather than asks or tells."""
    before, word = text[low : m.start()], m.group().lower()
    shape = {"should": SHOULD, "had": HAD, "were": WERE}[word]
    if not shape.match(text, m.end(), stop):
        return False
    if m.group()[0].isupper():
        return True
    unreal = IRREAL.search(before) or IRREAL.search(text, m.end(), stop)
    if INTRODUCED.search(before):
        return word == "should" or bool(unreal)
    if word == "should":
        return bool(
            (IRREAL.search(before) or FUTURE.search(before))
            and TURNED_SHOULD.match(text, m.end())
            and not ASKS.search(before)
        )
    if word == "were":
        return bool(IRREAL.search(before) and TURNED_WERE.match(text, m.end()) and not PLURAL.search(before))
    return word == "had" and bool(IRREAL.search(before) and NO_SUBJECT.search(before) and DENIED.match(text, m.end()))


def inverted(text: str, sentence: Span) -> Iterator[tuple[Span, Span, Spans]]:
    """ "Should X happen, Y follows", "Y would follow had X happened": marker, if-side, then-side."""
    for m in islice(INVERTED.finditer(text, *sentence), MOST):
        low, stop = max(sentence[0], m.start() - REACH), min(sentence[1], m.end() + REACH)
        if not inverted_here(text, low, m, stop) or "?" in text[sentence[1] - 3 : sentence[1]]:
            continue
        opens = (
            m.group()[0].isupper() or opens_clause(text, low, m.start()) or text[low : m.start()].rstrip()[-1:] == ","
        )
        end = if_end(text, m.end(), stop, phrase=False)
        if_side = bare(text, (m.end(), end))
        then = main_after(text, end, stop) if opens and end < stop else main_before(text, low, m.start())
        then = unreported(text, then)
        if if_side[0] < if_side[1] and len(text[slice(*then)].split()) >= MIN_THEN:
            yield m.span(), if_side, (then,)


def or_else(text: str, sentence: Span) -> Iterator[tuple[Span, Span, Spans]]:
    """ "Do X, or else Y", "X; otherwise, Y": the if-side is what is to be done, and not doing it the condition."""
    for m in islice(ELSE.finditer(text, *sentence), MOST):
        if_side = main_before(text, max(sentence[0], m.start() - REACH), m.start())
        then = unreported(text, bare(text, (m.end(), close_of(text, m.end(), min(sentence[1], m.end() + REACH)))))
        firm = " else" in m.group().lower() or IRREAL.search(text, *then) or FUTURE.search(text, *then)
        if firm and if_side[0] < if_side[1] and len(text[slice(*then)].split()) >= MIN_THEN:
            yield bare(text, m.span()), if_side, (then,)


def otherwise(text: str, before: Span, sentence: Span) -> Iterator[tuple[Span, Span, Spans]]:
    """ "X must be done. Otherwise, Y.": the if-side is the sentence before."""
    m = OTHERWISE.match(text, *sentence)
    if (
        not m
        or "\n" in text[before[1] : sentence[0]]
        or not DEMANDS.search(text, max(before[0], before[1] - REACH), before[1])
    ):
        return
    if_side = unreported(text, bare(text, (max(before[0], before[1] - REACH), before[1])))
    then = unreported(text, bare(text, (m.end(), min(sentence[1], m.end() + REACH))))
    if FUTURE.search(text, *then) and if_side[0] < if_side[1]:
        yield bare(text, m.span()), if_side, (then,)


def in_sentence(text: str, before: Span, sentence: Span) -> Iterator[tuple[Span, Span, Spans]]:
    """Marker, if-side and then-side of each condition of a sentence; `before` is the sentence before it."""
    words = frozenset(RUN.findall(text[slice(*sentence)].lower()))
    last = -1
    for m in islice(marker().finditer(text, *sentence), MOST) if not words.isdisjoint(first_words()) else ():
        if m.start() < last:
            continue
        sides = side_of(text, sentence, m)
        if sides:
            last = sides[0][1]
            yield m.span(), *sides
    if not words.isdisjoint(TURNED):
        yield from inverted(text, sentence)
    yield from supposed(text, sentence, words)
    if not words.isdisjoint(DOUBTS) and DOUBTED.search(text, *sentence):
        yield from or_else(text, sentence)
    yield from in_which_case(text, before, sentence)
    yield from otherwise(text, before, sentence)


def find(text: str) -> tuple[Condition, ...]:
    """The conditions of a text, sentence by sentence; whose word each is, is told elsewhere."""
    out: list[Condition] = []
    before = (0, 0)
    for sentence in sentences(text):
        for mark, if_side, then in in_sentence(text, before, sentence):
            kind = kind_of(
                words_of(text, then),
                text[max(sentence[0], mark[0] - REACH) : min(sentence[1], mark[1] + REACH)],
                text[slice(*mark)].lower(),
                text[slice(*if_side)],
            )
            out.append(Condition(id=f"c{len(out) + 1}", if_=(if_side,), then=then, marker=(mark,), kind=kind))
        before = sentence
    return tuple(out)
