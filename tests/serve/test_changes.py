"""The page of changes: what it shows since when, what was seen, and what the browser keeps of a visit."""

from __future__ import annotations

import csv
import io
import time
from itertools import count

import pytest
from lxml import etree
from starlette.testclient import TestClient

from onrecord.serve.changes import VISIT, visit
from tests.serve.support import is_inert, send

pytestmark = pytest.mark.slow


def items(client: TestClient, query: str = "") -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for page in count(1):
        made = client.get(f"/changes.json?{query}&page={page}").json()
        found += [i for g in made["groups"] for i in g["items"]]
        if not made["more"]:
            return found
    raise AssertionError


def test_the_alerts_come_first_with_what_is_missing(client: TestClient) -> None:
    first, *_ = items(client, "since=all")
    assert first["kind"] == "alert"
    assert first["missing"]
    page = client.get("/changes?since=all").text
    assert "still missing" in page
    assert is_inert(page)


def test_each_item_leads_to_its_story_and_its_words(client: TestClient) -> None:
    for item in items(client, "since=all&kind=denied&kind=confirmed&kind=figure-moved"):
        assert item["story"]
        assert f"/article/{item['article']}#p" in client.get("/changes?since=all").text


def test_what_is_seen_is_hidden_until_it_is_asked_for(client: TestClient) -> None:
    some = [str(i["id"]) for i in items(client, "since=all")[:3]]
    answer = send(client, "/changes/seen", id=some)
    assert (answer.status_code, answer.headers["location"]) == (303, "/changes")
    assert not {i["id"] for i in items(client, "since=all")} & set(some)
    shown = {i["id"]: i["seen"] for i in items(client, "since=all&seen=yes")}
    assert all(shown[id] for id in some)
    send(client, "/changes/seen", **{"id": some, "as": "unseen"})
    assert set(some) <= {i["id"] for i in items(client, "since=all")}


def test_an_open_page_is_given_the_item_that_it_marked(client: TestClient) -> None:
    some = [i for i in items(client, "since=all") if i["kind"] in ("alert", "denied")]
    for item in (some[0], some[-1]):
        for mark, button in (("seen", "Not seen"), ("unseen", "Seen")):
            answer = send(client, "/changes/seen", part=True, **{"id": item["id"], "as": mark})
            assert answer.status_code == 200
            assert is_inert(answer.text)
            assert answer.text.count("<li") == 1
            assert f">{button}</button>" in answer.text
            assert ("is-seen" in answer.text) == (mark == "seen")


def test_a_second_visit_shows_only_what_came_after_the_first(client: TestClient) -> None:
    client.get("/changes")
    change, alert, _at, *newest = client.cookies[VISIT].split(".")
    assert (change, alert) == ("0", "0")
    assert "0" not in newest
    assert client.get("/changes.json").json()["shown"], "the visit is still the first"
    client.cookies.set(VISIT, f"0.0.{int(time.time()) - 3600}.{'.'.join(newest)}", domain="localhost.local")
    assert client.get("/changes.json").json()["shown"] == 0
    assert "Nothing new here" in client.get("/changes").text


@pytest.mark.parametrize("cookie", ["", "1.2", "a.b.c", "1.2.-3", "9" * 400, "1.2.3.4", "1.2.-3.4.5", "١.٢.٣.٤.٥"])
def test_a_cookie_that_is_none_is_no_visit(cookie: str) -> None:
    assert visit({VISIT: cookie}) is None


def test_only_the_kinds_that_are_asked_for(client: TestClient) -> None:
    assert {i["kind"] for i in items(client, "since=all&kind=silent-edit&kind=misquote")} == {"silent-edit", "misquote"}


def test_a_day_and_days_before_the_newest(client: TestClient) -> None:
    day = client.get("/changes.json?since=day").json()
    assert all(i["moment"] >= day["since"] for g in day["groups"] for i in g["items"])
    assert day["shown"] < client.get("/changes.json?since=week").json()["shown"]
    assert client.get("/changes.json?since=2034-03-09").json()["since"] == "2034-03-09T00:00:00Z"


def test_what_cannot_be_is_said_in_one_line(client: TestClient) -> None:
    answer = client.get("/changes.json?since=tomorrow")
    assert answer.status_code == 400
    assert "since is 'tomorrow'" in answer.json()["wrong"]
    assert client.get("/changes?kind=nonsense").status_code == 400


def test_the_table_and_the_feed_say_the_same(client: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/changes.csv?since=all").text)))
    shown = [i for g in client.get("/changes.json?since=all").json()["groups"] for i in g["items"]]
    assert len(rows) == 1 + len(shown)
    feed = etree.fromstring(client.get("/changes.atom?since=all").content)
    assert len(feed.findall("{*}entry")) == len(shown)
    assert feed.findtext("{*}updated") == max(str(i["moment"]) for i in shown)


def test_an_empty_record_says_what_to_do(empty: TestClient) -> None:
    page = empty.get("/changes").text
    assert "Nothing is in the record yet" in page
    assert "serve --demo" in page
