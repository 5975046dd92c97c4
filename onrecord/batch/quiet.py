"""What a worker process of our own loads first: Ctrl-C is for the command, which ends its workers in order."""

from __future__ import annotations

import signal


def dask_setup(worker: object) -> None:
    """Called by Dask in the worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
