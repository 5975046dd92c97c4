"""The search index, brought up to date in batches.

Adding a reading to a full-text index by itself costs more than recording it. So a reading waits in `unindexed` from its own
transaction on: on SQLite a view of the readings after the last that is indexed, on PostgreSQL a table. Whoever records in
earnest (`follow`, `add`) indexes in idle moments and at the end, whoever searches indexes the rest first, and at the latest a
batch is indexed in the transaction of the last of them. As both lie in the same database, a crash loses nothing. Attributions
are indexed while their reading is current; articles and ids always.
"""

from __future__ import annotations

from onrecord.store.database import Store, Transaction
from onrecord.store.rows import BITS, part_of
from onrecord.store.words import plain_words, signature, tsvector

BATCH = 4096  # readings; followers index in idle moments and long before, so that this bounds what a search may have to wait for
ID = 12  # characters of an id in the index of ids

ATTRIBUTIONS = "row, content, source, speaker, marks"
ARTICLES = "row, text, marks"
PARTS = ("attributions", "entities", "events", "figures", "dates", "places", "conditions", "findings")
THEIR_IDS = " UNION ALL ".join(
    [f"SELECT substr(id, 1, {ID}) AS id FROM readings WHERE row = u.reading"]
    + [
        f"SELECT substr(id, 1, {ID}) FROM {table} WHERE row >= (u.reading << {BITS}) AND row < ((u.reading + 1) << {BITS})"
        for table in PARTS
    ]
)
WAITING = (  # a range, so that the rows are found without an index; nearly all readings within it wait
    f"row >= ((SELECT min(reading) FROM unindexed) << {BITS}) AND row < ((SELECT max(reading) + 1 FROM unindexed) << {BITS}) "
    "AND reading IN (SELECT reading FROM unindexed)"
)
IDS = f"(SELECT group_concat(id, ' ') FROM ({THEIR_IDS}))"
LAST = "(SELECT coalesce(max(row), 0) FROM {})"
SQLITE = (
    f"INSERT INTO article_words (rowid, text, marks) SELECT {ARTICLES} FROM article_index "
    "WHERE row IN (SELECT article FROM unindexed WHERE article IS NOT NULL)",
    f"INSERT INTO attribution_words (rowid, content, source, speaker, marks) SELECT {ATTRIBUTIONS} FROM attribution_index "
    f"WHERE {WAITING}",
    f"INSERT INTO id_words (rowid, ids) SELECT u.reading, {IDS} FROM unindexed u ORDER BY u.reading",
)


def wait(transaction: Transaction, reading: int, article: int | None) -> None:
    """Notes that a reading, and the text of a new article, are to be indexed."""
    if transaction.dialect == "postgresql":
        transaction.run("INSERT INTO unindexed (reading, article) VALUES (?, ?)", (reading, article))


def up_to_date(store: Store) -> None:
    """Indexes what waits, if anything does."""
    with store.reading() as transaction:
        waiting = transaction.value("SELECT 1 FROM unindexed LIMIT 1")
    if waiting:
        with store.writing() as transaction:
            catch_up(transaction)
        store.unindexed = 0


def catch_up(transaction: Transaction) -> None:
    """Indexes all that waits."""
    if transaction.dialect == "postgresql":
        catch_up_postgresql(transaction)
        return
    for statement in SQLITE:
        transaction.run(statement)
    transaction.run(f"UPDATE indexed SET reading = {LAST.format('readings')}, article = {LAST.format('articles')}")


def step_back(transaction: Transaction) -> None:
    """After rows were removed: their numbers may be given again, to what is not indexed then."""
    if transaction.dialect == "sqlite":
        last = {column: LAST.format(table) for column, table in (("reading", "readings"), ("article", "articles"))}
        transaction.run("UPDATE indexed SET " + ", ".join(f"{c} = min({c}, {row})" for c, row in last.items()))


def catch_up_postgresql(transaction: Transaction) -> None:
    """The same with tsvectors. Processes take turns, and index just what they take out of the queue, as others add to it meanwhile."""
    transaction.run("SELECT pg_advisory_xact_lock(7219035)")
    waiting = transaction.all("DELETE FROM unindexed RETURNING reading, article")
    said = transaction.all(
        f"SELECT {ATTRIBUTIONS} FROM attribution_index WHERE reading = ANY(?)", ([row[0] for row in waiting],)
    )
    told = transaction.all(f"SELECT {ARTICLES} FROM article_index WHERE row = ANY(?)", ([row[1] for row in waiting],))
    transaction.many(
        "INSERT INTO attribution_words (row, words) VALUES (?, ?::tsvector) ON CONFLICT DO NOTHING",
        [(row[0], tsvector(map(plain_words, row[1:4]), row[4])) for row in said],
    )
    texts = ((row, plain_words(text), marks) for row, text, marks in told)
    transaction.many(
        "INSERT INTO article_words (row, words, pairs) VALUES (?, ?::tsvector, ?) ON CONFLICT DO NOTHING",
        [(row, tsvector((words,), marks), signature(words)) for row, words, marks in texts],
    )


def take_out(transaction: Transaction, reading: int) -> None:
    """Takes the attributions of a reading out of the index, while it is still current."""
    if transaction.value("SELECT 1 FROM unindexed WHERE reading = ?", (reading,)):
        catch_up(transaction)
    if transaction.dialect == "sqlite":
        sql = "INSERT INTO attribution_words (attribution_words, rowid, content, source, speaker, marks) SELECT 'delete', "
        transaction.run(sql + f"{ATTRIBUTIONS} FROM attribution_index WHERE {part_of(reading)}")
    else:
        transaction.run(f"DELETE FROM attribution_words WHERE {part_of(reading)}")


def forget(transaction: Transaction, article: int) -> None:
    """Takes an article and its readings out of the index, while their rows are still there."""
    if transaction.value(
        "SELECT 1 FROM unindexed u JOIN readings r ON r.row = u.reading WHERE r.article = ?", (article,)
    ):
        catch_up(transaction)
    readings = [row for (row,) in transaction.all("SELECT row FROM readings WHERE article = ?", (article,))]
    for reading in readings:
        take_out(transaction, reading)
    if transaction.dialect == "postgresql":
        transaction.run("DELETE FROM article_words WHERE row = ?", (article,))
        return
    sql = f"INSERT INTO article_words (article_words, rowid, text, marks) SELECT 'delete', {ARTICLES} FROM article_index WHERE row = ?"
    transaction.run(sql, (article,))
    for reading in readings:
        sql = f"INSERT INTO id_words (id_words, rowid, ids) SELECT 'delete', u.reading, {IDS} FROM (SELECT ? AS reading) AS u"
        transaction.run(sql, (reading,))
