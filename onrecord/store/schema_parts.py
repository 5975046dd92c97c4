"""The third migration: fewer pages to write with each article. Released, so never edited. See `docs/reference/record.md`.

The rows of a reading's parts hold no spans and only the beginning of their ids: the reading's `record` has both. On SQLite,
where rows are numbered in the order in which they become visible, what waits for the search index is what comes after the last
rows that are in it, so that nothing need be noted with each reading. PostgreSQL keeps its queue.
"""

from __future__ import annotations

from onrecord.store.schema import SMALL, TABLES

DEFINITIONS = {definition.split()[2]: definition.splitlines() for definition in TABLES}
SPANS = {table: [line.split()[0] for line in DEFINITIONS[table] if "_at TEXT" in line] for table in SMALL}


def rebuilt(table: str) -> tuple[str, ...]:
    """What makes a table anew in SQLite, which needs far longer to drop columns from it."""
    lines = [line for line in DEFINITIONS[table] if "_at TEXT" not in line]
    columns = ", ".join(line.split()[0] for line in lines[1:-1])
    return (
        f"CREATE TABLE slim AS SELECT {columns} FROM {table}",
        f"DROP TABLE {table}",
        "\n".join(lines).replace(",\n)", "\n)"),
        f"INSERT INTO {table} SELECT {columns.replace(' id,', ' substr(id, 1, 16),')} FROM slim ORDER BY row",
        "DROP TABLE slim",
    )


QUEUE_SQLITE = (
    "CREATE TABLE indexed (reading INTEGER NOT NULL, article INTEGER NOT NULL)",
    """INSERT INTO indexed SELECT
  coalesce((SELECT min(reading) - 1 FROM unindexed), (SELECT max(row) FROM readings), 0),
  coalesce((SELECT min(article) - 1 FROM unindexed), (SELECT max(row) FROM articles), 0)""",
    "DROP TABLE unindexed",
    """CREATE VIEW unindexed AS
SELECT row AS reading, CASE WHEN article > (SELECT article FROM indexed) THEN article END AS article
FROM readings WHERE row > (SELECT reading FROM indexed)""",
)
SLIMMER_SQLITE = (*(statement for table in SMALL for statement in rebuilt(table)), *QUEUE_SQLITE)
SLIMMER_POSTGRESQL = (
    *(f"UPDATE {table} SET id = substr(id, 1, 16)" for table in SMALL),
    *(f"ALTER TABLE {table} DROP COLUMN {column}" for table, columns in SPANS.items() for column in columns),
)
