"""Cuts the encoder's feed-forward parts narrower: `python -m training.prune MODEL.pt --names DIR --encoder DIR --out NARROW.pt`.

A hidden unit counts as much as what it adds to the states: its mean absolute activation on training windows times the length of
its outgoing weights. The least of each layer go. Training goes on from the result (`training.train --resume`).
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from training import examples
from training.batches import Batch, batch, store
from training.network import Network
from training.train import encode

WINDOWS = 400


def importance(net: Network, batches: list[Batch]) -> list[Tensor]:
    """For each layer (inner,): what each hidden unit adds to the states, on average."""
    sums = [torch.zeros(layer.up.out_features) for layer in net.encoder.layers]

    def watch(n: int) -> Any:
        def hook(_module: Any, _inputs: Any, output: Tensor) -> None:
            sums[n].add_(F.gelu(output).abs().flatten(0, 1).sum(0))

        return hook

    handles = [layer.up.register_forward_hook(watch(n)) for n, layer in enumerate(net.encoder.layers)]
    with torch.inference_mode():
        for some in batches:
            encode(net, some)
    for handle in handles:
        handle.remove()
    return [s * layer.down.weight.norm(dim=0) for s, layer in zip(sums, net.encoder.layers, strict=True)]


def narrowed(net: Network, inner: int, weights: list[Tensor]) -> Network:
    """The network with the `inner` most important hidden units of each layer."""
    state = net.state_dict()
    for n, weight in enumerate(weights):
        keep = weight.topk(inner).indices.sort().values
        at = f"encoder.layers.{n}."
        for name, dim in (("up.weight", 0), ("up.bias", 0), ("down.weight", 1)):
            state[at + name] = state[at + name].index_select(dim, keep)
    return Network.of(state)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--inner", type=int, default=1024)
    parser.add_argument("--out", type=Path, required=True)
    examples.add_arguments(parser)
    args = parser.parse_args()
    net = Network.of(torch.load(args.checkpoint, weights_only=True)).eval()
    own, others = examples.load(args)
    every = args.own * own + others
    random.Random(1).shuffle(every)
    kept = store(every[:WINDOWS])
    batches = [batch(kept, range(n, n + 10)) for n in range(0, WINDOWS, 10)]
    weights = importance(net, batches)
    for n, weight in enumerate(weights):
        ranked = weight.sort(descending=True).values
        print(f"layer {n}: {float(ranked[: args.inner].sum() / ranked.sum()):.3f} of the weight is kept")
    torch.save(narrowed(net, args.inner, weights).state_dict(), args.out)


if __name__ == "__main__":
    main()
