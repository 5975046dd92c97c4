"""What a record needs after new articles came in: indexed, set beside the others, watched, and its alerts delivered."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice

from onrecord.resolving import resolve
from onrecord.store import Store
from onrecord.store.index import up_to_date
from onrecord.store.indicators import undelivered
from onrecord.watching import deliver_all

PATIENCE = 60.0  # seconds after which delivering is tried again by itself
AT_A_TIME = 100  # articles set beside the others before the next look at what is due


def catch_up(record: Store, whole: bool, tell: Callable[[str], None]) -> None:
    """Indexes what waits, sets it beside what is on record, and brings alerts to their channels; some of it at a time, or the whole.

    `tell` is given what could not be delivered. That is tried again when there is more to deliver, and after `PATIENCE`; so is what
    another process raised and did not live to deliver.
    """
    up_to_date(record)
    done = sum(1 for _ in islice(resolve(record), None if whole else AT_A_TIME))
    if done:
        record.delivered = float("-inf")
    if whole or overdue(record):
        failures = deliver_all(record, wait=whole)
        if failures is not None:  # otherwise another process is at it, and this one looks again soon
            record.delivered = time.monotonic()
        for failure in failures or ():
            tell(failure)


def overdue(record: Store) -> bool:
    """Whether alerts wait that were not tried for some time."""
    if time.monotonic() - record.delivered < PATIENCE:
        return False
    with record.reading() as transaction:
        return undelivered(transaction)
