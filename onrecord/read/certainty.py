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
from itertools import pairwise
from typing import NamedTuple

from onrecord.model import Certainty, Estimate, EstimateBand
from onrecord.read.manner import inflections, lexicon
from onrecord.read.sentences import sentences
from onrecord.text import Span

TOKEN = re.compile(r"n['’]t\b|\w+?(?=n['’]t\b)|\w+(?:[-.]\w+)*|['’]\w+|[^\w\s]")
BEFORE, AFTER = 400, 160  # how many characters around an event word are looked at
DEPTH = 4  # how many links a chain has
CLAUSE = 24  # how many words back a clause's governor is looked for
OBJECT = 9  # how many words may stand between a governor and "to", or a governor and its noun
PREDICATE = 6  # how many words behind a noun what is said of it is looked for; twice as many where "of" follows
JOINED = 12  # how many words back the verb is looked for that another is joined to
STOPS = frozenset(';:?!—“”"`')
ENDS = frozenset('?!;"“”')  # of a question, or of its reach
FRAMES = {  # a word in several classes is in the first of these
    "to": ("achieve", "fail", "force", "permit", "ready", "expect", "plan", "try", "want", "likely", "believe", "claim", "say", "might", "fact", "doubt", "deny", "ease"),
    "that": ("fact", "deny", "doubt", "claim", "say", "believe", "expect", "likely", "might", "want", "plan", "try", "permit", "achieve"),
    "ing": ("fail", "cancel", "deny", "fact", "achieve", "plan", "try", "might", "want", "claim", "permit", "expect", "say", "believe", "doubt"),
    "np": ("cancel", "deny", "might", "likely", "expect", "plan", "try", "want", "permit", "claim", "doubt", "achieve", "fact", "believe", "say"),
}  # fmt: skip
FAR = frozenset(
    {"want", "try", "permit", "achieve", "fail", "plan", "expect", "claim", "believe", "force"}
)  # take an object before "to"
BARE = frozenset(
    {"say", "claim", "believe", "expect", "deny", "doubt", "fact", "might", "try", "want"}
)  # take a clause without "that"
Frame = tuple[int, str, str]  # the governor's token (-1 for none), its class, the frame


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


class Group(NamedTuple):
    """The words before a verb that belong to it."""

    start: int
    form: str
    negative: bool = False
    modal: str = ""


class Factuality(NamedTuple):
    """What a text says of an event."""

    certainty: Certainty  # FactBank's value, as the author has it
    score: float  # from -3 (did not happen) to 3 (happened)
    ahead: bool  # told of as still to come


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
def listed(name: str) -> frozenset[str]:
    """A list of the lexicon's `group`."""
    return frozenset(lexicon("certainty")["group"][name])


def sentence_at(text: str, span: Span) -> tuple[list[str], int]:
    """The folded words of the sentence around a span, as far as they are near, and which of them the span's last one is."""
    low, high = max(0, span[0] - BEFORE), min(len(text), span[1] + AFTER)
    low = low and (text.find(" ", low, span[0]) + 1 or low)
    near = ((s + low, e + low) for s, e in sentences(text[low:high]))
    start, end = next(((s, e) for s, e in near if s <= span[0] < e), (low, high))
    words: list[str] = []
    at = 0
    for m in TOKEN.finditer(text, start, max(end, span[1])):
        if m.start() < span[1]:
            at = len(words)
        word = m.group()  # "May" and "Will" within a sentence are a month and a man
        words.append(word if words and word in ("May", "Will") else word.lower().replace("’", "'"))
    return words, at


def word_form(word: str) -> str:
    """ "ing", "ed", "s" or "base", by the word's ending."""
    if word in listed("past") or (word.endswith("ed") and len(word) > 3):
        return "ed"
    if word.endswith("ing") and len(word) > 4:
        return "ing"
    return "s" if word.endswith("s") and not word.endswith("ss") else "base"


def is_adverb(word: str) -> bool:
    """Whether a word may stand inside a verb's group."""
    return word in listed("adverb") or (word.endswith("ly") and len(word) > 4)


