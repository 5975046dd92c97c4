"""Which folder holds the evidence of a record. Beside SQLite it is the home folder's own; those who share a record on PostgreSQL share one.

The folder says so in a file, `record-id`, which bears the name that the database has for itself.
"""

from __future__ import annotations

import os
from pathlib import Path

from onrecord.errors import SetupError
from onrecord.store.database import Store

MARKER = "record-id"
NEWEST = "SELECT warc_file FROM captures WHERE warc_file IS NOT NULL ORDER BY row DESC LIMIT 1"


def belongs(store: Store, folder: Path) -> None:
    """Makes sure that a folder is the one of the evidence of a record on PostgreSQL; a new one becomes so. Raises SetupError."""
    if store.dialect == "sqlite":
        return
    with store.reading() as transaction:
        id, newest = transaction.value("SELECT id FROM identity"), transaction.value(NEWEST)
    said = marked(folder)
    if said == id:
        return
    if said is not None:
        raise SetupError(f"{folder} holds the evidence of another record than {store.name}; give its own folder with --home")  # fmt: skip
    if newest and not (folder / newest).exists():
        raise SetupError(f"{folder} lacks the evidence of {store.name}; give the folder that all who share this record use with --home")  # fmt: skip
    mark(folder, id)


def marked(folder: Path) -> str | None:
    """The name of the record that a folder belongs to, or None. Raises SetupError."""
    try:
        return (folder / MARKER).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SetupError(f"{folder / MARKER} cannot be read: {error.strerror}") from None


def mark(folder: Path, id: str) -> None:
    """Writes the name of its record into a folder. Raises SetupError."""
    beside = folder / f".{MARKER}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(id + "\n", encoding="ascii")
        beside.replace(folder / MARKER)
    except OSError as error:
        raise SetupError(f"the evidence cannot be written: {error.strerror}") from None
