"""The triggers of events in a sentence: its words and clauses, and the words in them that tell of an event (`lexicon/events.toml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from onrecord.read import countries
from onrecord.read.certainty_words import governors, listed, modals
from onrecord.read.manner import inflections, lexicon
from onrecord.text import Span

TOKEN = re.compile(
    r"n['’]t\b|\w+?(?=n['’]t\b)|['’]s\b|(?:[A-Z]\.){2,}|\w+(?:[-./&’']\w+)*?(?=['’]s\b)|\w+(?:[-./&]\w+)*|[^\w\s]"
)
NEAR = 12  # how many words behind a trigger what it needs is looked for
BEFORE = 10  # the same before a passive
LATER = 10  # the same behind a noun for the verb by which it begins
AT = 60  # how many words of a clause before a trigger are looked at
TIME = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "last", "this", "next", "once", "again", "also", "recently", "late", "early", "earlier", "meanwhile"})  # fmt: skip
PREPOSITION = frozenset({"in", "on", "at", "to", "for", "with", "from", "by", "of", "against", "over", "into", "under", "near", "about", "through", "during", "between", "among", "amid", "towards", "toward", "since", "after", "before", "until", "despite", "according", "following"})  # fmt: skip
PRONOUN = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "which"})  # fmt: skip
BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s"})  # fmt: skip
OWNERS = frozenset({"the", "a", "an", "this", "these", "those", "its", "his", "her", "their", "my", "our", "your", "'s", "of", "no"})  # fmt: skip
BARE = frozenset({"by", "against", "on", "over", "between"})  # behind a noun that stands alone
AROUND = frozenset(
    {"into", "behind", "under"}
)  # before these a phrase may hold whom it is done to: "took … into custody"
COMMON = BE | {"have", "has", "had"}
LETTERS = re.compile(r"[a-z]+(?:-[a-z]+)*")
FOLLOWS = frozenset({"the", "a", "an", "its", "his", "her", "their", "that", "to", "against", "on", "for", "with", "all", "in", "more"})  # fmt: skip
PUNCTUATION = frozenset(',;:.?!()[]{}"“”—–`')


class Trigger(NamedTuple):
    """One entry of the lexicon, for one of its words."""

    rank: int  # its place in the lexicon
    type: str
    mode: str | None
    verb: bool
    rest: tuple[str, ...]  # the words that follow, of a phrase
    negated: bool  # must be negated
    said: bool
    modal: bool
    officials: bool  # only of what officials do
    near: re.Pattern[str] | None
    without: re.Pattern[str] | None
    by: re.Pattern[str] | None  # who must do it
    undergo: bool  # its subject is whom it is done to
    within: int  # how near what it needs must stand


class Word(NamedTuple):
    """A word of a sentence."""

    text: str
    low: str
    span: Span


class Hit(NamedTuple):
    """A trigger found: where, how it stands (0 finite, 1 infinitive or carried by another verb, 2 gerund, 3 noun)."""

    at: int
    end: int
    trigger: Trigger
    form: int
    group: int  # the first word of its verb group
    passive: bool
    told: int  # the word whose factuality is the event's: the trigger, or the verb that carries a noun


class Sentence(NamedTuple):
    """A sentence, as words."""

    words: list[Word]
    lows: list[str]


def words_pattern(words: Sequence[str] | None) -> re.Pattern[str] | None:
    """One expression for a list of words; "x*" is a beginning."""
    if not words:
        return None
    return re.compile(" (?:" + "|".join(re.escape(w).replace(r"\*", r"[\w-]*") for w in words) + ") ")


@cache
def triggers() -> dict[str, list[Trigger]]:
    """Every form that opens a trigger, with the triggers that it opens."""
    table: dict[str, list[Trigger]] = {}
    irregular = lexicon("cues")["irregular"] | lexicon("certainty")["irregular"] | lexicon("events")["irregular"]

    def add(
        form: str, rest: Sequence[str], rank: int, entry: dict[str, Any], verb: bool, negated: bool = False
    ) -> None:
        kept = tuple(w for w in rest if w not in ("a", "an", "the", "its", "their"))
        found = Trigger(rank, entry["type"], entry.get("mode"), verb, kept, negated, entry.get("said", False), entry.get("modal", False), entry.get("officials", False), words_pattern(entry.get("with")), words_pattern(entry.get("without")), words_pattern(entry.get("by")), entry.get("undergo", False), entry.get("within", NEAR))  # fmt: skip
        table.setdefault(form, []).append(found)

    for rank, entry in enumerate(lexicon("events")["trigger"]):
        for phrase in entry.get("verbs", ()):
            first, *rest = phrase.split()
            negated = first == "not"
            if negated:
                first, *rest = rest
            for form in inflections(first, irregular):
                add(form, rest, rank, entry, True, negated)
        for phrase in entry.get("nouns", ()):
            first, *rest = phrase.split()
            if rest:
                add(first, rest, rank, entry, False)
                add(first, [*rest[:-1], rest[-1] + "s"], rank, entry, False)
            else:
                for form in {first, *(f for f in inflections(first, {}) if f.endswith("s"))}:
                    add(form, (), rank, entry, False)
    return table


@cache
def telling() -> frozenset[str]:
    """Words without which a sentence has no trigger: the triggers, or what must follow "be" and "have"."""
    return frozenset(
        w
        for form, found in triggers().items()
        for t in found
        for w in ((t.rest[0],) if form in COMMON and t.rest else (form,))
    )


@cache
def pasts() -> frozenset[str]:
    """The past forms that do not end in "ed"."""
    own = (w for forms in lexicon("events")["irregular"].values() for w in forms if not w.endswith(("s", "ing")))
    return listed("past") | frozenset(own)


@cache
def listing(name: str) -> frozenset[str]:
    """A list of the lexicon's `words`."""
    return frozenset(lexicon("events")["words"][name])


