"""Trains a smaller network on what larger ones say while it trains: `python -m training.taught --names DIR --encoder DIR --resume CUT.pt --teachers A.pt [B.pt] --out FILE.pt`.

1. The pupil begins as what `training.fast` cuts out of the last teacher.
2. The teachers are asked anew for each batch, so that there is no end of what they can be asked: in half of the batches some words are exchanged for others of
   the same shape, and what the teachers say of the result is all there is to learn. In the other half the annotation counts too.
3. Of two teachers, PolNeAR's style is learned from the first above all, our own from the last alone.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.read.windows import FEATURES
from training import train
from training.batches import Batch, Roles, Store, batch, endless, on
from training.data import IGNORE
from training.network import CUE_TAGS, FACT_SETS, STYLES, Network

SHARES = {
    1: ((1.0, 1.0, 1.0),),
    2: ((0.7, 0.0, 0.5), (0.3, 1.0, 0.5)),
}  # of one teacher, of two: in PolNeAR's style, in our own, in names
EXCHANGED = 0.3  # up to so many of a window's pieces are exchanged
WEIGHTS = (1.0, 2.0, 0.5, 0.0, 1.0)  # of the cue, role, names and facts losses and of the states


class Others(NamedTuple):
    """The pieces of each kind, to exchange some for others: a kind is a feature and whether the piece begins a word."""

    pieces: Tensor
    start: Tensor
    size: Tensor


def kinds(features: Tensor, begins: Tensor) -> Tensor:
    return 2 * features + begins.long()


def others(kept: Store) -> Others:
    """All pieces of the store by kind, as often as they occur."""
    flat = kept.flat
    begins = torch.zeros(len(flat.pieces), dtype=torch.bool, device=flat.pieces.device)
    window = torch.repeat_interleave(flat.starts[:, 0], flat.sizes[:, 1])
    begins[window + flat.first] = True
    kind = kinds(flat.features, begins)
    count = torch.bincount(kind, minlength=2 * FEATURES)
    return Others(flat.pieces[kind.argsort()], count.cumsum(0) - count, count)


def exchanged(some: Batch, pool: Others) -> Batch:
    """The batch with some pieces exchanged; nothing of its annotation is left."""
    begins = torch.zeros(some.pieces.shape, device=some.pieces.device).scatter_(1, some.first, 1.0)
    kind = kinds(some.features, begins)
    picked = pool.start[kind] + (torch.rand(kind.shape, device=kind.device) * pool.size[kind]).long()
    share = EXCHANGED * torch.rand(len(kind), 1, device=kind.device)
    change = (torch.rand(kind.shape, device=kind.device) < share) & (some.valid > 0) & (some.features < FEATURES - 1)
    pieces = torch.where(change, pool.pieces[picked.clamp(max=len(pool.pieces) - 1)], some.pieces)
    roles = [r._replace(goal=torch.full_like(r.goal, IGNORE)) for r in some.roles]
    return some._replace(
        pieces=pieces, cues=torch.full_like(some.cues, IGNORE), names=torch.full_like(some.names, IGNORE), roles=roles
    )


@torch.no_grad()
def asked(teachers: Sequence[Network], some: Batch) -> tuple[Batch, Tensor]:
    """The batch with what the teachers say of it, and their mean states."""
    states, cues, names, roles = [], [], [], []
    with torch.autocast(some.pieces.device.type, dtype=torch.bfloat16):
        for net in teachers:
            h, c, n, _ = net.encode(some.pieces, some.features, some.first, some.valid)
            states.append(h.float())
            cues.append(c.float().unflatten(-1, (STYLES, CUE_TAGS)).softmax(-1))
            names.append(n.float().softmax(-1))
            roles.append([in_both(net, h, r) for r in some.roles])
    share = torch.tensor(SHARES[len(teachers)], device=some.pieces.device)
    styles = share[:, :STYLES].unsqueeze(-1)
    mixed = (torch.stack(cues) * styles[:, None, None]).sum(0).clamp(min=1e-6).log()
    named = (torch.stack(names) * share[:, STYLES, None, None, None]).sum(0).clamp(min=1e-6).log()
    parts = [(torch.stack(p) * styles[:, None, None]).sum(0).clamp(min=1e-6).log() for p in zip(*roles, strict=True)]
    facts = named.new_full((*named.shape[:2], FACT_SETS), torch.nan)
    real = torch.arange(named.size(1), device=named.device) <= some.first.max(1, keepdim=True).indices
    mixed, named = (x.masked_fill(~real.view(*real.shape, *[1] * (x.dim() - 2)), torch.nan) for x in (mixed, named))
    return some._replace(
        soft=(mixed, named, facts), roles=[r._replace(soft=p) for r, p in zip(some.roles, parts, strict=True)]
    ), torch.stack(states).mean(0)


def in_both(net: Network, states: Tensor, roles: Roles) -> Tensor:
    """The role head's probabilities (K, S, 2, 3)."""
    said = [
        net.roles(
            states.flatten(0, 1), roles.at, roles.inside, roles.distance, torch.full_like(roles.own, s), roles.valid
        )
        for s in range(STYLES)
    ]
    return torch.stack(said, 2).float().softmax(-1)


