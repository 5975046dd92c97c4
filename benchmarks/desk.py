"""How fast the desk answers over a large record: `python -m benchmarks.desk [--size 100000] [--home DIR]`.

The record is made as for `benchmarks.resolving`: a thousand synthetic articles, really resolved, then cloned, here with the parts of their readings, and
indexed for the search. With `--home` it is a record that is
there already. The desk runs as a process of its own, as `onrecord serve` does. Printed for each kind of page: the time of an answer
by a client on the same machine (median and 95th percentile over `--times` requests, of different stories, people, words and articles), its
size, and the first paint that Chromium reports, with nothing in its cache. Then what a person does on a page (typing a word into the
search, marking a change as seen), from the key to the painted answer.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from benchmarks.resolving import Newsroom, grown, resolved_record
from benchmarks.store import quantile
from onrecord.store import Store, called, index, open_store
from onrecord.store.database import FILE
from onrecord.store.rows import BITS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
EMPTY = "data:text/html,<p>nothing"  # what a browser takes for the paint of anything
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
PAINTED = """event => {
  window.took = undefined;
  let begun;
  const note = () => { begun ??= performance.now(); };
  const done = () => requestAnimationFrame(() => setTimeout(() => { window.took = performance.now() - begun; }));
  if (event) {
    document.addEventListener("htmx:beforeRequest", note, { once: true });
    document.addEventListener(event, done, { once: true });
  } else document.addEventListener("keydown", () => { note(); done(); }, { once: true, capture: true });
}"""  # the clock begins with the key, or after the pause in typing that a request waits for
SAMPLES = {
    "/story/{}": "SELECT id FROM stories WHERE merged_into IS NULL ORDER BY last_moment DESC LIMIT {}",
    "/article/{}": "SELECT id FROM articles ORDER BY row DESC LIMIT {}",
    "/who/{}": "SELECT id FROM actors WHERE same_as IS NULL ORDER BY articles DESC, row LIMIT {}",
    "/search?q={}": "SELECT term FROM terms WHERE length(term) > 4 ORDER BY articles DESC LIMIT {}",
    "/who?name={}": "SELECT substr(name, 1, 4) FROM actors ORDER BY row DESC LIMIT {}",
}
PARTS = {
    "attributions": ("speaker", "venue", "within"),
    "entities": (),
    "figures": ("event", "attribution"),
    "events": ("place", "attribution"),
    "dates": (),
    "places": (),
    "conditions": ("attribution",),
    "findings": (),
}  # of a reading, and their columns that name other parts
ORIGINS = tuple(
    f"INSERT OR IGNORE INTO origins SELECT DISTINCT x.origin, 'outlet', 'Outlet ' || substr(x.origin, 1, 4) FROM {table} x LEFT JOIN origins n ON n.id = x.origin WHERE n.id IS NULL"
    for table in ("facts", "resolved")
)
PLAIN = (
    "/changes",
    "/changes?since=all",
    "/stories",
    "/who",
    "/search",
    "/indicators",
    "/feeds",
    "/outlets",
    "/judgements",
)


def complete(home: Path, articles: int, times: int) -> None:
    """Adds what clones lack and pages show: the parts of readings, origins, names by their words, and the search index."""
    rows = articles << BITS
    with closing(sqlite3.connect(home / FILE)) as connection:
        for table, columns in PARTS.items():
            found = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()
            moved = {"row": "row + {0}", "reading": "reading + {1}", "id": "substr(id, 1, 12) || printf('%04x', {2})"} | dict.fromkeys(columns, "{c} + {0}")  # fmt: skip
            for n in range(1, times):
                chosen = ", ".join(moved.get(c, "{c}").format(rows * n, articles * n, n, c=c) for (c,) in found)
                connection.execute(
                    f"INSERT INTO {table} SELECT {chosen} FROM {table} WHERE row < {(articles + 1) << BITS}"
                )
        for sql in ORIGINS:
            connection.execute(sql)
        connection.commit()
    with open_store(home) as store:
        with store.writing() as transaction:
            transaction.run("DELETE FROM actor_words")
            called.fill(transaction)
        index.up_to_date(store)


def addresses(store: Store, times: int) -> dict[str, list[str]]:
    """What is asked for, by kind of page."""
    found = {path: [path] * times for path in PLAIN}
    with store.reading() as transaction:
        for path, sql in SAMPLES.items():
            values = [str(v) for (v,) in transaction.all(sql.format(times))]
            found[path] = [path.format(v) for v in values]
    return found


@contextmanager
def opened(home: Path) -> Iterator[str]:
    """The address of a desk over a record."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "onrecord", "--home", str(home), "serve", "--port", str(port)]
    desk = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        until = time.monotonic() + 60
        while True:
            try:
                httpx.get(f"{address}/openapi.json", timeout=5)
                break
            except httpx.HTTPError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
        yield address
    finally:
        desk.terminate()
        desk.wait(20)


