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

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from onrecord import watching
from onrecord.knowledge import Claim, Copy, Credit, Origin, Profile, Resolved, Verdict
from onrecord.model import Entity, Reading
from onrecord.resolve import accounts as group
from onrecord.resolve import copies as prints_of
from onrecord.resolve import credits as credited
from onrecord.resolve import identity, origins, stories
from onrecord.resolve.changes import Change, of_claim, reversed_by
from onrecord.resolve.claims import Fact, facts
from onrecord.resolve.copies import Prints
from onrecord.store import Store, unresolve
from onrecord.store import accounts as kept_accounts
from onrecord.store import actors as kept_actors
from onrecord.store import changes as kept_changes
from onrecord.store import indicators as kept_indicators
from onrecord.store import judgements as kept_judgements
from onrecord.store import resolved as kept
from onrecord.store import stories as kept_stories
from onrecord.store.actors import Actor
from onrecord.store.clock import now
from onrecord.store.database import Transaction
from onrecord.store.judgements import MACHINE
from onrecord.store.judgements import made as judged
from onrecord.store.readings import reading_id
from onrecord.store.resolved import Row, Waiting
from onrecord.store.rows import BITS, as_json, frame
from onrecord.text import digest

MEMORY = 200  # earlier statements of a speaker that a new one may contradict
CANDIDATES = 20  # copies, stories and actors that one thing is compared with
REVIEWED = 80  # articles that a second look takes in at most
THREAD = 6  # stories that a claim's account may lie in, beside its own
AKIN = 0.05  # how near they have to be
LONGEST = 6  # words of a name
PARTICLES = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "de",
        "da",
        "do",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "al",
        "el",
        "y",
        "e",
    ]
)
DESCRIBED = re.compile(r"(?:The|A|An|His|Her|Their|Its|Our|My|He|She|It|They|We|You|I|Who|This|That|These|Those)\b")
IDENTIFIED = ("person", "organisation", "outlet", "place")  # groups are known within their article only
BESIDE = 30  # names of others that are kept of an actor's articles
PARTS = {"statement": "attributions", "figure": "figures", "event": "events"}


def resolve(store: Store, *, when: Callable[[], str] = now) -> Iterator[str]:
    """Resolves all that waits, oldest first; gives the id of each article as it is done. Raises SetupError."""
    row = 0
    while True:
        with store.writing() as transaction:
            found = kept.waiting(transaction, row)
            if found is None:
                return
            resolve_one(transaction, found, when())
            row = found.row
        yield found.reading.article.id


def resolve_one(transaction: Transaction, found: Waiting, when: str) -> None:
    """All steps for one reading, within the caller's transaction."""
    before = kept.of_article(transaction, found.article)
    if before:
        unresolve.withdraw(transaction, found.article)
    moment = utc(found)
    own = prints_of.prints(found.reading.article.text)
    copied, followers = original(transaction, found, moment, own, fresh=before is None)
    features = stories.features(found.reading)
    rare = rarity(transaction, features)
    known = before.story if before else None
    story = known or story_of(transaction, found, moment, features, copied, rare)
    thread = thread_of(transaction, story, features, rare)
    who = actors_of(transaction, found, story, when)
    credits = credited.credits(found.reading.article)
    whose = whose_words(transaction, found.reading, credits, copied[0] if copied else None, who)
    keep_row(transaction, found, moment, story, copied, credits, whose, own, features)
    for follower, copy in followers:
        follow(transaction, follower, found.article, copy)
    resolved = Resolved(
        reading=found.reading,
        first_seen=found.first_seen,
        story=kept_stories.id_of(transaction, story),
        copy_of=article_id(transaction, copied[0]) if copied else None,
        actors={label: actor.id for label, actor in who.items()},
        names={label: actor.profile.names for label, actor in who.items()},
        origins=whose,
    )
    accounts_of(transaction, found, resolved, thread, moment, rare, {a.id: a.row for a in who.values()})
    changes_of_article(transaction, found, story, moment)
    review(transaction, story, features, rare, when)
    watching.watch(transaction, found, resolved, moment, when)


def utc(found: Waiting) -> str:
    """When an article appeared, in UTC: when it says that it was published, or when it was first seen."""
    published = found.reading.article.published
    if published is None or published.value[:10] == found.first_seen[:10] == published.value:
        return found.first_seen
    try:
        moment = datetime.fromisoformat(published.value)
    except ValueError:
        return found.first_seen
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


