"""The brief of one story: what is reported, by whom, what is set against what, what changed, and what is not confirmed.

Every sentence leads to notes, and every note to exact words in an archived page. The brief repeats what is reported and says whose word it is;
it gives no verdict. In this order:

1. what is reported to have happened: what most origins tell and nobody contradicts, in order of time;
2. accounts set against each other: where values differ or somebody denies, with all voices;
3. the timeline of the articles, copies under what they carry;
4. what changed lately; 5. alerts; 6. what is not confirmed; 7. how to read it.

Everything is bounded, and what is left out is counted. The brief knows no clock: its moment is that of the latest article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord import __version__
from onrecord.export import telling
from onrecord.export.brief_accounts import (
    VOICES,
    Book,
    against,
    chosen,
    day,
    is_confirmed,
    is_plain,
    point,
    says_something,
    stands_for,
)
from onrecord.export.notes import Item, Note, Run, Sentence, quoted, sentence
from onrecord.export.view import shorten
from onrecord.knowledge import Alert, Origin, StoryLine
from onrecord.model import Noun
from onrecord.store import bundles, coverage, standings
from onrecord.store.coverage import Changed, Covering
from onrecord.store.database import Transaction
from onrecord.store.exporting import Selection
from onrecord.store.knowing import line_of, story_row
from onrecord.store.standings import Told
from onrecord.wording import KINDS, plural

LOOKED_AT, CLAIMS = 120, 900  # accounts of a story that are looked at, and their claims together
HAPPENED, CONTESTED, UNCONFIRMED = 8, 10, 8  # accounts that are told
EARLY, LATE = 10, 30  # articles of the timeline, copies apart
CHANGES, ALERTS = 12, 10
READING = (
    "This brief was put together by a program from the words of articles. It repeats what is reported and says whose word it is; it does not say what is true. A number leads to the note with the exact words, the page that they stand in, and the digest of that page as it was archived.",
    "An origin is an independent source: whoever share one would all be wrong if it were wrong. Articles that carry another’s text add no origin. An unnamed source counts as its newsroom’s. What is told of one thing is counted in the whole record, so that its origins and articles may be more than those of this story.",
    "An Admiralty pair is a letter and a number. The letter is the grade that the desk gave to the outlets, from A (completely reliable) to E (unreliable); F means that nobody has graded them. The number is counted from the claims: 1, two independent origins agree and nobody contradicts; 2, one holds to it and another thinks it likely; 3, one origin on the record; 4, contradicted by one independent origin; 5, by two or more; 6, nothing to judge by. A 1 is agreement, not proof.",
    "Who speaks, what is counted, and what belongs together was judged by the program, unless a person did; it makes mistakes. Check the note before you rely on a sentence.",
)


class Section(Noun, frozen=True, kw_only=True):
    """A part of a brief."""

    id: str
    title: str
    lead: str  # how the part is to be read, or what to make of it where it is empty
    items: tuple[Item, ...]


class Brief(Noun, frozen=True, kw_only=True):
    """A story on a few pages."""

    story: StoryLine
    title: str
    standfirst: Sentence
    moment: str  # of the latest article, in words
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    reading: tuple[str, ...]  # how to read it, in paragraphs
    made_by: str


def of_selection(selection: Selection) -> Brief:
    """The brief of the story that is asked for. Raises InputError."""
    assert selection.story
    with selection.store.reading() as transaction:
        return brief(transaction, selection.story, selection.since)


def brief(transaction: Transaction, id: str, since: str | None = None) -> Brief:
    """The brief of a story by its id, which may be shortened; with `since` only changes and alerts from that moment on. Raises InputError."""
    row = story_row(transaction, id)
    line = line_of(transaction, row, {})
    assert line
    told, total = standings.of_story(transaction, row, line.id, LOOKED_AT, claims=CLAIMS)
    covering = coverage.articles(transaction, row)
    book = Book(transaction, [s.article for t in told for s in t.sayings] + [c.article for c in covering])
    contested = [t for t in told if t.contested and says_something(t)]
    happened = chosen(book, [t for t in told if is_plain(t)], HAPPENED)
    taken = {t.standing.id for t in (*happened, *contested)}
    rest = [t for t in told if t.standing.id not in taken and not is_confirmed(t) and says_something(t)]
    standfirst = opened(book, line, covering)
    sections = (
        Section(id="happened", title="What is reported to have happened", lead=lead(happened, "Told by the most origins and contradicted by nobody in this record, in order of time. That nobody contradicts it does not make it so."), items=tuple(point(book, t) for t in sorted(happened, key=lambda t: t.standing.first))),
        Section(id="accounts", title="Accounts set against each other", lead=lead(contested, "Where values differ, or somebody denies what others say. Each voice is given with its own words.") + beyond(len(contested), CONTESTED, "contested account"), items=tuple(against(book, t) for t in contested[:CONTESTED])),
        Section(id="timeline", title="Timeline", lead="Articles in order of time, those that carry another’s text under it." + beyond(len(coverage.folded(covering)), EARLY + LATE, "article"), items=tuple(timeline(book, covering))),
        changed(book, transaction, row, since),
        alerted(book, transaction, row, since),
        Section(id="unconfirmed", title="What is not confirmed", lead="What rests on one origin, on an unnamed source, or on words that nobody commits to." + beyond(total, LOOKED_AT, "account", "that few tell"), items=tuple(open_points(book, happened, contested, rest))),
    )  # fmt: skip
    return Brief(
        story=line, title=line.title or "A story without a title", standfirst=standfirst, moment=day(line.last), sections=sections,
        notes=book.notes.all(), reading=READING, made_by=f"onrecord {__version__}",
    )  # fmt: skip


def lead(some: Sequence[Told], words: str) -> str:
    """How a part is to be read, or that there is nothing in it."""
    return words if some else "Nothing in this record."


def beyond(there: int, shown: int, noun: str, which: str = "more") -> str:
    """How much is left out."""
    left = there - shown
    return f" {plural(left, noun)} {which} {'is' if left == 1 else 'are'} left out here; the record has {'it' if left == 1 else 'them'}." if left > 0 else ""  # fmt: skip


def opened(book: Book, s: StoryLine, covering: Sequence[Covering]) -> Sentence:
    """What the story is made of."""
    notes = tuple(dict.fromkeys(book.article(c.article) for c in (covering[0], covering[-1]))) if covering else ()
    copies = f"; {plural(s.copies, 'of them carries', 'of them carry')} another’s text" if s.copies else ""
    return sentence(
        f"{plural(s.articles, 'article')} by {plural(s.outlets, 'outlet')}, from {day(s.first)} to {day(s.last)}, going back to {plural(s.origins, 'newsroom')}{copies}.",
        notes=notes,
    )


def timeline(book: Book, covering: Sequence[Covering]) -> Iterator[Item]:
    """The articles, with the copies of each; of very many the first and the latest."""
    folded = coverage.folded(covering)
    shown = folded if len(folded) <= EARLY + LATE else [*folded[:EARLY], *folded[-LATE:]]
    for c, copies in shown:
        source = book.sources[c.article]
        own = f", with the word of {telling.name(c.origin.name)}" if is_credited(c.origin, source.outlet) else ""
        runs = [Run(f"{day(c.moment)}: ", "strong"), Run(f"{outlet(source)}{own}, "), *titled(source.title), Run(".")]  # fmt: skip
        told = [Sentence(runs=tuple(runs), notes=(book.article(c.article),))]
        if copies:
            names = ", ".join(dict.fromkeys(outlet(book.sources[x.article]) for x in copies[:VOICES]))
            more = f" and {len(copies) - VOICES} more" if len(copies) > VOICES else ""
            told.append(sentence(f"Carried by {names}{more}.", notes=tuple(book.article(x.article) for x in copies[:VOICES]), aside=True))  # fmt: skip
        yield Item(sentences=tuple(told))


def titled(title: str | None) -> Iterator[Run]:
    """A title in quotation marks."""
    return (
        quoted([telling.Piece(words=shorten(title, telling.LONGEST), meant=False)])
        if title
        else iter([Run("without a title")])
    )


def is_credited(origin: Origin, outlet: str | None) -> bool:
    """Whether an article is another newsroom's word."""
    return origin.kind == "agency" and telling.bare(origin.name) != telling.bare(outlet or "")


