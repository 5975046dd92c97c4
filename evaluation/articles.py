"""Grades whole Readings, the road from file to JSON, with `seed/grade.py`: `python -m evaluation.articles --shared ../shared`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from evaluation.records import documents, load_module
from onrecord.model import Capture
from onrecord.parse import parse
from onrecord.read import network, read
from onrecord.read.network import Network

SETS = ("seed", "seed without date", "GUM_news_*", "geovirus_*")


def score(shared: Path, name: str, net: Network | None = None, verbose: bool = False) -> dict[str, float]:
    """The grader's shares over a set of articles, with attribution and figures F1."""
    grade = load_module(shared / "seed" / "grade.py")
    tally: dict[str, tuple[int, int]] = {}
    misses: list[str] = []
    for label, expected, text in documents(shared, "seed" if name.startswith("seed") else name):
        given = "2022-10-15" if name == "seed" else None
        article = parse(Capture(name=label, body=text.encode()), published=given)
        got: dict[str, Any] = msgspec.to_builtins(read(article, input=label, net=net or network.shipped()))
        grade.grade(expected, text, got, tally, misses)
    if verbose:
        print(*misses, sep="\n")
    shares = {k: h / n for k, (h, n) in tally.items() if n}
    for what in ("attribution", "figures"):
        p, r = shares.get(f"{what}.precision", 0.0), shares.get(f"{what}.recall", 0.0)
        shares[f"{what}.f1"] = 2 * p * r / (p + r) if p + r else 0.0
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--fast", action="store_true", help="the fast reader")
    args = parser.parse_args()
    net = network.shipped(fast=args.fast)
    for name in SETS:
        print(name, {k: round(v, 3) for k, v in sorted(score(args.shared, name, net, args.verbose).items())})


if __name__ == "__main__":
    main()
