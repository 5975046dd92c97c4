"""Following: from feeds to the record, on a local outlet whose pages the tests write."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from onrecord import store as keep
from onrecord.fetch.warc import Evidence
from onrecord.fetch.web import Web
from onrecord.follow import Road, add_captures, follow, next_visit, recent
from onrecord.model import Capture, Entry, Failure
from onrecord.settings import Settings
from onrecord.store.turns import turns
from onrecord.workers import workers
from tests.site import Press

SETTINGS = replace(Settings(), allow_private=True, pace=0.0)
BODY = "<p>Mira Tarn said the ferry would sail again on Friday, weather allowing.</p><p>The harbour lay quiet in the morning, and lorries waited.</p>"
LIVE = """<html lang="en"><head><title>Fire</title><script type="application/ld+json">{"@context": "https://schema.org", "@type": "LiveBlogPosting",
"headline": "Fire at the harbour", "liveBlogUpdate": [%s]}</script></head><body><h1>Fire at the harbour</h1><p>Follow along.</p></body></html>"""
UPDATE = '{"@type": "BlogPosting", "headline": "At %d", "datePublished": "2031-05-14T%02d:00:00Z", "articleBody": "Crews said at %d that the fire was out of hand."}'


def page(title: str, body: str = BODY) -> tuple[int, str, str]:
    return 200, "text/html; charset=utf-8", f"<html lang='en'><head><title>{title}</title></head><body><h1>{title}</h1><article>{body}</article></body></html>"  # fmt: skip


def rss(*paths: str, base: str, date: str = "") -> tuple[int, str, str]:
    items = "".join(f"<item><title>T</title><link>{base}{p}</link>{date}</item>" for p in paths)
    return 200, "application/rss+xml", f"<rss version='2.0'><channel><title>The Lantern</title>{items}</channel></rss>"


class Paper(Press):
    """One outlet whose pages are given by path."""

    def __init__(self) -> None:
        super().__init__(1, 0)
        self.pages: dict[str, tuple[int, str, str]] = {}

    def answer(self, outlet: int, path: str) -> tuple[int, str, str]:
        self.asked.append((outlet, path))
        return self.pages.get(path, (404, "text/plain", "not here"))

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return [p for _, p in self.asked].count(path)


class Desk:
    """A record in a folder and a paper to follow."""

    def __init__(self, home: Path, paper: Paper) -> None:
        self.store, self.evidence, self.paper = keep.open_store(home), Evidence(home / "evidence", SETTINGS), paper
        self.said: list[str] = []
        self.tally: Counter[str] = Counter()

    async def follow(self, *feeds: str, later: float = 0.0) -> None:
        """Follows once, with the clock so many seconds ahead."""
        for url in feeds:
            keep.add_feed(self.store, self.paper.address(0) + url, "2026-01-01T00:00:00Z")
        with workers(0, 60.0) as pool:
            async with Web(SETTINGS) as web:
                road = Road(self.store, self.evidence, pool, web, now=lambda: time.time() + later, rng=random.Random(1), read=False, tell=self.said.append, tally=self.tally)  # fmt: skip
                await follow(road, once=True, stop=asyncio.Event())

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with self.store.reading() as transaction:
            return [tuple(row) for row in transaction.all(sql)]

    def urls(self) -> list[str]:
        """The paths of the articles in the record."""
        return sorted(str(u).removeprefix(self.paper.address(0)) for (u,) in self.rows("SELECT url FROM articles"))


def run(home: Path, story: object) -> None:
    """Runs a story, which is a coroutine function of a desk."""

    async def whole() -> None:
        paper = Paper()
        await paper.open()
        desk = Desk(home, paper)
        try:
            await story(desk)  # type: ignore[operator]
        finally:
            desk.store.close()
            desk.evidence.close()
            await paper.close()

    asyncio.run(whole())


def test_new_pages_are_recorded_once(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.paper.pages = {"/a": page("One"), "/b": page("Two", BODY + "<p>More.</p>")}
        desk.paper.pages["/feed"] = rss("/a", "/b", base=desk.paper.address(0))
        await desk.follow("/feed")
        await desk.follow()
        assert desk.urls() == ["/a", "/b"]
        assert (desk.paper.times("/feed"), desk.paper.times("/a")) == (2, 1)
        assert (desk.tally["articles"], desk.tally["feeds"]) == (2, 2)

    run(tmp_path, story)


def test_a_page_edited_without_a_word_is_a_new_version_and_a_finding(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.paper.pages = {"/a": page("One"), "/feed": rss("/a", base=desk.paper.address(0))}
        await desk.follow("/feed")
        desk.paper.pages["/a"] = page("One", BODY.replace("Friday", "Sunday"))
        await desk.follow(later=2 * 3600)
        assert desk.urls() == ["/a", "/a"]
        assert desk.rows("SELECT silent FROM edits") == [(1,)]
        assert desk.rows("SELECT kind FROM findings") == [("silent-edit",)]
        await desk.follow(later=3 * 3600)
        assert desk.paper.times("/a") == 2, "the next look is hours away"

    run(tmp_path, story)


def test_what_is_gone_or_no_article_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.paper.pages = {"/a": page("One"), "/empty": (200, "text/html", "<html><body><p>x</p></body></html>")}
        desk.paper.pages["/feed"] = rss("/gone", "/empty", "/a", base=desk.paper.address(0))
        await desk.follow("/feed", "/nofeed")
        assert desk.urls() == ["/a"]
        assert desk.rows("SELECT stage, count FROM failures ORDER BY stage") == [
            ("feed", 1),
            ("fetch", 1),
            ("parse", 1),
        ]
        assert desk.rows("SELECT state FROM entries ORDER BY state") == [("done",), ("failed",), ("gone",)]
        desk.paper.pages["/gone"] = page("Back", BODY + "<p>It is back.</p>")
        assert keep.retry(desk.store, "2026-01-01T00:00:00Z") == 3, "two pages and a feed"
        await desk.follow()
        assert desk.urls() == ["/a", "/gone"]

    run(tmp_path, story)


def test_a_home_page_leads_to_its_feeds_and_an_index_to_its_sitemaps(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        base = desk.paper.address(0)
        desk.paper.pages = {
            "/": (200, "text/html", f"<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head><body>{BODY}</body></html>"),
            "/feed": rss("/a", base=base),
            "/index.xml": (200, "text/xml", f"<sitemapindex><sitemap><loc>{base}/map.xml</loc></sitemap></sitemapindex>"),
            "/map.xml": (200, "text/xml", f"<urlset><url><loc>{base}/b</loc></url></urlset>"),
            "/a": page("One"),
            "/b": page("Two", BODY + "<p>More.</p>"),
        }  # fmt: skip
        await desk.follow("/", "/index.xml")
        assert desk.urls() == ["/a", "/b"]
        assert len(keep.feeds(desk.store)) == 4
        assert any("home page" in line for line in desk.said)

    run(tmp_path, story)


def test_a_live_blog_is_one_article_that_grows(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.paper.pages["/live"] = (200, "text/html", LIVE % (UPDATE % (9, 9, 9)))
        await desk.follow("/live")
        await desk.follow()
        desk.paper.pages["/live"] = (200, "text/html", LIVE % ",".join(UPDATE % (n, n, n) for n in (10, 9)))
        await desk.follow()
        assert desk.urls() == ["/live", "/live"]

    run(tmp_path, story)


def test_what_was_captured_but_not_recorded_is_taken_in_without_a_fetch(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        url = desk.paper.address(0) + "/a"
        keep.add_entries(desk.store, [Entry(url=url)], "2026-01-01T00:00:00Z")
        body = page("One")[2].encode()
        desk.evidence.append(
            Capture(name=url, url=url, body=body, status=200, fetched="2026-01-01T00:00:00Z", content_type="text/html")
        )
        desk.evidence.close()
        await desk.follow()
        assert (desk.urls(), desk.paper.times("/a")) == (["/a"], 0)
        assert "1 pages of an earlier run" in desk.said[0]

    run(tmp_path, story)


def test_files_are_added_once_and_failures_kept(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        found = [Capture(name="a.html", body=page("One")[2].encode()), Capture(name="b.bin", body=b"\0\1"), Failure(input="c", stage="input", reason="no such file")]  # fmt: skip
        with workers(0, 60.0) as pool:
            road = Road(desk.store, desk.evidence, pool, read=False, revisit=False)
            assert await add_captures(road, found) == (1, 2)
            assert await add_captures(road, found[:1]) == (1, 0)
        assert desk.rows("SELECT count(*) FROM articles") == [(1,)]
        assert desk.rows("SELECT count(*) FROM failures") == [(2,)]

    run(tmp_path, story)


def test_old_entries_are_left_out() -> None:
    old, new, undated = (
        Entry(url="a", published="2020-01-01T00:00:00Z"),
        Entry(url="b", published="2031-05-02"),
        Entry(url="c"),
    )
    assert recent([old, new, undated], "2031-05-01") == [new, undated]


@pytest.mark.parametrize(("visits", "hours"), [(0, 1), (1, 6), (2, 24), (3, 72)])
def test_a_page_is_looked_at_again_less_and_less(visits: int, hours: int) -> None:
    assert next_visit(visits) == hours * 3600.0
    assert next_visit(4) is None


def test_what_another_process_follows_is_left_to_it_and_taken_over_when_it_ends(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.paper.pages = {"/a": page("One"), "/feed": rss("/a", base=desk.paper.address(0))}
        with turns(desk.store) as other:
            assert other.share({0}, set())
            await desk.follow("/feed")
            assert (desk.urls(), desk.paper.times("/feed")) == ([], 0)
            assert "1 feed is followed by another process" in desk.said[0]
        await desk.follow()
        assert (desk.urls(), desk.paper.times("/feed")) == (["/a"], 1)

    run(tmp_path, story)
