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
    "apart Adeyra names a number": MIXED,
    "apart The camps pass 20,000": MIXED,
    "apart The capital is emptied": MIXED,
    "apart A run on Harbour & Counties": MIXED,
    "apart The central bank takes over": MIXED,
    "alert run fri-ipb-bank": GROWTH,
    "first run fri-ipb-bank": GROWTH,
    "change confirmed tue2-ota-ash 0": "the centre’s 16.8 of Sunday is not told as bearing out the technicians’ 17",
    "change confirmed tue2-pcn-pym 1": OTHER,
    "change confirmed wed2-ipb-46 2": OTHER,
    "change confirmed wed2-ota-castellane 3": "the lawyer's “police arrested” is not set beside the colleagues' words, though both fire",
    "change confirmed thu-ipb-toll 4": "“We carried eleven” is not taken for the dead",
    "change confirmed tue2-ipb-march 6": "“spoke of 600” is not set beside the reporter's 600",
    "change confirmed wed2-ota-petrel 7": "the board's engine that stopped is not set beside the crew member's",
    "change denied thu-ipb-dail 0": "“will not be evacuated” is not set beside “is to be EVACUATED”, and is no denial by itself",
    "change denied thu-today-looting 1": VOICE,
    "change denied sat-ota-bank 3": "“There is no run on this bank” is not set beside the tabloid's “There is a run”, which stands in another story",
    "change figure-moved wed-ota-plume 0": "feet are not set beside kilometres",
    "change figure-moved mon-today-plume 4": "“The column stood on Sunday morning no higher than 13” is a ceiling in an outlet’s own voice",
    "change figure-moved tue2-ota-ash 5": "17 and 16.8 are told as one height",
    "change figure-moved sun-beacon-43 11": "the paper’s article names no place or mountain of its own",
    "change figure-moved tue-beacon-eruption 15": "people “entered in the registers” are not known to be those in the camps",
    "change figure-moved sat-pcn-adeyra 18": "“This morning’s number is 16,800” is not tied to the camps of its article",
    "change figure-moved mon-today-plume 20": "“does not exceed 16,000” is read as no count",
    "change figure-moved tue2-pcn-pym 22": "the article names no place in which the camps are",
    "change figure-moved tue2-runway-ash 28": "cancellations of an article that names neither land nor mountain",
    "change figure-moved tue2-runway-ash 29": "cancellations of an article that names neither land nor mountain",
    "change figure-moved mon-whistle-17 32": "“They’re 23 crowns a box” is not tied to what they are",
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
