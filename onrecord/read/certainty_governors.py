"""What an event word depends on: "failed *to* V", "denied *that* … V", "stopped V*ing*", "planned N", each with its class of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.read.certainty_groups import CLAUSE
from onrecord.read.certainty_words import STOPS, governors, is_adverb, is_noun, listed, modals, phrase, word_form

OBJECT = 9  # how many words may stand between a governor and "to", or a governor and its noun
FAR = frozenset(
    {"want", "task", "suspect", "try", "permit", "achieve", "fail", "plan", "expect", "claim", "believe", "force"}
)  # take an object before "to"
BARE = frozenset(
    {"say", "claim", "suspect", "find", "believe", "expect", "deny", "doubt", "fact", "might", "try", "want"}
)  # take a clause without "that"
Frame = tuple[int, str, str]  # the governor's token (-1 for none), its class, the frame


def governor_of_infinitive(words: Sequence[str], start: int) -> Frame:
    """ "failed to V", "ordered the troops to V", "an agreement to V"; else what was done for the purpose."""
    done = -1
    if words[start - 1 : start] == ["but"] and "no" in words[max(0, start - 4) : start - 1]:
        return -1, "had", "to"  # "had no choice but to V"
    for k in range(start - 1, max(-1, start - 2 - OBJECT), -1):
        w, first = words[k], k == start - 1
        if first and (w in listed("asking_to") or (w == "not" and words[k - 1 : k] == ["or"])):
            return -1, "ask", "to"  # "how to V"
        if w in STOPS or w == "," or w in listed("subordinate"):
            break
        if first and w == "order" and words[k - 1 : k] == ["in"]:
            continue  # "in order to V"
        at, kind = phrase(words, k, governors()["to"])
        kind = tried(words, at, start, kind)
        if kind == "say":
            kind = "believe" if first else ""  # "is said to V"
        if kind == "ready":
            kind = once_ready(words, at, k)
        if kind == "want" and first and polite(words, start, k):
            kind = "achieve"
        if kind and (k >= start - 2 or kind in FAR) and done < k:
            return at, kind, "to"
        if first and w in ("have", "has", "had", "having"):
            return k, "had" if w == "had" else "must", "to"
        if first and w in listed("auxiliary") and w not in ("get", "got"):
            return k, "might" if w in ("was", "were") else "ready", "be to"
        acted = word_form(w) == "ed" and w not in listed("auxiliary")
        if done < 0 and k and word_form(w) != "ing" and (acted or words[k - 1] in listed("negative")):
            done = k
        if not k and w == "were" and inverted(words):
            return -1, "", "if"
        if not first and w in ("to", "and"):
            break
    if "no" in words[max(0, start - 3) : start - 1] and word_form(words[start - 1]) == "base":
        return start - 1, "permit", "to"  # "no money to V"
    return done, "other" if done >= 0 else "", "to purpose"


def tried(words: Sequence[str], at: int, start: int, kind: str) -> str:
    """A governor's class as the words beside it turn it: what one "tried in vain" failed, what one "took the chance" to do was done."""
    if words[at] == "enough" and {"was", "were", "been"}.isdisjoint(words[max(0, at - 4) : at]):
        return "ease"  # "is old enough to V", but "was lucky enough to V"
    if words[at] == "hard" and at and words[at - 1] not in listed("auxiliary") and not is_adverb(words[at - 1]):
        return "try"  # "pushed hard to V"
    if kind == "suspect" and is_noun(words, at):
        return ""  # "told a suspect to V"
    if kind == "try" and not listed("vain").isdisjoint(words[max(0, at - 1) : start]):
        return "fail"
    if kind in ("permit", "ease") and not listed("seize").isdisjoint(words[max(0, at - 2) : at]):
        return "achieve"
    return kind


def once_ready(words: Sequence[str], at: int, last: int) -> str:
    """The class of "able", "set" and the like: "was able to V" tells that it was done, "was set to V" leaves it open."""
    past = not {"was", "were", "been"}.isdisjoint(words[max(0, at - 2) : at])
    return "ready" if not past else "achieve" if words[last] in listed("able") else "due"


def polite(words: Sequence[str], start: int, want: int) -> bool:
    """Whether what one "would like to" or "wants to" say is said thereby: "we would like to thank" (Austin's performatives)."""
    said = next((w for w in words[start + 1 : start + 3] if w != "to" and not is_adverb(w)), "")
    return said in listed("performative") and (words[want] == "like" or words[want - 1] in ("i", "we"))