def is_noun(words: Sequence[str], at: int) -> bool:
    """Whether a word stands as a noun, by what is before it and behind it."""
    form = word_form(words[at])
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if words[at] in listed("auxiliary"):
        return False
    if before == "to":
        due = at > 1 and words[at - 2] in listed("to_noun") and words[at - 3] not in listed("auxiliary")
        return form == "s" or (form == "base" and due)  # "due to heat", but "was due to sail"
    if before in listed("negative"):
        return False
    if (form == "base" and before in ("and", "or", ",", "then", "please", "me")) or (form == "s" and before == "that"):
        return after == "of"
    if before in listed("determiner") or (before == "'" and at > 1 and words[at - 2].endswith("s")):  # "the ferries' tour"
        return True
    if before in listed("preposition"):
        return form != "ing"
    called_off = word_form(after) == "ed" and governors()["np"].get(after) == "cancel"
    if form in ("base", "s") and (
        called_off or (at and phrase(words, at - 1, governors()["np"])[1] in ("cancel", "deny"))
    ):
        return True  # "flight delayed", "ruled out arson"
    if form in ("ing", "ed"):
        return False
    verbal = is_adverb(before) or before in listed("pronoun") or before in listed("auxiliary") or before in modals()
    if form == "base" and 1 < at < 6 and asks(words[0]) and "," not in words[:at]:
        return False  # "should the dam break"
    that = next((k for k in range(at - 1, max(0, at - 5), -1) if words[k] == "that"), 0)
    if form == "base" and that and governors()["that"].get(words[that - 1]) == "want":  # "demanded that he V"
        return False
    if at > 1 and not verbal:
        near = [w for w in words[max(0, at - 4) : at - 1] if w != "that"]
        if form == "s" and not listed("condition").isdisjoint(near):  # "if the dam breaks"
            return False
        if any(w in listed("determiner") or w in listed("preposition") for w in near):
            goes_on = after in listed("determiner") or after in listed("preposition") or is_adverb(after)
            return form == "base" or not goes_on or after in ("of", "for", "in")
    return after == "of" or (form == "base" and not verbal and singular(words, at - 1) and after not in listed("determiner"))


def singular(words: Sequence[str], at: int) -> bool:
    """Whether a word, as far as its form tells, names one thing only, so that a base form behind it is no verb of its own."""
    if at < 0 or not words[at].isalpha() or words[at] in listed("plural"):
        return False
    return word_form(words[at]) == "base" and not (is_adverb(words[at]) or words[at] in ("and", "or", "then", "please", "let"))


def asks(word: str) -> bool:
    """Whether a sentence's first word stands before its subject and takes a base form behind it."""
    return word in ("do", "does", "did") or word in modals()


def group(words: Sequence[str], at: int) -> Group:
    """The group of a verb."""
    negative, modal, form, perfect = False, "", word_form(words[at]), False
    form = "s" if form == "ing" and at and words[at - 1] in listed("auxiliary") else form  # "is V-ing"
    j = at
    while j:
        w = words[j - 1]
        perfect = perfect or w == "have"
        if w in modals():
            modal, form = modals()[w], "modal"
            if modal == "would" and words[at] in listed("wish"):
                modal = ""  # "would like to" is a wish of today
            if perfect and w in ("would", "'d", "should", "ought"):
                modal = "unreal"  # "would have V-ed"
            negative = negative or w == "cannot"
        elif w in listed("negative"):
            negative = True
        elif w == "longer" and j > 1 and words[j - 2] == "no":
            negative = True
            j -= 1
        elif w == "to":
            negative = negative or (j > 1 and words[j - 2] in listed("negative"))
            return Group(j - 2 if j > 1 and words[j - 2] in listed("negative") else j - 1, "to", negative, modal)
        elif w in ("almost", "nearly") and form == "ed" and words[at] not in listed("measure"):
            negative = True  # "almost sank"
        elif w not in listed("auxiliary") and not is_adverb(w):
            break
        j -= 1
    if form == "base" and (asked := next((k for k in range(j - 1, max(-1, j - 5), -1) if words[k] in modals()), -1)) >= 0:
        if asked == 0 or words[asked - 1] in listed("asking"):
            modal = modals()[words[asked]]  # "what can the crew do"
    found = Group(j, form, negative, modal)
    return (joined(words, found) if j == at else None) or found


