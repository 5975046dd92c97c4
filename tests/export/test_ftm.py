"""FollowTheMoney, against the table of its model (ftm_model.json), and by the package itself where it is installed."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from onrecord.export.ftm import date, language
from onrecord.store.exporting import Selection, select
from tests.export.conftest import export

MODEL = json.loads(Path(__file__).with_name("ftm_model.json").read_text(encoding="utf-8"))["schemata"]
VALID = {
    "date": re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d)?)?)?"),
    "country": re.compile("[a-z]{2}"),
    "language": re.compile("[a-z]{3}"),
    "url": re.compile(r'https?://[^\s<>"{}|\\^`]+'),
    "mimetype": re.compile("[a-z]+/[a-z0-9.+-]+"),
}
needs_package = pytest.mark.skipif(find_spec("followthemoney") is None, reason="pip install followthemoney")


@pytest.fixture(scope="module", params=["demo", "hostile"])
def entities(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export("ftm", request.getfixturevalue(request.param)).splitlines()]


def test_every_property_is_of_its_schema_and_type(entities: list[dict[str, Any]]) -> None:
    schemata = {e["id"]: e["schema"] for e in entities}
    for e in entities:
        known = MODEL[e["schema"]]
        assert e["properties"].keys() <= known["properties"].keys()
        assert set(known["required"]) <= e["properties"].keys()
        for name, values in e["properties"].items():
            kind, _, range = known["properties"][name].partition(":")
            assert values and all(isinstance(v, str) and v for v in values)
            for value in values:
                assert kind not in VALID or VALID[kind].fullmatch(value), (name, value)
                assert kind != "entity" or range in MODEL[schemata[value]]["is"], (name, value)


def test_ids_are_once_and_what_is_referred_to_comes_first(entities: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for e in entities:
        kinds = MODEL[e["schema"]]["properties"]
        for name, values in e["properties"].items():
            assert not kinds[name].startswith("entity") or seen.issuperset(values)
        assert e["id"] not in seen
        seen.add(e["id"])


@needs_package
def test_the_package_takes_every_value_as_it_is(entities: list[dict[str, Any]]) -> None:
    from followthemoney import model
    from followthemoney.proxy import EntityProxy

    for e in entities:
        proxy = EntityProxy.from_dict(e, cleaned=False)
        model.get(e["schema"]).validate(e)
        for name, values in e["properties"].items():
            texts = model.get(e["schema"]).get(name).type.name in ("text", "string", "name", "address")
            assert texts or sorted(proxy.get(name)) == sorted(values), (name, values)
            assert len(proxy.get(name)) == len(values), (name, values)


@needs_package
def test_the_table_is_that_of_the_package() -> None:
    from followthemoney import model

    for name, known in MODEL.items():
        schema = model.get(name)
        assert known["is"] == sorted(s.name for s in schema.schemata)
        assert all(schema.get(p).type.name == kind.partition(":")[0] for p, kind in known["properties"].items())


def test_a_statement_is_a_note_on_who_made_it(hostile: Selection) -> None:
    entities = {e["id"]: e for e in map(json.loads, export("ftm", hostile).splitlines())}
    notes = [e for e in entities.values() if e["schema"] == "Note"]
    note = next(n for n in notes if n["properties"]["description"] == ["We priced ourselves out"])
    person = entities[note["properties"]["entity"][0]]
    assert person["schema"] == "Person" and person["properties"]["name"][0].startswith("Ilse Karvonen")
    assert entities[note["properties"]["proof"][0]]["schema"] == "Article"
    master = next(n for n in notes if n["properties"]["description"] == ["a calm year"])
    assert master["properties"]["name"][0].startswith("harbour master")


def test_a_description_is_no_person(demo: Selection) -> None:
    people = [e for e in map(json.loads, export("ftm", demo).splitlines()) if e["schema"] in ("Person", "LegalEntity")]
    assert people and all(any(c.isupper() for c in p["properties"]["name"][0]) for p in people)


def test_what_is_denied_or_supposed_is_no_event(demo: Selection) -> None:
    events = [e for e in map(json.loads, export("ftm", demo).splitlines()) if e["schema"] == "Event"]
    kinds = {v.status for d in demo.dossiers() for v in d.events}
    assert {"negated", "hypothetical"} <= kinds
    assert not {k for e in events for k in e["properties"]["keywords"]} & {"negated", "hypothetical"}
    planned = [e for e in events if "planned" in e["properties"]["keywords"]]
    assert planned and all(e["properties"]["name"][0].startswith("planned: ") for e in planned)


def test_of_a_speaker_only_whom_it_is_about(demo: Selection) -> None:
    whole = {e["id"] for e in map(json.loads, export("ftm", demo).splitlines())}
    said = [json.loads(line) for line in export("ftm", select(demo.store, speaker="Farrant")).splitlines()]
    notes = [e for e in said if e["schema"] == "Note"]
    assert {e["id"] for e in said} < whole
    assert notes and all(n["properties"]["name"][0].startswith("Odile Farrant:") for n in notes)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2034-03-06T00:30:00+02:00", "2034-03-05T22:30:00"),
        ("2034-03-06", "2034-03-06"),
        ("2034-03", "2034-03"),
        ("2034-W10", "2034"),
        ("soon", None),
        (None, None),
        ("2034-02-31T00:00:00Z", None),
    ],
)
def test_dates(value: str | None, expected: str | None) -> None:
    assert date(value) == expected


def test_languages() -> None:
    assert (language("en"), language("xx"), language(None)) == ("eng", None, None)
