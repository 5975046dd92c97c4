"""Trains the reader's network: `python -m training.train --gold ../shared/gold --names DIR --encoder DIR --out FILE.pt`.

The learning rate warms up and falls linearly over epochs or over `--minutes`, whichever ends first; what is saved is
the exponential moving average of the weights. On two cores with bfloat16 arithmetic an epoch takes some ten minutes, with
`--device cuda` on one H100 some seconds.

Teachers: `--leave-out N` leaves a part of the documents out, and `--labels-out FILE` writes what the network says of every window.
A network that is given these files (`--labels FILE …`) learns from both (`--soft` is the share of the latter).
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor

from onrecord.read.windows import CLS, SEP, Vocabulary
from training import data, examples, soft
from training.batches import Batch, Roles, Store, batch, endless, on, store
from training.data import IGNORE
from training.network import CUE_TAGS, MASK, STYLES, Network

HIDDEN = 0.1  # up to so many of a window's pieces are hidden
OTHER_STYLE = 0.3  # the share of cues whose roles are learned in the style they are not annotated in, from soft labels
FACT_WEIGHTS = (1.0, 1.0, 0.5, 0.2)  # of the sets in data.FACTS
WEIGHTS = (1.0, 2.0, 0.5, 0.3)  # of the cue, role, names and facts losses


def encode(net: Network, some: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """What the encoder and its heads say; some pieces are hidden, so that none is relied on alone."""
    pieces = some.pieces
    share = HIDDEN * torch.rand(len(pieces), 1, device=pieces.device)
    hidden = (torch.rand(pieces.shape, device=pieces.device) < share) & (pieces != CLS) & (pieces != SEP)
    return net.encode(pieces.masked_fill(hidden, MASK), some.features, some.first, some.valid)


def cross_entropy(logits: Tensor, goal: Tensor) -> Tensor:
    """Mean over what is judged; 0 where nothing is."""
    flat = goal.reshape(-1)
    total = F.cross_entropy(logits.reshape(len(flat), -1), flat, ignore_index=IGNORE, reduction="sum")
    return total / (flat != IGNORE).sum().clamp(min=1)


def divergence(logits: Tensor, wanted: Tensor, judged: Tensor | None = None) -> Tensor:
    """Mean Kullback-Leibler divergence from the wanted log-probabilities, where there are any and they are judged."""
    known = ~wanted[..., 0].isnan()
    known = known if judged is None else known & judged
    target = wanted.float().nan_to_num()
    each = (target.exp() * (target - logits.log_softmax(-1))).sum(-1)
    return (each * known).sum() / known.sum().clamp(min=1)


def squares(scores: Tensor, wanted: Tensor) -> Tensor:
    """Mean squared error by the sets' weights, where there is a score."""
    known = ~wanted.isnan() * scores.new_tensor(FACT_WEIGHTS)
    return ((scores - wanted.float().nan_to_num()).square() * known).sum() / known.sum().clamp(min=1)


def role_loss(net: Network, flat: Tensor, roles: Roles, soft: float = 0.5) -> Tensor:
    """The loss of one part of a batch's cues; where there are soft labels, some in the other style than they are annotated in."""
    own, goal = roles.own, roles.goal
    if roles.soft is not None and net.training:
        other = torch.rand(own.shape, device=own.device) < OTHER_STYLE
        own = torch.where(other, 1 - own, own)
        goal = torch.where(other.unsqueeze(1), IGNORE, goal)
    logits = net.roles(flat, roles.at, roles.inside, roles.distance, own, roles.valid).float()
    loss = cross_entropy(logits, goal)
    if roles.soft is None:
        return loss
    wanted = roles.soft[torch.arange(len(own), device=own.device), :, own.long()]
    return torch.lerp(loss, divergence(logits, wanted, roles.inside == 0), soft)


