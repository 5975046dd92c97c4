"""The page of a story: accounts, timeline, map and coverage; the claims of an account; all articles."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from starlette.testclient import TestClient

from onrecord.serve import story, told
from onrecord.serve.kinds import Asked, Desk
from onrecord.store import Store, knowing, open_store
from tests.serve.support import Tags, browser, desk_over, is_inert
from tests.store.test_resolving import LEVY, add, settle

pytestmark = pytest.mark.slow

LARGEST = 300_000  # bytes of a page
SIZE, DENIALS = "size", "denials"  # two stories of the demonstration
ATTACK = '<img src=x onerror="a()">{{ 7 * 7 }}</title><script>a()</script>'


def is_of_size(client: TestClient, id: str) -> bool:
    """Whether it is the story of how many there are: a figure that some give and some deny, told by an agency and its copies."""
    found = client.get(f"/story/{id}.json").json()
    disputed = any(a["kind"] == "figure" and a["denied_by"] and a["low"] for a in found["accounts"])
    return bool(disputed and found["story"]["copies"] and found["pages"] > 1)


def data(client: TestClient, title: str, query: str = "") -> dict[str, Any]:
    stories = client.get("/stories.json?since=month").json()["stories"]
    most = max(stories, key=lambda s: s["changes"].get("denied", 0))
    found = most if title == DENIALS else next(s for s in stories if is_of_size(client, s["id"]))
    made: dict[str, Any] = client.get(f"/story/{found['id']}.json?{query}").json()
    return made


def shown(client: TestClient, title: str, query: str = "") -> str:
    found = data(client, title)["story"]
    page: str = client.get(f"/story/{found['id']}?{query}").text
    return page


def row_of(page: str, account: dict[str, Any]) -> str:
    """The row of an account, as text."""
    [row] = etree.HTML(page).xpath(f"//tr[@id='a{account['id'][:16]}']")
    return " ".join("".join(row.itertext()).split())


def test_a_denial_and_who_denies_are_plain_to_see(client: TestClient) -> None:
    [size, *_] = (a for a in data(client, SIZE)["accounts"] if a["denied_by"] and a["low"])
    assert size["kind"] == "figure"
    row = row_of(shown(client, SIZE), size)
    assert f"Denied by {size['denial']['said']['by']}" in row
    assert all(name in row for name in size["denied_by"])
    assert size["admiralty"] in row
    assert size["reason"] in row
    assert size["first"] < size["last"]


def test_figures_of_one_unit_share_an_axis(client: TestClient) -> None:
    figures = [a for a in data(client, SIZE, "kind=figure&limit=100")["accounts"] if a["axis"]]
    assert len(figures) > 2
    axes: dict[str, list[dict[str, Any]]] = {}
    for a in figures:
        axes.setdefault(a["unit"], []).append(a["axis"])
    assert all(axis == same[0] for same in axes.values() for axis in same)
    page = shown(client, SIZE, "kind=figure")
    says = [svg["aria-label"] or "" for svg in Tags(page).of("svg") if svg.get("class") == "axis"]
    assert any("more than 5,000" in words and "denies" in words for words in says), "what is drawn is said too"


def test_each_sentence_leads_to_its_words(client: TestClient) -> None:
    found = data(client, SIZE)
    page = shown(client, SIZE)
    for a in found["accounts"]:
        said = a["lead"]["said"]
        assert f"/article/{said['article']}#p{said['id'][:16]}" in page
        assert any(p["meant"] for p in a["lead"]["pieces"])
        assert said["certainty"] in row_of(page, a)
    meant = "".join(p["words"] for p in found["accounts"][0]["lead"]["pieces"] if p["meant"])
    assert meant in found["accounts"][0]["lead"]["said"]["words"]


def test_origins_and_copies_open_exactly_those(client: TestClient) -> None:
    page = shown(client, SIZE)
    for a in data(client, SIZE)["accounts"]:
        [details] = etree.HTML(page).xpath(f"//tr[@id='a{a['id'][:16]}']//details")
        [summary] = details.xpath("summary/text()")
        assert summary.startswith(f"{a['origins']} origin")
        assert len(details.xpath(".//a[starts-with(@href, '/article/')]")) == a["claims"]
        copied = {s["article"] for s in a["sayings"] if s["copy"]}
        assert f", {len(copied)} cop" in summary


def test_copies_lie_in_the_lane_and_under_the_article_of_their_origin(client: TestClient) -> None:
    found = data(client, SIZE)
    [agency] = [lane for lane in found["timeline"]["lanes"] if lane["kind"] == "agency"]
    assert agency["copies"] == sum(p["copy"] for p in agency["points"]) == found["story"]["copies"]
    spread = [a for a in found["spread"]["articles"] if a["copies"]]
    assert sum(len(a["copies"]) for a in spread) == found["story"]["copies"]
    assert all(c["copy_of"] == a["id"] for a in spread for c in a["copies"])
    page = shown(client, SIZE)
    assert all(f'href="/article/{p["article"]}"' in page for lane in found["timeline"]["lanes"] for p in lane["points"])


def test_accounts_go_on_from_page_to_page(client: TestClient) -> None:
    first = data(client, SIZE)
    ids = [a["id"] for n in range(first["pages"]) for a in data(client, SIZE, f"page={n + 1}")["accounts"]]  # fmt: skip
    assert len(set(ids)) == len(ids) == first["told"]
    assert "There are no more accounts" in shown(client, SIZE, "page=99")


def test_the_places_of_the_demonstration_have_no_map(client: TestClient, desk: Desk) -> None:
    assert data(client, SIZE)["map"] is not None
    with browser(replace(desk, demonstration=True)) as other:
        assert "invented" in shown(other, SIZE)
        assert data(other, SIZE)["map"] is None


def test_the_table_of_accounts_and_the_feed_of_changes(client: TestClient) -> None:
    found = data(client, DENIALS)
    path = f"/story/{found['story']['id']}"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{path}.csv").text)))
    assert [r["account"] for r in rows] == [a["id"] for a in found["accounts"]]
    assert any(r["denied_by"] for r in rows)
    feed = etree.fromstring(client.get(f"{path}.atom").content)
    said = [e.findtext("{*}title") for e in feed.findall("{*}entry")]
    assert any(t.startswith("denied: ") for t in said)
    assert any(t.startswith("new: ") for t in said)


def test_an_account_has_a_page_of_its_claims(client: TestClient) -> None:
    account = next(a for a in data(client, SIZE)["accounts"] if a["denied_by"] and a["low"])
    found = client.get(f"/account/{account['id']}.json").json()
    assert len(found["account"]["sayings"]) == account["claims"]
    page = client.get(f"/account/{account['id']}").text
    assert page.count("data-item") == account["claims"]
    assert is_inert(page)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/account/{account['id']}.csv").text)))
    assert {r["stance"] for r in rows} >= {"says", "denies"}


def test_all_articles_are_listed(client: TestClient) -> None:
    found = data(client, SIZE)["story"]
    page = client.get(f"/story/{found['id']}/articles")
    assert page.text.count("data-item") == found["articles"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/story/{found['id']}/articles.csv").text)))
    assert [r["moment"] for r in rows] == sorted(r["moment"] for r in rows)


@pytest.mark.parametrize(
    "path", ["/story/0123456789abcdef", "/account/0123456789abcdef", "/story/0123456789abcdef/articles"]
)
def test_what_is_not_there_is_said(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "begin" in answer.text


def test_no_page_is_too_large(client: TestClient) -> None:
    for s in client.get("/stories.json").json()["stories"]:
        page = client.get(f"/story/{s['id']}")
        assert page.status_code == 200
        assert len(page.content) < LARGEST
        assert is_inert(page.text)
        numbers = [int(n) for n in re.findall(r"<h([1-6])", page.text)]
        assert all(b <= a + 1 for a, b in zip(numbers, numbers[1:], strict=False))


def test_a_story_of_many_hostile_articles_stays_small_and_inert(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        hostile(store, tmp_path)


def hostile(store: Store, tmp_path: Path) -> None:
    for n in range(40):
        add(
            store,
            f"Herald {n} {ATTACK} {'x' * 500}",
            1 + n % 27,
            LEVY.replace("Ilse Karvonen", f"Ilse {ATTACK}"),
            hour=n % 24,
        )
    settle(store)
    [line, *_] = knowing.stories(store)
    with desk_over(store, tmp_path) as desk:
        asked = Asked(path="/", values={"id": line.id, "page": "1", "limit": "20", "kind": ""})
        view = story.view(desk, asked)
        assert sum(len(a.sayings) for a in view.accounts) <= story.CLAIMS
        with browser(desk) as client:
            page = client.get(f"/story/{line.id}")
    assert page.status_code == 200
    assert len(page.content) < LARGEST
    assert is_inert(page.text)
    assert "<script>a()" not in page.text


def test_a_long_sentence_is_cut_at_words_around_what_is_meant() -> None:
    text = "Quay. " + "The " + "long " * 200 + "quay is closed " + "today " * 200 + "at last."
    start = text.index("quay is")
    pieces = list(told.pieces(text, ((start, start + 14),)))
    assert [p.words for p in pieces if p.meant] == ["quay is closed"]
    whole = "".join(p.words for p in pieces)
    assert whole.startswith("… long")
    assert whole.endswith(" …")
    assert len(whole) <= told.LONGEST + 4


def test_what_is_denied_outright_comes_first_and_says_so(client: TestClient) -> None:
    first = data(client, DENIALS)["accounts"][:4]
    assert sum(bool(a["denied_by"]) for a in first) >= 3
    page = shown(client, DENIALS)
    [figure] = [a for a in first if a["kind"] == "figure" and a["low"] is None]
    assert "6,000 recruits" in row_of(page, figure)
    assert f"denied by: {figure['denied_by'][0]}" in row_of(page, figure)
