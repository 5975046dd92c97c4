"""Writes a checkpoint as the two ONNX graphs that the package ships: `python -m training.export MODEL.pt --out onrecord/read/weights`.

The weights of matrix products and the word table become int8 (dynamic quantisation, a scale a channel). As activations are rounded by the
range that goes in at once, both graphs are run on one window and one cue at a time. What the graphs answer is compared with the checkpoint on one example before they are kept.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import Network


class EncoderGraph(nn.Module):
    """What the encoder's graph computes: the facts head is left out, as the reader has no use for it yet."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states, cues, names, _ = self.net.encode(pieces, features, first)
        return states, cues, names


def example(width: int) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """Inputs of both graphs, of odd sizes so that nothing is baked in."""
    g = torch.Generator().manual_seed(3)
    pieces = torch.randint(1000, 20000, (2, 37), generator=g)
    encoder = (pieces, torch.randint(0, 24, (2, 37), generator=g), torch.arange(25).repeat(2, 1))
    cue = torch.zeros(3, 17, dtype=torch.long)
    cue[:, 4:6] = 1
    at = torch.randint(0, 50, (3, 17), generator=g)
    role = (
        torch.randn(50, width, generator=g),
        at,
        cue,
        torch.randint(0, 221, (3, 17), generator=g),
        torch.tensor([0.0, 1.0, 0.5]),
    )
    return encoder, role


def export(net: Network, out: Path) -> None:
    """The fp32 graphs, quantised and checked."""
    net.eval()
    encoder_in, role_in = example(net.cues.in_features)
    two = {0: "b", 1: "l"}
    tokens = {0: "b", 1: "t"}
    row = {0: "k", 1: "s"}
    with tempfile.TemporaryDirectory() as folder:
        for name, module, inputs, names, outputs, axes in (
            ("encoder", EncoderGraph(net), encoder_in, ["pieces", "features", "first"], ["states", "cues", "names"],
             {"pieces": two, "features": two, "first": tokens, "states": tokens, "cues": tokens, "names": tokens}),
            ("roles", net.roles, role_in, ["states", "at", "cue", "distance", "own"], ["tags"],
             {"states": {0: "n"}, "at": row, "cue": row, "distance": row, "own": {0: "k"}, "tags": row}),
        ):  # fmt: skip
            plain, packed = Path(folder) / f"{name}.onnx", Path(folder) / f"{name}-int8.onnx"
            torch.onnx.export(
                module,
                inputs,
                str(plain),
                input_names=names,
                output_names=outputs,
                dynamic_axes=axes,
                opset_version=17,
                custom_opsets={"com.microsoft": 1},
                dynamo=False,
            )
            quantize_dynamic(
                str(plain),
                str(packed),
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,  # seven bits: with eight, processors without VNNI overflow and read otherwise
                extra_options={"MatMulConstBOnly": True},
            )
            with torch.no_grad():
                wanted = module.eval()(*inputs)
            first = wanted[0] if isinstance(wanted, tuple) else wanted
            feed = {n: i.numpy() for n, i in zip(names, inputs, strict=True)}
            for path in (plain, packed):
                got = ort.InferenceSession(str(path)).run(None, feed)[0]
                far = float(np.abs(got - first.numpy()).max())
                print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, furthest from the checkpoint {far:.4f}")
            shutil.copy(packed, out / f"{name}.onnx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=Path("onrecord/read/weights"))
    args = parser.parse_args()
    net = Network.of(torch.load(args.checkpoint, weights_only=True))
    args.out.mkdir(parents=True, exist_ok=True)
    export(net, args.out)


if __name__ == "__main__":
    main()
