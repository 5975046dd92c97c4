"""Accounts: claims of one story that speak of the same thing, set against each other.

Precision comes before recall: two accounts where one would do are a nuisance, one account of two things is a falsehood. So whatever
contradicts (another unit, another thing counted, others who act, another day, numbers that are not the same) parts two claims,
and what remains must share enough of the words that tell something within its story.

Credibility follows the Admiralty scale. 1: two independent origins agree and nobody contradicts; 2: one origin holds to it, another
thinks it likely; 3: one origin on the record; 4: contradicted by one independent origin; 5: by two or more; 6: nothing to judge by,
as one unnamed source or a guess is all there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache

from onrecord.knowledge import FactKind
from onrecord.model import Noun
from onrecord.read.manner import lexicon
from onrecord.resolve.claims import SPOKEN, Fact
from onrecord.resolve.doings import is_doing
from onrecord.resolve.drift import is_within, shingles, versions
from onrecord.resolve.gauges import is_gauge
from onrecord.resolve.measures import COUNTED, SUFFERED, TOLL
from onrecord.resolve.terms import likeness, terms, weight
from onrecord.resolve.words import stem
from onrecord.text import digest

SELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself)\b")
KEYS = 10  # terms of a claim
NAMES = 6  # names that a figure is found by in other stories
KEPT = 10  # facts of an account that a new one is compared with
LEAST = {"statement": 6.0, "figure": 4.0, "event": 4.0}  # weight that must be in common
LIGHT = {"statement": 0.7, "figure": 0.6, "event": 0.5}  # and its share of the lighter
HEAVY = {"statement": 0.5, "figure": 0.4, "event": 0.25}  # and of the heavier
SURE = 2.0  # how sure it is that the same words are the same claim
HERE = 0.1  # what it adds that the place of one of two figures is among the other's
SHARED = 3  # terms that two statements or figures must have in common
FOLD = 10  # figures of one thing seldom differ by more
FURTHER = 30  # nor those that are told anew
TELLING = 2.1  # the weight of a term that such two have in common: "mine", not "police", nor "killed" of the dead
NEXT = 2  # nor, within days, one that only its affair ties to the last
DAYS = 60  # between two articles whose figures measure one thing; where the number is the same to the last digit it may be longer ago
PLAIN = 20  # the least number that tells something by itself, where it is the same to the last digit
LARGE = 100  # the least number that tells something by itself where it is not rounded
FOLLOWED = ("actual", "negated")  # the status of a figure that counts what there is
RELEASE = "release"  # who is let go today is not counted with those who were let go before
HAPPENED = (
    "deaths",
    "injuries",
    "arrests",
)  # topics of what happens at once: days later another such number may be of something else
SOON = 3  # days within which a number is refused, or another such number may be of the same
ARMED = ("gunmen", "soldiers", "police")  # who are meant by a number only where it says so
RETOLD = 0.75  # of the heavier sentence that a retold one has in common with it
EASED = 0.6  # what is asked of the words then


class Account(Noun, frozen=True, kw_only=True):
    """Claims of one story about the same thing: enough of them to recognise the next."""

    id: str  # of the first claim
    story: str
    kind: FactKind
    facts: tuple[Fact, ...]


class Credibility(Noun, frozen=True, kw_only=True):
    """The second half of the Admiralty pair, with its reason in words."""

    level: int  # 1 to 6
    reason: str


class Said(Noun, frozen=True, kw_only=True):
    """What counts of a claim for its account's credibility."""

    origin: str  # id
    kind: str  # of the origin
    name: str
    stance: str


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
    return (*(f"{fact.kind}:{term}" for term in telling), *(f"tally:{key}" for key in sorted(followed)), *number, *run)


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
    if len(told) != 1 or not is_next(fact, told[0][1]):
        return None
    return told[0][0]


