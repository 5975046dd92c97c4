"""Killed at any moment while articles are set beside each other, it picks up where it was, and nothing differs from a run that nobody killed."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord import arming
from onrecord.resolving import resolve
from onrecord.store import indicators, open_store
from onrecord.watch.definition import from_words
from tests.store.test_resolving import ANON, LEVY, OTHER, OWN, add

KILLS = 25
TABLES = (
    "resolved",
    "stories",
    "actors",
    "accounts",
    "facts",
    "changes",
    "judgements",
    "entity_actors",
    "copy_keys",
    "indications",
    "alerts",
)


def filled(home: Path) -> None:
    """A record of articles that wait, and an indicator that some of them cross."""
    outlets = ("Seldrin Herald", "Marl Courier", "Tarn Weekly", "Corriel Post", "Daily Tern")
    with open_store(home) as store:
        arming.arm(store, from_words("figure > 5000 people of layoffs"))
        for day in range(1, 9):
            for n, text in enumerate((LEVY, OWN, OTHER, ANON.format(paper="Seldrin Herald", day="Monday"))):
                add(
                    store,
                    outlets[(day + n) % 5],
                    day,
                    text.replace("Marl", f"Marl {['North', 'South', 'East', 'West'][day % 4]}"),
                    hour=8 + n,
                )


def counted(home: Path) -> dict[str, int]:
    with open_store(home) as store, store.reading() as transaction:
        return {name: int(transaction.value(f"SELECT count(*) FROM {name}")) for name in TABLES}


@pytest.mark.slow
def test_a_killed_run_ends_as_one_that_nobody_killed(tmp_path: Path) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    filled(killed)
    shutil.copytree(killed, whole)
    with open_store(whole) as store:
        assert len(list(resolve(store))) > 25
    rng = random.Random(11)
    deaths = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "onrecord", "--home", str(killed), "alerts"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(rng.uniform(0.2, 0.9))
        if process.poll() is None:
            process.kill()
            deaths += 1
        process.wait()
    assert deaths
    with open_store(killed) as store:
        list(resolve(store))
        with store.reading() as transaction:
            [armed] = indicators.armed(transaction)
    assert armed.state == "triggered"
    assert counted(killed) == counted(whole)