def joined(words: Sequence[str], found: Group) -> Group | None:
    """The group of the verb that a bare one is joined to by "and", "or" or a comma; None where there is none."""
    at, form = found.start, found.form
    if not at or form not in ("base", "ing", "ed") or words[at - 1] not in ("and", "or", "then", "but", ","):
        return None
    for k in range(at - 2, max(-1, at - 2 - JOINED), -1):
        w = words[k]
        if w in STOPS or w in listed("subordinate") or w in listed("pronoun"):
            return None
        if form == "base" and (w == "to" or w in modals()):
            return group(words, k + 1)
        if form == "ing" and word_form(w) == "ing":
            return group(words, k)._replace(form="ing")
        if form == "ed" and (w in listed("negative") or w in ("been", "be")):
            return group(words, k + 1)._replace(form="ed")
    return None


def phrase(words: Sequence[str], k: int, table: dict[str, str]) -> tuple[int, str]:
    """The governor that ends at a token, of two words or one: its first token and class; "" where the word is none."""
    pair = f"{words[k - 1]} {words[k]}" if k else ""
    return (k - 1, table[pair]) if pair in table else (k, table.get(words[k], ""))


def governor_of_infinitive(words: Sequence[str], start: int) -> Frame:
    """ "failed to V", "ordered the troops to V", "an agreement to V"; else what was done for the purpose."""
    done = -1
    for k in range(start - 1, max(-1, start - 2 - OBJECT), -1):
        w, first = words[k], k == start - 1
        if w in STOPS or w == "," or w in listed("subordinate"):
            break
        at, kind = phrase(words, k, governors()["to"])
        if kind == "say":
            kind = "believe" if first else ""  # "is said to V"
        if kind == "ready":
            kind = once_ready(words, at, k)
        if kind == "want" and first and polite(words, start, k):
            kind = "achieve"
        if kind and (k >= start - 2 or kind in FAR) and done < k:
            return at, kind, "to"
        if first and w in ("have", "has", "had", "having"):
            return k, "must", "to"
        if first and w in listed("auxiliary") and w not in ("get", "got"):
            return k, "might" if w in ("was", "were") else "ready", "be to"
        acted = word_form(w) == "ed" and w not in listed("auxiliary")
        if done < 0 and k and word_form(w) != "ing" and (acted or words[k - 1] in listed("negative")):
            done = k
        if not k and w == "were" and inverted(words):
            return -1, "", "if"
        if not first and w in ("to", "and"):
            break
    return done, "other" if done >= 0 else "", "to purpose"


def once_ready(words: Sequence[str], at: int, last: int) -> str:
    """The class of "able", "set" and the like: "was able to V" tells that it was done, "was set to V" leaves it open."""
    past = not {"was", "were", "been"}.isdisjoint(words[max(0, at - 2) : at])
    return "ready" if not past else "achieve" if words[last] in listed("able") else "due"


def polite(words: Sequence[str], start: int, want: int) -> bool:
    """Whether what one "would like to" or "wants to" say is said thereby: "we would like to thank" (Austin's performatives)."""
    said = next((w for w in words[start + 1 : start + 3] if w != "to" and not is_adverb(w)), "")
    return said in listed("performative") and (words[want] == "like" or words[want - 1] in ("i", "we"))


def governor_of_gerund(words: Sequence[str], start: int) -> Frame:
    """ "stopped V-ing", "prevented it from V-ing", "without V-ing"."""
    for k in range(start - 1, max(-1, start - 5), -1):
        w = words[k]
        if w in STOPS or w in (",", "that") or w in listed("subordinate") - {"after", "before", "as"}:
            break
        at, kind = phrase(words, k, governors()["ing"])
        if kind and (k >= start - 2 or kind in ("fail", "cancel", "deny", "claim", "might")):
            return at, kind, "ing"
    return -1, "", "ing"


def governor_of_noun(words: Sequence[str], at: int, start: int) -> Frame:
    """ "planned N", "called off the N", "the risk of N"; or the verb, not yet real, that the noun is the object of."""
    definite = words[start] in ("the", "this", "that", "these", "those")
    apart = False  # whether a preposition stands between
    for k in range(start - 1, max(-1, start - OBJECT), -1):
        w = words[k]
        m, kind = phrase(words, k, governors()["np"])
        if w in STOPS or w in (",", "that") or w in listed("subordinate") or (w in listed("close") and m == k):
            break
        if not definite and (w in modals() or (w == "to" and words[k - 1] not in listed("to_noun"))):
            verb = next(
                (m for m in range(k + 1, at) if not is_adverb(words[m]) and words[m] not in listed("negative")), at
            )
            if verb < at and words[verb] not in listed("determiner") and word_form(words[verb]) == "base":
                return verb, "object", "np"
        if (
            kind
            and (
                k >= start - 2
                or kind in ("cancel", "might", "deny", "claim")
                or (not definite and kind in ("plan", "try", "expect"))
            )
            and not (definite and kind == "deny")
            and (apart or kind not in ("plan", "want", "try") or m < k or word_form(words[k]) == "ed" or not is_noun(words, k))
        ):  # what "the plan" names was there to be rejected; "the ferry deal" governs nothing behind it
            return m, kind, "np"
        apart = apart or w in listed("preposition")
    return -1, "", "np"


