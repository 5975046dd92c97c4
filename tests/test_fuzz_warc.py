import pytest

from tests.fuzz_warc import fuzz


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 200, 50))
def test_mutated_warc_files_are_read_or_refused(first: int) -> None:
    assert sum(fuzz(seed) for seed in range(first, first + 50)) > 50
