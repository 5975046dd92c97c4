"""Many captures in one transaction are recorded as one by one, and a mark says how far that has come."""

from pathlib import Path

import pytest

from onrecord.batch.load import load
from onrecord.batch.run import Settings, backfill
from onrecord.errors import InputError
from onrecord.fetch.warc import Evidence
from onrecord.model import Failure
from onrecord.resolving import resolve
from onrecord.store import Store, bulk, entry_id, failures, kept, open_store, record, search, unread, verify
from onrecord.store.bulk import Item
from tests.batch.support import instant, pages, write_warc
from tests.store.support import LATER, NOON, counts, kept_for, made, read_back

TABLES = ("captures", "articles", "readings", "attributions", "edits", "outlets", "sightings", "failures")
FAILED = Failure(input="x.warc.gz, behind byte 9", stage="input", reason="the record is damaged")
NO_ARTICLE = Failure(input="https://a.example/2", stage="parse", reason="no article")


def items() -> list[Item]:
    edited = made(text="Levy halved\n\nThe levy is halved, said nobody.", fetched=LATER)
    empty = kept_for(b"404", "https://a.example/2")
    return [
        Item(*made(), "a"),
        Item(*made(), "a"),
        Item(*edited, "a"),
        Item(*made(url="https://other.example/1", outlet="Other"), "b"),
        Item(empty, NO_ARTICLE, "c"),
        Item(None, FAILED, "d"),
    ]


def test_a_batch_is_what_one_by_one_would_be(store: Store, tmp_path: Path) -> None:
    bulk.prepare(store)
    assert bulk.record_many(store, items(), NOON, "batch", 6) == 3
    with open_store(tmp_path / "other") as other:
        for item in items():
            if item.kept and isinstance(item.got, Failure):
                unread(other, item.kept, entry_id(item.kept.url or ""), NOON, item.got.stage, item.got.reason)
            elif item.kept and not isinstance(item.got, Failure):
                record(other, item.kept, item.got, entry=entry_id(item.kept.url or ""), when=NOON)
        assert counts(store, *TABLES[:-1]) == counts(other, *TABLES[:-1])
    assert [(t.stage, t.url, t.count) for t in failures(store)] == [
        ("input", FAILED.input, 1),
        ("parse", "https://a.example/2", 1),
    ]
    assert list(verify(store, read_back)) == [] and search(store, "priced")


def test_the_mark_is_written_with_the_batch_or_not_at_all(store: Store) -> None:
    bulk.prepare(store)
    bulk.prepare(store)
    assert bulk.reached(store, "batch") == 0
    bulk.record_many(store, items()[:2], NOON, "batch", 2)
    assert bulk.reached(store, "batch") == 2
    wrong = kept_for(b"other bytes")
    with pytest.raises(InputError, match="the article was made of"):
        bulk.record_many(store, [items()[3], Item(wrong, made()[1], "x")], NOON, "batch", 4)
    assert bulk.reached(store, "batch") == 2 and counts(store, "articles") == [1]
    assert kept(store, wrong.digest) is None


def test_many_readings_are_indexed_on_the_way(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    bulk.prepare(store)
    monkeypatch.setattr("onrecord.store.index.BATCH", 2)
    bulk.record_many(store, items(), NOON, "batch", 6)
    assert store.unindexed == 0 and counts(store, "unindexed") == [0]


def test_tables_are_loaded_into_either_database(store: Store, tmp_path: Path) -> None:
    write_warc(tmp_path / "a.warc.gz", pages(8))
    backfill([str(tmp_path / "a.warc.gz")], tmp_path / "out", Settings(workers=0, unit=3_000), answer=instant)
    with Evidence(tmp_path / "home" / "evidence") as evidence:
        assert load(tmp_path / "out", store, evidence).articles == 8
        assert load(tmp_path / "out", store, evidence).articles == 0
        assert len(list(resolve(store))) == 8
        assert list(verify(store, lambda kept: evidence.read(kept).body)) == []
