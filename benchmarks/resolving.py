"""How long it takes to set one article beside a record: `python -m benchmarks.resolving [--sizes 1000 10000 100000]`.

A thousand synthetic articles are recorded and really resolved, in large transactions. Larger records are that one with its rows
cloned, under other words and names of the same vocabulary (`benchmarks.clones` says what is cloned and what is not): nothing of them was
resolved. Into each record 300 more articles are recorded, and really resolved one by one, each in a transaction of its own.

Articles come in stories of ten on average, with words and people of their own among common words; one in five is a copy
of an earlier one. Prints the median and the 95th percentile by the clock, and of processor time, which other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from benchmarks.clones import grow
from benchmarks.store import Maker, quantile, size_of
from onrecord.model import Kept, Reading
from onrecord.resolving import resolve, resolve_one
from onrecord.store import Store, open_store, record, resolved
from onrecord.text import digest

MORE = 300
BATCH = 1000  # articles of one transaction, while a record is filled
A_STORY, OWN_WORDS, OWN_PEOPLE, SHARE, COPIED = 10, 60, 5, 0.3, 0.2


class Newsroom(Maker):
    """Makes articles that belong to stories, some of them copies; the same ones for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        super().__init__(seed)
        self.words: list[str] = []
        self.cast: list[str] = []
        self.story: list[Reading] = []

    def pick(self, things: Sequence[str], weights: Sequence[float]) -> str:
        """One of the things; now and then one of the story's own."""
        if self.words and self.random.random() < SHARE:
            return self.random.choice(self.words if things is self.vocabulary else self.cast)
        return super().pick(things, weights)

    def reading(self, n: int) -> tuple[Kept, Reading]:
        """The n-th article: of the story under way, or the first of a new one, or a copy of one before it."""
        if n % A_STORY == 0:
            self.words = self.random.sample(self.vocabulary[2000:], OWN_WORDS)
            self.cast = self.random.sample(self.people, OWN_PEOPLE)
            self.story = []
        kept, made = super().reading(n)
        if self.story and self.random.random() < COPIED:
            made = copied(made, self.random.choice(self.story))
        self.story.append(made)
        return kept, made


def copied(frame: Reading, original: Reading) -> Reading:
    """The original's text and records in another outlet's frame."""
    text = original.article.text
    article = replace(frame.article, text=text, title=original.article.title, id=digest(text, frame.article.url or ""))
    return replace(original, article=article, input=frame.input)


def fill(store: Store, maker: Newsroom, first: int, last: int) -> float:
    """Records and resolves articles in large transactions; seconds that the resolving took."""
    spent = 0.0
    for start in range(first, last, BATCH):
        for n in range(start, min(start + BATCH, last)):
            record(store, *maker.reading(n))
        begun = time.perf_counter()
        with store.writing() as transaction:
            for reading, article in resolved.waiting(transaction, BATCH):
                resolve_one(transaction, resolved.load(transaction, reading, article), "2026-01-01T00:00:00Z")
        spent += time.perf_counter() - begun
    return spent


def timed(home: Path, maker: Newsroom, first: int) -> tuple[list[float], list[float]]:
    """Seconds by the clock and seconds of processor time that each of the further articles took, one by one."""
    clock, processor = [], []
    with open_store(home) as store:
        for n in range(first, first + MORE):
            record(store, *maker.reading(n))
        begun = time.perf_counter(), time.process_time()
        for _ in resolve(store):
            clock.append(time.perf_counter() - begun[0])
            processor.append(time.process_time() - begun[1])
            begun = time.perf_counter(), time.process_time()
    return clock[1:], processor[1:]  # the first one also looks for what waits


def resolved_record(home: Path, articles: int) -> None:
    """Makes a record of so many articles, each really resolved."""
    with open_store(home) as store:
        seconds = fill(store, Newsroom(), 0, articles)
    print(f"{articles:,} articles resolved, {articles / seconds:,.0f} a second", flush=True)


def grown(home: Path, base: Path, maker: Newsroom, times: int) -> None:
    """A copy of a record, grown to so many times its size."""
    begun = time.perf_counter()
    shutil.copytree(base, home)
    grow(home, times - 1, maker.vocabulary, maker.people)
    print(f"  grown in {time.perf_counter() - begun:,.0f} seconds to {size_of(home) / 2**30:.1f} GiB", flush=True)


def shown(seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    return f"{1000 * statistics.median(seconds):.1f} ms, p95 {1000 * quantile(seconds, 0.95):.1f} ms"


def main() -> None:
    """Runs all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="multiples of --really")
    parser.add_argument("--really", type=int, default=1_000, help="articles that are really resolved, then cloned")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        resolved_record(folder / "base", args.really)
        for size in sorted(args.sizes):
            maker, home = Newsroom(), folder / str(size)
            grown(home, folder / "base", maker, size // args.really)
            maker.random.seed(size)  # the same vocabulary, other articles
            clock, processor = timed(home, maker, size)
            shutil.rmtree(home)
            print(f"{size:,} articles: median {shown(clock)}; of processor time: median {shown(processor)}", flush=True)


if __name__ == "__main__":
    main()
