"""What the formats share: addresses, moments, names, and what is written once."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export import lines
from onrecord.export.lines import Once, encoded, filled, moment, urn, web


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-05-16", "2031-05-16T00:00:00Z"),
        ("2031-05-16T09:30", "2031-05-16T09:30:00Z"),
        ("2031-05-16T00:30:00.25+02:00", "2031-05-15T22:30:00Z"),
        ("2031-02-30", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("tomorrow", None),
        (None, None),
    ],
)
def test_moments(value: str | None, expected: str | None) -> None:
    assert moment(value) == expected


@given(st.datetimes(timezones=st.just(None)))
def test_a_moment_stays_the_same_moment(at: datetime) -> None:
    found = moment(at.isoformat())
    assert found and datetime.fromisoformat(found).replace(tzinfo=None) == at.replace(microsecond=0)


def test_addresses_are_of_the_web_or_none() -> None:
    assert web("https://tidewire.example/a?b=c#d") == "https://tidewire.example/a?b=c#d"
    assert web('https://tidewire.example/a "b"<c>') == "https://tidewire.example/a%20%22b%22%3Cc%3E"
    assert [web(a) for a in ("javascript:alert(1)", "file:///etc/passwd", "https://", "", None)] == [None] * 5


@given(st.text())
def test_no_address_and_no_name_can_break_out(text: str) -> None:
    for made in (web("https://x.example/" + text), urn("outlet", text)):
        assert made and not re.search(r'[\s<>"{}|\\^`\x00-\x20]', made)


@given(st.text())
def test_a_line_is_one_line_and_says_what_it_was_given(text: str) -> None:
    line = encoded({"x": text}).decode()
    assert len(line.splitlines()) == 1 and json.loads(line) == {"x": text}


def test_what_says_nothing_is_left_out() -> None:
    assert filled(a=None, b="", c=[], d=0, e=False, from_=1) == {"d": 0, "e": False, "from": 1}


def test_of_very_many_things_the_latest_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "REMEMBERED", 2)
    once = Once()
    assert [once.first(x) for x in "abacbaca"] == [True, True, False, True, False, True, False, False]
    assert len(once.known) == 2
