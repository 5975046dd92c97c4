"""Accounts: claims of one story that speak of the same thing, set against each other.

Precision comes before recall: two accounts where one would do are a nuisance, one account of two things is a falsehood. So whatever
contradicts parts two claims (`counts`, `sameness`), and what remains must share enough of the words that tell something within its story.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.knowledge import FactKind
from onrecord.model import Noun
from onrecord.read.manner import lexicon
from onrecord.resolve.counts import (
    HAPPENED,
    PLAIN,
    SOON,
    days_between,
    far_apart,
    is_tally,
    runs_on,
    same_series,
    thing,
    whose,
)
from onrecord.resolve.drift import shingles
from onrecord.resolve.facts import Fact
from onrecord.resolve.measures import SUFFERED, TOLL
from onrecord.resolve.sameness import SURE, contradict, is_step, lenient, same
from onrecord.resolve.terms import terms, weight
from onrecord.resolve.words import stem
from onrecord.text import digest

KEYS = 10  # terms of a claim
NAMES = 6  # names that a figure is found by in other stories
KEPT = 10  # facts of an account that a new one is compared with
TELLING = 2.1  # the weight of a term that two figures of one affair have in common: "mine", not "police", nor "killed" of the dead
NEXT = 2  # figures that only their affair ties to each other seldom differ by more


class Account(Noun, frozen=True, kw_only=True):
    """Claims of one story about the same thing: enough of them to recognise the next."""

    id: str  # of the first claim
    story: str
    kind: FactKind
    facts: tuple[Fact, ...]


def begun(story: str, fact: Fact, id: str) -> Account:
    """The account that a claim begins; `id` is that of the claim in the record."""
    return Account(id=digest("account", id, str(fact.number)), story=story, kind=fact.kind, facts=(fact,))


def joined(account: Account, fact: Fact) -> Account:
    """The account with one more claim: the first is always kept, of the others the latest."""
    first, *others = account.facts
    return Account(
        id=account.id, story=account.story, kind=account.kind, facts=(first, *(*others, fact)[-(KEPT - 1) :])
    )


def keys(fact: Fact) -> tuple[str, ...]:
    """What finds the accounts that a claim may belong to: its most telling terms, the topic and places of a tally, and its number."""
    telling = sorted(fact.terms, key=lambda term: (-weight(term), term))[:KEYS]
    followed = {*fact.tally.places, *(SUFFERED if TOLL in fact.topics else fact.topics)} if is_tally(fact) else ()
    number = (
        [f"number:{n:g}" for n in sorted(fact.numbers) if n >= PLAIN][:KEYS]
        if fact.kind == "statement"
        else (
            [f"number:{fact.low:g}"]
            if fact.kind == "figure" and fact.low is not None and fact.low == fact.high and fact.low >= PLAIN
            else []
        )
    )
    run = (f"series:{fact.tally.series}", f"series:{fact.tally.series}:{fact.tally.who}") if runs_on(fact) else ()
    things = (f"things:{noun}", f"things:{noun}:{fact.unit}") if fact.kind == "figure" and (noun := thing(fact)) else ()
    return (
        *(f"{fact.kind}:{term}" for term in telling),
        *(f"tally:{key}" for key in sorted(followed)),
        *number,
        *run,
        *things,
    )


def wide_keys(fact: Fact) -> tuple[str, ...]:
    """What finds the accounts of other stories that a claim may belong to: a quotation by its words, a count or level by what it is told anew of and the most telling of its names."""
    if fact.quoted:
        return tuple(f"quote:{run}" for run in sorted(shingles(fact.words)))
    if not runs_on(fact):
        return ()
    names = sorted(whose(fact), key=lambda name: (-weight(stem(name)), name))[:NAMES]
    teller = (f"@{fact.voice.origin.id}",) if fact.voice.origin.kind == "speaker" else ()
    return tuple(f"series:{fact.tally.series}:{name}" for name in (*names, *teller))


def place(fact: Fact, accounts: Iterable[Account]) -> Account | None:
    """The account that a claim belongs to: the one that it is most like, of those whose every kept claim is no other thing."""
    scored = [(score(fact, account), account) for account in accounts if account.kind == fact.kind]
    best = max(scored, key=lambda s: (s[0], len(s[1].facts), s[1].id), default=(0.0, None))
    return best[1] if best[0] > 0 else of_the_affair(fact, [account for _, account in scored])


def of_the_affair(fact: Fact, accounts: Sequence[Account]) -> Account | None:
    """The one account of a count of which an article that names no place tells as well: what its affair is about need not be said again."""
    if not (runs_on(fact) and is_nowhere(fact)):
        return None
    last = [(account, max(account.facts, key=lambda f: f.moment)) for account in accounts]
    told = [(account, f) for account, f in last if runs_on(f) and f.tally.series == fact.tally.series]
    if len(told) != 1 or not is_next(fact, told[0][1], runs=has_moved(told[0][0])):
        return None
    return told[0][0]


def has_moved(account: Account) -> bool:
    """Whether an account's figure has been another from article to article: a count that its affair is known to follow."""
    return len({(f.low, f.high) for f in account.facts}) > 1


def is_nowhere(fact: Fact) -> bool:
    """Whether nothing in its article says what place or thing a figure is of: the name of the paper that was told it says nothing."""
    t, teller = fact.tally, fact.voice.origin
    paper = frozenset(teller.name.casefold().split()) if teller.kind != "speaker" else frozenset()
    return not (t.names - paper or t.own or t.site or t.places or fact.countries)


def is_next(fact: Fact, other: Fact, *, runs: bool) -> bool:
    """Whether a figure may be what another one has become within days: of the same people or unit, and no other order of magnitude; a word that tells ties them, unless the count `runs` already."""
    one = fact.tally.who == other.tally.who and fact.unit == other.unit
    shared = (fact.terms & other.terms) - (said_of(fact.tally.series) if fact.tally.series in HAPPENED else frozenset())
    one = one and (runs or any(weight(term) >= TELLING for term in shared))
    return one and days_between(fact.moment, other.moment) <= SOON and not far_apart(fact, other, NEXT)


def score(fact: Fact, account: Account) -> float:
    """How well a claim fits an account, 0 where it does not."""
    likeliest, parted, steps = 0.0, False, []
    for other in account.facts:
        if not contradict(fact, other):
            likeliest = max(likeliest, same(fact, other))
        elif lenient(fact, other):
            parted = True
        elif is_step(fact, other):
            steps.append(other)
        else:
            return 0.0
    follows = not steps or any(same_series(fact, other) for other in account.facts if other not in steps)
    return likeliest if follows and (likeliest == SURE or not parted) else 0.0


@cache
def said_of(series: str) -> frozenset[str]:
    """The terms of the words that tell of what people suffer, and of any toll."""
    entry, toll = lexicon("indicators")["topic"][series], lexicon("accounts")["toll"]["words"]
    return frozenset(terms(" ".join([*entry["nouns"], *entry["verbs"], *entry.get("people", ()), toll])))