def losses(net: Network, some: Batch, soft: float = 0.5) -> Tensor:
    """The cue, role, names and facts losses of a batch (4,); `soft` is the weight of soft labels, where there are any."""
    with torch.autocast(some.pieces.device.type, dtype=torch.bfloat16):
        states, cues, names, facts = encode(net, some)
        cues, names, facts = cues.float().unflatten(-1, (STYLES, CUE_TAGS)), names.float(), facts.float()
        parts = [role_loss(net, states.flatten(0, 1), r, soft) for r in some.roles]
        role = torch.stack(parts).mean() if parts else states.new_zeros(())
        found = [cross_entropy(cues, some.cues), role, cross_entropy(names, some.names), squares(facts, some.facts)]
        if some.soft:
            taught = divergence(cues, some.soft[0]), role, divergence(names, some.soft[1]), squares(facts, some.soft[2])
            found = [torch.lerp(a, b, soft) for a, b in zip(found, taught, strict=True)]
        return torch.stack([x.float() for x in found])


class Average:
    """The exponential moving average of the trained weights."""

    def __init__(self, net: Network, decay: float) -> None:
        self.decay = decay
        self.pairs = [(p, p.detach().clone()) for p in net.parameters() if p.requires_grad]

    def update(self, step: int) -> None:
        d = min(self.decay, (1 + step) / (10 + step))
        torch._foreach_lerp_([a for _, a in self.pairs], [p.detach() for p, _ in self.pairs], 1 - d)

    def state(self, net: Network) -> dict[str, Tensor]:
        means = {id(p): a for p, a in self.pairs}
        named = dict(net.named_parameters())
        return {
            k: (means.get(id(named[k]), v) if k in named else v).detach().cpu().clone()
            for k, v in net.state_dict().items()
        }


@torch.no_grad()
def check(state: dict[str, Tensor], held: Store) -> str:
    """Losses on windows that are not trained on: cue, role."""
    device = held.flat.pieces.device
    net = Network.of(state).to(device).eval()
    total, count = torch.zeros(2), 0
    for at in range(0, len(held.pieces), soft.SIZE):
        some = batch(held, range(at, min(at + soft.SIZE, len(held.pieces))))
        with torch.autocast(device.type, dtype=torch.bfloat16):
            states, cues, *_ = net.encode(some.pieces, some.features, some.first, some.valid)
            role = [role_loss(net, states.flatten(0, 1), r) for r in some.roles]
        cue = cross_entropy(cues.float().unflatten(-1, (STYLES, CUE_TAGS)), some.cues)
        total += torch.stack([cue, torch.stack(role).mean()]).cpu()
        count += 1
    return "development: cue {:.4f} role {:.4f}".format(*(total / max(count, 1)).tolist())


def start(args: argparse.Namespace) -> Network:
    """The network to train."""
    if args.resume:
        net = Network.of(torch.load(args.resume, weights_only=True))
    else:
        net = Network.from_encoder(load_file(str(args.encoder / "model.safetensors")))
    for table in (net.encoder.words, net.encoder.positions, net.encoder.distances):
        if table is not None:
            table.weight.requires_grad_(False)  # half of all weights, and hardly moved by training
    return net


def optimizer_of(net: Network, rate: float, heads: float) -> torch.optim.Optimizer:
    """AdamW, the heads with a rate so many times higher."""
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    others = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": body, "lr": rate}, {"params": others, "lr": heads * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def load(args: argparse.Namespace) -> tuple[Store, list[int], Store | None]:
    """All windows, which of them an epoch shows, and those to watch."""
    own, others = examples.load(args)
    every = own + others
    shown = args.own * list(range(len(own))) + list(range(len(own), len(every)))
    held = None
    if args.check:
        vocabulary = Vocabulary((args.encoder / "tokenizer.json").read_text(encoding="utf-8"))
        held = store(list(data.polnear(args.gold / "polnear" / "dev.jsonl", vocabulary)))
    return store(every), shown, held


