"""Did it happen, according to the text? The factuality of an event word, and estimative words with their band.

The words around an event word are looked at, no parse is made. In this order:

1. its *group*: auxiliaries, modals, adverbs, negation and "to" before it ("has not yet been signed"); where it is joined to
   a verb before ("to sell and ship"), that verb's group;
2. its *governor*: the word whose complement it is ("failed *to* V", "denied *that* … V", "without V*ing*", "plans for a N"),
   looked up in the lexicon by the frame; the governor is then an event itself, at most `DEPTH` times;
3. its clause: conditions, questions, negative subjects;
4. a *value*: polarity and level (certain, probable, possible, open), the governors' signatures applied from the outside in;
5. FactBank's name for the value, and a score from -3 (did not happen) to 3 (happened).

The signatures are those of implicative and factive verbs (Karttunen 1971, Nairn et al. 2006), the values FactBank's
(Saurí and Pustejovsky 2009, 2012), the scale of the score Lee et al.'s (2015).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from onrecord.model import Certainty
from onrecord.read.manner import inflections, lexicon
from onrecord.read.sentences import sentences
from onrecord.text import Span

TOKEN = re.compile(r"n['’]t\b|\w+?(?=n['’]t\b)|\w+(?:[-.]\w+)*|['’]\w+|[^\w\s]")
BEFORE, AFTER = 400, 160  # how many characters around an event word are looked at
DEPTH = 4  # how many governors up
REACH = 24  # how many words back a clause's governor is looked for
OBJECT = 9  # how many words an object may have between a governor and "to"
STOPS = frozenset(";:?!—“”\"`")
FRAMES = {  # a word in several classes is in the first of these
    "to": ("achieve", "fail", "force", "permit", "ready", "expect", "plan", "want", "likely", "believe", "claim", "say", "might", "fact", "doubt", "deny", "ease"),
    "that": ("fact", "deny", "doubt", "claim", "say", "believe", "expect", "likely", "might", "want", "plan", "permit", "achieve"),
    "ing": ("fail", "cancel", "deny", "fact", "achieve", "plan", "might", "want", "claim", "permit", "expect", "say", "believe", "doubt"),
    "np": ("cancel", "deny", "might", "likely", "expect", "plan", "want", "permit", "claim", "doubt", "achieve", "fact", "believe", "say"),
}  # fmt: skip


class Link(NamedTuple):
    """An event word, or a governor, with its group and clause."""

    at: int  # its token
    form: str  # to, modal, ing, ed, base, s, noun
    start: int  # the first token of its group
    negative: bool
    modal: str  # will, would, may, can, must or ""
    marks: frozenset[str]  # if, main (of a condition), question, subject (a negative one), quoted, past, …
    kind: str  # the class of its governor, "" where it has none
    frame: str  # to, that, ing, np, or how it stands without a governor
    word: str  # the governor's word


class Sentence(NamedTuple):
    """The words around an event word, folded."""

    words: list[str]
    spans: list[Span]


class Factuality(NamedTuple):
    """What a text says of an event: FactBank's value, and a score from -3 (did not happen) to 3 (happened)."""

    certainty: Certainty
    score: float
    ahead: bool  # told of as still to come


class Band(NamedTuple):
    """One of the seven bands of ICD 203: its name, and from how many to how many per cent it goes."""

    name: str
    low: int
    high: int


class Estimate(NamedTuple):
    """An estimative word and its band."""

    span: Span
    band: Band


@cache
def governors() -> dict[str, dict[str, str]]:
    """For each frame the class of every form of every governor."""
    irregular = lexicon("cues")["irregular"] | lexicon("certainty")["irregular"]
    forms = {
        kind: [form for w in words for form in inflections(w, irregular)]
        for kind, words in lexicon("certainty")["governor"].items()
    }
    table: dict[str, dict[str, str]] = {}
    for frame, order in FRAMES.items():
        table[frame] = {}
        for kind in order:
            for form in forms[kind]:
                table[frame].setdefault(form, kind)
    return table


@cache
def modals() -> dict[str, str]:
    """Each modal's form with its kind."""
    return {form: kind for kind, forms in lexicon("certainty")["modal"].items() for form in forms}


@cache
def group_words(name: str) -> frozenset[str]:
    """A list of the lexicon's `group`."""
    return frozenset(lexicon("certainty")["group"][name])


