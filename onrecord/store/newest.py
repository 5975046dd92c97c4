"""The newest rows of PostgreSQL's search index that match, whatever the number of all that do.

The index (GIN) knows in which rows a word stands, but neither where in a row nor in which column: a phrase or a column is looked up in
each row that holds the words. PostgreSQL, which takes words to be spread evenly, chooses badly between that and going through the rows
backwards. So:

1. attributions, whose rows are short, are looked through from the newest on: those of the last `FIRST` readings, then those of as many
   more as are needed if matches stand as densely there, until there are enough;
2. articles, whose rows are long, are looked up only where a signature of their pairs of neighbouring words (`words.signature`) tells
   that the phrase may be there, the newest first.
"""

from __future__ import annotations

from onrecord.store.database import Transaction
from onrecord.store.rows import BITS

FIRST = 300  # readings
PLANNING = {"enable_seqscan": "off", "plan_cache_mode": "force_custom_plan", "jit": "off", "work_mem": "'64MB'"}
BEFORE = "; ".join(f"SET LOCAL {name} TO {value}" for name, value in PLANNING.items())
AFTER = "; ".join(f"SET LOCAL {name} TO DEFAULT" for name in PLANNING)
ENDS = "SELECT min(row), max(row) FROM attribution_words"
BETWEEN = """SELECT row FROM (SELECT row FROM attribution_words WHERE row >= ? AND row < ? AND words @@ ?::tsquery OFFSET 0) AS every
ORDER BY row DESC LIMIT ?"""
HOLDING = """SELECT row FROM (SELECT row FROM article_words WHERE words @@ ?::tsquery OFFSET 0) AS every ORDER BY row DESC LIMIT ?"""
ADJACENT = """SELECT held.row FROM (SELECT row FROM (SELECT row FROM article_words WHERE words @@ ?::tsquery AND {may_be} OFFSET 0) AS every ORDER BY row DESC) AS held
CROSS JOIN LATERAL (SELECT words FROM article_words w WHERE w.row = held.row OFFSET 0) AS found WHERE found.words @@ ?::tsquery LIMIT ?"""
# OFFSET 0 keeps what is within from being planned together with what is around it
RANKED = "SELECT row FROM {table} WHERE row = ANY(?) ORDER BY ts_rank(words, ?::tsquery) DESC, row DESC"


def newest(transaction: Transaction, table: str, query: str, words: str, may_be: str, n: int) -> list[int]:
    """At most n rows that match a query, newest first.

    `words` asks for no more than that its words stand anywhere in a row, `may_be` is what a row's signature must tell.
    """
    transaction.run(BEFORE)
    if table == "attribution_words":
        rows = attributions(transaction, query, n)
    elif query == words:  # the index can tell by itself
        rows = column(transaction, HOLDING, (query, n))
    else:
        rows = column(transaction, ADJACENT.format(may_be=may_be), (words, query, n))
    transaction.run(AFTER)
    return rows


def attributions(transaction: Transaction, query: str, n: int) -> list[int]:
    """Step 1."""
    least, most = transaction.one(ENDS) or (None, None)
    rows: list[int] = []
    if most is None:
        return rows
    first, last = least >> BITS, (most >> BITS) + 1
    high, width = last, FIRST
    while len(rows) < n and high > first:
        low = high - width if high - 2 * width > first else first
        rows += column(transaction, BETWEEN, (low << BITS, high << BITS, query, n - len(rows)))
        width = max(last - low, (last - low) * (n - len(rows)) * 5 // (4 * max(len(rows), 1)))
        high = low
    return rows


def column(transaction: Transaction, sql: str, values: tuple[object, ...]) -> list[int]:
    """The one column of an answer."""
    return [row for (row,) in transaction.all(sql, values)]


def ranked(transaction: Transaction, table: str, rows: list[int], query: str) -> list[int]:
    """These rows, best first."""
    return [row for (row,) in transaction.all(RANKED.format(table=table), (rows, query))] if rows else []
