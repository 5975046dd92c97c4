"""Cuts a network down to the size of the fast reader's: `python -m training.fast MODEL.pt --size 3x384x512/2x192 --out CUT.pt`.

Some layers are kept as they are, the first and the last among them, with the hidden units that weigh most. Training goes on from the result (`training.train --resume`). The size is that of the encoder,
layers x width x inner width, and behind the stroke that of the role head, layers x width. Neither can be narrower than it was.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import torch
from torch import Tensor, nn

from training.network import Layer, Network, Size


def size_of(name: str) -> Size:
    """The size that a name stands for. Raises ValueError where it is none."""
    found = re.fullmatch(r"(\d+)x(\d+)x(\d+)/(\d+)x(\d+)", name)
    if not found:
        raise ValueError(f"{name!r} is no size; give one such as 3x384x512/2x192")
    layers, width, inner, role_layers, role_width = map(int, found.groups())
    return Size(inner, width, layers, False, role_width, role_layers)


def chosen(old: int, new: int) -> list[int]:
    """Which of so many layers are kept, the first and the last among them."""
    return [round(x) for x in torch.linspace(0, old - 1, new).tolist()]


def narrowed(layer: Layer, inner: int) -> dict[str, Tensor]:
    """The weights of a layer with so many of its hidden units, those whose weights are longest."""
    weight = layer.up.weight.norm(dim=1) * layer.down.weight.norm(dim=0)
    units = weight.topk(inner).indices.sort().values
    cut = {"up.weight": layer.up.weight[units], "up.bias": layer.up.bias[units], "down.weight": layer.down.weight[:, units]}
    return layer.state_dict() | cut


def fill(new: nn.ModuleList, old: nn.ModuleList) -> None:
    """Fills layers with some of those of a larger network."""
    for layer, number in zip(new, chosen(len(old), len(new)), strict=True):
        layer.load_state_dict(narrowed(old[number], layer.up.out_features))  # type: ignore[arg-type, union-attr]


def cut(net: Network, size: Size) -> Network:
    """The network with fewer layers and hidden units."""
    small = Network(size)
    kept = {k: v for k, v in net.state_dict().items() if ".layers." not in k}
    small.load_state_dict(small.state_dict() | kept)
    fill(small.encoder.layers, net.encoder.layers)
    fill(small.roles.layers, net.roles.layers)
    return small


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--size", type=size_of, default=size_of("3x384x512/2x192"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.save(cut(Network.of(torch.load(args.checkpoint, weights_only=True)), args.size).state_dict(), args.out)


if __name__ == "__main__":
    main()
