"""What a check says, and what is examined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from onrecord.model import Noun

State = Literal["ok", "warn", "mend"]
Ask = Callable[[str], list[tuple[Any, ...]]]  # a query of the record's database


class Check(Noun, frozen=True, kw_only=True):
    """One thing that was looked at. `how` is what to do, where there is something to do."""

    name: str
    state: State
    words: str
    how: str | None = None


class Place(NamedTuple):
    """What is examined: the folder of the record, the URL of its database if that is PostgreSQL, and the environment."""

    home: Path
    db: str | None
    environment: Mapping[str, str]


def ok(name: str, words: str) -> Check:
    """Nothing to do."""
    return Check(name=name, state="ok", words=words)


def warn(name: str, words: str, how: str) -> Check:
    """It works, and something should be looked at."""
    return Check(name=name, state="warn", words=words, how=how)


def mend(name: str, words: str, how: str) -> Check:
    """It does not work."""
    return Check(name=name, state="mend", words=words, how=how)


def one_line(error: BaseException) -> str:
    """An error in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
