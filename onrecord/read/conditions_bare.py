"""Conditions without a conjunction: what a noun phrase supposes, a level that stands first, and "one more bomb and we will leave".

1. "A fall below nine days would mean …", "any crossing of the river will be treated as …": the if-side is the subject, the then-side what would follow, and the marker the verb.
2. "Beyond 80 ships, the roads would be closed", "upon reaching 50,000 signatures, …": the if-side holds its preposition, which says on which side of the number it lies.
3. "One more bomb and we will leave". 4. "Do not cross the line or you will be shot". 5. "The talks may fail, in which case the blockade would be resumed".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache
from itertools import islice

from onrecord.read.conditions_sides import AUXILIARY, FUTURE, START, SUBJECT, bare, close_of, main_after, unreported
from onrecord.read.conditions_time import is_level
from onrecord.read.manner import lexicon
from onrecord.text import Span, Spans

Sides = tuple[Span, Span, Spans]
MODALS = ("would", "could", "might", "may", "will", "must", "shall")
ADVERB = r"(?:(?:also|then|still|only|not|\w+ly|almost certainly|no doubt|thus|therefore)\s+){0,2}"
FIRST = re.compile(
    r"(?:a|an|any|another|anything|more|fewer|less|at least|one more|nearly|\d|even|just|(?:los|winn|gain|reach|exceed|pass|fall|drop|keep|sell|hav|rais|cut)\w*ing)\b",
    re.I,
)
OR_MORE = re.compile(r"\bor\s+(?:more|fewer|less|above|over|below|higher|lower)\b")
FINITE = re.compile(
    r"\b(?:is|are|was|were|had|has|have|will|would|did|does|do|who|which|that|said|says|he|she|they|it|we)\b|[,;:“”\"()]"
)
CHOICE = re.compile(r"[,;—–“\"(]\s*|\b(?:and|but|that|because)\s+")
ASIDE = re.compile(r",\s+(?:if|unless|because|although|though|while|but|as|which|who|since)\b")
LEVEL = re.compile(
    r"(?:^|(?<=[“\"]))(?P<word>Above|Below|Beyond|Past|Under|At more than|At less than|At or (?:above|below)|(?:Upon|On|After)\s+(?:reaching|passing|exceeding|crossing|falling below|dropping below|rising above|topping))\s+(?:[^,.;:“”\"]|(?<=\d)[,.](?=\d)){1,60},"
)
FOLLOWS = re.compile(rf"\s*(?:{SUBJECT}|(?:[\w’'-]+\s){{1,5}}?)\s*{AUXILIARY}\b")
ONE_MORE = re.compile(
    r"(?:^|(?<=[“\"]))(?P<noun>(?:One|Two|Three|Another|Any|Just one)\s+(?:more\s+)?(?:[\w’'-]+\s){1,7}?)and\s+(?=(?:it|they|he|she|we|you|I|there)(?:['’](?:ll|d)\b|\s+(?:will|would|shall|could)\b))"
)
OR_WILL = re.compile(r"\bor\s+(?=(?:you|they|we|he|she|it|I|the\s\w+)(?:['’]ll\b|\s+(?:will|shall|risk)\b))")
CASE = re.compile(r"\b(?:in which case|in which event),?\s+")
THAT_CASE = re.compile(r"[“\"]?(?:In (?:that|such a) case|In that event|If so|In such an event),?\s+(?=\S)")
OPEN = re.compile(
    r"\b(?:may|might|could|can|unless|if|likely|unlikely|possible|possibly|perhaps|risk|would|chance)\b", re.I
)
ORDERED = re.compile(
    r"(?:^|[“\"]\s*)(?:Do\s+not|Don['’]t|Never|Stop|Leave|Let|Go|Stay|Give|Hand|Pay|Return|Release|Keep|Put|Pull|Open|Close|Surrender|Withdraw|Free)\b|\bmust\b|\b(?:has|have|had) to\b"
)
MOST = 20  # how many of a form are looked at in one sentence
LONGEST = 14  # words of a subject that supposes something
REACH = 400  # characters from a verb back to where its subject begins
MIN_THEN = 2


@cache
def verbs() -> re.Pattern[str]:
    """The verbs of what follows, behind their auxiliary."""
    table = lexicon("conditions")["supposed"]
    follows, answers = (
        "|".join(sorted(some, key=len, reverse=True))
        for some in ([*table["follows"], *table["weak"]], table["answers"])
    )
    return re.compile(rf"\b(?P<modal>{'|'.join(MODALS)})\s+{ADVERB}(?:(?P<follows>{follows})|(?P<answers>{answers}))\b")


@cache
def opener() -> re.Pattern[str]:
    """What a noun phrase that only might be begins with: "any", "a single"."""
    return re.compile(r"(?:" + "|".join(lexicon("conditions")["supposed"]["any"]) + r")\s", re.I)


def supposed(text: str, sentence: Span, words: Set[str]) -> Iterator[Sides]:
    """Marker, if-side and then-side of each condition of a sentence that has no conjunction; `words`: its words, lower case."""
    if not words.isdisjoint(MODALS):
        yield from by_subject(text, sentence)
    yield from by_level(text, sentence)
    yield from one_more(text, sentence)
    if "or" in words:
        yield from or_will(text, sentence)


def is_answer(mark: str) -> bool:
    """Whether a marker is a verb that answers what it follows from: "will be met with"."""
    m = verbs().match(mark)
    return bool(m and m["answers"])


def by_subject(text: str, sentence: Span) -> Iterator[Sides]:
    """ "More than 60 absences would be a mutiny"."""
    for m in islice(verbs().finditer(text, *sentence), MOST):
        subject = bare(text, (subject_start(text, max(sentence[0], m.start() - REACH), m.start()), m.start()))
        if supposes(text[slice(*subject)], m):
            stop = close_of(text, m.start(), min(sentence[1], m.end() + REACH))
            aside = ASIDE.search(text, m.end(), stop)
            then = unreported(text, bare(text, (m.start(), aside.start() if aside else stop)))
            if len(text[slice(*then)].split()) > MIN_THEN:
                yield m.span(), subject, (then,)


def subject_start(text: str, low: int, at: int) -> int:
    """Where the subject begins that ends at a verb: behind the last mark or word that opens a clause."""
    starts = [m.end() for pattern in (START, CHOICE) for m in pattern.finditer(text, low, at)]
    return max(starts, default=low)


def supposes(subject: str, verb: re.Match[str]) -> bool:
    """Whether a subject tells what only might be: a number that is passed, or "any" of something."""
    if not subject or len(subject.split()) > LONGEST or FINITE.search(subject):
        return False
    if opener().match(subject + " "):
        return (
            bool(verb["answers"])
            or verb["follows"] not in lexicon("conditions")["supposed"]["weak"]
            or is_level(subject)
        )
    unreal = verb["follows"] and verb["modal"] in ("would", "could", "might")
    return bool(unreal and is_level(subject) and (FIRST.match(subject) or OR_MORE.search(subject)))


def by_level(text: str, sentence: Span) -> Iterator[Sides]:
    """ "Beyond 80 ships, the roads would be closed"."""
    m = LEVEL.match(text, *sentence) or LEVEL.match(text, sentence[0] + 1, sentence[1])
    if m and is_level(m.group()) and FOLLOWS.match(text, m.end(), min(sentence[1], m.end() + REACH)):
        then = unreported(text, main_after(text, m.end() - 1, min(sentence[1], m.end() + REACH)))
        if FUTURE.search(text, *then):
            yield m.span("word"), (m.start(), m.end() - 1), (then,)


def one_more(text: str, sentence: Span) -> Iterator[Sides]:
    """ "One more bomb and we will leave"."""
    for start in (sentence[0], sentence[0] + 1):
        m = ONE_MORE.match(text, start, sentence[1])
        if m and not FINITE.search(m["noun"]):
            then = unreported(text, bare(text, (m.end(), close_of(text, m.end(), sentence[1]))))
            yield (m.end("noun"), m.end("noun") + 3), bare(text, m.span("noun")), (then,)
            return


def or_will(text: str, sentence: Span) -> Iterator[Sides]:
    """ "Do not cross the line or you will be shot": the if-side is what is ordered, and not doing it the condition."""
    for m in islice(OR_WILL.finditer(text, *sentence), MOST):
        low = max(sentence[0], m.start() - REACH)
        end = bare(text, (low, m.start()))[1]
        ordered = bare(text, (subject_start(text, low, end), end))
        if ORDERED.search(text[max(low, ordered[0] - 1) : ordered[1]]):
            then = unreported(text, bare(text, (m.end(), close_of(text, m.end(), min(sentence[1], m.end() + REACH)))))
            if len(text[slice(*then)].split()) >= MIN_THEN:
                yield bare(text, m.span()), ordered, (then,)


def in_which_case(text: str, before: Span, sentence: Span) -> Iterator[Sides]:
    """ "The talks may fail, in which case …", "The talks may fail. In that case, …": what was said to be open is the if-side."""
    for m in islice(CASE.finditer(text, *sentence), MOST):
        yield from open_case(text, max(sentence[0], m.start() - REACH), m, sentence)
    that = THAT_CASE.match(text, *sentence)
    if that and "\n" not in text[before[1] : sentence[0]]:
        yield from open_case(text, max(before[0], before[1] - REACH), that, sentence, before[1])


def open_case(text: str, low: int, m: re.Match[str], sentence: Span, end: int | None = None) -> Iterator[Sides]:
    """The sides of a case that begins at `low` and ends at `end`, or at the marker."""
    at = bare(text, (low, m.start()))[1] if end is None else end
    case = unreported(text, bare(text, (subject_start(text, low, at) if end is None else low, at)))
    then = unreported(text, bare(text, (m.end(), close_of(text, m.end(), min(sentence[1], m.end() + REACH)))))
    if OPEN.search(text, *case) and FUTURE.search(text, *then):
        yield bare(text, m.span()), case, (then,)
