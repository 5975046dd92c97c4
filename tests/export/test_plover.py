"""PLOVER events, against a JSON Schema written from the manual's tables (0.8)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from onrecord.export import plover
from onrecord.read.manner import lexicon
from onrecord.store.exporting import Selection
from onrecord.watch.indicator import event_types
from tests.export.conftest import export

TEXT, NUMBER, DAY = {"type": "string", "minLength": 1}, {"type": "number"}, {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}  # fmt: skip
ACTOR = {
    "type": "object",
    "properties": {"code": {"type": "string", "pattern": "^[A-Z]{3}$"}, "actor_text": TEXT, "identifier_id": TEXT, "identifier_text": TEXT, "office": TEXT},
    "additionalProperties": False,
}  # fmt: skip
PLACE = {
    "type": "object",
    "required": ["name"],
    "properties": {"geonameid": {"type": "integer"}, "name": TEXT, "latitude": NUMBER, "longitude": NUMBER, "country code": {"pattern": "^[A-Z]{2}$"}, "cc3": {"pattern": "^[A-Z]{3}$"}, "precision": TEXT},
    "additionalProperties": False,
}  # fmt: skip
CITATION = dict.fromkeys(("corpus", "citation", "url", "title", "language", "publication", "coder", "codebook"), TEXT) | {"capture": TEXT}  # fmt: skip
SCHEMA = {
    "type": "object",
    "required": ["id", "date", "source", "event"],  # the manual requires these
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "date": DAY,
        "enddate": DAY,
        "source": {"type": "array", "items": ACTOR},
        "recipient": {"type": "array", "items": ACTOR, "minItems": 1},
        "event": {"type": "array", "items": {"enum": sorted(event_types())}, "minItems": 1},
        "mode": {"type": "array", "items": TEXT, "minItems": 1},
        "context": {"type": "array", "items": {"enum": ["future", "hypothetical", "negation", "historical"]}},
        "quad_code": {"enum": [1, 2, 3, 4]},
        "event_loc": PLACE,
        "event_text": {"type": "array", "items": TEXT},
        "text": TEXT,
        "text_info": {"type": "object", "properties": {"start": {"type": "integer"}, "end": {"type": "integer"}}, "additionalProperties": False},
        "size": {"type": "object", "properties": {"dead": NUMBER, "injured": NUMBER, "arrested": NUMBER}, "additionalProperties": False},
        "link": TEXT,
        "cite_info": {"type": "object", "properties": CITATION, "additionalProperties": False},
        "coder": TEXT,
        "coded_date": DAY,
        "coded_time": {"type": "string", "pattern": r"^\d\d:\d\d:\d\dZ$"},
        # beyond the manual
        "date_from": {"enum": ["event", "article"]},
        "status": {"enum": ["actual", "planned", "hypothetical", "negated", "historical"]},
        "spans": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}},
        "figures": {"type": "array", "items": {"type": "object"}},
        "said_by": TEXT,
        "admiralty": {"type": "string", "pattern": "^[A-F][1-6]$"},
    },
    "additionalProperties": False,
}  # fmt: skip


@pytest.fixture(scope="module", params=["demo", "hostile"])
def events(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export("plover", request.getfixturevalue(request.param)).splitlines()]


def test_every_record_fits_the_manual(events: list[dict[str, Any]]) -> None:
    checked = Draft202012Validator(SCHEMA)
    assert events
    for event in events:
        checked.validate(event)
        assert event.get("enddate", event["date"]) >= event["date"]
        assert (event["status"] == "actual") == ("context" not in event)


def test_every_type_has_its_quad() -> None:
    assert lexicon("exports")["quad"].keys() == event_types()


def test_every_country_has_its_three_letters() -> None:
    table = lexicon("exports")["country3"]
    assert lexicon("countries").keys() <= table.keys() and len(set(table.values())) == len(table)


def test_the_words_are_those_of_the_text(demo: Selection) -> None:
    texts = {d.article.id: d.article.text for d in demo.dossiers()}
    for event in map(json.loads, export("plover", demo).splitlines()):
        text = texts[event["cite_info"]["citation"]]
        assert " … ".join(text[a:b] for a, b in event["spans"]) == event["event_text"][0]
        assert event["text"] in text


def test_figures_and_who_says_so(hostile: Selection) -> None:
    event = json.loads(export("plover", hostile).splitlines()[0])
    assert (event["event"], event["context"], event["quad_code"]) == (["MOBILIZE"], ["future"], 4)
    assert (event["date"], event["enddate"], event["date_from"]) == ("2026-01-01", "2026-12-31", "event")
    assert event["source"][0]["identifier_text"].startswith("Ilse Karvonen") and event["said_by"] == "officials"
    assert event["event_loc"] == {"name": "Seldrin", "latitude": 57, "longitude": 11.5, "cc3": "SWE", "precision": "city", "country code": "SE"}  # fmt: skip


def test_sizes_are_of_people_only(hostile: Selection) -> None:
    from msgspec.structs import replace

    d = next(iter(hostile.dossiers()))
    text = "Police arrested 14 dockers; the fire killed 9 cows worth 14 crowns."
    d = replace(d, reading=replace(d.reading, article=replace(d.article, text=text)))
    v = replace(d.events[0], anchor=((7, 15),), type="COERCE", mode="arrest")
    dockers = replace(d.figures[0], span=(16, 26), of=((19, 26),), value=14, unit="dockers", event=v.id)
    crowns = replace(dockers, id="f2", span=(57, 66), of=(), value=14, unit="crowns")
    assert plover.size(replace(d, figures=(dockers, crowns)), v) == {"arrested": 14}
    assert plover.size(replace(d, figures=(crowns,)), v) == {}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2034-03-06", ("2034-03-06", None, "event")),
        ("2034-03-06T10:00", ("2034-03-06", None, "event")),
        ("2034-02", ("2034-02-01", "2034-02-28", "event")),
        ("2034", ("2034-01-01", "2034-12-31", "event")),
        ("2034-03-06/2034-03-09", ("2034-03-06", "2034-03-09", "event")),
        ("2034-03-06/..", None),
        ("2034-03-09/2034-03-06", None),
        ("2034-W10", None),
        ("2034-21", None),
        ("2034-02-31", None),
        (None, None),
    ],
)
def test_days(value: str | None, expected: tuple[str, str | None, str] | None) -> None:
    assert plover.days(value) == expected


@given(st.dates(), st.dates())
def test_an_interval_keeps_its_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert plover.days(f"{first}/{last}") == (str(first), None if first == last else str(last), "event")
