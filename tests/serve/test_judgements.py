"""Judgements: one question at a time, who judges, taking back, and the lists of what was judged."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.serve.judged import COOKIE, is_name, who_judges
from onrecord.serve.kinds import Desk
from onrecord.store import judging
from tests.serve.support import Tags, is_inert, poison, send

pytestmark = pytest.mark.slow


def asked(client: TestClient, query: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/judgements.json?{query}").json()
    return answer


def sides(view: dict[str, Any]) -> dict[str, str]:
    return {side: view["pair"][f"{side}_id"] for side in ("left", "right")}


def test_the_question_that_concerns_most_articles_comes_first(client: TestClient, desk: Desk) -> None:
    first, *rest = judging.questions(desk.store, 100)
    assert all(first.weight >= q.weight for q in rest)
    assert set(sides(asked(client)).values()) == {first.left, first.right}


def test_a_question_shows_both_with_sentences_that_name_them(client: TestClient) -> None:
    pair = asked(client)["pair"]
    for side in (pair["left"], pair["right"]):
        assert side["names"]
        for s in side["sentences"]:
            assert s["name"] in side["names"] or s["name"].split()[-1] in " ".join(side["names"])
    page = client.get("/judgements").text
    assert f"/article/{pair['left']['sentences'][0]['article']}#p" in page
    assert pair["names"].split(",")[0][1:] in page


def test_each_answer_has_its_key_within_the_item_that_is_in_focus(client: TestClient) -> None:
    tags = Tags(client.get("/judgements").text)
    assert [b["data-key"] for b in tags.of("button") if "data-key" in b] == ["1", "2", "3"]
    [item] = [attrs for _, attrs in tags.found if "data-item" in attrs]
    assert "autofocus" in item


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_an_answer_leads_to_the_next_question_and_can_be_taken_back(client: TestClient, verdict: str) -> None:
    before = asked(client)
    answer = send(client, "/judgements", verdict=verdict, **sides(before))
    assert (answer.status_code, answer.headers["location"]) == (303, "/judgements")
    after = asked(client)
    assert after["waiting"] == before["waiting"] - 1
    assert sides(after) != sides(before)
    assert after["last"]["verdict"] == verdict
    assert 'data-key="u"' in client.get("/judgements").text
    send(client, "/judgements", verdict="undo", left=after["last"]["left"], right=after["last"]["right"])
    again = asked(client)
    assert (sides(again), again["waiting"], again["last"]) == (sides(before), before["waiting"], None)


def test_a_question_about_one_of_several_names_is_answered_too(client: TestClient) -> None:
    before = asked(client)
    known = client.get("/who.json").json()["people"][0]["id"]  # on record for longer, so that it stands for both
    send(client, "/judgements", verdict="same", left=known, right=before["pair"]["right_id"])
    between = asked(client, "left={left}&right={right}".format(**sides(before)))
    assert known in {between["pair"][side]["person"]["id"] for side in ("left", "right")}
    send(client, "/judgements", verdict="different", **sides(between))
    assert asked(client)["waiting"] == before["waiting"] - 1


def test_all_questions_can_be_answered(client: TestClient) -> None:
    for _ in range(asked(client)["waiting"]):
        view = asked(client)
        if view["pair"] is None:
            break
        send(client, "/judgements", verdict="different", **sides(view))
    assert asked(client)["pair"] is None
    assert "There is nothing to judge" in client.get("/judgements").text


def test_what_was_judged_is_listed_with_what_no_longer_counts(client: TestClient) -> None:
    pair = sides(asked(client))
    for verdict in ("same", "different"):
        send(client, "/judgements", verdict=verdict, **pair)
    made = asked(client)["judged"]
    assert [(j["verdict"], j["holds"]) for j in made] == [("different", True), ("same", False)]
    table = list(csv.DictReader(io.StringIO(client.get("/judgements.csv").text)))
    assert [row["verdict"] for row in table] == ["different", "same"]


def test_the_machine_s_judgements_have_a_list_of_their_own(client: TestClient) -> None:
    made = asked(client, "list=machine")["judged"]
    assert {j["by"] for j in made} == {"machine"}
    assert {j["about"] for j in made} == {"actor", "story"}


def test_two_can_be_asked_for(client: TestClient) -> None:
    one, other = (p["id"] for p in client.get("/who.json").json()["people"][:2])
    assert sides(asked(client, f"left={one}&right={other}")) == {"left": one, "right": other}
    assert client.get(f"/judgements?left={'0' * 64}&right={one}").status_code == 404


def test_a_name_is_typed_once(client: TestClient) -> None:
    answer = send(client, "/judgements/name", by="Zoë Brandt", back="/judgements")
    assert "HttpOnly" in next(v for v in answer.headers.get_list("set-cookie") if v.startswith(COOKIE))
    assert asked(client)["by"] == "Zoë Brandt"
    send(client, "/judgements", verdict="same", **sides(asked(client)))
    assert [j["by"] for j in asked(client)["judged"]] == ["Zoë Brandt"]
    send(client, "/judgements/name", by="Ivo Lind", back="/judgements")
    view = asked(client)
    assert (view["last"], view["judged"][0]["mine"]) == (None, False)


@pytest.mark.parametrize("name", ["machine", "Machine", "x" * 61, "a\nb", "\u202eadA"])
def test_what_is_no_name_is_refused_and_kept_in_its_box(client: TestClient, name: str) -> None:
    assert not is_name(name)
    answer = send(client, "/judgements/name", by=name, back="/judgements")
    assert answer.status_code == 409
    assert COOKIE not in client.cookies


def test_a_cookie_that_is_no_name_is_the_desk_s_user() -> None:
    assert who_judges({}) == who_judges({COOKIE: "machine"}) == who_judges({COOKIE: "%00"})


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/judgements/../x", "/\\elsewhere"]
)
def test_a_form_leads_nowhere_else(client: TestClient, back: str) -> None:
    answer = send(client, "/judgements", verdict="unsure", back=back, **sides(asked(client)))
    assert answer.headers["location"] == "/judgements"


def test_a_pair_that_is_none_is_refused(client: TestClient) -> None:
    one = sides(asked(client))["left"]
    assert send(client, "/judgements", verdict="same", left=one, right=one).status_code == 409
    assert send(client, "/judgements", verdict="same", left=one, right="0" * 64).status_code == 404
    assert send(client, "/judgements", verdict="perhaps", left=one, right=one).status_code == 400
    assert not asked(client)["judged"]


def test_an_empty_record_says_what_judging_is_for(empty: TestClient) -> None:
    page = empty.get("/judgements").text
    assert "There is nothing to judge" in page
    assert "Nothing was judged yet" in page


def test_hostile_words_stay_words(client: TestClient, desk: Desk) -> None:
    send(client, "/judgements", verdict="same", reason="<script>alert(1)</script>", **sides(asked(client)))
    poison(desk)
    for path in ("/judgements", "/judgements?list=machine"):
        page = client.get(path).text
        assert "&lt;script&gt;alert" in page, path
        assert "<script>alert" not in page
        assert is_inert(page)
