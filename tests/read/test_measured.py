"""Which event a figure measures."""

import pytest

from onrecord.model import Article, Event, Figure
from onrecord.read import read
from onrecord.read.measured import events_of
from tests import clock

CASES = [
    ("The army called up 3,000 men on Monday.", "MOBILIZE"),
    ("Police arrested 40 people in Tarn.", "COERCE"),
    ("The town has 3,000 people, and on Monday the army called up its youth.", None),
    ("Police arrested the mayor in a house worth 2 million crowns.", None),
]


@pytest.mark.parametrize(("sentence", "kind"), CASES)
def test_a_figure_measures_the_event_of_its_clause(sentence: str, kind: str | None) -> None:
    found = read(Article(id="a", capture="c", language="en", text=f"News from Tarn\n\n{sentence}"))
    types = {v.id: v.type for v in found.events}
    assert [types.get(f.event or "") for f in found.figures] == [kind]


def test_time_grows_with_the_text_alone() -> None:
    figures = [
        Figure(id=f"f{n}", span=(n * 40, n * 40 + 5), unit="people", value=n, comparator="=", status="actual")
        for n in range(40_000)
    ]
    events = [
        Event(id=f"v{n}", type="ASSAULT", anchor=((n * 40 + 10, n * 40 + 14),), status="actual") for n in range(40_000)
    ]
    text = "12345 men kill " * 110_000
    few = clock.seconds(lambda: list(events_of(text, figures[:5_000], events[:5_000])))
    assert clock.seconds(lambda: list(events_of(text, figures, events))) < 16 * few + 0.1