def is_nowhere(fact: Fact) -> bool:
    """Whether nothing in its article says what place or thing a figure is of: the name of the paper that was told it says nothing."""
    t, teller = fact.tally, fact.voice.origin
    paper = frozenset(teller.name.casefold().split()) if teller.kind != "speaker" else frozenset()
    return not (t.names - paper or t.own or t.site or t.places or fact.countries)


def is_next(fact: Fact, other: Fact) -> bool:
    """Whether a figure may be what another one has become within days: of the same people or unit, and no other order of magnitude."""
    one = fact.tally.who == other.tally.who and fact.unit == other.unit
    shared = (fact.terms & other.terms) - (said_of(fact.tally.series) if fact.tally.series in HAPPENED else frozenset())
    one = one and any(weight(term) >= TELLING for term in shared)
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


def is_step(fact: Fact, other: Fact) -> bool:
    """Whether what parts two figures may be only that one was told long before the other: the same count, which others between them lead on to."""
    one = runs_on(fact) and runs_on(other) and fact.tally.series == other.tally.series
    return one and fact.article != other.article and not elsewhere(fact, other)


def same(a: Fact, b: Fact) -> float:
    """How surely two claims of one kind that do not contradict each other speak of the same thing; 0 where that is not sure enough."""
    if one_quotation(a, b) or identical(a, b):
        return SURE
    if a.kind == "figure" and a.topics & b.topics and a.actors & b.actors:
        return 1.0
    if same_series(a, b):
        return SURE - HERE + (HERE if whose(a) & b.tally.own or whose(b) & a.tally.own else 0.0)
    if same_tally(a, b) or unmistakable(a, b):
        return 1.0
    found_around = a.points and not a.context  # it is looked for by the words around it
    if found_around and same_number(a, b):
        return 1.0
    ease = EASED if found_around or to_the_digit(a, b) else 1.0
    light, heavy = likeness(a.terms, b.terms, ease * LEAST[a.kind])
    enough = light >= ease * LIGHT[a.kind] and heavy >= ease * HEAVY[a.kind]
    few = a.kind != "event" and ease == 1.0 and len(a.terms & b.terms) < SHARED
    return min(light + heavy, SURE) if enough and not few else 0.0


@cache
def said_of(series: str) -> frozenset[str]:
    """The terms of the words that tell of what people suffer, and of any toll."""
    entry, toll = lexicon("indicators")["topic"][series], lexicon("accounts")["toll"]["words"]
    return frozenset(terms(" ".join([*entry["nouns"], *entry["verbs"], *entry.get("people", ()), toll])))


def is_tally(fact: Fact) -> bool:
    """Whether a figure tells how many people suffer something, all of them, so far."""
    people = fact.unit == "people" or fact.topics.isdisjoint(SUFFERED)
    return (
        people and bool(fact.topics & COUNTED) and fact.status in FOLLOWED and fact.tally.tied and not fact.tally.part
    )


def same_tally(a: Fact, b: Fact) -> bool:
    """Whether two figures are one tally as it was told at two times, or by two: of the same topic and the same place."""
    return is_tally(a) and is_tally(b) and one_topic(a, b) and bool(a.tally.places & b.tally.places)


def runs_on(fact: Fact) -> bool:
    """Whether a figure tells anew how many are in one state, or how high one thing stands."""
    told = fact.tally.series not in ("", RELEASE) and fact.status in FOLLOWED
    return told and not fact.tally.part and not fact.tally.change


def same_series(a: Fact, b: Fact) -> bool:
    """Whether two figures are one count or level as it was told at two times, or by two: of what bears some of the same names, and is at no other place."""
    one = (
        runs_on(a)
        and runs_on(b)
        and a.tally.series == b.tally.series
        and (a.unit == b.unit or is_gauge(a.tally.series))
    )
    armed = a.tally.who != b.tally.who and (a.tally.who in ARMED or b.tally.who in ARMED)
    some = (
        bool(whose(a) & whose(b))
        or (a.tally.who == b.tally.who != "" and not (a.tally.names and b.tally.names))
        or (one_teller(a, b) and a.tally.series not in SUFFERED)
    )
    passing = a.tally.series in HAPPENED or is_doing(a.tally.series)
    soon = not passing or a.tally.who == b.tally.who != "" or days_between(a.moment, b.moment) <= SOON
    return one and some and soon and not elsewhere(a, b) and (not armed or to_the_digit(a, b))


