"""Measures of one kind stand beside each other in one unit."""

import pytest

from onrecord.resolve.metric import metric, scaled

NAMES = [
    ("feet plume", "feet", ("kilometres plume", "kilometres")),
    ("kilometres plume", "kilometres", ("kilometres plume", "kilometres")),
    ("square miles fire", "square miles", ("hectares fire", "hectares")),
    ("metres lake", "metres", ("metres lake", "metres")),
    ("crowns bread", "crowns", ("crowns bread", "crowns")),
    ("people aboard", "people", ("people aboard", "people")),
    ("", "feet", ("", "feet")),
]
NUMBERS = [
    (31_000.0, "feet", 9.4),
    (1_574.2, "feet", 0.47982),
    (16.8, "kilometres", 16.8),
    (9.0, "miles", 14.0),
    (250.0, "kilograms", 0.25),
    (0.0, "feet", 0.0),
    (40.0, "crowns", 40.0),
    (None, "feet", None),
]


@pytest.mark.parametrize(("series", "unit", "named"), NAMES)
def test_a_series_is_named_by_the_unit_that_stands_for_its_kind(series: str, unit: str, named: tuple[str, str]) -> None:
    assert metric(series, unit) == named


@pytest.mark.parametrize(("value", "unit", "told"), NUMBERS)
def test_a_number_keeps_the_digits_that_it_was_told_with(value: float | None, unit: str, told: float | None) -> None:
    assert scaled(value, unit) == told
