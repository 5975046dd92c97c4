"""When two figures may be the same number."""

import pytest

from onrecord.resolve.comparing import as_good_as
from tests.resolve.test_changes import claim

PAIRS = [
    (("Forty people", 40, 40), ("Thirty-seven people", 37, 37), False),
    (("40", 40, 40), ("41", 41, 41), False),
    (("about 40 people", 40, 40), ("41 people", 41, 41), True),
    (("40 per cent", 40, 40), ("41 per cent", 41, 41), True),
    (("40 metres", 40, 40), ("41 metres", 41, 41), True),
    (("400 people", 400, 400), ("410 people", 410, 410), True),
    (("more than 22,000 men", 22_000, None), ("24,000 men", 24_000, 24_000), False),
    (("more than 22,000 men", 22_000, None), ("23,000 men", 23_000, 23_000), True),
    (("more than 300 people", 300, None), ("317 people", 317, 317), True),
    (("more than 317 people", 317, None), ("330 people", 330, 330), True),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), PAIRS)
def test_counts_are_as_good_as_each_other_as_far_as_they_are_rounded(
    one: tuple[str, float, float | None], other: tuple[str, float, float | None], same: bool
) -> None:
    a, b = (claim(n, "Torv", kind="figure", words=w, low=lo, high=hi) for n, (w, lo, hi) in enumerate((one, other)))
    assert as_good_as(a, b, counts=True) == as_good_as(b, a, counts=True) == same
