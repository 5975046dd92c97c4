"""The third migration: the rows of a reading's parts hold no spans and only the beginning of their ids. Released, so never edited.

Both are in the reading's `record` already, and each page less to write with an article is time. See `docs/reference/record.md`.
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


SLIMMER_SQLITE = tuple(statement for table in SMALL for statement in rebuilt(table))
SLIMMER_POSTGRESQL = (
    *(f"UPDATE {table} SET id = substr(id, 1, 16)" for table in SMALL),
    *(f"ALTER TABLE {table} DROP COLUMN {column}" for table, columns in SPANS.items() for column in columns),
)
