"""Values on a common axis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.serve.axis import EDGE, WIDTH, Scale, at, mark, scale

VALUES = st.lists(st.floats(-1e12, 1e12, allow_nan=False).map(lambda v: round(v, 3)), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2000, 3500, 4900], Scale(low=0, high=5000)),
        ([40], Scale(low=0, high=40)),
        ([12, 4900], Scale(low=10, high=10_000, log=True)),
        ([0, 4900], Scale(low=0, high=5000)),
        ([-3, 7], Scale(low=-3, high=8)),
        ([0], Scale(low=0, high=1)),
        ([], None),
    ],
)
def test_an_axis_begins_at_nought_unless_values_are_far_apart(values: list[float], expected: Scale | None) -> None:
    assert scale(values) == expected


@given(VALUES)
def test_every_value_lies_on_its_axis_and_in_order(values: list[float]) -> None:
    axis = scale(values)
    assert axis
    places = [at(axis, v) for v in sorted(values)]
    assert places == sorted(places)
    assert all(EDGE <= p <= WIDTH - EDGE for p in places)


def test_an_open_end_reaches_beyond_the_axis() -> None:
    axis = Scale(low=0, high=6000)
    above, below = mark(axis, 5000, None, "said", ""), mark(axis, None, 5000, "said", "")
    assert above.open_above and above.end > at(axis, 6000)
    assert below.open_below and below.start < at(axis, 0)
    assert above.start == below.end == at(axis, 5000)
