"""Names that stand again: invented sentences, some names given."""

import pytest

from onrecord.model import EntityType
from onrecord.read.names_again import repeated
from onrecord.read.names_spans import Name
from tests.support import at


def again(text: str, words: str, kind: EntityType = "organisation", tagged: str = "") -> list[str]:
    """The names of a text in which the first place of some words was found; `tagged`: what else the network tagged."""
    spans = [at(words, text), *([at(tagged, text)] if tagged else [])]
    return [text[slice(*n.span)] for n in repeated(text, [Name(spans[0], kind)], spans)]


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("Sellik Motors slept. The Sellik website was down.", "Sellik Motors", ["Sellik Motors", "Sellik"]),
        ("Tidewire slept. Two Tidewire engineers left.", "Tidewire", ["Tidewire", "Tidewire"]),
        ("Tidewire slept. Tidewire Chief Executive Ann Bar left.", "Tidewire", ["Tidewire", "Tidewire"]),
        ("Tidewire slept. The Tidewire 900 and the Tidewire Tower burned.", "Tidewire", ["Tidewire"]),
        ("Harbour slept. The Harbour was frozen, as a harbour is.", "Harbour", ["Harbour"]),
        ("Harbour and Rivers Authority slept. The HRA left.", "Harbour and Rivers Authority", ["Harbour and Rivers Authority", "HRA"]),
        ("Harbour Authority slept. The HA left.", "Harbour Authority", ["Harbour Authority"]),
    ],
)  # fmt: skip
def test_what_is_named_once_is_named_again(text: str, given: str, expected: list[str]) -> None:
    assert again(text, given) == expected


def test_a_firm_that_owns_a_product_is_parted_from_it() -> None:
    text = "Tidewire slept. It sold Tidewire's Wavebox 3."
    assert again(text, "Tidewire", tagged="Tidewire's Wavebox 3") == ["Tidewire", "Tidewire"]
    assert again(text.replace("'s", ""), "Tidewire", tagged="Tidewire Wavebox 3") == ["Tidewire"]
