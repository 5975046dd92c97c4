"""The ninth stream, an army round an exclave, with a roof that fell, a robbed bank and a snow leopard beside it: a blind test of what the record made of affairs that nothing was built beside.

Texts and `expected.toml` were written without sight of the rules that read, resolve and watch, or of their word lists, and before the stream was ever replayed. What does
not hold today stands in `MISSES`, each with what it seems to be about, seen from outside, and is run all the same: it shows as xfailed, and as xpassed once it holds.
`python -m evaluation.demo --stream tests/streams/ninth` gives the figures.
"""

from __future__ import annotations

import pytest

from tests.demo.support import AsksStream, Stream

pytestmark = pytest.mark.slow

MISSES: dict[str, str] = {}


class TestNinth(AsksStream):
    stream = Stream("ninth", MISSES, sizes=range(64, 80), days=10, outlets=8)
