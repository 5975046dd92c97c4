"""PROV-O (Recommendation of 2013): how each thing is known, from the page that was fetched to the statement and the account that it went into.

Entities are captures, articles, statements, accounts, judgements and alerts; activities are fetching, parsing, reading, setting beside the others, and watching;
agents are outlets, speakers, people who judged, and onrecord itself: its reader in its version; which version fetched or parsed is not on record.
One graph is made of each article, and written as JSON-LD or as Turtle.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, BinaryIO

from onrecord.export.lines import (
    Once,
    actor_id,
    actor_name,
    encoded,
    entity,
    line,
    moment,
    outlet,
    outlet_urn,
    page,
    reader,
    urn,
    words,
)
from onrecord.knowledge import Alert, Judgement
from onrecord.model import Attribution
from onrecord.store.dossier import Dossier
from onrecord.store.exporting import Selection

PREFIXES = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "onrecord": "urn:onrecord:terms:",
}
Node = dict[str, Any]  # "@id", "@type", and properties: {"@id": …} or {"@value": …}, or lists of them
AGENTS = {"person": "prov:Person", "organisation": "prov:Organization", "outlet": "prov:Organization"}
SOFTWARE, NOBODY = urn("software", "onrecord"), urn("outlet", "unknown")
NOUNS = {"statement": "attribution", "figure": "figure", "event": "event"}


def write(selection: Selection, out: BinaryIO) -> None:
    """One graph a line, an article's, that refers to no other line."""
    for d in selection.dossiers():
        once = Once()
        line(out, {"@context": PREFIXES, "@graph": [n for n in nodes(d) if once.first(known(n))]})


def write_turtle(selection: Selection, out: BinaryIO) -> None:
    """The same in Turtle; what several articles share is written once."""
    once = Once()
    out.write("".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()).encode())
    for d in selection.dossiers():
        for node in nodes(d):
            if once.first(known(node)):
                out.write(turtle(node).encode())


def known(node: Node) -> bytes:
    """What a node is known again by."""
    return sha256(encoded(node)).digest()[:16]


def node(id: str, kind: str | list[str], label: str | None = None, **properties: Any) -> Node:
    """A thing; names of properties are PROV's own, those that say nothing are left out."""
    said = {"rdfs:label": label and {"@value": label}} | {f"prov:{name}": value for name, value in properties.items()}
    return {"@id": id, "@type": kind} | {name: value for name, value in said.items() if value not in (None, [])}


def at(id: str | None) -> dict[str, str] | None:
    """A reference."""
    return {"@id": id} if id else None


def when(value: str | None) -> dict[str, str] | None:
    """A moment."""
    found = moment(value)
    return {"@value": found, "@type": "xsd:dateTime"} if found else None


def nodes(d: Dossier) -> Iterator[Node]:
    """The graph of an article."""
    yield node(SOFTWARE, ["prov:Agent", "prov:SoftwareAgent"], "onrecord")
    yield from captured(d)
    yield from parsed(d)
    yield from read(d)
    yield from compared(d)
    for judgement in d.judgements:
        yield from judged(judgement)
    for alert in d.alerts:
        yield from watched(d, alert)


def captured(d: Dossier) -> Iterator[Node]:
    """The page, its outlet, and the bytes that were fetched of it."""
    publisher = outlet_urn(d) or NOBODY
    yield node(publisher, ["prov:Agent", "prov:Organization"], outlet(d) or "unknown outlet")
    if address := page(d):
        yield node(address, "prov:Entity", d.article.title, wasAttributedTo=at(publisher))
    for kept in d.captures:
        capture, fetch = urn("capture", kept.digest), urn("fetch", kept.digest)
        made = {"prov:qualifiedGeneration": {"@type": "prov:Generation", "prov:activity": at(fetch), "prov:atTime": when(kept.fetched)}} if kept.fetched else {}  # fmt: skip
        yield node(fetch, "prov:Activity", f"fetching {kept.url or kept.digest}", used=at(page(d)), startedAtTime=when(kept.fetched), endedAtTime=when(kept.fetched), wasAssociatedWith=at(SOFTWARE))  # fmt: skip
        yield made | node(
            capture, "prov:Entity", f"{kept.size} bytes, {kept.digest}", wasGeneratedBy=at(fetch), generatedAtTime=when(kept.fetched), wasDerivedFrom=at(page(d)),
            wasAttributedTo=at(publisher), value={"@value": kept.digest},
        )  # fmt: skip


