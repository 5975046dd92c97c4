"""Feeds and outlets: adding, what fails, grades."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord import store as keep
from onrecord.serve.kinds import Desk
from tests.serve.support import is_inert, send

pytestmark = pytest.mark.slow
HOSTILE = '<script>alert(1)</script>{{ 7 * 7 }}"><img src=x onerror=alert(1)>'


def test_addresses_are_followed_once(client: TestClient, desk: Desk) -> None:
    address = "https://gazette.example/rss https://gazette.example/rss\nhttps://courier.example/"
    assert send(client, "/feeds", address=address).status_code == 303
    assert [f.url for f in keep.feeds(desk.store)][-2:] == ["https://gazette.example/rss", "https://courier.example/"]


def test_an_opml_file_is_imported_and_exported(client: TestClient, desk: Desk) -> None:
    from onrecord.serve.guard import COOKIE, token
    from tests.serve.support import SECRET

    client.cookies.set(COOKIE, "c" * 43, domain="localhost.local")
    opml = '<opml version="2.0"><body><outline text="Zürcher Bote" xmlUrl="https://bote.example/rss"/></body></opml>'
    data = {"token": token(SECRET, "c" * 43), "back": "/feeds"}
    answer = client.post("/feeds", data=data, files={"opml": ("feeds.opml", opml.encode(), "text/xml")})
    assert answer.status_code == 303
    assert keep.feeds(desk.store)[-1].title == "Zürcher Bote"
    assert "https://bote.example/rss" in client.get("/feeds.opml").text


def test_a_file_that_is_no_opml_is_said(client: TestClient) -> None:
    from onrecord.serve.guard import COOKIE, token
    from tests.serve.support import SECRET

    client.cookies.set(COOKIE, "c" * 43, domain="localhost.local")
    data = {"token": token(SECRET, "c" * 43), "back": "/feeds"}
    answer = client.post("/feeds", data=data, files={"opml": ("feeds.opml", b"\x00\xff\xfe not xml", "text/xml")})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text


def test_what_fails_is_grouped_and_can_be_tried_again(client: TestClient, desk: Desk) -> None:
    for n in range(3):
        keep.fail(desk.store, "fetch", f"https://slow.example/{n}", HOSTILE, "2034-03-16T00:00:00Z")
    page = client.get("/feeds")
    assert is_inert(page.text)
    assert "&lt;script&gt;" in page.text
    reason = next(r for r in client.get("/feeds.json").json()["failures"] if r["outlet"] == "slow.example")
    assert reason["addresses"] == 3
    answer = send(client, "/feeds/retry", stage="fetch", outlet="slow.example", reason=reason["reason"])
    assert answer.status_code == 303


def test_a_grade_is_given_and_shown(client: TestClient) -> None:
    first = client.get("/outlets.json").json()["outlets"][0]
    assert first["grade"] == "F"
    answer = send(client, "/outlets", domain=first["domain"], grade="B")
    assert answer.status_code == 303
    assert client.get("/outlets.json").json()["outlets"][0]["grade"] == "B"
    assert send(client, "/outlets", back="/outlets", domain="nobody.example", grade="B").status_code == 409
    assert send(client, "/outlets", back="/outlets", domain=first["domain"], grade="G").status_code == 400


def test_outlets_are_found_by_their_words(client: TestClient) -> None:
    found = client.get("/outlets.json?words=lamplighter").json()["outlets"]
    assert [o["name"] for o in found] == ["The Lamplighter"]
    assert "No outlet is called so" in client.get("/outlets?words=" + "%3Cscript%3E").text
