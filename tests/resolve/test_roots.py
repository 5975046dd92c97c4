"""A verb and its noun are one word, and two that only look alike are not."""

import pytest

from onrecord.resolve.roots import beginnings, root, roots


@pytest.mark.parametrize(
    ("one", "other"),
    [("evacuated", "evacuation"), ("rationing", "rationed"), ("closure", "closed"), ("exploded", "explosion"), ("resigned", "resignation"), ("detained", "arrest"), ("withdrew", "withdrawal")],
)  # fmt: skip
def test_forms_of_one_deed_have_one_root(one: str, other: str) -> None:
    assert root(one) == root(other)


@pytest.mark.parametrize(("one", "other"), [("fire", "sacked"), ("left", "departed"), ("minister", "ministry")])
def test_words_that_only_look_alike_have_two(one: str, other: str) -> None:
    assert root(one) != root(other)


def test_names_count_and_small_words_do_not() -> None:
    assert roots("The evacuation of Lissa") == roots("Lissa was evacuated") == {"evacuate", "lissa"}


@pytest.mark.parametrize("word", ["evacuating", "explosion", "died", "harbours"])
def test_a_root_begins_as_one_of_its_forms_does(word: str) -> None:
    assert any(word.startswith(form) for form in beginnings(root(word)))
