"""The record's speed: `python -m benchmarks.store --articles 100000`.

Synthetic readings of a realistic size (750 words, 15 attributions, 12 entities) in invented words with a Zipf distribution. Each is
recorded in a transaction of its own; making it is not counted. Prints readings recorded a second beside a peer in the same run
(plain sqlite3 that repeats the same statements with the same rows, ready made), how many a second the search index takes up behind
them, the size of the database, and the time of searches.
"""

from __future__ import annotations

import argparse
import gc
import random
import sqlite3
import statistics
import tempfile
import time
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from onrecord.model import (
    Article,
    Attribution,
    Condition,
    Date,
    Dated,
    Entity,
    Figure,
    Kept,
    Outlet,
    ReaderInfo,
    Reading,
)
from onrecord.store import Store, open_store, record, search
from onrecord.store.database import FILE, connect
from onrecord.store.index import up_to_date
from onrecord.text import Span, digest

WORDS, ATTRIBUTIONS, ENTITIES, FIGURES, DATES, CONDITIONS = 750, 15, 12, 5, 3, 1
VOCABULARY, PEOPLE, OUTLETS = 50_000, 5_000, 50
START = datetime(2024, 1, 1)
CERTAINTIES = ("CT+",) * 80 + ("PR+",) * 8 + ("PS+",) * 6 + ("CT-",) * 3 + ("Uu",) * 2 + ("PR-",)
KINDS = ("indirect",) * 5 + ("direct",) * 3 + ("mixed",) * 2


