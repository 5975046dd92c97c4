"""How long it takes to set one article beside a record: `python -m benchmarks.resolving [--sizes 1000 10000 100000]`.

For each size a record is filled with that many synthetic articles, all resolved in large transactions, and 300 more are recorded and resolved one by
one, each in a transaction of its own. Articles come in stories of ten on average, with words and people of their own among common words; one in five is a copy
of an earlier one. Prints the median, the 95th percentile, and how many articles a second the filling took.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from benchmarks.store import Maker
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


def timed(store: Store, maker: Newsroom, first: int) -> list[float]:
    """Seconds that each of the further articles took, one by one."""
    for n in range(first, first + MORE):
        record(store, *maker.reading(n))
    spent, begun = [], time.perf_counter()
    for _ in resolve(store):
        spent.append(time.perf_counter() - begun)
        begun = time.perf_counter()
    return spent[1:]  # the first one also looks for what waits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        maker, done = Newsroom(), 0
        for size in sorted(args.sizes):
            seconds = fill(store, maker, done, size)
            rate = (size - done) / seconds if seconds else 0.0
            spent = sorted(timed(store, maker, size))
            done = size + MORE
            print(f"{size:,} articles: median {1000 * statistics.median(spent):.1f} ms, p95 {1000 * spent[int(0.95 * len(spent))]:.1f} ms; "
                  f"filled at {rate:,.0f} articles/s", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
