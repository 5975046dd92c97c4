"""What a careful editor would flag. So far: a headline that misquotes its own body.

Each quoted phrase of the headline is looked for in the body. Where it stands nowhere as quoted there, but a quotation of
the body has nearly the same words and differs by one that matters (a prefix such as "anti-", a negation, a number, a word
in the middle), or begins with a "not", an "if" or an "anyone who thinks" that the headline cuts off, or goes on with an "only if" or "unless" that it cuts off, or has "could" for its "will", that is a misquote.
Any other part of a longer quotation, word for word, is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from onrecord.model import Finding
from onrecord.read.quotes import quoted, single
from onrecord.text import Span

WORD = re.compile(r"\w+(?:[’'.,]\w+)*")
MIN_WORDS, MAX_FINDINGS = 2, 2
SENTENCE = 4  # words of a headline's quotation, so that it may be a sentence
NEGATIONS = {"not", "no", "never", "hardly", "nobody", "nothing", "none", "neither"}
WHOLE = 3  # and words with which one may begin: "we will shoot"
FEW = 5  # words before a quotation's sentence that may turn it
STOP = re.compile(r"[.!?…;:]")
UNREAL = re.compile(
    r"(?:if|unless|suppose|imagine|(?:any|who|no)(?:one|body|ever)|(?:those|people|he|she|they)\swho)\b"
)
# What takes back a part of what stands before it: "we will shoot only if we are shot at".
LIMITED = re.compile(
    r"[\s,–—-]+(?:(?:but|and)\s)?(?:only\s(?:if|when|once|after|with|as)|if(?!\s(?:not|any|anything|ever|only)\b)|provided|on\scondition|unless|except|as\slong\sas|so\slong\sas)\b",
    re.I,
)
DENIED = re.compile(
    r"\b(?:not|no|never|hardly|neither|nor|den(?:y|ies|ied)|reject\w*|dismiss\w*|refut\w*)\b|n[’']t\b", re.I
)
MODALS = {"will", "would", "could", "can", "may", "might", "must", "should", "shall"}
CHANGES_SENSE = {
    "anti",
    "non",
    "pro",
    "un",
    "counter",
    "no",
    "not",
    "never",
    "without",
    "only",
    "all",
    "some",
    "most",
    "former",
    "ex",
    "partial",
    "alleged",
    "so",
    "called",
    "near",
    "pre",
    "post",
    "semi",
    "quasi",
    "self",
}


def words(text: str, span: Span) -> list[tuple[str, Span]]:
    """Folded words with their spans; a hyphenated word is several."""
    return [(m.group().lower().replace("’", "'"), m.span()) for m in WORD.finditer(text, *span)]


def contains(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Whether the words stand together in the longer list."""
    n = len(shorter)
    return any(list(longer[i : i + n]) == list(shorter) for i in range(len(longer) - n + 1))


def joined_before(text: str, body: list[tuple[str, Span]], i: int) -> bool:
    """Whether the i-th word is tied to the one before it by a hyphen."""
    return i > 0 and text[body[i - 1][1][1] : body[i][1][0]] == "-"


def lost_prefix(text: str, head: Sequence[str], body: list[tuple[str, Span]], bare: bool = False) -> Span | None:
    """The body's phrase where it has the headline's words with a hyphenated prefix before them, or None; with `bare` a "not" cut off before a sentence too, or a condition behind one."""
    folded = [w for w, _ in body]
    for i in range(len(body) - len(head) + 1):
        if folded[i : i + len(head)] != list(head):
            continue
        cut = bare and len(head) >= SENTENCE and is_turned(text, body, i)
        if cut or (joined_before(text, body, i) and folded[i - 1] in CHANGES_SENSE):
            start = sentence_start(text, body, i) if cut else i - 1
            return body[start][1][0], body[i + len(head) - 1][1][1]
        if bare and (behind := limited(text, body, i, i + len(head))):
            return body[i][1][0], body[behind][1][1]
    return None


