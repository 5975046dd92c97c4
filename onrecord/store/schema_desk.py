"""The tables of the desk, as their migration makes them. Released, so never edited."""

from __future__ import annotations

TABLES = (
    # what a person has marked as seen, by the id of a change or an alert
    "CREATE TABLE seen (id TEXT PRIMARY KEY, seen_when TEXT NOT NULL) {keyed}",
)
