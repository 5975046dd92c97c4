"""The archive of the record, and how following goes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from onrecord.doctor.checks import Ask, Check, Place, mend, ok, warn

IDLE = 86_400.0  # seconds after which following is said to rest


def record(place: Place, ask: Ask) -> Iterator[Check]:
    """What lies in the archive, and how following goes."""
    yield from evidence(place.home / "evidence", ask)
    yield from moments(ask)
    yield from feeds(ask, place.environment)


def evidence(archive: Path, ask: Ask) -> Iterator[Check]:
    """Whether every archive file that the record points into is there, as long as it must be."""
    ends = ask("SELECT warc_file, max(warc_offset + warc_length) FROM captures WHERE warc_file IS NOT NULL GROUP BY warc_file")  # fmt: skip
    missing = [file for file, end in ends if not (archive / file).is_file() or (archive / file).stat().st_size < end]
    if missing:
        yield mend("evidence", f"{len(missing)} of {len(ends)} archive files are missing or cut short: {', '.join(missing[:3])}", f"bring them back into {archive} from a copy")  # fmt: skip
    else:
        yield ok("evidence", f"{len(ends)} archive file{'' if len(ends) == 1 else 's'}, none missing or cut short")


def moments(ask: Ask) -> Iterator[Check]:
    """Whether the record was written by a clock that is ahead of this one."""
    newest = ask("SELECT max(fetched) FROM captures")[0][0]
    shown = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if newest and newest > shown:
        yield warn("clock", f"the newest page was fetched at {newest[:16]}, which is yet to come", "set the clock, unless the record is a demonstration or was made elsewhere")  # fmt: skip


def feeds(ask: Ask, environment: Mapping[str, str]) -> Iterator[Check]:
    """When the feeds were last fetched, and which fail."""
    count, last = ask("SELECT count(*), max(last_fetched) FROM feeds")[0]
    if not count:
        yield ok("following", "no feeds are followed")
        return
    age = None if last is None else time.time() - datetime.fromisoformat(last).timestamp()
    if age is None or age > IDLE:
        words = "never" if age is None else f"{age / 86_400:.0f} days ago"
        yield warn(
            "following",
            f"{count} feed{'' if count == 1 else 's'}, last fetched {words}",
            "onrecord follow, or a service that runs it",
        )
    else:
        yield ok("following", f"{count} feed{'' if count == 1 else 's'}, last fetched {last[:16].replace('T', ' ')}")
    failing = ask("SELECT url, failures, why FROM feeds WHERE failures > 0 ORDER BY failures DESC, url LIMIT 1000")
    if failing:
        named = "; ".join(f"{url} ({n} times: {why})" for url, n, why in failing[:3])
        yield warn("feeds", f"{len(failing)} of {count} fail: {named}", "onrecord status lists them; a feed that is gone for good has moved or closed")  # fmt: skip
    if not environment.get("ONRECORD_CONTACT"):
        yield warn("contact", "webmasters cannot tell who is asking", "set ONRECORD_CONTACT to an address of yours")
