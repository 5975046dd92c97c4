"""What a claim leaves open, and what it refuses."""

import pytest

from onrecord.model import Attribution
from onrecord.resolve.stances import is_open, is_refused


def said(certainty: str) -> Attribution:
    return Attribution(id="a1", kind="indirect", content=((0, 9),), certainty=certainty, confidence=1.0)  # type: ignore[arg-type]


OPEN = [
    ("to say whether it shared the view", "CT-", True),
    ("what the force was for", "CT-", True),
    ("that the ferry was short of crew", "CT-", False),
    ("what they saw was a ferry", "CT+", False),
    ("she is unable to confirm a report that the force has grown", "CT+", True),
]


@pytest.mark.parametrize(("words", "certainty", "is_it"), OPEN)
def test_who_declines_to_say_or_cannot_confirm_leaves_it_open(words: str, certainty: str, is_it: bool) -> None:
    assert is_open(said(certainty), words) == is_it


def test_a_figure_is_refused_by_its_own_status_or_in_a_denial() -> None:
    assert is_refused(said("CT-"), "negated")
    assert is_refused(said("CT-"), "actual")
    assert is_refused(None, "negated")
    assert not is_refused(said("CT+"), "actual")
