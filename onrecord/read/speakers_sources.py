"""What the words of a source say by themselves: the head noun, the kind of speaker, whether it is named."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.model import Attribution, SpeakerKind
from onrecord.read.entities_names import Entity
from onrecord.read.entities_roles import role_head
from onrecord.read.manner import lexicon
from onrecord.text import envelope, words_of

ARTICLE = re.compile(
    r"^(?:the|a|an|this|these|those|that|his|her|its|their|our|one|another|both|some|same|said)\s+", re.I
)
TAIL = re.compile(r",\s|\s+(?:who|which|that|whose|where|speaking|including)\b|\s+\(")


@cache
def word_pattern(group: str) -> re.Pattern[str]:
    """The words of a speaker kind, whole words only."""
    words = lexicon("speakers")[group]["words"]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)", re.I)


def bare(source: str) -> str:
    """A description without article and relative clause, on one line."""
    source = " ".join(source.split())
    cut = TAIL.search(source, 3)
    head = source[: cut.start()] if cut else source
    return ARTICLE.sub("", head).strip(" ,;:‘’“”\"'") or source


@lru_cache(maxsize=8192)
def head_of(description: str) -> str:
    """The head noun of a description: the last word before a preposition."""
    words = re.split(r"\s+(?:of|for|at|from|in|on|close|familiar|with|to|near|within|by|inside|under)\b", description)[
        0
    ].split()
    return words[-1].lower() if words else ""


def proper(description: str) -> bool:
    """Whether a description is nothing but capitalised words and the small ones between them."""
    return all(w[0].isupper() or w in ("of", "the", "and", "for", "in") for w in description.split())


def kind_of(description: str, source: str) -> SpeakerKind:
    """The kind of a speaker that has no proper name."""
    head = head_of(description)
    if (
        proper(description)
        and not role_head().fullmatch(head)
        and not word_pattern("document").fullmatch(head)
        and not word_pattern("outlet").fullmatch(description.lower())
    ):
        return (
            "collective"
            if word_pattern("collective").fullmatch(head)
            or (" " not in description and source[:1] == description[:1] and description.endswith("s"))
            else "named"
        )
    if word_pattern("anonymous").search(source) or re.match(
        r"(?:colleagues|officials|diplomats|people|friends|aides|insiders) (?:from|in|of|at) (?:some|several|certain|various)\b",
        source,
        re.I,
    ):
        return "anonymous"
    if word_pattern("document").fullmatch(head):
        return "document"
    if word_pattern("outlet").fullmatch(head) or head == "media":
        return "outlet"
    if word_pattern("collective").fullmatch(head) or (
        head.endswith("s") and not head.endswith("ss") and not source.lower().startswith(("a ", "an "))
    ):
        return "collective"
    return "described"


SEVERAL = re.compile(
    r"(?:(?:at least |more than |some |about )?(?:two|three|four|five|six|seven|eight|nine|ten|several|some|\d{1,2}|a (?:number|handful|group|pair|couple|dozen) of)"
    r"(?: of)?(?: (?:its|the|their|his|her|other|more))?)\s+(.+)$",
    re.I | re.S,
)
NOT_NAMED = re.compile(
    r"\s*,?\s(?:who|whom|which)\b[^.;“”]{0,40}\b(?:not|declined|refused|without|n['’]t)\b[^.;“”]{0,30}\bnam(?:e|ed|ing)\b"
)
TOLD_IT = re.compile(r"(?<=told)\s(?:it|us|the (?:paper|newspaper|weekly|magazine|daily|agency|broadcaster|website))\b")
CITING = re.compile(r"citing|quoting|cited|quoted|cites|quotes")


def is_unnamed(source: str) -> bool:
    """Whether a source is officials without a name: "two officers of the customs office", "a diplomat"."""
    several, table = SEVERAL.match(source), lexicon("speakers")["anonymous"]
    head = head_of(bare(several[1] if several else source))
    if several:
        return head in table["tellers_several"]
    return source.lower().startswith(("a ", "an ", "one ", "another ")) and head in table["tellers"]


def stays_unnamed(text: str, a: Attribution, venue: Entity | None) -> bool:
    """Whether a source without a name tells an outlet, is cited by one, or is said not to be named."""
    start, end = envelope(a.source)
    told = (
        venue is not None
        or CITING.fullmatch(words_of(text, a.cue))
        or TOLD_IT.match(text, a.cue[-1][1], a.cue[-1][1] + 40)
    )
    return (bool(told) and is_unnamed(text[start:end])) or NOT_NAMED.match(text, end, end + 100) is not None
