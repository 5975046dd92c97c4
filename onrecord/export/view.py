"""What the report formats share: records looked up and put into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from onrecord.model import (
    Article,
    Attribution,
    AttributionKind,
    Certainty,
    Comparator,
    Condition,
    Entity,
    Estimate,
    Event,
    Figure,
    Place,
    Reading,
)
from onrecord.text import envelope, words_of

T = TypeVar("T")

CERTAINTY: dict[Certainty, str] = {
    "CT+": "certain",
    "PR+": "probable",
    "PS+": "possible",
    "CT-": "certain not",
    "PR-": "probably not",
    "PS-": "possibly not",
    "Uu": "uncommitted",
}
QUOTED: dict[AttributionKind, str] = {"direct": "quoted", "mixed": "partly quoted", "indirect": "reported"}
COMPARATOR: dict[Comparator, str] = {
    "=": "",
    "~": "about ",
    ">": "more than ",
    "<": "less than ",
    ">=": "at least ",
    "<=": "at most ",
}


def speaker_of(reading: Reading, a: Attribution) -> Entity | None:
    """The entity behind an attribution, or None."""
    return entity(reading, a.speaker)


def entity(reading: Reading, ident: str | None) -> Entity | None:
    """The entity of that id, or None."""
    return next((e for e in reading.entities if e.id == ident), None) if ident else None


def speaker_name(reading: Reading, a: Attribution) -> str:
    """The speaker in full, with role; the source's own words where nobody was resolved."""
    found = speaker_of(reading, a)
    if found:
        return f"{found.name}, {found.role}" if found.role else found.name
    return words_of(reading.article.text, a.source) or "nobody named"


def attribution(reading: Reading, ident: str | None) -> Attribution | None:
    """The attribution of that id, or None."""
    return next((a for a in reading.attributions if a.id == ident), None) if ident else None


def chain(reading: Reading, a: Attribution) -> list[str]:
    """Through whom it reached us, innermost first: who reported the words, and where."""
    links = []
    if venue := entity(reading, a.venue):
        links.append(venue.name)
    parent, seen = attribution(reading, a.within), {a.id}
    while parent and parent.id not in seen:
        seen.add(parent.id)
        found = speaker_of(reading, parent)
        links.append(found.name if found else words_of(reading.article.text, parent.source) or "nobody named")
        parent = attribution(reading, parent.within)
    return links


def depth(reading: Reading, a: Attribution) -> int:
    """How many attributions an attribution lies within; 0 for one that lies in a circle, so that none gets lost."""
    seen = {a.id}
    parent = attribution(reading, a.within)
    while parent:
        if parent.id in seen:
            return 0
        seen.add(parent.id)
        parent = attribution(reading, parent.within)
    return len(seen) - 1


def badges(a: Attribution) -> tuple[list[str], list[str]]:
    """An attribution's marks in words: those that a reader must not miss, and how it is quoted, how firm it is, which act."""
    strong = [words for words, holds in (("anonymous", a.speaker_kind == "anonymous"), ("denied or not said", a.negated)) if holds]  # fmt: skip
    return strong, [QUOTED[a.kind], CERTAINTY[a.certainty], *([a.act] if a.act != "statement" else [])]


def in_order(reading: Reading) -> list[Attribution]:
    """The attributions in the order of the text, each followed by those that lie within it."""
    children: dict[str | None, list[Attribution]] = {}
    for a in sorted(reading.attributions, key=lambda a: envelope((*a.source, *a.cue, *a.content)), reverse=True):
        children.setdefault(a.within if depth(reading, a) else None, []).append(a)
    out, rest = [], children.get(None, [])
    while rest:
        out.append(rest.pop())
        rest += children.get(out[-1].id, [])
    return out


def number(value: float | int | None) -> str:
    """A number as people write it: millions and more in words where three decimals hold them."""
    if value is None:
        return ""
    for factor, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if factor <= abs(value) < 1000 * factor and round(value / factor, 3) * factor == value:
            return f"{round(value / factor, 3):g} {word}"
    return f"{value:,}"