# copies -----------------------------------------------------------------------------------------------------------------


def original(
    transaction: Transaction, found: Waiting, moment: str, own: Prints, *, fresh: bool
) -> tuple[tuple[int, Copy] | None, list[tuple[int, Copy]]]:
    """Step 1: what this article copies, its row and how; and the articles, resolved before, that turn out to copy it."""
    id, keys = found.reading.article.id, prints_of.keys(own)
    nominated = kept.copies(transaction, keys, found.article, CANDIDATES)
    if fresh:
        kept.add_copy_keys(transaction, found.article, keys)
    earlier: dict[str, tuple[int, Copy]] = {}
    followers = []
    for row, other, its_moment, data in nominated:
        theirs = Prints.unpack(data)
        if (its_moment, other) < (moment, id):
            if copy := prints_of.compare(id, own, other, theirs):
                earlier[other] = row, copy
        elif copy := prints_of.compare(other, theirs, id, own):
            followers.append((row, copy))
    best = prints_of.best(copy for _, copy in earlier.values())
    return first(transaction, *earlier[best.of]) if best else None, followers


def first(transaction: Transaction, row: int, copy: Copy) -> tuple[int, Copy]:
    """What the article that was copied has itself from another, where that is all of it: all copies follow one original."""
    its = kept.of_article(transaction, row)
    if its and its.copy_of and its.copy_kind == "whole":
        return its.copy_of, replace(copy, of=article_id(transaction, its.copy_of))
    return row, copy


def follow(transaction: Transaction, article: int, of: int, copy: Copy) -> None:
    """An article resolved before copies one that came to light only now: it and its own copies follow that, unless they follow an older one."""
    its = kept.of_article(transaction, article)
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
    """The origins of an article's claims, once it is known what it copies."""
    reading = kept.load(transaction, its.reading, its.article).reading
    numbered = frame(reading, its.reading, reading_id(reading)).entities
    rows = kept_actors.of_reading(transaction, its.reading << BITS, (its.reading + 1) << BITS)
    who = {label: rows[row] for label, row in numbered.items() if row in rows}
    credits = msgspec.json.decode(its.credits, type=tuple[Credit, ...])
    new = whose_words(transaction, reading, credits, of, who)
    kept.set_origins(transaction, its.article, new)
    old = msgspec.json.decode(its.origins, type=dict[str, str])
    for before, after in {(old[label], o.id) for label, o in new.items() if label in old}:
        if before != after:
            kept_accounts.set_origin(transaction, its.article, before, after)
            kept_indicators.set_origin(transaction, its.article, before, after)


def article_id(transaction: Transaction, row: int) -> str:
    """The id of an article."""
    return str(transaction.value("SELECT id FROM articles WHERE row = ?", (row,)))


# the story ----------------------------------------------------------------------------------------------------------------


def rarity(transaction: Transaction, features: stories.Features) -> stories.Rarity:
    """How telling a term is, by English and by the record so far."""
    known = kept.counts(transaction, sorted(features.terms))

    def count(term: str) -> int:
        if term not in known:
            known[term] = kept.counts(transaction, [term]).get(term, 0)
        return known[term]

    return stories.rarities(count, kept_stories.count(transaction))


def story_of(
    transaction: Transaction,
    found: Waiting,
    moment: str,
    features: stories.Features,
    copied: tuple[int, Copy] | None,
    rare: stories.Rarity,
) -> int:
    """Step 2: the row of the story."""
    keys = stories.keys(features)
    if copied and copied[1].kind == "whole":
        its = kept.of_article(transaction, copied[0])
        if its and its.story:
            join(transaction, its.story, moment, features, keys, rare)
            return its.story
    near = kept_stories.candidates(transaction, keys, CANDIDATES)
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


def review(transaction: Transaction, row: int, features: stories.Features, rare: stories.Rarity, moment: str) -> None:
    """A second look at a story that has grown and those near it, so that the order of arrival hardly matters."""
    near = kept_stories.candidates(transaction, stories.keys(features), CANDIDATES)
    own = near.pop(row, None) or kept_stories.get(transaction, row)
    assert own
    rows = {sketch.story: n for n, sketch in near.items()} | {own.story: row}
    around = stories.around(own, list(near.values()), rare)
    members = {s: kept_stories.members(transaction, rows[s]) for s in (own.story, *around)}
    if not around or sum(map(len, members.values())) > REVIEWED:
        return
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