def answered(address: str, asked: dict[str, list[str]]) -> None:
    """Prints how long answers take."""
    print(f"{'page':24} {'median':>9} {'p95':>9} {'largest':>10}", flush=True)
    with httpx.Client(base_url=address, timeout=60) as client:
        for kind, paths in asked.items():
            seconds, size = [], 0
            for path in paths:
                begun = time.perf_counter()
                answer = client.get(path)
                seconds.append(time.perf_counter() - begun)
                size = max(size, len(answer.content))
                if answer.status_code != 200:
                    raise SystemExit(f"{path} answered {answer.status_code}")
            print(f"{kind:24} {1000 * statistics.median(seconds):6.0f} ms {1000 * quantile(seconds, 0.95):6.0f} ms {size / 1000:7.0f} kB", flush=True)  # fmt: skip


def painted(address: str, asked: dict[str, list[str]], times: int) -> None:
    """Prints how long it takes until something is painted, and until what a person does is answered."""
    if CHROMIUM is None:
        print("Chromium is not installed: no paint is measured")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])  # fmt: skip
        browser.new_page().goto(address)
        print(f"{'first paint':24} {'median':>9} {'p95':>9}", flush=True)
        for kind, paths in {"(an empty page)": [EMPTY] * times, **asked}.items():
            found = []
            for path in paths[:times]:
                context = browser.new_context(base_url=address)
                page = context.new_page()
                page.goto(path)
                page.wait_for_timeout(50)
                found.append(page.evaluate(PAINT))
                context.close()
            print(f"{kind:24} {statistics.median(found):6.0f} ms {quantile(found, 0.95):6.0f} ms", flush=True)
        interactions(browser.new_page(base_url=address), asked, times)
        browser.close()


def interactions(page: Page, asked: dict[str, list[str]], times: int) -> None:
    """Prints how long it takes until what a person does is answered and painted."""
    print(f"{'what a person does':24} {'median':>9} {'p95':>9}", flush=True)
    words = [path.rpartition("=")[2] for path in asked["/search?q={}"]]
    found: dict[str, list[float]] = {"next item (j)": [], "mark as seen (s)": [], "search as typed": []}
    page.goto("/changes?since=all")
    for _ in range(times):
        found["next item (j)"].append(painted_after(page, "j", None))
    for _ in range(times):
        page.keyboard.press("j")
        found["mark as seen (s)"].append(painted_after(page, "s", "htmx:afterSettle"))
    page.goto("/search")
    for word in words[:times]:
        page.fill("input[type=search]", word[:-1])
        page.wait_for_timeout(700)
        page.focus("input[type=search]")
        found["search as typed"].append(painted_after(page, word[-1], "htmx:afterSettle"))
    for name, seconds in found.items():
        print(f"{name:24} {statistics.median(seconds):6.0f} ms {quantile(seconds, 0.95):6.0f} ms", flush=True)


def painted_after(page: Page, key: str, event: str | None) -> float:
    """Milliseconds from a key, or from the request that it makes, to the paint after it, or after the answer is in place."""
    page.evaluate(PAINTED, event)
    page.keyboard.press(key)
    wait_until(lambda: page.evaluate("window.took !== undefined"))
    return float(page.evaluate("window.took"))


def wait_until(done: Callable[[], bool]) -> None:
    """Waits, at most twenty seconds, and seldom asks, as each question takes the page's time; its policy forbids a browser to be asked for it in words."""
    for _ in range(40):
        time.sleep(0.5)
        if done():
            return
    raise SystemExit("the page does not answer")


def main() -> None:
    """Runs all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--paints", type=int, default=20)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = args.home
        if home is None:
            resolved_record(Path(name) / "base", 1000)
            home = Path(name) / "record"
            grown(home, Path(name) / "base", Newsroom(), args.size // 1000)
            complete(home, 1000, args.size // 1000)
        with open_store(home) as store:
            asked = addresses(store, args.times)
        with opened(home) as address:
            answered(address, asked)
            painted(address, asked, args.paints)


if __name__ == "__main__":
    main()
