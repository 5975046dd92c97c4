"""The record as flat tables: one row for each attribution, article, figure and so on, with the names beside it that it needs to stand alone.

A table is declared once, as columns with their types, their meaning and the SQL that gives them; every format takes its header or schema from
there. Rows come a page of articles at a time, in the order in which they were recorded (since a moment: in order of time), so that nothing is
held but a page. Tables of what many articles say together are in `tables_known`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from onrecord.model import Noun
from onrecord.store import grades
from onrecord.store.accounts import marks
from onrecord.store.database import Transaction
from onrecord.store.exporting import Selection, pages
from onrecord.store.rows import BITS, chunks, place_of
from onrecord.text import Spans

Kind = Literal["text", "whole", "number", "yes-no", "list"]
Row = list[Any]


class Column(NamedTuple):
    """A column: its name, what its values are, what it means, and the SQL that gives it where there is one."""

    name: str
    kind: Kind
    words: str
    sql: str = ""


class Table(Noun, frozen=True, kw_only=True):
    """A table: what a row is, its columns, and what they are drawn from."""

    name: str
    words: str
    columns: tuple[Column, ...]
    source: str = ""  # SQL behind FROM; empty for what many articles say together
    row: str = "n.row"  # the SQL of the row's own number
    speaker: str | None = None  # the SQL of the actor whose word a row is, where it is somebody's


ARTICLE = (
    Column("moment", "text", "when the article appeared, ISO 8601 in UTC", "d.moment"),
    Column("published", "text", "when it was published, as the page says it", "a.published"),
    Column("outlet", "text", "the outlet’s name, else its domain", "coalesce(nullif(o.name, ''), o.domain)"),
    Column("domain", "text", "the outlet’s domain", "nullif(o.domain, '')"),
    Column("title", "text", "the headline", "a.title"),
    Column("url", "text", "the address that the page gives for itself, else the one it was fetched from", "coalesce(a.canonical_url, a.url)"),
    Column("story", "text", "the id of the story", "coalesce(t.id, s.id)"),
    Column("story_title", "text", "what the story is called", "coalesce(t.title, s.title)"),
    Column("article", "text", "the article’s id: digest of its text and address", "a.id"),
    Column("capture", "text", "the digest of the bytes that it was read from", "p.digest"),
)  # fmt: skip
AROUND = (
    "articles a JOIN captures p ON p.row = a.capture LEFT JOIN outlets o ON o.row = a.outlet LEFT JOIN resolved d ON d.article = a.row "
    "LEFT JOIN stories s ON s.row = d.story LEFT JOIN stories t ON t.row = s.merged_into"
)
READ = f"{AROUND} JOIN readings r ON r.article = a.row AND r.current = 1"
WHO = "LEFT JOIN entities e ON e.row = {0}.speaker LEFT JOIN entity_actors x ON x.entity = e.row LEFT JOIN actors w ON w.row = x.actor LEFT JOIN actors c ON c.row = w.same_as"
ACTOR = "coalesce(c.id, w.id)"
SAID_BY = (
    Column("said_by", "text", "who says so; empty where the article does by itself", "coalesce(e.name, m.source)"),
    Column("said_by_id", "text", "the id of the actor in the record", ACTOR),
    Column("certainty", "text", "how firmly: CT+ PR+ PS+ CT- PR- PS- Uu (FactBank)", "m.certainty"),
    Column("attribution", "text", "the id of the attribution", "m.id"),
)
SAYING = f"LEFT JOIN attributions m ON m.row = n.attribution {WHO.format('m')}"


def parts(name: str) -> str:
    """The parts of the readings of articles, as `n`."""
    return f"{READ} JOIN {name} n ON n.row >= r.row * {1 << BITS} AND n.row < (r.row + 1) * {1 << BITS}"


def text(name: str, words: str, sql: str | None = None) -> Column:
    """A column of words."""
    return Column(name, "text", words, sql or f"n.{name}")


def number(name: str, words: str, sql: str | None = None) -> Column:
    """A column of numbers."""
    return Column(name, "number", words, sql or f"n.{name}")


WHERE = (
    Column("content_start", "whole", "where the content begins in the article’s text, in Unicode code points"),
    Column("content_end", "whole", "where it ends"),
    Column("origin", "text", "whose word it is: the independent source"),
    Column("origin_kind", "text", "speaker, anonymous, agency or outlet"),
)  # what `Where` adds
ID = text("id", "the id, which `onrecord show` takes")
TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        Table(
            name="attributions", words="who said what, in which words", source=f"{parts('attributions')} {WHO.format('n')} LEFT JOIN entities v ON v.row = n.venue LEFT JOIN attributions i ON i.row = n.within", speaker=ACTOR,
            columns=(
                ID, text("speaker", "who speaks, pronouns and descriptions resolved", "e.name"), text("role", "as the article says it", "e.role"), text("country", "ISO 3166-1 alpha-2", "e.country"),
                text("speaker_id", "the id of the actor in the record", ACTOR), text("speaker_kind", "named, described, anonymous, collective, outlet or document"),
                text("source", "the words that name the speaker"), text("cue", "the words that report"), text("content", "what is said, exactly as the article has it"),
                text("kind", "direct, mixed or indirect"), text("act", "statement, question, order, belief, intention, feeling or knowledge"),
                Column("negated", "yes-no", "the cue denies it, or it was not said", "n.negated"), text("certainty", "the speaker’s commitment: CT+ PR+ PS+ CT- PR- PS- Uu (FactBank)"),
                number("confidence", "calibrated probability that the attribution is right"), text("venue", "the outlet or platform that it was said to or in", "v.name"),
                text("within", "the id of the attribution whose content holds this one", "i.id"), *ARTICLE, *WHERE,
            ),
        ),
        Table(
            name="articles", words="every version of every page", row="a.row", source=f"{AROUND} LEFT JOIN articles f ON f.row = d.copy_of LEFT JOIN origins g ON g.id = d.origin LEFT JOIN grades k ON k.domain = coalesce(nullif(o.domain, ''), o.name)",
            columns=(
                *ARTICLE, Column("byline", "list", "who wrote it", "a.byline"), text("language", "BCP 47", "a.language"), text("published_evidence", "what says when it was published", "a.published_evidence"),
                text("modified", "when it was modified, as the page says it", "a.modified"), text("first_seen", "when the record saw it first, ISO 8601 in UTC", "a.first_seen"),
                text("copy_of", "the id of the article whose text it carries", "f.id"), text("copy_kind", "whole or embedded", "d.copy_kind"), number("copied_share", "of the other’s text that it holds, 0 to 1", "d.copied_share"),
                text("origin", "whose word it is where it names nobody", "g.name"), text("origin_kind", "outlet, agency, speaker or anonymous", "g.kind"),
                text("grade", "Admiralty reliability of its outlet, A to F", f"coalesce(k.grade, '{grades.DEFAULT}')"), text("text", "the text that all offsets and words refer to", "a.text"),
            ),
        ),
        Table(
            name="figures", words="numbers put on record", source=f"{parts('figures')} LEFT JOIN events v ON v.row = n.event {SAYING}", speaker=ACTOR,
            columns=(
                ID, text("words", "exactly as the article has it"), number("value", "empty for a range"), number("low", "of a range or a bound"), number("high", "of a range or a bound"),
                text("comparator", "= ~ > < >= <="), text("unit", "people, tonnes, …"), text("of", "what is counted", "n.of_what"), text("status", "actual, planned, hypothetical, negated or historical"),
                text("event", "the id of the event that it measures", "v.id"), *SAID_BY, *ARTICLE,
            ),
        ),
        Table(
            name="events", words="what is reported to have happened (PLOVER)", source=f"{parts('events')} LEFT JOIN places l ON l.row = n.place {SAYING}", speaker=ACTOR,
            columns=(
                ID, text("type", "PLOVER type"), text("mode", "PLOVER mode"), text("status", "actual, planned, hypothetical, negated or historical"), text("anchor", "the words that tell it"),
                Column("actors", "list", "who acts", "n.actors"), Column("recipients", "list", "upon whom", "n.recipients"), text("date", "EDTF"), text("date_precision", "day, month, …"),
                text("place", "where", "l.name"), text("place_country", "ISO 3166-1 alpha-2", "l.country"), number("lat", "degrees north", "l.lat"), number("lon", "degrees east", "l.lon"), *SAID_BY, *ARTICLE,
            ),
        ),
        Table(
            name="entities", words="whom and what articles name", source=f"{parts('entities')} LEFT JOIN entity_actors x ON x.entity = n.row LEFT JOIN actors w ON w.row = x.actor LEFT JOIN actors c ON c.row = w.same_as", speaker=ACTOR,
            columns=(
                ID, text("name", "the fullest name in the article"), text("type", "person, organisation, outlet, place, group or document"), text("role", "as the article says it"), text("country", "ISO 3166-1 alpha-2"),
                Column("mentions", "whole", "how often the article mentions it", "n.mentions"), text("actor", "the id of the actor in the record", ACTOR), text("actor_name", "what the record calls it", "coalesce(c.name, w.name)"), *ARTICLE,
            ),
        ),
        Table(name="dates", words="dates and durations", source=parts("dates"), columns=(ID, text("words", "exactly as the article has it"), text("value", "TIMEX3 or EDTF; empty where it cannot be known"), text("type", "date, time, duration or set"), text("timex3", "where it says more than the value"), *ARTICLE)),
        Table(
            name="places", words="places that are named", source=parts("places"),
            columns=(
                ID, text("words", "exactly as the article has it"), text("name", "the place’s name"), text("country", "ISO 3166-1 alpha-2"), Column("geonames_id", "whole", "of GeoNames", "n.geonames_id"),
                number("lat", "degrees north"), number("lon", "degrees east"), text("precision", "country, region, city, point or unknown"), *ARTICLE,
            ),
        ),
        Table(
            name="conditions", words="what would have to happen for something to follow", source=f"{parts('conditions')} {SAYING}", speaker=ACTOR,
            columns=(ID, text("kind", "warning, commitment, indicator or speculation"), text("marker", "the words that make it a condition"), text("if", "what would have to happen", "n.if_words"), text("then", "what would follow", "n.then_words"), *SAID_BY, *ARTICLE),
        ),
    )
}  # fmt: skip


def rows(table: Table, selection: Selection) -> Iterator[Row]:
    """The rows of a table, a page of articles at a time, all as of one moment of the record."""
    with selection.store.reading() as transaction:
        speakers = actor_rows(transaction, selection)
        for page in pages(transaction, selection):
            if page:
                yield from of_page(transaction, table, selection, speakers, page)


def of_page(transaction: Transaction, table: Table, selection: Selection, speakers: Sequence[int], page: Sequence[int]) -> list[Row]:  # fmt: skip
    """The rows of a table that some articles have, in the order of the articles."""
    given = [c for c in table.columns if c.sql]
    condition, values = narrowing(table, selection, speakers)
    chosen = ", ".join(["a.row", table.row, *(c.sql for c in given)])
    sql = f"SELECT {chosen} FROM {table.source} WHERE a.row IN ({marks(page)}){condition}"
    order = {row: n for n, row in enumerate(page)}
    found = sorted(transaction.all(sql, (*page, *values)), key=lambda f: (order[f[0]], f[1]))
    made = [[value(c.kind, v) for c, v in zip(given, f[2:], strict=True)] for f in found]
    if len(given) < len(table.columns):
        where = Where(transaction, page)
        made = [[*row, *where.of(f[1])] for f, row in zip(found, made, strict=True)]
    return made


def narrowing(table: Table, selection: Selection, speakers: Sequence[int]) -> tuple[str, list[Any]]:
    """The condition of what is asked for within the articles, and its values."""
    condition, values = "", list[Any]()
    if selection.since:
        condition, values = " AND d.moment >= ?", [selection.since]
    if selection.speakers and table.speaker:
        return f"{condition} AND {table.speaker} IN ({marks(list(selection.speakers))})", [*values, *sorted(selection.speakers)]  # fmt: skip
    if selection.speakers:
        heard = f"SELECT 1 FROM facts f WHERE f.article = a.row AND f.speaker IN ({marks(speakers)})"
        return f"{condition} AND EXISTS ({heard})", [*values, *speakers]
    return condition, values


def actor_rows(transaction: Transaction, selection: Selection) -> list[int]:
    """The rows of the actors who are asked for, with all who were judged to be the same."""
    ids = sorted(selection.speakers)
    if not ids:
        return []
    sql = f"SELECT x.row FROM actors h JOIN actors x ON x.row = h.row OR x.same_as = h.row WHERE h.id IN ({marks(ids)})"
    return [row for (row,) in transaction.all(sql, ids)]


def value(kind: Kind, found: Any) -> Any:
    """A value of the database as a column's."""
    if found is None:
        return None
    if kind == "yes-no":
        return bool(found)
    return msgspec.json.decode(found, type=list[str]) if kind == "list" else found


