"""The fourth migration: what TIMEX3 says of a date beyond its day. Released, so never edited. See `docs/reference/record.md`.

The rows of dates that are there already take it from their reading's `record`.
"""

from __future__ import annotations

COLUMN = "ALTER TABLE dates ADD COLUMN timex3 TEXT"
FILL = """UPDATE dates SET timex3 = found.timex3
FROM (SELECT r.row * 1048576 + {number} AS row, {value} AS timex3 FROM readings r, {each} WHERE {has}) AS found
WHERE dates.row = found.row AND found.timex3 IS NOT NULL"""
TIMEX_SQLITE = (
    COLUMN,
    FILL.format(
        number="d.key",
        value="json_extract(d.value, '$.timex3')",
        each="json_each(r.record, '$.dates') AS d",
        has="instr(r.record, '\"timex3\"') > 0",
    ),
)
TIMEX_POSTGRESQL = (
    COLUMN,
    FILL.format(
        number="d.number - 1",
        value="d.value ->> 'timex3'",
        each="json_array_elements(r.record::json -> 'dates') WITH ORDINALITY AS d (value, number)",
        has="strpos(r.record, '\"timex3\"') > 0",
    ),
)
