"""Deeds as newsrooms tell them (`deeds.toml`): how each sentence stands to an indicator of events, read by the real reader."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.watch.indication import FIRES
from tests.watch.support import crossings

DEEDS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("deeds.toml").read_text(encoding="utf-8"))["deed"]
TOLD = [(d["indicator"], body, crossing) for d in DEEDS for body, crossing in d["told"]]


@pytest.mark.parametrize(("indicator", "body", "crossing"), TOLD, ids=[f"{b[:60]}" for _, b, _ in TOLD])
def test_how_a_deed_stands_to_an_indicator(indicator: str, body: str, crossing: str) -> None:
    found = [c for c in crossings(indicator, body, "Notes from the coast") if c != "untied"]
    assert next((c for c in found if c in FIRES), found[0] if found else "nothing") == crossing
