"""Adjectives of places that no table knows."""

import pytest

from onrecord.read.adjectives import of_places

TEXTS = [
    ("Lesmere closed the bridge. The Lesmeran army said so.", {"Lesmeran"}),
    ("Torvel and its neighbour; some 3,000 Torvelian soldiers.", {"Torvelian"}),
    ("Brisany votes on Sunday, the Brisan president said.", {"Brisan"}),
    ("A Quarrentian officer told the paper.", {"Quarrentian"}),
    ("The Quarrentian Herald said so. A Quarrentian officer spoke.", set()),
    ("Julia met the Julian choir.", set()),
    ("The Harbour guild and Harbourt.", set()),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_word_before_a_noun_that_is_made_of_a_place(text: str, expected: set[str]) -> None:
    assert of_places(text) == expected
