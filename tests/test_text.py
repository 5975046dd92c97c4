from hypothesis import given
from hypothesis import strategies as st

from onrecord.text import covers, digest, envelope, fits, merge, overlap, words_of

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1])), min_size=1, max_size=8
)


def test_words_of_a_broken_span() -> None:
    assert words_of("“It is,” she said, “over.”", [(1, 6), (20, 24)]) == "It is … over"


def test_digest_tells_apart_what_joins_alike() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("ab", "c") == digest("ab", "c")


@given(SPANS)
def test_merge_keeps_characters_and_parts_fragments(spans: list[tuple[int, int]]) -> None:
    merged = merge(spans)
    assert {i for s, e in spans for i in range(s, e)} == {i for s, e in merged for i in range(s, e)}
    assert all(a[1] < b[0] for a, b in zip(merged, merged[1:], strict=False))
    assert covers(merged, spans)
    assert envelope(spans) == (merged[0][0], merged[-1][1])


def test_fits_and_overlap() -> None:
    assert fits("abc", (0, 3)) and not fits("abc", (1, 1)) and not fits("abc", (2, 4)) and not fits("abc", (-1, 2))
    assert overlap((0, 2), (1, 3)) and not overlap((0, 2), (2, 3))
