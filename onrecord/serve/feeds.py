"""The page of feeds: how each fares, what fails and why; feeds are added by address or as an OPML file."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord import store as keep
from onrecord.errors import InputError
from onrecord.fetch.addresses import address
from onrecord.fetch.opml import read_opml, write_opml
from onrecord.follow import iso
from onrecord.model import FeedStatus
from onrecord.serve.kinds import Action, Asked, Desk, Outcome, Page, Param
from onrecord.store.failures import Reason, reasons

MOST = 500  # feeds, and reasons, that are shown
AT_ONCE = 2_000  # feeds that one form may add


class Feeds(Struct, frozen=True, kw_only=True):
    """The feeds, those that fail first, and the reasons of all failures."""

    feeds: tuple[FeedStatus, ...]
    all: int
    failing: int
    failures: tuple[Reason, ...]


def view(desk: Desk, asked: Asked) -> Feeds:
    """How the feeds fare."""
    found = keep.status(desk.store, iso(time.time()))
    ranked = sorted(found, key=lambda s: -s.feed.failures)
    with desk.store.reading() as transaction:
        failures = reasons(transaction, MOST)
    return Feeds(feeds=tuple(ranked[:MOST]), all=len(found), failing=sum(s.feed.failures > 0 for s in found), failures=tuple(failures))  # fmt: skip


def add(desk: Desk, asked: Asked) -> Outcome:
    """Follows the addresses that were typed, and those of an OPML file. Raises InputError where there is none."""
    found: list[tuple[str | None, str]] = [(None, address(word).url) for word in asked["address"].split()]
    if asked["opml"]:
        found += read_opml(asked["opml"].encode("latin-1"))
    if not found:
        raise InputError("give the address of a feed, a sitemap or a page, or an OPML file")
    if len(found) > AT_ONCE:
        raise InputError(f"that is {len(found):,} feeds; add at most {AT_ONCE:,} at once")
    known = {f.url for f in keep.feeds(desk.store)}
    for title, url in found:
        keep.add_feed(desk.store, url, iso(time.time()), title=title)
    new = len({url for _, url in found} - known)
    return Outcome(to="/feeds", said=f"{new} feed{'' if new == 1 else 's'} added{'' if new == len(found) else '; the others were there'}. onrecord follow, or serve --follow, fetches them.")  # fmt: skip


def retry(desk: Desk, asked: Asked) -> Outcome:
    """Makes the pages that failed due again."""
    ids = [t.id for t in keep.failures(desk.store, stage=asked["stage"], outlet=asked.given("outlet")) if t.reason == asked["reason"]]  # fmt: skip
    again = keep.retry(desk.store, iso(time.time()), ids)
    return Outcome(to="/feeds", said=f"{again} page{'' if again == 1 else 's'} due again.")


def rows(data: Feeds) -> Iterator[Sequence[object]]:
    """The feeds as a table."""
    yield (
        "url",
        "title",
        "kind",
        "last_success",
        "next_due",
        "articles",
        "a_day",
        "waiting",
        "failed",
        "failures_in_a_row",
        "why",
    )
    for s in data.feeds:
        f = s.feed
        yield (
            f.url,
            f.title,
            f.kind,
            f.last_success,
            f.next_due,
            s.articles,
            round(s.a_day, 1),
            s.waiting,
            s.failed,
            f.failures,
            f.why,
        )


def opml(request: Request) -> Response:
    """The feeds as a list that other readers take."""
    found = keep.feeds(request.app.state.desk.store)
    name = {"Content-Disposition": 'attachment; filename="onrecord.opml"'}
    return Response(write_opml((f.title, f.url) for f in found), media_type="text/x-opml", headers=name)


PAGES = (Page(path="/feeds", name="feeds", title="Feeds", nav="Feeds", view=view, data=Feeds, rows=rows),)
ACTIONS = (
    Action(
        path="/feeds", name="add_feeds", says="Follow feeds", act=add,
        params=(Param(name="address", says="addresses, one a line", longest=200_000), Param(name="opml", says="an OPML file", file=True)),
    ),
    Action(
        path="/feeds/retry", name="retry_failures", says="Try pages that failed again", act=retry,
        params=(Param(name="stage", says="where they failed", required=True), Param(name="outlet", says="the outlet's domain"), Param(name="reason", says="why they failed", required=True)),
    ),
)  # fmt: skip
ROUTES = (Route("/feeds.opml", opml),)
