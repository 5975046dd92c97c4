"""A brief as a PDF for printing: A4, with page numbers, bookmarks, links, notes at the end, and its fonts within it.

The same brief gives the same bytes. Words in Chinese, Japanese and Korean use the fonts that PDF readers bring for them (Adobe's CJK collections), as
such fonts are large. It is not a tagged PDF: the HTML page is the form for screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from html import escape
from importlib.resources import as_file, files
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
)

from onrecord.export.brief import Brief, Section, of_selection
from onrecord.export.brief_accounts import day
from onrecord.export.notes import Note, Run, Sentence
from onrecord.export.scripts import spans
from onrecord.export.view import shorten
from onrecord.store.exporting import Selection

REGULAR, BOLD = "BriefSans", "BriefSans-Bold"
FACES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}
CJK = {"chinese": "STSong-Light", "japanese": "HeiseiMin-W3", "korean": "HYSMyeongJo-Medium"}
INK, DIM, LINK = "#1b1b18", "#55554e", "#14507d"
MARGIN, FOOT = 20 * mm, 12 * mm
HEADS = {"h1": 0, "h2": 1, "h3": 2}  # styles that become bookmarks, with their depth

Seen = set[int]  # notes that were referred to


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes the brief of the story that was asked for. Raises InputError."""
    write_brief(of_selection(selection), out)


def write_brief(b: Brief, out: BinaryIO) -> None:
    """Writes a brief."""
    fonts()
    document = Document(
        out, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN + FOOT / 2, title=b.title, subject=f"Story brief, {b.moment}",
        author=b.made_by, creator=b.made_by, producer=b.made_by, keywords=f"story {b.story.id}", lang="en", invariant=1, displayDocTitle=1,
    )  # fmt: skip
    frame = Frame(MARGIN, MARGIN + FOOT / 2, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN - FOOT / 2, id="body", leftPadding=0, rightPadding=0)  # fmt: skip
    document.addPageTemplates([PageTemplate(id="page", frames=[frame])])
    document.build(list(flow(b)), canvasmaker=numbered(b))


class Document(BaseDocTemplate):  # type: ignore[misc]
    """A document whose headings become bookmarks."""

    def afterFlowable(self, flowable: Flowable) -> None:
        """Notes where a heading came to stand."""
        depth = HEADS.get(getattr(getattr(flowable, "style", None), "name", ""))
        if depth is not None:
            key = f"h{self.canv.getPageNumber()}-{id(flowable)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(shorten(flowable.getPlainText(), 100), key, depth, closed=depth > 0)


def numbered(b: Brief) -> type[Canvas]:
    """A canvas whose pages say which they are, of how many."""

    class Numbered(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs | {"initialFontName": REGULAR})
            self.pages: list[dict[str, Any]] = []
            self._doc._timeStamp = stamped(b.story.last)

        def showPage(self) -> None:
            self.pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for n, page in enumerate(self.pages, 1):
                self.__dict__.update(page)
                footer(self, b, n, len(self.pages))
                super().showPage()
            super().save()

    return Numbered


def stamped(moment: str) -> TimeStamp:
    """What the file says of when it was made: the moment of the latest article, as the clock is asked nowhere."""
    made, at = TimeStamp(1), datetime.fromisoformat(moment).astimezone(UTC)
    made.t, made.lt, made.YMDhms = at.timestamp(), at.timetuple(), tuple(at.timetuple())[:6]
    return made


def footer(canvas: Canvas, b: Brief, page: int, pages: int) -> None:
    """What stands at the foot of a page."""
    small, width = style("small"), A4[0] - 2 * MARGIN
    for words, align in ((f"{shorten(b.title, 70)} · to {b.moment}", 0), (f"{page} of {pages}", 2)):
        made = Paragraph(plain(words), ParagraphStyle("foot", parent=small, alignment=align))
        made.wrapOn(canvas, width, FOOT)
        made.drawOn(canvas, MARGIN, MARGIN - FOOT / 2)


@cache
def fonts() -> None:
    """Makes the fonts known, once."""
    for name, face in FACES.items():
        with as_file(files("onrecord.export") / "fonts" / face) as path:
            pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    for name in CJK.values():
        pdfmetrics.registerFont(UnicodeCIDFont(name))


@cache
def style(name: str) -> ParagraphStyle:
    """A style of the brief."""
    base = ParagraphStyle("body", fontName=REGULAR, bulletFontName=REGULAR, fontSize=9.5, leading=13.5, textColor=HexColor(INK), spaceAfter=5, allowWidows=0, allowOrphans=0, splitLongWords=1)  # fmt: skip
    made = {
        "kind": {"fontSize": 8, "textColor": HexColor(DIM), "spaceAfter": 2},
        "h1": {"fontName": BOLD, "fontSize": 18, "leading": 23, "spaceAfter": 8},
        "h2": {"fontName": BOLD, "fontSize": 13, "leading": 17, "spaceBefore": 2, "spaceAfter": 4, "keepWithNext": 1},
        "h3": {"fontName": BOLD, "fontSize": 10.5, "leading": 14, "spaceBefore": 8, "spaceAfter": 3, "keepWithNext": 1},
        "h4": {"fontName": BOLD, "fontSize": 8.5, "leading": 12, "textColor": HexColor(DIM), "spaceBefore": 4, "spaceAfter": 2, "keepWithNext": 1},
        "lead": {"textColor": HexColor(DIM), "fontSize": 8.5, "leading": 12, "spaceAfter": 6, "keepWithNext": 1},
        "small": {"textColor": HexColor(DIM), "fontSize": 7.5, "leading": 10.5},
        "point": {"leftIndent": 14, "bulletIndent": 2},
        "aside": {"leftIndent": 14, "textColor": HexColor(DIM), "fontSize": 8, "leading": 11.5, "spaceAfter": 7},
        "note": {"leftIndent": 22, "bulletIndent": 0, "bulletFontSize": 7.5, "fontSize": 7.5, "leading": 10.5, "spaceAfter": 4},
    }  # fmt: skip
    return ParagraphStyle(name, parent=base, **made.get(name, {}))


