"""The third migration: the rows of a reading's parts hold no spans and only the beginning of their ids. Released, so never edited.

Both are in the reading's `record` already, and each page less to write with an article is time. See `docs/reference/record.md`.
"""

from __future__ import annotations

from onrecord.store.schema import SMALL

SPANS = {
    "attributions": ("source_at", "cue_at", "content_at", "addressee_at"),
    "entities": ("mentions_at",),
    "events": ("anchor_at",),
    "figures": ("words_at", "of_what_at"),
    "dates": ("words_at",),
    "places": ("words_at",),
    "conditions": ("marker_at", "if_words_at", "then_words_at"),
    "findings": ("words_at",),
}
SLIMMER = (
    *(f"UPDATE {table} SET id = substr(id, 1, 16)" for table in SMALL),
    *(f"ALTER TABLE {table} DROP COLUMN {column}" for table, columns in SPANS.items() for column in columns),
)
