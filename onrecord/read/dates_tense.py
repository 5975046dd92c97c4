"""Whether the words around a bare "Friday" look ahead or back.

The nearest verb before the date decides, back to the clause's start; where there is none (the date opens its clause),
the first one behind it, up to a quotation. Words are in `lexicon/dates.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.read.manner import lexicon
from onrecord.text import Span

WORD = re.compile(r"[A-Za-z][a-z]*(?:[’'](?!ll\b)[a-z]+)?|[’']ll\b|[,;:()“”\"]")
QUOTE = re.compile(r"[^\S\n][“\"]")  # what is said behind the date is of another time
BACK, ON = 400, 160  # code points that are looked at on either side
BE = frozenset(("is", "are", "am", "be", "'re", "’re", "was", "were", "not"))
NOW = frozenset(("is", "are", "am"))


@cache
def words(name: str) -> frozenset[str]:
    """A list of the lexicon's section on tense."""
    return frozenset(lexicon("dates")["tense"][name])


def is_past(word: str) -> bool:
    """Whether a word is a past form: on the list, or ending in -ed and no name."""
    return word.lower() in words("past") or (
        len(word) > 3 and word.islower() and word.endswith("ed") and word not in words("not_past")
    )


def verdict(tokens: list[str], i: int) -> bool | None:
    """What the word at `i` says: True ahead, False behind, None nothing, as a participle after "be" does."""
    word = tokens[i].lower()
    before = tokens[i - 1].lower() if i else ""
    after = tokens[i + 1].lower() if i + 1 < len(tokens) else ""
    if word in words("future") and tokens[i] != "May":
        return word not in ("may", "could", "might", "would", "should", "must") or after != "have"
    if word == "to" and (after == "be" or before in words("intent") or before in BE):
        return True
    if before in ("be", "being"):
        return None
    if word in words("planned") and (before in BE or after in ("for", "on", "in", "to", "by")):
        return True
    if word in words("present") and before not in words("before_noun"):
        return True
    if word in words("plain") and (
        before in words("plural") or (len(before) > 4 and before.endswith("s") and before.isalpha())
    ):
        return True
    if word in ("has", "have") and after == "until":
        return True
    if word in NOW:
        if i + 1 == len(tokens) or (i + 2 == len(tokens) and after in ("on", "in", "for")):
            return True
        return True if after.endswith("ing") and after not in ("being", "thing", "nothing") else None
    if before == "to" or before in words("future"):
        return None  # "would cut": a base form that looks like a past one
    return False if is_past(tokens[i]) else None


def supposed(before: Sequence[str], around: Sequence[str]) -> bool:
    """Whether a past verb stands in the condition of what would be: "would sue if it was not paid by Friday"."""
    last = max((i for i, w in enumerate(before) if w.lower() in ("if", "unless")), default=-1)
    return last >= 0 and "," not in before[last:] and "would" in around and "had" not in before[last:]


def ahead(text: str, span: Span, sentence: Span) -> bool | None:
    """True where the governing verb looks ahead, False where it looks back, None where no verb says."""
    start, end = span
    if re.search(
        r"\bsince[^\S\n](?:[a-z]+ing[^\S\n](?:\w+[^\S\n]){0,3})?$", text[max(sentence[0], start - 40) : start], re.I
    ):
        return False
    before = WORD.findall(text[max(sentence[0], start - BACK) : start])
    behind = WORD.findall(QUOTE.split(text[end : min(sentence[1], end + ON)], maxsplit=1)[0])
    back = next(((i, v) for i in range(len(before) - 1, -1, -1) if (v := verdict(before, i)) is not None), None)
    on = next(((i, v) for i in range(len(behind)) if (v := verdict(behind, i)) is not None), None)
    if back is not None and not back[1] and supposed(before[: back[0]], (*before, *behind)):
        return True
    if back is None:
        return on[1] if on else None
    opens = re.search(
        r"[,;:“”\"][^\S\n](?:(?:and|but|on|in|by|from|since|until|early|late|that)\s){0,3}$",
        text[max(sentence[0], start - 30) : start],
        re.I,
    )
    return on[1] if opens and on and on[0] < len(before) - back[0] else back[1]
