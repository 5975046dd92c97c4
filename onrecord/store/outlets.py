"""The outlets of the record, with the desk's grades."""

from __future__ import annotations

from msgspec import Struct

from onrecord.store.database import Transaction
from onrecord.store.grades import DEFAULT

SQL = (
    "SELECT coalesce(nullif(o.domain, ''), o.name), min(nullif(o.name, '')), sum(a.articles), min(a.first_day), max(a.last_day), g.grade, g.by_whom, g.made_when "
    "FROM (SELECT outlet, count(*) AS articles, min(day) AS first_day, max(day) AS last_day FROM articles WHERE outlet IS NOT NULL GROUP BY outlet) a "
    "JOIN outlets o ON o.row = a.outlet LEFT JOIN grades g ON g.domain = coalesce(nullif(o.domain, ''), o.name) "
    "WHERE lower(coalesce(o.name, '') || ' ' || coalesce(o.domain, '')) LIKE ? "
    "GROUP BY coalesce(nullif(o.domain, ''), o.name), g.grade, g.by_whom, g.made_when ORDER BY sum(a.articles) DESC, 1 LIMIT ? OFFSET ?"
)


class OutletLine(Struct, frozen=True, kw_only=True):
    """An outlet: how much of it is on record, and what the desk thinks of it."""

    domain: str  # its name, where no domain is known
    name: str | None
    articles: int
    first_day: str
    last_day: str
    grade: str
    by: str | None
    graded: str | None


def outlets(transaction: Transaction, words: str, limit: int, offset: int) -> list[OutletLine]:
    """The outlets, those with the most articles first."""
    rows = transaction.all(SQL, (f"%{words.lower()}%", limit, offset))
    return [
        OutletLine(domain=domain, name=name, articles=articles, first_day=first, last_day=last, grade=grade or DEFAULT, by=by, graded=when)
        for domain, name, articles, first, last, grade, by, when in rows
    ]  # fmt: skip