def parsed(d: Dossier) -> Iterator[Node]:
    """The article that the bytes hold; which version it follows, and whose text it carries."""
    article, capture, parse = urn("article", d.article.id), urn("capture", d.article.capture), urn("parse", d.article.id)  # fmt: skip
    yield node(parse, "prov:Activity", "parsing", used=at(capture), wasAssociatedWith=at(SOFTWARE))
    yield node(
        article, "prov:Entity", d.article.title, wasGeneratedBy=at(parse), wasDerivedFrom=at(capture), wasAttributedTo=at(outlet_urn(d) or NOBODY),
        wasRevisionOf=at(urn("article", d.version.of)) if d.version else None, wasQuotedFrom=at(urn("article", d.copy.of)) if d.copy and is_older(d) else None,
    )  # fmt: skip


def is_older(d: Dossier) -> bool:
    """Whether the article whose text this one carries appeared before it: of versions of one page each carries the other's text."""
    return d.copied is not None and d.moment is not None and d.copied < d.moment


def read(d: Dossier) -> Iterator[Node]:
    """The statements that a reader found in the article, and who made them."""
    reading, software = urn("reading", d.reading_id), urn("software", reader(d))
    if d.reading.reader is None:
        return
    yield node(software, ["prov:Agent", "prov:SoftwareAgent"], reader(d), actedOnBehalfOf=at(SOFTWARE))
    yield node(reading, "prov:Activity", f"reading with {reader(d)}", used=at(urn("article", d.article.id)), endedAtTime=when(d.read_when), wasAssociatedWith=at(software))  # fmt: skip
    chosen = {a.id for a in d.attributions}
    for a in d.attributions:
        yield from speaker_of(d, a)
        yield statement(d, a, reading, a.within if a.within in chosen else None)


def speaker_of(d: Dossier, a: Attribution) -> Iterator[Node]:
    """Who made a statement, as an agent."""
    found = entity(d, a.speaker)
    if found and a.speaker:
        kind = AGENTS.get(found.type)
        yield node(urn("actor", actor_id(d, a.speaker)), ["prov:Agent", kind] if kind else ["prov:Agent"], actor_name(d, a.speaker))  # fmt: skip


def statement(d: Dossier, a: Attribution, reading: str, within: str | None) -> Node:
    """A statement, with the words and where they stand."""
    speaker = at(urn("actor", actor_id(d, a.speaker))) if a.speaker and entity(d, a.speaker) else None
    outer = at(urn("attribution", d.ids[within])) if within else None
    made = node(
        urn("attribution", d.ids[a.id]), "prov:Entity", None, wasGeneratedBy=at(reading), generatedAtTime=when(d.read_when),
        wasQuotedFrom=[r for r in (at(urn("article", d.article.id)), outer) if r], wasAttributedTo=speaker, value={"@value": words(d, a.content)},
    )  # fmt: skip
    return made | {f"onrecord:{name}": {"@value": value} for name, value in (("quotation", a.kind), ("act", a.act), ("certainty", a.certainty), ("start", a.content[0][0]), ("end", a.content[-1][1]))}  # fmt: skip


