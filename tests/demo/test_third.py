"""The third stream, a dam seized by gunmen: a blind test of what the record makes of an affair of another kind than those it was built beside.

Texts and `expected.toml` were written without sight of the rules that resolve and watch, and before the stream was ever replayed. What does not hold today stands in
`MISSES`, each with its reason, and is run all the same: it shows as xfailed, and as xpassed once it holds. `python -m evaluation.demo --stream tests/streams/third`
gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

OWN = "pages of one outlet are put together by its manner (Marapress, Free Radio Osk), not with the happening"
AFTERWARDS = "what is told afterwards, the denial or the toll, is put apart from what it is about"
AFFAIR = "two happenings of one affair that share its people and words are one story"
MISSES: dict[str, str] = {
    "story Gunmen seize the dam": OWN,
    "story The dam is stormed": AFTERWARDS,
    "story Kestrel Air collapses": AFTERWARDS,
    "apart Arlow's number": AFFAIR,
    "apart Calloway's estimate": AFFAIR,
    "apart Vasko admits to talks": AFFAIR,
    "apart The dam is stormed": OWN,
}


class TestThird(AsksStream):
    stream = Stream("third", MISSES, sizes=range(45, 61), days=9, outlets=9)