def named_series(fact: Fact) -> str | None:
    """What a figure is told anew of, where that has a name of its own: one deed may be told by many verbs."""
    return None if is_doing(fact.tally.series) else fact.tally.series or None


def whose(fact: Fact) -> frozenset[str]:
    """The names of what a count or level may be of; but for people who suffer something, those of its place and land among them."""
    t = fact.tally
    return t.names if t.series in SUFFERED else t.names | t.own | t.site | t.lands


def one_teller(a: Fact, b: Fact) -> bool:
    """Whether one speaker on the record tells both: who gave a number before gives it anew."""
    return a.voice.origin.kind == "speaker" and a.voice.origin.id == b.voice.origin.id


def elsewhere(a: Fact, b: Fact) -> bool:
    """Whether two figures are of different places: those that their sentences name, one of which may lie within another, or else those that their articles do.

    A state that lasts may be told from one place of an affair, and then from another that the first article named.
    """
    x, y = a.tally, b.tally
    if x.who == y.who != "" or x.series not in SUFFERED:
        lands = x.lands | y.lands
        return disjoint(x.own - lands, y.own - lands)
    named = x.series not in HAPPENED and bool(x.site & y.names or y.site & x.names)
    return (x.own != y.own and bool(x.own and y.own)) or (disjoint(x.site, y.site) and not named)


def unmistakable(a: Fact, b: Fact) -> bool:
    """Whether two figures are the same number: one that nobody rounds to, of the same place or told in some of the same words; or of one topic in one article."""
    if a.article == b.article and a.topics and a.topics == b.topics and to_the_digit(a, b):
        return True
    near = days_between(a.moment, b.moment) <= DAYS and bool(a.tally.places & b.tally.places or a.terms & b.terms)
    return to_the_digit(a, b) and near and a.low is not None and a.low >= LARGE and a.low % 10 != 0


def same_number(a: Fact, b: Fact) -> bool:
    """Whether a refusal names a number that another has just put on record: "there are not 230 of them"."""
    return days_between(a.moment, b.moment) <= SOON and any(n >= PLAIN for n in a.numbers & b.numbers)


def identical(a: Fact, b: Fact) -> bool:
    """Whether two claims are told in the same words, two at least that tell something; one will do where both are of the same origin."""
    one = (a.low, a.high) == (b.low, b.high) and a.terms == b.terms
    return one and len(a.terms) >= (1 if a.voice.origin.id == b.voice.origin.id else 2)


def lenient(a: Fact, b: Fact) -> bool:
    """Whether what parts two claims is only whom they name: that counts for nothing where another claim of the account has the same words."""
    return a.kind == "event" and a.type == b.type and not differ(a.day, b.day)


def to_the_digit(a: Fact, b: Fact) -> bool:
    """Whether two figures are the same number, one that is not met everywhere."""
    size = a.low if a.low is not None else a.high
    return a.kind == "figure" and (a.low, a.high) == (b.low, b.high) and size is not None and size >= PLAIN