def split(text: str, span: Span) -> Sentence:
    """The words of a sentence."""
    words = [Word(w := m[0], w.lower().replace("’", "'"), m.span()) for m in TOKEN.finditer(text, *span)]
    return Sentence(words, [w.low for w in words])


def phrase_end(lows: Sequence[str], at: int, rest: Sequence[str]) -> int:
    """Where a trigger's phrase ends, with up to two words between its words, six before "into" and the like; -1 where it is not there."""
    k, gap = at + 1, 1 if lows[at] in COMMON else 7 if len(rest) > 1 and rest[0] in AROUND else 3
    for word in rest:
        k += gap == 1 and lows[k : k + 1] == ["the"]
        found = next((j for j in range(k, min(len(lows), k + gap)) if lows[j] == word), -1)
        if found < 0 or not PUNCTUATION.isdisjoint(lows[k:found]):
            return -1
        k, gap = found + 1, min(gap, 3)
    return k


def is_adverb(word: str) -> bool:
    """Whether a word may stand within a verb's group."""
    return (
        word in listed("adverb")
        or word in ("again", "also", "still", "now", "routinely")
        or (word.endswith("ly") and len(word) > 4)
    )


def is_people(word: Word) -> bool:
    """Whether a word tells of people, or of a country's."""
    return word.low in listing("people") or word.text in countries.demonyms() or word.text in countries.places()


def verb_group(s: Sentence, at: int, low: int) -> int:
    """The first word of a verb's group: auxiliaries, adverbs, negation, a time ("on Monday") before it."""
    k = at
    while k > low:
        w = s.lows[k - 1]
        if (
            w in listed("auxiliary")
            or w in modals()
            or w in listed("negative")
            or is_adverb(w)
            or w == "to"
            or (w == "'s" and s.lows[k] in ("been", "not"))
        ):
            k -= 1
        elif (w in TIME and s.words[k - 1].text[:1].isupper()) or w in ("today", "yesterday", "tomorrow"):
            k -= 2 if k - 2 >= low and s.lows[k - 2] == "on" else 1
        else:
            break
    return k


def verb_form(s: Sentence, at: int, low: int) -> tuple[int, int, bool] | None:
    """How a trigger's word stands as a verb: (form, start of its group, passive), or None where it is none."""
    word, start = s.lows[at], verb_group(s, at, low)
    group = s.lows[start:at]
    before = s.lows[at - 1] if at > low else ""
    after = s.lows[at + 1] if at + 1 < len(s.lows) else "."
    past = word in pasts() or word.endswith("ed")
    if word in modals() or word in BE:
        return 0, start if word in BE else at, False
    auxiliary = [w for w in group if w in listed("auxiliary") or w in modals()]
    if "to" in group or before == "to":
        lead = s.lows[start - 1] if start > low else ""
        if not (
            lead in governors()["to"]
            or lead in listing("light")
            or lead in listing("plan")
            or lead == "used"
            or group[:1] != ["to"]
        ):
            return None  # what is done for the purpose
        return 1, start, "be" in group or "been" in group
    if (
        word.endswith("ing")
        and not BE & set(group)
        and (s.lows[start - 1] if start > low else "") in ("with", "the", "a", "an", "of", "some")
    ):
        return None
    if word.endswith("ing"):
        return (0 if BE & set(group) else 2), start, False
    if auxiliary and not past and BE & set(group[-2:]) and not set(group[-1:]) & modals().keys():
        return None  # "is welcome"
    if auxiliary:
        passive = past and bool(BE & set(group))
        return 0, start, passive
    edge = s.lows[start - 1] if start > low else ""
    if edge in OWNERS or edge.isdigit() or (edge in PREPOSITION and start == at):
        return None
    if edge in PRONOUN or edge in ("that",):
        return 0, start, False
    if past:
        if after == "by":
            return 2, start, True
        adjective = not edge or edge in PUNCTUATION
        return (2 if adjective and start == low else 0), start, False
    if not edge or (edge in PUNCTUATION and edge not in ')”"'):
        return None
    if edge in listing("light"):
        return None  # "hold talks"
    plural = (
        edge.endswith("s")
        or edge in listing("people")
        or edge == "and"
        or s.words[start - 1].text[:1].isupper()
        or edge in ')”"'
    )
    follows = (
        after in FOLLOWS or s.words[min(at + 1, len(s.words) - 1)].text[:1].isupper() or after.isdigit() or start < at
    )
    if word.endswith("s") and not word.endswith("ss"):
        return (
            (0, start, False)
            if follows
            and (not edge.endswith("s") or edge in listing("people") or s.words[start - 1].text[:1].isupper())
            else None
        )
    return (
        (0, start, False)
        if plural
        and (follows or (after.endswith(("s", "ed")) and (edge.endswith("s") or edge in listing("people"))))
        and edge != "'s"
        else None
    )


