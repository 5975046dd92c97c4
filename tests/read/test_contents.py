import pytest

from onrecord.read import contents
from onrecord.read.quotes import quoted
from onrecord.text import Spans
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