def sentence_at(text: str, span: Span) -> tuple[Sentence, int]:
    """The words of the sentence around a span, as far as they are near, and which of them the span's last is."""
    low, high = max(0, span[0] - BEFORE), min(len(text), span[1] + AFTER)
    low = low and text.find(" ", low, span[0]) + 1 or low
    piece = text[low:high]
    start, end = next(
        ((s + low, e + low) for s, e in sentences(piece) if s + low <= span[0] < e + low), (low, high)
    )
    words, spans, at = [], [], 0
    for m in TOKEN.finditer(text, start, max(end, span[1])):
        if m.start() < span[1]:
            at = len(words)
        words.append(m.group().lower())
        spans.append(m.span())
    return Sentence(words, spans), at


def word_form(word: str) -> str:
    """ "ing", "ed", "s" or "base", by the word's ending."""
    if word in group_words("past") or (word.endswith("ed") and len(word) > 3):
        return "ed"
    if word.endswith("ing") and len(word) > 4:
        return "ing"
    return "s" if word.endswith("s") and not word.endswith("ss") else "base"


def is_adverb(word: str) -> bool:
    """Whether a word may stand inside a verb's group."""
    return word in group_words("adverb") or (word.endswith("ly") and len(word) > 4)


def is_noun(words: Sequence[str], at: int) -> bool:
    """Whether a word stands as a noun, by what is before it and behind it."""
    form = word_form(words[at])
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if before == "to":
        return form == "s" or (form == "base" and at > 1 and words[at - 2] in group_words("to_noun"))
    if form == "base" and (before in ("and", "or", ",", "then", "please") or (before == "me")) or (form == "s" and before == "that"):
        return after == "of"
    if before in group_words("determiner") or before in ("'s", "’s") or before in group_words("preposition") - {"to"}:
        return form != "ing" or before in group_words("determiner") or before in ("'s", "’s")
    if after in governors()["np"] and governors()["np"][after] == "cancel" and word_form(after) == "ed" and form in ("base", "s") and not before.endswith("ly"):
        return True
    if form in ("ing", "ed"):
        return False
    if at > 1 and not is_adverb(before) and before not in group_words("pronoun") and before not in group_words("auxiliary") and before not in modals():
        near = words[max(0, at - 4) : at - 1]
        if any(w in group_words("determiner") or w in ("'s", "’s") or w in group_words("preposition") for w in near):
            verbal = form == "s" and (after in group_words("determiner") or after in group_words("preposition") or after == "to" or is_adverb(after))
            return not verbal or after in ("of", "for", "in")
    return after == "of"


def group(words: Sequence[str], at: int, joined: bool = True) -> tuple[int, bool, str, str, set[str]]:
    """The group before a verb: its first token, whether it is negated, its modal, its form, marks."""
    negative, modal, form, marks = False, "", word_form(words[at]), set[str]()
    j = at
    while j:
        w = words[j - 1]
        if w in modals():
            modal = modals()[w]
            if w in ("could", "would", "cannot"):
                marks.add(w)
            negative = negative or w == "cannot"
            form = "modal"
        elif w in group_words("negative"):
            negative = True
        elif w == "longer" and j > 1 and words[j - 2] == "no":
            negative = True
            j -= 1
        elif w in group_words("auxiliary"):
            marks.add("perfect" if w in ("have", "has", "had", "'ve", "’ve", "having") else "do" if w in ("do", "does", "did") else "be")
            if w in ("was", "were", "did", "had"):
                marks.add("past")
        elif w == "to":
            form = "to"
            j -= 1
            if j and words[j - 1] in group_words("negative"):
                negative = True
                j -= 1
            break
        elif is_adverb(w):
            marks.add(f"adverb {governors()['np'].get(w, '')}")
        else:
            break
        j -= 1
    if joined and j and form in ("base", "ing", "ed") and j == at and words[j - 1] in ("and", "or", "then", "but", ","):
        for k in range(j - 1, max(0, j - 12), -1):
            w = words[k - 1]
            if w in STOPS or w in group_words("subordinate") or w in group_words("pronoun"):
                break
            if form == "base" and (w == "to" or w in modals()) or form == "ing" and word_form(w) == "ing" or form == "ed" and w in ("not", "n't", "n’t", "been", "be"):
                inner = group(words, k if form == "base" or form == "ed" else k - 1, joined=False)
                return inner[0], inner[1], inner[2], inner[3] if form == "base" else form, inner[4] | {"joined"}
    return j, negative, modal, form, marks