def flow(b: Brief) -> Iterator[Flowable]:
    """The brief from top to bottom."""
    seen: Seen = set()
    yield Paragraph("STORY BRIEF", style("kind"))
    yield Paragraph(plain(b.title, BOLD), style("h1"))
    yield Paragraph(spoken(b.standfirst, seen), style("body"))
    yield Paragraph(plain(f"As the record has it up to {b.moment}. Story {b.story.id}."), style("small"))
    for section in b.sections:
        yield from headed(section.title)
        yield Paragraph(plain(section.lead), style("lead"))
        yield from part(section, seen)
    yield from headed("How to read this")
    yield from (Paragraph(plain(words), style("body")) for words in b.reading)
    yield from headed("Notes")
    yield from (KeepTogether([Paragraph(noted(n, seen), style("note"), bulletText=str(n.number))]) for n in b.notes)


def headed(title: str) -> Iterator[Flowable]:
    """A heading under a line."""
    for above in (Spacer(0, 10), HRFlowable(width="100%", thickness=1, color=HexColor(INK), spaceBefore=0, spaceAfter=4)):  # fmt: skip
        above.keepWithNext = 1
        yield above
    yield Paragraph(plain(title, BOLD), style("h2"))


def part(section: Section, seen: Seen) -> Iterator[Flowable]:
    """The points of a part, and its accounts under headings of their own."""
    for item in section.items:
        if not item.title:
            yield from point(item.sentences, seen)
            continue
        yield Paragraph(plain(item.title, BOLD), style("h3"))
        yield Paragraph(" ".join(spoken(s, seen) for s in item.sentences), style("body"))
        for under in item.items:
            yield Paragraph(plain(under.label, BOLD), style("h4"))
            for each in under.items:
                yield from point(each.sentences, seen)


def point(sentences: Iterable[Sentence], seen: Seen) -> Iterator[Flowable]:
    """A point of a list: what is said, then in small what is to be known of it."""
    main = [spoken(s, seen) for s in sentences if not s.aside]
    aside = [spoken(s, seen) for s in sentences if s.aside]
    if main:
        after = {"spaceAfter": 1, "keepWithNext": 1} if aside else {}
        yield Paragraph(" ".join(main), ParagraphStyle("point", parent=style("point"), **after), bulletText="•")
    if aside:
        yield Paragraph(" ".join(aside), style("aside"))


def spoken(s: Sentence, seen: Seen) -> str:
    """A sentence with its notes."""
    return "".join(map(shown, s.runs)) + references(s.notes, seen)


def shown(run: Run) -> str:
    """Words of one kind."""
    return f"<b>{plain(run.words, BOLD)}</b>" if run.role in ("strong", "claim") else plain(run.words)


def references(notes: Iterable[int], seen: Seen) -> str:
    """The signs of notes; the first of each is where its note leads back to."""
    made = []
    for n in notes:
        anchor = "" if n in seen else f'<a name="r{n}"/>'
        seen.add(n)
        made.append(f'{anchor}<a href="#n{n}" color="{LINK}">{n}</a>')
    return f'<super size="6.5" rise="3">{", ".join(made)}</super>' if made else ""


def noted(n: Note, seen: Seen) -> str:
    """A note."""
    s = n.source
    title = f" {plain(s.title)}." if s.title and n.part else ""
    url = plain(s.url or "")
    address = f' <a href="{escape(n.address)}" color="{LINK}">{url}</a>' if n.address else f" {url}"
    trail = f"At the desk {n.path}; page archived as {s.capture}"
    back = f' <a href="#r{n.number}" color="{LINK}">↑</a>' if n.number in seen else ""
    return (
        f'<a name="n{n.number}"/><b>{plain(s.outlet or "unknown outlet", BOLD)}</b>, {day(s.moment)}: {plain(n.quoted)}{n.stop}{title}{address}'
        f'<br/><font color="{DIM}" size="6.5">{plain(trail)}</font>{back}'
    )


def plain(words: str, font: str = REGULAR) -> str:
    """Words as a paragraph takes them: escaped, in the order in which they are seen, each in a font that has it."""
    has = pdfmetrics.getFont(font).face.charToGlyph.__contains__
    return "".join(
        f'<font name="{CJK[needed]}">{escape(text)}</font>' if needed else escape(text).replace("\n", "<br/>")
        for needed, text in spans(words, lambda c: has(ord(c)))
    )
