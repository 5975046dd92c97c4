"""Search: the words of attributions or of whole articles, best first, in milliseconds also for the commonest of words.

1. The user's words become terms; filters become marks, words of the index themselves, so that a common word under a rare filter
   costs no more than the rarer of the two.
2. The newest `CANDIDATES` that match are taken from the index, whatever the number of all that match (on PostgreSQL see `newest`).
3. They are ranked (bm25, ts_rank); on SQLite only where no word is so common that bm25 would have to count it through, otherwise
   newest first.
4. Only what is shown is fetched, and its words are marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct
from msgspec import json as coded

from onrecord.errors import InputError
from onrecord.model import Hit
from onrecord.store import index
from onrecord.store.database import Row, Store, Transaction
from onrecord.store.newest import newest
from onrecord.store.newest import ranked as best_first
from onrecord.store.rows import as_json, place_of
from onrecord.store.words import Term, fts5, loosely, signed, terms, tsquery, words_in
from onrecord.text import Span, Spans, covers, digest, envelope

Where = Literal["content", "source", "article"]

CANDIDATES = 500
COMMON = 20_000  # rows: a word that stands in more is not counted for ranking
AROUND = 90  # characters on each side of what was found
LONGEST = 500  # characters of a context
ANY_KIND = ("kdirect", "kmixed", "kindirect")
WEIGHT = {"content": "A", "source": "B", "speaker": "C", "text": ""}  # an article has one column
FOUND = (
    "SELECT s.row, a.id, r.id, a.title, coalesce(o.name, o.domain), a.published, coalesce(a.canonical_url, a.url), e.name, s.kind, "
    "s.certainty, a.text, r.record FROM attributions s JOIN readings r ON r.row = s.reading "
    "JOIN articles a ON a.row = r.article LEFT JOIN outlets o ON o.row = a.outlet LEFT JOIN entities e ON e.row = s.speaker WHERE s.row IN "
)
FOUND_ARTICLES = (
    "SELECT a.row, a.id, NULL, a.title, coalesce(o.name, o.domain), a.published, coalesce(a.canonical_url, a.url), NULL, NULL, NULL, a.text, "
    "NULL FROM articles a LEFT JOIN outlets o ON o.row = a.outlet WHERE a.row IN "
)
DAYS = "SELECT min(day), max(day) FROM (SELECT (SELECT {}(day) FROM articles a WHERE a.outlet = o.row) AS day FROM outlets o UNION ALL SELECT {}(day) FROM articles WHERE outlet IS NULL) AS days"


class Said(Struct, frozen=True):
    """What a find needs of an attribution in a reading's JSON."""

    id: str
    content: Spans
    source: Spans = ()


class Record(Struct, frozen=True):
    """What a find needs of a reading's JSON."""

    attributions: tuple[Said, ...]


class Question(Struct, frozen=True, kw_only=True):
    """What is looked for, in the words of the index."""

    table: str
    columns: dict[str, list[Term]]
    marks: list[list[str]]


