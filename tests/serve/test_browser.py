"""The desk as a person uses it, in a real browser: by eye, by keyboard, in a narrow window, without scripts, and over hostile articles."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from onrecord.serve.kinds import Desk
from tests.serve.browsing import STARTS, is_wider_than_its_window, pages_of, violations

pytestmark = pytest.mark.slow


def test_news_come_without_loading_the_page_again(page: Page, desk: Desk) -> None:
    from onrecord.store import seen

    page.goto("/changes?since=all")
    expect(page.locator("#list [data-item]").first).to_be_visible()
    page.evaluate("window.same = true")
    page.wait_for_timeout(1500)
    first = page.locator("[data-item] .tag.alert").count()
    with desk.store.writing() as transaction:
        [id] = [id for (id,) in transaction.all("SELECT id FROM alerts LIMIT 1")]
        seen.mark(transaction, [id], "2034-03-16T00:00:00Z")
        transaction.run("UPDATE feeds SET failures = 1 WHERE row = (SELECT min(row) FROM feeds)")
    expect(page.locator("[data-item] .tag.alert")).to_have_count(first - 1)
    assert page.evaluate("window.same")


def test_everything_on_the_page_of_changes_by_keyboard(page: Page) -> None:
    page.goto("/changes?since=all")
    page.keyboard.press("j")
    page.keyboard.press("j")
    focused = page.evaluate("document.activeElement.id")
    second = page.locator("[data-item]").nth(1)
    assert focused == second.get_attribute("id")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == page.locator("[data-item]").first.get_attribute("id")
    first = page.locator("[data-item]").first
    page.keyboard.press("s")
    expect(first.get_by_role("button")).to_have_text("Not seen")
    assert "is-seen" in str(first.get_attribute("class"))
    assert not violations(page)
    assert page.evaluate("document.activeElement.id") == first.get_attribute("id")
    page.keyboard.press("s")
    expect(first.get_by_role("button")).to_have_text("Seen")
    assert "is-seen" not in str(first.get_attribute("class"))
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_hidden()
    page.reload()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use these keys").check()


def test_a_mark_that_is_not_kept_is_taken_back_and_said(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    page.goto("/changes?since=all")
    page.route("**/changes/seen", lambda route: route.abort())
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    first = page.locator("[data-item]").first
    assert "is-seen" not in str(first.get_attribute("class"))
    page.unroute("**/changes/seen")
    page.keyboard.press("s")
    expect(first.get_by_role("button")).to_have_text("Not seen")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("s")
    expect(first.get_by_role("button")).to_have_text("Seen")
    context.close()


def test_going_back_shows_the_whole_page_of_the_search_before(page: Page) -> None:
    page.goto("/search")
    for words in ("recruits", "harbour"):
        page.get_by_label("Words").fill(words)
        page.wait_for_url(f"**/search?q={words}*")
    page.go_back()
    expect(page.get_by_label("Words")).to_have_value("recruits")
    expect(page.get_by_role("navigation", name="Desk")).to_be_visible()


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/changes")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_every_kind_of_page_is_accessible(chromium: Browser, address: str, width: int, scheme: str) -> None:
    context = chromium.new_context(base_url=address, viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # fmt: skip
    page, wrong = context.new_page(), []
    page.set_default_timeout(10_000)
    for seen in pages_of(page, STARTS, 1):
        wrong += [f"{seen}: {v}" for v in violations(page)]
        wrong += [f"{seen}: wider than its window"] if is_wider_than_its_window(page) else []
    context.close()
    assert not wrong, "\n".join(wrong)


def test_the_desk_works_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/changes?since=all")
    before = page.locator("[data-item]").count()
    page.locator("[data-item] button").first.click()
    assert page.locator("[data-item]").count() <= before
    assert "1 more marked as seen" in page.locator("[role=status]").first.inner_text()
    page.goto("/indicators")
    page.get_by_label("The question").fill("figure > 4000 people of recruitment")
    page.get_by_role("button", name="Try it").click()
    while not page.get_by_text("It would have raised").is_visible():
        page.reload()
    page.get_by_role("button", name="Arm it").click()
    expect(page.get_by_text("triggered").first).to_be_visible()
    context.close()
