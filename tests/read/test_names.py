"""Names beyond the network's tags: the rules alone."""

import pytest

from onrecord.model import EntityType
from onrecord.read.adjectives import countries_of
from onrecord.read.names import STATE, Name
from onrecord.read.names_bodies import with_countries, with_towns
from onrecord.read.names_outlets import is_outlet, known_outlets
from onrecord.read.names_people import with_full_names, with_people
from onrecord.read.names_tagged import places_within, stripped
from onrecord.read.names_words import is_body
from tests.support import at


def people(text: str, words: str, n: int, kind: EntityType) -> list[tuple[str, str]]:
    """The names found where the network gave one, the n-th place of the words."""
    return [(text[slice(*x.span)], x.type) for x in with_people(text, [Name(at(words, text, n), kind)])]


def test_an_honorific_makes_a_person_and_the_full_name_is_found() -> None:
    text = "A spokeswoman, Ilse Marrow-Quint, wrote. Ms Marrow-Quint slept."
    found = people(text, "Marrow-Quint", 1, "organisation")
    assert found == [("Ilse Marrow-Quint", "person"), ("Marrow-Quint", "person")]


def test_first_names_are_found_but_no_titles_countries_or_words_of_the_text() -> None:
    text = "The prosecutor, Mark Tedesk, rose. But Tedesk sat. Minister Tedesk left; French Tedesk did not, but Tedesk may."
    assert [w for w, _ in people(text, "Tedesk", 1, "person")] == ["Mark Tedesk", *["Tedesk"] * 4]


def test_a_nation_and_a_title_before_a_name_are_no_part_of_it() -> None:
    text = "U.S. Senator John Quill"
    assert stripped(text, (0, len(text)), "person") == at("John Quill", text)


@pytest.mark.parametrize("words", ["WQRL-TV", "Sellik TV", "The Daily Ledger", "Radio Esker News"])
def test_publishers_are_known_by_their_names(words: str) -> None:
    assert is_outlet(f"{words} was there", (0, len(words)))


def test_a_paper_of_a_common_word_is_known_where_something_is_told_to_it() -> None:
    text = "Tarn told the Sellik Star it was late. The Evening Star rose over Sellik."
    assert [text[slice(*s)] for s in known_outlets(text)] == ["Sellik Star"]


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("She was born in Sellik, Ohio.", "Sellik"),
        ("A fire in Port Sellik, Bavaria, went out.", "Port Sellik"),
        ("However, Ohio is flat.", None),
        ("She works in Sellik, Quarrin.", None),
    ],
)
def test_a_town_stands_before_its_state(text: str, town: str | None) -> None:
    assert [text[slice(*n.span)] for n in with_towns(text, [])] == ([town] if town else [])


def test_a_list_of_places_is_parted_at_its_commas_but_not_a_district_or_dateline() -> None:
    text = "In Sellik, Tarn County; Washington, D.C."
    assert [text[slice(*s)] for s in places_within(text, (3, 22))] == ["Sellik", "Tarn County"]
    assert places_within(text, (24, 40)) == [(24, 40)]
    assert places_within("Sellik, Tarn (TW) - Rain fell", (0, 12)) == [(0, 12)]


def test_an_event_that_ends_like_a_body_is_none_but_a_university_is() -> None:
    assert is_body("University of Sellik") and is_body("Ministry of Harbours")
    assert not is_body("Sellik Campaign") and not is_body("Boston Tea Party")


def test_chinese_and_korean_names_are_found_by_their_syllables() -> None:
    text = "Tan Wei-ling met the Foo Front-runner in a Sellik Drive-in."
    assert [text[slice(*n.span)] for n in with_full_names(text, [])] == ["Tan Wei-ling"]


def test_a_land_by_its_letters_behind_the() -> None:
    text = "They have little in the US compared with the UK. The US Open began; in US dollars."
    found = with_countries(text, [], [])
    assert [(text[slice(*n.span)], n.type) for n in found] == [("US", "place"), ("UK", "place")]


def test_words_that_the_text_makes_a_peoples_name_of() -> None:
    assert countries_of("Norlandia denied it. Norlandian troops; the media, Maria and Julia.") == {"Norlandia"}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Quarrin's envoy, Dame Ilse Marrow, spoke.", "Quarrin"),
        ("Quarrin’s northern border is shut.", "Quarrin"),
        ("Quarrin has closed its airspace.", "Quarrin"),
        ("The parliament of Quarrin met.", "Quarrin"),
        ("Quarrin's sister sang.", None),
        ("Quarrin has closed its books.", None),
        ("The army of Quarrin Marsh met.", None),
    ],
)
def test_what_only_states_have_tells_that_its_owner_is_one(text: str, state: str | None) -> None:
    found = STATE.search(text)
    assert (found and (found[1] or found[2])) == state