def search(
    store: Store,
    query: str,
    *,
    where: Where = "content",
    speaker: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
    kind: str | None = None,
    certainty: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[Hit]:
    """What the record holds of these words, best first; newest first where the words are very common.

    `query` is words, "phrases", -words and OR between two. `where` is the content or the source of attributions, or the article.
    `speaker` is words of the speaker's name, `outlet` a name or domain, `since` and `until` are days (those of publication, or else of
    the first sight). Without words, everything that passes the filters. Raises InputError for a day, kind or certainty that is none.
    """
    index.up_to_date(store)
    with store.reading() as transaction:
        marks = filters(transaction, outlet, since, until, kind, certainty)
        if marks is None:
            return []
        question = asked(query, where, speaker, marks)
        rows = ranked(transaction, question, max(CANDIDATES, offset + limit))[offset : offset + limit]
        return hits(transaction, query, where, rows)


def hits(transaction: Transaction, query: str, where: Where, rows: list[int]) -> list[Hit]:
    """The finds in these rows, with the words that were looked for marked."""
    found = fetched(transaction, FOUND_ARTICLES if where == "article" else FOUND, rows)
    looked_for = [words for term in terms(query) if term.wanted for words in (term.words, *term.others)]
    return [hit_of(row, where, looked_for) for row in found]


def asked(query: str, where: Where, speaker: str | None, marks: list[list[str]]) -> Question:
    """The question in the words of the index. Raises InputError."""
    found = terms(query)
    if where == "article":
        if speaker or any(mark[0][0] in "kc" for mark in marks):
            raise InputError(
                "speaker, kind and certainty belong to attributions: search in content or source, not in article"
            )
        return question("article_words", {"text": found}, marks, ["all"])
    return question("attribution_words", {where: found, "speaker": terms(speaker or "")}, marks, list(ANY_KIND))


def question(table: str, columns: dict[str, list[Term]], marks: list[list[str]], every: list[str]) -> Question:
    """The question; where it asks for nothing, it asks for the marks that every row has one of."""
    asks = marks or any(term.wanted for found in columns.values() for term in found)
    return Question(table=table, columns=columns, marks=marks if asks else [every])


def filters(
    transaction: Transaction,
    outlet: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    certainty: str | None,
) -> list[list[str]] | None:
    """The marks of which one each must be there; None where no outlet is called so or the days are none of the record's."""
    marks: list[list[str]] = []
    if kind is not None:
        marks.append(["k" + one_of(kind, ("direct", "mixed", "indirect"), "kind")])
    if certainty is not None:
        value = one_of(certainty, ("CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"), "certainty")
        marks.append(["c" + value.lower().replace("+", "p").replace("-", "m")])
    if outlet is not None:
        marks.append(outlet_marks(transaction, outlet))
    if since is not None or until is not None:
        marks.append(day_marks(transaction, since, until))
    return marks if all(marks) else None


def one_of(value: str, known: Sequence[str], what: str) -> str:
    """The known value that is meant. Raises InputError."""
    found = next((k for k in known if k.lower() == value.lower()), None)
    if found is None:
        raise InputError(f"{value!r} is no {what}; give one of {', '.join(known)}")
    return found


def outlet_marks(transaction: Transaction, outlet: str) -> list[str]:
    """A mark for each outlet of this domain or name; without one that is called exactly so, of those whose name holds the words."""
    said = outlet.lower().strip().removeprefix("www.")
    known = [
        (row, domain.lower(), name.lower())
        for row, domain, name in transaction.all("SELECT row, domain, name FROM outlets")
    ]
    exact = [row for row, domain, name in known if said in (domain, name)]
    return [f"o{row}" for row in exact or [row for row, _, name in known if said and said in name]]


def day_marks(transaction: Transaction, since: str | None, until: str | None) -> list[str]:
    """Marks for the months and days from `since` to `until`, both included, as far as the record reaches. Raises InputError."""
    for given in (since, until):
        day_of(given or "2000")
    first = transaction.value(DAYS.format("min", "min"))
    last = transaction.one(DAYS.format("max", "max"))
    if not first or not last:
        return []
    low, high = max(day_of(since or first), day_of(first)), min(day_of(until or last[1]), day_of(last[1]))
    return list(months_and_days(low, high))


def day_of(value: str) -> date:
    """A day, given as a day or a moment; a month or year is its first day. Raises InputError."""
    try:
        return date.fromisoformat(
            (value + "-01-01" if len(value) == 4 else value + "-01" if len(value) == 7 else value)[:10]
        )
    except ValueError:
        raise InputError(f"{value!r} is no day; give one like 2026-03-31") from None


def months_and_days(low: date, high: date) -> Iterator[str]:
    """Whole months, and the days at both ends that are none."""
    while low <= high:
        following = (low.replace(day=1) + timedelta(days=32)).replace(day=1)
        if low.day == 1 and following - timedelta(days=1) <= high:
            yield f"m{low:%Y%m}"
            low = following
        else:
            yield f"d{low:%Y%m%d}"
            low += timedelta(days=1)


def ranked(transaction: Transaction, question: Question, n: int, best: bool = True) -> list[int]:
    """The rows that match, of the n newest; best first, or as they are."""
    if transaction.dialect == "postgresql":
        return ranked_postgresql(transaction, question, n, best)
    sql = f"SELECT rowid FROM {question.table} WHERE {question.table} MATCH ? ORDER BY rowid DESC LIMIT ?"
    rows = [row for (row,) in transaction.all(sql, (fts5(question.columns, question.marks), n))]
    ranks = ranks_of(transaction, question, rows) if best and rankable(transaction, question) else {}
    return sorted(rows, key=lambda row: (ranks.get(row, 0.0), -row))


def ranks_of(transaction: Transaction, question: Question, rows: list[int]) -> dict[int, float]:
    """How well these rows match, the best lowest. The marks are left out, as bm25 would count each of them through the whole index."""
    table = question.table
    if not rows:
        return {}
    sql = (
        f"SELECT rowid, CASE WHEN rowid IN (SELECT value FROM json_each(?)) THEN bm25({table}) END AS rank FROM {table} "
        f"WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?"
    )
    found = transaction.all(sql, (as_json(rows), fts5(wanted(question), ()), min(rows), max(rows)))
    return {row: rank for row, rank in found if rank is not None}


def wanted(question: Question) -> dict[str, list[Term]]:
    """The terms that must be there, by column."""
    return {column: [term for term in found if term.wanted] for column, found in question.columns.items()}


def rankable(transaction: Transaction, question: Question) -> bool:
    """Whether there is something to rank by, and each word of it is rare enough to be counted through."""
    words = {
        (column, word)
        for column, found in wanted(question).items()
        for term in found
        for phrase in (term.words, *term.others)
        for word in phrase
    }
    return bool(words) and not any(is_common(transaction, question.table, column, word) for column, word in words)


def is_common(transaction: Transaction, table: str, column: str, word: str) -> bool:
    """Whether a word stands in too many rows."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT {COMMON})"
    count: int = transaction.value(sql, (fts5({column: [Term((word,))]}, ()),))
    return count >= COMMON


def ranked_postgresql(transaction: Transaction, question: Question, n: int, best: bool) -> list[int]:
    """The same on PostgreSQL."""
    columns = {WEIGHT[column]: found for column, found in question.columns.items()}
    query, words = tsquery(columns, question.marks), loosely(columns, question.marks)
    rows = newest(transaction, question.table, query, words, signed(columns), n)
    return best_first(transaction, question.table, rows, query) if best else rows


def fetched(transaction: Transaction, sql: str, rows: list[int]) -> list[Row]:
    """What is shown of these rows, in their order."""
    if not rows:
        return []
    found = {row[0]: row for row in transaction.all(sql + f"({', '.join('?' * len(rows))})", rows)}
    return [found[row] for row in rows if row in found]


def hit_of(row: Row, where: Where, wanted: Sequence[tuple[str, ...]]) -> Hit:
    """A find with its words in context and the hits marked."""
    text: str = row[10]
    spans: Spans = ((0, len(text)),)
    attribution = None
    if where != "article":
        said = coded.decode(row[11], type=Record).attributions[place_of(row[0])[1]]
        spans = said.source if where == "source" else said.content
        attribution = digest(row[2], said.id)
    hits = [hit for hit in marked(text, envelope(spans), wanted) if covers(spans, (hit,))]
    shown = (hits[0],) if hits and where == "article" else spans
    context = around(text, envelope(shown), hits)
    fields: dict[str, Any] = dict(
        zip(
            ("article", "attribution", "title", "outlet", "published", "url", "speaker", "kind", "certainty"),
            (row[1], attribution, *row[3:10]),
            strict=True,
        )
    )
    inside = tuple(hit for hit in hits if covers((context,), (hit,)))
    searched = tuple(span for span in spans if covers((context,), (span,))) if attribution else ()
    return Hit(**fields, context=context, words=text[slice(*context)], hits=inside, within=searched)


def marked(text: str, part: Span, wanted: Sequence[tuple[str, ...]]) -> list[Span]:
    """Where the words and phrases stand in a part of a text, in order."""
    found = [(word, (start + part[0], end + part[0])) for word, (start, end) in words_in(text[part[0] : part[1]])]
    firsts = {words[0] for words in wanted}
    return [
        (span[0], found[n + len(words) - 1][1][1])
        for n, (word, span) in enumerate(found)
        if word in firsts
        for words in wanted
        if tuple(w for w, _ in found[n : n + len(words)]) == words
    ]


def around(text: str, shown: Span, hits: Sequence[Span]) -> Span:
    """The span to show: some words on both sides; of a long one the part with the first hit."""
    start, end = shown
    if end - start > LONGEST:
        start = max(start, min(hits[0][0] if hits else start, end) - AROUND)
        end = min(end, start + LONGEST)
    return word_edge(text, max(0, start - AROUND), start), word_edge(text, min(len(text), end + AROUND), end)


def word_edge(text: str, at: int, inner: int) -> int:
    """The place nearest to `at`, on the way to `inner`, that cuts no word and no paragraph."""
    if at < inner:
        piece = text[at:inner]
        cut = piece.rfind("\n") + 1 or (piece.find(" ") + 1 if at else 0)
        return at + cut
    piece = text[inner:at]
    cut = piece.find("\n")
    if cut < 0:
        cut = piece.rfind(" ") if at < len(text) and " " in piece else len(piece)
    return inner + cut
