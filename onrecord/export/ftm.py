"""FollowTheMoney entities, one a line, as OpenAleph and its kin load them (model 4.11).

An article is an Article; whoever acts or speaks a Person, Organization, PublicBody, Company or LegalEntity; a statement a Note on who made it; who is quoted
or named where a Documentation, which draws the line between the two; each name in an article a Mention; what happened an Event. Ids are made of the record's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.export import view
from onrecord.export.lines import (
    Once,
    actor_id,
    actor_name,
    filled,
    line,
    moment,
    outlet,
    page,
    reader,
    sentence,
    site,
    speaker,
    words,
)
from onrecord.knowledge import Standing
from onrecord.model import Attribution, Entity, Event
from onrecord.read.manner import lexicon
from onrecord.store.dossier import Dossier
from onrecord.store.exporting import Selection

SCHEMATA = {
    "person": "Person",
    "organisation": "Organization",
    "outlet": "Organization",
    "group": "LegalEntity",
    "place": "LegalEntity",
}
DAY = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?")
HAPPENED = {"actual": "", "historical": "", "planned": "planned: "}  # what is denied or only supposed is no event


def write(selection: Selection, out: BinaryIO) -> None:
    """The entities, those referred to before those that refer to them."""
    once = Once()
    for d in selection.dossiers():
        for found in entities(d):
            if found["schema"] not in ALWAYS_NEW and not once.first(found["id"]):
                continue
            line(out, found)


ALWAYS_NEW = frozenset({"Note", "Mention", "Event", "Documentation"})  # of one article only


def entities(d: Dossier) -> Iterator[dict[str, Any]]:
    """All that an article gives."""
    quoted = {a.speaker for a in d.attributions if a.speaker}
    acting = {label for v in d.events for label in (*v.actors, *v.recipients)}
    whole = len(d.attributions) == len(d.reading.attributions)
    named = [e for e in d.reading.entities if has_name(e) and (whole or e.id in quoted | acting)]
    yield article(d)
    yield from (actor(d, e) for e in named)
    yield from (mention(d, e) for e in named)
    yield from (documentation(d, e, "quoted" if e.id in quoted else "named") for e in named)
    known = {e.id for e in named}
    yield from (note(d, a, a.speaker if a.speaker in known else None) for a in d.attributions)
    yield from (event(d, v, known) for v in d.events if v.status in HAPPENED)


def has_name(e: Entity) -> bool:
    """Whether somebody has a name: a description ("the captain") would be matched with every other captain, so it is told in statements only."""
    return e.type in SCHEMATA and any(c.isupper() for c in e.name)


def made(schema: str, id: str, **properties: Any) -> dict[str, Any]:
    """An entity: every property is a list of strings; those that say nothing are left out."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in filled(**properties).items()}
    strings = {name: list(dict.fromkeys(str(v) for v in values if v)) for name, values in lists.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in strings.items() if values}}


def article(d: Dossier) -> dict[str, Any]:
    """The article, whose text is kept whole."""
    a = d.article
    return made(
        "Article", article_id(d), title=a.title or a.text[:80], fileName=f"{a.id[:16]}.html", author=list(a.byline), bodyText=a.text, sourceUrl=page(d),
        publishedAt=date(d.published), retrievedAt=date(d.captures[0].fetched), language=language(a.language), publisher=outlet(d), publisherUrl=site(d),
        mimeType=mime(d), crawler="onrecord", processingAgent=reader(d), processedAt=date(d.read_when), keywords=[d.story.title] if d.story else [],
        notes=[f"captured bytes {a.capture}", *([f"carries the text of article {d.copy.of}"] if d.copy else [])],
    )  # fmt: skip


def mime(d: Dossier) -> str | None:
    """What kind of file was captured, as its server said."""
    found = re.match(r"[a-z]+/[a-z0-9.+-]+", (d.captures[0].content_type or "").lower())
    return found[0] if found else None


def article_id(d: Dossier) -> str:
    """The article's id."""
    return f"onrecord-article-{d.article.id}"


def actor_ref(d: Dossier, label: str) -> str:
    """The id of whoever an entity stands for."""
    return f"onrecord-actor-{actor_id(d, label)}"


def actor(d: Dossier, e: Entity) -> dict[str, Any]:
    """Somebody, as the whole record knows them."""
    known = d.people.get(e.id)
    name = known.name if known else e.name
    roles, countries = (list(known.profile.roles), known.profile.countries) if known else ([e.role], (e.country,))
    schema = schema_of(e, name)
    return made(
        schema, actor_ref(d, e.id), name=name, alias=[n for n in known.profile.names if n != name] if known else [], country=[c.lower() for c in countries if c],
        position=roles if schema == "Person" else [], classification="news outlet" if e.type == "outlet" else None,
    )  # fmt: skip


