"""Makes a checkpoint out of the shipped graphs: `python -m training.restore --out FILE.pt`.

Training can so go on from the weights in the package where the checkpoint itself is gone. The int8 weights come back as
floats, each within half a step of what was trained.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.network import Network


def tensors(path: Path) -> dict[str, Tensor]:
    """The parameters in one graph, quantised or not, by the names of the modules; products of matrices are found by their biases."""
    graph = onnx.load(str(path)).graph
    held: dict[str, NDArray[np.float32]] = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    maker = {out: node for node in graph.node for out in node.output}

    def plain(name: str) -> NDArray[np.float32]:
        scale, zero = held[name + "_scale"], held[name + "_zero_point"]
        return (held[name + "_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale

    found = {n: v for n, v in held.items() if n.endswith((".weight", ".bias"))}
    found |= {
        n: plain(n) for n in (m.removesuffix("_quantized") for m in held) if n.endswith(".weight") and n not in found
    }
    for node in graph.node:
        bias = next((i for i in node.input if i.endswith(".bias")), None)
        if node.op_type != "Add" or bias is None:
            continue
        front = [i for i in node.input if i != bias]
        while front and (before := maker.get(front.pop(0))):
            product = before.input[1] if before.op_type in ("MatMul", "MatMulInteger") else ""
            if product in held:
                weight = plain(product.removesuffix("_quantized")) if product.endswith("_quantized") else held[product]
                found[bias.removesuffix("bias") + "weight"] = weight.T
                break
            front += [i for i in before.input if i in maker]
    return {
        n.removeprefix("net."): torch.tensor(np.ascontiguousarray(v), dtype=torch.float32) for n, v in found.items()
    }


def restored(folder: Path) -> Network:
    """The network with the weights of both graphs. Raises RuntimeError where a parameter is not found in them."""
    state = tensors(folder / "encoder.onnx") | {f"roles.{n}": v for n, v in tensors(folder / "roles.onnx").items()}
    return Network.of(state)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=Path("onrecord/read/weights"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.save(restored(args.weights).state_dict(), args.out)


if __name__ == "__main__":
    main()