def find_governor(words: Sequence[str], link: int, start: int, form: str) -> tuple[int, str, str]:
    """The governor of the word at `link` whose group begins at `start`: its token (-1 for none), class and frame."""
    table = governors()
    if form == "to":
        near = table["to"]
        for k in range(start - 1, max(-1, start - 2 - OBJECT), -1):
            w = words[k]
            if w in STOPS or w == "," or (k < start - 1 and (w in group_words("subordinate") or w in ("to", "and"))):
                break
            kind = near.get(w, "")
            if k > 0 and f"{words[k - 1]} {w}" in near:
                kind, k = near[f"{words[k - 1]} {w}"], k - 1
            if kind == "say":
                kind = "believe" if k == start - 1 else ""
            if kind and (k >= start - 2 or kind in ("want", "permit", "achieve", "fail", "plan", "expect", "claim", "believe")):
                return k, kind, "to"
            if k == start - 1 and w in ("have", "has", "had", "having"):
                return k, "must", "to"
            if k == start - 1 and w in group_words("auxiliary") and w not in ("get", "got"):
                return k, "might" if w in ("was", "were") else "ready", "be to"
        for k in range(start - 1, max(-1, start - 2 - OBJECT), -1):
            if words[k] in STOPS or words[k] == "," or words[k] in group_words("subordinate"):
                break
            if k and word_form(words[k]) != "ing" and (word_form(words[k]) == "ed" and words[k] not in group_words("auxiliary") or words[k - 1] in group_words("negative")):
                return k, "other", "to purpose"
        return -1, "", "to purpose" if start and words[start - 1] not in STOPS else "to first"
    if form == "ing" or form == "noun":
        frame = "ing" if form == "ing" else "np"
        definite = words[start] in ("the", "this", "that", "these", "those")
        stop = max(-1, start - (5 if form == "ing" else 9))
        for k in range(start - 1, stop, -1):
            w = words[k]
            if w in STOPS or w == "," or w in group_words("subordinate") - {"after", "before", "as"} or w == "that":
                break
            if form == "noun" and w in group_words("close"):
                break
            if w in ("without", "despite"):
                return k, "fail" if w == "without" else "fact", f"{w}"
            if w in ("than", "of") and k and words[k - 1] in ("rather", "instead"):
                return k - 1, "fail", "instead"
            if form == "noun" and not definite and (w in modals() or (w == "to" and words[k - 1] not in group_words("to_noun"))):
                m = next((m for m in range(k + 1, link) if not is_adverb(words[m]) and words[m] not in group_words("negative")), link)
                if m < link and words[m] not in group_words("determiner") and word_form(words[m]) == "base":
                    return m, "object", "object"
            kind = table[frame].get(w, "")
            if k > 0 and f"{words[k - 1]} {w}" in table[frame]:
                kind, k = table[frame][f"{words[k - 1]} {w}"], k - 1
            if kind and (form == "noun" and (k >= start - 2 or kind in ("cancel", "might", "deny", "claim", "want", "plan", "expect")) or form == "ing" and k >= start - 2 or kind in ("fail", "want", "claim", "might")):
                return k, kind, frame
        if form == "noun":
            return -1, "", "np alone"
        return -1, "", "ing alone"
    commas = 0
    for k in range(start - 1, max(-1, start - 1 - REACH), -1):
        w = words[k]
        if w in STOPS:
            break
        commas += w == ","
        if w in ("if", "unless", "whether", "provided", "lest"):
            return -1, "", "whether" if w == "whether" else "main" if commas else "if"
        if commas:
            continue
        if w in ("until", "before", "till"):
            return -1, "", w
        if w == "that":
            kind = next((table["that"][words[m]] for m in (k - 1, k - 2) if m >= 0 and words[m] in table["that"]), "")
            if kind:
                m = k - 1 if words[k - 1] in table["that"] else k - 2
                return m, kind, "that"
            if k and word_form(words[k - 1]) == "ed":
                passive = k > 1 and not group_words("auxiliary").isdisjoint(words[max(0, k - 4) : k - 1])
                return k - 1, "fact" if passive and not {"have", "has", "had", "did"} & set(words[max(0, k - 4) : k - 1]) else "other", "that"
            return -1, "", "relative"
        if w in group_words("subordinate"):
            return -1, "", "relative" if w in ("which", "who", "whose", "where", "when") else "clause"
        kind = table["that"].get(w, "")
        if kind and k < start - 1 and kind in ("say", "claim", "believe", "expect", "deny", "doubt", "fact", "might", "want"):
            if words[k + 1] in group_words("preposition") or is_noun(words, k):
                continue
            return k, kind, "bare"
    return -1, "", "main clause" if not commas else "after comma"


