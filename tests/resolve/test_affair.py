"""A count whose article names no place goes on from the one count of its affair, and from no other."""

from pathlib import Path

import pytest

from onrecord.read import read
from onrecord.resolving import resolve
from onrecord.store import knowing, open_store, record
from tests.resolve.test_denials import written

FIRST = (
    "Toll at the mine\n\nThe explosion in the mine at Brenn killed 21 people, the fire service of Brenn said on Monday."
)
NEXT = "What the nurses counted\n\nThe explosion in the mine has killed {} people, two nurses told the Morrow Star, more than the fire service says."
BUS = "Bus falls off a bridge\n\nA bus fell off a bridge and killed 24 people, police said. It had come from a mine."


def moves(home: Path, *texts: str) -> list[str]:
    """The figures that moved, in words."""
    with open_store(home) as store:
        for day, text in enumerate(texts, 3):
            kept, article = written(f"Paper {day}", day, text)
            assert article.published
            record(store, kept, read(article), when=article.published.value)
            assert list(resolve(store, when=lambda: "2031-03-30T00:00:00Z"))
        return [c.words for c in knowing.changes(store, None, limit=1000) if c.kind == "figure-moved"]


def test_the_place_of_an_affair_need_not_be_said_again(tmp_path: Path) -> None:
    assert moves(tmp_path, FIRST, NEXT.format(33)) == ["21 people → 33 people (two nurses)"]


@pytest.mark.parametrize("other", [BUS, NEXT.format(400)], ids=["another accident", "another order of magnitude"])
def test_what_has_too_little_in_common_does_not_go_on_from_it(tmp_path: Path, other: str) -> None:
    assert moves(tmp_path, FIRST, other) == []
