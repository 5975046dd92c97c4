"""What a page and a form are: the declarations that routes, checks and the OpenAPI document are made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from onrecord.errors import InputError
from onrecord.fetch.warc import Evidence
from onrecord.serve.atom import Entry
from onrecord.store import Store

LONGEST = 2_000  # characters of a value
ID = r"[0-9a-f]{8,64}"


class Missing(InputError):
    """What an address names is not in the record."""


class Desk(Struct, frozen=True, kw_only=True):
    """What the pages stand on: the record, its evidence, and how they are reached."""

    store: Store
    evidence: Evidence
    secret: bytes  # what forms are signed with
    hosts: frozenset[str]  # names by which the desk may be called, without port
    password: str | None = None  # its argon2 hash, where one is asked for
    demonstration: bool = False


class Param(Struct, frozen=True, kw_only=True):
    """A value that an address or a form takes."""

    name: str
    says: str  # what it is, in words
    choices: tuple[str, ...] = ()
    whole: tuple[int, int] | None = None  # a whole number between these
    default: str = ""
    required: bool = False
    longest: int = LONGEST
    many: bool = False  # may be given again
    pattern: str = ""  # of the whole value
    day: bool = False  # such as 2031-05-14
    file: bool = False  # a file's bytes, each as the character of its number


class Asked(Struct, frozen=True, kw_only=True):
    """What was asked for, checked: values by name, "" where nothing was given."""

    path: str
    values: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]] = {}
    cookies: Mapping[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def number(self, name: str) -> int:
        """A whole number, which was checked to be one."""
        return int(self.values[name])

    def given(self, name: str) -> str | None:
        """A value, None where nothing was given."""
        return self.values[name] or None


class Page(Struct, frozen=True, kw_only=True):
    """A GET address: `view` makes its data, the template of that name shows it, `rows` is its table (the first row its columns)."""

    path: str
    name: str
    title: str
    view: Callable[[Desk, Asked], Struct]
    data: type[Struct]
    params: tuple[Param, ...] = ()
    rows: Callable[[Any], Iterator[Sequence[object]]] | None = None
    entries: Callable[[Any], Iterator[Entry]] | None = None  # what a feed reader is told (.atom)
    nav: str = ""  # its name in the navigation, where it is there
    cookies: Callable[[Desk, Asked, Any], Mapping[str, str]] | None = None  # to be kept by the browser


class Outcome(Struct, frozen=True, kw_only=True):
    """Where a form leads, what it says there, and what the browser is to keep of it.

    A page that is open and sent the form itself may be given the part of it that changed: a template, and what that shows.
    """

    to: str
    said: str = ""
    cookies: Mapping[str, str] = {}
    part: str = ""
    shown: Struct | None = None


class Action(Struct, frozen=True, kw_only=True):
    """A POST of a form. `page` is the address of the page that it is on: what is wrong is shown there, with what was typed."""

    path: str
    name: str
    says: str
    act: Callable[[Desk, Asked], Outcome]
    params: tuple[Param, ...] = ()


def checked(params: Sequence[Param], given: Mapping[str, Sequence[str]], path: Mapping[str, str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:  # fmt: skip
    """The values by name, and those that may be several. Raises InputError for one that is not as declared."""
    values, lists = dict(path), {}
    for param in params:
        got = [checked_value(param, value.strip()) for value in given.get(param.name, ()) if value.strip()]
        if param.required and not got:
            raise InputError(f"{param.name} is missing: {param.says}")
        if param.many:
            lists[param.name] = tuple(got[:50])
        values[param.name] = got[0] if got else param.default
    return values, lists


def checked_value(param: Param, value: str) -> str:
    """A value as declared. Raises InputError."""
    if param.file:
        if any(c > "\xff" for c in value):
            raise InputError(f"{param.name} is to be a file")
        return value
    if len(value) > param.longest:
        raise InputError(f"{param.name} is longer than {param.longest} characters")
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise InputError(f"{param.name} holds characters that are no text")
    if param.day and not is_day(value):
        raise InputError(f"{param.name} is {value!r}, and no day; give one like 2031-05-14")
    if param.choices and value not in param.choices:
        raise InputError(f"{param.name} is {value!r}; choose from {', '.join(param.choices)}")
    if param.pattern and not re.fullmatch(param.pattern, value):
        raise InputError(f"{param.name} is {value!r}: {param.says}")
    if param.whole is not None and not (
        value.isascii() and value.isdigit() and param.whole[0] <= int(value[:12]) <= param.whole[1]
    ):
        raise InputError(f"{param.name} is {value!r}; give a whole number from {param.whole[0]} to {param.whole[1]}")
    return value


def is_day(value: str) -> bool:
    """Whether a value is a day of the calendar, as ISO 8601 writes it."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