class Placed(msgspec.Struct, frozen=True):
    """What is needed of an attribution in a reading's JSON."""

    id: str
    content: Spans


class Record(msgspec.Struct, frozen=True):
    """What is needed of a reading's JSON."""

    attributions: tuple[Placed, ...] = ()


class Where:
    """Where the contents of attributions lie, and whose word they are: what the readings of a page of articles know."""

    def __init__(self, transaction: Transaction, page: Sequence[int]) -> None:
        sql = (
            "SELECT r.row, r.record, d.origins FROM readings r LEFT JOIN resolved d ON d.article = r.article AND d.reading = r.row "
            f"WHERE r.article IN ({marks(page)}) AND r.current = 1"
        )
        found = transaction.all(sql, tuple(page))
        self.records = {row: msgspec.json.decode(record, type=Record).attributions for row, record, _ in found}
        self.origins = {row: msgspec.json.decode(kept, type=dict[str, str]) for row, _, kept in found if kept}
        ids = sorted({id for labels in self.origins.values() for id in labels.values()})
        self.names: dict[str, tuple[str, str]] = {}
        for some in chunks(ids):
            sql = f"SELECT id, name, kind FROM origins WHERE id IN ({marks(some)})"
            self.names |= {id: (name, kind) for id, name, kind in transaction.all(sql, some)}

    def of(self, row: int) -> Row:
        """The values of `WHERE` for the attribution in this row."""
        reading, n = place_of(row)
        placed = self.records[reading][n]
        origin = self.origins.get(reading, {}).get(placed.id, "")
        return [placed.content[0][0], placed.content[-1][1], *self.names.get(origin, (None, None))]