def thread_of(transaction: Transaction, row: int, features: stories.Features, rare: stories.Rarity) -> list[int]:
    """A story and those that go on about the same affair: near enough that a figure of one may move in another."""
    own = kept_stories.get(transaction, row)
    assert own
    others = kept_stories.candidates(transaction, stories.keys(features), CANDIDATES)
    near = [(stories.nearness(own, other, rare), n) for n, other in others.items() if n != row]
    return [row, *(n for nearness, n in sorted(near, reverse=True)[:THREAD] if nearness >= AKIN)]


# actors -------------------------------------------------------------------------------------------------------------------


def actors_of(transaction: Transaction, found: Waiting, story: int, when: str) -> dict[str, Actor]:
    """Step 3: the actor of each entity that can be known across articles, by its label."""
    reading = found.reading
    numbered = frame(reading, found.row, reading_id(reading)).entities
    story_id = kept_stories.id_of(transaction, story)
    full = [e.name.casefold() for e in reading.entities if e.type != "place"]
    out: dict[str, Actor] = {}
    for entity in reading.entities:
        if entity.type in IDENTIFIED and is_name(entity.name.removeprefix("The ").removeprefix("the ")):
            profile = profile_of(reading, entity, story_id, full)
            out[entity.id] = actor_of(transaction, profile, numbered[entity.id], found, entity, when)
    return out


def profile_of(reading: Reading, entity: Entity, story: str, full: list[str]) -> Profile:
    """What an article says of who somebody is."""
    text = reading.article.text
    named = (text[s:e] for s, e in entity.mentions)
    names = dict.fromkeys([entity.name, *(n for n in named if is_name(n))])
    return Profile(
        names=tuple(names),
        type=entity.type,
        roles=(entity.role,) if entity.role else (),
        countries=(entity.country,) if entity.country else (),
        stories=frozenset({story}),
        beside=frozenset(n for n in full if n != entity.name.casefold()),
    )


def is_name(mention: str) -> bool:
    """Whether a mention is a name and no description or pronoun: each of its words begins with a capital, but for particles within."""
    words = mention.split()
    inner = words[1:-1]
    proper = all(w[:1].isupper() or (w in PARTICLES and w in inner) for w in words)
    return proper and 0 < len(words) <= LONGEST and not DESCRIBED.match(mention)


def actor_of(
    transaction: Transaction, profile: Profile, entity_row: int, found: Waiting, entity: Entity, when: str
) -> Actor:
    """The actor that a profile fits, or a new one; what stays unsure is kept as a question for people."""
    keys = identity.keys(profile)
    candidates = {a.row: a for c in kept_actors.candidates(transaction, keys, CANDIDATES) for a in [kept_actors.current(transaction, c)]}  # fmt: skip
    compared = [(identity.compare(profile, a.profile), a) for a in candidates.values()]
    same = [(score, a) for (verdict, score, _), a in compared if verdict == "same"]
    if same:
        score, actor = max(same, key=lambda s: (s[0], -s[1].row))
        together = limited(identity.merged(actor.profile, profile))
        name = identity.canonical([together])
        kept_actors.update(transaction, actor.row, name, together, keys)
        kept_actors.stands_for(transaction, entity_row, actor.row, score)
        return actor._replace(name=name, profile=together)
    id = digest("actor", found.reading.article.id, entity.name, entity.type)
    row = kept_actors.add(transaction, id, entity.name, limited(profile), keys)
    kept_actors.stands_for(transaction, entity_row, row, 1.0)
    for (verdict, score, reason), other in compared:
        if verdict == "unsure":
            kept_judgements.add(transaction, judged("actor", id, other.id, "unsure", MACHINE, when, score, reason))  # fmt: skip
    return kept_actors.get(transaction, row)


def limited(profile: Profile) -> Profile:
    """A profile that does not grow without end."""
    return replace(
        profile,
        names=profile.names[:20],
        roles=profile.roles[:8],
        stories=frozenset(sorted(profile.stories)[-BESIDE:]),
        beside=frozenset(sorted(profile.beside)[:BESIDE]),
    )


# origins ------------------------------------------------------------------------------------------------------------------


