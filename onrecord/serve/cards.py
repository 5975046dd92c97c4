"""The records of an article as the desk shows them beside the text: what each says, whose word it is, where it leads."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from onrecord.export import records, view
from onrecord.export.records import Line
from onrecord.model import Attribution, Reading
from onrecord.store.surroundings import Surroundings
from onrecord.text import envelope, words_of

LONGEST = 420  # characters of the words of a record that are shown
LAYERS = ("said", "figures", "dates", "places", "events", "conditions", "estimates", "findings", "clutter")
WATCHED = ("condition", "figure")  # what an indicator can be armed from


class Card(Struct, frozen=True, kw_only=True):
    """A record beside the text. `id` is how the part's id begins: the words are at #p and it, the record at #r and it."""

    kind: str
    id: str
    at: str  # where its words are; "" where there are none
    words: str
    detail: str = ""
    who: str = ""  # an attribution's: the speaker, role, cue, marks in words, chain, origin
    role: str = ""
    cue: str = ""
    strong: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    origin: str = ""
    confidence: float | None = None
    depth: int = 0  # of the nesting
    said: bool = False  # it is somebody's word
    by: str = ""  # whose; "" for the outlet's own
    by_id: str = ""  # and where that is said
    within: str = ""  # the part that it lies within
    account: str = ""  # where its account is
    watch: str = ""  # where an indicator is armed from it


class Section(Struct, frozen=True, kw_only=True):
    """The cards of one layer."""

    layer: str
    title: str
    cards: tuple[Card, ...]


def sections(reading: Reading, about: Surroundings, ids: Mapping[str, str], here: Container[str]) -> Iterator[Section]:
    """The cards in sections, those that are empty left out; `here` are the labels whose words the page shows."""
    said = tuple(card(reading, a, about, ids) for a in view.in_order(reading))
    found = [("findings", "Findings", tuple(small(reading, x, about, ids) for x in records.findings(reading))), ("said", "Said", said)]  # fmt: skip
    for title, lines in records.sections(reading):
        found.append((title.lower(), title, tuple(small(reading, line, about, ids) for line in lines)))
    shown = {id for label, id in ids.items() if label in here}
    for layer, title, cards in found:
        placed = (c if c.id in shown else replace(c, at=f"/part/{c.id}" if c.kind != "finding" else "") for c in cards)
        if cards:
            yield Section(layer=layer, title=title, cards=tuple(placed))


def card(reading: Reading, a: Attribution, about: Surroundings, ids: Mapping[str, str]) -> Card:
    """An attribution as a card."""
    text, who = reading.article.text, view.speaker_of(reading, a)
    strong, plain = view.badges(a)
    return Card(
        kind="attribution",
        id=ids[a.id],
        at=f"#p{ids[a.id]}",
        words=view.shorten(words_of(text, a.content), LONGEST),
        who=who.name if who else view.shorten(words_of(text, a.source), 120) or "nobody named",
        role=(who.role or "") if who else "",
        cue=words_of(text, a.cue),
        strong=tuple(strong),
        plain=tuple(plain),
        via=tuple(view.chain(reading, a)),
        origin=about.origins.get(a.id, ""),
        confidence=a.confidence,
        depth=min(view.depth(reading, a), 3),
        within=ids.get(a.within or "", ""),
        account=account(about, ids[a.id]),
    )


def small(reading: Reading, line: Line, about: Surroundings, ids: Mapping[str, str]) -> Card:
    """Any other record as a card."""
    a, id = view.attribution(reading, line.attribution), ids[line.label]
    return Card(
        kind=line.kind,
        id=id,
        at=f"#p{id}",
        words=view.shorten(line.words, LONGEST),
        detail=line.detail,
        said=line.said,
        by=view.shorten(view.speaker_name(reading, a), 120) if a else "",
        by_id=ids[a.id] if a else "",
        account=account(about, id),
        watch=f"/indicators?from={quote(id)}" if line.kind in WATCHED else "",
    )


def account(about: Surroundings, id: str) -> str:
    """Where all claims of a record's account are, as its story shows only the first accounts; "" where it has none."""
    found = about.accounts.get(id)
    return f"/account/{found[:16]}" if found else ""


def cited_words(reading: Reading, label: str) -> str:
    """The exact words of a part: an attribution with source and cue in one stretch where it is in one paragraph. Raises KeyError."""
    from onrecord.export.marking import marks

    text, spans = reading.article.text, [m.span for m in marks(reading) if m.record == label]
    if not spans:
        raise KeyError(label)
    if any(e.id == label for e in reading.entities):
        return text[slice(*spans[0])]
    start, end = envelope(spans)
    return words_of(text, sorted(set(spans))) if "\n\n" in text[start:end] else text[start:end]


def citation(reading: Reading, about: Surroundings, words: str) -> str:
    """A citation of words, but for where they are at the desk: words, outlet, title, date, address, and the archived bytes."""
    article, first = reading.article, about.captures[0] if about.captures else None
    when = article.published.value if article.published else f"undated, seen {about.first_seen}"
    where = [view.outlet(article) or "Unknown outlet", f"“{article.title}”" if article.title else "", when]
    archived = f"Archived {first.fetched if first and first.fetched else about.first_seen}, {article.capture}"
    lines = [f"“{' '.join(words.split())}”", ", ".join(w for w in where if w) + ".", article.canonical_url or article.url or "", archived]  # fmt: skip
    return "\n".join(line for line in lines if line)
