"""Whether one reading answers an indicator: what it says for it, what against it, and what only comes near.

`match` is pure. Each answer is an Indication: a record of the Reading, how it stands to the threshold (`crossing`), the sentence, and why. Only
those of `FIRES` are alerts; the others are kept, so that a person sees what was weighed and found too light. For a figure, in this order:

1. its extent against the threshold (`extent`); 2. its unit; 3. its tie to the topic (`topics`); 4. its status, and the certainty and negation of every
attribution around it; 5. its actor (`actors`) and its place. What fails 1 to 3 is no indication.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.knowledge import Resolved
from onrecord.watch import match_events, match_figures, match_statements
from onrecord.watch.indication import Indication
from onrecord.watch.indicator import EventTest, FigureTest, Indicator, StatementTest

def match(indicator: Indicator, resolved: Resolved) -> tuple[Indication, ...]:
    """What a reading says to an indicator, in the order of the text; nothing for the growth of a story (`growth.grown`)."""
    found: Iterator[Indication]
    match indicator.test:
        case FigureTest() as test:
            found = match_figures.find(test, resolved)
        case EventTest() as test:
            found = match_events.find(test, resolved)
        case StatementTest() as test:
            found = match_statements.find(test, resolved)
        case _:
            found = iter(())
    return tuple(sorted(found, key=lambda i: (i.sentence, i.label)))
