"""The seventh stream, a mobilisation at a disputed river with a museum strike and bird flu beside it: a blind test of what the record made of affairs that nothing was built beside.

Texts and `expected.toml` were written without sight of the rules that read, resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with what it seems to be about, seen from outside, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/seventh` gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.causes import AGAINST, APART, DENIAL, DROPPED, MIXED, NUMBER, OTHER, REVERSAL, UNPAIRED, UNTIED, WORDED
from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

SIGNED = "a wire story that is carried within another text without its first paragraphs is not found"
HEARSAY = "“messages as if” something had happened are taken for its report"
MISSES: dict[str, str] = {
    "figure tue-ctn-rosvall about 8,000": NUMBER,
    "story Casteria imposes sanctions": APART,
    "story The National Museum is struck": APART,
    "story Bird flu near Hexmere": APART,
    "apart Troops gather at the Yavel": MIXED,
    "apart Rosvall counts reservists": MIXED,
    "apart Six drones at Stavik": MIXED,
    "apart Stroev rules out a mobilisation": MIXED,
    "apart Vandeck names a number": MIXED,
    "apart Vandeck in parliament": MIXED,
    "apart The Chronicle's 22,000, and their denial": MIXED,
    "apart Casteria threatens with sanctions": MIXED,
    "apart Monitors count 64,000": MIXED,
    "apart Monitors number the motors": MIXED,
    "apart Casteria imposes sanctions": MIXED,
    "apart The National Museum is struck": MIXED,
    "apart Five per cent is turned down": MIXED,
    "apart Bird flu near Hexmere": MIXED,
    "apart A second county": MIXED,
    "apart Casteria vaccinates": MIXED,
    "copies": SIGNED,
    "origin sun-journal-mission": SIGNED,
    "alert birds sun-flash-birdflu": UNTIED,
    "alert museum thu-journal-museum": UNTIED,
    "first drones mon2-cnw-drones": UNTIED,
    "first bridge sat-mna-bridge": UNTIED,
    "first birds sun-flash-birdflu": UNTIED,
    "first museum thu-journal-museum": UNTIED,
    "alerts no other": HEARSAY,
    "change reversal mon2-mna-mobilisation 0": REVERSAL,
    "change reversal wed2-cnw-birdflu 1": REVERSAL,
    "change attribution-dropped wed2-record-banks 1": DROPPED,
    "no other change confirmed": OTHER,
    "no other change denied": OTHER,
    "no other change reversal": OTHER,
    "against thu-brask-council does not exceed 12,000": AGAINST,
    "against fri-mna-denial Such a call-up has not taken place": AGAINST,
    "against fri-record-denial Torvana denied on Friday that it had called up more than 22,000 reservists": AGAINST,
    "against sat-brask-bridge The bridge is not closed": AGAINST,
    "against sat-brask-bridge as if Torvana had closed the bridge near Stavik": AGAINST,
    "against thu-brask-council This is an invention": AGAINST,
    "against fri-cnw-sanctions Nobody has been sanctioned today": AGAINST,
    "change confirmed sat-chronicle-bridge 2": UNPAIRED,
    "change confirmed sun-mna-mission 3": UNPAIRED,
    "change confirmed thu-journal-museum 4": UNPAIRED,
    "change confirmed sat-chronicle-bridge 5": UNPAIRED,
    "change confirmed sun-ctn-tull 6": UNPAIRED,
    "change confirmed mon2-brask-decree 7": UNPAIRED,
    "change denied sat-chronicle-bridge 4": DENIAL,
    "change figure-moved wed-mna-stroev 0": WORDED,
    "change figure-moved thu-brask-council 2": WORDED,
    "change figure-moved mon-brask-exercise 6": WORDED,
    "change figure-moved wed-chronicle-vandeck 9": WORDED,
    "change figure-moved thu-cnw-vandeck 10": WORDED,
    "change figure-moved tue2-cnw-sanctions 19": WORDED,
    "change figure-moved wed-cnw-birdflu 20": WORDED,
    "change figure-moved wed2-cnw-birdflu 24": WORDED,
}


class TestSeventh(AsksStream):
    stream = Stream("seventh", MISSES, sizes=range(45, 60), days=10, outlets=8)
