"""Chains: who passes on whose words."""

from __future__ import annotations

import pytest

from onrecord.model import Article
from onrecord.read import chains, labels, read
from onrecord.read.attributions_found import Found
from onrecord.read.attributions_together import with_outer_subjects
from onrecord.text import Spans, words_of
from tests.support import at


def span(text: str, words: str) -> Spans:
    return (at(words, text),)


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("Nordwire reported, citing two officials.", "citing", "two officials"),
        ("State radio, quoting the interior ministry, said nine were held.", "quoting", "the interior ministry"),
        ("The bank will close, the Ledger said, citing a memo that it had seen.", "citing", "a memo"),
        ("It withdrew, the daily wrote, quoting Ana Moreau as saying it had no choice.", "quoting", "Ana Moreau"),
    ],
)
def test_whose_words_are_passed_on(text: str, cue: str, source: str) -> None:
    (found,) = chains.passed(text)
    assert (text[slice(*found.cue)], text[slice(*found.source)]) == (cue, source)


@pytest.mark.parametrize(
    "text", ["He resigned, citing health.", "The firm cut jobs, citing weak demand.", "She kept quoting at length."]
)
def test_reasons_are_nobodys_words(text: str) -> None:
    assert not list(chains.passed(text))


def test_a_source_within_a_source_is_divided() -> None:
    text = "According to the Ledger, Professor Lena Marr, said the dam was unsafe."
    outer, inner = span(text, "the Ledger, Professor Lena Marr"), span(text, "Professor Lena Marr")
    left = chains.divided(text, outer, inner)
    assert left and words_of(text, left) == "the Ledger"
    assert chains.divided(text, inner, inner) is None
    assert chains.divided(text, span(text, "Ledger, Professor"), span(text, "Ledger")) is None


@pytest.mark.parametrize(
    ("text", "through", "origin"),
    [
        (
            "According to the Tarrant news agency, citing two officials, the bridge will close on Monday.",
            "Tarrant news agency",
            "two officials",
        ),
        (
            "State television, quoting the interior ministry, said nine people had been arrested.",
            "State television",
            "interior ministry",
        ),
    ],
)
def test_a_chain_is_two_attributions_of_the_same_words(text: str, through: str, origin: str) -> None:
    reading = read(Article(id="", capture="", text=text, language="en"))
    outer = next(a for a in reading.attributions if through in words_of(text, a.source))
    inner = next(a for a in reading.attributions if origin in words_of(text, a.source))
    assert inner.within == outer.id and outer.within is None
    assert inner.content == outer.content


def test_a_reference_with_its_date_is_no_speaker() -> None:
    text = "“Bridge to close, say engineers” — Morning Ledger, August 15, 2031"
    assert labels.is_reference(text, span(text, "—"))
    assert not labels.is_reference("“We close on Monday.” — Lena Marr", span("“We close on Monday.” — Lena Marr", "—"))


def test_a_source_behind_according_to_ends_at_the_comma() -> None:
    text = "According to the Ledger, Lena Marr, head of the dam's board, said it was unsafe."
    source, content = span(text, "the Ledger, Lena Marr, head of"), span(text, "the dam's board, said it was unsafe.")
    parted = chains.at_comma(text, span(text, "According to"), source, content)
    assert parted and words_of(text, parted[0]) == "the Ledger"
    assert words_of(text, parted[1]) == "Lena Marr, head of the dam's board, said it was unsafe."
    assert chains.at_comma(text, span(text, "said"), span(text, "Lena Marr, head"), content) is None


def test_who_is_spoken_of_does_not_say_what_is_said_outside() -> None:
    text = "Orlan reported that Moravia got a warning, and called such moves “madness”. Moravia later called it wise."

    def found(source: str, cue: str, content: str) -> Found:
        return Found(span(text, source), span(text, cue), span(text, content), 1.0, 1.0)

    reported = found("Orlan", "reported", "that Moravia got a warning")
    called = found("Moravia", "called", "such moves “madness”")
    later = Found(span(text, "Moravia"), span(text, "later called"), span(text, "it wise"), 1.0, 1.0)
    outer, mended, kept = with_outer_subjects(text, [reported, called, later])
    assert outer == reported and words_of(text, mended.source) == "Orlan"
    assert kept == later  # another sentence is another matter
