"""Events: who did what to whom, by the types of PLOVER (`lexicon/events.toml` holds the triggers).

Nothing is parsed. 1. A text's words are looked up among the triggers; sentences without one are passed over. 2. A sentence is cut into
clauses; a clause gives one event: its first finite trigger verb, else an infinitive or a gerund, else a noun. What a verb governs
("agreed to send", "demanded that Foo leave") is no event of its own, nor is the background of one ("after days of fighting").
3. The actor stands before the verb, the recipient behind it; a passive turns them round. Names are entities that the article has; a
group told of by its description ("Sarnian border guards") becomes one. 4. `certainty.factuality` gives the status. 5. Promised help is
AGREE, announced force THREATEN, as PLOVER has it. An event without an actor is none, unless it is done to somebody: a passive, a noun, an assault.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from onrecord.model import Date, Entity, EntityType, Event, EventDate, EventStatus, Place
from onrecord.read import countries
from onrecord.read.certainty import factuality, governors, listed, modals
from onrecord.read.manner import inflections, lexicon
from onrecord.read.sentences import sentences
from onrecord.text import Span

TOKEN = re.compile(
    r"n['’]t\b|\w+?(?=n['’]t\b)|['’]s\b|(?:[A-Z]\.){2,}|\w+(?:[-./&’']\w+)*?(?=['’]s\b)|\w+(?:[-./&]\w+)*|[^\w\s]"
)
NEAR = 12  # how many words behind a trigger what it needs is looked for
BEFORE = 10  # the same before a passive
SUBJECT = 45  # how many words before a verb its subject is looked for
OBJECT = 30  # how many words behind a verb its object is looked for
LONGEST = 9  # how many words the description of a group has
PAST = 5  # how many years before the latest one that is told of an event is history
AT = 60  # how many words of a clause before a trigger are looked at
FRIENDLY = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE"})
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT"})
TIME = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "last", "this", "next", "once", "again", "also", "recently", "late", "early", "earlier", "meanwhile"})  # fmt: skip
PREPOSITION = frozenset({"in", "on", "at", "to", "for", "with", "from", "by", "of", "against", "over", "into", "under", "near", "about", "through", "during", "between", "among", "amid", "towards", "toward", "since", "after", "before", "until", "despite", "according", "following"})  # fmt: skip
DETERMINER = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "some", "several", "many", "most", "all", "both", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "more", "than", "up", "nearly", "about", "least", "at", "hundreds", "thousands", "dozens", "tens", "scores", "of"})  # fmt: skip
PRONOUN = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "which"})  # fmt: skip
BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s"})  # fmt: skip
NOBODY = frozenset({"nobody", "none", "nothing", "something", "everything", "there", "what", "that", "this", "another", "most", "more", "few", "many", "some", "all", "both", "fire", "police", "rain", "parliament", "government", "instead", "then", "so", "yet", "no", "not"})  # fmt: skip
OWNERS = frozenset({"the", "a", "an", "this", "these", "those", "its", "his", "her", "their", "my", "our", "your", "'s", "of", "no"})  # fmt: skip
BARE = frozenset({"by", "against", "on", "over", "between"})  # behind a noun that stands alone
IN = re.compile(r"\b(?:in|at|near|outside|inside|around|across|on)\s+(?:the\s+)?(?:[\w-]+\s+){0,4}$", re.I)
JOINING = frozenset({"and", "or", "'s", "that", "who", "which", "to"})
OPENING = frozenset(':;"“‘[(.!?')
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


class Word(NamedTuple):
    """A word of a sentence."""

    text: str
    low: str
    span: Span


class Hit(NamedTuple):
    """A trigger found: where, how it stands (0 finite, 1 infinitive or carried by a light verb, 2 gerund, 3 noun)."""

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
        found = Trigger(rank, entry["type"], entry.get("mode"), verb, kept, negated, entry.get("said", False), entry.get("modal", False), entry.get("officials", False), words_pattern(entry.get("with")), words_pattern(entry.get("without")))  # fmt: skip
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


@cache
def historical() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(lexicon("events")["words"]["historical"]) + r")\b", re.I)


def split(text: str, span: Span) -> Sentence:
    """The words of a sentence."""
    words = [Word(m.group(), m.group().lower().replace("’", "'"), m.span()) for m in TOKEN.finditer(text, *span)]
    return Sentence(words, [w.low for w in words])


def phrase_end(lows: Sequence[str], at: int, rest: Sequence[str]) -> int:
    """Where a trigger's phrase ends, with up to two words between its words; -1 where it is not there."""
    k, gap = at + 1, 1 if lows[at] in COMMON else 3
    for word in rest:
        found = next((j for j in range(k, min(len(lows), k + gap)) if lows[j] == word), -1)
        if found < 0 or not PUNCTUATION.isdisjoint(lows[k:found]):
            return -1
        k = found + 1
    return k


