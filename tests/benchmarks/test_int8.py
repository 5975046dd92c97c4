"""Multiply-adds as they are counted in graphs, against counting by hand."""

from __future__ import annotations

import numpy as np
import onnxruntime as ort

from benchmarks import int8
from onrecord.read import network, windows


def test_a_layers_weights_are_counted_once_a_row() -> None:
    layer = 4 * 384 * 384 + 2 * 384 * 1024  # attention's four products, the feed-forward part's two
    heads = 384 * (6 + 9)  # cues in two styles, names
    assert int8.costs(network.weights("encoder.onnx")) == (6 * layer + heads, 0)


def test_the_cues_own_product_is_counted_once_a_run() -> None:
    each, once = int8.costs(network.weights("roles.onnx"))
    assert once == 384 * 192
    assert each == 3 * (4 * 192 * 192 + 2 * 192 * 384) + 384 * 192 + 3 * 192


def test_the_graph_written_here_multiplies() -> None:
    session = ort.InferenceSession(int8.product(8))
    eye = 3 * np.eye(8, dtype=np.uint8)
    weight = np.random.default_rng(2).integers(-127, 127, (8, 8), dtype=np.int8)
    assert (session.run(None, {"a": eye})[0] == 3 * weight.astype(np.int32)).all()


def test_a_network_counts_what_goes_through_it() -> None:
    net = int8.Counted(network.shipped(), fast=False)
    window = windows("Mira Halloran said so.", network.vocabulary())
    network.encode(net, window)
    assert net.products == len(window[0].pieces) * net.costs[0][0]
    assert net.seconds > 0
