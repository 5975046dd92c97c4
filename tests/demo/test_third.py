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
APART = "the number before stands in another story of the affair, and numbers are not compared across stories"
TOLL = "“three passengers”, “rose to five” and “to four, from five” are not taken for one number"
STRANDED = (
    "“4,200 passengers”, “travelers … has reached 6,800” and “customers are still abroad” are not taken for one number"
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
    "change confirmed mon2-tna-ferrat 0": APART,
    "change confirmed mon2-grid-gauge 1": "Saturday's 479.1 metres are set beside Thursday's 482.3, not beside Saturday's 479.4",
    "change confirmed mon2-marapress-toll 2": APART,
    "change denied fri-brise-osk 0": "“spoke of « fables of shepherds »” is not read as a denial",
    "change denied sat-marapress-denial 2": "“do not exist” is not read as a denial of what the officers said",
    "change denied sun-osk-hospital 4": "“not three and not none” is not read as a denial of three",
    "change figure-moved thu-dpb-190 0": APART,
    "change figure-moved fri-osk-fighters 1": APART,
    "change figure-moved sat-marapress-denial 2": APART,
    "change figure-moved mon2-tna-ferrat 3": APART,
    "change figure-moved tue-tna-demands 4": APART,
    "change figure-moved thu-tna-release 5": APART,
    "change figure-moved thu-osk-hydro 6": APART,
    "change figure-moved sun-osk-hospital 7": APART,
    "change figure-moved thu-grid-level 8": "a level (“stood at 482.3 metres”) is of nothing, and two of one operator are not compared",
    "change figure-moved sat-tna-level 9": "a level (“fell to 479.4 metres”) is of nothing, and two of one operator are not compared",
    "change figure-moved tue2-post-kestrel 11": STRANDED,
    "change figure-moved wed-tna-derailment 12": TOLL,
    "change figure-moved fri-tna-derailment 13": TOLL,
    "change figure-moved mon2-grid-gauge 15": "“Power in Osk fell to 97 crowns” is not compared with “Osk baseload … was bid at 131 crowns”",
    "change figure-moved fri-tna-derailment 16": "“Twenty-six are still in hospital” counts nothing that is named, so that “Nine people” moves nothing",
    "change reversal sat-dpb-talks 0": "“There are talks” after “There are no talks” is taken for one quotation in two versions",
    "change quotation-differs tue-brise-dranik 0": "“Five million …” and “Fifteen million …” are one account, and their difference is told as nothing",
    "change attribution-dropped fri-anchor-osk 0": "“A private army of 230” is not set beside “230 fighters”",
    "no other change confirmed": "a denial that speaks of the killed guards is a second origin of their death",
    "name Interior Ministry": "one ministry is two bodies by its two names",
}


class TestThird(AsksStream):
    stream = Stream("third", MISSES, sizes=range(45, 61), days=9, outlets=9)
