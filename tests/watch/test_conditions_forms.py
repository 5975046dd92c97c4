"""Conditions in other forms than "if", and what comes after them: queues, reserves, and the third of something.

All of it is invented, and read by the real reader. A case is the headline of all its articles, the article with the condition, and the later ones.
"""

import pytest

from onrecord.watch.arm import from_condition
from onrecord.watch.match import match
from tests.watch.support import reading, resolved

FIRES, QUIET, AGAINST = "fires", "quiet", "against"

CASES = [
    (
        "Hauliers lose patience at the Ostry crossing",
        "A queue of more than 400 lorries at Ostry would mean that the treaty is dead, said Bela Korm, who leads the hauliers.",
        [
            ("Some 430 lorries were waiting at Ostry on Thursday, the customs office said.", FIRES),
            ("There were 512 lorries lined up at Ostry at noon, drivers said.", FIRES),
            ("The queue at Ostry has grown to 450 lorries, the customs office said.", FIRES),
            ("There were 210 lorries lined up at Ostry at noon, drivers said.", QUIET),
            ("The queue at Ostry could grow to 600 lorries by Sunday, the customs office said.", QUIET),
            ("More than 900 lorries a day used the bridge at Ostry in 2027.", QUIET),
            ("In 2024 some 700 lorries had waited at Ostry.", QUIET),
        ],
    ),
    (
        "Millers count their grain",
        "As soon as the stocks fall below nine days, bread will be rationed, the miller Orla Fenwick said.",
        [
            ("The stock stood at eight days on Monday, the millers said.", FIRES),
            ("The reserve has shrunk to seven days, the ministry of food said.", FIRES),
            ("Stocks have fallen to 12 days, the ministry of food said.", QUIET),
            ("The stocks would last nine days, the ministry of food said.", QUIET),
            ("The fair lasted eight days.", QUIET),
        ],
    ),
    (
        "Bus drivers of Brenn stay away",
        "“Once the strike reaches a second depot, we will call in the soldiers,” mayor Ines Toll said. Drivers at the northern depot of Brenn have been on strike over pay since Sunday.",
        [
            ("Drivers at the southern depot walked out on Tuesday, so that the strike has reached a second depot.", FIRES),
            ("Drivers at a second depot in Brenn walked off the job on Tuesday.", FIRES),
            ("Drivers at a second depot in Brenn did not walk out on Tuesday, the bus company said.", AGAINST),
            ("Drivers at a second depot in Brenn may walk out, the bus company said.", QUIET),
            ("The strike for more pay goes on at the northern depot in Brenn.", QUIET),
            ("A second depot in Brenn will be painted in spring.", QUIET),
        ],
    ),
    (
        "Gulf of Tane stays shut",
        "The moment the navy fires on a second tanker, we will close the gulf, admiral Juno Reth said.",
        [
            ("The navy fired on a second tanker on Friday, the port of Tane said.", FIRES),
            ("The navy denied that it had fired on a second tanker.", AGAINST),
            ("A second tanker left the port of Tane on Friday.", QUIET),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "condition", "later"), CASES, ids=[title for title, *_ in CASES])
def test_what_fires_an_indicator_that_was_armed_from_a_condition(
    title: str, condition: str, later: list[tuple[str, str]]
) -> None:
    found = reading(condition, title)
    made = from_condition(found, found.conditions[0])
    told = {}
    for body, _ in later:
        said = match(made, resolved(body, title))
        told[body] = (
            FIRES if any(i.fires for i in said) else AGAINST if any(i.crossing == "against" for i in said) else QUIET
        )
    assert told == dict(later)
