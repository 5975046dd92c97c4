"""Every hostile host at once: each feed is fetched or fails with a line that is kept, good outlets go on, memory stays bounded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile_follow import ARTICLES, OUTLETS


@pytest.mark.slow
def test_hostile_feeds_fail_with_a_line_and_the_others_go_on(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.hostile_follow", str(tmp_path)], capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    found = json.loads(ran.stdout.splitlines()[-1])
    assert len(found["feeds"]) == found["expected"], "every feed was fetched or failed"
    assert found["untold"] == [], "every failure is kept"
    assert all("\n" not in why for why in found["feeds"].values() if why)
    assert len(found["ours"]) == len(set(found["ours"])) == OUTLETS * ARTICLES
    assert sum(why is not None for why in found["feeds"].values()) > 30
    assert found["peak MiB"] <= 700
