"""What a back-fill tells of the scheduler whose workers it uses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.batch.pool import pool
from tests.batch.test_run import scheduler

pytest.importorskip("distributed")


@pytest.mark.slow
def test_the_dashboard_of_a_scheduler_elsewhere_is_named(tmp_path: Path) -> None:
    file, said = tmp_path / "scheduler.json", list[str]()
    words = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(file)]  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_scheduler", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    try:
        address = scheduler(file)
        with pool(0, address, "1GB", said.append, lambda *_: None):
            assert said[0].startswith(f"scheduler {address}, 0 threads of workers so far")
            assert ", dashboard http://127.0.0.1:" in said[0]
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
