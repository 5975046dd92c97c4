"""PROV-O, parsed by rdflib, and what of the constraints of PROV (2013) can be checked without reasoning."""

from __future__ import annotations

import pytest
from rdflib import PROV, RDF, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import XSD

from onrecord.export import prov
from onrecord.store.exporting import Selection
from tests.export.conftest import HOSTILE, export

NAMESPACE = str(PROV)
DOMAINS = {  # property: what has it, what it points at
    PROV.wasGeneratedBy: (PROV.Entity, PROV.Activity),
    PROV.used: (PROV.Activity, PROV.Entity),
    PROV.wasDerivedFrom: (PROV.Entity, PROV.Entity),
    PROV.wasQuotedFrom: (PROV.Entity, PROV.Entity),
    PROV.wasRevisionOf: (PROV.Entity, PROV.Entity),
    PROV.wasAttributedTo: (PROV.Entity, PROV.Agent),
    PROV.wasAssociatedWith: (PROV.Activity, PROV.Agent),
    PROV.actedOnBehalfOf: (PROV.Agent, PROV.Agent),
}
DERIVED = (PROV.wasDerivedFrom, PROV.wasQuotedFrom, PROV.wasRevisionOf)


def parsed(text: str, style: str) -> Graph:
    """The graph of an export."""
    graph = Graph()
    for part in text.splitlines() if style == "json-ld" else [text]:
        graph.parse(data=part, format=style)
    return graph


@pytest.fixture(scope="module", params=["demo", "hostile"])
def graph(request: pytest.FixtureRequest) -> Graph:
    return parsed(export("prov-turtle", request.getfixturevalue(request.param)), "turtle")


def test_json_ld_and_turtle_say_the_same(hostile: Selection) -> None:
    turtle, json = parsed(export("prov-turtle", hostile), "turtle"), parsed(export("prov", hostile), "json-ld")
    generations = {
        s for g in (turtle, json) for s in g.subjects(RDF.type, PROV.Generation)
    }  # nodes without names, once a line
    assert generations
    assert named(turtle) == named(json)


def named(graph: Graph) -> set[tuple[object, object, object]]:
    """What a graph says of things with names."""
    return {t for t in graph if all(isinstance(x, URIRef | Literal) for x in t)}


def test_terms_are_prov_s_own(graph: Graph) -> None:
    used = {t for triple in graph for t in triple if str(t).startswith(NAMESPACE)}
    assert all(str(t).removeprefix(NAMESPACE) in PROV for t in used)
    assert {PROV.wasDerivedFrom, PROV.wasAttributedTo, PROV.wasGeneratedBy, PROV.wasQuotedFrom, PROV.atTime} <= used


def test_what_stands_on_either_side_is_of_the_right_kind(graph: Graph) -> None:
    for property, (left, right) in DOMAINS.items():
        for s, o in graph.subject_objects(property):
            assert (s, RDF.type, left) in graph, (property, s)
            assert (o, RDF.type, right) in graph or is_elsewhere(graph, o), (property, o)
    assert not set(graph.subjects(RDF.type, PROV.Entity)) & set(graph.subjects(RDF.type, PROV.Activity)), "disjoint"


def is_elsewhere(graph: Graph, thing: object) -> bool:
    """Whether a thing belongs to another article, which this export need not hold."""
    return str(thing).startswith("urn:onrecord:article:") and not list(graph.predicate_objects(thing))  # type: ignore[arg-type]


def test_generation_is_unique_and_within_its_activity(graph: Graph) -> None:
    for entity in graph.subjects(RDF.type, PROV.Entity):
        activities = set(graph.objects(entity, PROV.wasGeneratedBy))
        assert len(activities) <= 1
        made = graph.value(entity, PROV.generatedAtTime)
        for activity in activities:
            end = graph.value(activity, PROV.endedAtTime)
            assert made is None or end is None or str(made) <= str(end)
    for generation in graph.subjects(RDF.type, PROV.Generation):
        entity = graph.value(None, PROV.qualifiedGeneration, generation)
        assert graph.value(generation, PROV.activity) == graph.value(entity, PROV.wasGeneratedBy)
        assert graph.value(generation, PROV.atTime) == graph.value(entity, PROV.generatedAtTime)


