import pytest

from tests.fuzz_feeds import check


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 300, 50))
def test_mutated_feeds_are_read_or_refused(first: int) -> None:
    assert sum(check(seed) for seed in range(first, first + 50)) > 10
