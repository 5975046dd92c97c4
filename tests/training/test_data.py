"""Training windows: what their tokens are labelled with, and which part of the documents they are in."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from onrecord.read.network import vocabulary
from onrecord.read.windows import windows
from training import data

SENTENCES = {
    "Ferries stopped .": ("stopped", 3.0),
    "Gulls circled .": ("circled", 3.0),
    "Pilots never struck .": ("struck", -3.0),
}


def write(path: Path) -> None:
    """The sentences with their last word as the event."""
    lines = [
        {"text": text, "targets": [{"span1": [len(text.split()) - 2, len(text.split()) - 1], "label": label}]}
        for text, (_, label) in SENTENCES.items()
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def test_facts_are_at_their_words_each_sentence_twice(tmp_path: Path) -> None:
    for name in ("MEANTIME_train", "UDS_IH2_dev", "MV2_train"):
        write(tmp_path / f"{name}.jsonl")
    pieces = {vocabulary().cut([word])[0][0]: label / data.FULL for word, label in SENTENCES.values()}
    seen: Counter[tuple[int, int]] = Counter()
    for e in data.facts(tmp_path, vocabulary()):
        for token, column, score in e.facts:
            piece = e.window.pieces[e.window.first[token]]
            assert pieces[piece] == score
            seen[column, piece] += 1
    assert all(seen[data.FACTS.index(name), piece] == 2 for name in ("MEANTIME", "MV2") for piece in pieces)


def test_half_of_uds_is_held_out(tmp_path: Path) -> None:
    for name in ("MEANTIME_train", "UDS_IH2_dev", "MV2_train"):
        write(tmp_path / f"{name}.jsonl")
    uds = data.FACTS.index("UDS_IH2")
    trained = sum(column == uds for e in data.facts(tmp_path, vocabulary()) for _, column, _ in e.facts)
    assert trained == 2 * sum(not data.held_out(text) for text in SENTENCES)


def test_verbs_are_what_looks_like_one() -> None:
    text = "The mayor has promised to repair the old bridge, and ferries may sail."
    window = windows(text, vocabulary())[0]
    assert [text[slice(*window.spans[k])] for k in data.verbs(text, window)] == ["promised", "repair", "sail"]


def test_rules_label_what_did_not_happen() -> None:
    text = "Orla Venn refused to sail."
    window = windows(text, vocabulary())[0]
    scores = {text[slice(*window.spans[k])]: score for k, _, score in data.label_rules(text, window)}
    assert scores["refused"] > 0.5 and scores["sail"] < -0.5


def test_windows_of_one_document_are_in_one_part() -> None:
    assert len({data.fold_of(name) for name in map(str, range(200))}) == data.FOLDS
    assert data.fold_of("harbour-1") == data.fold_of("harbour-1")
