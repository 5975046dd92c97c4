"""Resolving: each reading is set beside what is on record. One transaction an article, so a kill at any moment loses nothing. In this order:

1. copies: what carries the text of what; an original that arrives late makes copies of those that came before it;
2. the story: a whole copy belongs to its original's, every other article to the one that it is like, or to a new one;
3. actors: whom each entity stands for, among all that the record knows;
4. origins: whose word each claim is in the end;
5. accounts: its claims beside those of the story, and what they change;
6. indicators: what was armed is asked of it.

A reading that is replaced by a newer reader's is resolved again: its claims and changes are taken out first. What was judged by a person stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from onrecord import watching
from onrecord.knowledge import Copy, Credit, Origin, Resolved
from onrecord.resolve import credits as credited
from onrecord.resolve.copies import Prints, prints
from onrecord.resolve.stories import Features
from onrecord.resolve.stories import features as features_of
from onrecord.resolving.accounts import accounts_of, changes_of_article
from onrecord.resolving.actors import actors_of
from onrecord.resolving.copies import article_id, follow, original, whose_words
from onrecord.resolving.disclaimers import denied_by_itself
from onrecord.resolving.stories import akin, nearby, nearness_of, rarity, review, story_of
from onrecord.resolving.stories import thread as thread_from
from onrecord.store import Store, unresolve
from onrecord.store import actors as kept_actors
from onrecord.store import resolved as kept
from onrecord.store import stories as kept_stories
from onrecord.store.clock import now
from onrecord.store.database import Transaction
from onrecord.store.resolved import Row, Waiting
from onrecord.store.rows import as_json

AT_A_TIME = 2000  # readings that are put in order together


def resolve(store: Store, *, when: Callable[[], str] = now) -> Iterator[str]:
    """Resolves all that waits, what was published first before the rest; gives the id of each article as it is done. Raises SetupError."""
    while True:
        with store.reading() as transaction:
            waiting = kept.waiting(transaction, AT_A_TIME)
        for reading, article in waiting:
            with store.writing() as transaction:
                kept.take_turns(transaction)
                if not kept.waits(transaction, reading):
                    continue
                found = kept.load(transaction, reading, article)
                resolve_one(transaction, found, when())
            yield found.reading.article.id
        if len(waiting) < AT_A_TIME:
            return


def resolve_one(transaction: Transaction, found: Waiting, when: str) -> None:
    """All steps for one reading, within the caller's transaction."""
    before = kept.of_article(transaction, found.article)
    named = unresolve.withdraw(transaction, found.article) if before else []
    moment = utc(found)
    own = prints(found.reading.article.text)
    copied, followers = original(transaction, found, moment, own, fresh=before is None)
    features = features_of(found.reading)
    rare = rarity(transaction, features)
    known = before.story if before else None
    near = nearby(transaction, features)
    story = known or story_of(transaction, found, moment, features, copied, near, rare)
    own_story = kept_stories.get(transaction, story)
    assert own_story
    how_near = nearness_of(own_story, story, near, rare)
    thread = thread_from(story, how_near)
    who = actors_of(transaction, found, story, when)
    credits = credited.credits(found.reading.article)
    whose = whose_words(transaction, found.reading, credits, copied[0] if copied else None, who)
    keep_row(transaction, found, moment, story, copied, credits, whose, own, features)
    for follower, copy in followers:
        follow(transaction, follower, found.article, copy)
    resolved = Resolved(
        reading=found.reading,
        first_seen=found.first_seen,
        story=own_story.story,
        copy_of=article_id(transaction, copied[0]) if copied else None,
        actors={label: actor.id for label, actor in who.items()},
        names={label: actor.profile.names for label, actor in who.items()},
        origins=whose,
    )
    unanswered = accounts_of(
        transaction,
        found,
        resolved,
        thread,
        akin(transaction, own_story, thread, rare),
        moment,
        {a.id: a.row for a in who.values()},
    )
    changes_of_article(transaction, found, story, moment)
    denied_by_itself(transaction, found, resolved, thread, moment, unanswered)
    review(transaction, own_story, story, near, how_near, rare, when)
    watching.watch(transaction, found, resolved, thread, moment, when)
    kept_actors.drop_unused(transaction, named)


def utc(found: Waiting) -> str:
    """When an article appeared, in UTC: when it says that it was published, or when it was first seen."""
    published = found.reading.article.published
    if published is None or published.value[:10] == found.first_seen[:10] == published.value:
        return found.first_seen
    try:
        moment = datetime.fromisoformat(published.value)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):  # such as an hour before the first day of the calendar
        return found.first_seen
    return moment.isoformat(timespec="seconds")[:19] + "Z"


def keep_row(
    transaction: Transaction,
    found: Waiting,
    moment: str,
    story: int,
    copied: tuple[int, Copy] | None,
    credits: Sequence[Credit],
    whose: dict[str, Origin],
    own: Prints,
    features: Features,
) -> None:
    """Writes what the article was resolved to."""
    row, copy = copied or (None, None)
    kept.write(
        transaction,
        Row(
            article=found.article,
            reading=found.row,
            moment=moment,
            story=story,
            copy_of=row,
            copy_kind=copy.kind if copy else None,
            copied_share=copy.share if copy else None,
            origin=whose[""].id,
            origins=as_json({label: o.id for label, o in whose.items()}),
            credits=as_json(credits),
            prints=own.pack(),
            features=as_json(features),
        ),
    )