def governor_of_clause(words: Sequence[str], start: int) -> Frame:
    """ "denied that … V", "said … V"; or the condition that the clause is, or that precedes it."""
    table, comma = governors()["that"], False
    for k in range(start - 1, max(-1, start - 1 - CLAUSE), -1):
        w = words[k]
        if w in STOPS:
            break
        comma = comma or w == ","
        if w in listed("condition"):
            return -1, "", "main" if comma else "if"
        if not k and inverted(words):
            return -1, "", "main" if comma else "if"
        if comma:
            continue
        if w == "until" and k >= start - 4:
            return -1, "", "if"
        if w == "that":
            return governor_of_that(words, k)
        if w in listed("subordinate"):
            break
        kind = table.get(w, "")
        if kind in BARE and k < start - 1 and words[k + 1] not in listed("preposition") and not is_noun(words, k):
            return k, kind, "that"
    return -1, "", "clause"


def inverted(words: Sequence[str]) -> bool:
    """Whether a sentence opens with a condition that has no "if": "had the dam held", "should the dam break", "were he to go"."""
    return words[0] in ("had", "should", "were") and "?" not in words


def governor_of_that(words: Sequence[str], that: int) -> Frame:
    """The governor of a that-clause: a word of the lexicon, or a verb it does not know; none before a relative "that"."""
    table = governors()["that"]
    for k in range(that - 1, max(-1, that - 3), -1):
        if words[k] in table:
            return k, table[words[k]], "that"
    if not that or word_form(words[that - 1]) != "ed":
        return -1, "", "clause"
    near = set(words[max(0, that - 4) : that - 1])
    felt = near & listed("auxiliary") and not near & {"have", "has", "had", "did"}  # "was dismayed that"
    return that - 1, "fact" if felt else "other", "that"


def link_at(words: Sequence[str], at: int) -> Link:
    """An event word with its group, its governor and its clause's marks."""
    noun = is_noun(words, at)
    found = noun_group(words, at) if noun else group(words, at)
    start, form = found.start, found.form
    subject = noun and not (start and words[start - 1] in listed("preposition"))
    marks = behind(words, at) if subject else set[str]()
    if subject and not marks and (far := predicate(words, start, at)):
        marks = behind(words, far - 1)
    if noun:
        governor, kind, frame = governor_of_noun(words, at, start)
    elif form == "to":
        governor, kind, frame = governor_of_infinitive(words, start)
    elif form == "ing":
        governor, kind, frame = governor_of_gerund(words, start)
    else:
        governor, kind, frame = governor_of_clause(words, start)
        before = words[max(governor + 1, start - 5) : start]
        none = any(w in listed("no") for w in before) or {("not", "a"), ("not", "one")} & set(pairwise(before))
        found = found._replace(negative=found.negative or bool(none))
        if governor < 0 and form == "base" and all(is_adverb(w) for w in words[start:at]):
            if is_order(words, at):
                frame = "order"
            elif at > 1 and governors()["to"].get(words[at - 2]) in ("force", "achieve"):  # "let it V"
                governor, kind = at - 2, "force"
    if (form == "ing" or (subject and words[start] in ("a", "an"))) and supposed(words, start, at):
        found = found._replace(modal="would")  # "a strike would cost millions"
    if kind in ("say", "claim", "believe") and frame == "that" and untrue(words, at, governor):
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
    return Link(form, start, found.negative, found.modal, frozenset(marks), governor, kind, frame)


def presupposed(words: Sequence[str], start: int) -> bool:
    """Whether a question takes for granted what stands here: "why did the dam break?", "did you stay after it broke?"."""
    return any(w in listed("subordinate") and w not in ("so", "but", "as") for w in words[:start])


