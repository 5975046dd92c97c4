"""What every answer has and every request must pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord.serve import guard
from onrecord.serve.app import ACTIONS, PAGES
from onrecord.serve.login import TRIES, hashed
from onrecord.store import open_store
from tests.serve.support import browser, desk_over, send

PASSWORD = "nine lives of a ferry"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> str:
    return hashed(PASSWORD)


def test_every_answer_forbids_scripts_from_elsewhere(empty: TestClient) -> None:
    for path in ("/changes", "/nowhere", "/static/desk.js", "/openapi.json", "/changes.json"):
        headers = empty.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src 'self';" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "localhost:80:80"]
)
def test_a_name_that_is_not_the_desks_is_refused(empty: TestClient, host: str) -> None:
    assert empty.get("/changes", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8470", "LOCALHOST:1", "localhost."])
def test_its_own_name_is_taken_with_any_port(empty: TestClient, host: str) -> None:
    assert empty.get("/changes", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("action", ACTIONS, ids=lambda a: a.name)
def test_a_form_from_elsewhere_changes_nothing(empty: TestClient, action: object) -> None:
    path = action.path.replace("{id}", "0" * 64)  # type: ignore[attr-defined]
    assert empty.post(path, data={}).status_code == 403
    assert empty.post(path, data={"token": "0" * 64}).status_code == 403
    assert empty.post(path, data={"token": "ünsigned"}).status_code == 403
    empty.cookies.set(guard.COOKIE, "c" * 43)
    token = guard.token(b"a secret of the tests", "c" * 43)
    answer = empty.post(path, data={"token": token}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "Open the page again" in answer.text


def test_what_is_too_long_is_refused(empty: TestClient) -> None:
    assert empty.get("/changes?since=" + "a" * guard.QUERY).status_code == 414
    assert empty.post("/changes/seen", content=b"a" * (guard.MOST + 1)).status_code == 413

    def endless() -> object:
        for _ in range(100):
            yield b"a" * guard.MOST

    assert empty.post("/changes/seen", content=endless()).status_code in (400, 403, 413)  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_no_other_name_is_taken_for_localhost(header: str) -> None:
    taken = guard.host_of(header) == "localhost"
    assert not taken or header.lower().startswith("localhost")


def test_a_password_is_asked_for_everywhere(tmp_path: Path, locked: str) -> None:
    with open_store(tmp_path) as store, desk_over(store, tmp_path, locked) as desk, browser(desk) as client:
        for page in PAGES:
            path = page.path.replace("{id}", "0" * 64).replace("{old}", "0" * 64).replace("{new}", "0" * 64)
            assert client.get(path + ".json").status_code == 401, page.path
            answer = client.get(path, headers={"accept": "text/html"})
            assert (answer.status_code, answer.headers["location"][:12]) == (303, "/login?next=")
        for action in ACTIONS:
            assert send(client, action.path.replace("{id}", "0" * 64)).status_code == 401, action.path
        assert client.get("/live").status_code == 401
        assert client.get("/feeds.opml").status_code == 401


def test_logging_in_and_the_bearer_token(tmp_path: Path, locked: str) -> None:
    with open_store(tmp_path) as store, desk_over(store, tmp_path, locked) as desk, browser(desk) as client:
        assert client.get("/changes.json", headers={"authorization": "Bearer wrong password"}).status_code == 401
        assert client.get("/changes.json", headers={"authorization": f"Bearer {PASSWORD}"}).status_code == 200
        assert send(client, "/login?next=//evil.example", password=PASSWORD).headers["location"] == "/changes"
        answer = send(client, "/login?next=/feeds", password=PASSWORD)
        assert (answer.status_code, answer.headers["location"]) == (303, "/feeds")
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=strict" in answer.headers["set-cookie"]
        assert client.get("/changes").status_code == 200


def test_wrong_passwords_are_counted(tmp_path: Path, locked: str) -> None:
    with open_store(tmp_path) as store, desk_over(store, tmp_path, locked) as desk, browser(desk) as client:
        answers = [send(client, "/login", password=f"guess {n}").status_code for n in range(TRIES)]
        assert answers == [401] * (TRIES - 1) + [429]
        assert send(client, "/login", password=PASSWORD).status_code == 429, "the right one has to wait too"
