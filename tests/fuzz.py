"""Mutates the example pages and reads them: `python -m tests.fuzz --pages 10000`.

A page may be refused with an InputError; anything else that is raised, a span that does not slice to words, a Reading that
does not survive JSON, or ten seconds for one page is a bug, and is printed with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable

from onrecord.errors import InputError
from onrecord.model import Capture, decode_reading, encode, first_orphan
from onrecord.pipeline import read_capture
from tests.support import EXAMPLES

LIMIT = 10.0
PAGES = [p.read_bytes() for p in sorted(EXAMPLES.iterdir()) if p.suffix in (".html", ".txt")]
SOUP = [b"&#x202e;", b"&nbsp;", b"&#0;", b"&#xD800;", b"&quot", b"<![CDATA[", b"<!--", b"</p></div>", b"<p>", b"<script>", b"\x00", b"\xff\xfe", b"\xe2\x80\x9c", b'"', b"'", b"\xe2\x80\x99", b"\n\n", b"9" * 400,
        b"if ", b"unless ", b"1,", b"2031-13-45", b"May 99", b"(" * 60, b"\xf0\x9f\x92\xa3", b"A" * 3000, b"<time datetime='x'>", b"{", b"\\", b"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d "]  # fmt: skip

Mutation = Callable[[bytearray, random.Random], None]


def flip(page: bytearray, rng: random.Random) -> None:
    """Some bytes become others."""
    for _ in range(rng.randint(1, 40)):
        page[rng.randrange(len(page))] = rng.randrange(256)


def cut(page: bytearray, rng: random.Random) -> None:
    """A stretch is lost, or the rest of the page is."""
    at = rng.randrange(len(page))
    del page[at : at + rng.choice((1, 20, 500, len(page)))]


def repeat(page: bytearray, rng: random.Random) -> None:
    """A stretch is said again, many times."""
    at = rng.randrange(len(page))
    page[at:at] = bytes(page[at : at + rng.randint(1, 300)]) * rng.choice((1, 2, 30))


def insert(page: bytearray, rng: random.Random) -> None:
    """Soup is thrown in."""
    for _ in range(rng.randint(1, 25)):
        at = rng.randrange(len(page) + 1)
        page[at:at] = rng.choice(SOUP)


def nest(page: bytearray, rng: random.Random) -> None:
    """Tags are nested deep."""
    at = page.find(b"<p>")
    page[max(at, 0) : max(at, 0)] = rng.choice((b"<div>", b"<b>", b"<span><a>", b"<ul><li>")) * rng.choice(
        (50, 400, 3000)
    )


def lie(page: bytearray, rng: random.Random) -> None:
    """The charset is declared wrong, or the bytes are of another."""
    if rng.random() < 0.5:
        page[:] = page.replace(
            b'charset="utf-8"', b'charset="' + rng.choice((b"utf-16", b"koi8-r", b"nonsense", b"ascii")) + b'"'
        )
    else:
        page[:] = page.decode("utf-8", "replace").encode(rng.choice(("utf-16", "windows-1252", "utf-8-sig")), "replace")


def swap(page: bytearray, rng: random.Random) -> None:
    """Two stretches change places."""
    a, b = sorted(rng.randrange(len(page)) for _ in range(2))
    page[:] = page[b:] + page[a:b] + page[:a]


MUTATIONS: tuple[Mutation, ...] = (flip, cut, repeat, insert, nest, lie, swap)


def mutated(seed: int) -> bytes:
    """The page of that seed."""
    rng = random.Random(seed)
    page = bytearray(rng.choice(PAGES))
    for _ in range(rng.randint(1, 4)):
        if page:
            rng.choice(MUTATIONS)(page, rng)
    return bytes(page)


def check(seed: int) -> bool:
    """Reads one mutated page; whether it held an article. Raises AssertionError, or what the bug raised."""
    begun = time.monotonic()
    try:
        reading = read_capture(Capture(name=str(seed), body=mutated(seed)), published="2031-05-14")
    except InputError as error:
        assert "\n" not in str(error), f"more than one line: {error}"
        return False
    finally:
        spent = time.monotonic() - begun
        assert spent < LIMIT, f"took {spent:.1f} seconds"
    assert first_orphan(reading) is None, f"an orphan span: {first_orphan(reading)}"
    assert decode_reading(encode(reading)) == reading, "does not survive JSON"
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    bugs = read = 0
    for seed in range(args.first, args.first + args.pages):
        try:
            read += check(seed)
        except Exception as error:  # every one of them is a finding
            bugs += 1
            print(f"seed {seed}: {type(error).__name__}: {str(error)[:200]}")
    print(f"{args.pages} mutated pages: {read} read, {args.pages - read - bugs} refused, {bugs} bugs")
    sys.exit(1 if bugs else 0)


if __name__ == "__main__":
    main()
