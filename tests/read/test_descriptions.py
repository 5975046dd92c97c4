"""Descriptions and what they can stand for: invented names."""

import pytest

from onrecord.model import EntityType
from onrecord.read.descriptions import closeness, find, names_role, role_heads
from onrecord.read.entities_names import Entity


def test_descriptions_end_where_another_noun_follows() -> None:
    text = "the finance minister said, the company policy, the prime minister's wife, an old school friend"
    assert [text[slice(*d.span)] for d in find(text, set())] == [
        "the finance minister", "the prime minister", "the prime minister's wife", "an old school friend",
    ]  # fmt: skip


def test_that_and_capitals_before_a_name_describe_nobody() -> None:
    text = "He said that former minister Pohl saw the State Convention and his Republican friends."
    assert list(find(text, set())) == []


@pytest.mark.parametrize(
    ("head", "name", "kind", "expected"),
    [
        ("foundation", "Marrow Foundation for the Arts", "organisation", 3),
        ("airline", "Sellik Airways", "organisation", 2),
        ("company", "Quarrin", "organisation", 1),
        ("company", "Harbour Authority", "organisation", 0),
        ("group", "Tidewire", "outlet", 0),
        ("state", "Sellik State", "organisation", 0),
    ],
)
def test_how_close_a_head_comes(head: str, name: str, kind: EntityType, expected: int) -> None:
    assert closeness(head, set(), Entity(name=name, type=kind), set()) == expected


def test_what_an_entity_was_called_before_counts() -> None:
    assert closeness("firm", {"research"}, Entity(name="Quarrin Group", type="organisation"), {"firm"}) == 2
    assert closeness("firm", {"rival"}, Entity(name="Quarrin Group", type="organisation"), {"firm"}) == 0


def test_heads_of_roles() -> None:
    assert role_heads("deputy party leader and minister for health") == {"leader", "minister"}
    assert names_role("judge", {"justice"})
    assert not names_role("executive", role_heads("director of the executive board"))
