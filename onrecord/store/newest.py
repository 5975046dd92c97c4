"""The newest rows of PostgreSQL's search index that match, whatever the number of all that do.

The index (GIN) knows in which rows a word stands, but neither where in a row nor in which column: a phrase or a column has to be looked
up in each row, and PostgreSQL, which takes words to be spread evenly, chooses badly between that and going through the rows backwards. So:

1. the last `WINDOW` attributions are gone through: a common word is found often enough there;
2. otherwise the index gives the rows that hold all of the words, newest first, and these are looked up, some at a time.
"""

from __future__ import annotations

from onrecord.store.database import Transaction

WINDOW = 40_000  # rows
FIRST = {"attribution_words": 20_000, "article_words": 4_000}  # rows that are looked up at once at first, then
MORE = 4  # times as many
END = 2**62

LATEST = "SELECT row FROM (SELECT row, words FROM {table} ORDER BY row DESC LIMIT {window}) AS latest WHERE words @@ ?::tsquery LIMIT ?"
HOLD = "SELECT row FROM (SELECT row FROM {table} WHERE words @@ ?::tsquery AND row < ? OFFSET 0) AS held ORDER BY row DESC LIMIT {some}"
LOOKED_UP = """WITH held AS MATERIALIZED ({hold})
SELECT (SELECT min(row) FROM held), (SELECT count(*) FROM held),
  ARRAY(SELECT held.row FROM held CROSS JOIN LATERAL (SELECT words FROM {table} t WHERE t.row = held.row OFFSET 0) AS found
    WHERE found.words @@ ?::tsquery ORDER BY held.row DESC LIMIT ?)"""
RANKED = "SELECT row FROM {table} WHERE row = ANY(?) ORDER BY ts_rank(words, ?::tsquery) DESC, row DESC"


def newest(transaction: Transaction, table: str, query: str, words: str, n: int) -> list[int]:
    """At most n rows that match a query, newest first; `words` asks for no more than that its words stand anywhere in a row."""
    if table == "attribution_words":
        rows = [row for (row,) in transaction.all(LATEST.format(table=table, window=WINDOW), (query, n))]
        if len(rows) >= n:
            return rows
    transaction.run("SET LOCAL enable_seqscan = off")
    rows = looked_up(transaction, table, query, words, n)
    transaction.run("SET LOCAL enable_seqscan = on")
    return rows


def looked_up(transaction: Transaction, table: str, query: str, words: str, n: int) -> list[int]:
    """Step 2."""
    if query == words:  # nothing to look up
        return [row for (row,) in transaction.all(HOLD.format(table=table, some=n), (words, END))]
    rows: list[int] = []
    some, before = FIRST[table], END
    while True:
        sql = LOOKED_UP.format(table=table, hold=HOLD.format(table=table, some=some))
        before, held, found = transaction.all(sql, (words, before, query, n - len(rows)))[0]
        rows += found
        if held < some or len(rows) >= n:
            return rows
        some *= MORE


def ranked(transaction: Transaction, table: str, rows: list[int], query: str) -> list[int]:
    """These rows, best first."""
    return [row for (row,) in transaction.all(RANKED.format(table=table), (rows, query))] if rows else []
