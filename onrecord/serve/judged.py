"""What the pages that judge share: who judges, and a judgement in words."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from urllib.parse import quote, unquote

from msgspec import Struct

from onrecord.errors import InputError
from onrecord.knowledge import Judgement
from onrecord.store.database import Transaction
from onrecord.store.judgements import MACHINE

COOKIE = "onrecord_judge"
LONGEST = 60  # characters of a name


class Judged(Struct, frozen=True, kw_only=True):
    """What was judged of two people or bodies, or of two stories."""

    about: str  # actor, story, …
    left: str
    left_name: str
    right: str
    right_name: str
    verdict: str  # same, different, unsure
    by: str
    when: str
    reason: str
    mine: bool  # by whoever is looking, who can take it back
    holds: bool = True  # it is what counts for these two now


def who_judges(cookies: Mapping[str, str]) -> str:
    """Whose judgements these are: the name that the browser keeps, by default that of the desk's user."""
    name = unquote(cookies.get(COOKIE, ""))
    return name if name and is_name(name) else user()


def user() -> str:
    """The name of the user whose desk this is."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "desk"


def is_name(name: str) -> bool:
    """Whether somebody can be called so."""
    return name.isprintable() and name == name.strip() and 0 < len(name) <= LONGEST and name.casefold() != MACHINE


def kept(name: str) -> dict[str, str]:
    """The cookie that keeps a name. Raises InputError for what is none."""
    if not is_name(name):
        raise InputError(f"a name has from 1 to {LONGEST} letters, and is not “{MACHINE}”, who judges by itself")
    return {COOKIE: quote(name)}


def line(transaction: Transaction, j: Judgement, by: str, holds: bool = True) -> Judged:
    """A judgement with the names of both."""
    left, right = (name_of(transaction, j.about, id) for id in (j.left, j.right))
    return Judged(
        about=j.about, left=j.left, left_name=left, right=j.right, right_name=right, verdict=j.verdict or "taken back", by=j.by, when=j.when.rstrip("+"),
        reason=j.reason, mine=j.by == by, holds=holds,
    )  # fmt: skip


def name_of(transaction: Transaction, about: str, id: str) -> str:
    """What an actor, as it was before it was judged, or a story is called."""
    sql = {"actor": "SELECT name FROM actors WHERE id = ?", "story": "SELECT title FROM stories WHERE id = ?"}.get(
        about
    )
    return str((transaction.value(sql, (id,)) if sql else None) or id[:12])