def contradict(a: Fact, b: Fact) -> bool:
    """Whether two claims cannot be about the same thing."""
    parted = disjoint(a.countries, b.countries)
    if a.kind == "statement":
        other = (
            parted or disjoint(a.numbers, b.numbers) or (a.act == "order") != (b.act == "order") or of_themselves(a, b)
        )
        return other and not one_quotation(a, b)
    if a.kind == "figure":
        gauged = is_gauge(a.tally.series) and a.tally.series == b.tally.series
        if gauged and elsewhere(a, b):
            return True
        one = same_series(a, b) or gauged
        other = differ(named_series(a), named_series(b)) and TOLL not in a.topics | b.topics
        parted = (
            parted
            or (other and not to_the_digit(a, b))
            or another_topic(a, b)
            or (differ(a.type, b.type) and not one)
            or far_apart(a, b, FURTHER if one else FOLD)
        )
        parted = (
            parted
            or side_by_side(a, b)
            or part_of(a, b)
            or told_apart(a, b)
            or (days_between(a.moment, b.moment) > DAYS and not to_the_digit(a, b))
        )
        # what is recalled of old times is no number that moves
        then = "historical" in (a.status, b.status) and not (meet(a, b) if a.status == b.status else to_the_digit(a, b))
        return parted or then or (a.unit != b.unit and not one) or (disjoint(a.of, b.of) and not one)
    parted = parted or (disjoint(a.actors, b.actors) and not retold(a, b))
    dated = "negated" not in (a.status, b.status) or a.type in SPOKEN  # what did not happen has no day
    return parted or a.type != b.type or (dated and differ(a.day, b.day))


def another_topic(a: Fact, b: Fact) -> bool:
    """Whether two figures speak of different things: the dead of a force are not its size, nor those of whom nothing is said."""
    suffered = bool(a.topics & SUFFERED) != bool(b.topics & SUFFERED) and not to_the_digit(a, b)
    return other_topics(a, b) or suffered


def other_topics(a: Fact, b: Fact) -> bool:
    """Whether two figures are of different topics; a mere toll may be of any that people suffer."""
    toll = TOLL in a.topics | b.topics and a.topics | b.topics <= SUFFERED
    return disjoint(a.topics, b.topics) and not toll


def one_topic(a: Fact, b: Fact) -> bool:
    """Whether two figures are of one topic; a mere toll is of the dead, or of those of whom another one gives the same number."""
    toll = TOLL in a.topics | b.topics and ("deaths" in a.topics | b.topics or to_the_digit(a, b))
    return bool(a.topics & b.topics) or (toll and not other_topics(a, b))


def side_by_side(a: Fact, b: Fact) -> bool:
    """Whether two numbers stand in one sentence of one article: whoever tells two, tells of two things, unless one moved to the other."""
    moved = a.tally.earlier != b.tally.earlier
    return a.article == b.article and a.sentence == b.sentence and a.spans != b.spans and not moved


def part_of(a: Fact, b: Fact) -> bool:
    """Whether one of two numbers counts a part of something, or what was added to it."""
    return a.tally.part != b.tally.part and (a.low, a.high) != (b.low, b.high)


def told_apart(a: Fact, b: Fact) -> bool:
    """Whether two tallies count different people: soldiers and civilians, or, in one article, the children among all; or a speaker tells two at once."""
    if not (is_tally(a) and is_tally(b)) or meet(a, b) or a.tally.earlier or b.tally.earlier:
        return False
    if differ(a.tally.doubt or None, b.tally.doubt or None):
        return True
    one = a.article == b.article and a.tally.who != b.tally.who
    twice = a.article == b.article and a.voice.origin.kind == "speaker" and a.voice.origin.id == b.voice.origin.id
    return one or (twice and a.voice.stance == b.voice.stance) or differ(a.tally.who or None, b.tally.who or None)


def meet(a: Fact, b: Fact) -> bool:
    """Whether two figures may be the same number."""
    return all(x is None or y is None or x <= y for x, y in ((a.low, b.high), (b.low, a.high)))


def retold(a: Fact, b: Fact) -> bool:
    """Whether two sentences have so much in common that one is the other retold, whoever is taken for those who act in it."""
    return likeness(a.terms, b.terms)[1] >= RETOLD


@lru_cache(maxsize=4096)
def days_between(one: str, other: str) -> int:
    """The days between two moments; 0 where one has no day."""
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    except ValueError:
        return 0


def far_apart(a: Fact, b: Fact, fold: int = FOLD) -> bool:
    """Whether one figure is so many times another that they can hardly measure one thing."""
    one, other = (abs(f.low if f.low is not None else f.high or 0.0) for f in (a, b))
    return max(one, other) > fold * min(one, other) > 0