def limited(text: str, body: list[tuple[str, Span]], i: int, end: int) -> int | None:
    """The last word of the sentence whose first words, the i-th up to the one at `end`, are limited by those that follow; None where they are not."""
    whole = end - i >= WHOLE and sentence_start(text, body, i) == i
    if not whole or end == len(body) or not LIMITED.match(text, body[end - 1][1][1], body[-1][1][1]):
        return None
    stops = (n for n in range(end, len(body) - 1) if STOP.search(text[body[n][1][1] : body[n + 1][1][0]]))
    return next(stops, len(body) - 1)


def sentence_start(text: str, body: list[tuple[str, Span]], i: int) -> int:
    """The first word of the sentence that the i-th word stands in."""
    return next((n for n in range(i, 0, -1) if STOP.search(text[body[n - 1][1][1] : body[n][1][0]])), 0)


def is_turned(text: str, body: list[tuple[str, Span]], i: int) -> bool:
    """Whether the few words of its sentence before the i-th turn what follows: "let nobody …", "anyone who thinks …", but not "no, …"."""
    start = sentence_start(text, body, i)
    if not 0 < i - start <= FEW or "," in text[body[start][1][1] : body[i][1][0]]:
        return False
    before = [w for w, _ in body[start:i]]
    return any(w in NEGATIONS or w.endswith("n't") for w in before) or bool(UNREAL.match(" ".join(before)))


def changed(head: Sequence[str], body: list[tuple[str, Span]]) -> Span | None:
    """The body's phrase where it differs from the headline's by a word that matters, or None."""
    folded = [w for w, _ in body]
    if len(head) < 3:
        return None
    if modal := other_modal(head, folded):
        return body[modal[0]][1][0], body[modal[1] - 1][1][1]
    match = SequenceMatcher(None, list(head), folded, autojunk=False)
    blocks = [b for b in match.get_matching_blocks() if b.size]
    common = sum(b.size for b in blocks)
    if not blocks or common < len(head) - 1 or common < 3:
        return None
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    extra = [folded[i] for i in range(first, last) if not any(b.b <= i < b.b + b.size for b in blocks)]
    missing = [head[i] for i in range(len(head)) if not any(b.a <= i < b.a + b.size for b in blocks)]
    sense = any(w in CHANGES_SENSE or w[:1].isdigit() for w in [*extra, *missing])
    return (body[first][1][0], body[last - 1][1][1]) if sense and len(extra) <= 2 else None


def other_modal(head: Sequence[str], body: Sequence[str]) -> Span | None:
    """Where the body has the headline's words with one modal for another: "could attack" for "will attack"."""
    for i in range(len(body) - len(head) + 1):
        differing = [(a, b) for a, b in zip(head, body[i : i + len(head)], strict=True) if a != b]
        if len(differing) == 1 and len(head) >= SENTENCE and set(differing[0]) <= MODALS:
            return i, i + len(head)
    return None


def misquotes(title: str | None, text: str) -> tuple[Finding, ...]:
    """Headline quotations that the body contradicts, at most two. `text` begins with the title."""
    if not title or not text.startswith(title):
        return ()
    marks = [*quoted(text), *single(text)]
    heads = [q for q in marks if q[1] <= len(title)]
    if not heads:
        return ()
    bodies = [words(text, q) for q in marks if q[0] >= len(title)]
    rest = [w for w, _ in words(text, (len(title), len(text)))]
    out = []
    for quote in heads:
        own = words(text, quote)
        head = [w for w, _ in own]
        if len(head) < MIN_WORDS:
            continue
        bare = not DENIED.search(title[: quote[0]] + title[quote[1] :]) and not LIMITED.search(title, quote[1])
        prefixed = [s for b in bodies if (s := lost_prefix(text, head, b, bare))]
        free = any(contains([w for w, _ in b], head) and not lost_prefix(text, head, b, bare) for b in bodies)
        found = prefixed[0] if prefixed and not free else None
        if not found and not prefixed and not contains(rest, head):
            found = next((s for b in bodies if (s := changed(head, b))), None)
        if found:
            here = (own[0][1][0], own[-1][1][1])
            note = f"the headline quotes “{text[slice(*here)]}”, the article “{text[slice(*found)]}”"
            out.append(Finding(kind="misquote", spans=(here, found), note=note))
    return tuple(out[:MAX_FINDINGS])
