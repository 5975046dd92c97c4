"""The fast reader: the same kind of Reading, told apart by its version, and refused in one line where its files are missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import read_page
from onrecord.errors import SetupError
from onrecord.model import Article, Capture, Reading
from onrecord.read import network, read, reader, windows
from onrecord.settings import from_environment
from onrecord.text import covers
from onrecord.workers import Job, answers

PAGE = "examples/harbour-levy.html"
SENTENCES = (
    "The bridge will reopen in May, the transport minister said on Monday.",
    '"We were never asked," Mira Halloran told reporters.',
    "According to the harbour board, 300 workers have left.",
    "Gulls circled over the pier.",
    "“If the levy rises, we strike,” said Tomas Oduya of the pilots' union.",
)


def text_of(picked: list[str]) -> str:
    return "\n\n".join(picked)


def spans_of(reading: Reading) -> list[tuple[int, int]]:
    """All spans of a reading's attributions."""
    return [s for a in reading.attributions for s in (*a.source, *a.cue, *a.content)]


def test_a_fast_reading_says_so_and_another_does_not() -> None:
    fast, whole = read_page(PAGE, fast=True), read_page(PAGE)
    assert fast.reader == reader(fast=True) != whole.reader == reader()
    assert fast.reader.version == f"{whole.reader.version}+fast"
    assert fast.article == whole.article


def test_it_reads_with_the_smaller_network() -> None:
    small, whole = network.shipped(fast=True), network.shipped()
    window = windows("Mira Halloran said on Monday that the bridge was safe.", network.vocabulary())
    a, b = (network.encode(net, window)[0] for net in (small, whole))
    assert a.states.shape == b.states.shape
    assert abs(a.states - b.states).max() > 0.01
    sizes = [sum(len(network.weights(f"{f}{n}.onnx")) for n in ("encoder", "roles")) for f in ("fast/", "")]
    assert sizes[0] < sizes[1]


def test_plain_sayings_are_found() -> None:
    text = text_of([SENTENCES[0], SENTENCES[1]])
    found = read(Article(id="", capture="", text=text, language="en"), fast=True).attributions
    assert [text[slice(*a.source[0])] for a in found] == ["the transport minister", "Mira Halloran"]
    assert "The bridge will reopen in May" in text[slice(*found[0].content[0])]
    assert "We were never asked" in text[slice(*found[1].content[0])]


@settings(max_examples=15)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_every_span_lies_in_the_text_and_what_is_within_lies_in_its_parent(picked: list[str]) -> None:
    text = text_of(picked)
    reading = read(Article(id="", capture="", text=text, language="en"), fast=True)
    assert all(0 <= s < e <= len(text) and text[s:e].strip() for s, e in spans_of(reading))
    by_id = {a.id: a for a in reading.attributions}
    assert all(covers(by_id[a.within].content, a.cue) for a in reading.attributions if a.within)
    assert reading == read(Article(id="", capture="", text=text, language="en"), fast=True)


def test_missing_files_are_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = network.weights

    def gone(name: str) -> bytes:
        return whole("no such folder/" + name if name.startswith("fast/") else name)

    monkeypatch.setattr(network, "weights", gone)
    network.shipped.cache_clear()
    try:
        with pytest.raises(SetupError, match=r"^the model file .*fast/.* is missing .*$"):
            read_page(PAGE, fast=True)
        with pytest.raises(SetupError, match="is missing"):
            answers(fast=True)
        assert read_page(PAGE).reader == reader()
    finally:
        network.shipped.cache_clear()


def test_workers_read_fast_where_that_is_wanted() -> None:
    job = Job(Capture(name="x", body=Path(PAGE).read_bytes()))
    for fast in (False, True):
        got = answers(fast)(job)
        assert isinstance(got, Reading) and got.reader == reader(fast)


def test_the_environment_can_want_it() -> None:
    assert from_environment({"ONRECORD_FAST": "1"}).fast
    assert not from_environment({"ONRECORD_FAST": "0"}).fast and not from_environment({}).fast
    with pytest.raises(SetupError, match="ONRECORD_FAST"):
        from_environment({"ONRECORD_FAST": "quickly"})