def link_at(words: Sequence[str], at: int) -> Link:
    """An event word with its group, its governor and its clause's marks."""
    noun = is_noun(words, at)
    start, negative, modal, form, marks = (at, False, "", "noun", set[str]()) if noun else group(words, at)
    if noun:
        while start and (words[start - 1] in group_words("determiner") or words[start - 1] in ("'s", "’s") or is_adverb(words[start - 1])):
            start -= 1
            negative = negative or words[start] in ("no", "not")
        marks |= behind(words, at)
    k, kind, frame = find_governor(words, at, start, form)
    if form not in ("to", "ing", "noun") and frame not in ("to", "np"):
        if any(w in group_words("no") for w in words[max(k + 1, start - 5) : start]):
            marks.add("subject")
        if k < 0 and form == "base" and not marks and start == at and is_order(words, at):
            frame = "imperative"
        if k < 0 and form == "base" and not marks and at > 1 and governors()["to"].get(words[at - 2]) == "force":
            k, kind, frame = at - 2, "force", "bare object"
    if next((w for w in words[at:] if w in ("?", "!", ";")), "") == "?":
        marks.add("question")
    if any(governors()["that"].get(w) == "say" for w in words[:start]):
        marks.add("reported")
    if not set(words[:at]).isdisjoint(("“", '"', "``", "`")):
        marks.add("quoted")
    if not set(words[at:]).isdisjoint(("if", "unless")):
        marks.add("if behind")
    return Link(at, form, start, negative, modal, frozenset(marks), kind, frame, words[k] if k >= 0 else "")


def is_order(words: Sequence[str], at: int) -> bool:
    """Whether a base form opens its clause as an imperative does."""
    if at + 1 >= len(words) or words[at] in group_words("pronoun") or words[at + 1] in STOPS or words[at + 1] in (",", "."):
        return False
    return at == 0 or words[at - 1] in STOPS or words[at - 1] == "please" or (words[at - 1] == "," and words[0] in ("if", "please", "when"))


def behind(words: Sequence[str], at: int) -> set[str]:
    """Marks of what the clause says of a noun that is its subject: a modal, a negation, a governor behind it."""
    found = set[str]()
    for w, after in pairwise([*words[at + 1 : at + 7], ""]):
        if w in STOPS or w in group_words("subordinate") or w in (",", "that"):
            break
        if w in modals():
            found.add(f"behind {modals()[w]}")
        elif w in group_words("negative"):
            found.add("behind not")
        elif w in group_words("occur"):
            found.add("behind occur")
        elif w not in group_words("auxiliary") and (kind := governors()["np"].get(f"{w} {after}") or governors()["np"].get(w)):
            found.add(f"behind {kind}")
            break
    return found


def chain(words: Sequence[str], at: int) -> list[Link]:
    """An event word and the governors above it, from the inside out."""
    links = [link_at(words, at)]
    while len(links) < DEPTH and links[-1].word:
        k = max(i for i in range(links[-1].start) if words[i] == links[-1].word)
        links.append(link_at(words, k))
    return links


SIGNATURES = {  # class: what becomes of the event where the governor holds, and where it is denied
    "fact": (1.0, 1.0),
    "achieve": (1.0, -1.0),
    "force": (0.9, -0.5),
    "fail": (-1.0, 0.9),
    "cancel": (-1.0, 0.7),
    "deny": (-1.0, 0.3),
    "doubt": (-0.4, 0.3),
    "say": (1.0, 0.2),
    "claim": (0.56, 0.0),
    "other": (0.75, -0.4),
    "believe": (0.5, -0.4),
    "expect": (0.5, -0.4),
    "ready": (0.6, -0.6),
    "likely": (0.5, -0.4),
    "plan": (0.65, -0.5),
    "want": (0.15, -0.2),
    "ease": (0.6, -0.2),
    "permit": (0.45, -0.8),
    "might": (0.25, 0.0),
    "must": (0.66, -0.2),
    "object": (1.0, -0.3),
}
MODAL = {"will": 0.85, "would": 0.35, "may": 0.25, "can": 0.45, "must": 0.4, "": 1.0}
POWER = 0.7  # spreads the middle of the scale; chosen on the data that may be tuned on
AHEAD = frozenset({"plan", "expect", "ready", "want", "must"})
OPEN = frozenset({"if", "whether", "imperative", "until"})
FORETOLD = frozenset({"say", "expect", "plan", "believe", "fact", "claim"})


