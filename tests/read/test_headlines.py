"""Names that a headline shortens: invented texts, some names given."""

import pytest

from onrecord.model import EntityType
from onrecord.read.entities import gather
from onrecord.read.headlines import headline_form, with_headline
from onrecord.read.names_spans import Name
from tests.support import at

Given = tuple[str, EntityType]
FIRM: Given = ("Sellik Marrow", "organisation")
BRITAIN: Given = ("United Kingdom", "place")


def found(text: str, *given: Given) -> list[str]:
    """The names of a text in which some were found."""
    return [text[slice(*n.span)] for n in with_headline(text, [Name(at(w, text), kind) for w, kind in given])]


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("Bank ends Marrow era\nSellik Marrow slept.", [FIRM], ["Marrow", "Sellik Marrow"]),
        ("Bank ends marrow era\nSellik Marrow slept.", [FIRM], ["Sellik Marrow"]),
        ("Bank ends Marrow era\nSellik Marrow sells marrow.", [FIRM], ["Sellik Marrow"]),
        ("Bank ends Marrow era\nSellik Marrow slept. Ann Marrow spoke.", [FIRM, ("Ann Marrow", "person")], ["Sellik Marrow", "Ann Marrow"]),
        ("Bank ends Marrow-era rule\nSellik Marrow slept.", [FIRM], ["Sellik Marrow"]),
        ("Court Council meets\nThe Tarn Council slept.", [("Tarn Council", "organisation")], ["Tarn Council"]),
        ("Bank to lower UK tolls\nIts United Kingdom branch slept.", [BRITAIN], ["UK", "United Kingdom"]),
        ("Bank to lower US tolls\nIts United Kingdom branch slept.", [BRITAIN], ["United Kingdom"]),
        ("BANK LOWERS UK TOLLS\nIts United Kingdom branch slept.", [BRITAIN], ["United Kingdom"]),
        ("Bank to lower UK tolls. Its United Kingdom branch slept.", [BRITAIN], ["United Kingdom"]),
    ],
)  # fmt: skip
def test_what_a_headline_has_in_short(text: str, given: list[Given], expected: list[str]) -> None:
    assert found(text, *given) == expected


def test_a_name_that_was_found_stays_as_it_is() -> None:
    text = "Bank ends Marrow era\nSellik Marrow slept."
    assert found(text, ("Bank ends Marrow", "organisation"), FIRM) == ["Bank ends Marrow", "Sellik Marrow"]


def test_the_short_form_and_the_name_are_one() -> None:
    text = "Bank ends Marrow era\nSellik Marrow slept. Marrow woke."
    entities = gather(text, [Name(at("Sellik Marrow", text), "organisation")])
    assert [(e.name, len(e.names)) for e in entities] == [("Sellik Marrow", 2)]
    below = "Bank sleeps\nMarrow woke. Sellik Marrow slept."
    given = [Name(at(w, below), "organisation") for w in ("Marrow", "Sellik Marrow")]
    assert [e.name for e in gather(below, given)] == ["Marrow", "Sellik Marrow"]


def test_common_ends_are_no_short_forms() -> None:
    assert headline_form("Marrow", "Sellik Marrow")
    assert not any(headline_form(w, f"Sellik {w}") for w in ("Bank", "Times", "Energy", "Motors", "Ort"))
