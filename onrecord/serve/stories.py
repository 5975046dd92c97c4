"""The page of stories: what is going on, those that changed most first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from onrecord.serve.atom import Entry
from onrecord.serve.kinds import Asked, Desk, Page, Param
from onrecord.store import knowing
from onrecord.wording import KINDS, changed

BACK = {"day": 1, "week": 7, "month": 30}  # days before the newest article
A_PAGE = 30
WORDS = 8  # of the title that are looked for


class Line(Struct, frozen=True, kw_only=True):
    """A story in one line. Moments are ISO 8601 in UTC."""

    id: str
    title: str | None
    first: str
    last: str
    articles: int
    outlets: int
    origins: int  # newsrooms that report by themselves
    copies: int  # articles that carry another's text
    changes: dict[str, int]  # by kind
    changed: str  # the same in words


class Stories(Struct, frozen=True, kw_only=True):
    """The stories."""

    since: str | None  # a moment
    stories: tuple[Line, ...]
    page: int
    more: bool

    @property
    def names(self) -> dict[str, str]:
        """What each kind of change is called."""
        return KINDS


PARAMS = (
    Param(name="since", says="what counts as changed: day, week or month, before the newest article", choices=tuple(BACK), default="week"),
    Param(name="q", says="words in the title", longest=200),
    Param(name="page", says="which page", whole=(1, 200), default="1"),
)  # fmt: skip


def view(desk: Desk, asked: Asked) -> Stories:
    """The stories, those that changed most first."""
    newest, page = knowing.newest(desk.store), asked.number("page")
    since = before(newest, BACK[asked["since"]]) if newest else None
    words = asked["q"].split()[:WORDS]
    found = knowing.stories(desk.store, since, A_PAGE + 1, A_PAGE * (page - 1), words)
    lines = tuple(Line(**asdict(s), changed=changed(s)) for s in found[:A_PAGE])
    return Stories(since=since, stories=lines, page=page, more=len(found) > A_PAGE)


def before(moment: str, days: int) -> str:
    """A moment so many days earlier."""
    return (datetime.fromisoformat(moment) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def rows(data: Stories) -> Iterator[Sequence[object]]:
    """The stories as a table."""
    yield ("story", "title", "first", "last", "articles", "outlets", "origins", "copies", *KINDS.values())
    for s in data.stories:
        yield (s.id, s.title, s.first, s.last, s.articles, s.outlets, s.origins, s.copies, *(s.changes.get(kind, 0) for kind in KINDS))  # fmt: skip


def entries(data: Any) -> Iterator[Entry]:
    """The stories for a feed reader, the latest first."""
    for s in sorted(data.stories, key=lambda s: s.last, reverse=True):
        yield Entry(id=s.id, title=s.title or "A story without a title", updated=s.last, path=f"/story/{s.id}", words=s.changed)  # fmt: skip


PAGES = (
    Page(path="/stories", name="stories", title="Stories", nav="Stories", view=view, data=Stories, params=PARAMS, rows=rows, entries=entries),
)  # fmt: skip
ACTIONS = ()
