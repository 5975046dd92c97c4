"""Mutates WARC files and reads them: `python -m tests.fuzz_warc --files 10000`.

What is damaged may be a Failure of one line; anything that is raised, more than one line, or ten seconds for one file is a bug,
and is printed with the seed that makes it again. Our own segments, mutated, must also be checked and mended without a bug.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from onrecord.fetch.archive import captures_in
from onrecord.fetch.segments import segments
from onrecord.fetch.warc import Evidence, check
from onrecord.model import Capture, Failure
from onrecord.settings import Settings
from tests.fetch.test_warc import FOREIGN, fill, page
from tests.fuzz import LIMIT, cut, flip, insert, repeat, swap

SETTINGS = Settings(max_input=2**20, sync_every=0)
SOUP = [b"WARC/1.0\r\n", b"WARC/1.1\r\n", b"\r\n\r\n", b"\r\n", b"Content-Length: 99999999999999999999\r\n", b"Content-Length: -1\r\n", b"Content-Length: 0\r\n", b"WARC-Type: response\r\n", b"WARC-Type: \xff\r\n",
        b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 \r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: br\r\n", b"Content-Encoding: deflate\r\n", b"ffffffff\r\n", b"0\r\n\r\n", b"\x1f\x8b\x08", b"\x1f\x8b\x08\x04\0\0\0\0\0\xff", b"\x28\xb5\x2f\xfd",
        b"\x04\x22\x4d\x18", b"\0" * 40, b"WARC-Date: x\r\n", b"WARC-Target-URI: file:///%ff\r\n", b"x" * 70_000]  # fmt: skip


def season(file: bytearray, rng: random.Random) -> None:
    """What WARC files are made of is thrown in where it does not belong."""
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(file) + 1)
        file[at:at] = rng.choice(SOUP)


def lengthen(file: bytearray, rng: random.Random) -> None:
    """Lengths are no longer true."""
    file[:] = file.replace(b"Content-Length: ", b"Content-Length: " + rng.choice((b"9", b"0", b"-", b"1e9", b"")), rng.randint(1, 3))  # fmt: skip


MUTATIONS = (flip, flip, cut, repeat, insert, swap, season, season, lengthen)


def segment() -> bytes:
    """A segment of our own."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), 5)
        return segments(Path(folder))[0].read_bytes()


FILES = [*FOREIGN.values(), segment()]
NAME = "20310516-0123456789abcdef.warc.gz"


def mutated(seed: int) -> bytes:
    """The file of that seed."""
    rng = random.Random(seed)
    file = bytearray(rng.choice(FILES))
    for _ in range(rng.randint(1, 3)):
        if file:
            rng.choice(MUTATIONS)(file, rng)
    return bytes(file)


def fuzz(seed: int) -> int:
    """Reads one mutated file; how many captures it still held. Raises AssertionError, or what the bug raised."""
    begun = time.monotonic()
    file = mutated(seed)
    found = list(captures_in(BytesIO(file), str(seed), SETTINGS))
    assert all("\n" not in f.reason for f in found if isinstance(f, Failure)), found
    if seed % 5 == 0:
        as_segment(file)
    spent = time.monotonic() - begun
    assert spent < LIMIT, f"took {spent:.1f} seconds"
    return sum(isinstance(f, Capture) for f in found)


def as_segment(file: bytes) -> None:
    """What an archive does that finds this file in its folder: nothing is lost that could be read, and it can go on."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / NAME).write_bytes(file)
        before = [k for k in check(folder) if not isinstance(k, Failure)]
        with Evidence(folder, SETTINGS) as evidence:
            list(evidence.stray({}))
            assert evidence.read(evidence.append(page(1))).body == page(1).body
        after = [k for k in check(folder) if not isinstance(k, Failure)]
        assert after[: len(before)] == before or {k.offset for k in before} <= {k.offset for k in after}, "records lost"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    bugs = read = slowest = 0.0
    for seed in range(args.first, args.first + args.files):
        begun = time.monotonic()
        try:
            read += fuzz(seed)
        except Exception as error:  # every one of them is a finding
            bugs += 1
            print(f"seed {seed}: {type(error).__name__}: {str(error)[:200]}", flush=True)
        slowest = max(slowest, time.monotonic() - begun)
    print(f"{args.files} mutated WARC files: {read:.0f} captures read, slowest {slowest:.2f} s, {bugs:.0f} bugs")
    sys.exit(1 if bugs else 0)


if __name__ == "__main__":
    main()
