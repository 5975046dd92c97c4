"""The desk over PostgreSQL: every page that can be reached by links from the navigation answers."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from starlette.testclient import TestClient

from onrecord.fetch.warc import Evidence
from onrecord.serve.app import app
from onrecord.serve.kinds import Desk
from onrecord.store import open_store
from tests.store.conftest import cluster
from tests.store.test_upgrades import old, onrecord

__all__ = ["cluster"]
BEGIN = ("/changes?since=2031-01-01", "/stories", "/who", "/search?q=ferry", "/indicators", "/feeds", "/outlets", "/judgements", "/openapi.json")  # fmt: skip
OF_A_KIND = 6
LINK = re.compile(r'(?:href|src)="(/(?!static|live)[^"#]*)')


@pytest.mark.slow
def test_every_page_answers_over_postgresql(tmp_path: Path, cluster: str) -> None:
    with psycopg.connect(cluster.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE crawled")
    db = cluster.format("crawled")
    home = old(5, tmp_path / "home", db)
    onrecord(home, db, "indicator", "add", "figure > 10 people")
    onrecord(home, db, "stories")
    with open_store(home, db) as store, Evidence(home / "evidence") as evidence:
        desk = Desk(store=store, evidence=evidence, secret=b"x" * 32, hosts=frozenset({"localhost"}), password=None)
        with TestClient(app(desk, resolve=False), base_url="http://localhost") as client:
            kinds = crawled(client)
    assert {"/story/#", "/article/#", "/who/#", "/indicator/#", "/account/#", "/search"} <= set(kinds), kinds


def crawled(client: TestClient) -> Counter[str]:
    """How many pages of each kind there were, some of each, all of which answer."""
    waiting, seen, kinds = list(BEGIN), set(BEGIN), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"[0-9a-f]{8,}|\d+", "#", path.split("?")[0])
        kinds[kind] += 1
        if kinds[kind] > OF_A_KIND:
            continue
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[:300])
        found = {html.unescape(link) for link in LINK.findall(answer.text)} - seen
        seen |= found
        waiting += sorted(found)
    return kinds
