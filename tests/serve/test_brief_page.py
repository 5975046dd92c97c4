"""A brief as a page, in a real browser: narrow and wide, by eye and by the rules of accessibility."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from onrecord.export import brief_html
from onrecord.export.brief import of_selection
from onrecord.store import knowing, open_store
from onrecord.store.exporting import select
from tests.serve.browsing import violations

pytestmark = pytest.mark.slow

STRAYED = """() => {  // notes that stand on another line than the word that they follow
  const strayed = [];
  for (const sup of document.querySelectorAll("sup")) {
    let before = sup.previousSibling;
    if (before.nodeName === "WBR") continue;  // after another note
    while (before.lastChild) before = before.lastChild;
    const last = document.createRange();
    last.setStart(before, before.length - 1);
    last.setEnd(before, before.length);
    if (sup.getBoundingClientRect().top > last.getBoundingClientRect().bottom) strayed.push(sup.textContent);
  }
  return strayed;
}"""


def test_notes_stay_with_their_sentence_and_the_page_in_its_window(chromium: Browser, demonstration: Path) -> None:
    with open_store(demonstration) as store:
        found = [of_selection(select(store, story=s.id)) for s in knowing.stories(store)[4:8]]
    pages = ["".join(brief_html.pieces(b)) for b in found]
    for width in (390, 1280):
        shown = chromium.new_page(viewport={"width": width, "height": 900})
        for page in pages:
            shown.set_content(page)
            assert shown.locator("sup").count() > 9 and shown.evaluate(STRAYED) == []
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert not violations(shown)
        shown.close()
