"""The tables of the desk, as their migration makes them. Released, so never edited."""

from __future__ import annotations

TABLES = (
    # what a person has marked as seen, by the id of a change or an alert
    "CREATE TABLE seen (id TEXT PRIMARY KEY, seen_when TEXT NOT NULL) {keyed}",
    # the newest article that was set beside the others, which every page tells
    "CREATE INDEX resolved_moment ON resolved (moment)",
    # which stories changed most since a moment, told without looking at the changes themselves
    "DROP INDEX changes_moment",
    "CREATE INDEX changes_moment ON changes (moment, story, kind)",
    # what of a story's changes is more than new
    "CREATE INDEX changes_more ON changes (story, moment) WHERE kind <> 'new-account'",
    # the words of actors' names, by how they begin
    "CREATE TABLE actor_words (word TEXT {bytewise} NOT NULL, actor BIGINT NOT NULL, PRIMARY KEY (word, actor)) {keyed}",
    "CREATE INDEX changes_reversals ON changes (article) WHERE kind = 'reversal'",
    "CREATE INDEX judgements_open ON judgements (row) WHERE about = 'actor' AND by_whom = 'machine' AND verdict = 'unsure'",
    "CREATE INDEX judgements_pairs ON judgements (left_id, right_id) WHERE by_whom <> 'machine'",
    "CREATE INDEX judgements_sides ON judgements (right_id) WHERE by_whom <> 'machine'",
    "CREATE INDEX judgements_people ON judgements (made_when) WHERE by_whom <> 'machine'",
)

# the latest stories with their titles; PostgreSQL, whose keys are short, keeps sketches apart from titles by itself
TITLES_SQLITE = (
    "DROP INDEX stories_last",
    "CREATE INDEX stories_last ON stories (last_moment, title) WHERE merged_into IS NULL",
)