def governor_of_gerund(words: Sequence[str], start: int) -> Frame:
    """ "stopped V-ing", "prevented it from V-ing", "talked him into V-ing", "without V-ing"."""
    if start > 1 and words[start - 1] in ("from", "into"):
        for k in range(start - 2, max(-1, start - 2 - OBJECT), -1):
            if words[k] in STOPS:
                break
            if words[start - 1] == "from" and words[k] in listed("barrier"):
                return k, "fail", "ing"
            if words[start - 1] == "into" and word_form(words[k]) == "ed" and words[k] not in listed("auxiliary"):
                return k, governors()["ing"].get(f"{words[k]} into", "force"), "ing"
    for k in range(start - 1, max(-1, start - 5), -1):
        w = words[k]
        if w in STOPS or w in (",", "that") or w in listed("subordinate") - {"after", "before", "as"}:
            break
        at, kind = phrase(words, k, governors()["ing"])
        if w == "by" or (
            kind == "want" and k == start - 2 and is_noun(words, k) and words[k + 1] not in listed("preposition")
        ):
            break  # "avoided it by V-ing", "a press release V-ing"
        if kind and (k >= start - 2 or kind in ("fail", "cancel", "deny", "claim", "suspect", "might")):
            return at, kind, "ing"
    return supposed_verb(words, start), "object", "ing"


def supposed_verb(words: Sequence[str], start: int) -> int:
    """The verb, not yet real, of the clause that a participle goes on: "could hit the port, V-ing"; -1 for none."""
    first = start - 2 if words[start - 1 : start] in (["before"], ["after"]) else start - 1
    for k in range(first, max(-1, start - 1 - CLAUSE), -1):
        w = words[k]
        if w in STOPS or w == "that" or w in listed("subordinate") or w in listed("be"):
            return -1
        wanted = w == "to" and governor_of_infinitive(words, k)[1] not in ("", "other")
        if wanted or modals().get(w, "can") != "can":
            return bare_verb(words, k, start)
        if word_form(w) == "ed" and words[k - 2 : k - 1] and words[k - 1] == "have" and words[k - 2] in modals():
            return k  # "may have V-ed"
        if word_form(w) == "ed" and words[k - 1] not in modals():  # "may hit"
            return -1
    return -1


def denies(words: Sequence[str], k: int) -> bool:
    """Whether a word is the "not" of "did not make": what it did not make is not there, unlike what it did not answer."""
    done = words[k + 1 : k + 2]
    return (
        k > 0
        and words[k] in ("not", "n't")
        and words[k - 1] in ("do", "does", "did")
        and not listed("make").isdisjoint(done)
    )


def bare_verb(words: Sequence[str], k: int, end: int) -> int:
    """The base form that a modal, "to" or "not" stands before; -1 where another word comes first."""
    verb = next((m for m in range(k + 1, end) if not is_adverb(words[m]) and words[m] not in listed("negative")), -1)
    if verb < 0 or words[verb] in listed("determiner"):
        return -1
    return verb if word_form(words[verb]) == "base" or (verb == k + 1 and words[k] in modals()) else -1


def governor_of_noun(words: Sequence[str], at: int, start: int, content: bool = False) -> Frame:
    """ "planned N", "called off the N", "the risk of N"; or the verb, not yet real, that the noun is the object of."""
    definite = known(words, start)
    planned = content and governors()["to"].get(words[at]) in ("plan", "want", "try", "expect")
    told = content and governors()["that"].get(words[at]) in ("say", "claim", "suspect")
    apart = False  # whether a preposition stands between
    for k in range(start - 1, max(-1, start - OBJECT), -1):
        w = words[k]
        m, kind = phrase(words, k, governors()["np"])
        if not kind and planned and w in listed("drop"):
            kind = "cancel"  # "dropped plans to"
        elif not kind and told and w in listed("recant"):
            kind = "deny"  # "withdrew its claim that"
        if w in STOPS or w in (",", "that") or w in listed("subordinate") or (w in listed("close") and m == k):
            break
        unreal = w in modals() or denies(words, k) or (w == "to" and words[k - 1] not in listed("to_noun"))
        if unreal and not definite and (verb := bare_verb(words, k, at)) >= 0:
            return verb, "object", "np"
        if (
            kind
            and (
                k >= start - 2
                or kind in ("cancel", "might", "deny", "claim", "suspect")
                or (not definite and kind in ("plan", "try", "expect"))
            )
            and not (definite and (kind == "might" or (kind == "deny" and not content)))
            and not (k == start - 1 and m == k and words[k] in listed("compound"))
            and (
                apart
                or kind not in ("plan", "want", "try")
                or m < k
                or word_form(words[k]) == "ed"
                or not is_noun(words, k)
            )
        ):  # what "the plan" names was there to be rejected; "the ferry deal" governs nothing behind it
            return m, kind, "np"
        apart = apart or w in listed("preposition")
    return -1, "", "np"


def known(words: Sequence[str], start: int) -> bool:
    """Whether a noun is one that is there already, by its article: "the vote", "this new rule"."""
    for k in range(start, max(-1, start - 4), -1):
        if words[k] in ("the", "this", "that", "these", "those"):
            return True
        if k < start and (
            words[k] in listed("preposition") | listed("determiner") | listed("auxiliary")
            or word_form(words[k]) != "base"
        ):
            return False
    return False


