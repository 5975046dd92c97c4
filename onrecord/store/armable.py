"""Conditions that were read and could be armed, the latest first."""

from __future__ import annotations

from msgspec import Struct

from onrecord.store.database import Transaction

LOOKED = 20_000  # conditions that words are looked for in, the latest
SQL = (
    "SELECT x.id, x.kind, x.if_words, x.then_words, coalesce(e.name, s.source), coalesce(nullif(o.name, ''), o.domain), a.published, a.first_seen, a.id "
    "FROM (SELECT * FROM conditions ORDER BY row DESC LIMIT {looked}) x JOIN readings r ON r.row = {reading} AND r.current = 1 JOIN articles a ON a.row = r.article "
    "LEFT JOIN outlets o ON o.row = a.outlet LEFT JOIN attributions s ON s.row = x.attribution LEFT JOIN entities e ON e.row = s.speaker "
    "WHERE {words} ORDER BY x.row DESC LIMIT {limit}"
)


class Armable(Struct, frozen=True, kw_only=True):
    """A condition with who says so and where; `moment` is ISO 8601 in UTC, `published` as the page gave it."""

    id: str
    kind: str
    if_words: str
    then_words: str
    said_by: str | None
    outlet: str | None
    published: str | None
    moment: str
    article: str


def armable(transaction: Transaction, about: str, limit: int) -> list[Armable]:
    """The latest conditions, with all of these words. Where none are asked for, those with a number come first."""
    words = about.lower().split()
    told = " AND ".join("lower(x.if_words || ' ' || x.then_words) LIKE ?" for _ in words) or "1 = 1"
    sql = SQL.format(looked=LOOKED if words else 10 * limit, reading="x.row >> 20", words=told, limit=10 * limit)
    found = transaction.all(sql, [f"%{word}%" for word in words])
    made = [Armable(**dict(zip(Armable.__struct_fields__, row, strict=True))) for row in found]
    return (made if words else sorted(made, key=lambda a: not any(map(str.isdigit, a.if_words))))[:limit]
