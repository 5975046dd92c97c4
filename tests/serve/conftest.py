"""A desk over a copy of the demonstration's record, asked without a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.serve.kinds import Desk
from onrecord.store import open_store
from tests.serve.support import browser, desk_over


@pytest.fixture
def home(demonstration: Path, tmp_path: Path) -> Path:
    """A record of the demonstration that may be written."""
    return Path(shutil.copytree(demonstration, tmp_path / "record"))


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    """A desk over it."""
    with open_store(home) as store, desk_over(store, home) as made:
        yield made


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """A browser without a window; forms are sent by `tests.serve.support.send`."""
    with browser(desk) as made:
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    """A desk over an empty record."""
    folder = tmp_path / "empty"
    with open_store(folder) as store, desk_over(store, folder) as made, browser(made) as asked:
        yield asked
