"""Whether it pays to switch off some of onnxruntime's fusions (`onrecord.read.network.SLOWER`): `python -m benchmarks.fusions`.

The encoder over the windows of the bundled pages, with and without, in turn; the best of some processor times.
"""

from __future__ import annotations

import time
from pathlib import Path

from onrecord.model import Capture
from onrecord.parse import parse
from onrecord.read import network, windows

TIMES = 6


def main() -> None:
    bodies = [p.read_bytes() for p in sorted(Path("examples").glob("*.html"))]
    texts = [parse(Capture(name="x", body=body)).text for body in bodies]
    shown = [w for text in texts for w in windows(text, network.vocabulary())]
    graphs = network.weights("encoder.onnx"), network.weights("roles.onnx")
    fused, without = network.OnnxNetwork(*graphs), network.OnnxNetwork(*graphs, without=network.SLOWER)
    best = {"all fusions": 1e9, f"without {', '.join(network.SLOWER)}": 1e9}
    for _ in range(TIMES):
        for name, net in zip(best, (fused, without), strict=True):
            begun = time.process_time()
            network.encode(net, shown)
            best[name] = min(best[name], time.process_time() - begun)
    for name, spent in best.items():
        print(f"{name:32} {spent / len(shown) * 1000:6.2f} ms a window, {spent / best['all fusions']:.2f}")


if __name__ == "__main__":
    main()
