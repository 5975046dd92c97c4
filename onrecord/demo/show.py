"""The demonstration, from an empty folder to alerts: the stream is followed, set beside what came before, and watched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from onrecord import arming
from onrecord.demo import DEMONSTRATION
from onrecord.demo.replay import replay
from onrecord.follow import iso
from onrecord.knowledge import Alert
from onrecord.resolving import resolve
from onrecord.store import Store, indicators, open_store

CONDITION = (
    "SELECT c.id FROM conditions c JOIN readings r ON r.row = c.reading AND r.current = 1 JOIN resolved d ON d.reading = r.row "
    "WHERE c.kind = 'indicator' ORDER BY d.moment, c.row"
)  # the conditions that were read, oldest first


def demonstrate(
    home: Path,
    *,
    stream: Path = DEMONSTRATION,
    looks: Iterable[datetime] | None = None,
    speed: float | None = None,
    count: int | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> list[Alert]:
    """Replays a stream into the record at `home`, arms the first condition with a number that is read, and gives the alerts.

    Raises SetupError for a record that cannot be used.
    """
    told: set[str] = set()
    with open_store(home) as record:

        def after(moment: datetime) -> None:
            when = iso(moment.timestamp())
            for _ in resolve(record, when=lambda: when):
                pass
            arm_first(record, tell)
            with record.reading() as transaction:
                raised = [a for a in indicators.alerts(transaction) if a.id not in told]
            told.update(a.id for a in raised)
            for a in raised:
                tell(f"{moment:%a %d %b %H:%M}  ALERT, {a.crossing}, by {a.origin.name} [{a.admiralty}]: {a.sentence}")

        replay(home, speed, stream=stream, looks=looks, count=count, after=after)
        with record.reading() as transaction:
            return indicators.alerts(transaction)


def arm_first(record: Store, tell: Callable[[str], None]) -> None:
    """Arms the first condition that holds a figure, once it has been read, unless something is armed already."""
    from onrecord.errors import InputError

    with record.reading() as transaction:
        if indicators.armed(transaction):
            return
        conditions = [id for (id,) in transaction.all(CONDITION)]
    for id in conditions:
        try:
            made = arming.from_condition(record, id, None)
        except InputError:
            continue
        if made.kind == "figure":
            arming.arm(record, made)
            tell(f"armed, from a condition that was read (“{made.armed.words if made.armed else ''}”): {made.name}")
            return
