"""Pronouns and descriptions outside of sources: invented sentences, names given."""

import pytest

from onrecord.model import Attribution, EntityType
from onrecord.read.names import Name
from onrecord.read.speakers import resolve
from tests.support import at

PEOPLE: dict[str, EntityType] = {
    "Ilse Marrow": "person", "Marrow": "person", "Anders Pohl": "person", "Pohl": "person", "Peter Quill": "person",
    "Sellik Motors": "organisation", "Harbour Authority": "organisation", "Norway": "place", "Tidewire": "outlet",
}  # fmt: skip


def who(text: str, *attributions: Attribution) -> dict[str, str]:
    """Who each mention is that is no name: its words, and the n-th such words with a number behind."""
    names: list[Name] = []
    for words, kind in PEOPLE.items():
        start = text.find(words)
        while start >= 0:
            if not any(n.span[0] <= start < n.span[1] for n in names):
                names.append(Name((start, start + len(words)), kind))
            start = text.find(words, start + 1)
    _, entities = resolve(text, attributions, sorted(names))
    given = {n.span for n in names}
    rows = sorted((m, e.name) for e in entities for m in e.mentions if m not in given)
    out: dict[str, str] = {}
    for (start, end), name in rows:
        words, n = text[start:end], 2
        while words in out:
            words, n = f"{text[start:end]} {n}", n + 1
        out[words] = name
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ilse Marrow left. She had closed her office.", {"She": "Ilse Marrow", "her": "Ilse Marrow"}),
        ("Ilse Marrow met Anders Pohl. He smiled and she left.", {"He": "Anders Pohl", "she": "Ilse Marrow"}),
        ("Anders Pohl praised Peter Quill. He smiled.", {"He": "Anders Pohl"}),
        ("Anders Pohl asked Peter Quill to help him.", {"him": "Anders Pohl"}),
        ("Anders Pohl saw him.", {}),
        ("Anders Pohl died. His lawyer announced his death.", {"His": "Anders Pohl", "his": "Anders Pohl"}),
        ("Ilse Marrow hired a nurse, but Anders Pohl came. She left.", {"She": "Ilse Marrow"}),
        ("Ilse Marrow rang. A woman answered. She was kind.", {}),
        ("It rained. He left.", {}),
        ("Sellik Motors closed its plant.", {"its": "Sellik Motors"}),
        ("Sellik Motors said the town had lost its plant.", {}),
        ("Sellik Motors announced on Monday that it had closed.", {"it": "Sellik Motors"}),
        ("Sellik Motors grew because it rained.", {}),
        ("Sellik Motors grew. It hired Ilse Marrow.", {"It": "Sellik Motors"}),
        ("Sellik Motors grew. It was late.", {}),
        ("In Norway Sellik Motors grew. It hired Ilse Marrow.", {}),
    ],
)
def test_pronouns(text: str, expected: dict[str, str]) -> None:
    assert who(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Finance Minister Ilse Marrow spoke. Then the minister left.", {"the minister": "Ilse Marrow"}),
        ("Finance Minister Ilse Marrow spoke. Then the harbour minister left.", {}),
        ("Ilse Marrow, the mayor of Sellik, spoke.", {"the mayor": "Ilse Marrow"}),
        ("The mayor of Sellik, Ilse Marrow, spoke. Later the mayor left.", {"The mayor": "Ilse Marrow", "the mayor": "Ilse Marrow"}),
        ("Ilse Marrow is a teacher. The teacher left.", {"a teacher": "Ilse Marrow", "The teacher": "Ilse Marrow"}),
        ("Ilse Marrow spoke. The teacher left.", {}),
        ("Sellik Motors grew. The company hired.", {"The company": "Sellik Motors"}),
        ("The Harbour Authority met. Ilse Marrow asked the authority.", {"the authority": "Harbour Authority"}),
        ("The Harbour Authority met, and the authority’s chairman, Anders Pohl, left.", {
            "the authority": "Harbour Authority", "the authority’s chairman": "Anders Pohl",
        }),
        ("Sellik Motors grew. The ministry hired.", {}),
        ("Norway voted. The country chose.", {"The country": "Norway"}),
        ("Sellik Motors grew. The company policy changed.", {}),
    ],
)  # fmt: skip
def test_descriptions(text: str, expected: dict[str, str]) -> None:
    assert who(text) == expected


