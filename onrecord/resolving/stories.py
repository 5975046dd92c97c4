"""Step 2: the story that an article belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from onrecord.knowledge import Copy
from onrecord.resolve import regrouping, stories
from onrecord.store import judgements as kept_judgements
from onrecord.store import resolved as kept
from onrecord.store import stories as kept_stories
from onrecord.store.database import Transaction
from onrecord.store.judgements import MACHINE
from onrecord.store.judgements import made as judged
from onrecord.store.resolved import Waiting
from onrecord.store.stories import Rare

Near = dict[int, stories.Sketch]  # stories by their rows
Nearness = dict[int, float]  # how near they are to one of them

CANDIDATES = 12  # stories that an article is compared with
SPLITS = 4  # articles from which on a story is looked at again by itself
THREAD = 6  # stories that a claim's account may lie in, beside its own
AKIN = 0.05  # how near they have to be
ASKED = 20  # stories of which it is asked whether they are


def rarity(transaction: Transaction, features: stories.Features) -> Rare:
    """How telling terms are; those of an article are looked up before it is counted itself."""
    return Rare(transaction, features.terms)


def nearby(transaction: Transaction, features: stories.Features) -> Near:
    """The stories that an article may belong to."""
    return kept_stories.candidates(transaction, stories.keys(features), CANDIDATES)


def story_of(
    transaction: Transaction,
    found: Waiting,
    moment: str,
    features: stories.Features,
    copied: tuple[int, Copy] | None,
    near: Near,
    rare: Rare,
) -> int:
    """Step 2: the row of the story; `near` are those that it may belong to."""
    keys = stories.keys(features)
    if copied and copied[1].kind == "whole":
        its = kept.of_article(transaction, copied[0])
        if its and its.story:
            join(transaction, its.story, moment, replace(features, copy=True), keys, rare)
            return its.story
    decision = stories.assign(features, list(near.values()), rare.rarity)
    if decision.story is None:
        id = stories.begun(found.reading.article.id)
        return kept_stories.add(transaction, features.title, moment, stories.sketch(id, features, rare.rarity), keys)
    row = next(row for row, sketch in near.items() if sketch.story == decision.story)
    join(transaction, row, moment, features, keys, rare)
    return row


def join(
    transaction: Transaction,
    row: int,
    moment: str,
    features: stories.Features,
    keys: Sequence[str],
    rare: Rare,
) -> None:
    """Adds an article to a story."""
    sketch = kept_stories.get(transaction, row)
    assert sketch
    if len(sketch.terms.keys() | features.terms.keys()) > stories.MAX_SKETCH:  # the least telling are left out
        rare.look_up(sketch.terms)
    kept_stories.update(transaction, row, moment, stories.merged(sketch, features, rare.rarity), sketch, keys)


def review(transaction: Transaction, own: stories.Sketch, row: int, near: Near, how: Nearness, rare: Rare, moment: str) -> None:  # fmt: skip
    """A second look at a story that has grown and those near it, so that the order of arrival hardly matters."""
    rows = {sketch.story: n for n, sketch in near.items()} | {own.story: row}
    looked_at = stories.around(
        own, [near[n] for n in how], rare.rarity, {near[n].story: nearness for n, nearness in how.items()}
    )
    if len(looked_at) < 2 and own.articles < SPLITS:
        return
    members = {s: kept_stories.members(transaction, rows[s]) for s in looked_at}
    features = {s: {a: f for a, (_, f, _) in some.items()} for s, some in members.items()}
    rare.look_up(term for some in features.values() for f in some.values() for term in f.terms)
    moves = regrouping.review(features, rare.rarity)
    everyone = {a: m for some in members.values() for a, m in some.items()}
    for article, story in moves.items():
        number, found, when = everyone[article]
        if story not in rows:
            rows[story] = kept_stories.add(
                transaction, found.title, when, stories.sketch(story, found, rare.rarity), ()
            )
        kept_stories.move(transaction, number, rows[story], stories.keys(found))
    for left, right, verdict in regrouping.verdicts(features, moves):
        reason = "looked at again, all of it" if verdict == "same" else "looked at again, some articles"
        kept_judgements.add(transaction, judged("story", left, right, verdict, MACHINE, moment, None, reason))
    for story in {*looked_at, *moves.values()} if moves else ():
        if not kept_stories.renew(transaction, rows[story], rare):
            kept_stories.merge(transaction, rows[story])


def akin(transaction: Transaction, own: stories.Sketch, thread: Sequence[int], rare: Rare) -> Callable[[int], bool]:
    """Whether another story goes on about the same affair as one, also where it is not of its thread; it may be asked of a few more."""
    known = dict.fromkeys(thread, True)

    def is_akin(other: int) -> bool:
        if other not in known and len(known) < ASKED:
            rare.look_up(own.terms)
            sketch = kept_stories.get(transaction, other)
            known[other] = sketch is not None and stories.nearness(own, sketch, rare.rarity) >= AKIN
        return known.get(other, False)

    return is_akin


def nearness_of(own: stories.Sketch, row: int, others: Near, rare: Rare) -> Nearness:
    """How near other stories are to one, by their rows."""
    return {n: stories.nearness(own, other, rare.rarity) for n, other in others.items() if n != row}


def thread_of(transaction: Transaction, row: int, others: Near, rare: Rare) -> list[int]:
    """The thread of a story, of which others may be."""
    own = kept_stories.get(transaction, row)
    assert own
    return thread(row, nearness_of(own, row, others, rare))


def thread(row: int, how: Nearness) -> list[int]:
    """A story and those that go on about the same affair: near enough that a figure of one may move in another."""
    near = sorted(((nearness, n) for n, nearness in how.items()), reverse=True)
    return [row, *(n for nearness, n in near[:THREAD] if nearness >= AKIN)]