def of_themselves(a: Fact, b: Fact) -> bool:
    """Whether two speakers, not known to be one, each speak of themselves: "I am afraid" is another claim from another mouth."""
    both = SELF.search(a.words) and SELF.search(b.words)
    return bool(both) and (a.voice.speaker is None or a.voice.speaker != b.voice.speaker)


def one_quotation(a: Fact, b: Fact) -> bool:
    """Whether two claims are the same words of the same speaker, perhaps in two versions; or word for word the same, within days, whoever is said to have said them."""
    if not (a.quoted and b.quoted):
        return False
    one = a.voice.speaker is not None and a.voice.speaker == b.voice.speaker
    return (
        versions(a.words, b.words) if one else days_between(a.moment, b.moment) <= SOON and is_within(a.words, b.words)
    )


def disjoint(a: frozenset[object] | frozenset[str] | frozenset[float], b: frozenset[object] | frozenset[str] | frozenset[float]) -> bool:  # fmt: skip
    """Whether both say something and nothing in common."""
    return bool(a) and bool(b) and not a & b


def differ(a: str | None, b: str | None) -> bool:
    """Whether both say something, and not the same."""
    return a is not None and b is not None and a != b


def credibility(said: Sequence[Said]) -> Credibility:
    """How credible an account is, by who asserts it and who denies it."""
    asserting = named_only(origins(s for s in said if s.stance == "asserts"))
    hedging = {k: v for k, v in origins(s for s in said if s.stance == "hedges").items() if k not in asserting}
    denying = {k: v for k, v in origins(s for s in said if s.stance == "denies").items() if k not in asserting}
    if not asserting and not hedging and denying:
        asserting, denying = denying, {}  # nobody says otherwise: what is on record is that it is not so
    level, reason = level_of(asserting, hedging, denying)
    return Credibility(level=level, reason=reason)


def level_of(asserting: dict[str, Said], hedging: dict[str, Said], denying: dict[str, Said]) -> tuple[int, str]:
    """The level, and why."""
    if denying:
        return (4 if len(denying) == 1 else 5), f"contradicted by {names(denying)}"
    if len(asserting) >= 2:
        return 1, f"{len(asserting)} independent origins agree: {names(asserting)}"
    if asserting and hedging:
        return 2, f"said by {names(asserting)}; {names(hedging)} also thinks so, less firmly"
    if asserting and all(s.kind != "anonymous" for s in asserting.values()):
        return 3, f"one origin only: {names(asserting)}"
    if asserting:
        return 6, f"one unnamed source only, through {names(asserting)}"
    return 6, f"nobody commits to it; {names(hedging)} thinks it possible" if hedging else "no origin is known"


def origins(said: Iterable[Said]) -> dict[str, Said]:
    """One claim of each origin; an outlet is one whether it speaks or is spoken of, "The Lamp" and "Lamp" alike."""
    by_origin = {s.origin: s for s in said}
    return {bare(s.name): s for s in by_origin.values()}


def named_only(some: dict[str, Said]) -> dict[str, Said]:
    """Those who are known by name, if any are: "a minister" may be one of them, and makes no second origin."""
    known_by_name = {name: s for name, s in some.items() if not is_described(s.kind, s.name)}
    return known_by_name or dict(list(some.items())[:1])


def bare(name: str) -> str:
    """A name as two mentions of it are compared."""
    return name.casefold().removeprefix("the ")


def is_described(kind: str, name: str) -> bool:
    """Whether a speaker is known by a description only, as "defence minister": such a one may be anybody, also one who is named elsewhere."""
    return kind == "speaker" and name[:1].islower()


def names(some: dict[str, Said]) -> str:
    """The names of origins, three at most."""
    listed = sorted({s.name for s in some.values()})
    more = f" and {len(listed) - 3} more" if len(listed) > 3 else ""
    return ", ".join(listed[:3]) + more
