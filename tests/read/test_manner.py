import pytest

from onrecord.read import manner, quotes
from tests.support import at


@pytest.mark.parametrize(
    ("text", "cue", "content", "kind"),
    [
        ("“We are late,” she said.", "said", "We are late", "direct"),
        ("She said “we” were late.", "said", "“we” were late", "mixed"),
        ("She said we were late.", "said", "we were late", "indirect"),
        ("“They said it was over,” she recalled.", "said", "it was over", "indirect"),
        ("“They say: ‘We measure water,’” he told us.", "say", "We measure water", "direct"),
    ],
)
def test_kind(text: str, cue: str, content: str, kind: str) -> None:
    assert manner.kind(text, (at(cue, text),), (at(content, text),), quotes.quoted(text), quotes.single(text)) == kind


@pytest.mark.parametrize(
    ("text", "cue", "content", "act", "negated", "certainty"),
    [
        ("She said the bridge was closed.", "said", "the bridge was closed", "statement", False, "CT+"),
        ("She denied that the bridge was closed.", "denied", "that the bridge was closed", "statement", True, "CT-"),
        ("She has not said who will pay.", "has not said", "who will pay", "statement", True, "Uu"),
        ("Vell rejected claims that it leaks.", "rejected claims", "that it leaks", "statement", True, "CT-"),
        ("Vell did not deny that it leaks.", "did not deny", "that it leaks", "statement", True, "Uu"),
        ("Vell declined to confirm that it leaks.", "declined to confirm", "that it leaks", "statement", True, "Uu"),
        ("She asked whether the bridge was closed.", "asked", "whether the bridge was closed", "question", False, "Uu"),
        ("She told them to close the bridge.", "told", "to close the bridge", "order", False, "Uu"),
        ("She believes the bridge is closed.", "believes", "the bridge is closed", "belief", False, "PR+"),
        (
            "She does not believe the bridge is closed.",
            "does not believe",
            "the bridge is closed",
            "belief",
            True,
            "PR-",
        ),
        ("She said the bridge may be closed.", "said", "the bridge may be closed", "statement", False, "PS+"),
        ("She said it was probably the wind.", "said", "it was probably the wind", "statement", False, "PR+"),
        ("She said a flood was unlikely.", "said", "a flood was unlikely", "statement", False, "PR-"),
        ("She said it would appear to be over.", "said", "it would appear to be over", "statement", False, "PR+"),
        ("“Who pays?” she said.", "said", "Who pays?", "statement", False, "Uu"),
        ("The bridge fell, reportedly.", "reportedly", "The bridge fell", "statement", False, "PR+"),
        ("They fear a flood.", "fear", "a flood", "feeling", False, "PS+"),
        ("They plan to open it in May.", "plan", "to open it in May", "intention", False, "Uu"),
    ],
)
def test_act_negation_and_certainty(text: str, cue: str, content: str, act: str, negated: bool, certainty: str) -> None:
    c, k = (at(cue, text),), (at(content, text),)
    what, denied = manner.act(text, c, k), manner.negated(text, c)
    assert (what, denied, manner.certainty(text, c, k, what, denied)) == (act, negated, certainty)


def test_cue_words_are_inflected() -> None:
    words = manner.cue_words()
    assert {"says", "said", "pointed out", "denies", "urged", "believing"} <= words.keys()