def whose_words(
    transaction: Transaction, reading: Reading, credits: Sequence[Credit], copied: int | None, who: dict[str, Actor]
) -> dict[str, Origin]:
    """Step 4: whose word each claim is. A speaker's origin bears the id of the actor, as names change and people do not."""
    its = kept.of_article(transaction, copied) if copied else None
    theirs = kept.origin(transaction, its.origin) if its else None
    names = {e.id: e.name for e in reading.entities}
    found = origins.origins(reading, credits, theirs, lambda label: who[label].id if label in who else names[label])
    known = {origins.origin("speaker", actor.name, actor.id).id: actor for actor in who.values()}
    found = {
        label: replace(o, id=known[o.id].id, name=known[o.id].name) if o.id in known else o
        for label, o in found.items()
    }
    kept.add_origins(transaction, found)
    return found


def keep_row(
    transaction: Transaction,
    found: Waiting,
    moment: str,
    story: int,
    copied: tuple[int, Copy] | None,
    credits: Sequence[Credit],
    whose: dict[str, Origin],
    own: Prints,
    features: stories.Features,
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


# accounts -----------------------------------------------------------------------------------------------------------------


def accounts_of(
    transaction: Transaction,
    found: Waiting,
    resolved: Resolved,
    thread: Sequence[int],
    moment: str,
    rare: stories.Rarity,
    actor_rows: dict[str, int],
) -> None:
    """Step 5: each claim goes to its account; what it changes there is kept. The first of the thread is the article's own story."""
    story = thread[0]
    reading, first_part = found.reading, found.row << BITS
    place = {kind: {p.id: n for n, p in enumerate(getattr(reading, part), first_part)} for kind, part in PARTS.items()}
    for fact in facts(resolved):
        keys = group.keys(fact, rare)
        known = kept_accounts.candidates(transaction, thread, keys, CANDIDATES)
        best = group.place(fact, (account for _, account in known.values()), rare)
        claim = claim_of(fact, digest(reading_id(reading), fact.label), reading, moment)
        if best:
            row = known[best.id][0]
            earlier = kept_accounts.claims(transaction, row)
            kept_accounts.update(transaction, row, group.joined(best, fact), story, keys)
        else:
            earlier = []
            row = kept_accounts.add(transaction, group.begun(resolved.story or "", fact, claim.id), story, keys)
        speaker = actor_rows.get(claim.speaker or "")
        kept_accounts.add_claim(transaction, claim, fact, place[fact.kind][fact.label], row, found.article, speaker)
        changes = [*of_claim(claim, earlier, resolved.copy_of), *turned(transaction, claim, speaker, rare)]
        for change in changes:
            keep_change(transaction, change, moment, story, row, found.article)


def turned(transaction: Transaction, claim: Claim, speaker: int | None, rare: stories.Rarity) -> list[Change]:
    """That a speaker says the contrary of what the same one said before."""
    if speaker is None or claim.kind != "statement":
        return []
    before = kept_accounts.said_before(transaction, speaker, claim.moment, MEMORY)
    change = reversed_by(claim, before, rare)
    return [change] if change else []


def claim_of(fact: Fact, id: str, reading: Reading, moment: str) -> Claim:
    """A fact as a claim in its account."""
    outlet = reading.article.outlet
    return Claim(
        id=id,
        number=fact.number,
        kind=fact.kind,
        article=fact.article,
        outlet=(outlet.domain or outlet.name) if outlet else None,
        moment=moment,
        words=fact.words,
        stance=fact.voice.stance,
        status=fact.status,
        origin=fact.voice.origin,
        speaker=fact.voice.speaker,
        speaker_name=fact.voice.speaker_name,
        low=fact.low,
        high=fact.high,
        quoted=fact.quoted,
    )


def keep_change(
    transaction: Transaction, change: Change, moment: str, story: int, account: int | None, article: int
) -> None:
    """Keeps a change, with the row of the article that it is set against."""
    other = transaction.value("SELECT row FROM articles WHERE id = ?", (change.other,)) if change.other else None
    kept_changes.add(transaction, change, moment, story, account, article, other)


def changes_of_article(transaction: Transaction, found: Waiting, story: int, moment: str) -> None:
    """What the article itself has that a careful editor would flag: a misquoting headline, a silent edit."""
    article = found.reading.article
    for finding in found.reading.findings:
        change = Change(id=digest(finding.kind, article.id, finding.note), kind=finding.kind, words=finding.note, article=article.id)  # fmt: skip
        keep_change(transaction, change, moment if finding.kind == "misquote" else found.first_seen, story, None, found.article)  # fmt: skip
