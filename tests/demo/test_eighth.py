"""The eighth stream, an election, a garrison that marches, a ferry and a football transfer: a blind test of what the record made of affairs that nothing was built beside.

Texts and `expected.toml` were written without sight of the rules that read, resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with what it seems to be about, seen from outside, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/eighth` gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.causes import (
    AGAINST,
    APART,
    DENIAL,
    DROPPED,
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
    "figure fri-herald-square 84,000": NUMBER,
    "figure thu-meridian-ferry 214": NUMBER,
    "story The rally that was counted": APART,
    "story 534 detained, their denial and the ombudsman\u2019s list": APART,
    "story Dascar is arrested": APART,
    "story The Saint Brannoc sinks, and the dead are counted": APART,
    "apart Brenn leads, Dascar alleges fraud": MIXED,
    "apart The first rally": MIXED,
    "apart The count goes on": MIXED,
    "apart The second rally: 38 detained": MIXED,
    "apart Tanks at Olm, and their denial": MIXED,
    "apart The police chief is asked": MIXED,
    "apart 534 detained, their denial and the ombudsman\u2019s list": MIXED,
    "apart Engines in Hasmer": MIXED,
    "apart The garrison marches": MIXED,
    "apart Kestria shuts the border": MIXED,
    "apart Dascar is arrested": MIXED,
    "apart The observers\u2019 3,600, and Strahm\u2019s answer": MIXED,
    "first arrest sun-meridian-dascar": UNTIED,
    "first transfer wed2-standard-football": UNTIED,
    "against thu-torpress-denial No soldiers have been moved to Lessin, not 3,400 and not 34": AGAINST,
    "against sat-pbc-hasmer The garrison has not marched, let me be clear about that": AGAINST,
    "against sun-torpress-garrison The garrison has not left Hasmer": AGAINST,
    "change confirmed fri-herald-square 4": UNPAIRED,
    "change confirmed sat-ledger-ferry 5": UNPAIRED,
    "change confirmed mon2-meridian-ferry 6": UNPAIRED,
    "change confirmed mon2-meridian-ferry 7": UNPAIRED,
    "change confirmed mon2-pbc-strahm 8": UNPAIRED,
    "change confirmed tue2-word-football 9": UNPAIRED,
    "change confirmed wed2-meridian-orlik 10": UNPAIRED,
    "change denied sat-ledger-ferry 6": DENIAL,
    "change figure-moved tue-torpress-count 4": WORDED,
    "change figure-moved wed-pbc-perrault 5": WORDED,
    "change figure-moved fri-torpress-arrests 6": WORDED,
    "change figure-moved sat-herald-detained 8": WORDED,
    "change figure-moved tue2-herald-release 9": WORDED,
    "change figure-moved fri-ledger-protest 10": WORDED,
    "change figure-moved wed-exchange-calloway 22": WORDED,
    "change figure-moved thu-exchange-soldiers 27": WORDED,
    "change figure-moved wed-ledger-football 31": WORDED,
    "change reversal thu-meridian-recount 0": REVERSAL,
    "change reversal tue2-pbc-football 4": REVERSAL,
    "change attribution-dropped sun-standard-garrison 1": DROPPED,
    "no other change confirmed": OTHER,
    "no other change quotation-differs": OTHER,
    "name Mirela Dascar": SPELLED,
    "apart Dascar wins": MIXED,
    "apart Dascar is freed": MIXED,
    "apart Orlik is dismissed": MIXED,
    "apart The Saint Brannoc sinks, and the dead are counted": MIXED,
    "apart What Calloway knew": MIXED,
    "alert garrison sun-word-border": UNTIED,
    "alert transfer wed2-standard-football": UNTIED,
    "first garrison sun-word-border": UNTIED,
}


class TestEighth(AsksStream):
    stream = Stream("eighth", MISSES, sizes=range(64, 80), days=10, outlets=8)
