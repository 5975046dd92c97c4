"""Measures a checkpoint's facts head beside our rules: `python -m training.facts MODEL.pt --gold ../shared/gold`.

Pearson's r with the labels, of the rules, of each of the head's answers, and of the mean of both, on MEANTIME's and MegaVeridicality's development
parts and on the half of UDS-IH2 that is kept for it (`data.held_out`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from evaluation.certainty import Row, correlation, events
from onrecord.read import certainty, network
from onrecord.read.windows import windows
from training import data
from training.network import Network

SETS = ("MEANTIME_dev", "UDS_IH2_dev", "MV2_dev")


def heads(net: Network, row: Row) -> NDArray[np.float32]:
    """What the head says of one event, from -3 to 3, by each set of `data.FACTS`."""
    text, span, _ = row
    for window in windows(text, network.vocabulary()):
        if token := data.owned(window, [span]):
            given = (torch.tensor([x]) for x in (window.pieces, window.features, window.first))
            found: NDArray[np.float32] = data.FULL * net.encode(*given)[3][0, token[-1]].numpy()
            return found
    raise ValueError(f"no token at {span}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    args = parser.parse_args()
    net = Network.of(torch.load(args.checkpoint, weights_only=True)).eval()
    for name in SETS:
        rows = [
            r
            for r in events(args.gold / "factuality" / f"{name}.jsonl")
            if name != "UDS_IH2_dev" or data.held_out(r[0])
        ]
        labels, rules = [r[2] for r in rows], np.array([certainty.factuality(*r[:2]).score for r in rows])
        with torch.inference_mode():
            said = np.array([heads(net, r) for r in rows])
        print(f"{name}: {len(rows)} events, rules {correlation(labels, rules):.3f}")
        for k, column in enumerate(data.FACTS):
            both = correlation(labels, (said[:, k] + rules) / 2)
            print(f"  as {column}: head {correlation(labels, said[:, k]):.3f}, with rules {both:.3f}")


if __name__ == "__main__":
    main()
