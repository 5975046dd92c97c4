"""The page of stories."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import etree
from starlette.testclient import TestClient

from tests.serve.support import Tags, is_inert

pytestmark = pytest.mark.slow


def titles(client: TestClient, query: str = "") -> list[str]:
    return [s["title"] for s in client.get(f"/stories.json?{query}").json()["stories"]]


def test_the_stories_that_changed_most_come_first(client: TestClient) -> None:
    found = client.get("/stories.json?since=month").json()["stories"]
    told = found[0]["changes"].keys() & {"denied", "reversal", "confirmed"}
    assert told
    assert all(kind in found[0]["changed"] for kind in told)
    page = client.get("/stories").text
    assert is_inert(page)
    for s in found:
        assert f"/story/{s['id']}" in page
        assert f"{s['origins']} origin" in page


def test_words_are_looked_for_in_titles_letter_by_letter(client: TestClient) -> None:
    every = titles(client)
    assert titles(client, "q=RIVER+guard") == [t for t in every if "river" in t.lower() and "guard" in t.lower()] != []
    assert titles(client, "q=%25") == titles(client, "q=_") == titles(client, "q=%7C") == []
    page = client.get("/stories?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "No story has these words" in page.text
    assert is_inert(page.text)


def test_pages_go_on_to_the_end(client: TestClient) -> None:
    page = client.get("/stories?page=2").text
    assert "There are no more stories" in page
    assert "Those before" in page
    assert client.get("/stories?page=0").status_code == 400


def test_the_table_and_the_feed_say_the_same(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/stories.csv").text)))
    assert sorted(r["title"] for r in rows) == sorted(titles(client))
    feed = etree.fromstring(client.get("/stories.atom").content)
    assert len(feed.findall("{*}entry")) == len(rows)


def test_an_empty_record_says_what_to_do(empty: TestClient) -> None:
    page = empty.get("/stories").text
    assert "onrecord add FILE" in page
    assert not Tags(page).of("li")
