"""The back-fill from end to end. A part counts from the moment that the manifest names it; the order:

1. the folder is locked, and what an earlier run left half done is removed;
2. each WARC file is cut, a line of the manifest;
3. each part is read by a worker into files in the staging folder;
4. the files are moved to their places, and a line of the manifest says so.

A kill between the two of step 4 leaves files that step 1 of the next run removes, and the part is read again.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from platform import node
from typing import Any

from msgspec import Struct

from onrecord.batch import files
from onrecord.batch.cutting import Cut, Unit, cut
from onrecord.batch.manifest import FILE, Done, GivenUp, Head, Keeper, Manifest, Warc
from onrecord.batch.pool import Dask, Died, Here, Lost, Pool, pool, reporting
from onrecord.batch.reading import LIMIT, Answer, Made, read_unit
from onrecord.batch.staging import FOLDER, deaths, marks, unwritable
from onrecord.batch.tables import FORMAT, SCHEMAS
from onrecord.errors import InputError, SetupError
from onrecord.model import ReaderInfo
from onrecord.read import reader
from onrecord.workers import answer

UNIT = 64 * 2**20  # bytes of a WARC file that a worker reads at a time
MEMORY = "1.5 GiB"  # at which a worker is ended
SHARE = 0.5  # bytes of tables for a byte of a packed WARC file, at most; `python -m benchmarks.backfill` prints what it was there
LEAST = 64 * 2**20  # bytes that must be free for each worker
DEATHS_AT_ONE = 6  # so often a capture is met by a worker's death before its whole part is given up,
DEATHS = 15  # and so often a part in all
UNBEGUN = 12  # and so often before a worker had begun


class Summary(Struct):
    """What is in the tables after a run, and what is not."""

    parts: int = 0
    captures: int = 0
    articles: int = 0
    failures: int = 0
    aside: list[str] = []  # what ended its workers
    damaged: list[str] = []  # places of WARC files
    failed: list[str] = []  # WARC files that could not be read now


class Show(Struct):
    """What a run calls to be watched; each of them may do nothing."""

    tell: Callable[[str], None] = lambda line: None
    total: Callable[[int], None] = lambda size: None  # bytes of all WARC files
    reading: Callable[[str, int], None] = lambda unit, captures: None  # a part is so far
    done: Callable[[str, int, int], None] = lambda unit, size, articles: None  # a part is done, of so many bytes


class Settings(Struct, frozen=True):
    """How a run is to go."""

    workers: int = 1  # processes; 0 for this one alone
    scheduler: str | None = None  # the address of a Dask scheduler, in place of processes of our own
    unit: int = UNIT
    memory: str = MEMORY
    retry: bool = False  # try again what was given up


def backfill(
    words: Sequence[str],
    out: Path,
    settings: Settings | None = None,
    show: Show | None = None,
    answer: Answer = answer,
    info: ReaderInfo | None = None,
) -> Summary:
    """Reads WARC files into the tables in a folder, by what answers; what is there already is not read again. `info` names the reader.

    Raises InputError and SetupError where the work cannot begin or go on; what was done stays done.
    """
    settings, show = settings or Settings(), show or Show()
    warcs = files.find(words)
    with Keeper(out, Head(FORMAT, info or reader())) as keeper:
        sweep(out, keeper.manifest)
        unchanged(warcs, keeper.manifest)
        work = Work(keeper, out, settings, show, answer)
        work.plan(warcs)
        if work.waits:
            room(out, left(warcs, keeper.manifest), settings.workers, show)
            with pool(settings.workers, settings.scheduler, settings.memory, show.tell, show.reading) as workers:
                work.all(workers)
        sweep(out, keeper.manifest)
        return summary(keeper.manifest, {w.name for w in warcs}, work.failed)


def unchanged(warcs: Iterable[files.Warc], manifest: Manifest) -> None:
    """Refuses a WARC file that is not what it was when it was cut. Raises InputError."""
    for warc in warcs:
        known = manifest.cuts.get(warc.name)
        if known and warc.size is not None and warc.size != known.size:
            raise InputError(
                f"{warc.name} has {warc.size:,} bytes, and had {known.size:,} when its reading began; give another --out"
            )


def left(warcs: Iterable[files.Warc], manifest: Manifest) -> int:
    """The bytes of WARC files that are still to be read, as far as they are known."""
    size = 0
    for warc in warcs:
        known = manifest.cuts.get(warc.name)
        size += sum(known.length(u) for u in known.units() if u not in manifest.done) if known else warc.size or 0
    return size


def room(out: Path, size: int, workers: int, show: Show) -> None:
    """Says beforehand where the disk is, or may be, too small. Raises SetupError where it cannot do."""
    free = shutil.disk_usage(out).free
    if size and free < LEAST * max(workers, 1):
        raise SetupError(f"{out}: only {amount(free)} of the disk are free; make room, or give another --out")
    if free < size * SHARE:
        show.tell(f"{out}: {amount(free)} of the disk are free, and the tables may need {amount(int(size * SHARE))}")


def amount(size: int) -> str:
    """A number of bytes for people."""
    return f"{size / 2**30:.1f} GiB" if size >= 2**30 else f"{size / 2**20:.0f} MiB"


def sweep(out: Path, manifest: Manifest) -> None:
    """Removes what no line of the manifest stands behind: files of the tables that were moved too soon, and tries that were not finished."""
    counted = set(manifest.files())
    for table in SCHEMAS:
        for path in (out / table).glob("day=*/*.parquet"):
            if str(path.relative_to(out)) not in counted:
                path.unlink()
    shutil.rmtree(out / FOLDER, ignore_errors=True)


def task(unit: Unit, out: str, answer: Answer) -> Made:
    """What a worker of Dask does. Raises SetupError where it does not see the folder that the command sees."""
    if not (Path(out) / FILE).exists():
        raise SetupError(f"the worker on {node()} does not see {out}; it must lie on a disk that all of them share")
    return read_unit(unit, out, answer, LIMIT, reporting(unit.id))


class Work:
    """The work of one run: what waits, and what is under way."""

    def __init__(self, keeper: Keeper, out: Path, settings: Settings, show: Show, answer: Answer) -> None:
        self._keeper, self._out, self._show = keeper, out.resolve(), show
        self._settings, self._answer = settings, answer
        self._pool: Pool = Here()
        self._uncut: deque[str] = deque()
        self._units: deque[Unit] = deque()
        self._unbegun: Counter[str | Unit] = Counter()
        self._flying: dict[Any, str | Unit] = {}
        self.failed: list[str] = []

    @property
    def waits(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._units or self._uncut or self._flying)

    def plan(self, warcs: Sequence[files.Warc]) -> None:
        """Queues what is not done."""
        self._show.total(sum(w.size or 0 for w in warcs))
        for warc in warcs:
            if known := self._keeper.manifest.cuts.get(warc.name):
                self._take(known)
            else:
                self._uncut.append(warc.name)

    def all(self, workers: Pool) -> None:
        """Does what was queued. Raises SetupError where it cannot go on."""
        self._pool = workers
        while self.waits:
            self._fill()
            if self._flying:
                for ticket, got in workers.done(list(self._flying)):
                    self._settle(self._flying.pop(ticket), got)

    def _take(self, known: Cut) -> None:
        """Queues the parts of a WARC file that are not done."""
        for unit in known.units():
            if unit in self._keeper.manifest.done:
                done = self._keeper.manifest.done[unit]
                self._show.done(unit.id, known.length(unit), done.articles)
            elif unit not in self._keeper.manifest.given_up or self._settings.retry:
                self._units.append(unit)

    def _fill(self) -> None:
        """Begins tasks while there is room; a file is cut when there are few parts left."""
        room = self._pool.room()
        while len(self._flying) < room and (self._units or self._uncut):
            cutting = sum(isinstance(job, str) for job in self._flying.values())
            if self._uncut and len(self._units) < 2 * room and (not self._units or not cutting):
                name = self._uncut.popleft()
                self._flying[self._pool.submit("cut", cut, name, self._settings.unit)] = name
            elif self._units:
                self._begin(self._units.popleft())
            else:
                return

    def _begin(self, unit: Unit) -> None:
        out = str(self._out)
        if isinstance(self._pool, Dask):
            ticket = self._pool.submit(f"read-{unit.id}", task, unit, out, self._answer)
        else:
            report = lambda n: self._show.reading(unit.id, n)  # noqa: E731
            ticket = self._pool.submit(f"read-{unit.id}", read_unit, unit, out, self._answer, None, report)
        self._flying[ticket] = unit

    def _settle(self, job: str | Unit, got: object) -> None:
        """Takes in what became of a task."""
        match got:
            case Cut():
                self._keeper.add(Warc(got))
                self._take(got)
            case Made():
                self._commit(got)
            case Died() if isinstance(job, Unit):
                self._died(job)
            case Died() | Lost():
                self._again(job)
            case InputError():
                self._fail(str(got))
            case BaseException():
                raise got

    def _commit(self, made: Made) -> None:
        """Step 4 of the module's order."""
        folder = self._out / FOLDER / made.folder
        try:
            move(folder, self._out, made.files)
            done = Done(*(getattr(made, field) for field in Done.__struct_fields__))
            self._keeper.add(done)
        except OSError as error:
            raise unwritable(self._out, error) from None
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(marks(self._out, made.unit.id), ignore_errors=True)
        length = self._keeper.manifest.cuts[made.unit.warc].length(made.unit)
        self._show.done(made.unit.id, length, made.articles)

    def _died(self, unit: Unit) -> None:
        """Gives a part to another worker, or up."""
        at = deaths(self._out, unit.id)
        if not at:
            self._again(unit)
        elif max(at.values()) < DEATHS_AT_ONE and at.total() < DEATHS:
            self._units.append(unit)
        else:
            self._give_up(unit, at.total())

    def _give_up(self, unit: Unit, times: int) -> None:
        """Sets a part aside."""
        why = f"it ended its worker {times} times"
        self._keeper.add(GivenUp(unit, why))

    def _again(self, job: str | Unit) -> None:
        """Queues a task that ended before it had begun, or whose result was lost; not for ever."""
        self._unbegun[job] += 1
        if isinstance(job, Unit):
            if self._unbegun[job] < UNBEGUN:
                self._units.append(job)
            else:
                self._give_up(job, UNBEGUN)
        elif self._unbegun[job] < UNBEGUN:
            self._uncut.append(job)
        else:
            self._fail(f"{job}: cutting it ended the worker {UNBEGUN} times")

    def _fail(self, why: str) -> None:
        """Notes what cannot be read; a later run tries it again."""
        self.failed.append(why)


def move(folder: Path, out: Path, names: Iterable[str]) -> None:
    """Moves files to their places; they are there, whatever happens, when this returns."""
    touched: set[Path] = set()
    for name in names:
        target = out / name
        if target.parent not in touched:
            target.parent.mkdir(parents=True, exist_ok=True)
            touched |= {target.parent, target.parent.parent}
        (folder / name).replace(target)
    for place in touched | {out}:
        sync(place)


def sync(folder: Path) -> None:
    """What was moved into a folder stays there."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def summary(manifest: Manifest, names: set[str], failed: list[str]) -> Summary:
    """What the tables hold of these WARC files."""
    found = Summary(failed=list(failed))
    for done in manifest.done.values():
        if done.unit.warc in names:
            found.parts += 1
            found.captures += done.captures
            found.articles += done.articles
            found.failures += done.failures
            found.damaged += done.damaged
            found.aside += [f"{a.url} ({done.unit.warc}, byte {a.offset}): {a.why}" for a in done.aside]
    for unit, gone in manifest.given_up.items():
        if unit.warc in names:
            found.aside.append(f"{unit.warc}, from byte {unit.start}: {gone.why}")
    return found
