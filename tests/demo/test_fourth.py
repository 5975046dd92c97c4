"""The fourth stream, a dock strike with a contested election beside it: a blind test of what the record made of an affair that nothing
was built beside. It is development data from now on.

Texts and `expected.toml` were written without sight of the rules that resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with its reason, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/fourth` gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

SUFFICES = "“the stock suffices for 24 days” is not tied to the reserve, and the minister’s 18 days fire from the agency’s words instead of his own paper’s"
AFTERWARDS = "what is told afterwards, the denial or the count at the hospital, is put apart from what it is about"
RATIONS = "the paper that shows 19 days and the rationing that follows are one story, and the ministry's statement between them stands alone"
DAYS = "what the state paper calls “the Republic” is not known to be the land whose diesel others tell of"
MISSES: dict[str, str] = {
    "story A lorry drives through the picket": AFTERWARDS,
    "story Kolvia's diesel, 19 days, and its denial": RATIONS,
    "apart Kolvia's diesel, 19 days, and its denial": RATIONS,
    "apart Kolvia rations diesel": RATIONS,
    "first diesel wed-kolvia-coupons": SUFFICES,
    "against tue-kolvia-refute suffices for 24 days": SUFFICES,
    "change confirmed mon-chronicle-lorry 2": "“five people and not three had been injured” and “Five people were hurt” are not taken for one number",
    "change denied fri2-bote-deal 9": "“never meant as rationing”, said by an office, is not set beside what its minister said",
    "change figure-moved sun-bote-diesel 12": DAYS,
    "change attribution-dropped tue-gong-diesel 1": "“19 days of diesel left” is not set beside “diesel reserve has fallen to 19 days”",
}


class TestFourth(AsksStream):
    stream = Stream("fourth", MISSES, sizes=range(60, 75), days=10, outlets=10)