def governor_of_clause(words: Sequence[str], start: int, verb: int) -> Frame:
    """ "denied that … V", "said … V"; or the condition that the clause is, or that precedes it."""
    table, comma = governors()["that"], False
    for k in range(start - 1, max(-1, start - 1 - CLAUSE), -1):
        w = words[k]
        if w in STOPS:
            break
        comma = comma or w == ","
        if conditional(words, k):
            return -1, "", "main" if comma else "if"
        if not k and inverted(words):
            return -1, "", "main" if comma else "if"
        if comma:
            continue
        if w in listed("until") and k >= start - 4 and (w == "until" or present(words, start, verb)):
            return -1, "", "if"  # "once he V-s", but "once he had V-ed"
        if w == "that":
            return governor_of_that(words, k, verb)
        if w in listed("subordinate"):
            break
        kind = table.get(w, "")
        if kind in BARE and k < start - 1 and takes_clause(words, k, start, verb):
            return k, kind, "that"
    return -1, "", "clause"


def present(words: Sequence[str], start: int, verb: int) -> bool:
    """Whether a verb's group is of the present, as far as its form tells."""
    return word_form(words[verb]) in ("s", "base") and {"was", "were", "had", "did"}.isdisjoint(words[start:verb])


def takes_clause(words: Sequence[str], k: int, start: int, verb: int) -> bool:
    """Whether a verb's clause without "that" is the one whose verb is at hand: "said the dam broke", not "risk losing the votes they won"."""
    kind, between = governors()["that"][words[k]], words[k + 1 : start]
    if (
        (not k and word_form(words[k]) == "ed")
        or is_adverb(words[k])
        or between[0] in listed("preposition")
        or is_noun(words, k)
    ):
        return False
    if kind in ("want", "try") and words[k] not in listed("bare") and word_form(words[verb]) != "base":
        return False
    return not any(w in modals() or w in listed("be") or w == "to" or word_form(w) == "ing" for w in between)


def conditional(words: Sequence[str], k: int) -> bool:
    """Whether a word opens a condition: "if", "as long as", "assuming" at the front."""
    if words[k] in listed("condition"):
        return words[k + 1 : k + 2] != ["to"]  # "whether to V"
    return words[max(0, k - 1) : k + 1] in (["long", "as"], ["in", "case"]) or (
        not k and words[k] in listed("supposing")
    )


def inverted(words: Sequence[str]) -> bool:
    """Whether a sentence opens with a condition that has no "if": "had the dam held", "should the dam break", "were he to go"."""
    return words[0] in ("had", "should", "were") and "?" not in words


def governor_of_that(words: Sequence[str], that: int, verb: int) -> Frame:
    """The governor of a that-clause: a word of the lexicon, or a verb it does not know; none before a relative "that"."""
    table = governors()["that"]
    for k in range(that - 1, max(-1, that - 3), -1):
        at, kind = phrase(words, k, table)
        if kind == "want" and at and words[at - 1] in listed("be") and word_form(words[verb]) != "base":
            kind = "say"  # "was advised that the dam had V-ed", not "it is advised that he V"
        if kind:
            return at, kind, "that"
    if not that or words[that - 1] in listed("supposing"):
        return -1, "", "if" if that else "clause"  # "provided that"
    if word_form(words[that - 1]) == "base" and denied(words, that - 1):
        return that - 1, "other", "that"
    if word_form(words[that - 1]) != "ed":
        return -1, "", "clause"
    near = set(words[max(0, that - 4) : that - 1])
    felt = near & listed("auxiliary") and not near & {"have", "has", "had", "did"}  # "was dismayed that"
    return that - 1, "fact" if felt else "other", "that"


def denied(words: Sequence[str], at: int) -> bool:
    """Whether a base form follows "did not", "may", "to" and the like, so that it is a verb."""
    before = words[at - 1 : at]
    return bool(before) and (before[0] in listed("negative") or before[0] in modals() or before[0] == "to")


def untrue(words: Sequence[str], at: int, governor: int) -> bool:
    """Whether what was said is called untrue: "wrongly reported that", "the claim that the ship sank is false", "reports of a fire were denied"."""
    if words[governor - 1 : governor] and words[governor - 1] in listed("wrongly"):
        return True
    denied = (
        k for k in range(at + 1, min(len(words), at + OBJECT)) if words[k] in listed("untrue") or refuted(words[k])
    )
    said = next(denied, 0)
    noun = governor == 0 or is_noun(words, governor) or word_form(words[governor]) == "s"
    return bool(said) and noun and not listed("be").isdisjoint(words[at + 1 : said])


def refuted(word: str) -> bool:
    """Whether a participle denies: "denied", "rejected"."""
    return word_form(word) == "ed" and governors()["that"].get(word) == "deny"
