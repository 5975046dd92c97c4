"""Follows a thousand local outlets at once: `python -m benchmarks.load --outlets 1000 --articles 20`.

The press (`tests.site`: 100 page templates, each outlet on a loopback address of its own) runs in a process beside; the follower
fetches, parses and stores without reading (`--no-read`), at the default pace of a second a host. Prints articles a second from
start to end, with the share of the time that both processes took, the follower's peak memory, and what was lost or came twice.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.site import host


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--read", action="store_true", help="read the articles too")
    args = parser.parse_args()
    feeds = "".join(f'<outline xmlUrl="http://{host(n)}:{args.port}/feed"/>' for n in range(args.outlets))
    size = ["--outlets", str(args.outlets), "--articles", str(args.articles), "--port", str(args.port)]
    with tempfile.TemporaryDirectory() as folder:
        opml = Path(folder) / "feeds.opml"
        opml.write_text(f'<opml version="2.0"><body>{feeds}</body></opml>', encoding="utf-8")
        press = subprocess.Popen([sys.executable, "-m", "tests.site", *size], stdout=subprocess.PIPE)
        assert press.stdout and press.stdout.readline()
        try:
            report(follow(opml, Path(folder) / "home", args), Path(folder) / "home", args.outlets * args.articles)
        finally:
            press.kill()


def follow(opml: Path, home: Path, args: argparse.Namespace) -> tuple[float, float, float]:
    """Follows once: seconds, processor seconds with the workers', peak MiB of the largest process."""
    command = [sys.executable, "-m", "onrecord", "--home", str(home), "follow", str(opml), "--once", "--allow-private"]
    command += ["--days", "99999", "--workers", str(args.workers), *([] if args.read else ["--no-read"])]
    begun = time.monotonic()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"follow ended with {process.returncode}"
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def report(run: tuple[float, float, float], home: Path, wanted: int) -> None:
    seconds, processor, peak = run
    with closing(sqlite3.connect(home / "onrecord.db")) as db:
        rows, urls = db.execute("SELECT count(*), count(DISTINCT url) FROM articles").fetchone()
        failed = db.execute("SELECT count(*) FROM failures WHERE resolved IS NULL").fetchone()[0]
    load = os.getloadavg()[0]
    print(f"{wanted} articles wanted, {urls} recorded, {wanted - urls} lost, {rows - urls} twice, {failed} failures")
    print(
        f"{seconds:.0f} s: {urls / seconds:.1f} articles/s; {processor:.0f} processor seconds; load {load:.1f} on {os.cpu_count()} cores"
    )
    print(
        f"peak memory of one process {peak:.0f} MiB; of this one {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )


if __name__ == "__main__":
    main()
