import re

import pytest

from onrecord.read import contents
from onrecord.read.quotes import quoted
from onrecord.text import Spans, words_of
from tests.support import at


def mended(text: str, cue: str, *pieces: str) -> list[str]:
    spans: Spans = tuple(at(p, text) for p in pieces)
    return [text[s:e] for s, e in contents.mend(text, spans, (at(cue, text),), quoted(text))]


@pytest.mark.parametrize(
    ("text", "cue", "pieces", "wanted"),
    [
        ("“We are late,” she said.", "said", ["“We are late,”"], ["We are late"]),
        ("“We are very late today,” she said.", "said", ["We are very late"], ["We are very late today"]),
        ("“It is,” she said, “over.”", "said", ["“It is,”", "“over.”"], ["It is", "over."]),
        ("She said it was over.", "said", ["it was over."], ["it was over."]),
        ("She said that “we must go,” and left.", "said", ["that “we must go,”"], ["that “we must go,”"]),
        ("‘We are late,’ he snapped.", "snapped", ["‘We are late,’"], ["We are late"]),
        ("“I signed it.\n\n“I did not read it,” she said.", "said", ["I did not read it"], ["I did not read it"]),
        (
            "She said: “I signed it.\n\n“I did not read it.”",
            "said",
            ["“I signed it."],
            ["I signed it.", "I did not read it."],
        ),
    ],
)
def test_edges_whole_and_continued_quotations(text: str, cue: str, pieces: list[str], wanted: list[str]) -> None:
    assert mended(text, cue, *pieces) == wanted


def test_nothing_is_left_of_marks_alone() -> None:
    assert mended("“...” she said.", "said", "“...”") == []


def test_cues_lose_their_marks_but_a_mark_alone_stays() -> None:
    text = "She said: no. Solheim: yes."
    assert contents.tidy(text, (at("said:", text),)) == (at("said", text),)
    assert contents.tidy(text, (at(":", text, 1),)) == (at(":", text, 1),)


def marked(marked_text: str) -> tuple[str, dict[str, tuple[tuple[int, int], ...]]]:
    """A text without its marks, and what they held: `<s:the envoy>` is a source, c a cue, w the words said."""
    out, spans = "", {}
    for piece in re.split(r"(<\w:[^>]*>)", marked_text):
        if m := re.fullmatch(r"<(\w):([^>]*)>", piece):
            spans[m[1]] = (*spans.get(m[1], ()), (len(out), len(out) + len(m[2])))
            piece = m[2]
        out += piece
    return out, spans


@pytest.mark.parametrize(
    ("words", "source", "content"),
    [
        (
            "<w:Nine boats sank, the> opposition daily ‘<s:Nordpost’> <c:has reported>.",
            "the opposition daily ‘Nordpost’",
            "Nine boats sank",
        ),
        ("<w:Nine boats sank>, <s:Orlan> <c:said>.", "Orlan", "Nine boats sank"),
        (
            "<w:Nine boats, an envoy and a car sank, too>, <s:Orlan> <c:said>.",
            "Orlan",
            "Nine boats, an envoy and a car sank, too",
        ),
    ],
)
def test_source_and_content_are_parted_at_the_comma(words: str, source: str, content: str) -> None:
    text, spans = marked(words)
    named, said = contents.divided(text, spans["s"], spans["w"])
    assert (words_of(text, named), words_of(text, said)) == (source, content)


def test_what_is_said_in_between_goes_on_to_the_sentences_end() -> None:
    text, spans = marked("Moravia, as <s:the envoy> <c:said>, <w:will not march> and will not ask for land. It waits.")
    said = contents.parenthetical(text, spans["s"], spans["c"], spans["w"])
    assert words_of(text, said) == "will not march and will not ask for land"
    text, spans = marked("Moravia, <s:the envoy> <c:said>, <w:will not march> and that was all.")
    assert contents.parenthetical(text, spans["s"], spans["c"], spans["w"]) == spans["w"]


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("They told us <w:that the road was clear, but then it was shut>.", "that the road was clear"),
        ("They told us <w:that “we are poor but proud”>.", "that “we are poor but proud”"),
        ("They told us <w:nothing but lies>.", "nothing but lies"),
    ],
)
def test_a_nested_clause_ends_at_but(words: str, content: str) -> None:
    text, spans = marked(words)
    assert words_of(text, contents.clause(text, spans["w"], quoted(text))) == content


def test_a_source_in_quotation_marks_is_named_whole() -> None:
    text, spans = marked("He said “friends from some <s:ports>” <c:told> him of it.")
    named = contents.tidy(text, contents.whole_name(spans["s"], spans["c"], quoted(text)))
    assert words_of(text, named) == "friends from some ports"
