"""Dossiers: everything that the record holds of an article, put together for a few articles at a time.

An export walks through dossiers, so that each format maps nouns and asks no database. In the order of the questions that `load` asks:

1. the articles with their current readings, and where their bytes lie;
2. what became of them beside the others: story, copies, versions, origins, whom their entities stand for;
3. the claims that they make, how the accounts of these stand, the alerts that they raised, and what people judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from onrecord.knowledge import Alert, Copy, Judgement, Origin, Profile, Standing
from onrecord.model import Article, Reading
from onrecord.store import articles, captures, grades, judgements, standings
from onrecord.store.accounts import marks
from onrecord.store.database import Transaction
from onrecord.store.dossier import Dossier, InStory, Said, Somebody, Version
from onrecord.store.readings import unpacked
from onrecord.store.rows import BITS, chunks, place_of
from onrecord.text import Spans, digest

KEPT = 2_000  # standings of accounts that are remembered, as articles of one story share them
UNLABELLED = {"dates": ("d", "date"), "estimates": ("w", "estimate"), "findings": ("n", "finding")}
PARTS: dict[str, str] = {"statement": "attributions", "figure": "figures", "event": "events"}
READINGS = (
    "SELECT r.article, a.id, r.row, r.id, r.made_when, r.record, r.input, r.reader, r.version, a.first_seen FROM readings r "
    "JOIN articles a ON a.row = r.article WHERE r.current = 1 AND r.article IN ({marks})"
)
FIRST = f"SELECT a.row, {captures.COLUMNS} FROM articles a JOIN captures ON captures.row = a.capture WHERE a.row IN ({{marks}})"
AGAIN = f"SELECT s.article, {captures.COLUMNS} FROM sightings s JOIN captures ON captures.row = s.capture WHERE s.article IN ({{marks}}) ORDER BY captures.row"  # fmt: skip
RESOLVED = (
    "SELECT d.article, d.moment, d.origin, d.origins, s.id, s.title, s.first_moment, s.last_moment, b.id, d.copy_kind, d.copied_share, e.moment FROM resolved d "
    "LEFT JOIN stories t ON t.row = d.story LEFT JOIN stories s ON s.row = coalesce(t.merged_into, t.row) LEFT JOIN articles b ON b.row = d.copy_of "
    "LEFT JOIN resolved e ON e.article = d.copy_of "
    "WHERE d.article IN ({marks})"
)
VERSIONS = (
    "SELECT x.new, a.id, x.silent, x.correction FROM edits x JOIN articles a ON a.row = x.old WHERE x.new IN ({marks})"
)
ORIGINS = (
    "SELECT n.id, coalesce(c.id, w.id, n.id), n.kind, coalesce(c.name, w.name, n.name) FROM origins n LEFT JOIN actors w ON w.id = n.id "
    "LEFT JOIN actors c ON c.row = w.same_as WHERE n.id IN ({marks})"
)
PEOPLE = (
    "SELECT x.entity, o.id, h.id, h.name, h.profile FROM entity_actors x JOIN actors o ON o.row = x.actor "
    "JOIN actors h ON h.row = coalesce(o.same_as, o.row) WHERE x.entity >= ? AND x.entity < ?"
)
CLAIMS = (
    "SELECT f.article, f.kind, f.part, f.number, f.stance, f.firmness, f.status, f.origin, f.low, f.high, f.quoted, f.words, f.words_at, "
    "x.row, x.id, x.kind, x.words, s.id FROM facts f JOIN accounts x ON x.row = f.account JOIN stories t ON t.row = x.story "
    "JOIN stories s ON s.row = coalesce(t.merged_into, t.row) WHERE f.article IN ({marks}) ORDER BY f.article, f.kind, f.part, f.number"
)
ALERTS = "SELECT article, record FROM alerts WHERE article IN ({marks}) ORDER BY made_when, row"


class Rows(NamedTuple):
    """The rows that a dossier was made of."""

    article: int
    reading: int


class Memory:
    """What one export remembers between the articles: grades, and how accounts stand, of which the latest are kept."""

    def __init__(self, transaction: Transaction) -> None:
        self.grades = grades.all_grades(transaction)
        self.standings: dict[int, Standing] = {}


Grouped = dict[int, list[tuple[Any, ...]]]


def load(transaction: Transaction, rows: Sequence[int], memory: Memory) -> list[Dossier]:
    """The dossiers of articles by their rows, in the order given; of everything that their readings hold."""
    bare = {d[0].article: d for d in read(transaction, rows, memory)}
    asked = [bare[row] for row in rows if row in bare]
    placed = beside(transaction, asked)
    return list(told(transaction, placed, memory))


def grouped(transaction: Transaction, sql: str, values: Sequence[object]) -> Grouped:
    """The rows of a statement by their first column."""
    found: Grouped = {}
    if values:
        for first, *rest in transaction.all(sql.format(marks=marks(values)), values):
            found.setdefault(first, []).append(tuple(rest))
    return found


def read(transaction: Transaction, rows: Sequence[int], memory: Memory) -> Iterable[tuple[Rows, Dossier]]:
    """Step 1."""
    whole = f"{articles.WHOLE} WHERE a.row IN ({marks(rows)})"
    texts = {row[0]: articles.article_of(row) for row in (transaction.all(whole, rows) if rows else ())}
    first, again = (grouped(transaction, sql, rows) for sql in (FIRST, AGAIN))
    for row, found in grouped(transaction, READINGS, rows).items():
        id, reading_row, reading_id, made, record, input, reader, version, seen = found[0]
        reading = unpacked(record, texts[id], input, reader, version)
        kept = tuple(captures.kept_of(c) for c in (*first.get(row, ()), *again.get(row, ())))
        yield Rows(row, reading_row), Dossier(
            reading=reading, reading_id=reading_id, read_when=made, first_seen=seen, moment=None, captures=kept, grade=grade(texts[id], memory),
            ids=ids(reading, reading_id), attributions=reading.attributions, events=reading.events, figures=reading.figures, conditions=reading.conditions,
            estimates=reading.estimates,
        )  # fmt: skip


def grade(article: Article, memory: Memory) -> str | None:
    """The Admiralty reliability of an article's outlet."""
    outlet = article.outlet and (article.outlet.domain or article.outlet.name)
    return memory.grades.get(outlet, grades.DEFAULT) if outlet else None


