"""What one record of a Reading says to an indicator: for it, against it, or near it."""

from __future__ import annotations

from typing import Literal

from onrecord.knowledge import Origin
from onrecord.model import Noun
from onrecord.text import Span
from onrecord.watch.extent import Extent

Crossing = Literal[
    "crossed",  # it happened, and all that is claimed lies beyond the threshold
    "crossed as planned",  # it is planned
    "reaches past",  # a range that begins short of the threshold and ends beyond it
    "reaches past as planned",
    "may reach past",  # "up to" a number beyond the threshold
    "reaches",  # exactly the threshold, where more is asked for
    "approaches",  # near and short of it
    "expected",  # hypothetical, uncertain, asked or demanded
    "against",  # denied, or its contrary is said
    "untied",  # it cannot be told whose or where it is
    "counts",  # one more article of a story whose growth is watched
]
RecordKind = Literal["figure", "event", "attribution", "sentence", "story"]
FIRES: frozenset[Crossing] = frozenset({"crossed", "crossed as planned", "reaches past", "reaches past as planned"})


class Indication(Noun, frozen=True, kw_only=True):
    """What one record of a Reading says to an indicator."""

    record: RecordKind
    label: str  # of the record in the Reading; the id of a story; "" for a sentence of the article's own voice
    crossing: Crossing
    sentence: Span
    attribution: str | None  # the label of the innermost attribution that it stands in
    reason: str

    @property
    def fires(self) -> bool:
        """Whether it is worth an alert."""
        return self.crossing in FIRES


class Sighting(Noun, frozen=True, kw_only=True):
    """An indication as it is kept: also those that did not fire. `origin` is the current one."""

    crossing: Crossing
    record: RecordKind
    label: str
    article: str
    when: str  # when the article appeared
    origin: Origin
    own: bool = False  # it is said in the article's own voice
    number: Extent | None = None  # that a figure gives, where it is of the affair that is looked at
    words: str = ""  # its sentence