def fits(s: Sentence, t: Trigger, at: int, end: int, low: int, stop: int, passive: bool) -> bool:
    """Whether the words that a trigger needs are near, and those that it excludes are not."""
    if t.by and not (is_by(s, t.by, end) if passive else is_done_by(s, t.by, at)):
        return False
    if not (t.near or t.without):
        return True
    behind, before = s.lows[end : min(stop, end + NEAR)], s.lows[max(low, at - BEFORE) : at]
    if passive and t.within < NEAR and s.lows[low : low + 1] in (["it"], ["they"], ["and"]):
        before = s.lows[max(0, at - BEFORE) : at]  # "the whole of the bridge, and it is closed"
    if t.type == "THREATEN" and s.lows[stop : stop + 1] == ["that"]:
        behind = s.lows[end : stop + 5]  # "warned that it would retaliate"
    joined = " " + "  ".join([*before, *behind]) + " "
    if t.type == "ASSAULT" and t.verb:  # what killed may stand in another clause: "were killed when a storm …"
        lead = s.lows[max(0, at - 2 * NEAR) : at] if s.lows[at].endswith("ing") else before
        when = s.lows[end : stop + NEAR] if s.lows[stop : stop + 1] == ["when"] else behind
        joined = " " + "  ".join([*lead, *when]) + " "
    if passive and t.mode == "arrest" and behind[:1] == ["by"]:  # "picked up by a taxi near the police station"
        rest = next((k for k, w in enumerate(behind) if k and w in PREPOSITION), len(behind))
        return bool(not t.near or t.near.search(" " + "  ".join(behind[:rest]) + " "))
    if t.without and t.without.search(joined):
        return False
    if t.verb and not passive:
        joined = " " + "  ".join(behind) + " "
    if t.near and t.within < NEAR:
        cut = (k for k, w in enumerate(behind) if w in PREPOSITION and t.verb)
        behind = behind[: next(cut, len(behind))]  # "closed a school near the border"
        joined = " " + "  ".join([*(before if passive else ()), *behind[: t.within]]) + " "
    return not t.near or bool(t.near.search(joined))


def is_by(s: Sentence, by: re.Pattern[str], end: int) -> bool:
    """Whether such people or things stand behind "by": "was hit by nine rockets"."""
    behind = s.lows[end : end + NEAR]
    at = behind.index("by") if "by" in behind else len(behind)
    return any(by.search(f" {w} ") for w in behind[at + 1 : at + 6])


def is_done_by(s: Sentence, by: re.Pattern[str], at: int) -> bool:
    """Whether the nearest people named before a word are such."""
    for word in reversed(s.words[max(0, at - AT) : at]):
        if by.search(f" {word.low} "):
            return True
        if is_people(word):
            return False
    return False


def is_silence(s: Sentence, end: int) -> bool:
    """Whether what is refused is only to speak: "declined to comment"."""
    to = s.lows[end - 1 : end] == ["to"] or s.lows[end : end + 1] == ["to"]
    verb = end if s.lows[end - 1] == "to" else end + 1
    return to and not listing("silence").isdisjoint(s.lows[verb : verb + 1])


