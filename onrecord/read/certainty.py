"""Did it happen, according to the text? The factuality of an event word, and estimative words with their band.

The words around an event word are looked at; nothing is parsed. In this order:

1. its *group*: modals, auxiliaries, adverbs, negation and "to" before it ("has not yet been signed"); a verb joined to
   one before ("to sell and ship") has that one's group;
2. its *governor*: the word whose complement it is ("failed *to* V", "denied *that* … V", "stopped V*ing*", "planned N"),
   looked up in `lexicon/certainty.toml` by the frame it stands in; the governor is then looked at as an event itself, and so on,
   at most `DEPTH` times;
3. its clause: conditions, questions, negative subjects, hedging adverbs; what is said of a noun behind it ("the strike
   was called off");
4. a *value* from -1 to 1: from the outermost governor inwards, each one's signature turns or weakens what it governs;
   of two weaknesses the greater counts;
5. FactBank's name for the value, and a score from -3 (did not happen) to 3 (happened).

The signatures are those of implicative and factive verbs (Karttunen 1971; Nairn, Condoravdi and Karttunen 2006), the names
FactBank's (Saurí and Pustejovsky 2009), the score's scale that of Lee et al. (2015).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.model import Certainty, Estimate, EstimateBand
from onrecord.read import words_at
from onrecord.read.certainty_governors import (
    governor_of_clause,
    governor_of_gerund,
    governor_of_infinitive,
    governor_of_noun,
    untrue,
)
from onrecord.read.certainty_groups import behind, group, is_order, noun_group, predicate, supposed
from onrecord.read.certainty_words import (
    STOPS,
    governors,
    is_adverb,
    is_noun,
    listed,
    modals,
    sentence_at,
    word_form,
)
from onrecord.read.manner import lexicon
from onrecord.text import Span

SUBJECT = 5  # how many words before a verb its "nobody" is looked for
NEXT = 7  # how many words behind a verb its condition is looked for
DEPTH = 4  # how many links a chain has
ENDS = frozenset('?!;"“”')  # of a question, or of its reach


class Link(NamedTuple):
    """An event word, or a governor of one, with what its group and clause say."""

    form: str  # to, modal, ing, ed, s, base, noun
    start: int  # the first token of its group
    negative: bool
    modal: str  # will, would, may, can, must, unreal or ""
    marks: frozenset[str]  # question, if behind, reported, hedge CLASS, behind CLASS, …
    governor: int  # its token; -1 where it has none
    kind: str  # the governor's class
    frame: str  # to, that, ing, np …, or how it stands without a governor


class Factuality(NamedTuple):
    """What a text says of an event."""

    certainty: Certainty  # FactBank's value, as the author has it
    score: float  # from -3 (did not happen) to 3 (happened)
    ahead: bool  # told of as still to come


def link_at(words: Sequence[str], at: int, content: bool = False) -> Link:
    """An event word with its group, its governor and its clause's marks; `content` where another word hangs on it: "the claim that"."""
    noun = is_noun(words, at)
    found = noun_group(words, at) if noun else group(words, at)
    start, form = found.start, found.form
    subject = noun and not (start and words[start - 1] in listed("preposition"))
    marks = behind(words, at) if subject else set[str]()
    if subject and not marks and (far := predicate(words, start, at)):
        marks = behind(words, far - 1)
    if noun:
        governor, kind, frame = governor_of_noun(words, at, start, content)
    elif form == "to":
        governor, kind, frame = governor_of_infinitive(words, start)
    elif form == "ing" or words[start] == "having" or words[max(0, start - 2) : start] == ["rather", "than"]:
        governor, kind, frame = governor_of_gerund(words, start)
        kind = kind if governor >= 0 else ""
    else:
        governor, kind, frame = governor_of_clause(words, start, at)
        none = no_subject(words[max(governor + 1, start - SUBJECT - 1) : start])
        found = found._replace(negative=found.negative or none)
        if governor < 0 and form == "base" and all(is_adverb(w) for w in words[start:at]):
            if is_order(words, at):
                frame = "order"
            elif at > 1 and governors()["to"].get(words[at - 2]) in ("force", "achieve"):  # "let it V"
                governor, kind = at - 2, "force"
    if (form == "ing" or (subject and words[start] in ("a", "an"))) and supposed(words, start, at):
        found = found._replace(modal="would")  # "a strike would cost millions"
    if kind in ("say", "claim", "suspect", "believe") and frame in ("that", "np") and untrue(words, at, governor):
        kind = "deny"
    hedges = lexicon("certainty")["hedge"]
    clause = words[max(governor + 1, start - 6) : at]
    if "and" in clause:
        clause = clause[clause.index("and") :]
    marks |= {f"hedge {name}" for name, adverbs in hedges.items() if any(w in adverbs for w in clause)}
    if next((w for w in words[at:] if w in ENDS), "") == "?" and not presupposed(words, start):
        marks.add("question")
    if any(governors()["that"].get(w) == "say" for w in words[:start]):
        marks.add("reported")
    if "if" in words[at:] or "unless" in words[at:]:
        marks.add("if behind")
        if found.form in ("s", "base", "ed") and hinges(words, start, at):
            marks.add("if next")
    return Link(form, start, found.negative, found.modal, frozenset(marks), governor, kind, frame)


