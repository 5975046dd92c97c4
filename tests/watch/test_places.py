"""Where it is, also where an article need not say so."""

from __future__ import annotations

import pytest

from onrecord.watch.definition import from_words
from onrecord.watch.match import match
from onrecord.watch.places import is_set_in, setting
from tests.watch.support import reading, resolved

DEAD = from_words("figure > 40 people of dead in Quarrin")
AT_HOME = "The flood has killed 43 people, two nurses told the paper."
ABROAD = "The flood in Lesmere has killed 43 people, two nurses told the paper."
COVERAGE = [
    reading("A flood in Quarrin washed a bridge away.", "Flood in Quarrin"),
    reading("The flood in Quarrin killed a shepherd near Arle.", "Shepherd dies"),
    reading("The choir sang in Lesmere.", "Choir sings"),
]


@pytest.mark.parametrize(
    ("body", "places", "expected"),
    [
        (AT_HOME, (), ["untied"]),
        (AT_HOME, ("Quarrin",), ["crossed"]),
        (AT_HOME, ("Lesmere",), ["untied"]),
        (ABROAD, ("Quarrin",), []),
    ],
)
def test_an_article_that_names_no_place_is_where_its_affair_is(
    body: str, places: tuple[str, ...], expected: list[str]
) -> None:
    of = resolved(body, "What the nurses counted", setting=places)
    assert [i.crossing for i in match(DEAD, of)] == expected


def test_an_affair_is_where_most_of_its_articles_say_that_they_are() -> None:
    assert is_set_in("Quarrin", COVERAGE) and setting(COVERAGE) == "Quarrin"
    assert not is_set_in("Lesmere", COVERAGE)
    assert not is_set_in("Quarrin", COVERAGE[:1]) and setting(COVERAGE[:1]) is None
    assert setting([]) is None


def test_the_capital_is_the_town_that_an_article_is_written_in() -> None:
    counted = from_words("figure > 3000 people of troops in Arle")
    body = "{}, May 12 (Tidewire) - Observers have counted 3,600 soldiers in the capital."
    for town, expected in (("ARLE", ["crossed"]), ("HOLM", ["untied"])):
        assert [i.crossing for i in match(counted, resolved(body.format(town), "Observers count soldiers"))] == expected
