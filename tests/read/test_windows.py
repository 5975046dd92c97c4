import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read import decode, network
from onrecord.read.windows import MAX_PIECES, segment, tokens, windows

TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=300)


@settings(max_examples=60)
@given(TEXTS)
def test_every_token_is_in_exactly_one_window(text: str) -> None:
    found = windows(text, network.vocabulary())
    assert [s for w in found for s in w.spans] == tokens(text)
    assert all(len(w.pieces) <= MAX_PIECES and len(w.pieces) == len(w.features) for w in found)


def test_long_paragraphs_are_cut_and_breaks_are_kept() -> None:
    found = windows("word " * 1000 + "\n\nnext one", network.vocabulary())
    assert len(found) > 3
    assert found[-1].paragraph[-1] != found[0].paragraph[0]


def test_a_segment_is_the_cue_s_paragraph() -> None:
    window = windows("One here.\n\nTwo said so.\n\nThree.", network.vocabulary())[0]
    a, b = segment(window, [4])
    assert ["One here.\n\nTwo said so.\n\nThree."[slice(*s)] for s in window.spans[a:b]] == ["Two", "said", "so", "."]


def test_best_paths_prefer_to_stay() -> None:
    scores = np.log(np.array([[[0.9, 0.05, 0.05], [0.4, 0.1, 0.5], [0.9, 0.05, 0.05]]], dtype=np.float32))
    free = decode.best_paths(scores, np.zeros((1, 3), dtype=np.float32))
    dear = decode.best_paths(scores, np.full((1, 3), 5.0, dtype=np.float32))
    assert free.tolist() == [[0, 2, 0]] and dear.tolist() == [[0, 0, 0]]


def test_the_source_is_the_run_with_most_evidence() -> None:
    scores = np.full((6, 3), -5.0, dtype=np.float32)
    scores[:, 0] = -0.5
    scores[1, 1] = scores[3, 1] = scores[4, 1] = -0.1
    assert decode.source_run(scores) == (3, 5)
    assert decode.source_run(scores[:1]) is None
