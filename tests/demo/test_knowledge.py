"""What the record makes of the demonstration, from an empty folder over the real road: stories, copies, changes, who is who, and exactly the right alerts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from evaluation.demo import Found, look_into
from onrecord.demo import DEMONSTRATION, expected
from onrecord.store import Store, indicators, knowing, open_store

pytestmark = pytest.mark.slow


class Shown(NamedTuple):
    """The record, and what it holds of the stream."""

    store: Store
    made: Found


@pytest.fixture(scope="module")
def shown(demonstration: Path) -> Iterator[Shown]:
    """The record, once for all of these tests."""
    with open_store(demonstration) as store:
        yield Shown(store, look_into(store, DEMONSTRATION))


@pytest.fixture
def found(shown: Shown) -> Found:
    return shown.made


def test_exactly_the_right_alerts_and_nothing_else(shown: Shown) -> None:
    with shown.store.reading() as transaction:
        [armed] = indicators.armed(transaction)
    alerts = shown.made.alerts
    assert {(article, a.crossing) for article, a in alerts} == {
        (w["article"], w["crossing"]) for w in expected()["alerts"]
    }
    assert len(alerts) == len(expected()["alerts"])
    assert armed.state == "triggered"
    assert armed.indicator.armed is not None
    assert "Ardovia" in armed.indicator.name


def test_an_alert_carries_its_evidence(found: Found) -> None:
    first = dict(found.alerts)["d07-lamp-crossing"]
    assert first.sentence in next(w["sentence"] for w in expected()["alerts"] if w["article"] == "d07-lamp-crossing")
    assert (first.origin.kind, first.origin.name.removeprefix("The ")) == ("anonymous", "Lamplighter")
    assert first.admiralty[0] == "F"
    assert first.admiralty[1] in "456"
    assert any("on the record" in m for m in first.missing)


def test_stories_never_mix_two_affairs(found: Found) -> None:
    threads: dict[str, set[str]] = {}
    for s in expected()["stories"]:
        threads.setdefault(s["thread"], set()).update(s["articles"])
    for one, other in combinations(threads.values(), 2):
        assert not {found.story[a] for a in one} & {found.story[a] for a in other}


def test_copies_and_what_they_copy(found: Found) -> None:
    wanted = {
        (c, w["of"], kind) for w in expected()["copies"] for kind in ("whole", "embedded") for c in w.get(kind, ())
    }
    assert found.copies == wanted


def brought(found: Found, kind: str) -> list[str]:
    return [c.article for c in found.changes if c.kind == kind]


def test_a_minister_reverses_himself_once(found: Found) -> None:
    [words] = [c.words for c in found.changes if c.kind == "reversal"]
    assert "There will be no call-up of reservists" in words
    assert "call up reservists" in words or "calling up reservists" in words


def test_the_silent_edit_and_no_other(found: Found) -> None:
    assert brought(found, "silent-edit") == [e["article"] for e in expected()["edits"] if e["silent"]]


def test_the_misquoting_headline_and_no_other(found: Found) -> None:
    assert brought(found, "misquote") == [f["article"] for f in expected()["findings"] if f["kind"] == "misquote"]


def test_the_denial(found: Found) -> None:
    assert "d08-cps-denial" in brought(found, "denied")


def test_a_quotation_with_another_number(found: Found) -> None:
    assert "d02-exchange-diesel" in brought(found, "quotation-differs")


def test_the_figure_moves(found: Found) -> None:
    words = " ".join(c.words for c in found.changes if c.kind == "figure-moved")
    for step in ("2,000", "3,500", "4,900"):
        assert step in words


def test_one_person_under_three_spellings(shown: Shown) -> None:
    drevich, *others = knowing.who(shown.store, "Drevich")
    for spelling in expected()["people"][0]["spellings"]:
        assert any(spelling in name for name in drevich.names)
    assert drevich.reversals
    assert not any("Drude" in name or "Osmin" in name for name in drevich.names)
    assert all(len(o.claims) < len(drevich.claims) for o in others)
