"""Who goes by which names: the rules alone, on given names."""

import pytest

from onrecord.model import EntityType
from onrecord.read import countries
from onrecord.read.entities import gather
from onrecord.read.entities_names import Entity, one_letter_apart, same_body, same_first_name, same_person
from onrecord.read.names import Name, repeated
from onrecord.read.names_bodies import joined, with_countries
from onrecord.read.names_people import with_full_names, with_people
from onrecord.read.names_tagged import apart, stripped
from onrecord.read.names_words import is_organisation
from onrecord.read.speakers import resolve
from tests import clock
from tests.support import at


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("Marrow", "Ilse Marrow", True),
        ("Ilse", "Ilse Marrow", True),
        ("Bob Tarn", "Robert Tarn", True),
        ("R. Tarn", "Robert Tarn", True),
        ("Kristen Vale", "Kristin Vale", True),
        ("Anders Tarn", "Robert Tarn", False),
        ("Marla Tarn", "Mario Tarn", False),
        ("Robert Quill", "Robert Tarn", False),
    ],
)
def test_forms_of_a_persons_name(short: str, full: str, same: bool) -> None:
    assert same_person(short, full) is same


def test_first_names_and_spellings() -> None:
    assert same_first_name("kate", "catherine") and not same_first_name("kate", "karen")
    assert one_letter_apart("mohamed", "mohammed") and not one_letter_apart("maria", "mario")


@pytest.mark.parametrize(
    ("short", "kind", "full", "type", "same"),
    [
        ("HRA", "organisation", "Harbour and Rivers Authority", "organisation", True),
        ("HA", "organisation", "Harbour and Rivers Authority", "organisation", False),
        ("the Council", "organisation", "Quarrin Frontier Council", "organisation", True),
        ("Frontier Council", "organisation", "Quarrin Frontier Council", "organisation", True),
        ("Supreme Court", "organisation", "Quarrin Supreme Court of Appeal", "organisation", True),
        ("Sellik Motors", "organisation", "Sellik", "organisation", True),
        ("Sellik", "organisation", "Sellik Motors", "organisation", True),
        ("Sellik", "place", "Sellik Motors", "organisation", False),
        ("Sellik Commercial Aircraft", "organisation", "Sellik", "organisation", True),
        ("Sellik Frontier Aircraft", "organisation", "Sellik", "organisation", False),
        ("the Herald", "outlet", "Quarrin Herald", "outlet", True),
        ("the Frontier", "outlet", "Quarrin Frontier", "outlet", False),
        ("QV", "organisation", "QuarrinVale", "organisation", True),
        ("QV", "organisation", "Quarrinvale", "organisation", False),
        ("SOS", "organisation", "NGO SOS Quarrin", "organisation", True),
        ("Sellik City", "place", "Sellik", "place", True),
        ("State of Esker", "place", "Esker", "place", True),
        ("New Esker", "place", "Esker", "place", False),
        ("People's Front", "organisation", "People Front", "organisation", True),
        ("U.S.", "place", "United States", "place", True),
        ("America", "place", "US", "place", True),
        ("Scotland", "place", "United Kingdom", "place", False),
        ("Moscow", "place", "Russia", "place", False),
    ],
)
def test_forms_of_a_bodys_name(short: str, kind: EntityType, full: str, type: EntityType, same: bool) -> None:
    assert same_body(short, kind, Entity(name=full, type=type)) is same


def gathered(text: str, *names: tuple[str, int, EntityType]) -> list[list[str]]:
    """The names of each entity."""
    found = sorted(Name(at(words, text, n), kind) for words, n, kind in names)
    return [[text[slice(*s)] for s in e.names] for e in gather(text, found)]


def test_a_surname_goes_on_meaning_whom_it_meant() -> None:
    text = "Ilse Tarn rose. Tarn spoke. Anders Tarn sat. Tarn left."
    names: list[tuple[str, int, EntityType]] = [
        ("Ilse Tarn", 0, "person"), ("Tarn", 1, "person"), ("Anders Tarn", 0, "person"), ("Tarn", 3, "person"),
    ]  # fmt: skip
    assert gathered(text, *names) == [["Ilse Tarn", "Tarn", "Tarn"], ["Anders Tarn"]]


def test_a_title_of_the_other_gender_is_another_person() -> None:
    text = "Peter Tarn rose. Mrs Tarn sat."
    assert gathered(text, ("Peter Tarn", 0, "person"), ("Tarn", 1, "person")) == [["Peter Tarn"], ["Tarn"]]


def test_an_acronym_in_brackets_is_the_names() -> None:
    text = "The Sellik Water Board (WBS) met. WBS chose."
    assert gathered(text, ("Sellik Water Board", 0, "organisation"), ("WBS", 1, "organisation")) == [
        ["Sellik Water Board", "WBS"]
    ]


@pytest.mark.parametrize(
    ("words", "kind", "left"),
    [
        ("Hey Frank", "person", "Frank"),
        ("of North Esker", "place", "North Esker"),
        ("illegal Esker Front", "organisation", "Esker Front"),
        ("al-Tarn", "person", "al-Tarn"),
        ("Ilse Tarn of the Esker Front", "person", "Ilse Tarn"),
        ("He", "person", None),
        ("Prime Minister", "person", None),
    ],
)
def test_what_is_no_part_of_a_name(words: str, kind: EntityType, left: str | None) -> None:
    span = stripped(words, (0, len(words)), kind)
    assert (words[slice(*span)] if span else None) == left


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sellik Water Board (SWB", ["Sellik Water Board", "SWB"]),
        ("Norway's Sellik Front", ["Norway", "Sellik Front"]),
        ("Esker's Sellik Front", ["Esker's Sellik Front"]),
    ],
)
def test_names_that_were_tagged_as_one(text: str, names: list[str]) -> None:
    assert [text[slice(*s)] for s in apart(text, (0, len(text)))] == names


