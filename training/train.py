"""Trains the reader's network: `python -m training.train --gold ../shared/gold --names DIR --encoder DIR --out FILE.pt`.

The learning rate warms up and falls linearly over epochs or over `--minutes`, whichever ends first; what is saved is
the exponential moving average of the weights. On two cores with bfloat16 arithmetic an epoch takes some ten minutes.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor

from onrecord.read.windows import CLS, REACH, SEP, Vocabulary, segment
from training import data
from training.data import IGNORE, Example
from training.network import CUE_TAGS, NAME_TAGS, ROLE_TAGS, Network

Batch = Sequence[Example]
HERE = Path(__file__).parent
MASK = 103  # the vocabulary's piece for a hidden word


def pad(rows: Sequence[Sequence[int]], fill: int = 0) -> Tensor:
    """Rows of numbers as one (rows, longest) tensor."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])


def cue_rows(cues: Sequence[tuple[int, Sequence[int]]], batch: Batch, stride: int) -> tuple[Tensor, ...]:
    """The role head's inputs for (window number, cue tokens) pairs: at, cue, distance, valid, each (K, S)."""
    at, inside, distance, valid = [], [], [], []
    for number, cue in cues:
        a, b = segment(batch[number].window, cue)
        own = set(cue)
        at.append([number * stride + t for t in range(a, b)])
        inside.append([int(t in own) for t in range(a, b)])
        far = [t - cue[0] if t < cue[0] else max(0, t - cue[-1]) for t in range(a, b)]
        distance.append([min(max(d, -REACH), REACH) + REACH for d in far])
        valid.append([1] * (b - a))
    return pad(at), pad(inside), pad(distance), pad(valid)


