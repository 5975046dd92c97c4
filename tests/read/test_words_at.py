import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read import acronyms, dates, words_at
from onrecord.read.dates_rules import rules
from onrecord.read.dates_triggers import surroundings, windows

TEXT = "The 1990s, the 20million, the X2 and THE end of the_line"


def test_words_stand_where_they_begin() -> None:
    found = words_at.places(TEXT)
    assert all(TEXT.startswith(word, start) for word, starts in found.items() for start in starts)
    assert found["1990s"] == [4] and len(found["the"]) == 3
    assert len(words_at.folded(TEXT)["the"]) == 5


def test_a_word_is_letters_and_figures() -> None:
    assert words_at.pieces("20million") == ((0, "20"), (2, "million"))


@given(st.text(alphabet="ab _1.", max_size=40))
def test_matches_are_those_of_finditer(text: str) -> None:
    pattern = re.compile(r"(?<!\w)(?:a|a b|b1)(?!\w)")
    found = words_at.matches(text, pattern, words_at.places(text), {"a", "b1"})
    assert [m.span() for m in found] == [m.span() for m in pattern.finditer(text)]


def test_known_bodies_begin_with_their_first_words() -> None:
    text = "Of the United Nations, UNESCO and the World Health Organization, WHO told him."
    assert [m.span() for m in acronyms.known(text)] == [m.span() for m in acronyms.body_pattern().finditer(text)]


@pytest.mark.parametrize(
    "text",
    [
        "On 9/11 and 2001-09-11, at 9.30 a.m., at 14:00 GMT or 10 o'clock, twice a day, every Monday, per year, 5 cases a week.",
        "Two weeks ago, in three days' time, a year later, two days before, the week after, the following day, this past month.",
        "By year-end, over the weekend, the whole day, a year and a half, in the '90s, the 1980s, on New Year's Eve and Easter.",
        "The last two days, for the past year, the year-ago quarter, the second quarter of last year, Q3 2014, weeks ago, noon.",
    ],
)
def test_a_rule_of_dates_needs_the_words_that_it_names(text: str) -> None:
    near = surroundings(text)
    for rule in rules():
        places = windows(near, rule.needs)
        for m in rule.pattern.finditer(text):
            assert any(start <= m.start() and m.end() <= end for start, end in places), (rule.pattern.pattern, m)
    assert dates.matches(text)
