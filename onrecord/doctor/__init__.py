"""Checks an installation and a record, and says what to mend. Nothing is changed: the database is opened for reading only, and not upgraded.

The order is that of dependence: 1. what is installed (`installed`); 2. the folder and the disk; 3. the database (`database`); 4. the archive, and
how following goes (`following`). A check that cannot be made, as what it needs is broken, says so and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.doctor import database as kept
from onrecord.doctor import installed
from onrecord.doctor.checks import Check, Place, mend, one_line

__all__ = ["Check", "Place", "examine"]

INSTALLED = (
    installed.python,
    installed.packages,
    installed.model_files,
    installed.readers_found,
    installed.settings,
    installed.clock,
    installed.folder,
    installed.disk,
    kept.sqlite_itself,
)


def examine(place: Place) -> Iterator[Check]:
    """Every check, in order, as it is made."""
    for check in (*INSTALLED, kept.postgresql if place.db else kept.database):
        yield from guarded(check, place)


def guarded(check: Callable[[Place], Iterator[Check]], place: Place) -> Iterator[Check]:
    """A check that breaks off is one that says so."""
    try:
        yield from check(place)
    except Exception as error:
        yield mend(check.__name__.replace("_", " "), f"could not be checked: {one_line(error)}", "mend what is named above, then look again")  # fmt: skip
