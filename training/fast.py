"""Cuts a network to the fast reader's size: `python -m training.fast MODEL.pt --names DIR --encoder DIR --out FAST.pt`.

Layer by layer, the heads and hidden units go whose loss costs least once those that stay make up for it, as in the optimal brain surgeon (Hassibi and Stork 1993), a head at a time as one group. The weights
behind what stays are then solved for by least squares, so that the layer, fed with what the layers cut before it give, comes as near as it can to what the whole one gave. This takes minutes and no gradient;
training goes on from the result (`training.taught`).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training import examples
from training.batches import Batch, batch, store
from training.network import Layer, Network, Part, Size

WINDOWS, TOGETHER = 192, 32
ROUNDS = 8  # in how many steps hidden units go
RIDGE = 1e-4
OWN = (0.0, 0.5, 1.0)  # the shares of our own style that the role head is asked for

Sums = tuple[Tensor, Tensor, Tensor, Tensor]


def sums(inputs: Tensor, wanted: Tensor) -> Sums:
    """What least squares need of inputs (N, k) and what is wanted of them (N, D): products of the centred values, and the means."""
    x, y = inputs.double(), wanted.double()
    means = x.mean(0), y.mean(0)
    x, y = x - means[0], y - means[1]
    square = x.T @ x
    square += RIDGE * square.diagonal().mean() * torch.eye(len(square), dtype=torch.double)
    return square, x.T @ y, *means


def costs(square: Tensor, product: Tensor, group: int) -> Tensor:
    """What the loss of each group of inputs costs once the others make up for it."""
    inverse = torch.linalg.inv(square)
    weight = (inverse @ product).unflatten(0, (-1, group))
    n = len(weight)
    own = inverse.view(n, group, n, group)[torch.arange(n), :, torch.arange(n)]
    return (weight * torch.linalg.solve(own, weight)).sum((1, 2))


def kept(found: Sums, group: int, count: int) -> Tensor:
    """The inputs of the groups that stay, so many, in their order."""
    square, product, *_ = found
    left = torch.arange(len(square) // group)
    step = max(1, (len(left) - count) // ROUNDS)
    while len(left) > count:
        rows = members(left, group)
        cost = costs(square[rows][:, rows], product[rows], group)
        left = left[cost.topk(max(count, len(left) - step)).indices.sort().values]
    return members(left, group)


def members(groups: Tensor, group: int) -> Tensor:
    """The inputs of some groups."""
    return (groups.unsqueeze(1) * group + torch.arange(group)).flatten()


def solve(linear: nn.Linear, found: Sums, rows: Tensor) -> None:
    """Sets a linear layer over the inputs that stayed to what comes nearest to what is wanted."""
    square, product, x, y = found
    weight = torch.linalg.solve(square[rows][:, rows], product[rows]).T
    linear.weight.data, linear.bias.data = weight.float(), (y - weight @ x[rows]).float()


Rows = list[tuple[Tensor, Tensor]]  # padded states (B, N, D) and which are no padding (B, N)


def flat(rows: Rows, values: Sequence[Tensor]) -> Tensor:
    """Values of all rows without the padding (M, …)."""
    return torch.cat([v[valid > 0] for v, (_, valid) in zip(values, rows, strict=True)])


def through(rows: Rows, what: Callable[[Tensor, Tensor], Tensor]) -> list[Tensor]:
    return [what(x, valid) for x, valid in rows]


def cut_layer(old: Layer, new: Layer, whole: Rows, cut: Rows) -> tuple[Rows, Rows]:
    """Fills a smaller layer from a larger one; `whole` and `cut` go into the two. Returns what comes out of them."""
    for name in ("norm1", "norm2"):
        getattr(new, name).load_state_dict(getattr(old, name).state_dict())
    wanted = through(whole, lambda x, v: x + old.merge(old.attend(x, v, None)))
    heads = through(cut, lambda x, v: old.attend(x, v, None))
    found = sums(flat(cut, heads), flat(cut, [w - x for w, (x, _) in zip(wanted, cut, strict=True)]))
    rows = kept(found, old.deep, new.heads)
    three = torch.cat([rows + part * old.heads * old.deep for part in range(3)])
    new.qkv.weight.data, new.qkv.bias.data = old.qkv.weight.data[three], old.qkv.bias.data[three]
    solve(new.merge, found, rows)
    whole = [(old.norm1(w), v) for w, (_, v) in zip(wanted, whole, strict=True)]
    cut = [(new.norm1(x + new.merge(new.attend(x, v, None))), v) for x, v in cut]
    wanted = through(whole, lambda x, v: x + old.down(F.gelu(old.up(x))))
    units = through(cut, lambda x, v: F.gelu(old.up(x)))
    found = sums(flat(cut, units), flat(cut, [w - x for w, (x, _) in zip(wanted, cut, strict=True)]))
    rows = kept(found, 1, new.up.out_features)
    new.up.weight.data, new.up.bias.data = old.up.weight.data[rows], old.up.bias.data[rows]
    solve(new.down, found, rows)
    return (
        [(old.norm2(w), v) for w, (_, v) in zip(wanted, whole, strict=True)],
        [(new.norm2(x + new.down(F.gelu(new.up(x)))), v) for x, v in cut],
    )


def cut_layers(old: nn.ModuleList, new: nn.ModuleList, whole: Rows, cut: Rows) -> tuple[Rows, Rows]:
    """Fills a stack of smaller layers."""
    for a, b in zip(old, new, strict=True):
        before = flat(whole, [x for x, _ in whole])
        whole, cut = cut_layer(a, b, whole, cut)  # type: ignore[arg-type]
        far = (flat(whole, [x for x, _ in whole]) - flat(cut, [x for x, _ in cut])).pow(2).mean() / before.var()
        print(f"a layer is cut; its states are off by {float(far):.3f} of their variance", flush=True)
    return whole, cut


@torch.no_grad()
def cut(net: Network, heads: int, inner: int, role_heads: int, role_inner: int, shown: Sequence[Batch]) -> Network:
    """The network with fewer heads and hidden units in each layer; `shown` are windows to go by."""
    state = net.state_dict()
    encoder = Part.of(state, "encoder")._replace(heads=heads, inner=inner)
    small = Network(Size(encoder, False, Part.of(state, "roles")._replace(heads=role_heads, inner=role_inner))).eval()
    small.load_state_dict(small.state_dict() | {k: v for k, v in state.items() if ".layers." not in k})
    rows = [(net.encoder.enter(b.pieces, b.features), b.valid) for b in shown]
    whole, cut = cut_layers(net.encoder.layers, small.encoder.layers, rows, rows)
    cut_layers(net.roles.layers, small.roles.layers, *(entered(net, shown, side) for side in (whole, cut)))
    return small


def shallower(net: Network, stack: str, layers: int) -> Network:
    """The network with so many of the layers of its `encoder` or its `roles`, evenly chosen, the last among them."""
    state = net.state_dict()
    sizes = {name: Part.of(state, name) for name in ("encoder", "roles")}
    chosen = torch.linspace(sizes[stack].layers - 1, 0, layers).round().long().flip(0).tolist()
    sizes[stack] = sizes[stack]._replace(layers=layers)
    small = Network(Size(sizes["encoder"], False, sizes["roles"])).eval()
    of = {f"{stack}.layers.{new}.": f"{stack}.layers.{old}." for new, old in enumerate(chosen)}
    rest = {k: v for k, v in state.items() if not k.startswith(f"{stack}.layers.")}
    small.load_state_dict(
        rest | {n + k.removeprefix(o): v for n, o in of.items() for k, v in state.items() if k.startswith(o)}
    )
    return small


def entered(net: Network, shown: Sequence[Batch], states: Rows) -> Rows:
    """What goes into the role head's layers, each part of a batch in another style."""
    out = []
    for n, (some, (x, _)) in enumerate(zip(shown, states, strict=True)):
        tokens = torch.gather(x, 1, some.first.unsqueeze(-1).expand(-1, -1, x.size(-1))).flatten(0, 1)
        for r in some.roles:
            own = torch.full_like(r.own, OWN[n % len(OWN)])
            out.append((net.roles.enter(tokens, r.at, r.inside, r.distance, own), r.valid))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--layers", type=int, help="of the encoder; all unless given")
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--inner", type=int, default=352)
    parser.add_argument("--role-layers", type=int, help="of the role head; all unless given")
    parser.add_argument("--role-heads", type=int, default=4)
    parser.add_argument("--role-inner", type=int, default=256)
    parser.add_argument("--out", type=Path, required=True)
    examples.add_arguments(parser)
    args = parser.parse_args()
    net = Network.of(torch.load(args.checkpoint, weights_only=True)).eval()
    for stack, layers in (("encoder", args.layers), ("roles", args.role_layers)):
        net = shallower(net, stack, layers) if layers else net
    own, others = examples.load(args)
    every = [e for e in args.own * own + others if e.cues is not None]
    random.Random(1).shuffle(every)
    some = sorted(every[:WINDOWS], key=lambda e: len(e.window.pieces))
    shown = [batch(store(some[n : n + TOGETHER]), range(TOGETHER)) for n in range(0, WINDOWS, TOGETHER)]
    torch.save(cut(net, args.heads, args.inner, args.role_heads, args.role_inner, shown).state_dict(), args.out)


if __name__ == "__main__":
    main()