def hits(s: Sentence, low: int, stop: int) -> Iterator[Hit]:
    """The triggers of a clause, in order, one for each word that is one."""
    for at in range(low, stop):
        options = triggers().get(s.lows[at])
        if not options or (at and s.words[at].text[:1].isupper()):  # a part of a name, or March
            continue
        stands = verb_form(s, at, max(low, at - AT))
        best: Hit | None = None
        for t in options:
            end = phrase_end(s.lows, at, t.rest)
            if end < 0 or end > stop:
                continue
            if t.verb:
                if t.type == "REJECT" and is_silence(s, end):
                    continue
                if stands is None or (t.said and listing("said").isdisjoint(s.lows[max(0, at - AT) : at])):
                    continue
                form, start, passive = stands
                group = set(s.lows[start:at])
                if t.negated and not (group & listed("negative") and group & modals().keys()) and "cannot" not in group:
                    continue
                if t.modal and not group & modals().keys():
                    continue
                if not fits(s, t, at, end, max(low, at - AT), stop, passive):
                    continue
                new = Hit(at, end, t, form, start, passive or t.undergo, at)
            else:
                if s.lows[max(low, at - 1)] in listing("illness"):
                    continue
                if stands is not None and stands[0] == 0 and not t.rest and any(o.verb for o in options):
                    continue
                if not fits(s, t, at, end, max(low, at - AT), stop, True):
                    continue
                carried = next(
                    (k for k in range(at - 1, max(low, at - 9) - 1, -1) if s.lows[k] in listing("light")), -1
                )
                owner = s.words[at - 1] if at > low else None
                behind = s.lows[end] if end < stop else ""
                begun = begins(s, end, stop) if carried < 0 and behind == "of" else -1
                bare = carried < 0 and begun < 0 and behind not in BARE
                if bare and not (owner and (owner.low == "'s" or is_people(owner))):
                    continue
                start = at if carried < 0 else verb_group(s, carried, low)
                told = max(begun, carried)
                new = Hit(at, end, t, 1 if told >= 0 else 3, start, begun >= 0, told if told >= 0 else at)
            if best is None or (len(new.trigger.rest), -new.trigger.rank) > (
                len(best.trigger.rest),
                -best.trigger.rank,
            ):
                best = new
        if best:
            yield best


def begins(s: Sentence, end: int, stop: int) -> int:
    """Which word behind a noun and "of" says that it goes on: "the evacuation of Arle began"; -1 where none does."""
    for k in range(end + 1, min(stop, end + LATER)):
        if s.lows[k] in PUNCTUATION or s.lows[k] in listing("said"):
            return -1
        if s.lows[k] in listing("begun") or s.lows[k : k + 2] == ["under", "way"]:
            return k
    return -1


def clauses(s: Sentence) -> Iterator[tuple[int, int, str, int]]:
    """(start, end, kind, head) of a sentence's clauses: main, coordinate, subordinate, relative, that.

    `head` is where a clause's subject is looked for: its start, but for what goes on behind a relative clause within commas the start of what that broke off.
    """
    start, kind, opening, head, aside, outer = 0, "main", True, 0, -1, "main"
    for k, w in enumerate(s.lows):
        if k == start > 0 and kind == "coordinate" and w in listing("subordinate"):
            kind = "subordinate"  # ", and where it …"
        if k <= start and not (k == start == 0 and w in listing("subordinate")):
            continue
        new = ""
        if w in (";", "—", "–") or w in ("but", "while", "whereas") or (w == "and" and s.lows[k - 1] == ","):
            new = "coordinate"
        elif w in listing("relative"):
            new = "relative"
        elif w == "that" and (s.lows[k - 1] in listing("said") or s.lows[k - 1] in governors()["that"]):
            new = "that"
        elif w in listing("subordinate") and not (kind == "relative" and aside >= 0):
            new = "subordinate"
        elif (w == "," and kind == "subordinate" and opening) or (
            w == "," and kind == "relative" and aside >= 0 and goes_on(s, k + 1)
        ):
            new = "main"
        if new:
            if k > start:
                yield start, k, kind, head
            resumed = aside if new == "main" and kind == "relative" else -1
            aside = head if new == "relative" and s.lows[k - 1] == "," and kind != "relative" else -1
            opening = start == k == 0
            outer, kind = (kind if aside >= 0 else outer), outer if resumed >= 0 else new
            start = k + (w not in listing("relative"))
            head = start if resumed < 0 else resumed
    yield start, len(s.words), kind, head


def goes_on(s: Sentence, at: int) -> bool:
    """Whether a verb stands behind the comma that ends a relative clause, so that the clause before it goes on: "Sarnia, which …, sealed the border"."""
    while at < len(s.lows) and is_adverb(s.lows[at]):
        at += 1
    word = s.lows[at] if at < len(s.lows) else ""
    return (
        word in listed("auxiliary")
        or word in modals()
        or word in pasts()
        or (word.endswith("ed") and word in triggers())
    )