def hinges(words: Sequence[str], start: int, at: int) -> bool:
    """Whether a verb of the present has its condition just behind it: "a permit is needed if …"; not "asks if", "even if"."""
    if word_form(words[at]) == "ed" and {"is", "are"}.isdisjoint(words[start:at]):
        return False
    for k in range(at + 1, min(len(words), at + 1 + NEXT)):
        w = words[k]
        if w in ("if", "unless"):
            return w == "unless" or words[k - 1] not in listed("asked")
        if w in STOPS or w in modals() or w in listed("auxiliary") or w in listed("subordinate"):
            return False
    return False


def no_subject(before: Sequence[str]) -> bool:
    """Whether a clause's subject is "nobody", "not one ship", "hardly anyone"; not what a clause before it has: "nobody knows why it"."""
    for k in range(len(before) - 1, max(-1, len(before) - 1 - SUBJECT), -1):
        w, after = before[k], before[k + 1] if k + 1 < len(before) else ""
        if w in listed("no") and after not in listed("no_less"):  # "no fewer than ten ships V-ed"
            return before[k:].count(",") != 1  # "with no wind, it V-ed", "no one died, he V-ed"
        if (w, after) in (("not", "a"), ("not", "one")):
            return True
        if w in ("hardly", "scarcely", "barely") and after.startswith("any"):
            return True
        if w == "that" or w in listed("subordinate"):
            return False
    return False


def presupposed(words: Sequence[str], start: int) -> bool:
    """Whether a question takes for granted what stands here: "why did the dam break?", "did you stay after it broke?"."""
    return any(w in listed("subordinate") and w not in ("so", "but", "as") for w in words[:start])


def chain(words: Sequence[str], at: int) -> list[Link]:
    """An event word and the governors above it, from the inside out."""
    links = [link_at(words, at)]
    while len(links) < DEPTH and links[-1].governor >= 0:
        above = link_at(words, links[-1].governor, content=True)
        spoken = predicate(words, above.start, links[-1].governor) > at and links[-1].frame == "to"
        kept = {"behind cancel"} if spoken else set[str]()  # "plans to V were scrapped"
        links.append(
            above._replace(marks=frozenset(m for m in above.marks if m in kept or not m.startswith("behind ")))
        )
    return links


SIGNATURES = {  # class: what becomes of the event where the governor holds, and where it is denied
    "fact": (1.0, 1.0),
    "find": (1.0, 0.15),
    "achieve": (1.0, -0.9),
    "force": (0.9, -0.5),
    "fail": (-1.0, 0.8),
    "cancel": (-1.0, 0.7),
    "deny": (-1.0, 0.3),
    "false": (-0.75, 0.25),
    "doubt": (-0.4, 0.3),
    "say": (1.0, 0.12),
    "claim": (0.6, 0.0),
    "suspect": (0.5, 0.0),
    "other": (0.65, -0.4),
    "believe": (0.5, -0.4),
    "expect": (0.48, -0.3),
    "likely": (0.5, -0.4),
    "ready": (0.6, -0.6),
    "plan": (0.65, -0.5),
    "task": (0.62, -0.5),
    "try": (0.4, -0.4),
    "had": (0.9, -0.6),
    "must": (0.56, -0.4),
    "ask": (0.2, -0.2),
    "ease": (0.5, -0.2),
    "permit": (0.45, -0.8),
    "due": (0.2, -0.6),
    "might": (0.25, 0.0),
    "want": (0.15, -0.2),
    "object": (1.0, -0.3),
}
MODAL = {"will": 0.85, "would": 0.35, "may": 0.25, "can": 0.35, "must": 0.4, "unreal": -0.4, "": 1.0}
PRESENT = 0.85  # the most for what is told in the present or named by a noun: a little less sure than what is past
AHEAD = frozenset({"plan", "try", "expect", "ready", "due", "want", "must", "ease"})
TOLD = frozenset({"say", "find", "claim", "suspect"})
FORETOLD = frozenset({"say", "expect", "plan", "believe", "fact", "find", "claim", "suspect"})


def foretold(link: Link) -> bool:
    """Whether a link is in the future, or in what was the future when somebody spoke ("said it would")."""
    reported = link.kind in FORETOLD or "reported" in link.marks
    return link.modal == "will" or (link.modal == "would" and reported)


