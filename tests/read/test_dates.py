import time

import pytest

from onrecord.model import Dated
from onrecord.read import dates

DATELINE = Dated(value="2031-05-14T09:00:00+02:00", evidence="given")  # a Wednesday


def values(text: str, published: Dated | None = DATELINE) -> list[str | None]:
    return [d.value for d in dates.find(text, published)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He signed it on Friday.", "2031-05-09"),
        ("It opened on Wednesday.", "2031-05-14"),
        ("It will open on Friday.", "2031-05-16"),
        ("He came last Wednesday.", "2031-05-07"),
        ("Talks broke down on March 9.", "2031-03-09"),
        ("The war began on November 24.", "2030-11-24"),
        ("It will end on November 24.", "2031-11-24"),
        ("On 3 June 2029 it rained.", "2029-06-03"),
        ("It rained in February.", "2031-02"),
        ("This week it rained.", "2031-W20"),
        ("It rained last month.", "2031-04"),
        ("It rained yesterday.", "2031-05-13"),
        ("It rained three weeks ago.", "2031-W17"),
        ("It fell in the second quarter of 2030.", "2030-Q2"),
        ("It began in the 1990s.", "199"),
        ("It rained for two weeks.", "P2W"),
        ("He was born in 1988.", "1988"),
    ],
)
def test_value_against_the_dateline(text: str, value: str) -> None:
    assert values(text) == [value]


def test_without_a_dateline_relative_dates_cannot_be_known() -> None:
    assert values("On Friday, or on March 9, or on March 9, 2030.", None) == [None, None, "2030-03-09"]


def test_modal_may_and_march_are_no_months() -> None:
    assert values("They may march on the capital; sun and sat are words.") == []


def test_no_such_day_has_no_value() -> None:
    assert values("It rained on February 30, 2031.") == [None]


def test_long_text_in_time() -> None:
    begun = time.monotonic()
    dates.find("on Friday and in May " * 10_000, DATELINE)
    dates.find("1990 " * 50_000, DATELINE)
    assert time.monotonic() - begun < 10
