"""Units that a number leaves to the one beside it."""

import pytest

from onrecord.read.figures import find
from onrecord.read.sentences import sentences
from onrecord.resolve.lent import with_units

LENT = [
    ("The fare fell from 12.50 marks to 9.80.", ["marks", "marks"]),
    ("The guild raised the prize from 40,000 marks to 90,000.", ["marks", "marks"]),
    ("Support for the bridge stood at 44 per cent, down from 51 in March.", ["percent", "percent"]),
    ("Rye was quoted at 310 marks a tonne, against 290 on Monday.", ["marks", "marks"]),
    ("A ticket costs 9 marks, and 40 were sold.", ["marks", None]),
    ("It cost 9 marks. Rooms went up from 30.", ["marks", None]),
    ("The ferry carried 400 people to 12 islands.", ["people", "islands"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "units"), LENT)
def test_a_number_takes_its_unit_from_the_one_that_it_moved_from_or_to(text: str, units: list[str | None]) -> None:
    assert [f.unit for f in with_units(text, find(text, ()), list(sentences(text)))] == units