def is_adverb(word: str) -> bool:
    """Whether a word may stand within a verb's group."""
    return (
        word in listed("adverb")
        or word in ("again", "also", "still", "now", "routinely")
        or (word.endswith("ly") and len(word) > 4)
    )


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
    if not (t.near or t.without):
        return True
    behind, before = s.lows[end : min(stop, end + NEAR)], s.lows[max(low, at - BEFORE) : at]
    joined = " " + "  ".join([*before, *behind]) + " "
    if t.without and t.without.search(joined):
        return False
    if t.verb and not passive:
        joined = " " + "  ".join(behind) + " "
    return not t.near or bool(t.near.search(joined))


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
                new = Hit(at, end, t, form, start, passive, at)
            else:
                if stands is not None and stands[0] == 0 and not t.rest and any(o.verb for o in options):
                    continue
                if not fits(s, t, at, end, max(low, at - AT), stop, True):
                    continue
                carried = next(
                    (k for k in range(at - 1, max(low, at - 9) - 1, -1) if s.lows[k] in listing("light")), -1
                )
                owner = s.words[at - 1] if at > low else None
                behind = s.lows[end] if end < stop else ""
                if carried < 0 and behind not in BARE and not (owner and (owner.low == "'s" or is_people(owner))):
                    continue
                new = Hit(
                    at,
                    end,
                    t,
                    3 if carried < 0 else 1,
                    at if carried < 0 else verb_group(s, carried, low),
                    False,
                    at if carried < 0 else carried,
                )
            if best is None or (len(new.trigger.rest), -new.trigger.rank) > (
                len(best.trigger.rest),
                -best.trigger.rank,
            ):
                best = new
        if best:
            yield best


def clauses(s: Sentence) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of a sentence's clauses: main, coordinate, subordinate, relative, that."""
    start, kind, opening = 0, "main", True
    for k, w in enumerate(s.lows):
        if k <= start and not (k == start == 0 and w in listing("subordinate")):
            continue
        new = ""
        if w in (";", "—", "–") or w in ("but", "while", "whereas") or (w == "and" and s.lows[k - 1] == ","):
            new = "coordinate"
        elif w in listing("relative"):
            new = "relative"
        elif w == "that" and (s.lows[k - 1] in listing("said") or s.lows[k - 1] in governors()["that"]):
            new = "that"
        elif w in listing("subordinate"):
            new = "subordinate"
        elif w == "," and kind == "subordinate" and opening:
            new = "main"
        if new:
            if k > start:
                yield start, k, kind
            opening = start == k == 0
            start, kind = k + (w not in listing("relative")), new
    yield start, len(s.words), kind


class Cast:
    """Who is named in an article, and who has been added as a group."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        self.text = text
        self.mentions = sorted((m, n) for n, e in enumerate(entities) for m in e.mentions)
        self.starts = [m[0] for m, _ in self.mentions]
        self.entities = list(entities)
        self.mentions_of = [set(e.mentions) for e in entities]
        self.by_name = {e.name.casefold(): n for n, e in enumerate(entities)}
        self.given = len(entities)
        self.lower: frozenset[str] | None = None

    def ordinary(self) -> frozenset[str]:
        """The words that the text has in lower case."""
        if self.lower is None:
            self.lower = frozenset(LETTERS.findall(self.text))
        return self.lower

    def within(self, span: Span) -> list[tuple[Span, int]]:
        """The mentions inside a span, in order."""
        k = bisect_left(self.starts, span[0])
        out = []
        while k < len(self.mentions) and self.starts[k] < span[1]:
            if self.mentions[k][0][1] <= span[1]:
                out.append(self.mentions[k])
            k += 1
        return out

    def group(self, span: Span) -> int:
        """The entity of a description, made where there is none."""
        name = " ".join(self.text[slice(*span)].split())
        name = re.sub(r"^(?:the|a|an|some|its|their|his|her)\s+", "", name, flags=re.I)
        at = self.by_name.get(name.casefold())
        if at is None:
            at = len(self.entities)
            plain = countries.places().get(name)
            type_: EntityType = "place" if plain else "group"
            self.entities.append(
                Entity(id=f"e{at + 1}", name=name, type=type_, country=countries.first_in(name), mentions=())
            )
            self.mentions_of.append(set())
            self.by_name[name.casefold()] = at
        self.mentions_of[at].add(span)
        return at


def is_people(word: Word) -> bool:
    """Whether a word tells of people, or of a country's."""
    return word.low in listing("people") or word.text in countries.demonyms() or word.text in countries.places()


