"""What a number without a noun counts: by its predicate, by what was counted before it, or by the question that it answers."""

import pytest

from onrecord.model import Figure
from onrecord.read.figures import find
from onrecord.read.sentences import sentences
from onrecord.resolve.claims import is_capped, told_anew
from tests.resolve.test_series import marked

TOLD = [
    ("The number of drones shot down is rising, he said. It stands at <14> since Monday.", "done drone shoot-down"),
    ("The weather is fine. It stands at <14> since Monday.", ""),
    ("The number of hostages fell to 30, he said. The number is <28> now.", "captivity"),
    ("Of the people arrested since last week <212> remained in detention.", "arrests"),
    ("Of the 160 miners <12> have been freed.", "release"),
    ("<97> of the 160 are still in hospital.", "hospital"),
    ("How many roads are closed? “<About 140>,” she said.", "doing road clos"),
    ("How many are hostages? We asked. <12> is a good number.", ""),
    ("They go from one police station to the next. How many people are being held? This morning it was <164>.", "arrests"),
    ("The raiders are in the mint. How many people are being held? This morning it was <64>.", "captivity"),
    ("Some 40 people were in custody in Orva. The ministry's figure is <30>.", "arrests"),
    ("Some 40 people were in custody in Orva. The minister insisted on <no more than 30>.", "arrests"),
    ("In the pit 210 miners are trapped. By Friday it was <190>.", "captivity"),
    ("In the pit 210 miners are trapped. The union's count was <240>.", "captivity"),
    ("In the pit 210 miners are trapped. On Monday it had been <170>.", ""),
    ("In the pit 210 miners are trapped. The shaft was <190>.", ""),
    ("How many have died? At least <14>.", "deaths"),
    ("How many have sung? At least <14>.", ""),
    ("About <3,200> have left, the mayor said.", "done people leave"),
    ("“About <3,200> is right,” the mayor said.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "series"), TOLD)
def test_what_a_bare_number_tells_anew(words: str, series: str) -> None:
    text, start = words.replace("<", "").replace(">", ""), words.index("<")
    where, figures = list(sentences(text)), list(find(text, ()))
    told: tuple[str, str] = ("", "")
    last: tuple[Figure, tuple[str, str]] | None = None
    for figure in figures:
        sentence = next(s for s in where if s[0] <= figure.span[0] < s[1])
        f, told = told_anew(text, figure, figures, sentence, last)
        if figure.span[1] > start:
            break
        last = (f, told) if any(told) else last
    assert (told[0] or told[1]) == series


CEILINGS = [
    ("The number of recruits does not <exceed 900>.", True),
    ("The number of recruits has not <exceeded 900>.", True),
    ("The number of recruits will not <exceed 900>.", False),
    ("The number of recruits is not <below 900>.", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "ceiling"), CEILINGS)
def test_what_is_not_exceeded_now_is_a_ceiling(words: str, ceiling: bool) -> None:
    text, span, _ = marked(words)
    assert is_capped(text, span) == ceiling
