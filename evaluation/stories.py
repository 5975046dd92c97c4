"""Scores stories: `python -m evaluation.stories [--docs FILE.jsonl] [--shuffles 5]`, documents with the fields id, story and text.

B-cubed P, R and F of the stories that come out when the articles arrive one at a time in an empty record: means over the file's order (order 0) and
shuffled ones, each order's F, and how far these lie apart. Nothing is read by the network: stories need the words only.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord.model import Article, Reading
from onrecord.resolve import regrouping, stories, words
from onrecord.resolve.stories import Features, Sketch


class Shelf:
    """A record of stories in memory, found by keys, as a database would."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.articles: dict[str, Features] = {}
        self.story: dict[str, str] = {}
        self.members: dict[str, list[str]] = defaultdict(list)
        self.sketches: dict[str, Sketch] = {}
        self.index: dict[str, set[str]] = defaultdict(set)

    def near(self, keys: Iterable[str]) -> list[Sketch]:
        """The stories with articles that share most keys."""
        shared = Counter(self.story[a] for k in keys for a in self.index[k])
        return [self.sketches[s] for s, _ in shared.most_common(20)]

    def add(self, id: str, found: Features) -> None:
        """An article arrives: it joins a story or begins one, and what it shows is followed."""
        rare = words.rarities(self.counts.__getitem__, len(self.sketches))
        keys = stories.keys(found)
        near = self.near(keys)
        decision = stories.assign(found, near, rare)
        story = decision.story or stories.begun(id)
        known = self.sketches.get(story)
        self.articles[id] = found
        self.draw(story, stories.merged(known, found, rare) if known else stories.sketch(story, found, rare))
        self.put(id, story)
        for k in keys:
            self.index[k].add(id)
        self.review(story, near, rare)

    def review(self, story: str, near: list[Sketch], rare: words.Rarity) -> None:
        """A second look at a story and those around it; what moved is sketched anew."""
        chosen = stories.around(self.sketches[story], near, rare)
        groups = {s: {a: self.articles[a] for a in self.members[s]} for s in chosen}
        moves = regrouping.review(groups, rare)
        for a, s in moves.items():
            self.members[self.story[a]].remove(a)
            self.put(a, s)
        for s in {*groups, *moves.values()} if moves else ():
            members = [self.articles[a] for a in self.members[s]]
            self.draw(s, stories.sketched(s, members, rare) if members else None)

    def draw(self, story: str, sketch: Sketch | None) -> None:
        """Keeps a story's sketch, or drops it, and counts in how many sketches each word stands."""
        if old := self.sketches.pop(story, None):
            self.counts.subtract(old.terms.keys())
        if sketch:
            self.sketches[story] = sketch
            self.counts.update(sketch.terms.keys())

    def put(self, id: str, story: str) -> None:
        self.story[id] = story
        self.members[story].append(id)


def features(text: str, id: str = "") -> Features:
    """Features of a text that was not read: they need its words only."""
    return stories.features(Reading(input=id, reader=None, article=Article(id=id, capture="", text=text)))


def b_cubed(gold: dict[str, str], found: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F of a clustering, averaged over its members (Bagga and Baldwin, 1998)."""
    both = Counter((gold[d], found[d]) for d in gold)
    right, made = Counter(gold.values()), Counter(found[d] for d in gold)
    p = statistics.fmean(both[gold[d], found[d]] / made[found[d]] for d in gold)
    r = statistics.fmean(both[gold[d], found[d]] / right[gold[d]] for d in gold)
    return p, r, 2 * p * r / (p + r)


def arrive(order: Sequence[str], found: dict[str, Features]) -> dict[str, str]:
    """The stories of articles that arrive in this order."""
    shelf = Shelf()
    for id in order:
        shelf.add(id, found[id])
    return shelf.story


def score(docs: Path, shuffles: int = 5) -> dict[str, float]:
    """Means over the orders of arrival, and how far F differs between them."""
    rows = [json.loads(line) for line in docs.read_text(encoding="utf-8").splitlines()]
    gold = {r["id"]: r["story"] for r in rows}
    found = {r["id"]: features(r["text"], r["id"]) for r in rows}
    orders = [list(gold)] + [random.Random(n).sample(list(gold), len(gold)) for n in range(shuffles)]
    figures = [b_cubed(gold, arrive(order, found)) for order in orders]
    p, r, f = (statistics.fmean(x) for x in zip(*figures, strict=True))
    by_order = {f"B3 F, order {n}": x[2] for n, x in enumerate(figures)}
    spread = max(by_order.values()) - min(by_order.values())
    return {"B3 P": p, "B3 R": r, "B3 F": f, "B3 F, spread": spread} | by_order


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=Path("../shared/gold/ecb_stories/docs.jsonl"))
    parser.add_argument("--shuffles", type=int, default=5)
    args = parser.parse_args()
    begun = time.process_time()
    for name, value in score(args.docs, args.shuffles).items():
        print(f"{name:24} {value:8.3f}")
    print(f"{time.process_time() - begun:.1f} s")


if __name__ == "__main__":
    main()
