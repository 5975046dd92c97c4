"""A morning at the desk: from what changed to the archived words, two names that are one person, a question and its alert."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onrecord.follow import Road, add_captures
from onrecord.model import Capture
from onrecord.serve.kinds import Desk
from onrecord.store import Store
from onrecord.upkeep import catch_up
from onrecord.workers import workers

pytestmark = pytest.mark.slow

LATER = """<html lang="en"><head><title>River Guard has 7,200 recruits, minister says</title>
<meta property="article:published_time" content="2034-03-16T09:00:00Z"><meta property="og:site_name" content="The Halvest Courier"></head>
<body><article><h1>River Guard has 7,200 recruits, minister says</h1>
<p>SELMIN, Ardovia — More than 7,000 people have been recruited into Ardovia’s River Guard, Defence Minister Yevgeny Drevich said on Thursday.</p>
<p>“The recruitment goes on,” Drevich told reporters in Selmin. The minister said that the camps at Karsh and Varsk were full, and that a third one
would be opened before the end of the month.</p><p>Keldmark’s government said it would ask the Lakes Conference to send its observers back.</p></article></body></html>"""


def test_from_what_changed_to_the_archived_words(page: Page) -> None:
    page.goto("/")
    alert = page.locator("[data-item].alert").filter(has_text="5,600 recruits")
    expect(alert).to_contain_text("still missing")
    alert.get_by_role("link", name="Story").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    alert.get_by_role("link", name="Evidence").click()
    page.wait_for_url("**/article/*#p*")
    marked = page.locator(page.evaluate("location.hash"))
    expect(marked).to_be_visible()
    expect(page.locator("article").first).to_contain_text("at least 5,600 recruits")
    page.get_by_role("link", name="The raw page").click()
    expect(page.locator("iframe")).to_have_attribute("sandbox", "")


def test_a_figure_crosses_its_threshold_on_the_page_of_its_story(page: Page, desk: Desk) -> None:
    with desk.store.reading() as transaction:
        story = transaction.value("SELECT s.id FROM alerts l JOIN resolved r ON r.article = l.article JOIN stories s ON s.row = r.story ORDER BY l.row DESC LIMIT 1")  # fmt: skip
    page.goto(f"/story/{story}?kind=figure")
    expect(page.locator("svg").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("5,600")


def test_two_names_are_said_to_be_one(page: Page) -> None:
    page.goto("/judgements")
    before = page.locator("main").inner_text()
    page.keyboard.press("1")
    expect(page.locator("main")).not_to_have_text(before)
    expect(page.get_by_text("the same", exact=False).first).to_be_visible()


def test_a_question_is_armed_in_two_clicks_and_its_alert_received(page: Page, desk: Desk, home: Path) -> None:
    page.goto("/indicators?words=figure+%3E+6500+people+of+recruitment")
    page.get_by_role("button", name="Arm it").click()
    page.wait_for_url("**/indicator/*")
    expect(page.locator(".tag.state-triggered")).to_have_count(0)
    page.wait_for_timeout(1500)
    in_a_thread(lambda: add(desk, LATER))
    expect(page.locator(".tag.state-triggered")).to_be_visible(timeout=15_000)
    expect(page.locator("main")).to_contain_text("More than 7,000 people have been recruited")
    page.goto("/changes?kind=alert")
    expect(page.locator("[data-item].alert").first).to_contain_text("More than 7,000 people")


def add(desk: Desk, text: str) -> None:
    """Adds a page to the record, as `onrecord add` does."""

    async def going() -> None:
        url = "https://www.halvestcourier.example/world/river-guard-7200"
        with workers(0, 60.0) as pool:
            road = Road(desk.store, desk.evidence, pool, revisit=False, idle=caught_up)
            assert await add_captures(road, iter([Capture(name=url, body=text.encode(), url=url)])) == (1, 0)

    asyncio.run(going())


def caught_up(store: Store, whole: bool) -> None:
    """All of it is set beside what is on record."""
    catch_up(store, True, print)


def in_a_thread(work: object) -> None:
    """Runs what begins an event loop of its own, which the browser's thread has already."""
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:
            wrong.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(90)
    assert not wrong, wrong
