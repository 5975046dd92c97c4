"""Web Annotations, against the terms of the standard's context (pyld) and a JSON Schema written from its model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pyld import jsonld

from onrecord.export.annotations import selectors
from onrecord.store.exporting import Selection
from tests.export.conftest import export

CONTEXT = json.loads((Path(__file__).parent / "contexts/anno.json").read_text(encoding="utf-8"))
OA = "http://www.w3.org/ns/oa#"
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
IRI = {"type": "string", "pattern": r'^(urn:onrecord:[a-z]+:|https?://)[^\s<>"{}|\\^`]+$'}
SELECTOR = {
    "oneOf": [
        {
            "type": "object",
            "required": ["type", "exact"],
            "properties": {"type": {"const": "TextQuoteSelector"}, "exact": {"type": "string", "minLength": 1}, "prefix": {"type": "string"}, "suffix": {"type": "string"}},
            "additionalProperties": False,
        },
        {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {"type": {"const": "TextPositionSelector"}, "start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 1}},
            "additionalProperties": False,
        },
    ]
}  # fmt: skip
PURPOSE = {"enum": ["describing", "identifying", "linking", "tagging"]}
SPECIFIC = {
    "type": "object",
    "required": ["type", "source"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": IRI,
        "purpose": PURPOSE,
        "selector": {"type": "array", "items": SELECTOR, "minItems": 1},
        "state": {
            "type": "object",
            "required": ["type", "cached"],
            "properties": {
                "type": {"const": "TimeState"},
                "sourceDate": MOMENT,
                "cached": {"type": "array", "items": IRI},
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
TEXT = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {"type": {"const": "TextualBody"}, "value": {"type": "string"}, "purpose": PURPOSE, "format": {"const": "text/plain"}, "language": {"type": "string"}},
    "additionalProperties": False,
}  # fmt: skip
SCHEMA = {
    "type": "object",
    "required": ["@context", "id", "type", "target"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"type": "array", "items": PURPOSE},
        "created": MOMENT,
        "creator": {"type": "object", "required": ["id", "type", "name"], "properties": {"type": {"const": "Software"}, "id": IRI}},
        "body": {"type": "array", "items": {"oneOf": [TEXT, SPECIFIC]}},
        "target": {"oneOf": [SPECIFIC, {"type": "array", "items": SPECIFIC, "minItems": 2}]},
    },
    "additionalProperties": False,
}  # fmt: skip


def load(url: str, options: object) -> dict[str, Any]:
    """The context from the fixture; nothing is fetched."""
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def expanded(document: dict[str, Any]) -> dict[str, Any]:
    """A document in full terms."""
    found: list[dict[str, Any]] = jsonld.expand(document, {"documentLoader": load})
    return found[0]


def terms(value: object) -> set[str]:
    """Every key and every type that a document uses."""
    if isinstance(value, list):
        return set().union(*(terms(v) for v in value))
    if isinstance(value, dict):
        return set(value) | {str(value.get("type", "type"))} | set().union(*(terms(v) for v in value.values()))
    return set()


@pytest.fixture(scope="module", params=["demo", "hostile"])
def found(request: pytest.FixtureRequest) -> tuple[Selection, list[dict[str, Any]]]:
    selection = request.getfixturevalue(request.param)
    return selection, [json.loads(line) for line in export("annotations", selection).splitlines()]


def test_each_line_fits_the_model_and_uses_its_terms_only(found: tuple[Selection, list[dict[str, Any]]]) -> None:
    checked = Draft202012Validator(SCHEMA)
    assert found[1]
    for annotation in found[1]:
        checked.validate(annotation)
    assert terms(found[1]) - {"@context"} <= CONTEXT["@context"].keys()


def test_the_words_are_those_of_the_text_and_stand_where_it_says(found: tuple[Selection, list[dict[str, Any]]]) -> None:
    selection, annotations = found
    texts = {d.article.id: d.article.text for d in selection.dossiers()}
    for annotation in annotations:
        targets = annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
        for target in [*targets, *(b for b in annotation["body"] if "selector" in b)]:
            text = texts[target["state"]["cached"][0].rpartition(":")[2]]
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote.get("prefix", "")) and text[end:].startswith(quote.get("suffix", ""))


def test_expansion_says_what_is_meant(hostile: Selection) -> None:
    annotation = json.loads(export("annotations", hostile).splitlines()[0])
    whole = expanded(annotation)
    assert whole["@type"] == [OA + "Annotation"] and len(whole[OA + "hasBody"]) == len(annotation["body"])
    target = whole[OA + "hasTarget"][0]
    state = target[OA + "hasState"][0]
    assert [c["@id"].split(":")[2] for c in state[OA + "cachedSource"]] == ["article", "capture"]
    assert {s["@type"][0] for s in target[OA + "hasSelector"]} == {OA + "TextQuoteSelector", OA + "TextPositionSelector"}  # fmt: skip
    assert whole[OA + "motivatedBy"] == [{"@id": OA + "describing"}, {"@id": OA + "identifying"}]


def test_the_collection_holds_the_same(demo: Selection) -> None:
    collection = json.loads(export("annotation-collection", demo))
    lines = [json.loads(line) for line in export("annotations", demo).splitlines()]
    assert collection["total"] == len(lines) == len(collection["first"]["items"])
    assert [{"@context": collection["@context"]} | item for item in collection["first"]["items"]] == lines
    assert terms(collection) - {"@context"} <= CONTEXT["@context"].keys()
    assert expanded(collection)["@type"] == ["http://www.w3.org/ns/activitystreams#OrderedCollection"]


def test_broken_words_are_several_targets(hostile: Selection) -> None:
    broken = [a for a in map(json.loads, export("annotations", hostile).splitlines()) if isinstance(a["target"], list)]
    assert [t["selector"][0]["exact"] for t in broken[0]["target"]] == ["If traffic exceeds 4,000 ships", "the levy will return"]  # fmt: skip
    assert "denied" in {b.get("value") for b in broken[0]["body"]}


def test_words_before_and_after_stay_in_the_paragraph() -> None:
    quote, position = selectors("Head\n\nA levy, she said.\n\nMore", (8, 12))
    assert quote == {"type": "TextQuoteSelector", "exact": "levy", "prefix": "A ", "suffix": ", she said."}
    assert position == {"type": "TextPositionSelector", "start": 8, "end": 12}
