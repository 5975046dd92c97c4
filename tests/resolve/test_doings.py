"""What those whom a number counts are, or go on doing."""

import pytest

from onrecord.read.figures import find
from onrecord.resolve.doings import doing
from onrecord.resolve.series import value_of
from tests.resolve.test_series import marked

DOINGS = [
    ("<140 roads> are still closed by snow.", "road clos"),
    ("The number of roads closed has risen to <150>.", "road clos"),
    ("<300 weavers> occupy the mill.", "weaver occupy mill"),
    ("The number of weavers occupying the mill has fallen to <210>.", "weaver occupy mill"),
    ("The number of those who boycott the vote rose to <4,000>.", ""),
    ("The number of tenants who boycott the vote rose to <4,000>.", "people boycot vote"),
    ("<90 students> of the academy in Tarn, the oldest in the land, have boycotted lectures since May.", "people boycot lectur"),
    ("<Forty schools> remain shut in Orva.", "school shut"),
    ("Some <70 barns> are under water.", "barn under water"),
    ("<12 delegates> attended the talks.", ""),
    ("<12 delegates> have signed the paper.", ""),
    ("<25 guests> are expected to stay.", ""),
    ("<600 people> nationwide have written.", ""),
    ("They found <30 people> asleep in the hall.", ""),
    ("The hall has <30 seats> and asks for more.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "deed"), DOINGS)
def test_what_those_who_are_counted_go_on_doing(words: str, deed: str) -> None:
    text, span, sentence = marked(words)
    f = next(f for f in find(text, ()) if f.span[0] < span[1] and span[0] < f.span[1])
    end = max(s[1] for s in (f.span, *f.of)) if all(s[0] >= f.span[0] for s in f.of) else f.span[1]
    found = doing(text, f, sentence, end, value_of(text, f.span, sentence))
    assert found == (f"doing {deed}" if deed else "")