def test_a_names_own_words_say_that_it_is_an_organisations() -> None:
    assert is_organisation("Ilse Tarn Foundation") and is_organisation("University of Sellik")
    assert not is_organisation("Foundation") and not is_organisation("Ilse Tarn")


def test_halves_around_and_are_joined_where_the_first_is_no_whole() -> None:
    text = "the Harbour Works and Rivers Authority met the Esker Party and Sellik Movement"
    halves = [
        Name(at(w, text), "organisation")
        for w in ("Harbour Works", "Rivers Authority", "Esker Party", "Sellik Movement")
    ]
    assert [text[slice(*n.span)] for n in joined(text, halves)] == [
        "Harbour Works and Rivers Authority", "Esker Party", "Sellik Movement",
    ]  # fmt: skip


def test_names_that_the_network_passed_over_elsewhere() -> None:
    text = "Anna Sellik and SWB met. SWB left Anna Sellik at the SWB Cup, and Anna sat."
    found = [Name(at("Anna Sellik", text), "person"), Name(at("SWB", text), "organisation")]
    everywhere = repeated(text, found, [at("SWB Cup", text)])
    assert [text[slice(*n.span)] for n in everywhere] == ["Anna Sellik", "SWB", "SWB", "Anna Sellik"]


def test_countries_are_found_by_name_but_not_in_other_names() -> None:
    text = "Norway and the Norway Cup; the 2001 Norway election; a Norway-led fleet; New Zealand left."
    found = with_countries(text, [Name(at("Zealand", text), "person")], [at("Zealand", text)])
    assert [(text[slice(*n.span)], n.type) for n in found] == [("Norway", "place"), ("New Zealand", "place")]


def test_people_are_found_by_first_name_where_nothing_else_was() -> None:
    text = "So Yvette Tarn met Victoria Station and Anna Esker Foundation, then Peter Norway."
    assert [text[slice(*n.span)] for n in with_full_names(text, [])] == ["Yvette Tarn"]


def long_text(words: int) -> tuple[str, list[Name]]:
    """A text of many paragraphs, each with a person of its own, and their names."""
    parts: list[str] = []
    names: list[Name] = []
    start = 0
    for n in range(words // 30):
        surname = "M" + "".join(chr(97 + n // 26**k % 26) for k in range(4))
        part = f"Finance Minister Ilse {surname} came to Sellik on Monday. She said that {surname} was her name and that the minister had left her office for the Harbour Authority; it was late and he agreed.\n\n"
        parts.append(part)
        names += [
            Name((start + s, start + e), "person") for s, e in (at(f"Ilse {surname}", part), at(surname, part, 1))
        ]
        names.append(Name((start + part.index("Harbour"), start + part.index("Harbour") + 17), "organisation"))
        start += len(part)
    return "".join(parts), sorted(names)


@pytest.mark.parametrize("words", [100_000])
def test_time_grows_with_the_text(words: int) -> None:
    def seconds(n: int) -> float:
        text, names = long_text(n)
        people = with_people(text, names)
        return clock.seconds(lambda: resolve(text, [], people))

    seconds(1_000)
    assert seconds(words) < 20 * max(0.05, seconds(words // 10))


@pytest.mark.parametrize(
    ("short", "full", "kind", "same"),
    [
        ("Korea Republic", "South Korea", "place", True),
        ("Korea", "South Korea", "organisation", True),
        ("the States", "United States", "place", True),
        ("Emirates", "United Arab Emirates", "organisation", False),
        ("Air Force", "USAF", "organisation", True),
        ("World Health Organisation", "UN World Health Organization", "organisation", True),
        ("Harbour Authorty", "Harbour Authority", "organisation", True),
        ("Sellik", "Selik", "place", False),
    ],
)
def test_more_forms_of_a_body(short: str, full: str, kind: EntityType, same: bool) -> None:
    assert same_body(short, kind, Entity(full, "place" if kind == "place" or countries.whole(full) else kind)) is same


def names_of(text: str, *words: tuple[str, EntityType]) -> list[list[str]]:
    """The names of each entity that some words of a text are."""
    found = gather(text, [Name(at(w, text), kind) for w, kind in words])
    return [[text[slice(*s)] for s in e.names] for e in found]


def test_a_name_in_brackets_spells_an_acronym_out_in_any_language() -> None:
    text = "The KSB (Sellik Bishops’ Conference) met the LVO (near Port Tarn)."
    bishops, body, place = ("KSB", "organisation"), ("LVO", "organisation"), ("Port Tarn", "place")
    assert names_of(text, bishops, ("Sellik Bishops’ Conference", "organisation"), body, place) == [
        ["KSB", "Sellik Bishops’ Conference"],
        ["LVO"],
        ["Port Tarn"],
    ]


def test_a_surname_misspelt_by_one_letter_is_the_one_named_in_full() -> None:
    text = "Ilse Maurrow slept, and Marrow said so."
    people: list[tuple[str, EntityType]] = [("Ilse Maurrow", "person"), ("Marrow", "person")]
    assert names_of(text, *people) == [["Ilse Maurrow", "Marrow"]]
