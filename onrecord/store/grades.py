"""The desk's own grades of outlets: Admiralty reliability, A (completely reliable) to E (unreliable), F where nobody has judged."""

from __future__ import annotations

from typing import get_args

from onrecord.errors import InputError
from onrecord.knowledge import Reliability
from onrecord.store.database import Store, Transaction

DEFAULT = "F"


def grade(store: Store, domain: str, letter: str, by: str, when: str) -> None:
    """Grades an outlet, by its domain as `onrecord stories` shows it. Raises InputError."""
    if letter not in get_args(Reliability):
        raise InputError(
            f"{letter!r} is no grade: give A (completely reliable) to E (unreliable), or F (cannot be judged)"
        )
    sql = "INSERT INTO grades (domain, grade, by_whom, made_when) VALUES (?, ?, ?, ?) ON CONFLICT (domain) DO UPDATE SET grade = excluded.grade, by_whom = excluded.by_whom, made_when = excluded.made_when"
    with store.writing() as transaction:
        if not transaction.one("SELECT 1 FROM outlets WHERE domain = ? OR name = ?", (domain, domain)):
            raise InputError(f"no outlet in the record is called {domain!r}; give its domain, such as example.org")
        transaction.run(sql, (domain, letter, by, when))


def all_grades(transaction: Transaction) -> dict[str, str]:
    """The grades that were given, by domain."""
    return dict(transaction.all("SELECT domain, grade FROM grades"))
