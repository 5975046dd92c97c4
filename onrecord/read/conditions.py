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
from itertools import islice

from onrecord.model import Condition, ConditionKind
from onrecord.read.manner import lexicon
from onrecord.read.sentences import sentences, trimmed
from onrecord.text import Span, Spans, words_of

SUBJECT = r"(?:it|this|that|they|he|she|we|you|I|there|these|those|(?:the|a|an|its|their|our|his|her)\s+(?!(?:it|they|he|she|we|you|I)\b)\w+(?:\s(?!(?:it|they|he|she|we|you|there|this)\b)\w+){0,2})"
AUXILIARY = (
    r"(?:could|would|will|may|might|can|should|shall|must|is|are|was|were|has|have|had|won['’]t|can['’]t|cannot)"
)
MAIN = re.compile(rf"(?<=\s){SUBJECT}(?:\s(?:then|also))?\s+{AUXILIARY}\b|(?<=\s){SUBJECT}['’](?:ll|d)\b")
TURNED = re.compile(rf"(?<=\s)(?:can|will|could|would|may|must|should|is|are)\s+{SUBJECT}\s")
PHRASE_END = re.compile(
    r",(?!\d)|;|[—–]|\s(?:and|but|or)\s|\b(?:that|which|who)\b|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSt)[.!?](?:\s|$)|[”\"]"
)
CLAUSE_END = re.compile(r",(?!\d)|;|:\s|\s[—–-]\s|[—–]|[!?]|\.(?:\s|$|[”\"])|[”\"]")
OPENING = re.compile(r"(?:^|[“‘(:;]|,|\b(?:that|and|but|because|while|or|so|then|as)\b|—|–|\s-)\s*[“\"‘']?\s*$")
NO_CONDITION = re.compile(
    r"\s+(?:not\b(?!\s+(?:\w+ed|given|taken|done|met|kept|found|paid|held|for)\b)|any\b(?!\s+\w+\s+\w+)|only\b|ever\b|you (?:will|like|ask me|please|wish)\b(?=\s*[,.;—–])|at all\b|anything\b(?=\s*[,.]))"
)
ALONE = re.compile(
    r"(?:so|not|needed|necessary|possible|confirmed|true|required|asked|successful|approved|convicted|elected)$", re.I
)
START = re.compile(
    r"\b(?:that|because|but|while|whereby|where)\s+|\b(?:said|says|stated|added|warned|insisted|argued|announced)\s+(?=(?:it|he|she|they|we|the|there|its|his)\b)|[:;]\s+|[—–]\s*"
)
NAMED = (
    r"(?:(?:the|a|an|any|this|that|these|those|its|his|her|their|our|no)\s+(?:[\w’'-]+\s+){1,5}?"
    r"|(?:it|they|he|she|we|you|I|anyone|someone|anything|something|there)\s+|(?:[A-Z][\w’'-]*\s+){1,4}"
    r"|(?!(?:not|never|also|have|be|been|being|only|still|all|now|already|just|ever|to|in|on|at|\w+ed|\w+ly|un\w+)\b)[a-z]+\s+)"
)
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
IRREAL = re.compile(r"\b(?:would|could|might|may)\b", re.I)
ELSE = re.compile(r"(?:,?\s+or else|(?:[,;]|\s[—–-])\s+(?:or |because |and |since )?otherwise),?\s+", re.I)
OTHERWISE = re.compile(r"[“\"]?(?:Otherwise|Or else|If not),?\s+(?=\S)")
DEMANDS = re.compile(
    r"\b(?:must|should|need|needs|has to|have to|had to|required|let us|let’s|let's|please|ought)\b", re.I
)
SAYING = r"(?:[\w.’'-]+\s){0,6}?(?:said|says|added|warned|explained|noted|argued|insisted|stressed|continued|told)(?:\s[^,.;“”\"]{1,60})?"
REPORTED = re.compile(
    r",\s+(?:[\w.’'-]+\s){1,6}(?:said|says|added|warned|explained|noted|argued|insisted|stressed)$|,\s+(?:said|says|added|warned)\s[^,]{2,60}$"
)
SAID_BETWEEN = re.compile(rf"(?:,|(?<=[”\"]))\s*{SAYING},\s*[“\"]?$")
SAID_AFTER = re.compile(rf",?[”\"]?,?\s*{SAYING},\s*(?=[“\"])")
FUTURE = re.compile(r"\b(?:will|shall|won['’]t|can|cannot|must|may|would|could)\b|['’]ll\b", re.I)
PAST = re.compile(r"\b(?:was|were|had|did|went|came|became|got|took|made|said|began|saw|left|\w{3,}ed)\b", re.I)
HAS = re.compile(r"\b(?:has|have|is|are|been|be)\b", re.I)
BRIEF = re.compile(
    r"\s*(?:it|they|he|she|we|you|I)\s+(?!(?:not|never|think|thinks|believe|feel|want|know|say|says|see|hope|can|could|do|does|did|have|has|had|are|is|were|was|will|would|ever)\b)\w+",
    re.I,
)  # a pronoun and its verb
ONLY_THEN = re.compile(
    r"\b(?:will|can|may|would|could|must|should)\s+only\s+(?:\w+\s+){1,5}$(?<!time )(?<!moment )(?<!point )|\bonly\s*$",
    re.I,
)
WHEN = ("once", "when", "only when", "only once", "if and when", "when and if")
ASKED_TWICE = re.compile(r"\b(?:whether|asked if|asks if|know if|see if)\b[^.;]*\b(?:and|or)\s*$", re.I)
CLAUSE = (
    r"\s+(?:(?:the|a|an|any|this|that|these|those|its|his|her|their|our|no|all|both|each|every|some)\s+\w+"
    r"|(?:it|they|he|she|we|you|I|there|everyone|nobody)\b|[A-Z])"
)
CLAUSE_HEAD = re.compile(CLAUSE)
PROVIDED = re.compile(
    CLAUSE
    + r"(?!\w*\s*[,.;])(?:[^,.;]*?\s)?(?:is|are|was|were|has|have|had|can|do|does|did|will|would|not|be|\w+s|\w+ed)\b"
)
EDGE = " ,;:—–-\t"
MOST = 40  # how many markers of a kind are looked at in one sentence
MIN_THEN = 2
LONG_THEN = 12
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