def phrase_stop(s: Sentence, low: int, stop: int) -> int:
    """Where a phrase without prepositions ends."""
    end = low
    while end < min(stop, low + LONGEST):
        w = s.lows[end]
        if w in PUNCTUATION or w in PREPOSITION or w in JOINING or w in listed("auxiliary") or w in modals():
            break
        if w in TIME and s.words[end].text[:1].isupper():
            break
        end += 1
    return end


def noun_phrases(cast: Cast, s: Sentence, low: int, stop: int, several: bool) -> list[int]:
    """The entities of the first actor-like phrase between two words; of all that "and" or a comma joins where `several`."""
    found: list[int] = []
    k = low
    while k < stop:
        while k < stop and (s.lows[k] in DETERMINER or s.lows[k].replace(",", "").isdigit()):
            k += 1
        end = phrase_stop(s, k, stop)
        if end == k:
            if found:
                break
            k += 1
            continue
        one = phrase(cast, s, k, end)
        if one is None:
            if found:
                break
            k = end + 1
            continue
        if end < stop and s.lows[end] == "of" and not cast.entities[one].mentions:
            end, one = whole(cast, s, k, end, stop, one)
        if one not in found:
            found.append(one)
        if (
            not several
            or end >= stop
            or s.lows[end] not in ("and", ",", "or")
            or (s.lows[end] == "," and "and" not in s.lows[end : min(stop, end + 8)])
        ):
            break
        k = end + 1
    return found


def whole(cast: Cast, s: Sentence, low: int, end: int, stop: int, one: int) -> tuple[int, int]:
    """ "leaders of the Sarnian coalition": a description with what "of" adds, and where it ends."""
    k = end + 1
    while k < stop and s.lows[k] in DETERMINER:
        k += 1
    last = k
    while (
        last < stop
        and last - k < 5
        and (s.words[last].text[:1].isupper() or is_people(s.words[last]) or s.words[last].text in countries.demonyms())
    ):
        last += 1
    if last == k:
        return end, one
    return last, cast.group((s.words[low].span[0], s.words[last - 1].span[1]))


def is_name(s: Sentence, k: int) -> bool:
    """Whether a word within a sentence is capital as names are."""
    w = s.words[k]
    opens = s.lows[k - 1] in OPENING
    return (
        w.text[:1].isupper()
        and len(w.text) > 1
        and not opens
        and w.low not in TIME
        and w.low not in PRONOUN
        and not is_adverb(w.low)
    )


def capitalised(cast: Cast, s: Sentence, low: int, stop: int) -> int | None:
    """A name that nobody knows: capitals within a sentence."""
    if low == 0 and stop == 1:  # "Sarnia banned …"; not "Nobody banned …", nor a word that is elsewhere in lower case
        alone = (
            len(s.lows) > 1
            and s.lows[1] not in PREPOSITION
            and s.lows[1] not in PUNCTUATION
            and s.words[0].text.isalpha()
            and not s.lows[0].endswith(("s", "ly"))
            and s.lows[0] not in cast.ordinary()
        )
        return cast.group(s.words[0].span) if alone and s.lows[0] not in PRONOUN and s.lows[0] not in NOBODY else None
    k = next((k for k in range(max(1, low), stop) if is_name(s, k)), stop)
    end = k
    while end < stop and s.words[end].text[:1].isupper():
        end += 1
    return cast.group((s.words[k].span[0], s.words[end - 1].span[1])) if end > k else None


