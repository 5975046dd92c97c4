"""Tables become part of a record, which is then the one that adding the WARC files would have made. In this order:

1. every WARC file is found again, as the record keeps the bytes of its captures;
2. part by part, some captures at a time: their bytes go into the evidence, what was read from them into the record, and a mark of how
   far the part has come, in one transaction.

Killed between the two, a run leaves bytes that no row knows: the next one finds and uses them. Parts that are in the record are passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from msgspec import Struct

from onrecord.batch import files
from onrecord.batch.cutting import Unit
from onrecord.batch.manifest import Done, Head, Manifest, read_manifest
from onrecord.batch.reading import numbered
from onrecord.batch.tables import FORMAT, PARTS, reading_of
from onrecord.errors import InputError
from onrecord.fetch.warc import Evidence
from onrecord.model import Capture, Failure, Kept, Reading
from onrecord.store import Store, bulk, kept, known_ends
from onrecord.store.clock import now
from onrecord.text import digest, digest_of_bytes

AT_ONCE = 200  # captures recorded in one transaction,
BYTES = 32 * 2**20  # or so many bytes of them


class Loaded(Struct):
    """What a load has done."""

    articles: int = 0  # that are new
    captures: int = 0
    failures: int = 0
    before: int = 0  # parts that were in the record before


class Found(Struct, frozen=True):
    """One capture or damaged place of a part, from the WARC file."""

    n: int
    capture: Capture | None


def load(
    out: Path,
    store: Store,
    evidence: Evidence,
    *,
    warcs: Path | None = None,
    when: Callable[[], str] = now,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Loaded:
    """Brings the tables of a folder into a record; twice is once. `warcs` is a folder where the WARC files lie now.

    `step` is called with how many captures were looked at, and how many there are. Raises InputError where the tables or the WARC
    files are not what they were, SetupError where the record is in trouble.
    """
    manifest = read_manifest(out)
    head = usable(manifest, out)
    places = located(manifest, warcs)
    bulk.prepare(store)
    strays = {stray.digest: stray for stray in evidence.stray(known_ends(store))}
    done, seen = Loaded(), 0
    total = sum(size_of(part) for part in manifest.in_order())
    for part in manifest.in_order():
        batch = digest(part.content, head.reader.name, head.reader.version, str(FORMAT))
        begun = bulk.reached(store, batch)
        done.before += begun >= size_of(part)
        if begun < size_of(part):
            rows = PartTables(out, part)
            for found in batches(part, places[part.unit.warc], begun):
                items = [item_of(f, rows, part, store, evidence, strays) for f in found]
                evidence.sync()
                done.articles += bulk.record_many(store, items, when(), batch, found[-1].n + 1)
                count(done, items)
                step(seen + found[-1].n + 1, total)
        seen += size_of(part)
        step(seen, total)
    return done


def usable(manifest: Manifest, out: Path) -> Head:
    """What the tables have in common. Raises InputError for those of another version."""
    if manifest.head is None or manifest.head.tables != FORMAT:
        raise InputError(f"{out} holds tables of another version of onrecord; make them anew")
    return manifest.head


def size_of(part: Done) -> int:
    """The captures and damaged places of a part."""
    return part.articles + part.failures


def count(done: Loaded, items: list[bulk.Item]) -> None:
    """Counts what was recorded."""
    kinds = Counter(isinstance(item.got, Reading) for item in items)
    done.failures += kinds[False]
    done.captures += sum(item.kept is not None for item in items)


def located(manifest: Manifest, warcs: Path | None) -> dict[str, str]:
    """Where each WARC file lies. Raises InputError where one is missing or is not what it was."""
    found: dict[str, str] = {}
    for cut in manifest.cuts.values():
        place = str(warcs / cut.warc.rpartition("/")[2]) if warcs else cut.warc
        try:
            (there,) = files.find([place])
        except InputError as error:
            raise InputError(
                f"{error}; the record keeps the bytes of WARC files, give their folder with --warcs"
            ) from None
        if there.size not in (None, cut.size):
            raise InputError(f"{place} has {there.size:,} bytes, and had {cut.size:,} when it was read")
        found[cut.warc] = there.name
    return found


def batches(part: Done, place: str, begun: int) -> Iterator[list[Found]]:
    """The captures and damaged places of a part that are not recorded yet, some at a time."""
    unit = Unit(place, part.unit.start, part.unit.end)
    held: list[Found] = []
    size = 0
    for n, _, _, what in numbered(unit):
        if n < begun:
            continue
        held.append(Found(n, what if isinstance(what, Capture) else None))
        size += len(what.body) if isinstance(what, Capture) else 0
        if len(held) >= AT_ONCE or size >= BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


class PartTables:
    """The rows of one part."""

    def __init__(self, out: Path, part: Done) -> None:
        self._part = part
        names: dict[str, list[str]] = {}
        for name in part.files:
            names.setdefault(name.partition("/")[0], []).append(name)
        self._tables = {table: ordered(out, found) for table, found in names.items()}

    def rows(self, table: str, n: int) -> list[dict[str, Any]]:
        """The rows of one capture, in their order."""
        if table not in self._tables:
            return []
        whole, numbers = self._tables[table]
        first, last = np.searchsorted(numbers, (n, n + 1))
        return whole.slice(first, last - first).to_pylist() if last > first else []

    def reading(self, n: int) -> Reading | Failure | None:
        """What became of a capture; None where the tables do not know it."""
        for row in self.rows("failures", n):
            return Failure(input=row["input"], stage=row["stage"], reason=row["reason"])
        for row in self.rows("articles", n):
            return reading_of(row, {table: self.rows(table, n) for table in PARTS})
        return None

    def digest(self, n: int) -> str | None:
        """The digest of a capture; None for a place without one."""
        return next((str(row["digest"]) for row in self.rows("captures", n)), None)


def ordered(out: Path, names: list[str]) -> tuple[Any, Any]:
    """The rows of several files in the order of their captures, and the numbers of these. Raises InputError."""
    try:
        whole = pa.concat_tables([pq.ParquetFile(out / name).read() for name in names])
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{out}: tables that the manifest names cannot be read: {files.line(error)}") from None
    numbers = whole.column("n").to_numpy()
    order = np.argsort(numbers, kind="stable")
    return whole.take(pa.array(order)), numbers[order]


def item_of(
    found: Found, rows: PartTables, part: Done, store: Store, evidence: Evidence, strays: dict[str, Kept]
) -> bulk.Item:
    """What is to be recorded of one capture, its bytes in the evidence. Raises InputError where the WARC file is not the one that was read."""
    got, capture = rows.reading(found.n), found.capture
    own = digest_of_bytes(capture.body) if capture else None
    if got is None or own != rows.digest(found.n):
        raise InputError(f"{part.unit.warc} is not what it was when it was read")
    if capture is None or own is None:
        return bulk.Item(None, got, got.input)
    place = kept(store, own) or strays.get(own)
    if place is None:
        place = strays[own] = evidence.append(capture)
    return bulk.Item(place, got, capture.name)
