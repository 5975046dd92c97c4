"""Which event a figure measures."""

import pytest

from onrecord.model import Article
from onrecord.read import read

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
