"""The group of an event word ("has not yet been signed"), orders, and what the clause says behind a noun that is its subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.read.certainty_words import STOPS, governors, is_adverb, listed, modals, word_form

CLAUSE = 24  # how many words back a clause's governor is looked for
JOINED = 12  # how many words back the verb is looked for that another is joined to
SERIES = 8  # how far behind a comma a series goes on with "and"
PREDICATE = 6  # how many words behind a noun what is said of it is looked for; twice as many where "of" follows


class Group(NamedTuple):
    """The words before a verb that belong to it."""

    start: int
    form: str
    negative: bool = False
    modal: str = ""


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
            negative = negative or words[j] not in listed("only")  # "not only broke but V-ed"
        elif w == "longer" and j > 1 and words[j - 2] == "no":
            negative = True
            j -= 1
        elif w == "to" and form == "ing" and j == at:
            break  # "confessed to V-ing"
        elif w == "to":
            negative = negative or (j > 1 and words[j - 2] in listed("negative"))
            return Group(j - 2 if j > 1 and words[j - 2] in listed("negative") else j - 1, "to", negative, modal)
        elif w in ("almost", "nearly") and form == "ed" and words[at] not in listed("measure"):
            negative = True  # "almost sank"
        elif w not in listed("auxiliary") and not is_adverb(w):
            break
        j -= 1
    found = Group(j, form, negative, modal or (asked(words, j) if form == "base" else ""))
    return (joined(words, found) if j == at else None) or found


def asked(words: Sequence[str], start: int) -> str:
    """The modal that a question has before its subject: "what *can* the crew do"; "" for none."""
    at = next((k for k in range(start - 1, max(-1, start - 5), -1) if words[k] in modals()), -1)
    opening = at == 0 or (at > 0 and words[at - 1] in listed("asking"))
    return modals()[words[at]] if opening else ""


def joined(words: Sequence[str], found: Group) -> Group | None:
    """The group of the verb that a bare one is joined to by "and", "or" or a comma; None where there is none."""
    at, form = found.start, found.form
    if not at or form not in ("base", "ing", "ed") or words[at - 1] not in ("and", "or", "then", "but", ","):
        return None
    if words[at - 1] == "," and {"and", "or"}.isdisjoint(words[at : at + SERIES]):
        return None
    if form == "ed" and words[at - 1] == "but":
        return None  # "did not sink but V-ed"
    for k in range(at - 2, max(-1, at - 2 - JOINED), -1):
        w = words[k]
        if w in STOPS or w in listed("subordinate") or w in listed("pronoun"):
            return None
        if form == "base" and (w == "to" or w in modals()):
            return group(words, k + 1)
        if form == "ing" and word_form(w) == "ing":
            return group(words, k)._replace(form="ing")
        if (
            form == "ed"
            and w in listed("negative")
            and words[at - 1] != "or"
            and words[k - 1] not in listed("auxiliary")
        ):
            return None  # "never woke and V-ed"
        if form == "ed" and (w in listed("negative") or w in ("been", "be")):
            return group(words, k + 1)._replace(form="ed")
    return None


def noun_group(words: Sequence[str], at: int) -> Group:
    """A noun with its determiners: negated by "no"."""
    start = at
    while start and (words[start - 1] in listed("determiner") or is_adverb(words[start - 1])):
        start -= 1
    first = start - 1  # "no new talks"
    while start == at and first > start - 3 and first > 0 and plain(words[first]) and not is_adverb(words[first]):
        first -= 1
    start = first if 0 <= first < start - 1 and words[first] == "no" else start
    none = "no" in words[start:at] or ("not" in words[start:at] and listed("only").isdisjoint(words[start:at]))
    light = words[start - 1 : start] if start else []
    return Group(start, "noun", none or (not listed("light").isdisjoint(light) and group(words, start - 1).negative))


def plain(word: str) -> bool:
    """Whether a word may be an adjective, as far as its form tells."""
    return (
        word.isalpha()
        and word_form(word) == "base"
        and not any(word in listed(x) for x in ("preposition", "auxiliary", "subordinate", "pronoun", "no"))
        and word not in modals()
    )


def is_order(words: Sequence[str], at: int) -> bool:
    """Whether a base form opens its clause as an imperative does, or is joined to one that does."""
    if orders(words, at):
        return True
    return words[at - 1 : at] in (["and"], ["or"], ["then"]) and joined_order(words, at - 1)


def orders(words: Sequence[str], at: int) -> bool:
    """Whether a base form opens its clause: "call the harbour", "please just call"."""
    after = words[at + 1] if at + 1 < len(words) else "."
    if (
        words[at] in listed("pronoun") | listed("preposition")
        or after in STOPS | {",", ".", ")", "that"}
        or is_adverb(words[at])
    ):
        return False
    k = at
    while k and (words[k - 1] in listed("order_adverb") or words[k - 1] in listed("please")):
        k -= 1
    if not listed("please").isdisjoint(words[k:at]):
        return True
    before = words[k - 1] if k else "please"
    return (
        before in STOPS
        or before in ("please", "(")
        or (before == "," and (k < 4 or words[0] in ("if", "please", "when")))
    )


def joined_order(words: Sequence[str], at: int) -> bool:
    """Whether an order with an object stands before "and": "take the boat and sail"."""
    for k in range(at - 2, max(-1, at - JOINED), -1):
        if words[k] in STOPS or words[k] in listed("pronoun"):
            return False
        if word_form(words[k]) == "base" and words[k + 1] in listed("determiner") and orders(words, k):
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
        elif w in listed("occur") or (passive and w in listed("settled")):
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
        elif closes(words, k) or (word_form(w) == "ed" and after not in listed("preposition")):
            return 0
        k += 1
    return 0


def closes(words: Sequence[str], at: int) -> bool:
    """Whether a subject ends at a word; not at the "and" of "the tour of Tarn and Seldrin"."""
    w = words[at]
    if w == "and":
        return listed("preposition").isdisjoint(words[at - 3 : at - 1])
    return w in STOPS or w in (".", "but", "that") or w in listed("subordinate")


def supposed(words: Sequence[str], start: int, at: int) -> bool:
    """Whether what opens its clause is spoken of as what would be: "closing the port would be a mistake"."""
    verb = predicate(words, start, at)
    return bool(verb) and modals().get(words[verb], "") == "would"
