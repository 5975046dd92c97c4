"""What changed from one version of a page to another, or from one outlet's article to another's: words that went and words that came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from msgspec import Struct

from onrecord.model import Article, Edit
from onrecord.resolve.alignment import Piece, pieces
from onrecord.resolve.copies import body_of
from onrecord.resolve.edits import compare
from onrecord.serve.article import LONG, located
from onrecord.serve.kinds import Asked, Desk, Page, Param
from onrecord.store import surroundings
from onrecord.store.articles import address_of

MOST = 200_000  # bytes of both texts that a page shows
PIECE = 20  # and bytes that a piece adds
BREAK = "\n\n"  # between paragraphs
UNIT = 5_000  # characters
AROUND = 1  # paragraphs that are shown before and behind one that changed


class DiffPart(Struct, frozen=True, kw_only=True):
    """A paragraph of both texts, or how many were left out because nothing changed there."""

    pieces: tuple[tuple[Piece, str], ...] = ()
    same: int = 0


class DiffSide(Struct, frozen=True, kw_only=True):
    """One of two articles."""

    id: str
    outlet: str | None
    title: str | None
    published: str | None
    modified: str | None
    first_seen: str


class DiffView(Struct, frozen=True, kw_only=True):
    """Two articles word by word. `edit` is that of two versions of one page; None for two pages, and where no word changed."""

    old: DiffSide
    new: DiffSide
    one_page: bool  # two versions of it
    edit: Edit | None
    parts: tuple[DiffPart, ...]
    went: int  # words
    came: int
    start: int  # the paragraph that is shown first
    next: int | None  # where the rest starts, where there is more
    cut: bool  # one of them is too long to be compared whole


def view(desk: Desk, asked: Asked) -> DiffView:
    """Two articles. Raises Missing."""
    with desk.store.reading() as transaction:
        sides = [surroundings.article_of(transaction, located(transaction, asked[name])) for name in ("old", "new")]
    one_page = address_of(sides[0][0]) is not None and address_of(sides[0][0]) == address_of(sides[1][0])
    if one_page and sides[0][1] > sides[1][1]:
        sides.reverse()
    (old, old_seen), (new, new_seen) = sides
    found = list(differing(old, new))
    every = list(broken(found))
    shown = every if asked["whole"] == "yes" else list(folded(every))
    start = min(asked.number("from"), len(shown))
    end = fitting(shown, start)
    return DiffView(
        old=side(old, old_seen),
        new=side(new, new_seen),
        one_page=one_page,
        edit=compare(old, new) if one_page else None,
        parts=tuple(shown[start:end]),
        went=sum(len(words.split()) for kind, words in found if kind == "old"),
        came=sum(len(words.split()) for kind, words in found if kind == "new"),
        start=start,
        next=end if end < len(shown) else None,
        cut=max(len(old.text), len(new.text)) > LONG,
    )


def differing(old: Article, new: Article) -> Iterator[tuple[Piece, str]]:
    """Two articles word by word; a headline is set beside a headline, where both have one."""
    one, two = old.text[:LONG], new.text[:LONG]
    bodies = body_of(one), body_of(two)
    if len(bodies[0]) < len(one) and len(bodies[1]) < len(two):
        yield from pieces(one.removesuffix(bodies[0]).rstrip(), two.removesuffix(bodies[1]).rstrip())
        yield "same", BREAK
        one, two = bodies
    yield from pieces(one, two)


def side(article: Article, first_seen: str) -> DiffSide:
    """An article as one side."""
    outlet = (article.outlet.name or article.outlet.domain) if article.outlet else None
    published, modified = (d.value if d else None for d in (article.published, article.modified))
    return DiffSide(id=article.id, outlet=outlet, title=article.title, published=published, modified=modified, first_seen=first_seen)  # fmt: skip


def broken(found: Iterable[tuple[Piece, str]]) -> Iterator[DiffPart]:
    """The pieces in paragraphs: a blank line in any of them ends one."""
    line: list[tuple[Piece, str]] = []
    for kind, words in found:
        first, *others = words.split(BREAK)
        line.append((kind, first))
        for other in others:
            yield from whole(line)
            line = [(kind, other)]
    yield from whole(line)


def whole(line: Iterable[tuple[Piece, str]]) -> Iterator[DiffPart]:
    """A paragraph, where it holds any word; one that is longer than `UNIT` in parts."""
    kept: list[tuple[Piece, str]] = []
    size = 0
    for kind, words in line:
        for n in range(0, len(words), UNIT):
            if size > UNIT:
                yield DiffPart(pieces=tuple(kept))
                kept, size = [], 0
            if words[n : n + UNIT].strip():
                kept.append((kind, words[n : n + UNIT]))
                size += len(kept[-1][1])
    if kept:
        yield DiffPart(pieces=tuple(kept))


def folded(parts: list[DiffPart]) -> Iterator[DiffPart]:
    """The paragraphs that changed with one before and behind; of the others only how many they are."""
    changed = [n for n, part in enumerate(parts) if any(kind != "same" for kind, _ in part.pieces)]
    near = {m for n in changed for m in range(n - AROUND, n + AROUND + 1)}
    same = 0
    for n, part in enumerate(parts):
        if n not in near:
            same += 1
            continue
        if same:
            yield DiffPart(same=same)
        same = 0
        yield part
    if same:
        yield DiffPart(same=same)


def fitting(parts: list[DiffPart], start: int) -> int:
    """Behind the last part that fits on the page."""
    size = 0
    for n, part in enumerate(parts[start:], start):
        size += PIECE + sum(len(escape(words).encode("utf-8", "replace")) + PIECE for _, words in part.pieces)
        if size > MOST and n > start:
            return n
    return len(parts)


PAGES = (
    Page(
        path="/diff/{old}/{new}", name="diff", title="What changed", view=view, data=DiffView,
        params=(
            Param(name="whole", says="also the paragraphs in which nothing changed", choices=("no", "yes"), default="no"),
            Param(name="from", says="the paragraph to start with", whole=(0, 10_000_000), default="0"),
        ),
    ),
)  # fmt: skip
ACTIONS = ()
