"""Denials, reversals, quotations that differ and attributions that were dropped: invented affairs on the whole road, as many in which there is none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.model import Article, Dated, Kept, Outlet
from onrecord.read import read
from onrecord.resolving import resolve
from onrecord.store import knowing, open_store, record
from onrecord.text import digest, digest_of_bytes

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("denials.toml").read_text())["case"]
ASKED = ("denied", "reversal", "quotation-differs", "attribution-dropped", "confirmed")


def written(outlet: str, day: int, text: str) -> tuple[Kept, Article]:
    """A text as an outlet's article of a day, and its capture."""
    host = f"{outlet.lower().replace(' ', '')}.example"
    url, moment = f"https://{host}/{digest(text)[:8]}", f"2031-03-{day:02}T08:00:00Z"
    kept = Kept(digest=digest_of_bytes(text.encode()), url=url, size=len(text))
    article = Article(
        id=digest(text, url), capture=kept.digest, url=url, outlet=Outlet(name=outlet, domain=host), title=text.partition("\n")[0],
        language="en", published=Dated(value=moment, evidence="json-ld"), text=text,
    )  # fmt: skip
    return kept, article


def found(home: Path, articles: list[tuple[str, int, str]]) -> list[str]:
    """What the articles change, each with the place of the article that brought it."""
    made = [written(*a) for a in articles]
    place = {article.id: n for n, (_, article) in enumerate(made, 1)}
    with open_store(home) as store:
        for kept, article in made:
            assert article.published
            record(store, kept, read(article), when=article.published.value)
            assert list(resolve(store, when=lambda: "2031-03-30T00:00:00Z"))
        changes = knowing.changes(store, None, limit=1000)
    return sorted({f"{c.kind} {place[c.article]}" for c in changes if c.kind in ASKED})


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])
def test_an_affair_changes_what_it_must(tmp_path: Path, case: dict[str, Any]) -> None:
    assert found(tmp_path, case["articles"]) == case["found"]
