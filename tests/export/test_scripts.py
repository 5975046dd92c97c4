"""Words of any script on a printed line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.scripts import LONGEST, joined, spans

OURS = "".join


def has(c: str) -> bool:
    """A font of Latin, Hebrew and Arabic with its joined forms."""
    return ord(c) < 0x250 or 0x590 <= ord(c) < 0x700 or 0xFB1D <= ord(c) <= 0xFEFC or c in "“”‘’…—\u00a0"


def line(words: str) -> str:
    return "".join(text for _, text in spans(words, has))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Plain “words”, 12.5 per cent", "Plain “words”, 12.5 per cent"),
        ("He said שלום there", "He said םולש there"),
        ("(שלום עולם)", "(םלוע\u00a0םולש)"),
        ("an (א (ב) ג) b", "an (ג\u00a0(ב)\u00a0א) b"),
        ("א 12.5 ב", "ב\u00a012.5\u00a0א"),
        ("שָׁלוֹם", "םוֹלשָׁ"),  # points stay behind the letters that they belong to
        ("\u202egnp.exe", "gnp.exe"),
        ("a\tb\u2028c", "a b c"),
        ("नमस्ते!", "[Devanagari, 6 characters]!"),
        ("ok 😀😀", "ok [Signs, 2 characters]"),
    ],
)
def test_as_it_is_seen(words: str, shown: str) -> None:
    assert line(words) == shown


def test_arabic_letters_are_joined() -> None:
    assert [unicodedata.name(c).rpartition(" ")[2] for c in joined("سبب")] == ["FORM"] * 3
    assert [unicodedata.decomposition(c).split()[0] for c in joined("سبب")] == ["<initial>", "<medial>", "<final>"]
    assert joined("سلام") == "\ufeb3\ufefc\ufee1"  # seen, lam with alef joined to it, and meem on its own
    assert joined("دار") == "\ufea9\ufe8d\ufead"  # letters that join nothing behind them
    assert joined("latin") == "latin"


def test_each_character_goes_to_a_font_that_has_it() -> None:
    assert list(spans("a 北京 カナ 한국", has)) == [
        ("", "a "),
        ("chinese", "北京"),
        ("", " "),
        ("japanese", "カナ"),
        ("", " "),
        ("korean", "한국"),
    ]


def test_a_long_run_begins_lines_of_its_own() -> None:
    lines = line("said " + "שלום " * 40).split("\n")
    assert lines[0] == "said " and all(len(one) <= LONGEST for one in lines[1:]) and len(lines) > 3


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, categories=["L", "N", "P", "S", "Zs"])))
def test_what_runs_from_left_to_right_stays_as_it_is(words: str) -> None:
    clean = unicodedata.normalize("NFC", words.replace("\u00ad", ""))
    assert line(words) == clean


@given(st.text())
def test_nothing_that_cannot_be_shown_is_left(words: str) -> None:
    for font, text in spans(words, has):
        assert font or all(has(c) or c == "\n" for c in text)
