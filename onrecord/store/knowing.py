"""What the record knows, for people: stories, one story with its accounts, what somebody said over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.knowledge import (
    ActorView,
    ChangeLine,
    ConditionLine,
    Coverage,
    Difference,
    Origin,
    Profile,
    StoryLine,
    StoryView,
)
from onrecord.model import Article, EntityType
from onrecord.resolve.alignment import pieces
from onrecord.resolve.changes import Change
from onrecord.resolve.identity import keys
from onrecord.store import accounts, actors, standings
from onrecord.store import changes as kept_changes
from onrecord.store.articles import WHOLE, article_of
from onrecord.store.database import Store, Transaction

LINE = (
    "SELECT s.row, s.id, s.title, s.first_moment, s.last_moment, count(DISTINCT coalesce(a.address, a.id)), count(DISTINCT a.outlet), "
    "count(DISTINCT r.origin), count(DISTINCT CASE WHEN r.copy_of IS NULL THEN NULL ELSE coalesce(a.address, a.id) END) "
    "FROM stories s JOIN resolved r ON r.story = s.row JOIN articles a ON a.row = r.article WHERE s.merged_into IS NULL"
)
GROUPED = " GROUP BY s.row, s.id, s.title, s.first_moment, s.last_moment"
COVERAGE = (
    "SELECT a.id, r.moment, coalesce(nullif(o.name, ''), o.domain), a.title, coalesce(a.canonical_url, a.url), n.id, n.kind, n.name, b.id, r.copy_kind "
    "FROM resolved r JOIN articles a ON a.row = r.article JOIN origins n ON n.id = r.origin LEFT JOIN outlets o ON o.row = a.outlet "
    "LEFT JOIN articles b ON b.row = r.copy_of WHERE r.story = ? ORDER BY r.moment, a.row"
)
WEIGHTS = {"denied": 5, "reversal": 5, "quotation-differs": 4, "confirmed": 5, "figure-moved": 4, "silent-edit": 3, "attribution-dropped": 3, "misquote": 2}  # fmt: skip
LISTED = {
    "stories": "stories",
    "actors": "who NAME",
    "articles": "story ID",
    "accounts": "story ID",
}  # the commands that show ids
TITLES = 2_000  # stories with the same words in their titles that are told apart by what changed
ESCAPE = "|"
NEW = 0.2  # the weight of a new account: there are many


def stories(store: Store, since: str | None = None, limit: int = 20, offset: int = 0, words: Sequence[str] = ()) -> list[StoryLine]:  # fmt: skip
    """The stories, those that changed most since a moment first; by default since a day before the newest article. `words` are all in the title."""
    with store.reading() as transaction:
        newest = transaction.value("SELECT max(moment) FROM resolved")
        if newest is None:
            return []
        moment = since or day_before(newest)
        counted = changes_by_story(transaction, moment)
        named = titled(transaction, words, TITLES) if words else None
        ranked = [row for row in counted if named is None or row in named]
        ranked.sort(key=lambda row: (-weight(counted[row]), -row))
        if len(ranked) < limit + offset:
            latest = titled(transaction, (), limit + offset + len(ranked)) if named is None else named
            ranked += [row for row in latest if row not in counted]
        return [
            line for row in ranked[offset : offset + limit] if (line := line_of(transaction, row, counted.get(row, {})))
        ]


def titled(transaction: Transaction, words: Sequence[str], limit: int) -> dict[int, None]:
    """The stories with these words in their titles, the latest first."""
    has = "".join(f" AND lower(title) LIKE ? ESCAPE '{ESCAPE}'" for _ in words)
    sql = f"SELECT row FROM stories WHERE merged_into IS NULL{has} ORDER BY last_moment DESC, row DESC LIMIT {limit}"
    return dict.fromkeys(row for (row,) in transaction.all(sql, [f"%{literally(word)}%" for word in words]))


def literally(word: str) -> str:
    """A word as LIKE takes it letter by letter."""
    return "".join(ESCAPE + c if c in f"%_{ESCAPE}" else c for c in word.lower())


def day_before(moment: str) -> str:
    """A day before a moment."""
    from datetime import datetime, timedelta

    return (datetime.fromisoformat(moment) - timedelta(days=1)).isoformat(timespec="seconds")[:19] + "Z"


def weight(changes: dict[str, int]) -> float:
    """How much changes matter together."""
    return sum(WEIGHTS.get(kind, NEW) * n for kind, n in changes.items())


def changes_by_story(transaction: Transaction, moment: str) -> dict[int, dict[str, int]]:
    """How many changes of each kind each story has had since a moment."""
    found: dict[int, dict[str, int]] = {}
    # + 0: SQLite is to go by the moment, not through all changes in the order of their stories
    sql = "SELECT story + 0, kind, count(*) FROM changes WHERE moment >= ? GROUP BY story + 0, kind"
    for story, kind, n in transaction.all(sql, (moment,)):
        if story is not None:
            found.setdefault(story, {})[kind] = n
    return found


def line_of(transaction: Transaction, row: int, changes: dict[str, int]) -> StoryLine | None:
    """A story in one line."""
    found = transaction.one(f"{LINE} AND s.row = ?{GROUPED}", (row,))
    if found is None:
        return None
    _, id, title, first, last, articles, outlets, origins, copies = found
    return StoryLine(id=id, title=title, first=first, last=last, articles=articles, outlets=outlets, origins=origins, copies=copies, changes=changes)  # fmt: skip


def story(store: Store, id: str, limit: int = 1_000_000, claims: int = 1_000_000) -> StoryView:
    """One story: its timeline and its accounts, at most so many, with at most so many claims together. `id` may be shortened. Raises InputError for none or several."""
    with store.reading() as transaction:
        row = story_row(transaction, id)
        line = line_of(transaction, row, {})
        assert line
        coverage = tuple(coverage_of(r) for r in transaction.all(COVERAGE, (row,)))
        told, accounts = standings.of_story(transaction, row, line.id, limit, claims=claims)
        return StoryView(story=line, coverage=coverage, accounts=tuple(t.standing for t in told), told=accounts)


def story_row(transaction: Transaction, id: str) -> int:
    """The row of the story whose id begins so, or of the one that it went into. Raises InputError."""
    row = row_of(transaction, "stories", id)
    return int(transaction.value("SELECT coalesce(merged_into, row) FROM stories WHERE row = ?", (row,)))


def row_of(transaction: Transaction, table: str, id: str) -> int:
    """The row of the thing whose id begins so. Raises InputError."""
    wanted = id.lower().strip()
    found = transaction.all(f"SELECT row FROM {table} WHERE id >= ? AND id < ? LIMIT 2", (wanted, wanted + "g"))
    if len(found) != 1:
        many = "several" if found else "no"
        hint = "give more of it" if found else f"`onrecord {LISTED[table]}` lists them"
        raise InputError(f"{many} {table} have an id that begins with {wanted!r}; {hint}")
    return int(found[0][0])


def coverage_of(row: Sequence[Any]) -> Coverage:
    """An article of a story."""
    article, moment, outlet, title, url, origin, kind, name, of, copy_kind = row
    return Coverage(article=article, moment=moment, outlet=outlet, title=title, url=url, origin=Origin(id=origin, kind=kind, name=name), copy_of=of, copy_kind=copy_kind)  # fmt: skip


def who(store: Store, name: str, limit: int = 500) -> list[ActorView]:
    """Those whom a name may mean, the most told of first, with what each said. Raises InputError where there is nobody."""
    with store.reading() as transaction:
        views = [actor_view(transaction, a, limit) for a in meant(transaction, name) or alike(transaction, name)]
        if not views:
            raise InputError(f"nobody in the record is called {name!r}; try a surname, or `onrecord search --speaker`")
        return sorted(views, key=lambda v: (-len(v.claims), -v.articles, v.id))


def alike(transaction: Transaction, name: str) -> list[actors.Actor]:
    """Those with a name somewhat like this one, by those who stand for them."""
    kinds: tuple[EntityType, ...] = ("person", "organisation", "outlet")
    found = [a for kind in kinds for a in actors.candidates(transaction, keys(Profile(names=(name,), type=kind)), 20)]
    return list({a.row: a for c in found for a in [actors.current(transaction, c)]}.values())


def meant(transaction: Transaction, name: str) -> list[actors.Actor]:
    """Those of whose names one has all these words, an article at their head or not."""
    words = set(name.casefold().strip().removeprefix("the ").split())
    return [a for a in alike(transaction, name) if any(words <= set(n.casefold().split()) for n in a.profile.names)]


def actor_view(transaction: Transaction, actor: actors.Actor, limit: int) -> ActorView:
    """Somebody with all claims, and with those who were judged to be the same."""
    rows = [actor.row, *(r for (r,) in transaction.all("SELECT row FROM actors WHERE same_as = ?", (actor.row,)))]
    marks = ", ".join("?" * len(rows))
    claims = transaction.all(f"{accounts.CLAIMS} WHERE f.speaker IN ({marks}) AND f.kind = 'statement' ORDER BY f.moment, f.article, f.part LIMIT {limit}", rows)  # fmt: skip
    turned = transaction.all(f"SELECT DISTINCT x.words FROM changes x JOIN facts f ON f.account = x.account AND f.article = x.article WHERE x.kind = 'reversal' AND f.speaker IN ({marks})", rows)  # fmt: skip
    articles = transaction.value(f"SELECT sum(articles) FROM actors WHERE row IN ({marks})", rows)
    return ActorView(
        id=actor.id,
        name=actor.name,
        names=actor.profile.names,
        type=actor.profile.type,
        roles=actor.profile.roles,
        countries=actor.profile.countries,
        articles=int(articles or 0),
        claims=tuple(accounts.claim_of(row) for row in claims),
        reversals=tuple(words for (words,) in turned),
    )


def newest(store: Store) -> str | None:
    """The moment of the newest article that was resolved."""
    with store.reading() as transaction:
        return transaction.value("SELECT max(moment) FROM resolved")  # type: ignore[no-any-return]


def changes(store: Store, since: str | None, kinds: Sequence[str] = (), limit: int = 200) -> list[ChangeLine]:
    """What changed since a moment, newest first; all of it where none is given."""
    with store.reading() as transaction:
        found = kept_changes.since(transaction, since or "", kinds, limit)
    return [change_line(*row) for row in found]


def change_line(record: str, story: str, story_title: str, article: str, outlet: str, title: str, url: str, moment: str) -> ChangeLine:  # fmt: skip
    """A change of a row."""
    c = msgspec.json.decode(record, type=Change)
    return ChangeLine(kind=c.kind, moment=moment, words=c.words, story=story, story_title=story_title, article=article, outlet=outlet, title=title, url=url, other=c.other, claim=c.claim, against=c.against)  # fmt: skip


def conditions(store: Store, words: Sequence[str] = (), limit: int = 20) -> list[ConditionLine]:
    """Conditions that hold all of these words, the newest first."""
    asked = " AND ".join("lower(if_words || ' ' || then_words) LIKE ?" for _ in words) or "1 = 1"
    sql = (
        "SELECT condition, kind, if_words, then_words, said_by, outlet, published, article FROM conditions_on_record "
        f"WHERE {asked} ORDER BY published DESC, condition LIMIT {limit}"
    )
    with store.reading() as transaction:
        rows = transaction.all(sql, [f"%{word.lower()}%" for word in words])
    return [ConditionLine(**dict(zip(ConditionLine.__struct_fields__, row, strict=True))) for row in rows]


def difference(store: Store, old: str, new: str) -> Difference:
    """Two articles word by word; ids may be shortened. Raises InputError."""
    with store.reading() as transaction:
        rows = [row_of(transaction, "articles", id) for id in (old, new)]
        one, two = (article_of(transaction.one(f"{WHOLE} WHERE a.row = ?", (row,)) or ()) for row in rows)
    return Difference(old_name=name_of(one), new_name=name_of(two), pieces=tuple(pieces(one.text, two.text)))


def name_of(article: Article) -> str:
    """An article as a heading."""
    outlet = article.outlet
    parts = ((outlet.name or outlet.domain) if outlet else None, article.published.value if article.published else None, article.title)  # fmt: skip
    return " · ".join(p for p in parts if p) or article.id
