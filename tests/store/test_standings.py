"""Accounts of a story, those asked for only, and how they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store import Store, knowing, sayings, standings
from onrecord.store.sayings import sentences_of
from onrecord.store.standings import Told, evenly
from tests.store.test_resolving import LEVY, OWN, add, settle


def told(store: Store, limit: int = 100, offset: int = 0, claims: int = 1000, kind: str | None = None) -> tuple[list[Told], int]:  # fmt: skip
    [story] = knowing.stories(store)
    with store.reading() as transaction:
        row = knowing.story_row(transaction, story.id)
        return standings.of_story(transaction, row, story.id, limit, offset, claims, kind)


@pytest.fixture
def levy(store: Store) -> Store:
    """A figure that moved, a minister who turned, and two copies."""
    add(store, "Seldrin Herald", 1, LEVY)
    add(store, "Marl Courier", 1, LEVY.replace("to be halved", "is halved"), hour=12)
    add(store, "Tarn Weekly", 1, LEVY.replace("to be halved", "halved"), hour=14)
    add(store, "Marl Courier", 3, OWN)
    settle(store)
    return store


def test_the_contested_account_comes_first_and_copies_are_no_origins(levy: Store) -> None:
    accounts, _ = told(levy)
    assert [a.contested for a in accounts] == sorted((a.contested for a in accounts), reverse=True)
    [dockers] = [a for a in accounts if a.standing.kind == "figure" and a.standing.high == 3500]
    assert (dockers.standing.low, dockers.contested, dockers.copies, dockers.claims) == (2000, True, 2, 4)
    assert dockers.standing.origins == 1
    assert dockers.standing.admiralty[0] == "F"


def test_pages_of_accounts_are_all_accounts_once(levy: Store) -> None:
    every, total = told(levy)
    assert total == len(every)
    pages = [a.standing.id for n in range(0, total, 2) for a in told(levy, 2, n)[0]]
    assert pages == [a.standing.id for a in every]
    figures, n = told(levy, kind="figure")
    assert n == len(figures) == sum(a.standing.kind == "figure" for a in every)


def test_few_claims_are_shown_and_all_are_counted(levy: Store) -> None:
    whole = {a.standing.id: a for a in told(levy)[0]}
    for a in told(levy, claims=1)[0]:
        other = whole[a.standing.id]
        assert len(a.sayings) == 1
        assert (a.claims, a.copies) == (other.claims, other.copies)
        assert (a.standing.reason, a.standing.denied_by, a.standing.low) == (other.standing.reason, other.standing.denied_by, other.standing.low)  # fmt: skip


def test_claims_of_an_account_come_in_parts_the_first_of_each_voice_first(levy: Store) -> None:
    account = max(told(levy)[0], key=lambda a: a.claims)
    with levy.reading() as transaction:
        row = knowing.row_of(transaction, "accounts", account.standing.id)
        parts = [s.claim.id for n in range(account.claims) for s in sayings.of_accounts(transaction, [row], 1, n)[row]]
    assert sorted(parts) == sorted(s.claim.id for s in account.sayings)


def test_a_claim_says_how_it_was_made(levy: Store) -> None:
    found = [s for a in told(levy)[0] for s in a.sayings if s.outlet == "Seldrin Herald"]
    quoted = next(s for s in found if "priced ourselves out" in s.claim.words)
    assert (quoted.manner, quoted.firmness, quoted.copy_of, quoted.claim.speaker_name) == ("direct", "CT+", None, "Ilse Karvonen")  # fmt: skip
    told_to = next(s for a in told(levy)[0] for s in a.sayings if "before the winter" in s.claim.words)
    assert told_to.via == ("Seldrin Herald",)
    figure = next(s for s in found if s.claim.kind == "figure" and s.claim.low == 2000)
    assert (figure.comparator, figure.of) == ("~", "dockers")


def test_a_sentence_is_where_a_claim_begins_to_where_it_ends() -> None:
    text = "Quay\n\nOne is here. Two are there. Three went home.\n\nNobody saw it."
    two = text.index("Two")
    assert text[slice(*sentences_of(text, ((two, two + 3),)))] == "Two are there."
    assert text[slice(*sentences_of(text, ((two, two + 3), (two + 20, two + 24))))] == "Two are there. Three went home."


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=20), st.integers(20, 500))
def test_claims_are_shared_out_evenly(counts: list[int], most: int) -> None:
    each = evenly(counts, most)
    assert sum(min(n, each) for n in counts) <= most
    assert each >= max(counts) or sum(min(n, each + 1) for n in counts) > most