def counted_words(f: Figure, text: str) -> str:
    """What a figure is of: "millimetres of rain", "wooden boats"."""
    counted, unit = " ".join(text[slice(*s)] for s in f.of), f.unit or ""
    if not counted:
        return unit
    if unit == "people" or counted.lower().endswith(unit):
        return f"of {counted}" if f.value is not None and 0 < f.value < 1 else counted
    return f"{unit} of {counted}"


def figure_words(f: Figure, text: str) -> str:
    """A figure's comparator, value or range, unit and words counted."""
    if f.value is None and f.low is not None and f.high is not None:
        said = f"{number(f.low)} to {number(f.high)}"
    elif f.value is None:
        said = f"{number(f.low)} or more"
    else:
        said = COMPARATOR[f.comparator] + number(f.value)
    return f"{said} {counted_words(f, text)}".rstrip()


def figure_line(f: Figure, text: str) -> str:
    """What a figure means: its value in words, and whether it is a fact."""
    return f"{figure_words(f, text)} · {f.status}"


def condition_words(reading: Reading, c: Condition) -> tuple[str, str]:
    """What would have to happen, and what would follow."""
    text = reading.article.text
    return f"if {words_of(text, c.if_)}", f"→ {words_of(text, c.then)}"


def estimate_line(e: Estimate) -> str:
    """What an estimative word means, in per cent."""
    return f"{e.low} to {e.high} per cent · {e.band}"


def event_line(reading: Reading, v: Event) -> str:
    """What happened: type and mode, who to whom, whether, when and where."""
    known = {e.id: e.name for e in reading.entities}
    actors, recipients = (", ".join(known.get(i, i) for i in side) for side in (v.actors, v.recipients))
    between = f"{actors or '—'} → {recipients or '—'}"
    where = next((p.name for p in reading.places if p.id == v.place), "")
    named = f"{v.type} ({v.mode})" if v.mode else v.type
    return cells([named, between, v.status, v.date.value if v.date else "", where])


def first_mentions(reading: Reading) -> dict[str, Place]:
    """Each place's id with the first mention of the same place."""
    firsts: dict[object, Place] = {}
    return {p.id: firsts.setdefault(p.geonames_id or (p.name, p.country), p) for p in reading.places}


def places(reading: Reading) -> list[tuple[Place, int]]:
    """The first mention of each place, and how often the place is mentioned."""
    firsts = first_mentions(reading).values()
    times = Counter(p.id for p in firsts)
    return [(p, times[p.id]) for p in dict.fromkeys(firsts)]


def place_line(p: Place, times: int) -> str:
    """What is known of where a place is, and how often it is mentioned."""
    known = "cannot be located" if p.precision == "unknown" else p.precision
    about = "" if p.precision in ("city", "point") else "around "
    at = "" if p.lat is None or p.lon is None else f"{about}{p.lat:.2f}, {p.lon:.2f}"
    return cells([known, p.country or "", at, counted(times)])


def entity_line(e: Entity) -> str:
    """Role, country, type and number of mentions."""
    return cells([e.role or "", e.country or "", e.type, mentions(e)])


def mentions(e: Entity) -> str:
    """How often the article mentions an entity, in words."""
    return counted(len(e.mentions))


def counted(times: int) -> str:
    """A number of mentions, in words."""
    return "1 mention" if times == 1 else f"{times} mentions"


def numbered(records: Iterable[T]) -> Iterator[tuple[int, T]]:
    """The records that have no id of their own, counted from 1."""
    return enumerate(records, 1)


def published(article: Article) -> str:
    """When the article says it was published, and what says so."""
    if article.published is None:
        return "no date found"
    return f"{article.published.value} ({article.published.evidence})"


def outlet(article: Article) -> str:
    """The outlet's name, else its domain."""
    return (article.outlet.name or article.outlet.domain or "") if article.outlet else ""


def language_note(article: Article) -> str:
    """What to say of an article that nobody here can read."""
    return f"Parsed but not read: there is no reader for the language “{article.language}” yet."


def shorten(text: str, limit: int) -> str:
    """A text cut to a length, with a mark where it was cut."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def cells(parts: Sequence[str]) -> str:
    """The parts that are not empty, set apart."""
    return " · ".join(p for p in parts if p)