def losses(net: Network, like: nn.Linear, some: Batch, wanted: Tensor, soft: float) -> Tensor:
    """The cue, role, names, facts losses and how far the states are from the teachers' (5,)."""
    assert some.soft
    with torch.autocast(some.pieces.device.type, dtype=torch.bfloat16):
        states, cues, names, facts = train.encode(net, some)
        far = F.smooth_l1_loss(like(states).float(), wanted, reduction="none").mean(-1)
        parts = [train.role_loss(net, states.flatten(0, 1), r, soft) for r in some.roles]
    cues, names = cues.float().unflatten(-1, (STYLES, CUE_TAGS)), names.float()
    real = ~some.soft[1][..., 0].isnan()
    found = (
        torch.lerp(train.cross_entropy(cues, some.cues), train.divergence(cues, some.soft[0]), soft),
        torch.stack(parts).mean() if parts else far.new_zeros(()),
        torch.lerp(train.cross_entropy(names, some.names), train.divergence(names, some.soft[1]), soft),
        train.squares(facts.float(), some.facts),
        (far * real).sum() / real.sum(),
    )
    return torch.stack([x.float() for x in found])


def beside(net: Network, width: int) -> nn.Linear:
    """What turns the pupil's states into the teachers', at first nothing."""
    like = nn.Linear(net.cues.in_features, width)
    nn.init.eye_(like.weight)
    nn.init.zeros_(like.bias)
    return like


def learn(net: Network, teachers: Sequence[Network], kept: Store, shown: list[int], args: argparse.Namespace) -> dict[str, Tensor]:  # fmt: skip
    """Trains the pupil for some minutes and returns the mean of its weights."""
    rng, device = random.Random(args.seed), kept.flat.pieces.device
    like = beside(net, teachers[-1].cues.in_features).to(device)
    optimizer = train.optimizer_of(net, args.rate, args.heads)
    optimizer.add_param_group({"params": list(like.parameters()), "lr": args.rate})
    pool, weights = others(kept), torch.tensor(WEIGHTS, device=device)

    def losses_of(numbers: list[int]) -> Tensor:
        some = batch(kept, numbers)
        some, wanted = asked(teachers, exchanged(some, pool) if rng.random() < args.exchange else some)
        return weights * losses(net, like, some, wanted, args.soft)

    return train.learn(net, optimizer, endless(kept, shown, args.batch, rng), losses_of, args)


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    parser = train.parser()
    parser.description = __doc__
    parser.add_argument("--teachers", type=Path, nargs="+", required=True, help="one checkpoint, or two of one size")
    parser.add_argument("--exchange", type=float, default=0.5, help="the share of batches with words exchanged")
    parser.set_defaults(rate=7e-4, heads=1.5, soft=0.7, own=6, batch=256, decay=0.999, tell=200)
    return parser


def load(args: argparse.Namespace, device: torch.device) -> tuple[Network, list[Network]]:
    """The pupil and the teachers."""
    torch.manual_seed(args.seed)
    torch.backends.cuda.enable_cudnn_sdp(False)
    teachers = [Network.of(torch.load(path, weights_only=True)).eval() for path in args.teachers]
    return train.start(args).to(device), [t.to(device).requires_grad_(False) for t in teachers]


def main() -> None:
    args = parser().parse_args()
    device = torch.device(args.device)
    kept, shown, held = train.load(args)
    state = learn(*load(args, device), on(kept, device), shown, args)
    torch.save(state, args.out)
    if held:
        print(train.check(state, on(held, device)), flush=True)


if __name__ == "__main__":
    main()
