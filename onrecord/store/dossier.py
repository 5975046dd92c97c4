"""The nouns of an export: an article with everything that the record holds of it."""

from __future__ import annotations

import msgspec

from onrecord.knowledge import Alert, Copy, FactKind, Judgement, Origin, Profile, Stance, Standing
from onrecord.model import (
    Article,
    Attribution,
    Certainty,
    Condition,
    Estimate,
    Event,
    EventStatus,
    Figure,
    Kept,
    Noun,
    Reading,
)
from onrecord.text import Spans


class Somebody(Noun, frozen=True, kw_only=True):
    """Whom an entity of an article stands for in the whole record."""

    id: str  # of the actor that stands for all who were judged to be the same
    own: str  # of the actor that this entity was taken for; the same where nobody judged
    name: str
    profile: Profile  # all names, roles and countries that the record knows


class InStory(Noun, frozen=True, kw_only=True):
    """The story that an article belongs to. Moments are ISO 8601 in UTC."""

    id: str
    title: str | None
    first: str
    last: str


class Version(Noun, frozen=True, kw_only=True):
    """The version of the page before this one."""

    of: str  # the id of the article
    silent: bool  # it changed without saying so
    correction: str | None  # the words that own up to the change


class Said(Noun, frozen=True, kw_only=True):
    """A claim that an article makes, with the account that it is part of. `label` is that of an attribution, figure or event of the Reading."""

    label: str
    number: int  # of the sentence, where an attribution makes several claims
    kind: FactKind
    account: str
    stance: Stance
    firmness: Certainty
    status: EventStatus
    origin: Origin
    low: float | None
    high: float | None
    quoted: bool
    words: str
    words_at: Spans


class Dossier(Noun, frozen=True, kw_only=True):
    """An article with everything that the record holds of it. Labels are those of its Reading; dates, estimates and findings are d1, w1, n1.

    `attributions`, `events`, `figures`, `conditions` and `estimates` are those that the export is about: all of the Reading's, or those of the
    speaker who was asked for. The Reading has them all, for looking up what they refer to.
    """

    reading: Reading
    reading_id: str
    read_when: str  # ISO 8601 in UTC
    first_seen: str
    moment: (
        str | None
    )  # when it appeared, in UTC; None where it was not set beside the others, as no reader could read it
    captures: tuple[Kept, ...]  # the first is the one that the article was made of
    grade: str | None  # Admiralty reliability of its outlet; None without outlet
    ids: dict[str, str]  # label → id of the part, which `onrecord show` takes
    story: InStory | None = None
    copy: Copy | None = None
    copied: str | None = None  # when the article whose text it carries appeared, in UTC
    version: Version | None = None
    origin: Origin | None = None  # of what the article says by itself
    origins: dict[str, Origin] = msgspec.field(default_factory=dict)  # label of an attribution → whose word it is
    people: dict[str, Somebody] = msgspec.field(default_factory=dict)  # label of an entity → whom it stands for
    said: tuple[Said, ...] = ()
    standings: dict[str, Standing] = msgspec.field(
        default_factory=dict
    )  # id of an account → how it stands; without its claims
    alerts: tuple[Alert, ...] = ()
    judgements: tuple[Judgement, ...] = ()  # of people, on those whom the article names
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    conditions: tuple[Condition, ...] = ()
    estimates: tuple[Estimate, ...] = ()

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.reading.article

    @property
    def published(self) -> str:
        """When it was published, as the page says it; else when it was first seen."""
        return self.article.published.value if self.article.published else self.first_seen
