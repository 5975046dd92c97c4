"""The tables of the desk, as their migration makes them. Released, so never edited."""

from __future__ import annotations

TABLES = (
    # what a person has marked as seen, by the id of a change or an alert
    "CREATE TABLE seen (id TEXT PRIMARY KEY, seen_when TEXT NOT NULL) {keyed}",
    # which stories changed most since a moment, told without looking at the changes themselves
    "DROP INDEX changes_moment",
    "CREATE INDEX changes_moment ON changes (moment, story, kind)",
)

# stories by their titles, the latest first; PostgreSQL, whose keys are short, keeps sketches apart from titles by itself
TITLES_SQLITE = ("CREATE INDEX stories_titles ON stories (last_moment, title) WHERE merged_into IS NULL",)
