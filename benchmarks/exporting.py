"""Memory and speed of exports: `python -m benchmarks.exporting --rows 10000 1000000`.

The demonstration's record is copied into itself, article by article with all its parts, until it holds so many attributions; each format
then writes all of them in a process of its own, as the command line does. Prints rows a second, the size of the file, and the peak of the
process's own memory (RssAnon, looked at fifty times a second): pages of the database that the system maps into it are not its own.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from onrecord.demo.show import demonstrate
from onrecord.store.database import FILE
from onrecord.store.rows import BITS
from onrecord.store.schema import SMALL

FORMATS = ("csv", "jsonl", "parquet")
PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "temp_store = MEMORY", "cache_size = -262144")  # fmt: skip
WHOLE = ("readings", "resolved", "articles")
MOVED = {"row": "row + {by}", "article": "article + {by}", "reading": "reading + {by}", "copy_of": "copy_of + {by}"}
PART = {name: f"{name} + ({{by}} << {BITS})" for name in ("row", "speaker", "venue", "within", "attribution", "event", "place", "entity")} | {"reading": "reading + {by}"}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000], help="attributions")
    parser.add_argument("--formats", nargs="+", default=list(FORMATS))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "record"
        demonstrate(home)
        for rows in sorted(args.rows):
            there = grow(home, rows)
            size = (home / FILE).stat().st_size / 2**20
            print(f"{there:,} attributions, database {size:,.0f} MiB")
            for name in args.formats:
                print("  " + measured(home, name, Path(folder) / f"out.{name}", there), flush=True)


def grow(home: Path, rows: int) -> int:
    """Copies the first articles of a closed record until it holds so many attributions; how many it holds then."""
    with contextlib.closing(sqlite3.connect(home / FILE, isolation_level=None)) as db:
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        first, each = begun(db)
        done = db.execute("SELECT max(row) FROM readings").fetchone()[0] // first
        for clone in range(done, -(-rows // each)):
            copied(db, first, clone)
        return int(db.execute("SELECT count(*) FROM attributions").fetchone()[0])


def begun(db: sqlite3.Connection) -> tuple[int, int]:
    """How many articles the record began with, and how many attributions these have; noted the first time."""
    db.execute("CREATE TABLE IF NOT EXISTS begun AS SELECT max(max(a.row), (SELECT max(row) FROM readings)) AS articles, (SELECT count(*) FROM attributions) AS said FROM articles a")  # fmt: skip
    articles, said = db.execute("SELECT articles, said FROM begun").fetchone()
    return int(articles), int(said)


def copied(db: sqlite3.Connection, first: int, clone: int) -> None:
    """One more copy of the articles that the record began with."""
    by = first * clone
    db.execute("BEGIN")
    for table in (*WHOLE, *SMALL, "entity_actors"):
        columns = [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        moved = MOVED | {"id": f"substr(id, 1, 56) || printf('%08x', {clone})"} if table in WHOLE else PART
        chosen = ", ".join(moved.get(c, c).format(by=by) for c in columns)
        key = {"resolved": "article", "entity_actors": "entity"}.get(table, "row")
        last = first if table in WHOLE else ((first + 1) << BITS) - 1
        db.execute(f"INSERT INTO {table} SELECT {chosen} FROM {table} WHERE {key} <= {last}")
    db.execute("COMMIT")


def measured(home: Path, name: str, out: Path, rows: int) -> str:
    """One export in words."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "onrecord", "--home", str(home), "export", name, "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, own(process.pid))
        time.sleep(0.02)
    seconds = time.monotonic() - begun
    assert process.returncode == 0, f"{name} ended with {process.returncode}"
    size = out.stat().st_size / 2**20
    os.unlink(out)
    return f"{name:<8} {seconds:7.1f} s, {rows / seconds:8,.0f} rows/s, {size:8,.1f} MiB, at most {peak / 1024:,.0f} MiB of its own memory"


def own(pid: int) -> int:
    """The memory of a process that is its own, in KiB."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("RssAnon")), 0)
    return 0


if __name__ == "__main__":
    main()