def strength(link: Link) -> float:
    """How far a link holds by its own group and clause, from -1 to 1."""
    out = MODAL[link.modal]
    if link.modal == "will" and link.kind in ("expect", "believe", "plan", "try", "want", "might"):
        out = 1.0  # the governor has weakened it already
    elif link.modal == "would" and foretold(link):
        out = 0.6
    if link.frame in ("if", "order") or "question" in link.marks:
        out = min(out, 0.1)
    if (link.modal and (link.frame == "main" or "if behind" in link.marks)) or "if next" in link.marks:
        out = min(out, 0.25)
    if link.frame == "to purpose":
        out = min(out, 0.8 if link.kind else 0.6)
    for mark in link.marks:
        if mark.startswith("hedge "):
            out = min(out, SIGNATURES[mark[6:]][0])
    if link.form == "noun":
        out = min(out, told_behind(link.marks))
    if link.modal == "unreal":
        return 0.4 if link.negative else -0.4
    if link.negative:
        out = -1.0 if abs(out) > 0.5 else -0.8
    return out


def told_behind(marks: frozenset[str]) -> float:
    """How far a noun holds by what is said of it behind it."""
    if "behind cancel" in marks:
        return 1.0 if "behind not" in marks else 0.3 if "behind may" in marks else -1.0
    if "behind ready" in marks or "behind expect" in marks:
        return SIGNATURES["ready" if "behind ready" in marks else "expect"][0]
    if {"behind fail", "behind occur"} <= marks:
        return -1.0  # "has yet to be made"
    if "behind occur" in marks or "behind may" in marks:
        return -1.0 if "behind not" in marks else min((MODAL.get(m[7:], 1.0) for m in marks), default=1.0)
    return 1.0


def both(level: float, other: float) -> float:
    """The weaker of two levels, with the sign of the first."""
    return min(abs(level), abs(other)) * (1 if level >= 0 else -1)


def governed(link: Link, above: Link | None, out: float) -> float:
    """What a link's governor makes of it, where the governor itself holds with `out`; `above` is the governor's own link."""
    holds, denied = SIGNATURES.get(link.kind, (1.0, 1.0))
    if link.kind in ("", "fact"):
        return out if not link.kind else 1.0
    if link.kind == "other" and link.frame == "that":
        return 0.7 if out >= 0 else 0.3
    if out < 0 and link.frame == "that" and above and above.kind == "deny":
        return -1.0  # "denied reports that"
    if out < 0 and link.frame == "that" and link.kind in ("expect", "want", "plan", "try"):
        return 0.1  # "did not expect that"
    if out < 0 and link.kind in TOLD and link.frame in ("np", "ing") and above and above.form == "noun":
        return -1.0 if above.kind == "deny" else -0.6  # "no reports of a fire"
    out = both(holds if out >= 0 else denied, out)
    aim = above is not None and above.frame == "to purpose"
    return max(out, -0.45) if aim and link.kind in ("cancel", "fail") else out  # "measures to prevent a strike"


def value(links: Sequence[Link]) -> float:
    """What the links say together, from -1 to 1."""
    out, above = 1.0, None
    for link in reversed(links):
        out = governed(link, above, out)
        own, above = strength(link), link
        if own < -0.4 and out >= 0 and link.kind not in ("might", "permit", "must"):
            out = max(out, 0.6)  # "wants it not to V"
        out = both(own, out) if out >= 0 else both(out, own)
    return min(out, PRESENT) if links[0].form in ("s", "base", "ing", "noun") else out


def level(value: float) -> Certainty:
    """FactBank's name for a value."""
    if value < 0:
        return "CT-" if value <= -0.55 else "PR-" if value <= -0.3 else "PS-" if value <= -0.15 else "Uu"
    return "CT+" if value >= 0.55 else "PR+" if value >= 0.47 else "PS+" if value >= 0.18 else "Uu"


def factuality(text: str, span: Span) -> Factuality:
    """What a text says of the event that the word at `span` names; it looks at the sentence, and there at the words near it."""
    words, at = sentence_at(text, span)
    if not words:
        return Factuality("CT+", 3.0, False)
    links = chain(words, at)
    v = value(links)
    ahead = any(foretold(k) or k.kind in AHEAD or k.frame in ("to purpose", "be to") for k in links)
    return Factuality(level(v), round(3 * v, 2), ahead)


@cache
def estimative() -> tuple[re.Pattern[str], dict[str, tuple[EstimateBand, int, int]], frozenset[str]]:
    """The estimative words as one expression, longer ones first; each one's band with its per cent from and to; what they begin with."""
    bands = {
        word: (entry["band"], entry["low"], entry["high"])
        for entry in lexicon("certainty")["estimative"]
        for word in entry["words"]
    }
    words = "|".join(r"\s+".join(map(re.escape, w.split())) for w in sorted(bands, key=len, reverse=True))
    first = frozenset(m[0] for word in bands if (m := words_at.RUN.match(word)))
    return re.compile(rf"\b(?:{words})\b", re.I), bands, first


def estimates(text: str) -> Iterator[Estimate]:
    """The estimative words of a text, each with its band of ICD 203."""
    expression, bands, first = estimative()
    for m in words_at.matches(text, expression, words_at.folded(text), first):
        band, low, high = bands[" ".join(m.group().lower().split())]
        yield Estimate(span=m.span(), band=band, low=low, high=high)