def schema_of(e: Entity, name: str) -> str:
    """Which schema somebody is: of organisations those whose name says so are public bodies or companies."""
    if e.type == "organisation":
        parts, table = name.split(), lexicon("exports")["body"]
        if any(word.casefold() in table["public"] for word in parts):
            return "PublicBody"
        if parts and parts[-1] in table["company"]:
            return "Company"
    return SCHEMATA[e.type]


def mention(d: Dossier, e: Entity) -> dict[str, Any]:
    """That the article names somebody, as it writes the name."""
    return made(
        "Mention", f"onrecord-mention-{d.ids[e.id]}", document=article_id(d), name=e.name, resolved=actor_ref(d, e.id), detectedSchema=schema_of(e, e.name),
        contextCountry=e.country.lower() if e.country else None,
    )  # fmt: skip


def documentation(d: Dossier, e: Entity, role: str) -> dict[str, Any]:
    """The line from an article to whom it quotes or names."""
    return made(
        "Documentation", f"onrecord-documentation-{d.ids[e.id]}", document=article_id(d), entity=actor_ref(d, e.id), role=role, date=date(d.published),
        publisher=outlet(d), sourceUrl=page(d), recordId=d.ids[e.id],
    )  # fmt: skip


def note(d: Dossier, a: Attribution, label: str | None) -> dict[str, Any]:
    """A statement: its words, on whoever made it, proved by the article."""
    name = speaker(d, a) or "nobody named"
    said = next((s for s in d.said if s.label == a.id), None)
    standing = d.standings[said.account] if said else None
    how = view.cells([*view.badges(a)[0], *view.badges(a)[1], *(f"via {link}" for link in view.chain(d.reading, a))])
    return made(
        "Note", f"onrecord-statement-{d.ids[a.id]}", name=view.shorten(f"{name}: {words(d, a.content)}", 120), description=words(d, a.content),
        entity=actor_ref(d, label) if label else article_id(d), proof=article_id(d), summary=how, sourceUrl=page(d), publisher=outlet(d),
        createdAt=date(d.published), keywords=[f"quotation:{a.kind}", f"act:{a.act}", f"certainty:{a.certainty}"],
        notes=graded(standing) if standing else [],
    )  # fmt: skip


def graded(standing: Standing) -> list[str]:
    """How the record grades an account, in words."""
    return [f"Admiralty {standing.admiralty}: {standing.reason}"]


def event(d: Dossier, v: Event, known: set[str]) -> dict[str, Any]:
    """What happened, or is planned, with those who took part."""
    place = next((p for p in d.reading.places if p.id == v.place), None)
    actors, recipients = ([label for label in side if label in known] for side in (v.actors, v.recipients))
    return made(
        "Event", f"onrecord-event-{d.ids[v.id]}", name=HAPPENED[v.status] + happening(d, v),
        date=date(v.date.value) if v.date else None, summary=sentence(d, v.anchor), location=place.name if place else None,
        country=place.country.lower() if place and place.country else None, organizer=[actor_ref(d, label) for label in actors],
        involved=[actor_ref(d, label) for label in (*actors, *recipients)], proof=article_id(d), sourceUrl=page(d), publisher=outlet(d),
        keywords=[v.type, *([v.mode] if v.mode else []), v.status], recordId=d.ids[v.id],
    )  # fmt: skip


def happening(d: Dossier, v: Event) -> str:
    """Who did what to whom, in a few words."""
    actors, recipients = (", ".join(actor_name(d, label) or "" for label in side) for side in (v.actors, v.recipients))
    named = f"{v.type} ({v.mode})" if v.mode else v.type
    return (f"{actors}: " if actors else "") + named + (f" → {recipients}" if recipients else "")


def date(value: str | None) -> str | None:
    """A moment as FollowTheMoney writes it, in UTC; a day, month or year stays one. None for what is no date."""
    found = DAY.match(value or "")
    if not found or len(found[0]) <= 10:
        return found[0] if found else None
    at = moment(value)
    return at.removesuffix("Z") if at else None


def language(code: str | None) -> str | None:
    """A language by its three letters; None for what the model does not know."""
    found: str | None = lexicon("exports")["language3"].get(code or "")
    return found
