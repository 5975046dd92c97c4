"""The language of definitions: what it means, and what it says to a bad one."""

import pytest

from onrecord.errors import InputError
from onrecord.watch.definition import from_data, from_json, from_toml, from_words
from onrecord.watch.indicator import Bound, EventTest, FigureTest, GrowthTest, StatementTest, Who, decode, encode

BELARUS = Who(names=("Belarus",), country="BY")


@pytest.mark.parametrize(
    ("words", "test"),
    [
        ("figure > 5000 people of recruitment by Belarus", FigureTest(bounds=(Bound(">", 5000),), unit="people", of=("recruitment",), actor=BELARUS)),
        ("figure >= 5k < 8,000 ships of traffic or transit in Seldrin planned", FigureTest(bounds=(Bound(">=", 5000), Bound("<", 8000)), unit="ships", of=("traffic", "transit"), place="Seldrin", status=("planned",))),
        ("figure > 3.5% of inflation", FigureTest(bounds=(Bound(">", 3.5),), unit="percent", of=("inflation",))),
        ("figure > 2m dollars of fines", FigureTest(bounds=(Bound(">", 2_000_000),), unit="USD", of=("fines",))),
        ("event MOBILIZE/troops or ASSAULT/troops by Quarrin against Lesmere", EventTest(types=("MOBILIZE", "ASSAULT"), mode="troops", actor=Who(names=("Quarrin",)), recipient=Who(names=("Lesmere",)))),
        ('statement by "Marta Velling" or Velling about bridge, "border crossing" as order', StatementTest(speaker=Who(names=("Marta Velling", "Velling")), about=("bridge", "border crossing"), act="order")),
        ('statement by role "defence minister" of BY denied', StatementTest(speaker=Who(country="BY", role="defence minister"), polarity="denied")),
        ("growth 5 origins in 3 days of story 1f2e", GrowthTest(origins=5, days=3, story="1f2e")),
        ("growth at least 5 independent origins within 3 days of call-up, Quarrin", GrowthTest(origins=5, days=3, about=("call-up", "Quarrin"))),
    ],
)  # fmt: skip
def test_what_a_definition_means(words: str, test: object) -> None:
    made = from_words(words)
    assert made.test == test
    assert from_words(made.name).id == made.id  # an indicator's name is a definition of it
    assert decode(encode(made)) == made


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "an empty definition"),
        ("figur > 5 people", "did you mean 'figure'"),
        ("figure 5000 people", "needs a threshold"),
        ("figure > many people", "'many' is no number"),
        ("figure >", "no number follows"),
        ("figure > 5", "needs to be of something"),
        ("figure > 5 < 4 people", "no number is > 5 and < 4"),
        ("figure > 5 > 6 people", "contradict each other"),
        ("figure > 5 people against Quarrin", "a figure has no “against”"),
        ("figure > 5 people of war of peace", "“of” stands twice"),
        ("figure > 5 people of war by ZZ", "'ZZ' is no country's code"),
        ('figure > 5 "people', "no partner"),
        ("event MOBILISE", "did you mean 'MOBILIZE'"),
        ("event MOBILIZE/troop", "did you mean 'troops'"),
        ("event", "needs a type of PLOVER"),
        ("event MOBILIZE/troops or ASSAULT", "one mode or none"),
        ("statement", "needs a speaker"),
        ("statement about", "nothing follows “about”"),
        ("statement loudly by Velling", "'loudly' is not understood"),
        ("statement by Velling as shout", "is no kind of act"),
        ("statement by Velling asserted denied", "leave both out"),
        ("growth 1 origins in 3 days of war", "at least 2 origins"),
        ("growth 5 of war", "growth is written as"),
        ("growth 5 origins in 3 days", "needs a story"),
    ],
)
def test_a_bad_definition_is_refused_with_the_reason(words: str, reason: str) -> None:
    with pytest.raises(InputError) as error:
        from_words(words)
    assert reason in str(error.value)


def test_ids_are_of_the_question_and_not_of_how_it_is_put() -> None:
    one = from_words("figure > 5000 people of recruitment or mobilisation by Quarrin", "Call-up")
    assert one.name == "Call-up"
    assert one.id == from_words("figure > 5,000 people of mobilisation by Quarrin").id
    assert one.id != from_words("figure >= 5000 people of recruitment by Quarrin").id


def test_toml_and_json() -> None:
    two = from_toml('[[indicator]]\nname = "Call-up"\ndefinition = "figure > 5 people of draft"\n[[indicator]]\ntest = {kind = "growth", origins = 3, days = 2, story = "x"}\n')  # fmt: skip
    assert [i.kind for i in two] == ["figure", "growth"]
    assert from_json('{"test": {"kind": "event", "types": ["ASSAULT"]}}').id == from_words("event ASSAULT").id
    for bad in ({"definition": 5}, {"test": {"kind": "storm"}}, {"words": "x"}, {"name": 3, "definition": "event AID"}):
        with pytest.raises(InputError):
            from_data(bad)
    for text in ("", "[[indicator]", "indicator = 3"):
        with pytest.raises(InputError):
            from_toml(text)
    with pytest.raises(InputError, match="JSON object"):
        from_json("[]")


def test_a_stored_indicator_is_checked() -> None:
    made = from_words("event AID by Quarrin")
    with pytest.raises(InputError, match="its id is not that of its test"):
        decode(encode(made).replace(b"AID", b"AGREE"))
    with pytest.raises(InputError, match="not an indicator"):
        decode(b"{}")
