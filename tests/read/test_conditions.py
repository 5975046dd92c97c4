import tomllib
from pathlib import Path

import pytest

from onrecord.read import conditions
from tests import clock


def read(text: str) -> list[tuple[str, str, str]]:
    return [(text[slice(*c.if_[0])], text[slice(*c.then[0])], c.kind) for c in conditions.find(text)]


@pytest.mark.parametrize(
    ("text", "if_side", "then", "kind"),
    [
        (
            "Sources said that if the call-up exceeds 4,000 it could indicate an assault brigade.",
            "the call-up exceeds 4,000",
            "it could indicate an assault brigade",
            "indicator",
        ),
        (
            "He assured that Quarrin will close the bridge only if there is an incursion.",
            "there is an incursion",
            "Quarrin will close the bridge",
            "commitment",
        ),
        (
            "“We will stay unless our posts are attacked,” he said.",
            "our posts are attacked",
            "We will stay",
            "commitment",
        ),
        (
            "He warned that there will be an answer in case of a raid and left.",
            "a raid",
            "there will be an answer",
            "warning",
        ),
        (
            "Should the dam break, thousands would have to leave.",
            "the dam break",
            "thousands would have to leave",
            "speculation",
        ),
        (
            "If traffic does not recover by June, the work will be postponed, Karvonen said.",
            "traffic does not recover by June",
            "the work will be postponed",
            "commitment",
        ),
        ("Pay by Monday, or else the lights go out.", "Pay by Monday", "the lights go out", "warning"),
        (
            "Had it not rained, the harvest would have failed.",
            "it not rained",
            "the harvest would have failed",
            "speculation",
        ),
        ("He will not come except if he is invited.", "he is invited", "He will not come", "commitment"),
        ("As long as the truce holds, trucks will pass.", "the truce holds", "trucks will pass", "commitment"),
        ("The deal stands provided that he signs.", "he signs", "The deal stands", "speculation"),
        (
            "The pass must be cleared. Otherwise, the villages will starve.",
            "The pass must be cleared",
            "the villages will starve",
            "warning",
        ),
    ],
)
def test_two_sides_and_kind(text: str, if_side: str, then: str, kind: str) -> None:
    assert read(text) == [(if_side, then, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "She asked if the bridge was open.",
        "Nobody knows if he will come.",
        "It looked as if it would rain.",
        "Few, if any, came back.",
    ],
)
def test_whether_is_no_condition(text: str) -> None:
    assert read(text) == []


def test_long_sentences_in_time() -> None:
    assert clock.seconds(lambda: conditions.find("if it rains and " * 10_000)) < 5
    assert clock.seconds(lambda: conditions.find("the word " * 20_000)) < 5


TABLE = tomllib.loads((Path(__file__).parent / "conditions.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", TABLE["condition"], ids=lambda row: str(row["text"]))
def test_many_forms(row: dict[str, str]) -> None:
    assert read(row["text"]) == [(row["if"], row["then"], row["kind"])]


@pytest.mark.parametrize("row", TABLE["none"], ids=lambda row: str(row["text"]))
def test_look_alikes(row: dict[str, str]) -> None:
    assert read(row["text"]) == []


@pytest.mark.parametrize(
    "part",
    [
        "or you will ",
        "until it is ",
        "any more than 60 would mean ",
        "above 6 would be a ",
        "should the dam break ",
        "without rain ",
    ],
)
def test_what_repeats_is_read_in_time(part: str) -> None:
    assert clock.seconds(lambda: conditions.find(part * 5_000)) < 5


def test_if_only_before_a_share_is_a_condition_and_a_wish_is_none() -> None:
    text = "The margin would shrink to fewer than 900 votes if only half of the complaints are upheld."
    assert [c[0] for c in read(text)] == ["only half of the complaints are upheld"]
    assert read("If only the rain would stop, he said.") == []
