"""Where a figure is of, whether it counts a part, and whether it is said to have moved."""

import pytest

from onrecord.model import Article, Reading
from onrecord.read.figures import find
from onrecord.resolve.places import places_of
from onrecord.resolve.tallies import is_change, is_earlier, is_part, moved, where, who

STEPS = [
    ("The ministry put the number of cases at <231>, up from 148 a day earlier.", "148"),
    ("The number of cases in Tarn rose to <148> on Wednesday.", ""),
    ("The toll was revised from 2,000 to <3,500> people.", "2,000"),
    ("<More than 300 drivers> have now joined, the guild said, up from 260 on Tuesday.", "260"),
    ("Arrests have risen sharply to <some 40>.", ""),
    ("The number of cases stood at <289>.", None),
    ("Arrests rose by <40>.", None),
    ("Officials lowered the toll from Monday’s fire to <eight>, from nine.", "nine"),
]
SHARES = [
    ("Power rose <14 per cent> to 88 crowns.", True),
    ("Power was bid at 131 crowns, up <49 per cent> in a week.", True),
    ("Rents fell by some <3 per cent>.", True),
    ("<49 per cent> of the drivers joined.", False),
    ("The share of strikers rose to <49 per cent>.", False),
]
PARTS = [
    ("<40 of the patients> went home.", True),
    ("<12 more people> were hurt.", True),
    ("Some <40> a day fall ill.", True),
    ("The ministry put it at 231, up from <148> a day earlier.", False),
    ("260 of the guild's <420 drivers> joined.", True),
    ("<More than 300 people> are sick.", False),
]


@pytest.mark.parametrize(("marked", "before"), STEPS)
def test_a_figure_moved_where_its_sentence_says_so(marked: str, before: str | None) -> None:
    text, figures = marked.replace("<", "").replace(">", ""), find(marked.replace("<", "").replace(">", ""), ())
    figure = next(f for f in figures if f.span[0] == marked.index("<"))
    assert moved(text, figure, [f for f in figures if f != figure], (0, len(text))) == before
    assert [text[slice(*f.span)] for f in figures if is_earlier(text, f.span, (0, len(text)))] == (
        [before] if before else []
    )


@pytest.mark.parametrize(("marked", "part"), PARTS)
def test_a_part_is_told_from_a_whole(marked: str, part: bool) -> None:
    start, end = marked.index("<"), marked.index(">") - 1
    text = marked.replace("<", "").replace(">", "")
    assert is_part(text, (start, end), (0, len(text))) == part


@pytest.mark.parametrize(("marked", "change"), SHARES)
def test_by_how_much_something_grew_is_no_level(marked: str, change: bool) -> None:
    start, end = marked.index("<"), marked.index(">") - 1
    text = marked.replace("<", "").replace(">", "")
    assert is_change(text, (start, end), (0, len(text))) == change


def test_a_figure_is_of_its_sentences_place_else_of_the_articles() -> None:
    text = (
        "Fever spreads in Tarn\n\nMARL, Torvia — The fever has reached the town of Tarn.\n\nA nurse in Skerry is ill."
    )
    reading = Reading(input="-", reader=None, article=Article(id="a", capture="c", text=text))
    places = places_of(reading)
    assert where("There are 40 patients.", places) == {"tarn"}
    assert where("In Skerry there are 3.", places) == {"skerry"}
    assert where("There are 40,000 worldwide.", places) == frozenset()


def test_the_names_of_a_figure_are_its_sentences_and_those_its_article_is_about() -> None:
    text = (
        "Raiders hold the Orva mint\n\nMARL, Torvia — Raiders took the mint at Orva on Monday.\n\n"
        "In Skerry, Interior Minister Rask spoke of 19 clerks. The Brask line stopped. It is far from Orva."
    )
    places = places_of(Reading(input="-", reader=None, article=Article(id="a", capture="c", text=text)))
    assert "orva" in places.about and "skerry" not in places.about and "skerry" in places.names
    assert {"marl", "torvia", "monday", "raiders", "interior"}.isdisjoint(places.about)
    assert places.site == {"orva"}  # and not where it was written


def test_those_under_arms_are_told_from_soldiers() -> None:
    assert who("rebels") == who("bandits") == "gunmen" != who("troops")
