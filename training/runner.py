"""Runs a PyTorch checkpoint through the same interface as the shipped ONNX graphs, to measure it before it is exported."""

from __future__ import annotations

from pathlib import Path

import torch

from onrecord.read.network import Floats, Ints
from training.network import Network


class TorchNetwork:
    def __init__(self, path: Path, threads: int = 1) -> None:
        torch.set_num_threads(threads)
        self.net = Network.of(torch.load(path, weights_only=True))
        self.net.eval()

    def encode(self, pieces: Ints, features: Ints, first: Ints) -> tuple[Floats, Floats, Floats]:
        with torch.inference_mode():
            out = self.net.encode(*map(torch.from_numpy, (pieces, features, first)))
        return out[0].numpy(), out[1].numpy(), out[2].numpy()

    def roles(self, states: Floats, at: Ints, cue: Ints, distance: Ints, own: Floats) -> Floats:
        with torch.inference_mode():
            logits: Floats = self.net.roles(*map(torch.from_numpy, (states, at, cue, distance, own))).numpy()
        return logits
