"""Long texts are read in parts, with nothing lost between them."""

from __future__ import annotations

import numpy as np

from onrecord.model import Article
from onrecord.read import attributions, network, read
from onrecord.read.attributions_found import Found
from onrecord.read.network import Encoded
from onrecord.read.windows import windows
from onrecord.text import words_of

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
