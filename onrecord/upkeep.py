"""What a record needs after new articles came in: indexed, set beside the others, watched, and its alerts delivered."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from onrecord.resolving import resolve
from onrecord.store import Store
from onrecord.store.index import up_to_date
from onrecord.watching import deliver_all

AT_A_TIME = 100  # articles set beside the others before the next look at what is due


def catch_up(record: Store, whole: bool, tell: Callable[[str], None]) -> None:
    """Indexes what waits, sets it beside what is on record, and brings alerts to their channels; some of it at a time, or the whole.

    `tell` is given what could not be delivered, which is tried again the next time.
    """
    up_to_date(record)
    done = sum(1 for _ in islice(resolve(record), None if whole else AT_A_TIME))
    if done or whole:
        for failure in deliver_all(record):
            tell(failure)
