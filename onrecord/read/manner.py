"""How something was said: quoted or not, which act, denied or not, how firmly.

Certainty follows FactBank (Saurí and Pustejovsky 2009): the source's commitment to the content, certain, probable or
possible with its polarity, or none (Uu). Words decide, from `lexicon/cues.toml` and `lexicon/certainty.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from onrecord.model import Act, AttributionKind, Certainty
from onrecord.text import Span, Spans, overlap, words_of

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
ORDER_TO = re.compile(r"\b(?:told|tells|tell|warned|warns|reminded|asked|asks|asking|ask)\b", re.I)
CLAUSE_HEAD = 12  # how many words of the content its main clause is looked for in


@cache
def lexicon(name: str) -> dict[str, Any]:
    """A word list of the package."""
    return tomllib.loads((files("onrecord.lexicon") / f"{name}.toml").read_text(encoding="utf-8"))


def inflections(word: str, irregular: dict[str, list[str]]) -> Iterator[str]:
    """A base form and its inflected forms."""
    yield word
    if word in irregular:
        yield from irregular[word]
        return
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
    elif word.endswith("e"):
        yield from (word + "s", word + "d", word[:-1] + "ing")
    elif word.endswith(("s", "sh", "ch", "x", "z")):
        yield from (word + "es", word + "ed", word + "ing")
    else:
        yield from (word + "s", word + "ed", word + "ing")


@cache
def cue_words() -> dict[str, Act]:
    """Every form of every cue with its act; a form that is in two lists keeps the act of the first."""
    table = lexicon("cues")
    found: dict[str, Act] = {}
    acts: tuple[Act, ...] = ("question", "order", "knowledge", "statement", "belief", "intention", "feeling")
    for act in acts:
        for word in table[act]["words"]:
            for form in inflections(word, table["irregular"]):
                found.setdefault(form, act)
    return found


@cache
def commitment_words() -> dict[str, str]:
    """Every form of the cues that carry less than full commitment: PR, PS, U or down."""
    table, irregular = lexicon("certainty")["cue"], lexicon("cues")["irregular"]
    return {form: level for level, words in table.items() for w in words for form in inflections(w, irregular)}


def words(text: str, spans: Sequence[Span]) -> list[str]:
    """The folded words of spans."""
    return [w.replace("’", "'") for s in spans for w in WORD.findall(text[slice(*s)].lower())]


def lookup(found: Sequence[str], table: dict[str, Any]) -> Any:
    """The entry of the last phrase of two words, or word, that the table knows; None where it knows none."""
    for i in range(len(found) - 1, -1, -1):
        pair = " ".join(found[i : i + 2])
        if pair in table:
            return table[pair]
        if found[i] in table:
            return table[found[i]]
    return None


def kind(text: str, cue: Spans, content: Spans, doubles: Sequence[Span], singles: Sequence[Span]) -> AttributionKind:
    """Direct where all words of the content are quoted, mixed where some are. Marks that also enclose the cue do not count."""
    near = (q for q in (*doubles, *singles) if any(overlap(q, c) for c in content))
    marks = [q for q in near if not any(overlap(q, c) for c in cue)]
    inside = [any(a <= m.start() and m.end() <= b for a, b in marks) for s in content for m in WORD.finditer(text, *s)]
    return "direct" if inside and all(inside) else "mixed" if any(inside) else "indirect"


def act(text: str, cue: Spans, content: Spans) -> Act:
    """What was done by saying it, judged by the cue's words and whether an infinitive or a question follows."""
    cue_text, first = words_of(text, cue), text[content[0][0] : content[0][0] + 12].lower().lstrip("“\"‘' ")
    last = text[content[-1][0] : content[-1][1]].rstrip("”\"’' ")
    if ORDER_TO.search(cue_text):
        if first.startswith(("to ", "not to ", "for ")):
            return "order"
        if last.endswith("?"):
            return "question"
    found: Act = lookup(words(text, cue), cue_words()) or "statement"
    if (
        found == "question"
        and not last.endswith("?")
        and not first.startswith(("if", "whether", "wh", "how", "about", "“"))
    ):
        return "order" if first.startswith(("for", "that", "to")) else found
    return found


def negated(text: str, cue: Spans) -> bool:
    """Whether the saying is denied or did not happen ("has not said", "denied", "declined to say")."""
    found = words(text, cue)
    table = lexicon("certainty")["negation"]
    before = words(text, [(max(0, cue[0][0] - 24), cue[0][0])])[-2:]
    auxiliary = (
        len(before) == 2
        and before[1] in ("not", "never")
        and bool(re.match(r"did|do|does|has|have|had|would|will|is|was|were|are", before[0]))
    )
    return (
        auxiliary
        or any(w in table["words"] or w.endswith("n't") for w in found)
        or any(w in table["cues"] for w in found)
    )


MONTH = re.compile(r"(?<=\w )May\b")  # which is no "may"
ASIDE = re.compile(  # a doubt of what is said besides: ", possibly from cadmium"
    r",\s(?:possibly|perhaps|maybe|probably|apparently|presumably|likely)\s(?:from|by|with|in|at|on|to|for|as|because|due|after|through|among)\b",
    re.I,
)
NOBODY = re.compile(r"(?:none of|neither|no (?!one\b)[a-z])", re.I)


def nobody(text: str, source: Spans) -> bool:
    """Whether a source is nobody: "no group has claimed …"."""
    return bool(source) and NOBODY.match(text, *source[0]) is not None


@cache
def hedges(level: Literal["PR", "PS", "down"]) -> re.Pattern[str]:
    """The hedging words of a level as one expression."""
    return re.compile(r"\b(?:" + "|".join(lexicon("certainty")["content"][level]) + r")\b", re.I)


def main_clause(text: str, content: Spans) -> str:
    """The first words of the content, where its main verb is; a leading "that" and an if-clause are passed over."""
    start, end = content[0]
    found = [m.span() for m in WORD.finditer(text, start, end)][: CLAUSE_HEAD + 1]
    return MONTH.sub(" ", ASIDE.sub(" ", text[found[0][0] : found[-1][1]])) if found else ""


def is_denial(cue: Sequence[str]) -> bool:
    """Whether a cue says that it is not so ("rejected"), rather than that it was not said or not denied ("did not confirm", "did not deny")."""
    table = lexicon("certainty")["negation"]
    return not set(table["denials"]).isdisjoint(cue) and set(table["words"]).isdisjoint(cue)


def certainty(text: str, cue: Spans, content: Spans, what: Act, denied: bool) -> Certainty:
    """The source's commitment to the content."""
    level = lookup(words(text, cue), commitment_words())
    clause = main_clause(text, content)
    if (
        what in ("question", "order", "intention")
        or level == "U"
        or text[content[-1][0] : content[-1][1]].rstrip("”\"’' ").endswith("?")
        or re.match(r"[“\"‘']?(?:whether|if)\b", clause, re.I)
    ):
        return "Uu"
    if level == "down":
        return "PR-"
    if what == "knowledge" and denied:
        return "Uu"
    negative = denied
    if level in ("PR", "PS"):
        return ("PR-" if negative else "PR+") if level == "PR" else ("PS-" if negative else "PS+")
    if negative and what == "statement":
        return "CT-" if is_denial(words(text, cue)) else "Uu"
    if negative:
        return "PR-" if what == "belief" else "CT+"
    if hedges("down").search(clause):
        return "PR-"
    if hedges("PS").search(clause):
        return "PS+"
    return "PR+" if hedges("PR").search(clause) else "CT+"
