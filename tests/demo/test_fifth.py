"""The fifth stream, a volcano with a bank run beside it: a blind test of what the record made of an affair that nothing was built beside.

Texts and `expected.toml` were written without sight of the rules that resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with its reason, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/fifth` gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

APART = "the number before stands in another story of the affair, and the two are not set beside each other"
AFTERWARDS = "what is told of a happening afterwards (its dead, its denial, a page in an outlet's own manner) is put apart from it"
MIXED = "two happenings of one affair, or of one bank, that share people and words are one story"
VOICE = "what an office's own page says in its own voice (“There has been no looting”, “an invention of persons without instruments”) is attributed to nobody, and denies nothing"
GROWTH = "the tabloid's report of the queue stands in a story of its own, so that the bank's holds three origins"
OTHER = "two counts that are not the same number, though both are over the threshold, do not confirm each other"
MISSES: dict[str, str] = {
    "figure sat-runway-petrel 90 kilometres": "“never within 90 kilometres” is not read as more than 90",
    "misquote thu2-whistle-dail": "“TELL THEM TO GO HOME” stands in the article word for word, after “Let nobody”",
    "story Mount Ossary erupts": AFTERWARDS,
    "story A burning cloud at Cordelay, and its dead": AFTERWARDS,
    "story The technicians' 17 kilometres, and their denial": AFTERWARDS,
    "story The doctors' 43, its denial and admission": AFTERWARDS,
    "story Valdura sends its navy": AFTERWARDS,
    "story A run on Harbour & Counties": AFTERWARDS,
    "apart A burning cloud at Cordelay, and its dead": AFTERWARDS,
    "apart The shops of Cordelay": AFTERWARDS,
    "apart Adeyra names a number": MIXED,
    "apart The camps pass 20,000": MIXED,
    "apart The capital is emptied": MIXED,
    "apart Dail will not resign": MIXED,
    "apart A run on Harbour & Counties": MIXED,
    "apart The central bank takes over": MIXED,
    "alert run fri-ipb-bank": GROWTH,
    "first run fri-ipb-bank": GROWTH,
    "change confirmed tue2-pcn-pym 1": OTHER,
    "change confirmed wed2-ipb-46 2": OTHER,
    "change confirmed wed2-ota-castellane 3": "the lawyer's “police arrested” is not set beside the colleagues' words, though both fire",
    "change confirmed thu-ipb-toll 4": "“We carried eleven” is not taken for the dead",
    "change confirmed tue2-ipb-march 6": "“spoke of 600” is not set beside the reporter's 600",
    "change confirmed wed2-ota-petrel 7": "the board's engine that stopped is not set beside the crew member's",
    "change denied thu-ipb-dail 0": "“will not be evacuated” is not set beside “is to be EVACUATED”, and is no denial by itself",
    "change denied thu-today-looting 1": VOICE,
    "change denied sat-ota-bank 3": "“There is no run on this bank” is not set beside the tabloid's “There is a run”, which stands in another story",
    "change denied mon-today-plume 4": VOICE,
    "change figure-moved wed-ota-plume 0": "feet are not set beside kilometres",
    "change figure-moved sat-ipb-revised 2": APART,
    "change figure-moved sun-radio-17 3": "the move is told of the agency that repeats the radio, not of the radio",
    "change figure-moved mon-today-plume 4": APART,
    "change figure-moved tue2-ota-ash 5": "of two measures of one height the feet move and the kilometres do not",
    "change figure-moved tue2-ota-ash 6": APART,
    "change figure-moved fri-ipb-toll 9": APART,
    "change figure-moved sun-beacon-43 11": APART,
    "change figure-moved fri-ipb-toll 13": APART,
    "change figure-moved sat-ipb-revised 14": "“Forty-one were still missing” and “Nineteen people were still missing” are not taken for one count",
    "change figure-moved tue-beacon-eruption 15": APART,
    "change figure-moved fri-ipb-toll 17": APART,
    "change figure-moved sat-pcn-adeyra 18": APART,
    "change figure-moved sun-ota-zone 19": APART,
    "change figure-moved mon-today-plume 20": APART,
    "change figure-moved tue2-pcn-pym 22": APART,
    "change figure-moved thu2-ipb-zone 23": APART,
    "change figure-moved thu-ipb-toll 24": APART,
    "change figure-moved sun-ota-zone 25": APART,
    "change figure-moved tue2-runway-ash 28": APART,
    "change figure-moved tue2-runway-ash 29": APART,
    "change figure-moved mon-whistle-17 32": APART,
    "change figure-moved tue2-runway-ash 35": APART,
    "change figure-moved fri-ipb-bank 37": "“took out 310 million crowns” and “withdrawals had reached 520 million” are not taken for one sum",
    "change figure-moved fri-ipb-bank 38": "“its shares fell to 2.05 crowns” and “the shares … had fallen to 0.88” are not taken for one price",
    "change figure-moved mon-ipb-bank 39": APART,
    "change reversal tue2-ipb-evacuate 0": "“will not be evacuated” and “I have ordered the evacuation” are not taken for opposites",
    "change reversal mon-ipb-bank 2": "“There is no run on this bank” and “There was a run” are not taken for opposites",
    "change quotation-differs tue-whistle-eruption 0": "the tabloid's quotation is given to “Blimey”",
    "change quotation-differs mon-today-plume 1": "a quotation that is cut before its exception is not told",
    "change attribution-dropped mon-whistle-17 0": "the tabloid's article stands in a story of its own",
    "change attribution-dropped mon-correo-43 1": "the paper's article stands in a story of its own",
    "change misquote thu2-whistle-dail 0": "“TELL THEM TO GO HOME” stands in the article word for word, after “Let nobody”",
    "no other change confirmed": "that the capital lies 14 kilometres away is told as confirmed",
    "name Information Office": "“Information Office of the Republic” is another body",
}


class TestFifth(AsksStream):
    stream = Stream("fifth", MISSES, sizes=range(60, 75), days=10, outlets=11)
