"""Failures, kept and counted: the same stage, address and reason are one row."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct

from onrecord.model import Trouble
from onrecord.store.database import Store, Transaction
from onrecord.text import digest

COLUMNS = "id, stage, outlet, url, reason, first_seen, last_seen, count, resolved"
FIELDS = COLUMNS.split(", ")
INSERT = (
    f"INSERT INTO failures ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, 1, NULL) "
    "ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen, count = failures.count + 1, resolved = NULL"
)
OF_ENTRY = "UPDATE failures SET resolved = ? WHERE url = (SELECT url FROM entries WHERE id = ?) AND resolved IS NULL"
RETRY = (
    "UPDATE entries SET state = 'new', next_try = ?, why = NULL WHERE state IN ('failed', 'gone') AND url IN (SELECT url FROM failures WHERE {})",
    "UPDATE feeds SET next_due = ? WHERE failures > 0 AND url IN (SELECT url FROM failures WHERE {})",
)


def fail(store: Store, stage: str, url: str, reason: str, when: str, *, outlet: str | None = None) -> str:
    """Keeps one failure; its id. The outlet is a domain, by default the address's host."""
    with store.writing() as transaction:
        return note(transaction, stage, url, reason, when, outlet)


def note(transaction: Transaction, stage: str, url: str, reason: str, when: str, outlet: str | None = None) -> str:
    """Keeps one failure within a transaction; its id."""
    id = digest(stage, url, reason)
    transaction.run(INSERT, (id, stage, outlet or host(url), url, reason, when, when))
    return id


def host(url: str) -> str | None:
    """The host of an address, without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def resolve(transaction: Transaction, url: str, when: str) -> None:
    """The address has given an article: its failures are over."""
    transaction.run("UPDATE failures SET resolved = ? WHERE url = ? AND resolved IS NULL", (when, url))


def resolve_entry(transaction: Transaction, entry: str, when: str) -> None:
    """The entry has given an article, be it at another address: its failures are over."""
    transaction.run(OF_ENTRY, (when, entry))


def failures(
    store: Store, *, stage: str | None = None, outlet: str | None = None, resolved: bool = False
) -> list[Trouble]:
    """The failures that last, or all with `resolved`, by stage and outlet, the latest first."""
    sql = f"SELECT {COLUMNS} FROM failures WHERE (? OR resolved IS NULL)"
    values: list[object] = [resolved]
    for column, value in (("stage", stage), ("outlet", outlet)):
        if value is not None:
            sql += f" AND {column} = ?"
            values.append(value)
    with store.reading() as transaction:
        rows = transaction.all(sql + " ORDER BY stage, outlet, last_seen DESC, row DESC", values)
    return [Trouble(**dict(zip(FIELDS, row, strict=True))) for row in rows]


class Reason(Struct, frozen=True, kw_only=True):
    """Failures that last and have a stage, an outlet and a reason in common."""

    stage: str
    outlet: str | None
    reason: str
    addresses: int
    times: int
    first_seen: str
    last_seen: str


def reasons(transaction: Transaction, limit: int) -> list[Reason]:
    """Why things fail, what failed last first."""
    sql = f"SELECT stage, outlet, reason, addresses, times, first_seen, last_seen FROM failures_by_stage ORDER BY last_seen DESC LIMIT {limit}"
    return [Reason(**dict(zip(Reason.__struct_fields__, row, strict=True))) for row in transaction.all(sql)]


def retry(store: Store, when: str, ids: Iterable[str] | None = None) -> int:
    """Makes the entries and feeds of these failures, or of all that last, due again at `when`; how many that are."""
    with store.writing() as transaction:
        if ids is None:
            return sum(transaction.run(sql.format("resolved IS NULL"), (when,)) for sql in RETRY)
        return sum(transaction.run(sql.format("id = ?"), (when, id)) for id in ids for sql in RETRY)