def compared(d: Dossier) -> Iterator[Node]:
    """The accounts that its claims went into when the article was set beside the others."""
    resolve, reading = urn("resolve", d.reading_id), urn("reading", d.reading_id)
    parts = {said.label: urn(NOUNS[said.kind], d.ids[said.label]) for said in d.said}
    accounts = {a: dict.fromkeys(parts[s.label] for s in d.said if s.account == a) for a in dict.fromkeys(s.account for s in d.said)}  # fmt: skip
    if parts:
        yield node(
            resolve,
            "prov:Activity",
            "setting beside the others",
            used=[at(part) for part in dict.fromkeys(parts.values())],
            wasAssociatedWith=at(SOFTWARE),
        )
    for label in dict.fromkeys(said.label for said in d.said if said.kind != "statement"):
        yield node(
            parts[label],
            "prov:Entity",
            None,
            wasDerivedFrom=at(urn("article", d.article.id)),
            wasGeneratedBy=at(reading),
            generatedAtTime=when(d.read_when),
        )
    for account, told in accounts.items():
        graded = {"onrecord:admiralty": {"@value": d.standings[account].admiralty}}
        yield graded | node(
            urn("account", account),
            "prov:Entity",
            d.standings[account].words,
            wasDerivedFrom=[at(part) for part in told],
            wasInfluencedBy=at(resolve),
        )


def judged(j: Judgement) -> Iterator[Node]:
    """What a person judged: that two of the record's actors are the same, or not."""
    person = urn("person", j.by)
    yield node(person, ["prov:Agent", "prov:Person"], j.by)
    verdict = {"onrecord:verdict": {"@value": j.verdict or "taken back"}, "onrecord:about": [at(urn("actor", j.left)), at(urn("actor", j.right))]}  # fmt: skip
    yield verdict | node(urn("judgement", j.id), "prov:Entity", j.reason or None, wasAttributedTo=at(person), generatedAtTime=when(j.when))  # fmt: skip


def watched(d: Dossier, alert: Alert) -> Iterator[Node]:
    """An alert and the evidence that raised it."""
    watch, indicator, article = urn("watch", alert.id), urn("indicator", alert.indicator), urn("article", d.article.id)
    yield node(indicator, ["prov:Entity", "prov:Plan"])
    yield node(watch, "prov:Activity", "watching", used=[at(indicator), at(article)], wasAssociatedWith=at(SOFTWARE))
    yield node(
        urn("alert", alert.id), "prov:Entity", alert.crossing, wasGeneratedBy=at(watch), generatedAtTime=when(alert.when),
        wasDerivedFrom=[at(article), *evidence(d, alert)], value={"@value": alert.sentence},
    )  # fmt: skip


def evidence(d: Dossier, alert: Alert) -> list[dict[str, str] | None]:
    """The statement, figure or event that raised an alert, where it is in the graph; an alert keeps how its id begins."""
    parts = {urn("attribution", d.ids[a.id]) for a in d.attributions} | {urn(NOUNS[s.kind], d.ids[s.label]) for s in d.said}  # fmt: skip
    return [at(part) for part in sorted(parts) if part.rpartition(":")[2].startswith(alert.record)]


def turtle(node: Node) -> str:
    """A node in Turtle."""
    kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    parts = [f"a {', '.join(kinds)}"]
    for name, value in node.items():
        if not name.startswith("@"):
            parts.append(f"{name} {', '.join(term(v) for v in (value if isinstance(value, list) else [value]))}")
    return f"<{node['@id']}> " + " ;\n  ".join(parts) + " .\n"


def term(value: Any) -> str:
    """A reference, a value, or a node without a name, in Turtle."""
    if "@id" in value:
        return f"<{value['@id']}>"
    if "@value" in value:
        found = value["@value"]
        text = encoded(found).decode() if isinstance(found, str) else str(found)  # JSON's escapes are Turtle's too
        return text + (f"^^{value['@type']}" if "@type" in value else "")
    inner = [f"a {value['@type']}", *(f"{name} {term(v)}" for name, v in value.items() if not name.startswith("@"))]
    return f"[ {' ; '.join(inner)} ]"