def quote(text: str, source: str, words: str, n: int = 0) -> Attribution:
    return Attribution(
        id=f"a{n}", kind="direct", source=(at(source, text),), cue=(at("said", text, n),), content=(at(words, text),), confidence=1.0
    )  # fmt: skip


def test_in_quoted_words_i_is_the_speaker_and_he_is_not() -> None:
    text = "Peter Quill was late. “I know that he slept in my house,” Anders Pohl said."
    found = who(text, quote(text, "Anders Pohl", "I know that he slept in my house"))
    assert found == {"I": "Anders Pohl", "he": "Peter Quill", "my": "Anders Pohl"}


def test_in_words_of_nobody_known_he_is_nobody_outside() -> None:
    assert who("Peter Quill was late. “I know that he slept.”") == {}


def test_a_quotation_goes_on_in_its_paragraph() -> None:
    text = "“I came,” Anders Pohl said. “I saw.”\n\n“I left.”"
    assert who(text, quote(text, "Anders Pohl", "I came")) == {"I": "Anders Pohl", "I 2": "Anders Pohl"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour Authority met Sellik Motors. The company grew.", {"The company": "Sellik Motors"}),
        ("Tidewire wrote of Sellik Motors. The newspaper lied.", {"The newspaper": "Tidewire"}),
        ("Sellik Motors rang Harbour Authority. The agency waited.", {"The agency": "Harbour Authority"}),
        ("Harbour Authority met. The company grew.", {}),
        ("Ilse Marrow, the voice of the north, slept.", {"the voice": "Ilse Marrow"}),
        ("Ilse Marrow is the oldest swimmer in town.", {"the oldest swimmer": "Ilse Marrow"}),
        ("With Ilse Marrow, the mayor slept in town.", {}),
        ("The Tidewire news agency waited.", {"The Tidewire news agency": "Tidewire"}),
    ],
)
def test_descriptions_of_a_kind_and_beside_a_name(text: str, expected: dict[str, str]) -> None:
    assert who(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # families
        (
            "Peter Quill lives with his daughter, Ilse Marrow. Anders Pohl slept. Peter Quill was late, and his daughter left.",
            {
                "his": "Peter Quill",
                "his daughter": "Ilse Marrow",
                "his 2": "Peter Quill",
                "his daughter 2": "Ilse Marrow",
            },
        ),
        (
            "Ilse Marrow and her son, Anders Pohl, left. Pohl said he loved his mother.",
            {
                "her": "Ilse Marrow",
                "her son": "Anders Pohl",
                "he": "Anders Pohl",
                "his": "Anders Pohl",
                "his mother": "Ilse Marrow",
            },
        ),
        ("Ilse Marrow’s brother, Anders Pohl, left. The brother is late.", {"The brother": "Anders Pohl"}),
        ("Ilse Marrow left. His brother is late.", {}),
        # a name inside a description
        (
            "Ilse Marrow, the Sellik Motors chief executive, left. The chief executive is late.",
            {"the Sellik Motors chief executive": "Ilse Marrow", "The chief executive": "Ilse Marrow"},
        ),
        # right before a full name
        ("The match winner Ilse Marrow slept.", {"The match winner": "Ilse Marrow"}),
        # what a body was introduced as
        (
            "Sellik Motors, a shipyard, burned. Harbour Authority staff left the shipyard.",
            {"a shipyard": "Sellik Motors", "the shipyard": "Sellik Motors"},
        ),
        # nothing more is known of two that are as near: neither
        ("Sellik Motors and Harbour Authority slept. The group left.", {}),
    ],
)
def test_families_names_within_and_abstaining(text: str, expected: dict[str, str]) -> None:
    assert who(text) == expected


def test_the_owner_in_a_source_is_a_mention_of_its_own() -> None:
    text = "Ilse Marrow lost her roof. Her neighbour said it rained."
    said = Attribution(id="a1", kind="indirect", source=(at("Her neighbour", text),), cue=(at("said", text),), content=(at("it rained", text),), confidence=1.0)  # fmt: skip
    found = who(text, said)
    assert found["Her"] == "Ilse Marrow" and found["Her neighbour"] == "neighbour"
