"""STIX 2.1, parsed strictly by the standard's own library, and its confidence by the library's tables."""

from __future__ import annotations

import json
from typing import Any

import pytest
import stix2
from stix2.confidence.scales import admiralty_credibility_to_value, dni_to_value

from onrecord.export import stix
from onrecord.read.manner import lexicon
from onrecord.store.exporting import Selection, select
from tests.export.conftest import export

REFERENCES = ("object_refs", "where_sighted_refs")
ADMIRALTY = {1: "1 - Confirmed by other sources", 2: "2 - Probably True", 3: "3 - Possibly True", 4: "4 - Doubtful", 5: "5 - Improbable"}  # fmt: skip
DNI = {
    "almost no chance": "Almost No Chance / Remote",
    "very unlikely": "Very Unlikely / Highly Improbable",
    "unlikely": "Unlikely / Improbable",
    "roughly even chance": "Roughly Even Chance / Roughly Even Odds",
    "likely": "Likely / Probable",
    "very likely": "Very Likely / Highly Probable",
    "almost certain": "Almost Certain / Nearly Certain",
}


@pytest.fixture(scope="module", params=["demo", "hostile"])
def bundle(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export("stix", request.getfixturevalue(request.param)))
    return found


def of(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [o for o in bundle["objects"] if o["type"] == kind]


def test_the_library_parses_every_object_strictly(bundle: dict[str, Any]) -> None:
    parsed = stix2.parse(bundle, allow_custom=False, version="2.1")
    kinds = {o["type"] for o in parsed.objects}
    assert kinds == {"identity", "note", "report", "indicator", "sighting", "extension-definition"}
    assert json.loads(parsed.serialize())["id"] == bundle["id"]


def test_every_reference_leads_to_an_object_that_came_before(bundle: dict[str, Any]) -> None:
    seen: set[str] = set()
    for o in bundle["objects"]:
        refs = [r for name in REFERENCES for r in o.get(name, [])] + [o[n] for n in ("created_by_ref", "sighting_of_ref") if n in o]  # fmt: skip
        assert seen.issuperset(refs) and o["id"] not in seen
        assert set(o.get("extensions", {})) <= seen
        seen.add(o["id"])


def test_moments_are_in_order(bundle: dict[str, Any]) -> None:
    for o in bundle["objects"]:
        assert o["created"] <= o["modified"]
        assert o.get("valid_until", "9") > o.get("valid_from", "0") and o.get("first_seen", "0") <= o.get(
            "last_seen", "9"
        )


def test_confidence_is_by_the_tables_of_the_standard(bundle: dict[str, Any]) -> None:
    table = lexicon("exports")
    assert table["admiralty"] == {str(n): admiralty_credibility_to_value(name) for n, name in ADMIRALTY.items()}
    assert table["dni"] == {band: dni_to_value(name) for band, name in DNI.items()}
    for note in of(bundle, "note"):
        details = next(iter(note["extensions"].values()))
        assert note.get("confidence") == stix.credibility(details.get("admiralty", "F6"))
        assert ("estimate" in details) == ("estimate_confidence" in details)


def test_a_credibility_that_cannot_be_judged_has_no_confidence() -> None:
    assert (stix.credibility("A1"), stix.credibility("F5"), stix.credibility("B6")) == (90, 10, None)


def test_made_again_it_is_the_same(demo: Selection) -> None:
    assert export("stix", demo) == export("stix", demo)
    one = next(d for d in demo.dossiers() if d.alerts)
    part = json.loads(export("stix", select(demo.store, articles=(one.article.id,))))
    whole = {o["id"]: o for o in json.loads(export("stix", demo))["objects"]}
    assert all(whole[o["id"]] == o for o in part["objects"]) and len(part["objects"]) < len(whole)
    assert {o["type"] for o in part["objects"]} >= {"indicator", "sighting", "report", "note"}


def test_a_statement_with_all_that_is_known_of_it(hostile: Selection) -> None:
    bundle = json.loads(export("stix", hostile))
    note = next(n for n in of(bundle, "note") if n["content"] == "We priced ourselves out")
    speaker = next(o for o in bundle["objects"] if o["id"] == note["object_refs"][0])
    assert speaker["identity_class"] == "individual" and speaker["name"].startswith("Ilse Karvonen")
    details = note["extensions"][stix.EXTENSION_ID]
    assert (details["quotation"], details["act"], details["certainty"], details["negated"]) == ("direct", "statement", "CT+", False)  # fmt: skip
    assert details["via"][0].startswith("Tidewire")
    page, record = note["external_references"]
    assert "sha256:" + page["hashes"]["SHA-256"] == details["capture"]
    assert record["external_id"] == details["attribution_id"]
    warned = next(n for n in of(bundle, "note") if n["content"].startswith("If traffic"))
    estimated = warned["extensions"][stix.EXTENSION_ID]
    assert (estimated["estimate"], estimated["estimate_confidence"]) == ("likely", 70) and estimated["negated"]


def test_an_alert_is_a_sighting_of_its_indicator(hostile: Selection) -> None:
    bundle = json.loads(export("stix", hostile))
    sighting, indicator = of(bundle, "sighting")[0], of(bundle, "indicator")[0]
    assert sighting["sighting_of_ref"] == indicator["id"]
    assert (indicator["pattern_type"], indicator["pattern"]) == ("onrecord", "statement about priced")


def test_a_story_is_a_report_on_its_reports(demo: Selection) -> None:
    story = next(d.story for d in demo.dossiers() if d.story)
    bundle = json.loads(export("stix", select(demo.store, story=story.id)))
    last = bundle["objects"][-1]
    assert last["report_types"] == ["news-story"] and last["object_refs"] == [o["id"] for o in of(bundle, "report")[:-1]]  # fmt: skip
    stix2.parse(bundle, allow_custom=False, version="2.1")


def test_moments() -> None:
    assert stix.stamp("2031-05-16T01:00:00+02:00") == "2031-05-15T23:00:00.000Z"
    assert stix.stamp("2031-05-16") == "2031-05-16T00:00:00.000Z" and stix.stamp("never") == stix.BEGAN