def learn(
    net: Network,
    optimizer: torch.optim.Optimizer,
    batches: Iterable[list[int]],
    losses_of: Callable[[list[int]], Tensor],
    args: argparse.Namespace,
    steps: float = math.inf,
    watch: Callable[[dict[str, Tensor]], None] | None = None,
) -> dict[str, Tensor]:
    """Trains on batch after batch for so many steps or `args.minutes`, and returns the mean of the weights.

    `losses_of` gives the weighted losses (n,) of some windows; `watch` sees the mean every tenth time that progress is told.
    """
    base = [g["lr"] for g in optimizer.param_groups]
    average, begun, run = Average(net, args.decay), time.time(), torch.zeros(())
    net.train()
    for step, numbers in enumerate(batches):
        done = max(step / steps, (time.time() - begun) / (60 * args.minutes))
        if done >= 1:
            break
        for group, rate in zip(optimizer.param_groups, base, strict=True):
            group["lr"] = rate * min((done + 1e-4) / 0.05, (1 - done) / 0.95, 1.0)
        found = losses_of(numbers)
        optimizer.zero_grad()
        found.sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        average.update(step)
        run = run.to(found.device) + found.detach()
        if step % args.tell == args.tell - 1:
            told = " ".join(f"{x:.4f}" for x in (run / args.tell).tolist())
            print(f"step {step + 1} losses {told}, {(time.time() - begun) / 60:.1f} min, done {done:.2f}", flush=True)
            run = torch.zeros(())
            if watch and step % (10 * args.tell) == 10 * args.tell - 1:
                watch(average.state(net))
    return average.state(net)


def train(args: argparse.Namespace, kept: Store, shown: list[int], held: Store | None) -> None:
    """Trains on the windows shown, writes the network and, where wanted, its answers."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    torch.backends.cuda.enable_cudnn_sdp(False)  # it plans anew for each new width: a tenth of the speed
    device, rng = torch.device(args.device), random.Random(args.seed)
    kept, held = on(kept, device), on(held, device) if held else None
    shown = [n for n in shown if kept.folds[n] != args.leave_out]
    net, weights = start(args).to(device), torch.tensor(WEIGHTS, device=device)

    def watch(state: dict[str, Tensor]) -> None:
        torch.save(state, args.out)
        if held:
            print(check(state, held), flush=True)

    steps = args.epochs * -(-len(shown) // args.batch)
    batches = endless(kept, shown, args.batch, rng)
    optimizer = optimizer_of(net, args.rate, args.heads)
    state = learn(net, optimizer, batches, lambda n: weights * losses(net, batch(kept, n), args.soft), args, steps, watch)  # fmt: skip
    watch(state)
    if args.labels_out:
        soft.save(args.labels_out, soft.answers(Network.of(state).to(device), kept), args.leave_out)


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    examples.add_arguments(parser)
    parser.add_argument("--out", type=Path, required=True, help="the file to write; a folder where several are trained")
    parser.add_argument("--resume", type=Path, help="start from these weights")
    parser.add_argument("--labels", type=Path, nargs="*", default=[], help="soft labels of teachers")
    parser.add_argument("--labels-out", type=Path, help="write this network's answers as soft labels")
    parser.add_argument("--soft", type=float, default=0.5, help="the weight of soft labels beside the annotation")
    parser.add_argument("--leave-out", type=int, default=-1, help=f"a part of the documents, 0 to {data.FOLDS - 1}")
    parser.add_argument("--check", action="store_true", help="print losses on PolNeAR's development part")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--heads", type=float, default=5.0, help="how much higher the rate of the heads is")
    parser.add_argument("--decay", type=float, default=0.998)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tell", type=int, default=50, help="steps between two lines of progress")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def main() -> None:
    args = parser().parse_args()
    kept, shown, held = load(args)
    train(args, soft.labelled(kept, args.labels) if args.labels else kept, shown, held)


if __name__ == "__main__":
    main()
