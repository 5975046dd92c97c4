import pytest

from onrecord.read import contents
from onrecord.read.quotes import quoted
from onrecord.text import Spans, words_of
from tests.marked import Record, parse
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


def marked(words: str) -> tuple[str, Record]:
    """A text and its one record."""
    text, records = parse(words)
    return text, records[1]


@pytest.mark.parametrize(
    ("words", "source", "content"),
    [
        (
            "[content#1 Nine boats sank, the] opposition daily ‘[source#1 Nordpost’] [cue#1 has reported].",
            "the opposition daily ‘Nordpost’",
            "Nine boats sank",
        ),
        ("[content#1 Nine boats sank], [source#1 Orlan] [cue#1 said].", "Orlan", "Nine boats sank"),
        (
            "[content#1 Nine boats, an envoy and a car sank, too], [source#1 Orlan] [cue#1 said].",
            "Orlan",
            "Nine boats, an envoy and a car sank, too",
        ),
    ],
)
def test_source_and_content_are_parted_at_the_comma(words: str, source: str, content: str) -> None:
    text, said = marked(words)
    source_, content_ = contents.divided(text, said.source, said.content)
    assert (words_of(text, source_), words_of(text, content_)) == (source, content)


def test_what_is_said_in_between_goes_on_to_the_sentences_end() -> None:
    text, said = marked(
        "Moravia, as [source#1 the envoy] [cue#1 said], [content#1 will not march] and will not ask for land. It waits."
    )
    whole = contents.parenthetical(text, said.source, said.cue, said.content)
    assert words_of(text, whole) == "will not march and will not ask for land"
    text, said = marked("Moravia, [source#1 the envoy] [cue#1 said], [content#1 will not march] and that was all.")
    assert contents.parenthetical(text, said.source, said.cue, said.content) == said.content


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("They told us [content#1 that the road was clear, but then it was shut].", "that the road was clear"),
        ("They told us [content#1 that “we are poor but proud”].", "that “we are poor but proud”"),
        ("They told us [content#1 nothing but lies].", "nothing but lies"),
    ],
)
def test_a_nested_clause_ends_at_but(words: str, content: str) -> None:
    text, said = marked(words)
    assert words_of(text, contents.clause(text, said.content, quoted(text))) == content


def test_a_source_in_quotation_marks_is_named_whole() -> None:
    text, said = marked("He said “friends from some [source#1 ports]” [cue#1 told] him of it.")
    named = contents.tidy(text, contents.whole_name(said.source, said.cue, quoted(text)))
    assert words_of(text, named) == "friends from some ports"


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("It is so, a Quarrinese weekly reported.", "a Quarrinese", "a Quarrinese weekly"),
        ("It is so, the Quarrinese agency reported.", "the Quarrinese", "the Quarrinese agency"),
        ("It is so, the Lantern later reported.", "the Lantern", "the Lantern"),
        ("It is so, the Lantern reported.", "the Lantern", "the Lantern"),
        ("It is so, Ilse Marrow who reported.", "Ilse Marrow", "Ilse Marrow"),
    ],
)
def test_a_source_is_whole_with_its_noun(text: str, source: str, whole: str) -> None:
    found = contents.whole_noun(text, (at(source, text),), (at("reported", text),))
    assert [text[slice(*s)] for s in found] == [whole]
