"""Steps 1 and 4: what an article carries the text of, and whose word its claims are."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from onrecord.knowledge import Copy, Credit, Origin
from onrecord.model import Reading
from onrecord.resolve import copies as prints_of
from onrecord.resolve import origins
from onrecord.resolve.copies import Prints
from onrecord.store import accounts as kept_accounts
from onrecord.store import actors as kept_actors
from onrecord.store import articles
from onrecord.store import indicators as kept_indicators
from onrecord.store import resolved as kept
from onrecord.store.actors import Actor
from onrecord.store.database import Transaction
from onrecord.store.resolved import Row, Waiting

SAME_OUTLET = 0.8  # of an article that another of the same outlet must hold: less is an update, or a template
CANDIDATES = 20  # articles that one is compared with


def original(
    transaction: Transaction, found: Waiting, moment: str, own: Prints, *, fresh: bool
) -> tuple[tuple[int, Copy] | None, list[tuple[int, Copy]]]:
    """Step 1: what this article copies, its row and how; and the articles, resolved before, that turn out to copy it."""
    id, keys = found.reading.article.id, prints_of.keys(own)
    nominated = kept.copies(transaction, keys, found.article, CANDIDATES)
    outlet = transaction.value("SELECT outlet FROM articles WHERE row = ?", (found.article,))
    if fresh:
        kept.add_copy_keys(transaction, found.article, keys)
    earlier: dict[str, tuple[int, Copy]] = {}
    followers = []
    for row, other, its_moment, its_outlet, data, credits in nominated:
        later = (its_moment, other) > (moment, id)
        pair = (other, Prints.unpack(data), id, own) if later else (id, own, other, Prints.unpack(data))
        copy = prints_of.compare(*pair, named=not later and its_outlet != outlet and is_named(found.reading, credits))
        if copy is None or (its_outlet == outlet and copy.share < SAME_OUTLET):
            continue
        if later:
            followers.append((row, copy))
        else:
            earlier[other] = row, copy
    best = prints_of.best(copy for _, copy in earlier.values())
    return first(transaction, *earlier[best.of]) if best else None, followers


def is_named(reading: Reading, credits: str) -> bool:
    """Whether an article, or what is printed under it, names an agency that another one is credited to."""
    its = reading.article
    words = " ".join([its.text, *its.byline, *(c.text for c in its.clutter)])
    names = (c.name for c in msgspec.json.decode(credits, type=tuple[Credit, ...]))
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in names)


def first(transaction: Transaction, row: int, copy: Copy) -> tuple[int, Copy]:
    """What the article that was copied has itself from another, where that is all of it: all copies follow one original."""
    its = kept.of_article(transaction, row)
    if its and its.copy_of and its.copy_kind == "whole":
        return its.copy_of, replace(copy, of=article_id(transaction, its.copy_of))
    return row, copy


def follow(transaction: Transaction, article: int, of: int, copy: Copy) -> None:
    """An article resolved before copies one that came to light only now: it and its own copies follow that, unless they follow an older one."""
    its = kept.of_article(transaction, article)
    if its and its.copy_of == of:  # it was resolved before, and what it copies has been read anew
        give_origins(transaction, its, of)
    if its is None or its.copy_of:
        return
    kept.set_copy(transaction, article, of, copy)
    give_origins(transaction, its, of)
    if copy.kind == "whole":
        for (follower,) in transaction.all("SELECT article FROM resolved WHERE copy_of = ?", (article,)):
            transaction.run("UPDATE resolved SET copy_of = ? WHERE article = ?", (of, follower))
            other = kept.of_article(transaction, follower)
            if other:
                give_origins(transaction, other, of)


def give_origins(transaction: Transaction, its: Row, of: int) -> None:
    """The origins of an article's claims, once it is known what it copies; one that waits to be resolved again gets them then."""
    if its.reading == kept.AGAIN:
        return
    reading = kept.load(transaction, its.reading, its.article).reading
    who = kept_actors.of_reading(transaction, its.reading, reading)
    credits = msgspec.json.decode(its.credits, type=tuple[Credit, ...])
    new = whose_words(transaction, reading, credits, of, who)
    kept.set_origins(transaction, its.article, new)
    old = msgspec.json.decode(its.origins, type=dict[str, str])
    for before, after in {(old[label], o.id) for label, o in new.items() if label in old}:
        if before != after:
            kept_accounts.set_origin(transaction, its.article, before, after)
            kept_indicators.set_origin(transaction, its.article, before, after)


def whose_words(
    transaction: Transaction, reading: Reading, credits: Sequence[Credit], copied: int | None, who: dict[str, Actor]
) -> dict[str, Origin]:
    """Step 4: whose word each claim is. A speaker's origin bears the id of the actor, as names change and people do not."""
    its = kept.of_article(transaction, copied) if copied else None
    theirs = kept.origin(transaction, its.origin) if its else None
    names = {e.id: e.name for e in reading.entities}
    found = origins.origins(
        reading,
        credits,
        theirs,
        lambda label: who[label].id if label in who else names[label],
        lambda name: articles.is_outlet(transaction, name),
    )
    known = {origins.origin("speaker", actor.name, actor.id).id: actor for actor in who.values()}
    found = {
        label: replace(o, id=known[o.id].id, name=known[o.id].name) if o.id in known else o
        for label, o in found.items()
    }
    kept.add_origins(transaction, found)
    return found


def article_id(transaction: Transaction, row: int) -> str:
    """The id of an article."""
    return str(transaction.value("SELECT id FROM articles WHERE row = ?", (row,)))
