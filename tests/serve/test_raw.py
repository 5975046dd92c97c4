"""The archived page in its frame: the bytes as they came, and nothing that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from onrecord.model import Capture
from onrecord.serve.article import RAW
from onrecord.serve.raw import POLICY
from onrecord.store import open_store, record
from tests.serve.support import browser, desk_over
from tests.store.support import made

Put = Callable[[bytes, "str | None"], str]


@pytest.fixture
def put(tmp_path: Path) -> Iterator[tuple[Put, TestClient]]:
    """What archives a page of these bytes and this type and gives its article, and a browser."""
    with open_store(tmp_path) as store, desk_over(store, tmp_path) as desk, browser(desk) as client:

        def archive(body: bytes, content_type: str | None) -> str:
            url = f"https://www.tidewire.example/{len(body)}"
            capture = Capture(name=url, url=url, body=body, content_type=content_type, fetched="2031-05-16T12:00:00Z", status=200)  # fmt: skip
            kept = desk.evidence.append(capture)
            _, reading = made(url=url)
            return record(store, kept, replace(reading, article=replace(reading.article, capture=kept.digest))).article

        yield archive, client


def test_the_bytes_come_back_under_a_policy_that_lets_nothing_run(put: tuple[Put, TestClient]) -> None:
    archive, client = put
    body = "<html><body><p>Größe</p><script>alert(1)</script></body></html>".encode("latin-1")
    answer = client.get(f"/raw/{archive(body, 'text/html; charset=ISO-8859-1')}")
    assert answer.content == body
    assert answer.headers["content-type"] == "text/html; charset=ISO-8859-1"
    assert answer.headers["content-security-policy"] == POLICY
    assert POLICY.startswith("sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert "allow" not in POLICY
    assert "frame-ancestors 'self'" in POLICY
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_other_page_may_be_framed_by_nobody(put: tuple[Put, TestClient]) -> None:
    archive, client = put
    id = archive(b"<p>words</p>", "text/html")
    for path in (f"/article/{id}", f"/article/{id}?tab=raw", f"/diff/{id}/{id}"):
        headers = client.get(path).headers
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert f'<iframe class="raw" sandbox="" src="/raw/{id}"' in client.get(f"/article/{id}?tab=raw").text


@pytest.mark.parametrize(
    ("given", "served"),
    [
        ("text/html", "text/html"),
        ("application/xhtml+xml", "text/html"),
        ("image/svg+xml", "text/plain; charset=utf-8"),
        ("text/javascript", "text/plain; charset=utf-8"),
        ("text/html-sandboxed", "text/plain; charset=utf-8"),
        ("text/xml; charset=utf-16", "text/plain; charset=utf-16"),
        ("application/pdf", "text/plain; charset=utf-8"),
        ('text/html; charset="utf-8"; x="\r\nSet-Cookie: a=b"', "text/html; charset=utf-8"),
    ],
)
def test_nothing_is_served_but_pages_and_text(put: tuple[Put, TestClient], given: str, served: str) -> None:
    archive, client = put
    answer = client.get(f"/raw/{archive(b'<svg onload=alert(1)>', given)}")
    assert answer.headers["content-type"] == served
    assert "set-cookie" not in answer.headers


def test_the_source_is_plain_text(put: tuple[Put, TestClient]) -> None:
    archive, client = put
    answer = client.get(f"/raw/{archive(b'<meta charset=koi8-r><p>x', 'text/html')}?as=text")
    assert answer.headers["content-type"] == "text/plain; charset=koi8-r"


def test_a_huge_page_is_cut_and_that_is_said(put: tuple[Put, TestClient]) -> None:
    archive, client = put
    id = archive(b"<p>" + b"a" * RAW, "text/html")
    assert len(client.get(f"/raw/{id}").content) == RAW
    assert f"the first {RAW:,} are shown" in client.get(f"/article/{id}?tab=raw").text


def test_bytes_that_were_not_kept_are_said_to_be_missing(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, desk_over(store, tmp_path) as desk, browser(desk) as client:
        answer = client.get(f"/raw/{record(store, *made()).article}")
    assert answer.status_code == 404
    assert "cannot be shown" in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_the_raw_page_needs_the_password_where_there_is_one(tmp_path: Path) -> None:
    from onrecord.serve.login import hashed

    with open_store(tmp_path) as store, desk_over(store, tmp_path, hashed("a long password")) as desk, browser(desk) as client:  # fmt: skip
        id = record(store, *made()).article
        assert client.get(f"/raw/{id}").status_code == 401
        assert client.get(f"/part/{id}").status_code == 401
