"""A long article in pieces that a page each can show, and a reading narrowed to one of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.export.marking import Mark, marks
from onrecord.model import Attribution, Reading
from onrecord.text import Span, Spans, overlap

MOST = 200_000  # bytes of a page that the text with its marks and records may take
UNIT = 2_000  # characters: a longer paragraph is cut
MARK = 130  # bytes that a mark adds to the text, as the demonstration's articles have them
CARDS = {"attributions": 1000, "events": 800, "figures": 800, "conditions": 850}  # bytes of a record's card there
OTHERS = 560
PARAGRAPH = re.compile(r"[^\n](?:[^\n]|\n(?!\n))*")


class Narrowed(NamedTuple):
    """The part of a reading that concerns a stretch of the text, and the ids of its parts by their labels in it."""

    reading: Reading
    ids: Mapping[str, str]


def windows(reading: Reading) -> list[Span]:
    """The stretches of the text, one after another, that fit on a page; nearly always one, the whole text."""
    text, found = reading.article.text, sorted(marks(reading))
    weights = card_weights(reading)
    if len(text) * 2 + len(found) * MARK + sum(weights.values()) < MOST:
        return [(0, len(text))]
    out: list[Span] = []
    size, seen = 0, set[str]()
    for (start, end), over in units(text, found):
        cost = len(escape(text[start:end]).encode("utf-8", "replace")) + MARK * len(over)
        new = {m.record for m in over} - seen
        cards = sum(weights.get(r, OTHERS) for r in new)
        if not out or size + cost + cards > MOST:
            out.append((start, end))
            new = {m.record for m in over}
            size, seen, cards = 0, set(), sum(weights.get(r, OTHERS) for r in new)
        out[-1] = out[-1][0], end
        size, seen = size + cost + cards, seen | new
    return out or [(0, len(text))]


def card_weights(reading: Reading) -> dict[str, int]:
    """How many bytes the card of each record takes, by its label; those of others weigh `OTHERS`."""
    return {one.id: weight for part, weight in CARDS.items() for one in getattr(reading, part)}


def units(text: str, found: Sequence[Mark]) -> Iterator[tuple[Span, list[Mark]]]:
    """Paragraphs, the long ones cut between words, with the marks that lie over them."""
    ahead, active = 0, list[Mark]()
    for m in PARAGRAPH.finditer(text):
        start, end = m.span()
        while start < end:
            stop = end if end - start <= UNIT else cut(text, start, start + UNIT)
            while ahead < len(found) and found[ahead].span[0] < stop:
                active.append(found[ahead])
                ahead += 1
            active = [mark for mark in active if mark.span[1] > start]
            yield (start, stop), active
            start = stop


def cut(text: str, start: int, end: int) -> int:
    """The place behind the last white space of a stretch; its end where it has none."""
    place = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return place + 1 if place > start else end


def window_of(found: Sequence[Span], place: int) -> Span:
    """The window that a place of the text lies in."""
    return found[max(0, bisect_right(found, place, key=lambda w: w[0]) - 1)]


def narrowed(reading: Reading, ids: Mapping[str, str], window: Span) -> Narrowed:
    """What concerns a stretch of the text: the records that touch it, with those whose word they are and those they name."""

    def here(*spans: Spans) -> bool:
        return any(overlap(s, window) for some in spans for s in some)

    dates = [(n, d) for n, d in enumerate(reading.dates, 1) if here((d.span,))]
    estimates = [(n, e) for n, e in enumerate(reading.estimates, 1) if here((e.span,))]
    findings = [(n, x) for n, x in enumerate(reading.findings, 1) if here(x.spans)]
    events = [v for v in reading.events if here(v.anchor)]
    figures = [f for f in reading.figures if here((f.span,), f.of)]
    conditions = [c for c in reading.conditions if here(c.marker, c.if_, c.then)]
    touching = {a.id for a in reading.attributions if here(a.source, a.cue, a.content)}
    owners = {x.attribution for some in (events, figures, conditions, [e for _, e in estimates]) for x in some}
    said = with_outer(reading, touching | {o for o in owners if o})
    named = {who for a in said for who in (a.speaker, a.venue)} | {who for v in events for who in (*v.actors, *v.recipients)}  # fmt: skip
    places = {v.place for v in events}
    fewer = replace(
        reading,
        attributions=said,
        entities=tuple(e for e in reading.entities if e.id in named or here(e.mentions)),
        events=tuple(events),
        figures=tuple(figures),
        dates=tuple(d for _, d in dates),
        places=tuple(p for p in reading.places if p.id in places or here((p.span,))),
        conditions=tuple(conditions),
        estimates=tuple(e for _, e in estimates),
        findings=tuple(x for _, x in findings),
    )
    old = {"d": [n for n, _ in dates], "w": [n for n, _ in estimates], "n": [n for n, _ in findings]}
    moved = {f"{letter}{m}": ids.get(f"{letter}{n}", "") for letter, some in old.items() for m, n in enumerate(some, 1)}
    return Narrowed(fewer, {**ids, **moved})


def with_outer(reading: Reading, labels: set[str]) -> tuple[Attribution, ...]:
    """The attributions of these labels and those that they lie within, in the order of the reading."""
    known, wanted, said = {a.id: a for a in reading.attributions}, list(labels), set[str]()
    while wanted:
        a = known.get(wanted.pop())
        if a is not None and a.id not in said:
            said.add(a.id)
            wanted.append(a.within or "")
    return tuple(a for a in reading.attributions if a.id in said)
