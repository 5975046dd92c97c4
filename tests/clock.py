"""How long work takes by the processor's clock, for tests that run beside others."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time of so many runs; garbage, most of it other tests', is not collected meanwhile."""
    least = float("inf")
    gc.disable()
    try:
        for _ in range(times):
            begun = time.process_time()
            work()
            least = min(least, time.process_time() - begun)
    finally:
        gc.enable()
    return least
