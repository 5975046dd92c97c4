"""Mends the edges of a decoded content.

1. A quotation that is mostly content is content as a whole, but for a reporting clause within it; so is one that holds
   all of a content.
2. A quotation left open at its paragraph's end goes on in the next paragraph, where that begins with a mark.
3. Edges: outer quotation marks of a wholly quoted fragment go, commas and dashes before the reporting clause go, a full
   stop stays; a mark without its partner goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.read.sentences import ABBREVIATION
from onrecord.text import Span, Spans, merge, overlap

MOSTLY = 0.6
SOME = 0.2  # enough of a quotation where the content holds nothing else
ADJECTIVE = re.compile(r"(?:an?|the|two|three|some|several|another)\s[A-ZÀ-Þ][a-zß-ÿ]+", re.I)
NOUN = re.compile(
    r"\s(?P<noun>(?!(?:also|then|who|which|that|has|have|had|is|was|were|later|[a-z]+ly)\b(?<!weekly)(?<!monthly)(?<!daily))[a-z]{3,})\s"
)
NAME = 80  # code points of a quotation that names a source
ORPHAN = 6  # words that make a quotation worth a speaker
CLOSE = "”»\"'"
PAIRS = {"“": "”", "«": "»", "„": "”", '"': '"', "‘": "’", "'": "'"}
EDGE = " \t\n,;:–—-"
WORD = re.compile(r"\w+")
STOP = re.compile(r"(?<=\w)[.!?](?=\s|$)")
TITLE = re.compile(r",\s+((?:the|an?|its|their|his|her)\s[^,.;:“”\"]*)$", re.I)
AS_SAID = re.compile(r"\bas\s+$")
BUT = re.compile(r",? but\b")
ENDS = re.compile(r"\n|[.!?][”\"’']*\s+[A-ZÀ-Þ“\"]")
SENTENCE = re.compile(r"[^.!?;\n]*")


def inner(text: str, quote: Span) -> Span:
    """A quotation without its outer marks."""
    start, end = quote
    while start < end and text[start] in "“”«»„\"`' ":
        start += 1
    while end > start and text[end - 1] in "“”«»„\"' ":
        end -= 1
    return start, end


def words_in(text: str, span: Span) -> int:
    """How many words a span holds."""
    return len(WORD.findall(text, *span))


def shared(text: str, content: Sequence[Span], quote: Span) -> float:
    """The share of a quotation's words that are content."""
    total = words_in(text, quote)
    common = ((max(s, quote[0]), min(e, quote[1])) for s, e in content if overlap((s, e), quote))
    return sum(words_in(text, c) for c in common) / total if total else 0.0


def whole(text: str, content: Spans, cue: Spans, quotes: Sequence[Span]) -> Spans:
    """The content with every quotation made whole that it mostly covers; the cue's own quotation is left as it is."""
    extra = []
    for quote in quotes:
        if not any(overlap(quote, c) for c in content):
            continue
        body = inner(text, quote)
        if body[0] >= body[1] or any(overlap(body, c) for c in cue):
            continue
        only = all(quote[0] <= s and e <= quote[1] for s, e in content)
        if (SOME if only else MOSTLY) <= shared(text, content, body) < 1:
            extra.append(body)
    return merge([*content, *extra]) if extra else content


def continued(text: str, content: Spans, quotes: Sequence[Span]) -> Spans:
    """The content with the paragraphs in which its open quotation goes on."""
    last = content[-1][1]
    current = next((q for q in quotes if q[0] <= last <= q[1] + 1 and overlap(q, content[-1])), None)
    extra: list[Span] = []
    while current and text[current[1] - 1] not in CLOSE and text[current[1] : current[1] + 1] in ("\n", ""):
        follow = next((q for q in quotes if q[0] > current[1] and not text[current[1] : q[0]].strip()), None)
        if follow is None:
            break
        extra.append(inner(text, follow))
        current = follow
    return (*content, *extra)


def orphans(text: str, contents: Sequence[Spans], quotes: Sequence[Span]) -> list[Span]:
    """Quotations of some length of which no word is anybody's content yet."""
    taken = [s for c in contents for s in c]
    free = (inner(text, q) for q in quotes)
    return [q for q in free if q[0] < q[1] and words_in(text, q) >= ORPHAN and not any(overlap(q, t) for t in taken)]


def introduces(text: str, content: Spans, cue: Spans, quote: Span) -> bool:
    """Whether a saying leads up to an orphan quotation: with a colon before its paragraph, or as the sentence before it."""
    end = max(e for _, e in (*content, *cue))
    between = text[end : max(end, quote[0])].rstrip('“"«„‘ ')
    if "\n" in between:
        return bool(re.fullmatch(r"[^\n.!?]{0,40}:\n+", between + "\n" * (not between.endswith("\n"))))
    return 0 < len(between) <= 60 and bool(re.fullmatch(r"[^.!?\n]{0,40}[.:]\s*", between))


