"""What is installed, the environment, the folder and the disk."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path

from onrecord.doctor.checks import Check, Place, mend, ok, one_line, warn

PYTHON = (3, 11)
FREE = 2**30  # bytes below which the disk is said to be nearly full,
FULL = 100 * 2**20  # and below which it is full
BORN = "2026-01-01"  # no clock is right that shows an earlier day
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?\s*(?P<bounds>[^;]*)(?P<marker>;.*)?")
BOUND = re.compile(r"(>=|<=|==|!=|~=|<|>)\s*([\w.]+)")


def python(place: Place) -> Iterator[Check]:
    """The interpreter."""
    here = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < PYTHON:
        yield mend("Python", f"{here} is too old", f"install Python {'.'.join(map(str, PYTHON))} or newer")
    else:
        yield ok("Python", here)


def packages(place: Place) -> Iterator[Check]:
    """Every package that onrecord needs, in a version that will do."""
    try:
        wanted = requires("onrecord") or []
    except PackageNotFoundError:
        yield warn("packages", "onrecord is not installed here, so what it needs is not known", "pip install onrecord, or make run in its repository")  # fmt: skip
        return
    wrong, count = [], 0
    for line in wanted:
        m = REQUIREMENT.match(line)
        if m is None or "extra" in (m["marker"] or ""):
            continue
        count += 1
        try:
            has = version(m["name"])
        except PackageNotFoundError:
            wrong.append((m["name"], f"{m['name']} is missing"))
            continue
        if not satisfies(has, m["bounds"]):
            wrong.append((f"'{m['name']}{m['bounds'].strip()}'", f"{m['name']} is {has}, needed is {m['bounds'].strip()}"))  # fmt: skip
    if wrong:
        yield mend("packages", "; ".join(w for _, w in wrong), f"pip install {' '.join(n for n, _ in wrong)}")
    else:
        yield ok("packages", f"onrecord {version('onrecord')} and the {count} it needs")


def satisfies(has: str, bounds: str) -> bool:
    """Whether a version lies within bounds such as ">=2.0,<3". Only the numbers count."""
    return all(within(numbers(has), sign, numbers(than)) for sign, than in BOUND.findall(bounds))


def within(has: tuple[int, ...], sign: str, than: tuple[int, ...]) -> bool:
    """Whether one version keeps one bound."""
    length = max(len(has), len(than))
    a, b = (v + (0,) * (length - len(v)) for v in (has, than))
    if sign == "~=":
        return a >= b and has[: len(than) - 1] == than[:-1]
    return {">=": a >= b, "<=": a <= b, "==": a == b, "!=": a != b, "<": a < b, ">": a > b}[sign]


def numbers(v: str) -> tuple[int, ...]:
    """The numbers at the beginning of a version."""
    m = re.match(r"\d+(?:\.\d+)*", v)
    return tuple(map(int, m.group().split("."))) if m else (0,)


def model_files(place: Place) -> Iterator[Check]:
    """The network's weights and the gazetteer, by their digests."""
    folder = files("onrecord.read")
    listed = tomllib.loads((folder / "weights" / "digests.toml").read_text(encoding="utf-8"))
    wrong = []
    for name, digest in listed.items():
        path = folder.joinpath(*name.split("/"))
        if not path.is_file():
            wrong.append(f"{name} is missing")
        elif sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(f"{name} is damaged")
    if wrong:
        yield mend("model files", ", ".join(wrong), "install onrecord again: pip install --force-reinstall --no-deps onrecord")  # fmt: skip
    else:
        yield ok("model files", f"{len(listed)}, each with its digest")


def readers_found(place: Place) -> Iterator[Check]:
    """The readers that other packages bring."""
    from onrecord import readers

    ours, *others = readers.current()
    names = [r.info.name for r in readers.installed()]
    for r in readers.installed():
        if r.info.name == ours.name:
            yield warn("readers", f"{r.package} calls its reader {ours.name}, which is ours: it is never asked", f"give it another name, such as {ours.name}-{r.package}")  # fmt: skip
        elif names.count(r.info.name) > 1 and r is not readers.named(r.info.name):
            yield warn("readers", f"{r.package} calls its reader {r.info.name}, as another package does: it is never asked", f"uninstall one of them, such as: pip uninstall {r.package}")  # fmt: skip
        try:
            r.point.load()
        except (Exception, SystemExit) as error:
            yield mend("readers", f"{r.title} cannot be loaded: {one_line(error)}", f"mend it, or: pip uninstall {r.package}")  # fmt: skip
    yield ok("readers", ", ".join([ours.name, *(f"{o.name} {o.version}" for o in others)]))


def settings(place: Place) -> Iterator[Check]:
    """What the environment says."""
    from onrecord.errors import SetupError
    from onrecord.settings import from_environment

    try:
        from_environment(place.environment)
    except SetupError as error:
        yield mend("settings", str(error), "set it to what is asked for, or unset it")
        return
    named = sorted(name for name in place.environment if name.startswith("ONRECORD_"))
    yield ok("settings", f"from the environment: {', '.join(named)}" if named else "none in the environment")


def clock(place: Place) -> Iterator[Check]:
    """Whether the clock can be right, as far as that shows without another."""
    shown = datetime.now(UTC)
    if shown.strftime("%Y-%m-%d") < BORN:
        yield mend("clock", f"it shows {shown:%Y-%m-%d}, which is past", "set the clock; times on record come from it")
    else:
        yield ok("clock", f"{shown:%Y-%m-%d %H:%M} in UTC")


def folder(place: Place) -> Iterator[Check]:
    """Whether the record's folder can be written."""
    home = place.home
    above = nearest(home)
    if not above.is_dir():
        yield mend("folder", f"{above} is no folder", "move it, or name another folder with --home")
        return
    try:
        with tempfile.TemporaryFile(dir=above):
            pass
    except OSError as error:
        yield mend("folder", f"{above} cannot be written: {error.strerror}", f"change its owner or mode, such as: chmod u+rwx {above}")  # fmt: skip
        return
    yield ok("folder", str(home) if home.exists() else f"{home}, which is not there yet; the first command makes it")


def nearest(path: Path) -> Path:
    """The path, or the nearest of those above it that is there."""
    return next(p for p in (path.absolute(), *path.absolute().parents) if os.path.lexists(p))


def disk(place: Place) -> Iterator[Check]:
    """Room for more."""
    free = shutil.disk_usage(nearest(place.home)).free
    words = f"{size(free)} free"
    if free < FULL:
        yield mend("disk", words, "make room; nothing can be kept otherwise")
    elif free < FREE:
        yield warn("disk", words, "make room soon; a day of a few hundred feeds needs about as much")
    else:
        yield ok("disk", words)


def size(n: float) -> str:
    """A number of bytes for people."""
    return f"{n / 2**30:.1f} GB" if n >= 2**30 else f"{n / 2**20:.0f} MB"
