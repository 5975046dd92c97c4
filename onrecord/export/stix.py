"""A STIX 2.1 bundle: each article a report, each statement a note, who speaks and who prints an identity, what is armed an indicator, an alert a sighting.

Ids are UUIDs made of the record's own, so that an export made again updates what is there. Confidence follows the tables of the standard's appendix A:
Admiralty credibility for what the record makes of a statement, the scale of the DNI for an estimative word that somebody used.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord import __version__
from onrecord.export import view
from onrecord.export.lines import (
    Once,
    actor_id,
    encoded,
    entity,
    filled,
    moment,
    outlet,
    page,
    reader,
    site,
    speaker,
    words,
)
from onrecord.knowledge import Alert
from onrecord.model import Attribution
from onrecord.read.manner import lexicon
from onrecord.store.dossier import Dossier, Said
from onrecord.store.exporting import Selection, Watched
from onrecord.text import envelope
from onrecord.watch.indicator import described

NAMESPACE = uuid.UUID("5f0d3c52-6d0e-5c5b-9a55-0b8f4f4f6e11")
BEGAN = (
    "2026-01-01T00:00:00.000Z"  # when an identity was created: the record keeps no such moment, and it must not change
)
IDENTITY = {
    "person": "individual",
    "organisation": "organization",
    "outlet": "organization",
    "group": "group",
    "place": "group",
}
LABELS = "onrecord"


def write(selection: Selection, out: BinaryIO) -> None:
    """One bundle; its objects are streamed, each line one of them."""
    out.write(b'{"type":"bundle","id":"%s","objects":[' % ident("bundle", selection.id).encode())
    for n, found in enumerate(objects(selection)):
        out.write((b",\n" if n else b"\n") + encoded(found))
    out.write(b"\n]}\n")


def objects(selection: Selection) -> Iterator[dict[str, Any]]:
    """All objects, those referred to before those that refer to them."""
    once, armed = Once(), selection.indicators()
    yield SYSTEM
    yield EXTENSION
    whole = not (selection.story or selection.speakers or selection.articles)
    for watched in armed.values():
        if whole and watched.removed is None and once.first(watched.indicator.id):
            yield indicator(watched)
    reports: list[str] = []
    story: Dossier | None = None
    for d in selection.dossiers():
        yield from of_article(selection, d, armed, once)
        if selection.story:
            reports, story = [*reports, ident("report", d.article.id)], d
    if story and story.story:
        yield story_report(story, reports)


def of_article(selection: Selection, d: Dossier, armed: dict[str, Watched], once: Once) -> Iterator[dict[str, Any]]:
    """An article's report with all that it refers to and that is not there yet."""
    refs: list[str] = []
    printed = publisher(selection, d)
    for one in (
        printed,
        *(actor(selection, d, a) for a in d.attributions),
        *(note(d, a, printed) for a in d.attributions),
    ):
        if one:
            refs.append(one["id"])
            if once.first(one["id"]):
                yield one
    for alert in d.alerts:
        watched = armed.get(alert.indicator)
        if watched:
            if once.first(alert.indicator):
                yield indicator(watched)
            yield sighting(d, alert, printed)
            refs += [ident("indicator", alert.indicator), ident("sighting", alert.id)]
    if refs:
        yield report(d, list(dict.fromkeys(refs)), printed)


def ident(kind: str, *parts: str) -> str:
    """The id of an object, the same whenever it is made of the same parts of the record."""
    return f"{kind}--{uuid.uuid5(NAMESPACE, ':'.join((kind, *parts)))}"


def stamp(value: str | None) -> str:
    """A moment as the standard wants it, with milliseconds; of what is no moment the beginning."""
    found = moment(value)
    return found.replace("Z", ".000Z") if found else BEGAN


def common(kind: str, id: str, created: str, modified: str | None = None) -> dict[str, Any]:
    """What all objects have. Moments are in the form of `stamp`."""
    made = {"type": kind, "spec_version": "2.1", "id": id}
    made |= {} if id == SYSTEM_ID else {"created_by_ref": SYSTEM_ID}
    return made | {"created": created, "modified": max(created, modified or created)}