def unpaired(text: str, span: Span) -> Span:
    """The span without a mark at an edge whose partner lies outside."""
    start, end = span
    words = text[start:end]
    opened = sum(words.count(m) for m in "“«„")
    closed = sum(words.count(m) for m in "”»")
    straight = words.count('"')
    if (
        words[:1] in ("”", "»")
        or (words[:1] in ("“", "«", "„") and opened > closed)
        or (words[:1] == '"' and straight % 2)
    ):
        return unpaired(text, (start + 1, end)) if end - start > 1 else span
    if (
        words[-1:] in ("“", "«", "„")
        or (words[-1:] in ("”", "»") and closed > opened)
        or (words[-1:] == '"' and straight % 2)
    ):
        return unpaired(text, (start, end - 1)) if end - start > 1 else span
    return span


def edges(text: str, span: Span) -> Span | None:
    """A fragment with its edges mended, or None where no word is left."""
    while True:
        before = span
        start, end = span
        while start < end and text[start] in EDGE:
            start += 1
        while end > start and text[end - 1] in EDGE:
            end -= 1
        span = (start, end)
        if not WORD.search(text, *span):
            return None
        mark = PAIRS.get(text[start])
        if mark and text[end - 1] == mark and text[start + 1 : end - 1].count(mark) == 0:
            span = (start + 1, end - 1)
        span = unpaired(text, span)
        if span == before:
            return span


def mend(text: str, content: Spans, cue: Spans, quotes: Sequence[Span]) -> Spans:
    """The content with its edges mended; empty where nothing is left."""
    fragments = continued(text, whole(text, content, cue, quotes), quotes)
    kept = [m for f in merge(fragments) if (m := edges(text, f))]
    if kept and STOP.match(text, kept[-1][1]):
        kept[-1] = (kept[-1][0], kept[-1][1] + 1)
    return tuple(kept)


def whole_name(source: Spans, cue: Spans, quotes: Sequence[Span]) -> Spans:
    """A source that is the end of a short quotation, as the whole quotation: “a senior official” said."""
    if len(source) != 1:
        return source
    for start, end in quotes:
        if (
            start < source[0][0]
            and source[0][1] <= end <= start + NAME
            and not any(overlap(c, (start, end)) for c in cue)
        ):
            return ((start, source[0][1]),)
    return source


def whole_noun(text: str, source: Spans, cue: Spans) -> Spans:
    """A source that ends with an adjective, with the noun that stands between it and its cue: "a Norlandian | weekly | reported"."""
    if len(source) != 1 or not cue or not ADJECTIVE.fullmatch(text, *source[0]):
        return source
    noun = NOUN.fullmatch(text, source[0][1], cue[0][0])
    return ((source[0][0], noun.end("noun")),) if noun else source


def divided(text: str, source: Spans, content: Spans) -> tuple[Spans, Spans]:
    """Source and content parted at the comma where the source's first words went to the content: "…, the daily | Nordpost has reported"."""
    if not source or not content or not 0 <= source[0][0] - content[-1][1] <= NAME:
        return source, content
    start, end = content[-1]
    m = TITLE.search(text, max(start, source[0][0] - NAME), source[0][0])
    if m is None or not start < m.start() < end:
        return source, content
    return ((m.start(1), source[0][1]), *source[1:]), (*content[:-1], (start, m.start()))


def parenthetical(text: str, source: Spans, cue: Spans, content: Spans) -> Spans:
    """The content of a saying put in between, "Moravia, as the envoy said, will not …": it goes on to the sentence's end."""
    first, last = min((*source, *cue)), max((*source, *cue))
    behind = content[-1]
    if (
        not AS_SAID.search(text[max(0, first[0] - 4) : first[0]])
        or not text.startswith(",", last[1])
        or behind[0] < last[1]
    ):
        return content
    rest = SENTENCE.match(text, behind[1] - 1)
    return (*content[:-1], (behind[0], max(behind[1], rest.end() if rest else 0)))


def one_sentence(text: str, content: Spans, quotes: Sequence[Span]) -> Spans:
    """A content that is one clause with "that", without the sentences behind it; full stops within quotation marks are none of its own."""
    start, end = content[-1]
    if not text.startswith("that ", start):
        return content
    for m in ENDS.finditer(text, start, end):
        if not any(a <= m.start() < b for a, b in quotes) and not ABBREVIATION.search(
            text[max(start, m.start() - 12) : m.start() + 1]
        ):
            return (*content[:-1], (start, m.start() + 1))
    return content


def clause(text: str, content: Spans, quotes: Sequence[Span]) -> Spans:
    """The indirect content of a nested saying up to a "but", with which the speaker around it goes on."""
    start, end = content[-1]
    if not text.startswith("that ", start):
        return content
    cut = next(
        (m for m in BUT.finditer(text, start, end) if not any(a < m.start() < b and start < a for a, b in quotes)), None
    )
    return (*content[:-1], (start, cut.start())) if cut else content


def tidy(text: str, spans: Spans) -> Spans:
    """A source or cue without marks at its fragments' edges; one that is nothing but a mark stays."""
    out = []
    for start, end in spans:
        a, b = start, end
        while a < b and not text[a].isalnum():
            a += 1
        while b > a and not text[b - 1].isalnum():
            b -= 1
        out.append((a, b) if a < b else (start, end))
    return tuple(out)