class Maker:
    """Makes invented readings, the same ones for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.vocabulary = sorted({self.word() for _ in range(VOCABULARY * 2)}, key=lambda w: (len(w), w))[:VOCABULARY]
        self.weights = list(accumulate(1 / (n + 2.7) for n in range(len(self.vocabulary))))
        self.people = [f"{self.word().title()} {self.word().title()}" for _ in range(PEOPLE)]
        self.fame = list(accumulate(1 / (n + 5) for n in range(PEOPLE)))

    def word(self) -> str:
        """An invented word of one to four syllables."""
        syllable = (self.random.choice("bdfgklmnprstvz") + self.random.choice("aeiouéö") for _ in range(4))
        return "".join(islice(syllable, self.random.choice((1, 2, 2, 3, 3, 4)))) + self.random.choice(
            ("", "n", "r", "s")
        )

    def pick(self, things: Sequence[str], weights: Sequence[float]) -> str:
        """One of the things, the earlier the likelier."""
        return things[bisect(weights, self.random.random() * weights[-1])]

    def text(self) -> tuple[str, list[Span]]:
        """A text in paragraphs, and the span of each word."""
        words = [self.pick(self.vocabulary, self.weights) for _ in range(WORDS)]
        parts, spans, at = [], [], 0
        for n, word in enumerate(words):
            gap = "" if n == 0 else "\n\n" if n == 9 or (n > 9 and n % 50 == 9) else ". " if n % 17 == 0 else " "
            parts += [gap, word]
            spans.append((at + len(gap), at + len(gap) + len(word)))
            at += len(gap) + len(word)
        return "".join(parts), spans

    def reading(self, n: int) -> tuple[Kept, Reading]:
        """The n-th reading and where its capture would lie."""
        text, words = self.text()
        outlet = self.random.randrange(OUTLETS)
        url = f"https://www.outlet{outlet}.example/news/{n}/{words[0][1]}"
        capture = "sha256:" + digest("capture", str(n))
        published = (START + timedelta(minutes=5 * n)).strftime("%Y-%m-%dT%H:%M:%SZ")
        kept = Kept(digest=capture, url=url, fetched=published, status=200, content_type="text/html; charset=utf-8", size=90_000,
                    file=f"warc/{published[:7]}.warc.gz", offset=n * 21_000, length=20_900)  # fmt: skip
        article = Article(
            id=digest(text, url),
            capture=capture,
            url=url,
            canonical_url=url,
            outlet=Outlet(name=f"The Outlet {outlet}", domain=f"outlet{outlet}.example"),
            title=text[: words[8][1]],
            byline=("A. Writer",),
            language="en",
            published=Dated(value=published, evidence="json-ld"),
            text=text,
        )
        return kept, self.read(article, words)

    def read(self, article: Article, words: list[Span]) -> Reading:
        """What a reader might make of it."""

        def stretch(n: int, length: int) -> tuple[Span]:
            return ((words[n][0], words[n + length - 1][1]),)

        choose, whole = self.random.choice, self.random.randrange
        people = [self.pick(self.people, self.fame) for _ in range(ENTITIES)]
        entities = tuple(
            Entity(
                id=f"e{n}",
                name=name,
                type="person",
                role="minister",
                mentions=tuple(words[whole(WORDS)] for _ in range(4)),
            )
            for n, name in enumerate(people)
        )
        attributions = tuple(
            Attribution(
                id=f"a{n}",
                kind=choose(KINDS),
                source=stretch(at, 2),
                cue=stretch(at + 2, 1),
                content=stretch(at + 3, whole(8, 40)),
                speaker=f"e{whole(ENTITIES)}",
                speaker_kind=choose(("named", "named", "anonymous")),
                certainty=choose(CERTAINTIES),
                confidence=round(self.random.random(), 3),
            )  # fmt: skip
            for n, at in enumerate(range(10, 10 + ATTRIBUTIONS * 45, 45))
        )
        figures = tuple(
            Figure(id=f"f{n}", span=words[whole(WORDS)], value=whole(9999), comparator="=", unit="people", of=stretch(whole(700), 2), attribution=f"a{n}")
            for n in range(FIGURES)
        )  # fmt: skip
        dates = tuple(Date(span=words[whole(WORDS)], value="2024-05-05", type="date") for _ in range(DATES))
        conditions = tuple(
            Condition(id=f"c{n}", if_=stretch(100, 9), then=stretch(110, 9), marker=stretch(99, 1), kind="warning")
            for n in range(CONDITIONS)
        )
        return Reading(input=article.url or "", reader=ReaderInfo(name="en", version="1"), article=article, attributions=attributions,
                       entities=entities, figures=figures, dates=dates, conditions=conditions)  # fmt: skip


def batches(maker: Maker, first: int, n: int, size: int = 1000) -> Iterator[list[tuple[Kept, Reading]]]:
    """The readings in lists, so that making them can be left out of the time."""
    for start in range(first, first + n, size):
        yield [maker.reading(i) for i in range(start, min(start + size, first + n))]


def load(store: Store, maker: Maker, n: int) -> list[float]:
    """Records n readings and indexes each batch behind it, as a follower does; readings recorded a second, of each batch."""
    rates, cpu, indexing = [], 0.0, 0.0
    for batch in batches(maker, 0, n):
        gc.freeze()  # the readings that wait are not what is measured
        begun, cpu_begun = time.perf_counter(), time.process_time()
        for kept, reading in batch:
            record(store, kept, reading)
        settle(store)
        rates.append(len(batch) / (time.perf_counter() - begun))
        cpu += time.process_time() - cpu_begun
        begun = time.perf_counter()
        up_to_date(store)
        indexing += time.perf_counter() - begun
        gc.unfreeze()
        if len(rates) % 10 == 0:
            done = len(rates) * len(batch)
            print(
                f"  {done:,} recorded; {statistics.harmonic_mean(rates[-10:]):,.0f} readings/s; {done / cpu:,.0f} a CPU second; "
                f"indexed {done / indexing:,.0f}/s",
                flush=True,
            )
    return rates


def settle(store: Store) -> None:
    """Waits for what recording has begun beside itself: it belongs to the time that recording takes."""
    if store.log:
        store.log.wait()


class Tape:
    """A cursor that writes down what runs through it."""

    def __init__(self, cursor: Any, tape: list[tuple[str, Any, bool]]) -> None:
        self.cursor, self.tape = cursor, tape

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)

    def execute(self, sql: str, values: Any = ()) -> None:
        self.tape.append((sql, values, False))
        self.cursor.execute(sql, values)

    def executemany(self, sql: str, rows: Any) -> None:
        self.tape.append((sql, rows, True))
        self.cursor.executemany(sql, rows)


def taped(folder: Path, readings: list[tuple[Kept, Reading]]) -> list[tuple[str, Any, bool]]:
    """Every statement that recording these readings runs, with its rows."""
    import onrecord.store.database as database

    tape: list[tuple[str, Any, bool]] = []
    plain = database.Transaction
    with open_store(folder) as store:
        database.Transaction = lambda cursor, dialect: plain(Tape(cursor, tape), dialect)  # type: ignore[assignment,misc]
        try:
            for kept, reading in readings:
                tape.append(("BEGIN IMMEDIATE", (), False))
                record(store, kept, reading)
                tape.append(("COMMIT", (), False))
        finally:
            database.Transaction = plain  # type: ignore[misc]
    return tape


def replay(folder: Path, tape: list[tuple[str, Any, bool]]) -> float:
    """Seconds that plain sqlite3 takes for the same statements."""
    open_store(folder).close()
    connection: sqlite3.Connection = connect(folder / FILE)
    cursor = connection.cursor()
    begun = time.perf_counter()
    for sql, values, many in tape:
        if many:
            cursor.executemany(sql, values)
        else:
            cursor.execute(sql, values).fetchone()
    seconds = time.perf_counter() - begun
    connection.close()
    return seconds


def against_peer(maker: Maker, n: int) -> None:
    """Prints our rate beside that of plain sqlite3, best of three alternating runs."""
    readings = [maker.reading(i) for i in range(n)]
    gc.freeze()
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tape = taped(folder / "tape", readings)
        for run in range(3):
            with open_store(folder / f"ours{run}") as store:
                begun = time.perf_counter()
                for kept, reading in readings:
                    record(store, kept, reading)
                settle(store)
                ours.append(time.perf_counter() - begun)
            theirs.append(replay(folder / f"theirs{run}", tape))
    print(
        f"first {n:,}: {n / min(ours):,.0f} readings/s; plain sqlite3, same statements: {n / min(theirs):,.0f}/s; ratio {min(theirs) / min(ours):.2f}"
    )


def questions(maker: Maker, n: int) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Searches by sort: what is typed, and the filters."""
    choose, words, common = maker.random.choice, maker.vocabulary, maker.vocabulary[:30]

    def some(first: int, last: int) -> str:
        return words[maker.random.randrange(first, last)]

    outlets = [f"outlet{k}.example" for k in range(OUTLETS)]
    month = {"since": "2024-02-03", "until": "2024-02-27"}
    return {
        "rare word": [(some(5_000, VOCABULARY), {}) for _ in range(n)],
        "middling word": [(some(200, 2_000), {}) for _ in range(n)],
        "very common word": [(choose(common), {}) for _ in range(n)],
        "two words": [(f"{some(0, 100)} {some(100, 5_000)}", {}) for _ in range(n)],
        "two common words": [(f"{choose(common)} {choose(common)}", {}) for _ in range(n)],
        "phrase": [(f'"{choose(common)} {some(0, 300)}"', {}) for _ in range(n)],
        "without a word": [(f"{choose(common)} -{some(0, 300)}", {}) for _ in range(n)],
        "one or the other": [(f"{some(0, 300)} OR {some(300, 5_000)}", {}) for _ in range(n)],
        "speaker": [(choose(common), {"speaker": choose(maker.people)}) for _ in range(n)],
        "outlet and month": [(choose(common), {"outlet": choose(outlets), **month}) for _ in range(n)],
        "days": [(some(0, 300), {"since": "2024-01-20", "until": "2024-02-10"}) for _ in range(n)],
        "rare certainty": [(choose(common), {"certainty": "PR-", "kind": "mixed"}) for _ in range(n)],
        "source": [(some(0, 3_000), {"where": "source"}) for _ in range(n)],
        "article, rare": [(some(5_000, VOCABULARY), {"where": "article"}) for _ in range(n)],
        "article, common": [(choose(common), {"where": "article"}) for _ in range(n)],
        "article, phrase": [(f'"{choose(common)} {some(0, 300)}"', {"where": "article"}) for _ in range(n)],
    }


