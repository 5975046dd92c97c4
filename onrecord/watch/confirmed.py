"""That what an indicator waits for is said by a second independent origin: the first confirmation of its alert, told as a change.

Two reports that cross one threshold bear each other out whatever words they tell it in: of a figure, or of an event. What two people state, and how a story grows,
is confirmed by nobody; neither is what is only planned. A newsroom that only says so too confirms nothing, as it may have it from the first; nor does one article that tells both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from onrecord.knowledge import Origin
from onrecord.resolve.changes import Change, cut_short
from onrecord.resolve.comparing import OWN_WORD
from onrecord.resolve.origins import documents, one_description
from onrecord.resolve.standing import is_described
from onrecord.text import digest
from onrecord.watch.indicator import EventTest, FigureTest, Indicator
from onrecord.watch.judge import ACTUAL, Earlier


def confirmation(
    indicator: Indicator, raised: Sequence[Earlier], known: Collection[str] = frozenset()
) -> Change | None:
    """The change that the second origin's alert is, of all that an indicator has raised, in their order; None while there is only one.

    `known` are the offices of those whom the article that brings it names as well: "the coroner" of an article that has "the coroner, Odo Lenn".
    """
    if not isinstance(indicator.test, FigureTest | EventTest):
        return None
    told = [e for e in raised if e.alert.crossing in ACTUAL]
    second = next((e for e in told[1:] if is_second(e, told[0], known)), None)
    if second is None or second.alert.article == told[0].alert.article:
        return None
    first, new = told[0].alert, second.alert
    return Change(
        id=change_id(new.id),
        kind="confirmed",
        words=f"{indicator.name}: a second origin, {new.speaker or new.origin.name}: {cut_short(new.sentence)}",
        article=new.article,
        other=first.article,
        claim=new.record,
        against=first.record,
    )


def is_anybody(o: Origin, known: Collection[str]) -> bool:
    """Whether an origin is only described, and is no document, nor somebody whom its article names in that office."""
    return is_described(o.kind, o.name) and not is_document(o.name) and o.name not in known


def is_document(name: str) -> bool:
    """Whether a description is of a document, which is nobody who may have said the same elsewhere."""
    return not documents().isdisjoint(name.casefold().split())


def change_id(alert: str) -> str:
    """The id of the change that an alert, by its id, confirms another."""
    return digest("confirmed", alert)


def is_second(e: Earlier, first: Earlier, known: Collection[str]) -> bool:
    """Whether an alert is sure to be of another origin than the first: who is only described, as "the minister", may be the same."""
    one, other = e.origin, first.origin
    if one.kind in OWN_WORD:
        return False
    if is_anybody(one, known) or is_anybody(other, ()):
        return False
    return one.root != other.root and not one_description(one.name, other.name)
