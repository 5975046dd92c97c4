"""The second independent origin of what an indicator waits for is a change: the first confirmation of its alert."""

from __future__ import annotations

import pytest

from onrecord.knowledge import Alert, Origin
from onrecord.resolve.changes import Change
from onrecord.watch.confirmed import confirmation
from onrecord.watch.definition import from_words
from onrecord.watch.judge import Earlier
from tests.watch.support import NOON, origin

RECRUITS = "figure > 5000 people of recruitment by Quarrin"
OFFICERS = origin("Corriel Post", "anonymous")
VELLING = origin("Marta Velling", "speaker")


def alert(by: Origin, article: str, crossing: str = "crossed") -> Earlier:
    raised = Alert(
        id=f"{by.id} {article}",
        indicator="of no matter",
        crossing=crossing,
        when=NOON,
        article=article,
        record=f"figure of {article}",
        sentence=f"Quarrin has drafted 6,000 men, {by.name} said.",
        speaker=by.name if by.kind == "speaker" else None,
        chain=(),
        origin=by,
        admiralty="F3",
        reason="one origin only",
    )
    return Earlier(alert=raised, origin=by)


def told(*raised: Earlier, definition: str = RECRUITS) -> Change | None:
    return confirmation(from_words(definition, "a call-up"), raised)


def test_a_second_speaker_confirms_what_unnamed_ones_told() -> None:
    change = told(alert(OFFICERS, "first"), alert(VELLING, "second"))
    assert change and (change.kind, change.article, change.other) == ("confirmed", "second", "first")
    assert (change.claim, change.against) == ("figure of second", "figure of first")
    assert change.words.startswith("a call-up: a second origin, Marta Velling: Quarrin has drafted 6,000 men")


def test_only_the_first_confirmation_is_told() -> None:
    before = (alert(OFFICERS, "first"), alert(VELLING, "second"))
    assert told(*before, alert(origin("Ivo Sarn", "speaker"), "third")) == told(*before)


@pytest.mark.parametrize(
    "second",
    [
        alert(OFFICERS, "second"),  # the same unnamed source again
        alert(VELLING, "second", "crossed as planned"),
        alert(origin("the defence minister", "speaker"), "second"),  # who may be one of the officers
        alert(origin("Lantern", "outlet"), "second"),  # which may have it from the first
    ],
)
def test_what_may_be_of_the_same_origin_or_has_not_happened_confirms_nothing(second: Earlier) -> None:
    assert told(alert(OFFICERS, "first"), second) is None


def test_who_is_described_is_known_where_the_article_names_the_one_in_that_office() -> None:
    raised = (alert(OFFICERS, "first"), alert(origin("coroner", "speaker"), "second"))
    assert told(*raised) is None
    change = confirmation(from_words(RECRUITS), raised, {"coroner"})
    assert change and change.article == "second"


def test_a_document_is_an_origin_of_its_own() -> None:
    change = told(alert(OFFICERS, "first"), alert(origin("internal report", "speaker"), "second"))
    assert change and change.article == "second"


def test_two_origins_of_one_article_are_no_news_of_each_other() -> None:
    both = (alert(OFFICERS, "first"), alert(VELLING, "first"))
    assert told(*both) is None
    assert told(*both, alert(origin("Ivo Sarn", "speaker"), "third")) is None


def test_one_alert_confirms_nothing() -> None:
    assert told(alert(VELLING, "first")) is None


@pytest.mark.parametrize(
    "definition", ["growth 3 origins in 2 days of recruitment", "statement about recruitment by Marta Velling"]
)
def test_growth_and_statements_are_confirmed_by_nobody(definition: str) -> None:
    assert told(alert(OFFICERS, "first"), alert(VELLING, "second"), definition=definition) is None
