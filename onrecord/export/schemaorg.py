"""schema.org Quotation and Claim as JSON-LD, one a line (vocabulary 29, without terms of its own).

A Quotation is what stands in quotation marks, wholly or in part; a Claim is what one article says of an account of the record, and `sameAs` names the account,
which the claims of other articles share. schema.org knows no denial: a claim's authors are those who assert it, and one that is only denied has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.export.lines import (
    actor_id,
    actor_name,
    entity,
    filled,
    line,
    outlet,
    outlet_urn,
    page,
    sentence,
    site,
    urn,
    words,
)
from onrecord.model import Attribution
from onrecord.store.dossier import Dossier, Said
from onrecord.store.exporting import Selection

CONTEXT = "https://schema.org"
TYPES = {
    "person": "Person",
    "organisation": "Organization",
    "outlet": "NewsMediaOrganization",
    "group": "Organization",
    "place": "Organization",
}


def write(selection: Selection, out: BinaryIO) -> None:
    """Quotations and claims, article by article."""
    for d in selection.dossiers():
        for a in d.attributions:
            if a.kind != "indirect":
                line(out, {"@context": CONTEXT} | quotation(d, a))
        for found in claims(d):
            line(out, {"@context": CONTEXT} | found)


def quotation(d: Dossier, a: Attribution) -> dict[str, Any]:
    """Quoted words, with who spoke them and where they stand."""
    speaker = somebody(d, a.speaker) or (filled(**{"@type": "Person"}, name=words(d, a.source)) if a.source else None)
    told = {"@type": "CreativeWork", "publisher": somebody(d, a.venue)} if a.venue else None  # where it was said first
    return {"@type": "Quotation", "@id": urn("attribution", d.ids[a.id])} | filled(
        text=words(d, a.content), spokenByCharacter=speaker, creator=speaker, inLanguage=d.article.language, isPartOf=article(d), citation=told,
    )  # fmt: skip


def somebody(d: Dossier, label: str | None) -> dict[str, Any] | None:
    """Somebody of the record; None for nobody, and for a document."""
    found = entity(d, label)
    if found is None or label is None or found.type not in TYPES:
        return None
    known = d.people.get(label)
    others = [n for n in known.profile.names if n != known.name] if known else []
    job = found.role if found.type == "person" else None
    return {"@type": TYPES[found.type], "@id": urn("actor", actor_id(d, label))} | filled(name=actor_name(d, label), alternateName=others, jobTitle=job)  # fmt: skip


def article(d: Dossier) -> dict[str, Any]:
    """The article, by its page and with the name of the bytes that were captured."""
    by = [{"@type": "Person", "name": name} for name in d.article.byline]
    publisher = (
        {"@type": "NewsMediaOrganization", "@id": outlet_urn(d)} | filled(name=outlet(d), url=site(d))
        if outlet(d)
        else None
    )
    copied = {"@type": "NewsArticle", "@id": urn("article", d.copy.of)} if d.copy else None
    return {"@type": "NewsArticle", "@id": urn("article", d.article.id)} | filled(
        url=page(d), headline=d.article.title, datePublished=d.article.published.value if d.article.published else None,
        dateModified=d.article.modified.value if d.article.modified else None, author=by, publisher=publisher, inLanguage=d.article.language,
        identifier=d.article.capture, isBasedOn=copied,
    )  # fmt: skip


def claims(d: Dossier) -> Iterator[dict[str, Any]]:
    """The accounts that an article tells, each once, however often it tells them."""
    by: dict[str, list[Said]] = {}
    for said in d.said:
        by.setdefault(said.account, []).append(said)
    for account, some in by.items():
        standing, asserting = d.standings[account], [said for said in some if said.stance == "asserts"]
        authors = list({a["name"]: a for said in asserting for a in [author(d, said)]}.values())
        first = {"@type": "NewsArticle", "@id": urn("article", d.article.id)} if d.moment == standing.first else None
        yield {"@type": "Claim", "@id": urn("claim", f"{account}:{d.article.id}")} | filled(
            name=standing.words, text=claimed(d, some[0]), author=authors, sameAs=urn("account", account), appearance=article(d), firstAppearance=first,
        )  # fmt: skip


def claimed(d: Dossier, said: Said) -> str:
    """What is claimed: a statement's words; of a figure or event the sentence, as the words alone claim nothing."""
    return said.words if said.kind == "statement" else sentence(d, said.words_at)


def author(d: Dossier, said: Said) -> dict[str, Any]:
    """Whose word a claim is: a speaker of the article if there is one, else its origin."""
    spoken = next((a for a in d.attributions if a.id == said.label), None)
    found = somebody(d, spoken.speaker) if spoken else None
    kind = "NewsMediaOrganization" if said.origin.kind in ("agency", "outlet") else "Person"
    unnamed = f"unnamed source of {said.origin.name}" if said.origin.kind == "anonymous" else said.origin.name
    return found or {"@type": kind, "name": unnamed}
