"""Articles: immutable versions of pages."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.model import Article, Clutter, Dated, Outlet, Piece
from onrecord.store.database import Row, Store, Transaction
from onrecord.store.rows import as_json, table

TABLE = table(
    "articles",
    "id capture address url canonical_url outlet feed title byline language published published_evidence modified "
    "modified_evidence day first_seen clutter pieces text",
)
INSERT = TABLE.insert + " ON CONFLICT (id) DO NOTHING"
WHOLE = (
    "SELECT a.id, c.digest, a.url, a.canonical_url, o.name, o.domain, a.title, a.byline, a.language, a.published, "
    "a.published_evidence, a.modified, a.modified_evidence, a.text, a.clutter, a.pieces, a.outlet "
    "FROM articles a JOIN captures c ON c.row = a.capture LEFT JOIN outlets o ON o.row = a.outlet"
)


def address_of(article: Article) -> str | None:
    """The address that the versions of one page share."""
    return article.canonical_url or article.url


def insert(
    transaction: Transaction, article: Article, capture: int, outlet: int | None, feed: int | None, first_seen: str
) -> int | None:
    """Adds an article; its row, or None where another process has added it meanwhile."""
    published, modified = article.published, article.modified
    return transaction.add(
        INSERT,
        (
            article.id,
            capture,
            address_of(article),
            article.url,
            article.canonical_url,
            outlet,
            feed,
            article.title,
            as_json(article.byline),
            article.language,
            published.value if published else None,
            published.evidence if published else None,
            modified.value if modified else None,
            modified.evidence if modified else None,
            (published.value if published else first_seen)[:10],
            first_seen,
            as_json(article.clutter),
            as_json(article.pieces),
            article.text,
        ),
    )


def row_of(transaction: Transaction, id: str) -> Any:
    """The row of an article, or None."""
    return transaction.value("SELECT row FROM articles WHERE id = ?", (id,))


def feed_row(transaction: Transaction, feed: str | None) -> Any:
    """The row of a feed, or None."""
    return transaction.value("SELECT row FROM feeds WHERE id = ?", (feed,)) if feed else None


def outlet_row(store: Store, transaction: Transaction, outlet: Outlet | None) -> int | None:
    """The row of an outlet, added where it is new."""
    if outlet is None or not (outlet.domain or outlet.name):
        return None
    key = (outlet.domain or "", outlet.name or "")
    if key not in store.outlets:
        transaction.run("INSERT INTO outlets (domain, name) VALUES (?, ?) ON CONFLICT DO NOTHING", key)
        return transaction.value("SELECT row FROM outlets WHERE domain = ? AND name = ?", key)  # type: ignore[no-any-return]
    return store.outlets[key]


def is_outlet(transaction: Transaction, name: str) -> bool:
    """Whether the record has an outlet of this name, with or without its article."""
    bare = name.removeprefix("The ").removeprefix("the ")
    return transaction.one("SELECT 1 FROM outlets WHERE name IN (?, ?)", (bare, f"The {bare}")) is not None


def dated(value: str | None, evidence: str | None) -> Dated | None:
    """A date of two columns."""
    return msgspec.convert({"value": value, "evidence": evidence}, Dated) if value else None


def article_of(row: Row) -> Article:
    """The article of a row of `WHOLE`, equal to what was recorded."""
    outlet = Outlet(name=row[4] or None, domain=row[5] or None) if row[16] is not None else None
    return Article(
        id=row[0],
        capture=row[1],
        url=row[2],
        canonical_url=row[3],
        outlet=outlet,
        title=row[6],
        byline=msgspec.json.decode(row[7], type=tuple[str, ...]),
        language=row[8],
        published=dated(row[9], row[10]),
        modified=dated(row[11], row[12]),
        text=row[13],
        clutter=msgspec.json.decode(row[14], type=tuple[Clutter, ...]),
        pieces=msgspec.json.decode(row[15], type=tuple[Piece, ...]),
    )
