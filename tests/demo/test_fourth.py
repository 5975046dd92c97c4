"""The fourth stream, a dock strike with a contested election beside it: a blind test once, development data since its figures that move were built beside.

Texts and `expected.toml` were written without sight of the rules that resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with its reason, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/fourth` gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

QUEUE = "“the queue off Saltmere to exceed 80 ships” arms figures of Saltmere by Saltmere, and ships that wait off it are not tied to that"
UNREAD = "“As soon as the reserve falls below 20 days, one must conclude …” is not read as a condition, so that nothing waits for it"
WORDS = "“the strike spreads to a third port” arms a statement of all these words, and “spreading Tarrane’s dock strike to a third port” is none"
AFTERWARDS = "what is told afterwards, the denial or the count at the hospital, is put apart from what it is about"
RATIONS = "the paper that shows 19 days and the rationing that follows are one story, and the ministry's statement between them stands alone"
IDIOM = "a denial in an idiom or a plain negation (“not a grain of truth”, “moonshine”, “it was no attack”) is not read as one"
VOICE = "what an official mouthpiece or a live page says in its own voice (“The assertion is without any foundation”) is attributed to nobody, and denies nothing"
DAYS = "what the state paper calls “the Republic” is not known to be the land whose diesel others tell of"
APART = "the number before stands in another story of the affair, and the two are not set beside each other"
MISSES: dict[str, str] = {
    "misquote fri-gong-prowse": "“We’ll send in the army” stands in the article word for word, after “Anyone who thinks”",
    "armed no other": "one condition is armed twice, and one not at all",
    "armed queue": "it is armed twice, of Saltmere and of SALTMERE, since its port has two names by then",
    "armed diesel": UNREAD,
    "armed port": WORDS,
    "story A lorry drives through the picket": AFTERWARDS,
    "story The pilots' 86, and its denial": AFTERWARDS,
    "story Kolvia's diesel, 19 days, and its denial": RATIONS,
    "apart Kolvia's diesel, 19 days, and its denial": RATIONS,
    "apart Kolvia rations diesel": RATIONS,
    "alert queue mon-breakwater-pilots": QUEUE,
    "alert queue wed-ncs-observatory": QUEUE,
    "alert queue wed-berth-91": QUEUE,
    "alert queue thu2-chronicle-88": QUEUE,
    "alert diesel tue-ncs-diesel": UNREAD,
    "alert diesel wed-kolvia-coupons": UNREAD,
    "alert port mon-ncs-eskle": WORDS,
    "first queue mon-breakwater-pilots": QUEUE,
    "first queue wed-ncs-observatory": QUEUE,
    "first queue wed-berth-91": QUEUE,
    "first queue thu2-chronicle-88": QUEUE,
    "first diesel tue-ncs-diesel": UNREAD,
    "first diesel wed-kolvia-coupons": UNREAD,
    "first port mon-ncs-eskle": WORDS,
    "against tue-ncs-denial Eighty-six is moonshine": QUEUE,
    "against tue-ncs-denial There are no more than 70": QUEUE,
    "against tue-kolvia-refute suffices for 24 days": UNREAD,
    "change confirmed wed-ncs-observatory 0": APART,
    "change confirmed wed-kolvia-coupons 1": DAYS,
    "change confirmed mon-chronicle-lorry 2": "“five people and not three had been injured” and “Five people were hurt” are not taken for one number",
    "change confirmed thu2-chronicle-88 3": APART,
    "change denied thu-breakwater-gate 0": IDIOM,
    "change denied sat-ncs-lorry 1": IDIOM,
    "change denied sun-tpr-stannard 2": IDIOM,
    "change denied sun-breakwater-hospital 3": IDIOM,
    "change denied mon-tpr-live 4": VOICE,
    "change denied tue-ncs-denial 5": IDIOM,
    "change denied tue-ncs-denial 6": IDIOM,
    "change denied tue-kolvia-refute 7": VOICE,
    "change denied tue-kolvia-refute 8": VOICE,
    "change denied fri2-bote-deal 9": "“never meant as rationing”, said by an office, is not set beside what its minister said",
    "change figure-moved sun-bote-diesel 12": DAYS,
    "change figure-moved tue-ncs-diesel 13": DAYS,
    "change reversal wed-kolvia-coupons 0": "“There will be no rationing” and “diesel will be rationed” are not taken for opposites",
    "change attribution-dropped tue-gong-diesel 1": "“19 days of diesel left” is not set beside “diesel reserve has fallen to 19 days”",
    "change misquote fri-gong-prowse 0": "“We’ll send in the army” stands in the article word for word, after “Anyone who thinks”",
    "no other change confirmed": "who is sorry for the three people that were hurt is a second origin of their number",
    "no other change attribution-dropped": "“a local radio station reported, citing two pilots” is taken for a fact, and so is “allegedly”",
}


class TestFourth(AsksStream):
    stream = Stream("fourth", MISSES, sizes=range(60, 75), days=10, outlets=10)