def encode(net: Network, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """States, cue logits and name logits of a batch; up to a tenth of the pieces are hidden, so that none is relied on alone."""
    pieces = pad([e.window.pieces for e in batch])
    hidden = (torch.rand(pieces.shape) < 0.1 * torch.rand(len(batch), 1)) & (pieces != CLS) & (pieces != SEP)
    pieces = pieces.masked_fill(hidden, MASK)
    valid = pad([[1] * len(e.window.pieces) for e in batch])
    return net.encode(pieces, pad([e.window.features for e in batch]), pad([e.window.first for e in batch]), valid)


def role_loss(net: Network, states: Tensor, batch: Batch) -> Tensor:
    """Mean over labelled tokens of the role head's cross entropy; cues of like length go together."""
    items = [(n, cue, tags) for n, e in enumerate(batch) for cue, tags in e.roles]
    if not items:
        return states.new_zeros(())
    span = {id(i): segment(batch[i[0]].window, i[1]) for i in items}
    items.sort(key=lambda i: span[id(i)][1] - span[id(i)][0])
    flat, losses, count = states.reshape(-1, states.size(-1)), [], 0
    half = math.ceil(len(items) / 2)
    for part in filter(None, (items[:half], items[half:])):
        rows = cue_rows([(n, cue) for n, cue, _ in part], batch, states.size(1))
        own = torch.tensor([float(batch[n].style) for n, _, _ in part])
        goal = pad([tags[slice(*span[id(i)])] for i in part for tags in [i[2]]], IGNORE)
        at, cue, distance, valid = rows
        logits = net.roles(flat, at, cue, distance, own, valid).float()
        losses.append(
            F.cross_entropy(logits.reshape(-1, ROLE_TAGS), goal.reshape(-1), ignore_index=IGNORE, reduction="sum")
        )
        count += int((goal != IGNORE).sum())
    return torch.stack(losses).sum() / max(count, 1)


def loss_of(net: Network, batch: Batch) -> tuple[Tensor, ...]:
    """Cue, role and names loss of a batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states, cue_logits, name_logits = encode(net, batch)
        zero = states.new_zeros(())
        width = states.size(1)
        judged = [n for n, e in enumerate(batch) if e.cues is not None]
        cues = zero
        if judged:
            style = torch.tensor([batch[n].style for n in judged])
            logits = (
                cue_logits[judged].float().view(len(judged), width, -1, CUE_TAGS)[torch.arange(len(judged)), :, style]
            )
            goal = pad([[*batch[n].cues, *[IGNORE] * (width - len(batch[n].cues))] for n in judged], IGNORE)  # type: ignore[misc,arg-type]
            cues = F.cross_entropy(logits.reshape(-1, CUE_TAGS), goal.reshape(-1), ignore_index=IGNORE)
        named = [n for n, e in enumerate(batch) if e.names is not None]
        names = zero
        if named:
            goal = pad([[*batch[n].names, *[IGNORE] * (width - len(batch[n].names))] for n in named], IGNORE)  # type: ignore[misc,arg-type]
            names = F.cross_entropy(
                name_logits[named].float().reshape(-1, NAME_TAGS), goal.reshape(-1), ignore_index=IGNORE
            )
        return cues, role_loss(net, states, batch), names


def batches(examples: Sequence[Example], size: int, rng: random.Random) -> Iterator[list[Example]]:
    """One epoch in random order; windows of like length go together so that padding stays small."""
    order = list(examples)
    rng.shuffle(order)
    chunks = []
    for at in range(0, len(order), size * 20):
        chunk = sorted(order[at : at + size * 20], key=lambda e: len(e.window.pieces))
        chunks += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    rng.shuffle(chunks)
    yield from chunks


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
        return {k: means.get(id(named[k]), v).clone() if k in named else v for k, v in net.state_dict().items()}


def load_examples(args: argparse.Namespace) -> list[Example]:
    """All training windows, the small sets repeated."""
    vocabulary = Vocabulary((args.encoder / "tokenizer.json").read_text(encoding="utf-8"))
    polnear = list(data.polnear(args.gold / "polnear" / "train.jsonl", vocabulary))
    if args.with_dev:
        polnear += data.polnear(args.gold / "polnear" / "dev.jsonl", vocabulary)
    wikinews = list(
        data.wikinews(args.gold / "wikinews_attributions", "*" if args.with_dev else "geovirus_*", vocabulary)
    )
    own = list(data.annotated(HERE / "annotations" / "wikinews.jsonl", args.gold, vocabulary))
    own += data.written(HERE / "written", vocabulary)
    nested = list(data.nested(args.gold / "polnear" / "train.jsonl", vocabulary, args.nested))
    named = list(data.names(args.names / "train.jsonl", vocabulary)) if args.names else []
    for what, some in (
        ("polnear", polnear),
        ("wikinews", wikinews),
        ("own", own),
        ("nested", nested),
        ("names", named),
    ):
        print(
            f"{what}: {len(some)} windows, {sum(len(e.window.pieces) for e in some)} pieces, {sum(len(e.roles) for e in some)} cues"
        )
    return polnear + args.own * (wikinews + own) + nested + named


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    if args.resume:
        net = Network.of(torch.load(args.resume, weights_only=True))
    else:
        net = Network()
        net.encoder.load_minilm(load_file(str(args.encoder / "model.safetensors")))
    for table in (net.encoder.words, net.encoder.positions):
        table.weight.requires_grad_(False)  # half of all weights, and hardly moved by training
    examples = load_examples(args)
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": body, "lr": args.rate}, {"params": heads, "lr": 5 * args.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    base = [g["lr"] for g in optimizer.param_groups]
    average = Average(net, args.decay)
    total = args.epochs * math.ceil(len(examples) / args.batch)
    begun, step, seen, run = time.time(), 0, 0, [0.0, 0.0, 0.0, 0]
    net.train()
    for epoch in range(args.epochs):
        for batch in batches(examples, args.batch, rng):
            done = max(step / total, (time.time() - begun) / (60 * args.minutes))
            if done >= 1:
                break
            for group, rate in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = rate * min((done + 1e-4) / 0.05, (1 - done) / 0.95, 1.0)
            cues, roles, names = loss_of(net, batch)
            optimizer.zero_grad()
            (cues + 2 * roles + 0.5 * names).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            average.update(step)
            step += 1
            seen += sum(len(e.window.pieces) for e in batch)
            run = [run[0] + float(cues), run[1] + float(roles), run[2] + float(names), run[3] + 1]
            if step % 50 == 0:
                spent = time.time() - begun
                print(
                    f"epoch {epoch} step {step}/{total} cue {run[0] / run[3]:.4f} role {run[1] / run[3]:.4f} names {run[2] / run[3]:.4f} "
                    f"{seen / spent:.0f} pieces/s, {spent / 60:.1f} min, done {done:.2f}",
                    flush=True,
                )
                run = [0.0, 0.0, 0.0, 0]
            if step % 500 == 0:
                torch.save(average.state(net), args.out)
    torch.save(average.state(net), args.out)
    print(f"trained in {(time.time() - begun) / 60:.1f} minutes, {step} steps")


def add_data_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the training windows come from, and how often each set is shown."""
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--names", type=Path, help="folder made by training/names_data.py")
    parser.add_argument(
        "--encoder",
        type=Path,
        required=True,
        help="folder with model.safetensors and tokenizer.json of all-MiniLM-L6-v2",
    )
    parser.add_argument("--with-dev", action="store_true", help="train on the development parts too")
    parser.add_argument("--nested", type=int, default=500)
    parser.add_argument(
        "--own", type=int, default=4, help="how often an epoch shows what is annotated in our own style"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_arguments(parser)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--resume", type=Path, help="start from these weights")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--decay", type=float, default=0.998)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
