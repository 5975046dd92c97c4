"""What refuses a report without the word "deny", and what only looks like it."""

import pytest

from onrecord.resolve.refusals import (
    about,
    is_answer,
    is_brushed_aside,
    is_refusal,
    only_turned_down,
    rules_out,
    set_against,
)
from onrecord.resolve.stances import says_no

REFUSALS = [
    ("a report about cracks in the hull a fabrication", "called"),
    ("the rumours as baseless", "dismissed"),
    ("“old wives’ tales”", "spoke of"),
    ("This is nonsense", "said"),
    ("they are completely made up", "said"),
    ("Not true", "said"),
    ("That’s simply not true", "said"),
    ("There was no truth in the report that she will leave", "said"),
    ("the union’s numbers are wrong", "said"),
    ("The figure of 90 wolves, spread by a hunter, is invented from beginning to end", "declared"),
    ("It never happened", "said"),
    ("The meeting never took place", "said"),
    ("No such order was given", "said"),
    ("Nothing of the kind was discussed", "said"),
    ("Two hundred and six is moonshine", "said"),
    ("40 wolves is pure bunkum", "said"),
    ("No list of the kind described was ever made", "said"),
    ("the map was never meant as a claim", "explained"),
    ("The clerks who allegedly talked to the paper do not exist", "added"),
]
NONE = [
    ("One of them is false", "said"),
    ("The bridge was never painted", "said"),
    ("My job is nonsense, and I am proud of it", "said"),
    ("the clock is wrong", "said"),
    ("that the invention will help millions", "said"),
    ("they were charged with fraud and lies", "said"),
    ("It is false to think that we are safe", "said"),
    ("This is not the time", "said"),
    ("The false alarm was raised at noon", "said"),
    ("I do not say that the report is wrong", "said"),
    ("that it will do nothing of the kind", "said"),
    ("the ferry a wonder", "called"),
    ("the number of cases is not rising", "said"),
    ("the story of the city is a long one", "said"),
    ("he had lied about his age", "admitted"),
    ("the legend of the lake a treasure", "said"),
    ("that it is wrong to strike", "said"),
]


@pytest.mark.parametrize(("words", "cue"), REFUSALS)
def test_a_report_is_refused(words: str, cue: str) -> None:
    assert is_refusal(words, cue)


@pytest.mark.parametrize(("words", "cue"), NONE)
def test_no_report_is_refused(words: str, cue: str) -> None:
    assert not is_refusal(words, cue)


def test_what_is_refused_is_told_without_the_words_of_refusing() -> None:
    assert about("a report about cracks in the hull a fabrication") == {"crack", "hull"}


def test_an_offer_is_turned_down_and_a_claim_is_denied() -> None:
    assert only_turned_down("rejected", "the offer of the tram company")
    assert not only_turned_down("rejected", "the guild’s claim that it knew")
    assert not only_turned_down("denied", "the offer of the tram company")


def test_what_is_ruled_out_and_what_is_not() -> None:
    assert rules_out("ruled out") and rules_out("excludes")
    assert not rules_out("did not rule out") and not rules_out("said")


@pytest.mark.parametrize(
    ("words", "does"),
    [
        ("there will be no levy, not this year", True),
        ("there are no talks and there will be none", True),
        ("the fire has nothing to do with the strike", True),
        ("it is untrue that the ferry was short of crew", True),
        ("nine miners died, not three and not none", False),
        ("no more than 40 came", False),
        ("the zoo will close because it cannot pay for hay", False),
        ("it does not rule out a tax", False),
    ],
)
def test_a_clause_says_no(words: str, does: bool) -> None:
    assert says_no(words) == does


def against(sentence: str, number: str) -> tuple[bool, frozenset[float]]:
    start = sentence.index(number)
    return set_against(sentence, (start, start + len(number)), (0, len(sentence)))


def test_a_number_is_set_against_another() -> None:
    assert against("Nine miners died, not three, she said.", "Nine") == (False, {3.0})
    assert against("No more than 150 men hold the fort.", "150") == (True, frozenset())
    assert against("No more than 150 men are still in the fort.", "150") == (False, frozenset())
    assert against("Some 150 men hold the fort.", "150") == (False, frozenset())


@pytest.mark.parametrize(
    ("lead", "words", "aside"),
    [
        ("The bishop scoffed at a report ", "that the bells were sold", True),
        ("She shrugged off ", "suggestions that he would go", True),
        ("He has waved away this week’s rumours ", "of a quarrel", True),
        ("She did not brush aside the report ", "that he would go", False),
        ("He mocked the singer and said ", "that the hall was full", False),
        ("She disputed the fine and said ", "that she would pay nothing", False),
    ],
)
def test_a_report_is_brushed_aside(lead: str, words: str, aside: bool) -> None:
    assert is_brushed_aside(lead, words) == aside


@pytest.mark.parametrize(
    ("before", "beside", "words", "answer"),
    [
        ("", "On a report that two ferries were sold, her answer was brief: ", "No ferries, no buyer.", True),
        ("The farmer was having none of it. ", "said the farmer", "It was no wolf", True),
        ("", "On a report that two ferries were sold, she said: ", "No comment", False),
        ("", "On a report that two ferries were sold, she said: ", "We read it too", False),
        ("The farmer had a coffee. ", "said the farmer", "It was no wolf", False),
    ],
)
def test_a_no_answers_a_report(before: str, beside: str, words: str, answer: bool) -> None:
    assert is_answer(before, beside, words) == answer