def phrase(cast: Cast, s: Sentence, low: int, stop: int) -> int | None:
    """The entity of one phrase without prepositions: a name, or a description of people; None where it is neither."""
    inside = cast.within((s.words[low].span[0], s.words[stop - 1].span[1]))
    named = [(m, n) for m, n in inside if cast.text[m[1] : m[1] + 1] != "$"]  # money
    if people := [n for _, n in named if cast.entities[n].type == "person"]:
        return people[-1]
    heads = [k for k in range(low, stop) if is_people(s.words[k])]
    if named:
        mention, n = named[-1]
        rest = [k for k in range(low, stop) if s.words[k].span[0] >= mention[1]]
        adjective = cast.text[slice(*mention)] in countries.demonyms()
        if not (rest and (adjective or s.lows[rest[0]] in listing("people") or any(k in heads for k in rest))):
            return n
        heads = [k for k in heads if k >= rest[0]] or (
            [rest[0]] if s.lows[rest[0]] not in triggers() else [rest[0] - 1]
        )
    if not heads:
        return capitalised(cast, s, low, stop)
    last = heads[-1]
    if (
        s.words[last].text in countries.demonyms()
        and last + 1 < stop
        and s.lows[last + 1] not in triggers()
        and not is_adverb(s.lows[last + 1])
        and s.lows[last + 1].endswith("s")
    ):
        last += 1
    return cast.group((s.words[max(low, last - 5)].span[0], s.words[last].span[1]))


def subject(cast: Cast, s: Sentence, low: int, group: int) -> list[int]:
    """Who stands before a verb group, within a clause."""
    begin = max(low, group - SUBJECT)
    for k in range(group - 1, begin - 1, -1):  # behind the last word of saying or "that"
        if s.lows[k] in listing("said") or s.lows[k] == "that":
            rest = [w for w in s.lows[k + 1 : group] if w not in TIME and w not in PREPOSITION and w not in PUNCTUATION]
            if rest and rest[0] not in PRONOUN and rest[0] not in ("its", "their", "his", "her"):
                begin = k + 1
                break
            return subject(cast, s, low, k)
    while begin < group and (s.lows[begin] in PUNCTUATION or s.lows[begin] in ("and", "but", "while")):
        begin += 1
    if begin < group and (s.lows[begin] in PREPOSITION or s.lows[begin] in TIME):
        comma = next((k for k in range(begin, group) if s.lows[k] == ","), -1)
        if comma >= 0 and comma < group - 1:
            begin = comma + 1
    return noun_phrases(cast, s, begin, group, True)


def antecedent(cast: Cast, s: Sentence, low: int, group: int, last: Span | None) -> list[int]:
    """Whom a pronoun before a verb looks back at: who opens the sentence, else the sentence before."""
    said = next((w for w in reversed(s.lows[max(low, group - 4) : group]) if w in ("he", "she", "it", "they")), "")
    if not said:
        return []
    for where, stop in ((s, low), (split(cast.text, last) if last else None, OBJECT)):
        found = noun_phrases(cast, where, 0, min(stop, len(where.words)), said == "they") if where else []
        if found and (said == "they" or (cast.entities[found[0]].type == "person") == (said != "it")):
            return found
    return []


def behind(cast: Cast, s: Sentence, hit: Hit, stop: int, actors: Sequence[int]) -> list[int]:
    """Whom a verb is about: the first actor-like phrase behind it that is not the actor.

    A protest's whereabouts and a mobilization's own troops are passed over.
    """
    limit, start = min(stop, hit.end + OBJECT), hit.end
    if hit.trigger.type == "MOBILIZE":
        start = next(
            (k + 1 for k in range(start, limit) if s.lows[k] in ("against", "to", "in", "near", "on", "along", "with")),
            limit,
        )
    while start < limit:
        end = limit
        if hit.trigger.type == "PROTEST":
            while start < limit and s.lows[start] in ("in", "at", "near", "outside", "through", "on", "across"):
                start = next(
                    (k for k in range(start + 1, limit) if s.lows[k] in PREPOSITION or s.lows[k] in (",", "to")), limit
                )
            end = next(
                (k for k in range(start + 1, limit) if s.lows[k] in ("in", "at", "near", "outside", "through", "on")),
                limit,
            )
        if found := [n for n in noun_phrases(cast, s, start, end, True) if n not in actors]:
            return found
        if end == limit:
            break
        start = end
    return []


def by_phrase(cast: Cast, s: Sentence, end: int, stop: int) -> tuple[list[int], int]:
    """Who is named behind "by", and where that stands."""
    for k in range(end, min(stop, end + NEAR)):
        if s.lows[k] == "by":
            return noun_phrases(cast, s, k + 1, min(stop, k + 1 + LONGEST), True), k
    return [], stop


