"""Edits: what changed between the versions of one page."""

from __future__ import annotations

import msgspec

from onrecord.model import Article, Edit, Finding
from onrecord.resolve.edits import compare, finding
from onrecord.store import articles
from onrecord.store.articles import WHOLE, article_of
from onrecord.store.database import Transaction
from onrecord.store.rows import as_json, table
from onrecord.text import digest

TABLE = table("edits", "id old new silent modified_changed correction changes record")
INSERT = TABLE.insert + " ON CONFLICT DO NOTHING"
OTHERS = (
    "SELECT coalesce(c.fetched, a.first_seen), a.row FROM articles a JOIN captures c ON c.row = a.capture "
    "WHERE a.address = ? AND a.row <> ?"
)


def find(transaction: Transaction, article: Article, row: int, fetched: str) -> Edit | None:
    """What changed since the version of the same page that was fetched last before this one; recorded."""
    others = transaction.all(OTHERS, (articles.address_of(article), row))
    before = [(moment, other) for moment, other in others if moment <= fetched]
    if not before:
        return None
    old_row = max(before)[1]
    old = transaction.one(WHOLE + " WHERE a.row = ?", (old_row,))
    edit = compare(article_of(old), article) if old else None
    if old and edit:
        insert(transaction, edit, old_row, row, old[13], article.text)
    return edit


def insert(transaction: Transaction, edit: Edit, old: int, new: int, old_text: str, new_text: str) -> None:
    """Adds an edit, with the words that changed beside their spans."""
    changes = [{"old": old_text[a:b], "new": new_text[c:d]} for (a, b), (c, d) in edit.changes]
    values = (digest(edit.old, edit.new), old, new, int(edit.silent), int(edit.modified_changed), edit.correction, as_json(changes), as_json(edit))  # fmt: skip
    transaction.run(INSERT, values)


def of_article(transaction: Transaction, row: int) -> Edit | None:
    """The edit that made this version, where there was one."""
    record = transaction.value("SELECT record FROM edits WHERE new = ?", (row,))
    return msgspec.json.decode(record, type=Edit) if record else None


def finding_of(transaction: Transaction, row: int) -> Finding | None:
    """The finding of a silent edit, for every reading of the new version."""
    edit = of_article(transaction, row)
    return finding(edit) if edit and edit.silent else None
