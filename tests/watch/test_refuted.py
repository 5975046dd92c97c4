"""Evidence against that does not say what its number counts, read by the real reader."""

from __future__ import annotations

import pytest

from onrecord.watch.definition import from_words
from onrecord.watch.extent import Extent
from onrecord.watch.match import match, may_refute
from tests.watch.support import FESTIVAL, resolved

LEVEL = from_words("figure > 9 metres of surge")
BEFORE = "Quarrin denied that the surge had reached 11 metres. "
TOLD = [Extent(11, 11)]


def against(body: str, told: list[Extent] | None = None) -> list[str]:
    """The sentences of an article that are kept as evidence against."""
    of = resolved(body, FESTIVAL)
    text = of.reading.article.text
    return [text[slice(*i.sentence)] for i in match(LEVEL, of, told or []) if i.crossing == "against"]


@pytest.mark.parametrize(
    "words",
    [
        "“Eleven metres is a fairy tale,” Marta Velling said.",
        "“Eleven metres is moonshine,” Marta Velling said.",
        "The figure of 11 metres that was put about is an invention.",
    ],
)
def test_a_number_that_is_on_record_is_refuted_without_the_words_for_what_it_counts(words: str) -> None:
    assert against(BEFORE + words)[1:] == [words]
    assert against(words, TOLD) == [words]
    assert against(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "“Eleven metres is what the gauge says,” Marta Velling said.",
        "“Fourteen metres is a fairy tale,” Marta Velling said.",
        "“Eleven days is a fairy tale,” Marta Velling said.",
        "If eleven metres is a fairy tale, Velling will resign.",
    ],
)
def test_another_number_and_what_is_not_called_untrue_refute_nothing(words: str) -> None:
    assert against(words, TOLD) == []


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("“That number is false,” Marta Velling said.", True),
        ("The report is without foundation.", True),
        ("“That number is on the gauge,” Marta Velling said.", False),
        ("“That bridge is false,” Marta Velling said.", False),
    ],
)
def test_the_number_of_the_sentence_before_is_refuted_by_a_word_for_it(words: str, kept: bool) -> None:
    assert against("The surge reached 11 metres, the harbour said. " + words) == ([words] if kept else [])


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("The water stood no higher than 8 metres.", True),
        ("The water stood at 8 metres.", True),
        ("The pier is no longer than 2 metres.", False),
        ("The choir has no more than 8 singers.", False),
        ("The water stood at 8 metres, the choir said.", False),
    ],
)
def test_what_who_refutes_a_number_puts_in_its_place_is_evidence_too(words: str, kept: bool) -> None:
    refusal = "The figure of 11 metres that was put about is an invention. "
    assert against(refusal + words, TOLD)[1:] == ([words] if kept else [])
    assert against(words, TOLD) == []


def test_which_articles_may_refute_a_number_is_known_without_the_record() -> None:
    assert may_refute(LEVEL, resolved("“Eleven metres is a fairy tale,” Velling said.", FESTIVAL))
    assert not may_refute(LEVEL, resolved("“Eight metres is a fairy tale,” Velling said.", FESTIVAL))
    assert not may_refute(from_words("event PROTEST by Quarrin"), resolved("The choir sang.", FESTIVAL))
