"""The OpenAPI document against the desk: schemathesis asks for everything that it allows, and for what it does not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from starlette.applications import Starlette

from onrecord.serve.app import ACTIONS, PAGES, app
from onrecord.serve.guard import COOKIE, token
from onrecord.store import open_store
from tests.serve.support import SECRET, desk_over

pytestmark = pytest.mark.slow
EXAMPLES = 12  # of each operation


@pytest.fixture(scope="module")
def asked(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    """A desk over a copy of the demonstration."""
    home = Path(shutil.copytree(demonstration, tmp_path_factory.mktemp("schema") / "record"))
    with open_store(home) as store, desk_over(store, home, hosts=("localhost", "testserver")) as desk:
        yield app(desk, resolve=False)


@pytest.mark.parametrize("label", [f"GET {p.path}.json" for p in PAGES] + [f"GET {p.path}.csv" for p in PAGES if p.rows] + [f"POST {a.path}" for a in ACTIONS])  # fmt: skip
def test_every_answer_is_as_the_document_says(asked: Starlette, label: str) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", asked)
    method, _, path = label.partition(" ")

    @given(schema[path][method].as_strategy())
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), derandomize=True, database=None)  # fmt: skip
    def answers(case: Case) -> None:
        if method == "POST":
            case.cookies = {COOKIE: "c" * 43}
            if isinstance(case.body, dict):
                case.body["token"] = token(SECRET, "c" * 43)
        case.call_and_validate()

    answers()
