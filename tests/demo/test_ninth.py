"""The ninth stream, an army round an exclave, with a roof that fell, a robbed bank and a snow leopard beside it: a blind test of what the record made of affairs that nothing was built beside.

Texts and `expected.toml` were written without sight of the rules that read, resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with what it seems to be about, seen from outside, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/ninth` gives the figures.
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
    NUMBER,
    OTHER,
    REVERSAL,
    SPELLED,
    UNPAIRED,
    UNTIED,
    WORDED,
)
from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

MISSES: dict[str, str] = {
    "figure thu-register-evacuation nearer to 1,700": NUMBER,
    "figure sat-sound-buses 3.2": NUMBER,
    "figure sun-rocket-roof nine": NUMBER,
    "story An army at the border, or an exercise": APART,
    "story The evacuation begins": APART,
    "story Anvil's men, denied and admitted": APART,
    "story Saturday of the buses": APART,
    "story Everybody who can": APART,
    "story Past twelve thousand": APART,
    "story The army goes home": APART,
    "apart An army at the border, or an exercise": MIXED,
    "apart The evacuation begins": MIXED,
    "apart The Mission's 27,000": MIXED,
    "apart Pestrin promises gas": MIXED,
    "apart Saturday of the buses": MIXED,
    "apart Nearly 39,000": MIXED,
    "apart Tolmark makes up the beds": MIXED,
    "apart More than 42,000, and their denial": MIXED,
    "apart The bridge is shut": MIXED,
    "apart Past twelve thousand": MIXED,
    "apart Fourteen million are gone": MIXED,
    "apart A ransom was paid": MIXED,
    "alert evacuees wed2-sound-count": UNTIED,
    "first evacuees wed2-sound-count": UNTIED,
    "against mon-karinform-mudryn does not exceed 15 thousand": AGAINST,
    "against mon-vbs-live He has no more than 15,000 men there": AGAINST,
    "against wed2-fairmile-mission He had put the number at no more than 15,000": AGAINST,
    "against sun-register-tolmark The bridge will stay open": AGAINST,
    "against sat-karinform-anvil there are no mercenaries": AGAINST,
    "against thu2-fairmile-anvil there are no mercenaries in the country": AGAINST,
    "against sun-fairmile-roof It is nine": AGAINST,
    "change confirmed wed2-sound-count 1": UNPAIRED,
    "change confirmed thu2-fairmile-anvil 3": UNPAIRED,
    "change confirmed sat-sound-buses 6": UNPAIRED,
    "change confirmed sun-vbs-zhurov 7": UNPAIRED,
    "change confirmed mon-sound-collison 9": UNPAIRED,
    "change denied thu-karinform-hysteria 0": DENIAL,
    "change denied sat-karinform-anvil 1": DENIAL,
    "change denied sat-karinform-anvil 2": DENIAL,
    "change denied thu2-karinform-mudryn 8": DENIAL,
    "change denied thu2-vbs-bank 9": DENIAL,
    "change figure-moved fri-fairmile-mission 0": WORDED,
    "change figure-moved sat-rocket-peake 1": WORDED,
    "change figure-moved mon-karinform-mudryn 4": WORDED,
    "change figure-moved wed2-fairmile-mission 5": WORDED,
    "change figure-moved thu-register-evacuation 7": WORDED,
    "change figure-moved fri-fairmile-mission 8": WORDED,
    "change figure-moved sat-fairmile-maddern 9": WORDED,
    "change figure-moved mon-sound-collison 11": WORDED,
    "change figure-moved thu2-sound-cold 14": WORDED,
    "change figure-moved sun-vbs-zhurov 16": WORDED,
    "change figure-moved tue-sound-deserter 17": WORDED,
    "change figure-moved thu2-vantage-paper 18": WORDED,
    "change figure-moved mon-vbs-live 20": WORDED,
    "change figure-moved wed2-karinform-pestrin 21": WORDED,
    "change figure-moved fri2-register-wrap 24": WORDED,
    "change figure-moved wed2-sound-count 25": WORDED,
    "change figure-moved wed2-sound-count 27": WORDED,
    "change figure-moved fri2-sound-home 28": WORDED,
    "change figure-moved fri-vbs-roof 29": WORDED,
    "change figure-moved fri-vbs-roof 33": WORDED,
    "change figure-moved sat-register-roof 34": WORDED,
    "change figure-moved thu2-vbs-bank 39": WORDED,
    "change figure-moved thu2-vbs-bank 40": WORDED,
    "change figure-moved fri-vbs-leopard 44": WORDED,
    "change figure-moved sat-fairmile-leopard 45": WORDED,
    "change reversal mon-sound-collison 0": REVERSAL,
    "change reversal tue-register-tarleton 1": REVERSAL,
    "change reversal sun-vbs-zhurov 4": REVERSAL,
    "change reversal tue-fairmile-hythe 5": REVERSAL,
    "change quotation-differs tue-karinform-panic 1": HEADLINE,
    "change attribution-dropped mon-rocket-42000 0": DROPPED,
    "no other change confirmed": OTHER,
    "no other change denied": OTHER,
    "name Ignat Zhurov": SPELLED,
}


class TestNinth(AsksStream):
    stream = Stream("ninth", MISSES, sizes=range(64, 80), days=10, outlets=8)
