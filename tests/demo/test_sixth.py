"""The sixth stream, an exchange of prisoners with tainted milk beside it: a blind test of what the record made of affairs that nothing was built beside.

Texts and `expected.toml` were written without sight of the rules that read, resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with what it seems to be about, seen from outside, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/sixth` gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.causes import MIXED
from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

AFTERWARDS = "reports of one happening in another manner (a tabloid, a scene, a general’s answer), or what is admitted of it later, are put apart"
ELLIPSIS = "a bare number or a noun left out (“had grown to 45”, “There are 61”, “from 50,000 crowns to 200,000”) is not tied to what it counts"
WORDED = "a count that goes on in other words (“were taken to hospital”, “were in hospital”; infants, children; captives, prisoners) is not followed"
PRICES = "prices and shares are not followed from one article to the next"
UNPAIRED = "two reports that say the same in other words are not set beside each other"
PLACE = "the condition is armed for Thornby, which its article does not say: so that the country’s children are untied"
MISSES: dict[str, str] = {
    "figure tue-lpa-milk Nineteen of them": "“Nineteen of them” is read as no figure of children",
    "figure thu-ebn-amory 33": "“At the Foundling 33” has no noun and no verb",
    "figure mon-lpa-milk One child": "“One child” is not read as a number",
    "figure wed-lpa-trilane more than 90 micrograms": "“In no tin have we found more than 90” is not read as a ceiling",
    "figure tue2-tma-exchange one breach": "“one breach” is not read as a number",
    "misquote tue2-comet-exchange": "a headline that leaves out the end of what was said stands in the article word for word",
    "story The exchange is put off": AFTERWARDS,
    "story Shells on Orlec": AFTERWARDS,
    "story The exchange on the bridge": AFTERWARDS,
    "story Dawnmilk is recalled": AFTERWARDS,
    "story The nurses' 112, its denial and admission": AFTERWARDS,
    "apart Prisoners in Kolm refuse food": MIXED,
    "apart Vane names a number": MIXED,
    "apart The exchange is put off": MIXED,
    "apart The Commission's 68": MIXED,
    "apart Korda frees Petrik": MIXED,
    "apart The exchange on the bridge": MIXED,
    "apart Nineteen who are too weak": MIXED,
    "apart A second death, and a wider recall": MIXED,
    "apart The count is lowered": MIXED,
    "alert children sat-examiner-112": PLACE,
    "first children sat-examiner-112": PLACE,
    "first children mon2-lpa-118": PLACE,
    "against sun-lpa-commission at no more than 35": "what the prison service is quoted with behind the count is not kept as evidence against",
    "against sun-lpa-rusk It is not true, and whoever says so should not be near a child": PLACE,
    "against sun-lpa-rusk There are 61": PLACE,
    "against wed-lpa-trilane In no tin have we found more than 90 micrograms": "“In no tin have we found more than 90” is not read as a ceiling",
    "against sat-tma-orlec Not one shell has left our side": "“Not one shell has left our side” and “Our artillery has not fired” do not name the town",
    "against sat-morning-orlec Our artillery has not fired": "“Not one shell has left our side” and “Our artillery has not fired” do not name the town",
    "change confirmed sat-comet-orlec 3": UNPAIRED,
    "change confirmed thu-tma-postponed 6": UNPAIRED,
    "change confirmed thu-lpa-milk 7": UNPAIRED,
    "change confirmed fri-tribune-march 8": UNPAIRED,
    "change confirmed tue2-tamber-exchange 9": UNPAIRED,
    "change confirmed tue2-ebn-violin 10": UNPAIRED,
    "change denied thu-tribune-postponed 2": "“has not broken off the talks” in the paper’s own voice is not set beside the claim, which is what “they understand” in a ministry",
    "change denied sat-tma-orlec 5": "“Not one shell has left our side” is no denial by its words",
    "change denied tue-dairy-merrow 0": "who denies that the milk is at fault is not read as its speaker",
    "no other change confirmed": "a number told by another outlet is taken for one more who has it from himself",
    "change figure-moved thu-ebn-amory 14": ELLIPSIS,
    "change figure-moved mon2-lpa-118 16": "“Four children have died” is not set beside the one or the three",
    "change figure-moved wed-lpa-trilane 18": "“In no tin have we found more than 90” is not read as a ceiling",
    "change figure-moved sun-ebn-university 19": WORDED,
    "change figure-moved wed-lpa-trilane 21": PRICES,
    "change figure-moved tue2-dairy-towers 25": PRICES,
    "change figure-moved wed2-comet-rusk 26": PRICES,
    "change figure-moved tue2-dairy-towers 27": PRICES,
    "change figure-moved mon2-dairy-denial 28": "“poured away 60,000 litres on Thursday” and “85,000 litres a day” are not set beside each other",
    "change figure-moved tue2-tma-exchange 31": "“one breach” is not read as a number",
    "change figure-moved sat-tma-orlec 32": "“I counted four” and “Six rounds were fired” have no noun in common",
    "change figure-moved thu-lpa-violin 38": PRICES,
    "change figure-moved sun-lpa-bike 39": ELLIPSIS,
    "change figure-moved sat-ebn-croc 40": "a length that two outlets give differently is no figure of a series",
    "change reversal tue2-lpa-arrest 1": "“There is nothing wrong with our milk” and “Our milk was contaminated” are not taken for opposites",
    "change attribution-dropped sun-comet-112 0": "“112 tots” for 112 children is not taken for what the sources had said",
    "change misquote tue2-comet-exchange 0": "a headline that leaves out the end of what was said stands in the article word for word",
    "no other change denied": "“I did not ask the right question” is told as a denial",
    "no other change figure-moved": "nineteen who are to be flown home are taken for those who refuse food",
}


class TestSixth(AsksStream):
    stream = Stream("sixth", MISSES, sizes=range(64, 77), days=10, outlets=11)
