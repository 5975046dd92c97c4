"""Second sayings that "with" adds to a sentence."""

import pytest

from onrecord.model import Article
from onrecord.read import absolutes, read
from onrecord.read.attributions_found import Found
from tests.support import at


def parts(text: str, cue: str = "say") -> list[tuple[str, str, str]]:
    """Source, cue and content of the finds, where all behind the cue was taken for what is said."""
    start, end = at(cue, text)
    whole = Found(((0, start - 1),), ((start, end),), ((end + 1, len(text)),), 0.9, 0.9)
    return [
        (text[slice(*f.source[0])], text[slice(*f.cue[0])], text[slice(*f.content[0])])
        for f in absolutes.parted(text, [whole])
    ]


def test_with_somebody_saying_is_a_saying_of_its_own() -> None:
    assert parts("Officials say each case is looked at, with the Harn Post reporting nobody was turned down.") == [
        ("Officials", "say", "each case is looked at"),
        ("the Harn Post", "reporting", "nobody was turned down."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Officials say the port grew, with the docks adding 1,500 jobs in a year.",
        "Officials say the firms will merge, with the new one claiming residency in Brod.",
        "Officials say with some regret noting the loss was hard for them.",
    ],
)
def test_other_participles_part_nothing(text: str) -> None:
    assert len(parts(text)) == 1


def test_what_nobody_has_said_is_nobodys() -> None:
    found = read(
        Article(
            id="x" * 64,
            capture="sha256:" + "0" * 64,
            text="No group has claimed that it sank the ferry.",
            language="en",
        )
    )
    assert [(a.negated, a.speaker) for a in found.attributions] == [(True, None)]
    assert not found.entities


def test_a_consequence_leaves_out_who_says_it() -> None:
    text = "Officials fear the fever could spread unless more children are treated."
    found = read(Article(id="x" * 64, capture="sha256:" + "0" * 64, text=text, language="en"))
    assert [text[slice(*c.then[0])] for c in found.conditions] == ["the fever could spread"]
