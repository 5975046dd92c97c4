"""Runs the trained network: windows in, probabilities out. See `training/` for how it was made.

Two ONNX graphs lie in `weights/`: the encoder with the cue and names heads, and the role head, which re-reads a cue's
paragraph. Two smaller ones, cut from them, lie in `weights/fast/`. One thread by default.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import SetupError
from onrecord.read.windows import REACH, Vocabulary, Window, segment

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

READING = (
    1  # the second of the two styles of annotation that were learned, PolNeAR's and our own; see training/network.py
)


# of onnxruntime's fusions, slower than the two operators that it replaces (benchmarks/fusions.py)
SLOWER = ["SkipLayerNormFusion"]


class Network(Protocol):
    """What computes: the ONNX graphs here, the PyTorch modules in training."""

    def encode(self, pieces: Ints, features: Ints, first: Ints) -> tuple[Floats, Floats, Floats]:
        """(B, L)×2, (B, T), nothing padded -> states (B, T, 384), cue logits (B, T, 6), name logits (B, T, 9)."""
        ...

    def roles(self, states: Floats, at: Ints, cue: Ints, distance: Ints, own: Floats) -> Floats:
        """states (N, 384), (K, S)×3, (K,), nothing padded -> logits (K, S, 3)."""
        ...


class Encoded(NamedTuple):
    """One window with what the encoder says of each of its T tokens."""

    window: Window
    states: Floats  # (T, 384)
    cues: Floats  # (T, 2, 3) log-probabilities of outside, begin, inside, in each style
    names: Floats  # (T, 9) log-probabilities


class Cue(NamedTuple):
    """A candidate: which window, which of its tokens."""

    window: int
    tokens: tuple[int, ...]


def log_softmax(logits: Floats) -> Floats:
    """Over the last axis."""
    shifted = logits - logits.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), dtype=np.float32)


def encode(network: Network, windows: Sequence[Window]) -> list[Encoded]:
    """What the encoder says of each window, in their order; one at a time, so that no window's answer depends on another's."""
    out = []
    for window in windows:
        pieces, features, first = (
            np.array([row], dtype=np.int64) for row in (window.pieces, window.features, window.first)
        )
        states, cues, names = network.encode(pieces, features, first)
        by_style = log_softmax(cues[0].reshape(-1, 2, 3))
        out.append(Encoded(window, states[0], by_style, log_softmax(names[0])))
    return out


def roles(network: Network, encoded: Sequence[Encoded], cues: Sequence[Cue], own: float) -> list[Floats]:
    """For each cue the log-probabilities (S, 3) of outside, source, content over its segment's tokens; one at a time, as in `encode`.

    `own` is the share of our style of annotation, from 0 (PolNeAR's alone) to 1.
    """
    share = np.array([own], dtype=np.float32)
    out = []
    for cue in cues:
        e = encoded[cue.window]
        a, b = segment(e.window, cue.tokens)
        at = np.arange(a, b)
        first, last = cue.tokens[0], cue.tokens[-1]
        inside = np.zeros_like(at)
        inside[[t - a for t in cue.tokens]] = 1
        far = np.where(at < first, at - first, np.maximum(at - last, 0)).clip(-REACH, REACH) + REACH
        logits = network.roles(e.states, at[None], inside[None], far[None], share)
        out.append(log_softmax(logits[0]))
    return out


class OnnxNetwork:
    """The shipped network, run by onnxruntime."""

    def __init__(self, encoder: bytes, role_head: bytes, threads: int = 1, without: Sequence[str] = ()) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._encoder, self._roles = (
            ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(without))
            for graph in (encoder, role_head)
        )

    _encoder: Any
    _roles: Any

    def encode(self, pieces: Ints, features: Ints, first: Ints) -> tuple[Floats, Floats, Floats]:
        inputs = {"pieces": pieces, "features": features, "first": first}
        states, cues, names = self._encoder.run(None, inputs)
        return states, cues, names

    def roles(self, states: Floats, at: Ints, cue: Ints, distance: Ints, own: Floats) -> Floats:
        inputs = {"states": states, "at": at, "cue": cue, "distance": distance, "own": own}
        return np.asarray(self._roles.run(None, inputs)[0], dtype=np.float32)


def weights(name: str) -> bytes:
    """A file of the package's `weights/` folder. Raises SetupError where it is missing."""
    path = files("onrecord.read") / "weights" / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SetupError(f"the model file {name} is missing from this installation; install onrecord again") from None


@cache
def shipped(threads: int = 1, fast: bool = False) -> OnnxNetwork:
    """The network of this installation, or its smaller one, loaded once. Raises SetupError where its files are missing."""
    folder = "fast/" if fast else ""
    return OnnxNetwork(weights(f"{folder}encoder.onnx"), weights(f"{folder}roles.onnx"), threads, SLOWER)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the shipped network, loaded once."""
    return Vocabulary(weights("vocabulary.json").decode("utf-8"))