def searches(store: Store, maker: Maker, n: int) -> None:
    """Prints the time of searches, by sort and over all."""
    every: list[float] = []
    search(store, "nothing")
    for sort, asked in questions(maker, n).items():
        times, found = [], 0
        for query, filters in asked:
            begun = time.perf_counter()
            found += len(search(store, query, **filters))
            times.append((time.perf_counter() - begun) * 1000)
        every += times
        print(
            f"  {sort:18} p50 {quantile(times, 0.5):7.1f} ms   p95 {quantile(times, 0.95):7.1f} ms   {found / n:.0f} finds"
        )
    print(
        f"search over all: p50 {quantile(every, 0.5):.1f} ms, p95 {quantile(every, 0.95):.1f} ms, longest {max(every):.0f} ms"
    )


def quantile(times: list[float], share: float) -> float:
    """The time below which this share lies."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def size_of(home: Path) -> int:
    """Bytes of the database."""
    return sum(path.stat().st_size for path in home.glob(FILE + "*"))


def main() -> None:
    """Runs all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument(
        "--peer", type=int, default=3_000, help="readings recorded for the comparison with plain sqlite3"
    )
    parser.add_argument("--searches", type=int, default=40, help="of each sort")
    parser.add_argument("--home", type=Path, help="keep the database here (default: a temporary folder)")
    parser.add_argument("--db", help="a PostgreSQL URL; the comparison is left out")
    parser.add_argument("--search-only", action="store_true", help="search what --home or --db holds already")
    options = parser.parse_args()
    maker = Maker()
    if options.peer and not options.db:
        against_peer(maker, options.peer)
    with tempfile.TemporaryDirectory() as name:
        home = options.home or Path(name)
        with open_store(home, options.db) as store:
            if options.search_only:
                searches(store, maker, options.searches)
                return
            rates = load(store, maker, options.articles)
            print(
                f"{options.articles:,}: {statistics.harmonic_mean(rates):,.0f} readings/s; last tenth {statistics.harmonic_mean(rates[-max(1, len(rates) // 10) :]):,.0f}"
            )
            searches(store, maker, options.searches)
        print(
            f"database {size_of(home) / 2**20:,.0f} MiB, {size_of(home) / options.articles / 1024:,.1f} KiB an article"
        )


if __name__ == "__main__":
    main()
