"""Conditions that were read, made into indicators, and what fires them."""

import pytest

from onrecord.errors import InputError
from onrecord.watch.arm import from_condition, same_place
from onrecord.watch.indicator import Who, described
from onrecord.watch.match import match
from tests.watch.support import FESTIVAL, reading, resolved

ANYBODY = "anybody: the article does not say whom the condition is about"
PEOPLE = "unit people: the condition names none, and recruitment or mobilisation counts people"


@pytest.mark.parametrize(
    ("title", "body", "definition", "inferred"),
    [
        (
            "Belarus starts recruiting",
            "Sources said that if recruitment exceeds 5,000, it could indicate a new assault brigade.",
            "figure > 5000 people of recruitment or mobilisation by Belarus",
            (PEOPLE, "Belarus: the headline names it"),
        ),
        (
            "Call-up begins",
            "Quarrin has called up some 1,800 reservists. If it exceeds 4,000, it could indicate an assault brigade, sources said.",
            "figure > 4000 people of recruitment or mobilisation by Quarrin",
            ("of recruitment or mobilisation: the condition names nothing, the paragraph before it does", PEOPLE, "Quarrin: the article gives it the figure “some 1,800 reservists”"),
        ),
        (
            FESTIVAL,
            "If 3,000 people are drafted, war is near.",
            "figure >= 3000 people of recruitment or mobilisation",
            (">= 3,000: the condition gives a bare number, and what goes further fulfils it too", ANYBODY),
        ),
        (
            FESTIVAL,
            "If the stock falls to 100 tonnes, rationing begins.",
            "figure <= 100 tonnes of stock",
            ("<= 100: the condition gives a bare number, and what goes further fulfils it too",),
        ),
        (
            FESTIVAL,
            "If more than 900 Lesmerian soldiers are massed around Tarn, war is near.",
            "figure > 900 soldiers of deployment by Lesmeria or Lesmerian in Tarn",
            (),
        ),
        (FESTIVAL, "If more than 500 homes lose power, the plant closes.", "figure > 500 homes beside lose or power", ()),
        (FESTIVAL, "Quarrin will strike back if Lesmere attacks the bridge.", "event ASSAULT by Lesmere", ()),
        (
            FESTIVAL,
            "If Lesmere does not withdraw its troops, Quarrin will close the river.",
            "event RETREAT by Lesmere negated",
            ("status negated: the condition is that it does not happen",),
        ),
        (
            FESTIVAL,
            "If the dam breaks, thousands will flee.",
            "statement about dam, breaks asserted",
            ("words: the condition holds neither a number nor an event that the reader knows, so all of its words must be said",),
        ),
    ],
)  # fmt: skip
def test_what_a_condition_waits_for(title: str, body: str, definition: str, inferred: tuple[str, ...]) -> None:
    found = reading(body, title)
    made = from_condition(found, found.conditions[0])
    assert described(made.test) == definition
    assert made.armed and made.armed.inferred == inferred
    assert made.name == f"if {made.armed.words}"


@pytest.mark.parametrize("body", ["If it comes, it comes.", "If it exceeds 5,000, they will leave."])
def test_a_condition_that_says_too_little_is_refused(body: str) -> None:
    found = reading(body, FESTIVAL)
    with pytest.raises(InputError, match="write the indicator yourself"):
        from_condition(found, found.conditions[0])


def test_it_comes_true_and_its_own_condition_never_fires_it() -> None:
    condition = "Sources said that if recruitment exceeds 5,000, it could indicate a new assault brigade."
    title = "Belarus starts recruiting"
    armed = from_condition(reading(condition, title), reading(condition, title).conditions[0])
    assert match(armed, resolved(condition, title)) == ()
    assert match(armed, resolved(condition, title, "Lantern")) == ()  # nor where others print it
    fired = match(armed, resolved("Recruitment has now exceeded 5,200, two officials said.", title))
    assert [i.crossing for i in fired] == ["crossed"]


def test_names_of_one_place_are_counted_together() -> None:
    def place(name: str) -> Who:
        return Who(names=(name,))

    assert same_place(place("Selmin, Ardovia"), place("Ardovian"))
    assert not same_place(place("Ardovia"), place("Ardovian Sea"))
    assert not same_place(place("Karsh"), place("Ardovia"))
    assert not same_place(Who(names=("Niger",), country="NE"), Who(names=("Nigeria",), country="NG"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Arle was evacuated on Friday.", ["crossed"]),
        ("The governor ordered the evacuation of Arle.", ["crossed"]),
        ("Arle will be evacuated by Sunday.", ["crossed as planned"]),
        ("Arle will not be evacuated.", ["against"]),
        ("Lesmere sent blankets to Arle on Friday.", []),
        ("The charity fed Arle for a week.", []),
    ],
)
def test_a_condition_waits_for_its_deed_and_not_for_all_of_its_type(words: str, expected: list[str]) -> None:
    found = reading("“If Arle is evacuated, Lesmere will open its harbours,” said Marta Velling.", FESTIVAL)
    made = from_condition(found, found.conditions[0])
    assert described(made.test) == "event AID beside evacuate or evacuation against Arle"
    assert [i.crossing for i in match(made, resolved(words, FESTIVAL))] == expected
