"""What an export is of: all articles, those of a story, since a moment, with words of somebody, or some; streamed as dossiers.

All pages are seen in one transaction, so that an export shows one moment of the record, and go by a key, so that the last page costs no more than
the first. Nothing is held but a page, whatever the size of the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.knowledge import State
from onrecord.store import accounts, actors, dossiers, knowing
from onrecord.store.database import Store, Transaction
from onrecord.store.dossier import Dossier
from onrecord.store.dossiers import Memory
from onrecord.store.rows import BITS
from onrecord.text import digest
from onrecord.watch.indicator import Indicator, decode

PAGE = 50  # articles
EVERY = "SELECT row, row FROM articles WHERE row > ? ORDER BY row LIMIT ?"
OF_STORY = "SELECT article, article FROM resolved WHERE story = ? AND article > ? ORDER BY article LIMIT ?"
SINCE = "SELECT moment, article FROM resolved WHERE (moment, article) > (?, ?) ORDER BY moment, article LIMIT ?"
# a page of entities may end within a reading: the next one begins after it
OF_PEOPLE = (
    "SELECT x.entity, r.article FROM entity_actors x JOIN readings r ON r.row = x.entity / {room} AND r.current = 1 "
    "WHERE x.actor IN ({marks}) AND x.entity >= ? ORDER BY x.entity LIMIT ?"
)
INDICATORS = "SELECT record, made_when, removed, state, why FROM indicators ORDER BY row"


class Watched(Struct, frozen=True, kw_only=True):
    """An indicator as an export shows it. Moments are ISO 8601 in UTC."""

    indicator: Indicator
    made_when: str
    removed: str | None  # when it was disarmed; its alerts stay
    state: State
    why: str


class Selection(Struct, frozen=True, kw_only=True):
    """What an export is of. Without story, speakers and articles: the whole record."""

    store: Store
    name: str  # in words
    story: str | None = None  # ids
    speakers: frozenset[str] = frozenset()
    articles: tuple[str, ...] = ()
    since: str | None = None  # ISO 8601 in UTC
    newest: str | None = None  # the moment of the record's newest article

    @property
    def id(self) -> str:
        """The digest of what is asked for: the same for the same question."""
        return digest("export", self.story or "", *sorted(self.speakers), *self.articles, self.since or "")

    def dossiers(self) -> Iterator[Dossier]:
        """The articles, each with everything that is recorded of it; a page at a time. May be called again."""
        return dossiers_of(self)

    def indicators(self) -> dict[str, Watched]:
        """The indicators by id, those that were disarmed as well."""
        with self.store.reading() as transaction:
            rows = transaction.all(INDICATORS)
        found = [Watched(indicator=decode(record), made_when=made, removed=removed, state=state, why=why) for record, made, removed, state, why in rows]  # fmt: skip
        return {w.indicator.id: w for w in found}


def select(store: Store, story: str | None = None, speaker: str | None = None, articles: Sequence[str] = (), since: str | None = None) -> Selection:  # fmt: skip
    """What is asked for; ids may be shortened, `speaker` is a name or an id, `since` a moment that goes with each of the others. Raises InputError."""
    if sum(map(bool, (story, speaker, articles))) > 1:
        raise InputError("give one of --story, --speaker and --article; --since goes with each of them")
    latest = knowing.newest(store)
    with store.reading() as transaction:
        if story:
            row = knowing.story_row(transaction, story)
            id, title = transaction.one("SELECT id, title FROM stories WHERE row = ?", (row,)) or ()
            return Selection(store=store, name=f"the story “{title or id}”", story=id, since=since, newest=latest)
        if speaker:
            meant = spoken_of(transaction, speaker)
            named = ", ".join(dict.fromkeys(a.name for a in meant))
            return Selection(
                store=store, name=f"what {named} said", speakers=frozenset(a.id for a in meant), since=since
            )
        ids = [str(transaction.value("SELECT id FROM articles WHERE row = ?", (knowing.row_of(transaction, "articles", id),))) for id in articles]  # fmt: skip
    name = (
        f"{len(ids)} articles"
        if len(ids) > 1
        else "an article"
        if ids
        else f"what appeared since {since}"
        if since
        else "the whole record"
    )
    return Selection(store=store, name=name, articles=tuple(dict.fromkeys(ids)), since=since, newest=latest)


def spoken_of(transaction: Transaction, speaker: str) -> list[actors.Actor]:
    """Those whom a name means, or the one whose id begins so. Raises InputError where there is nobody."""
    found = knowing.meant(transaction, speaker)
    if not found and len(speaker) >= 8 and set(speaker.lower()) <= set("0123456789abcdef"):
        row = knowing.row_of(transaction, "actors", speaker)
        found = [actors.current(transaction, actors.get(transaction, row))]
    if not found:
        raise InputError(f"nobody in the record is called {speaker!r}; `onrecord who NAME` finds people by a surname")
    return found


def dossiers_of(selection: Selection) -> Iterator[Dossier]:
    """The dossiers of a selection."""
    with selection.store.reading() as transaction:
        memory = Memory(transaction)
        for rows in pages(transaction, selection):
            for dossier in dossiers.load(transaction, rows, memory):
                if (kept := narrowed(selection, dossier)) is not None:
                    yield kept


def narrowed(selection: Selection, d: Dossier) -> Dossier | None:
    """The dossier with only what was asked for; None where that is nothing."""
    if selection.since and (d.moment is None or d.moment < selection.since):
        return None
    if not selection.speakers:
        return d
    said = tuple(a for a in d.attributions if a.speaker in d.people and d.people[a.speaker].id in selection.speakers)
    labels = {a.id for a in said}
    events = tuple(v for v in d.events if v.attribution in labels)
    figures = tuple(f for f in d.figures if f.attribution in labels)
    conditions = tuple(c for c in d.conditions if c.attribution in labels)
    estimates = tuple(e for e in d.estimates if e.attribution in labels)
    if not said:
        return None
    kept = {x.id for parts in (said, events, figures, conditions) for x in parts}
    records = tuple(d.ids[label] for label in kept)
    return replace(
        d, attributions=said, events=events, figures=figures, conditions=conditions, estimates=estimates, said=tuple(s for s in d.said if s.label in kept),
        alerts=tuple(a for a in d.alerts if any(id.startswith(a.record) for id in records)),
    )  # fmt: skip


def pages(transaction: Transaction, selection: Selection) -> Iterator[list[int]]:
    """The rows of the articles, a page at a time."""
    if selection.articles:
        found = [transaction.value("SELECT row FROM articles WHERE id = ?", (id,)) for id in selection.articles]
        yield from ([row for row in found[n : n + PAGE] if row is not None] for n in range(0, len(found), PAGE))
    elif selection.speakers:
        yield from of_people(transaction, selection.speakers)
    elif selection.story:
        row = transaction.value("SELECT row FROM stories WHERE id = ?", (selection.story,))
        yield from by_key(transaction, OF_STORY, (row,), (0,))
    elif selection.since:
        yield from by_key(transaction, SINCE, (), (selection.since, -1))
    else:
        yield from by_key(transaction, EVERY, (), (0,))


def by_key(transaction: Transaction, sql: str, values: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[list[int]]:
    """Pages of a statement that goes by a key: a moment and a row, or a row alone."""
    while found := transaction.all(sql, (*values, *after, PAGE)):
        yield [row for _, row in found]
        after = found[-1] if len(after) == 2 else (found[-1][1],)


def of_people(transaction: Transaction, ids: frozenset[str]) -> Iterator[list[int]]:
    """Pages of the articles that name somebody, each once."""
    heads = [transaction.value("SELECT row FROM actors WHERE id = ?", (id,)) for id in sorted(ids)]
    rows = [row for head in heads for row in (head, *(r for (r,) in transaction.all("SELECT row FROM actors WHERE same_as = ?", (head,))))]  # fmt: skip
    sql, entity = OF_PEOPLE.format(room=1 << BITS, marks=accounts.marks(rows)), 0
    while found := transaction.all(sql, (*rows, entity, PAGE)):
        yield list(dict.fromkeys(article for _, article in found))
        entity = ((found[-1][0] >> BITS) + 1) << BITS