def untrue(words: Sequence[str], at: int, governor: int) -> bool:
    """Whether what was said is called untrue: "wrongly reported that", "the claim that the ship sank is false"."""
    if words[governor - 1 : governor] and words[governor - 1] in listed("wrongly"):
        return True
    said = next((k for k in range(at + 1, min(len(words), at + OBJECT)) if words[k] in listed("untrue")), 0)
    noun = governor == 0 or is_noun(words, governor)
    return bool(said) and noun and not listed("be").isdisjoint(words[at + 1 : said])


def noun_group(words: Sequence[str], at: int) -> Group:
    """A noun with its determiners: negated by "no"."""
    start = at
    while start and (words[start - 1] in listed("determiner") or is_adverb(words[start - 1])):
        start -= 1
    return Group(start, "noun", not {"no", "not"}.isdisjoint(words[start:at]))


def is_order(words: Sequence[str], at: int) -> bool:
    """Whether a base form opens its clause as an imperative does."""
    after = words[at + 1] if at + 1 < len(words) else "."
    if words[at] in listed("pronoun") or words[at] in listed("preposition") or after in STOPS or after in (",", ".", ")"):
        return False
    k = at
    while k and (words[k - 1] in listed("order_adverb") or words[k - 1] == "please"):
        k -= 1
    before = words[k - 1] if k else "please"
    if before in STOPS or before == "please" or (before == "," and words[0] in ("if", "please", "when")):
        return True
    if before == "(":
        return True
    return before in ("and", "or", "then") and joined_order(words, k - 1)


def joined_order(words: Sequence[str], at: int) -> bool:
    """Whether an order with an object stands before "and": "take the boat and sail"."""
    for k in range(at - 2, max(-1, at - JOINED), -1):
        if words[k] in STOPS or words[k] in listed("pronoun"):
            return False
        if word_form(words[k]) == "base" and words[k + 1] in listed("determiner") and is_order(words, k):
            return True
    return False


def behind(words: Sequence[str], at: int) -> set[str]:
    """What the clause says of a noun that is its subject: a modal, a negation, a class ("was called off")."""
    found, passive = set[str](), False
    reach = PREDICATE * 2 if words[at + 1 : at + 2] == ["of"] else PREDICATE
    for w, after in pairwise([*words[at + 1 : at + 1 + reach], ""]):
        if w in STOPS or w in listed("subordinate") or w in (",", "that"):
            break
        if w in modals():
            found.add(f"behind {modals()[w]}")
        elif w in listed("negative"):
            found.add("behind not")
        elif w in listed("occur"):
            found.add("behind occur")
        elif w in listed("be"):
            passive = True
        elif w not in listed("auxiliary"):
            table = governors()["np"]
            kind = table.get(f"{w} {after}") or table.get(w) or governors()["to"].get(w)
            if kind and (passive or after in ("", ".") or after in listed("preposition")):  # not "the storm delayed it"
                found.add(f"behind {kind}")
            if passive or word_form(w) == "ed":
                break
    return found


def opens(words: Sequence[str], start: int) -> bool:
    """Whether a group is the first of its clause, so that what follows may be said of it."""
    for k in range(start - 1, max(-1, start - 1 - PREDICATE), -1):
        w = words[k]
        if w in STOPS or w in (",", "that") or w in listed("subordinate"):
            return True
        if w in listed("preposition") or w in listed("auxiliary") or w in modals() or word_form(w) in ("ed", "ing"):
            return False
    return start <= PREDICATE


def predicate(words: Sequence[str], start: int, at: int) -> int:
    """Where, behind what stands with it, a subject's verb begins: "the tour of the new ferry, the largest of all, *was*"; 0 for nowhere near."""
    if not opens(words, start):
        return 0
    k, end = at + 1, min(len(words), at + 1 + CLAUSE)
    while k < end:
        w, after = words[k], words[k + 1] if k + 1 < len(words) else "."
        if w in listed("auxiliary") or w in modals():
            return k
        if w == ",":
            k = next((m for m in range(k + 1, end) if words[m] == ","), end)
        elif w in STOPS or w in (".", "but", "that") or w in listed("subordinate"):
            return 0
        elif w == "and" and listed("preposition").isdisjoint(words[k - 3 : k - 1]):  # not "of Tarn and Seldrin"
            return 0
        elif word_form(w) == "ed" and after not in listed("preposition"):
            return 0
        k += 1
    return 0


