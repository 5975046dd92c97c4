"""What verifying finds amiss in what many articles say together, on both databases."""

from __future__ import annotations

import pytest

from onrecord import arming
from onrecord.store import Store, verify
from onrecord.watch.definition import from_words
from tests.store.support import read_back
from tests.store.test_resolving import ANON, LEVY, add, settle

BROKEN = {
    "DELETE FROM accounts": {"claim", "key"},
    "DELETE FROM facts": {"account"},
    "UPDATE facts SET article = 77": {"claim"},
    "UPDATE resolved SET reading = 77": {"resolved article"},
    "UPDATE resolved SET copy_of = 77": {"resolved article"},
    "DELETE FROM actors": {"claim", "entity", "key"},
    "UPDATE entity_actors SET entity = entity + 77000000": {"entity"},
    "UPDATE stories SET articles = 7": {"story"},
    "UPDATE stories SET merged_into = 77": {"resolved article", "story"},
    "DELETE FROM origins": {"resolved article", "claim"},
    "DELETE FROM indicators": {"alert"},
}


@pytest.mark.parametrize("statement", BROKEN)
def test_what_is_broken_is_found(store: Store, statement: str) -> None:
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Marl Courier", 4, ANON.format(paper="Marl Courier", day="Monday"))
    settle(store)
    arming.arm(store, from_words("figure > 5000 people of layoffs"))
    assert list(verify(store, read_back)) == []
    with store.writing() as transaction:
        transaction.run(statement)
    assert {p.noun for p in verify(store, read_back)} == BROKEN[statement]
