"""What the record makes of the demonstration, beside what a careful analyst finds in it: `python -m evaluation.demo [--home DIR]`.

Replays the stream into an empty record (or looks into one that `onrecord demo` made) and compares it with `onrecord/demo/expected.toml`: stories by thread,
copies, alerts, what must not fire, denials, reversals, versions of quotations, edits, spellings. Each line names what was expected and not found, or found and not expected.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.demo import articles as stream
from onrecord.demo import expected
from onrecord.demo.show import demonstrate
from onrecord.store import Store, indicators, knowing, open_store

CHANGES = (
    "denied",
    "reversal",
    "quotation-differs",
    "silent-edit",
    "misquote",
    "attribution-dropped",
    "figure-moved",
    "confirmed",
)


class Found:
    """What a record holds of the stream, by the names of its articles' files."""

    def __init__(self, store: Store) -> None:
        self.store = store
        by_path = {a.path: a.id for a in stream()}
        with store.reading() as transaction:
            rows = transaction.all("SELECT a.id, a.url, s.id, b.id, d.copy_kind FROM articles a JOIN resolved d ON d.article = a.row "
                                   "JOIN stories s ON s.row = d.story LEFT JOIN articles b ON b.row = d.copy_of ORDER BY d.moment, a.row")  # fmt: skip
        self.key = {id: next((k for path, k in by_path.items() if path in url), url) for id, url, *_ in rows}
        self.story = {self.key[id]: story for id, _, story, *_ in rows}
        self.copies = {
            (self.key[id], self.key[of], kind) for id, _, _, of, kind in rows if of and self.key[id] != self.key[of]
        }
        self.changes = knowing.changes(store, None, limit=100_000)

    def articles_of(self, kind: str) -> Iterator[tuple[str, str]]:
        """The articles that brought changes of a kind, with the words."""
        return ((self.key[c.article], c.words) for c in self.changes if c.kind == kind)


def pairs(groups: list[set[str]]) -> set[frozenset[str]]:
    """Every two of a group."""
    return {frozenset(p) for g in groups for p in combinations(sorted(g), 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or Path(folder)
        if not args.home:
            demonstrate(home)
        with open_store(home) as store:
            report(Found(store), expected())


def report(found: Found, wanted: dict[str, Any]) -> None:
    """Prints what agrees and what does not."""
    threads: dict[str, set[str]] = {}
    for s in wanted["stories"]:
        threads.setdefault(s["thread"], set()).update(s["articles"])
    mixed = [
        (a, b)
        for (t, x), (u, y) in combinations(threads.items(), 2)
        for a in x
        for b in y
        if found.story.get(a) == found.story.get(b)
    ]
    print(
        f"stories: {len(set(found.story.values()))} for {len(wanted['stories'])} happenings; pairs across threads {len(mixed)} {mixed[:5]}"
    )
    gold = pairs([set(s["articles"]) for s in wanted["stories"] if not s.get("either")])
    made = pairs([{a for a, s in found.story.items() if s == story} for story in set(found.story.values())])
    print(
        f"  pairs of one happening found {len(gold & made)} of {len(gold)}; other pairs within a thread {len(made - gold)}"
    )
    copies = {(c, w["of"], kind) for w in wanted["copies"] for kind in ("whole", "embedded") for c in w.get(kind, ())}
    print(
        f"copies: {len(copies & found.copies)} of {len(copies)}; missed {sorted(copies - found.copies)}; extra {sorted(found.copies - copies)}"
    )
    report_alerts(found, wanted)
    for kind in CHANGES:
        print(kind)
        for article, words in found.articles_of(kind):
            print(f"    {article}: {words[:150]}")


def report_alerts(found: Found, wanted: dict[str, Any]) -> None:
    """The alerts, and what was expected."""
    with found.store.reading() as transaction:
        alerts = indicators.alerts(transaction)
    got = [(found.key[a.article], a.crossing, a.origin.kind, a.origin.name) for a in alerts]
    for w in wanted["alerts"]:
        right = [g for g in got if g[1] == w["crossing"] and g[0] in (w["article"], *w["repeated"])]
        print(f"alert wanted: {w['article']} {w['crossing']} {w['origin']}: {right}")
    print("alerts:")
    for g in got:
        print("   ", g)


if __name__ == "__main__":
    main()
