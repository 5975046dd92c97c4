"""Trains a role head of fewer layers for a network whose encoder stays as it is: `python -m training.role_head NET.pt --layers 1 --names DIR --encoder DIR --out FILE.pt`.

What the encoder gives for each token and what the deeper head says of each cue, in both styles, are worked out once; so this takes minutes on a processor.
The new head begins with the last layers of the deeper one.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from training import soft, train
from training.batches import Store, batch, cut, endless, tokens_of
from training.fast import shallower
from training.network import Network


@torch.inference_mode()
def states(net: Network, kept: Store, together: int = 64) -> Tensor:
    """What the encoder gives for each token (N, width), in half precision."""
    out = torch.zeros(len(kept.flat.first), net.cues.in_features, dtype=torch.float16)
    numbers = sorted(range(len(kept.pieces)), key=lambda n: kept.pieces[n])
    for at in range(0, len(numbers), together):
        chosen = numbers[at : at + together]
        some, (where, valid) = batch(kept, chosen), tokens_of(kept, chosen)
        found, *_ = net.encode(some.pieces, some.features, some.first, some.valid)
        out[where[valid]] = found[valid].half()
    return out


def learn(net: Network, kept: Store, given: Tensor, shown: Sequence[int], args: argparse.Namespace) -> dict[str, Tensor]:  # fmt: skip
    """Trains the role head alone on the encoder's states for some minutes; returns the network with the mean of its weights."""
    net.requires_grad_(False).roles.requires_grad_(True)
    optimizer = torch.optim.AdamW(net.roles.parameters(), lr=args.rate, weight_decay=0.01)

    def losses_of(numbers: list[int]) -> Tensor:
        flat = cut(given, tokens_of(kept, numbers), 0).float().flatten(0, 1)
        return torch.stack([train.role_loss(net, flat, r, args.soft) for r in batch(kept, numbers).roles]).mean()

    batches = endless(kept, shown, args.batch, random.Random(args.seed))
    return train.learn(net, optimizer, batches, losses_of, args)


def main() -> None:
    parser = train.parser()
    parser.description = __doc__
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--layers", type=int, default=1)
    parser.set_defaults(rate=1e-3, soft=0.7, own=6, batch=32, decay=0.998, tell=200, minutes=15)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    net = Network.of(torch.load(args.checkpoint, weights_only=True)).eval()
    kept, shown, held = train.load(args)
    shown = [n for n in shown if len(kept.cues[n])]
    kept = kept._replace(soft=soft.answers(net, kept))
    state = learn(shallower(net, "roles", args.layers), kept, states(net, kept), shown, args)
    torch.save(state, args.out)
    if held:
        print(train.check(state, held), flush=True)


if __name__ == "__main__":
    main()
