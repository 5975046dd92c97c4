"""The nouns of what many articles say together: judgements, origins, stories, accounts, indicators and alerts.

`onrecord.model` has the nouns of one article. Ids are digests of content; times are ISO 8601 in UTC.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.model import EntityType, EventStatus, Noun, Reading
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

    id: str  # of kind and name; that of an unnamed source is its newsroom's, and a mark
    kind: OriginKind
    name: str

    @property
    def root(self) -> str:
        """What two origins that are not independent have in common: unnamed sources of one paper, and that paper."""
        return self.id.partition(":")[0]


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
    copy_of: str | None = None  # the id of the article whose text this one carries
    actors: dict[str, str] = msgspec.field(default_factory=dict)  # label of an entity → id of the actor in the record
    names: dict[str, tuple[str, ...]] = msgspec.field(
        default_factory=dict
    )  # label of an entity → all names that the record knows for that actor
    origins: dict[str, Origin] = msgspec.field(
        default_factory=dict
    )  # label of an attribution → its origin; "" → of what the article says by itself
    setting: tuple[str, ...] = ()  # places that its affair is known to be in, which the article need not name


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


class StoryLine(Noun, frozen=True, kw_only=True):
    """A story in one line. Moments are ISO 8601 in UTC."""

    id: str
    title: str | None
    first: str
    last: str
    articles: int
    outlets: int
    origins: int  # of the articles: newsrooms that report by themselves
    copies: int  # articles that carry another's text
    changes: dict[str, int]  # since the moment that was asked for, by kind


class Coverage(Noun, frozen=True, kw_only=True):
    """An article of a story, in its timeline."""

    article: str
    moment: str
    outlet: str | None
    title: str | None
    url: str | None
    origin: Origin  # of what it says by itself
    copy_of: str | None = None
    copy_kind: CopyKind | None = None


class Claim(Noun, frozen=True, kw_only=True):
    """A claim as it stands in its account: what it says, who says so, and whose word it is."""

    id: str  # of the attribution, figure or event
    number: int = 0  # of the sentence, where an attribution makes several claims
    kind: FactKind
    article: str
    outlet: str | None
    moment: str
    words: str
    stance: Stance
    status: EventStatus
    origin: Origin
    speaker: str | None = None  # the actor's id
    speaker_name: str | None = None
    low: float | None = None
    high: float | None = None
    quoted: bool = False


class Standing(Noun, frozen=True, kw_only=True):
    """How an account stands: what is claimed, by whom, through how many origins, and how far it can be trusted."""

    id: str
    story: str
    kind: FactKind
    words: str
    low: float | None = None  # of the figures that are asserted or hedged, both ends
    high: float | None = None
    asserted_by: tuple[str, ...]
    hedged_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    origins: int
    articles: int
    admiralty: str  # reliability and credibility, such as "C2"
    reason: str
    first: str
    last: str
    claims: tuple[Claim, ...]


class StoryView(Noun, frozen=True, kw_only=True):
    """A story with its timeline and its accounts, the contested first, then the most told."""

    story: StoryLine
    coverage: tuple[Coverage, ...]
    accounts: tuple[Standing, ...]
    told: int  # how many accounts there are in all


class ActorView(Noun, frozen=True, kw_only=True):
    """Somebody, with all that was said over time, oldest first, and the changes of position among it."""

    id: str
    name: str
    names: tuple[str, ...]
    type: EntityType
    roles: tuple[str, ...]
    countries: tuple[str, ...]
    articles: int
    claims: tuple[Claim, ...]
    reversals: tuple[str, ...]  # in words


class ChangeLine(Noun, frozen=True, kw_only=True):
    """A change with the story and the article that brought it."""

    kind: str
    moment: str
    words: str
    story: str | None
    story_title: str | None
    article: str
    outlet: str | None
    title: str | None
    url: str | None
    other: str | None = None  # the article that it is set against
    claim: str | None = None  # ids that `onrecord show` walks back to the bytes
    against: str | None = None


class ConditionLine(Noun, frozen=True, kw_only=True):
    """A condition that was read, with who says so and where."""

    id: str
    kind: str
    if_words: str
    then_words: str
    said_by: str | None
    outlet: str | None
    published: str | None
    article: str


class Difference(Noun, frozen=True, kw_only=True):
    """Two articles word by word."""

    old_name: str
    new_name: str
    pieces: tuple[tuple[Literal["same", "old", "new"], str], ...]  # in order


class Question(Noun, frozen=True, kw_only=True):
    """Two actors that the machine cannot tell apart or together by itself."""

    left: str
    left_name: str
    right: str
    right_name: str
    score: float
    reason: str
    weight: int  # in how many articles they appear together: what the answer is worth
