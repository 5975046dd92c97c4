"""The page of one story: its accounts, when each origin reported, where it happens, and what covers it; the claims of one account; all articles.

The page of a story shows the first of each; accounts and articles go on with `page`. What is counted is counted in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from onrecord.errors import InputError
from onrecord.knowledge import StoryLine
from onrecord.serve import atlas, lanes, told
from onrecord.serve.atom import Entry
from onrecord.serve.kinds import Asked, Desk, Missing, Page, Param
from onrecord.store import coverage, knowing, standings
from onrecord.store.coverage import Changed, Covering, Printed
from onrecord.store.database import Transaction
from onrecord.wording import KINDS

A_PAGE, CLAIMS = 20, 220  # accounts of a page, and their claims together
ARTICLES, COPIES = 40, 120  # that copy nothing, and all copies under them
CHANGES, NEW = 12, 40
PLACES = 60
OF_AN_ACCOUNT = 200  # claims of a page
OF_A_STORY = 200  # articles of a page


class News(Struct, frozen=True, kw_only=True):
    """A change of the story. Moments are ISO 8601 in UTC; `published` is as the page gave it."""

    id: str
    kind: str
    name: str  # of the kind, in words
    words: str
    moment: str
    published: str | None
    article: str
    outlet: str | None
    claim: str | None
    other: str | None
    against: str | None


class Article(Struct, frozen=True, kw_only=True):
    """An article that covers the story."""

    id: str
    title: str | None
    outlet: str | None
    moment: str
    published: str | None
    url: str | None
    origin: str  # whose word it is where it says who
    origin_kind: str
    copy_kind: str | None
    copy_of: str | None
    copies: tuple[Article, ...] = ()
    more: int = 0  # copies that are not listed here


class Spread(Struct, frozen=True, kw_only=True):
    """Articles with their copies under them."""

    articles: tuple[Article, ...]
    more: int  # that copy nothing and are not listed here


class Story(Struct, frozen=True, kw_only=True):
    """A story with its accounts."""

    story: StoryLine
    accounts: tuple[told.Account, ...]
    told: int  # accounts in all
    page: int
    pages: int
    news: tuple[News, ...]  # newest first, new accounts last
    timeline: lanes.Timeline
    map: atlas.Atlas | None  # None where the places are invented
    spread: Spread


class Claims(Struct, frozen=True, kw_only=True):
    """An account with its claims, oldest first within a page."""

    account: told.Account
    story: StoryLine
    page: int
    pages: int


class Coverage(Struct, frozen=True, kw_only=True):
    """The articles of a story, oldest first."""

    story: StoryLine
    articles: tuple[Article, ...]
    page: int
    pages: int


PAGE = Param(name="page", says="which page", whole=(1, 10_000), default="1")
KIND = Param(name="kind", says="only accounts of this kind", choices=("statement", "figure", "event"))
LIMIT = Param(name="limit", says="how many accounts on a page", whole=(1, 100), default=str(A_PAGE))


def view(desk: Desk, asked: Asked) -> Story:
    """One story."""
    page, limit = asked.number("page"), asked.number("limit")
    with desk.store.reading() as transaction:
        row, line = found(transaction, asked["id"])
        accounts, total = standings.of_story(transaction, row, line.id, limit, limit * (page - 1), CLAIMS, asked.given("kind"))  # fmt: skip
        articles = coverage.articles(transaction, row)
        folded, drawn = coverage.folded(articles), lanes.chosen(articles)
        names = coverage.printed(transaction, [*drawn, *listed(folded)])
        return Story(
            story=line, accounts=told.accounts(transaction, accounts), told=total, page=page, pages=max(1, -(-total // limit)),
            news=tuple(news(transaction, row)), timeline=lanes.timeline(articles, drawn, names), spread=spread(folded, names),
            map=None if desk.demonstration else atlas.atlas(coverage.places(transaction, row, PLACES)),
        )  # fmt: skip


def found(transaction: Transaction, id: str) -> tuple[int, StoryLine]:
    """A story by its id. Raises Missing."""
    try:
        row = knowing.story_row(transaction, id)
    except InputError as error:
        raise Missing(f"{error}; the page Stories shows what there is") from None
    line = knowing.line_of(transaction, row, {})
    if line is None:
        raise Missing("this story has no articles any more; the page Stories shows what there is")
    return row, line


def news(transaction: Transaction, row: int) -> Iterator[News]:
    """What changed in a story: what is more than new before what is only new."""
    for new, limit in ((False, CHANGES), (True, NEW)):
        for c in coverage.changes(transaction, row, limit, new):
            yield item(c)


def item(c: Changed) -> News:
    """A change."""
    x = c.change
    return News(id=x.id, kind=x.kind, name=KINDS[x.kind], words=x.words, moment=c.moment, published=c.published, article=c.article, outlet=c.outlet, claim=x.claim, other=x.other, against=x.against)  # fmt: skip


def listed(folded: Sequence[tuple[Covering, list[Covering]]]) -> Iterator[int]:
    """The rows of the articles that `spread` lists."""
    left = COPIES
    for c, copies in folded[:ARTICLES]:
        yield c.article
        yield from (copy.article for copy in copies[:left])
        left -= len(copies[:left])


def spread(folded: Sequence[tuple[Covering, list[Covering]]], names: dict[int, Printed]) -> Spread:
    """Articles, with their copies under them, as far as they are listed."""
    left, out = COPIES, []
    for c, copies in folded[:ARTICLES]:
        under = tuple(article(copy, names) for copy in copies[:left])
        left -= len(under)
        out.append(article(c, names, under, len(copies) - len(under)))
    return Spread(articles=tuple(out), more=max(0, len(folded) - ARTICLES))


def article(c: Covering, names: dict[int, Printed], copies: tuple[Article, ...] = (), more: int = 0) -> Article:
    """An article."""
    p = names[c.article]
    of = names.get(c.copy_of) if c.copy_of else None
    return Article(
        id=p.id, title=p.title, outlet=p.outlet, moment=c.moment, published=p.published, url=p.url, origin=c.origin.name, origin_kind=c.origin.kind,
        copy_kind=c.copy_kind, copy_of=of.id if of else None, copies=copies, more=more,
    )  # fmt: skip


def claims(desk: Desk, asked: Asked) -> Claims:
    """The claims of one account."""
    page = asked.number("page")
    with desk.store.reading() as transaction:
        try:
            row = knowing.row_of(transaction, "accounts", asked["id"])
        except InputError:
            raise Missing("no account in the record has an id that begins so; the page of its story lists them") from None  # fmt: skip
        story = transaction.value(
            "SELECT s.id FROM accounts a JOIN stories s ON s.row = a.story WHERE a.row = ?", (row,)
        )
        _, line = found(transaction, story)
        one = standings.of_account(transaction, row, line.id, OF_AN_ACCOUNT, OF_AN_ACCOUNT * (page - 1))
        [shown] = told.accounts(transaction, [one])
    return Claims(account=shown, story=line, page=page, pages=max(1, -(-one.claims // OF_AN_ACCOUNT)))


def covered(desk: Desk, asked: Asked) -> Coverage:
    """The articles of a story."""
    page = asked.number("page")
    with desk.store.reading() as transaction:
        row, line = found(transaction, asked["id"])
        every = coverage.articles(transaction, row)
        some = every[OF_A_STORY * (page - 1) : OF_A_STORY * page]
        names = coverage.printed(transaction, [row for c in some for row in (c.article, c.copy_of) if row])
    return Coverage(story=line, articles=tuple(article(c, names) for c in some), page=page, pages=max(1, -(-len(every) // OF_A_STORY)))  # fmt: skip


def account_rows(data: Story) -> Iterator[Sequence[object]]:
    """The accounts of a page as a table."""
    yield ("account", "kind", "words", "low", "high", "unit", "said_by", "less_firmly", "denied_by", "origins", "articles", "copies", "claims", "admiralty", "reason", "first", "last", "article")  # fmt: skip
    for a in data.accounts:
        people = ("; ".join(names) for names in (a.said_by, a.less_firmly, a.denied_by))
        yield (a.id, a.kind, a.words, a.low, a.high, a.unit, *people, a.origins, a.articles, a.copies, a.claims, a.admiralty, a.reason, a.first, a.last, a.lead.said.article if a.lead else None)  # fmt: skip


def claim_rows(data: Claims) -> Iterator[Sequence[object]]:
    """The claims of an account as a table."""
    yield (
        "claim",
        "moment",
        "outlet",
        "by",
        "stance",
        "via",
        "kind",
        "certainty",
        "status",
        "words",
        "value",
        "low",
        "high",
        "copy",
        "article",
    )
    for s in data.account.sayings:
        yield (s.id, s.moment, s.outlet, s.by, s.stance, "; ".join(s.via), s.kind, s.certainty, s.status, s.words, s.value, s.low, s.high, "yes" if s.copy else "no", s.article)  # fmt: skip


def article_rows(data: Coverage) -> Iterator[Sequence[object]]:
    """The articles of a story as a table."""
    yield ("article", "moment", "outlet", "title", "origin", "copy_kind", "copy_of", "url")
    for a in data.articles:
        yield (a.id, a.moment, a.outlet, a.title, a.origin, a.copy_kind, a.copy_of, a.url)


def entries(data: Any) -> Iterator[Entry]:
    """What changed in a story for a feed reader, newest first."""
    for n in sorted(data.news, key=lambda n: n.moment, reverse=True):
        place = f"#p{n.claim[:16]}" if n.claim else ""
        yield Entry(id=n.id, title=f"{n.name}: {n.words}"[:200], updated=n.moment, path=f"/article/{n.article}{place}", words=n.words)  # fmt: skip


PAGES = (
    Page(path="/story/{id}", name="story", title="Story", view=view, data=Story, params=(PAGE, LIMIT, KIND), rows=account_rows, entries=entries),
    Page(path="/story/{id}/articles", name="coverage", title="Coverage", view=covered, data=Coverage, params=(PAGE,), rows=article_rows),
    Page(path="/account/{id}", name="account", title="Account", view=claims, data=Claims, params=(PAGE,), rows=claim_rows),
)  # fmt: skip
ACTIONS = ()
