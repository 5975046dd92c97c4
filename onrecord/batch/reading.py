"""Reading one part of a WARC file into tables. A capture over which three workers died is not tried again: it is a Failure, and named."""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from onrecord.batch.cutting import Unit
from onrecord.batch.files import as_stream, line, opened
from onrecord.batch.staging import BETWEEN, Pages, deaths, marking, staged
from onrecord.batch.tables import Noticed
from onrecord.errors import InputError
from onrecord.fetch.archive import BREAKS_OFF, records_in, tried
from onrecord.model import Capture, Failure, Kept, Reading
from onrecord.settings import Settings
from onrecord.store.record import NO_CHARACTERS, check
from onrecord.workers import Job, answer

MOST_DEATHS = 3
NAMED = 5  # damaged places of a part that are named
LIMIT = 120.0  # seconds that one capture may keep a worker
KILLED = f"reading it ended the worker process {MOST_DEATHS} times; please report this page"
Answer = Callable[[Job], Reading | Failure]
Report = Callable[[int], None]
Clock = Callable[[], AbstractContextManager[None]]


class Aside(Struct, frozen=True):
    """A capture that was set aside: the byte of its record, its address, and why."""

    offset: int
    url: str
    why: str


class Made(Struct, frozen=True):
    """What became of a part: the folder of its files within the staging folder, the files, and how many captures it had."""

    unit: Unit
    folder: str
    files: tuple[str, ...]
    captures: int
    articles: int
    failures: int
    content: str  # a digest of all captures and damaged places, in their order
    aside: tuple[Aside, ...] = ()
    damaged: tuple[str, ...] = ()  # places of the WARC file that cannot be read, the first ones


def read_unit(
    unit: Unit, out: str, answer: Answer = answer, limit: float | None = None, report: Report | None = None
) -> Made:
    """Reads a part into files that lie in the staging folder of `out`, whole and on the disk when this returns.

    A capture that takes longer than `limit` seconds ends the process. Raises InputError where the WARC file cannot be read, SetupError
    where nothing can be written.
    """
    place = Path(out)
    tally = Tally(unit, {n for n, times in deaths(place, unit.id).items() if n != BETWEEN and times >= MOST_DEATHS})
    with staged(place, unit.id) as folder, marking(place, unit.id) as mark, watched(limit) as clock:
        pages = Pages(folder, unit.id)
        for n, offset, length, found in numbered(unit, mark.at):
            capture = found if isinstance(found, Capture) else None
            got = tally.aside(n, offset, found) or (told(found, answer, clock) if isinstance(found, Capture) else found)
            mark.at(BETWEEN)
            pages.add(Noticed(n, unit.warc, offset, length, capture, got))
            tally.add(n, found, got)
            if report:
                report(n + 1)
        mark.at(BETWEEN)
        pages.flush()
        return tally.made(folder.name, pages.files)


class Tally:
    """Counts what becomes of a part."""

    def __init__(self, unit: Unit, fatal: set[int]) -> None:
        self._unit, self._fatal = unit, fatal
        self._content, self._counts = sha256(), Counter[str]()
        self._aside, self._damaged = list[Aside](), list[str]()

    def aside(self, n: int, offset: int, found: Capture | Failure) -> Failure | None:
        """A Failure in place of reading a capture over which workers died."""
        if n not in self._fatal or isinstance(found, Failure):
            return None
        self._aside.append(Aside(offset, found.url or found.name, KILLED))
        return Failure(input=found.name, stage="read", reason=KILLED)

    def add(self, n: int, found: Capture | Failure, got: Reading | Failure) -> None:
        """Takes in one capture or damaged place."""
        body = found.body if isinstance(found, Capture) else None
        self._content.update(b"%d:%d," % (n, -1 if body is None else len(body)))
        self._content.update(body or b"")
        self._counts["captures"] += isinstance(found, Capture)
        self._counts["articles" if isinstance(got, Reading) else "failures"] += 1
        if isinstance(found, Failure) and is_damage(found, self._unit.warc) and len(self._damaged) < NAMED:
            self._damaged.append(f"{found.input}: {found.reason}")

    def made(self, folder: str, files: Iterable[str]) -> Made:
        """What became of it all."""
        return Made(
            unit=self._unit,
            folder=folder,
            files=tuple(files),
            captures=self._counts["captures"],
            articles=self._counts["articles"],
            failures=self._counts["failures"],
            content=self._content.hexdigest(),
            aside=tuple(self._aside),
            damaged=tuple(self._damaged),
        )


def is_damage(failure: Failure, warc: str) -> bool:
    """Whether a Failure tells of the WARC file, and not of a page that is larger than pages are, for one."""
    return failure.input.startswith(warc) or failure.reason == BREAKS_OFF


def told(capture: Capture, answer: Answer, clock: Clock) -> Reading | Failure:
    """The Reading of a capture or why there is none; a bug costs no more than its page."""
    try:
        with clock():
            got = answer(Job(capture))
    except Exception as error:
        traceback.print_exc()
        why = f"reading it failed ({type(error).__name__}: {line(error)}); please report this page"
        return Failure(input=capture.name, stage="read", reason=why)
    if isinstance(got, Reading):
        try:
            check(Kept(digest=got.article.capture, size=0), got)
            msgspec.json.encode(got)
        except (InputError, UnicodeEncodeError):
            return Failure(input=capture.name, stage="store", reason=NO_CHARACTERS)
    return got


def numbered(
    unit: Unit, before: Callable[[int], None] = lambda n: None
) -> Iterator[tuple[int, int, int | None, Capture | Failure]]:
    """The captures and damaged places of a part: number, byte, length in the file where it is known, and what is there.

    `before` is called with each number before what it stands for is looked at.
    """
    n = [0]
    for offset, length, found in measured(unit, lambda: before(n[0])):
        if found is not None:
            yield n[0], offset, length, found
            n[0] += 1


def measured(unit: Unit, before: Callable[[], None]) -> Iterator[tuple[int, int | None, Capture | Failure | None]]:
    """Every record with its length, which shows when the next one begins."""
    held: tuple[int, Capture | Failure | None] | None = None
    one_stream = False  # packed as a whole: all records begin at one byte
    with opened(unit.warc) as stream:
        before()
        for offset, found in records_in(as_stream(stream), unit.warc, Settings(), tried, unit.start, unit.end):
            if stream.error:
                raise stream.error
            if held:
                one_stream = offset == held[0]
                yield held[0], offset - held[0] or None, held[1]
                before()
            held = offset, found
        if held:
            end = unit.end or stream.seek(0, 2)
            yield held[0], None if one_stream else end - held[0], held[1]


@contextmanager
def watched(limit: float | None) -> Iterator[Clock]:
    """What runs while a capture is read; where it runs longer than so many seconds, the process ends."""
    begun: list[float] = []
    over = threading.Event()

    @contextmanager
    def clock() -> Iterator[None]:
        begun[:] = [time.monotonic()]
        try:
            yield
        finally:
            begun.clear()

    def watch(limit: float) -> None:
        while not over.wait(min(1.0, limit / 2)):
            if any(time.monotonic() - start > limit for start in tuple(begun)):
                os._exit(1)

    if limit:
        threading.Thread(target=watch, args=(limit,), daemon=True).start()
    try:
        yield clock
    finally:
        over.set()
