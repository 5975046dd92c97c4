"""What tests of the desk share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from httpx import Response
from starlette.testclient import TestClient

from onrecord.fetch.warc import Evidence
from onrecord.serve.app import app
from onrecord.serve.guard import COOKIE, token
from onrecord.serve.kinds import Desk
from onrecord.settings import Settings
from onrecord.store import Store

SECRET = b"a secret of the tests"
ACTIVE = ("script", "iframe", "object", "embed", "style", "base", "form", "svg", "math", "template")


@contextmanager
def desk_over(
    store: Store, home: Path, password: str | None = None, hosts: Sequence[str] = ("localhost",)
) -> Iterator[Desk]:
    """A desk over a record."""
    with Evidence(home / "evidence", Settings()) as evidence:
        yield Desk(store=store, evidence=evidence, secret=SECRET, hosts=frozenset(hosts), password=password)


def browser(desk: Desk) -> TestClient:
    """Asks a desk as its own page would."""
    return TestClient(app(desk, resolve=False), base_url="http://localhost", follow_redirects=False)


def send(client: TestClient, path: str, back: str = "/changes", part: bool = False, **values: Any) -> Response:
    """Sends a form as a page of the desk would; with `part` as an open page does that takes a part in answer."""
    client.cookies.set(COOKIE, "c" * 43, domain="localhost.local")
    headers = {"HX-Request": "true"} if part else {}
    return client.post(path, data={"token": token(SECRET, "c" * 43), "back": back, **values}, headers=headers)


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of each tag of a name."""
        return [attrs for tag, attrs in self.found if tag == name]


def is_inert(page: str) -> bool:
    """Whether nothing on a page can run but the desk's own scripts: no handlers, no styles, no addresses that run."""
    tags = Tags(page)
    handlers = [name for _, attrs in tags.found for name in attrs if name.startswith("on") or name == "style"]
    running = [v for _, attrs in tags.found for n in ("href", "src", "action") if (v := attrs.get(n)) and v.strip().lower().startswith(("javascript:", "data:", "vbscript:"))]  # fmt: skip
    scripts = [attrs for attrs in tags.of("script") if not (attrs.get("src") or "").startswith("/static/")]
    return not handlers and not running and not scripts


HOSTILE = '<script>alert(1)</script>\' onerror="x" {{ 7 * 7 }}'
FIELDS = {
    "actors": ("name", "role"),
    "articles": ("title",),
    "attributions": ("cue",),
    "entities": ("name", "role"),
    "facts": ("words",),
    "judgements": ("reason",),
    "outlets": ("name",),
    "stories": ("title",),
}


def poison(desk: Desk) -> None:
    """Puts hostile words into everything of articles that the pages of people and searches show."""
    with desk.store.writing() as transaction:
        for table, columns in FIELDS.items():
            for column in columns:
                transaction.run(
                    f"UPDATE {table} SET {column} = ?" + (" || row" if table == "outlets" else ""), (HOSTILE,)
                )
        for row, text in transaction.all("SELECT row, text FROM articles"):
            hostile = (HOSTILE * (len(text) // len(HOSTILE) + 1))[: len(text)]
            transaction.run("UPDATE articles SET text = ? WHERE row = ?", (hostile, row))
