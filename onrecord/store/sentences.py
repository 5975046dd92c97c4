"""The newest sentences that name somebody, so that a person can judge who is meant."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec import json as coded

from onrecord.read.sentences import sentences
from onrecord.store.database import Transaction
from onrecord.store.rows import PART_ID, place_of
from onrecord.text import Span, Spans, covers, digest

COPIES = 4  # mentions that are looked at for each sentence that is shown, as many are copies
AROUND = 250  # characters on each side of a name
NEWEST = (
    "SELECT x.entity, r.id, r.record, a.id, a.text, coalesce(nullif(o.name, ''), o.domain), coalesce(d.moment, a.first_seen), a.published FROM entity_actors x "
    "JOIN entities e ON e.row = x.entity JOIN readings r ON r.row = e.reading JOIN articles a ON a.row = r.article LEFT JOIN resolved d ON d.article = a.row "
    "LEFT JOIN outlets o ON o.row = a.outlet WHERE x.actor = ? ORDER BY x.entity DESC LIMIT ?"
)


class Named(Struct, frozen=True):
    """What is needed of an entity in a reading's JSON."""

    id: str
    mentions: Spans = ()


class Saying(Struct, frozen=True):
    """What is needed of an attribution in a reading's JSON."""

    id: str
    content: Spans
    source: Spans = ()


class Record(Struct, frozen=True):
    """What is needed of a reading's JSON."""

    entities: tuple[Named, ...] = ()
    attributions: tuple[Saying, ...] = ()


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence that names somebody: what comes before the name, the name, and what comes after."""

    before: str
    name: str
    after: str
    article: str
    part: str  # the beginning of the id of the attribution that it is in, or of the entity
    outlet: str | None
    moment: str
    published: str | None


def naming(transaction: Transaction, rows: Sequence[int], limit: int) -> list[Sentence]:
    """The newest sentences that name somebody, each once and one an article; `rows` are all that stand for them."""
    found = [f for row in rows for f in transaction.all(NEWEST, (row, limit * COPIES))]
    newest = (sentence(*f) for f in sorted(found, key=lambda f: f[0], reverse=True))
    kept: dict[tuple[str, ...], Sentence] = {}
    articles: set[str] = set()
    for one in newest:
        if len(kept) < limit and one.article not in articles:
            articles.add(one.article)
            kept.setdefault((one.before, one.name, one.after), one)
    return list(kept.values())


def sentence(entity: int, reading: str, record: bytes | str, article: str, text: str, outlet: str | None, moment: str, published: str | None) -> Sentence:  # fmt: skip
    """The sentence of the first mention of an entity, by its row."""
    known = coded.decode(record, type=Record)
    one = known.entities[place_of(entity)[1]]
    at = next((m for m in one.mentions if m[0] > text.find("\n")), one.mentions[0] if one.mentions else (0, 0))
    start, end = bounds(text, at)
    within = next((a.id for a in known.attributions if covers(a.content + a.source, (at,))), one.id)
    return Sentence(
        before=text[start : at[0]], name=text[slice(*at)], after=text[at[1] : end], article=article, part=digest(reading, within)[:PART_ID], outlet=outlet,
        moment=moment, published=published,
    )  # fmt: skip


def bounds(text: str, at: Span) -> Span:
    """The sentence around some words; of a very long one the part around them."""
    start, end = next((s for s in sentences(text) if s[0] <= at[0] and at[1] <= s[1]), at)
    return max(start, at[0] - AROUND), min(end, at[1] + AROUND)