def strength(link: Link) -> float:
    """How far a link holds by its own group and clause, from -1 to 1."""
    out = MODAL[link.modal]
    if link.modal == "will" and link.kind in ("expect", "believe", "plan", "want", "might"):
        out = 1.0
    if link.modal == "would" and (link.kind in FORETOLD or "reported" in link.marks):
        out = 0.6
    if link.frame in OPEN or "question" in link.marks:
        out = min(out, 0.1)
    if link.modal and (link.frame == "main" or "if behind" in link.marks):
        out = min(out, 0.25)
    if link.form == "to" and link.frame != "to":
        out = min(out, 0.8 if link.kind == "other" else 0.6)
    if link.form == "noun":
        if "behind cancel" in link.marks:
            out = -1.0
        elif "behind ready" in link.marks or "behind expect" in link.marks:
            out = 0.5
        elif "behind occur" in link.marks or "behind may" in link.marks:
            out = min((MODAL[m[7:]] for m in link.marks if m[7:] in MODAL), default=1.0)
            out = -1.0 if "behind not" in link.marks else out
    if link.negative or "subject" in link.marks:
        out = -1.0 if abs(out) > 0.5 else -0.8
    return out


def value(links: Sequence[Link]) -> float:
    """What the signatures say, from -1 to 1."""
    out = 1.0
    for link in reversed(links):
        holds, denied = SIGNATURES.get(link.kind, (1.0, 0.0))
        if link.kind == "fact":
            out = 1.0
        elif link.kind == "other" and link.frame == "that":
            out = 0.7 if out >= 0 else 0.3
        elif link.kind:
            out = holds * out if out >= 0 else denied * -out
        own = strength(link)
        if own < 0 <= out and link.kind not in ("might", "permit", "must"):
            out = max(out, 0.6)
        out *= own if out >= 0 else abs(own)
    return out


def level(value: float) -> Certainty:
    """FactBank's name for a value."""
    names: tuple[tuple[float, Certainty], ...] = (
        (0.55, "CT+"), (0.47, "PR+"), (0.18, "PS+"), (-0.15, "Uu"), (-0.3, "PS-"), (-0.55, "PR-"),
    )  # fmt: skip
    return next((name for least, name in names if value >= least or (least < 0 and value > least)), "CT-")


def is_ahead(links: Sequence[Link]) -> bool:
    """Whether an event is told of as still to come: foretold, planned, wanted, or an aim."""
    return any(k.modal == "will" or k.kind in AHEAD or k.frame in ("to purpose", "to first", "be to") for k in links)


def factuality(text: str, span: Span) -> Factuality:
    """What a text says of the event that the word at `span` names. Looks at no more than its sentence, and near it."""
    sentence, at = sentence_at(text, span)
    if not sentence.words:
        return Factuality("CT+", 3.0, False)
    links = chain(sentence.words, at)
    v = value(links)
    score = 3 * abs(v) ** POWER * (1 if v >= 0 else -1)
    return Factuality(level(v), round(score, 2), is_ahead(links))


@cache
def estimative() -> tuple[re.Pattern[str], dict[str, Band]]:
    """The estimative words as one expression, longer ones first, and the band of each."""
    bands = {
        word: Band(entry["band"], entry["low"], entry["high"])
        for entry in lexicon("certainty")["estimative"]
        for word in entry["words"]
    }
    words = "|".join(re.escape(w).replace("\\ ", r"\s+") for w in sorted(bands, key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b", re.I), bands


def estimates(text: str) -> Iterator[Estimate]:
    """The estimative words of a text with their ICD 203 band; "not likely" is one, "remote village" is none."""
    expression, bands = estimative()
    for m in expression.finditer(text):
        yield Estimate(m.span(), bands[" ".join(m.group().lower().split())])
