"""Numbers against thresholds, without a text around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Comparator, Figure
from onrecord.watch.extent import claimed, mirrored, stands, wanted
from onrecord.watch.indicator import Bound

OVER = wanted((Bound(">", 5000),))
FROM = wanted((Bound(">=", 5000),))
UNDER = wanted((Bound("<", 5000),))
BETWEEN = wanted((Bound(">", 5000), Bound("<", 8000)))


def figure(
    comparator: Comparator, value: float | None, low: float | None = None, high: float | None = None, /
) -> Figure:
    return Figure(id="f1", span=(0, 1), value=value, low=low, high=high, comparator=comparator)


@pytest.mark.parametrize(
    ("words", "made", "over", "at_least", "between"),
    [
        ("5,000", figure("=", 5000), "reaches", "crossed", "approaches"),
        ("5,001", figure("=", 5001), "crossed", "crossed", "crossed"),
        ("3,000", figure("=", 3000), None, None, None),
        ("4,000", figure("=", 4000), "approaches", "approaches", "approaches"),
        ("some 4,900", figure("~", 4900), "approaches", "approaches", "approaches"),
        ("about 5,000", figure("~", 5000), "approaches", "approaches", "reaches past"),
        ("some 5,100", figure("~", 5100), "crossed", "crossed", "crossed"),
        ("nearly 5,000", figure("~", 5000), "approaches", "approaches", "approaches"),
        ("just over 5,000", figure("~", 5000), "crossed", "crossed", "crossed"),
        ("more than 5,000", figure(">", 5000), "crossed", "crossed", "approaches"),
        ("more than 3,000", figure(">", 3000), None, None, None),
        ("at least 5,000", figure(">=", 5000), "reaches", "crossed", "approaches"),
        ("5,000 to 6,000", figure("=", None, 5000, 6000), "reaches past", "crossed", "reaches past"),
        ("4,900 to 5,100", figure("=", None, 4900, 5100), "reaches past", "reaches past", "reaches past"),
        ("up to 6,000", figure("<=", 6000), "may reach past", "may reach past", "approaches"),
        ("fewer than 5,000", figure("<", 5000), "contrary", "contrary", "approaches"),
        ("at most 5,000", figure("<=", 5000), "contrary", "reaches", "approaches"),
        ("no more than 2,600", figure("<=", 2600), "contrary", "contrary", None),
        ("fewer than 90", figure("<", 90), None, None, None),
        ("dozens", figure("~", None, 24), None, None, None),
    ],
)
def test_hedges(words: str, made: Figure, over: str | None, at_least: str | None, between: str | None) -> None:
    claim = claimed(made, words)
    assert claim
    assert (stands(claim, OVER), stands(claim, FROM), stands(claim, BETWEEN)) == (over, at_least, between)


def test_a_figure_without_a_number_claims_nothing() -> None:
    assert claimed(figure("=", None), "many") is None


comparators = st.sampled_from(["=", "~", ">", ">=", "<", "<="])


@given(comparators, st.integers(1, 20_000))
def test_what_crosses_upwards_does_not_cross_downwards(comparator: Comparator, value: int) -> None:
    claim = claimed(figure(comparator, value), "")
    assert claim
    assert not (stands(claim, OVER) == "crossed" and stands(claim, UNDER) == "crossed")


@given(comparators, st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_higher_number_crosses_too(comparator: Comparator, value: int, more: int) -> None:
    low, high = claimed(figure(comparator, value), ""), claimed(figure(comparator, value + more), "")
    assert low and high
    if stands(low, OVER) == "crossed":
        assert stands(high, OVER) == "crossed"


@given(comparators, st.integers(1, 20_000))
def test_less_than_is_more_than_turned_round(comparator: Comparator, value: int) -> None:
    claim = claimed(figure(comparator, value), "")
    assert claim
    assert stands(claim, UNDER) == stands(mirrored(claim), mirrored(UNDER))
