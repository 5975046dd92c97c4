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
PASS = "“pass 200” arms figures of traffic, and takes the dam for whose they are"
LEVEL = "“the lake falls below” ties numbers to the word lake only where it stands beside them: “the lake fell to 479.4 metres” is not seen"
OFFICE = (
    "two officials “in the office of President Lena Harsany” are taken for her, and what she may do for what she said"
)
MISSES: dict[str, str] = {
    "story Gunmen seize the dam": OWN,
    "story The radio's 230, and its denial": AFTERWARDS,
    "story The dam is stormed": AFTERWARDS,
    "story Kestrel Air collapses": AFTERWARDS,
    "apart Arlow's number": AFFAIR,
    "apart Calloway's estimate": AFFAIR,
    "apart Vasko admits to talks": AFFAIR,
    "apart The dam is stormed": OWN,
    "alert gunmen fri-osk-fighters": PASS,
    "alert gunmen fri-observer-dranik": PASS,
    "alert gunmen mon2-tna-ferrat": PASS,
    "alert lake sat-tna-level": LEVEL,
    "alert lake mon2-grid-gauge": LEVEL,
    "first gunmen fri-osk-fighters": PASS,
    "first gunmen fri-observer-dranik": PASS,
    "first gunmen mon2-tna-ferrat": PASS,
    "first lake sat-tna-level": LEVEL,
    "first lake mon2-grid-gauge": LEVEL,
    "alerts no other": "two officials are taken for the president, and six wounded soldiers for an assault by their own country",
    "quiet thu-osk-hydro she would be prepared to consider an amnesty": OFFICE,
    "against sat-marapress-denial There are not 230 of them": PASS,
    "against sat-marapress-denial no more than 150 armed persons": PASS,
    "against sat-marapress-denial The figure of 230 bandits": PASS,
    "against sat-tna-denial He said there were no more than 150": PASS,
    "change confirmed mon2-tna-ferrat 0": "262 is another number than 230, though both are more than 200",
    "change confirmed mon2-grid-gauge 1": "an instrument of another body, known by a description, is not sure to be another source",
    "change denied sun-osk-hospital 4": "“not three and not none” is not read as a denial of three",
    "change attribution-dropped fri-anchor-osk 0": "“A private army of 230” is not set beside “230 fighters”",
}


class TestThird(AsksStream):
    stream = Stream("third", MISSES, sizes=range(45, 61), days=9, outlets=9)
