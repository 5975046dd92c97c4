"""Feeds, entries and failures: what is due, what became of it, and how it is told."""

from onrecord.model import Entry
from onrecord.store import (
    Store,
    add_entries,
    add_feed,
    due,
    entries_due,
    entry_done,
    entry_failed,
    entry_gone,
    entry_id,
    fail,
    failures,
    feed_failed,
    feed_fetched,
    feeds,
    record,
    retry,
    status,
)
from tests.store.support import LATER, NOON, URL, made

FEED = "https://www.tidewire.example/feed"
ENTRIES = [Entry(url=URL, title="Levy", published="2026-03-01"), Entry(url=URL + "/2"), Entry(url=URL)]


def test_a_feed_is_due_at_once_and_then_when_it_says(store: Store) -> None:
    feed = add_feed(store, FEED, NOON, title="Tidewire")
    assert add_feed(store, FEED, LATER, title="Other") == feed
    assert [(f.id, f.title, f.added) for f in due(store, NOON)] == [(feed, "Tidewire", NOON)]
    feed_fetched(store, feed, NOON, next_due=LATER, etag='"7"', kind="rss", title="The Tidewire")
    assert not due(store, NOON) and len(due(store, LATER)) == 1
    (found,) = feeds(store)
    assert (found.etag, found.kind, found.title, found.last_success) == ('"7"', "rss", "The Tidewire", NOON)


def test_entries_are_added_once_and_come_in_order(store: Store) -> None:
    feed = add_feed(store, FEED, NOON)
    assert feed_fetched(store, feed, NOON, next_due=LATER, entries=ENTRIES) == 2
    assert feed_fetched(store, feed, LATER, next_due=LATER, entries=[*ENTRIES, Entry(url=URL + "/3")]) == 1
    assert add_entries(store, [Entry(url=URL), Entry(url=URL + "/4")], LATER) == 1
    assert [e.url for e in entries_due(store, LATER)] == [URL, URL + "/2", URL + "/3", URL + "/4"]
    assert [e.url for e in entries_due(store, LATER, 1)] == [URL] and [e.url for e in entries_due(store, NOON)] == [
        URL,
        URL + "/2",
    ]
    assert [e.feed for e in entries_due(store, LATER)] == [feed, feed, feed, None]


def test_an_entry_that_is_done_or_gone_is_not_fetched_again_and_one_that_failed_in_its_time(store: Store) -> None:
    add_entries(store, [*ENTRIES, Entry(url=URL + "/3")], NOON)
    entry_done(store, entry_id(URL))
    entry_gone(store, entry_id(URL + "/2"), NOON, "fetch", "410 Gone")
    entry_failed(store, entry_id(URL + "/3"), NOON, "fetch", "timed out", LATER)
    assert not entries_due(store, NOON)
    assert [(e.url, e.state, e.attempts) for e in entries_due(store, LATER)] == [(URL + "/3", "failed", 1)]


def test_a_page_that_the_feed_says_was_modified_is_due_again(store: Store) -> None:
    add_entries(store, [Entry(url=URL, modified=NOON)], NOON)
    entry_done(store, entry_id(URL))
    assert add_entries(store, [Entry(url=URL, modified=NOON)], LATER) == 0 and not entries_due(store, LATER)
    assert add_entries(store, [Entry(url=URL, modified=LATER)], LATER) == 0
    assert [e.state for e in entries_due(store, LATER)] == ["new"]


def test_the_same_failure_is_counted_not_repeated_and_ends_with_success(store: Store) -> None:
    add_entries(store, ENTRIES, NOON)
    for when in (NOON, LATER):
        entry_failed(store, entry_id(URL), when, "parse", "no article was found")
    fail(store, "fetch", URL + "/2", "timed out", NOON)
    found = failures(store)
    assert [(f.stage, f.outlet, f.count, f.first_seen, f.last_seen) for f in found] == [
        ("fetch", "tidewire.example", 1, NOON, NOON),
        ("parse", "tidewire.example", 2, NOON, LATER),
    ]
    assert [f.stage for f in failures(store, stage="parse", outlet="tidewire.example")] == ["parse"]
    record(store, *made(), entry=entry_id(URL), when=LATER)
    assert [f.stage for f in failures(store)] == ["fetch"]
    assert [f.resolved for f in failures(store, resolved=True)] == [None, LATER]


def test_failures_can_be_retried_one_or_all(store: Store) -> None:
    add_entries(store, ENTRIES, NOON)
    entry_failed(store, entry_id(URL), NOON, "fetch", "timed out")
    entry_gone(store, entry_id(URL + "/2"), NOON, "fetch", "410 Gone")
    assert not entries_due(store, LATER)
    one = next(f.id for f in failures(store) if f.reason == "timed out")
    assert retry(store, LATER, [one]) == 1 and [e.url for e in entries_due(store, LATER)] == [URL]
    assert retry(store, LATER) == 1 and len(entries_due(store, LATER)) == 2


def test_an_entry_that_leads_to_another_address_has_no_failures_left(store: Store) -> None:
    add_entries(store, [Entry(url=URL + "?from=feed")], NOON)
    entry = entry_id(URL + "?from=feed")
    entry_failed(store, entry, NOON, "fetch", "timed out", LATER)
    record(store, *made(), entry=entry, when=LATER)
    assert not failures(store) and not entries_due(store, LATER)


def test_a_feed_that_fails_can_be_retried(store: Store) -> None:
    feed = add_feed(store, FEED, NOON)
    feed_failed(store, feed, NOON, "timed out", "2026-03-09T00:00:00Z")
    assert not due(store, LATER) and retry(store, LATER) == 1 and [f.id for f in due(store, LATER)] == [feed]


def test_status_tells_how_each_feed_fares(store: Store) -> None:
    feed, other = add_feed(store, FEED, NOON), add_feed(store, FEED + "/2", NOON)
    feed_fetched(store, feed, NOON, next_due=LATER, entries=ENTRIES)
    record(store, *made(), feed=feed, entry=entry_id(URL))
    entry_failed(store, entry_id(URL + "/2"), NOON, "fetch", "timed out")
    for when in (NOON, LATER):
        feed_failed(store, other, when, "503 Service Unavailable", "2026-03-03T00:00:00Z")
    first, second = status(store, LATER)
    assert (first.waiting, first.failed, first.articles, first.a_day, first.feed.last_success) == (0, 1, 1, 1 / 7, NOON)
    assert (second.feed.failures, second.feed.why, second.feed.next_due) == (
        2,
        "503 Service Unavailable",
        "2026-03-03T00:00:00Z",
    )
    assert [f.count for f in failures(store, stage="feed")] == [2]
    assert status(store, "2026-04-01T00:00:00Z")[0].a_day == 0
    feed_fetched(store, other, LATER, next_due=LATER)
    assert status(store, LATER)[1].feed.why is None and not failures(store, stage="feed")
