"""Chooses thresholds and calibrates confidence on development data: `python -m evaluation.tune --shared ../shared`.

Prints PolNeAR's development figures for a grid of cue thresholds and of the least confidence kept, then the coefficients of a logistic
regression of "right" (content and source match) on the logs of cue and content probability, with its reliability table. The chosen
numbers stand in `onrecord/read/attributions.py`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.records import load_module
from onrecord.read import attributions, attributions_proposed, contents, decode, network
from onrecord.read.attributions_found import Found
from onrecord.read.network import Network
from onrecord.read.quotes import quoted
from onrecord.read.windows import windows

LOWEST = 0.3


def proposals(records: list[dict[str, Any]], net: Network) -> list[list[Found]]:
    """Everything the network proposes above the lowest threshold, contents mended."""
    out = []
    for record in records:
        text = record["text"]
        encoded = network.encode(net, windows(text, network.vocabulary()))
        candidates = decode.cues(encoded, attributions.TOP_CUES, LOWEST)
        found = attributions_proposed.propose(net, encoded, candidates, attributions.TOP_ROLES)
        quotes = quoted(text)
        mended = [
            f._replace(content=c) for f in found if f.content and (c := contents.mend(text, f.content, f.cue, quotes))
        ]
        out.append(mended)
    return out


def figures(scorer: Any, gold: list[dict[str, Any]], found: list[list[Found]]) -> tuple[float, ...]:
    """content, content+source, strict, direct only content+source F1."""
    predicted = [
        {"id": g["id"], "attributions": [{"source": f.source, "cue": f.cue, "content": f.content} for f in fs]}
        for g, fs in zip(gold, found, strict=True)
    ]
    got = scorer.score(gold, predicted)
    return (
        *(got["attribution"][k]["F1"] for k in ("content", "content+source", "strict")),
        got["direct only"]["content+source"]["F1"],
    )


def right(scorer: Any, gold: dict[str, Any], found: list[Found]) -> list[bool]:
    """For each proposal whether it is matched by content and source."""
    tok = scorer.Tokens(gold["text"])
    ours = [scorer.Att(tok, {"source": f.source, "cue": f.cue, "content": f.content}) for f in found]
    theirs = [scorer.Att(tok, a) for a in gold["attributions"]]
    hits = {j for _, j in scorer.match(theirs, ours, scorer.CRITERIA["content+source"])}
    return [j in hits for j in range(len(found))]


def logistic(x: np.ndarray, y: np.ndarray, steps: int = 30) -> np.ndarray:
    """Coefficients of a logistic regression, by Newton's method with a little ridge."""
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + 0.1 * np.eye(len(w)), x.T @ (y - p) - 0.1 * w)
    return w


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--checkpoint", type=Path, help="a PyTorch checkpoint to use instead of the shipped network")
    args = parser.parse_args()
    folder = args.shared / "gold" / "polnear"
    scorer = load_module(folder / "score.py")
    gold = [json.loads(line) for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    net: Network = network.shipped()
    if args.checkpoint:
        from training.runner import TorchNetwork

        net = TorchNetwork(args.checkpoint, 2)
    found = proposals(gold, net)
    flat = [(f, ok) for g, fs in zip(gold, found, strict=True) for f, ok in zip(fs, right(scorer, g, fs), strict=True)]
    quoted_too = [
        attributions.features(f, g["text"], quoted(g["text"])) for g, fs in zip(gold, found, strict=True) for f in fs
    ]
    x = np.array(quoted_too)
    y = np.array([ok for _, ok in flat], dtype=float)
    w = logistic(x, y)
    for name, fitted in (("fitted", w), ("shipped", np.array(attributions.WEIGHTS))):
        print(f"calibration (see attributions.features), {name}:", np.round(fitted, 2).tolist())
        p = 1 / (1 + np.exp(-x @ fitted))
        for low in np.arange(0, 1, 0.1):
            inside = (p >= low) & (p < low + 0.1)
            if inside.any():
                print(f"  scored {p[inside].mean():.2f}: right {y[inside].mean():.2f} of {inside.sum()}")
    sure = iter(p.tolist())
    scored = [[(f, next(sure)) for f in fs] for fs in found]
    print("cue threshold, least confidence: content, content+source, strict, direct")
    for cue in (0.4, 0.5, 0.55, 0.6):
        for least in (0.0, 0.25, 0.3, 0.35, 0.4, 0.45):
            kept = [[f for f, c in fs if f.cue_probability >= cue and c >= least] for fs in scored]
            print(cue, least, *(f"{v:.4f}" for v in figures(scorer, gold, kept)))


if __name__ == "__main__":
    main()
