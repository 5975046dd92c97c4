"""An account as a row of a page: the claim with its sentence, who says so, through whom, how firmly, who denies it, and how far to trust it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from onrecord.export.telling import (
    LONGEST,
    RELIABILITY,
    STANCE,
    Piece,
    bare,
    denial,
    is_denial,
    lead,
    manner,
    name,
    pieces,
    unit,
    value,
)
from onrecord.export.view import CERTAINTY, shorten
from onrecord.serve.axis import Mark, Scale, mark, scale
from onrecord.store.database import Transaction
from onrecord.store.sayings import Saying, texts
from onrecord.store.standings import Told
from onrecord.wording import interval

SHAPE = {"asserts": "said", "hedges": "hedged", "denies": "denied"}


class Said(Struct, frozen=True, kw_only=True):
    """One claim. Moments are ISO 8601 in UTC; `published` is as the page gave it."""

    id: str
    stance: str  # in words
    denies: bool
    by: str
    by_id: str | None  # the actor, where the record knows one
    origin: str
    via: tuple[str, ...]  # through whom it came, the nearest to the source first, the article's outlet last
    outlet: str | None
    article: str
    title: str | None
    moment: str
    published: str | None
    kind: str  # quoted, partly quoted, reported; figure; event
    certainty: str
    status: str
    words: str
    value: str | None  # of a figure
    low: float | None
    high: float | None
    copy: bool


class Shown(Struct, frozen=True, kw_only=True):
    """A claim with the sentence that it stands in."""

    said: Said
    pieces: tuple[Piece, ...]


class Account(Struct, frozen=True, kw_only=True):
    """An account: what is claimed, by whom, through how many origins, and how far it can be trusted."""

    id: str
    kind: str
    words: str
    unit: str | None
    low: float | None
    high: float | None
    contested: bool
    said_by: tuple[str, ...]
    less_firmly: tuple[str, ...]
    denied_by: tuple[str, ...]
    origins: int
    copies: int
    articles: int
    claims: int
    admiralty: str
    reliability: str
    reason: str
    first: str
    last: str
    lead: Shown | None  # the first claim; of a figure the latest
    denial: Shown | None
    sayings: tuple[Said, ...]
    axis: Scale | None = None

    @property
    def marks(self) -> list[Mark]:
        """The values on the axis, each once."""
        if not self.axis:
            return []
        found = {(s.low, s.high, s.denies): s for s in reversed(self.sayings) if s.low is not None or s.high is not None}  # fmt: skip
        return [mark(self.axis, s.low, s.high, SHAPE["denies" if s.denies else "hedges" if s.stance == STANCE["hedges"] or "about" in (s.value or "") else "asserts"], f"{s.value}, {s.stance} {s.by}") for s in found.values()]  # fmt: skip

    @property
    def band(self) -> Mark | None:
        """From the least to the most that is said."""
        return mark(self.axis, self.low, self.high, "band", "") if self.axis and (self.low, self.high) != (None, None) else None  # fmt: skip

    @property
    def interval(self) -> str:
        """The same in words."""
        if self.low is None and self.high is None:
            return ""
        return f"{interval(self.low, self.high)} {self.unit or ''}".strip()

    @property
    def values(self) -> list[tuple[Said, list[str]]]:
        """Each value in the order in which they came up, with those who gave it."""
        found: dict[str, tuple[Said, list[str]]] = {}
        for s in self.sayings:
            if s.value and not s.denies:
                found.setdefault(s.value, (s, []))[1].append(s.by)
        return [(s, list(dict.fromkeys(names))) for s, names in found.values()]

    @property
    def by_origin(self) -> list[tuple[Said, list[Said]]]:
        """The first claim of each origin, with the others of the same."""
        found: dict[tuple[str, bool], list[Said]] = {}
        for s in sorted(self.sayings, key=lambda s: (s.moment, s.copy)):
            found.setdefault((s.origin, s.denies), []).append(s)
        return [(some[0], some[1:]) for some in found.values()]


def accounts(transaction: Transaction, found: Sequence[Told]) -> tuple[Account, ...]:
    """Accounts as rows, those of one unit on one axis."""
    leads = {t.standing.id: (lead(t), denial(t)) for t in found}
    shown = [s for pair in leads.values() for s in pair if s]
    read = texts(transaction, (s.article for s in shown))
    made = [account(t, *(shown_of(s, read) for s in leads[t.standing.id])) for t in found]
    axes = {unit: scale(v for a in made if unit_of(a) == unit for v in ends(a)) for unit in {unit_of(a) for a in made}}
    return tuple(replace(a, axis=axes[unit_of(a)]) if a.kind == "figure" else a for a in made)


def unit_of(a: Account) -> str:
    """What an account's figures must share with another's to lie on one axis."""
    return (a.unit or a.id) if a.kind == "figure" else ""


def ends(a: Account) -> Iterator[float]:
    """The values of an account's figures, ends of ranges included."""
    for s in a.sayings:
        yield from (v for v in (s.low, s.high) if v is not None)


def account(told: Told, first: tuple[Saying, tuple[Piece, ...]] | None, no: tuple[Saying, tuple[Piece, ...]] | None) -> Account:  # fmt: skip
    """An account of what the record tells of it."""
    s = told.standing
    denied = s.denied_by if s.asserted_by or s.hedged_by or any(is_denial(told, x) for x in told.sayings) else ()
    return Account(
        id=s.id, kind=s.kind, words=s.words, unit=unit(told.sayings), low=s.low, high=s.high, contested=told.contested,
        said_by=names(s.asserted_by or (() if denied else s.denied_by)), less_firmly=names(s.hedged_by), denied_by=names(denied), origins=s.origins, copies=told.copies,
        articles=s.articles, claims=told.claims, admiralty=s.admiralty, reliability=RELIABILITY[s.admiralty[0]], reason=shorten(s.reason, LONGEST), first=s.first, last=s.last,
        lead=Shown(said=said(told, first[0]), pieces=first[1]) if first else None, denial=Shown(said=said(told, no[0]), pieces=no[1]) if no else None,
        sayings=tuple(said(told, x) for x in told.sayings),
    )  # fmt: skip


def names(some: Sequence[str]) -> tuple[str, ...]:
    """Names as they are shown."""
    return tuple(map(name, some))


def said(told: Told, s: Saying) -> Said:
    """One claim of an account."""
    c = s.claim
    no = is_denial(told, s)
    by = name(c.speaker_name or c.origin.name)
    via = tuple(name(n) for n in dict.fromkeys((*s.via, s.outlet)) if n and bare(n) != bare(by))
    return Said(
        id=c.id, stance=STANCE["denies" if no else "hedges" if c.stance == "hedges" else "asserts"], denies=no, by=by,
        by_id=c.speaker, origin=c.origin.id, via=via, outlet=name(s.outlet or "") or None, article=c.article, title=s.title,
        moment=c.moment, published=s.published, kind=manner(s), certainty=CERTAINTY.get(s.firmness, s.firmness), status=c.status, words=c.words,  # type: ignore[call-overload]
        value=value(s), low=c.low, high=c.high, copy=s.copy_of is not None,
    )  # fmt: skip


def shown_of(s: Saying | None, read: Mapping[int, str]) -> tuple[Saying, tuple[Piece, ...]] | None:
    """A claim with its sentence."""
    return (s, tuple(pieces(read[s.article], s.words_at))) if s else None
