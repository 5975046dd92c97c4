"""The eighth migration: articles in PostgreSQL's search index carry a signature of their pairs of words. Released, so never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.store.words import plain_words, signature

if TYPE_CHECKING:
    from onrecord.store.database import Transaction

BATCH = 2_000
PAIRS_POSTGRESQL = (
    "ALTER TABLE article_words ADD COLUMN pairs BYTEA NOT NULL DEFAULT ''",
    "ALTER TABLE article_words ALTER COLUMN pairs DROP DEFAULT",
)
TEXTS = (
    "SELECT w.row, a.text FROM article_words w JOIN articles a ON a.row = w.row WHERE w.row > ? ORDER BY w.row LIMIT ?"
)


def fill(transaction: Transaction) -> None:
    """Gives the articles that are indexed already their signatures. The index is made anew, as that takes less long than to change it."""
    if transaction.dialect == "sqlite":
        return
    transaction.run("DROP INDEX article_words_words")
    last = 0
    while rows := transaction.all(TEXTS, (last, BATCH)):
        signed = [(signature(plain_words(text)), row) for row, text in rows]
        transaction.many("UPDATE article_words SET pairs = ? WHERE row = ?", signed)
        last = rows[-1][0]
    transaction.run("SET LOCAL maintenance_work_mem = '256MB'")
    transaction.run("CREATE INDEX article_words_words ON article_words USING gin (words)")
