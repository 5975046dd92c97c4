"""A desk over a copy of the demonstration's record, asked without a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

from onrecord.serve.kinds import Desk
from onrecord.store import open_store
from tests.serve.browsing import ARGUMENTS, CHROMIUM, SKIPPED, required, served
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


@pytest.fixture(scope="module")
def chromium(demonstration: Path) -> Iterator[Browser]:
    """Debian's Chromium. While it is open this thread is in an event loop, so what begins one of its own comes before, or in a thread."""
    if CHROMIUM is None:
        if required():
            pytest.fail(f"Chromium may not be missing here; {SKIPPED}")
        pytest.skip(SKIPPED)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Where the desk is open."""
    with served(desk) as made:
        yield made


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """An open page; nothing may go wrong in its scripts, and nothing may be refused by the page's policy."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    made, wrong = context.new_page(), []
    made.set_default_timeout(10_000)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield made
    context.close()
    assert not wrong
