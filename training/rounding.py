"""Rounds a network's weights to the seven bits that `training.export` ships, so that what goes in comes out as it did: `python -m training.rounding NET.pt --names DIR --encoder DIR --out ROUNDED.pt`.

Input by input, what the rounding of its weights adds to a layer's outputs is made up for by the weights of the inputs after it, as far as these go together on training data (GPTQ, Frantar et al. 2023). The
largest weight of each output is kept as it is: the scale goes by it, so that the export finds the very same numbers again.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor, nn

from training import examples
from training.batches import Batch, batch, store
from training.fast import OWN
from training.network import Network

LEVELS = 64  # to each side of nothing
WINDOWS = 1200
DAMPING = 0.01


def rounded(weight: Tensor, square: Tensor) -> Tensor:
    """Weights (out, in) on their levels; `square` (in, in) is the product of the inputs with themselves."""
    w, size = weight.double().clone(), len(square)
    unit = w.abs().amax(1) / LEVELS
    largest, kept = w.abs().argmax(1), torch.arange(len(w))
    damped = square + DAMPING * square.diagonal().mean() * torch.eye(size, dtype=torch.double)
    upper = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(damped)), upper=True)
    ends = weight.double()[kept, largest]
    for n in range(size):
        level = (w[:, n] / unit).round().clamp(-LEVELS, LEVELS) * unit
        level = torch.where(largest == n, ends, level)
        w[:, n + 1 :] -= torch.outer((w[:, n] - level) / upper[n, n], upper[n, n + 1 :])
        w[:, n] = level
    return w.float()


@torch.no_grad()
def squares(net: Network, shown: Iterable[Batch]) -> dict[str, Tensor]:
    """What goes into each linear layer, times itself (in, in), over batches of one window each."""
    sums: dict[str, Tensor] = {}

    def watch(name: str) -> None:
        def seen(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            x = inputs[0].flatten(0, -2).double()
            sums[name] = sums.get(name, 0) + x.T @ x

        net.get_submodule(name).register_forward_pre_hook(seen)

    for name, module in net.named_modules():
        if isinstance(module, nn.Linear) and not name.startswith("facts."):
            watch(name)
    for turn, some in enumerate(shown):
        states, *_ = net.encode(some.pieces, some.features, some.first)
        for r in some.roles:
            for n, size in enumerate(r.valid.sum(1).int().tolist()):
                own = torch.full_like(r.own[:1], OWN[turn % len(OWN)])
                net.roles(states[0], *(x[n : n + 1, :size] for x in (r.at, r.inside, r.distance)), own)
    return sums


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    examples.add_arguments(parser)
    args = parser.parse_args()
    state = torch.load(args.checkpoint, weights_only=True)
    net = Network.of(state).eval()
    own, others = examples.load(args)
    every = [e for e in args.own * own + others if e.cues is not None]
    random.Random(2).shuffle(every)
    shown = (batch(store([e]), [0]) for e in every[:WINDOWS])
    for name, square in squares(net, shown).items():
        key, plain = f"{name}.weight", net.get_submodule(name).weight.data
        state[key] = rounded(plain, square)
        unit = plain.abs().amax(1, keepdim=True) / LEVELS
        nearest = (plain / unit).round() * unit
        told = [torch.trace(d.double() @ square @ d.double().T) for d in (state[key] - plain, nearest - plain)]
        print(f"{name}: adds {float(told[0] / told[1]):.2f} of what the nearest levels would", flush=True)
    torch.save(state, args.out)


if __name__ == "__main__":
    main()