def test_nothing_derives_from_itself(graph: Graph) -> None:
    before = {s: {o for p in DERIVED for o in graph.objects(s, p)} for s in set(graph.subjects(RDF.type, PROV.Entity))}
    for start in before:
        seen, rest = set(), list(before[start])
        while rest:
            thing = rest.pop()
            assert thing != start, start
            if thing not in seen:
                seen.add(thing)
                rest += before.get(thing, ())


def test_every_statement_leads_to_bytes(graph: Graph) -> None:
    captures = {s for s in graph.subjects(RDF.type, PROV.Entity) if str(s).startswith("urn:onrecord:capture:sha256:")}
    statements = [s for s in graph.subjects(RDF.type, PROV.Entity) if str(s).startswith("urn:onrecord:attribution:")]
    assert statements
    for statement in statements:
        articles = [o for o in graph.objects(statement, PROV.wasQuotedFrom) if ":article:" in str(o)]
        assert captures & set(graph.objects(articles[0], PROV.wasDerivedFrom))
        reading = graph.value(statement, PROV.wasGeneratedBy)
        assert (reading, PROV.used, articles[0]) in graph


def test_moments_are_moments(graph: Graph) -> None:
    for property in (PROV.generatedAtTime, PROV.startedAtTime, PROV.endedAtTime, PROV.atTime):
        for value in graph.objects(None, property):
            assert isinstance(value, Literal) and value.datatype == XSD.dateTime and value.value is not None


def test_hostile_words_come_through_whole(hostile: Selection) -> None:
    for name, style in (("prov-turtle", "turtle"), ("prov", "json-ld")):
        graph = parsed(export(name, hostile), style)
        said = {str(o) for o in graph.objects(None, None)}
        assert HOSTILE in said and any(s.startswith("Ilse Karvonen X<") for s in said)


def test_a_judgement_is_a_person_s(hostile: Selection) -> None:
    graph = parsed(export("prov-turtle", hostile), "turtle")
    judgement = next(s for s in graph.subjects(RDF.type, PROV.Entity) if ":judgement:" in str(s))
    person = graph.value(judgement, PROV.wasAttributedTo)
    assert (person, RDF.type, PROV.Person) in graph
    assert len(list(graph.objects(judgement, URIRef("urn:onrecord:terms:about")))) == 2


def test_an_alert_leads_to_what_raised_it(demo: Selection) -> None:
    graph = parsed(export("prov-turtle", demo), "turtle")
    alerts = [s for s in graph.subjects(RDF.type, PROV.Entity) if ":alert:" in str(s)]
    assert alerts
    for alert in alerts:
        assert {str(o).split(":")[2] for o in graph.objects(alert, PROV.wasDerivedFrom)} == {"article", "figure"}


def test_a_line_stands_by_itself(demo: Selection) -> None:
    for part in export("prov", demo).splitlines()[:10]:
        graph = parsed(part, "json-ld")
        for property in (PROV.wasAttributedTo, PROV.wasAssociatedWith, PROV.wasGeneratedBy):
            for o in graph.objects(None, property):
                assert list(graph.objects(o, RDF.type)), o


def test_turtle_of_a_node() -> None:
    node = prov.node("urn:x", "prov:Entity", 'say "\\', wasDerivedFrom=[{"@id": "urn:y"}], value={"@value": 3})
    graph = parsed("".join(f"@prefix {n}: <{i}> .\n" for n, i in prov.PREFIXES.items()) + prov.turtle(node), "turtle")
    assert len(to_isomorphic(graph)) == 4
