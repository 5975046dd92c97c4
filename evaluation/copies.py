"""Scores copies: `python -m evaluation.copies`, on `copies_synthetic`.

"all" counts a pair that is told to be a copy, of whatever kind; "whole" and "embedded" want the kind as well. Besides the pairs that the set lists, every
original is set beside every copy made of another one; the embedded copies and the shared sentences are left out there, as they lie inside a third article
that the set does not name. "found by keys" is the share of the copies that the store would find. Peers in the same run: containment of five-word shingles of
at least 0.5, and Jaccard similarity of at least 0.5, which is what MinHash estimates.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from onrecord.resolve.copies import Prints, compare, containment, keys, marked, prints

KINDS = {0: None, 1: "whole", 2: "embedded"}
OF_THIRD = ("embedded", "shared_sentence")

Pair = tuple[Prints, Prints, str | None]
Answer = Callable[[Prints, Prints], str | None]


def pairs(shared: Path) -> Iterator[Pair]:
    """(the later article, the earlier one, the kind of copy it is)."""
    folder = shared / "gold" / "copies_synthetic"
    docs = [json.loads(line) for line in (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines()]
    found = {d["id"]: prints(d["text"]) for d in docs}
    for earlier, later, label in json.loads((folder / "pairs.json").read_text(encoding="utf-8")):
        yield found[later], found[earlier], KINDS[label]
    for one in (d for d in docs if d["kind"] == "original"):
        for two in (d for d in docs if d["origin"] != one["origin"] and d["kind"] not in OF_THIRD):
            yield found[two["id"]], found[one["id"]], None


def ours(a: Prints, b: Prints) -> str | None:
    """What onrecord says."""
    copy = compare("later", a, "earlier", b)
    return copy.kind if copy else None


def held(a: Prints, b: Prints) -> str | None:
    """Containment alone."""
    return "whole" if max(containment(a, b), containment(b, a)) >= 0.5 else None


def alike(a: Prints, b: Prints) -> str | None:
    """Jaccard similarity alone."""
    one, two = np.unique(marked(a) >> 1), np.unique(marked(b) >> 1)
    both = len(np.intersect1d(one, two))
    return "whole" if both >= 0.5 * (len(one) + len(two) - both) else None


def f_score(right: int, said: int, wanted: int) -> dict[str, float]:
    """P, R and F1."""
    p, r = right / max(said, 1), right / max(wanted, 1)
    return {"P": p, "R": r, "F1": 2 * p * r / max(p + r, 1e-9)}


def tell(found: list[Pair], answer: Answer) -> dict[str, float]:
    """P, R and F of an answer, for any kind and by kind."""
    told = [(answer(a, b), kind) for a, b, kind in found]
    out = f_score(sum(bool(x and y) for x, y in told), sum(bool(x) for x, _ in told), sum(bool(y) for _, y in told))
    scores = {f"all {k}": v for k, v in out.items()}
    for kind in ("whole", "embedded"):
        right = sum(x == y == kind for x, y in told)
        by_kind = f_score(right, sum(x == kind for x, _ in told), sum(y == kind for _, y in told))
        scores |= {f"{kind} {k}": v for k, v in by_kind.items()}
    return scores


def score(shared: Path) -> dict[str, float]:
    """Every figure by its name."""
    found = list(pairs(shared))
    true = [(a, b) for a, b, kind in found if kind]
    scores = tell(found, ours)
    scores["found by keys"] = sum(bool(set(keys(a)) & set(keys(b))) for a, b in true) / len(true)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    for name, value in score(args.shared).items():
        print(f"{name:32} {value:.4f}")
    found = list(pairs(args.shared))
    for name, answer in (("containment >= 0.5", held), ("Jaccard >= 0.5", alike)):
        peer = {k: v for k, v in tell(found, answer).items() if k.startswith("all")}
        print(f"{name:32} " + "  ".join(f"{k} {v:.4f}" for k, v in peer.items()))
    ms = speed(found)
    print(f"{'milliseconds':32} " + "  ".join(f"{k} {v:.2f}" for k, v in ms.items()))


def speed(found: list[Pair], n: int = 1000) -> dict[str, float]:
    """Milliseconds of processor time for the keys of one article and for one comparison."""
    start = time.process_time()
    for a, _, _ in found[:n]:
        keys(a)
    middle = time.process_time()
    for a, b, _ in found[:n]:
        compare("later", a, "earlier", b)
    return {"keys": (middle - start) * 1e3 / n, "compare": (time.process_time() - middle) * 1e3 / n}


if __name__ == "__main__":
    main()
