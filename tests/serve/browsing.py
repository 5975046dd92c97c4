"""A real browser, Debian's Chromium, in front of a real desk."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from onrecord.serve.app import app
from onrecord.serve.kinds import Desk

CHROMIUM = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SKIPPED = "the tests in a browser are skipped: apt-get install chromium"
FILES = (".json", ".csv", ".atom", ".opml")
STARTS = (
    "/changes?since=all",
    "/stories",
    "/who",
    "/search?q=recruits",
    "/indicators",
    "/feeds",
    "/outlets",
    "/judgements",
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def required() -> bool:
    """Whether the tests in a browser may not be skipped."""
    return bool(os.environ.get("CI")) or os.environ.get("ONRECORD_REQUIRE_CHROMIUM") == "1"


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address of a desk that is open."""
    taken = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app(desk, resolve=False), log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([taken])), daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{taken.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        taken.close()


def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page, each with the elements."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']} ({v['help']}): " + "; ".join(n["html"][:160] for n in v["nodes"][:3]) for v in found]


def is_wider_than_its_window(page: Page) -> bool:
    """Whether a page has to be moved sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


def kind_of(path: str) -> str:
    """An address without what differs between pages of a kind."""
    return "/".join("ID" if re.fullmatch(r"[0-9a-f]{8,}", part) else part for part in path.partition("?")[0].split("/"))


def pages_of(page: Page, starts: Iterable[str], of_a_kind: int) -> Iterator[str]:
    """Goes from page to page of the desk by its links; gives each address once it is open, a few of each kind."""
    waiting, known, count = list(starts), set(starts), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        if count[kind_of(address)] >= of_a_kind:
            continue
        count[kind_of(address)] += 1
        page.goto(address)
        yield address
        links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href').split('#')[0])")
        fresh = [a for a in links if a not in known and not a.partition("?")[0].endswith(FILES)]
        known.update(fresh)
        waiting += dict.fromkeys(fresh)