def outlet(source: bundles.Source) -> str:
    """An outlet as it is named."""
    return telling.name(source.outlet or "") or "unknown outlet"


def changed(book: Book, transaction: Transaction, row: int, since: str | None) -> Section:
    """What changed in a story, newest first."""
    some = [c for c in coverage.changes(transaction, row, CHANGES, new=False) if since is None or c.moment >= since]
    words = "Denials, figures that moved, changes of position, silent edits and the like, the latest first."
    return Section(id="changes", title="What changed lately", lead=words if some else f"Nothing but new claims{from_then_on(since)}.", items=tuple(change(book, c) for c in some))  # fmt: skip


def from_then_on(since: str | None) -> str:
    """From when on, where that was asked for."""
    return f" since {day(since)}" if since else ""


def change(book: Book, found: Changed) -> Item:
    """One change, with the claims that it rests on."""
    c = found.change
    pair = [book.named(c.article, c.claim), *([book.named(c.other, c.against)] if c.other else [])]
    runs = (Run(f"{KINDS[c.kind].capitalize()}: ", "strong"), Run(shorten(c.words, telling.LONGEST).rstrip(".")), Run(f" ({telling.name(found.outlet or 'unknown outlet')}, {day(found.moment)})."))  # fmt: skip
    return Item(sentences=(Sentence(runs=runs, notes=tuple(dict.fromkeys(pair))),))


