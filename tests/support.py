"""What several tests share: an invented article, and records by their words."""

from __future__ import annotations

from pathlib import Path

from onrecord.model import (
    Article,
    Attribution,
    Clutter,
    Condition,
    Date,
    Dated,
    Entity,
    Figure,
    Finding,
    Outlet,
    Place,
    ReaderInfo,
    Reading,
)
from onrecord.text import Span

EXAMPLES = Path(__file__).parent.parent / "examples"

TEXT = (
    "Levy ‘to be halved’ in Seldrin\n\n"
    "“We priced ourselves out,” Transport Minister Ilse Karvonen told the Tidewire on Friday. She recalled that the harbour master "
    "had promised “a calm year”.\n\n"
    "If traffic exceeds 4,000 ships, the levy will return, officials said."
)


def at(words: str, text: str = TEXT, n: int = 0) -> Span:
    """The span of the n-th place where the words stand."""
    start = -1
    for _ in range(n + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def article(text: str = TEXT, title: str | None = "Levy ‘to be halved’ in Seldrin", **more: object) -> Article:
    """An article around a text."""
    fields: dict[str, object] = {"id": "x" * 64, "capture": "sha256:" + "0" * 64, "language": "en", **more}
    return Article(text=text, title=title, **fields)  # type: ignore[arg-type]


def reading() -> Reading:
    """A Reading with a record of each kind, nested and broken ones among them."""
    said = Attribution(id="a1", kind="direct", source=(at("Transport Minister Ilse Karvonen"),), cue=(at("told"),), content=(at("We priced ourselves out"),),
                       speaker="e1", speaker_kind="named", venue="e2", confidence=0.9)  # fmt: skip
    recalled = Attribution(id="a2", kind="mixed", source=(at("She"),), cue=(at("recalled"),),
                           content=(at("that the harbour master had promised “a calm year”"),), speaker="e1", speaker_kind="named", confidence=0.8)  # fmt: skip
    promised = Attribution(id="a3", kind="direct", source=(at("the harbour master"),), cue=(at("had promised"),), content=(at("a calm year"),), speaker="e3",
                           speaker_kind="described", within="a2", confidence=0.7)  # fmt: skip
    warned = Attribution(id="a4", kind="indirect", source=(at("officials"),), cue=(at("said"),), content=(at("If traffic exceeds 4,000 ships"), at("the levy will return")),
                         speaker_kind="anonymous", negated=True, certainty="Uu", confidence=0.6)  # fmt: skip
    return Reading(
        input="page.html",
        reader=ReaderInfo(name="en", version="0"),
        article=article(
            outlet=Outlet(name="Tidewire", domain="tidewire.example"),
            byline=("Oona Rask",),
            published=Dated(value="2031-05-16", evidence="meta"),
            clutter=(Clutter(text="Read more: Ten quiet islands", kind="promo"),),
        ),  # fmt: skip
        attributions=(said, recalled, promised, warned),
        entities=(
            Entity(
                id="e1",
                name="Ilse Karvonen",
                type="person",
                role="Transport Minister",
                mentions=(at("Ilse Karvonen"), at("She")),
            ),
            Entity(id="e2", name="Tidewire", type="outlet", mentions=(at("Tidewire"),)),
            Entity(id="e3", name="harbour master", type="person", mentions=(at("the harbour master"),)),
        ),
        figures=(
            Figure(
                id="f1",
                span=at("exceeds 4,000 ships"),
                value=4000,
                low=4000,
                comparator=">",
                unit="ships",
                status="hypothetical",
                attribution="a4",
            ),
        ),
        dates=(Date(span=at("Friday"), value="2031-05-16", type="date"),),
        places=(Place(id="p1", span=at("Seldrin"), name="Seldrin", country="SE", lat=57, lon=11.5, precision="city"),),
        conditions=(
            Condition(
                id="c1",
                if_=(at("traffic exceeds 4,000 ships"),),
                then=(at("the levy will return"),),
                marker=(at("If"),),
                kind="commitment",
                attribution="a4",
            ),
        ),
        findings=(
            Finding(
                kind="misquote",
                spans=(at("to be halved"), at("We priced ourselves out")),
                note="the headline quotes other words",
            ),
        ),
    )
