"""What ties a number to a topic, and what does not."""

import pytest

from onrecord.read import figures
from onrecord.watch.topics import group_of, tied, topic

RECRUITMENT = topic(("recruitment",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Oduya signed a “quiet call-up” of some 5,800 reservists.", "call-up"),
        ("The number of recruits rose to 6,000.", "recruits"),
        ("A 6,000-strong call-up began.", "call-up"),
        ("6,000 people enlisted.", "enlisted"),
        ("6,000 people are now known to have enlisted.", "enlisted"),
        ("6,000 people are believed to have been drafted.", "drafted"),
        ("The ministry put the number of people drafted at 6,000.", "drafted"),
        ("6,000 people protested against the mobilisation in Corriel.", None),
        ("Recruitment rose by 6,000.", None),
        ("They recruited, by their own account, 6,000 men.", None),
        ("6,000 people who fled were drafted later.", None),
        ("Police arrested 6,000 draft dodgers.", None),
        ("The mobilisation brought 6,000 protesters to the streets.", None),
        ("The recruiters spoke to 6,000 people.", None),
        ("Eleven were drafted, 6,000 stayed at home.", None),
    ],
)
def test_ties(text: str, words: str | None) -> None:
    last = list(figures.find(text, ()))[-1]
    tie = tied(text, (0, len(text)), last.span, last.of, RECRUITMENT)
    assert (text[slice(*tie.span)] if tie else None) == words


def test_a_denied_passive_is_negated() -> None:
    text = "6,000 people have not been mobilised."
    f = next(iter(figures.find(text, ())))
    tie = tied(text, (0, len(text)), f.span, f.of, RECRUITMENT)
    assert tie and tie.negated


def test_words_that_mean_nearly_the_same_meet() -> None:
    assert {group_of(w) for w in ("recruits", "called up", "drafted", "mobilised", "Mobilization", "call-up")} == {"recruitment"}  # fmt: skip
    assert group_of("harvest") is None


def test_a_word_of_no_table_stands_for_itself() -> None:
    text = "Harvests reached 6,000 tonnes."
    f = next(iter(figures.find(text, ())))
    assert tied(text, (0, len(text)), f.span, f.of, topic(("harvest",)))
