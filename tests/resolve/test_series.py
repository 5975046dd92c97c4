"""What a figure is told anew of: a state of people, those under arms somewhere, or how high a thing stands."""

import pytest

from onrecord.read.figures import find
from onrecord.resolve.series import head, is_dated, is_present, level, run, state, value_of


def marked(words: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """A sentence without its marks, where they stood, and the whole of it."""
    text = words.replace("<", "").replace(">", "")
    return text, (words.index("<"), words.index(">") - 1), (0, len(text))


VALUES = [
    ("The death toll from the ferry fire off northern Torvia rose to <nine> on Friday.", "The death toll from the ferry fire off northern Torvia"),
    ("Officials lowered the toll from Monday’s fire to <eight>, from nine.", "the toll from Monday’s fire"),
    ("The council put the number of captives at <21>.", "the number of captives"),
    ("TARN, May 3 (CPS) - The reservoir above Tarn fell to <88.4 metres>.", "The reservoir above Tarn"),
    ("On Friday at noon Lake Orva stood at <88.1 metres>.", "Lake Orva"),
    ("The agency said unemployment had fallen to <7.2 per cent>.", "unemployment"),
    ("Ferries brought the last captives down at <six>.", ""),
    ("Ferries brought the number of captives down to <six>.", "the number of captives down"),
    ("It asked <600 people> to leave.", ""),
    ("Orva Steel’s shares lost a tenth and closed at <4.20 marks>.", "Orva Steel’s shares"),
    ("The number of barges in the port does not <exceed 40>.", "The number of barges in the port"),
    ("A survey showed support for the bridge at <44 per cent>.", "support for the bridge"),
    ("The fare fell from 12.50 marks to <9.80>.", "The fare"),
    ("They walked the last <200 metres>.", ""),
    ("Trading in its shares, which stood at <2.30 marks>, was stopped.", "its shares"),
    ("The toll of the fire, which stood at <nine>, rose.", "The toll of the fire"),
    ("The lake stood on Sunday morning <no higher than 88 metres>.", "The lake"),
    ("Carts waiting at the gate, now <40>, may pass.", "Carts waiting at the gate"),
]  # fmt: skip
STATES = [
    ("<21 people> were still being held, the council said.", "captivity"),
    ("Raiders were holding <19 clerks> inside the mint.", "captivity"),
    ("<Nineteen clerks> of the mint are retained in the vault.", "captivity"),
    ("Some <16 of the miners> remain trapped.", "captivity"),
    ("The storm left <3,100 travellers> stranded on the islands.", "stranding"),
    ("<Fewer than 200 customers> of the line are still abroad.", "stranding"),
    ("<Fourteen> are still in hospital.", "hospital"),
    ("The storm left <12,000 homes> without power.", "outage"),
    ("<Thirty-one> were still missing, the mayor said.", "missing"),
    ("<Nine people> drowned after two went missing.", ""),
    ("Commandos stormed the mint, freeing <17 captives>.", "release"),
    ("The raiders let <two ailing clerks> go.", "release"),
    ("The number of travellers stranded by the storm has reached <4,400>.", "stranding"),
    ("<2,300 people> were in camps on Friday.", "shelter"),
    ("The charity said <1,900 people> were sleeping in them.", "shelter"),
    ("There are <2,100 people> in the shelters, the mayor said.", "shelter"),
    ("The number of people in the town’s camps rose to <2,600>.", "shelter"),
    ("<21 people> were on the quay.", ""),
    ("<Eleven guests> who had eaten the fish were taken to hospital.", "hospital"),
    ("<21 people> were in custody.", "arrests"),
    ("Police stations are full: <21 people> are being held.", "arrests"),
    ("Of the <40 clerks> 12 have been freed.", ""),
    ("<97> of the 160 are still in hospital.", "hospital"),
    ("<200 people> and three who were held spoke.", ""),
]
HEADS = [
    ("The lake behind the Orva Dam", "lake"),
    ("Lake Orva", "lake"),
    ("The lake’s level", "lake"),
    ("The level of the river at Tarn", "river"),
    ("The price of wheat", "wheat"),
    ("wheat prices", "wheat"),
    ("Tarn baseload for Monday", "power"),
    ("Day-ahead power for Tarn", "power"),
    ("Brent crude", "oil"),
    ("The operator’s reading for Friday noon", ""),
    ("The level", ""),
]


@pytest.mark.parametrize(("words", "what"), VALUES)
def test_what_a_number_is_the_value_of(words: str, what: str) -> None:
    assert value_of(*marked(words)) == what


@pytest.mark.parametrize(("words", "name"), STATES)
def test_the_state_of_those_a_number_counts(words: str, name: str) -> None:
    text, span, sentence = marked(words)
    assert state(text, span, sentence, value_of(text, span, sentence)) == name


@pytest.mark.parametrize(("what", "thing"), HEADS)
def test_the_thing_that_stands_so_high(what: str, thing: str) -> None:
    assert head(what) == thing
    assert level("metres", what) == (f"metres {thing}" if thing else "")


@pytest.mark.parametrize(
    ("words", "who", "there"),
    [
        ("Some <90 raiders> are now at the mint.", "gunmen", True),
        ("There were <140 rebels> at the mint on Friday.", "gunmen", True),
        ("In the building are located <about 60 bandits>.", "gunmen", True),
        ("The army puts the number of raiders at <about 60>.", "gunmen", True),
        ("<Nine rebels> were killed.", "gunmen", False),
        ("Some <90 clerks> are now at the mint.", "", False),
    ],
)
def test_how_many_under_arms_are_somewhere(words: str, who: str, there: bool) -> None:
    text, span, sentence = marked(words)
    assert is_present(text, span, sentence, value_of(text, span, sentence), who) == there


def test_the_price_of_one_is_told_where_only_its_owner_is_named() -> None:
    text, _, sentence = marked("Orva Steel ended the week at <4.20 marks> a share.")
    (found,) = find(text, ())
    assert run(text, found, sentence, "")[1] == "marks share"


def test_what_came_together_since_a_day_is_no_level_of_one() -> None:
    assert level("crowns", "Withdrawals since Monday") != level("crowns", "Withdrawals")
    assert "withdrawal" in level("crowns", "Withdrawals since Monday")


@pytest.mark.parametrize(("name", "dated"), [("Feb", True), ("May", True), ("Friday", True), ("Torvia", False)])
def test_the_day_of_a_dateline_is_no_land(name: str, dated: bool) -> None:
    assert is_dated(name) == dated
