"""Step 2: the story that an article belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge import Copy, Verdict
from onrecord.resolve import stories
from onrecord.store import judgements as kept_judgements
from onrecord.store import resolved as kept
from onrecord.store import stories as kept_stories
from onrecord.store.database import Transaction
from onrecord.store.judgements import MACHINE
from onrecord.store.judgements import made as judged
from onrecord.store.resolved import Waiting
from onrecord.text import digest

Near = dict[int, stories.Sketch]  # stories by their rows

CANDIDATES = 12  # stories that an article is compared with
REVIEWED = 80  # articles that a second look takes in at most
THREAD = 6  # stories that a claim's account may lie in, beside its own
AKIN = 0.05  # how near they have to be


def rarity(transaction: Transaction, features: stories.Features) -> stories.Rarity:
    """How telling a term is, by English and by the record so far."""
    known = kept.counts(transaction, sorted(features.terms))

    def count(term: str) -> int:
        if term not in known:
            known[term] = kept.counts(transaction, [term]).get(term, 0)
        return known[term]

    return stories.rarities(count, kept_stories.count(transaction))


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
    rare: stories.Rarity,
) -> int:
    """Step 2: the row of the story; `near` are those that it may belong to."""
    keys = stories.keys(features)
    if copied and copied[1].kind == "whole":
        its = kept.of_article(transaction, copied[0])
        if its and its.story:
            join(transaction, its.story, moment, features, keys, rare)
            return its.story
    decision = stories.assign(features, list(near.values()), rare)
    if decision.story is None:
        kept.add_terms(transaction, stories.fresh(features, None))
        id = digest("story", found.reading.article.id)
        return kept_stories.add(transaction, features.title, moment, stories.sketch(id, features, rare), keys)
    row = next(row for row, sketch in near.items() if sketch.story == decision.story)
    join(transaction, row, moment, features, keys, rare)
    return row


def join(
    transaction: Transaction,
    row: int,
    moment: str,
    features: stories.Features,
    keys: Sequence[str],
    rare: stories.Rarity,
) -> None:
    """Adds an article to a story."""
    sketch = kept_stories.get(transaction, row)
    assert sketch
    kept.add_terms(transaction, stories.fresh(features, sketch))
    kept_stories.update(transaction, row, moment, stories.merged(sketch, features, rare), keys)


def review(transaction: Transaction, row: int, near: Near, rare: stories.Rarity, moment: str) -> None:
    """A second look at a story that has grown and those near it, so that the order of arrival hardly matters."""
    own = kept_stories.get(transaction, row)
    assert own
    rows = {sketch.story: n for n, sketch in near.items()} | {own.story: row}
    around = stories.around(own, [sketch for n, sketch in near.items() if n != row], rare)
    if not around or kept_stories.sizes(transaction, [row, *(rows[s] for s in around)]) > REVIEWED:
        return
    members = {s: kept_stories.members(transaction, rows[s]) for s in (own.story, *around)}
    moves = stories.review({s: {a: f for a, (_, f, _) in some.items()} for s, some in members.items()}, rare)
    everyone = {a: m for some in members.values() for a, m in some.items()}
    for story in {*moves.values()} - {*rows}:
        first = next(a for a, s in moves.items() if s == story)
        sketch = stories.sketch(story, everyone[first][1], rare)
        rows[story] = kept_stories.add(transaction, everyone[first][1].title, everyone[first][2], sketch, ())
    was = {a: s for s, some in members.items() for a in some}
    for article, story in moves.items():
        kept_stories.move(transaction, everyone[article][0], rows[story], stories.keys(everyone[article][1]))
    for left, right in {(was[a], s) for a, s in moves.items()}:
        emptied = all(moves.get(a) for a in members[left])
        reason = "looked at again, all of it" if emptied else "looked at again, some articles"
        verdict: Verdict = "same" if emptied else "different"
        kept_judgements.add(transaction, judged("story", left, right, verdict, MACHINE, moment, None, reason))
    for story in {*was.values(), *moves.values()} if moves else ():
        sketch_anew(transaction, rows[story], story, rare)


def sketch_anew(transaction: Transaction, row: int, id: str, rare: stories.Rarity) -> None:
    """Sketches a story by the articles that it has now; one that has none is merged into where its last article went."""
    found = kept_stories.members(transaction, row)
    sketch: stories.Sketch | None = None
    for _, features, _ in found.values():
        sketch = stories.merged(sketch, features, rare) if sketch else stories.sketch(id, features, rare)
    moments = sorted(moment for _, _, moment in found.values())
    kept_stories.rewrite(transaction, row, sketch, moments)


def thread_of(transaction: Transaction, row: int, others: Near, rare: stories.Rarity) -> list[int]:
    """A story and those that go on about the same affair: near enough that a figure of one may move in another."""
    own = kept_stories.get(transaction, row)
    assert own
    near = [(stories.nearness(own, other, rare), n) for n, other in others.items() if n != row]
    return [row, *(n for nearness, n in sorted(near, reverse=True)[:THREAD] if nearness >= AKIN)]