def status_of(text: str, s: Sentence, hit: Hit, low: int, stop: int) -> EventStatus:
    """What a sentence says of the event."""
    told = factuality(text, s.words[hit.told].span)
    start = verb_group(s, hit.told, max(low, hit.told - AT))
    planned = "to" in s.lows[start : hit.told] and not listing("plan").isdisjoint(s.lows[max(low, start - 2) : start])
    if told.certainty in ("CT-", "PR-", "PS-"):
        return "negated"
    if start > low and s.lows[start - 1 : start + 1] == ["used", "to"]:
        return "historical"
    near = s.lows[max(0, hit.at - AT) : hit.at + AT]
    conditional = "if" in near or "unless" in near
    if (conditional and told.certainty != "CT+") or (low and s.lows[low - 1] in ("if", "unless")):
        return "hypothetical"
    if s.lows[0] in ("should", "had", "were") or (s.lows[-1] == "?" and (s.lows[0] in modals() or s.lows[0] in BE)):
        return "hypothetical"
    if planned or (told.ahead and told.certainty != "Uu" and hit.form < 3):
        return "planned"
    if told.certainty in ("Uu", "PS+"):
        return "hypothetical"
    clause = text[s.words[low].span[0] : s.words[stop - 1].span[1]]
    return "historical" if historical().search(clause) else "actual"


def governs_force(words: Sequence[str]) -> bool:
    """Whether the first trigger among some words is of force only."""
    types = next(({t.type for t in triggers()[w] if t.verb and not t.rest} for w in words if w in triggers()), set())
    return bool(types) and types <= HOSTILE


def type_of(hit: Hit, status: EventStatus, s: Sentence) -> str:
    """PLOVER's type: help that is promised is AGREE, force that is announced THREATEN."""
    group, before = set(s.lows[hit.group : hit.at]), s.lows[max(0, hit.group - AT) : hit.group]
    said = not listing("said").isdisjoint(before)
    announced = bool(group & {"will", "shall", "'ll"}) or (said and bool(group & {"would", "may"}))
    if hit.trigger.type == "AGREE" and s.lows[hit.at] in BE and governs_force(s.lows[hit.end : hit.end + 2]):
        return "THREATEN"  # "is prepared to impose"
    if hit.form or not announced or status not in ("planned", "hypothetical"):
        return hit.trigger.type
    if hit.trigger.type in FRIENDLY and status == "planned":
        return "AGREE"
    if hit.trigger.type in HOSTILE and not hit.passive and (status == "planned" or said):
        return "THREATEN"
    return hit.trigger.type


def date_of(dates: Sequence[Date], starts: Sequence[int], span: Span, at: int) -> EventDate | None:
    """The nearest date of a sentence."""
    near = [
        d
        for d in dates[bisect_left(starts, span[0]) : bisect_right(starts, span[1])]
        if d.value and d.value[:1].isdigit() and d.type in ("date", "time")
    ]
    if not near:
        return None
    value = min(near, key=lambda d: abs(d.span[0] - at)).value or ""
    precision = (
        "time"
        if "T" in value
        else "week"
        if "W" in value
        else {4: "year", 7: "month", 10: "day"}.get(len(value), "other")
    )
    return EventDate(value=value, precision=precision)


def place_of(text: str, places: Sequence[Place], starts: Sequence[int], span: Span, at: int) -> str | None:
    """The nearest place of a sentence that something is told to be in."""
    near = [
        p
        for p in places[bisect_left(starts, span[0]) : bisect_right(starts, span[1])]
        if IN.search(text, max(span[0], p.span[0] - 40), p.span[0])
    ]
    return min(near, key=lambda p: abs(p.span[0] - at)).id if near else None


def chosen(found: Sequence[Hit]) -> Hit | None:
    """The event of a clause: the first of those that stand best."""
    return min(found, key=lambda h: (h.form, h.at)) if found else None


def official(cast: Cast, s: Sentence, low: int, stop: int, actors: Sequence[int]) -> bool:
    """Whether officials or countries take part: not everybody's visit is an event."""
    if not listing("officials").isdisjoint(s.lows[max(low, stop - 2 * AT) : stop]):
        return True
    return any(
        e.role or (e.type == "place" and e.country and e.name in countries.places())
        for e in (cast.entities[n] for n in actors)
    )


