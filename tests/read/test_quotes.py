import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.quotes import quoted, single
from onrecord.read.windows import CLOSING, INSIDE, OPENING, OUTSIDE, quote_states


def parts(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[s:e] for s, e in spans]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It is,” she said, “over.”", ["“It is,”", "“over.”"]),
        ('"It is," she said, "over."', ['"It is,"', '"over."']),
        ("“It goes on\n\n“and on,” he said.", ["“It goes on", "“and on,”"]),
        ("He closed” too early “and opened”.", ["“and opened”"]),
        ("«Ja», said one, „Nein“ the other", ["«Ja»", "„Nein“ the other"]),
    ],
)
def test_double_marks(text: str, found: list[str]) -> None:
    assert parts(text, quoted(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("‘We’re late,’ he said of the workers’ bus.", ["‘We’re late,’"]),
        ("It's the council's 'quiet plan', not ours.", ["'quiet plan'"]),
        ("“They say: ‘We only measure water.’ Hm.”", ["‘We only measure water.’"]),
        ("rock 'n' roll", ["'n'"]),
        ("the workers' rights", []),
    ],
)
def test_single_marks_are_told_from_apostrophes(text: str, found: list[str]) -> None:
    assert parts(text, single(text)) == found


@given(st.text(alphabet="ab \n“”\"'‘’«»`.", max_size=60))
def test_spans_stay_in_one_line_and_in_order(text: str) -> None:
    spans = quoted(text)
    assert all(s < e <= len(text) and "\n" not in text[s:e] for s, e in spans)
    assert spans == tuple(sorted(spans)) and all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert all(s < e for s, e in single(text))


def test_states_of_characters() -> None:
    assert list(quote_states("a “b” c")) == [OUTSIDE, OUTSIDE, OPENING, INSIDE, CLOSING, OUTSIDE, OUTSIDE]
    assert list(quote_states("“b\nc")) == [OPENING, INSIDE, OUTSIDE, OUTSIDE]
