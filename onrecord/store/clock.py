"""The store's one look at a clock: the moment of recording, where the caller gives none."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """This moment, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")[:19] + "Z"
