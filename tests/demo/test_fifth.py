"""The fifth stream, a volcano with a bank run beside it: a blind test of what the record made of an affair that nothing was built beside.

Texts and `expected.toml` were written without sight of the rules that resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with its reason, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/fifth` gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

AFTERWARDS = "what is told of a happening afterwards (its dead, its denial, a page in an outlet's own manner) is put apart from it"
MIXED = "two happenings of one affair, or of one bank, that share people and words are one story"
MISSES: dict[str, str] = {
    "figure sat-runway-petrel 90 kilometres": "“never within 90 kilometres” is not read as more than 90",
    "story Mount Ossary erupts": AFTERWARDS,
    "story A burning cloud at Cordelay, and its dead": AFTERWARDS,
    "story The technicians' 17 kilometres, and their denial": AFTERWARDS,
    "story The doctors' 43, its denial and admission": AFTERWARDS,
    "story Valdura sends its navy": AFTERWARDS,
    "story A run on Harbour & Counties": AFTERWARDS,
    "apart A burning cloud at Cordelay, and its dead": AFTERWARDS,
    "apart Mount Ossary erupts": MIXED,
    "apart A plan to empty the capital, and its denial": MIXED,
    "apart Adeyra names a number": MIXED,
    "apart The camps pass 20,000": MIXED,
    "apart The capital is emptied": MIXED,
    "apart A run on Harbour & Counties": MIXED,
    "apart The central bank takes over": MIXED,
    "change confirmed thu-ipb-toll 4": "“We carried eleven” is not taken for the dead",
    "change confirmed tue2-ipb-march 6": "“spoke of 600” is not set beside the reporter's 600",
    "change confirmed wed2-ota-petrel 7": "the board's engine that stopped is not set beside the crew member's",
    "change figure-moved sat-ipb-revised 2": "a height that is revised is not set beside the one before it",
    "change figure-moved tue2-ota-ash 5": "17 and 16.8 are told as one height",
    "change figure-moved tue-beacon-eruption 15": "people “entered in the registers” are not known to be those in the camps",
    "change figure-moved sat-pcn-adeyra 18": "“This morning’s number is 16,800” is not tied to the camps of its article",
    "change figure-moved mon-today-plume 20": "“does not exceed 16,000” is read as no count",
    "change figure-moved tue2-runway-ash 28": "cancellations of an article that names neither land nor mountain",
    "change figure-moved tue2-runway-ash 29": "cancellations of an article that names neither land nor mountain",
    "change figure-moved mon-whistle-17 32": "“They’re 23 crowns a box” is not tied to what they are",
    "change attribution-dropped mon-whistle-17 0": "the cloud’s 17 kilometres are not found beside the plume’s, whose article shares no other word",
    "name Information Office": "“Information Office of the Republic” is another body",
}


class TestFifth(AsksStream):
    stream = Stream("fifth", MISSES, sizes=range(60, 75), days=10, outlets=11)
