"""The two sides of a condition as stretches of text: where its clause ends, and where the main clause lies.

The if-side runs from its marker to the end of its clause: a comma, a conjunction, or the subject and auxiliary of the main clause. The then-side is the main clause:
behind an if-clause that opens a sentence, quotation or "that", on both sides of one set in commas, else before the marker; a reporting clause between the two is passed over.
"""

from __future__ import annotations

import re

from onrecord.read.sentences import trimmed
from onrecord.text import Span, Spans

SUBJECT = r"(?:it|this|that|they|he|she|we|you|I|there|these|those|(?:the|a|an|its|their|our|his|her)\s+(?!(?:it|they|he|she|we|you|I)\b)\w+(?:\s(?!(?:it|they|he|she|we|you|there|this)\b)\w+){0,2})"
AUXILIARY = (
    r"(?:could|would|will|may|might|can|should|shall|must|is|are|was|were|has|have|had|won['’]t|can['’]t|cannot)"
)
MAIN = re.compile(rf"(?<=\s){SUBJECT}(?:\s(?:then|also))?\s+{AUXILIARY}\b|(?<=\s){SUBJECT}['’](?:ll|d)\b")
RELATIVE = re.compile(r"\s(?:that|which|who)\s")  # "a strike that has choked the port" begins no main clause
TURNED = re.compile(rf"(?<=\s)(?:can|will|could|would|may|must|should|is|are)\s+{SUBJECT}\s")
PHRASE_END = re.compile(
    r",(?!\d)|;|[—–]|\s(?:and|but|or)\s|\b(?:that|which|who)\b|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSt)[.!?](?:\s|$)|[”\"]"
)
CLAUSE_END = re.compile(r",(?!\d)|;|:\s|\s[—–-]\s|[—–]|[!?]|\.(?:\s|$|[”\"])|[”\"]")
OPENING = re.compile(r"(?:^|[“‘(:;]|,|\b(?:that|and|but|because|while|or|so|then|as)\b|—|–|\s-)\s*[“\"‘']?\s*$")
ALONE = re.compile(
    r"(?:so|not|needed|necessary|possible|confirmed|true|required|asked|successful|approved|convicted|elected)$", re.I
)
START = re.compile(
    r"\b(?:that|because|but|while|whereby|where)\s+|\b(?:said|says|stated|added|warned|insisted|argued|announced)\s+(?=(?:it|he|she|they|we|the|there|its|his)\b)|\b(?:said|warned|told\s+\w+)\s+(?:on|in|late|earlier|yesterday|today)\b(?:\s+[\w’'-]+){0,3}?\s+(?=(?:it|he|she|they|we)\b)|[:;]\s+|[—–]\s*"
)
IRREAL = re.compile(r"\b(?:would|could|might|may)\b", re.I)
SAYING = r"(?:[\w.’'-]+\s){0,6}?(?:said|says|added|warned|explained|noted|argued|insisted|stressed|continued|told)(?:\s[^,.;“”\"]{1,60})?"
REPORTED = re.compile(
    r",\s+(?:[\w.’'-]+\s){1,6}(?:said|says|added|warned|explained|noted|argued|insisted|stressed|wrote|predicted|declared|announced)$|,\s+(?:said|says|added|warned)\s[^,]{2,60}$"
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
EDGE = " ,;:—–-\t"
LONG_THEN = 12


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
        end = m.start() if m else stop
        return next(
            (m.start() for m in MAIN.finditer(text, start + 1, end) if starts_main(text[start : m.start()], 2)), end
        )
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
    mains = (m for m in MAIN.finditer(text, start + 1, end) if not RELATIVE.search(m.group()))
    return next((m.start() for m in mains if starts_main(text[start : m.start()])), end)


def starts_main(before: str, least: int = 3) -> bool:
    """Whether a subject with an auxiliary, after these words of an if-clause, begins the main clause."""
    return bool(ALONE.search(before.strip())) or (
        len(before.split()) >= (2 if BRIEF.match(before) else least)
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
