"""Recording: one transaction an article, and twice is once."""

import threading
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.model import Entry
from onrecord.store import Store, add_feed, entries_due, feed_fetched, open_store, record, show, to_re_read, verify
from onrecord.store.readings import PARTS
from onrecord.store.rows import PART_ID, namer
from onrecord.text import digest
from tests.store.support import LATER, NOON, TEXT, URL, bare, counts, keep, kept_for, made, read_back
from tests.support import article

TABLES = ("captures", "articles", "readings", *PARTS)


def test_a_reading_is_kept_with_all_its_parts_and_comes_back_as_it_was(store: Store) -> None:
    kept, reading = made()
    done = record(store, kept, reading)
    assert done.new and done.edit is None and done.article == reading.article.id
    assert counts(store, *TABLES) == [1, 1, 1] + [len(getattr(reading, part)) for part in PARTS]
    found = show(store, done.reading)
    assert found.article == reading.article and found.captures == (kept,) and found.reader == reading.reader
    assert found.record == msgspec.to_builtins(reading)
    assert not list(verify(store, read_back))


def test_twice_is_once(store: Store) -> None:
    first = record(store, *made())
    before = counts(store, *TABLES)
    again = record(store, *made())
    assert (first.new, again.new) == (True, False) and again.reading == first.reading
    assert counts(store, *TABLES) == before


def test_a_reading_without_reader_is_kept_and_a_later_one_adds_to_it(store: Store) -> None:
    kept, reading = made()
    assert record(store, kept, bare(reading)).new
    assert counts(store, "articles", "readings", "attributions") == [1, 1, 0]
    assert [a.id for _, a in to_re_read(store, reading.reader)] == [reading.article.id]
    assert not record(store, kept, reading).new
    assert counts(store, "articles", "readings", "attributions") == [1, 2, len(reading.attributions)]
    assert not list(to_re_read(store, reading.reader)) and not list(verify(store, read_back))


def test_a_newer_reading_is_kept_beside_the_older_and_is_current(store: Store) -> None:
    keep(store, reader="1")
    keep(store, reader="2")
    with store.reading() as transaction:
        assert transaction.all("SELECT version, current FROM readings ORDER BY row") == [("1", 0), ("2", 1)]
        assert transaction.value("SELECT count(*) FROM who_said_what") == len(made()[1].attributions)
    keep(store, reader="1")  # known: it does not come back
    record(store, made()[0], bare(made()[1]))  # without reader: never before one with
    with store.reading() as transaction:
        assert transaction.value("SELECT version FROM readings WHERE current = 1") == "2"
    assert not list(verify(store, read_back))


def test_articles_to_read_again_are_those_of_another_version_or_all(store: Store) -> None:
    keep(store, reader="1")
    keep(store, reader="2", url=URL + "/2")
    reader = made(reader="2")[1].reader
    assert [a.url for _, a in to_re_read(store, reader)] == [URL]
    assert [(k.digest, a.url) for k, a in to_re_read(store)] == [
        (a.capture, a.url) for a in (made()[1].article, made(url=URL + "/2")[1].article)
    ]


def test_other_bytes_with_the_same_text_are_a_further_sight_of_the_article(store: Store) -> None:
    first = keep(store)
    assert keep(store, body=b"the same with another advert") == first
    assert counts(store, "articles", "captures", "sightings") == [1, 2, 1]
    assert [c.size for c in show(store, first).captures] == [len(f"{URL} {TEXT}".encode()), 28]


def test_what_no_database_holds_is_refused_in_one_line(store: Store) -> None:
    for text in ("Head\n\nNUL \0 within", "Head\n\nhalf a pair \ud800 within"):
        kept = kept_for(b"x")
        bad = replace(made()[1], article=article(text, id="y" * 64, capture=kept.digest), attributions=(), entities=(), events=(), figures=(), dates=(), places=(), conditions=(), findings=())  # fmt: skip
        with pytest.raises(InputError, match="characters that are none"):
            record(store, kept, bad)
    with pytest.raises(InputError, match="was made of"):
        record(store, kept_for(b"other"), made()[1])
    assert counts(store, *TABLES) == [0] * len(TABLES)


def test_an_entry_is_done_with_its_article_in_the_same_transaction(store: Store) -> None:
    feed = add_feed(store, "https://www.tidewire.example/feed", NOON)
    feed_fetched(store, feed, NOON, next_due=LATER, entries=[Entry(url=URL)])
    record(store, *made(), feed=feed, entry=entries_due(store, NOON)[0].id)
    assert not entries_due(store, LATER)
    with store.reading() as transaction:
        found = transaction.all(
            "SELECT e.state, a.id, f.id FROM entries e JOIN articles a ON a.row = e.article JOIN feeds f ON f.row = a.feed"
        )
    assert found == [("done", made()[1].article.id, feed)]


def test_the_search_index_follows_in_batches_and_survives_a_crash(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.index.BATCH", 3)
    for n in range(4):
        keep(store, url=f"{URL}/{n}")
    assert counts(store, "unindexed") == [1]
    store.unindexed = 0  # what a process that was killed forgets
    assert not list(verify(store, read_back)) and counts(store, "unindexed") == [0]


def test_many_threads_and_stores_record_each_article_once(
    tmp_path: Path, db: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.index.BATCH", 2)
    stores = [open_store(tmp_path, db) for _ in range(3)]
    errors: list[BaseException] = []

    def work(store: Store) -> None:
        try:
            for n in range(12):
                keep(store, url=f"{URL}/{n}")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert counts(stores[0], "articles", "readings", "captures") == [12, 12, 12]
    assert not list(verify(stores[0], read_back))
    for store in stores:
        store.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["1", "2", None]), st.booleans()), max_size=8))
def test_any_order_of_recording_leaves_a_sound_record(store: Store, steps: list[tuple[int, str | None, bool]]) -> None:
    for page, version, other_bytes in steps:
        kept, reading = made(url=f"{URL}/{page}", reader=version, body=b"%d %d" % (page, other_bytes))
        record(store, kept, reading if version else bare(reading))
    assert not list(verify(store, read_back))


@given(st.text(alphabet="abc:0123456789é"), st.text(alphabet="abc:0123456789é"))
def test_the_quick_namer_gives_the_beginning_of_the_digest(reading: str, label: str) -> None:
    if reading.isascii():
        assert namer(reading)(label) == digest(reading, label)[:PART_ID]
