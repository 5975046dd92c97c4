"""Lines that say who wrote an article and when."""

import pytest

from onrecord.parse.signed import signature


@pytest.mark.parametrize(
    ("line", "names", "day"),
    [
        ("By Ada Rill, 8 March 2034", ("Ada Rill",), "2034-03-08"),
        ("Ada Rill and Bo de Stream · Wed 8 Mar 2034, 09:14 GMT", ("Ada Rill", "Bo de Stream"), "2034-03-08"),
        ("March 8, 2034 – By Ada Rill for Lakes Post", ("Ada Rill",), "2034-03-08"),
        ("Ada Rill - Wednesday 8 March", ("Ada Rill",), None),
        ("By Ada Rill in New Tarn", ("Ada Rill",), None),
        ("By Ada Rill, 31 February 2034", ("Ada Rill",), None),
    ],
)
def test_signatures(line: str, names: tuple[str, ...], day: str | None) -> None:
    found = signature(line)
    assert found and (found.names, found.day) == (names, day)


@pytest.mark.parametrize(
    "line",
    ["Ada Rill", "New Tarn, 8 March 2034", "Tarn, 8 March", "Ada Rill was born on 8 March 2034", "Ada Rill on Monday", "8 March 2034", "A" * 200],
)  # fmt: skip
def test_what_is_no_signature(line: str) -> None:
    assert signature(line) is None
