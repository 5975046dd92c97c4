"""Search: finds as sentences with the words marked, filters with counts, and what it says where nothing is found."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from lxml import etree
from starlette.testclient import TestClient

from onrecord.serve.kinds import Desk
from onrecord.store import counted
from tests.serve.support import is_inert, poison

pytestmark = pytest.mark.slow


def found(client: TestClient, **query: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/search.json", params=query).json()
    return answer


def test_the_words_are_marked_in_their_sentence(client: TestClient) -> None:
    view = found(client, q="reservists")
    assert view["looked_at"] == len(view["finds"]) + view["more"] * (view["looked_at"] - 20) > 10
    for find in view["finds"]:
        assert [p["text"].lower() for p in find["pieces"] if p["found"]] == ["reservists"]
    assert "<mark>reservists</mark>" in client.get("/search?q=reservists").text


def test_each_find_leads_to_its_words_and_its_speaker(client: TestClient) -> None:
    page = client.get("/search?q=reservists").text
    for find in found(client, q="reservists")["finds"]:
        assert f"/article/{find['article']}#p{find['attribution'][:16]}" in page
        assert not find["who"] or f"/who/{find['who']}" in page


def test_what_was_said_is_told_from_what_stands_around_it(client: TestClient) -> None:
    find = found(client, q='"there would be no call-up of reservists"')["finds"][0]
    said = "".join(p["text"] for p in find["pieces"] if not p["around"])
    assert said.startswith("that there would be no call-up")
    assert any(p["around"] for p in find["pieces"])


@pytest.mark.parametrize(
    ("filter", "counts"),
    [("outlet", "outlets"), ("speaker", "speakers"), ("kind", "kinds"), ("certainty", "certainties")],
)
def test_a_filter_finds_as_many_as_its_count_says(client: TestClient, filter: str, counts: str) -> None:
    every = found(client, q="river")
    assert every["counts"][counts]
    for one in every["counts"][counts]:
        assert found(client, q="river", **{filter: one["value"]})["looked_at"] >= one["n"], one
    if filter != "speaker":  # of whom several may bear the words
        assert sum(c["n"] for c in every["counts"][counts]) == every["looked_at"]


def test_days_narrow_a_search(client: TestClient) -> None:
    every = found(client, q="river")
    for day in every["days"]:
        assert found(client, q="river", since=day["since"], until=day["until"])["looked_at"] == day["n"]


def test_counts_over_more_than_a_month_are_of_months() -> None:
    assert [c.value for c in counted.by_day(["2031-05-01", "2031-05-02"])] == ["2031-05-01", "2031-05-02"]
    days = [f"2031-{month:02}-{day:02}" for month in (5, 6) for day in range(1, 20)]
    assert [(c.value, c.n) for c in counted.by_day(days)] == [("2031-05", 19), ("2031-06", 19)]


def test_whole_articles_leave_out_what_only_attributions_have(client: TestClient) -> None:
    view = found(client, q="river", where="article", speaker="Drevich", kind="direct")
    assert view["ignored"] == ["speaker", "kind"]
    assert view["looked_at"] == found(client, q="river", where="article")["looked_at"] > 0
    assert "left out: whole articles have none" in client.get("/search?q=river&where=article&kind=direct").text


def test_newest_first_is_by_the_row_of_the_article(client: TestClient) -> None:
    best, newest = found(client, q="river guard"), found(client, q="river guard", order="newest")
    assert best["looked_at"] == newest["looked_at"]
    assert [f["article"] for f in best["finds"]] != [f["article"] for f in newest["finds"]]


def test_pages_follow_each_other_without_a_gap(client: TestClient) -> None:
    one, two = found(client, q="river"), found(client, q="river", page="2")
    assert one["more"]
    ids = [f["attribution"] for view in (one, two) for f in view["finds"]]
    assert len(set(ids)) == len(ids)
    assert 'rel="next"' in client.get("/search?q=river").text


def test_a_search_is_a_table_and_a_feed_too(client: TestClient) -> None:
    finds = found(client, q="reservists")["finds"]
    table = list(csv.DictReader(io.StringIO(client.get("/search.csv?q=reservists").text)))
    assert [row["attribution"] for row in table] == [f["attribution"] for f in finds]
    feed = etree.fromstring(client.get("/search.atom?q=reservists").content)
    assert len(feed.findall("{*}entry")) == len(finds)
    updated = [e.findtext("{*}updated") or "" for e in feed.findall("{*}entry")]
    assert all(u.startswith("2034-03") and u.endswith("Z") for u in updated)


def test_nothing_found_says_what_to_do(client: TestClient, empty: TestClient) -> None:
    assert "Take out a word" in client.get("/search?q=zeppelin").text
    assert "Nothing is in the record yet" in empty.get("/search").text


@pytest.mark.parametrize(
    "query", ["since=yesterday", "kind=loud", "certainty=sure", "where=here", "page=0", "page=999", "since=2031-13-45"]
)
def test_a_filter_that_is_none_is_refused_in_one_line(client: TestClient, query: str) -> None:
    answer = client.get(f"/search.json?q=river&{query}")
    assert answer.status_code == 400
    assert "\n" not in answer.json()["wrong"]


@pytest.mark.parametrize("q", ['"', "-", "OR", "a OR", '-"x', "()*:^", "NEAR(a b)", "marks:kdirect", "x" * 500])
def test_words_that_are_no_query_find_what_they_can(client: TestClient, q: str) -> None:
    assert client.get("/search", params={"q": q}).status_code == 200


def test_hostile_words_stay_words(client: TestClient, desk: Desk) -> None:
    poison(desk)
    for path in ("/search", "/search?where=article", "/search?q=<script>alert(1)</script>&outlet=<script>alert"):
        page = client.get(path).text
        assert "&lt;script&gt;alert" in page, path
        assert "<script>alert" not in page
        assert is_inert(page)
