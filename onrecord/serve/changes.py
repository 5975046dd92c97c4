"""The page of changes, where the desk opens: what changed since the last visit, by story, the most consequential first.

A visit ends half an hour after its last look; the browser keeps the newest change of the visit before in a cookie. What is marked as seen is
kept in the record.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from onrecord.knowledge import Alert
from onrecord.resolve.changes import Change
from onrecord.serve.atom import Entry
from onrecord.serve.kinds import ID, Action, Asked, Desk, Outcome, Page, Param
from onrecord.store import seen
from onrecord.store.clock import now
from onrecord.store.database import Transaction
from onrecord.wording import KINDS

VISIT = "onrecord_visit"
APART = 1800  # seconds without a look that end a visit
BACK = {"day": 1, "week": 7, "month": 30}  # days before the newest article
ORDER = {"alert": 0} | {kind: n for n, kind in enumerate(KINDS, 1)}
NAMES = {"alert": "alert"} | KINDS
MOST = 300  # changes that are looked at, and again as many new accounts
NEW_OF_A_STORY = 4  # new accounts of a story that are shown here; the story shows all
OF_A_STORY = 8  # other changes of it
STORIES = 10  # of a page

COLUMNS = (
    "x.record, x.moment, s.id, s.title, a.id, coalesce(nullif(o.name, ''), o.domain), a.title, a.published, n.id FROM changes x "
    "JOIN articles a ON a.row = x.article LEFT JOIN outlets o ON o.row = a.outlet LEFT JOIN stories t ON t.row = x.story "
    "LEFT JOIN stories s ON s.row = coalesce(t.merged_into, t.row) LEFT JOIN seen n ON n.id = x.id"
)
ALERTS = (
    "SELECT l.record, i.name, coalesce(r.moment, l.made_when), s.id, s.title, coalesce(nullif(o.name, ''), o.domain), a.title, a.published, n.id FROM alerts l "
    "JOIN indicators i ON i.row = l.indicator JOIN articles a ON a.row = l.article LEFT JOIN outlets o ON o.row = a.outlet "
    "LEFT JOIN resolved r ON r.article = a.row LEFT JOIN stories t ON t.row = r.story LEFT JOIN stories s ON s.row = coalesce(t.merged_into, t.row) "
    "LEFT JOIN seen n ON n.id = l.id WHERE "
)
NEW_ALERTS = "l.row > ? AND (l.made_when >= ? OR r.moment >= ?) ORDER BY l.row DESC LIMIT 100"


class Item(Struct, frozen=True, kw_only=True):
    """A change, or an alert. Moments are ISO 8601 in UTC; `published` is as the page gave it."""

    id: str
    kind: str
    name: str  # of the kind, in words
    words: str
    moment: str
    story: str | None
    story_title: str | None
    article: str
    outlet: str | None
    title: str | None
    published: str | None
    other: str | None = None  # the article that it is set against
    claim: str | None = None  # the part of a reading that says so
    against: str | None = None
    indicator: str | None = None
    indicator_name: str | None = None
    admiralty: str | None = None
    reason: str | None = None
    missing: tuple[str, ...] = ()
    seen: bool = False


class Group(Struct, frozen=True, kw_only=True):
    """What changed in one story."""

    story: str | None
    title: str
    items: tuple[Item, ...]
    more: int  # of the same that are not shown; the story's page has all


class Changes(Struct, frozen=True, kw_only=True):
    """What changed."""

    since: str | None  # a moment, where it was asked for by time
    first_visit: bool
    groups: tuple[Group, ...]
    shown: int
    hidden: int  # that were marked as seen
    kinds: dict[str, int]  # how many of each
    newest: tuple[int, int]  # the rows of the newest change and of the newest alert
    page: int
    more: bool  # whether there are stories on a next page


PARAMS = (
    Param(name="since", says="visit (the last one), day, week, month (before the newest article), all, or a day such as 2031-05-14", default="visit", pattern=r"visit|day|week|month|all|\d{4}-\d\d-\d\d"),
    Param(name="kind", says="only changes of this kind", choices=tuple(ORDER), many=True),
    Param(name="seen", says="also what was marked as seen", choices=("no", "yes"), default="no"),
    Param(name="page", says="which page of stories", whole=(1, 1000), default="1"),
)  # fmt: skip


def view(desk: Desk, asked: Asked) -> Changes:
    """What changed since then."""
    visited = visit(asked.cookies)
    with desk.store.reading() as transaction:
        newest = transaction.one("SELECT (SELECT coalesce(max(row), 0) FROM changes), (SELECT coalesce(max(row), 0) FROM alerts)") or (0, 0)  # fmt: skip
        latest = transaction.value("SELECT max(moment) FROM resolved")
        first = asked["since"] == "visit" and visited is None
        moment = moment_of("week" if first else asked["since"], latest)
        after = visited.before if asked["since"] == "visit" and visited else (0, 0)
        kinds = asked.lists["kind"] or tuple(ORDER)
        found = [*alerts(transaction, moment, after[1]), *changes(transaction, moment, after[0])]
    every = [item for item in found if item.kind in kinds]
    shown = [item for item in every if asked["seen"] == "yes" or not item.seen]
    counted = {kind: n for kind in ORDER if (n := sum(item.kind == kind for item in shown))}
    first_story = STORIES * (asked.number("page") - 1)
    groups = list(islice(grouped(shown), first_story, first_story + STORIES + 1))
    return Changes(
        since=moment, first_visit=first, groups=tuple(groups[:STORIES]), shown=len(shown), hidden=len(every) - len(shown), kinds=counted, newest=(newest[0], newest[1]),
        page=asked.number("page"), more=len(groups) > STORIES,
    )  # fmt: skip


def moment_of(since: str, latest: str | None) -> str | None:
    """The moment from which changes are shown; None for all, and where rows decide."""
    if since in BACK:
        back = datetime.fromisoformat(latest) - timedelta(days=BACK[since]) if latest else None
        return back.strftime("%Y-%m-%dT%H:%M:%SZ") if back else None
    return None if since in ("visit", "all") else f"{since}T00:00:00Z"


def changes(transaction: Transaction, moment: str | None, after: int) -> list[Item]:
    """The changes from a moment, or after a row; first those that matter, then the newest that are only new."""
    where = "WHERE x.row > ? AND x.moment >= ? AND x.kind"
    rows = []
    for kind in ("<>", "="):
        sql = f"SELECT {COLUMNS} {where} {kind} 'new-account' ORDER BY x.moment DESC, x.row DESC LIMIT {MOST}"
        rows += transaction.all(sql, (after, moment or ""))
    return [change_item(*row) for row in rows]


def change_item(record: str, moment: str, story: str | None, story_title: str | None, article: str, outlet: str | None, title: str | None, published: str | None, mark: str | None) -> Item:  # fmt: skip
    """A change of a row."""
    c = msgspec.json.decode(record, type=Change)
    return Item(
        id=c.id, kind=c.kind, name=NAMES[c.kind], words=c.words, moment=moment, story=story, story_title=story_title, article=article, outlet=outlet,
        title=title, published=published, other=c.other, claim=c.claim, against=c.against, seen=mark is not None,
    )  # fmt: skip


def alerts(transaction: Transaction, moment: str | None, after: int) -> list[Item]:
    """The alerts from a moment, or of articles from a moment, and after a row."""
    return [alert_item(*row) for row in transaction.all(ALERTS + NEW_ALERTS, (after, moment or "", moment or ""))]


def alert_item(record: str, indicator: str, moment: str, story: str | None, story_title: str | None, outlet: str | None, title: str | None, published: str | None, mark: str | None) -> Item:  # fmt: skip
    """An alert of a row."""
    a = msgspec.json.decode(record, type=Alert)
    return Item(
        id=a.id, kind="alert", name=NAMES["alert"], words=a.sentence, moment=moment, story=story, story_title=story_title, article=a.article, outlet=outlet, title=title,
        published=published, claim=a.record, indicator=a.indicator, indicator_name=indicator, admiralty=a.admiralty, reason=a.reason, missing=a.missing, seen=mark is not None,
    )  # fmt: skip


def item(transaction: Transaction, id: str) -> Item | None:
    """One change or alert, by its id."""
    if row := transaction.one(f"SELECT {COLUMNS} WHERE x.id = ?", (id,)):
        return change_item(*row)
    return alert_item(*row) if (row := transaction.one(f"{ALERTS} l.id = ?", (id,))) else None


def grouped(items: Sequence[Item]) -> Iterator[Group]:
    """The items by story, the story with the most consequential first."""
    stories: dict[str | None, list[Item]] = {}
    for item in sorted(items, key=lambda i: i.moment, reverse=True):
        stories.setdefault(item.story, []).append(item)
    for story, some in sorted(stories.items(), key=lambda pair: rank(pair[1])):
        ranked = sorted(some, key=lambda i: ORDER[i.kind])
        fresh = sorted((i for i in ranked if i.kind == "new-account"), key=lambda i: not any(map(str.isdigit, i.words)))
        kept = [i for i in ranked if i.kind != "new-account"][:OF_A_STORY] + fresh[:NEW_OF_A_STORY]
        yield Group(story=story, title=some[0].story_title or "In no story", items=tuple(kept), more=len(some) - len(kept))  # fmt: skip


def rank(items: Sequence[Item]) -> list[int]:
    """By what stories are put in order: their items from the most consequential on, more of them before fewer."""
    return [*sorted(ORDER[i.kind] for i in items if i.kind != "new-account"), len(ORDER)]


class Visit(NamedTuple):
    """What the browser keeps: the newest change and alert of the visit before, the time of the last look, and the newest ones then."""

    before: tuple[int, int]
    at: int
    then: tuple[int, int]


def visit(cookies: Mapping[str, str]) -> Visit | None:
    """What the browser kept; after half an hour without a look this is another visit."""
    parts = cookies.get(VISIT, "").split(".")
    if len(parts) != 5 or not all(p.isascii() and p.isdigit() and len(p) < 16 for p in parts):
        return None
    change, alert, at, last_change, last_alert = map(int, parts)
    then = (last_change, last_alert)
    return Visit(then if time.time() - at > APART else (change, alert), at, then)


def keep(desk: Desk, asked: Asked, data: Changes) -> Mapping[str, str]:
    """What the browser keeps of this look."""
    visited = visit(asked.cookies)
    before = visited.before if visited else (0, 0)
    return {VISIT: ".".join(map(str, (*before, int(time.time()), *data.newest)))}


def rows(data: Changes) -> Iterator[Sequence[object]]:
    """The changes as a table."""
    yield ("moment", "kind", "words", "story", "outlet", "title", "article", "seen")
    for group in data.groups:
        for i in group.items:
            yield (i.moment, i.name, i.words, i.story_title, i.outlet, i.title, i.article, "yes" if i.seen else "no")


def entries(data: Any) -> Iterator[Entry]:
    """The changes for a feed reader, newest first."""
    for i in sorted((i for g in data.groups for i in g.items), key=lambda i: i.moment, reverse=True):
        yield Entry(
            id=i.id, title=f"{i.name}: {i.words}"[:200], updated=i.moment, path=f"/article/{i.article}", words=i.words
        )


def mark(desk: Desk, asked: Asked) -> Outcome:
    """Marks changes as seen, or takes the marks back. In a page that is open one of them is shown as it now is, and stays where it was."""
    ids = asked.lists["id"]
    with desk.store.writing() as transaction:
        (seen.unmark(transaction, ids) if asked["as"] == "unseen" else seen.mark(transaction, ids, now()))
        marked = item(transaction, ids[0]) if len(ids) == 1 else None
    back = asked["back"] if asked["back"].startswith("/changes") else "/changes"
    return Outcome(to=back, part="change" if marked else "", shown=marked)


PAGES = (
    Page(
        path="/changes", name="changes", title="What changed", nav="Changes", view=view, data=Changes, params=PARAMS, rows=rows, entries=entries, cookies=keep,
    ),
)  # fmt: skip
ACTIONS = (
    Action(
        path="/changes/seen", name="mark_seen", says="Mark changes as seen, or as not seen", act=mark,
        params=(
            Param(name="id", says="the ids of changes or alerts", many=True, required=True, pattern=ID),
            Param(name="as", says="seen or unseen", choices=("seen", "unseen"), default="seen"),
            Param(name="back", says="the page to return to"),
        ),
    ),
)  # fmt: skip