def supposed(words: Sequence[str], start: int, at: int) -> bool:
    """Whether what opens its clause is spoken of as what would be: "closing the port would be a mistake"."""
    verb = predicate(words, start, at)
    return bool(verb) and modals().get(words[verb], "") == "would"


def chain(words: Sequence[str], at: int) -> list[Link]:
    """An event word and the governors above it, from the inside out."""
    links = [link_at(words, at)]
    while len(links) < DEPTH and links[-1].governor >= 0:
        above = link_at(words, links[-1].governor)
        spoken = predicate(words, above.start, links[-1].governor) > at and links[-1].frame == "to"
        kept = {"behind cancel"} if spoken else set[str]()  # "plans to V were scrapped"
        links.append(above._replace(marks=frozenset(m for m in above.marks if m in kept or not m.startswith("behind "))))
    return links


SIGNATURES = {  # class: what becomes of the event where the governor holds, and where it is denied
    "fact": (1.0, 1.0),
    "achieve": (1.0, -1.0),
    "force": (0.9, -0.5),
    "fail": (-1.0, 0.9),
    "cancel": (-1.0, 0.7),
    "deny": (-1.0, 0.3),
    "doubt": (-0.4, 0.3),
    "say": (1.0, 0.12),
    "claim": (0.56, 0.0),
    "other": (0.75, -0.4),
    "believe": (0.5, -0.4),
    "expect": (0.5, -0.4),
    "likely": (0.5, -0.4),
    "ready": (0.6, -0.6),
    "plan": (0.65, -0.5),
    "try": (0.4, -0.4),
    "must": (0.66, -0.2),
    "ease": (0.6, -0.2),
    "permit": (0.45, -0.8),
    "due": (0.25, 0.0),
    "might": (0.25, 0.0),
    "want": (0.15, -0.2),
    "object": (1.0, -0.3),
}
MODAL = {"will": 0.85, "would": 0.35, "may": 0.25, "can": 0.35, "must": 0.4, "unreal": -0.4, "": 1.0}
PRESENT = 0.85  # the most for what is told in the present or named by a noun: a little less sure than what is past
AHEAD = frozenset({"plan", "try", "expect", "ready", "due", "want", "must", "ease"})
FORETOLD = frozenset({"say", "expect", "plan", "believe", "fact", "claim"})


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
    if link.modal and (link.frame == "main" or "if behind" in link.marks):
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
        return -1.0
    if "behind ready" in marks or "behind expect" in marks:
        return SIGNATURES["ready" if "behind ready" in marks else "expect"][0]
    if "behind occur" in marks or "behind may" in marks:
        return -1.0 if "behind not" in marks else min((MODAL.get(m[7:], 1.0) for m in marks), default=1.0)
    return 1.0


def both(level: float, other: float) -> float:
    """The weaker of two levels, with the sign of the first."""
    return min(abs(level), abs(other)) * (1 if level >= 0 else -1)


def value(links: Sequence[Link]) -> float:
    """What the links say together, from -1 to 1."""
    out = 1.0
    for link in reversed(links):
        holds, denied = SIGNATURES.get(link.kind, (1.0, 1.0))
        if link.kind == "fact":
            out = 1.0
        elif link.kind == "other" and link.frame == "that":
            out = 0.7 if out >= 0 else 0.3
        elif link.kind:
            out = both(holds if out >= 0 else denied, out)
        own = strength(link)
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
def estimative() -> tuple[re.Pattern[str], dict[str, tuple[EstimateBand, int, int]]]:
    """The estimative words as one expression, longer ones first, and each one's band with its per cent from and to."""
    bands = {
        word: (entry["band"], entry["low"], entry["high"])
        for entry in lexicon("certainty")["estimative"]
        for word in entry["words"]
    }
    words = "|".join(r"\s+".join(map(re.escape, w.split())) for w in sorted(bands, key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b", re.I), bands


def estimates(text: str) -> Iterator[Estimate]:
    """The estimative words of a text, each with its band of ICD 203."""
    expression, bands = estimative()
    for m in expression.finditer(text):
        band, low, high = bands[" ".join(m.group().lower().split())]
        yield Estimate(span=m.span(), band=band, low=low, high=high)
