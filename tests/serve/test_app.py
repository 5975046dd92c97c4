"""Routes from declarations: every page in every style, the OpenAPI document, what is kept by the browser, forms that are wrong."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord.serve.app import ACTIONS, PAGES
from onrecord.serve.render import asset
from tests.serve.support import is_inert, send

pytestmark = pytest.mark.slow


def test_the_document_names_every_page_and_form(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for page in PAGES:
        assert page.path + ".json" in document["paths"]
    for action in ACTIONS:
        assert "post" in document["paths"][action.path]


@pytest.mark.parametrize("page", [p for p in PAGES if "{" not in p.path], ids=lambda p: p.name)
def test_every_page_has_its_styles_on_any_record(client: TestClient, empty: TestClient, page: object) -> None:
    for browser in (client, empty):
        shown = browser.get(page.path)  # type: ignore[attr-defined]
        assert shown.status_code == 200
        assert is_inert(shown.text)
        assert len(shown.content) < 300_000
        assert browser.get(page.path + ".json").headers["content-type"] == "application/json"  # type: ignore[attr-defined]
        assert browser.get(page.path + ".csv").status_code == (200 if page.rows else 404)  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", [p for p in PAGES if "{" in p.path], ids=lambda p: p.name)
def test_an_id_that_is_none_or_of_nothing_is_not_found(client: TestClient, page: object) -> None:
    for id in ("0" * 64, "nonsense", "0" * 7, "%22%3E%3Cscript%3E"):
        path = page.path.replace("{id}", id).replace("{old}", id).replace("{new}", id)  # type: ignore[attr-defined]
        for style in ("", ".json"):
            answer = client.get(path + style)
            assert answer.status_code == 404, path
            assert style or "<script>" not in answer.text


def test_what_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    client.get("/feeds")
    tag = client.get("/feeds").headers["etag"]
    assert client.get("/feeds", headers={"if-none-match": tag}).status_code == 304


def test_the_desk_opens_with_what_changed(client: TestClient) -> None:
    assert client.get("/").headers["location"] == "/changes"


def test_files_change_their_address_with_their_content(client: TestClient) -> None:
    page = client.get("/changes").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert client.get(address).status_code == 200


def test_a_form_that_is_wrong_comes_back_with_what_was_typed(client: TestClient) -> None:
    answer = send(client, "/feeds", back="/feeds", address="no address at all")
    assert answer.status_code == 409
    assert "no address at all" in answer.text
    assert 'role="alert"' in answer.text


def test_what_a_form_did_is_said_once(client: TestClient) -> None:
    send(client, "/feeds", back="/feeds", address="https://gazette.example/rss")
    assert "1 feed added" in client.get("/feeds").text
    assert "1 feed added" not in client.get("/feeds").text


def test_a_file_of_pages_is_kept_for_good_where_its_address_names_its_content(client: TestClient) -> None:
    named = client.get(asset("desk.css"))
    assert (named.status_code, named.headers["content-type"].partition(";")[0]) == (200, "text/css")
    assert "immutable" in named.headers["cache-control"]
    assert client.get("/static/desk.css?0123456789ab").headers["cache-control"] == "no-cache"
    assert client.get("/static/vendor/htmx.min.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.css", "../app.py", "..%2fapp.py", "vendor", "", "vendor/../../app.py"])
def test_nothing_else_is_given_as_a_file(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_page_that_asks_for_a_part_is_spared_what_is_around_it(client: TestClient) -> None:
    whole, part = client.get("/search"), client.get("/search", headers={"HX-Request": "true"})
    assert 'aria-label="Desk"' in whole.text
    assert 'aria-label="Desk"' not in part.text
    assert 'id="found"' in part.text
    assert "HX-Request" in part.headers["vary"]
