"""Indicators: a condition is armed in two clicks, a question of one's own is tried before, evidence is shown for and against."""

from __future__ import annotations

import time

import pytest
from starlette.testclient import TestClient

from onrecord.serve import jobs
from tests.serve.support import is_inert, send

pytestmark = pytest.mark.slow
WORDS = "figure > 4000 people of recruitment"


def trial(client: TestClient, query: str) -> dict[str, object]:
    """A dry run, when it is through."""
    for _ in range(100):
        found: dict[str, object] = client.get(f"/indicators.json?{query}").json()["trial"]
        if found["job"] is None:
            return found
        time.sleep(0.1)
    raise AssertionError("the dry run does not end")


def armed(client: TestClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/indicators.json").json()["armed"]
    return found


def test_a_question_is_tried_without_a_trace(client: TestClient) -> None:
    before = armed(client)
    found = trial(client, "words=figure+%3E+4000+people+of+recruitment")
    assert found["alerts"]
    assert found["armed"] is None
    assert armed(client) == before
    assert is_inert(client.get("/indicators?words=figure+%3E+4000+people+of+recruitment").text)


def test_a_question_is_armed_and_disarmed(client: TestClient) -> None:
    answer = send(client, "/indicators", back="/indicators", words=WORDS, name="Recruits")
    assert answer.status_code == 303
    onward = answer.headers["location"]
    until = time.monotonic() + 60
    while "/job/" in onward and not client.get(onward + ".json").json()["ended"]:
        assert time.monotonic() < until
        time.sleep(0.2)
    one = next(a for a in armed(client) if a["name"] == "Recruits")
    assert one["state"] == "triggered"
    shown = client.get(f"/indicator/{one['id']}.json").json()
    assert shown["evidence"]
    assert shown["against"]
    assert len(shown["alerts"]) == one["alerts"]
    assert client.get(f"/indicator/{one['id']}.atom").status_code == 200
    assert send(client, f"/indicator/{one['id']}/disarm").status_code == 303
    assert one["id"] not in [a["id"] for a in armed(client)]
    assert client.get(f"/indicator/{one['id']}").status_code == 404


def test_a_condition_that_was_read_is_armed_from_its_id(client: TestClient) -> None:
    conditions = client.get("/indicators.json?about=recruitment+goes").json()["conditions"]
    assert conditions
    found = trial(client, f"from={conditions[-1]['id']}")
    assert str(found["asks"]).startswith("figure > 5000 people of recruitment or mobilisation")
    assert found["inferred"]
    assert "It is armed" in client.get(f"/indicators?from={conditions[-1]['id']}").text, (
        "from the same condition, elsewhere"
    )


def test_a_question_that_is_armed_already_is_said_to_be(client: TestClient) -> None:
    [one] = armed(client)
    page = client.get("/indicators", params={"words": one["asks"]}).text
    assert "It is armed" in page
    assert f"/indicator/{one['id']}" in page


def test_a_bad_definition_is_refused_with_the_reason(client: TestClient) -> None:
    page = client.get("/indicators?words=figure+%3E+many").text
    assert 'role="alert"' in page
    assert 'value="figure &gt; many"' in page, "what was typed is kept"
    assert send(client, "/indicators", back="/indicators", words="figure > many").status_code == 409
    assert send(client, "/indicators", back="/indicators").status_code == 409


@pytest.mark.parametrize(
    "address", ["file:/etc/passwd", "atom:/tmp/feed", "dbus://", "terminal", "nonsense", "syslog://"]
)
def test_a_channel_on_the_machine_is_not_set_up_from_a_page(client: TestClient, address: str) -> None:
    answer = send(client, "/channels", back="/indicators", address=address)
    assert answer.status_code == 409


def test_a_channel_is_shown_without_its_secrets(client: TestClient) -> None:
    assert send(client, "/channels", address="https://hooks.example/secret-token").status_code == 303
    page = client.get("/indicators").text
    assert "https://hooks.example/" in page
    assert "secret-token" not in page.split("Where alerts go")[1]


def test_a_job_that_fails_says_so_and_one_that_is_unknown_is_missing(client: TestClient) -> None:
    from onrecord.errors import SetupError

    def failing(tell: object) -> None:
        raise SetupError("the disk is full")

    job = jobs.begin(("fails",), "Trying", "/changes", failing)
    assert "the disk is full" in client.get(jobs.path(job)).text
    assert client.get("/job/" + "0" * 64).status_code == 404