def found_in(
    text: str, s: Sentence, cast: Cast, last: Span | None
) -> Iterator[tuple[Hit, EventStatus, str, list[int], list[int]]]:
    """The events of a sentence with actors and recipients."""
    told = False
    for low, stop, kind in clauses(s):
        if low >= stop or kind == "relative" or (told and kind in ("that", "subordinate")):
            continue
        found = list(hits(s, low, stop))
        hit = chosen(found)
        if hit is None or (kind == "subordinate" and hit.form):
            continue
        joined = [h for h in found if h.at > hit.end and h.trigger.type != hit.trigger.type and continues(s, h)]
        before: list[int] = []
        for h, end in zip([hit, *joined], [*(h.group - 1 for h in joined), stop], strict=True):
            actors, recipients = (
                parties(cast, s, h, low, end, last) if h is hit else (before, behind(cast, s, h, end, before))
            )
            before = actors
            if (h is not hit or (told and kind == "coordinate")) and not actors:
                continue
            unnamed = (
                h.passive or h.form == 3 or (h.form == 0 and h.trigger.type == "ASSAULT")
            )  # "a bomb killed nine people"
            if not actors and not (recipients and unnamed):
                continue
            if h.trigger.officials and not official(cast, s, low, stop, actors):
                continue
            status = status_of(text, s, h, low, stop)
            yield h, status, type_of(h, status, s), actors, recipients
            told = True


def continues(s: Sentence, hit: Hit) -> bool:
    """Whether a finite verb is joined to one before it by "and" and has its subject: "seized the port and expelled the envoys"."""
    word = s.lows[hit.at]
    own = word in pasts() or word.endswith(("ed", "s")) or hit.group < hit.at
    return own and not hit.form and not hit.passive and s.lows[hit.group - 1] == "and"


def parties(cast: Cast, s: Sentence, hit: Hit, low: int, stop: int, last: Span | None) -> tuple[list[int], list[int]]:
    """Actors and recipients of the trigger that leads a clause."""
    if hit.trigger.said:
        said = max(k for k in range(max(0, hit.at - AT), hit.at) if s.lows[k] in listing("said"))
        recipients = noun_phrases(cast, s, said + 1, hit.group, True)
        return (subject(cast, s, max(0, said - SUBJECT), said) if recipients else []), recipients
    before = subject(cast, s, low, hit.group) or antecedent(cast, s, low, hit.group, last)
    by, by_at = by_phrase(cast, s, hit.end, stop)
    if (
        not before
        and not hit.passive
        and hit.group > low
        and s.lows[hit.group - 1] in ("”", '"', ",")
        and hit.end < stop
        and s.words[hit.end].text[:1].isupper()
    ):
        return noun_phrases(cast, s, hit.end, min(stop, hit.end + LONGEST), True), []  # '"…", complained Berg'
    if hit.passive:
        return by, before or behind(cast, s, hit, by_at, by)
    if hit.form == 3 and by:
        return by, behind(cast, s, hit, by_at, by)
    return before, behind(cast, s, hit, stop, before)


def find(
    text: str, entities: Sequence[Entity], dates: Sequence[Date], places: Sequence[Place]
) -> tuple[tuple[Event, ...], tuple[Entity, ...]]:
    """The events of a text, in order, and its entities with the groups that act in them."""
    cast = Cast(text, entities)
    date_starts, place_starts = [d.span[0] for d in dates], [p.span[0] for p in places]
    out: list[Event] = []
    years = [int(d.value[:4]) for d in dates if d.value and d.value[:4].isdigit()]
    long_ago = str(max([2000, *(y - PAST for y in years if y < 2100)]))
    last: Span | None = None
    for span in sentences(text):
        before, last = last, span
        if telling().isdisjoint(LETTERS.findall(text, *span)):
            continue
        s = split(text, span)
        for hit, status, type_, actors, recipients in found_in(text, s, cast, before):
            when = date_of(dates, date_starts, span, s.words[hit.at].span[0])
            anchor = s.words[hit.at].span[0], s.words[hit.end - 1].span[1]
            out.append(
                Event(
                    id=f"v{len(out) + 1}",
                    type=type_,
                    mode=hit.trigger.mode if type_ == hit.trigger.type else None,
                    status="historical" if status == "actual" and when and when.value < long_ago else status,
                    anchor=(anchor,),
                    actors=tuple(cast.entities[n].id for n in actors),
                    recipients=tuple(cast.entities[n].id for n in recipients),
                    date=when,
                    place=place_of(text, places, place_starts, span, anchor[0]),
                )
            )
    return tuple(out), used(cast, out)


def used(cast: Cast, found: Sequence[Event]) -> tuple[Entity, ...]:
    """The article's entities, and those of the added ones that an event names."""
    wanted = {ident for v in found for ident in (*v.actors, *v.recipients)}
    return tuple(
        e if n < cast.given else replace(e, mentions=tuple(sorted(cast.mentions_of[n])))
        for n, e in enumerate(cast.entities)
        if n < cast.given or e.id in wanted
    )