SYSTEM_ID = ident("identity", "onrecord")
SYSTEM = common("identity", SYSTEM_ID, BEGAN) | {"name": "onrecord", "identity_class": "system", "description": "Reads the news and keeps the record of who said what."}  # fmt: skip
EXTENSION_ID = ident("extension-definition", "statement", "1")
EXTENSION = common("extension-definition", EXTENSION_ID, BEGAN) | {
    "name": "onrecord statement",
    "version": "1.0.0",
    "extension_types": ["property-extension"],
    "description": "How a note's words were said, where they stand, and how the record grades them.",
    "schema": "attribution_id, article_id, account_id: ids of the record, for `onrecord show`. capture: the digest of the archived bytes. quotation: direct, "
    "mixed, indirect. act: statement, question, order, belief, intention, feeling, knowledge. certainty: FactBank's value of the speaker's commitment. "
    "negated: the speaker denies or did not say it. speaker_kind: named, described, anonymous, collective, outlet, document. via: through whom it came. "
    "start, end: code points of the article's text. origin: the independent source. stance: asserts, denies, hedges the account. admiralty: reliability of "
    "the best outlet and credibility of the account, with its reason. estimate: the band of ICD 203 that the speaker used; estimate_confidence: its value "
    "on the scale of the DNI.",
}


def publisher(selection: Selection, d: Dossier) -> dict[str, Any] | None:
    """The outlet as an identity."""
    name = outlet(d)
    if name is None or d.article.outlet is None:
        return None
    about = {"name": name, "identity_class": "organization", "labels": [LABELS, "outlet"]}
    graded = {"description": f"News outlet, reliability {d.grade} (Admiralty)"} if d.grade else {}
    linked = {"external_references": [{"source_name": name, "url": address}]} if (address := site(d)) else {}
    id = ident("identity", "outlet", d.article.outlet.domain or name)
    return common("identity", id, BEGAN, stamp(selection.newest)) | about | graded | linked


def actor(selection: Selection, d: Dossier, a: Attribution) -> dict[str, Any] | None:
    """Who speaks as an identity; None where nobody is known."""
    found, known = entity(d, a.speaker), d.people.get(a.speaker or "")
    if found is None or a.speaker is None:
        return None
    id = ident("identity", "actor", actor_id(d, a.speaker))
    roles = list(known.profile.roles[:5]) if known else [found.role] if found.role else []
    others = [n for n in known.profile.names[:10] if n != known.name] if known else []
    about = filled(
        name=known.name if known else found.name, identity_class=IDENTITY.get(found.type, "unknown"), roles=roles, labels=[LABELS, found.type],
        description=f"also written {', '.join(others)}" if others else None,
    )  # fmt: skip
    return common("identity", id, BEGAN, stamp(selection.newest)) | about


def note(d: Dossier, a: Attribution, printed: dict[str, Any] | None) -> dict[str, Any]:
    """A statement as a note on who made it; on who printed it where nobody is known."""
    said = next((s for s in d.said if s.label == a.id), None)
    about = [ident("identity", "actor", actor_id(d, a.speaker))] if a.speaker and entity(d, a.speaker) else [printed["id"]] if printed else [SYSTEM_ID]  # fmt: skip
    name, standing = speaker(d, a) or "nobody named", d.standings[said.account] if said else None
    made = common("note", ident("note", d.ids[a.id]), stamp(d.read_when), stamp(standing.last) if standing else None)
    verb = {"statement": "said", "question": "asked", "order": "ordered"}.get(a.act, a.act)
    text = filled(
        abstract=view.shorten(f"{name} {'denied' if a.negated else verb}: {words(d, a.content)}", 200), content=words(d, a.content), authors=[name],
        object_refs=about, lang=d.article.language, labels=[LABELS, f"certainty:{a.certainty}"], external_references=sources(d, d.ids[a.id]),
        confidence=credibility(standing.admiralty) if standing else None,
    )  # fmt: skip
    return made | text | {"extensions": {EXTENSION_ID: details(d, a, said)}}


