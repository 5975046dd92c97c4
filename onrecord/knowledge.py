"""The nouns of what many articles say together: judgements, origins, stories, accounts, indicators and alerts.

`onrecord.model` has the nouns of one article. Ids are digests of content; times are ISO 8601 in UTC.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.model import EntityType, Noun, Reading
from onrecord.text import Spans

CopyKind = Literal["whole", "embedded"]
OriginKind = Literal["speaker", "anonymous", "agency", "outlet"]
Verdict = Literal["same", "different", "unsure"]
About = Literal["actor", "story", "copy", "account"]
FactKind = Literal["statement", "figure", "event"]
Stance = Literal["asserts", "denies", "hedges"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
State = Literal["quiet", "stirring", "triggered"]


class Copy(Noun, frozen=True, kw_only=True):
    """That an article carries the text of an earlier one: all of it, or embedded in words of its own."""

    article: str  # the id of the copy
    of: str  # the id of what it copies
    kind: CopyKind
    share: float  # of the shingles of `of` that the copy holds, 0 to 1


class Credit(Noun, frozen=True, kw_only=True):
    """Whom an article as a whole is credited to: an agency tag in the dateline or byline, a credit line, "Reporting by"."""

    name: str  # of the agency or outlet, as the table of outlets spells it
    spans: Spans = ()  # the words of the article's text that say so; none where byline or clutter say it
    words: str  # those that say so


class Origin(Noun, frozen=True, kw_only=True):
    """An independent source of a report: those who share one would all be wrong if it were wrong.

    speaker: a person, body or document that spoke on the record, wherever it was printed; anonymous: an unnamed source, known only
    through `name`, the outlet it told; agency and outlet: a newsroom's own word, also where others carry it.
    """

    id: str  # of kind and name
    kind: OriginKind
    name: str


class Judgement(Noun, frozen=True, kw_only=True):
    """That two things are the same, different, or that it is unsure: never erased, only followed by a later one.

    A person's outranks the machine's; among equals the latest counts. `verdict` None takes a person's judgement back.
    """

    id: str
    about: About
    left: str  # ids in alphabetical order
    right: str
    verdict: Verdict | None
    by: str  # "machine", or who judged
    when: str
    score: float | None = None  # the machine's probability that they are the same
    reason: str = ""


class Profile(Noun, frozen=True, kw_only=True):
    """What one article, or many together, say of who somebody is: what identities are compared by."""

    names: tuple[str, ...]  # the fullest first, as written
    type: EntityType
    roles: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    stories: frozenset[str] = frozenset()  # ids
    beside: frozenset[str] = frozenset()  # full names of others in the same articles, casefolded


class Resolved(Noun, frozen=True, kw_only=True):
    """One Reading in the light of the record. Labels are those of the Reading."""

    reading: Reading
    first_seen: str
    story: str | None = None
    copy_of: str | None = None  # the id of the article that this one carries whole
    actors: dict[str, str] = msgspec.field(default_factory=dict)  # label of an entity → id of the actor in the record
    names: dict[str, tuple[str, ...]] = msgspec.field(
        default_factory=dict
    )  # label of an entity → all names that the record knows for that actor
    origins: dict[str, Origin] = msgspec.field(
        default_factory=dict
    )  # label of an attribution → its origin; "" → of what the article says by itself


class Alert(Noun, frozen=True, kw_only=True):
    """That an indicator's threshold was crossed, once an origin and crossing, with its evidence."""

    id: str  # of indicator, crossing and origin
    indicator: str
    crossing: str  # how: "crossed", "crossed as planned", "reaches past", …
    when: str
    article: str
    record: str  # the id of the figure, event, attribution or condition
    sentence: str  # the words of the evidence
    speaker: str | None
    chain: tuple[str, ...]  # through whom it reached us, the nearest to the source first
    origin: Origin
    admiralty: str  # such as "F3"
    reason: str  # of the credibility, in words
    missing: tuple[str, ...] = ()  # what is still missing for a confirmation
    notes: tuple[str, ...] = ()  # such as a later merge of origins
