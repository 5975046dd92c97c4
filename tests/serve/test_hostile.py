"""Articles, feeds and forms that try to run something at the desk: in a real browser, on every page that links lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page

from onrecord import store as keep
from onrecord.fetch.warc import Evidence
from onrecord.model import Capture, Clutter, Dated, Outlet, Reading
from onrecord.resolving import resolve
from onrecord.serve.kinds import Desk
from onrecord.settings import Settings
from onrecord.store import Store, open_store, record
from onrecord.text import digest
from tests.serve.browsing import STARTS, pages_of, served
from tests.serve.support import desk_over
from tests.store.support import full
from tests.support import TEXT

pytestmark = pytest.mark.slow

RUN = "window.pwned=1"
ATTACKS = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"<svg onload={RUN}><script>{RUN}</script></svg>",
    f"'-({RUN})-' onmouseover={RUN} autofocus onfocus={RUN} x='",
    f"</title></textarea></style><iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "{{ 7 * 7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}${7*7}",
    "]]><!--\u202e\u0000<base href=//evil.example/>",
)


def hostile(reading: Reading, attack: str, n: int, capture: str) -> Reading:
    """A reading with an attack in every field that holds words; those of its text stand in the text."""
    attack = attack.replace("\0", "")
    text = f"{attack}\n\n{TEXT}\n\n{attack}"
    shifted = shift(reading, len(attack) + 2)
    article = replace(
        reading.article, id=digest(text, attack + str(n)), capture=capture, text=text, title=attack, byline=(attack,), url=attack, canonical_url=None,
        outlet=Outlet(name=attack, domain=attack[:60]), published=Dated(value="2031-05-16", evidence="meta"), clutter=(Clutter(text=attack, kind="promo"),),
    )  # fmt: skip
    entities = tuple(replace(e, name=attack, role=attack) for e in shifted.entities)
    places = tuple(replace(p, name=attack) for p in shifted.places)
    figures = tuple(replace(f, unit=attack) for f in shifted.figures)
    findings = tuple(replace(f, note=attack) for f in shifted.findings)
    return replace(shifted, input=attack, article=article, entities=entities, places=places, figures=figures, findings=findings)  # fmt: skip


def shift(reading: Reading, by: int) -> Reading:
    """A reading whose spans all lie further on."""
    import msgspec

    def moved(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {k: moved(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [v + by for v in value] if len(value) == 2 and all(type(v) is int for v in value) else [moved(v) for v in value]  # fmt: skip
        return value

    plain = msgspec.to_builtins(reading)
    article = plain.pop("article")
    return msgspec.convert({**moved(plain), "article": article}, Reading)  # type: ignore[dict-item]


@pytest.fixture
def attacked(tmp_path: Path) -> Iterator[Desk]:
    """A desk over a record of attacks."""
    with open_store(tmp_path) as store:
        fill(store, tmp_path)
        with desk_over(store, tmp_path) as desk:
            yield desk


def fill(store: Store, home: Path) -> None:
    """Records an article for each attack, whose page is the attack itself, with a feed and a failure, and sets them beside each other."""
    with Evidence(home / "evidence", Settings()) as evidence:
        for n, attack in enumerate(ATTACKS):
            body = f"<html><head><title>{attack}</title></head><body>{attack}<script>top.{RUN}</script></body></html>"
            url = f"https://attack{n}.example/page"
            kept = evidence.append(Capture(name=url, url=url, body=body.encode(), fetched=f"2031-05-{16 + n}T12:00:00Z", status=200, content_type="text/html"))  # fmt: skip
            record(store, kept, hostile(full(), attack, n, kept.digest))
            keep.add_feed(store, f"https://feed{n}.example/{attack}", "2031-05-16T12:00:00Z", title=attack.replace("\0", ""))  # fmt: skip
            keep.fail(store, "fetch", f"https://feed{n}.example/", attack.replace("\0", ""), "2031-05-16T12:00:00Z")
    assert list(resolve(store))


def test_nothing_of_an_article_runs_on_any_page(chromium: Browser, attacked: Desk) -> None:
    with served(attacked) as address:
        context = chromium.new_context(base_url=address)
        page, said = context.new_page(), []
        page.set_default_timeout(10_000)
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        seen = [look(page, address) for address in pages_of(page, STARTS, 6)]
        assert len(seen) > 15
        assert not said
        context.close()


def look(page: Page, address: str) -> str:
    """Whether anything ran on an open page."""
    page.mouse.move(300, 300)
    assert page.evaluate("window.pwned === undefined"), address
    assert "49" not in page.evaluate("document.title"), address
    assert page.evaluate("[...document.querySelectorAll('main script, main svg script, base')].length") == 0, address
    return address


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_typed_into_forms_comes_back_as_words(chromium: Browser, attacked: Desk, attack: str) -> None:
    with served(attacked) as address:
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        for path, field in (("/search", "q"), ("/indicators", "words"), ("/indicators", "about"), ("/outlets", "words"), ("/who", "name")):  # fmt: skip
            page.goto(f"{path}?{field}=" + page.evaluate("v => encodeURIComponent(v)", attack.replace("\0", "")))
            look(page, path)
        context.close()