def ids(reading: Reading, id: str) -> dict[str, str]:
    """The id of each part of a reading, by its label."""
    labelled = (
        reading.attributions,
        reading.entities,
        reading.events,
        reading.figures,
        reading.places,
        reading.conditions,
    )
    found = {part.id: digest(id, part.id) for parts in labelled for part in parts}
    for name, (letter, noun) in UNLABELLED.items():
        found |= {f"{letter}{n + 1}": digest(id, f"{noun} {n}") for n in range(len(getattr(reading, name)))}
    return found


def beside(transaction: Transaction, some: Sequence[tuple[Rows, Dossier]]) -> list[tuple[Rows, Dossier]]:
    """Step 2."""
    rows = [at.article for at, _ in some]
    placed, versions = (grouped(transaction, sql, rows) for sql in (RESOLVED, VERSIONS))
    origins = current_origins(
        transaction, (o for found in placed.values() for o in (found[0][1], *labelled(found[0][2]).values()))
    )
    return [
        (at, with_place(transaction, at, d, placed.get(at.article), versions.get(at.article), origins))
        for at, d in some
    ]


def with_place(transaction: Transaction, at: Rows, d: Dossier, placed: Any, versions: Any, origins: dict[str, Origin]) -> Dossier:  # fmt: skip
    """A dossier with what became of its article beside the others."""
    version = Version(of=versions[0][0], silent=bool(versions[0][1]), correction=versions[0][2]) if versions else None
    d = msgspec.structs.replace(d, version=version, people=people(transaction, at, d.reading))
    if placed is None:
        return d
    moment, origin, by_label, story, title, first, last, of, kind, share, copied = placed[0]
    return msgspec.structs.replace(
        d, moment=moment, story=InStory(id=story, title=title, first=first, last=last) if story else None,
        copy=Copy(article=d.article.id, of=of, kind=kind, share=share) if of else None, copied=copied, origin=origins.get(origin),
        origins={label: origins[o] for label, o in labelled(by_label).items() if label and o in origins},
    )  # fmt: skip