def details(d: Dossier, a: Attribution, said: Said | None) -> dict[str, Any]:
    """What a note says beyond the standard's own properties."""
    estimate = next((e for e in d.estimates if e.attribution == a.id), None)
    standing = d.standings[said.account] if said else None
    return {"extension_type": "property-extension"} | filled(
        attribution_id=d.ids[a.id], article_id=d.article.id, capture=d.article.capture, quotation=a.kind, act=a.act, certainty=a.certainty,
        negated=a.negated, speaker_kind=a.speaker_kind, via=view.chain(d.reading, a), start=envelope(a.content)[0], end=envelope(a.content)[1],
        origin=d.origins[a.id].name if a.id in d.origins else None, account_id=said.account if said else None, stance=said.stance if said else None,
        admiralty=standing.admiralty if standing else None, admiralty_reason=standing.reason if standing else None,
        estimate=estimate.band if estimate else None, estimate_confidence=lexicon("exports")["dni"][estimate.band] if estimate else None,
    )  # fmt: skip


def credibility(admiralty: str) -> int | None:
    """The confidence of an Admiralty grade such as "C2", by its credibility; None where that cannot be judged."""
    found: int | None = lexicon("exports")["admiralty"].get(admiralty[-1])
    return found


def sources(d: Dossier, id: str) -> list[dict[str, Any]]:
    """The page with the digest of the bytes that were captured of it, and what the thing is called in the record."""
    hashes = (
        {"SHA-256": d.article.capture.removeprefix("sha256:")} if page(d) else None
    )  # a hash is that of the url's content
    name = outlet(d) or "unknown outlet"
    return [
        filled(source_name=name, description=d.article.title or name, url=page(d), hashes=hashes),
        {"source_name": "onrecord", "external_id": id},
    ]


def report(d: Dossier, refs: list[str], printed: dict[str, Any] | None) -> dict[str, Any]:
    """An article as a report."""
    about = filled(
        name=d.article.title or page(d) or d.article.id, published=stamp(d.moment or d.published), report_types=["news-article"], object_refs=refs,
        lang=d.article.language, labels=[LABELS, *([f"story:{d.story.id}"] if d.story else []), *([f"copy-of:{d.copy.of}"] if d.copy else [])],
        description=f"{outlet(d) or 'Unknown outlet'}, {d.published}; read by {reader(d)}", external_references=sources(d, d.article.id),
    )  # fmt: skip
    return common("report", ident("report", d.article.id), stamp(d.read_when)) | about


def story_report(d: Dossier, reports: list[str]) -> dict[str, Any]:
    """A story as a report on its articles' reports."""
    assert d.story
    made = common("report", ident("report", "story", d.story.id), stamp(d.story.first), stamp(d.story.last))
    return made | {"name": d.story.title or d.story.id, "published": stamp(d.story.first), "report_types": ["news-story"], "object_refs": reports, "labels": [LABELS, "story"]}  # fmt: skip


def indicator(watched: Watched) -> dict[str, Any]:
    """An armed question as an indicator, in onrecord's own small language."""
    i = watched.indicator
    made = common("indicator", ident("indicator", i.id), stamp(watched.made_when), stamp(watched.removed) if watched.removed else None)  # fmt: skip
    until = stamp(watched.removed) if watched.removed and stamp(watched.removed) > stamp(watched.made_when) else None
    return made | filled(
        name=i.name, description=f"{watched.state}: {watched.why}", indicator_types=["unknown"], pattern=described(i.test), pattern_type="onrecord",
        pattern_version=__version__, valid_from=stamp(watched.made_when), valid_until=until, labels=[LABELS, i.kind],
        external_references=[{"source_name": "onrecord", "external_id": i.id}],
    )  # fmt: skip


def sighting(d: Dossier, alert: Alert, printed: dict[str, Any] | None) -> dict[str, Any]:
    """An alert as a sighting of its indicator."""
    at = stamp(d.moment or alert.when)
    return common("sighting", ident("sighting", alert.id), stamp(alert.when)) | filled(
        sighting_of_ref=ident("indicator", alert.indicator), where_sighted_refs=[printed["id"]] if printed else [], first_seen=at, last_seen=at, count=1,
        description=f"{alert.crossing}: {alert.sentence} — {alert.reason}", confidence=credibility(alert.admiralty),
        labels=[LABELS, f"admiralty:{alert.admiralty}"], external_references=sources(d, alert.id),
    )  # fmt: skip
