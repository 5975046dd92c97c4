"""What share of the machine's 8-bit arithmetic the reader uses: a part of `make bench`.

The ceiling is measured, not looked up: one large product of 8-bit matrices by onnxruntime's `MatMulInteger`, on one thread, the best of some. The reader's multiply-adds are counted in its graphs: a product with a
weight of R rows and C columns costs R x C for each row that goes in. Attention's own products are in 32-bit numbers and are not counted. ONNX files are read and written here as the protocol buffers that they are,
by the numbers of their fields (onnx.proto), as the package `onnx` is not needed otherwise.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import onnxruntime as ort

from onrecord.read import network
from onrecord.read.network import Network

SIZE, TIMES = 2048, 8
UINT8, INT8, INT32 = 2, 3, 6  # onnx.proto's numbers of types


def ceiling() -> float:
    """Multiply-adds a second of one large product of 8-bit matrices on one thread."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(product(SIZE), options, providers=["CPUExecutionProvider"])
    a = np.random.default_rng(1).integers(0, 255, (SIZE, SIZE), dtype=np.uint8)
    best = 1e9
    for _ in range(TIMES):
        begun = time.process_time()
        session.run(None, {"a": a})
        best = min(best, time.process_time() - begun)
    return float(SIZE**3 / best)


class Counted:
    """A network that counts its multiply-adds and its time."""

    def __init__(self, net: Network, fast: bool) -> None:
        folder = "fast/" if fast else ""
        self.net, self.seconds, self.products = net, 0.0, 0.0
        self.costs = [costs(network.weights(f"{folder}{name}.onnx")) for name in ("encoder", "roles")]

    def _timed(self, work: Any, rows: int, part: int, args: Sequence[Any]) -> Any:
        begun = time.process_time()
        try:
            return work(*args)
        finally:
            self.seconds += time.process_time() - begun
            each, once = self.costs[part]
            self.products += rows * each + once

    def encode(self, pieces: Any, features: Any, first: Any) -> Any:
        return self._timed(self.net.encode, pieces.size, 0, (pieces, features, first))

    def roles(self, states: Any, at: Any, cue: Any, distance: Any, own: Any) -> Any:
        return self._timed(self.net.roles, at.size, 1, (states, at, cue, distance, own))


def costs(graph: bytes) -> tuple[int, int]:
    """Multiply-adds of 8-bit numbers for each row that goes into a graph, and once a run."""
    body = next(v for n, v in fields(graph) if n == 7)
    shapes: dict[str, list[int]] = {}
    for number, tensor in fields(body):
        if number == 5:
            parts = list(fields(tensor))
            shapes[next(v for n, v in parts if n == 8).decode()] = [d for n, v in parts if n == 1 for d in dims(v)]
    each = once = 0
    for number, node in fields(body):
        parts = list(fields(node)) if number == 1 else []
        if (4, b"MatMulInteger") in parts:
            inputs = [v.decode() for n, v in parts if n == 1]
            cost = int(np.prod(shapes[inputs[1]]))
            if any(n == 3 and b"query" in v for n, v in parts):
                once += cost
            else:
                each += cost
    return each, once


def dims(value: Any) -> list[int]:
    """The sizes in one field of a tensor, packed or not."""
    return [value] if isinstance(value, int) else list(varints(value))


def varints(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = varint(data, at)
        yield value


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """The fields of a message: numbers, and bytes for all else."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
            yield key >> 3, value
            continue
        size = {1: 8, 5: 4}.get(key & 7)
        if size is None:
            size, at = varint(data, at)
        yield key >> 3, data[at : at + size]
        at += size


def number(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def message(*parts: tuple[int, int | bytes | str]) -> bytes:
    """A message of fields."""
    out = b""
    for key, value in parts:
        if isinstance(value, int):
            out += number(key << 3) + number(value)
        else:
            data = value.encode() if isinstance(value, str) else value
            out += number(key << 3 | 2) + number(len(data)) + data
    return out


def product(size: int) -> bytes:
    """A graph that multiplies `a` with a matrix of its own."""
    shape = message((1, message((1, size))), (1, message((1, size))))
    weight = np.random.default_rng(2).integers(-127, 127, (size, size), dtype=np.int8).tobytes()
    graph = message(
        (1, message((1, "a"), (1, "b"), (2, "c"), (4, "MatMulInteger"))),
        (2, "product"),
        (5, message((1, size), (1, size), (2, INT8), (8, "b"), (9, weight))),
        (11, message((1, "a"), (2, message((1, message((1, UINT8), (2, shape))))))),
        (12, message((1, "c"), (2, message((1, message((1, INT32), (2, shape))))))),
    )
    return message((1, 8), (7, graph), (8, message((1, ""), (2, 17))))
