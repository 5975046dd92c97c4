"""The evidence: an archived article with the exact words marked, what was read there, where its bytes lie, and what surrounds it.

The layers that show are in the address (`layers`), so are the piece of a long article (`from`), the words to be cited (`cite`) and the tab.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.export import csv
from onrecord.export import view as put
from onrecord.export.marking import Stretch, marks, paragraphs
from onrecord.model import Attribution, Reading
from onrecord.resolve.carried import Carried, Departure, carried
from onrecord.serve import windows
from onrecord.serve.cards import LAYERS, Section, citation, cited_words, sections
from onrecord.serve.kinds import ID, Asked, Desk, Missing, Page, Param
from onrecord.store import surroundings
from onrecord.store.articles import address_of
from onrecord.store.database import Transaction
from onrecord.store.surroundings import Found, OtherArticle, Surroundings
from onrecord.text import Span, envelope, words_of

RAW = 5 * 2**20  # bytes that are shown of an archived page
COPIES = 10  # that a page compares
DEPARTURES = 20  # of a copy that are shown
PASSAGE = 400  # characters of one that are shown
LONG = 60_000  # characters: of longer ones the beginning is compared


class CopyView(Struct, frozen=True, kw_only=True):
    """A copy beside its original, word by word."""

    article: OtherArticle
    made: Carried
    more: int  # departures that are not shown
    dropped: tuple[str, ...]  # the words that the copy says as its own, with those who say them in the original
    cut: bool  # one of them is too long to be compared whole


class ArticleView(Struct, frozen=True, kw_only=True):
    """An archived article, its reading, and what surrounds it in the record."""

    reading: Reading
    about: Surroundings
    tab: str
    layers: tuple[str, ...]
    window: Span  # what the page shows of the text
    windows: tuple[Span, ...]
    cited: str | None = None  # how the id of the part that is cited begins
    citation: str | None = None
    copies: tuple[CopyView, ...] = ()
    page: int = 1  # of the copies
    more: bool = False  # there are more of them

    most_raw: ClassVar[int] = RAW
    all_layers: ClassVar[tuple[str, ...]] = LAYERS

    @property
    def earlier(self) -> str | None:
        """The version of the page before this one."""
        return self.beside(-1)

    @property
    def later(self) -> str | None:
        """The version of the page after this one."""
        return self.beside(1)

    def beside(self, step: int) -> str | None:
        """The version so many after this one; None where there is none."""
        ids = [v.id for v in self.about.versions]
        place = ids.index(self.reading.article.id) + step if self.reading.article.id in ids else -1
        return ids[place] if 0 <= place < len(ids) else None

    @property
    def whole(self) -> bool:
        """Whether the page shows the whole text."""
        return len(self.windows) == 1

    @property
    def titled(self) -> bool:
        """Whether the text begins with the headline, which is its first paragraph then."""
        article = self.reading.article
        return bool(article.title) and article.text.startswith(article.title or "") and self.window[0] == 0

    def shown(self) -> Shown:
        """What the page shows of the text: its paragraphs in stretches, and the records beside them."""
        everything = windows.Narrowed(self.reading, self.about.ids)
        reading, ids = everything if self.whole else windows.narrowed(*everything, self.window)
        found = tuple(map(tuple, paragraphs(reading.article.text, marks(reading), self.window)))
        here = {record for p in found for s in p for record in s.records}
        return Shown(paragraphs=found, sections=tuple(sections(reading, self.about, ids, here)), ids=dict(ids))


class Shown(Struct, frozen=True, kw_only=True):
    """What a page shows of a reading."""

    paragraphs: tuple[tuple[Stretch, ...], ...]
    sections: tuple[Section, ...]
    ids: dict[str, str]


PARAMS = (
    Param(name="tab", says="the article itself, the archived page, or what its copies made of it", choices=("article", "raw", "copies"), default="article"),
    Param(name="layers", says="what is marked; all where none is given", choices=(*LAYERS, "none"), many=True),
    Param(name="from", says="a place in the text of a long article, in characters: the page shows the piece that it lies in", whole=(0, 99_999_999), default="0"),
    Param(name="reading", says="the id of an older reading", pattern=ID),
    Param(name="cite", says="the id of a part to be cited, or how it begins", pattern=ID),
    Param(name="page", says="of the copies", whole=(1, 10_000), default="1"),
)  # fmt: skip


def view(desk: Desk, asked: Asked) -> ArticleView:
    """An article. Raises Missing."""
    page = asked.number("page")
    with desk.store.reading() as transaction:
        found = located(transaction, asked["id"], asked.given("reading"))
        reading, about = surroundings.whole(transaction, found)
        pieces = windows.windows(reading)
        cited, words = cited_part(reading, about, asked.given("cite"))
        copies = compare_copies(transaction, found, reading, about, page) if asked["tab"] == "copies" else ()
        return ArticleView(
            reading=reading,
            about=about,
            tab=asked["tab"],
            layers=tuple(layer for layer in LAYERS if layer in asked.lists["layers"] or not asked.lists["layers"]),
            window=windows.window_of(pieces, asked.number("from")),
            windows=tuple(pieces),
            cited=cited,
            citation=words,
            copies=copies,
            page=page,
            more=page * COPIES < about.copies,
        )


def located(transaction: Transaction, id: str, reading: str | None = None) -> Found:
    """The rows of an article. Raises Missing."""
    try:
        return surroundings.find(transaction, id, reading)
    except InputError:
        raise Missing(f"There is no article {id[:64]} in the record, or no such reading of it.") from None


def cited_part(reading: Reading, about: Surroundings, id: str | None) -> tuple[str | None, str | None]:
    """The part that is to be cited, and the citation. Raises Missing."""
    if id is None:
        return None, None
    labels = [label for label, known in about.ids.items() if known == id[: len(known)]]
    try:
        return about.ids[labels[0]], citation(reading, about, cited_words(reading, labels[0]))
    except LookupError:
        raise Missing(f"This article has no words of the id {id[:64]}.") from None


def compare_copies(transaction: Transaction, found: Found, reading: Reading, about: Surroundings, page: int) -> tuple[CopyView, ...]:  # fmt: skip
    """This article beside what it copies, and its copies beside it."""
    of = about.copy_of
    if of is not None and of.id not in {v.id for v in about.versions} and page == 1:
        original = surroundings.reading_of(transaction, of.id)
        return (compared(of, original, reading), *copies_of(transaction, found, reading, page))
    return copies_of(transaction, found, reading, page)


def copies_of(transaction: Transaction, found: Found, reading: Reading, page: int) -> tuple[CopyView, ...]:
    """The copies of an article beside it."""
    some = surroundings.copies(
        transaction, found.article, address_of(reading.article) or "", (page - 1) * COPIES, COPIES
    )
    return tuple(compared(c, reading, surroundings.reading_of(transaction, c.id)) for c in some)


def compared(other: OtherArticle, original: Reading, copy: Reading) -> CopyView:
    """A copy beside its original."""
    made = carried(beginning(original), beginning(copy))
    said = {a.id: a for a in original.attributions}
    return CopyView(
        article=other,
        made=replace(made, departures=tuple(map(cut_short, made.departures[:DEPARTURES]))),
        more=max(0, len(made.departures) - DEPARTURES),
        dropped=tuple(in_words(original, said[label]) for label in made.dropped[:DEPARTURES]),
        cut=max(len(r.article.text) for r in (original, copy)) > LONG,
    )


def cut_short(departure: Departure) -> Departure:
    """A departure whose long passages show only their beginning and their end."""
    ends = ((kind, words if len(words) <= PASSAGE else f"{words[: PASSAGE // 2]} … {words[-PASSAGE // 4 :]}") for kind, words in departure.pieces)  # fmt: skip
    return replace(departure, pieces=tuple(ends))


def beginning(reading: Reading) -> Reading:
    """A reading as far as it is compared: the beginning of a long text, and what is said there."""
    if len(reading.article.text) <= LONG:
        return reading
    said = tuple(a for a in reading.attributions if envelope(a.content)[1] <= LONG)
    return replace(reading, article=replace(reading.article, text=reading.article.text[:LONG]), attributions=said)


def in_words(reading: Reading, a: Attribution) -> str:
    """An attribution in one line."""
    return f"{put.speaker_name(reading, a)}: {put.shorten(words_of(reading.article.text, a.content), 240)}"


def rows(data: ArticleView) -> Iterator[Sequence[object]]:
    """The attributions as a table."""
    yield csv.HEADER
    yield from csv.rows(data.reading)


PAGES = (
    Page(path="/article/{id}", name="article", title="Evidence", view=view, data=ArticleView, params=PARAMS, rows=rows),
)
ACTIONS = ()
