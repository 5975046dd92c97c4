"""Show, versions, verify, forget: every record walks back to its bytes, and what is forgotten is gone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.model import Entry, Kept
from onrecord.store import Store, add_entries, entries_due, entry_id, forget, record, search, show, verify, versions
from onrecord.store.readings import PARTS, reading_id
from onrecord.text import digest
from tests.store.support import BODIES, LATER, NOON, TEXT, URL, counts, keep, kept_for, made, read_back

EDITED = TEXT.replace("4,000", "5,000")


def ids(store: Store, table: str) -> list[str]:
    with store.reading() as transaction:
        return [id for (id,) in transaction.all(f"SELECT id FROM {table} ORDER BY row")]


def test_any_record_walks_back_to_its_bytes(store: Store) -> None:
    kept, reading = made()
    record(store, kept, reading)
    for table in PARTS:
        for part, id in zip(getattr(reading, table), ids(store, table), strict=True):
            found = show(store, id)
            assert found.record.get("id") == getattr(part, "id", None) and found.spans
            assert found.words and all(TEXT[a:b] in found.words for a, b in found.spans)
            assert (found.reading, found.article, found.captures) == (reading_id(reading), reading.article, (kept,))
    assert show(store, ids(store, "attributions")[0]).id == digest(reading_id(reading), "a1")
    assert show(store, ids(store, "dates")[0]).id == digest(reading_id(reading), "date 0")
    assert show(store, reading_id(reading)).noun == "reading" and show(store, reading.article.id).noun == "article"
    capture = show(store, kept.digest)
    assert (capture.noun, capture.article, capture.captures) == ("capture", reading.article, (kept,))


def test_the_beginning_of_an_id_is_enough_while_it_is_the_only_one(store: Store) -> None:
    kept, reading = made()
    record(store, kept, reading)
    id = digest(reading_id(reading), reading.figures[0].id)
    for n in (8, 12, 16, 20, 64):
        assert show(store, id[:n].upper()).id == id
    for wrong, why in (
        ("abc", "at least 8"),
        ("zzzzzzzzzz", "is no id"),
        ("0" * 12, "nothing in the record"),
        (id + "0", "nothing"),
    ):
        with pytest.raises(InputError, match=why):
            show(store, wrong)
    with store.writing() as transaction:
        transaction.run("UPDATE articles SET id = ?", (id[:10] + "f" * 54,))
    with pytest.raises(InputError, match="2 records"):
        show(store, id[:10])


def test_a_page_that_changed_in_silence_is_told(store: Store) -> None:
    keep(store)
    kept, reading = made(EDITED, fetched=LATER)
    done = record(store, kept, reading)
    assert done.new and done.edit and done.edit.silent
    assert [(a.text, bool(e)) for a, e in versions(store, URL)] == [(TEXT, False), (EDITED, True)]
    finding = show(store, ids(store, "findings")[-1])
    assert (finding.record["kind"], finding.words) == ("silent-edit", "5,000")
    with store.reading() as transaction:
        assert transaction.value("SELECT changes FROM silent_edits") == '[{"old":"4,000","new":"5,000"}]'
    record(store, kept, replace(reading, reader=replace(reading.reader, version="2")))  # type: ignore[type-var]
    assert [show(store, id).words for id in ids(store, "findings")[-2:]] == ["5,000", "5,000"]
    assert not list(verify(store, read_back))


def test_an_edit_that_is_owned_up_to_is_kept_but_no_finding(store: Store) -> None:
    keep(store)
    text = EDITED + "\n\nCorrection: the number of ships was wrong."
    edit = record(store, *made(text, fetched=LATER)).edit
    assert edit and not edit.silent and edit.correction
    with store.reading() as transaction:
        assert transaction.all("SELECT * FROM silent_edits") == []
    assert counts(store, "edits") == [1] and not [f for _, f in versions(store, URL) if f and f.silent]


def test_a_version_is_compared_with_the_one_fetched_before_it(store: Store) -> None:
    keep(store, fetched=LATER)
    assert record(store, *made(EDITED, fetched=NOON)).edit is None
    third = record(store, *made(EDITED + "\n\nMore words.", fetched="2026-03-03T00:00:00Z"))
    assert third.edit and third.edit.old == made()[1].article.id


def test_what_is_forgotten_is_gone_and_not_fetched_again(store: Store) -> None:
    add_entries(store, [Entry(url=URL)], NOON)
    kept, reading = made()
    record(store, kept, reading, entry=entry_id(URL))
    keep(store, reader="2")
    second = kept_for(b"another sight")
    record(store, second, replace(reading, article=replace(reading.article, capture=second.digest)))
    keep(store, EDITED, fetched=LATER)
    assert forget(store, reading.article.id) == [kept, second]
    assert counts(store, "articles", "captures", "edits", "sightings", "attributions", "entities", "figures") == [
        1,
        1,
        0,
        0,
        0,
        0,
        0,
    ]
    assert not search(store, "priced") and len(search(store, "levy", where="article")) == 1
    add_entries(store, [Entry(url=URL, modified=LATER)], LATER)
    assert not entries_due(store, LATER) and not list(verify(store, read_back))
    for gone in (reading.article.id, reading_id(reading), digest(reading_id(reading), "a1")):
        with pytest.raises(InputError, match="nothing in the record"):
            show(store, gone)
    with pytest.raises(InputError, match="no article"):
        forget(store, reading.article.id)


def test_what_takes_the_place_of_a_forgotten_article_is_indexed(store: Store) -> None:
    keep(store, url=URL + "/1")
    last = keep(store, url=URL + "/2")
    search(store, "priced")
    forget(store, last)
    keep(store, url=URL + "/3")
    assert len(search(store, "priced")) == 2 and len(search(store, "levy", where="article")) == 2
    assert not list(verify(store, read_back))


def test_bytes_that_another_article_needs_are_not_given_up(store: Store) -> None:
    first, _ = keep(store, body=b"one page"), keep(store, url=URL + "/2", body=b"one page")
    assert forget(store, first) == [] and counts(store, "captures") == [1]


def problems(store: Store) -> list[tuple[str, str]]:
    return [(p.noun, p.what.split(":")[0]) for p in verify(store, read_back)]


def test_verify_finds_bytes_that_changed_or_are_gone(store: Store) -> None:
    record(store, *made(body=b"the bytes"))
    (digest_of,) = [d for d, body in BODIES.items() if body == b"the bytes"]

    def gone(kept: Kept) -> bytes:
        raise OSError("no such file")

    assert [p.what for p in verify(store, gone)] == ["its bytes cannot be read: no such file"]
    assert [(p.noun, p.id) for p in verify(store, lambda kept: b"others")] == [("capture", digest_of)]


@pytest.mark.parametrize(
    ("damage", "noun"),
    [
        ("UPDATE articles SET text = text || ' more'", "article"),
        ("UPDATE attributions SET content = 'what nobody said'", "reading"),
        ("UPDATE figures SET value = 7", "reading"),
        ("UPDATE readings SET version = '7'", "reading"),
        ("UPDATE readings SET record = replace(record, '[[', '[[9')", "reading"),
        ("UPDATE readings SET current = 0", "article"),
        ("DELETE FROM entities", "reading"),
        ("DELETE FROM attributions", "reading"),
        ("INSERT INTO dates SELECT row + 9999999, 99, id, words, value, type, timex3 FROM dates", "date"),
        ("INSERT INTO captures (digest, size, warc_offset, warc_length) VALUES ('sha256:0', 0, 0, 0)", "capture"),
        ("UPDATE edits SET record = replace(record, '[[[', '[[[9999')", "edit"),
    ],
)
def test_verify_finds_what_was_tampered_with(store: Store, damage: str, noun: str) -> None:
    keep(store)
    keep(store, EDITED, fetched=LATER)
    search(store, "levy")
    with store.writing() as transaction:
        transaction.run(damage)
    assert noun in {found for found, _ in problems(store)}


def test_verify_finds_an_index_out_of_step(store: Store) -> None:
    keep(store)
    search(store, "levy")
    with store.writing() as transaction:
        transaction.run("DELETE FROM attribution_words" if store.dialect == "postgresql" else
                        "INSERT INTO attribution_words (attribution_words, rowid, content) VALUES ('delete', 1, 'priced')")  # fmt: skip
    assert "index" in {noun for noun, _ in problems(store)}
