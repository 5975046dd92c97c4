"""How many have come to a gathering, by whoever counts them."""

import pytest

from onrecord.read.figures import find
from onrecord.resolve.claims import is_crowd
from onrecord.resolve.series import run
from onrecord.resolve.tallies import is_part, is_whole
from tests.resolve.test_series import marked

CROWDS = [
    ("Police put the crowd at <9,000>.", True),
    ("The turnout was put at <9,000>.", True),
    ("A crowd of <some 4,000 people> filled the square.", True),
    ("The number of demonstrators rose to <12,000>.", True),
    ("The number of demonstrators arrested rose to <120>.", False),
    ("Organisers said <40,000> had come.", True),
    ("Organisers spoke of <120,000 people>.", True),
    ("Organisers said <120 people> were hurt.", False),
    ("The mayor spoke of <120,000 people>.", False),
    ("<14,000 people> took part in the rally.", True),
    ("<14,000 people> took part in the survey.", False),
    ("<Some 300 people> marched to the mill.", True),
    ("The march drew <2,300>.", True),
    ("The bid drew <2,300>.", False),
    ("The protesters were counted: there were <85,000> of them.", True),
    ("The geese were counted: there were <85,000> of them.", False),
    ("<Hundreds of people> marched to the mill.", False),
    ("Organisers said <12> had come.", False),
    ("Police counted <900 marchers>.", True),
    ("Police arrested <900 marchers>.", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "gathered"), CROWDS)
def test_how_many_have_gathered(words: str, gathered: bool) -> None:
    text, span, sentence = marked(words)
    f = next(f for f in find(text, ()) if f.span[0] < span[1] and span[0] < f.span[1])
    assert is_crowd(run(text, f, sentence, "")[1]) == gathered


def test_all_of_them_are_no_part() -> None:
    text, _, sentence = marked("The protesters were counted: there were <85,000> of them.")
    (f,) = find(text, ())
    assert is_part(text, f.span, sentence) and is_whole(text, f, ("", ""))
    text, _, sentence = marked("The police arrested <85> of them.")
    (f,) = find(text, ())
    assert is_part(text, f.span, sentence) and not is_whole(text, f, ("", ""))
