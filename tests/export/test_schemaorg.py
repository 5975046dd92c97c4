"""schema.org: every term is one of the vocabulary (as rdflib has it, of December 2021), on a type that it is for, and expansion loses nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from rdflib.namespace import SDO

from onrecord.store.exporting import Selection
from tests.export.conftest import export

CONTEXT = json.loads((Path(__file__).parent / "contexts/schemaorg.json").read_text(encoding="utf-8"))
THING = {"name", "url", "identifier", "sameAs", "alternateName"}
WORK = THING | {"text", "author", "creator", "publisher", "inLanguage", "isPartOf", "citation", "headline", "datePublished", "dateModified", "isBasedOn"}  # fmt: skip
PROPERTIES = {  # the properties that the vocabulary has for each type, its own and those of the types above it, as far as they are used
    "Quotation": WORK | {"spokenByCharacter"},
    "Claim": WORK | {"appearance", "firstAppearance"},
    "NewsArticle": WORK,
    "CreativeWork": WORK,
    "Person": THING | {"jobTitle"},
    "Organization": THING,
    "NewsMediaOrganization": THING,
}
RANGES = {  # and what they may point at; an Organization is meant wherever a NewsMediaOrganization stands
    "spokenByCharacter": {"Person", "Organization"},
    "author": {"Person", "Organization"},
    "creator": {"Person", "Organization"},
    "publisher": {"Person", "Organization"},
    "appearance": {"NewsArticle"},
    "firstAppearance": {"NewsArticle"},
    "isPartOf": {"NewsArticle"},
    "isBasedOn": {"NewsArticle"},
    "citation": {"CreativeWork"},
}


def load(url: str, options: object) -> dict[str, Any]:
    """The context from the fixture; nothing is fetched."""
    assert url == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


@pytest.fixture(scope="module", params=["demo", "hostile"])
def lines(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export("schemaorg", request.getfixturevalue(request.param)).splitlines()]


def things(value: object) -> list[dict[str, Any]]:
    """Every node of a document."""
    if isinstance(value, list):
        return [t for v in value for t in things(v)]
    return [value, *(t for v in value.values() for t in things(v))] if isinstance(value, dict) else []


def test_every_term_is_of_the_vocabulary_and_where_it_belongs(lines: list[dict[str, Any]]) -> None:
    assert {line["@type"] for line in lines} == {"Quotation", "Claim"}
    for thing in things(lines):
        kind = thing["@type"]
        used = {name for name in thing if not name.startswith("@")}
        assert kind in SDO and all(name in SDO for name in used)
        assert used <= PROPERTIES[kind]
        for name in used & RANGES.keys():
            for value in things(thing[name])[:1]:
                assert value["@type"].replace("NewsMediaOrganization", "Organization") in RANGES[name]


def test_expansion_loses_nothing(lines: list[dict[str, Any]]) -> None:
    for line in lines[:40]:
        whole: list[dict[str, Any]] = jsonld.expand(line, {"documentLoader": load})
        assert whole[0]["@type"] == ["http://schema.org/" + line["@type"]] and whole[0]["@id"] == line["@id"]
        assert {k.rpartition("/")[2] for k in whole[0] if not k.startswith("@")} == {k for k in line if not k.startswith("@")}  # fmt: skip


def test_quotations_are_what_stands_in_quotation_marks(demo: Selection) -> None:
    found = [json.loads(line) for line in export("schemaorg", demo).splitlines()]
    quoted = {a for d in demo.dossiers() for x in d.attributions if x.kind != "indirect" for a in [d.ids[x.id]]}
    assert {q["@id"].rpartition(":")[2] for q in found if q["@type"] == "Quotation"} == quoted


def test_claims_share_their_account_and_one_of_them_is_the_first(demo: Selection) -> None:
    claims = [c for c in map(json.loads, export("schemaorg", demo).splitlines()) if c["@type"] == "Claim"]
    assert len({c["@id"] for c in claims}) == len(claims)
    by: dict[str, list[dict[str, Any]]] = {}
    for claim in claims:
        by.setdefault(claim["sameAs"], []).append(claim)
    assert any(len(some) > 3 for some in by.values())
    assert all(any("firstAppearance" in c for c in some) for some in by.values())


def test_who_only_denies_is_no_author(demo: Selection) -> None:
    denied = {(s.account, d.article.id) for d in demo.dossiers() for s in d.said if s.stance == "denies"}
    asserted = {(s.account, d.article.id) for d in demo.dossiers() for s in d.said if s.stance == "asserts"}
    claims = {c["@id"].removeprefix("urn:onrecord:claim:"): c for c in map(json.loads, export("schemaorg", demo).splitlines())}  # fmt: skip
    assert denied - asserted
    assert all("author" not in claims[f"{account}:{article}"] for account, article in denied - asserted)


def test_a_quotation_told_to_an_outlet_cites_it(hostile: Selection) -> None:
    found = [json.loads(line) for line in export("schemaorg", hostile).splitlines()]
    quotation = next(q for q in found if q["text"] == "We priced ourselves out")
    assert quotation["spokenByCharacter"]["name"].startswith("Ilse Karvonen")
    assert quotation["citation"]["publisher"]["name"].startswith("Tidewire")
    assert quotation["isPartOf"]["identifier"].startswith("sha256:")
