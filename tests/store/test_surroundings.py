"""What surrounds an article, on both databases."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.model import ReaderInfo, Reading
from onrecord.store import Store, grades, record, show, surroundings
from onrecord.store.surroundings import Surroundings
from tests.store.support import LATER, made
from tests.store.test_resolving import LEVY, OWN, add, settle
from tests.support import TEXT


def around(store: Store, id: str, reading: str | None = None) -> tuple[Reading, Surroundings]:
    with store.reading() as transaction:
        return surroundings.whole(transaction, surroundings.find(transaction, id, reading))


def test_every_part_is_named_as_the_record_names_it(store: Store) -> None:
    kept, reading = made()
    id = record(store, kept, reading).article
    found, about = around(store, id[:12])
    assert found == reading
    labels = {"attributions": "a1", "entities": "e1", "events": "v1", "figures": "f1", "places": "p1", "conditions": "c1", "dates": "d2", "findings": "n1"}  # fmt: skip
    nouns = {part: show(store, about.ids[label]).noun for part, label in labels.items()}
    assert nouns == {"attributions": "attribution", "entities": "entity", "events": "event", "figures": "figure", "places": "place", "conditions": "condition", "dates": "date", "findings": "finding"}  # fmt: skip
    assert show(store, about.ids["a3"]).words == "the harbour master … had promised … a calm year"
    assert "w1" in about.ids  # estimates have no rows of their own
    assert about.captures == (kept,)
    assert (about.story, about.origin, about.accounts) == (None, None, {})


def test_versions_of_a_page_in_order_with_what_became_of_them(store: Store) -> None:
    first = record(store, *made()).article
    last = record(store, *made(TEXT.replace("a calm year", "a dull year"), fetched=LATER)).article
    for id in (first, last):
        about = around(store, id)[1]
        assert [(v.id, v.silent) for v in about.versions] == [(first, None), (last, True)]


def test_copies_origins_accounts_and_the_story(store: Store) -> None:
    wire = add(store, "Northwire", 3, LEVY)
    copy = add(store, "Marl Gazette", 3, LEVY.replace("Harbour levy to be halved", "Levy halved"), 9)
    own = add(store, "Seldrin Herald", 4, OWN)
    settle(store)
    reading, about = around(store, wire)
    assert (about.copies, about.copy_of) == (1, None)
    assert about.origin is not None
    assert about.origin.name == "Northwire"
    with store.reading() as transaction:
        [listed] = surroundings.copies(transaction, surroundings.find(transaction, wire).article, "")
    assert (listed.id, listed.kind) == (copy, "whole")
    its = around(store, copy)[1]
    assert its.copy_of is not None
    assert (its.copy_of.id, its.copies, its.story) == (wire, 0, about.story)
    said = next(a for a in reading.attributions if "priced ourselves out" in reading.article.text[slice(*a.content[0])])
    assert about.origins[said.id] == "Ilse Karvonen"
    assert about.ids[said.id] in about.accounts
    assert around(store, own)[1].copies == 0


def test_the_grade_of_the_outlet(store: Store) -> None:
    id = record(store, *made()).article
    assert around(store, id)[1].grade == "F"
    grades.grade(store, "tidewire.example", "B", "me", LATER)
    assert around(store, id)[1].grade == "B"


def test_an_older_reading_can_be_asked_for(store: Store) -> None:
    kept, reading = made()
    id = record(store, kept, reading).article
    old = around(store, id)[1].reading
    record(store, kept, replace(reading, reader=ReaderInfo(name="en", version="2"), figures=()))
    newest, about = around(store, id)
    assert (newest.figures, about.current) == ((), True)
    before, about = around(store, id, old[:16])
    assert (before.figures, about.current) == (reading.figures, False)


@pytest.mark.parametrize("id", ["ffffffffffff", "zz", ""])
def test_an_id_that_names_no_article_is_said(store: Store, id: str) -> None:
    record(store, *made())
    record(store, *made(TEXT + "\n\nMore.", url="https://www.tidewire.example/more"))
    with pytest.raises(InputError, match="article"):
        around(store, id)
