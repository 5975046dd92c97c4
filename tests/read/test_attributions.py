"""Long texts are read in parts, with nothing lost between them."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.model import Article
from onrecord.read import attributions, network, read
from onrecord.read.attributions_found import Found
from onrecord.read.attributions_together import from_the_start, with_clause_before
from onrecord.read.network import Encoded
from onrecord.read.windows import windows
from onrecord.text import words_of
from tests.support import at

PARAGRAPHS = (
    "The harbour board met again on Tuesday, and the ferry stayed in port.",
    "“The levy is too high,” Ingrid Solheim, the mayor, said. “We shall not pay it.”",
    "“The engineers came at noon.",
    "“They left before dusk,” she added.",
)


def encoded(text: str) -> list[Encoded]:
    nothing = np.zeros((0, 0), dtype=np.float32)
    return [Encoded(w, nothing, nothing, nothing) for w in windows(text, network.vocabulary())]


def test_the_parts_of_a_long_text_are_the_text() -> None:
    text = "\n\n".join(PARAGRAPHS * 400)
    parts = list(attributions.blocks(text, encoded(text)))
    assert len(parts) > 2 and "".join(part for _, part, _ in parts) == text
    for start, part, found in parts:
        assert text[start : start + len(part)] == part
        for e in found:
            assert all(0 <= a < b <= len(part) for a, b in e.window.spans)
        assert not part.startswith("“They left")  # a quotation that goes on is not cut


def test_a_short_text_is_one_part() -> None:
    text = "\n\n".join(PARAGRAPHS)
    ((start, part, _),) = attributions.blocks(text, encoded(text))
    assert (start, part) == (0, text)


def test_a_long_text_is_read_like_its_parts() -> None:
    once = "\n\n".join(PARAGRAPHS)
    one = read(Article(id="", capture="", text=once, language="en")).attributions
    text = "\n\n".join([once] * 130)
    many = read(Article(id="", capture="", text=text, language="en")).attributions
    assert len(many) == 130 * len(one) and len({a.id for a in many}) == len(many)
    assert {words_of(text, a.content) for a in many} == {words_of(once, a.content) for a in one}


def test_a_cue_that_is_passed_over_could_not_have_been_sure_enough() -> None:
    best = Found(((0, 5),), ((6, 10),), ((11, 20),), attributions.LEAST_CUE, 1.0)
    assert attributions.score_of(best, "x" * 20, [(10, 20)]) < attributions.LEAST_SCORE


def found(text: str, source: str, cue: str, content: str) -> Found:
    """A find, by the words of its parts."""
    return Found((at(source, text),), (at(cue, text),), (at(content, text),), 0.9, 0.9)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The bridge at Tarn, its only one, was shut before dawn, the mayor said.", "The bridge at Tarn, its only one, was shut before dawn"),
        ("TARN, June 3 (NW) — The bridge, its only one, was shut before dawn, the mayor said.", "The bridge, its only one, was shut before dawn"),
        ("The band at Tarn had played, and was shut before dawn, the mayor said.", ""),
        ("“We have gone,” a guide at Tarn said, was shut before dawn, the mayor said.", ""),
        ("The bridge at Tarn, its only one, was shut before dawn, the mayor said of the bridge itself.", ""),
    ],
)  # fmt: skip
def test_the_last_words_of_a_sentence_are_said_with_its_first(text: str, whole: str) -> None:
    cut = "and was shut before dawn" if "and was" in text else "was shut before dawn"
    f = found(text, "the mayor", "said" if "guide" not in text else "said.", cut)
    marks = [(0, 15)] if text.startswith("“") else []
    (got,) = from_the_start(text, [f], marks)
    assert words_of(text, got.content) == (whole or cut)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "whole"),
    [
        (
            "There are now 900 men in the town of Tarn, two envoys have told the Post, a strength that nobody knew.", "two envoys", "have told", "a strength that nobody knew",
            "There are now 900 men in the town of Tarn … a strength that nobody knew",
        ),
        ("On Sunday, two envoys told the Post, the men had left.", "two envoys", "told", "the men had left", "the men had left"),
        ("After the men had left the town of Tarn, two envoys told the Post, a calm fell.", "two envoys", "told", "a calm fell", "a calm fell"),
    ],
)  # fmt: skip
def test_the_clause_before_a_speaker_is_said_with_what_is_added(text: str, source: str, cue: str, content: str, whole: str) -> None:  # fmt: skip
    (got,) = with_clause_before(text, [found(text, source, cue, content)], [])
    assert words_of(text, got.content) == whole
