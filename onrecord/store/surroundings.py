"""What surrounds an article in the record: where its bytes lie, its versions and copies, its story, whose word it is, its accounts."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from onrecord.errors import InputError
from onrecord.knowledge import CopyKind, Origin
from onrecord.model import Article, Kept, Reading
from onrecord.store import articles, grades, resolved
from onrecord.store.database import Transaction
from onrecord.store.knowing import row_of
from onrecord.store.rows import PART_ID, namer
from onrecord.store.show import article_and_captures, reading_in

MOST = 50  # versions, copies and readings that are listed
LABELS = {
    "dates": ("d", "date"),
    "estimates": ("w", "estimate"),
    "findings": ("n", "finding"),
}  # of parts that bear none
OTHER = "SELECT a.id, coalesce(nullif(o.name, ''), o.domain), a.title, a.published, a.first_seen"
VERSIONS = (
    f"{OTHER}, x.silent, x.correction FROM articles a LEFT JOIN outlets o ON o.row = a.outlet LEFT JOIN edits x ON x.new = a.row "
    f"JOIN captures c ON c.row = a.capture WHERE a.address = ? ORDER BY coalesce(c.fetched, a.first_seen), a.row LIMIT {MOST}"
)
COPIED = "FROM resolved r JOIN articles a ON a.row = r.{} LEFT JOIN outlets o ON o.row = a.outlet"
COPY_OF = f"{OTHER}, r.copy_kind, r.copied_share {COPIED.format('copy_of')} WHERE r.article = ?"
COPIES = (
    f"{OTHER}, r.copy_kind, r.copied_share {COPIED.format('article')} WHERE r.copy_of = ? AND coalesce(a.address, '') <> ? "
    f"ORDER BY r.moment, a.row LIMIT {MOST} OFFSET ?"
)
ACCOUNTS = (
    "SELECT f.id, x.id FROM facts f JOIN accounts x ON x.row = f.account WHERE f.article = ? ORDER BY f.kind, f.part, f.number"
)  # fmt: skip
NAMED = "FROM origins n LEFT JOIN actors w ON w.id = n.id LEFT JOIN actors c ON c.row = w.same_as"


class OtherArticle(msgspec.Struct, frozen=True, kw_only=True):
    """Another article, as a line in a list."""

    id: str
    outlet: str | None
    title: str | None
    published: str | None  # as the page gave it
    first_seen: str
    silent: bool | None = None  # a version: whether it changed without saying so; None where it is the first
    correction: str | None = None
    kind: CopyKind | None = None  # a copy
    share: float | None = None  # of the original's shingles that the copy holds


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds an article. Labels are those of its reading; those of dates, estimates and findings are d1, w1, n1."""

    first_seen: str
    moment: str | None  # when it appeared, ISO 8601 in UTC; None where it was not set beside the others yet
    captures: tuple[Kept, ...]  # the first is the one that the article was made of
    grade: str | None  # of its outlet
    versions: tuple[OtherArticle, ...]  # of its page, itself included, the oldest first
    copy_of: OtherArticle | None
    copies: int  # how many articles carry its text, other versions of its page apart
    story: str | None
    story_title: str | None
    origin: Origin | None  # of what it says by itself; None where it was not set beside the others yet
    origins: dict[str, str]  # label of an attribution → the name of its origin
    reading: str  # the id of the reading that is shown
    current: bool  # it is the newest
    ids: dict[str, str]  # label → how the part's id begins
    accounts: dict[str, str]  # how a part's id begins → its account's id


class Found(NamedTuple):
    """An article's rows."""

    article: int
    reading: int


def find(transaction: Transaction, id: str, reading: str | None = None) -> Found:
    """The article of this id, which may be shortened, and its current reading or the one that is asked for. Raises InputError."""
    row = row_of(transaction, "articles", id)
    if reading is None:
        found = transaction.value("SELECT row FROM readings WHERE article = ? AND current = 1", (row,))
    else:
        found = transaction.value("SELECT row FROM readings WHERE article = ? AND id >= ? AND id < ?", (row, reading, reading + "g"))  # fmt: skip
    if found is None:
        raise InputError(f"the article {id} has no such reading")
    return Found(row, found)


def whole(transaction: Transaction, found: Found) -> tuple[Reading, Surroundings]:
    """An article's reading with what surrounds it."""
    article, kept = article_and_captures(transaction, found.article)
    return reading_in(transaction, found.reading, article), surroundings(transaction, found, article, kept)


