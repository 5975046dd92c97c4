"""Whether one reading answers an indicator: what it says for it, what against it, and what only comes near.

`match` is pure. Each answer is an Indication: a record of the Reading, how it stands to the threshold (`crossing`), the sentence, and why. Only
those of `FIRES` are alerts; the others are kept, so that a person sees what was weighed and found too light. For a figure, in this order:

1. its extent against the threshold (`extent`); 2. its unit; 3. its tie to the topic (`topics`); 4. its status, and the certainty and negation of every
attribution around it (`weigh`); 5. its actor (`actors`) and its place (`places`). What fails 1 to 3 is no indication, unless it 6. refutes a number that crosses
(`refuted`). For all kinds, at the end: 7. the condition that the indicator was armed from is none; 8. a headline that the body bears out is left to the body, and one that it does not is `untied`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.knowledge import Resolved
from onrecord.watch import growth, match_events, match_figures, match_statements, refuted
from onrecord.watch.extent import Extent
from onrecord.watch.indication import Indication
from onrecord.watch.indicator import EventTest, FigureTest, GrowthTest, Indicator, StatementTest


def match(indicator: Indicator, resolved: Resolved, told: Sequence[Extent] = ()) -> tuple[Indication, ...]:
    """What a reading says to an indicator, in the order of the text. For the growth of a story that it counts; `judge` does the counting.

    `told` are the numbers across the threshold that are on record of the reading's affair, which it may refute without saying what they count.
    """
    found: Iterator[Indication]
    match indicator.test:
        case FigureTest() as test:
            found = iter(refuted.against(test, resolved, list(match_figures.find(test, resolved)), told))
        case EventTest() as test:
            found = match_events.find(test, resolved)
        case StatementTest() as test:
            found = match_statements.find(test, resolved)
        case GrowthTest() as test:
            found = growth.find(test, resolved)
    foreign = [i for i in found if not is_its_own(indicator, resolved, i)]
    return tuple(
        sorted(
            below_headline(resolved, foreign) if indicator.kind != "growth" else foreign,
            key=lambda i: (i.sentence, i.label),
        )
    )


def may_refute(indicator: Indicator, resolved: Resolved) -> bool:
    """Whether a reading refutes a number that would cross an indicator's threshold, were it of what is asked for."""
    test = indicator.test
    return isinstance(test, FigureTest) and any(True for _ in refuted.refused(test, resolved))


def is_its_own(indicator: Indicator, resolved: Resolved, i: Indication) -> bool:
    """Whether an indication is of the condition that the indicator was armed from."""
    armed, text = indicator.armed, resolved.reading.article.text
    return armed is not None and i.crossing == "expected" and armed.words in text[slice(*i.sentence)]


def below_headline(resolved: Resolved, found: list[Indication]) -> Iterator[Indication]:
    """The indications, those of the headline only where the body has none, and then not as firing."""
    text = resolved.reading.article.text
    head = text.find("\n\n")
    body = [i for i in found if i.sentence[0] > head]
    yield from body
    if head < 0 or body:
        return
    for i in found:
        yield replace(i, crossing="untied", reason=f"{i.reason}; only the headline says so") if i.fires else i
