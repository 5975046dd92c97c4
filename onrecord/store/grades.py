"""The desk's own grades of outlets: Admiralty reliability, A (completely reliable) to E (unreliable), F where nobody has judged."""

from __future__ import annotations

from typing import get_args

from onrecord.errors import InputError
from onrecord.knowledge import Reliability
from onrecord.store.database import Store, Transaction

DEFAULT = "F"


def grade(store: Store, domain: str, letter: str, by: str, when: str) -> None:
    """Grades an outlet, by its domain or its name. Raises InputError."""
    if letter not in get_args(Reliability):
        raise InputError(
            f"{letter!r} is no grade: give A (completely reliable) to E (unreliable), or F (cannot be judged)"
        )
    sql = "INSERT INTO grades (domain, grade, by_whom, made_when) VALUES (?, ?, ?, ?) ON CONFLICT (domain) DO UPDATE SET grade = excluded.grade, by_whom = excluded.by_whom, made_when = excluded.made_when"
    with store.writing() as transaction:
        meant = transaction.all(
            "SELECT DISTINCT coalesce(nullif(domain, ''), name) FROM outlets WHERE domain = ? OR name = ?",
            (domain, domain),
        )
        if not meant:
            raise InputError(f"no outlet in the record is called {domain!r}; give its domain, such as example.org")
        transaction.many(sql, [(known, letter, by, when) for (known,) in meant])


def all_grades(transaction: Transaction) -> dict[str, str]:
    """The grades that were given, by domain."""
    return dict(transaction.all("SELECT domain, grade FROM grades"))
