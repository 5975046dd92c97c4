"""Versions of a quotation, and the drift that changes its meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolve.drift import drifts, is_within, shingles, versions

SAID = "We will not close the harbour, and all 40 pilots will keep their posts unless the council votes against us."
CASES = [
    ("We will close the harbour, and all 40 pilots will keep their posts unless the council votes against us.", ["negation"]),
    ("We will not close the harbour, and all 14 pilots will keep their posts unless the council votes against us.", ["number"]),
    ("We will not close the harbour, and all 40 pilots will keep their posts.", ["exception"]),
    ("All 40 pilots will keep their posts unless the council votes against us.", ["harmless"]),
    ("We won’t close the harbour, and all 40 pilots will keep their posts unless the council votes against us!", []),
    ("We might not close the harbour, and all 40 pilots will keep their posts unless the council votes against us.", ["hedge"]),
]  # fmt: skip


@pytest.mark.parametrize(("version", "kinds"), CASES)
def test_the_drift_that_changes_the_meaning_is_told_from_harmless_cuts(version: str, kinds: list[str]) -> None:
    assert [d.kind for d in drifts(version, SAID)] == kinds


@pytest.mark.parametrize(
    ("version", "said", "kind"),
    [
        ("We shall admit every ship with wounded men", "We shall admit every ship with wounded men, and nobody else for now", "exception"),
        ("We shall admit every ship with wounded men", "We shall admit every ship with wounded men, and all their nurses", "harmless"),
        ("He left us ten ferries", "He left us ten oars, not ten ferries", "number"),
    ],
)  # fmt: skip
def test_an_end_that_limits_what_was_said_is_missed(version: str, said: str, kind: str) -> None:
    assert [d.kind for d in drifts(version, said)] == [kind]


def test_versions_are_found_by_some_of_their_words() -> None:
    cut = "We shall admit every ship with wounded men"
    assert shingles(cut) & shingles(f"{cut}, and nobody else for now")
    assert not shingles("four words of it") and is_within(cut, f"{cut}, and nobody else")
    assert not is_within("We shall admit every wounded man", f"{cut}, and nobody else")


def test_the_spans_are_those_of_the_words() -> None:
    [drift] = drifts(CASES[1][0], SAID)
    assert (drift.our_words, drift.their_words) == ("14", "40")
    assert SAID[slice(*drift.theirs)] == "40"


def test_other_words_are_no_version() -> None:
    other = "The ferry to Marl sails at noon and nobody on the quay knows who ordered it."
    assert not versions(SAID, other)
    assert drifts(SAID, other) == ()


@given(
    st.lists(
        st.sampled_from(
            ["we", "will", "not", "close", "the", "old", "harbour", "this", "year", "unless", "40", "pilots", "agree"]
        ),
        min_size=6,
    )
)
def test_the_same_words_never_drift(words: list[str]) -> None:
    text = " ".join(words)
    assert drifts(text, text) == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_span_lies_in_its_text(ours: str, theirs: str) -> None:
    for d in drifts(ours, theirs):
        assert ours[slice(*d.ours)] == d.our_words
        assert theirs[slice(*d.theirs)] == d.their_words


def test_another_number_at_the_head_and_a_not_that_went_there_are_no_cuts() -> None:
    one = "Three months of pay for every sailor, and we open the hatches"
    assert [d.kind for d in drifts(one, one.replace("Three", "Thirteen"))] == ["number"]
    whole = "Not all of the sailors will go home before the winter"
    assert [d.kind for d in drifts(whole, whole.removeprefix("Not "))] == ["negation"]


def test_a_number_in_words_and_in_digits_is_one() -> None:
    words = "We have lost the work of ten years, and nobody has come"
    assert [d.kind for d in drifts(words, words.replace("ten", "10"))] == ["harmless"]
