"""The newest rows of PostgreSQL's search index that match, whatever the number of all that do.

The index (GIN) knows in which rows a word stands, but neither where in a row nor in which column: a phrase or a column is looked up in
each row. PostgreSQL, which takes words to be spread evenly, chooses badly between that and going through the rows backwards. So:

1. the newest rows are tried: of attributions, which are short, the last `LATEST`; of articles the last `HELD` that hold all of the words.
   What is common is found often enough there;
2. otherwise the index is asked for all.
"""

from __future__ import annotations

from onrecord.store.database import Transaction

LATEST, HELD = 40_000, 3_000  # rows
SPREAD = {
    "attribution_words": f"SELECT row FROM (SELECT row, words FROM attribution_words ORDER BY row DESC LIMIT {LATEST}) AS latest WHERE words @@ ?::tsquery LIMIT ?",
    "article_words": f"""SELECT held.row FROM (SELECT row FROM (SELECT row FROM article_words WHERE words @@ ?::tsquery OFFSET 0) AS every ORDER BY row DESC LIMIT {HELD}) AS held
CROSS JOIN LATERAL (SELECT words FROM article_words w WHERE w.row = held.row OFFSET 0) AS found WHERE found.words @@ ?::tsquery LIMIT ?""",
}  # OFFSET 0 keeps what is within from being planned together with what is around it
ALL = "SELECT row FROM (SELECT row FROM {table} WHERE words @@ ?::tsquery OFFSET 0) AS every ORDER BY row DESC LIMIT ?"
RANKED = "SELECT row FROM {table} WHERE row = ANY(?) ORDER BY ts_rank(words, ?::tsquery) DESC, row DESC"


def newest(transaction: Transaction, table: str, query: str, words: str, n: int) -> list[int]:
    """At most n rows that match a query, newest first; `words` asks for no more than that its words stand anywhere in a row."""
    transaction.run("SET LOCAL enable_seqscan = off")
    rows = tried(transaction, table, query, words, n)
    if len(rows) < n:
        rows = [row for (row,) in transaction.all(ALL.format(table=table), (query, n))]
    transaction.run("SET LOCAL enable_seqscan = on")
    return rows


def tried(transaction: Transaction, table: str, query: str, words: str, n: int) -> list[int]:
    """Step 1."""
    if query == words:  # the index can tell by itself
        return []
    values = (query, n) if table == "attribution_words" else (words, query, n)
    return [row for (row,) in transaction.all(SPREAD[table], values)]


def ranked(transaction: Transaction, table: str, rows: list[int], query: str) -> list[int]:
    """These rows, best first."""
    return [row for (row,) in transaction.all(RANKED.format(table=table), (rows, query))] if rows else []
