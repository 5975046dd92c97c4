"""Scores attributions on PolNeAR's development part: `python -m evaluation.polnear --shared ../shared`.

The reader is given each article's text as it stands; only attributions that lie within no other are scored, since PolNeAR
has no nesting. Every figure is computed by the corpus's own `score.py`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from evaluation.records import load_module
from onrecord.model import Article
from onrecord.read import network, read
from onrecord.read.network import Network


def predictions(path: Path, net: Network | None = None) -> list[dict[str, Any]]:
    """What is read in each article of a PolNeAR file, in its own format."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        article = Article(id="", capture="", text=record["text"], language="en")
        found = [a for a in read(article, net=net or network.shipped()).attributions if a.within is None]
        spans = [{"source": a.source, "cue": a.cue, "content": a.content} for a in found]
        out.append({"id": record["id"], "attributions": spans})
    return out


def score(shared: Path, net: Network | None = None) -> dict[str, Any]:
    """The corpus's own figures."""
    folder = shared / "gold" / "polnear"
    scorer = load_module(folder / "score.py")
    gold = scorer.read(folder / "dev.jsonl")
    result: dict[str, Any] = scorer.score(gold, predictions(folder / "dev.jsonl", net))
    return result


def summary(result: dict[str, Any]) -> dict[str, float]:
    """The figures that have floors, with precision and recall beside them."""
    got = result["attribution"]
    flat = {f"{name} {k}": got[name][k] for name in ("content", "content+source", "strict") for k in ("F1", "P", "R")}
    flat["direct only content+source F1"] = result["direct only"]["content+source"]["F1"]
    flat |= {
        f"{t} content+source F1": result["by type"][t]["content+source"]["F1"] for t in ("direct", "mixed", "indirect")
    }
    return flat


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--fast", action="store_true", help="the fast reader")
    args = parser.parse_args()
    for name, value in summary(score(args.shared, network.shipped(fast=args.fast))).items():
        print(f"{name:32} {value:.4f}")


if __name__ == "__main__":
    main()