def alerted(book: Book, transaction: Transaction, row: int, since: str | None) -> Section:
    """The alerts that the story's articles raised."""
    some = [(name, a) for name, a in bundles.alerts(transaction, row, ALERTS) if since is None or a.when >= since]
    lead = "Questions that were armed and that an article of this story crossed, the latest first." if some else f"No armed question was crossed by this story{from_then_on(since)}."  # fmt: skip
    return Section(id="alerts", title="Alerts", lead=lead, items=tuple(alert(book, name, a) for name, a in some))


def alert(book: Book, name: str, a: Alert) -> Item:
    """One alert with its evidence, its reasons, and what is still missing."""
    note = (book.named(a.article, a.record, a.sentence),)
    runs = (Run(f"{shorten(name, 120)}: ", "strong"), Run(f"{a.crossing}, by {'an unnamed source, through ' if a.origin.kind == 'anonymous' else ''}{telling.name(a.origin.name)}, {day(a.when)}: "), *titled(a.sentence))  # fmt: skip
    told = [Sentence(runs=runs, notes=note), Sentence(runs=(Run("Admiralty "), Run(a.admiralty, "strong"), Run(f": {shorten(a.reason, telling.LONGEST).rstrip('.')}.")), notes=note, aside=True)]  # fmt: skip
    for label, words in (("Still missing", a.missing), ("Since then", a.notes)):
        if words:
            told.append(
                sentence(f"{label}: {shorten('; '.join(words), telling.LONGEST).rstrip('.')}.", notes=note, aside=True)
            )
    return Item(sentences=tuple(told))


def open_points(book: Book, happened: Sequence[Told], contested: Sequence[Told], rest: Sequence[Told]) -> Iterator[Item]:  # fmt: skip
    """What is not confirmed: of what was told above in a sentence each, and what was not told above by itself."""
    one = [t for t in happened if not is_confirmed(t)]
    for some, words in ((one, "of the points under “What is reported to have happened” {} the word of one origin alone"), (contested, "{} contested")):  # fmt: skip
        if some:
            verb = ("rests on" if len(some) == 1 else "rest on") if some is one else ("account is" if len(some) == 1 else "accounts are")  # fmt: skip
            notes = tuple(dict.fromkeys(book.claim(s) for t in some if (s := stands_for(t))))
            yield Item(sentences=(sentence(f"{len(some)} {words.format(verb)}.", notes=notes),))
    every = chosen(book, rest, len(rest))
    for t in every[:UNCONFIRMED]:
        yield point(book, t)
    if left := [s for t in every[UNCONFIRMED:] if (s := stands_for(t))]:
        yield Item(sentences=(sentence(f"The same holds for {plural(len(left), 'account')} more, such as these.", notes=book.claims(left)),))  # fmt: skip