def reading_of(transaction: Transaction, id: str) -> Reading:
    """The current reading of an article. Raises InputError."""
    found = find(transaction, id)
    return reading_in(transaction, found.reading, article_and_captures(transaction, found.article)[0])


def article_of(transaction: Transaction, found: Found) -> tuple[Article, str]:
    """An article, and when it was first seen."""
    article = articles.article_of(transaction.one(f"{articles.WHOLE} WHERE a.row = ?", (found.article,)) or ())
    return article, transaction.value("SELECT first_seen FROM articles WHERE row = ?", (found.article,))


def surroundings(transaction: Transaction, found: Found, article: Article, kept: tuple[Kept, ...]) -> Surroundings:
    """What surrounds an article."""
    its = resolved.of_article(transaction, found.article)
    reading_id, current, record = transaction.one("SELECT id, current, record FROM readings WHERE row = ?", (found.reading,)) or ()  # fmt: skip
    story = transaction.one("SELECT coalesce(m.id, s.id), coalesce(m.title, s.title) FROM stories s LEFT JOIN stories m ON m.row = s.merged_into WHERE s.row = ?", (its.story,)) if its else None  # fmt: skip
    first_seen = transaction.value("SELECT first_seen FROM articles WHERE row = ?", (found.article,))
    outlet = (article.outlet.domain or article.outlet.name) if article.outlet else None
    address = articles.address_of(article) or ""
    copied = transaction.one(COPY_OF, (found.article,))
    return Surroundings(
        first_seen=first_seen,
        moment=its.moment if its else None,
        captures=kept[:MOST],
        grade=grades.all_grades(transaction).get(outlet or "", grades.DEFAULT) if outlet else None,
        versions=tuple(version(*row) for row in transaction.all(VERSIONS, (address,))) if address else (),
        copy_of=copy(*copied) if copied else None,
        copies=transaction.value("SELECT count(*) FROM resolved r JOIN articles a ON a.row = r.article WHERE r.copy_of = ? AND coalesce(a.address, '') <> ?", (found.article, address)),
        story=story[0] if story else None,
        story_title=story[1] if story else None,
        origin=resolved.origin(transaction, its.origin) if its else None,
        origins=origins(transaction, its.origins) if its else {},
        reading=reading_id,
        current=bool(current),
        ids=ids(reading_id, record),
        accounts={part[:PART_ID]: account for part, account in reversed(transaction.all(ACCOUNTS, (found.article,)))},
    )  # fmt: skip


def version(id: str, outlet: str | None, title: str | None, published: str | None, first_seen: str, silent: int | None, correction: str | None) -> OtherArticle:  # fmt: skip
    """A version of a page."""
    return OtherArticle(id=id, outlet=outlet, title=title, published=published, first_seen=first_seen, silent=None if silent is None else bool(silent), correction=correction)  # fmt: skip


def copy(id: str, outlet: str | None, title: str | None, published: str | None, first_seen: str, kind: CopyKind, share: float | None) -> OtherArticle:  # fmt: skip
    """A copy, or what is copied."""
    return OtherArticle(id=id, outlet=outlet, title=title, published=published, first_seen=first_seen, kind=kind, share=share)  # fmt: skip


def copies(transaction: Transaction, article: int, address: str, start: int = 0, most: int = MOST) -> list[OtherArticle]:  # fmt: skip
    """The articles that carry an article's text, the earliest first; versions of the same page apart."""
    return [copy(*row) for row in transaction.all(COPIES, (article, address, start))[:most]]


def origins(transaction: Transaction, kept: str) -> dict[str, str]:
    """The names of the origins of an article's attributions. Those who have a file of their own are called as that does."""
    by_label = msgspec.json.decode(kept, type=dict[str, str])
    wanted = sorted(set(by_label.values()))
    names: dict[str, str] = {}
    for some in (wanted[n : n + 500] for n in range(0, len(wanted), 500)):
        sql = f"SELECT n.id, coalesce(c.name, w.name, n.name) {NAMED} WHERE n.id IN ({', '.join('?' * len(some))})"
        names |= dict(transaction.all(sql, some))
    return {label: names[id] for label, id in by_label.items() if label and id in names}


def ids(reading: str, record: str) -> dict[str, str]:
    """How the id of each part of a reading begins, by its label."""
    name, found = namer(reading), {}
    for part, some in msgspec.json.decode(record).items():
        letter, noun = LABELS.get(part, ("", ""))
        for n, one in enumerate(some):
            found[f"{letter}{n + 1}" if letter else one["id"]] = name(f"{noun} {n}" if letter else one["id"])
    return found
