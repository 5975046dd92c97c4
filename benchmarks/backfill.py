"""WARC file to Parquet with 1 and 2 workers: `python -m benchmarks.backfill`.

The pages are those of `benchmarks.bench`, told again and again at new addresses, in one WARC file as Common Crawl writes them (gzip per record, a
request beside each answer). An "article" is 750 words. The clock runs from when the workers are up to when the last part is in the manifest; each worker
loads its weights within that time. Memory is the peak of the largest worker; the last column is what the tables take for a byte of the WARC file.
"""

from __future__ import annotations

import argparse
import io
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import psutil
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.bench import WORDS, articles_in, pages
from onrecord.batch.run import Settings, Show, backfill
from onrecord.model import Capture
from onrecord.parse import parse
from onrecord.read import reader
from onrecord.workers import answers

PARTS = 8  # of the file, so that each worker has several


def write(path: Path, bodies: Sequence[bytes], count: int) -> None:
    """A WARC file of so many pages."""
    asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for n in range(count):
            url, body = f"https://news.example/{n}", io.BytesIO(bodies[n % len(bodies)])
            writer.write_record(writer.create_warc_record(url, "request", payload=io.BytesIO(b""), http_headers=asked))
            writer.write_record(writer.create_warc_record(url, "response", payload=body, http_headers=head))


class Peak:
    """The largest memory of a process that this one started, sampled from /proc, in MiB."""

    def __init__(self) -> None:
        self.most, self._end = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._end.wait(0.25):
            self.most = max([self.most, *peaks()])

    def stop(self) -> int:
        self._end.set()
        self._thread.join()
        return self.most // 1024


def peaks() -> Iterator[int]:
    """The peak of each worker so far, in KiB."""
    for child in psutil.Process().children(recursive=True):
        try:
            status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
            yield int(status.split("VmHWM:")[1].split()[0])
        except (OSError, IndexError):
            continue


def timed(warc: Path, out: Path, workers: int, fast: bool) -> tuple[float, int]:
    """Seconds, and MiB of the largest worker; `fast`: with the smaller network."""
    begun = [time.monotonic()]

    def up(line: str) -> None:
        begun[0] = time.monotonic()

    peak = Peak()
    settings = Settings(workers=workers, unit=max(warc.stat().st_size // PARTS, 1))
    backfill([str(warc)], out, settings, Show(tell=up), answers(fast), reader(fast))
    return time.monotonic() - begun[0], peak.stop()


def size_of(folder: Path) -> int:
    """The bytes of all tables."""
    return sum(p.stat().st_size for p in folder.rglob("*.parquet"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--fast", action="store_true", help="with the smaller network as well")
    args = parser.parse_args()
    bodies = pages(args.shared)
    texts = [parse(Capture(name="x", body=b)).text for b in bodies]
    articles = articles_in(texts[n % len(texts)] for n in range(args.pages))
    with tempfile.TemporaryDirectory() as name:
        warc = Path(name) / "CC-NEWS.warc.gz"
        write(warc, bodies, args.pages)
        size = warc.stat().st_size
        print(f"{args.pages} pages, {articles:.0f} articles of {WORDS} words, {size / 2**20:.1f} MiB packed; {os.cpu_count()} cores")  # fmt: skip
        print(
            "| reader | workers | articles/s | seconds | peak MiB of a worker | bytes of tables a byte |\n|---|---|---|---|---|---|"
        )
        for fast, workers in product([False, True][: 1 + args.fast], args.workers):
            out = Path(name) / f"out-{workers}-{fast}"
            seconds, peak = timed(warc, out, workers, fast)
            print(
                f"| {'--fast' if fast else 'full'} | {workers} | {articles / seconds:.1f} | {seconds:.1f} | {peak} | {size_of(out) / size:.2f} |"
            )


if __name__ == "__main__":
    main()
