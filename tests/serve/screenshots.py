"""Takes the pictures of the desk's pages in the documentation: `python -m tests.serve.screenshots [--out docs/images/desk]`.

The demonstration is replayed into a folder of its own; each page is taken wide and narrow, in light and in dark colours.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from onrecord.demo.show import demonstrate
from onrecord.serve.kinds import Desk
from onrecord.store import open_store
from tests.serve.browsing import ARGUMENTS, CHROMIUM, SKIPPED, served
from tests.serve.support import desk_over

WIDTHS = {"wide": (1400, 1000), "narrow": (360, 800)}
SCHEMES = ("light", "dark")


def addresses(desk: Desk) -> dict[str, str]:
    """The pages that are taken, by the name of their picture."""
    with desk.store.reading() as transaction:
        alert, indicator = transaction.one("SELECT a.id, i.id FROM alerts l JOIN articles a ON a.row = l.article JOIN indicators i ON i.row = l.indicator ORDER BY l.row DESC") or ("", "")  # fmt: skip
        story = transaction.value(
            "SELECT id FROM stories WHERE merged_into IS NULL ORDER BY articles DESC, row LIMIT 1"
        )
        old, new = transaction.one("SELECT b.id, a.id FROM edits x JOIN articles b ON b.row = x.old JOIN articles a ON a.row = x.new WHERE x.silent = 1 ORDER BY x.row") or ("", "")  # fmt: skip
        person = transaction.value("SELECT a.id FROM facts f JOIN actors a ON a.row = f.speaker WHERE a.type = 'person' GROUP BY a.id ORDER BY count(*) DESC LIMIT 1")  # fmt: skip
    return {
        "changes": "/changes?since=all",
        "stories": "/stories",
        "story": f"/story/{story}",
        "evidence": f"/article/{alert}",
        "diff": f"/diff/{old}/{new}",
        "who": f"/who/{person}",
        "search": "/search?q=recruits",
        "indicators": "/indicators",
        "indicator": f"/indicator/{indicator}",
        "feeds": "/feeds",
        "judgements": "/judgements",
    }


def take(browser: Browser, address: str, pages: dict[str, str], out: Path) -> None:
    """Takes all pictures."""
    for width, size in WIDTHS.items():
        for scheme in SCHEMES:
            context = browser.new_context(base_url=address, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, timezone_id="UTC", locale="en-GB")  # type: ignore[arg-type]  # fmt: skip
            page = context.new_page()
            for name, path in pages.items():
                page.goto(path)
                page.wait_for_timeout(300)
                page.evaluate("scrollTo(0, 0)")
                page.screenshot(path=out / f"{name}-{width}-{scheme}.jpg", type="jpeg", quality=72)
            context.close()


def main() -> None:
    """Runs all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("docs/images/desk"))
    out = parser.parse_args().out
    if CHROMIUM is None:
        raise SystemExit(SKIPPED)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        demonstrate(home)
        with (
            open_store(home) as store,
            desk_over(store, home) as desk,
            served(desk) as address,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            take(browser, address, addresses(desk), out)
            browser.close()


if __name__ == "__main__":
    main()
