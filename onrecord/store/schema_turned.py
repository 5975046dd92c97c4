"""The sixth migration: which claims may say the contrary of another, so that only those are looked at for reversals. Released, so never edited.

Of claims that are there already it is not known, so each may.
"""

from __future__ import annotations

TURNS = (
    "ALTER TABLE facts ADD COLUMN turns INTEGER NOT NULL DEFAULT 1",
    "CREATE INDEX facts_turns ON facts (speaker, moment) WHERE turns = 1 AND speaker IS NOT NULL",
    # the stories that went into another one, which may go into a third
    "CREATE INDEX stories_merged ON stories (merged_into) WHERE merged_into IS NOT NULL",
)
