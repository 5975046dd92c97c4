"""The tenth stream, brigades of foreigners and the displaced, with a mine accident, a hospital’s stolen records and a doping affair beside it: a blind test of what the record made of affairs that nothing was built beside.

Texts and `expected.toml` were written without sight of the rules that read, resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with what it seems to be about, seen from outside, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/tenth` gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.causes import (
    AGAINST,
    APART,
    DENIAL,
    DROPPED,
    HEADLINE,
    MIXED,
    OTHER,
    REVERSAL,
    UNPAIRED,
    WORDED,
)
from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

PARSED = "the page is not parsed to just its own words"
ARMED = "a condition is armed otherwise than an analyst would"
COPY = "whose text is carried, or whose word it is, is told otherwise"
MISSES: dict[str, str] = {
    "page d1-advertiser-brigades": PARSED,
    "misquote d10-flash-valko": HEADLINE,
    "armed no other": ARMED,
    "armed foreigners": ARMED,
    "story Lindholm is accused": APART,
    "apart The Free Brigades are raised": MIXED,
    "apart Quist names a number": MIXED,
    "apart The observers' 2,450": MIXED,
    "apart Raimer promises open crossings": MIXED,
    "apart Velm and Stade are closed": MIXED,
    "apart Valko is to be freed": MIXED,
    "apart Valko's release is put off": MIXED,
    "apart The Coast Union votes": MIXED,
    "apart St Aldhelm's writes letters": MIXED,
    "apart The Heron's 320,000, and its denial": MIXED,
    "apart The commissioner's 322,000": MIXED,
    "apart Lindholm is accused": MIXED,
    "apart Lindholm is cleared": MIXED,
    "copies": COPY,
    "origin d7-standard-ornau": COPY,
    "alerts no other": OTHER,
    "against d7-voice-denial It is not true that 2,300 foreigners are trained": AGAINST,
    "against d7-voice-denial In Dolna there are 1,850 foreign citizens, and not one more": AGAINST,
    "against d7-cta-denial denied on Sunday that more than 2,300 foreigners were being trained": AGAINST,
    "against d7-cta-denial He put the number at 1,850": AGAINST,
    "against d10-cta-sanctions Karvenia maintains that there are fewer than 2,000": AGAINST,
    "against d8-voice-fuel The figure of nineteen days is the fruit of somebody’s fantasy": AGAINST,
    "against d8-voice-fuel we have not less than 24 days": AGAINST,
    "change confirmed d4-standard-crossings 7": UNPAIRED,
    "change confirmed d5-meridian-valko 8": UNPAIRED,
    "change confirmed d5-meridian-doping 9": UNPAIRED,
    "change confirmed d7-lbs-hospital 10": UNPAIRED,
    "change denied d3-standard-doping 2": DENIAL,
    "change denied d4-voice-crossings 3": DENIAL,
    "change denied d5-cta-tilsen 5": DENIAL,
    "change denied d5-lbs-openhand 6": DENIAL,
    "change denied d5-meridian-valko 7": DENIAL,
    "change denied d10-cta-sanctions 13": DENIAL,
    "change figure-moved d5-cta-1900 0": WORDED,
    "change figure-moved d6-ledger-2300 1": WORDED,
    "change figure-moved d7-voice-denial 2": WORDED,
    "change figure-moved d4-voice-crossings 4": WORDED,
    "change figure-moved d5-cta-1900 5": WORDED,
    "change figure-moved d10-voice-conscription 6": WORDED,
    "change figure-moved d5-cta-tilsen 7": WORDED,
    "change figure-moved d2-cta-displaced 8": WORDED,
    "change figure-moved d2-cta-displaced 9": WORDED,
    "change figure-moved d3-advertiser-water 10": WORDED,
    "change figure-moved d5-lbs-openhand 12": WORDED,
    "change figure-moved d7-advertiser-ornau 13": WORDED,
    "change figure-moved d9-meridian-openhand 16": WORDED,
    "change figure-moved d8-voice-fuel 19": WORDED,
    "change figure-moved d7-meridian-ornau 23": WORDED,
    "change figure-moved d8-lbs-live 24": WORDED,
    "change figure-moved d10-meridian-mine 32": WORDED,
    "change figure-moved d8-meridian-mine 38": WORDED,
    "change figure-moved d10-meridian-mine 39": WORDED,
    "change figure-moved d9-lbs-records 42": WORDED,
    "change figure-moved d9-lbs-records 43": WORDED,
    "change reversal d10-voice-conscription 3": REVERSAL,
    "change quotation-differs d7-voice-denial 2": HEADLINE,
    "change attribution-dropped d6-flash-foreigners 0": DROPPED,
    "change attribution-dropped d8-flash-fuel 1": DROPPED,
    "change misquote d10-flash-valko 1": HEADLINE,
    "no other change confirmed": OTHER,
}


class TestTenth(AsksStream):
    stream = Stream("tenth", MISSES, sizes=range(64, 80), days=10, outlets=8)