def labelled(origins: str) -> dict[str, str]:
    """Ids of origins by label, from their column."""
    return msgspec.json.decode(origins, type=dict[str, str])


def current_origins(transaction: Transaction, wanted: Iterable[str]) -> dict[str, Origin]:
    """Origins by the ids that they were recorded with, as they are known by now."""
    found: dict[str, Origin] = {}
    for some in chunks(sorted(set(wanted))):
        for id, (row,) in grouped(transaction, ORIGINS, some).items():
            found[str(id)] = msgspec.convert(dict(zip(("id", "kind", "name"), row, strict=True)), Origin)
    return found


def people(transaction: Transaction, at: Rows, reading: Reading) -> dict[str, Somebody]:
    """Whom the entities of a reading stand for."""
    rows = transaction.all(PEOPLE, (at.reading << BITS, (at.reading + 1) << BITS))
    return {
        reading.entities[place_of(entity)[1]].id: Somebody(id=head, own=own, name=name, profile=msgspec.json.decode(profile, type=Profile))
        for entity, own, head, name, profile in rows
    }  # fmt: skip


def told(transaction: Transaction, some: Sequence[tuple[Rows, Dossier]], memory: Memory) -> Iterable[Dossier]:
    """Step 3."""
    rows = [at.article for at, _ in some]
    claims, alerts = (grouped(transaction, sql, rows) for sql in (CLAIMS, ALERTS))
    every = [claim for found in claims.values() for claim in found]
    origins = current_origins(transaction, (claim[6] for claim in every))
    remember(transaction, every, memory)
    judged = judged_by_people(transaction, {id for _, d in some for s in d.people.values() for id in (s.own, s.id)})
    for at, d in some:
        mine = claims.get(at.article, [])
        yield msgspec.structs.replace(
            d, said=tuple(said_of(claim, d.reading, origins) for claim in mine), standings={claim[13]: memory.standings[claim[12]] for claim in mine},
            alerts=tuple(msgspec.json.decode(record, type=Alert) for (record,) in alerts.get(at.article, ())),
            judgements=tuple(j for j in judged if not {j.left, j.right}.isdisjoint({id for s in d.people.values() for id in (s.own, s.id)})),
        )  # fmt: skip


def said_of(claim: Sequence[Any], reading: Reading, origins: dict[str, Origin]) -> Said:
    """The claim of a row of `CLAIMS`, its article left out."""
    kind, part, number, stance, firmness, status, origin, low, high, quoted, words, at, _, account = claim[:14]
    label = getattr(reading, PARTS[kind])[place_of(part)[1]].id
    return Said(
        label=label, number=number, kind=kind, account=account, stance=stance, firmness=firmness, status=status, origin=origins[origin], low=low, high=high,
        quoted=bool(quoted), words=words, words_at=msgspec.json.decode(at, type=Spans),
    )  # fmt: skip


def remember(transaction: Transaction, claims: Iterable[Sequence[Any]], memory: Memory) -> None:
    """Makes sure that the standings of the accounts of these claims are in memory, and not too many others."""
    heads = {row: (standings.Head(row, id, kind, words, False), story) for *_, row, id, kind, words, story in claims}
    if len(memory.standings) > KEPT:
        memory.standings = {row: memory.standings[row] for row in heads if row in memory.standings}
    missing = [row for row in heads if row not in memory.standings]
    for some in chunks(missing):
        voices = grouped(transaction, standings.VOICES.replace("?", f"'{grades.DEFAULT}'", 1), some)
        counts = grouped(transaction, standings.TOLD, some)
        for row in some:
            head, story = heads[row]
            spoken = [standings.voice(v) for v in voices[row]]
            memory.standings[row] = standings.standing(head, story, spoken, counts[row][0][0], ())


def judged_by_people(transaction: Transaction, ids: set[str]) -> list[Judgement]:
    """What people judged of these actors, each once, oldest first."""
    found = {j.id: j for some in chunks(sorted(ids)) for j in judgements.by_people(transaction, tuple(some))}
    return sorted(found.values(), key=lambda j: (j.when, j.id))