def kind_of(then: str, sentence: str, mark: str = "if", if_side: str = "") -> ConditionKind:
    """Indicator, warning, commitment or speculation, by the words of the then-side and its sentence.

    What holds even if something happens is neither feared nor shown by it: a commitment or a speculation.
    What follows "or else" and "otherwise" is a warning.
    """
    if mark.endswith(("else", "otherwise")):
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
    if text[max(0, start - 9) : start].endswith(("Only if", "Only when", "Only once")) and (
        turned := TURNED.search(text, start + 8, end)
    ):
        return turned.start()
    return next((m.start() for m in MAIN.finditer(text, start + 1, end) if starts_main(text[start : m.start()])), end)


def starts_main(before: str) -> bool:
    """Whether a subject with an auxiliary, after these words of an if-clause, begins the main clause."""
    return bool(ALONE.search(before.strip())) or (
        len(before.split()) >= (2 if BRIEF.match(before) else 3)
        and not re.search(
            r"\b(?:that|which|who|whom|where|when|if|and|or|than|as|because|what|how|to|of|for|in|on|with|by|from|at|against|under|,)\s*$",
            before,
        )
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


def quoted_open(text: str, low: int, at: int) -> bool:
    """Whether a quotation stands open at a place of a sentence that begins at `low`."""
    part = text[low:at]
    return part.count("“") > part.count("”") or part.count('"') % 2 == 1


def opens_clause(text: str, low: int, at: int) -> bool:
    """Whether a marker opens its sentence, quotation or clause, so that the main clause follows it."""
    before = text[low:at]
    if re.search(r"[”\"]\s*$", before) and not quoted_open(text, low, at):
        return False
    return bool(OPENING.search(before) and not re.search(r"\w,\s*$", before)) or len(before.split()) < 2


def close_of(text: str, at: int, high: int) -> int:
    """Where a main clause that begins at `at` ends: the quotation mark that closes it, or the sentence's end."""
    for q in re.finditer(r"[”\"]|[;]|\s[—–]\s", text[at:high]):
        inner = text[at : at + q.start()]
        if q.start() > 3 and "“" not in inner and inner.count('"') % 2 == 0:
            return at + q.start()
    return high


def main_after(text: str, end: int, high: int) -> Span:
    """The main clause behind an if-clause that ends at `end`; a reporting clause between them is passed over."""
    if said := SAID_AFTER.match(text, end, high):
        end = said.end() + 1
    lead = re.compile(r"[\s,]*(?:then\s+)?").match(text, end, high)
    begin = lead.end() if lead else end
    return bare(text, (begin, close_of(text, begin, high)))


def main_before(text: str, low: int, at: int) -> Span:
    """The main clause that ends where a marker begins; a reporting clause between them is passed over."""
    if said := SAID_BETWEEN.search(text, low, at):
        at = said.start()
    return bare(text, then_before(text, low, at))


def unreported(text: str, span: Span) -> Span:
    """A main clause without the reporting clause at its end."""
    said = REPORTED.search(text, *span)
    return bare(text, (span[0], said.start())) if said else span


def around(text: str, low: int, m: re.Match[str], high: int) -> tuple[Span, Spans] | None:
    """The sides of an if-clause set between commas: "Cholera, if untreated, can kill". None where it is not."""
    if not re.search(r"\w,\s*$", text[low : m.start()]):
        return None
    end = if_end(text, m.end(), high, phrase=False)
    if text[end : end + 1] != "," or re.match(r"\s*(?:and|or|but)\b", text[end + 1 : high][:8]):
        return None
    before, after = bare(text, then_before(text, low, m.start())), main_after(text, end, high)
    after = unreported(text, after)
    clause = text[slice(*before)]
    parts = (after,) if linking(clause) or MAIN.match(" " + text[slice(*after)], 1) else (before, after)
    whole = tuple(p for p in parts if p[0] < p[1])
    return (bare(text, (m.end(), end)), whole) if whole else None


def linking(clause: str) -> bool:
    """Whether nothing of the main clause stands before a set-in if-clause: a conjunction or a reporting verb only."""
    return not clause or bool(re.search(r"\b(?:and|but|so|that|because|then|which|who|said|says|while)$", clause, re.I))


def is_condition(text: str, low: int, m: re.Match[str]) -> bool:
    """Whether a marker opens a condition at all: not "whether", "as if", "few, if any", "on condition of anonymity"."""
    word, before = m.group().lower(), text[low : m.start()]
    if word == "if":
        return not (asks_whether().search(before) or ASKED_TWICE.search(before) or NO_CONDITION.match(text, m.end()))
    if word == "provided":
        return bool(re.search(r"(?:^|[,;—–“\"]\s*)$", before)) and bool(PROVIDED.match(text, m.end()))
    if word == "in case":
        return not re.match(r"\s*(?:[,.;]|you\b)", text[m.end() : m.end() + 8])
    if word in ("once", "when") and not CLAUSE_HEAD.match(text, m.end()):
        return False
    if word == "in the case of":
        return bool(re.match(r"\s+(?:an?|any|another|such)\s", text[m.end() : m.end() + 10]))
    if word in ("as long as", "so long as"):
        return not TIME_SPAN.match(text, m.end())
    if word == "when":
        return bool(ONLY_THEN.search(before))
    return not re.match(r"\s+anonymity", text[m.end() : m.end() + 10])


def conditional_when(if_side: str, then: str) -> bool:
    """Whether "once" opens a condition: its clause is not past, and something will or can follow."""
    finite = re.search(r"\b(?:has|have|is|are)\b|\b(?:it|they|he|she|we|you|I|\w+s)\s", if_side)
    return bool(FUTURE.search(then) and finite and (HAS.search(if_side) or not PAST.search(if_side)))


def to_do(text: str, then: Span, if_side: Span) -> Span:
    """The last infinitive of a long clause that tells of the past, where what is not past yet conditions it.

    "They were sent to the border …, to close it if the talks fail": the talks condition the closing, not the sending.
    """
    told = text[slice(*then)]
    if len(told.split()) < LONG_THEN or FUTURE.search(told) or not PAST.search(told) or PAST.search(text, *if_side):
        return then
    last = None
    for m in re.finditer(r"\bto\s+(?!the\b|a\b|an\b|its\b|their\b)[a-z]+(?:\s+\S+){2,}", told):
        last = m
    while last and (inner := re.compile(r"\bto\s+(?!the\b|a\b|an\b)[a-z]+\s+\S+\s+\S+").search(told, last.start() + 3)):
        last = inner
    return (then[0] + last.start(), then[1]) if last else then


def side_of(text: str, sentence: Span, m: re.Match[str]) -> tuple[Span, Spans] | None:
    """The if-side and then-side of one marker, or None where it opens no condition."""
    word = m.group().lower()
    low, high = max(sentence[0], m.start() - REACH), min(sentence[1], m.end() + REACH)
    phrase = word in lexicon("conditions")["marker"]["phrase"]
    if not is_condition(text, low, m):
        return None
    if not phrase and word not in WHEN and (found := around(text, low, m, high)):
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
    if word in WHEN and not conditional_when(text[slice(*if_side)], text[slice(*then)]):
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
    last = -1
    for m in islice(marker().finditer(text, *sentence), MOST):
        if m.start() < last:
            continue
        sides = side_of(text, sentence, m)
        if sides:
            last = sides[0][1]
            yield m.span(), *sides
    yield from inverted(text, sentence)
    yield from or_else(text, sentence)
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
