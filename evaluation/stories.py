"""Scores stories: `python -m evaluation.stories [--docs FILE.jsonl] [--shuffles 5]`, documents with the fields id, story and text.

B-cubed P, R and F of the stories that come out when the articles arrive one at a time in an empty record, in the file's order and shuffled.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from onrecord.model import Article, Reading
from onrecord.resolve import stories
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
        self.articles[id] = found
        rare = stories.rarities(self.counts.__getitem__, len(self.sketches))
        keys = stories.keys(found)
        near = self.near(keys)
        decision = stories.assign(found, near, rare)
        self.counts.update(stories.fresh(found, self.sketches[decision.story] if decision.story else None))
        if decision.story is None:
            self.sketches[id] = stories.sketch(id, found, rare)
        else:
            self.sketches[decision.story] = stories.merged(self.sketches[decision.story], found, rare)
        self.put(id, decision.story or id)
        for k in keys:
            self.index[k].add(id)
        self.review(decision.story or id, near, rare)

    def review(self, story: str, near: list[Sketch], rare: stories.Rarity) -> None:
        """A second look at a story and those around it; what moved is sketched anew."""
        around = stories.around(self.sketches[story], near, rare)
        groups = {s: {a: self.articles[a] for a in self.members[s]} for s in [story, *around]}
        moves = stories.review(groups, rare) if around else {}
        for a, s in moves.items():
            self.members[self.story[a]].remove(a)
            self.put(a, s)
        for s in {*groups, *moves.values()} if moves else ():
            self.sketches.pop(s, None)
            for a in self.members.get(s, ()):
                known = self.sketches.get(s)
                self.sketches[s] = (
                    stories.merged(known, self.articles[a], rare) if known else stories.sketch(s, self.articles[a], rare)
                )

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
    for f in figures:
        print("P %.3f R %.3f F %.3f" % f)
    p, r, f = (statistics.fmean(x) for x in zip(*figures, strict=True))
    fs = [x[2] for x in figures]
    return {"B3 P": p, "B3 R": r, "B3 F": f, "F in the file's order": fs[0], "F spread": max(fs) - min(fs)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=Path("../shared/gold/ecb_stories/docs.jsonl"))
    parser.add_argument("--shuffles", type=int, default=5)
    args = parser.parse_args()
    for name, value in score(args.docs, args.shuffles).items():
        print(f"{name:24} {value:8.3f}")


if __name__ == "__main__":
    main()
